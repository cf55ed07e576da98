"""Who moves where, exactly: a transportation problem, a mixed-integer one where skills are asked for.

Every team is a seat. Moves fill as many missing places as can be filled, then give as many missing skills as can be
given, then cost least; each aim is solved to its optimum and kept while the next is sought (HiGHS through scipy).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from planning.zones import Bools, Floats, Ints

# What is nearer to a whole number than this is one.
WHOLE = 1e-6
Entries = list[tuple[Ints, Ints, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What may move, and what is wanted.

    Groups of people alike in all that counts here: `seat` (g) they sit on, `count` (g), `skill` (g, s). Seats: `short`
    and `spare` people (n), `held` (n, s) how many sit there with each skill asked for. Possible moves: `who` (m) of
    the groups goes `to` (m) which seat at what `cost` (m, not negative) a person.
    """

    seat: Ints
    count: Ints
    skill: Bools
    short: Ints
    spare: Ints
    held: Ints
    who: Ints
    to: Ints
    cost: Floats


def best_moves(moving: Moving) -> Ints:
    """Return how many people make each possible move (m).

    Every seat keeps the people it needs, or those it has where it has fewer, and somebody with each skill that it has.
    """
    people = np.zeros(len(moving.who), dtype=np.int64)
    if not len(people):
        return people
    seats = len(moving.short)
    ways = coo_array((np.ones(len(people)), (moving.seat[moving.who], moving.to)), (seats, seats))
    part = connected_components(ways, directed=False)[1]
    for one in np.unique(part[moving.to]):
        rows = np.flatnonzero(part[moving.to] == one)
        people[rows] = _Program(moving, rows).solved()
    return people


class _Program:
    """The program of moves among seats that can help one another.

    Its columns: people who make each move; places filled at each short seat; skills given to each seat without them.
    """

    def __init__(self, moving: Moving, moves: Ints) -> None:
        self.moving = moving
        self.who, self.to, self.cost = moving.who[moves], moving.to[moves], moving.cost[moves]
        self.source = moving.seat[self.who]
        self.seats = np.unique(np.r_[self.source, self.to])
        self.wanting = np.unique(self.to[moving.short[self.to] > 0])
        lacking = moving.held[self.seats] == 0
        self.lacking, self.skill = self.seats[np.nonzero(lacking)[0]], np.nonzero(lacking)[1]
        self.filled_at = len(moves)
        self.given_at = self.filled_at + len(self.wanting)
        self.columns = self.given_at + len(self.lacking)

    def solved(self) -> Ints:
        """Return the people of each move."""
        rules = [self._people(), self._seats(), *self._skills()]
        filled, given, cost = (np.zeros(self.columns) for _ in range(3))
        filled[self.filled_at : self.given_at] = -1
        given[self.given_at :] = -1
        cost[: self.filled_at] = self.cost
        for aim in (filled, given):
            if aim.any():
                best = self._least(aim, rules)
                rules.append(
                    LinearConstraint(csr_array(aim[None]), -np.inf, round(float(aim @ best)))
                )
        moved: Ints = np.round(self._least(cost, rules)[: self.filled_at]).astype(np.int64)
        return moved

    def _least(self, aim: Floats, rules: list[LinearConstraint]) -> Floats:
        """Return a whole-numbered point with the least of `aim`.

        Without skills the corners of the continuous problem are whole numbers already: it is one of transportation.
        """
        if not self.moving.skill.size:
            corner = self._optimum(aim, rules, whole=False)
            if np.abs(corner - np.round(corner)).max(initial=0.0) < WHOLE:
                return corner
        return self._optimum(aim, rules, whole=True)

    def _optimum(self, aim: Floats, rules: list[LinearConstraint], *, whole: bool) -> Floats:
        upper = np.ones(self.columns)
        upper[: self.filled_at] = self.moving.count[self.who]
        upper[self.filled_at : self.given_at] = self.moving.short[self.wanting]
        found = milp(
            aim,
            integrality=np.full(self.columns, int(whole)),
            bounds=Bounds(0, upper),
            constraints=rules,
            options={"mip_rel_gap": 0.0},
        )
        return np.asarray(found.x)

    def _people(self) -> LinearConstraint:
        """Nobody moves twice."""
        groups, row = np.unique(self.who, return_inverse=True)
        table = self._table([(row, np.arange(len(row)), 1.0)], len(groups))
        return LinearConstraint(table, -np.inf, self.moving.count[groups])

    def _seats(self) -> LinearConstraint:
        """A seat gives what it has to spare; a place is filled by somebody who comes and stays."""
        move = np.arange(len(self.who))
        filled = np.arange(self.filled_at, self.given_at)
        entries = [
            (self._row(self.to), move, 1.0),
            (self._row(self.source), move, -1.0),
            (self._row(self.wanting), filled, -1.0),
        ]
        table = self._table(entries, len(self.seats))
        return LinearConstraint(table, -self.moving.spare[self.seats], np.inf)

    def _skills(self) -> list[LinearConstraint]:
        """A seat keeps somebody with each skill it has; a skill is given by somebody who has it."""
        found = []
        for skill in range(self.moving.skill.shape[1]):
            able = np.flatnonzero(self.moving.skill[self.who, skill])
            given = np.flatnonzero(self.skill == skill)
            entries = [
                (self._row(self.to[able]), able, 1.0),
                (self._row(self.source[able]), able, -1.0),
                (self._row(self.lacking[given]), self.given_at + given, -1.0),
            ]
            least = np.minimum(1 - self.moving.held[self.seats, skill], 0)
            table = self._table(entries, len(self.seats))
            found.append(LinearConstraint(table, least, np.inf))
        return found

    def _row(self, seats: Ints) -> Ints:
        row: Ints = np.searchsorted(self.seats, seats)
        return row

    def _table(self, entries: Entries, rows: int) -> csr_array:
        row = np.concatenate([one[0] for one in entries])
        column = np.concatenate([one[1] for one in entries])
        value = np.concatenate([np.full(len(one[0]), one[2]) for one in entries])
        return coo_array((value, (row, column)), (rows, self.columns)).tocsr()
