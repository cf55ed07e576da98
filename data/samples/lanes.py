"""Alleys and lanes: they leave a street, run into the block, bend, branch, and mostly end there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon

from data.samples.ground import Zone

Points = NDArray[np.float64]

AT_STREET_M = 0.05
# No lane leaves a street nearer to a bend than this, nor arrives nearer to a corner than that.
STRAIGHT_M, CORNER_M = 12.0, 12.0
THROUGH_M = (40.0, 260.0)
# Lanes longer than these have a bend more.
BENDS_AFTER_M = (45.0, 110.0, 190.0)
# Lanes leave streets, then lanes leave lanes, shorter each time and a little nearer together.
GENERATIONS = 5
SHORTER, CLOSER = 0.66, 0.78
# A lane that has not all the room it wants is cut to one of these shares.
CUT_TO = (1.0, 0.7, 0.45)
SHORTEST = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How lanes lie: metres between starts, long, apart and from streets; bend in radians."""

    gap_m: tuple[float, float]
    length_m: tuple[float, float]
    apart_m: float
    margin_m: float
    bend: float
    share_through: float = 0.12


TOWN = Manner(gap_m=(56, 115), length_m=(55, 260), apart_m=26, margin_m=17, bend=0.24)
VILLAGE = Manner(gap_m=(60, 130), length_m=(100, 420), apart_m=46, margin_m=34, bend=0.38)
MANNERS = {Zone.TOWN: TOWN, Zone.EDGE: TOWN, Zone.VILLAGE: VILLAGE}


@dataclass(frozen=True, slots=True)
class Block:
    """The land between streets, the part of it where lanes may lie, and the lanes so far."""

    shape: Polygon
    inner: Polygon
    lanes: list[LineString] = field(default_factory=list)

    def clear(self, lane: LineString, apart_m: float) -> bool:
        """Return whether a lane keeps its distance from all others."""
        return not self.lanes or bool(shapely.distance(np.array(self.lanes), lane).min() >= apart_m)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a lane may begin, in which block, and which way it would run, in radians."""

    block: Block
    at: Points
    heading: float


def lay_lanes(
    shapes: Sequence[Polygon],
    walkable: shapely.Geometry,
    manner: Manner,
    rng: np.random.Generator,
    *,
    wanted_m: float,
    centre: Point | None,
    empty: Polygon,
) -> list[LineString]:
    """Return lanes from the streets `walkable` into blocks until they are `wanted_m` long together.

    The ones nearest to `centre` come first, in any order without one. None enters `empty`.
    """
    blocks = [
        Block(shape, shapely.difference(shape.buffer(-manner.margin_m), empty)) for shape in shapes
    ]
    starts = [start for block in blocks for start in _from_streets(block, walkable, manner, rng)]
    length_m = 0.0
    for generation in range(GENERATIONS):
        grown: list[tuple[Block, LineString]] = []
        for start in _in_order(starts, centre, rng):
            if length_m >= wanted_m:
                break
            if generation == 0:
                lane = _leaving_street(start, walkable, manner, rng)
            else:
                lane = _leaving_lane(start, manner, rng, shorter=SHORTER**generation)
            if lane is not None:
                start.block.lanes.append(lane)
                grown.append((start.block, lane))
                length_m += lane.length
        starts = [start for block, lane in grown for start in _from_lane(block, lane, manner, rng)]
    return [lane for block in blocks for lane in block.lanes]


def _from_streets(
    block: Block, walkable: shapely.Geometry, manner: Manner, rng: np.random.Generator
) -> list[Start]:
    """Return places on the block's streets where lanes may begin, running inwards."""
    ring = shapely.orient_polygons(block.shape, exterior_cw=False).exterior
    steps = rng.uniform(*manner.gap_m, int(ring.length / manner.gap_m[0]) + 1)
    along_m = np.cumsum(steps) - steps[0] / 2
    along_m = along_m[along_m < ring.length]
    here, before, after = (
        shapely.get_coordinates(shapely.line_interpolate_point(ring, (along_m + by) % ring.length))
        for by in (0, -STRAIGHT_M, STRAIGHT_M)
    )
    ahead = after - before
    straight = np.hypot(*ahead.T) > 2 * STRAIGHT_M - 1
    good = straight & shapely.dwithin(shapely.points(here), walkable, AT_STREET_M)
    headings = np.arctan2(ahead[:, 1], ahead[:, 0]) + np.pi / 2
    return [Start(block, *at) for at in zip(here[good], headings[good].tolist(), strict=True)]


