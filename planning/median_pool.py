"""Clusters met during the search, and the best choice among them: set covering by HiGHS.

Plans found one after the other are good in different places. A choice of clusters from all of them that covers every
point is better than any one (Foster & Ryan 1976; for capacitated medians Baldacci, Hadjiconstantinou, Maniezzo &
Mingozzi 2002).
"""

import sys
from collections.abc import Callable
from itertools import count as count_from

import highspy
import numpy as np
from scipy.sparse import csc_matrix, vstack

from planning.median_moves import CLOSE, Clusters, Ground
from planning.zones import Floats, Ints

# At most so many clusters are kept after a choice, those of least reduced cost.
MOST_KEPT = 4_000
MOST_NODES = 60
# How often the solver may ask, in a choice of whole clusters, whether to go on.
MOST_ASKED = 60
GAP = 1e-6
CHOSEN = 0.5
KEYS_SEED = 20261122


class Pool:
    """Distinct clusters within their rooms, each with its points, cost and median."""

    def __init__(self, ground: Ground) -> None:
        """Hold no cluster yet."""
        self.ground = ground
        random = np.random.default_rng(KEYS_SEED)
        self.keys = random.integers(1, 2**63, len(ground.demand), dtype=np.uint64)
        self.found: dict[int, tuple[Ints, float, int]] = {}

    def add(self, now: Clusters) -> None:
        """Keep the clusters of a settled plan that are new, if within their rooms."""
        fits = now.load <= self.ground.room[now.median] + GAP
        for cluster, name in enumerate(self._names(now.owner, len(now.size))):
            if fits[cluster] and name not in self.found:
                points = now.members[cluster, : now.size[cluster]].astype(np.int64)
                best = now.cost[cluster], int(now.median[cluster])
                if len(points) <= CLOSE:
                    best = min(best, self._from_outside(points, now.load[cluster]))
                self.found[name] = (points, *best)

    def _from_outside(self, points: Ints, load: float) -> tuple[float, int]:
        """Return cost and median of a cluster that a candidate near it serves, whoever serves that one's point."""
        around = self.ground.near[points].ravel()
        cost = self.ground.ways[points[:, None], around].sum(axis=0, dtype=np.float64)
        cost[self.ground.room[around] + GAP < load] = np.inf
        best = int(cost.argmin())
        return float(cost[best]), int(around[best])

    def _names(self, owner: Ints, count: int) -> list[int]:
        """Return a number for each cluster, which depends on its points alone."""
        names = np.zeros(count, dtype=np.uint64)
        np.add.at(names, owner, self.keys)
        listed: list[int] = names.tolist()
        return listed

    def choose(self, owner: Ints, best: float, keep_going: Callable[[], bool]) -> Ints | None:
        """Return the owner of each point in a better choice of clusters than `owner`, costing `best`, or nothing.

        Afterwards only clusters remain that may be part of a better one still.
        """
        if not self.found:
            return None
        count = int(owner.max()) + 1
        table = self._table()
        cost = np.array([cluster[1] for cluster in self.found.values()])
        solver = _solver(table, cost, count, sys.maxsize, keep_going)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        self._keep(np.array(solver.getSolution().col_dual), best - solver.getObjectiveValue())
        return self._cover(owner, count, best, keep_going) if self.found else None

    def _table(self) -> csc_matrix:
        """Return which cluster (column) covers which point (row)."""
        points = [cluster[0] for cluster in self.found.values()]
        starts = np.cumsum([0] + [len(one) for one in points])
        rows = np.concatenate(points)
        return csc_matrix((np.ones(len(rows)), rows, starts), (len(self.keys), len(points)))

    def _keep(self, reduced: Floats, gap: float) -> None:
        order = np.argsort(reduced, kind="stable")[:MOST_KEPT]
        kept = set(order[reduced[order] < gap + GAP * abs(gap) + GAP].tolist())
        items = enumerate(self.found.items())
        self.found = {key: cluster for column, (key, cluster) in items if column in kept}

    def _cover(
        self, owner: Ints, count: int, best: float, keep_going: Callable[[], bool]
    ) -> Ints | None:
        chosen = list(self.found.values())
        cost = np.array([cluster[1] for cluster in chosen])
        solver = _solver(self._table(), cost, count, MOST_ASKED, keep_going)
        columns = np.arange(len(chosen), dtype=np.int32)
        kinds = np.full(len(chosen), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(len(chosen), columns, kinds)
        start = highspy.HighsSolution()
        own = set(self._names(owner, count))
        start.col_value = [float(key in own) for key in self.found]
        solver.setSolution(start)
        solver.run()
        found = np.array(solver.getSolution().col_value)
        if len(found) != len(chosen) or solver.getObjectiveValue() >= best * (1 - GAP):
            return None
        picked = np.flatnonzero(found > CHOSEN)
        if len(picked) != count:
            return None
        return self._nearest(owner, [chosen[column] for column in picked])

    def _nearest(self, owner: Ints, picked: list[tuple[Ints, float, int]]) -> Ints | None:
        """Give each point to the nearest median among the picked clusters that cover it."""
        better = np.full(len(owner), -1, dtype=np.int64)
        way = np.full(len(owner), np.inf)
        for cluster, (points, _, median) in enumerate(picked):
            nearer = points[self.ground.ways[points, median] < way[points]]
            better[nearer] = cluster
            way[nearer] = self.ground.ways[nearer, median]
        return (
            better if (np.bincount(better[better >= 0], minlength=len(picked)) > 0).all() else None
        )


def _solver(
    table: csc_matrix, cost: Floats, count: int, most: int, keep_going: Callable[[], bool]
) -> highspy.Highs:
    rows, columns = table.shape
    whole = vstack([table, csc_matrix(np.ones((1, columns)))]).tocsc()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows + 1
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
    model.row_lower_ = np.r_[np.ones(rows), count]
    model.row_upper_ = np.r_[np.full(rows, np.inf), count]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = whole.indptr, whole.indices
    model.a_matrix_.value_ = whole.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_max_nodes", MOST_NODES)
    solver.setOptionValue("mip_rel_gap", GAP)
    # these searches within the search cannot be ended from outside
    for one in ("rins", "rens", "root_reduced_cost"):
        solver.setOptionValue(f"mip_heuristic_run_{one}", False)
    solver.passModel(model)

    # the solver asks at the same points of its work every time
    asked = count_from(0)

    def poll(event: highspy.highs.HighsCallbackEvent) -> None:
        if next(asked) >= most or not keep_going():
            event.interrupt()

    for callback in (solver.cbMipInterrupt, solver.cbSimplexInterrupt):
        callback.subscribe(poll)
    return solver
