"""The walking network of a ward is kept while what it is made of stays the same, and made anew when it does not."""

import pytest
import sqlalchemy as sa
from shapely import LineString, Point, to_wkb

from data import schema
from data.store import memory_store
from geo.network import MadeOf
from steps.walking_networks import KEPT, walking_network

EAST_WEST = LineString([(107.500, 16.400), (107.510, 16.400)])
NORTH_SOUTH = LineString([(107.505, 16.390), (107.505, 16.410)])
ACROSS = LineString([(107.502, 16.390), (107.502, 16.410)])
BEYOND = LineString([(107.520, 16.390), (107.520, 16.410)])


def put(store, table, **shapes):
    """Write rows of ward W1, named by their ids."""
    target = schema.METADATA.tables[table]
    rows = [
        {schema.KEYS[table]: name, "ward_code": "W1", "geometry": to_wkb(shape)}
        for name, shape in shapes.items()
    ]
    with store.writing() as connection:
        connection.execute(sa.insert(target), rows)


def remove(store, table, name):
    target = schema.METADATA.tables[table]
    with store.writing() as connection:
        connection.execute(sa.delete(target).where(target.c[schema.KEYS[table]] == name))


@pytest.fixture
def ward(store):
    put(store, "streets", s1=EAST_WEST, s2=NORTH_SOUTH)
    put(store, "households", h1=Point(107.501, 16.4001), h2=Point(107.509, 16.4001))
    return store


def test_it_is_kept_while_only_other_things_are_written(ward):
    first, version = walking_network(ward, "W1"), ward.version()

    put(ward, "households", h3=Point(107.507, 16.4001))

    assert ward.version() > version
    assert walking_network(ward, "W1") is first


def test_a_street_more_or_less_makes_it_anew(ward):
    first = walking_network(ward, "W1")
    put(ward, "streets", s3=BEYOND)
    longer = walking_network(ward, "W1")
    remove(ward, "streets", "s3")

    assert longer.length_m > first.length_m + 2_000
    assert walking_network(ward, "W1") is first


def test_a_barrier_makes_it_anew_if_it_passes_through(ward):
    assert len(walking_network(ward, "W1").barriers.pieces) == 0

    put(ward, "barriers", b1=ACROSS, b2=BEYOND)
    assert len(walking_network(ward, "W1").barriers.pieces) == 1

    put(ward, "households", h3=Point(107.530, 16.4001))
    assert len(walking_network(ward, "W1").barriers.pieces) == 2


def test_without_streets_a_new_house_makes_it_anew(ward):
    put(ward, "neighbourhoods", n1=EAST_WEST.buffer(0.001))
    for street in ("s1", "s2"):
        remove(ward, "streets", street)
    first = walking_network(ward, "W1")
    put(ward, "households", h3=Point(107.507, 16.4001))
    other = walking_network(ward, "W1")

    assert (first.made_of, len(first.nodes), len(other.nodes)) == (MadeOf.NEIGHBOURS, 2, 3)


def test_two_stores_with_the_same_ward_code_are_not_mixed_up(ward):
    other = memory_store()
    put(other, "streets", s1=EAST_WEST)

    assert walking_network(ward, "W1").components == walking_network(other, "W1").components == 1
    assert walking_network(ward, "W1").length_m > 2 * walking_network(other, "W1").length_m
    other.close()


def test_only_a_few_are_kept(ward):
    first = walking_network(ward, "W1")
    for i in range(KEPT):
        put(ward, "streets", **{f"x{i}": LineString([(107.50, 16.3), (107.51, 16.3 + i / 1000)])})
        walking_network(ward, "W1")
    for i in range(KEPT):
        remove(ward, "streets", f"x{i}")

    assert walking_network(ward, "W1") is not first
