"""Grids other than Plus Codes: geohash, H3 and MGRS."""

import re

import h3
from mgrs import MGRS
from mgrs.core import MGRSError

from geo.addresses.address import Address, AddressContext, Scheme, Why, found, radius_m

# The cells that hold Vietnam's mainland; seven signs name 153 m.
GEOHASH = re.compile(r"w(?:[367][0-9b-hjkmnp-z]|k[0-9b-hjkmnp-z])[0-9b-hjkmnp-z]{3,9}")
GEOHASH_DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz"
H3_CELL = re.compile(r"(?:h3[:\s]*)?(8[0-9a-f]{14})", re.IGNORECASE)
# Zones 47 to 50, bands N (from the equator), P and Q hold Vietnam.
MGRS_CODE = re.compile(
    r"(?:mgrs[:\s]*)?(4[789]|50)\s?([NPQ])\s?([A-HJ-NP-Z]{2})\s?(\d{0,10})(?:\s(\d{1,5}))?",
    re.IGNORECASE,
)
GRID_DIGITS = 5
# Half the diagonal of a square of 1 m on the grid, which is up to 0.04 % longer on the ground.
HALF_DIAGONAL = 2**0.5 / 2 * 1.0005
SURE, MAY_BE_A_WORD = 0.9, 0.8

_mgrs = MGRS()


def read_geohash(raw: str, context: AddressContext) -> Address | None:
    """Read a geohash; None where `raw` is none.

    A ward's own code may look like one by chance, so where the ward is known the point is taken only inside it.
    """
    text = raw.lower()
    if GEOHASH.fullmatch(text) is None:
        return None
    lat, lon, height, width = geohash_cell(text)
    if context.contains is not None and not context.contains(lat, lon):
        return Address(raw, Scheme.OPAQUE, Why.GEOHASH_OUTSIDE_WARD)
    return found(
        raw,
        Scheme.GEOHASH,
        Why.GEOHASH,
        (lat, lon),
        precision_m=radius_m(lat, height, width),
        confidence=MAY_BE_A_WORD,
    )


def geohash_cell(text: str) -> tuple[float, float, float, float]:
    """Return middle (lat, lon), height and width in degrees of a geohash in lower case.

    Each sign gives five bits, longitude and latitude by turns, longitude first (G. Niemeyer, 2008).
    """
    bits = "".join(f"{GEOHASH_DIGITS.index(sign):05b}" for sign in text)
    lon_bits, lat_bits = bits[::2], bits[1::2]
    height, width = 180 / 2 ** len(lat_bits), 360 / 2 ** len(lon_bits)
    lat = int(lat_bits or "0", 2) * height - 90 + height / 2
    lon = int(lon_bits, 2) * width - 180 + width / 2
    return lat, lon, height, width


def read_h3(raw: str, _: AddressContext) -> Address | None:
    """Read an H3 cell; None where `raw` is none. Its precision is the distance to the farthest corner."""
    written = H3_CELL.fullmatch(raw)
    if written is None or not h3.is_valid_cell(written[1].lower()):
        return None
    cell = written[1].lower()
    lat, lon = h3.cell_to_latlng(cell)
    corners = h3.cell_to_boundary(cell)
    off_m = max(radius_m(lat, 2 * (y - lat), 2 * (x - lon)) for y, x in corners)
    return found(raw, Scheme.H3, Why.H3, (lat, lon), precision_m=off_m, confidence=SURE)


def read_mgrs(raw: str, _: AddressContext) -> Address | None:
    """Read an MGRS reference; None where `raw` is none. The point is the middle of its square."""
    written = MGRS_CODE.fullmatch(raw)
    if written is None:
        return None
    zone, band, square, first, second = written.groups()
    digits = first + (second or "")
    if len(digits) % 2 or (second is not None and len(first) != len(second)):
        return None
    try:
        lat, lon = _mgrs.toLatLon(f"{zone}{band}{square}{digits}".upper())
    except MGRSError:
        return None
    side_m = 10 ** (GRID_DIGITS - len(digits) // 2)
    off_m = side_m * HALF_DIAGONAL
    return found(raw, Scheme.MGRS, Why.MGRS, (lat, lon), precision_m=off_m, confidence=SURE)
