"""Where nobody has drawn streets, neighbouring houses are linked, so that a plan can be made all the same."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.house_graph import house_network, neighbours, network_of_ward
from geo.joining import distances_m, join, set_in
from geo.network import MadeOf

CRS = "EPSG:32648"
EAST, NORTH = 690_000.0, 1_187_000.0
RIVER = [(50, -500), (50, 500)]


def houses(*spots):
    return gpd.GeoSeries(
        [None if s is None else Point(EAST + s[0], NORTH + s[1]) for s in spots], crs=CRS
    )


def drawn(*lines):
    shapes = [LineString([(EAST + x, NORTH + y) for x, y in line]) for line in lines]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def a_grid(columns, rows, apart=10.0):
    return [(x * apart, y * apart) for x in range(columns) for y in range(rows)]


def lengths(network):
    return sorted(network.lengths_m.round(1).tolist())


def test_houses_in_a_grid_are_linked_to_those_beside_them():
    found = house_network(houses((0, 0), (10, 0), (0, 10), (10, 10)), crs=CRS)

    assert found.components == 1
    assert len(found.lines) == 4
    assert found.made_of == MadeOf.NEIGHBOURS


@pytest.mark.parametrize(
    ("spots", "links"),
    [
        ([], 0),
        ([None], 0),
        ([(0, 0)], 1),
        ([(0, 0), (0, 0)], 1),
        ([(0, 0), (5, 0)], 1),
        ([(0, 0), (20, 20), (10, 10), (30, 30)], 3),
    ],
)
def test_few_houses_and_houses_in_one_row_are_linked_as_well(spots, links):
    found = house_network(houses(*spots), crs=CRS)

    assert len(found.lines) == links
    assert found.components == min(links, 1)


def test_a_link_across_the_water_is_kept_only_where_nothing_else_leads_over():
    spots = [(x, y) for x in (30, 40, 60, 70) for y in range(0, 50, 10)]

    found = house_network(houses(*spots), crs=CRS, barriers=drawn(RIVER))

    over = found.barriers.crossed_by(found.lines)
    assert over.sum() == 1
    assert found.components == 1


def test_a_hamlet_far_off_is_tied_to_the_others_by_one_link():
    found = house_network(houses(*a_grid(4, 4), *((x + 500, y) for x, y in a_grid(3, 3))), crs=CRS)

    assert (found.lengths_m > 100).sum() == 1
    assert found.components == 1


def test_every_house_is_a_node_and_joins_at_its_own_door():
    spots = houses(*a_grid(4, 5), (3, 4))
    found = house_network(spots, crs=CRS)

    joins = join(spots, found)
    graph = set_in(joins, found)

    assert joins["off_street_m"].max() < 0.001
    assert graph.node.nunique() == len(spots)
    assert np.isfinite(distances_m(graph, graph.node.to_numpy()[:1])).all()


def test_streets_go_before_neighbours():
    spots = houses((0, 0), (10, 10))

    assert network_of_ward(drawn(RIVER), spots, crs=CRS).made_of == MadeOf.STREETS
    assert network_of_ward(drawn(), spots, crs=CRS).made_of == MadeOf.NEIGHBOURS


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=40, unique=True
    )
)
def test_whatever_the_houses_all_are_one_piece_in_any_order(spots):
    some = np.array(spots, dtype=float) * 7.0
    some = some[np.lexsort(some.T[::-1])]

    pairs = neighbours(some)

    one = house_network(houses(*some), crs=CRS)
    other = house_network(houses(*some[::-1]), crs=CRS)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert one.components == 1
    assert len(one.nodes) == len(some)
    assert lengths(one) == lengths(other)