def _from_lane(
    block: Block, lane: LineString, manner: Manner, rng: np.random.Generator
) -> list[Start]:
    """Return places on both sides of a lane where the next may begin."""
    starts = []
    for side in (np.pi / 2, -np.pi / 2):
        along_m = manner.apart_m * rng.uniform(0.7, 1.6)
        while along_m < lane.length - 3:
            here, there = (np.array(lane.interpolate(along_m + on).coords[0]) for on in (0, 2))
            heading = float(np.arctan2(*(there - here)[::-1])) + side
            starts.append(Start(block, here, heading))
            along_m += manner.apart_m * rng.uniform(0.9, 2.2)
    return starts


def _in_order(starts: list[Start], centre: Point | None, rng: np.random.Generator) -> list[Start]:
    """Return the starts from the centre outwards, more or less, or in any order."""
    if centre is None or not starts:
        return [starts[at] for at in rng.permutation(len(starts))]
    points = np.array([start.at for start in starts])
    away_m = np.hypot(*(points - centre.coords[0]).T) * rng.uniform(0.8, 1.25, len(points))
    return [starts[at] for at in np.argsort(away_m, kind="stable")]


def _leaving_street(
    start: Start, walkable: shapely.Geometry, manner: Manner, rng: np.random.Generator
) -> LineString | None:
    """Return a lane that leaves a street, or None where there is no room."""
    straight = Start(start.block, start.at, start.heading + rng.normal(0, 0.07))
    if rng.random() < manner.share_through:
        lane = _through(straight, walkable)
        if lane is not None and start.block.clear(lane, manner.apart_m):
            return lane
    return _dead_end(straight, manner, rng)


def _leaving_lane(
    start: Start, manner: Manner, rng: np.random.Generator, *, shorter: float
) -> LineString | None:
    """Return a lane that leaves another, or None where there is no room."""
    aside = np.array([np.cos(start.heading), np.sin(start.heading)])
    begin = Start(start.block, start.at + 0.8 * manner.apart_m * aside, start.heading)
    tail = _dead_end(begin, manner, rng, shorter=shorter, closer=CLOSER)
    return None if tail is None else LineString([start.at, *tail.coords])


def _through(start: Start, walkable: shapely.Geometry) -> LineString | None:
    """Return a straight lane to the street on the other side, or None where there is none."""
    ahead = np.array([np.cos(start.heading), np.sin(start.heading)])
    ray = LineString([start.at + ahead, start.at + 2 * THROUGH_M[1] * ahead])
    parts = shapely.get_parts(shapely.intersection(ray, start.block.shape))
    inside = [part for part in parts if part.length]
    if not inside:
        return None
    first = min(inside, key=lambda part: part.distance(Point(start.at)))
    lane = LineString([start.at, first.coords[-1]])
    end = Point(first.coords[-1])
    corners = shapely.points(shapely.get_coordinates(start.block.shape))
    near_corner = shapely.distance(corners, end).min() < CORNER_M
    fits = THROUGH_M[0] < lane.length < THROUGH_M[1]
    arrives = fits and not near_corner and shapely.dwithin(end, walkable, AT_STREET_M)
    return lane if arrives else None


def _dead_end(
    start: Start,
    manner: Manner,
    rng: np.random.Generator,
    *,
    shorter: float = 1.0,
    closer: float = 1.0,
) -> LineString | None:
    """Return a bending lane as long as there is room, or None where that is too short."""
    path = _path(start, rng.uniform(*manner.length_m) * shorter, manner.bend, rng)
    parts = shapely.get_parts(shapely.intersection(path, start.block.inner))
    begin = Point(start.at)
    within = [part for part in parts if part.length]
    if not within:
        return None
    first = min(within, key=lambda part: part.distance(begin))
    if first.distance(begin) > 2 * manner.margin_m:
        return None
    for share in CUT_TO:
        reach_m = share * path.project(Point(first.coords[-1]))
        lane = shapely.ops.substring(path, 0, reach_m)
        long_enough = reach_m >= SHORTEST * shorter * manner.length_m[0]
        if long_enough and start.block.clear(lane, closer * manner.apart_m):
            return lane
    return None


def _path(start: Start, length_m: float, bend: float, rng: np.random.Generator) -> LineString:
    """Return a path of a few straight stretches, each turning a little."""
    stretches = 1 + sum(length_m > after_m for after_m in BENDS_AFTER_M)
    turns = rng.normal(0, bend, stretches)
    turns[0] = 0
    headings = start.heading + np.cumsum(turns)
    parts_m = rng.dirichlet(np.full(stretches, 6.0)) * length_m
    steps = np.stack([parts_m * np.cos(headings), parts_m * np.sin(headings)], axis=1)
    return LineString(np.concatenate([[start.at], start.at + np.cumsum(steps, axis=0)]))
