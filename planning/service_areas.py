"""Connected service areas around fixed seats: the least cost within capacities, and a proven lower bound.

First the bound: a linear program with rows for connectedness, and the heaviest units undivided (they decide where
capacity is lost). Its solution says where the heaviest units go; walkers at several temperatures share the rest
(`planning.exchange`). Then neighbouring areas are taken together, a few at a time, and shared anew exactly
(`planning.area_program`), as in local branching and other searches of large neighbourhoods (Shaw 1998).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.area_program import Known, Program, ServiceAreas, known
from planning.districting import Districting
from planning.exchange import always, searched
from planning.zones import NOBODY, Bools, Floats, Ints

# Steps of the walkers that make the first plan.
FIRST_STEPS = 2_000_000
# The bound's program ends at this gap or after this many nodes, a round.
BOUND_GAP, BOUND_NODES = 1e-3, 300
# Neighbourhoods, in turn: areas taken together, nodes for each, and whether the heaviest units stay.
TOGETHER = (
    (3, 100, False),
    (4, 100, False),
    (5, 100, True),
    (4, 400, False),
    (6, 100, True),
    (5, 200, False),
)
# A size of neighbourhood is left when this many draws in a row were known.
STALE = 60
LEAST_GAIN = 1e-3
# Rounds of violated rows before a neighbourhood is branched on.
NEAR_ROUNDS = 8
EXACT = 1e-5
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
    held = np.zeros(len(areas.load), dtype=bool)
    held[heaviest] = True
    found = searched(
        _districting(areas, facts, price, held),
        _start(areas, facts, share),
        steps=steps,
        seed=seed,
        keep_going=keep_going,
    )
    if found.outside > SMALL or found.apart:
        free = np.zeros_like(held)
        found = searched(
            _districting(areas, facts, price, free),
            found.owner,
            steps=steps,
            seed=seed,
            keep_going=keep_going,
        )
    owner, stopped = found.owner, found.stopped
    if found.outside <= SMALL and not found.apart:
        owner, stopped = improved(
            facts, owner, heaviest, seed=seed, programs=programs, keep_going=keep_going
        )
    over = float(np.maximum(areas.loads(owner) - areas.capacity, 0).sum())
    return AreaPlan(owner, areas.total(owner), bound, over, found.apart, stopped)


def bounded(
    facts: Known, *, keep_going: Callable[[], bool] = always
) -> tuple[float, Floats, Floats]:
    """Return a lower bound on every plan, what capacity is worth in each zone (k), and shares (n, k) near the bound."""
    areas = facts.areas
    everything = Program(
        facts, np.arange(len(areas.load)), np.arange(len(areas.seat)), keep_going=keep_going
    )
    if not everything.relax():
        # no plan exists
        return np.inf, np.zeros(len(areas.seat)), np.zeros(areas.cost.shape)
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


def _districting(areas: ServiceAreas, facts: Known, price: Floats, held: Bools) -> Districting:
    """Return the problem as the walkers want it, with seats and `held` units fixed."""
    fixed = held.copy()
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


def improved(
    facts: Known,
    owner: Ints,
    heaviest: Ints,
    *,
    seed: int,
    programs: int,
    keep_going: Callable[[], bool] = always,
) -> tuple[Ints, bool]:
    """Return a plan at least as cheap as the feasible `owner`, and whether `keep_going` ended the search."""
    random = np.random.default_rng(seed)
    tried: set[bytes] = set()
    for size, nodes, hold in TOGETHER:
        stale = 0
        while stale < STALE and programs > 0:
            if not keep_going():
                return owner, True
            zones = _neighbours(facts, owner, min(size, len(facts.areas.seat)), random)
            mark = _mark(owner, zones, nodes, hold)
            stale += 1
            if mark in tried:
                continue
            tried.add(mark)
            programs -= 1
            held = np.full(len(owner), NOBODY)
            if hold:
                held[heaviest] = owner[heaviest]
            better = _shared_anew(facts, owner, zones, held, nodes=nodes, keep_going=keep_going)
            stale = 0
            if better is not None:
                owner = better
    return owner, False


def _mark(owner: Ints, zones: Ints, nodes: int, hold: bool) -> bytes:
    """Return what tells one neighbourhood from another."""
    own = np.where(np.isin(owner, zones), owner, NOBODY)
    return own.astype(np.int32).tobytes() + bytes(f"{nodes} {hold}", "ascii")


def _neighbours(facts: Known, owner: Ints, size: int, random: np.random.Generator) -> Ints:
    """Return `size` zones that hang together, drawn at random, long common borders more likely."""
    around = facts.around
    one = np.repeat(np.arange(len(owner)), np.diff(around.first_link))
    border = np.zeros((len(facts.areas.seat),) * 2)
    np.add.at(border, (owner[one], owner[around.link]), 1)
    zones = [int(random.integers(len(border)))]
    while len(zones) < size:
        weight = border[zones].sum(axis=0)
        weight[zones] = 0
        if not weight.any():
            break
        zones.append(int(random.choice(len(border), p=weight / weight.sum())))
    return np.sort(np.array(zones))


def _shared_anew(
    facts: Known,
    owner: Ints,
    zones: Ints,
    held: Ints,
    *,
    nodes: int,
    keep_going: Callable[[], bool],
) -> Ints | None:
    """Return `owner` with the units of `zones` shared anew more cheaply, or None."""
    units = np.flatnonzero(np.isin(owner, zones))
    cutoff = float(facts.areas.cost[units, owner[units]].sum()) - LEAST_GAIN
    program = Program(facts, units, zones, held=held, keep_going=keep_going)
    if not program.relax(rounds=NEAR_ROUNDS) or program.value > cutoff:
        return None
    program.drop_dearer(cutoff)
    found = program.branch(units, nodes=nodes, gap=EXACT, cutoff=cutoff)
    if found is None:
        return None
    better: Ints = np.where(found == NOBODY, owner, found)
    return better
