"""Cut a polygon in two along a line that could be a street."""

from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely import LineString, Polygon

Points = NDArray[np.float64]

TRIES = 7
# A cut that meets the edge nearer to a corner than this makes a crossing nobody would build.
CORNER_M = 25.0
CORNER_DEGREES = 25.0


@dataclass(frozen=True, slots=True)
class Cut:
    """Two polygons and the line between them; `first` holds about the share that was asked for."""

    first: Polygon
    second: Polygon
    line: LineString


def cut(
    polygon: Polygon,
    share: float,
    rng: np.random.Generator,
    *,
    at: Points,
    weights: Points,
    bend: float,
) -> Cut | None:
    """Return the best of a few cuts across the long side, or None where none parts the polygon.

    `share` of the `weights` of the points `at` shall lie in the first part. `bend` is how far the line strays
    from straight, as a part of its length.
    """
    along = _long_side(polygon)
    corners = _corners(polygon)
    best: tuple[float, Cut | None] = (np.inf, None)
    for _ in range(TRIES):
        tilt = rng.normal(0, 0.2)
        stray = rng.normal(0, bend, 2)
        wanted = share + rng.normal(0, 0.015)
        line = _line_across(polygon, along + tilt, stray, at, weights, wanted)
        parted = _parted(polygon, line, along + tilt)
        if parted is None:
            continue
        held = weights[shapely.contains_xy(parted.first, at)].sum() / weights.sum()
        fault = 6 * abs(held - share) + _ugliness(parted, corners)
        if fault < best[0]:
            best = (fault, parted)
    return best[1]


def spread(polygon: Polygon, *, count: int = 300) -> Points:
    """Return about `count` points evenly inside the polygon."""
    west, south, east, north = polygon.bounds
    step = np.sqrt(polygon.area / count)
    xs, ys = np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    at = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside = at[shapely.contains_xy(polygon, at)]
    return inside if len(inside) else np.array(polygon.representative_point().coords)


def _long_side(polygon: Polygon) -> float:
    """Return the direction of the long side of the polygon, in radians."""
    box = np.array(polygon.minimum_rotated_rectangle.exterior.coords)
    sides = np.diff(box, axis=0)[:2]
    longest = sides[np.argmax(np.hypot(sides[:, 0], sides[:, 1]))]
    return float(np.arctan2(longest[1], longest[0]))


def _corners(polygon: Polygon) -> Points:
    """Return the vertices where the edge turns sharply."""
    ring = np.array(polygon.exterior.coords)[:-1]
    heading = np.diff(np.concatenate([ring[-1:], ring, ring[:1]]), axis=0)
    angle = np.arctan2(heading[:, 1], heading[:, 0])
    turn = np.abs((np.diff(angle) + np.pi) % (2 * np.pi) - np.pi)
    return ring[turn > np.radians(CORNER_DEGREES)]


def _line_across(
    polygon: Polygon, along: float, stray: Points, at: Points, weights: Points, share: float
) -> LineString:
    """Return a line at right angles to `along` that leaves `share` of the weight behind it."""
    forward = np.array([np.cos(along), np.sin(along)])
    sideways = np.array([-forward[1], forward[0]])
    position = at @ forward
    order = np.argsort(position, kind="stable")
    behind = np.cumsum(weights[order]) / weights.sum()
    cut_at = position[order][min(np.searchsorted(behind, share), len(order) - 1)]
    aside = np.array(polygon.exterior.coords) @ sideways
    low, high = aside.min() - 1, aside.max() + 1
    steps = np.array([0, 0.33, 0.67, 1])
    shift = np.array([0, stray[0], stray[1], 0]) * (high - low)
    across = low + steps * (high - low)
    return LineString(np.outer(cut_at + shift, forward) + np.outer(across, sideways))


def _parted(polygon: Polygon, line: LineString, along: float) -> Cut | None:
    """Return the polygon parted by the longest stretch of the line inside it."""
    stretches = [
        part
        for part in shapely.get_parts(shapely.intersection(line, polygon))
        if part.geom_type == "LineString"
    ]
    if not stretches:
        return None
    inside = max(stretches, key=shapely.length)
    parts = shapely.get_parts(shapely.ops.split(polygon, lengthened(inside)))
    if len(parts) != 2:  # noqa: PLR2004
        return None
    forward = np.array([np.cos(along), np.sin(along)])
    first, second = sorted(parts, key=lambda part: float(np.dot(part.centroid.coords[0], forward)))
    return Cut(first, second, inside)


def lengthened(line: LineString, *, by_m: float = 0.01) -> LineString:
    """Return the line a touch longer at both ends, so that it surely crosses what it ends on."""
    bends = np.array(line.coords)
    ahead, behind = bends[0] - bends[1], bends[-1] - bends[-2]
    bends[0] += by_m * ahead / np.hypot(*ahead)
    bends[-1] += by_m * behind / np.hypot(*behind)
    return LineString(bends)


def _ugliness(parted: Cut, corners: Points) -> float:
    """Return how unlike a town the cut is: thin parts, and crossings set a little off each other."""
    thin = sum(1 - _compactness(part) for part in (parted.first, parted.second))
    ends = np.array([parted.line.coords[0], parted.line.coords[-1]])
    if not len(corners):
        return thin
    gap = np.hypot(*(ends[:, None] - corners[None]).transpose(2, 0, 1)).min(axis=1)
    return float(thin + np.clip(1 - gap / CORNER_M, 0, 1).sum())


def _compactness(part: Polygon) -> float:
    """Return 1 for a circle, towards 0 for a strip."""
    return float(4 * np.pi * part.area / part.length**2)
