"""Ground that lies between areas, shared out among them along the line in their middle.

The border of the ground is sampled and triangulated (Delaunay); an edge that leads from the side of
one area to the side of another is cut where it is as far from both. Between parallel borders these
cuts are exactly the middle line, however the samples lie.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.narrow import SAME_PLACE_M, Places, Shapes
from geo.triangles import Pairs, triangulate

Flags = npt.NDArray[np.bool_]

# Ground narrower than this falls whole to the side along which it lies longest.
WORTH_HALVING_M = 0.01
# Samples are a width of the ground apart at first, and halved where that is too coarse.
LEAST_APART_M = 0.5
HALVINGS = 4
# So much of the borders may end up on the wrong side of the middle.
STRAY_SHARE = 0.02
# The middle line is smoothed by so much of the width, at most by some centimetres.
SMOOTHED_WIDTHS = 0.05
MOST_SMOOTHED_M = 0.1
# A computed point that should lie on a line lies at least this near.
ROUNDING_M = 1e-6


def share_out(ground: Any, sides: Shapes, *, width_m: float) -> Shapes:
    """Return the part of `ground` that falls to each of `sides`, empty for those that get none.

    Parameters
    ----------
    ground
        A polygon, in metres.
    sides
        The areas that it borders on.
    width_m
        How wide the ground is at its widest: its border is looked at that closely.
    """
    if len(sides) == 1:
        return np.array([ground], dtype=object)
    if width_m < WORTH_HALVING_M:
        longest = int(_along_m(ground, sides).argmax())
        return _joined(np.array([ground]), np.array([longest]), len(sides))
    apart_m = max(width_m, LEAST_APART_M)
    for _ in range(HALVINGS):
        faces = _faces(ground, middle_lines(ground, sides, apart_m), width_m)
        along_m = np.array([_along_m(face, sides) for face in faces])
        stray_m = along_m.sum() - along_m.max(axis=1).sum()
        if stray_m <= STRAY_SHARE * along_m.sum():
            break
        apart_m /= 2
    alone = along_m.sum(axis=1) == 0
    fallen_to = np.where(alone, -1, along_m.argmax(axis=1))
    own = _joined(faces, fallen_to, len(sides))
    beside_m = shapely.length(shapely.intersection(faces[alone][:, None], own))
    fallen_to[alone] = beside_m.argmax(axis=1)
    return _joined(faces, fallen_to, len(sides))


def _joined(faces: Shapes, fallen_to: Any, sides: int) -> Shapes:
    parts = [shapely.union_all(faces[fallen_to == side]) for side in range(sides)]
    return np.array(parts, dtype=object)


def middle_lines(ground: Any, sides: Shapes, apart_m: float) -> Any:
    """Return the lines in `ground` that are as far from one side as from another."""
    samples, triangles = triangulate(ground, apart_m)
    away_m = shapely.distance(shapely.points(samples)[:, None], sides)
    lies = away_m <= np.maximum(away_m.min(axis=1, keepdims=True), SAME_PLACE_M)
    edges = np.stack([triangles, np.roll(triangles, -1, axis=1)], axis=2)
    is_cut = ~(lies[edges[:, :, 0]] & lies[edges[:, :, 1]]).any(axis=2)
    crossings = _crossings(samples, away_m, np.sort(edges, axis=2))
    cuts = [
        _cuts(samples[triangles], crossings, is_cut),
        _partings(samples, edges[is_cut], crossings[is_cut], lies.sum(axis=1) > 1),
    ]
    return shapely.line_merge(shapely.union_all(shapely.linestrings(np.concatenate(cuts))))


def _crossings(samples: Places, away_m: Places, edges: Pairs) -> Places:
    """Return the place on each edge (…, 2) that is as far from the side of one end as of the other.

    How much nearer one side is than the other changes about evenly along an edge.
    """
    nearest = away_m.argmin(axis=1)
    one, other = edges[..., 0], edges[..., 1]
    lead_m = away_m[one, nearest[other]] - away_m[one, nearest[one]]
    lag_m = away_m[other, nearest[one]] - away_m[other, nearest[other]]
    whole_m = lead_m + lag_m
    share = np.divide(lead_m, whole_m, out=np.full_like(whole_m, 0.5), where=whole_m > 0)
    return samples[one] + (samples[other] - samples[one]) * share[..., None]  # type: ignore[no-any-return]


def _cuts(corners: Places, crossings: Places, is_cut: Flags) -> Places:
    """Return the segments (n, 2, 2) that part the corners of each triangle.

    Edge i leads from corner i to the next. One cut edge: from its crossing to the corner where both
    sides meet; two: from crossing to crossing; three: from every crossing to their middle.
    """
    edges = is_cut.sum(axis=1)
    one, two, three = edges == 1, edges == 2, edges == 3  # noqa: PLR2004
    opposite = np.roll(corners, -2, axis=1)
    to_corner = np.stack([crossings[one][is_cut[one]], opposite[one][is_cut[one]]], axis=1)
    across = crossings[two][is_cut[two]].reshape(-1, 2, 2)
    centres = np.repeat(crossings[three].mean(axis=1), 3, axis=0)
    to_centre = np.stack([crossings[three].reshape(-1, 2), centres], axis=1)
    return np.concatenate([to_corner, across, to_centre])


def _partings(samples: Places, edges: Pairs, crossings: Places, meeting: Flags) -> Places:
    """Return a segment from every place where sides meet to the line that parts them from a third.

    It leads to the crossing of the shortest of the cut edges at that place.
    """
    ends = np.concatenate([edges, edges[:, ::-1]])
    to = np.concatenate([crossings, crossings])
    lengths_m = np.hypot(*(samples[ends[:, 0]] - samples[ends[:, 1]]).T)
    order = np.lexsort([lengths_m, ends[:, 0]])
    order = order[meeting[ends[order, 0]]]
    first = order[np.unique(ends[order, 0], return_index=True)[1]]
    return np.stack([samples[ends[first, 0]], to[first]], axis=1)


def _faces(ground: Any, lines: Any, width_m: float) -> Shapes:
    """Return the pieces into which the lines cut the ground."""
    smooth = shapely.simplify(lines, min(SMOOTHED_WIDTHS * width_m, MOST_SMOOTHED_M))
    ends = shapely.boundary(shapely.get_parts(smooth))
    border = shapely.snap(shapely.boundary(ground), shapely.union_all(ends), ROUNDING_M)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([border, smooth])]))
    faces = faces[shapely.dwithin(ground, shapely.point_on_surface(faces), ROUNDING_M)]
    return faces if len(faces) else np.array([ground], dtype=object)


def _along_m(face: Any, sides: Shapes) -> npt.NDArray[np.float64]:
    """Return how much of the outline of a face runs along each side."""
    outline = shapely.get_coordinates(face)
    lengths_m = np.hypot(*np.diff(outline, axis=0).T)
    middles = shapely.points((outline[1:] + outline[:-1]) / 2)
    away_m = shapely.distance(middles[:, None], sides)
    touching = away_m <= np.minimum(SAME_PLACE_M, away_m.min(axis=1, keepdims=True))
    return (lengths_m[:, None] * touching).sum(axis=0)  # type: ignore[no-any-return]
