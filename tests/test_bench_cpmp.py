import json
import sys

import pytest

from bench import cpmp, timing
from bench.checking_medians import verdict
from bench.median_files import read_instance

SQUARE = "4 2\n0 0 10 5\n0 3.5 10 5\n9 0 10 5\n9 3.5 10 5\n"


@pytest.fixture
def square(tmp_path):
    path = tmp_path / "square.txt"
    path.write_text(SQUARE, encoding="utf-8")
    return path


def test_a_good_answer_is_passed_and_costed(square):
    judged = verdict(read_instance(square), {1: 1, 2: 1, 3: 4, 4: 4})

    assert judged.feasible
    assert judged.objective == 7.0


@pytest.mark.parametrize(
    ("median_of", "fault"),
    [
        ({1: 1, 2: 1, 3: 4}, "point 4 has no median"),
        ({1: 1, 2: 1, 3: 1, 4: 4}, "median 1 has 15 of 10"),
        ({1: 1, 2: 2, 3: 3, 4: 4}, "4 medians instead of 2"),
        ({1: 1, 2: 1, 3: 9, 4: 9}, "there is no median 9"),
        ({1: 1, 2: 1, 3: 4, 4: 4, 5: 4}, "there is no point 5"),
    ],
)
def test_a_bad_answer_fails(square, median_of, fault):
    judged = verdict(read_instance(square), median_of)

    assert not judged.feasible
    assert fault in judged.faults


def test_distances_are_floored_where_told(tmp_path, square):
    named = tmp_path / "cpmp_a.txt"
    named.write_text(SQUARE, encoding="utf-8")
    (tmp_path / "best_known.csv").write_text(
        "inst,n,p,capacity,best_known,status,distance\nsquare,4,2,10,6.0,optimal,floor\n",
        encoding="utf-8",
    )

    told = read_instance(square)

    assert told.floored and told.best_known == 6.0
    assert told.distances()[0, 1] == told.distance(0, 1) == 3.0
    assert read_instance(named).floored and read_instance(named).best_known is None


def test_a_file_that_ends_early_is_refused(tmp_path):
    path = tmp_path / "short.txt"
    path.write_text("3 1\n0 0 5 1\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"short\.txt"):
        read_instance(path)


def test_the_bench_prints_one_document_and_writes_the_assignment(
    tmp_path, square, monkeypatch, capsys
):
    monkeypatch.setattr(timing, "REFERENCE_LOOPS", 10)
    said = ["cpmp", str(square), "--json", "--steps", "600", "--assignments", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", said)

    cpmp.main()

    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert row["feasible"] and row["objective"] == 7.0
    assert row["best_known"] is None and row["gap"] is None and row["bound"] <= 7.0
    lines = (tmp_path / "out" / "square.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "point,median" and len(lines) == 5
