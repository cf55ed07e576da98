"""A small town shared from many beginnings, and the centres of good sharings crossed: the best of them all."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from planning.cell_descent import descend
from planning.cell_repair import made_whole, pieces_of, seeded
from planning.cell_search import anneal, cost
from planning.cell_state import Floats, Town, Zones
from planning.power_cells import power_cells

# The share of the steps that goes into beginnings and crossings; each counts as so many steps a household.
TURNS, TURN_STEPS = 1 / 3, 50
# One turn in so many is a beginning; so many sharings are kept as parents.
BEGINNING, KEPT = 4, 10
# A descent may make so many steps for each member.
DESCENT = 50
# What is not in one piece is annealed from this temperature, in mean squares of the distance to the centre.
WARM = 0.5
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Sharing:
    """Zones, and how bad they are: load outside windows, then cost in m²."""

    bad: tuple[float, float]
    zones: Zones


def crossed(
    town: Town, *, steps: int, seed: int, keep_going: Callable[[], bool] | None = None
) -> Zones:
    """Return compact zones of a town whose centres are all free, none in pieces.

    Beginnings are those of k-means++ (Arthur & Vassilvitskii 2007). Then two good sharings are crossed: of centres
    that are near one another either is taken, and one is put elsewhere (HG-means: Gribel & Vidal 2019). Each is
    brought into the windows by prices and made compact by shifts and swaps, which seldom leaves a zone in pieces.
    Where the best has one, or misses a window, the good ones are mended and annealed.
    """
    turns = max(BEGINNING, int(steps * TURNS / (TURN_STEPS * len(town.x))))
    kept = _bred(town, turns, seed, keep_going)
    if kept[0].bad[0] == 0 and _whole(town, kept[0].zones):
        return kept[0].zones
    rest = int(steps * (1 - TURNS)) // len(kept)
    mended = []
    for number, one in enumerate(kept):
        zones = made_whole(town, seeded(town, one.zones.owner))
        warm = WARM * cost(town, zones) / len(town.x)
        anneal(town, zones, steps=rest, seed=seed + number, warm=warm, keep_going=keep_going)
        mended.append(_judged(town, zones))
    return min(mended, key=lambda one: one.bad).zones


def _bred(
    town: Town, turns: int, seed: int, keep_going: Callable[[], bool] | None
) -> list[Sharing]:
    """Return the best different sharings, the best first; pieces are not asked."""
    random = np.random.default_rng(seed)
    points = np.stack([town.x, town.y], axis=1)
    kept: list[Sharing] = []
    for turn in range(turns):
        if kept and keep_going is not None and not keep_going():
            break
        if turn < turns // BEGINNING or not kept:
            first = points[random.integers(len(points), size=1)]
            centres = _spread(points, first, len(town.low), random)
        else:
            centres = _child(points, _parent(kept, random), _parent(kept, random), random)
        kept = _with(kept, _settled(town, points, centres))
    return kept


def _settled(town: Town, points: Floats, centres: Floats) -> Sharing:
    """Return the sharing that begins at centres (k, 2)."""
    away = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
    zones = power_cells(town, away.argmin(axis=1))
    descend(town, zones, most=DESCENT * len(centres))
    return _judged(town, zones)


def _judged(town: Town, zones: Zones) -> Sharing:
    over = np.maximum(np.maximum(town.low - zones.load, zones.load - town.high), 0).sum()
    return Sharing((round(float(over), 6), round(cost(town, zones), 3)), zones)


def _with(kept: list[Sharing], new: Sharing) -> list[Sharing]:
    """Return the best sharings, a new one among them unless one just as bad is there."""
    if any(one.bad == new.bad for one in kept):
        return kept
    return sorted([*kept, new], key=lambda one: one.bad)[:KEPT]


def _parent(kept: list[Sharing], random: np.random.Generator) -> Floats:
    """Return the centres of the better of two sharings drawn, (k, 2)."""
    zones = kept[random.integers(len(kept), size=2).min()].zones
    some = np.maximum(zones.size, 1)
    return np.stack([zones.sum_x / some, zones.sum_y / some], axis=1)


def _child(points: Floats, one: Floats, other: Floats, random: np.random.Generator) -> Floats:
    """Return centres, each of one parent or the one near it of the other, and one of them put elsewhere."""
    away = ((one[:, None] - other[None]) ** 2).sum(axis=2)
    partner = other[linear_sum_assignment(away)[1]]
    centres = np.where(random.random((len(one), 1)) < EVEN, one, partner)
    left = np.delete(centres, random.integers(len(centres)), axis=0)
    return _spread(points, left, len(centres), random)


def _spread(points: Floats, centres: Floats, many: int, random: np.random.Generator) -> Floats:
    """Return so many centres: those given, and points drawn by their squared distance to the nearest centre."""
    away = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
    near = away.min(axis=1) if len(centres) else np.ones(len(points))
    while len(centres) < many:
        upto = np.cumsum(near)
        drawn = np.searchsorted(upto, random.random() * upto[-1])
        new = points[min(int(drawn), len(points) - 1)]
        centres = np.concatenate([centres, new[None]])
        near = np.minimum(near, ((points - new) ** 2).sum(axis=1))
    return centres


def _whole(town: Town, zones: Zones) -> bool:
    """Return whether each zone has households, in one piece."""
    return int(pieces_of(town, zones.owner).max()) + 1 == len(town.low) and bool(
        (zones.size > 0).all()
    )
