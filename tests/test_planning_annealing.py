from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.annealing import Best, Terms, wander
from planning.districting import Districting, ground, tools, walker
from planning.exchange import searched
from planning.regrowing import connected, units_apart
from planning.zones import NOBODY
from planning.zoning import zoned


def grid(rows, columns):
    """Links of a grid of places, row by row."""
    at = {(r, c): r * columns + c for r, c in product(range(rows), range(columns))}
    steps = ((0, 1), (1, 0), (0, -1), (-1, 0))
    return [[at[r + a, c + b] for a, b in steps if (r + a, c + b) in at] for r, c in at]


def town(seed, *, rows=5, columns=6, zones=3, units=None, seats=False, slack=0.2, forbidden=0.0):
    """Units on a grid, zones with random centres, windows of ± slack."""
    random = np.random.default_rng(seed)
    places = rows * columns
    place_of = np.arange(places)
    if units is not None:
        place_of = np.concatenate([place_of, random.integers(places, size=units - places)])
    at = np.stack([place_of // columns, place_of % columns], axis=1)
    centre = random.choice(places, size=zones, replace=False)
    centres = np.stack([centre // columns, centre % columns], axis=1)
    load = random.integers(1, 6, size=len(place_of)).astype(float)
    cost = load[:, None] * np.linalg.norm(at[:, None] - centres[None], axis=2)
    cost[random.random(cost.shape) < forbidden] = np.inf
    cost[centre, np.arange(zones)] = 0
    fixed = np.zeros(len(place_of), dtype=bool)
    fixed[centre] = seats
    share = load.sum() / zones
    return Districting(
        cost=cost,
        load=load,
        low=np.full(zones, share * (1 - slack)),
        high=np.full(zones, share * (1 + slack)),
        place_of=place_of,
        links=grid(rows, columns),
        places=places,
        fixed=fixed,
        seat=centre if seats else None,
    )


def nearest(task):
    return task.cost.argmin(axis=1)


def best_of_all(task):
    """The least (minutes outside, cost) of every connected assignment, by trying them all."""
    floor = ground(task)
    zones = task.cost.shape[1]
    found = []
    for owner in product(range(zones), repeat=len(task.load)):
        mine = np.array(owner)
        if units_apart(floor, mine) == 0:
            load = np.bincount(mine, weights=task.load, minlength=zones)
            missed = np.maximum(load - task.high, 0) + np.maximum(task.low - load, 0)
            cost = task.cost[np.arange(len(mine)), mine].sum()
            found.append((round(missed.sum(), 6), round(cost, 6)))
    return min(found)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([None, 45]))
def test_zones_are_connected_and_counted_right(seed, seats, units):
    task = town(seed, seats=seats, units=units)

    found = searched(task, nearest(task), steps=20_000, seed=seed, walkers=3)

    assert found.apart == units_apart(ground(task), found.owner) == 0
    assert found.cost == pytest.approx(task.cost[np.arange(len(found.owner)), found.owner].sum())
    load = np.bincount(found.owner, weights=task.load, minlength=len(task.high))
    missed = np.maximum(load - task.high, 0) + np.maximum(task.low - load, 0)
    assert found.outside == pytest.approx(missed.sum())


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_a_small_town_gets_its_best_plan(seed):
    task = town(seed, rows=3, columns=3, zones=2)

    found = searched(task, nearest(task), steps=30_000, seed=0, walkers=4)

    assert (found.outside, found.cost) == pytest.approx(best_of_all(task))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_fixed_or_forbidden_stays_so(seed):
    task = town(seed, seats=True, forbidden=0.1)

    found = searched(task, nearest(task), steps=20_000, seed=seed, walkers=3)

    assert (found.owner[task.seat] == np.arange(3)).all()
    assert np.isfinite(task.cost[np.arange(len(found.owner)), found.owner]).all()


def test_the_same_seed_gives_the_same_plan_and_one_walker_cools():
    task = town(7, rows=8, columns=8, zones=4)
    runs = [searched(task, nearest(task), steps=30_000, seed=3, walkers=1) for _ in range(2)]

    assert (runs[0].owner == runs[1].owner).all()
    assert runs[0].outside == 0


def test_it_stops_when_told_and_says_so():
    task = town(1)

    found = searched(task, nearest(task), steps=10**9, seed=0, keep_going=lambda: False)

    assert found.stopped
    assert found.apart == 0


def test_counts_kept_on_the_walk_are_those_counted_anew():
    task = town(5, units=60)
    floor, scratch = ground(task), tools(ground(task), 1)
    one = walker(floor, nearest(task), scratch)
    best = Best(one.owner.copy(), np.array([np.inf, np.inf]))

    wander(floor, one, scratch, Terms(5.0, 1.0, 1.0, 20_000), best)

    anew = walker(floor, one.owner, scratch)
    for name in ("held", "size", "apart", "load", "sums"):
        np.testing.assert_allclose(getattr(one, name), getattr(anew, name), atol=1e-6)


def test_hubs_connect_and_places_of_others_do_not():
    # places 0, 1, 2 around hub 4; place 3 hangs on place 2
    links = [[4], [4], [4, 3], [2], [0, 1, 2]]
    cost = np.array([[0.0, 9], [9, 0], [9, 0], [0, 9]])
    task = Districting(
        cost=cost,
        load=np.ones(4),
        low=np.full(2, -np.inf),
        high=np.full(2, np.inf),
        place_of=np.arange(4),
        links=links,
        places=4,
    )
    floor = ground(task)

    assert units_apart(floor, np.array([0, 1, 0, 0])) == 0
    assert units_apart(floor, np.array([0, 1, 1, 0])) == 1
    assert searched(task, nearest(task), steps=5_000, seed=0, walkers=2).cost == 9


def test_an_alley_stays_whole_at_its_price():
    task = town(3, rows=4, columns=4, zones=2, slack=1.0)
    alleys = np.arange(16) // 4
    split = Districting(
        **{
            name: getattr(task, name)
            for name in ("cost", "load", "low", "high", "place_of", "links", "places")
        },
        group_of=alleys,
        split=1000.0,
    )

    found = zoned(split, [nearest(split)], steps=30_000, seed=0)

    assert all(len(set(found.owner[alleys == alley])) == 1 for alley in range(4))


def test_pieces_apart_are_taken_up_by_the_zone_around_them():
    task = town(0, rows=1, columns=5, zones=2, seats=False)
    floor = ground(task)

    assert list(connected(floor, np.array([0, 0, 1, 0, 1]))) in ([0, 0, 1, 1, 1], [0, 0, 0, 0, 1])


def test_a_seat_decides_which_part_is_the_zone():
    task = town(0, rows=1, columns=5, zones=2)
    seated = Districting(
        **{
            name: getattr(task, name)
            for name in ("cost", "load", "low", "high", "place_of", "links", "places")
        },
        seat=np.array([0, NOBODY]),
    )

    assert units_apart(ground(seated), np.array([0, 1, 1, 0, 0])) == 2
    assert units_apart(ground(task), np.array([0, 1, 1, 0, 0])) == 1
