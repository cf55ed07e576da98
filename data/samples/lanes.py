"""Alleys and lanes: they leave a street, run into the block, bend, branch, and mostly end there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Point, Polygon

Points = NDArray[np.float64]

AT_STREET_M = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How lanes are laid out: metres between starts, their length, how far apart, how they bend."""

    gap_m: tuple[float, float]
    length_m: tuple[float, float]
    apart_m: float
    margin_m: float
    bend: float
    share_through: float


TOWN = Manner(
    gap_m=(46, 95),
    length_m=(50, 230),
    apart_m=26,
    margin_m=17,
    bend=0.24,
    share_through=0.12,
)
VILLAGE = Manner(
    gap_m=(60, 130),
    length_m=(100, 420),
    apart_m=46,
    margin_m=34,
    bend=0.38,
    share_through=0.12,
)
# Lanes leave streets, then lanes leave lanes, shorter each time.
GENERATIONS = 5
SHORTER = 0.66


@dataclass(frozen=True, slots=True)
class Start:
    """Where a lane may begin, in which block, and which way it would run, in radians."""

    block: int
    at: Points
    heading: float


def lay_lanes(
    blocks: Sequence[Polygon],
    walkable: shapely.Geometry,
    manner: Manner,
    rng: np.random.Generator,
    *,
    wanted_m: float,
    centre: Point | None = None,
    empty: Polygon | MultiPolygon | None = None,
) -> list[LineString]:
    """Return lanes from the streets `walkable` into the blocks until they are `wanted_m` long together.

    The ones nearest to `centre` come first, in any order without one. None enters `empty`.
    """
    inner = [_inside(block, manner.margin_m, empty) for block in blocks]
    lanes: list[list[LineString]] = [[] for _ in blocks]
    starts = [start for at in range(len(blocks)) for start in _from_streets(at, blocks[at], walkable, manner, rng)]
    length_m = 0.0
    for generation in range(GENERATIONS):
        grown: list[tuple[int, LineString]] = []
        for start in _in_order(starts, centre, rng):
            if length_m >= wanted_m:
                break
            others, room = lanes[start.block], inner[start.block]
            if generation == 0:
                lane = _from_street(blocks[start.block], room, start, others, walkable, manner, rng)
            else:
                lane = _from_lane(room, start, others, manner, rng, shorter=SHORTER**generation)
            if lane is not None:
                others.append(lane)
                grown.append((start.block, lane))
                length_m += lane.length
        starts = [start for at, lane in grown for start in _along(at, lane, manner, rng)]
    return [lane for block_lanes in lanes for lane in block_lanes]


def _from_streets(
    at: int, block: Polygon, walkable: shapely.Geometry, manner: Manner, rng: np.random.Generator
) -> list[Start]:
    """Return places on the block's streets where lanes may begin, running inwards."""
    ring = shapely.orient_polygons(block, exterior_cw=False).exterior
    steps = rng.uniform(*manner.gap_m, int(ring.length / manner.gap_m[0]) + 1)
    along = np.cumsum(steps) - steps[0] / 2
    along = along[along < ring.length]
    here, before, after = (
        shapely.get_coordinates(shapely.line_interpolate_point(ring, (along + shift) % ring.length))
        for shift in (0, -12, 12)
    )
    heading = np.arctan2(*(after - before).T[::-1]) + np.pi / 2
    straight = np.hypot(*(after - before).T) > 23
    on_street = shapely.dwithin(shapely.points(here), walkable, AT_STREET_M)
    good = straight & on_street
    return [Start(at, *start) for start in zip(here[good], heading[good], strict=True)]


def _along(at: int, lane: LineString, manner: Manner, rng: np.random.Generator) -> list[Start]:
    """Return places on both sides of a lane where the next may begin."""
    starts = []
    for side in (np.pi / 2, -np.pi / 2):
        along_m = manner.apart_m * rng.uniform(0.7, 1.6)
        while along_m < lane.length - 3:
            here, there = (np.array(lane.interpolate(along_m + on).coords[0]) for on in (0, 2))
            starts.append(Start(at, here, float(np.arctan2(*(there - here)[::-1])) + side))
            along_m += manner.apart_m * rng.uniform(0.9, 2.2)
    return starts


def _inside(block: Polygon, margin_m: float, empty: Polygon | MultiPolygon | None) -> Polygon:
    """Return the part of the block where lanes may lie."""
    inner = block.buffer(-margin_m)
    return inner if empty is None else shapely.difference(inner, empty)


