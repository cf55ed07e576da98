"""Loads brought into their windows along chains of zones: each hands something on, so that only the ends change much.

Where a zone has a household too many and its neighbours are full, no single handing over helps; a chain of them does
(ejection chains: Glover, Discrete Applied Mathematics 65, 1996). What is handed on is a household together with what
its zone would lose with it, so zones stay connected; no zone is on a chain twice. Of all such chains the cheapest is
taken, by rounds of relaxing (Bellman & Ford).
"""

from typing import NamedTuple

import numpy as np

from planning.cell_state import (
    NOBODY,
    SAME_LOAD,
    Floats,
    Ints,
    Town,
    Zones,
    added,
    hand_over,
    kept,
    outside,
    saved,
)
from planning.compiled import compiled

# Chains are at most so long, and hand on at most so many households at once.
LONGEST, AT_ONCE = 16, 12


class Offers(NamedTuple):
    """What could be handed over: offer i hands `unit[first[i]:first[i + 1]]` of `load[i]` to zone `end[i]`.

    Offers are sorted by the zone they leave, `start`: those of zone z are `of[z]` to `of[z + 1]`.
    """

    first: Ints
    unit: Ints
    start: Ints
    end: Ints
    load: Floats
    cost: Floats
    of: Ints


def chained(town: Town, zones: Zones) -> int:
    """Bring loads nearer to their windows, in place, as long as a chain does; return how many chains were taken.

    No zone becomes less connected or further outside its window.
    """
    taken = 0
    while _missed(town, zones):
        offers = _sorted(_offers(town, zones))
        chain = _cheapest(town, zones, offers, True)
        if not len(chain):
            chain = _cheapest(town, zones, offers, False)
        if not len(chain):
            break
        for offer in chain:
            for unit in offers.unit[offers.first[offer] : offers.first[offer + 1]]:
                hand_over(town, zones, int(unit), int(offers.end[offer]))
        taken += 1
    return taken


def _missed(town: Town, zones: Zones) -> bool:
    over = np.maximum(town.low - zones.load, zones.load - town.high)
    return bool((over > SAME_LOAD).any())


def _sorted(offers: Offers) -> Offers:
    """Return the offers by the zone they leave."""
    order = np.argsort(offers.start, kind="stable")
    length = np.diff(offers.first)[order]
    first = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    at = np.repeat(offers.first[:-1][order] - first[:-1], length) + np.arange(first[-1])
    start = offers.start[order]
    zones = np.arange(len(offers.of))
    return Offers(
        first=first,
        unit=offers.unit[at],
        start=start,
        end=offers.end[order],
        load=offers.load[order],
        cost=offers.cost[order],
        of=np.searchsorted(start, zones).astype(np.int64),
    )


@compiled
def _offers(town: Town, zones: Zones) -> Offers:
    """Return what each household on a border could take along to each zone beside it; `of` not yet filled."""
    count = len(zones.owner)
    most = _borders(town, zones)
    first, unit = np.zeros(most + 1, dtype=np.int64), np.zeros(most * AT_ONCE, dtype=np.int64)
    start, end = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    load, cost = np.zeros(most), np.zeros(most)
    group = np.zeros(AT_ONCE, dtype=np.int64)
    offers = 0
    for one in range(count):
        begun, size = offers, -1
        for e in range(town.starts[one], town.starts[one + 1]):
            to = zones.owner[town.to[e]]
            known = to == zones.owner[one]
            for other in range(begun, offers):
                known |= end[other] == to
            if known:
                continue
            size = _with_cut_off(town, zones, one, group) if size < 0 else size
            if size == 0:
                break
            start[offers], end[offers] = zones.owner[one], to
            for i in range(size):
                unit[first[offers] + i] = group[i]
                load[offers] += town.load[group[i]]
                cost[offers] += (
                    added(town, zones, group[i], to)
                    - saved(town, zones, group[i], zones.owner[one])
                    + kept(town, group[i], zones.owner[one], to)
                )
            first[offers + 1] = first[offers] + size
            offers += 1
    used = first[offers]
    of = np.zeros(len(town.low) + 1, dtype=np.int64)
    return Offers(
        first[: offers + 1],
        unit[:used],
        start[:offers],
        end[:offers],
        load[:offers],
        cost[:offers],
        of,
    )


@compiled
def _borders(town: Town, zones: Zones) -> int:
    """Return how often a household is next to one of another zone."""
    many = 0
    for one in range(len(zones.owner)):
        for e in range(town.starts[one], town.starts[one + 1]):
            many += zones.owner[town.to[e]] != zones.owner[one]
    return many


