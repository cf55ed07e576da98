"""Coordinates as people type them in four columns; the ward is about 4 km by 5 km near Huế."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import box

import words
from geo.errors import UnknownCrsError
from geo.points import PointProblem, PointSource, read_coordinates, repair_points
from geo.typed_numbers import read_number
from geo.vn2000 import ZONES, to_degrees, to_metres

EARTH = Geod(ellps="WGS84")
WARD = box(107.60, 16.40, 107.64, 16.445)
HOME = (16.42, 107.62)
NORTH, EAST = (round(float(metres), 2) for metres in to_metres(*HOME, crs="EPSG:9214"))


def repaired(*rows, **known):
    """The points of rows of (lat, lon) or (lat, lon, x, y)."""
    full = [(*row, None, None)[:4] for row in rows]
    columns = [pd.Series(column, dtype="object") for column in zip(*full, strict=True)]
    return repair_points(*columns, **{"area": WARD, **known})


def off_m(points):
    return EARTH.inv(
        points["lon"], points["lat"], np.full(len(points), HOME[1]), np.full(len(points), HOME[0])
    )[2]


@pytest.mark.parametrize(
    ("row", "source", "problem"),
    [
        ((16.42, 107.62), "degrees", None),
        (("16.42", "107.62"), "degrees", None),
        (("16,42", "107,62"), "degrees", None),
        (("16°25'12\"B", "107°37'12\"Đ"), "degrees", None),
        ((107.62, 16.42), "swapped", "coordinates_swapped"),
        (("107,62", "16,42"), "swapped", "coordinates_swapped"),
        ((NORTH, EAST), "metres", "coordinates_in_metres"),
        ((EAST, NORTH), "metres", "coordinates_in_metres"),
        (("1.816.175,15", "566.201,23"), "metres", "coordinates_in_metres"),
        (("1,816,175.15", "566,201.23"), "metres", "coordinates_in_metres"),
        (("1 816 175.15", "566 201.23"), "metres", "coordinates_in_metres"),
        (("1.816.175", "566.201"), "metres", "coordinates_in_metres"),
        (("1816175", 566.201), "metres", "coordinates_in_metres"),
        ((None, None, NORTH, EAST), "metres", None),
        ((None, None, EAST, NORTH), "metres", None),
        ((None, None, "1.816.175,15", "566.201,23"), "metres", None),
        ((None, None, 107.62, 16.42), "degrees", None),
        ((None, None, 16.42, 107.62), "degrees", None),
        ((16.42, 107.62, NORTH, EAST), "degrees", None),
        (("?", "?", NORTH, EAST), "metres", None),
    ],
)
def test_each_dress_leads_to_the_home(row, source, problem):
    row = tuple(ROW.get(cell, cell) for cell in row)
    points = repaired(row)

    assert off_m(points).max() < 2.0
    assert points["source"].tolist() == [source]
    assert points["problem"].fillna("").tolist() == [problem or ""]
    assert points["crs"].notna().tolist() == [source == "metres"]


def thousands(number, mark, decimal, digits):
    return f"{number:,.{digits}f}".replace(",", "?").replace(".", decimal).replace("?", mark)


# What stands for the home's metres in the rows above, written out.
ROW = {
    "1.816.175,15": thousands(NORTH, ".", ",", 2),
    "566.201,23": thousands(EAST, ".", ",", 2),
    "1,816,175.15": thousands(NORTH, ",", ".", 2),
    "566,201.23": thousands(EAST, ",", ".", 2),
    "1 816 175.15": thousands(NORTH, " ", ".", 2),
    "566 201.23": thousands(EAST, " ", ".", 2),
    "1.816.175": thousands(NORTH, ".", ",", 0),
    "566.201": thousands(EAST, ".", ",", 0),
    "1816175": f"{NORTH:.0f}",
    566.201: round(EAST / 1000, 3),
}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((None, None), None),
        ((16.42, None), PointProblem.HALF),
        ((None, None, NORTH, None), PointProblem.HALF),
        (("không rõ", 107.62), PointProblem.UNREADABLE),
        ((48.85, 2.35), PointProblem.OUTSIDE_VIETNAM),
        ((0, 0), PointProblem.OUTSIDE_VIETNAM),
        ((1.0, 107.62), PointProblem.OUTSIDE_VIETNAM),
    ],
)
def test_a_row_without_a_place_to_trust_says_why(row, problem):
    points = repaired(row)

    assert points[["lat", "lon", "source", "crs"]].isna().all(axis=None)
    assert (
        points["problem"].isna().item() if problem is None else points["problem"].item() == problem
    )


def test_degrees_and_metres_of_two_places_are_told():
    points = repaired((16.42, 107.62, NORTH + 400, EAST), (16.42, 107.62, NORTH + 10, EAST))

    assert off_m(points).max() < 0.01
    assert points["problem"].fillna("").tolist() == [PointProblem.TWO_PLACES, ""]


def test_metres_outside_the_ward_are_placed_and_told():
    inside = [(NORTH + i, EAST) for i in range(5)]

    points = repaired(*inside, (NORTH + 30_000, EAST))

    assert points["problem"].iloc[5] == PointProblem.METRES_OUTSIDE_AREA
    assert points["lat"].notna().all()


def test_metres_of_an_unknown_system_have_no_place():
    assert repaired((NORTH, EAST), area=None)["problem"].item() == PointProblem.METRES_UNKNOWN
    elsewhere = box(108.1, 16.0, 108.2, 16.1)
    assert repaired((NORTH, EAST), area=elsewhere)["problem"].item() == PointProblem.METRES_UNKNOWN


def test_metres_are_read_in_the_system_that_a_person_says():
    points = repaired((NORTH, EAST), area=None, crs="EPSG:9214")

    assert off_m(points).max() < 0.1
    assert points["crs"].tolist() == ["EPSG:9214"]


def test_metres_around_105_degrees_wait_for_a_person():
    north, east = to_metres(*HOME, crs="EPSG:5897")
    lat, lon = pd.Series([16.42, north]), pd.Series([107.62, east])

    points = repair_points(lat, lon, area=WARD)

    assert points["problem"].fillna("").tolist() == ["", PointProblem.METRES_ASK]
    assert off_m(repair_points(lat, lon, area=WARD, crs="EPSG:5897")).max() < 0.1


def test_degrees_of_vn2000_are_moved_on_a_persons_word():
    points = repaired((16.42, 107.62), (107.62, 16.42), degrees_crs="EPSG:4756")

    assert off_m(points) == pytest.approx(225, abs=3)


def test_a_system_that_leads_nowhere_exactly_is_refused():
    with pytest.raises(UnknownCrsError, match="crs_ballpark"):
        repaired((NORTH, EAST), crs="+proj=tmerc +lon_0=107 +x_0=500000 +ellps=WGS84")


def test_the_index_is_kept_and_nothing_is_changed_in_place():
    lat, lon = (
        pd.Series([107.62, 16.42], index=["b", "a"]),
        pd.Series([16.42, 107.62], index=["b", "a"]),
    )

    points = repair_points(lat, lon, area=WARD)

    assert points.index.tolist() == ["b", "a"]
    assert points["source"].tolist() == [PointSource.SWAPPED, PointSource.DEGREES]
    assert lat.tolist() == [107.62, 16.42]


def test_no_rows_are_no_rows():
    empty = pd.Series([], dtype="str")

    assert len(repair_points(empty, empty, empty, empty, area=WARD)) == 0


def test_a_column_of_mixed_cells_is_read():
    column = pd.Series([16.42, "16,42", "1.816.175,1", " 548 123 ", "16°30'", "x", None, np.inf])

    assert read_coordinates(column).tolist() == pytest.approx(
        [16.42, 16.42, 1816175.1, 548123, 16.5, np.nan, np.nan, np.nan], nan_ok=True
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16,46", 16.46),
        ("16.46", 16.46),
        ("-16.46", -16.46),
        ("1.851.234,5", 1851234.5),
        ("1,851,234.5", 1851234.5),
        ("1.851.234", 1851234),
        ("548 123", 548123),
        ("548\u00a0123,4 m", 548123.4),
        ("1'851'234.5", 1851234.5),
        ("548.123", 548.123),
    ],
)
def test_a_typed_number_is_read(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "1,23,4.5", "1.234.56", "--1", "1e5", "9" * 50])
def test_what_is_no_number_is_none(text):
    assert np.isnan(read_number(text))


@settings(deadline=None)
@given(
    lat=st.floats(16.401, 16.444),
    lon=st.floats(107.601, 107.639),
    dress=st.sampled_from(["degrees", "swapped", "metres", "turned", "apart", "thousands"]),
)
def test_every_row_comes_back_to_its_place(lat, lon, dress):
    north, east = to_metres(lat, lon, crs="EPSG:9214")
    row = {
        "degrees": (f"{lat:.7f}", f"{lon:.7f}"),
        "swapped": (f"{lon:.7f}".replace(".", ","), f"{lat:.7f}".replace(".", ",")),
        "metres": (f"{north:.2f}", f"{east:.2f}"),
        "turned": (f"{east:.2f}", f"{north:.2f}"),
        "apart": (None, None, f"{north:.2f}", f"{east:.2f}"),
        "thousands": (thousands(north, ".", ",", 1), thousands(east, ".", ",", 1)),
    }[dress]

    points = repaired(row)

    assert EARTH.inv(points["lon"].item(), points["lat"].item(), lon, lat)[2] < 0.1


@pytest.mark.parametrize("problem", list(PointProblem))
def test_every_problem_has_its_words(problem):
    assert f"problem_{problem}" in words.TEXTS


@pytest.mark.real
def test_a_list_of_thanh_thuy_in_every_dress_comes_back(real_data):
    wards = gpd.read_file(real_data / "boundaries" / "hue_wards.geojson")
    ward = wards.loc[wards["code"] == "19969", "geometry"].item()
    homes = gpd.GeoSeries([ward]).sample_points(1_000, rng=1).explode()
    lat, lon = homes.y.to_numpy(), homes.x.to_numpy()
    north, east = to_metres(lat, lon, crs=ZONES[107.0])
    dress = np.arange(len(lat)) % 4
    nothing = np.full(len(lat), np.nan)

    points = repair_points(
        pd.Series(np.choose(dress, [lat, lon, north, nothing])),
        pd.Series(np.choose(dress, [lon, lat, east, nothing])),
        pd.Series(np.where(dress == 3, east, np.nan)),
        pd.Series(np.where(dress == 3, north, np.nan)),
        area=ward,
    )

    assert EARTH.inv(points["lon"], points["lat"], lon, lat)[2].max() < 0.01
    assert points["crs"].dropna().unique().tolist() == ["EPSG:9214"]
    assert points["problem"].value_counts().to_dict() == {
        PointProblem.SWAPPED: 250,
        PointProblem.IN_METRES: 250,
    }


def test_the_home_of_these_tests_lies_where_it_should():
    lat, lon = to_degrees(NORTH, EAST, crs="EPSG:9214")

    assert (float(lat), float(lon)) == pytest.approx(HOME, abs=1e-6)
