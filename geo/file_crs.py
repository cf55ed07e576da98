"""The system of a map file: the one it states, unless its numbers belie it; else the one its ward decides."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.errors import UnknownCrsError
from geo.guess_crs import Verdict, decide_crs
from geo.terms import STORED_CRS
from geo.vietnam import in_vietnam
from geo.vn2000 import are_metres, exact_transformer

# A file is one of metres where more than this share of its corners is.
MOSTLY = 0.5

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCrs:
    """The system of a file; `note` says why it is not the stated one: the code of a problem, else None."""

    crs: str
    note: str | None = None


def file_crs(
    shapes: gpd.GeoSeries, stated: str | None, *, said: str | None, area: BaseGeometry | None
) -> FileCrs:
    """Return the system of the coordinates of `shapes`.

    Parameters
    ----------
    shapes
        The file's shapes as it has them.
    stated, said
        The system that the file states, and the one that a person says, which goes first.
    area
        Where the file should lie, in EPSG:4326, if that is known.

    Raises
    ------
    UnknownCrsError
        Where nobody says the system, or the file states degrees and holds metres, and the area does not decide; the
        candidates are named where there are several.
    """
    if said is not None:
        return FileCrs(crs=said)
    corners = shapes.get_coordinates().to_numpy()
    belied = stated is not None and _is_degrees(stated) and _are_mostly_metres(corners)
    if stated is not None and not belied:
        return FileCrs(crs=stated)
    if area is None or not len(corners):
        raise UnknownCrsError("crs_belied" if belied else "crs_unknown", crs=stated)
    decision = decide_crs(corners[:, 0], corners[:, 1], area=area)
    if decision.crs is not None:
        return FileCrs(crs=decision.crs, note="crs_belied_judged" if belied else "crs_judged")
    candidates = list(dict.fromkeys(way.crs for way in decision.candidates))
    asked = decision.verdict == Verdict.ASK
    raise UnknownCrsError("crs_ask" if asked else "crs_nowhere", candidates=candidates)


def in_degrees(shapes: gpd.GeoSeries, crs: str) -> tuple[gpd.GeoSeries, Flags]:
    """Return `shapes` of the system `crs` in EPSG:4326, and which of them had their axes swapped: put right.

    Raises
    ------
    UnknownCrsError
        Where `crs` is no system, or leads to degrees by a guess only.
    """
    system = _system(crs)
    swapped = _swapped(shapes, degrees=system.is_geographic)
    upright = shapes.to_numpy().copy()
    upright[swapped] = shapely.transform(upright[swapped], lambda corners: corners[:, ::-1])
    if not system.equals(CRS.from_user_input(STORED_CRS), ignore_axis_order=True):
        way = exact_transformer(crs)
        upright = shapely.transform(upright, lambda corners: np.stack(way.transform(*corners.T), 1))
    return gpd.GeoSeries(upright, index=shapes.index, crs=STORED_CRS), swapped


def _system(crs: str) -> CRS:
    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise UnknownCrsError("crs_unusable", crs=crs) from error


def _is_degrees(crs: str) -> bool:
    return bool(_system(crs).is_geographic)


def _are_mostly_metres(corners: NDArray[np.float64]) -> bool:
    return bool(len(corners)) and bool(are_metres(*corners.T).mean() > MOSTLY)


def _swapped(shapes: gpd.GeoSeries, *, degrees: bool) -> Flags:
    """Which shapes lie in Vietnam only with their axes swapped; of metres in Vietnam the northing is the larger."""
    bounds = shapes.bounds.to_numpy()
    x, y = (bounds[:, [at, at + 2]].mean(axis=1) for at in (0, 1))
    if degrees:
        return np.asarray(in_vietnam(x, y))
    return np.asarray(are_metres(x, y) & (x > y))
