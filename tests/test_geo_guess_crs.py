"""A file without a coordinate system: every candidate is judged by the ward; who is not sure asks."""

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from geo.guess_crs import CrsCandidate, Order, Verdict, decide, decide_crs, rank_crs
from geo.vn2000 import ZONES, to_metres

# About 4 km by 5 km, near Huế.
WARD = box(107.60, 16.40, 107.64, 16.445)


def homes_in(area, count=200, seed=1):
    """Latitudes and longitudes of made-up homes in an area."""
    points = gpd.GeoSeries([area]).sample_points(count, rng=seed).explode()
    return points.y.to_numpy(), points.x.to_numpy()


def columns_of(area, crs, order, count=200):
    """The two columns of a file of homes in metres."""
    north, east = to_metres(*homes_in(area, count), crs=crs)
    return (east, north) if order == Order.EAST_FIRST else (north, east)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("meridian", [m for m in sorted(ZONES) if 105.0 < m <= 108.5])
def test_a_file_in_a_zone_of_3_degrees_is_recognised_in_both_orders(meridian, order):
    found = decide_crs(*columns_of(WARD, ZONES[meridian], order), area=WARD)

    assert (found.verdict, found.crs, found.order) == (Verdict.CHOSEN, ZONES[meridian], order)
    assert (found.candidates[0].share_inside, found.candidates[0].margin) == (1.0, 1.0)


@pytest.mark.parametrize("order", list(Order))
def test_a_file_in_degrees_is_recognised_in_both_orders(order):
    lat, lon = homes_in(WARD)
    columns = (lon, lat) if order == Order.EAST_FIRST else (lat, lon)

    found = decide_crs(*columns, area=WARD)

    assert (found.crs, found.order) == ("EPSG:4326", order)


@pytest.mark.parametrize("crs", ["EPSG:5897", "EPSG:3405", "EPSG:32648"])
def test_systems_on_105_degrees_are_asked_about_the_likeliest_first(crs):
    found = decide_crs(*columns_of(WARD, crs, Order.NORTH_FIRST), area=WARD)

    assert (found.verdict, found.crs) == (Verdict.ASK, None)
    assert {one.crs for one in found.candidates} == {"EPSG:5897", "EPSG:3405", "EPSG:32648"}
    assert found.candidates[0].crs == crs
    assert found.candidates[0].margin > 0 > found.candidates[1].margin


def test_a_few_points_do_not_tell_twins_apart():
    ranked = [
        CrsCandidate(crs="EPSG:5897", order=Order.NORTH_FIRST, share_inside=1.0, margin=0.9),
        CrsCandidate(crs="EPSG:3405", order=Order.NORTH_FIRST, share_inside=0.1, margin=-0.9),
    ]

    assert decide(ranked, points=10).verdict == Verdict.ASK
    assert decide(ranked, points=100).crs == "EPSG:5897"


def test_a_file_of_another_ward_has_no_system():
    columns = columns_of(box(108.1, 16.0, 108.14, 16.04), "EPSG:5899", Order.NORTH_FIRST)

    assert decide_crs(*columns, area=WARD).verdict == Verdict.NONE


def test_some_homes_outside_the_ward_do_not_matter():
    around = box(107.59, 16.39, 107.65, 16.455)

    found = decide_crs(*columns_of(around, "EPSG:9214", Order.EAST_FIRST), area=WARD)

    assert found.crs == "EPSG:9214"
    assert 0.4 < found.candidates[0].share_inside < 0.7


def test_a_file_mostly_outside_the_ward_is_not_decided():
    around = box(107.55, 16.35, 107.69, 16.495)

    assert decide_crs(*columns_of(around, "EPSG:9214", Order.EAST_FIRST), area=WARD).crs is None


def test_nothing_is_ranked_where_there_are_no_numbers():
    assert rank_crs([np.nan, np.inf], [1.0, 2.0], area=WARD) == []
    assert decide_crs([], [], area=WARD).verdict == Verdict.NONE


def test_of_many_points_a_sample_is_judged():
    north, east = columns_of(WARD, "EPSG:9214", Order.NORTH_FIRST, count=5_000)

    assert rank_crs(north, east, area=WARD)[0].share_inside == 1.0


def ward_of(real_data, code):
    wards = gpd.read_file(real_data / "boundaries" / "hue_wards.geojson")
    return wards.loc[wards["code"] == code, "geometry"].item()


@pytest.mark.real
@pytest.mark.parametrize("order", list(Order))
def test_epsg_9214_is_recognised_for_thanh_thuy_in_both_orders(real_data, order):
    ward = ward_of(real_data, "19969")

    found = decide_crs(*columns_of(ward, "EPSG:9214", order), area=ward)

    assert (found.verdict, found.crs, found.order) == (Verdict.CHOSEN, "EPSG:9214", order)
    assert found.candidates[0].margin == 1.0


@pytest.mark.real
@pytest.mark.parametrize("crs", ["EPSG:5897", "EPSG:3405", "EPSG:32648"])
def test_a_file_on_105_degrees_is_asked_about_in_real_wards(real_data, crs):
    old = gpd.read_file(real_data / "boundaries" / "district7_old_wards").to_crs("EPSG:4326")
    for ward in (ward_of(real_data, "19969"), *old.geometry):
        found = decide_crs(*columns_of(ward, crs, Order.NORTH_FIRST), area=ward)

        assert found.verdict == Verdict.ASK
        assert {one.crs for one in found.candidates} == {"EPSG:5897", "EPSG:3405", "EPSG:32648"}