@compiled
def _with_cut_off(town: Town, zones: Zones, one: int, group: Ints) -> int:
    """Write a household and all but the largest part of what its zone falls into without it; return how many.

    0 where that is too many, a fixed one is among them, or nothing would stay.
    """
    zones.stamp[0] += 1
    zones.seen[one] = zones.stamp[0]
    met, keeps, until = 0, 0, 0
    for e in range(town.starts[one], town.starts[one + 1]):
        begin = met
        met = _flooded(town, zones, town.to[e], zones.owner[one], met)
        if met - begin > until - keeps:
            keeps, until = begin, met
    if town.fixed[one] or keeps == until or 1 + met - (until - keeps) > AT_ONCE:
        return 0
    group[0], size = one, 1
    for at in range(met):
        if keeps <= at < until:
            continue
        if town.fixed[zones.queue[at]]:
            return 0
        group[size] = zones.queue[at]
        size += 1
    return size


@compiled
def _flooded(town: Town, zones: Zones, unit: int, zone: int, met: int) -> int:
    """Queue what is connected with `unit` in a zone, behind the `met` households there; return how many then."""
    stamp, ahead = zones.stamp[0], met
    if zones.owner[unit] == zone and zones.seen[unit] != stamp:
        zones.seen[unit], zones.queue[ahead] = stamp, unit
        ahead += 1
    while met < ahead:
        here = zones.queue[met]
        met += 1
        for e in range(town.starts[here], town.starts[here + 1]):
            other = town.to[e]
            if zones.owner[other] == zone and zones.seen[other] != stamp:
                zones.seen[other], zones.queue[ahead] = stamp, other
                ahead += 1
    return ahead


@compiled
def _cheapest(town: Town, zones: Zones, offers: Offers, giving: bool) -> Ints:
    """Return the cheapest chain of offers, first to last; empty where there is none.

    Where `giving`, it begins at a zone that comes nearer to its window by it, else it ends at one.
    """
    many = len(offers.end)
    away, came = np.full((LONGEST, many), np.inf), np.full((LONGEST, many), NOBODY)
    least = np.full(many, np.inf)
    for one in range(many):
        if _helps(town, zones, offers.start[one], -offers.load[one], giving):
            away[0, one] = least[one] = offers.cost[one]
    best, last, steps = np.inf, NOBODY, 0
    for step in range(LONGEST):
        for one in range(many):
            so_far = away[step, one]
            if so_far == np.inf:
                continue
            zone = offers.end[one]
            if so_far < best and _helps(town, zones, zone, offers.load[one], not giving):
                best, last, steps = so_far, one, step
            if step + 1 == LONGEST:
                continue
            for then in range(offers.of[zone], offers.of[zone + 1]):
                price = so_far + offers.cost[then]
                if price < least[then] and _goes_on(town, zones, offers, came, step, one, then):
                    away[step + 1, then] = least[then] = price
                    came[step + 1, then] = one
    chain = np.zeros(0 if last == NOBODY else steps + 1, dtype=np.int64)
    for at in range(len(chain)):
        chain[steps - at] = last
        last = came[steps - at, last]
    return chain


@compiled
def _helps(town: Town, zones: Zones, zone: int, more: float, needed: bool) -> bool:
    """Return whether a zone's load may change by so much: nearer to its window where `needed`, else no further."""
    low, high, load = town.low[zone], town.high[zone], zones.load[zone]
    change = outside(load + more, low, high) - outside(load, low, high)
    return bool(change < -SAME_LOAD or (not needed and change <= SAME_LOAD))


@compiled
def _goes_on(  # noqa: PLR0917 compiled functions take no keywords
    town: Town, zones: Zones, offers: Offers, came: Ints, step: int, one: int, then: int
) -> bool:
    """Return whether the chain that offer `one` ends can go on with offer `then`."""
    if not _helps(town, zones, offers.end[one], offers.load[one] - offers.load[then], False):
        return False
    at = one
    for back in range(step, -1, -1):
        if offers.start[at] == offers.end[then]:
            return False
        at = came[back, at]
    zones.stamp[0] += 1
    for i in range(offers.first[then], offers.first[then + 1]):
        zones.seen[offers.unit[i]] = zones.stamp[0]
    for i in range(offers.first[one], offers.first[one + 1]):
        unit = offers.unit[i]
        for e in range(town.starts[unit], town.starts[unit + 1]):
            other = town.to[e]
            if zones.owner[other] == offers.end[one] and zones.seen[other] != zones.stamp[0]:
                return True
    return False
