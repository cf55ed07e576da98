"""Ground cut into triangles between places on its border."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import Delaunay

from geo.narrow import Places

Pairs = npt.NDArray[np.intp]

# A stretch of border that no triangle has for an edge is halved at most so often.
REFINEMENTS = 12
MOST_PLACES = 100_000


def triangulate(ground: Any, apart_m: float) -> tuple[Places, Pairs]:
    """Return places on the border of the ground, and the triangles of them that lie within it.

    Stretches of the border that are no edge of any triangle are halved until they are, or triangles
    would reach across it where the ground is thin.
    """
    places, stretches = _sampled(shapely.segmentize(ground, apart_m))
    for _ in range(REFINEMENTS):
        # counted from a corner: the doubles of full coordinates are too coarse for thin triangles
        triangles = Delaunay(places - places[0]).simplices
        edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
        missing = ~np.isin(_number(stretches, len(places)), _number(edges, len(places)))
        if not missing.any() or len(places) + missing.sum() > MOST_PLACES:
            break
        first, last = stretches[missing].T
        middles = np.arange(len(places), len(places) + len(first))
        places = np.concatenate([places, (places[first] + places[last]) / 2])
        halves = [np.stack(ends, axis=1) for ends in ((first, middles), (middles, last))]
        stretches = np.concatenate([stretches[~missing], *halves])
    within = shapely.contains_xy(ground, places[triangles].mean(axis=1))
    return places, triangles[within]


def _sampled(ground: Any) -> tuple[Places, Pairs]:
    """Return the corners of the ground, and which of them its border joins."""
    rings, of_ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(ground)), return_index=True
    )
    places, at = np.unique(rings, axis=0, return_inverse=True)
    at = at.ravel()
    stretches = np.stack([at[:-1], at[1:]], axis=1)[of_ring[:-1] == of_ring[1:]]
    return places, stretches[stretches[:, 0] != stretches[:, 1]]


def _number(pairs: Pairs, count: int) -> Pairs:
    """Return one number for each pair of so many, whichever comes first."""
    return pairs.min(axis=1) * count + pairs.max(axis=1)  # type: ignore[no-any-return]
