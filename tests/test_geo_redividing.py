"""Ground split, joined and drawn anew: nothing is lost, nothing is covered twice."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from geo.errors import InputError
from geo.redividing import (
    areas_m2,
    drawn_lines_and_areas,
    joined,
    line_of,
    redrawn,
    ring_of,
    split_by_area,
    split_by_line,
)

WEST, SOUTH, SIDE = 107.5, 16.4, 0.01
GROUND = box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)
# An L, so that a straight line may leave and enter it again.
BENT = Polygon(
    [
        (WEST + x * SIDE, SOUTH + y * SIDE)
        for x, y in ((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2))
    ]
)
NEAR_NOTHING = 1e-14
shares = st.floats(0.05, 0.95)


def square(x):
    return box(WEST + x * SIDE, SOUTH, WEST + (x + 1) * SIDE, SOUTH + SIDE)


def line(*corners):
    return LineString([(WEST + x * SIDE, SOUTH + y * SIDE) for x, y in corners])


def zones(**shapes):
    return gpd.GeoDataFrame(
        {"neighbourhood_id": list(shapes)}, geometry=list(shapes.values()), crs=4326
    )


@settings(max_examples=40, deadline=None)
@given(start=shares, end=shares, ground=st.sampled_from([GROUND, BENT]))
def test_two_parts_are_the_whole_and_share_no_ground(start, end, ground):
    parts = split_by_line(ground, line((start, 0.4), (end, 0.6)))

    assert len(parts) == 2
    assert shapely.union_all(parts).symmetric_difference(ground).area < NEAR_NOTHING
    assert parts[0].intersection(parts[1]).area < NEAR_NOTHING


def test_the_western_part_comes_first_and_the_northern_where_that_tells_more():
    west, east = split_by_line(GROUND, line((0.6, 0.9), (0.6, 0.1)))
    north, south = split_by_line(GROUND, line((0.1, 0.5), (0.9, 0.5)))

    assert west.centroid.x < east.centroid.x
    assert north.centroid.y > south.centroid.y


def test_a_ground_of_several_pieces_is_split_on_both_sides():
    pieces = MultiPolygon([square(0), square(2)])

    west, east = split_by_line(pieces, line((1.5, 0.2), (1.5, 0.8)))

    assert (west.equals(square(0)), east.equals(square(2))) == (True, True)


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (line((3, 0), (3, 1)), "split_beside"),
        (line((0.2, 0.2), (0.8, 0.8), (0.8, 0.2), (0.2, 0.8)), "split_line_crosses"),
    ],
)
def test_a_line_that_parts_nothing_is_refused(drawn, code):
    with pytest.raises(InputError, match=code):
        split_by_line(GROUND, drawn)


def test_an_area_parts_what_is_within_from_the_rest():
    within, rest = split_by_area(GROUND, box(WEST - 1, SOUTH, WEST + SIDE / 2, SOUTH + 1))

    assert areas_m2([within])[0] == pytest.approx(areas_m2([rest])[0], rel=1e-4)
    with pytest.raises(InputError, match="split_beside"):
        split_by_area(GROUND, box(0, 0, 1, 1))


def test_neighbours_become_one_and_those_apart_do_not():
    beside = gpd.GeoSeries([square(0), square(1)], crs=4326)
    apart = gpd.GeoSeries([square(0), square(2)], crs=4326)

    assert joined(beside).geom_type == "Polygon"
    with pytest.raises(InputError, match="merge_apart"):
        joined(apart)


@settings(max_examples=25, deadline=None)
@given(edge=st.floats(0.1, 1.9), rest=st.sampled_from([None, "B"]))
def test_whatever_is_drawn_anew_covers_nothing_twice(edge, rest):
    ground = box(WEST, SOUTH, WEST + edge * SIDE, SOUTH + SIDE)

    told = redrawn(zones(A=square(0), B=square(1)), "A", ground, rest_to=rest)

    after = [told.shapes.get("A"), told.shapes.get("B", square(1))]
    assert after[0].intersection(after[1]).area < 1e-8
    covered = sum(areas_m2(after)) + told.left_m2
    assert covered == pytest.approx(sum(areas_m2([square(0), square(1)])), rel=1e-3)


def test_who_would_lose_everything_is_named():
    with pytest.raises(InputError, match="redraw_swallows") as raised:
        redrawn(zones(A=square(0), B=square(1)), "A", box(WEST, SOUTH, WEST + 1, SOUTH + 1))

    assert raised.value.facts == {"neighbourhoods": ["B"]}


def test_what_a_person_drew_is_told_apart_and_too_few_corners_are_refused():
    shapes = gpd.GeoSeries([line((0, 0), (0, 1)), square(0)], crs=4326)

    drawn, ground = drawn_lines_and_areas(shapes)

    assert (drawn.equals(shapes[0]), ground.equals(square(0))) == (True, True)
    with pytest.raises(InputError, match="corners_too_few"):
        ring_of([(16.4, 107.5), (16.5, 107.5)])
    with pytest.raises(InputError, match="line_too_short"):
        line_of([(16.4, 107.5), (16.4, 107.5)])
