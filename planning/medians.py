"""Zones without known centres: which candidates should serve all points, each within its room (capacitated p-median).

Annealing from several beginnings finds good plans, their clusters are pooled, and the best choice of pooled clusters
is found exactly; the next annealing begins there. Lagrange's bound says how much better any plan could be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from planning.median_bound import lower_bound
from planning.median_moves import Clusters, Ground, Ways, settle
from planning.median_pool import Pool
from planning.median_start import begin, clusters
from planning.median_swaps import anneal_with_swaps
from planning.zones import Bools, Floats, Ints

# Steps spent where the caller does not say: per point.
STEPS_EACH = 12_000
# Annealings between two choices from the pool, and moves of one for each point, more with every cycle of them.
RUNS, RUN_EACH = 3, 2_000
# A small budget is spent in this many annealings at least. So many cycles without gain end the search.
FIRST_PARTS, PATIENCE = 3, 10
# Temperatures in mean ways of a point: higher where clusters are larger, for whole groups must move.
HOT, COLD, AGAIN = 0.35, 0.04, 0.3
# Fine for a mean demand beyond the room, in temperatures, at the beginning and at the end.
FINE, LAST_FINE = 300.0, 1e5
CHUNKS, POOLED = 100, 0.25
NEAR, MOST_NEAR = 2.5, 30
FEWEST_NEAR = 16
SAME = 1e-9


def always() -> bool:
    """Go on to the end of the budget."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Medians:
    """Which candidates serve, and whom.

    `median` (count) holds distinct candidates, ascending, `owner` (n) is an index into it. `total` sums the ways,
    `bound` is below the total of every plan within the rooms, `beyond` is the demand beyond rooms (0 where all fits),
    `finished` whether the whole budget was spent.
    """

    median: Ints
    owner: Ints
    total: float
    bound: float
    beyond: float
    finished: bool


