"""Plus Codes (Open Location Code), whole and short, and the Vpostcode that seems to be built on them."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from openlocationcode import openlocationcode

from geo.addresses.address import Address, AddressContext, Scheme, Why, found, radius_m
from geo.errors import InputError

DIGIT = "[23456789CFGHJMPQRVWX]"
# A code may be followed by the name of a place, as maps write it: `8C9V+5H Hương Thủy`.
CODE = re.compile(rf"((?:{DIGIT}{{2}}){{0,4}}0*\+{DIGIT}*)(?:[\s,;].*)?", re.IGNORECASE)
# Five digits of a postal code, then seven of a code on "the Open Location Code principle".
VPOSTCODE = re.compile(rf"\d{{5}}[\s\-.]*({DIGIT}{{4}})[\s\-.+]*({DIGIT}{{3}})", re.IGNORECASE)

# Digits before the plus sign: of a whole code, and of a short one as maps write it.
FULL_LENGTH, USUAL = 8, 4
# A short code is recovered rightly up to half a cell from the reference point; kept a tenth below.
SAFE_SHARE = 0.45
BASE = 20
SURE, SURE_IN_WARD, OUTSIDE_WARD, INFERRED = 0.95, 0.9, 0.4, 0.6


class Cell(NamedTuple):
    """The rectangle that a code names, in degrees, and its number of digits."""

    south: float
    west: float
    north: float
    east: float
    digits: int


def encode(lat: float, lon: float, *, digits: int = 11) -> str:
    """Return the Plus Code of a place: 10 digits name 14 m, 11 about 3 m; `ValueError` for odd numbers below 10."""
    return str(openlocationcode.encode(lat, lon, digits))


def decode(code: str) -> Cell:
    """Return the cell of a whole Plus Code; raise `InputError` where it is none."""
    if not openlocationcode.isFull(code):
        raise InputError("plus_code_invalid")
    return _cell(code)


def shorten(code: str, lat: float, lon: float) -> str:
    """Return a whole code without the digits that a point nearby gives back; raise `InputError` where it has none."""
    if not openlocationcode.isFull(code) or "0" in code:
        raise InputError("plus_code_invalid")
    return str(openlocationcode.shorten(code, lat, lon))


def recover(code: str, lat: float, lon: float) -> str:
    """Return the whole code nearest to a point that a short one may stand for; raise `InputError` for another text."""
    if not openlocationcode.isValid(code):
        raise InputError("plus_code_invalid")
    return str(openlocationcode.recoverNearest(code, lat, lon))


def is_whole(code: str) -> bool:
    """Return whether `code` is a valid Plus Code that needs no reference point."""
    return bool(openlocationcode.isFull(code))


def is_short(code: str) -> bool:
    """Return whether `code` is a valid Plus Code that needs a reference point."""
    return bool(openlocationcode.isShort(code))


def read_plus_code(raw: str, context: AddressContext) -> Address | None:
    """Read a Plus Code, whole or short; None where `raw` is none."""
    written = CODE.fullmatch(raw)
    if written is None:
        return None
    code = written[1].upper()
    before = code.index("+")
    if before < FULL_LENGTH:
        # `22+24` is two house numbers joined.
        if before < USUAL and code.replace("+", "").isdigit():
            return None
        return _read_short(raw, code, context) if is_short(code) else None
    return _at_cell(raw, Scheme.PLUS_CODE, Why.PLUS_CODE, code, SURE) if is_whole(code) else None


def read_vpostcode(raw: str, context: AddressContext) -> Address | None:
    """Read a Vpostcode; None where `raw` is none.

    That its last seven digits are the end of an 11-digit Plus Code is an inference: the point is taken only where the
    ward is known and contains it. Twelve figures without a letter are rather a national id, and are not read.
    """
    written = VPOSTCODE.fullmatch(raw)
    if written is None or raw.isdecimal():
        return None
    if context.centre is None or context.contains is None:
        return Address(raw, Scheme.VPOSTCODE, Why.VPOSTCODE_WITHOUT_WARD)
    first, rest = written[1].upper(), written[2].upper()
    code = f"{_missing_digits(first, context.centre)}{first}+{rest}"
    read = _at_cell(raw, Scheme.VPOSTCODE, Why.VPOSTCODE, code, INFERRED)
    if read.lat is None or read.lon is None or not context.contains(read.lat, read.lon):
        return Address(raw, Scheme.VPOSTCODE, Why.VPOSTCODE_OUTSIDE_WARD)
    return read


def _read_short(raw: str, code: str, context: AddressContext) -> Address:
    """The nearest place with that short code, if no other place of the ward can have it."""
    if context.centre is None:
        return Address(raw, Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE_WITHOUT_WARD)
    missing = FULL_LENGTH - code.index("+")
    safe = SAFE_SHARE * BASE ** (2 - missing / 2)
    # Of a ward without an outline no more is known than that it is smaller than a degree.
    too_wide = max(context.reach) > safe if context.reach else missing > FULL_LENGTH - USUAL
    if too_wide:
        return Address(raw, Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE_TOO_SHORT)
    whole = _missing_digits(code.partition("+")[0], context.centre) + code
    read = _at_cell(raw, Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE, whole, SURE_IN_WARD)
    if read.lat is None or read.lon is None:
        return read
    if max(abs(read.lat - context.centre[0]), abs(read.lon - context.centre[1])) > safe:
        return Address(raw, Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE_FAR)
    if context.contains is not None and not context.contains(read.lat, read.lon):
        return replace(read, why=Why.SHORT_PLUS_CODE_OUTSIDE_WARD, confidence=OUTSIDE_WARD)
    return read


@lru_cache(maxsize=100_000)
def _missing_digits(first: str, centre: tuple[float, float]) -> str:
    """The digits before a short code that begins with `first`.

    They are the same for all codes that begin so, but for those half a cell from the centre, which are not safe.
    """
    return recover(f"{first}+", *centre)[: FULL_LENGTH - len(first)]


def _cell(code: str) -> Cell:
    area = openlocationcode.decode(code)
    return Cell(
        area.latitudeLo, area.longitudeLo, area.latitudeHi, area.longitudeHi, area.codeLength
    )


def _at_cell(raw: str, scheme: Scheme, why: Why, code: str, confidence: float) -> Address:
    south, west, north, east, _ = _cell(code)
    lat = (south + north) / 2
    return found(
        raw,
        scheme,
        why,
        (lat, (west + east) / 2),
        precision_m=radius_m(lat, north - south, east - west),
        confidence=confidence,
    )
