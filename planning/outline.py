"""Zones as polygons: the ground nearest to each member's households."""

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame, Series

from geo.crs import metric_crs, to_stored
from geo.terms import STORED_CRS

# Points closer than this are one point.
POINT_M = 0.01
# Where members share a point, each stands this far from it, towards a side of its own.
APART_M = 0.5


def outline(households: GeoDataFrame, assignment: DataFrame, boundary: GeoSeries) -> GeoDataFrame:
    """Return the zones of members as polygons that cover `boundary` without overlapping.

    Each spot of the neighbourhood belongs to the member of the nearest assigned household (Voronoi cells). Where
    households of several members share a point, its cell is divided into as many sectors. A member whose
    households all lie far outside the boundary may get no zone.

    Parameters
    ----------
    households
        `household_id` and points.
    assignment
        `household_id`, `member_id`; rows without a member are left out.
    boundary
        The neighbourhood: one polygon or several, with a coordinate system.

    Returns
    -------
    zones
        `member_id` and MultiPolygons in EPSG:4326, by member id.
    """
    taken = households.merge(
        assignment.loc[assignment["member_id"].notna(), ["household_id", "member_id"]],
        on="household_id",
    )
    taken = taken[~(taken.geometry.isna() | taken.geometry.is_empty)]
    crs = metric_crs(boundary)
    ground = shapely.union_all(shapely.make_valid(boundary.to_crs(crs).to_numpy()))
    points = _points(taken["member_id"], taken.geometry.to_crs(crs))
    if points.empty or ground.is_empty:
        return GeoDataFrame({"member_id": Series(dtype="str")}, geometry=[], crs=STORED_CRS)
    cells = _cells(shapely.points(points[["x", "y"]].to_numpy()), ground)
    members = sorted(points["member_id"].unique())
    shapes = [
        shapely.intersection(shapely.coverage_union_all(cells[points["member_id"] == one]), ground)
        for one in members
    ]
    zones = GeoDataFrame({"member_id": members}, geometry=[*map(_polygons, shapes)], crs=crs)
    return to_stored(zones[~zones.is_empty]).reset_index(drop=True)


def _points(member_id: Series, geometry: GeoSeries) -> DataFrame:
    """Return one row per point and member, `x`, `y` in metres; where several share a point, moved apart."""
    where = np.round(np.c_[geometry.x, geometry.y] / POINT_M) * POINT_M
    points = DataFrame({"member_id": member_id.to_numpy(), "x": where[:, 0], "y": where[:, 1]})
    points = points.drop_duplicates().sort_values(["x", "y", "member_id"], ignore_index=True)
    same = points.groupby(["x", "y"])["member_id"]
    turn = 2 * np.pi * same.cumcount() / same.transform("size")
    away = np.where(same.transform("size") > 1, APART_M, 0.0)
    return points.assign(x=points["x"] + away * np.cos(turn), y=points["y"] + away * np.sin(turn))


def _cells(points: NDArray[np.object_], ground: shapely.Geometry) -> NDArray[np.object_]:
    """Return the Voronoi cell of each point, in the order of `points`; together they cover `ground`."""
    around = shapely.box(*ground.bounds).buffer(1.0)
    if len(points) == 1:
        return np.array([around])
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=around, ordered=True)
    parts: NDArray[np.object_] = shapely.get_parts(cells)
    return parts


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the areas of a shape as one MultiPolygon."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.area(parts) > 0])
