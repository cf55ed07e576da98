"""The shapes of a file in EPSG:4326, of the type that the KIND wants."""

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from data.problems import Problems
from data.reading import RawTable
from geo.file_crs import file_crs, in_degrees
from geo.terms import STORED_CRS, Kind
from geo.vietnam import in_vietnam

SHAPES: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("Polygon", "MultiPolygon"),
    Kind.NEIGHBOURHOODS: ("Polygon", "MultiPolygon"),
    Kind.STREETS: ("LineString", "MultiLineString"),
    Kind.BARRIERS: ("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
}
# Neighbourhoods may be outlined by lines, and named by points (`data.zones`).
ALSO: dict[Kind, tuple[str, ...]] = {
    Kind.NEIGHBOURHOODS: ("LineString", "MultiLineString", "Point"),
}


def drawn(
    raw: RawTable,
    kind: Kind,
    crs: str | None,
    problems: Problems,
    *,
    area: BaseGeometry | None = None,
) -> gpd.GeoSeries:
    """The file's own shapes, in EPSG:4326, of the type that the KIND wants.

    `area`, where the file should lie, decides the system of a file that states none, or degrees where it has metres.
    """
    empty = raw.geometry.isna() | raw.geometry.is_empty
    own = raw.geometry.mask(empty)
    system = file_crs(own, raw.crs, said=crs, area=area)
    if system.note is not None:
        problems.note(system.note, None, system.crs)
    shapes, swapped = in_degrees(own, system.crs)
    problems.add(pd.Series(swapped, index=shapes.index), "coordinates_swapped")
    bounds = shapes.bounds
    lost = ~empty & ~np.isfinite(bounds).all(axis=1)
    problems.add(lost, "geometry_unplaced", fatal=kind in SHAPES)
    shapes = shapes.mask(lost)
    if kind in SHAPES:
        problems.add(empty, "geometry_missing", fatal=True)
        wrong = ~empty & ~shapes.geom_type.isin(SHAPES[kind] + ALSO.get(kind, ()))
        problems.add(wrong, "geometry_type", fatal=True)
    abroad = ~empty & ~lost & ~in_vietnam(bounds["miny"], bounds["minx"])
    problems.add(abroad, "outside_vietnam", fatal=kind in SHAPES)
    shapes = shapes.mask(abroad)
    if kind not in SHAPES:
        return shapes.representative_point()
    invalid = ~shapes.is_valid & shapes.notna() & ~shapes.is_empty
    problems.add(invalid, "geometry_invalid")
    # a neighbourhood is repaired where it is mended, and both are told
    return shapes if kind == Kind.NEIGHBOURHOODS else _repaired(shapes, invalid)


def _repaired(shapes: gpd.GeoSeries, invalid: pd.Series) -> gpd.GeoSeries:
    """Rings that cross themselves, mended."""
    mended = shapes[invalid].make_valid(method="structure")
    return shapes.where(~invalid, mended.reindex(shapes.index))


def known_area(wards: gpd.GeoDataFrame, ward: str | None) -> BaseGeometry | None:
    """Where a file should lie: the ward that is named, else all that are stored; None where there is none."""
    own = wards if ward is None else wards[wards["ward_code"] == ward]
    shapes = own.geometry[own.geometry.notna() & ~own.geometry.is_empty]
    return shapes.union_all() if len(shapes) else None


def banks(frame: pd.DataFrame) -> pd.DataFrame:
    """A river drawn as an area is kept as its banks."""
    shapes = gpd.GeoSeries(frame["geometry"], crs=STORED_CRS)
    areas = shapes.geom_type.isin(("Polygon", "MultiPolygon"))
    return frame.assign(geometry=shapes.where(~areas, shapes.boundary))
