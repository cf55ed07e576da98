"""Zones made compact by the best shift or swap between two of them, again and again, whether they touch or not."""

from typing import NamedTuple

import numpy as np

from planning.cell_state import (
    SAME_LOAD,
    Floats,
    Ints,
    Town,
    Zones,
    added,
    further,
    hand_over,
    joins,
    leaves,
    saved,
)
from planning.compiled import compiled, inlined

# What a step must spare at least, m².
SPARED = 1e-6


class Best(NamedTuple):
    """For each pair of zones (k, k) the household cheapest to hand from one to the other, and its cost in m²."""

    unit: Ints
    more: Floats


def descend(town: Town, zones: Zones, *, most: int) -> None:
    """Shift or swap households between zones, in place, while it helps and at most so many times.

    The step that takes most load back into windows comes first, then the one that spares most (Hartigan & Wong 1979,
    whose steps are shifts alone; swaps go on where windows are full). Whether zones stay in one piece, and whom a
    household was with, is not asked.
    """
    members = len(town.low)
    best = Best(np.full((members, members), -1), np.full((members, members), np.inf))
    _descend(town, zones, best, most)


@compiled
def _descend(town: Town, zones: Zones, best: Best, most: int) -> None:
    for zone in range(len(town.low)):
        _look(town, zones, best, zone)
    for _ in range(most):
        start, end, back = _step(town, zones, best)
        if start < 0:
            return
        hand_over(town, zones, best.unit[start, end], end)
        if back >= 0:
            hand_over(town, zones, back, start)
        _look(town, zones, best, start)
        _look(town, zones, best, end)


@compiled
def _look(town: Town, zones: Zones, best: Best, zone: int) -> None:
    """Find anew whom a zone could give to each other one, and whom each other one could give to it."""
    x, y, fixed, home_x, home_y = town.x, town.y, town.fixed, town.home_x, town.home_y
    owner, size, sum_x, sum_y = zones.owner, zones.size, zones.sum_x, zones.sum_y
    who, least = best
    least[zone] = np.inf
    least[:, zone] = np.inf
    for unit in range(len(owner)):
        start, px, py = owner[unit], x[unit], y[unit]
        many, at_x, at_y = size[start], sum_x[start], sum_y[start]
        if fixed[unit] or many <= 1:
            continue
        spared = leaves(px, py, many, at_x, at_y, home_x[start], home_y[start])
        first, last = (0, len(size)) if start == zone else (zone, zone + 1)
        for end in range(first, last):
            more = joins(px, py, size[end], sum_x[end], sum_y[end], home_x[end], home_y[end])
            if start != end and more - spared < least[start, end]:
                who[start, end], least[start, end] = unit, more - spared


@compiled
def _step(town: Town, zones: Zones, best: Best) -> tuple[int, int, int]:
    """Return the best step: from which zone and to which, -1 for none, and the household that comes back, or -1."""
    found, out, more = (-1, -1, -1), 0.0, -SPARED
    for start in range(len(town.low)):
        for end in range(len(town.low)):
            unit, back = best.unit[start, end], best.unit[end, start]
            if best.more[start, end] == np.inf:
                continue
            now = _further(town, zones, start, end, town.load[unit])
            if _before(now, best.more[start, end], out, more):
                found, out, more = (start, end, -1), now, best.more[start, end]
            if end < start or best.more[end, start] == np.inf:
                continue
            now = _further(town, zones, start, end, town.load[unit] - town.load[back])
            swapped = _swapped(town, zones, unit, back)
            if _before(now, swapped, out, more):
                found, out, more = (start, end, back), now, swapped
    return found


@inlined
def _before(out: float, more: float, best_out: float, best_more: float) -> bool:
    """Return whether a step goes before another: load outside windows first, then cost."""
    same = out <= best_out + SAME_LOAD
    return out < best_out - SAME_LOAD or (same and more < best_more)


@inlined
def _further(town: Town, zones: Zones, start: int, end: int, load: float) -> float:
    """Return by how much a load that goes from one zone to another takes both further outside their windows."""
    low, high, has = town.low, town.high, zones.load
    return further(has[start], low[start], high[start], has[end], low[end], high[end], load)


@compiled
def _swapped(town: Town, zones: Zones, unit: int, back: int) -> float:
    """Return what it costs that two households of two zones change places."""
    start, end = zones.owner[unit], zones.owner[back]
    more = added(town, zones, unit, end) - saved(town, zones, unit, start)
    hand_over(town, zones, unit, end)
    more += added(town, zones, back, start) - saved(town, zones, back, end)
    hand_over(town, zones, unit, start)
    return more
