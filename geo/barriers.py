"""What people on foot cannot pass: rivers, railways, main roads.

A street drawn across a barrier is its bridge or its crossing; nothing else leads across. Streets stay whole, then.
It is the ways off the streets that a barrier stops: from a house to its street, and over gaps in the drawing.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from shapely import STRtree

from geo.errors import UnknownCrsError

# Nearer to a barrier than this, a street or a house counts as on it, on whichever side it was drawn.
ON_BARRIER_M = 0.05
# A street that is on a barrier for longer runs along it; one that crosses is on it for twice that width, or a bit more.
LONG_ON_BARRIER_M = 10 * ON_BARRIER_M

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Lines = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class Barriers:
    """Barriers in metres, as straight pieces of two corners each."""

    pieces: Lines

    @cached_property
    def tree(self) -> STRtree:
        """Spatial index of the pieces."""
        return STRtree(self.pieces)

    def crossed_by(self, ways: Lines) -> Bools:
        """Return which of `ways` touch or cross a barrier; missing ways do not."""
        crossed = np.zeros(len(ways), dtype=bool)
        if len(self.pieces) and len(ways):
            crossed[self.tree.query(ways, predicate="intersects")[0]] = True
        return crossed

    def near(self, line: Lines) -> tuple[Ints, Ints]:
        """Return pairs of a line and a piece of barrier it comes as near to as `ON_BARRIER_M`."""
        if not len(self.pieces) or not len(line):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        at, piece = self.tree.query(line, predicate="dwithin", distance=ON_BARRIER_M)
        return at, piece


NO_BARRIERS = Barriers(pieces=np.array([], dtype=object))


def build_barriers(barriers: GeoDataFrame, *, crs: str) -> Barriers:
    """Return the barriers in the metric `crs`; areas stop people at their rims, rows without a shape nobody.

    The order of rows does not matter.

    Raises
    ------
    UnknownCrsError
        Where `barriers` has rows but no coordinate system.
    """
    if barriers.empty:
        return NO_BARRIERS
    if barriers.crs is None:
        raise UnknownCrsError("crs_unknown")
    shapes = barriers.geometry.to_crs(crs).to_numpy()
    parts = shapely.get_parts(shapely.force_2d(shapes[~shapely.is_missing(shapes)]))
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = shapely.get_parts(np.r_[parts[~areas], shapely.boundary(parts[areas])])
    return Barriers(pieces=_pieces(lines[shapely.get_dimensions(lines) == 1]))


def _pieces(lines: Lines) -> Lines:
    """Return the straight pieces of lines, in one order whatever order they came in."""
    corners, of_line = shapely.get_coordinates(lines, return_index=True)
    goes_on = of_line[1:] == of_line[:-1]
    ends = np.stack([corners[:-1], corners[1:]], axis=1)[goes_on]
    ends = ends[(ends[:, 0] != ends[:, 1]).any(axis=1)]
    if not len(ends):
        return NO_BARRIERS.pieces
    pieces: Lines = shapely.linestrings(np.unique(ends.reshape(-1, 4), axis=0).reshape(-1, 2, 2))
    return pieces


@dataclass(frozen=True, kw_only=True)
class Banks:
    """Streets cut where they cross a barrier: what of them lies on which side of it.

    `lines[i]` is a part of stretch `stretch[i]`; `along[i]` where it runs on the barrier itself, and so on both sides.
    """

    lines: Lines
    stretch: Ints
    along: Bools

    @cached_property
    def tree(self) -> STRtree:
        """Spatial index of the parts."""
        return STRtree(self.lines)


def cut_at_barriers(lines: Lines, barriers: Barriers) -> Banks:
    """Return the parts of `lines` on either side of `barriers`, in the order of the lines."""
    line, piece = barriers.near(lines)
    cut = np.unique(line)
    whole = np.setdiff1d(np.arange(len(lines)), cut)
    found = [(lines[whole], whole, np.zeros(len(whole), dtype=bool))]
    for number in cut.tolist():
        # the parts keep off the barrier, so that a way to their end does not touch it
        wall = shapely.union_all(
            shapely.buffer(barriers.pieces[piece[line == number]], ON_BARRIER_M)
        )
        beside = _line_parts(shapely.difference(lines[number], wall))
        upon = _line_parts(shapely.intersection(lines[number], wall))
        upon = upon[(shapely.length(upon) > LONG_ON_BARRIER_M) | (len(beside) == 0)]
        parts = np.r_[beside, upon]
        along = np.r_[np.zeros(len(beside), dtype=bool), np.ones(len(upon), dtype=bool)]
        found.append((parts, np.full(len(parts), number), along))
    stretch = np.concatenate([one[1] for one in found]).astype(np.int64)
    order = np.argsort(stretch, kind="stable")
    return Banks(
        lines=np.concatenate([one[0] for one in found])[order],
        stretch=stretch[order],
        along=np.concatenate([one[2] for one in found])[order],
    )


def _line_parts(shape: object) -> Lines:
    parts = shapely.get_parts(shape)
    lines: Lines = parts[(shapely.get_dimensions(parts) == 1) & (shapely.length(parts) > 0)]
    return lines


def ways_off_street(points: Lines, banks: Banks, part: Ints) -> Lines:
    """Return the ways from street parts to points, as far as a barrier could stop them; missing where none could.

    The last centimetres at the house do not count, nor those at a street that runs on the barrier itself.
    """
    ways = shapely.shortest_line(banks.lines[part], points)
    length = shapely.length(ways)
    begin = np.where(banks.along[part], 2 * ON_BARRIER_M, 0.0)
    end = length - ON_BARRIER_M
    first = shapely.line_interpolate_point(ways, np.minimum(begin, length))
    last = shapely.line_interpolate_point(ways, np.maximum(end, 0.0))
    ends = np.stack([shapely.get_coordinates(first), shapely.get_coordinates(last)], axis=1)
    kept = np.full(len(points), None, dtype=object)
    goes = end > begin
    if goes.any():
        kept[goes] = shapely.linestrings(ends[goes])
    return kept
