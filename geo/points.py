"""Where rows lie, from coordinates as people type them: degrees, swapped degrees, or metres of VN-2000.

The numbers decide, not the headings: in Vietnam a latitude is 6.5 to 23.5, a longitude 102 to 117.5, and metres
have four digits more, so no pair of numbers can be two of these.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pandas import DataFrame, Series
from shapely.geometry.base import BaseGeometry

from geo.addresses.degrees import read_coordinate
from geo.guess_crs import CrsDecision, Verdict, decide_crs
from geo.terms import STORED_CRS
from geo.typed_numbers import read_number
from geo.vietnam import METRES_A_DEGREE, in_vietnam
from geo.vn2000 import Floats, are_metres, exact_transformer, north_east, to_degrees

# Above any degree and below any metre: metres whose thousands mark was taken for a decimal mark (548.123).
CUT = (180.0, 2_650.0)
# Farther from each other than this, the degrees and the metres of one row speak of two places.
SAME_PLACE_M = 50.0
# Neither thousands nor anything else is written like this.
DECIMAL_COMMA = r"-?\d{1,3},\d{4,}"

Where = NDArray[np.bool_]


class PointSource(StrEnum):
    """How a row's point was written."""

    DEGREES = "degrees"
    SWAPPED = "swapped"
    METRES = "metres"


class PointProblem(StrEnum):
    """What a person should know of a row's point; the first five leave it without one."""

    METRES_ASK = "metres_ask"
    METRES_UNKNOWN = "metres_unknown"
    UNREADABLE = "coordinates_unreadable"
    HALF = "coordinates_half"
    OUTSIDE_VIETNAM = "outside_vietnam"
    TWO_PLACES = "coordinates_two_places"
    METRES_OUTSIDE_AREA = "metres_outside_area"
    SWAPPED = "coordinates_swapped"
    IN_METRES = "coordinates_in_metres"


def repair_points(
    lat: Series,
    lon: Series,
    x: Series | None = None,
    y: Series | None = None,
    *,
    area: BaseGeometry | None = None,
    crs: str | None = None,
    degrees_crs: str = STORED_CRS,
) -> DataFrame:
    """Return where each row lies, in EPSG:4326, and what a person should know of it.

    Parameters
    ----------
    lat, lon
        Numbers or texts on one index; each row may hold degrees, swapped degrees or metres, written as `16,46`,
        `16°27′36″B`, `1.851.234,5`, `548 123`.
    x, y
        The columns for metres, if the file has them; rows may hold degrees there too, in either order.
    area
        Where the rows should lie, in EPSG:4326. It decides the system of rows in metres, and which are doubtful.
    crs
        The system of rows in metres where a person said it; nothing is guessed then.
    degrees_crs
        The system of rows in degrees: EPSG:4756 where a person says that they are VN-2000's, which no number shows.

    Returns
    -------
    points
        On the index of `lat`: `lat`, `lon` (NaN where no place is to be trusted), `source` (`PointSource`), `crs` (of
        rows in metres) and `problem` (`PointProblem`), missing where there is none; `north`, `east`, the metres of
        every row that holds any, NaN elsewhere.

    Raises
    ------
    UnknownCrsError
        Where `crs` or `degrees_crs` is no system that leads exactly to EPSG:4326.
    """
    typed = _typed(lat, lon, x, y)
    system = _system(typed, area, crs)
    metre_lat, metre_lon = _from_metres(typed, system.crs)
    points = _first_found(typed, metre_lat, metre_lon, degrees_crs)
    in_metres = points["source"] == PointSource.METRES
    points["crs"] = Series(system.crs, index=points.index, dtype="str").where(in_metres)
    apart = _apart(points, metre_lat, metre_lon)
    points["problem"] = _problems(typed, points, apart, system, area)
    points["north"], points["east"] = _metre_pairs(typed)
    return points.set_axis(lat.index)


def read_coordinates(column: Series) -> Series:
    """Return the numbers of a column of numbers or texts, NaN where a cell holds none; see `repair_points`."""
    read = pd.to_numeric(column, errors="coerce").astype(float)
    left = column[read.isna() & column.notna()].astype(str)
    comma = left[left.str.fullmatch(DECIMAL_COMMA)].str.replace(",", ".")
    read = read.fillna(comma.astype(float))
    left = column[read.isna() & column.notna()].astype(str)
    texts = {text: _coordinate(text) for text in left.unique()}
    return read.fillna(left.map(texts).astype(float)).replace([np.inf, -np.inf], np.nan)


def _coordinate(text: str) -> float:
    number = read_number(text)
    return read_coordinate(text) if np.isnan(number) else number


# --- what rows hold ---


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The two numbers of each row, NaN where there is none, and which cells hold anything."""

    first: Floats
    second: Floats
    first_typed: Where
    second_typed: Where

    @property
    def degrees(self) -> Where:
        return in_vietnam(self.first, self.second)

    @property
    def swapped(self) -> Where:
        return in_vietnam(self.second, self.first)

    @property
    def metres(self) -> Where:
        return are_metres(_whole(self.first), _whole(self.second))

    @property
    def unread(self) -> Where:
        lost_first = self.first_typed & np.isnan(self.first)
        return lost_first | (self.second_typed & np.isnan(self.second))


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the columns for degrees hold, and what the columns for metres hold."""

    main: _Pairs
    extra: _Pairs

    @property
    def metres(self) -> Where:
        return self.main.metres | self.extra.metres


def _typed(lat: Series, lon: Series, x: Series | None, y: Series | None) -> _Typed:
    nothing = Series(np.nan, index=lat.index)
    other = _pairs(nothing, nothing) if x is None or y is None else _pairs(x, y)
    return _Typed(_pairs(lat, lon), other)


