"""Sentences in codes and facts, and coverage as a range, from figures in sight."""

import geopandas as gpd
import pandas as pd
import pytest

from planning.coverage_range import Counted, counts_of, coverage_range
from planning.gaps import Gaps
from planning.staffing import Staffing
from planning.telling import of_coverage, of_gaps, of_range, of_staffing, of_trend
from planning.trend import Trend

REPORT = ["area", "known", "value", "of", "as_of", "source"]


def listed(*addresses):
    return pd.DataFrame({"address_raw": pd.Series(addresses, dtype="str")})


def reported(*rows):
    return pd.DataFrame(rows, columns=REPORT)


def test_counts_that_disagree_leave_a_range_with_every_count_named():
    homes = listed("A1", "a1 ", "B2", None, None)
    said = reported(
        ("W", "households", 8.0, None, "2026-06-30", "Báo cáo"),
        ("W", "households", 6.0, None, "2026-09-30", "Báo cáo"),
        ("W", "digital_addresses", 7.0, None, None, "Thống kê"),
        ("W", "digital_addresses", 3.0, None, None, "Chưa đủ"),
        ("W", "digital_addresses", 8.0, 9.0, None, "Tỷ lệ"),
        ("X", "households", 99.0, None, None, None),
    )

    found = coverage_range(3, counts_of(homes, said, ["W"]))

    assert found.counts[["counted", "households", "used"]].to_numpy().tolist() == [
        [Counted.ADDRESSES, 4, True],
        [Counted.LOADED, 5, True],
        [Counted.REPORTED, 6, True],
        [Counted.REPORTED_ADDRESSES, 7, True],
    ]
    assert (found.share_least, found.share_most) == (3 / 7, 3 / 4)


def test_a_count_below_what_was_reached_is_named_and_left_out():
    found = coverage_range(
        4, counts_of(listed(*"ABCDE"), reported(("W", "households", 3.0, None, None, None)), ["W"])
    )

    assert not found.differs
    assert found.share_least == 0.8
    (told,) = of_range(found)
    assert told.code == "told_count_too_small"
    assert told.facts["households"] == 3


def test_counts_that_agree_are_nothing_to_tell_and_an_empty_place_has_no_share():
    assert of_range(coverage_range(1, counts_of(listed("A", "B"), reported(), ["W"]))) == []
    assert coverage_range(0, counts_of(listed(), reported(), ["W"])).share_least is None


def test_the_range_is_told_with_its_ends():
    found = coverage_range(2, counts_of(listed("A", "A", "B", "C"), reported(), ["W"]))

    (told,) = of_range(found)
    assert told.code == "told_range"
    assert (told.facts["least"], told.facts["most"]) == (3, 4)
    assert told.facts["share_least"] == 0.5


def a_gap(kind, **more):
    row = {
        **dict.fromkeys(
            [*("share_expected", "distance_m", "street", "alley", "number_from", "number_to")]
        ),
        "gap_id": f"{kind}-1",
        "kind": kind,
        "area": "A",
        "households": 40,
        "unreached": 12,
        "share_reached": 0.7,
        "unassigned": 0,
        "within_m": 50.0,
        "members": [{"member_id": "m2", "households": 9}, {"member_id": "m1", "households": 3}],
    }
    return {**row, **more}


def some_gaps(*rows, unreached=12):
    frame = gpd.GeoDataFrame(list(rows), geometry=[None] * len(rows), crs=4326)
    return Gaps(frame, {"within_m": 50.0, "unreached": unreached})


def test_a_gap_is_told_with_the_filter_that_shows_its_rows():
    (told,) = of_gaps(some_gaps(a_gap("cluster", street="Trần Phú", alley="Ngõ 15")))

    assert told.code == "told_cluster"
    assert (told.kind, told.area, told.key, told.count) == ("cluster", "A", "cluster-1", 12)
    assert told.facts["member_ids"] == ["m2", "m1"]
    assert told.facts["alley"] == "Ngõ 15"


def test_where_most_have_nobody_in_charge_a_place_behind_says_so():
    codes = [of_gaps(some_gaps(a_gap("behind", unassigned=nobody)))[0].code for nobody in (0, 6, 7)]

    assert codes == ["told_behind", "told_behind", "told_behind_unassigned"]


@pytest.mark.parametrize(("left", "code"), [(0, "told_all_reached"), (9, "told_no_gaps")])
def test_where_there_are_no_gaps_it_is_said_why(left, code):
    assert [one.code for one in of_gaps(some_gaps(unreached=left))] == [code]


def test_what_expired_is_told_only_where_something_did():
    total = {"households": 10, "reached": 6, "ever_reached": 8, "due_again": 2}

    (told,) = of_coverage(total)
    assert (told.count, told.facts["share_ever_reached"]) == (2, 0.8)
    assert of_coverage({**total, "due_again": 0}) == []


@pytest.mark.parametrize(
    ("state", "expected", "latest", "code"),
    [
        ("done", None, None, "told_finish_done"),
        ("steady", "d", "d", "told_finish_steady"),
        ("steady", "d", None, "told_finish_steady_never"),
        ("steady", None, None, "told_finish_beyond"),
        ("slowing", "d", "d", "told_finish_slowing"),
        ("slowing", "d", None, "told_finish_slowing_never"),
        ("standstill", None, None, "told_finish_standstill"),
        ("too_little", None, None, "told_finish_too_little"),
    ],
)
def test_the_end_is_told_as_far_as_it_is_known(state, expected, latest, code):
    finish = {"state": state, "expected": expected, "latest": latest}

    assert of_trend(Trend(pd.DataFrame(), finish)).code == code


def test_what_teams_lack_is_told_heaviest_first_with_how_many_teams():
    rows = pd.DataFrame(
        {
            "neighbourhood_id": ["A", "B", "C"],
            "short_of_least": [7, 2, 0],
            "issues": [["no_team", "no_members", "below_least"], ["below_least", "no_deputy"], []],
        }
    )
    total = {"members": 40, "residents": 1_000.0}

    told = of_staffing(Staffing(rows, total), least=7)

    assert [(one.key, one.count) for one in told] == [
        ("no_team", 1),
        ("below_least", 2),
        ("no_deputy", 1),
        (None, None),
    ]
    assert told[1].facts["short"] == 9
    assert told[1].facts["area_ids"] == ["A", "B"]
    assert told[-1].code == "told_staffing_per_100_under"
    assert told[-1].facts["per_100"] == 4


def test_members_are_not_compared_with_residents_nobody_counted():
    empty = pd.DataFrame({"neighbourhood_id": [], "short_of_least": [], "issues": []})

    assert of_staffing(Staffing(empty, {"members": 4, "residents": None}), least=7) == []