def find_medians(
    ways: Floats,
    demand: Floats,
    room: Floats | float,
    count: int,
    *,
    seed: int = 0,
    steps: int | None = None,
    keep_going: Callable[[], bool] = always,
) -> Medians:
    """Choose `count` candidates and give each point one of them, with the least ways in all.

    Parameters
    ----------
    ways
        (n, c), not negative: what it costs that a candidate serves a point, in any unit.
    demand
        (n), not negative.
    room
        (c) or one for all: most demand a candidate serves.
    seed, steps
        Same input, seed and steps (moves tried), same plan.
    keep_going
        Asked often; a false answer ends the search early.

    Raises
    ------
    ValueError
        When there are fewer points or candidates than `count`, or numbers that are negative or not finite.
    """
    rooms = np.broadcast_to(np.asarray(room, dtype=np.float64), (ways.shape[1],)).copy()
    _refuse_nonsense(ways, demand, rooms, count)
    own = _own_candidates(ways)
    search = _Search(_ground(ways, demand, rooms, own, count), count, seed, keep_going)
    left = steps if steps is not None else STEPS_EACH * len(demand)
    length = min(RUN_EACH * len(demand), left // FIRST_PARTS)
    bound, idle, cycle = 0.0, 0, 0
    while cycle == 0 or (left > 0 and keep_going() and idle < PATIENCE):
        before = search.total
        for run in range(RUNS):
            search.run(length, again=run == 0 and cycle > 0)
            if cycle == run == 0:
                known = search.total if search.beyond <= SAME else None
                bound = lower_bound(
                    ways, demand, rooms, count, known=known, steps=length, keep_going=keep_going
                )
        search.choose()
        left -= RUNS * length
        cycle += 1
        length = min(RUN_EACH * len(demand) * (cycle + 1), max(left // RUNS, 1))
        idle = 0 if search.total < before * (1 - SAME) else idle + 1
        if search.total <= bound * (1 + SAME):
            break
    return _answer(search, ways, demand, rooms, bound)


def _refuse_nonsense(ways: Floats, demand: Floats, room: Floats, count: int) -> None:
    if not 1 <= count <= min(ways.shape):
        raise ValueError(
            f"{count} medians of {ways.shape[1]} candidates for {ways.shape[0]} points"
        )
    if len(demand) != len(ways):
        raise ValueError(f"{len(demand)} demands for {len(ways)} points")
    for name, values in (("ways", ways), ("demand", demand), ("room", room)):
        if not np.isfinite(values).all() or values.min() < 0:
            raise ValueError(f"{name} must be finite and not negative")


def _own_candidates(ways: Floats) -> Ints:
    """Return the nearest candidate of each point; its own index where that is as near as any."""
    own: Ints = ways.argmin(axis=1)
    if ways.shape[0] == ways.shape[1]:
        self_nearest: Bools = np.diagonal(ways) <= ways.min(axis=1)
        own = np.where(self_nearest, np.arange(len(ways)), own)
    return own


def _ground(ways: Floats, demand: Floats, room: Floats, own: Ints, count: int) -> Ground:
    points = len(demand)
    between = np.ascontiguousarray(ways[:, own], dtype=np.float32)
    many = int(np.clip(NEAR * points / count, FEWEST_NEAR, MOST_NEAR))
    many = min(many, points - 1)
    apart = between.copy()
    np.fill_diagonal(apart, np.inf)
    near = np.argpartition(apart, many - 1, axis=1)[:, :many] if many else np.zeros((points, 1))
    return Ground(
        ways=between,
        back=between if (between == between.T).all() else np.ascontiguousarray(between.T),
        demand=np.asarray(demand, dtype=np.float64).copy(),
        room=room[own],
        near=np.sort(near, axis=1).astype(np.int32),
    )


class _Search:
    """The best plan so far, and the pool of clusters."""

    def __init__(
        self, ground: Ground, count: int, seed: int, keep_going: Callable[[], bool]
    ) -> None:
        self.ground, self.count, self.keep_going = ground, count, keep_going
        self.random = np.random.default_rng(seed)
        self.pool = Pool(ground)
        self.total, self.beyond = np.inf, np.inf
        self.owner = np.zeros(len(ground.demand), dtype=np.int64)
        self.finished = True

    def run(self, steps: int, *, again: bool) -> None:
        """Anneal once, from a new beginning or from the best plan."""
        now = (
            clusters(self.owner, self.count)
            if again
            else begin(self.ground, self.count, self.random)
        )
        self._keep(now, settle(self.ground, now, 0.0))
        mean_way = max(float(now.cost.sum()) / len(now.owner), SAME)
        hot = HOT * np.sqrt(len(now.owner) / self.count) * (AGAIN if again else 1.0)
        mean_demand = max(float(self.ground.demand.mean()), SAME)
        word = self.random.integers(1, 2**63, 1, dtype=np.uint64)
        heats = mean_way * hot * (COLD / hot) ** np.linspace(0, 1, CHUNKS + 1)
        fines = heats[1:] / mean_demand * FINE * (LAST_FINE / FINE) ** np.linspace(0, 1, CHUNKS)
        for chunk, fine in enumerate(fines):
            if not self.keep_going():
                self.finished = False
                break
            settle(self.ground, now, fine)
            anneal_with_swaps(
                self.ground, now, word, steps // CHUNKS, heats[chunk], heats[chunk + 1], fine
            )
            beyond = settle(self.ground, now, 0.0)
            self._keep(now, beyond)
            if chunk >= POOLED * CHUNKS:
                self.pool.add(now)

    def _keep(self, now: Clusters, beyond: float) -> None:
        """Remember a settled plan if it is the best."""
        total = float(now.cost.sum())
        if (max(beyond, SAME), total) < (max(self.beyond, SAME), self.total):
            self.total, self.beyond, self.owner = total, beyond, now.owner.copy()

    def choose(self) -> None:
        """Replace the best plan by a better choice of pooled clusters, if there is one."""
        if self.beyond > SAME or not self.keep_going():
            return
        better = self.pool.choose(self.owner, self.total, self.keep_going)
        if better is not None:
            now = clusters(better, self.count)
            beyond = settle(self.ground, now, 0.0)
            self.pool.add(now)
            self._keep(now, beyond)
            served = matched(
                better, self.ground.ways, self.ground.demand, self.ground.room, self.count
            )
            if served.beyond <= SAME and served.total < self.total:
                self.total, self.owner = served.total, better


class Matching(NamedTuple):
    """The best candidate for each cluster, no two the same: `chosen` (count); ways in all, and overload."""

    chosen: Ints
    total: float
    beyond: float


def matched(owner: Ints, ways: Floats | Ways, demand: Floats, room: Floats, count: int) -> Matching:
    """Give each cluster the best candidate of all, no two the same, none overloaded where that can be helped."""
    points = np.arange(len(demand))
    member = csr_matrix((np.ones(len(demand)), (owner, points)), (count, len(demand)))
    cost: Floats = np.asarray(member @ ways, dtype=np.float64)
    load: Floats = np.asarray(member @ demand)
    beyond = np.maximum(load[:, None] - room, 0.0)
    fine = (cost.max() + 1.0) * count / max(float(demand[demand > 0].min(initial=1.0)), SAME)
    cluster, chosen = linear_sum_assignment(cost + fine * beyond)
    total, missing = cost[cluster, chosen].sum(), beyond[cluster, chosen].sum()
    return Matching(chosen=chosen, total=float(total), beyond=float(missing))


def _answer(search: _Search, ways: Floats, demand: Floats, room: Floats, bound: float) -> Medians:
    best = matched(search.owner, ways, demand, room, search.count)
    rank = np.argsort(np.argsort(best.chosen))
    return Medians(
        median=np.sort(best.chosen),
        owner=rank[search.owner],
        total=best.total,
        bound=bound,
        beyond=best.beyond,
        finished=search.finished,
    )
