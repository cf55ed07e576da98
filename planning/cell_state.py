"""Zones on the plane while they are searched: who owns what, and what a handing over would cost.

Costs are square metres: a household costs the square of its distance to its zone's centre, which is the zone's mean
point, or the member's home where that is known; and `keep` more where it is not with the member it was with.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planning.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOBODY = -1
SAME_LOAD = 1e-9


class Town(NamedTuple):
    """What stays as it is: n households on a neighbour graph, k members and their windows.

    `home_x`, `home_y` are NaN where a centre is free; `current` is `NOBODY` where a household was with
    no one who stays.
    """

    x: Floats
    y: Floats
    load: Floats
    starts: Ints
    to: Ints
    current: Ints
    fixed: Bools
    keep: float
    low: Floats
    high: Floats
    home_x: Floats
    home_y: Floats


class Zones(NamedTuple):
    """What changes: the `owner` of each household, size and running sums of each zone, and marks for looking around.

    `seen` holds stamps, the last one used is `stamp[0]`; `queue` is room for n households.
    """

    owner: Ints
    size: Floats
    sum_x: Floats
    sum_y: Floats
    load: Floats
    seen: Ints
    queue: Ints
    stamp: Ints


def begin(town: Town, owner: Ints) -> Zones:
    """Return the zones of an assignment; some households may be with `NOBODY`."""
    members, count = len(town.low), len(owner)
    shared = owner != NOBODY
    own = owner[shared]

    def summed(values: Floats) -> Floats:
        return np.bincount(own, weights=values[shared], minlength=members).astype(np.float64)

    return Zones(
        owner=owner.astype(np.int64),
        size=summed(np.ones(count)),
        sum_x=summed(town.x),
        sum_y=summed(town.y),
        load=summed(town.load),
        seen=np.zeros(count, dtype=np.int64),
        queue=np.zeros(count, dtype=np.int64),
        stamp=np.zeros(1, dtype=np.int64),
    )


@compiled
def squared_away(town: Town, zones: Zones, unit: int, zone: int) -> float:
    """Return the squared distance of a household to a zone's centre; 0 where there is none yet."""
    if not np.isnan(town.home_x[zone]):
        cx, cy = town.home_x[zone], town.home_y[zone]
    elif zones.size[zone] > 0:
        n = zones.size[zone]
        cx, cy = zones.sum_x[zone] / n, zones.sum_y[zone] / n
    else:
        return 0.0
    dx: float = town.x[unit] - cx
    dy: float = town.y[unit] - cy
    return dx * dx + dy * dy


@compiled
def saved(town: Town, zones: Zones, unit: int, zone: int) -> float:
    """Return the cost a zone is spared when one of its households leaves (exact, Hartigan & Wong 1979)."""
    away = squared_away(town, zones, unit, zone)
    n: float = zones.size[zone]
    if not np.isnan(town.home_x[zone]):
        return away
    return away * n / (n - 1) if n > 1 else 0.0


@compiled
def added(town: Town, zones: Zones, unit: int, zone: int) -> float:
    """Return the cost a zone is burdened with when a household joins it."""
    away = squared_away(town, zones, unit, zone)
    n: float = zones.size[zone]
    return away if not np.isnan(town.home_x[zone]) else away * n / (n + 1)


@compiled
def kept(town: Town, unit: int, start: int, end: int) -> float:
    """Return the price of changing hands that handing `unit` from one zone to another adds (or takes back)."""
    was = town.current[unit]
    if was == start:
        return town.keep
    if was == end:
        return -town.keep
    return 0.0


@compiled
def outside(load: float, low: float, high: float) -> float:
    """Return how far a load is outside its window."""
    return max(low - load, load - high, 0.0)


@compiled
def more_outside(town: Town, zones: Zones, unit: int, start: int, end: int) -> float:
    """Return by how much handing `unit` over takes both zones further outside their windows (less: negative)."""
    w, la, lb = town.load[unit], zones.load[start], zones.load[end]
    before = outside(la, town.low[start], town.high[start]) + outside(
        lb, town.low[end], town.high[end]
    )
    after = outside(la - w, town.low[start], town.high[start]) + outside(
        lb + w, town.low[end], town.high[end]
    )
    return after - before


@compiled
def hand_over(town: Town, zones: Zones, unit: int, end: int) -> None:
    """Give a household to another zone."""
    start = zones.owner[unit]
    if start >= 0:
        zones.size[start] -= 1
        zones.sum_x[start] -= town.x[unit]
        zones.sum_y[start] -= town.y[unit]
        zones.load[start] -= town.load[unit]
    zones.owner[unit] = end
    zones.size[end] += 1
    zones.sum_x[end] += town.x[unit]
    zones.sum_y[end] += town.y[unit]
    zones.load[end] += town.load[unit]


@compiled
def holds_without(town: Town, zones: Zones, unit: int) -> bool:
    """Return whether the rest of a household's zone stays in one piece without it, and is not empty.

    It looks around from one neighbour in the zone until all of them are met.
    """
    zone, own, count = zones.owner[unit], zones.owner, 0
    wanted, met = zones.stamp[0] + 1, zones.stamp[0] + 2
    zones.stamp[0] += 2
    first = -1
    for e in range(town.starts[unit], town.starts[unit + 1]):
        v = town.to[e]
        if own[v] == zone:
            zones.seen[v] = wanted
            first = v
            count += 1
    if count <= 1:
        return count == 1
    zones.seen[unit] = met
    zones.seen[first] = met
    zones.queue[0] = first
    at, end, left = 0, 1, count - 1
    while at < end:
        u = zones.queue[at]
        at += 1
        for e in range(town.starts[u], town.starts[u + 1]):
            v = town.to[e]
            if own[v] != zone or zones.seen[v] == met:
                continue
            if zones.seen[v] == wanted:
                left -= 1
                if left == 0:
                    return True
            zones.seen[v] = met
            zones.queue[end] = v
            end += 1
    return False
