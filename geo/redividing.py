"""Neighbourhoods split by a line, joined, or drawn anew: the ground of each afterwards, by hand and not by a file.

Ground is EPSG:4326 and cut as it is, so that every border stays where it was; areas are measured in metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from shapely.geometry import LineString, MultiPolygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut

from geo.crs import metric_crs
from geo.errors import InputError
from geo.placing import located
from geo.terms import STORED_CRS

# Less than this is what rounding and drawing by hand leave, and no ground of anybody.
LEAST_M2 = 100.0
# Neighbourhoods so far from each other still meet: borders are drawn by hand.
BESIDE_M = 5.0
# How far a line is drawn on beyond the ground, as a share of its size.
BEYOND = 4.0
SIDES = 2
POLYGONS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """What drawing one neighbourhood anew comes to.

    `shapes` has the new ground by id: of the one itself, and of those that give ground or take what is left over.
    `left_m2` is what belongs to nobody any more.
    """

    shapes: GeoSeries
    left_m2: float


def split_by_line(ground: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    """Return the ground on both sides of a line, which is drawn on beyond its ends: west first, or north.

    Raises `InputError` where the line does not part the ground in two, or crosses itself.
    """
    parts = _sides(ground, _one_line(line))
    if len(parts) != SIDES or min(areas_m2(parts)) < LEAST_M2:
        raise InputError("split_beside")
    return _in_order(parts)


def split_by_area(ground: BaseGeometry, area: BaseGeometry) -> list[BaseGeometry]:
    """Return the ground within an area and the rest; raise `InputError` where either is nothing."""
    drawn = _sound(area)
    parts = [_areal(ground.intersection(drawn)), _areal(ground.difference(drawn))]
    if min(areas_m2(parts)) < LEAST_M2:
        raise InputError("split_beside")
    return parts


def joined(grounds: GeoSeries) -> BaseGeometry:
    """Return several grounds as one; raise `InputError` where they do not all lie beside each other."""
    metric = grounds.to_crs(metric_crs(grounds))
    reach = metric.buffer(BESIDE_M / 2).union_all()
    if reach.geom_type != "Polygon":
        raise InputError("merge_apart")
    return grounds.union_all()


def redrawn(
    zones: GeoDataFrame, own_id: str, ground: BaseGeometry, *, rest_to: str | None = None
) -> Redrawn:
    """Return what changes where the neighbourhood `own_id` gets another ground.

    Those in `zones` (`neighbourhood_id`, areas: all in force) whose ground it takes give it up; what it gives up goes
    to `rest_to`, else to nobody. Raises `InputError` where the ground is none, or nothing would be left of another.
    """
    shapes = zones.set_index("neighbourhood_id").geometry
    shapes = shapes[located(shapes)]
    fresh = _sound(ground)
    if areas_m2([fresh])[0] < LEAST_M2:
        raise InputError("redraw_nothing")
    changed = {own_id: fresh} | _giving(shapes.drop(own_id, errors="ignore"), fresh)
    rest = _rest(shapes, own_id, fresh)
    left_m2 = areas_m2([rest])[0]
    if rest_to is not None and left_m2 >= LEAST_M2:
        changed[rest_to] = changed.get(rest_to, shapes[rest_to]).union(rest)
        left_m2 = 0.0
    return Redrawn(
        shapes=GeoSeries(changed, crs=STORED_CRS), left_m2=left_m2 if left_m2 >= LEAST_M2 else 0.0
    )


def areas_m2(shapes: Sequence[Any]) -> list[float]:
    """Return the square metres of shapes; none of nothing."""
    column = GeoSeries(list(shapes), crs=STORED_CRS)
    if not located(column).any():
        return [0.0] * len(column)
    return [float(size) for size in column.to_crs(metric_crs(column)).area.fillna(0.0)]


def drawn_lines_and_areas(shapes: GeoSeries) -> tuple[BaseGeometry | None, BaseGeometry | None]:
    """Return the one line, and the one area, that a person drew; None where there is none of the kind."""
    kinds = shapes.geom_type
    areas, lines = shapes[kinds.isin(POLYGONS)], shapes[kinds.isin(LINES)]
    return (
        shapely.line_merge(lines.union_all()) if len(lines) else None,
        areas.make_valid().union_all() if len(areas) else None,
    )


def ring_of(corners: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the area within corners (latitude, longitude); raise `InputError` for fewer than three."""
    if len(corners) < 3:  # noqa: PLR2004  a triangle
        raise InputError("corners_too_few")
    return shapely.Polygon([(lon, lat) for lat, lon in corners])


