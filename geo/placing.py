"""Where a row belongs: its ward, its neighbourhood, the row that another one names.

Pure functions of the given words, the places and the other tables, so that after every import the
same rows get the same answer, whichever came first. All geometry is in one coordinate system.
"""

import unicodedata
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.among import among
from geo.folding import fold_place
from geo.vietnam import METRES_A_DEGREE

# No polygon: the last place of a list that ends with the answer for nowhere.
NOWHERE = -1
# A point this far outside may lie inside: what a telephone measures is 5 to 10 m off, and borders are drawn by hand.
GPS_M = 15.0
GPS_DEGREES = GPS_M / METRES_A_DEGREE

Geometries = npt.NDArray[np.object_]
Texts = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class Where(StrEnum):
    """How a household lies among the neighbourhoods."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"
    UNLOCATED = "unlocated"


def located(places: GeoSeries) -> Series:
    """Return which places have a geometry that is not empty, on their index."""
    nothing = shapely.is_missing(places) | shapely.is_empty(places)
    return Series(~nothing, places.index)


def ward_of(places: GeoSeries, given: Series, wards: GeoDataFrame) -> Series:
    """Return the ward of each place, on its index; null where nothing tells.

    The code that was given, known or not; else the ward that holds the place (for lines and areas:
    a point on or in them; in the overlap of two wards, the smaller code); else the only ward there
    is, if there is one.
    """
    polygons = wards.sort_values("ward_code")
    codes = polygons["ward_code"].to_numpy(object)
    held = _holders(_points_on(places.to_numpy()), polygons.geometry.to_numpy()).first
    found = _picked(codes, held, otherwise=codes[0] if len(codes) == 1 else None)
    return given.astype("str").fillna(Series(found, given.index, dtype="str"))


def _picked(ids: Texts, at: Positions, *, otherwise: str | None = None) -> Texts:
    return np.array([*ids, otherwise], dtype=object)[at]


def _points_on(places: Geometries) -> Geometries:
    """Return a point on each place; areas that cross themselves are mended to find one."""
    crossing = ~shapely.is_valid(places) & ~shapely.is_missing(places)
    mended = places.copy()
    mended[crossing] = shapely.make_valid(places[crossing])
    return shapely.point_on_surface(mended)  # type: ignore[no-any-return]


def neighbourhood_of(households: GeoDataFrame, neighbourhoods: GeoDataFrame) -> DataFrame:
    """Return the neighbourhood of each household, and how it was found.

    Parameters
    ----------
    households
        `household_id`, `ward_code`, `neighbourhood_given`, points.
    neighbourhoods
        `neighbourhood_id`, `ward_code`, `name`, areas: those in force.

    Returns
    -------
    placed
        `household_id`, `neighbourhood_id`, `where` (a `Where`), on the index of `households`.
        A located household belongs to the neighbourhood of its ward (of any, where its own or the
        neighbourhood's ward is unknown) that holds its point, else to the nearest within 15 m, which
        a telephone may be off, and to none outside all of them, whatever was given. On a border or
        in an overlap it belongs to the smallest id. One without a point belongs to the neighbourhood
        that was given for it.
    """
    areas = neighbourhoods.sort_values("neighbourhood_id")
    points = households.geometry.to_numpy()
    has_point = located(households.geometry)
    wards = households["ward_code"].to_numpy(object), areas["ward_code"].to_numpy(object)
    held = _or_beside(
        _holders(points, areas.geometry.to_numpy(), wards=wards),
        points,
        areas.geometry.to_numpy(),
        wards=wards,
    )
    by_place = _picked(areas["neighbourhood_id"].to_numpy(object), held.first)
    by_name = match_reference(
        households["neighbourhood_given"].where(~has_point),
        areas,
        id_column="neighbourhood_id",
        name_column="name",
        ward=households["ward_code"],
    )
    where = np.select(
        [~has_point, held.first == NOWHERE, held.on_border],
        [Where.UNLOCATED, Where.OUTSIDE, Where.BORDER],
        Where.INSIDE,
    )
    return DataFrame(
        {
            "household_id": households["household_id"],
            "neighbourhood_id": Series(by_place, households.index, dtype="str").fillna(by_name),
            "where": where,
        }
    )


class _Holders(NamedTuple):
    """The first polygon that holds each point (`NOWHERE`: none), and whether that is debatable."""

    first: Positions
    on_border: Flags


def _holders(
    points: Geometries, polygons: Geometries, *, wards: tuple[Any, Any] | None = None
) -> _Holders:
    """Return which polygon holds each point; polygons are prepared, so many vertices cost little.

    `wards` are the codes of the points and of the polygons: only pairs that may agree count.
    """
    shapely.prepare(polygons)
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    if wards is not None:
        of_point, of_polygon = wards[0][point], wards[1][polygon]
        agree = (of_point == of_polygon) | pd.isna(of_point) | pd.isna(of_polygon)
        polygon, point = polygon[agree], point[agree]
    first = np.full(len(points), len(polygons))
    np.minimum.at(first, point, polygon)
    first[first == len(polygons)] = NOWHERE
    touched = ~shapely.contains_properly(polygons[polygon], points[point])
    on_border = np.bincount(point, minlength=len(points)) > 1
    on_border[point[touched]] = True
    return _Holders(first, on_border)


def _or_beside(
    held: _Holders, points: Geometries, polygons: Geometries, *, wards: tuple[Any, Any]
) -> _Holders:
    """Return the same with points that no polygon holds given to the nearest within reach of a measurement's fault."""
    lost = np.flatnonzero((held.first == NOWHERE) & ~shapely.is_missing(points))
    if not len(lost) or not len(polygons):
        return held
    tree = shapely.STRtree(polygons)
    point, polygon = tree.query(points[lost], predicate="dwithin", distance=GPS_DEGREES)
    of_point, of_polygon = wards[0][lost[point]], wards[1][polygon]
    agree = (of_point == of_polygon) | pd.isna(of_point) | pd.isna(of_polygon)
    point, polygon = point[agree], polygon[agree]
    away = shapely.distance(points[lost[point]], polygons[polygon])
    nearest_last = np.lexsort((-polygon, -away))
    first = held.first.copy()
    first[lost[point[nearest_last]]] = polygon[nearest_last]
    return _Holders(first, held.on_border)


def match_reference(
    given: Series,
    table: DataFrame,
    *,
    id_column: str,
    name_column: str,
    ward: Series | None = None,
) -> Series:
    """Return the id in `table` of the row that each cell of `given` names; null where unclear.

    In this order: the exact id; the exact name; the folded name, where `TDP 5`, `Tổ 05` and `Tổ dân
    phố số 5` are one; the name without the word for the kind of place, where one side does not say
    it (`5`, `Thôn Lang Xá Cồn` for `Lang Xá Cồn`). A name must be the only one in the ward of the
    row (in all wards where `ward` is null); the first step that finds any, even several, decides.
    """
    cells = given.astype("str")
    wards = _EVERY_WARD if ward is None else ward.astype("str").fillna(_EVERY_WARD)
    rows = DataFrame({"ward": wards, "cell": cells})
    known = DataFrame({"id": table[id_column], "name": table[name_column]}).astype("str")
    known["ward"] = _EVERY_WARD if ward is None else table["ward_code"].astype("str")

    answer = cells.where(among(cells, known["id"].dropna()))
    open_rows = rows[answer.isna() & cells.notna()]
    for of_cell, of_name in _STEPS:
        if open_rows.empty:
            break
        ids = _ids_by_name(known.assign(name=known["name"].map(of_name, na_action="ignore")))
        keys = [open_rows["ward"], open_rows["cell"].map(of_cell, na_action="ignore")]
        found = ids.reindex(pd.MultiIndex.from_arrays(keys)).set_axis(open_rows.index)
        answer = answer.fillna(found.where(found != _SEVERAL))
        open_rows = open_rows[found.isna()]
    return answer


# What a ward's code and an id can never be.
_EVERY_WARD = ""
_SEVERAL = ""


def _ids_by_name(known: DataFrame) -> Series:
    """Return the id by ward and name, and by name in every ward; `_SEVERAL` where more than one."""
    written = known[known["name"] != ""]
    everywhere = pd.concat([written, written.assign(ward=_EVERY_WARD)]).dropna().drop_duplicates()
    ids = everywhere.groupby(["ward", "name"])["id"]
    return ids.first().where(ids.size() == 1, _SEVERAL)


def _exact(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _whole(name: str) -> str:
    return fold_place(name)[0]


def _bare(name: str) -> str:
    return fold_place(name)[1]


# How a given cell and a name are compared, in this order.
_STEPS = ((_exact, _exact), (_whole, _whole), (_whole, _bare), (_bare, _whole))
