"""Which households are neighbours where no street says so: the triangles between them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# An edge is long where it is so many times what is usual at both its ends.
LONG = 4.0
# Households on one point stand so far apart, as on the floor of a building.
APART_M = 0.02
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
# A triangulation needs so many points.
FEWEST = 4


class Links(NamedTuple):
    """The neighbours of household i are `to[starts[i]:starts[i + 1]]`; neighbours are so mutually."""

    starts: Ints
    to: Ints


def neighbour_graph(xy_m: Floats, *, long: float = LONG) -> Links:
    """Return the neighbours of each household: edges of the Delaunay triangulation, long ones dropped.

    An edge is dropped where it is more than `long` times the usual (median) edge at both its ends, unless the graph
    would fall apart: then the shortest edges that hold it together stay. Households on one point are spread over a few
    centimetres, so that each has neighbours of its own.

    Parameters
    ----------
    xy_m
        (n, 2), metres on the plane.
    """
    count = len(xy_m)
    points = _spread(xy_m - xy_m.mean(axis=0)) if count else xy_m
    pairs = _triangle_edges(points)
    length = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    near = length <= long * np.max(_usual(pairs, length, count)[pairs], axis=1)
    return links_of(pairs[near | _holding(pairs, length, near, count)], count)


def links_of(pairs: Ints, count: int) -> Links:
    """Return the links of `count` units that `pairs` (m, 2) join, each told once."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    graph = csr_array((np.ones(len(both), dtype=np.int8), (both[:, 0], both[:, 1])), (count, count))
    return Links(graph.indptr.astype(np.int64), graph.indices.astype(np.int64))


def _spread(points: Floats) -> Floats:
    """Return the points, those on one another laid out as the seeds of a sunflower."""
    order = np.lexsort(points.T)
    new = np.ones(len(points), dtype=bool)
    new[1:] = (np.diff(points[order], axis=0) != 0).any(axis=1)
    if new.all():
        return points
    turn = np.arange(len(points)) - np.maximum.accumulate(np.where(new, np.arange(len(points)), 0))
    out = APART_M * np.sqrt(turn)
    spread = points.copy()
    spread[order, 0] += out * np.cos(turn * GOLDEN_ANGLE)
    spread[order, 1] += out * np.sin(turn * GOLDEN_ANGLE)
    return spread


def _triangle_edges(points: Floats) -> Ints:
    """Return the pairs that triangles join, each once; a chain where there are no triangles."""
    if len(points) < FEWEST:
        return _chain(points)
    # qhull is slow on sorted points
    order = np.random.default_rng(0).permutation(len(points))
    try:
        found = Delaunay(points[order])
    except QhullError:
        return _chain(points)
    corners, left_out = order[found.simplices], order[found.coplanar[:, [0, 2]]]
    edges = [corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]], left_out]
    pairs = np.concatenate(edges).astype(np.int64)
    pairs.sort(axis=1)
    number = np.unique(pairs[:, 0] * len(points) + pairs[:, 1])
    return np.stack([number // len(points), number % len(points)], axis=1)


def _chain(points: Floats) -> Ints:
    """Return the pairs next to each other along the line the points lie on."""
    order = np.lexsort(points.T)
    return np.stack([order[:-1], order[1:]], axis=1)


def _usual(pairs: Ints, length: Floats, count: int) -> Floats:
    """Return the median length of the edges at each point."""
    at, lengths = pairs.ravel(order="F"), np.tile(length, 2)
    lengths = lengths[np.lexsort((lengths, at))]
    degree = np.bincount(at, minlength=count)
    starts = np.cumsum(degree) - degree
    usual = np.zeros(count)
    some = degree > 0
    usual[some] = lengths[(starts + degree // 2)[some]]
    return usual


def _holding(
    pairs: Ints, length: Floats, near: npt.NDArray[np.bool_], count: int
) -> npt.NDArray[np.bool_]:
    """Return which edges that are not `near` must stay, or the graph would fall apart."""
    kept = coo_array((np.ones(near.sum()), tuple(pairs[near].T)), (count, count))
    pieces, piece = connected_components(kept, directed=False)
    held = np.zeros(len(pairs), dtype=bool)
    if pieces <= 1:
        return held
    between = np.flatnonzero(piece[pairs[:, 0]] != piece[pairs[:, 1]])
    ends = np.sort(piece[pairs[between]], axis=1)
    order = np.lexsort((length[between], ends[:, 1], ends[:, 0]))
    between, ends = between[order], ends[order]
    first = np.ones(len(ends), dtype=bool)
    first[1:] = (np.diff(ends, axis=0) != 0).any(axis=1)
    between, ends = between[first], ends[first]
    rank = 1.0 + np.argsort(np.argsort(length[between], kind="stable"))
    tree = minimum_spanning_tree(coo_array((rank, tuple(ends.T)), (pieces, pieces)).tocsr())
    held[between[np.isin(rank, tree.data)]] = True
    return held
