"""A walking network where nobody has drawn streets: each house linked to its neighbours, as the crow flies.

Neighbours are those of the Gabriel graph (Gabriel & Sokal 1969): no third house lies in the circle between two.
It holds the shortest tree over all houses, so that it is one piece; links that are long for where they lie, or cross a
barrier, are left out unless that tree needs them.
"""

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError

from geo.barriers import NO_BARRIERS, Barriers, build_barriers
from geo.network import GRID_M, MadeOf, WalkingNetwork, build_network, network_of

# A link is long where it has so many times the usual length at both its ends.
LONG = 3.0
# A house all by itself has no neighbour to be linked to, but needs a way to stand at.
STUB_M = 1.0
# The triangulation is slow on points in order.
SHUFFLED_BY = 1

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def network_of_ward(
    streets: GeoDataFrame, houses: GeoSeries, *, crs: str, barriers: GeoDataFrame | None = None
) -> WalkingNetwork:
    """Return the walking network of the streets, or where there are none, of the houses; `made_of` says which."""
    if not streets.empty:
        return build_network(streets, crs=crs, barriers=barriers)
    return house_network(houses, crs=crs, barriers=barriers)


def house_network(
    houses: GeoSeries, *, crs: str, barriers: GeoDataFrame | None = None
) -> WalkingNetwork:
    """Return the network of links between neighbouring houses, in the metric `crs`; every house is a node of it.

    It is one piece. A barrier is crossed only where the houses beyond cannot be reached otherwise, at the shortest
    link. The order of houses does not matter; missing points are left out.
    """
    walls = NO_BARRIERS if barriers is None else build_barriers(barriers, crs=crs)
    located = houses[~(houses.isna() | houses.is_empty)]
    if located.empty:
        return _linked(np.empty((0, 2, 2)), crs, walls)
    spots = shapely.get_coordinates(located.to_crs(crs).to_numpy())
    spots = np.unique(np.round(spots / GRID_M) * GRID_M, axis=0)
    if len(spots) == 1:
        return _linked(np.array([[spots[0], spots[0] + [STUB_M, 0.0]]]), crs, walls)
    return _linked(spots[neighbours(spots, walls)], crs, walls)


def _linked(ends: Floats, crs: str, barriers: Barriers) -> WalkingNetwork:
    lines = shapely.linestrings(ends) if len(ends) else np.array([], dtype=object)
    return network_of(lines, crs=crs, barriers=barriers, made_of=MadeOf.NEIGHBOURS)


def neighbours(spots: Floats, barriers: Barriers = NO_BARRIERS) -> Ints:
    """Return pairs of neighbouring spots, each once and the lower number first, in order; one piece.

    `spots` is (n, 2) metres without repeats, n at least 2.
    """
    pairs, alone = _triangulated(spots)
    length = np.hypot(*(spots[pairs[:, 0]] - spots[pairs[:, 1]]).T)
    across = barriers.crossed_by(shapely.linestrings(spots[pairs]))
    near = alone & ~across
    near &= ~_long(pairs, np.where(near, length, np.inf), len(spots))
    kept: Ints = pairs[near | _shortest_tree(pairs, np.lexsort([length, across]), len(spots))]
    return kept


def _triangulated(spots: Floats) -> tuple[Ints, Bools]:
    """Return the pairs of Delaunay's triangles, and which of them are neighbours by themselves (Gabriel)."""
    order = np.random.default_rng(SHUFFLED_BY).permutation(len(spots))
    try:
        # counted from a corner: the doubles of full coordinates are too coarse for thin triangles
        found = Delaunay((spots - spots[0])[order])
    except (QhullError, ValueError):
        return _in_a_row(spots)
    corners = order[found.simplices]
    sides = [(0, 1, 2), (1, 2, 0), (2, 0, 1)]
    pairs = np.concatenate([corners[:, [one, other]] for one, other, _ in sides])
    third = np.concatenate([corners[:, apart] for *_, apart in sides])
    to_one, to_other = (spots[pairs[:, side]] - spots[third] for side in (0, 1))
    outside = (to_one * to_other).sum(axis=1) > 0
    dropped = order[found.coplanar[:, [0, 2]]]
    pairs = np.sort(np.concatenate([pairs, dropped]), axis=1)
    outside = np.r_[outside, np.ones(len(dropped), dtype=bool)]
    unique, at = np.unique(pairs, axis=0, return_inverse=True)
    inside = np.bincount(at.ravel(), weights=~outside) > 0
    return unique, ~inside


def _in_a_row(spots: Floats) -> tuple[Ints, Bools]:
    """Return the links of spots that lie in one line, or are too few for a triangle."""
    middle = spots - spots.mean(axis=0)
    along = middle @ np.linalg.svd(middle, full_matrices=False)[2][0]
    order = np.argsort(along, kind="stable")
    pairs = np.sort(np.c_[order[:-1], order[1:]], axis=1)
    pairs = pairs[np.lexsort([pairs[:, 1], pairs[:, 0]])]
    return pairs, np.ones(len(pairs), dtype=bool)


def _long(pairs: Ints, length: Floats, count: int) -> Bools:
    """Return which links are long beside the middle one of those at either end; infinite ones do not count."""
    node, own = np.r_[pairs[:, 0], pairs[:, 1]], np.r_[length, length]
    order = np.lexsort([own, node])
    links = np.bincount(node[np.isfinite(own)], minlength=count)
    first = np.r_[0, np.cumsum(np.bincount(node, minlength=count))[:-1]]
    some = links > 0
    usual = np.zeros(count)
    usual[some] = own[order][first[some] + (links[some] - 1) // 2]
    long: Bools = length > LONG * np.maximum(usual[pairs[:, 0]], usual[pairs[:, 1]])
    return long


def _shortest_tree(pairs: Ints, best_first: Ints, count: int) -> Bools:
    """Return which links make the shortest tree; by rank, so that there is only one."""
    rank = np.empty(len(pairs))
    rank[best_first] = np.arange(1, len(pairs) + 1)
    tree = minimum_spanning_tree(coo_matrix((rank, (pairs[:, 0], pairs[:, 1])), (count, count)))
    return np.isin(rank, tree.data)
