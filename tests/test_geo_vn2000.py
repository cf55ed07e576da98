"""VN-2000: the zones, a known pair, and no change of datum by guess."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod

import words
from geo.errors import UnknownCrsError
from geo.vn2000 import (
    MERIDIAN_OF_PROVINCE,
    METRIC_SYSTEMS,
    ZONES,
    are_metres,
    exact_transformer,
    is_metres,
    north_east,
    to_degrees,
    to_metres,
    zone_of_meridian,
    zones_of_provinces,
)

EARTH = Geod(ellps="WGS84")
CUSTOM = "+proj=tmerc +lat_0=0 +lon_0=107 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m"
# The published shift, its rotations with the signs that PROJ wants.
SHIFT = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"


def metres_apart(lat, lon, other_lat, other_lon):
    return EARTH.inv(lon, lat, other_lon, other_lat)[2]


def test_the_known_pair_is_met_within_5_centimetres():
    # webgis-vinhlong/VN2000 (MIT): X, Y on meridian 108°15′ and their degrees to a tenth of a metre.
    lat, lon = to_degrees(1255172.510, 568262.924, crs=zone_of_meridian("108°15′"))

    assert metres_apart(lat, lon, 11.349358, 108.877201) < 0.05


@pytest.mark.parametrize("meridian", sorted(ZONES))
def test_a_zone_is_what_its_epsg_code_says(meridian):
    zone = CRS.from_user_input(ZONES[meridian])
    numbers = {one.name: one.value for one in zone.coordinate_operation.params}

    assert zone.geodetic_crs.to_epsg() == 4756
    assert numbers["Longitude of natural origin"] == pytest.approx(meridian)
    assert numbers["Scale factor at natural origin"] == 0.9999
    assert numbers["False easting"] == 500_000


def test_the_34_provinces_have_a_zone():
    assert len(MERIDIAN_OF_PROVINCE) == 34
    zones = {code: ZONES[meridian] for code, meridian in MERIDIAN_OF_PROVINCE.items()}
    assert (zones["46"], zones["48"]) == ("EPSG:9214", "EPSG:5899")
    assert zones_of_provinces(["48", "46", "48", "99"]) == {"EPSG:9214": 107.0, "EPSG:5899": 107.75}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("107", "EPSG:9214"),
        ("KTT 107°45′", "EPSG:5899"),
        ("108-15", "EPSG:9217"),
        ("105 45", "EPSG:9210"),
        ("105.75", "EPSG:9210"),
        ("105,45", "EPSG:9210"),
        ("104.30", "EPSG:9207"),
        ("104.5", "EPSG:9207"),
        ("109", None),
        ("1070000", None),
        ("", None),
    ],
)
def test_a_meridian_is_read_as_it_is_written(text, zone):
    assert zone_of_meridian(text) == zone


@pytest.mark.parametrize("crs", METRIC_SYSTEMS)
def test_every_system_leads_to_degrees_by_one_published_operation(crs):
    way = exact_transformer(crs)

    assert way.accuracy in (0.0, 1.0)
    if CRS.from_user_input(crs).geodetic_crs.to_epsg() == 4756:
        assert "VN-2000 to WGS 84 (2)" in way.description


def test_one_operation_serves_the_mekong_delta_too():
    # Left to choose, PROJ takes EPSG:5194 in two blocks of it, 0.7 m beside.
    lat, lon = to_degrees(1_109_000.0, 585_000.0, crs="EPSG:5897")
    north, east = to_metres(lat, lon, crs="EPSG:3405")
    again = to_degrees(north, east, crs="EPSG:3405")

    assert metres_apart(lat, lon, *again) < 0.01


def test_a_system_without_a_datum_shift_is_refused_as_ballpark():
    with pytest.raises(UnknownCrsError, match="crs_ballpark"):
        to_degrees(1_818_729.0, 557_902.0, crs=CUSTOM)


def test_a_system_with_its_own_shift_is_taken():
    lat, lon = to_degrees(1_818_729.0, 557_902.0, crs=f"{CUSTOM} +towgs84={SHIFT}")

    assert metres_apart(lat, lon, *to_degrees(1_818_729.0, 557_902.0, crs="EPSG:9214")) < 0.01


def test_a_system_that_is_none_is_refused():
    with pytest.raises(UnknownCrsError, match="crs_unusable"):
        exact_transformer("EPSG:0")


def test_ignoring_the_datum_would_cost_more_than_200_metres():
    right = to_degrees(1_818_729.0, 557_902.0, crs="EPSG:9214")
    ignored = to_degrees(1_818_729.0, 557_902.0, crs=CUSTOM.replace("+ellps", "+datum"))

    assert 200 < metres_apart(*right, *ignored) < 240


@settings(deadline=None)
@given(
    lat=st.floats(8.4, 23.3),
    east_of_meridian=st.floats(-1.5, 1.5),
    meridian=st.sampled_from(sorted(ZONES)),
)
def test_there_and_back_is_the_same_place(lat, east_of_meridian, meridian):
    lon = meridian + east_of_meridian
    north, east = to_metres(lat, lon, crs=ZONES[meridian])

    assert metres_apart(lat, lon, *to_degrees(north, east, crs=ZONES[meridian])) < 0.01
    assert north > east
    assert is_metres(east, north)


def test_the_larger_number_is_the_northing():
    north, east = north_east([557_902.0, 1_818_729.0], [1_818_729.0, 557_902.0])

    assert north.tolist() == [1_818_729.0] * 2
    assert east.tolist() == [557_902.0] * 2


def test_degrees_are_no_metres():
    pairs = np.array([[16.4, 107.5], [1_818_729.0, 107.5], [557_902.0, 1_818_729.0], [np.nan, 1.0]])

    assert are_metres(*pairs.T).tolist() == [False, False, True, False]


@pytest.mark.parametrize("code", ["crs_ballpark", "crs_unusable", "province_unknown"])
def test_every_refusal_has_its_words(code):
    assert words.sentence(code, crs="X", province="47")
