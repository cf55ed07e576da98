import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geo.rings import Ring, close_lines, repair

UTM = "EPSG:32649"


def drawn(**shapes):
    return gpd.GeoDataFrame({"name": list(shapes)}, geometry=list(shapes.values()), crs=UTM)


def what_became(decisions):
    return decisions["what"].tolist()


def test_valid_areas_stay_as_they_are():
    shapes = drawn(a=box(0, 0, 10, 10), nothing=None, point=Point(0, 0)).geometry

    repaired, decisions = repair(shapes)

    assert decisions.empty
    assert repaired.equals(shapes)


def test_a_ring_that_crosses_itself_is_repaired_with_its_reason():
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])

    repaired, decisions = repair(drawn(a=bow_tie).geometry)

    assert repaired.is_valid.all()
    assert repaired.area.tolist() == [50]
    assert decisions[["row", "what", "reason"]].values.tolist() == [
        [0, Ring.REPAIRED, "Self-intersection"]
    ]


def test_an_area_drawn_in_an_area_of_the_same_zone_becomes_one():
    nested = MultiPolygon([box(0, 0, 10, 10), box(2, 2, 4, 4)])

    repaired, decisions = repair(drawn(a=nested).geometry)

    assert repaired.area.tolist() == [100]
    assert decisions["reason"].tolist() == ["Nested shells"]
    assert decisions["area_m2"].tolist() == [4]


def test_a_ring_without_ground_is_listed_as_lost():
    flat = Polygon([(0, 0), (10, 0), (5, 0)])

    repaired, decisions = repair(drawn(a=flat).geometry)

    assert repaired.is_empty.all()
    assert what_became(decisions) == [Ring.LOST]


def test_a_line_whose_ends_meet_or_nearly_becomes_an_area():
    ring = LineString([(0, 0), (100, 0), (100, 100), (0, 100), (0, 3)])

    zones, decisions = close_lines(drawn(a=ring))

    assert zones[["name", "row"]].values.tolist() == [["a", 0]]
    assert zones.area.tolist() == [10_000]
    assert decisions.values.tolist() == [[0, Ring.CLOSED, 3.0]]


def test_a_line_with_open_ends_is_closed_but_listed_as_doubtful():
    ring = LineString([(0, 0), (100, 0), (100, 100), (0, 100), (0, 30)])

    zones, decisions = close_lines(drawn(a=ring))

    assert zones.area.tolist() == [10_000]
    assert what_became(decisions) == [Ring.CLOSED_FAR]


def test_a_line_that_goes_somewhere_encloses_nothing():
    zones, decisions = close_lines(drawn(road=LineString([(0, 0), (50, 10), (100, 0)])))

    assert zones.empty
    assert what_became(decisions) == [Ring.OPEN]


def test_lines_that_cross_enclose_an_area_without_a_name():
    along = [
        LineString([(-10, y), (110, y)]) if across else LineString([(y, -10), (y, 110)])
        for across in (True, False)
        for y in (0, 100)
    ]

    zones, decisions = close_lines(drawn(**dict(zip("abcd", along, strict=True))))

    assert what_became(decisions) == [Ring.ENCLOSES] * 4
    assert zones.area.tolist() == [10_000]
    assert zones["name"].isna().all()


def test_a_line_that_crosses_itself_at_its_ends_is_closed_and_valid():
    loop = LineString([(0, -5), (0, 100), (100, 100), (100, 0), (-5, 0)])

    zones, _ = close_lines(drawn(a=loop))

    assert zones.is_valid.all()
    assert zones.area.iloc[0] == pytest.approx(10_000, abs=30)


def test_rows_that_are_no_lines_are_not_looked_at():
    zones, decisions = close_lines(drawn(a=box(0, 0, 1, 1), b=Point(0, 0), c=None))

    assert zones.empty
    assert decisions.empty
