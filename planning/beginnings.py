"""Where the search begins: several connected sharings, the best of which are improved further.

Zones that begin whole-alley-wise, or with minutes instead of households to walk to, end in different valleys; which is
deepest shows only after some steps. So all get a few steps, the better half more, and the best the rest
(successive halving: Jamieson & Talwalkar 2016).
"""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from planning.flow import Flow, flow
from planning.growth import grow
from planning.improve import improve, merit
from planning.neighbours import GROUP, improve_in_groups
from planning.zones import Floats, Ints, Task, summed

# How far walks are taken longer or shorter for each member, to begin elsewhere: the deviation of their logarithm.
UNLIKE = (0.0, 0.0, 0.15, 0.15, 0.4, 0.4, 1.0)
# How often to begin anew while somebody is outside the window, and up to how many members.
TRIES = 2
MANY = 24
# What a minute outside a window weighs against walking when zones are handed to other members, in mean walks a minute.
OUTSIDE = 3.0
# Rounds of the halving: how many beginnings are left after each, and the share of all steps it takes.
ROUNDS = ((4, 0.4), (2, 0.2), (1, 0.2), (1, 0.2))


def best_zones(task: Task, share_min: Floats, price_m: Floats, *, steps: int, seed: int) -> Ints:
    """Return the best owners of units found with about `steps` hand-overs for each member.

    `share_min` (units, k) is the divisible sharing of the load, `price_m` (k) its prices; see `planning.flow`. While a
    member is outside the window, begins anew up to `TRIES` times; where members are many, spends half of the
    steps on groups of neighbours instead.
    """
    if task.members > MANY:
        owner = _best_of_many(task, share_min, price_m, steps * task.members // 2, seed)
        return improve_in_groups(task, owner, steps=steps * GROUP // 8, seed=seed)
    best = _best_of_many(task, share_min, price_m, steps * task.members, seed)
    for again in range(1, TRIES):
        if merit(task, best)[0] == 0:
            break
        other = _best_of_many(task, share_min, price_m, steps * task.members, seed + again)
        best = min(best, other, key=lambda owner: merit(task, owner))
    return best


def _best_of_many(task: Task, share_min: Floats, price_m: Floats, steps: int, seed: int) -> Ints:
    tried = list(_beginnings(task, share_min, price_m, seed))
    for turn, (left, share) in enumerate(ROUNDS):
        each = math.ceil(steps * share / len(tried))
        better = [
            improve(task, _handed_round(task, one), steps=each, seed=seed + turn * len(tried) + i)
            for i, one in enumerate(tried)
        ]
        tried = sorted(better, key=lambda owner: merit(task, owner))[:left]
    return tried[0]


def _handed_round(task: Task, owner: Ints) -> Ints:
    """Return the same zones, each with the member whom it fits best (an assignment problem)."""
    walk = np.zeros((task.members, task.members))
    np.add.at(walk, owner, task.walk_m)
    load = summed(task.load_min, owner, task.members)
    everybody = np.arange(task.members)
    outside = np.array([task.outside_min(np.full(task.members, one), everybody) for one in load])
    price = OUTSIDE * task.walk_m.min(axis=1).sum() / task.load_min.sum()
    member: Ints = linear_sum_assignment(walk + price * outside)[1]
    return member[owner]


def _beginnings(task: Task, share_min: Floats, price_m: Floats, seed: int) -> Iterator[Ints]:
    """Yield connected sharings: after the divisible one, then after sharing whole alleys in several ways."""
    yield grow(task, share_min, _cost(task, price_m))
    random = np.random.default_rng(seed)
    for i, unlike in enumerate(UNLIKE):
        # by turns, a household counts once, or as often as its minutes are those of the mean household
        weight = task.load_min / _mean_min(task) if i % 2 else task.households
        longer = np.exp(random.normal(0.0, unlike, task.members))
        walk = task.walk_m / task.households[:, None] * weight[:, None] * longer
        shared = _by_alley(task, walk)
        yield grow(task, shared.share * task.load_min[:, None], _cost(task, shared.price_m))


def _by_alley(task: Task, walk_m: Floats) -> Flow:
    """Return the divisible sharing of alleys as wholes, for each unit."""
    alleys, alley = np.unique(task.alley_of[task.place_of], return_inverse=True)
    walk = np.zeros((len(alleys), task.members))
    np.add.at(walk, alley, walk_m)
    load = summed(task.load_min, alley, len(alleys))
    shared = flow(walk, load, task.low_min, task.high_min)
    return replace(shared, share=shared.share[alley])


def _cost(task: Task, price_m: Floats) -> Floats:
    """Return what it costs each member to take a mean household at each place, (places, k)."""
    walk = np.zeros((task.places, task.members))
    np.add.at(walk, task.place_of, task.walk_m)
    households = summed(task.households, task.place_of, task.places)
    return walk / households[:, None] - _mean_min(task) * price_m


def _mean_min(task: Task) -> float:
    return float(task.load_min.sum() / task.households.sum())
