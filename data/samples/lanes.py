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
    """How lanes are laid out: metres between starts, their length, how far apart, how they bend and branch."""

    gap_m: tuple[float, float]
    length_m: tuple[float, float]
    apart_m: float
    margin_m: float
    bend: float
    share_through: float
    share_branching: float


TOWN = Manner(
    gap_m=(30, 46),
    length_m=(35, 130),
    apart_m=25,
    margin_m=17,
    bend=0.16,
    share_through=0.12,
    share_branching=0.5,
)
VILLAGE = Manner(
    gap_m=(60, 110),
    length_m=(80, 300),
    apart_m=46,
    margin_m=34,
    bend=0.38,
    share_through=0.15,
    share_branching=0.85,
)


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
    starts = [(at, start) for at, block in enumerate(blocks) for start in _starts(block, walkable, manner, rng)]
    lanes: list[list[LineString]] = [[] for _ in blocks]
    inner = [_inside(block, manner.margin_m, empty) for block in blocks]
    length_m = 0.0
    for at, (point, heading) in _in_order(starts, centre, rng):
        if length_m >= wanted_m:
            break
        grown = _grow(blocks[at], inner[at], point, heading, lanes[at], walkable, manner, rng)
        lanes[at] += grown
        length_m += sum(lane.length for lane in grown)
    return [lane for block_lanes in lanes for lane in block_lanes]


def _starts(
    block: Polygon, walkable: shapely.Geometry, manner: Manner, rng: np.random.Generator
) -> list[tuple[Points, float]]:
    """Return places on the block's streets where lanes may begin, with their heading inwards."""
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
    return list(zip(here[good], heading[good], strict=True))


def _inside(block: Polygon, margin_m: float, empty: Polygon | MultiPolygon | None) -> Polygon:
    """Return the part of the block where lanes may lie."""
    inner = block.buffer(-margin_m)
    return inner if empty is None else shapely.difference(inner, empty)


def _in_order(
    starts: list[tuple[int, tuple[Points, float]]], centre: Point | None, rng: np.random.Generator
) -> list[tuple[int, tuple[Points, float]]]:
    if not starts:
        return []
    if centre is None:
        return [starts[at] for at in rng.permutation(len(starts))]
    points = np.array([point for _, (point, _) in starts])
    away_m = np.hypot(*(points - centre.coords[0]).T) * rng.uniform(0.8, 1.25, len(points))
    return [starts[at] for at in np.argsort(away_m, kind="stable")]


def _grow(
    block: Polygon,
    inner: Polygon,
    point: Points,
    heading: float,
    others: list[LineString],
    walkable: shapely.Geometry,
    manner: Manner,
    rng: np.random.Generator,
) -> list[LineString]:
    """Return one lane with its branches, or nothing where there is no room."""
    heading += rng.normal(0, 0.07)
    if rng.random() < manner.share_through:
        lane = _through(block, point, heading, walkable)
        if lane is not None and _apart(lane, others, manner.apart_m):
            return [lane]
    lane = _dead_end(inner, point, heading, others, manner, rng)
    if lane is None:
        return []
    return [lane, *_branches(inner, lane, others, manner, rng)]


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
    for part in (1.0, 0.6):
        reach_m = part * path.project(Point(first.coords[-1]))
        lane = shapely.ops.substring(path, 0, reach_m)
        if reach_m >= shorter * manner.length_m[0] and _apart(lane, others, manner.apart_m):
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


def _branches(
    inner: Polygon,
    lane: LineString,
    others: list[LineString],
    manner: Manner,
    rng: np.random.Generator,
) -> list[LineString]:
    """Return short lanes to the sides of a lane."""
    grown: list[LineString] = []
    at_m = manner.apart_m * rng.uniform(0.9, 1.6)
    while at_m < lane.length - 4:
        if rng.random() < manner.share_branching:
            here, there = (np.array(lane.interpolate(at_m + ahead).coords[0]) for ahead in (0, 2))
            heading = float(np.arctan2(*(there - here)[::-1])) + rng.choice([-1, 1]) * np.pi / 2
            start = here + 0.7 * manner.apart_m * np.array([np.cos(heading), np.sin(heading)])
            near = [*others, *grown, lane]
            tail = _dead_end(inner, start, heading, [], manner, rng, shorter=0.35)
            if tail is not None and _apart(tail, near, 0.68 * manner.apart_m):
                grown.append(LineString([here, *tail.coords]))
        at_m += manner.apart_m * rng.uniform(0.9, 1.6)
    return grown


def _apart(lane: LineString, others: list[LineString], apart_m: float) -> bool:
    """Return whether a lane keeps its distance from all others."""
    return not others or bool(shapely.distance(np.array(others), lane).min() >= apart_m)
