"""Zones on the plane: laws of a sharing, judged by code apart from the solver."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from bench.checking_zones import judged
from bench.made_up_towns import SHAPES, town, weights, windows
from planning.cells import share_on_plane
from planning.triangulated import neighbour_graph

STEPS = 60_000


def pieces(links, count):
    ways = csr_array((np.ones(len(links.to)), links.to, links.starts), (count, count))
    return connected_components(ways, directed=False)[0]


def shared(xy, load, members, *, balance=0.1, **said):
    low, high = windows(load, members, balance)
    owner, figures = share_on_plane(xy, load, low, high, steps=STEPS, **said)
    links = neighbour_graph(xy)
    locked = said.get("locked")
    verdict = judged(xy, load, owner, low=low, high=high, links=links, locked=locked)
    return owner, figures, verdict


@pytest.mark.parametrize("shape", list(SHAPES))
def test_zones_of_every_shape_of_town_are_whole_and_within_their_windows(shape):
    _, figures, verdict = shared(town(shape, 300, seed=3), np.ones(300), 8)

    assert verdict.valid
    assert figures.outside == 0
    assert figures.sum_of_squares_m2 == pytest.approx(verdict.sum_of_squares_m2)


def test_locks_are_kept_where_a_plan_keeps_them():
    xy, load = town("even", 300, seed=5), weights(300, seed=5)
    other, _, _ = shared(xy, load, 8, seed=9)
    locked = np.where(np.arange(300) % 10 == 0, other, -1)

    _, _, verdict = shared(xy, load, 8, locked=locked)

    assert verdict.valid


def test_members_with_homes_get_the_zones_around_them():
    xy = town("even", 200, seed=1)
    homes = np.array([[0.0, 0.0], [250.0, 250.0], [np.nan, np.nan]])

    owner, _, verdict = shared(xy, np.ones(200), 3, homes_m=homes, balance=0.2)

    assert verdict.valid
    assert owner[np.hypot(*xy.T).argmin()] == 0
    assert owner[np.hypot(*(xy - 250).T).argmin()] == 1


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(20, 90), st.integers(1, 5), st.sampled_from(list(SHAPES))
)
def test_everyone_is_shared_once_and_no_zone_is_in_pieces(seed, count, members, shape):
    xy, load = town(shape, count, seed=seed), weights(count, seed=seed)

    owner, _, verdict = shared(xy, load, members, balance=0.3, seed=seed)

    assert verdict.unshared == verdict.disconnected == 0
    assert set(owner) == set(range(members))


def test_the_same_seed_makes_the_same_zones():
    xy = town("streets", 200, seed=2)

    first, again = (shared(xy, np.ones(200), 5, seed=4)[0] for _ in range(2))

    assert (first == again).all()


def test_a_search_that_is_stopped_returns_whole_zones():
    _, _, verdict = shared(town("even", 300, seed=0), np.ones(300), 8, keep_going=lambda: False)

    assert verdict.disconnected == 0


def test_more_members_than_households_are_refused():
    with pytest.raises(ValueError, match="2 households"):
        share_on_plane(np.zeros((2, 2)), np.ones(2), np.zeros(3), np.ones(3))


@pytest.mark.parametrize(
    "xy",
    [
        np.zeros((1, 2)),
        np.zeros((40, 2)),
        np.c_[np.arange(30.0), np.arange(30.0)],
        np.r_[town("even", 50, seed=0), town("even", 50, seed=1) + 5_000],
        np.repeat(town("even", 20, seed=0), 3, axis=0) + 1_200_000,
    ],
    ids=["one", "one point", "a line", "two towns far apart", "flats, full coordinates"],
)
def test_a_neighbour_graph_is_in_one_piece(xy):
    assert pieces(neighbour_graph(xy), len(xy)) == 1


def test_long_edges_are_dropped():
    xy = np.r_[town("even", 50, seed=0), town("even", 50, seed=1) + np.array([5_000, 0])]
    links = neighbour_graph(xy)

    start = np.repeat(np.arange(100), np.diff(links.starts))

    assert (np.linalg.norm(xy[start] - xy[links.to], axis=1) > 1_000).sum() == 2
