"""What a digital address is read into, and what has to be known to read it."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import cos, hypot, radians
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from geo.guess_crs import CrsDecision
from geo.vietnam import METRES_A_DEGREE, is_in_vietnam

# A code coarser than this names an area, not a household.
COARSEST_M = 500.0


class Scheme(StrEnum):
    """How an address is written."""

    PLUS_CODE = "plus_code"
    SHORT_PLUS_CODE = "short_plus_code"
    VPOSTCODE = "vpostcode"
    GEOHASH = "geohash"
    H3 = "h3"
    MGRS = "mgrs"
    UTM = "utm"
    DEGREES = "degrees"
    GEO_URI = "geo_uri"
    LINK = "link"
    VN2000 = "vn2000"
    AREA_CODE = "area_code"
    OPAQUE = "opaque"


class Why(StrEnum):
    """How a point was found, or why there is none: the code of a sentence in `words.py`, after `address_`."""

    PLUS_CODE = "plus_code"
    SHORT_PLUS_CODE = "short_plus_code"
    SHORT_PLUS_CODE_WITHOUT_WARD = "short_plus_code_without_ward"
    SHORT_PLUS_CODE_TOO_SHORT = "short_plus_code_too_short"
    SHORT_PLUS_CODE_FAR = "short_plus_code_far"
    SHORT_PLUS_CODE_OUTSIDE_WARD = "short_plus_code_outside_ward"
    VPOSTCODE = "vpostcode"
    VPOSTCODE_WITHOUT_WARD = "vpostcode_without_ward"
    VPOSTCODE_OUTSIDE_WARD = "vpostcode_outside_ward"
    GEOHASH = "geohash"
    GEOHASH_OUTSIDE_WARD = "geohash_outside_ward"
    H3 = "h3"
    MGRS = "mgrs"
    UTM = "utm"
    VN2000 = "vn2000"
    VN2000_JUDGED = "vn2000_judged"
    VN2000_WITHOUT_ZONE = "vn2000_without_zone"
    VN2000_ASK = "vn2000_ask"
    VN2000_UNKNOWN = "vn2000_unknown"
    DEGREES = "degrees"
    DEGREES_NORTH = "degrees_north"
    DEGREES_SWAPPED = "degrees_swapped"
    GEO_URI = "geo_uri"
    GEO_URI_CRS = "geo_uri_crs"
    LINK_PIN = "link_pin"
    LINK_QUERY = "link_query"
    LINK_VIEW = "link_view"
    LINK_SHORT = "link_short"
    LINK_UNKNOWN = "link_unknown"
    LINK_MANY_PLACES = "link_many_places"
    LINK_WITHOUT_PLACE = "link_without_place"
    OUTSIDE_VIETNAM = "outside_vietnam"
    TOO_COARSE = "too_coarse"
    FIVE_DIGITS = "five_digits"
    OPAQUE = "opaque"
    OPAQUE_LOOKED_UP = "opaque_looked_up"
    OPAQUE_UNEXPECTED = "opaque_unexpected"
    OPAQUE_TOO_LONG = "opaque_too_long"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Address:
    """One address as read.

    `raw` is the text in NFC without spaces at its ends. `lat`, `lon` are EPSG:4326, None where the place is not known
    honestly. `precision_m`: the place lies at most so far from the point, as far as the text tells; `confidence`,
    between 0 and 1, is how surely the text means what was read. `why` is the code of a sentence in `words.py`
    (`address_…`), which says how the point was found or why there is none.
    """

    raw: str
    scheme: Scheme | None
    why: Why
    lat: float | None = None
    lon: float | None = None
    precision_m: float | None = None
    confidence: float | None = None

    @property
    def located(self) -> bool:
        """Whether it has a point."""
        return self.lat is not None


class Place(NamedTuple):
    """A point, and how far from it the true place may lie, if that is known."""

    lat: float
    lon: float
    precision_m: float | None = None


@dataclass(frozen=True, kw_only=True)
class AddressContext:
    """What is known about the place where the addresses are; everything may be left out.

    `area` is the ward in EPSG:4326, `reference` a point in it (lat, lon); without one, the middle of `area`. `crs` is
    the system of X/Y in metres, where a person said it. `pattern` is what the ward's own codes look like, as a regular
    expression for the whole code; `lookup` where they are, by `geo.addresses.lookup.code_key`. `system` is what all
    X/Y of a column together say of their system; `read_addresses` fills it.
    """

    area: BaseGeometry | None = None
    reference: tuple[float, float] | None = None
    crs: str | None = None
    pattern: str | None = None
    lookup: Mapping[str, Place] = field(default_factory=dict)
    system: CrsDecision | None = None

    @cached_property
    def centre(self) -> tuple[float, float] | None:
        """The reference point, or else the middle of the area."""
        if self.reference is not None or self.area is None or self.area.is_empty:
            return self.reference
        middle = self.area.centroid
        return middle.y, middle.x

    @cached_property
    def reach(self) -> tuple[float, float] | None:
        """How many degrees of latitude and longitude the area reaches from its centre; None without an area."""
        if self.centre is None or self.area is None or self.area.is_empty:
            return None
        west, south, east, north = self.area.bounds
        lat, lon = self.centre
        return max(north - lat, lat - south), max(east - lon, lon - west)

    @cached_property
    def contains(self) -> Callable[[float, float], bool] | None:
        """Whether a point (lat, lon) lies in the area; None without an area."""
        if self.area is None or self.area.is_empty:
            return None
        area = self.area
        shapely.prepare(area)
        return lambda lat, lon: bool(shapely.contains_xy(area, lon, lat))


def plain(text: str) -> str:
    """Return the text in NFC, with single plain spaces and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def radius_m(lat: float, height: float, width: float) -> float:
    """Return half the diagonal, in metres, of a cell of so many degrees of latitude and longitude around `lat`."""
    return hypot(height, width * cos(radians(lat))) / 2 * METRES_A_DEGREE


def found(
    raw: str,
    scheme: Scheme,
    why: Why,
    place: tuple[float, float],
    *,
    precision_m: float,
    confidence: float,
) -> Address:
    """Return an address at `place`, or without a point where it is outside Vietnam or names an area."""
    lat, lon = place
    if not is_in_vietnam(lat, lon):
        return Address(raw, scheme, Why.OUTSIDE_VIETNAM)
    if precision_m > COARSEST_M:
        return Address(raw, scheme, Why.TOO_COARSE, precision_m=precision_m)
    return Address(raw, scheme, why, lat, lon, precision_m, confidence)
