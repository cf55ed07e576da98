"""Where a fractional assignment is not connected: places between a unit and its zone's seat that carry too little.

A unit can belong to a zone only if some path of the zone's units leads to the seat; so whatever set of units
separates the two must hold at least as much of the zone as the unit does. The most violated such rows are least
node cuts (Menger), found by augmenting paths (Edmonds & Karp, J. ACM 19, 1972); for districts: Carvajal et al.,
Oper. Res. 61, 2013.
"""

from typing import NamedTuple

import numpy as np

from planning.compiled import compiled
from planning.zones import NOBODY, Bools, Floats, Ints

TINY = 1e-12
# How much a row must be violated to be told.
VIOLATED = 1e-3
MOST_ROWS = 4000


class Net(NamedTuple):
    """A network of units as arrays: `link[first_link[v]:first_link[v + 1]]` is next to v, `back` the link returning."""

    first_link: Ints
    link: Ints
    back: Ints


class Flow(NamedTuple):
    """A flow from a seat: `along` each link, `through` each unit; scratch for paths.

    A unit is two points, its entrance 2v and its exit 2v + 1; `parent` (of points) tells from where one was reached.
    """

    along: Floats
    through: Floats
    parent: Ints
    queue: Ints


def net(links: list[list[int]]) -> Net:
    """Return `links` (of each unit, both ways) as arrays."""
    first = np.concatenate([[0], np.cumsum([len(to) for to in links])]).astype(np.int64)
    link = np.array([to for around in links for to in around], dtype=np.int64)
    position = {
        (unit, to): int(first[unit]) + at
        for unit, around in enumerate(links)
        for at, to in enumerate(around)
    }
    back = [position[to, unit] for unit, around in enumerate(links) for to in around]
    return Net(first, link, np.array(back, dtype=np.int64))


def separators(share: Floats, seat: Ints, around: Net) -> list[tuple[int, int, Ints]]:
    """Return violated rows (unit, zone, separating units) of `share` (n, k), at most about `MOST_ROWS`.

    Each says: the share of the unit in the zone must not exceed the sum of the shares of the separating units.
    """
    row, cut = _separators(np.ascontiguousarray(share), seat, around)
    return [(int(one[0]), int(one[1]), cut[one[2] : one[3]].copy()) for one in row]


@compiled
def _separators(share: Floats, seat: Ints, around: Net) -> tuple[Ints, Ints]:
    """Return rows (unit, zone, begin, end) and the separating units they point to."""
    units, zones = share.shape
    row = np.zeros((MOST_ROWS, 4), dtype=np.int64)
    cut = np.zeros((MOST_ROWS + 2) * 40 + 2 * units, dtype=np.int64)
    flow = Flow(
        np.zeros(len(around.link)),
        np.zeros(units),
        np.zeros(2 * units, dtype=np.int64),
        np.zeros(2 * units, dtype=np.int64),
    )
    reached = np.zeros(2 * units, dtype=np.bool_)
    rows, used = 0, 0
    for zone in range(zones):
        room = share[:, zone].copy()
        for unit in range(units):
            if room[unit] < VIOLATED or _adjacent(around, unit, seat[zone]):
                continue
            if rows + 2 > MOST_ROWS or used + 2 * units > len(cut):
                return row[:rows], cut
            if _carried(room, seat[zone], unit, around, flow) >= room[unit] - VIOLATED:
                continue
            begin = used
            for other in range(units):
                if (
                    flow.parent[2 * other] != NOBODY
                    and flow.parent[2 * other + 1] == NOBODY
                    and other != unit
                ):
                    cut[used] = other
                    used += 1
            row[rows] = unit, zone, begin, used
            rows += 1
            _leading_to(room, unit, around, flow, reached)
            middle = used
            for other in range(units):
                if reached[2 * other + 1] and not reached[2 * other]:
                    cut[used] = other
                    used += 1
            if _same(cut, begin, middle, used):
                used = middle
            else:
                row[rows] = unit, zone, middle, used
                rows += 1
    return row[:rows], cut


