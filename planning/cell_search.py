"""Handing border households over, one at a time, so that zones become more compact: simulated annealing."""

from collections.abc import Callable

import numpy as np

from planning.cell_state import (
    NOBODY,
    SAME_LOAD,
    Town,
    Zones,
    added,
    hand_over,
    holds_without,
    kept,
    more_outside,
    saved,
)
from planning.compiled import compiled
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
    """Look at `steps` households at one temperature (m²); return how many were handed over."""
    count, moved = len(zones.owner), 0
    unit = drawn(state) % count
    for _ in range(steps):
        r = drawn(state)
        # neighbours in the order of rows are neighbours in memory
        unit += 1 + (r & 3)
        if unit >= count:
            unit -= count
        degree = town.starts[unit + 1] - town.starts[unit]
        if degree == 0 or town.fixed[unit]:
            continue
        end = zones.owner[town.to[town.starts[unit] + (r >> 2) % degree]]
        start = zones.owner[unit]
        if start == end or not _wanted(town, zones, unit, end, hot, soft, state):
            continue
        if holds_without(town, zones, unit):
            hand_over(town, zones, unit, end)
            moved += 1
    return moved


@compiled
def _wanted(  # noqa: PLR0917 compiled functions take no keywords
    town: Town, zones: Zones, unit: int, end: int, hot: float, soft: float, state: Random
) -> bool:
    """Return whether a handing over is accepted: windows first, then cost (Metropolis et al. 1953)."""
    start = zones.owner[unit]
    worse = more_outside(town, zones, unit, start, end)
    if soft == 0 and abs(worse) > SAME_LOAD:
        return worse < 0
    more = (
        added(town, zones, unit, end)
        - saved(town, zones, unit, start)
        + kept(town, unit, start, end)
        + soft * worse
    )
    if more <= 0:
        return more < 0
    return hot > 0 and drawn(state) / BITS_31 < np.exp(-more / hot)
