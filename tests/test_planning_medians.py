from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from planning.median_bound import lower_bound
from planning.medians import always, find_medians

STEPS = 30_000


def made_up(seed, *, points=24, spots=4):
    """Points about a few spots, demands 1 to 9."""
    random = np.random.default_rng(seed)
    place = random.uniform(0, 100, (spots, 2))[random.integers(spots, size=points)]
    place = place + random.normal(0, 12, (points, 2))
    ways = np.hypot(*(place[:, None] - place).transpose(2, 0, 1))
    return ways, random.integers(1, 10, points).astype(float)


def room_for(demand, count, *, used):
    return float(np.ceil(max(demand.sum() / count / used, demand.max())))


def loads(plan, demand):
    return np.bincount(plan.owner, weights=demand, minlength=len(plan.median))


def the_optimum(ways, demand, room, count):
    """The least total, by HiGHS over all choices of medians and points."""
    points, candidates = ways.shape
    pairs = points * candidates
    serves = np.arange(pairs).reshape(points, candidates)
    rows, low, high = [], [], []
    for point in range(points):
        row = np.zeros(pairs + candidates)
        row[serves[point]] = 1
        rows.append(row), low.append(1), high.append(1)
    for candidate in range(candidates):
        row = np.zeros(pairs + candidates)
        row[serves[:, candidate]] = demand
        row[pairs + candidate] = -room[candidate]
        rows.append(row), low.append(-np.inf), high.append(0)
    row = np.zeros(pairs + candidates)
    row[pairs:] = 1
    rows.append(row), low.append(count), high.append(count)
    found = milp(
        np.r_[ways.ravel(), np.zeros(candidates)],
        constraints=LinearConstraint(np.array(rows), low, high),
        bounds=Bounds(0, 1),
        integrality=np.ones(pairs + candidates),
    )
    return found.fun


@pytest.mark.parametrize("seed", range(3))
def test_the_plan_is_the_optimum_where_that_can_be_worked_out(seed):
    ways, demand = made_up(seed, points=14)
    room = room_for(demand, 3, used=0.85)

    plan = find_medians(ways, demand, room, 3, steps=10 * STEPS)

    best = the_optimum(ways, demand, np.full(14, room), 3)
    assert plan.total == pytest.approx(best)
    assert plan.bound <= best + 1e-6


@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 6),
    used=st.floats(0.3, 0.85),
    spots=st.integers(1, 9),
)
@settings(max_examples=15, deadline=None)
def test_every_point_has_one_of_p_distinct_medians_within_its_room(seed, count, used, spots):
    ways, demand = made_up(seed, spots=spots)
    room = room_for(demand, count, used=used)

    plan = find_medians(ways, demand, room, count, seed=seed, steps=6_000)

    assert len(set(plan.median.tolist())) == count
    assert plan.owner.min() >= 0 and plan.owner.max() < count
    assert plan.beyond == pytest.approx(np.maximum(loads(plan, demand) - room, 0).sum())
    assert plan.total == pytest.approx(ways[np.arange(24), plan.median[plan.owner]].sum())
    if plan.beyond == 0:
        assert plan.bound <= plan.total + 1e-9


@given(seed=st.integers(0, 10_000), count=st.integers(1, 4), used=st.floats(0.4, 0.95))
@settings(max_examples=15, deadline=None)
def test_the_bound_never_exceeds_the_optimum(seed, count, used):
    ways, demand = made_up(seed, points=9)
    room = np.full(9, room_for(demand, count, used=used))

    bound = lower_bound(ways, demand, room, count, known=None, steps=1_000, keep_going=always)

    best = min(
        (
            _best_sharing(ways[:, list(chosen)], demand, room[0])
            for chosen in combinations(range(9), count)
        ),
    )
    assert bound <= best + 1e-9


def _best_sharing(ways, demand, room):
    """The least total with given medians, by looking at every sharing; infinite where nothing fits."""
    best = {tuple([0.0] * ways.shape[1]): 0.0}
    for point, need in enumerate(demand):
        longer = {}
        for used, total in best.items():
            for median in range(ways.shape[1]):
                after = [*used]
                after[median] += need
                if after[median] <= room:
                    cost = total + ways[point, median]
                    longer[tuple(after)] = min(cost, longer.get(tuple(after), np.inf))
        best = longer
    return min(best.values(), default=np.inf)


def test_same_seed_same_plan():
    ways, demand = made_up(5)

    one, two = (find_medians(ways, demand, 60.0, 4, seed=3, steps=STEPS) for _ in range(2))

    assert (one.median == two.median).all() and (one.owner == two.owner).all()
    assert one.bound == two.bound


def test_candidates_may_be_others_than_the_points_with_rooms_of_their_own():
    random = np.random.default_rng(8)
    place, candidates = random.uniform(0, 10, (30, 2)), random.uniform(0, 10, (12, 2))
    ways = np.hypot(*(place[:, None] - candidates).transpose(2, 0, 1))
    room = random.integers(5, 16, 12).astype(float)

    plan = find_medians(ways, np.ones(30), room, 4, steps=STEPS)

    assert plan.beyond == 0
    assert (loads(plan, np.ones(30)) <= room[plan.median]).all()
    assert plan.bound <= plan.total


def test_points_at_one_place_have_distinct_medians():
    plan = find_medians(np.zeros((8, 8)), np.ones(8), 2.0, 4, steps=1_000)

    assert len(set(plan.median.tolist())) == 4 and plan.beyond == 0 and plan.total == 0


def test_what_cannot_fit_is_told():
    ways, _ = made_up(1)

    plan = find_medians(ways, np.ones(24), 5.0, 4, steps=2_000)

    assert plan.beyond >= 4


def test_a_search_can_be_ended_at_once():
    ways, demand = made_up(2)

    plan = find_medians(ways, demand, 60.0, 4, keep_going=lambda: False)

    assert not plan.finished
    assert len(set(plan.median.tolist())) == 4


@pytest.mark.parametrize(
    ("ways", "demand", "count"),
    [
        (np.zeros((3, 3)), np.ones(3), 4),
        (np.zeros((3, 3)), np.ones(3), 0),
        (np.zeros((3, 3)), np.ones(2), 1),
        (np.full((3, 3), -1.0), np.ones(3), 1),
        (np.full((3, 3), np.inf), np.ones(3), 1),
    ],
)
def test_nonsense_is_refused(ways, demand, count):
    with pytest.raises(ValueError, match=r"medians|demands|ways"):
        find_medians(ways, demand, 5.0, count)


def test_a_pool_in_which_nothing_better_can_be_is_no_fault():
    """With few steps the first choice proves the plan best among all clusters met, and leaves none of them."""
    random = np.random.default_rng(3)
    points, count = int(random.integers(15, 60)), 2
    place = random.uniform(size=(points, 2))
    random.integers(2, 6)
    ways = np.hypot(*(place[:, None] - place).T) * random.integers(1, 4, points)[:, None]
    demand = random.integers(1, 9, points).astype(float)

    found = find_medians(
        ways, demand, demand.sum() / count * 1.1, count, seed=3, steps=100 * points
    )

    assert found.beyond == 0
    assert found.bound <= found.total
