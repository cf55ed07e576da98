"""Doors: whether a zone gets at a patch of households without a member that lies behind households of others.

A divided answer opens a door an eighth wide: of forty households behind it, five in parts, for an eighth of the way
there. So a door is a column of its own, 1 where the member has any of the patch. Then members who lack load open a
door all the way, or take what they lack from others (flow covers: Padberg, Van Roy & Wolsey, Operations Research 33,
1985); and what separates a zone from the patch holds as much of the zone as the door is open.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from planning.cell_state import NOBODY, Floats, Ints, Town
from planning.change_flow import FREELY, Ways, least_cut
from planning.change_groups import patches
from planning.change_program import SLACK, Program, Row, whole_windows
from planning.change_reach import changes_to

VIOLATED = 1e-2
# A door is asked for so many rows at once.
NESTED = 12
# So many members are looked at together.
TOGETHER = 4
MOST_MEMBERS = 12


class Door(NamedTuple):
    """`column` is 1 where `member` has any of the households `patch`."""

    patch: Ints
    member: int
    column: int


class Doors:
    """The doors of a programme, its columns and first rows added to it."""

    def __init__(self, asked: Program) -> None:
        self.asked, self.town = asked, asked.town
        self.away = [changes_to(self.town, self.town.current == one) for one in _members(asked)]
        behind = [
            (units, member)
            for units in patches_of(self.town)
            for member in _members(asked)
            if len(units) > 1 and self._behind(units, member)
        ]
        columns = asked.widen(len(behind))
        self.doors = [Door(*one, int(at)) for one, at in zip(behind, columns, strict=True)]
        asked.add([row for door in self.doors for row in self._meaning(door)])
        self.pool = list(self._of_groups())
        self.pooled = _matrix(self.pool, asked.width)
        self.least = np.array([row.low for row in self.pool])

    def violated(self, ways: list[Ways], seats: list[Ints]) -> list[Row]:
        """Return rows that the last answer does not meet; `ways` lead from the `seats` of zones."""
        value = self.asked.values()
        missed = np.flatnonzero(self.pooled @ value < self.least - VIOLATED * self.least)
        rows = [self.pool[at] for at in missed]
        for door in self.doors:
            if len(seats[door.member]) and value[door.column] > VIOLATED:
                rows += self._opening(door, value, ways[door.member], seats[door.member])
        return rows

    def _behind(self, units: Ints, member: int) -> bool:
        there = self.asked.column[units, member] != NOBODY
        return bool(there.any() and self.away[member][units].min() > 0)

    def _meaning(self, door: Door) -> list[Row]:
        """Return the rows that say what a door is."""
        inside = self._columns(door.patch, door.member)
        pair = np.array([1.0, -1.0])
        rows = [Row(columns=np.array([door.column, at]), values=pair, low=0.0) for at in inside]
        every = np.append(inside, door.column)
        values = np.append(np.ones(len(inside)), -1.0)
        return [*rows, Row(columns=every, values=values, low=0.0)]

    def _columns(self, units: Ints, member: int) -> Ints:
        columns = self.asked.column[units, member]
        there: Ints = columns[columns != NOBODY]
        return there

    def _opening(self, door: Door, value: Floats, ways: Ways, seat: Ints) -> list[Row]:
        """Return violated rows of least cuts between the seat and the patch, one in another."""
        column = self.asked.column[:, door.member]
        room = np.where(column == NOBODY, 0.0, value[column])
        room[seat] = FREELY
        given = np.zeros(len(room))
        given[door.patch] = FREELY
        rows: list[Row] = []
        while len(rows) < NESTED:
            cut = least_cut(ways, room, given, value[door.column] - VIOLATED)
            if cut is None:
                break
            rim = np.flatnonzero(cut[0] & ~cut[1])
            bridge = self._columns(rim, door.member)
            columns = np.append(bridge, door.column)
            rows.append(Row(columns=columns, values=np.append(np.ones(len(bridge)), -1.0), low=0.0))
            if not len(rim):
                break
            room[rim] = FREELY
        return rows

    def _of_groups(self) -> Iterator[Row]:
        """Return rows: what some members lack together they take from others, or one of them opens a door."""
        members = _members(self.asked)
        sizes = range(1, 1 + (TOGETHER if len(members) <= MOST_MEMBERS else 2))
        for group in (np.array(some) for size in sizes for some in combinations(members, size)):
            yield from self._taken_by(group)

    def _taken_by(self, group: Ints) -> Iterator[Row]:
        town, column = self.town, self.asked.column
        had = np.isin(town.current, group)
        lacks = float(whole_windows(town)[0][group].sum() - town.load[had].sum())
        doors = [door for door in self.doors if door.member in group]
        open_to = np.min([self.away[member] for member in group], axis=0) == 0
        beside = [one for one in patches_of(town) if open_to[one].any()]
        lacks -= sum(float(town.load[one].sum()) for one in beside)
        if lacks <= SLACK * len(group):
            return
        taken = ~had
        for units in (*beside, *(door.patch for door in doors)):
            taken[units] = False
        units, at = np.nonzero(taken[:, None] & (column[:, group] != NOBODY))
        weight = np.minimum(town.load[units], lacks)
        room = [min(float(town.load[door.patch].sum()), lacks) for door in doors]
        yield Row(
            columns=np.append(column[units, group[at]], [door.column for door in doors]).astype(
                int
            ),
            values=np.append(weight, room),
            low=lacks,
        )


def _members(asked: Program) -> range:
    return range(len(asked.town.low))


def patches_of(town: Town) -> list[Ints]:
    """Return the patches of neighbours without a member."""
    patch = patches(town)
    return [np.flatnonzero(patch == one) for one in np.unique(patch[patch != NOBODY])]


def _matrix(rows: list[Row], width: int) -> csr_array:
    lengths = [len(row.columns) for row in rows]
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    if not rows:
        return csr_array((0, width))
    columns = np.concatenate([row.columns for row in rows])
    return csr_array(
        (np.concatenate([row.values for row in rows]), columns, first), (len(rows), width)
    )
