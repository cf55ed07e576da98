"""Is there a connected plan with so few changes? Branch and cut: a tree of programmes, each given the rows it lacks.

A household that is partly handed over is handed over on one branch and stays on the other; when all of them are
settled, those without a member are. Branches whose programme has no answer end. After Oehrlein & Haunert 2017; the
order of branches dives for an answer first.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.cell_repair import joined, made_whole, pieces_of
from planning.cell_search import anneal
from planning.cell_state import NOBODY, Floats, Ints, Town
from planning.change_cuts import Cuts
from planning.change_program import Program, whole_windows

# Rounds of rows at the root and at every other node; a round adds the rows violated.
ROOT_ROUNDS, NODE_ROUNDS = 60, 6
# A root whose bound grew by less than this in so many rounds is left.
GROWN, PATIENCE = 1e-3, 15
# Rows that do not bind are dropped when there are more than so many times as many as at the beginning.
CROWDED = 4
SETTLED = 1e-6
REPAIR_STEPS = 40_000

Bound = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A connected plan or None, whether the tree was searched to its end, and the nodes it took."""

    owner: Ints | None
    ended: bool
    nodes: int


class Tree:
    """The search for a plan that a programme allows."""

    def __init__(self, asked: Program, cuts: Cuts, keep_going: Callable[[], bool] | None) -> None:
        self.asked, self.cuts, self.town = asked, cuts, asked.town
        self.first = len(asked.rows)
        self.keep_going = keep_going or (lambda: True)
        self.tried: set[bytes] = set()

    def possible(self) -> bool:
        """Return whether the root's programme has an answer after rows were added."""
        best, stale = -1.0, 0
        for _ in range(ROOT_ROUNDS):
            share = self.asked.solved()
            if share is None:
                return False
            bound = self._cost(share)
            stale = 0 if bound > best + GROWN else stale + 1
            best = max(best, bound)
            if stale > PATIENCE or not self._lacking(share) or not self.keep_going():
                break
        return True

    def ruled_out(self, nodes: int) -> bool:
        """Return whether the rows found at the root already leave no whole answer."""
        if self.asked.solved() is None:
            return True
        return self.asked.ruled_out(nodes)

    def search(self, nodes: int) -> Found:
        """Look for a connected plan in at most so many nodes."""
        size = len(self.asked.unit)
        waiting: list[list[Bound]] = [[]]
        for node in range(nodes):
            if not waiting:
                return Found(None, True, node)
            if not self.keep_going():
                return Found(None, False, node)
            path = waiting.pop()
            low, high = np.zeros(size), np.ones(size)
            for column, least, most in path:
                low[column], high[column] = least, most
            self.asked.narrow(low, high)
            share = self._settled()
            if share is None:
                continue
            owner = self._connected(share)
            if owner is not None:
                return Found(owner, True, node + 1)
            column, first = self._branch(share)
            if column == NOBODY:
                # whole, and still cut off: the rows that rejoin it were added
                waiting.append(path)
                continue
            waiting += [[*path, (column, 1 - first, 1 - first)], [*path, (column, first, first)]]
        return Found(None, not waiting, nodes)

    def _settled(self) -> Floats | None:
        """Return the answer of a node after rows were added."""
        share = self.asked.solved()
        for _ in range(NODE_ROUNDS):
            if share is None or not self._lacking(share):
                break
            share = self.asked.solved()
        return share

    def _lacking(self, share: Floats) -> bool:
        rows = self.cuts.violated(share)
        if len(self.asked.rows) > CROWDED * self.first:
            self.asked.drop_slack(self.first)
        self.asked.add(rows)
        return bool(rows)

    def _cost(self, share: Floats) -> float:
        return float((self.asked.changes * share[self.asked.unit, self.asked.member]).sum())

    def _connected(self, share: Floats) -> Ints | None:
        """Return a connected plan near an answer in which all staying households are settled."""
        stays = self.town.current != NOBODY
        if share[stays].max(axis=1).min(initial=1.0) < 1 - SETTLED:
            return None
        owner: Ints = share.argmax(axis=1).astype(np.int64)
        if holds(self.town, owner):
            return owner
        if share.max(axis=1).min() > 1 - SETTLED:
            self.asked.add(self.cuts.rejoining(owner))
        key = owner[stays].tobytes()
        if key in self.tried:
            return None
        self.tried.add(key)
        return repaired(self.town, owner)

    def _branch(self, share: Floats) -> tuple[int, float]:
        """Return the column to branch on, `NOBODY` where all are whole, and the value to try first."""
        column, current = self.asked.column, self.town.current
        stays = np.flatnonzero(current != NOBODY)
        kept = share[stays, current[stays]]
        partly = (kept > SETTLED) & (kept < 1 - SETTLED)
        if partly.any():
            one = stays[partly][np.abs(kept[partly] - 0.5).argmin()]
            return int(column[one, current[one]]), 0.0
        rest = np.where((share > SETTLED) & (share < 1 - SETTLED), share, 0.0)
        if not rest.any():
            return NOBODY, 0.0
        one, member = np.unravel_index(int(rest.argmax()), rest.shape)
        return int(column[one, member]), 1.0


def holds(town: Town, owner: Ints) -> bool:
    """Return whether every zone is in one piece and within its window, and fixed households are kept."""
    low, high = whole_windows(town)
    load = np.bincount(owner, weights=town.load, minlength=len(low))
    pieces = len(np.unique(pieces_of(town, owner)))
    return bool(
        pieces == len(np.unique(owner))
        and (load >= low).all()
        and (load <= high).all()
        and (owner[town.fixed] == town.current[town.fixed]).all()
    )


def repaired(town: Town, owner: Ints) -> Ints | None:
    """Return a connected plan within the windows with the staying households of `owner`, where one is soon found."""
    stays = town.current != NOBODY
    alone = town._replace(fixed=stays, current=np.full(len(owner), NOBODY))
    zones = joined(alone, made_whole(alone, owner))
    anneal(alone, zones, steps=REPAIR_STEPS, seed=0)
    if holds(town, zones.owner) and (zones.owner[stays] == owner[stays]).all():
        mended: Ints = zones.owner
        return mended
    return None
