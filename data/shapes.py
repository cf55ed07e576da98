"""The shapes of a file in EPSG:4326, of the type that the KIND wants."""

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.problems import Problems
from data.reading import RawTable
from geo.crs import to_stored
from geo.errors import UnknownCrsError
from geo.terms import STORED_CRS, Kind
from geo.vietnam import in_vietnam

SHAPES: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("Polygon", "MultiPolygon"),
    Kind.NEIGHBOURHOODS: ("Polygon", "MultiPolygon"),
    Kind.STREETS: ("LineString", "MultiLineString"),
    Kind.BARRIERS: ("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
}


def drawn(raw: RawTable, kind: Kind, crs: str | None, problems: Problems) -> gpd.GeoSeries:
    """The file's own shapes, in EPSG:4326, of the type that the KIND wants."""
    system = _system(crs or raw.crs)
    empty = raw.geometry.isna() | raw.geometry.is_empty
    shapes = to_stored(raw.geometry.mask(empty).set_crs(system))
    bounds = shapes.bounds
    lost = ~empty & ~np.isfinite(bounds).all(axis=1)
    problems.add(lost, "geometry_unplaced", fatal=kind in SHAPES)
    shapes = shapes.mask(lost)
    if kind in SHAPES:
        problems.add(empty, "geometry_missing", fatal=True)
        wrong = ~empty & ~shapes.geom_type.isin(SHAPES[kind])
        problems.add(wrong, "geometry_type", fatal=True)
    abroad = ~empty & ~lost & ~in_vietnam(bounds["miny"], bounds["minx"])
    problems.add(abroad, "outside_vietnam", fatal=kind in SHAPES)
    shapes = shapes.mask(abroad)
    return _repaired(shapes, problems) if kind in SHAPES else shapes.representative_point()


def _system(named: str | None) -> CRS:
    if named is None:
        raise UnknownCrsError("crs_unknown")
    try:
        return CRS.from_user_input(named)
    except CRSError as error:
        raise UnknownCrsError("crs_unusable", crs=named) from error


def _repaired(shapes: gpd.GeoSeries, problems: Problems) -> gpd.GeoSeries:
    """Rings that cross themselves are mended and listed."""
    invalid = ~shapes.is_valid & shapes.notna() & ~shapes.is_empty
    problems.add(invalid, "geometry_invalid")
    mended = shapes[invalid].make_valid(method="structure")
    return shapes.where(~invalid, mended.reindex(shapes.index))


def banks(frame: pd.DataFrame) -> pd.DataFrame:
    """A river drawn as an area is kept as its banks."""
    shapes = gpd.GeoSeries(frame["geometry"], crs=STORED_CRS)
    areas = shapes.geom_type.isin(("Polygon", "MultiPolygon"))
    return frame.assign(geometry=shapes.where(~areas, shapes.boundary))
