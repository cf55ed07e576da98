"""`diaban gaps` on the hamlet: the document, the sentences, and what is refused."""

import json

import pytest
from typer.testing import CliRunner

from cli import app
from tests.hamlet import DAY, a_hamlet

KEYS = {
    *("gap_id", "rank", "kind", "area", "name", "households", "unreached", "share_reached"),
    *("share_expected", "p", "low", "high", "household_ids", "members", "unassigned"),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The hamlet: one house of thirty is reached."""
    folder = tmp_path_factory.mktemp("hamlet")
    a_hamlet(folder).close()
    return str(folder / "store.sqlite")


def asked(base, *words):
    return CliRunner().invoke(app, ["gaps", "--database", base, "--on", DAY.isoformat(), *words])


def test_the_document_has_rows_and_total_with_their_keys(base):
    told = asked(base, "--json")

    assert told.exit_code == 0
    document = json.loads(told.stdout)
    assert document["total"]["unreached"] == 29
    assert [row["kind"] for row in document["rows"]] == ["far"]
    assert all(set(row) >= KEYS for row in document["rows"])
    assert [row["rank"] for row in document["rows"]] == [1]
    assert asked(base, "--json").stdout == told.stdout


def test_people_read_a_sentence_for_each_gap(base):
    told = asked(base).stdout.splitlines()

    assert told[0] == "1 điểm cần chú ý; 29 hộ chưa tiếp cận trên 30 hộ."
    assert told[1].startswith("1. Ở xa nhất: 10 hộ chưa tiếp cận tại Tổ 1")


def test_an_area_that_nobody_knows_is_refused_in_words(base):
    assert asked(base, "--area", "X").exit_code == 1


def test_the_gaps_of_one_neighbourhood_can_be_asked_for(base):
    assert (
        json.loads(asked(base, "--area", "T1", "--goal", "g", "--json").stdout)["total"]["gaps"]
        == 1
    )
