"""The points of households, members and codes from the coordinates typed in columns."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from data.columns import Columns
from data.problems import Problems
from geo.addresses.address import AddressContext, Why
from geo.addresses.metres import metres_pair
from geo.addresses.reading import read_addresses
from geo.errors import UnknownCrsError
from geo.locating import metres_given
from geo.points import PointProblem, repair_points
from geo.terms import STORED_CRS

# The fields that hold a place, each alone or as half of one.
TYPED = ("lat", "lon", "x_m", "y_m", "coordinates")
# Metres whose system is not known yet are no fault of the row: they wait for the ward that decides.
WAITING = (PointProblem.METRES_ASK, PointProblem.METRES_UNKNOWN)
UNDECIDED = (Why.VN2000_ASK, Why.VN2000_UNKNOWN, Why.VN2000_WITHOUT_ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlaces:
    """What the columns say of each row: its point, and the metres of those that have none yet."""

    geometry: gpd.GeoSeries
    coordinates_given: pd.Series


def typed_points(
    frame: pd.DataFrame,
    columns: Columns,
    problems: Problems,
    *,
    crs: str | None = None,
    area: BaseGeometry | None = None,
) -> TypedPlaces:
    """Return the points that `lat`, `lon`, `x_m`, `y_m` and `coordinates` write, and list what was wrong with them.

    `crs` is the system that a person names, of metres or of degrees; else `area`, where given, decides the system
    of metres. Rows in metres whose system is open get no point; their metres are kept as text.
    """
    metric, degrees = _named(crs)
    cells = {name: _cells(frame, name) for name in TYPED}
    read = repair_points(
        cells["lat"],
        cells["lon"],
        cells["x_m"],
        cells["y_m"],
        area=area,
        crs=metric,
        degrees_crs=degrees,
    )
    _list(read, cells, columns, problems)
    lat, lon, north, east = (read[name].copy() for name in ("lat", "lon", "north", "east"))
    if "coordinates" in frame:
        alone = lat.isna() & north.isna()
        pair = _one_cell(cells["coordinates"].where(alone), columns, problems, metric, area)
        lat, lon = lat.fillna(pair["lat"]), lon.fillna(pair["lon"])
        north, east = north.fillna(pair["north"]), east.fillna(pair["east"])
    known = lat.notna()
    points = gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)
    points[known] = gpd.points_from_xy(lon[known], lat[known])
    return TypedPlaces(geometry=points, coordinates_given=metres_given(north, east).where(~known))


def _named(crs: str | None) -> tuple[str | None, str]:
    """The system of metres and that of degrees, as far as `crs` names one of them."""
    if crs is None:
        return None, STORED_CRS
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise UnknownCrsError("crs_unusable", crs=crs) from error
    return (None, crs) if system.is_geographic else (crs, STORED_CRS)


def _cells(frame: pd.DataFrame, name: str) -> pd.Series:
    nothing = pd.Series(None, index=frame.index, dtype="str")
    return pd.Series(frame.get(name, nothing))


def _list(
    read: pd.DataFrame, cells: dict[str, pd.Series], columns: Columns, problems: Problems
) -> None:
    """List each problem under the column that holds the cell to blame."""
    waits = read["problem"].isin(WAITING)
    in_degrees = waits & cells["x_m"].isna() & cells["lat"].notna()
    said = read["problem"].mask(waits).mask(in_degrees, PointProblem.IN_METRES)
    main = cells["lat"].notna() | cells["lon"].notna()
    for check in said.dropna().unique():
        for name, where in (("lat", main), ("x_m", ~main)):
            found = (said == check) & where
            if found.any():
                problems.add(found, str(check), columns.positions.get(name))


def _one_cell(
    cells: pd.Series,
    columns: Columns,
    problems: Problems,
    metric: str | None,
    area: BaseGeometry | None,
) -> pd.DataFrame:
    """Both numbers from one cell: degrees in any dress, X/Y, or anything else that is a place."""
    context = AddressContext(crs=metric, area=area)
    read = read_addresses(cells, context=context)
    turned = read["why"] == Why.DEGREES_SWAPPED
    waits = read["why"].isin(UNDECIDED)
    lost = read["raw"].notna() & read["lat"].isna() & ~waits
    abroad = read["why"] == Why.OUTSIDE_VIETNAM
    place = columns.positions["coordinates"]
    problems.add(turned, PointProblem.SWAPPED, place)
    problems.add(lost & abroad, PointProblem.OUTSIDE_VIETNAM, place)
    problems.add(lost & ~abroad, PointProblem.UNREADABLE, place)
    pairs = {raw: metres_pair(raw) for raw in read.loc[waits, "raw"].unique()}
    metres = [pairs.get(raw) for raw in read["raw"].tolist()]
    north, east = (
        np.array([np.nan if pair is None else pair[at] for pair in metres], dtype=float)
        for at in (0, 1)
    )
    return read[["lat", "lon"]].assign(north=north, east=east)
