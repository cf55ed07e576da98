"""VN-2000: its zones, the meridian of each province, and exact changes to degrees and back.

Surveyors write X for the northing and Y for the easting. On the mainland the northing is between 955 and 2,582 km
and the easting between 280 and 719 km, so of two numbers the larger is always the northing.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from geo.crs import UTM_48N, UTM_49N
from geo.errors import UnknownCrsError
from geo.terms import STORED_CRS

Floats: TypeAlias = NDArray[np.float64]

# Zones of 3 degrees (k 0.9999, false easting 500,000), by central meridian; EPSG:6956 to 6959 are deprecated.
ZONES: dict[float, str] = {
    102.0: "EPSG:5896",
    103.0: "EPSG:9205",
    104.0: "EPSG:9206",
    104.5: "EPSG:9207",
    104.75: "EPSG:9208",
    105.0: "EPSG:5897",
    105.5: "EPSG:9209",
    105.75: "EPSG:9210",
    106.0: "EPSG:9211",
    106.25: "EPSG:9212",
    106.5: "EPSG:9213",
    107.0: "EPSG:9214",
    107.25: "EPSG:9215",
    107.5: "EPSG:9216",
    107.75: "EPSG:5899",
    108.0: "EPSG:5898",
    108.25: "EPSG:9217",
    108.5: "EPSG:9218",
}
# Zones of 6 degrees (k 0.9996): national maps, and the land-use and forest maps of the time before 2010.
VN2000_48N, VN2000_49N = "EPSG:3405", "EPSG:3406"
METRIC_SYSTEMS = (*ZONES.values(), VN2000_48N, VN2000_49N, UTM_48N, UTM_49N)

# Circular 24/2025, in force since 1/7/2025; keyed by province code. Older files keep the older axis.
_PROVINCES_OF: dict[float, str] = {
    103.0: "11",
    104.0: "14",
    104.5: "96",
    104.75: "12 15 25 40 91",
    105.0: "01 37 38 82 92",
    105.5: "33 42 86",
    105.75: "04 31 79 80",
    106.0: "08 44",
    106.5: "19",
    107.0: "24 46",
    107.25: "20",
    107.75: "22 48 68 75",
    108.0: "51",
    108.25: "52 56",
    108.5: "66",
}
MERIDIAN_OF_PROVINCE: dict[str, float] = {
    code: meridian for meridian, codes in _PROVINCES_OF.items() for code in codes.split()
}

# With room for UTM, whose zones are wider, and for islands.
EASTING_M, NORTHING_M = (150_000.0, 950_000.0), (700_000.0, 2_650_000.0)
# EPSG:6960, the published change from VN-2000 to WGS 84, says 1 m of itself.
DATUM_ACCURACY_M = 1.0
MINUTES = 60

MERIDIAN = re.compile(r"(?<!\d)(10[2-8])(?:[.,](\d{1,2})|[°\s\-]{1,3}(00|15|30|45)['′]?)?(?!\d)")


def zones_of_provinces(codes: Iterable[str]) -> dict[str, float]:
    """Return the zones that provinces have had since 1/7/2025, with central meridians; none for unknown codes."""
    meridians = sorted(
        {MERIDIAN_OF_PROVINCE[code] for code in codes if code in MERIDIAN_OF_PROVINCE}
    )
    return {ZONES[meridian]: meridian for meridian in meridians}


def zone_of_meridian(text: str) -> str | None:
    """Return the zone whose central meridian `text` writes: `107`, `108°15′`, `107.75`; None where it has none.

    No meridian lies at .15, .30 or .45 of a degree, so `105.45` is 105°45′.
    """
    found = MERIDIAN.search(text)
    if found is None:
        return None
    degrees, decimals, minutes = found.groups()
    if decimals in ("15", "30", "45"):
        minutes, decimals = decimals, None
    part = float(f"0.{decimals}") if decimals else int(minutes or 0) / MINUTES
    return ZONES.get(int(degrees) + part)


def to_degrees(north: ArrayLike, east: ArrayLike, *, crs: str) -> tuple[Floats, Floats]:
    """Return `lat, lon` in EPSG:4326 of northings and eastings in metres of `crs`.

    Raises
    ------
    UnknownCrsError
        Where `crs` is no system, or leads to degrees by a guess only; see `exact_transformer`.
    """
    lon, lat = exact_transformer(crs).transform(_floats(east), _floats(north))
    return lat, lon


def to_metres(lat: ArrayLike, lon: ArrayLike, *, crs: str) -> tuple[Floats, Floats]:
    """Return `north, east` in metres of `crs` of places in EPSG:4326; the way back of `to_degrees`."""
    way = exact_transformer(crs)
    east, north = way.transform(_floats(lon), _floats(lat), direction="INVERSE")
    return north, east


def are_metres(a: ArrayLike, b: ArrayLike) -> NDArray[np.bool_]:
    """Return which pairs can be metres somewhere in Vietnam, written in either order."""
    north, east = north_east(a, b)
    return (
        (north >= NORTHING_M[0])
        & (north <= NORTHING_M[1])
        & (east >= EASTING_M[0])
        & (east <= EASTING_M[1])
    )


def is_metres(a: float, b: float) -> bool:
    """Return whether one pair can be metres somewhere in Vietnam, written in either order."""
    north, east = max(a, b), min(a, b)
    return NORTHING_M[0] <= north <= NORTHING_M[1] and EASTING_M[0] <= east <= EASTING_M[1]


def north_east(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Return `north, east` of pairs in metres written in either order: the larger is the northing."""
    first, second = _floats(a), _floats(b)
    return np.maximum(first, second), np.minimum(first, second)


@lru_cache(maxsize=64)
def exact_transformer(crs: str) -> Transformer:
    """Return the way from `crs` to EPSG:4326, x before y, by one operation for the whole country.

    Left to itself, PROJ changes VN-2000 by EPSG:6960 in most places but by EPSG:5194 in parts of the Mekong delta,
    0.7 m beside it, and joins a custom system without a datum shift to WGS 84 as if they were one, 220 m off.

    Raises
    ------
    UnknownCrsError
        Where `crs` is no system, or no published operation leads from it to EPSG:4326 ("ballpark").
    """
    try:
        system = CRS.from_user_input(crs)
        ways = TransformerGroup(system, STORED_CRS, always_xy=True, allow_ballpark=False)
    except (CRSError, ProjError) as error:
        raise UnknownCrsError("crs_unusable", crs=crs) from error
    if not ways.transformers or not ways.best_available:
        raise UnknownCrsError("crs_ballpark", crs=crs)
    best: Transformer = ways.transformers[0]
    # A system that carries its own shift (`+towgs84`) has no published accuracy, yet is no guess.
    if best.accuracy < 0 and not system.is_bound:
        raise UnknownCrsError("crs_ballpark", crs=crs)
    return best


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
