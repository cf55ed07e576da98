"""The fewest households that must change hands in one neighbourhood, proven.

The fewest changes are asked of a mixed-integer programme (HiGHS) that knows windows but not connectedness; where its
answer has a piece cut off, rows are added that say: a household there needs one on the rim. Such rows are added until
the answer is connected, or cannot have fewer changes than a plan that is known (Oehrlein & Haunert 2017 add cuts on
separators in the same way). Among equal answers compact ones are preferred, or most would fall apart.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from planning.cell_repair import pieces_of
from planning.cell_state import NOBODY, Floats, Ints, Town, begin

Row = tuple[float, float, list[int], list[float]]
Rows = list[Row]

ROUNDS = 12
# Nodes of the search tree of one question.
NODES = 500
# All distances together weigh less than this many changes, and answers are proven to within the gap: both together are
# less than one change, so that bounds can be rounded up.
COMPACT, GAP = 0.4, 0.3
SAME = 1e-6
# So many rings of neighbours around a household without a member are looked at beforehand.
RINGS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """A plan (`owner`), how many households `changed` hands, and `at_least` how many must in every plan."""

    owner: Ints
    changed: int
    at_least: int

    @property
    def proven(self) -> bool:
        """Whether no plan changes fewer."""
        return self.at_least == self.changed


def fewest_changes(town: Town, owner: Ints, *, rounds: int = ROUNDS) -> Fewest:
    """Return a plan with the fewest changes, or the best found and a bound where the rounds or nodes run out.

    Parameters
    ----------
    town
        One neighbourhood, some tens or hundreds of households; `town.current` says who had what, `town.fixed` who must
        stay with the member of `owner`.
    owner
        A plan within the windows, its zones connected.
    """
    asking = _Asking(town, owner)
    best, at_least = owner, 0
    changed = _changes(town, best)
    for _ in range(rounds):
        if at_least >= changed:
            break
        answer, bound = asking.answer()
        at_least = max(at_least, min(bound, changed))
        if answer is None:
            break
        if not asking.cut_off(answer, changed):
            if _changes(town, answer) < changed:
                best, changed = answer, _changes(town, answer)
            break
    return Fewest(owner=best, changed=changed, at_least=min(at_least, changed))


def _changes(town: Town, owner: Ints) -> int:
    stays = town.current != NOBODY
    return int((owner[stays] != town.current[stays]).sum())


def _away(town: Town) -> Floats:
    """Return the squared distance of each household to the middle of what each member had, (n, k)."""
    had = begin(town, town.current)
    size = np.maximum(had.size, 1)
    dx = town.x[:, None] - (had.sum_x / size)[None]
    dy = town.y[:, None] - (had.sum_y / size)[None]
    away: Floats = dx**2 + dy**2
    return away


class _Asking:
    """The programme: column i * k + j is 1 where member j has household i."""

    def __init__(self, town: Town, owner: Ints) -> None:
        self.town, self.count, self.members = town, len(owner), len(town.low)
        size = self.count * self.members
        self.stays = np.flatnonzero(town.current != NOBODY)
        price = np.zeros((self.count, self.members))
        price[self.stays] = 1.0
        price[self.stays, town.current[self.stays]] = 0.0
        price += COMPACT * _away(town) / _away(town).max(axis=1).sum()
        least = np.zeros((self.count, self.members))
        least[town.fixed, owner[town.fixed]] = 1.0
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("mip_max_nodes", NODES)
        self.solver.setOptionValue("mip_abs_gap", GAP)
        self.solver.addVars(size, least.ravel(), np.ones(size))
        every = np.arange(size, dtype=np.int32)
        self.solver.changeColsCost(size, every, price.ravel())
        self.solver.changeColsIntegrality(
            size, every, np.full(size, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        )
        self._add(self._first_rows())
        for unit in np.flatnonzero(town.current == NOBODY):
            self._add(self._rings(int(unit), _changes(town, owner)))

    def answer(self) -> tuple[Ints | None, int]:
        """Return an answer, None where none was found, and a bound on the changes of all answers."""
        self.solver.run()
        info = self.solver.getInfo()
        bound = max(0, int(np.ceil(info.mip_dual_bound - COMPACT - SAME)))
        values = np.array(self.solver.getSolution().col_value)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, bound
        return values.reshape(self.count, self.members).argmax(axis=1).astype(np.int64), bound

    def cut_off(self, answer: Ints, changed: int) -> bool:
        """Add a row for each piece that is cut off from the rest of its zone; return whether there was one."""
        piece = pieces_of(self.town, answer)
        rows: Rows = []
        for member in range(self.members):
            own = np.flatnonzero(answer == member)
            sizes = np.bincount(piece[own])
            for one in np.flatnonzero(sizes > 0):
                if one != sizes.argmax():
                    rows += self._needs_rim(np.flatnonzero(piece == one), own, member, changed)
        self._add(rows)
        return bool(rows)

    def _needs_rim(self, apart: Ints, own: Ints, member: int, changed: int) -> Rows:
        """Return rows: a household of the piece needs one on its rim, if the zone is elsewhere too.

        It is, in every plan with fewer changes, where more households were the member's elsewhere than may change.
        """
        rim = np.setdiff1d(self._beside(apart), apart)
        near = np.union1d(apart, rim)
        elsewhere = np.setdiff1d(np.flatnonzero(self.town.current == member), near)
        sure = len(elsewhere) >= changed
        other = np.setdiff1d(own, near)[:1]
        rows: Rows = []
        for unit in apart:
            columns = [int(unit), *(int(u) for u in rim)]
            values = [-1.0, *([1.0] * len(rim))]
            low = 0.0
            if not sure:
                columns, values, low = [*columns, int(other[0])], [*values, -1.0], -1.0
            rows.append(
                (low, highspy.kHighsInf, [c * self.members + member for c in columns], values)
            )
        return rows

    def _rings(self, unit: int, changed: int) -> Rows:
        """Return rows: a household goes to a member only with one on every ring between it and what that member has."""
        inner = np.array([unit])
        rows: Rows = []
        for _ in range(RINGS):
            rim = np.setdiff1d(self._beside(inner), inner)
            within = np.union1d(inner, rim)
            had = self.town.current[np.setdiff1d(np.arange(self.count), within)]
            elsewhere = np.bincount(had[had != NOBODY], minlength=self.members)
            for member in np.flatnonzero(elsewhere >= max(changed, 1)):
                columns = [c * self.members + int(member) for c in (unit, *(int(u) for u in rim))]
                rows.append((0.0, highspy.kHighsInf, columns, [-1.0] + [1.0] * len(rim)))
            inner = within
        return rows

    def _beside(self, units: Ints) -> Ints:
        links = [self.town.to[self.town.starts[u] : self.town.starts[u + 1]] for u in units]
        return np.unique(np.concatenate(links))

    def _first_rows(self) -> Rows:
        """Return the rows known from the start: everyone once, loads in windows."""
        town, k = self.town, self.members
        rows: Rows = [
            (1.0, 1.0, list(range(i * k, i * k + k)), [1.0] * k) for i in range(self.count)
        ]
        for j in range(k):
            columns = list(range(j, self.count * k, k))
            rows.append((float(town.low[j]), float(town.high[j]), columns, list(town.load)))
        return rows

    def _add(self, rows: Rows) -> None:
        if not rows:
            return
        lengths = [len(columns) for _, _, columns, _ in rows]
        self.solver.addRows(
            len(rows),
            np.array([low for low, _, _, _ in rows]),
            np.array([high for _, high, _, _ in rows]),
            sum(lengths),
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32),
            np.concatenate([columns for _, _, columns, _ in rows]).astype(np.int32),
            np.concatenate([values for _, _, _, values in rows]),
        )
