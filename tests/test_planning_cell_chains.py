"""Chains of handing over: what one zone has too much of goes on from zone to zone to one with room."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.checking_zones import judged
from bench.made_up_towns import SHAPES, town
from planning.cell_chains import chained
from planning.cell_state import NOBODY, begin
from planning.cells import town_of
from planning.replanning import share_again
from planning.triangulated import links_of, neighbour_graph

STEPS = 20_000


def in_a_row(count, low, high, load=None, fixed=()):
    """Return households in a row, a metre apart, each next to the ones beside it."""
    xy = np.stack([np.arange(count, dtype=float), np.zeros(count)], axis=1)
    links = links_of(np.stack([np.arange(count - 1), np.arange(1, count)], axis=1), count)
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    load = np.ones(count) if load is None else np.array(load, dtype=float)
    return town_of(xy, load, low, high, links=links, fixed=np.isin(np.arange(count), fixed))


def test_a_household_too_many_goes_on_through_full_zones_to_one_with_room():
    row = in_a_row(9, low=[3, 3, 2], high=[3, 3, 3])
    zones = begin(row, np.array([0, 0, 0, 0, 1, 1, 1, 2, 2]))

    assert chained(row, zones) == 1
    assert zones.owner.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_what_a_zone_lacks_comes_through_zones_with_nothing_to_spare():
    row = in_a_row(9, low=[3, 3, 3], high=[4, 3, 3])
    zones = begin(row, np.array([0, 0, 0, 0, 1, 1, 1, 2, 2]))

    assert chained(row, zones) == 1
    assert zones.owner.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_what_would_be_cut_off_goes_along():
    dead_end = links_of(np.array([[0, 1], [1, 2], [2, 3], [2, 4], [4, 5]]), 6)
    xy = np.array([[0, 0], [1, 0], [2, 0], [2, 1], [3, 0], [4, 0]], dtype=float)
    low, high = np.array([2.0, 2.0]), np.array([4.0, 4.0])
    fork = town_of(xy, np.ones(6), low, high, links=dead_end)
    zones = begin(fork, np.array([0, 0, 0, 0, 0, 1]))

    chained(fork, zones)

    assert zones.owner.tolist() == [0, 0, 0, 0, 1, 1]

    narrow = fork._replace(high=np.array([3.0, 4.0]))
    chained(narrow, zones)

    assert zones.owner.tolist() == [0, 0, 1, 1, 1, 1]


def test_what_is_fixed_stays_though_a_window_is_missed():
    row = in_a_row(6, low=[3, 3], high=[3, 3], fixed=[3])
    zones = begin(row, np.array([0, 0, 0, 0, 1, 1]))

    assert chained(row, zones) == 0
    assert zones.owner.tolist() == [0, 0, 0, 0, 1, 1]


def a_town_that_changed(seed, members):
    """Return the points of a small town, and who had them before a member left."""
    xy = town(list(SHAPES)[seed % len(SHAPES)], 30 + seed % 40, seed=seed)
    middles = xy[np.random.default_rng(seed).choice(len(xy), members + 1, replace=False)]
    had = ((xy[:, None] - middles[None]) ** 2).sum(axis=2).argmin(axis=1)
    return xy, np.where(had == members, NOBODY, had)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), members=st.integers(2, 6))
def test_windows_are_met_wherever_whole_households_fit_them(seed, members):
    xy, current = a_town_that_changed(seed, members)
    ones, links = np.ones(len(xy)), neighbour_graph(xy)
    low = np.full(members, np.floor(len(xy) / members))
    high = np.full(members, np.ceil(len(xy) / members))

    owner, _ = share_again(xy, ones, low, high, current=current, steps=STEPS, links=links)

    assert judged(xy, ones, owner, low=low, high=high, links=links).valid


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), members=st.integers(2, 6))
def test_no_zone_is_cut_and_no_load_fits_less(seed, members):
    xy, had = a_town_that_changed(seed, members)
    owner = np.where(had == NOBODY, 0, had)
    load = np.random.default_rng(seed).integers(1, 6, len(xy)).astype(float)
    links, fair = neighbour_graph(xy), load.sum() / members
    low, high = np.full(members, 0.9 * fair), np.full(members, 1.1 * fair)
    here = town_of(xy, load, low, high, links=links)
    zones = begin(here, owner)
    chained(here, zones)

    before, after = (
        judged(xy, load, one, low=low, high=high, links=links) for one in (owner, zones.owner)
    )

    assert after.unshared == 0
    assert after.disconnected <= before.disconnected
    assert (missed(load, zones.owner, low, high) <= missed(load, owner, low, high) + 1e-9).all()


def missed(load, owner, low, high):
    held = np.bincount(owner, weights=load, minlength=len(low))
    return np.maximum(np.maximum(low - held, held - high), 0)
