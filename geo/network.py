"""The walking network: streets and alleys noded where they cross, as stretches between junctions.

A *stretch* is a piece of street between two junctions or dead ends; a *junction* is where three or more stretches
meet. Bridges and underpasses are not told apart from crossings: streets that cross on the map meet.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import STRtree

from geo.barriers import NO_BARRIERS, Banks, Barriers, build_barriers, cut_at_barriers
from geo.errors import UnknownCrsError

# Coordinates are rounded to a millimetre, so that the same streets in any order give the same network.
GRID_M = 0.001
# A street that ends this close to another one meets it: surveyors' near misses, not gaps people notice.
SNAP_M = 0.5
# From this many stretches on, their common end is a junction.
JUNCTION_DEGREE = 3


class MadeOf(StrEnum):
    """What a walking network was made of; said with every figure that rests on it."""

    STREETS = "streets"
    NEIGHBOURS = "neighbour_graph"


@dataclass(frozen=True, kw_only=True)
class WalkingNetwork:
    """Streets as a graph, in metres.

    `nodes` is (n, 2) coordinates; stretch `e` is `lines[e]`, running from node `starts[e]` to node `ends[e]`
    (the same node where it is a ring) over `lengths_m[e]` metres. Off the stretches, `barriers` are not crossed.
    """

    crs: str
    nodes: NDArray[np.float64]
    lines: NDArray[np.object_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lengths_m: NDArray[np.float64]
    barriers: Barriers = NO_BARRIERS
    made_of: MadeOf = MadeOf.STREETS

    @cached_property
    def banks(self) -> Banks:
        """The stretches, cut where they cross a barrier."""
        return cut_at_barriers(self.lines, self.barriers)

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """How many stretch ends meet at each node."""
        return np.bincount(np.r_[self.starts, self.ends], minlength=len(self.nodes))

    @cached_property
    def piece_of_node(self) -> NDArray[np.int64]:
        """Which connected piece of the network each node belongs to."""
        size = len(self.nodes)
        links = coo_matrix((np.ones(len(self.starts)), (self.starts, self.ends)), (size, size))
        return connected_components(links, directed=False)[1].astype(np.int64)

    @property
    def components(self) -> int:
        """In how many pieces the network lies; 0 without streets."""
        return int(self.piece_of_node.max()) + 1 if len(self.nodes) else 0

    @property
    def length_m(self) -> float:
        """How long all stretches are together."""
        return float(self.lengths_m.sum())


def build_network(
    streets: GeoDataFrame,
    *,
    crs: str,
    barriers: GeoDataFrame | None = None,
    snap_m: float = SNAP_M,
) -> WalkingNetwork:
    """Return the walking network of `streets` in the metric `crs`; without streets, an empty one.

    Lines are noded at crossings, near misses up to `snap_m` closed unless a barrier lies in the gap, pieces that merely
    continue each other joined to one stretch. Heights are dropped, multi-lines taken apart; rows without a line are
    left out. The order of rows does not matter.

    Raises
    ------
    UnknownCrsError
        Where `streets` or `barriers` has rows but no coordinate system.
    """
    walls = NO_BARRIERS if barriers is None else build_barriers(barriers, crs=crs)
    if streets.empty:
        return network_of(np.array([], dtype=object), crs=crs, barriers=walls)
    if streets.crs is None:
        raise UnknownCrsError("crs_unknown")
    noded = _noded(_single_lines(streets.geometry.to_crs(crs).to_numpy()))
    gaps = _gaps(noded, snap_m)
    closed = gaps[~walls.crossed_by(gaps)]
    return network_of(_in_order(_noded(np.r_[noded, closed])), crs=crs, barriers=walls)


def _single_lines(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    parts = shapely.get_parts(shapely.force_2d(geometry[~shapely.is_missing(geometry)]))
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    return _in_order(parts[lines & ~shapely.is_empty(parts) & (shapely.length(parts) > 0)])


def _noded(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    merged = shapely.line_merge(shapely.union_all(lines, grid_size=GRID_M))
    parts = shapely.get_parts(merged)
    noded: NDArray[np.object_] = parts[shapely.length(parts) > 0]
    return noded


def _gaps(lines: NDArray[np.object_], snap_m: float) -> NDArray[np.object_]:
    """Return short lines from dead ends to the other stretch they all but touch."""
    ends = np.r_[shapely.get_point(lines, 0), shapely.get_point(lines, -1)]
    own = np.tile(np.arange(len(lines)), 2)
    _, where, times = np.unique(
        shapely.get_coordinates(ends), axis=0, return_inverse=True, return_counts=True
    )
    dead = (times[where.ravel()] == 1) & (shapely.length(lines)[own] > 2 * snap_m)
    ends, own = ends[dead], own[dead]
    at, other = STRtree(lines).query(ends, predicate="dwithin", distance=snap_m)
    foreign = own[at] != other
    gaps: NDArray[np.object_] = shapely.shortest_line(ends[at[foreign]], lines[other[foreign]])
    return gaps


def _in_order(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return each line in one direction and all of them in one order, whatever order they came in."""
    lines = shapely.normalize(lines)
    ordered: NDArray[np.object_] = lines[
        np.argsort(shapely.to_wkb(lines).astype("S"), kind="stable")
    ]
    return ordered


def network_of(
    lines: NDArray[np.object_],
    *,
    crs: str,
    barriers: Barriers = NO_BARRIERS,
    made_of: MadeOf = MadeOf.STREETS,
) -> WalkingNetwork:
    """Return the network of lines that meet at their ends only, in their order."""
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    last = shapely.get_coordinates(shapely.get_point(lines, -1))
    nodes, where = np.unique(np.vstack([first, last]), axis=0, return_inverse=True)
    where = where.ravel().astype(np.int64)
    return WalkingNetwork(
        crs=crs,
        nodes=nodes,
        lines=lines,
        starts=where[: len(lines)],
        ends=where[len(lines) :],
        lengths_m=shapely.length(lines),
        barriers=barriers,
        made_of=made_of,
    )