def _in_order(
    starts: list[Start], centre: Point | None, rng: np.random.Generator
) -> list[Start]:
    """Return the starts from the centre outwards, more or less, or in any order."""
    if not starts:
        return []
    if centre is None:
        return [starts[at] for at in rng.permutation(len(starts))]
    points = np.array([start.at for start in starts])
    away_m = np.hypot(*(points - centre.coords[0]).T) * rng.uniform(0.8, 1.25, len(points))
    return [starts[at] for at in np.argsort(away_m, kind="stable")]


def _from_street(
    block: Polygon,
    inner: Polygon,
    start: Start,
    others: list[LineString],
    walkable: shapely.Geometry,
    manner: Manner,
    rng: np.random.Generator,
) -> LineString | None:
    """Return a lane that leaves a street, or None where there is no room."""
    heading = start.heading + rng.normal(0, 0.07)
    if rng.random() < manner.share_through:
        lane = _through(block, start.at, heading, walkable)
        if lane is not None and _apart(lane, others, manner.apart_m):
            return lane
    return _dead_end(inner, start.at, heading, others, manner, rng)


def _from_lane(
    inner: Polygon,
    start: Start,
    others: list[LineString],
    manner: Manner,
    rng: np.random.Generator,
    *,
    shorter: float,
) -> LineString | None:
    """Return a lane that leaves another, or None where there is no room."""
    aside = np.array([np.cos(start.heading), np.sin(start.heading)])
    begin = start.at + 0.8 * manner.apart_m * aside
    tail = _dead_end(inner, begin, start.heading, others, manner, rng, shorter=shorter, closer=0.78)
    return None if tail is None else LineString([start.at, *tail.coords])


def _through(
    block: Polygon, point: Points, heading: float, walkable: shapely.Geometry
) -> LineString | None:
    """Return a straight lane to the street on the other side, or None where there is none."""
    ahead = np.array([np.cos(heading), np.sin(heading)])
    ray = LineString([point + 1.0 * ahead, point + 900 * ahead])
    inside = [part for part in shapely.get_parts(shapely.intersection(ray, block)) if part.length]
    if not inside:
        return None
    end = np.array(min(inside, key=lambda part: part.distance(Point(point))).coords[-1])
    lane = LineString([point, end])
    corner = np.hypot(*(np.array(block.exterior.coords) - end).T).min() < 12
    if corner or not 40 < lane.length < 260 or not shapely.dwithin(Point(end), walkable, AT_STREET_M):
        return None
    return lane


def _dead_end(
    inner: Polygon,
    point: Points,
    heading: float,
    others: list[LineString],
    manner: Manner,
    rng: np.random.Generator,
    *,
    shorter: float = 1.0,
    closer: float = 1.0,
) -> LineString | None:
    """Return a bending lane as long as there is room, or None where that is too short."""
    length_m = rng.uniform(*manner.length_m) * shorter
    path = _path(point, heading, length_m, manner.bend, rng)
    within = [part for part in shapely.get_parts(shapely.intersection(path, inner)) if part.length]
    if not within:
        return None
    first = min(within, key=lambda part: part.distance(Point(point)))
    if first.distance(Point(point)) > 2 * manner.margin_m:
        return None
    for part in (1.0, 0.7, 0.45):
        reach_m = part * path.project(Point(first.coords[-1]))
        lane = shapely.ops.substring(path, 0, reach_m)
        if reach_m >= shorter * manner.length_m[0] * 0.8 and _apart(lane, others, closer * manner.apart_m):
            return lane
    return None


def _path(
    point: Points, heading: float, length_m: float, bend: float, rng: np.random.Generator
) -> LineString:
    """Return a path of a few straight stretches, each turning a little."""
    stretches = 1 + int(length_m > 45) + int(length_m > 110) + int(length_m > 190)
    turns = rng.normal(0, bend, stretches)
    turns[0] = 0
    headings = heading + np.cumsum(turns)
    parts = rng.dirichlet(np.full(stretches, 6.0)) * length_m
    steps = np.stack([parts * np.cos(headings), parts * np.sin(headings)], axis=1)
    return LineString(np.concatenate([[point], point + np.cumsum(steps, axis=0)]))


def _apart(lane: LineString, others: list[LineString], apart_m: float) -> bool:
    """Return whether a lane keeps its distance from all others."""
    return not others or bool(shapely.distance(np.array(others), lane).min() >= apart_m)
