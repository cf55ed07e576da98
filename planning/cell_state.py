"""Zones on the plane while they are searched: who owns what, and what a handing over would cost.

Costs are square metres: a household costs the square of its distance to its zone's centre, which is the zone's mean
point, or the member's home where that is known; and `keep` more where it is not with the member it was with.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planning.compiled import compiled, inlined

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


@inlined
def squared_away(  # noqa: PLR0917 compiled functions take no keywords
    x: float, y: float, n: float, sum_x: float, sum_y: float, home_x: float, home_y: float
) -> float:
    """Return the squared distance to the centre of a zone of n households; 0 where there is none yet."""
    if not np.isnan(home_x):
        return (x - home_x) * (x - home_x) + (y - home_y) * (y - home_y)
    if n > 0:
        dx, dy = x - sum_x / n, y - sum_y / n
        return dx * dx + dy * dy
    return 0.0


@inlined
def leaves(  # noqa: PLR0917 compiled functions take no keywords
    x: float, y: float, n: float, sum_x: float, sum_y: float, home_x: float, home_y: float
) -> float:
    """Return the cost that a zone of n households is spared without the one at x, y (Hartigan & Wong 1979)."""
    away = squared_away(x, y, n, sum_x, sum_y, home_x, home_y)
    if not np.isnan(home_x):
        return away
    return away * n / (n - 1) if n > 1 else 0.0


@inlined
def joins(  # noqa: PLR0917 compiled functions take no keywords
    x: float, y: float, n: float, sum_x: float, sum_y: float, home_x: float, home_y: float
) -> float:
    """Return the cost that a zone of n households is burdened with by one more at x, y."""
    away = squared_away(x, y, n, sum_x, sum_y, home_x, home_y)
    return away if not np.isnan(home_x) else away * n / (n + 1)


@inlined
def changing(was: int, start: int, end: int, keep: float) -> float:
    """Return the price of changing hands that going from one zone to another adds (or takes back)."""
    if was == start:
        return keep
    if was == end:
        return -keep
    return 0.0


@inlined
def outside(load: float, low: float, high: float) -> float:
    """Return how far a load is outside its window."""
    return max(low - load, load - high, 0.0)


@inlined
def further(  # noqa: PLR0917 compiled functions take no keywords
    gives: float, low: float, high: float, takes: float, least: float, most: float, load: float
) -> float:
    """Return by how much a load that goes from one zone to another takes both further outside their windows."""
    before = outside(gives, low, high) + outside(takes, least, most)
    after = outside(gives - load, low, high) + outside(takes + load, least, most)
    return after - before


@inlined
def kept(town: Town, unit: int, start: int, end: int) -> float:
    """Return the price of changing hands that handing `unit` from one zone to another adds (or takes back)."""
    return changing(town.current[unit], start, end, town.keep)


@inlined
def saved(town: Town, zones: Zones, unit: int, zone: int) -> float:
    """Return the cost a zone is spared when one of its households leaves."""
    n, sum_x, sum_y = zones.size[zone], zones.sum_x[zone], zones.sum_y[zone]
    return leaves(town.x[unit], town.y[unit], n, sum_x, sum_y, town.home_x[zone], town.home_y[zone])


@inlined
def added(town: Town, zones: Zones, unit: int, zone: int) -> float:
    """Return the cost a zone is burdened with when a household joins it."""
    n, sum_x, sum_y = zones.size[zone], zones.sum_x[zone], zones.sum_y[zone]
    return joins(town.x[unit], town.y[unit], n, sum_x, sum_y, town.home_x[zone], town.home_y[zone])


@inlined
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
    starts, to, own, seen, queue = town.starts, town.to, zones.owner, zones.seen, zones.queue
    zone, wanted, met = own[unit], zones.stamp[0] + 1, zones.stamp[0] + 2
    zones.stamp[0] += 2
    first, count = -1, 0
    for e in range(starts[unit], starts[unit + 1]):
        v = to[e]
        if own[v] == zone:
            seen[v] = wanted
            first = v
            count += 1
    if count <= 1:
        return count == 1
    seen[unit] = met
    seen[first] = met
    queue[0] = first
    at, end, left = 0, 1, count - 1
    while at < end:
        u = queue[at]
        at += 1
        for e in range(starts[u], starts[u + 1]):
            v = to[e]
            if own[v] != zone or seen[v] == met:
                continue
            if seen[v] == wanted:
                left -= 1
                if left == 0:
                    return True
            seen[v] = met
            queue[end] = v
            end += 1
    return False
