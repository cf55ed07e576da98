"""The linear programme of few changes: who has what in parts, windows met, rows added and dropped as they matter.

Column c says how much of household `unit[c]` is with member `member[c]`. Only pairs that some plan with at most
`most` changes can hold have a column. Behind these may be columns of another meaning, which cost nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import gcd
from typing import Any

import highspy
import numpy as np

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town

# Loads are taken as whole multiples of a common step where they are whole in these parts of a unit.
PARTS = 1000
SLACK = 1e-6
# All distances together weigh so much less than a change.
COMPACT = 0.02
# After so many iterations of the simplex method it is asked whether to go on.
SLICE = 2_000


# How much more than allowed a column must cost to be left out.
CERTAIN = 1e-5
ENDED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


class NotSolvedError(ArithmeticError):
    """A linear programme was not brought to its end: stopped, or the solver gave up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`values` times the columns at `columns` is at least `low` (and at most `high`)."""

    columns: Ints
    values: Floats
    low: float
    high: float = float(highspy.kHighsInf)


@dataclass(slots=True)
class Program:
    """What is asked; `column` (n, k) is `NOBODY` where a pair is impossible."""

    town: Town
    unit: Ints
    member: Ints
    column: Ints
    changes: Floats
    away: Floats
    solver: Any
    keep_going: Callable[[], bool]
    rows: list[Row] = field(default_factory=list)
    more: int = 0

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.unit) + self.more

    def widen(self, columns: int) -> Ints:
        """Add columns between 0 and 1 that cost nothing; return their numbers."""
        first = self.width
        self.solver.addVars(columns, np.zeros(columns), np.ones(columns))
        self.more += columns
        return np.arange(first, first + columns)

    def values(self) -> Floats:
        """Return what all columns are in the last answer."""
        return np.array(self.solver.getSolution().col_value)

    def add(self, rows: list[Row]) -> None:
        """Add rows."""
        if not rows:
            return
        self.rows += rows
        lengths = [len(row.columns) for row in rows]
        self.solver.addRows(
            len(rows),
            np.array([row.low for row in rows]),
            np.array([row.high for row in rows]),
            sum(lengths),
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32),
            np.concatenate([row.columns for row in rows]).astype(np.int32),
            np.concatenate([row.values for row in rows]),
        )

    def drop_slack(self, first: int) -> None:
        """Drop the rows from `first` on that do not bind the present solution."""
        activity = np.array(self.solver.getSolution().row_value)
        low = np.array([row.low for row in self.rows])
        gone = np.flatnonzero(activity - low > SLACK)
        gone = gone[gone >= first]
        self.solver.deleteRows(len(gone), gone.astype(np.int32))
        left = np.ones(len(self.rows), dtype=bool)
        left[gone] = False
        self.rows = [row for row, stays in zip(self.rows, left, strict=True) if stays]

    def possible_with(self, rows: list[Row]) -> bool:
        """Return whether anything meets `rows` besides those there are; they are not kept."""
        kept, basis = len(self.rows), self.solver.getBasis()
        self.add(rows)
        found = self.solved() is not None
        self.solver.deleteRows(len(rows), np.arange(kept, kept + len(rows), dtype=np.int32))
        self.solver.setBasis(basis)
        del self.rows[kept:]
        return found

    def some(self, units: Ints, member: int) -> Row:
        """Return the row that a member has one of some households."""
        columns = self.column[units, member]
        columns = columns[columns != NOBODY]
        return Row(columns=columns, values=np.ones(len(columns)), low=1.0)

    def weigh(self, distances: float) -> None:
        """Let a change cost 1, and all distances together `distances` at most."""
        every = np.arange(len(self.unit), dtype=np.int32)
        self.solver.changeColsCost(len(every), every, self.changes + distances * self.away)

    def narrow(self, low: Floats, high: Floats) -> None:
        """Set the bounds of all columns."""
        every = np.arange(self.width, dtype=np.int32)
        self.solver.changeColsBounds(len(every), every, low, high)

    def limit(self, row: int, low: float, high: float) -> None:
        """Set the bounds of a row."""
        self.solver.changeRowBounds(row, low, high)

    def solved(self) -> Floats | None:
        """Return how much of each household each member has, (n, k); None where nothing meets all rows.

        Raises
        ------
        NotSolvedError
            The solver did not come to an end.
        """
        status = self._run()
        if status not in ENDED:
            self.solver.clearSolver()
            status = self._run()
        if status not in ENDED:
            raise NotSolvedError(str(status))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        share = np.zeros(self.column.shape)
        share[self.unit, self.member] = self.values()[: len(self.unit)]
        return share

    def _run(self) -> Any:
        """Run the solver in slices until it ends, or has nothing more to say."""
        while True:
            self.solver.run()
            status = self.solver.getModelStatus()
            if status != highspy.HighsModelStatus.kIterationLimit:
                return status
            if not self.keep_going():
                raise NotSolvedError("stopped")

    def cost(self) -> float:
        """Return what the last answer costs."""
        return float(self.solver.getInfo().objective_function_value)

    def dear(self, most: float) -> tuple[Ints, Ints]:
        """Return the columns that cannot be one, and that cannot be nought, where the whole may cost `most`.

        By the reduced costs of the last answer (Dantzig, Fulkerson & Johnson 1954).
        """
        answer = self.solver.getSolution()
        pairs = len(self.unit)
        value, price = np.array(answer.col_value)[:pairs], np.array(answer.col_dual)[:pairs]
        room = most - self.cost() + CERTAIN
        none = (value < SLACK) & (price > room)
        one = (value > 1 - SLACK) & (-price > room)
        return np.flatnonzero(none), np.flatnonzero(one)


def program(
    town: Town, possible: Bools, *, most: int, keep_going: Callable[[], bool] = lambda: True
) -> Program:
    """Return the programme of plans with at most `most` changes; `possible` (n, k) are pairs that they may hold.

    Between slices of work `keep_going` is asked; where it says no, `NotSolvedError` is raised.
    """
    unit, member = np.nonzero(possible)
    column = np.full(possible.shape, NOBODY)
    column[unit, member] = np.arange(len(unit))
    counts = (town.current[unit] != NOBODY) & (town.current[unit] != member)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.addVars(len(unit), np.zeros(len(unit)), np.ones(len(unit)))
    solver.setOptionValue("simplex_iteration_limit", SLICE)
    away = _away(town, possible)
    asked = Program(town, unit, member, column, counts.astype(np.float64), away, solver, keep_going)
    asked.weigh(COMPACT)
    asked.add(_first_rows(asked, most))
    return asked


def whole_windows(town: Town) -> tuple[Floats, Floats]:
    """Return the windows, drawn in to what loads can add up to where these have a common step."""
    parts = np.round(town.load * PARTS)
    low, high = town.low - SLACK, town.high + SLACK
    if (np.abs(parts - town.load * PARTS) > SLACK).any() or not parts.any():
        return low, high
    step = gcd(*(int(part) for part in parts)) / PARTS
    return np.ceil(low / step) * step - SLACK, np.floor(high / step) * step + SLACK


def _first_rows(asked: Program, most: int) -> list[Row]:
    """Return the rows known from the start: everyone once, loads in windows, at most so many changes."""
    town, column = asked.town, asked.column
    rows = []
    for own in column:
        columns = own[own != NOBODY]
        rows.append(Row(columns=columns, values=np.ones(len(columns)), low=1.0, high=1.0))
    for member, (low, high) in enumerate(zip(*whole_windows(town), strict=True)):
        some = np.flatnonzero(column[:, member] != NOBODY)
        rows.append(Row(columns=column[some, member], values=town.load[some], low=low, high=high))
    changing = np.flatnonzero(asked.changes)
    rows.append(Row(columns=changing, values=np.ones(len(changing)), low=0.0, high=float(most)))
    return [row for row in rows if len(row.columns) or row.low > 0]


def _away(town: Town, possible: Bools) -> Floats:
    """Return for each possible pair the squared distance to the middle of what the member had; all sum to 1 at most."""
    away = np.zeros(possible.shape)
    for member in range(possible.shape[1]):
        had = town.current == member
        if had.any():
            dx, dy = town.x - town.x[had].mean(), town.y - town.y[had].mean()
            away[:, member] = dx**2 + dy**2
    away[~possible] = 0.0
    share: Floats = (away / max(float(away.max(axis=1).sum()), SLACK))[possible]
    return share
