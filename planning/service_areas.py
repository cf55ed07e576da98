"""Connected service areas around fixed seats: the least cost within capacities, and a proven lower bound.

First the bound: a linear program with rows for connectedness, and the heaviest units undivided (they decide where
capacity is lost). Its solution says where the heaviest units go; walkers at several temperatures share the rest
(`planning.exchange`), with and without those held there. Each plan is improved and merged with the best so far
(`planning.area_search`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.area_program import Known, Program, ServiceAreas, known
from planning.area_search import AreaSearch, Neighbourhoods
from planning.districting import Districting
from planning.exchange import always, searched
from planning.zones import Bools, Floats, Ints

# Steps of the walkers that make the first plan.
FIRST_STEPS = 2_000_000
# The bound's program ends at this gap or after this many nodes, a round.
BOUND_GAP, BOUND_NODES = 1e-3, 300
# Neighbourhoods, in turn, for each plan and for the best.
QUICK: Neighbourhoods = ((3, 100, False), (4, 100, False))
THOROUGH: Neighbourhoods = ((5, 100, True), (4, 400, False), (6, 100, True), (5, 200, False))
# Walks that plans are made of, after how many plans the best is improved thoroughly, and after how many without a
# plan the capacities are taken to be too small.
WALKS, FIRST_PLANS, HOPELESS = 12, 2, 4
SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """A plan: `owner` (n) the zone of each unit, its `cost`, and a `bound` that no plan can undercut.

    `over` is the load above capacities and `apart` the units not connected with their seat: both 0 in a feasible plan.
    `stopped` says whether `keep_going` ended the search.
    """

    owner: Ints
    cost: float
    bound: float
    over: float
    apart: int
    stopped: bool


def plan_areas(
    areas: ServiceAreas,
    *,
    seed: int = 0,
    steps: int = FIRST_STEPS,
    programs: int = 2_000,
    keep_going: Callable[[], bool] = always,
) -> AreaPlan:
    """Return a plan for `areas`, after walks of `steps` and at most `programs` neighbourhoods, or when told to stop."""
    facts = known(areas)
    bound, price, share = bounded(facts, keep_going=keep_going)
    heaviest = _heaviest(areas)
    search = AreaSearch(facts, heaviest, seed=seed, programs=programs, keep_going=keep_going)
    start = _start(areas, facts, share)
    best: Ints | None = None
    plans = 0
    for walk in range(WALKS):
        if best is not None and not search.goes_on():
            break
        held = heaviest if walk % 2 == 0 else heaviest[:0]
        found = searched(
            _districting(areas, facts, price, held),
            start,
            steps=steps,
            seed=seed + walk,
            keep_going=keep_going,
        )
        if found.outside > SMALL or found.apart:
            if best is None and (walk + 1 == HOPELESS or not search.goes_on()):
                return _plan(areas, found.owner, bound, found.apart, search.stopped)
            continue
        owner = search.improved(found.owner, QUICK)
        best = owner if best is None else search.merged(best, owner)
        plans += 1
        if plans == FIRST_PLANS:
            best = search.improved(best, THOROUGH)
    return _plan(areas, start if best is None else best, bound, 0, search.stopped)


def _plan(areas: ServiceAreas, owner: Ints, bound: float, apart: int, stopped: bool) -> AreaPlan:
    over = float(np.maximum(areas.loads(owner) - areas.capacity, 0).sum())
    return AreaPlan(owner, areas.total(owner), bound, over, apart, stopped)


def bounded(
    facts: Known, *, keep_going: Callable[[], bool] = always
) -> tuple[float, Floats, Floats]:
    """Return a lower bound on every plan, what capacity is worth in each zone (k), and shares (n, k) near the bound."""
    areas = facts.areas
    everything = Program(
        facts, np.arange(len(areas.load)), np.arange(len(areas.seat)), keep_going=keep_going
    )
    if not everything.relax():
        # infinite where no plan exists
        nothing = np.inf if everything.impossible else -np.inf
        return nothing, np.zeros(len(areas.seat)), np.zeros(areas.cost.shape)
    bound, share, price = everything.value, everything.share(), everything.capacity_price()
    everything.branch(_heaviest(areas), nodes=BOUND_NODES, gap=BOUND_GAP)
    bound = max(bound, everything.bound)
    if everything.solved:
        share = everything.share()
    return bound - SMALL * abs(bound), price, share


def _heaviest(areas: ServiceAreas) -> Ints:
    """Return the heaviest units that are no seats, as many as there are zones."""
    load = areas.load.copy()
    load[areas.seat] = -np.inf
    heaviest: Ints = np.sort(np.argsort(-load, kind="stable")[: len(areas.seat)])
    return heaviest


def _start(areas: ServiceAreas, facts: Known, share: Floats) -> Ints:
    """Return the zone with most of each unit; where nobody has any, the cheapest allowed."""
    cheapest = np.where(_allowed(facts), areas.cost, np.inf).argmin(axis=1)
    owner: Ints = np.where(share.any(axis=1), share.argmax(axis=1), cheapest)
    owner[areas.seat] = np.arange(len(areas.seat))
    return owner


def _allowed(facts: Known) -> Bools:
    """Return which pairs walkers may use: those not ruled out; where that leaves a unit none, any."""
    allowed: Bools = facts.allowed | ~facts.allowed.any(axis=1, keepdims=True)
    return allowed


def _districting(areas: ServiceAreas, facts: Known, price: Floats, held: Ints) -> Districting:
    """Return the problem as the walkers want it, with seats and `held` units fixed."""
    fixed = np.zeros(len(areas.load), dtype=bool)
    fixed[held] = True
    fixed[areas.seat] = True
    return Districting(
        cost=np.where(_allowed(facts), areas.cost, np.inf),
        load=areas.load,
        low=np.full(len(areas.seat), -np.inf),
        high=areas.capacity,
        place_of=np.arange(len(areas.load)),
        links=areas.links,
        places=len(areas.load),
        fixed=fixed,
        seat=areas.seat,
        price=price,
    )
