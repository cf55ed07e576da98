"""Where houses join the walking network, and the network with these points set into its stretches."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame, Series
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from geo.barriers import ways_off_street
from geo.network import JUNCTION_DEGREE, WalkingNetwork

# Joining points at most this far apart on one street are one place.
PLACE_M = 2.0
# Joining points closer than this are the same point: finer than any survey, coarser than rounding noise.
POINT_M = 0.01
# Lengths are whole millimetres, so that sums along different ways compare exactly.
MM_PER_M = 1000.0
NOWHERE = -1
# Where a barrier lies before the nearest street, others are looked for ever farther out, for so many houses at once.
LOOKED_AROUND_M = (100.0, 300.0, 1_000.0)
FARTHEST_M = LOOKED_AROUND_M[-1]
LOOKED_AT_ONCE = 200
# So many distances are worked out at once (64 MB); what is not asked for is dropped in between.
DISTANCES_AT_ONCE = 8_000_000

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class StreetGraph:
    """The network with joining points set in.

    Nodes 0 … `street_nodes` - 1 are those of the network, the rest joining points inside stretches. `node` gives
    the node of each joining point (on the index of the joins, `NOWHERE` where not joined), `lengths_mm` the symmetric
    adjacency, `junction` whether a node is one, `stretch` the stretch a node lies inside (`NOWHERE` at its ends).
    """

    node: Series
    lengths_mm: csr_matrix
    junction: NDArray[np.bool_]
    stretch: Ints
    street_nodes: int


def join(points: GeoSeries, network: WalkingNetwork) -> DataFrame:
    """Return where each point joins the network: the nearest point of the nearest street on its side of barriers.

    Returns
    -------
    joins
        On the index of `points`: `stretch`, `offset_m` along it, `off_street_m` from the point to it, and whether that
        way lies `across` a barrier, for want of a street within `FARTHEST_M` on the point's own side. Missing points,
        and all points where there are no streets, have `stretch` -1 and no lengths. Of stretches equally near, the
        first in the order of the network.
    """
    joins = DataFrame(
        {"stretch": NOWHERE, "offset_m": np.nan, "off_street_m": np.nan, "across": False},
        index=points.index,
    )
    located = ~(points.isna() | points.is_empty).to_numpy()
    if not len(network.lines) or not located.any():
        return joins
    metric = points[located].to_crs(network.crs).to_numpy()
    part, across = _nearest_parts(metric, network)
    reached = network.banks.lines[part]
    stretch = network.banks.stretch[part]
    met = shapely.line_interpolate_point(reached, shapely.line_locate_point(reached, metric))
    joins.loc[located, "stretch"] = stretch
    joins.loc[located, "offset_m"] = shapely.line_locate_point(network.lines[stretch], met)
    joins.loc[located, "off_street_m"] = shapely.distance(reached, metric)
    joins.loc[located, "across"] = across
    return joins


def _nearest_parts(points: NDArray[np.object_], network: WalkingNetwork) -> tuple[Ints, Bools]:
    """Return the part of a street (a number of `network.banks`) each point joins, and whether across a barrier."""
    at, part = network.banks.tree.query_nearest(points)
    nearest = _first_of_each(at, part, by=[part])[1]
    across = _stopped(points, nearest, network)
    waiting = np.flatnonzero(across)
    for radius_m in LOOKED_AROUND_M:
        if not len(waiting):
            break
        found = [
            _free_parts(points, some, radius_m, network)
            for some in np.array_split(waiting, 1 + len(waiting) // LOOKED_AT_ONCE)
        ]
        free, best = (np.concatenate(parts) for parts in zip(*found, strict=True))
        nearest[free], across[free] = best, False
        waiting = np.flatnonzero(across)
    return nearest, across


def _free_parts(
    points: NDArray[np.object_], some: Ints, radius_m: float, network: WalkingNetwork
) -> tuple[Ints, Ints]:
    """Return which of `some` points reach a street part within the radius, and the nearest such part of each."""
    banks = network.banks
    at, part = banks.tree.query(points[some], predicate="dwithin", distance=radius_m)
    off_m = shapely.distance(banks.lines[part], points[some[at]])
    free = ~_stopped(points[some[at]], part, network)
    first, best = _first_of_each(at[free], part[free], by=[part[free], off_m[free]])
    return some[first], best


def _first_of_each(at: Ints, part: Ints, *, by: list[NDArray]) -> tuple[Ints, Ints]:
    """Return every one of `at` once, with the part that comes first; the last of `by` counts most."""
    order = np.lexsort([*by, at])
    first = order[np.unique(at[order], return_index=True)[1]]
    return at[first], part[first]


def _stopped(points: NDArray[np.object_], part: Ints, network: WalkingNetwork) -> Bools:
    """Return which of the ways from street parts to points a barrier stops."""
    if not len(network.barriers.pieces):
        return np.zeros(len(points), dtype=bool)
    return network.barriers.crossed_by(ways_off_street(points, network.banks, part))


def places(joins: DataFrame) -> Series:
    """Return the number of the place each joining point belongs to, `NOWHERE` where not joined.

    Points at most `PLACE_M` from the next one on the same stretch are one place, and so are all in a chain of such.
    """
    joined = _along_streets(joins)
    next_street = joined["stretch"].diff() != 0
    number = (next_street | (joined["offset_m"].diff() > PLACE_M)).cumsum() - 1
    return number.reindex(joins.index, fill_value=NOWHERE)


def short_places(joins: DataFrame) -> Series:
    """Return places as `places` does, but cut so that none is longer than `PLACE_M`.

    Whoever may pass at each of these may pass at the longer ones, however a chain of houses is cut into places.
    """
    joined = _along_streets(joins)
    number, begun = NOWHERE, (NOWHERE, 0.0)
    numbers = []
    for stretch, offset_m in zip(joined["stretch"], joined["offset_m"], strict=True):
        if stretch != begun[0] or offset_m - begun[1] > PLACE_M:
            number, begun = number + 1, (stretch, offset_m)
        numbers.append(number)
    return Series(numbers, index=joined.index, dtype="int64").reindex(
        joins.index, fill_value=NOWHERE
    )


def _along_streets(joins: DataFrame) -> DataFrame:
    joined = joins[joins["stretch"] != NOWHERE]
    return joined.sort_values(["stretch", "offset_m"], kind="stable")


def set_in(joins: DataFrame, network: WalkingNetwork) -> StreetGraph:
    """Return the graph of `network` with the joining points of `joins` set into its stretches.

    Points within `POINT_M` of each other share a node; those at the end of a stretch are the node there.
    """
    joined = joins[joins["stretch"] != NOWHERE]
    stretch = joined["stretch"].to_numpy(dtype=np.int64)
    lengths_mm = np.maximum(np.round(network.lengths_m * MM_PER_M), 1)
    offset_mm = np.round(joined["offset_m"].to_numpy() / POINT_M) * POINT_M * MM_PER_M
    at_start = offset_mm <= 0
    inside = ~at_start & (offset_mm < lengths_mm[stretch])

    street_nodes = len(network.nodes)
    beads = np.c_[stretch[inside], np.round(offset_mm[inside])]
    points, which = np.unique(beads, axis=0, return_inverse=True)
    node = np.where(at_start, network.starts[stretch], network.ends[stretch])
    node[inside] = street_nodes + which.ravel()
    return StreetGraph(
        node=Series(node, index=joined.index).reindex(joins.index, fill_value=NOWHERE),
        lengths_mm=_adjacency(points, lengths_mm, network),
        junction=np.r_[network.degrees >= JUNCTION_DEGREE, np.zeros(len(points), dtype=bool)],
        stretch=np.r_[np.full(street_nodes, NOWHERE), points[:, 0].astype(np.int64)],
        street_nodes=street_nodes,
    )


def _adjacency(points: Floats, lengths_mm: Floats, network: WalkingNetwork) -> csr_matrix:
    """Return the lengths between neighbouring nodes along every stretch; of parallel ways, the shortest."""
    stretches = np.arange(len(lengths_mm))
    size = len(network.nodes) + len(points)
    beads = DataFrame(
        {
            "stretch": np.r_[stretches, points[:, 0], stretches],
            "offset": np.r_[np.zeros(len(stretches)), points[:, 1], lengths_mm],
            "node": np.r_[network.starts, np.arange(len(network.nodes), size), network.ends],
        }
    ).sort_values(["stretch", "offset"], kind="stable")
    links = DataFrame(
        {
            "low": np.minimum(beads["node"], beads["node"].shift()),
            "high": np.maximum(beads["node"], beads["node"].shift()),
            "length": beads["offset"].diff(),
        }
    )[beads["stretch"].diff() == 0]
    links = links[links["low"] != links["high"]].groupby(["low", "high"], as_index=False).min()
    low, high = links["low"].to_numpy(dtype=int), links["high"].to_numpy(dtype=int)
    lengths = links["length"].to_numpy()
    ends = (np.r_[low, high], np.r_[high, low])
    return csr_matrix((np.r_[lengths, lengths], ends), (size, size))


def distances_m(
    graph: StreetGraph,
    sources: Ints,
    *,
    targets: Ints | None = None,
    limit_m: float = np.inf,
    workers: int = 1,
) -> Floats:
    """Return the metres along the streets from each source node to every node, infinite where there is no way.

    Dijkstra's, as scipy has it. `targets` names the only nodes that are asked for, in order; ways longer than `limit_m`
    are not looked for and come out infinite. `workers` are processes that share the sources: threads gain nothing,
    since scipy holds the interpreter; starting a process takes about a second, so that only many sources are worth it.
    """
    size = graph.lengths_mm.shape[0]
    step = max(1, DISTANCES_AT_ONCE // max(size, 1))
    parts = np.array_split(sources, max(workers, -(-len(sources) // step), 1))
    some = partial(_distances_m, graph.lengths_mm, targets, limit_m)
    if workers == 1:
        return np.concatenate([some(part) for part in parts])
    # a forked process would inherit locks of the threads of this one
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return np.concatenate(list(pool.map(some, parts)))


def _distances_m(
    lengths_mm: csr_matrix, targets: Ints | None, limit_m: float, some: Ints
) -> Floats:
    found = dijkstra(lengths_mm, indices=some, limit=limit_m * MM_PER_M)
    wanted = found if targets is None else found[:, targets]
    ways: Floats = wanted / MM_PER_M
    return ways