def line_of(corners: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the line along corners (latitude, longitude); raise `InputError` for fewer than two."""
    if len(set(corners)) < 2:  # noqa: PLR2004  a line
        raise InputError("line_too_short")
    return LineString([(lon, lat) for lat, lon in corners])


def _one_line(drawn: BaseGeometry) -> LineString:
    merged = shapely.line_merge(drawn)
    if merged.geom_type != "LineString" or not merged.is_simple:
        raise InputError("split_line_crosses")
    return merged


def _sides(ground: BaseGeometry, line: LineString) -> list[BaseGeometry]:
    """The ground on each side of the line, drawn on until it parts a frame around both."""
    frame = box(*shapely.union(ground, line).bounds)
    size = shapely.length(frame)
    frame = frame.buffer(size, join_style="mitre")
    halves = list(cut(frame, _drawn_on(line, size * BEYOND)).geoms)
    if len(halves) != SIDES:
        raise InputError("split_line_crosses")
    return [part for half in halves if (part := _areal(ground.intersection(half))).area > 0]


def _in_order(parts: list[BaseGeometry]) -> list[BaseGeometry]:
    """Two parts as they are read on a map: from west to east, or from north to south where that tells them better."""
    first, second = (part.centroid for part in parts)
    across, along = second.x - first.x, first.y - second.y
    forward = across if abs(across) >= abs(along) else along
    return parts if forward >= 0 else parts[::-1]


def _drawn_on(line: LineString, by: float) -> LineString:
    corners = shapely.get_coordinates(line)
    first, last = (
        end + (end - before) / np.linalg.norm(end - before) * by
        for end, before in ((corners[0], corners[1]), (corners[-1], corners[-2]))
    )
    return LineString([first, *corners[1:-1], last] if len(corners) > SIDES else [first, last])


def _giving(others: Any, fresh: BaseGeometry) -> dict[str, Any]:
    """The ground of the others who give some up, without it."""
    beside = others[others.intersects(fresh)]
    lost = areas_m2(shapely.intersection(beside.to_numpy(), fresh)) if len(beside) else []
    giving = {
        str(one): _areal(shape.difference(fresh))
        for one, shape, size in zip(beside.index, beside, lost, strict=True)
        if size >= LEAST_M2
    }
    left = dict(zip(giving, areas_m2([*giving.values()]), strict=True)) if giving else {}
    gone = [one for one, size in left.items() if size < LEAST_M2]
    if gone:
        raise InputError("redraw_swallows", neighbourhoods=gone)
    return giving


def _rest(shapes: Any, own_id: str, fresh: BaseGeometry) -> BaseGeometry:
    if own_id not in shapes.index:
        return MultiPolygon()
    others = shapes.drop(own_id).make_valid().union_all()
    return _areal(shapes[own_id].difference(fresh).difference(others))


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a shape, without the lines and points that cutting leaves."""
    parts = [
        one for one in shapely.get_parts(shape, return_index=False) if one.geom_type in POLYGONS
    ]
    return shapely.union_all(parts) if parts else MultiPolygon()


def _sound(ground: BaseGeometry) -> BaseGeometry:
    """Ground whose rings cross nowhere."""
    return _areal(shapely.make_valid(ground, method="structure", keep_collapsed=False))
