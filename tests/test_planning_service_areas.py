from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.area_program import ServiceAreas, known
from planning.separators import net, separators
from planning.service_areas import bounded, plan_areas


def grid(rows, columns):
    at = {(r, c): r * columns + c for r, c in product(range(rows), range(columns))}
    steps = ((0, 1), (1, 0), (0, -1), (-1, 0))
    return [[at[r + a, c + b] for a, b in steps if (r + a, c + b) in at] for r, c in at]


def country(seed, *, rows=3, columns=3, zones=2, slack=0.1):
    random = np.random.default_rng(seed)
    units = rows * columns
    at = np.stack([np.arange(units) // columns, np.arange(units) % columns], axis=1)
    seat = np.sort(random.choice(units, size=zones, replace=False))
    load = random.integers(1, 12, size=units).astype(float)
    way = np.linalg.norm(
        at[:, None] - at[seat][None] + 0.01 * random.random((units, zones, 2)), axis=2
    )
    share = random.uniform(0.8, 1.2, size=zones)
    capacity = np.ceil(load.sum() * (1 + slack) * share / share.sum())
    return ServiceAreas(
        cost=load[:, None] * way, load=load, capacity=capacity, seat=seat, links=grid(rows, columns)
    )


def hangs_together(areas, owner):
    """Whether every zone is in one piece with its seat; written apart from the planner."""
    for zone, seat in enumerate(areas.seat):
        reached, ahead = {seat}, [seat]
        while ahead:
            near = {to for to in areas.links[ahead.pop()] if owner[to] == zone} - reached
            reached |= near
            ahead += near
        if owner[seat] != zone or len(reached) != (owner == zone).sum():
            return False
    return True


def least(areas):
    """The cost of the best plan, by trying all; infinite where there is none."""
    best = np.inf
    free = [range(len(areas.seat))] * len(areas.load)
    for zone, seat in enumerate(areas.seat):
        free[seat] = [zone]
    for one in product(*free):
        owner = np.array(one)
        if (areas.loads(owner) <= areas.capacity).all() and areas.total(owner) < best:
            best = areas.total(owner) if hangs_together(areas, owner) else best
    return best


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_a_small_country_gets_its_best_areas_and_the_bound_stays_below(seed):
    areas = country(seed)
    optimum = least(areas)
    assume(np.isfinite(optimum))

    plan = plan_areas(areas, steps=20_000, programs=20)

    assert plan.over == plan.apart == 0
    assert plan.cost == pytest.approx(optimum)
    assert plan.bound <= optimum + 1e-6


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_areas_are_connected_and_within_capacity_and_above_the_bound(seed):
    areas = country(seed, rows=6, columns=7, zones=4, slack=0.25)

    plan = plan_areas(areas, steps=20_000, programs=20)

    assert hangs_together(areas, plan.owner)
    assert (areas.loads(plan.owner) <= areas.capacity).all()
    assert plan.bound <= plan.cost == pytest.approx(areas.total(plan.owner))


def test_the_same_seed_gives_the_same_areas():
    areas = country(4, rows=6, columns=6, zones=3)

    one, two = (plan_areas(areas, steps=20_000, programs=15, seed=2) for _ in range(2))

    assert (one.owner == two.owner).all()
    assert one.bound == two.bound


def test_a_search_told_to_stop_says_so_and_still_has_whole_areas():
    areas = country(4, rows=6, columns=6, zones=3, slack=0.4)

    plan = plan_areas(areas, steps=20_000, keep_going=lambda: False)

    assert plan.stopped
    assert plan.apart == 0
    assert hangs_together(areas, plan.owner)


def test_too_little_capacity_is_told_as_load_above_it():
    areas = country(1, slack=-0.3)

    plan = plan_areas(areas, steps=20_000, programs=5)

    assert plan.over > 0
    assert plan.bound == np.inf


def test_what_separates_a_unit_from_its_seat_must_hold_as_much():
    # a street of four: the seat 0, then 1 with half a share, 2 and 3 with whole ones
    street = [[1], [0, 2], [1, 3], [2]]
    share = np.array([[1.0], [0.5], [1.0], [1.0]])

    rows = separators(share, np.array([0]), net(street))

    assert {(unit, tuple(cut)) for unit, _, cut in rows} == {(2, (1,)), (3, (1,))}


def test_a_connected_zone_needs_no_rows():
    areas = country(3, rows=4, columns=4)
    share = np.zeros((16, 2))
    share[np.arange(16), plan_areas(areas, steps=20_000, programs=5).owner] = 1

    assert separators(share, areas.seat, net(areas.links)) == []


def test_a_unit_behind_too_much_load_is_ruled_out():
    areas = ServiceAreas(
        cost=np.ones((4, 2)),
        load=np.array([1.0, 9.0, 1.0, 1.0]),
        capacity=np.array([10.0, 20.0]),
        seat=np.array([0, 3]),
        links=[[1], [0, 2], [1, 3], [2]],
    )

    assert known(areas).allowed.tolist() == [
        [True, False],
        [True, True],
        [False, True],
        [False, True],
    ]


def test_prices_of_capacity_are_not_negative():
    areas = country(7, rows=5, columns=5, zones=3, slack=0.05)

    bound, price, share = bounded(known(areas))

    assert (price >= 0).all()
    assert share.sum(axis=1) == pytest.approx(np.ones(25))
    assert bound > 0
