"""Zones as areas on the map: every spot of a neighbourhood belongs to whoever has the nearest household."""

import geopandas as gpd
import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame
from shapely import STRtree

from geo.crs import metric_crs, to_stored

# Houses nearer to one another than this share a cell; Voronoi cells need points that are apart.
GRID_M = 0.01


def outline(households: GeoDataFrame, assignment: DataFrame, boundary: GeoSeries) -> GeoDataFrame:
    """Return the area of each member who has a located household.

    Voronoi cells of the households, joined by member and cut to the neighbourhood: the areas do not overlap, and
    together they cover it. Of several members in one building the first by id gets its cell.

    Parameters
    ----------
    households
        `household_id` and points.
    assignment
        `household_id`, `member_id`; households without a member have no cell.
    boundary
        The neighbourhood, one area.

    Returns
    -------
    zones
        `member_id` and areas in EPSG:4326, in the order of the ids.
    """
    crs = metric_crs(boundary)
    taken = households.merge(assignment[["household_id", "member_id"]], on="household_id")
    taken = taken[taken["member_id"].notna() & taken.geometry.notna() & ~taken.geometry.is_empty]
    if taken.empty:
        return GeoDataFrame({"member_id": []}, geometry=[], crs="EPSG:4326")
    spots = shapely.set_precision(taken.geometry.to_crs(crs).to_numpy(), GRID_M)
    found = DataFrame({"member_id": taken["member_id"].astype("str").to_numpy(), "spot": spots})
    x, y = shapely.get_x(spots), shapely.get_y(spots)
    sites = found.assign(x=x, y=y).sort_values("member_id").drop_duplicates(["x", "y"])
    ground = shapely.make_valid(boundary.to_crs(crs).union_all())
    cells = _cells(sites["spot"].to_numpy(), ground)
    shapes = GeoDataFrame({"member_id": sites["member_id"].to_numpy()}, geometry=cells, crs=crs)
    zones = shapes.dissolve("member_id", as_index=False, sort=True)
    zones.geometry = _areas_only(zones.geometry.intersection(ground))
    kept = zones[~zones.geometry.is_empty]
    return GeoDataFrame(kept[["member_id"]], geometry=to_stored(kept.geometry)).reset_index(
        drop=True
    )


def _cells(spots: np.ndarray, ground: shapely.Geometry) -> np.ndarray:
    """Return the Voronoi cell of each spot, cut large enough to hold the ground."""
    if len(spots) == 1:
        return np.array([ground.envelope.buffer(GRID_M)])
    parts = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=ground.envelope)
    )
    at_spot, at_cell = STRtree(parts).query(spots, predicate="intersects")
    _, first = np.unique(at_spot, return_index=True)
    cells: np.ndarray = parts[at_cell[first]]
    return cells


def _areas_only(shapes: GeoSeries) -> GeoSeries:
    """A cut along a border can leave lines and points behind; they are no area."""
    mixed = shapes.geom_type == "GeometryCollection"
    kept = shapes[mixed].map(
        lambda one: shapely.union_all([p for p in one.geoms if p.geom_type.endswith("Polygon")])
    )
    return shapes.where(~mixed, gpd.GeoSeries(kept, crs=shapes.crs).reindex(shapes.index))
