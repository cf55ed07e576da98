"""Gaps on a ward drawn by hand: two neighbourhoods of houses in rows, and whom nobody reached."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.errors import InputError
from planning.gaps import GapRules, gaps, together, wilson

METRIC = "EPSG:32648"
EAST, NORTH = 760_000.0, 1_820_000.0
PLACES = pd.DataFrame({"neighbourhood_id": ["A", "B"], "name": ["Tổ 1", "Tổ 2"]})
STREETS = gpd.GeoDataFrame(
    {"name": ["Đường Mẫu", None]},
    geometry=[
        LineString([(EAST, NORTH - 9), (EAST + 900, NORTH - 9)]),
        LineString([(EAST, NORTH - 5), (EAST + 900, NORTH - 5)]),
    ],
    crs=METRIC,
).to_crs(4326)
NO_BASES = gpd.GeoSeries([], crs=4326)


def ward(left=(), *, far_m=None):
    """Forty houses of A and forty of B, ten metres apart in eight rows; `left` are unreached."""
    rows = [("A", n % 10, n // 10) for n in range(40)] + [
        ("B", n % 10, 6 + n // 10) for n in range(40)
    ]
    frame = pd.DataFrame(rows, columns=["neighbourhood_id", "x", "y"])
    ids = [f"h{n:02}" for n in range(80)]
    frame = frame.assign(
        household_id=ids,
        concerned=True,
        status=["unreached" if one in set(left) else "reached" for one in ids],
        member_id=["m1" if n % 2 else "m2" for n in range(80)],
        house_number=[str(n + 1) for n in range(80)],
        street="Lê Lợi",
        alley=[f"Kiệt {y}" for y in frame["y"]],
    )
    points = [
        Point(EAST + x * 10, NORTH + y * 10) for x, y in zip(frame["x"], frame["y"], strict=True)
    ]
    if far_m is not None:
        points[79] = Point(EAST + 90 + far_m, NORTH + 90)
    return gpd.GeoDataFrame(frame.drop(columns=["x", "y"]), geometry=points, crs=METRIC).to_crs(
        4326
    )


TOGETHER = ("h00", "h01", "h02", "h10", "h11", "h12", "h20", "h21", "h22")
ROWS_APART = GapRules(within_m=15)


def found(homes, *, bases=NO_BASES, rules=ROWS_APART):
    return gaps(homes, PLACES, bases, STREETS, rules=rules)


def of_kind(told, kind):
    return told.rows[told.rows["kind"] == kind]


def test_houses_left_together_are_one_cluster_with_its_place_and_who_is_in_charge():
    # Two of B as well, so that A is not behind as a whole.
    told = found(ward((*TOGETHER, "h47", "h55", "h63", "h68", "h76", "h79")))

    (row,) = of_kind(told, "cluster").to_dict("records")
    assert set(row["household_ids"]) == set(TOGETHER)
    assert row["gap_id"] == "cluster-h00"
    assert (row["area"], row["name"]) == ("A", "Tổ 1")
    assert row["unreached"] == 9
    assert row["households"] > 9
    assert row["share_reached"] == pytest.approx(1 - 9 / row["households"])
    assert row["p"] <= 0.05
    assert (row["street"], row["alley"]) == ("Lê Lợi", "Kiệt 0")
    assert (row["number_from"], row["number_to"]) == ("1", "3")
    assert row["members"] == [
        {"member_id": "m2", "households": 6},
        {"member_id": "m1", "households": 3},
    ]
    assert row["unassigned"] == 0
    assert of_kind(told, "behind").empty


def test_what_is_drawn_around_a_cluster_holds_its_households():
    homes = ward(TOGETHER)
    told = found(homes)

    drawn = of_kind(told, "cluster").geometry.iloc[0] if len(of_kind(told, "cluster")) else None

    inside = homes[homes["household_id"].isin(TOGETHER)]
    assert drawn is None or inside.within(drawn).all()


def test_a_neighbourhood_that_nobody_reached_is_behind_and_told_only_once():
    told = found(ward([f"h{n:02}" for n in range(40)]))

    assert of_kind(told, "cluster").empty
    (row,) = of_kind(told, "behind").to_dict("records")
    assert (row["gap_id"], row["name"]) == ("behind-A", "Tổ 1")
    assert (row["households"], row["unreached"]) == (40, 40)
    assert (row["share_reached"], row["share_expected"]) == (0.0, 0.5)
    assert row["excess"] == 20
    assert (row["low"], row["high"]) == pytest.approx(wilson(0, 40), abs=1e-6)
    assert row["high"] < row["share_expected"]


def test_a_lone_house_far_from_everybody_is_told_with_its_distance():
    told = found(ward(["h79"], far_m=400))

    (row,) = of_kind(told, "far").to_dict("records")
    assert row["household_ids"] == ["h79"]
    # 400 m east of where it was, one row of 10 m from the house nearest to it.
    assert row["distance_m"] == pytest.approx(np.hypot(400, 10), abs=0.1)
    assert row["share_expected"] is None or np.isnan(row["share_expected"])


def test_a_member_who_lives_beside_makes_it_near():
    homes = ward(["h79"], far_m=400)
    beside = gpd.GeoSeries([homes.geometry.iloc[79], Point()], crs=4326)

    assert of_kind(found(homes, bases=beside), "far").empty


def test_households_without_a_street_are_told_by_the_nearest_that_has_a_name():
    homes = ward(["h79"], far_m=400).assign(street=None, alley=None, house_number=None)

    (row,) = of_kind(found(homes), "far").to_dict("records")
    assert row["street"] == "Đường Mẫu"
    assert row["alley"] is None


@pytest.mark.parametrize("left", [(), [f"h{n:02}" for n in range(80)]])
def test_where_all_or_none_are_reached_nothing_is_behind_or_together(left):
    told = found(ward(left))

    assert told.rows.empty
    assert told.total["gaps"] == 0
    assert told.total["unreached"] == len(left)


def test_households_without_a_point_are_counted_and_not_clustered():
    homes = ward(TOGETHER)
    homes.loc[homes["household_id"].isin(TOGETHER), "geometry"] = None

    told = found(homes)

    assert told.total["unreached_unlocated"] == 9
    assert of_kind(told, "cluster").empty


def test_an_empty_ward_has_no_gaps():
    assert found(ward().iloc[:0]).rows.empty


def test_households_that_no_goal_concerns_are_left_out():
    homes = ward(TOGETHER)
    homes["concerned"] = ~homes["household_id"].isin(TOGETHER)

    assert found(homes).total["unreached"] == 0


def test_the_gaps_of_one_neighbourhood_are_those_that_touch_it():
    told = found(ward([f"h{n:02}" for n in range(40)]))

    assert told.of("B").rows.empty
    assert list(told.of("A").rows["kind"]) == ["behind", "far"]


def test_the_gaps_of_several_wards_are_ranked_as_one_list():
    one = found(ward([f"h{n:02}" for n in range(40)]))
    other = found(ward((*TOGETHER, "h47", "h55", "h63", "h68", "h76", "h79")))

    whole = together({"1": one, "2": other}, ROWS_APART)

    assert list(whole.rows["rank"]) == list(range(1, len(one.rows) + len(other.rows) + 1))
    assert whole.rows["excess"].is_monotonic_decreasing
    assert whole.total["unreached"] == 40 + 15
    assert whole.total["within_m"] == 15
    assert together({}, ROWS_APART).total["gaps"] == 0


def test_the_document_holds_plain_values():
    document = found(ward(TOGETHER)).as_dict()

    assert set(document) == {"rows", "total"}
    assert all("geometry" not in row for row in document["rows"])
    assert document["total"]["within_m"] == 15


@given(order=st.permutations(range(80)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_does_not_matter(order):
    homes = ward((*TOGETHER, "h47", "h55", "h63", "h68", "h76", "h79"), far_m=300)

    assert found(homes.iloc[order]).as_dict() == found(homes).as_dict()


def test_households_left_by_chance_seldom_make_a_gap():
    rng = np.random.default_rng(3)
    homes = ward()
    gaps_found = 0
    for _ in range(40):
        dealt = rng.permutation(80) < 16
        homes["status"] = np.where(dealt, "unreached", "reached")
        told = found(homes, rules=GapRules(within_m=15, farthest=0))
        gaps_found += not told.rows.empty

    # Two families of tests at one in twenty: four are expected, eleven come once in a thousand.
    assert gaps_found < 11


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    "odd", [{"level": 0.0}, {"level": 1.0}, {"farthest": -1}, {"within_m": 0.0}]
)
def test_rules_by_which_nothing_can_be_judged_are_refused(odd):
    with pytest.raises(InputError):
        GapRules(**odd)