@compiled
def _same(cut: Ints, begin: int, middle: int, end: int) -> bool:
    """Return whether both halves hold the same."""
    same = middle - begin == end - middle
    for at in range(middle - begin if same else 0):
        same &= cut[begin + at] == cut[middle + at]
    return same


@compiled
def _adjacent(around: Net, unit: int, seat: int) -> bool:
    """Return whether `unit` is the seat or next to it."""
    adjacent = unit == seat
    for at in range(around.first_link[unit], around.first_link[unit + 1]):
        adjacent |= around.link[at] == seat
    return adjacent


@compiled
def _carried(room: Floats, seat: int, target: int, around: Net, flow: Flow) -> float:
    """Return how much flows from the seat to `target` through units of given `room`, stopping past the target's own."""
    flow.along[:] = 0.0
    flow.through[:] = 0.0
    total = 0.0
    while total < room[target] - TINY and _path(room, seat, target, around, flow):
        total += _push(room, seat, target, around, flow)
    return total


@compiled
def _path(room: Floats, seat: int, target: int, around: Net, flow: Flow) -> bool:
    """Find a shortest way with room left from the seat's exit to the target's entrance, written into `flow.parent`."""
    parent, queue = flow.parent, flow.queue
    parent[:] = NOBODY
    queue[0], parent[2 * seat + 1] = 2 * seat + 1, 2 * seat + 1
    met, ahead = 0, 1
    while met < ahead:
        point = queue[met]
        unit, leaving = point // 2, point % 2 == 1
        met += 1
        across = flow.through[unit] > TINY if leaving else room[unit] - flow.through[unit] > TINY
        if unit != seat and across and parent[point ^ 1] == NOBODY:
            parent[point ^ 1] = point
            queue[ahead] = point ^ 1
            ahead += 1
        for at in range(around.first_link[unit], around.first_link[unit + 1]):
            to = 2 * around.link[at] + (0 if leaving else 1)
            if parent[to] != NOBODY or (not leaving and flow.along[around.back[at]] <= TINY):
                continue
            parent[to] = point
            if to == 2 * target:
                return True
            queue[ahead] = to
            ahead += 1
    return False


@compiled
def _link_between(around: Net, one: int, other: int) -> int:
    for at in range(around.first_link[one], around.first_link[one + 1]):
        if around.link[at] == other:
            return at
    return NOBODY


@compiled
def _push(room: Floats, seat: int, target: int, around: Net, flow: Flow) -> float:
    """Send as much as fits, at most the target's room, along the way found; return how much."""
    most = room[target]
    for sending in (False, True):
        point = 2 * target
        while point != 2 * seat + 1:
            before = flow.parent[point]
            unit, other = point // 2, before // 2
            if unit == other:
                left = room[unit] - flow.through[unit] if point % 2 else flow.through[unit]
                if sending:
                    flow.through[unit] += most if point % 2 else -most
            elif before % 2 == 1:
                left = most
                if sending:
                    flow.along[_link_between(around, other, unit)] += most
            else:
                at = _link_between(around, unit, other)
                left = flow.along[at]
                if sending:
                    flow.along[at] -= most
            if not sending:
                most = min(most, left)
            point = before
    return float(most)


@compiled
def _leading_to(room: Floats, target: int, around: Net, flow: Flow, reached: Bools) -> None:
    """Mark in `reached` the points from which more could flow to `target`."""
    reached[:] = False
    reached[2 * target] = True
    queue = flow.queue
    queue[0] = 2 * target
    met, ahead = 0, 1
    while met < ahead:
        point = queue[met]
        unit, leaving = point // 2, point % 2 == 1
        met += 1
        across = room[unit] - flow.through[unit] > TINY if leaving else flow.through[unit] > TINY
        if unit != target and across and not reached[point ^ 1]:
            reached[point ^ 1] = True
            queue[ahead] = point ^ 1
            ahead += 1
        for at in range(around.first_link[unit], around.first_link[unit + 1]):
            to = 2 * around.link[at] + (0 if leaving else 1)
            if reached[to] or to == 2 * target + 1 or (leaving and flow.along[at] <= TINY):
                continue
            reached[to] = True
            queue[ahead] = to
            ahead += 1
