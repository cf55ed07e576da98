"""Where ground is narrower than a given width: slivers, strips between borders, thin overlaps.

Narrow is meant as a disc meets it: a place is narrow where no disc of that diameter that lies in
the ground covers it. Ground shrunk and grown again by half the width (an opening; Serra, *Image
Analysis and Mathematical Morphology*, 1982) is what such discs cover. All in metres.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]
Places = npt.NDArray[np.float64]

# Closer than this, two places are one: far above the rounding of doubles, far below any survey.
SAME_PLACE_M = 1e-3
# Arcs are drawn with so many pieces to a quarter circle.
QUARTER_PIECES = 16
# How close a width is measured.
WIDTH_STEP_M = 0.01
# Discs drawn as polygons fall short of their arcs by this share of the radius,
FLATNESS = 2e-3
# and GEOS passes over notches as shallow as this share of it (BufferInputLineSimplifier).
SIMPLIFIED = 1e-2
# What that leaves is as small as this.
CRUMB_M2 = 0.1
# Less than this is the rounding of doubles.
DUST_M2 = 1e-2
# A corner is a strip where at least this share of it is covered by no shape with square ends.
STRIP_SHARE = 0.1


def narrow_parts(space: Any, narrower_than_m: float) -> Shapes:
    """Return the parts of an area where no disc of diameter `narrower_than_m` fits.

    The corners of wide ground, which no disc reaches either, are not narrow unless they are sharper
    than 23 degrees (where a mitre of five half widths ends).
    """
    radius = narrower_than_m / 2
    discs = space.buffer(-radius, quad_segs=QUARTER_PIECES)
    discs = discs.buffer(radius * (1 + FLATNESS + SIMPLIFIED), quad_segs=QUARTER_PIECES)
    parts = polygons_of(shapely.difference(space, discs))
    if not len(parts) or discs.is_empty:
        return parts
    cornered = space.buffer(-radius, join_style="mitre").buffer(radius, join_style="mitre")
    parts = parts[shapely.area(parts) > CRUMB_M2]
    ends = _open_ends(parts, space)
    is_strip = _uncovered_m2(parts, cornered) >= STRIP_SHARE * shapely.area(parts)
    return parts[(ends != 1) | is_strip]  # type: ignore[no-any-return]


def _uncovered_m2(parts: Shapes, cover: Any) -> Places:
    """Return how much of each part the cover leaves; one overlay, as the cover may be large."""
    left = polygons_of(shapely.difference(shapely.multipolygons(parts), cover))
    piece, part = shapely.STRtree(parts).query(
        shapely.point_on_surface(left), predicate="intersects"
    )
    return np.bincount(part, shapely.area(left)[piece], minlength=len(parts)).astype(float)


def _open_ends(parts: Shapes, space: Any) -> npt.NDArray[np.intp]:
    """Return at how many ends each part passes into ground that is wide."""
    rings, of_part = shapely.get_rings(parts, return_index=True)
    corners, of_ring = shapely.get_coordinates(rings, return_index=True)
    edges = of_ring[:-1] == of_ring[1:]
    of_ring = of_ring[:-1][edges]
    middles = (corners[1:] + corners[:-1])[edges] / 2
    is_open = away_m(middles, shapely.boundary(space)) > SAME_PLACE_M
    first = np.unique(of_ring, return_index=True)[1]
    before = np.arange(len(of_ring)) - 1
    before[first] = np.append(first[1:], len(of_ring)) - 1
    begins = np.bincount(of_ring, is_open & ~is_open[before], minlength=len(rings))
    all_open = np.bincount(of_ring, ~is_open, minlength=len(rings)) == 0
    return np.bincount(of_part, begins + all_open, minlength=len(parts)).astype(np.intp)


def away_m(places: Places, line: Any) -> Places:
    """Return how far places are from a line with many corners."""
    ends, of_part = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    segments = np.stack([ends[:-1], ends[1:]], axis=1)[of_part[:-1] == of_part[1:]]
    tree = shapely.STRtree(shapely.linestrings(segments))
    nearest, away = tree.query_nearest(
        shapely.points(places), return_distance=True, all_matches=False
    )
    return away[nearest[0].argsort()]  # type: ignore[no-any-return]


def polygons_of(shapes: Any) -> Shapes:
    """Return the polygons that shapes are made of, without the lines and points among them."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return parts[polygonal & ~shapely.is_empty(parts)]  # type: ignore[no-any-return]


def is_wide(shapes: Any, from_m: float) -> npt.NDArray[np.bool_]:
    """Return which areas a disc of diameter `from_m` fits into."""
    return ~shapely.is_empty(shapely.buffer(shapes, -from_m / 2))  # type: ignore[no-any-return]


def widths_m(shapes: Any) -> npt.NDArray[np.float64]:
    """Return how wide each area is at its widest: the diameter of the largest disc in it."""
    radii = shapely.maximum_inscribed_circle(shapes, tolerance=WIDTH_STEP_M)
    return 2 * shapely.length(radii)  # type: ignore[no-any-return]
