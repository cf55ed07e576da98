"""Zones made whole, and brought into their windows along chains of neighbouring zones."""

import numpy as np

from planning.cell_state import (
    NOBODY,
    Ints,
    Town,
    Zones,
    added,
    begin,
    hand_over,
    holds_without,
)
from planning.compiled import compiled

UNSEEN = -2


def made_whole(town: Town, owner: Ints) -> Zones:
    """Return zones of which each keeps its largest piece (and what is fixed); the rest goes to neighbours.

    A household with `NOBODY` goes to the neighbouring zone that it burdens least, one with room before one without.
    """
    loose = _loose(town, owner.astype(np.int64), len(town.low))
    zones = begin(town, np.where(loose, NOBODY, owner))
    grow(town, zones)
    return zones


@compiled
def _loose(town: Town, owner: Ints, members: int) -> Ints:
    """Return 1 for households that are not in the largest piece of their zone and not in one with a fixed household."""
    count, piece = len(owner), pieces_of(town, owner)
    size, held = np.zeros(count), np.zeros(count, dtype=np.bool_)
    for u in range(count):
        size[piece[u]] += 1
        held[piece[u]] |= town.fixed[u]
    best = np.full(members, -1)
    for u in range(count):
        zone, p = owner[u], piece[u]
        if zone >= 0 and (
            best[zone] < 0 or (held[p], size[p]) > (held[best[zone]], size[best[zone]])
        ):
            best[zone] = p
    loose = np.zeros(count, dtype=np.int64)
    for u in range(count):
        if owner[u] < 0 or (piece[u] != best[owner[u]] and not held[piece[u]]):
            loose[u] = 1
    return loose


def grow(town: Town, zones: Zones) -> None:
    """Give every household of `NOBODY` to a zone beside it, in place; what no zone reaches goes to the nearest."""
    if (zones.owner == NOBODY).any():
        _grow(town, zones, True)
        _grow(town, zones, False)
    for unit in np.flatnonzero(zones.owner == NOBODY):
        some = np.maximum(zones.size, 1)
        away = (town.x[unit] - zones.sum_x / some) ** 2 + (town.y[unit] - zones.sum_y / some) ** 2
        empty = zones.size == 0
        hand_over(town, zones, int(unit), int(empty.argmax() if empty.any() else away.argmin()))


@compiled
def _grow(town: Town, zones: Zones, with_room: bool) -> None:
    """Round by round, give households of nobody to the zone beside them that they burden least."""
    rim = np.flatnonzero(zones.owner == NOBODY)
    while len(rim) > 0:
        taken, left = 0, 0
        for i in range(len(rim)):
            unit, best, least = rim[i], -1, np.inf
            for e in range(town.starts[unit], town.starts[unit + 1]):
                z = zones.owner[town.to[e]]
                if z < 0 or (with_room and zones.load[z] + town.load[unit] > town.high[z]):
                    continue
                more = added(town, zones, unit, z)
                if town.current[unit] >= 0 and town.current[unit] != z:
                    more += town.keep
                if more < least:
                    best, least = z, more
            if best >= 0:
                hand_over(town, zones, unit, best)
                taken += 1
            else:
                rim[left] = unit
                left += 1
        rim = rim[:left]
        if taken == 0:
            return


def seeded(town: Town, owner: Ints) -> Ints:
    """Return the zones, each member without any household given one of the most burdened zone's."""
    owner, points = np.array(owner, dtype=np.int64), np.stack([town.x, town.y], axis=1)
    load = np.bincount(owner[owner >= 0], weights=town.load[owner >= 0], minlength=len(town.low))
    for member in np.flatnonzero(np.bincount(owner[owner >= 0], minlength=len(town.low)) == 0):
        free = np.flatnonzero((owner == NOBODY) & ~town.fixed)
        if not len(free):
            free = np.flatnonzero((owner == int((load - town.high).argmax())) & ~town.fixed)
        if len(free) < 1:
            continue
        middle = np.median(points[free], axis=0)
        far = ((points[free] - middle) ** 2).sum(axis=1)
        unit = free[far.argmin() if owner[free[0]] == NOBODY else far.argmax()]
        if owner[unit] != NOBODY:
            load[owner[unit]] -= town.load[unit]
        owner[unit] = member
        load[member] += town.load[unit]
    return owner


def joined(town: Town, zones: Zones, *, rounds: int = 8) -> Zones:
    """Return zones of which the pieces that fixed households hold apart are joined where others can make way.

    The pieces of a zone are joined along the fewest households that are not fixed; those whose zone would break are
    walked around where possible. What is cut off elsewhere is regrown.
    """
    for _ in range(rounds):
        piece = pieces_of(town, zones.owner)
        apart = _apart(zones.owner, piece)
        if not len(apart):
            break
        for first in apart:
            _join(town, zones, piece, int(first))
        zones = made_whole(town, zones.owner)
    return zones


def _apart(owner: Ints, piece: Ints) -> Ints:
    """Return one household of each piece that is not the largest of its zone."""
    first, size = np.unique(piece, return_index=True, return_counts=True)[1:]
    by_size = np.argsort(-size, kind="stable")
    zone = owner[first[by_size]]
    again = np.ones(len(zone), dtype=bool)
    again[np.unique(zone, return_index=True)[1]] = False
    return first[by_size][again]


@compiled
def pieces_of(town: Town, owner: Ints) -> Ints:
    """Return the number of the connected piece of its zone that each household is in."""
    count = len(owner)
    piece, queue = np.full(count, -1), np.zeros(count, dtype=np.int64)
    pieces = 0
    for first in range(count):
        if piece[first] >= 0:
            continue
        piece[first], queue[0] = pieces, first
        at, end = 0, 1
        while at < end:
            u = queue[at]
            at += 1
            for e in range(town.starts[u], town.starts[u + 1]):
                v = town.to[e]
                if owner[v] == owner[first] and piece[v] < 0:
                    piece[v], queue[end] = pieces, v
                    end += 1
        pieces += 1
    return piece


@compiled
def _join(town: Town, zones: Zones, piece: Ints, first: int) -> None:
    """Hand over the households on the shortest way from one piece of a zone to another of it."""
    count, zone = len(piece), zones.owner[first]
    came, queue = np.full(count, UNSEEN), np.zeros(count, dtype=np.int64)
    end = 0
    for u in range(count):
        if piece[u] == piece[first]:
            came[u], queue[end] = -1, u
            end += 1
    at = 0
    while at < end:
        u = queue[at]
        at += 1
        if zones.owner[u] == zone and piece[u] != piece[first]:
            u = came[u]
            while u >= 0 and came[u] != -1:
                if zones.owner[u] != zone:
                    hand_over(town, zones, u, zone)
                u = came[u]
            return
        for e in range(town.starts[u], town.starts[u + 1]):
            v = town.to[e]
            own = zones.owner[v] == zone
            if came[v] == UNSEEN and (own or (not town.fixed[v] and holds_without(town, zones, v))):
                came[v], queue[end] = u, v
                end += 1
