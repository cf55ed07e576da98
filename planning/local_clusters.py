"""Where marked points lie together beyond chance: local join counts.

Anselin & Li (2019), "Operational local join count statistics for cluster detection" (Journal of Geographical Systems
21, 189-210): for a marked point, the number of marked points within a distance. Under conditional permutation (the
point stays marked, the other marks are dealt out anew among the other points) that number is hypergeometric, so its
p-value is exact and needs no random numbers. Permutation stays within a group of points, so that a group in which many
are marked is not one cluster as a whole. Of the many tests, those stand that keep the share of false ones at a level
(Benjamini & Hochberg 1995).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial import cKDTree
from scipy.stats import false_discovery_control, hypergeom

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

# In no cluster.
NONE = -1
# Half of the points have so many others within the distance that is chosen; it is a multiple of `STEP_M`.
USUAL_NEIGHBOURS = 24
# In a small place fewer, or the neighbours would be everybody: one in eight points, but no less than six.
ONE_IN, FEWEST_NEIGHBOURS = 8, 6
STEP_M, LEAST_M, MOST_M = 10.0, 30.0, 500.0


@dataclass(frozen=True, slots=True)
class JoinCounts:
    """By point: `neighbours` of its group within the distance, `joins` (marked ones among them), and `p`.

    `p` is the chance of so many joins or more, 1 for points that are not marked.
    """

    neighbours: Whole
    joins: Whole
    p: Numbers


def usual_distance_m(places: Numbers) -> float:
    """Return the distance within which half of the points have `USUAL_NEIGHBOURS` others, in tens of metres."""
    if len(places) < 2:  # noqa: PLR2004  nobody has a neighbour
        return LEAST_M
    nth = int(np.clip(len(places) // ONE_IN, FEWEST_NEIGHBOURS, USUAL_NEIGHBOURS))
    nth = min(nth, len(places) - 1)
    distances, _ = cKDTree(places).query(places, k=[nth + 1])
    median = float(np.median(distances))
    return float(np.clip(np.ceil(median / STEP_M) * STEP_M, LEAST_M, MOST_M))


def join_counts(places: Numbers, marked: Flags, group: Whole, *, within_m: float) -> JoinCounts:
    """Return the local join count of each point, and its exact conditional p-value.

    Parameters
    ----------
    places
        One row per point: x and y in metres.
    marked
        Which points are marked.
    group
        The number of each point's group, from 0; only points of one group are neighbours and exchange their marks.
    """
    spots, spot = np.unique(np.column_stack([places, group]), axis=0, return_inverse=True)
    spot = spot.ravel()
    near = _near(spots[:, :2], spots[:, 2], within_m)
    here = np.bincount(spot, minlength=len(spots))
    marked_here = np.bincount(spot, weights=marked, minlength=len(spots)).astype(np.intp)
    neighbours = (near @ here)[spot] - 1
    joins = (near @ marked_here)[spot] - marked
    others = np.bincount(group)[group] - 1
    others_marked = np.bincount(group, weights=marked).astype(np.intp)[group] - 1
    p = np.ones(len(places))
    p[marked] = hypergeom.sf(
        joins[marked] - 1, others[marked], others_marked[marked], neighbours[marked]
    )
    return JoinCounts(neighbours, joins, p)


def _near(spots: Numbers, group: Numbers, within_m: float) -> sparse.csr_array:
    """Return which spots of one group lie within a distance of each other, themselves included."""
    pairs = cKDTree(spots).query_pairs(within_m, output_type="ndarray")
    pairs = pairs[group[pairs[:, 0]] == group[pairs[:, 1]]]
    one = np.concatenate([pairs[:, 0], pairs[:, 1], np.arange(len(spots))])
    other = np.concatenate([pairs[:, 1], pairs[:, 0], np.arange(len(spots))])
    ones = np.ones(len(one), dtype=np.intp)
    return sparse.csr_array((ones, (one, other)), shape=(len(spots), len(spots)))


def adjusted(p: Numbers) -> Numbers:
    """Return p-values adjusted for their number (Benjamini-Hochberg): a share of false ones among those below."""
    return np.asarray(false_discovery_control(p)) if len(p) else p


def clusters(places: Numbers, core: Flags, *, within_m: float) -> Whole:
    """Return the number of each point's cluster, from 0, or `NONE`.

    Core points within the distance of each other are of one cluster; other points within it are of the nearest core's.
    The numbers follow the places, whatever the order of the rows.
    """
    cluster = np.full(len(places), NONE, dtype=np.intp)
    if not core.any():
        return cluster
    spots = np.unique(places[core], axis=0)
    tree = cKDTree(spots)
    pairs = tree.query_pairs(within_m, output_type="ndarray")
    joined = sparse.coo_array(
        (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(spots), len(spots))
    )
    label: npt.NDArray[np.int32] = sparse.csgraph.connected_components(joined, directed=False)[1]
    distance, nearest = tree.query(places, distance_upper_bound=np.nextafter(within_m, np.inf))
    there = np.isfinite(distance)
    cluster[there] = label[np.asarray(nearest)[there]]
    return cluster
