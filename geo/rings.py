"""Outlines that are not areas yet: rings that cross themselves, zones drawn as lines.

Shapes in metres. What was changed is returned beside what came of it; nothing is dropped silently.
"""

from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.narrow import Shapes, polygons_of
from geo.placing import located

# Ends this near were meant to meet.
MEETING_M = 5.0
# Farther ones may have been, up to this share of the line; each is listed.
OPEN_SHARE = 0.15
AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
CORNERS_OF_AN_AREA = 3


class Ring(StrEnum):
    """What was done with an outline."""

    REPAIRED = "ring_repaired"
    LOST = "ring_lost"  # after the repair nothing was left
    CLOSED = "line_closed"
    CLOSED_FAR = "line_closed_far"  # the ends are farther apart than ends that were meant to meet
    ENCLOSES = "line_encloses"  # an area, together with other lines
    OPEN = "line_open"


def repair(shapes: GeoSeries) -> tuple[GeoSeries, DataFrame]:
    """Return areas with valid rings, and what was repaired.

    Rings that cross or repeat are mended as rings (shapely's `structure` method); lines and points
    that this leaves behind are no ground.

    Returns
    -------
    repaired
        On the index of `shapes`; valid ones and other shapes as they are.
    decisions
        `row` (index of `shapes`), `what` (a `Ring`), `reason` (GEOS), `area_m2` of the change.
    """
    invalid = located(shapes) & shapes.geom_type.isin(AREAS) & ~shapes.is_valid
    broken = shapes[invalid]
    mended = [_mended(shape) for shape in broken]
    after = GeoSeries(mended, index=broken.index, crs=shapes.crs)
    reasons = [reason.split("[")[0] for reason in shapely.is_valid_reason(broken.to_numpy())]
    decisions = DataFrame(
        {
            "row": broken.index,
            "what": np.where(after.is_empty, Ring.LOST, Ring.REPAIRED),
            "reason": Series(reasons, dtype="str"),
            "area_m2": (after.area - broken.area).abs().to_numpy(),
        }
    )
    return shapes.where(~invalid, after.reindex(shapes.index)), decisions


def _mended(shape: Any) -> Any:
    whole = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = polygons_of(whole)
    return shapely.union_all(parts) if len(parts) else shapely.Polygon()


def close_lines(lines: GeoDataFrame) -> tuple[GeoDataFrame, DataFrame]:
    """Return the areas that lines outline, and what became of each line.

    A line whose ends meet, or nearly, outlines one area. Others may enclose areas together, which
    have no attributes; those that enclose nothing are open.

    Parameters
    ----------
    lines
        Lines in metres, with whatever columns; rows of other shapes are not looked at.

    Returns
    -------
    zones
        `row` (index of `lines`; null where several lines enclose it), the columns of `lines`.
    decisions
        `row`, `what` (a `Ring`), `open_m` between the ends; a row per line.
    """
    drawn = lines[located(lines.geometry) & lines.geom_type.isin(LINES)]
    whole = np.array([_one_line(shape) for shape in drawn.geometry], dtype=object)
    open_m = _between_ends_m(whole)
    closes = open_m <= np.maximum(OPEN_SHARE * shapely.length(whole), MEETING_M)
    closes &= _corners(whole) >= CORNERS_OF_AN_AREA
    enclosed = _enclosed(whole[~closes])
    what = np.select(
        [closes & (open_m <= MEETING_M), closes, _beside(whole, enclosed)],
        [Ring.CLOSED, Ring.CLOSED_FAR, Ring.ENCLOSES],
        Ring.OPEN,
    )
    own = drawn[closes].assign(
        row=drawn.index[closes], geometry=_rings(whole[closes], drawn[closes])
    )
    several = GeoDataFrame({"row": None, "geometry": enclosed}, geometry="geometry", crs=lines.crs)
    zones = pd.concat([own, several], ignore_index=True) if len(several) else own
    return zones.reset_index(drop=True), DataFrame(
        {"row": drawn.index, "what": what, "open_m": open_m}
    )


def _one_line(shape: Any) -> Any:
    """Return the longest of the lines that a shape consists of once its touching pieces are joined."""
    parts = shapely.get_parts(shapely.line_merge(shape) if shape.geom_type in LINES[1:] else shape)
    return parts[shapely.length(parts).argmax()]


def _between_ends_m(lines: Shapes) -> Any:
    return shapely.distance(shapely.get_point(lines, 0), shapely.get_point(lines, -1))


def _corners(lines: Shapes) -> Any:
    distinct = [len(np.unique(shapely.get_coordinates(line), axis=0)) for line in lines]
    return np.array(distinct, dtype=int)


def _rings(lines: Shapes, like: GeoDataFrame) -> GeoSeries:
    """Return the areas that lines outline once their ends are joined, valid."""
    areas = [_mended(shapely.Polygon(shapely.get_coordinates(line))) for line in lines]
    return GeoSeries(areas, index=like.index, crs=like.crs)


def _enclosed(lines: Shapes) -> Shapes:
    return polygons_of(shapely.polygonize([shapely.union_all(lines)]))


def _beside(lines: Shapes, areas: Shapes) -> Any:
    """Return which lines run along the border of one of the areas."""
    border = shapely.union_all(shapely.boundary(areas))
    return shapely.length(shapely.intersection(lines, border)) > 0
