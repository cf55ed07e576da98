"""Staffing, moving people, what if and comparing, on the command line: a small made-up ward."""

import re
from pathlib import Path

import pytest

from planning.comparing import KEYS
from tests.test_cli import DAY, diaban, document

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A store with a small made-up ward, whose list of who is in charge is a plan."""
    folder = tmp_path_factory.mktemp("phường")
    diaban("demo", folder / "tệp", "--households", 400, "--seed", 1, "--until", DAY)
    document("import", folder / "tệp", database=folder / "kho.sqlite")
    return folder / "kho.sqlite"


@pytest.fixture(scope="module")
def where(base):
    rows = document("staffing", "--on", DAY, database=base)["rows"]
    return next(row["neighbourhood_id"] for row in rows if row["members"])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", ["staffing", "reallocate", "what-if"])
def test_each_is_told_in_both_languages(base, command, lang):
    told = diaban(command, "--on", DAY, database=base, lang=lang)

    assert "Tổ dân phố" in told.stdout
    assert not re.search(r"[a-z]_[a-z]", told.stdout), "codes are for JSON"


def test_staffing_adds_up(base):
    told = document("staffing", "--on", DAY, "--skill", "VNeID", database=base)

    assert sum(row["members"] for row in told["rows"]) == told["total"]["members"]
    assert sum(row["short"] for row in told["rows"]) == told["total"]["short"]
    listed = document("coverage", "--by", "ward", "--on", DAY, database=base)["total"]
    placed = told["total"]["households"] + told["total"]["households_unplaced"]
    assert placed >= listed["households"] > 0


def test_a_neighbourhood_is_staffed_by_itself(base, where):
    told = document("staffing", "--area", where, "--on", DAY, database=base)

    assert {row["neighbourhood_id"] for row in told["rows"]} == {where}
    assert told["total"]["members_unplaced"] == 0


def test_moving_never_leaves_fewer_missing_than_the_totals_tell(base):
    asked = ("--least-members", 8, "--within", 9_000, "--on", DAY)
    told = document("reallocate", *asked, database=base)

    total = told["total"]
    assert total["short_before"] - total["moves"] == total["short_after"] == total["recruits"]
    assert total["short_after"] >= total["short_at_least"]
    assert total["recruits"] == sum(row["people"] for row in told["recruits"])


def test_more_members_need_fewer_weeks(base, where):
    few, many = (
        document("what-if", "--area", where, "--members", count, "--on", DAY, database=base)
        for count in (2, 8)
    )

    assert few["rows"][0]["basis"] == "estimated"
    assert few["rows"][0]["walk_mean_m"] > many["rows"][0]["walk_mean_m"] > 0
    assert few["total"]["weeks"]["expected"] > many["total"]["weeks"]["expected"]


def test_a_plan_is_tried_out_and_not_kept(base, where):
    before = document("plans", database=base)

    (row,) = document("what-if", "--area", where, "--exact", "--on", DAY, database=base)["rows"]

    assert row["basis"] == "planned" and row["walk_mean_m"] > 0
    assert document("plans", database=base) == before


def test_who_is_done_by_a_day_needs_so_many(base, where):
    told = document("what-if", "--area", where, "--by", "2027-06-01", "--on", DAY, database=base)

    (row,) = told["rows"]
    assert row["members_needed"]["least"] <= row["members_needed"]["most"]
    assert told["total"]["weeks_left"] > 27


def test_two_plans_are_compared_and_ids_told_only_when_asked(base, where):
    plan = document("plan", "--area", where, "--name", "Mới", "--on", DAY, database=base)

    told = document("compare", "assignments", "Mới", database=base)
    full = document("compare", "assignments", plan["plan"], "--full", database=base)

    assert set(KEYS) == set(told["total"])
    assert "changes" not in told
    moved = told["total"]["received"]
    assert moved == len([one for one in full["changes"] if one["member_second"]])
    assert told["total"]["households_second"] == plan["total"]["assigned"]
    assert told["total"]["walk_m_second"] == pytest.approx(plan["total"]["walk_m"]["total"], abs=1)


def test_a_comparison_is_told_in_words(base):
    told = diaban("compare", "assignments", "assignments", database=base)

    assert "0 hộ đổi người phụ trách" in told.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compare", "assignments", "x"], 1),
        (["compare", "assignments"], 2),
        (["staffing", "--area", "x"], 1),
        (["staffing", "--least-members", "0"], 2),
        (["staffing", "--households-per-member", "0"], 1),
        (["reallocate", "--within", "-1"], 1),
        (["reallocate", "--weeks", "0"], 1),
        (["what-if", "--by", "2020-01-01"], 1),
        (["what-if", "--by", "2027-01-01", "--members", "3"], 2),
        (["what-if", "--members", "-1"], 2),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_mistakes_end_with_a_sentence(base, words, code, lang):
    done = diaban(*words, database=base, lang=lang, expect=code)

    assert done.stdout == "" and "Traceback" not in done.stderr
    if code == 1:
        assert 1 <= done.stderr.count("\n") <= 2 and "_" not in done.stderr


def test_the_page_tells_every_key(base):
    page = (ROOT / "docs" / "staffing.md").read_text(encoding="utf-8")
    staffing = document("staffing", "--on", DAY, database=base)
    moved = document("reallocate", "--least-members", 8, "--on", DAY, database=base)
    asked = document("what-if", "--on", DAY, database=base)
    compared = document("compare", "assignments", "assignments", database=base)

    keys = {*staffing["rows"][0], *staffing["total"], *moved["total"], *asked["rows"][0]}
    keys |= {*compared["total"], *compared["rows"][0]}
    for part in ("moves", "recruits"):
        keys |= {*moved[part][0]} if moved[part] else set()
    stems = {re.sub(r"_(first|second|before|after)$", "", key) for key in keys}
    assert [stem for stem in sorted(stems) if stem not in page] == []
