"""Zones on the plane, at any scale: households shared among members where no street says what is near."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

from planning.bisection import bisected
from planning.cell_crossing import crossed
from planning.cell_repair import joined, made_whole, seeded
from planning.cell_search import anneal, cost
from planning.cell_state import NOBODY, Bools, Floats, Ints, Town, Zones, begin
from planning.power_cells import burden, power_cells
from planning.triangulated import Links, neighbour_graph

# Steps that are spent where none are said: so many, and so many more a household, but no more than the last.
STEPS, STEPS_EACH, STEPS_MOST = 3_000_000, 2_700, 120_000_000
# A small town is begun several times: about so many households in all, at most so many times. Where it has no more
# than so many pairs of household and member, and nothing is known beforehand, its beginnings are crossed.
BEGUN_HOUSEHOLDS, BEGUN_MOST, CROSSED_PAIRS = 2_500, 8, 25_000
# Of so many households' beginnings, at most so many, the best is searched further.
TRIED_HOUSEHOLDS, TRIED_MOST = 60_000, 6
# Up to so many members are matched with zones exactly.
MATCHED_EXACTLY = 1_500
NEAR_ZONES = 32
# Households beside one another on the plane are put beside one another in memory, so many to a cell.
CELL = 16
SAME_LOAD = 1e-6
# Where changing hands has a price: the temperature to begin with, and the price of the mean load outside windows, in
# that price; then the share of steps and the temperature for bringing in what is still outside.
WARM_KEEP, SOFT_KEEP = 0.3, 5.0
AGAIN, WARM_AGAIN = 4, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFigures:
    """How good zones on the plane are.

    `sum_of_squares_m2` is of the distances to the centres: the zone's mean point, or the home where known.
    `outside` is load outside the windows, `changed` counts households that are not with the member they were with.
    """

    sum_of_squares_m2: float
    outside: float
    members_outside: int
    changed: int


def share_on_plane(
    xy_m: Floats,
    load: Floats,
    low: Floats,
    high: Floats,
    *,
    seed: int = 0,
    steps: int | None = None,
    links: Links | None = None,
    homes_m: Floats | None = None,
    current: Ints | None = None,
    keep_m: float = 0.0,
    locked: Ints | None = None,
    keep_going: Callable[[], bool] | None = None,
) -> tuple[Ints, CellFigures]:
    """Share n households among k members: compact zones, connected on the neighbour graph, loads in windows.

    Recursive bisection (Berger & Bokhari 1987), a power diagram with prices for the windows (Aurenhammer, Hoffmann &
    Aronov 1998) whose centres move (Lloyd 1982), then simulated annealing of single households on the borders with
    exact costs. The last never makes a zone less connected nor a load less fitting. Small towns are begun often, and
    good centres crossed (`planning.cell_crossing`). Same input, seed and steps, same zones; the order of rows is the
    caller's to fix.

    Parameters
    ----------
    xy_m, load
        (n, 2) on the plane in metres, and (n,) in any unit, as the windows `low`, `high` (k,).
    steps
        How many households the search looks at; None: enough for the number there is.
    links
        Who is whose neighbour; None: the triangles between them (`planning.triangulated`).
    homes_m
        (k, 2), centres that stay; a row of NaN, or None, is free.
    current, keep_m
        The member (number) each household is with, `NOBODY` for none: zones begin there, and a change costs as much as
        a way of `keep_m` metres squared.
    locked
        (n,), the member who must have a household, `NOBODY` where anybody may.

    Returns
    -------
    owner, figures
        The number of each household's member, (n,), and how good that is.

    Raises
    ------
    ValueError
        There are fewer households than members, or none of either.
    """
    if not 0 < len(low) <= len(xy_m):
        raise ValueError(f"{len(xy_m)} households cannot be shared among {len(low)} members")
    count = len(xy_m)
    lock = np.full(count, NOBODY) if locked is None else np.asarray(locked, dtype=np.int64)
    town = town_of(
        xy_m,
        load,
        low,
        high,
        links=links or neighbour_graph(xy_m),
        homes_m=homes_m,
        current=current,
        keep_m=keep_m,
        fixed=lock != NOBODY,
    )
    order = _side_by_side(town)
    town, lock = _in_order(town, order), lock[order]
    total = steps if steps is not None else min(STEPS + STEPS_EACH * count, STEPS_MOST)
    zones = _best(town, lock, total, seed, keep_going)
    owner = np.empty(len(order), dtype=np.int64)
    owner[order] = zones.owner
    return owner, figures(town, zones)


def figures(town: Town, zones: Zones) -> CellFigures:
    """Return how good zones are."""
    over = np.maximum(np.maximum(town.low - zones.load, zones.load - town.high), 0)
    was = town.current != NOBODY
    return CellFigures(
        sum_of_squares_m2=cost(town, zones),
        outside=float(over.sum()),
        members_outside=int((over > SAME_LOAD).sum()),
        changed=int((zones.owner[was] != town.current[was]).sum()),
    )


def town_of(
    xy_m: Floats,
    load: Floats,
    low: Floats,
    high: Floats,
    *,
    links: Links,
    homes_m: Floats | None = None,
    current: Ints | None = None,
    keep_m: float = 0.0,
    fixed: Bools | None = None,
) -> Town:
    """Return what stays as it is in a search; parameters as of `share_on_plane`."""
    count, members = len(xy_m), len(low)
    # counted from the middle: squares of full coordinates leave too few digits
    middle = np.mean(xy_m, axis=0)
    points = np.asarray(xy_m, dtype=np.float64) - middle
    homes = np.full((members, 2), np.nan) if homes_m is None else np.asarray(homes_m) - middle
    was = np.full(count, NOBODY) if current is None else np.asarray(current)
    return Town(
        x=np.ascontiguousarray(points[:, 0]),
        y=np.ascontiguousarray(points[:, 1]),
        load=np.ascontiguousarray(load, dtype=np.float64),
        starts=links.starts,
        to=links.to,
        current=was.astype(np.int64),
        fixed=np.zeros(count, dtype=bool) if fixed is None else fixed,
        keep=float(keep_m) ** 2,
        low=np.ascontiguousarray(low, dtype=np.float64),
        high=np.ascontiguousarray(high, dtype=np.float64),
        home_x=np.ascontiguousarray(homes[:, 0], dtype=np.float64),
        home_y=np.ascontiguousarray(homes[:, 1], dtype=np.float64),
    )


def _side_by_side(town: Town) -> Ints:
    """Return the households in an order in which those near one another are near in memory."""
    count = len(town.x)
    cell = bisected(_points(town), np.ones(count), np.ones(count // CELL + 1))
    return np.argsort(cell, kind="stable")


def _in_order(town: Town, order: Ints) -> Town:
    """Return the town with its households renumbered: number i is now `order[i]`."""
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    degree = np.diff(town.starts)[order]
    starts = np.concatenate([[0], np.cumsum(degree)]).astype(np.int64)
    at = np.repeat(town.starts[:-1][order] - starts[:-1], degree) + np.arange(starts[-1])
    return town._replace(
        x=town.x[order],
        y=town.y[order],
        load=town.load[order],
        current=town.current[order],
        fixed=town.fixed[order],
        starts=starts,
        to=number[town.to[at]],
    )


def _best(
    town: Town, lock: Ints, steps: int, seed: int, keep_going: Callable[[], bool] | None
) -> Zones:
    """Return the best zones of several beginnings: least load outside windows, then least cost."""
    known = bool((town.current != NOBODY).any() or (lock != NOBODY).any())
    free = not known and bool(np.isnan(town.home_x).all())
    if free and len(town.x) * len(town.low) <= CROSSED_PAIRS:
        return crossed(town, steps=steps, seed=seed, keep_going=keep_going)
    turns = 1 if known else max(1, min(BEGUN_MOST, BEGUN_HOUSEHOLDS // len(town.x)))
    found: list[tuple[float, float, Zones]] = []
    for turn in range(turns):
        if found and keep_going is not None and not keep_going():
            break
        zones = _begun(town, lock, turn=seed + turn)
        _search(town, zones, steps // turns, seed + turn, keep_going)
        said = figures(town, zones)
        price = said.sum_of_squares_m2 + town.keep * said.changed
        found.append((round(said.outside, 6), price, zones))
    return min(found, key=lambda one: one[:2])[2]


def _search(
    town: Town, zones: Zones, steps: int, seed: int, keep_going: Callable[[], bool] | None
) -> None:
    """Improve zones in place; where changing hands has a price, it and the windows are weighed against each other."""
    warm, soft = WARM_KEEP * town.keep, SOFT_KEEP * town.keep / float(town.load.mean())
    anneal(town, zones, steps=steps, seed=seed, warm=warm, soft=soft, keep_going=keep_going)
    warm = WARM_AGAIN * town.keep
    for again in range(AGAIN):
        if figures(town, zones).members_outside == 0:
            return
        anneal(
            town, zones, steps=steps // AGAIN, seed=seed + again, warm=warm, keep_going=keep_going
        )


def _begun(town: Town, lock: Ints, *, turn: int) -> Zones:
    """Return zones to begin a search with: whole, and nearly in their windows."""
    if (town.current != NOBODY).any():
        first = np.where(lock != NOBODY, lock, town.current)
        return joined(town, made_whole(town, seeded(town, first)))
    count = len(town.x)
    several = count > BEGUN_HOUSEHOLDS
    tries = max(1, min(TRIED_MOST, TRIED_HOUSEHOLDS // count)) if several else 1
    found = []
    for one in range(tries):
        by_centres = _by_centres(town, lock, turn * tries + one)
        zones = power_cells(town, np.where(lock != NOBODY, lock, by_centres))
        found.append((burden(town, zones), one, zones))
    best = min(found, key=lambda one: one[:2])[2]
    return joined(town, made_whole(town, seeded(town, best.owner)))


def _by_centres(town: Town, lock: Ints, turn: int) -> Ints:
    """Return first zones: bisection, each zone given to the member whose locks or home are nearest."""
    points = _points(town)
    home = np.stack([town.home_x, town.home_y], axis=1)
    held = begin(town, lock)
    locks = held.size > 0
    mean = np.stack([held.sum_x, held.sum_y], axis=1)[locks] / held.size[locks, None]
    home[locks] = np.where(np.isnan(home[locks]), mean, home[locks])
    known = ~np.isnan(home[:, 0])
    if known.all():
        return np.asarray(cKDTree(home).query(points)[1], dtype=np.int64)
    share = (town.low + town.high) / 2
    zone = bisected(points, town.load, share, turn=float(turn))
    if not known.any():
        return zone
    some = begin(town, zone)
    centre = np.stack([some.sum_x, some.sum_y], axis=1) / np.maximum(some.size, 1)[:, None]
    return _matched(home, centre)[zone]


def _matched(home: Floats, centre: Floats) -> Ints:
    """Return the member of each zone, known homes near their zones; both (k, 2), unknown homes NaN."""
    known = np.flatnonzero(~np.isnan(home[:, 0]))
    member = np.full(len(home), NOBODY)
    if len(home) <= MATCHED_EXACTLY:
        away = ((home[known, None] - centre[None]) ** 2).sum(axis=2)
        rows, zones = linear_sum_assignment(away)
        member[zones] = known[rows]
    else:
        near = np.asarray(cKDTree(centre).query(home[known], k=NEAR_ZONES)[1])
        for one, zones in zip(known, near, strict=True):
            free = zones[member[zones] == NOBODY]
            if len(free):
                member[free[0]] = one
    left = np.setdiff1d(np.arange(len(home)), member)
    member[member == NOBODY] = left
    return member


def _points(town: Town) -> Floats:
    return np.stack([town.x, town.y], axis=1)