def _pairs(first: Series, second: Series) -> _Pairs:
    return _Pairs(
        read_coordinates(first).to_numpy(),
        read_coordinates(second).to_numpy(),
        first.notna().to_numpy(dtype=bool),
        second.notna().to_numpy(dtype=bool),
    )


def _whole(numbers: Floats) -> Floats:
    """Metres whose thousands mark was taken for a decimal mark, whole again."""
    cut = (numbers > CUT[0]) & (numbers < CUT[1])
    return np.where(cut, numbers * 1000, numbers)


# --- metres ---


def _metre_pairs(typed: _Typed) -> tuple[Floats, Floats]:
    """Northing and easting of each row, from the columns for metres before the others; NaN where there are none."""
    first = np.where(typed.extra.metres, typed.extra.first, typed.main.first)
    second = np.where(typed.extra.metres, typed.extra.second, typed.main.second)
    north, east = north_east(_whole(first), _whole(second))
    return np.where(typed.metres, north, np.nan), np.where(typed.metres, east, np.nan)


def _system(typed: _Typed, area: BaseGeometry | None, crs: str | None) -> CrsDecision:
    if crs is not None:
        return CrsDecision(verdict=Verdict.CHOSEN, crs=crs)
    if area is None or not typed.metres.any():
        return CrsDecision(verdict=Verdict.NONE)
    north, east = _metre_pairs(typed)
    return decide_crs(east, north, area=area)


def _from_metres(typed: _Typed, crs: str | None) -> tuple[Floats, Floats]:
    north, east = _metre_pairs(typed)
    if crs is None:
        return np.full_like(north, np.nan), np.full_like(north, np.nan)
    lat, lon = to_degrees(north, east, crs=crs)
    found = in_vietnam(lat, lon)
    return np.where(found, lat, np.nan), np.where(found, lon, np.nan)


# --- the place of each row, and what is to be said of it ---


def _first_found(typed: _Typed, lat: Floats, lon: Floats, degrees_crs: str) -> DataFrame:
    """The first place that a row gives: degrees, swapped degrees, degrees in the other columns, metres."""
    main, extra = typed.main, typed.extra
    ways = [
        (main.degrees, main.first, main.second, PointSource.DEGREES),
        (main.swapped, main.second, main.first, PointSource.SWAPPED),
        (extra.degrees, extra.first, extra.second, PointSource.DEGREES),
        (extra.swapped, extra.second, extra.first, PointSource.DEGREES),
        (~np.isnan(lat), lat, lon, PointSource.METRES),
    ]
    where, lats, lons, sources = (list(part) for part in zip(*ways, strict=True))
    source = np.select(where, [str(name) for name in sources], default="")
    points = DataFrame(
        {
            "lat": np.select(where, lats, default=np.nan),
            "lon": np.select(where, lons, default=np.nan),
            "source": Series(source, dtype="str").where(source != ""),
        }
    )
    if degrees_crs != STORED_CRS:
        degrees = np.isin(source, [PointSource.DEGREES, PointSource.SWAPPED])
        at = points.loc[degrees, ["lon", "lat"]].to_numpy().T
        moved = exact_transformer(degrees_crs).transform(*at)
        points.loc[degrees, ["lon", "lat"]] = np.column_stack(moved)
    return points


def _apart(points: DataFrame, lat: Floats, lon: Floats) -> Where:
    """Where the degrees of a row and its metres are two places."""
    north = (points["lat"].to_numpy() - lat) * METRES_A_DEGREE
    east = (points["lon"].to_numpy() - lon) * METRES_A_DEGREE * np.cos(np.radians(lat))
    return np.asarray(np.hypot(north, east) > SAME_PLACE_M)


def _problems(
    typed: _Typed,
    points: DataFrame,
    apart: Where,
    system: CrsDecision,
    area: BaseGeometry | None,
) -> Series:
    main, extra = typed.main, typed.extra
    nowhere = points["lat"].isna().to_numpy()
    source = points["source"].to_numpy()
    in_metres = source == PointSource.METRES
    waiting = nowhere & typed.metres & (system.crs is None)
    anything = main.first_typed | main.second_typed | extra.first_typed | extra.second_typed
    whole = (main.first_typed & main.second_typed) | (extra.first_typed & extra.second_typed)
    checks: dict[PointProblem, Where] = {
        PointProblem.METRES_ASK: waiting & (system.verdict == Verdict.ASK),
        PointProblem.METRES_UNKNOWN: waiting,
        PointProblem.UNREADABLE: nowhere & (main.unread | extra.unread),
        PointProblem.HALF: nowhere & anything & ~whole,
        PointProblem.OUTSIDE_VIETNAM: nowhere & anything,
        PointProblem.TWO_PLACES: apart,
        PointProblem.METRES_OUTSIDE_AREA: in_metres & _outside(points, in_metres, area),
        PointProblem.SWAPPED: source == PointSource.SWAPPED,
        PointProblem.IN_METRES: in_metres & main.metres & ~extra.metres,
    }
    said = np.select(list(checks.values()), [str(check) for check in checks], default="")
    return Series(said, dtype="str").where(said != "")


def _outside(points: DataFrame, where: Where, area: BaseGeometry | None) -> Where:
    outside = np.zeros(len(points), dtype=bool)
    if area is not None and where.any():
        shapely.prepare(area)
        at = points.loc[where, ["lon", "lat"]].to_numpy()
        outside[where] = ~shapely.contains_xy(area, at)
    return outside
