"""Ground in a box of a page: true to scale, cut at the edge, the same for every drawer."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from exports.map_frame import PageBox, fitted, lines, name_places, points, polygons

POINT_MM = 25.4 / 72
UTM = "EPSG:32648"
X, Y = 650_000.0, 1_800_000.0


def ground(*shapes, crs=UTM):
    return gpd.GeoSeries(list(shapes), crs=crs)


def at(x, y):
    return (X + x, Y + y)


def a_square(side=400.0, x=0.0, y=0.0):
    return box(*at(x, y), *at(x + side, y + side))


PAGE = PageBox(x=10, y=20, width=400, height=200)


def test_ground_lies_in_the_middle_of_its_box_with_a_margin():
    frame = fitted(ground(a_square()), PAGE, margin=0.1)

    (drawn,) = polygons(frame, ground(a_square()))

    corners = drawn.parts[0]
    assert corners.min(axis=0) == pytest.approx((130, 40))
    assert corners.max(axis=0) == pytest.approx((290, 200))


def test_pictures_count_downward_and_pages_upward():
    north = ground(Point(at(200, 390)))

    _, up = points(fitted(ground(a_square()), PAGE), north)
    _, down = points(fitted(ground(a_square()), PAGE, downward=True), north)

    assert up[0, 1] > 120 > down[0, 1]
    assert up[0, 1] - 120 == pytest.approx(120 - down[0, 1])


def test_the_scale_on_paper_is_a_round_figure_and_everything_is_seen():
    frame = fitted(ground(a_square(397)), PAGE, unit_mm=POINT_MM)

    assert frame.denominator(POINT_MM) == pytest.approx(7500)
    west, south, east, north = frame.ground
    assert box(west, south, east, north).contains(a_square(397))


def test_a_scale_bar_is_as_long_as_it_says():
    frame = fitted(ground(a_square()), PAGE, unit_mm=POINT_MM)

    bar = frame.scale_bar(100)

    _, ends = points(frame, ground(Point(at(0, 0)), Point(at(bar.metres, 0))))
    assert bar.metres == 200
    assert ends[1, 0] - ends[0, 0] == pytest.approx(bar.length)


def test_degrees_are_measured_in_metres_and_north_is_told():
    hue = gpd.GeoSeries([box(107.58, 16.46, 107.60, 16.47)], crs="EPSG:4326")

    frame = fitted(hue, PAGE)

    west, _, east, _ = frame.ground
    assert frame.crs == UTM
    # 0.01 degrees of latitude are 1,106 m here, on 92 % of the height; tilted by 0.7 degrees, a little more
    assert east - west == pytest.approx(2 * 1_106 / 0.92, rel=0.03)
    # grid north of zone 48 leaves true north by sin(latitude) times the 2.59 degrees from 105 E
    assert frame.north_degrees() == pytest.approx(-2.59 * np.sin(np.radians(16.465)), abs=0.01)


def test_what_lies_outside_of_the_box_is_cut_off():
    frame = fitted(ground(a_square()), PAGE, margin=0.0)
    street = LineString([at(200, -5_000), at(200, 5_000)])
    far = LineString([at(9_000, 0), at(9_000, 5)])
    river = LineString([at(100, 100), at(100, 900), at(300, 900), at(300, 100)])

    drawn = lines(frame, ground(street, far, river))

    assert [one.row for one in drawn] == [0, 2, 2]
    assert all((one.parts[0][:, 1] <= 220.001).all() for one in drawn)
    assert drawn[0].parts[0][:, 1].min() == pytest.approx(20)


def test_holes_and_pieces_of_a_polygon_stay_apart():
    frame = fitted(ground(a_square()), PAGE)
    ring = Polygon(a_square().exterior, [box(*at(100, 100), *at(200, 200)).exterior])
    pieces = MultiPolygon([a_square(50), a_square(50, 300, 300)])

    drawn = polygons(frame, ground(ring, pieces))

    assert [(one.row, len(one.parts)) for one in drawn] == [(0, 2), (1, 1), (1, 1)]


def test_points_without_a_place_are_passed_over():
    frame = fitted(ground(a_square()), PAGE)

    rows, places = points(frame, ground(Point(), None, Point(at(200, 200)), Point(at(9_999, 0))))

    assert rows.tolist() == [2]
    assert places[0] == pytest.approx((210, 120))


def test_a_name_is_written_inside_of_what_is_seen():
    frame = fitted(ground(a_square()), PAGE, margin=0.0)
    half_seen = box(*at(100, 300), *at(300, 5_000))
    horseshoe = a_square().difference(box(*at(50, 50), *at(350, 401)))

    rows, places = name_places(frame, ground(half_seen, horseshoe))

    assert rows.tolist() == [0, 1]
    assert 170 < places[0, 1] < 220
    (_, bent) = polygons(frame, ground(a_square(1), horseshoe))
    assert Polygon(bent.parts[0]).contains(Point(places[1]))


def test_a_zone_in_pieces_is_named_in_the_largest_or_in_every_one():
    frame = fitted(ground(a_square()), PAGE)
    pieces = MultiPolygon([a_square(50), a_square(90, 300, 300)])

    once = name_places(frame, ground(pieces, a_square(60, 200, 0)))
    every = name_places(frame, ground(pieces, a_square(60, 200, 0)), every=True)

    assert once[0].tolist() == [0, 1]
    assert every[0].tolist() == [0, 1, 0]
    assert (once[1][0] == every[1][0]).all()


def test_an_outline_that_crosses_itself_is_drawn_all_the_same():
    bow = Polygon([at(0, 0), at(400, 400), at(400, 0), at(0, 400)])
    frame = fitted(ground(a_square()), PAGE)

    assert polygons(frame, ground(bow))


def test_one_house_is_shown_with_ground_around_it():
    frame = fitted(ground(Point(at(0, 0))), PAGE)

    assert 60 <= frame.ground[3] - frame.ground[1] < 70


def test_nothing_to_show_is_refused():
    with pytest.raises(ValueError, match="no ground"):
        fitted(ground(None), PAGE)
    with pytest.raises(ValueError, match="no room"):
        PageBox(x=0, y=0, width=0, height=5)


@given(
    width=st.floats(20, 3_000), height=st.floats(20, 3_000), x=st.floats(0, 1), y=st.floats(0, 1)
)
def test_everything_fitted_is_seen_whatever_the_page(width, height, x, y):
    page = PageBox(x=0, y=0, width=width, height=height)
    corners = ground(Point(at(0, 0)), Point(at(1_000 * x, 700 * y)))

    for unit_mm in (None, POINT_MM):
        rows, places = points(fitted(corners, page, unit_mm=unit_mm), corners)

        assert rows.tolist() == [0, 1]
        assert (places >= 0).all()
        assert (places <= (width, height)).all()
