"""Public tables: no small count, and none that can be worked out."""

import itertools

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from exports.public import SMALL, public_plan, sum_told, told
from tests.made_up_plan import a_plan


def test_large_counts_and_zeros_are_shown():
    assert told([12, 8, 0, 30]) == ["12", "8", "0", "30"]


def test_a_small_count_is_hidden_with_one_beside_it():
    assert told([3, 8, 20]) == ["<5", "≥5", "20"]


def test_one_more_is_hidden_where_the_sum_of_two_would_still_tell():
    # 3 + 5 = 8: whoever knows that the second is at least 5 knows that the first is at most 3.
    assert told([3, 5, 20]) == ["<5", "≥5", "≥5"]


def test_small_counts_protect_each_other_where_their_sum_allows_all():
    assert told([2, 3, 20]) == ["<5", "<5", "20"]


def test_two_small_counts_whose_sum_tells_are_joined_by_a_third():
    assert told([1, 1, 20]) == ["<5", "<5", "≥5"]


def test_which_one_is_hidden_does_not_depend_on_sizes():
    assert told([3, 50, 8]) == ["<5", "≥5", "8"]


@pytest.mark.parametrize("counts", [[1], [4, 4], [1, 5], [2, 0], [1, 1, 1], [2, 5, 5]])
def test_where_every_single_one_tells_none_is_told_nor_their_sum(counts):
    assert told(counts) is None
    assert sum_told(counts) == ("<5" if sum(counts) < 5 else "≥5")


def test_sums_are_told_beside_what_is_hidden():
    assert sum_told([3, 8, 20]) == "31"
    assert sum_told([]) == "0"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_a_reader_who_tries_every_table_learns_nothing_of_a_small_count(counts):
    shown = told(counts)
    if shown is None:
        return
    ranges = {"<5": range(1, 5), "≥5": range(5, 40)}
    tried = itertools.product(*(ranges.get(one) or [int(one)] for one in shown))
    possible = [table for table in tried if sum(table) == sum(counts)]
    for at, count in enumerate(counts):
        if 1 <= count < SMALL:
            assert {table[at] for table in possible} == {1, 2, 3, 4}


def zones_of(*places):
    """Zones of neighbourhoods by their counts, and the neighbourhoods, in a row."""
    rows = [(f"P{at}", count) for at, own in enumerate(places) for count in own]
    squares = [box(107.5 + at * 0.01, 16.4, 107.505 + at * 0.01, 16.41) for at in range(len(rows))]
    zones = gpd.GeoDataFrame(
        rows, columns=["neighbourhood_id", "households"], geometry=squares, crs="EPSG:4326"
    )
    names = [f"P{at}" for at in range(len(places))]
    neighbourhoods = gpd.GeoDataFrame(
        {"neighbourhood_id": names, "name": names},
        geometry=squares[: len(names)],
        crs="EPSG:4326",
    )
    return public_plan(zones, neighbourhoods)


def test_no_zone_is_hidden_by_its_neighbourhoods_count_which_meetings_tell():
    public = zones_of((4, 4), (9, 20))

    assert public.zones["households_shown"].tolist() == ["–", "–", "9", "20"]
    assert public.neighbourhoods["households_shown"].tolist() == ["8", "29"]


def test_a_small_neighbourhood_is_hidden_with_another_and_both_without_their_zones():
    public = zones_of((3,), (9, 9), (8, 8))

    assert public.zones["households_shown"].tolist() == ["–", "–", "–", "8", "8"]
    assert public.figures["households_shown"].tolist() == ["<5", "≥5", "16", "37"]


def test_a_public_plan_names_nobody():
    content = a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30})

    public = public_plan(content.zones, content.neighbourhoods)

    assert list(public.zones.columns) == [
        "zone",
        "neighbourhood_id",
        "neighbourhood",
        "households",
        "households_shown",
        "geometry",
    ]
    assert public.zones["households_shown"].tolist() == ["<5", "≥5", "9", "30"]
    assert public.zones["households"].isna().tolist() == [True, True, False, False]
    assert public.neighbourhoods["households_shown"].tolist() == ["15", "39"]
    assert public.figures["households_shown"].tolist() == ["15", "39", "54"]


def test_the_corners_of_public_outlines_are_no_homes():
    content = a_plan()
    corners = content.zones.to_crs("EPSG:32648").geometry.get_coordinates()

    public = public_plan(content.zones, content.neighbourhoods).zones
    moved = public.to_crs("EPSG:32648").geometry.get_coordinates()

    assert moved.to_numpy() == pytest.approx((moved / 10).round().to_numpy() * 10, abs=1e-3)
    assert not set(map(tuple, corners.round(3).to_numpy())) & set(
        map(tuple, moved.round(3).to_numpy())
    )


def test_a_plan_without_zones_has_a_public_face_too():
    content = a_plan()

    public = public_plan(content.zones.iloc[:0], content.neighbourhoods)

    assert public.zones.empty
    assert isinstance(public.zones, gpd.GeoDataFrame)
    assert public.neighbourhoods["households_shown"].tolist() == ["0", "0"]


def test_a_piece_of_a_zone_apart_from_the_rest_is_not_shown():
    """It may lie around a single house."""
    plan = a_plan()
    apart = plan.zones.geometry.translate(0.2).scale(0.01, 0.01)
    zones = plan.zones.assign(geometry=plan.zones.geometry.union(apart))

    shown = public_plan(zones, plan.neighbourhoods).zones

    assert (shown.geometry.count_geometries() == 1).all()
    assert not shown.geometry.intersects(apart.union_all()).any()
