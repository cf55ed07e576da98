"""Is there a connected plan with so few changes? Branch and cut: a tree of programmes, each given the rows it lacks.

Branched is on whole numbers that decide much: how many households one member takes from another, whether a zone
reaches a patch of households without a member at all; then on single households. Of the numbers that an answer has in
parts, that is taken whose branches cost most (Applegate, Bixby, Chvátal & Cook 1995). Rows for connectedness after
Oehrlein & Haunert 2017; the order of branches dives for an answer first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planning.cell_repair import joined, made_whole
from planning.cell_search import anneal
from planning.cell_state import NOBODY, Floats, Ints, Town
from planning.change_annealing import annealed, changes, holds
from planning.change_cuts import Cuts
from planning.change_program import Program, Row

# Rounds of rows; a programme whose cost grew by less than this in so many rounds is left.
ROUNDS, NODE_ROUNDS = 150, 12
GROWN, PATIENCE = 1e-2, 12
# Rows that do not bind are dropped when there are more than so many times as many as at the beginning.
CROWDED = 4
SETTLED = 1e-6
PARTLY = 0.05
# So many numbers and so many households are tried before one is branched on.
NUMBERS, SINGLE = 6, 4
REPAIR_STEPS = 40_000
ENOUGH = 1e6


@dataclass(frozen=True, slots=True)
class Found:
    """A connected plan or None, whether the tree was searched to its end, and the nodes it took."""

    owner: Ints | None
    ended: bool
    nodes: int


class Side(NamedTuple):
    """One side of a branch: a column, or a row where `row`, between `low` and `high`."""

    row: bool
    at: int
    low: float
    high: float


Branch = tuple[Side, Side]


class Tree:
    """The search for a plan with at most `most` changes that a programme allows."""

    def __init__(
        self, asked: Program, cuts: Cuts, most: int, keep_going: Callable[[], bool]
    ) -> None:
        self.asked, self.cuts, self.town, self.most = asked, cuts, asked.town, most
        self.keep_going = keep_going
        self.counted, self.doors = _counted(asked), cuts.doors.doors
        self.row_of = {name: len(asked.rows) + at for at, name in enumerate(self._names())}
        every = list(self.counted.values())
        asked.add([_free(columns) for columns in every])
        self.first = len(asked.rows)
        self.tried: set[bytes] = set()

    def _names(self) -> list[tuple[str, int, int]]:
        return list(self.counted)

    def settled(self, rounds: int = ROUNDS) -> Floats | None:
        """Return the answer after rows were added; None where there is none."""
        costs: list[float] = []
        share = self.asked.solved()
        for _ in range(rounds):
            if share is None or not self.keep_going():
                break
            costs.append(self.asked.cost())
            stale = len(costs) > PATIENCE and costs[-1] < costs[-1 - PATIENCE] + GROWN
            if stale or not self._lacking(share):
                break
            share = self.asked.solved()
        return share

    def _lacking(self, share: Floats) -> bool:
        rows = self.cuts.violated(share)
        if rows and len(self.asked.rows) > CROWDED * self.first:
            self.asked.drop_slack(self.first)
        self.asked.add(rows)
        return bool(rows)

    def search(self, nodes: int) -> Found:
        """Look for a connected plan in at most so many nodes."""
        waiting: list[list[Side]] = [[]]
        for node in range(nodes):
            if not waiting:
                return Found(None, True, node)
            if not self.keep_going():
                return Found(None, False, node)
            path = waiting.pop()
            self._go(path)
            share = self.settled(NODE_ROUNDS)
            if share is None:
                continue
            owner = self._plan(share)
            if owner is not None:
                return Found(owner, True, node + 1)
            branch = self._branch(share, path)
            if branch is None:
                # whole, and still cut off: the rows that rejoin it were added
                waiting.append(path)
                continue
            waiting += [[*path, side] for side in branch]
        return Found(None, not waiting, nodes)

    def _go(self, path: list[Side]) -> None:
        """Set the bounds of a node."""
        size = self.asked.width
        low, high = np.zeros(size), np.ones(size)
        limits = dict.fromkeys(self.row_of.values(), (-ENOUGH, ENOUGH))
        for side in path:
            if side.row:
                before = limits[side.at]
                limits[side.at] = max(before[0], side.low), min(before[1], side.high)
            else:
                low[side.at], high[side.at] = side.low, side.high
        self.asked.narrow(low, high)
        for row, (least, greatest) in limits.items():
            self.asked.limit(row, least, greatest)

    def _plan(self, share: Floats) -> Ints | None:
        """Return a connected plan with few enough changes near an answer, where one is soon found."""
        town, stays = self.town, self.town.current != NOBODY
        owner: Ints = share.argmax(axis=1).astype(np.int64)
        whole = share.max(axis=1).min() > 1 - SETTLED
        if whole and holds(town, owner):
            return owner
        if whole:
            self.asked.add(self.cuts.rejoining(owner))
        if owner.tobytes() in self.tried:
            return None
        self.tried.add(owner.tobytes())
        near = [annealed(town, owner, soft=1.0, seed=0)]
        if share[stays].max(axis=1).min(initial=1.0) > 1 - SETTLED:
            near.append(_repaired(town, owner))
        for plan in near:
            if changes(town, plan) <= self.most and holds(town, plan):
                return plan
        return None

    def _branch(self, share: Floats, path: list[Side]) -> Branch | None:
        """Return the two sides of a branch, the one to try first last; None where all is whole."""
        best, worth = None, -1.0
        for branch in self._candidates(share):
            costs = [self._cost_of(path, side) for side in branch]
            if min(costs) > worth or best is None:
                worth = min(costs)
                best = branch if costs[0] >= costs[1] else (branch[1], branch[0])
            if worth == np.inf:
                break
        return best

    def _cost_of(self, path: list[Side], side: Side) -> float:
        self._go([*path, side])
        return np.inf if self.asked.solved() is None else self.asked.cost()

    def _candidates(self, share: Floats) -> list[Branch]:
        """Return branches: doors and numbers nearest to a half first, then households."""
        value = self.asked.values()
        found: list[tuple[float, Branch]] = []
        for name, columns in self.counted.items():
            total = float(value[columns].sum())
            apart = abs(total - np.round(total))
            if apart > PARTLY:
                row, under = self.row_of[name], float(np.floor(total))
                sides = Side(True, row, -ENOUGH, under), Side(True, row, under + 1, ENOUGH)
                found.append((-apart, sides))
        for door in self.doors:
            open_ = float(value[door.column])
            if PARTLY < open_ < 1 - PARTLY:
                sides = Side(False, door.column, 0.0, 0.0), Side(False, door.column, 1.0, 1.0)
                found.append((-min(open_, 1 - open_), sides))
        found.sort(key=lambda one: one[0])
        ranked = [branch for _, branch in found]
        return ranked[:NUMBERS] + self._single(share)

    def _single(self, share: Floats) -> list[Branch]:
        """Return branches on single households: those who stay or go first, then those without a member."""
        column, current = self.asked.column, self.town.current
        stays = np.flatnonzero(current != NOBODY)
        kept = share[stays, current[stays]]
        partly = (kept > SETTLED) & (kept < 1 - SETTLED)
        order = np.abs(kept[partly] - 0.5).argsort(kind="stable")[:SINGLE]
        columns = column[stays[partly][order], current[stays[partly][order]]].tolist()
        if not columns:
            rest = np.where((share > SETTLED) & (share < 1 - SETTLED), share, 0.0)
            order = (-rest.ravel()).argsort(kind="stable")[:SINGLE]
            columns = column.ravel()[order[rest.ravel()[order] > 0]].tolist()
        return [(Side(False, at, 0.0, 0.0), Side(False, at, 1.0, 1.0)) for at in columns]


def _counted(asked: Program) -> dict[tuple[str, int, int], Ints]:
    """Return the columns of what each member takes from each other."""
    current = asked.town.current[asked.unit]
    counted = {}
    for giver in range(len(asked.town.low)):
        for taker in range(len(asked.town.low)):
            columns = np.flatnonzero((current == giver) & (asked.member == taker))
            if giver != taker and len(columns):
                counted["taken", giver, taker] = columns
    return counted


def _free(columns: Ints) -> Row:
    return Row(columns=columns, values=np.ones(len(columns)), low=-ENOUGH, high=ENOUGH)


def _repaired(town: Town, owner: Ints) -> Ints:
    """Return a plan made of `owner` in which staying households keep their members."""
    stays = town.current != NOBODY
    alone = town._replace(fixed=stays, current=np.full(len(owner), NOBODY))
    zones = joined(alone, made_whole(alone, owner))
    anneal(alone, zones, steps=REPAIR_STEPS, seed=0)
    mended: Ints = zones.owner
    return mended
