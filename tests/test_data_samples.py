"""The ground of the made-up ward: as crowded as a real one, with streets, water and houses."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.terms import MADE_UP_WARD
from tests.sample_wards import a_ward, in_metres


@pytest.fixture(scope="module")
def ward():
    """The ward of `diaban demo`: 11,000 households, seed 1."""
    return a_ward(11_000)


# --- the ground ---


def test_a_ward_has_as_many_households_neighbourhoods_and_residents_as_a_real_one(ward):
    sizes = ward.households.groupby("neighbourhood_id").size()

    assert len(ward.households) == 11_000
    assert len(ward.neighbourhoods) == len(sizes) == 33
    assert 36_500 < ward.households["residents"].sum() < 38_500
    assert 290 <= sizes.median() <= 330
    assert 120 <= sizes.min() < 180 and 500 < sizes.max() <= 650


def test_the_ward_lies_on_the_open_sea_within_one_utm_zone(ward):
    west, south, east, north = ward.wards.total_bounds

    assert west > 107.9 and east < 108.0
    assert south > 16.62 and north < 16.68
    assert (ward.wards["ward_code"] == MADE_UP_WARD).all()


def test_the_largest_ward_is_still_west_of_108_degrees(ward):
    growth = np.sqrt(200_000 / 11_000)
    east, middle = ward.wards.total_bounds[2], 107.935

    assert middle + 1.02 * growth * (east - middle) < 108.0


@pytest.mark.parametrize("households", [50, 300, 1_500])
def test_neighbourhoods_tile_the_ward_without_gap_or_overlap(households):
    ward = a_ward(households)
    tiles = ward.neighbourhoods.geometry.to_numpy()

    assert shapely.coverage_is_valid(tiles)
    assert shapely.coverage_union_all(tiles).equals(ward.wards.geometry.iloc[0])
    metres = shapely.area(in_metres(ward.neighbourhoods)).sum()
    assert metres == pytest.approx(shapely.area(in_metres(ward.wards)).sum())


def test_the_north_is_crowded_and_the_south_west_is_not(ward):
    at = shapely.get_coordinates(in_metres(ward.households))
    area_ha = shapely.area(in_metres(ward.neighbourhoods)) / 10_000
    homes = ward.households.groupby("neighbourhood_id").size()
    per_ha = homes.to_numpy() / area_ha
    middles = shapely.get_coordinates(shapely.centroid(in_metres(ward.neighbourhoods)))
    middle = at.mean(axis=0)
    north = middles[:, 1] > middle[1] + 300
    south_west = (middles < middle - 300).all(axis=1)

    assert per_ha[north].min() > 20
    assert per_ha[south_west].max() < 12


# --- streets ---


def vertices_joined_by_streets(streets):
    """Return how many connected parts the streets have where only a common vertex joins them."""
    at, street = shapely.get_coordinates(streets.geometry.to_numpy(), return_index=True)
    places, node = np.unique(at, axis=0, return_inverse=True)
    same = street[1:] == street[:-1]
    pairs = (node[:-1][same], node[1:][same])
    graph = coo_array((np.ones(same.sum()), pairs), shape=(len(places), len(places)))
    return graph, places


@pytest.mark.parametrize("households", [50, 300, 1_500, 11_000])
def test_every_street_can_be_reached_from_every_other(households):
    graph, _ = vertices_joined_by_streets(a_ward(households).streets)

    assert connected_components(graph, directed=False)[0] == 1


def test_streets_cross_only_where_both_have_a_vertex(ward):
    lines = ward.streets.geometry.to_numpy()
    _, places = vertices_joined_by_streets(ward.streets)
    first, second = shapely.STRtree(lines).query(lines, predicate="crosses")
    crossings = shapely.get_coordinates(shapely.intersection(lines[first], lines[second]))

    assert len(crossings) >= 4
    assert set(map(tuple, crossings)) <= set(map(tuple, places))


def test_many_alleys_are_dead_ends_and_some_streets_make_blocks(ward):
    graph, _ = vertices_joined_by_streets(ward.streets)
    ways = (graph + graph.T).astype(bool).sum(axis=0)
    blocks = shapely.get_parts(shapely.polygonize([ward.streets.geometry.union_all()]))

    assert (ways == 1).sum() > 300
    assert len(blocks) > 60
    assert set(ward.streets["kind"]) == {"main", "street", "alley", "lane", "bridge"}


@pytest.mark.parametrize("households", [50, 300, 11_000])
def test_streets_cross_river_and_canal_only_at_a_few_bridges(households):
    ward = a_ward(households)
    water = ward.barriers.geometry.union_all()
    wet = ward.streets.geometry.intersects(water)

    assert set(ward.barriers["kind"]) == {"river", "canal"}
    assert set(ward.streets.loc[wet, "kind"]) == {"bridge"}
    assert 4 <= wet.sum() <= 9


# --- houses ---


def nearest_street(ward):
    streets = in_metres(ward.streets)
    (_, row), away_m = shapely.STRtree(streets).query_nearest(
        in_metres(ward.households), return_distance=True, all_matches=False
    )
    return row, away_m


def test_every_house_stands_at_its_own_street(ward):
    row, away_m = nearest_street(ward)
    alley = ward.households["alley"].fillna("")
    address = (alley + " " + ward.households["street"]).str.strip()

    assert away_m.min() >= 3 and away_m.max() < 16
    assert (address.to_numpy() == ward.streets["name"].to_numpy()[row]).all()


def test_nobody_crosses_water_to_get_home(ward):
    row, _ = nearest_street(ward)
    streets = in_metres(ward.streets)[row]
    water = shapely.union_all(in_metres(ward.barriers))

    assert not shapely.intersects(
        shapely.shortest_line(in_metres(ward.households), streets), water
    ).any()


def test_every_house_is_in_its_neighbourhood_and_clear_of_the_border(ward):
    tiles = ward.neighbourhoods.set_index("neighbourhood_id")
    own = in_metres(tiles.loc[ward.households["neighbourhood_id"]])
    houses = in_metres(ward.households)

    assert shapely.contains(own, houses).all()
    assert shapely.distance(shapely.boundary(own), houses).min() > 3


def test_alleys_are_narrow_and_gardens_are_wide(ward):
    houses = ward.households.assign(metres=in_metres(ward.households))
    alley = houses["alley"].notna()
    village = houses["house_number"].isna()

    assert 5 < gap_to_next_m(houses[alley]).median() < 12
    assert 12 < gap_to_next_m(houses[village]).median() < 30


def gap_to_next_m(houses):
    at = gpd.GeoSeries(houses["metres"].to_numpy())
    street = (houses["alley"].fillna("") + houses["street"]).to_numpy()
    gaps = [group.distance(group.iloc[0]).iloc[1:].min() for _, group in at.groupby(street)]
    return pd.Series(gaps).dropna()


def test_addresses_are_not_given_twice(ward):
    numbered = ward.households.dropna(subset="house_number")

    assert len(numbered) > 9_500
    assert not numbered.duplicated(["street", "alley", "house_number"]).any()
