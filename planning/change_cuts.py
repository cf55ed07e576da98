"""Rows that connected zones meet and a divided answer does not.

Three kinds: what separates a household from the seat of a zone holds at least as much of the zone as the household
(`planning.separators`); a zone that needs more load than there is inside a ring around it must cross the ring, or
take what it lacks from others inside; and for zones without a seat, two pieces need one on the rim of one of them
(Oehrlein & Haunert 2017).
"""

from typing import NamedTuple

import numpy as np

from planning.cell_repair import pieces_of
from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.change_doors import Doors
from planning.change_flow import FREELY, least_cut, ways_from
from planning.change_groups import patches
from planning.change_program import Program, Row, whole_windows
from planning.change_reach import beside
from planning.separators import Net, net, separators

VIOLATED = 1e-2
SEAT_ROOM = 1e6
# A ring is asked for so many rows at once.
NESTED = 12


class Ring(NamedTuple):
    """A member who `lacks` load although all `free` households (without a member, near) were added."""

    member: int
    lacks: float
    beyond: Bools


class Cuts:
    """What is known of a programme's zones."""

    def __init__(self, asked: Program, seats: list[Ints]) -> None:
        self.asked, self.town, self.seats = asked, asked.town, seats
        count = len(self.town.x)
        links = [beside(self.town, unit) for unit in range(count)]
        self.nets = [_with_seat(links, seat) for seat in seats]
        self.ways = [ways_from(self.town, seat) for seat in seats]
        self.rings = _rings(self.town, seats)
        self.doors = Doors(asked)

    def violated(self, share: Floats) -> list[Row]:
        """Return rows that a share (n, k) does not meet."""
        rows = self.doors.violated(self.ways, self.seats)
        for member in range(share.shape[1]):
            if len(self.seats[member]):
                rows += self._connecting(share[:, member], member)
        for ring in self.rings:
            rows += self._crossing(share[:, ring.member], ring)
        return rows

    def rejoining(self, owner: Ints) -> list[Row]:
        """Return rows: two pieces of a zone need a household on the rim of the smaller one."""
        piece = pieces_of(self.town, owner)
        rows: list[Row] = []
        for member in range(len(self.town.low)):
            own = np.flatnonzero(owner == member)
            sizes = np.bincount(piece[own])
            for one in np.flatnonzero(sizes):
                if one != sizes.argmax():
                    other = own[piece[own] == sizes.argmax()][0]
                    rows.append(self._together(np.flatnonzero(piece == one), int(other), member))
        return rows

    def _together(self, apart: Ints, other: int, member: int) -> Row:
        around = {other for unit in apart for other in beside(self.town, int(unit))}
        rim = np.array(sorted(around - set(apart.tolist())), dtype=np.int64)
        bridge = self._columns(rim, member)
        pair = self.asked.column[[int(apart[0]), other], member]
        values = np.concatenate([[-1.0, -1.0], np.ones(len(bridge))])
        return Row(columns=np.concatenate([pair, bridge]), values=values, low=-1.0)

    def _columns(self, units: Ints, member: int) -> Ints:
        columns = self.asked.column[units, member]
        there: Ints = columns[columns != NOBODY]
        return there

    def _connecting(self, share: Floats, member: int) -> list[Row]:
        room = np.append(share, SEAT_ROOM)
        room[self.seats[member]] = SEAT_ROOM
        top = np.array([len(share)])
        rows = []
        for unit, _, between in separators(room[:, None], top, self.nets[member]):
            bridge = self._columns(between, member)
            columns = np.append(bridge, self.asked.column[unit, member])
            rows.append(Row(columns=columns, values=np.append(np.ones(len(bridge)), -1.0), low=0.0))
        return rows

    def _crossing(self, share: Floats, ring: Ring) -> list[Row]:
        """Return violated rows of a ring: least cuts between the seat and the free households beyond, one in another.

        Cuts that are nested are told at once (Koch & Martin 1998): what a cut goes through is then passed freely.
        """
        town, member = self.town, ring.member
        others = (town.current != NOBODY) & (town.current != member)
        weight = np.minimum(town.load / ring.lacks, 1.0)
        room, given = share.copy(), np.where(others, weight * share, 0.0)
        room[self.seats[member]] = FREELY
        given[ring.beyond] = FREELY
        rows: list[Row] = []
        while len(rows) < NESTED:
            cut = least_cut(self.ways[member], room, given, 1.0 - VIOLATED)
            if cut is None:
                break
            entered, left = cut
            rim, within = np.flatnonzero(entered & ~left), np.flatnonzero(left & others)
            rows.append(self._ringed(rim, within[self._has(within, member)], weight, member))
            if not len(rim):
                break
            room[rim] = FREELY
        return rows

    def _ringed(self, rim: Ints, within: Ints, weight: Floats, member: int) -> Row:
        crossing = self._columns(rim, member)
        columns = np.concatenate([crossing, self._columns(within, member)])
        values = np.concatenate([np.ones(len(crossing)), weight[within]])
        return Row(columns=columns, values=values, low=1.0)

    def _has(self, units: Ints, member: int) -> Bools:
        there: Bools = self.asked.column[units, member] != NOBODY
        return there


def _with_seat(links: list[list[int]], seat: Ints) -> Net:
    """Return the neighbours with one point more, next to all of the seat."""
    top = len(links)
    more = [list(around) for around in links]
    for unit in seat.tolist():
        more[unit].append(top)
    return net([*more, seat.tolist()])


def _rings(town: Town, seats: list[Ints]) -> list[Ring]:
    """Return who lacks load, alone and with ever more of the patches without a member beside."""
    low = whole_windows(town)[0]
    patch = patches(town)
    rings = []
    for member, seat in enumerate(seats):
        lacks = float(low[member] - town.load[town.current == member].sum())
        if not len(seat) or lacks <= 0:
            continue
        beyond = town.current == NOBODY
        rings.append(Ring(member, lacks, beyond.copy()))
        middle = town.x[seat[0]], town.y[seat[0]]
        for one in _nearest(town, patch, middle):
            load = float(town.load[one].sum())
            if load < lacks:
                lacks -= load
                beyond[one] = False
                rings.append(Ring(member, lacks, beyond.copy()))
    return rings


def _nearest(town: Town, patch: Ints, middle: tuple[float, float]) -> list[Ints]:
    """Return the patches, the nearest first."""
    away = (town.x - middle[0]) ** 2 + (town.y - middle[1]) ** 2
    parts = [np.flatnonzero(patch == one) for one in np.unique(patch[patch != NOBODY])]
    return sorted(parts, key=lambda units: (float(away[units].min()), int(units[0])))
