import csv
import json

import pytest

from bench import sap
from bench.area_files import read_instance
from bench.checking_areas import verdict

# a street of six units with a facility at both ends; ids are not 1 to n
UNITS = """OID\tpop\tPointX\tPointY\tfcadidature\tfcost\tfcapacity
10\t1\t0\t0\t1\t0\t6
20\t2\t1000\t0\t0\t0\t0
30\t3\t2000\t0\t0\t0\t0
40\t3\t3000\t0\t0\t0\t0
50\t2\t4000\t0\t0\t0\t0
60\t1\t5000\t0\t2\t100\t7
"""
TOUCHING = '"OID_","ID1","ID2","dist12"\n' + "".join(
    f",{one},{one + 10},20\n" for one in range(10, 60, 10)
)
BEST = {10: 10, 20: 10, 30: 10, 40: 60, 50: 60, 60: 60}


@pytest.fixture
def street(tmp_path):
    (tmp_path / "toy_1.txt").write_text(UNITS, encoding="utf-8")
    (tmp_path / "toy_connectivity.txt").write_text(TOUCHING, encoding="utf-8")
    (tmp_path / "best_known.csv").write_text("instance,best_known\ntoy_1,16.0\n", encoding="utf-8")
    return tmp_path / "toy_1.txt"


def test_an_instance_is_read_with_the_adjacency_whose_prefix_fits(street):
    (street.parent / "other_connectivity.txt").write_text("ID1,ID2\n", encoding="utf-8")

    instance = read_instance(street)

    assert instance.capacity == {10: 6.0, 60: 7.0}
    assert instance.touching[20] == {10, 30}
    assert instance.cost(30, 10) == 6.0
    assert instance.best_known == 16.0


def test_an_instance_without_adjacency_is_refused(street):
    (street.parent / "toy_connectivity.txt").unlink()

    with pytest.raises(ValueError, match="--adjacency"):
        read_instance(street)


def test_the_best_plan_passes_the_check(street):
    judged = verdict(read_instance(street), BEST)

    assert (judged.feasible, judged.contiguous, judged.objective) == (True, True, 16.0)


@pytest.mark.parametrize(
    ("change", "feasible", "contiguous"),
    [
        ({40: 10}, False, True),  # 9 of 6
        ({20: 60, 50: 10}, True, False),  # both areas in pieces
        (
            {10: 60, 20: 60, 30: 60, 40: 10, 50: 10, 60: 10},
            True,
            False,
        ),  # each holds the other's facility
        ({40: 70}, False, True),  # 70 is no facility
        ({70: 10}, False, True),  # there is no unit 70
    ],
)
def test_a_bad_plan_fails_the_check(street, change, feasible, contiguous):
    judged = verdict(read_instance(street), {**BEST, **change})

    assert (judged.feasible, judged.contiguous) == (feasible, contiguous)
    assert judged.faults


def test_a_unit_left_out_fails_the_check(street):
    judged = verdict(read_instance(street), {one: to for one, to in BEST.items() if one != 30})

    assert not judged.feasible


def test_the_bench_writes_figures_and_assignments(street, monkeypatch, capsys):
    folder = street.parent / "out"
    monkeypatch.setattr(
        "sys.argv", ["sap", str(street), "--json", "--programs", "5", "--assignments", str(folder)]
    )

    sap.main()

    row = json.loads(capsys.readouterr().out)["rows"][0]
    assert (row["objective"], row["gap"], row["feasible"], row["contiguous"]) == (
        16.0,
        0.0,
        True,
        True,
    )
    assert row["bound"] <= 16.0
    with (folder / "toy_1.csv").open(encoding="utf-8") as file:
        written = {int(line["unit"]): int(line["facility"]) for line in csv.DictReader(file)}
    assert written == BEST


def test_the_table_names_mean_and_worst(street, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["sap", str(street), "--programs", "2"])

    sap.main()

    assert "mean 0.000 %, worst 0.000 %" in capsys.readouterr().out
