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

# Closer than this, two places are one: far above the rounding of doubles, far below any survey.
SAME_PLACE_M = 1e-3
# Arcs are drawn with so many pieces to a quarter circle.
QUARTER_PIECES = 16
# How close a width is measured.
WIDTH_STEP_M = 0.01
# Discs drawn as polygons fall short of their arcs by this share of the radius.
FLATNESS = 2e-3
# What that leaves at open ends is as small as this.
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
    discs = discs.buffer(radius * (1 + FLATNESS), quad_segs=QUARTER_PIECES)
    parts = polygons_of(shapely.difference(space, discs))
    if not len(parts) or discs.is_empty:
        return parts
    cornered = space.buffer(-radius, join_style="mitre").buffer(radius, join_style="mitre")
    area_m2 = shapely.area(parts)
    strip_m2 = shapely.area(shapely.difference(parts, cornered))
    ends = _open_ends(parts, space)
    is_whole = (ends == 0) & (area_m2 > DUST_M2)
    is_strip = (area_m2 > CRUMB_M2) & ((ends > 1) | (strip_m2 >= STRIP_SHARE * area_m2))
    return parts[is_whole | is_strip]  # type: ignore[no-any-return]


def _open_ends(parts: Shapes, space: Any) -> npt.NDArray[np.intp]:
    """Return at how many ends each part passes into ground that is wide."""
    border = shapely.buffer(shapely.boundary(space), SAME_PLACE_M, quad_segs=1)
    ends = shapely.line_merge(shapely.difference(shapely.boundary(parts), border))
    pieces, of_part = shapely.get_parts(ends, return_index=True)
    long = shapely.length(pieces) > 10 * SAME_PLACE_M
    return np.bincount(of_part[long], minlength=len(parts))


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
