"""Small towns: shifts and swaps only help, and crossing finds what is best where that can be known."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.checking_zones import judged
from bench.made_up_towns import town, weights, windows
from planning.cell_crossing import crossed
from planning.cell_descent import descend
from planning.cell_search import cost
from planning.cell_state import begin
from planning.cells import figures, share_on_plane, town_of
from planning.triangulated import neighbour_graph

STEPS = 100_000


def a_town(xy, members, *, load=None, balance=0.1):
    load = np.ones(len(xy)) if load is None else load
    return town_of(xy, load, *windows(load, members, balance), links=neighbour_graph(xy))


def best_halves(xy):
    """The least sum of squares of two halves, by trying all."""
    everybody = set(range(len(xy)))
    halves = combinations(sorted(everybody), len(xy) // 2)
    both = ((xy[list(half)], xy[list(everybody - set(half))]) for half in halves)
    return min(sum(((part - part.mean(axis=0)) ** 2).sum() for part in two) for two in both)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_shifts_and_swaps_take_no_load_out_of_windows_and_end_where_none_helps(seed, members):
    xy, load = town("hamlets", 60, seed=seed), weights(60, seed=seed)
    ground = a_town(xy, members, load=load)
    zones = begin(ground, np.random.default_rng(seed).integers(members, size=60))
    before = figures(ground, zones)

    descend(ground, zones, most=1_000)

    after = figures(ground, zones)
    assert (after.outside, after.sum_of_squares_m2) <= (before.outside, before.sum_of_squares_m2)
    again = begin(ground, zones.owner.copy())
    descend(ground, again, most=1)
    assert (again.owner == zones.owner).all()


def test_a_swap_helps_where_windows_leave_no_room_for_a_shift():
    xy = np.array([[0.0, 0], [1, 0], [0, 1], [100, 0], [101, 0], [100, 1]])
    ground = a_town(xy, 2, balance=0.0)
    zones = begin(ground, np.array([0, 0, 1, 0, 1, 1]))

    descend(ground, zones, most=10)

    assert list(zones.owner) == [0, 0, 0, 1, 1, 1]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_two_equal_halves_are_the_best_there_are(seed):
    xy = town("even", 12, seed=seed)
    ground = a_town(xy, 2, balance=0.0)._replace(starts=np.arange(13) * 11)
    everybody = np.array([[j for j in range(12) if j != i] for i in range(12)])

    zones = crossed(ground._replace(to=everybody.ravel()), steps=STEPS, seed=seed)

    assert np.isclose(cost(ground, zones), best_halves(xy))


def test_zones_that_crossing_leaves_in_pieces_are_mended():
    """In a town whose river drops long links, the most compact zones of this seed are not in one piece."""
    xy = town("centre", 300, seed=65)
    low, high = windows(np.ones(300), 8, 0.05)

    owner, _ = share_on_plane(xy, np.ones(300), low, high, seed=65, steps=500_000)

    said = judged(xy, np.ones(300), owner, low=low, high=high, links=neighbour_graph(xy))
    assert said.valid
