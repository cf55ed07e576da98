"""Cut a polygon in two along a line that could be a street."""

from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely import LineString, Polygon

Points = NDArray[np.float64]

TRIES = 7
# How far a cut may lean from straight across (radians), and miss the share (spread of both).
TILT, MISS = 0.2, 0.015
# Missing the share by so much is as bad as one part being a mere strip.
SHARE_MATTERS = 6
# A cut that meets the edge nearer to a corner than this makes a crossing nobody would build.
CORNER_M = 25.0
CORNER_DEGREES = 25.0
HALVES = 2


@dataclass(frozen=True, slots=True)
class Cut:
    """Two polygons and the line between them; `first` holds about the share asked for."""

    first: Polygon
    second: Polygon
    line: LineString


@dataclass(frozen=True, slots=True)
class Weights:
    """Points all over a polygon and what each weighs, to cut it by weight."""

    at: Points
    each: Points

    def share_in(self, part: Polygon) -> float:
        """Return the share of the weight that lies in a part."""
        return float(self.each[shapely.contains_xy(part, self.at)].sum() / self.each.sum())


def cut(
    polygon: Polygon, weights: Weights, rng: np.random.Generator, *, share: float, bend: float
) -> Cut | None:
    """Return the best of a few cuts across the long side, or None where none parts the polygon.

    `share` of the weight shall lie in the first part. `bend` is how far the line strays from
    straight, as a share of its length.
    """
    along = _long_side(polygon)
    corners = _corners(polygon)
    best, least_fault = None, np.inf
    for _ in range(TRIES):
        heading = along + rng.normal(0, TILT)
        bends = rng.normal(0, bend, 2)
        across = _across(polygon, weights, heading, bends, share=share + rng.normal(0, MISS))
        parted = _parted(polygon, across, heading)
        if parted is None:
            continue
        fault = SHARE_MATTERS * abs(weights.share_in(parted.first) - share)
        fault += _ugliness(parted, corners)
        if fault < least_fault:
            best, least_fault = parted, fault
    return best


def spread(polygon: Polygon, *, count: int = 300) -> Points:
    """Return about `count` points evenly inside the polygon."""
    west, south, east, north = polygon.bounds
    step = np.sqrt(polygon.area / count)
    xs, ys = np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    at = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside = at[shapely.contains_xy(polygon, at)]
    return inside if len(inside) else np.array(polygon.representative_point().coords)


def lengthened(line: LineString, *, by_m: float = 0.01) -> LineString:
    """Return the line a touch longer at both ends, so that it surely crosses what it ends on."""
    bends = np.array(line.coords)
    ahead, behind = bends[0] - bends[1], bends[-1] - bends[-2]
    bends[0] += by_m * ahead / np.hypot(*ahead)
    bends[-1] += by_m * behind / np.hypot(*behind)
    return LineString(bends)


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
    return np.asarray(ring[turn > np.radians(CORNER_DEGREES)])


def _across(
    polygon: Polygon, weights: Weights, heading: float, bends: Points, *, share: float
) -> LineString:
    """Return a line at right angles to the heading that leaves `share` of the weight behind."""
    forward = np.array([np.cos(heading), np.sin(heading)])
    sideways = np.array([-forward[1], forward[0]])
    position = weights.at @ forward
    order = np.argsort(position, kind="stable")
    behind = np.cumsum(weights.each[order]) / weights.each.sum()
    cut_at = position[order][min(np.searchsorted(behind, share), len(order) - 1)]
    aside = np.array(polygon.exterior.coords) @ sideways
    low, length = aside.min() - 1, np.ptp(aside) + 2
    shift = np.array([0, *bends, 0]) * length
    across = low + np.array([0, 0.33, 0.67, 1]) * length
    return LineString(np.outer(cut_at + shift, forward) + np.outer(across, sideways))


def _parted(polygon: Polygon, line: LineString, heading: float) -> Cut | None:
    """Return the polygon parted by the longest stretch of the line inside it."""
    inside = shapely.get_parts(shapely.intersection(line, polygon))
    stretches = [part for part in inside if part.geom_type == "LineString" and part.length]
    if not stretches:
        return None
    longest = max(stretches, key=shapely.length)
    parts = shapely.get_parts(shapely.ops.split(polygon, lengthened(longest)))
    if len(parts) != HALVES:
        return None
    forward = np.array([np.cos(heading), np.sin(heading)])
    first, second = sorted(parts, key=lambda part: float(np.dot(part.centroid.coords[0], forward)))
    return Cut(first, second, longest)


def _ugliness(parted: Cut, corners: Points) -> float:
    """Return how unlike a town a cut is: thin parts, and crossings a little off each other."""
    thin = sum(1 - _compactness(part) for part in (parted.first, parted.second))
    if not len(corners):
        return thin
    ends = np.array([parted.line.coords[0], parted.line.coords[-1]])
    gap_m = np.hypot(*(ends[:, None] - corners[None]).transpose(2, 0, 1)).min(axis=1)
    return float(thin + np.clip(1 - gap_m / CORNER_M, 0, 1).sum())


def _compactness(part: Polygon) -> float:
    """Return 1 for a circle, towards 0 for a strip."""
    return float(4 * np.pi * part.area / part.length**2)
