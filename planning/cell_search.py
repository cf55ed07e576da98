"""Handing border households over, one at a time, so that zones become more compact: simulated annealing."""

from collections.abc import Callable

import numpy as np

from planning.cell_state import (
    NOBODY,
    SAME_LOAD,
    Town,
    Zones,
    changing,
    further,
    hand_over,
    holds_without,
    joins,
    leaves,
)
from planning.compiled import compiled, inlined
from planning.random_bits import Random, drawn

# The search goes in so many stretches, the last of them without any step for the worse.
STRETCHES = 24
DOWNHILL = 4
# Temperatures, as shares of the mean square distance to the centre; a short search begins colder.
WARM, COOL = 2.0, 0.05
WARM_AFTER = 400
BITS_31 = 2147483648.0


def anneal(
    town: Town,
    zones: Zones,
    *,
    steps: int,
    seed: int,
    warm: float = 0.0,
    soft: float = 0.0,
    keep_going: Callable[[], bool] | None = None,
) -> None:
    """Improve the zones in place: at the end none is less connected or further outside its window than before.

    Kirkpatrick, Gelatt & Vecchi 1983, with a neighbourhood of single households on borders. A step looks at one
    household and one of its neighbours; `steps` of them are made, fewer where `keep_going` says no.

    Parameters
    ----------
    warm
        The temperature to begin with, m²; 0: chosen by the mean square distance to the centre.
    soft
        What a unit of load outside a window costs, m², until the last, downhill part; 0: windows go first throughout.
    """
    state = np.array([seed * 2 + 88172645463325252], dtype=np.uint64)
    count = max(len(zones.owner), 1)
    scale = cost(town, zones) / count
    cold = scale * COOL
    warm = max(warm, cold) if warm else scale * WARM * min(1.0, steps / (WARM_AFTER * count))
    falling = STRETCHES - DOWNHILL
    for stretch in range(STRETCHES):
        if keep_going is not None and not keep_going():
            return
        hot = warm * (cold / warm) ** (stretch / (falling - 1)) if warm > 0 else 0.0
        if stretch >= falling:
            hot = soft = 0.0
        walk(town, zones, steps // STRETCHES, hot, soft, state)


def cost(town: Town, zones: Zones) -> float:
    """Return the sum of squared distances to the centres, m²; households of `NOBODY` left out."""
    own = zones.owner[zones.owner != NOBODY]
    some = np.maximum(zones.size, 1)
    cx = np.where(np.isnan(town.home_x), zones.sum_x / some, town.home_x)
    cy = np.where(np.isnan(town.home_y), zones.sum_y / some, town.home_y)
    shared = zones.owner != NOBODY
    return float(((town.x[shared] - cx[own]) ** 2 + (town.y[shared] - cy[own]) ** 2).sum())


@compiled
def walk(  # noqa: PLR0917 compiled functions take no keywords
    town: Town, zones: Zones, steps: int, hot: float, soft: float, state: Random
) -> int:
    """Look at `steps` households at one temperature (m²); return how many were handed over.

    Windows go first where `soft` is 0, then cost (Metropolis et al. 1953).
    """
    # in names of their own: taking an array out of a tuple on every step takes longer than the step
    x, y, load, starts, to, current, fixed, keep, low, high, home_x, home_y = town
    owner, size, sum_x, sum_y, has = zones.owner, zones.size, zones.sum_x, zones.sum_y, zones.load
    count, moved = len(owner), 0
    unit = drawn(state) % count
    for _ in range(steps):
        r = drawn(state)
        # neighbours in the order of rows are neighbours in memory
        unit += 1 + (r & 3)
        if unit >= count:
            unit -= count
        degree = starts[unit + 1] - starts[unit]
        if degree == 0 or fixed[unit]:
            continue
        start, end = owner[unit], owner[to[starts[unit] + (r >> 2) % degree]]
        if start == end:
            continue
        gives, takes = has[start], has[end]
        worse = further(gives, low[start], high[start], takes, low[end], high[end], load[unit])
        if soft == 0 and abs(worse) > SAME_LOAD:
            if worse > 0:
                continue
        else:
            px, py = x[unit], y[unit]
            more = joins(px, py, size[end], sum_x[end], sum_y[end], home_x[end], home_y[end])
            many, at_x, at_y = size[start], sum_x[start], sum_y[start]
            more -= leaves(px, py, many, at_x, at_y, home_x[start], home_y[start])
            more += changing(current[unit], start, end, keep) + soft * worse
            if more == 0 or (more > 0 and not _taken(more, hot, state)):
                continue
        if holds_without(town, zones, unit):
            hand_over(town, zones, unit, end)
            moved += 1
    return moved


@inlined
def _taken(more: float, hot: float, state: Random) -> bool:
    """Return whether a step for the worse is taken."""
    return hot > 0 and drawn(state) / BITS_31 < np.exp(-more / hot)
