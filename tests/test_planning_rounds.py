"""From a zone on drawn streets to weeks and routes."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point

from geo.network import build_network
from planning.doors import walks_between
from planning.load import LoadTable
from planning.rounds import week_routes, zone_calendar

CRS = "EPSG:32648"
EAST, NORTH = 690_000.0, 1_187_000.0
MONDAY = date(2026, 11, 23)
HALF_AN_HOUR = LoadTable(first_visit=30, revisit=30, walking=0, per_resident=0)


def at(spot):
    return None if spot is None else Point(EAST + spot[0], NORTH + spot[1])


def network(*lines):
    shapes = [LineString([at(spot) for spot in line]) for line in lines]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS).pipe(build_network, crs=CRS)


STREET = [(0, 0), (400, 0)]
ISLAND = [(0, 900), (100, 900)]


def households(**spots):
    return gpd.GeoDataFrame(
        {
            "household_id": list(spots),
            "member_id": "an",
            "met": False,
            "due_on": pd.NaT,
            "valid_days": np.nan,
        },
        geometry=[at(spot) for spot in spots.values()],
        crs=CRS,
    )


def member(home, minutes=60.0):
    return gpd.GeoDataFrame(
        {"member_id": ["an"], "minutes_per_week": [minutes]}, geometry=[at(home)], crs=CRS
    )


HOMES = households(d=(310, 5), a=(10, 5), c=(300, 5), b=(90, 5))


def calendar(homes=HOMES, home=(0, 0)):
    return zone_calendar(
        homes, member(home), network(STREET, ISLAND), begins=MONDAY, weeks=4, load=HALF_AN_HOUR
    )


def test_neighbours_share_a_week():
    visits = calendar().visits

    assert visits.groupby("week")["household_id"].agg("".join).to_dict() == {1: "ab", 2: "cd"}


def test_the_route_of_a_week_leads_from_home_along_the_street_and_back():
    routes = week_routes(calendar(), 2, HOMES, member((0, 0)), network(STREET))

    # there and back, and from the street to either door and back
    assert routes["an"].walk_m == 2 * 310 + 4 * 5
    assert sorted(routes["an"].stops["household_id"]) == ["c", "d"]


def test_a_week_in_which_nobody_is_visited_has_no_routes():
    assert week_routes(calendar(), 4, HOMES, member((0, 0)), network(STREET)) == {}


def test_hours_and_evenings_are_kept():
    evenings = pd.DataFrame({"member_id": "an", "begins_min": [1080.0], "ends_min": [1170.0]})
    homes = HOMES.assign(open_min=[1080.0, 1140.0, 1080.0, np.nan], close_min=1170.0)

    routes = week_routes(calendar(), 1, homes, member((0, 0)), network(STREET), outings=evenings)

    assert routes["an"].stops["household_id"].tolist() == ["b"]
    assert routes["an"].left == ("a",)


def test_who_cannot_be_walked_to_comes_last_and_is_left_from_the_route():
    homes = households(x=(50, 905), a=(10, 5), b=(90, 5))

    found = calendar(homes)
    routes = week_routes(found, 2, homes, member((0, 0)), network(STREET, ISLAND))

    assert found.visits["household_id"].tolist() == ["a", "b", "x"]
    assert routes["an"].stops["household_id"].tolist() == ["x"]


def test_a_zone_without_a_home_or_without_points_has_weeks_all_the_same():
    assert calendar(home=None).all_reached_week == 2
    assert calendar(households(a=None, b=None)).all_reached_week == 1


def test_doors_at_one_point_of_the_street_are_as_far_apart_as_they_are():
    doors = walks_between(
        gpd.GeoSeries([at((50, 5)), at((50, 8)), at((60, -5)), None], crs=CRS),
        gpd.GeoSeries([None], crs=CRS),
        network(STREET),
    )

    assert doors.reached.tolist() == [True, True, True, False]
    assert doors.walk_mm.tolist() == [
        [0, 0, 0, 0],
        [0, 0, 3000, 20000],
        [0, 3000, 0, 23000],
        [0, 20000, 23000, 0],
    ]
