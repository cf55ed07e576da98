"""Degrees in any dress: decimals with a point or a comma, degrees-minutes-seconds, hemisphere letters, either order.

`B` is Bắc (north), `Đ` Đông (east), `T` Tây (west); a bare `N` is North or Nam (south), and Vietnam's bounds settle
it, as they settle which number is the latitude.
"""

import re
from math import nan
from typing import NamedTuple

from geo.addresses.address import Address, AddressContext, Scheme, Why, found, radius_m
from geo.vietnam import is_in_vietnam

DECIMAL = re.compile(r"\(?([+-]?\d{1,3}[.,]\d{1,15})\s*[,;/| ]\s*([+-]?\d{1,3}[.,]\d{1,15})\)?")
SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚ᵒ∘", "°"),
        **dict.fromkeys("′’‘´`ʹʼ", "'"),
        **dict.fromkeys("″”“ʺ", '"'),
        **dict.fromkeys("−–‒", "-"),
        **dict.fromkeys("ÐƉ", "Đ"),
        **dict.fromkeys("()[]{}", " "),
    }
)
# Longer words first: `VĨ ĐỘ` before `ĐỘ`. φ and λ stand for "what follows is a latitude", "… a longitude"; `POINT(`
# begins with the longitude.
WORDS = {
    "φ": "VĨ ĐỘ|VI DO|LATITUDE|LAT",
    "λ": "KINH ĐỘ|KINH DO|LONGITUDE|LONG|LNG|LON|POINT",
    " ": "TỌA ĐỘ|TOẠ ĐỘ|TOA DO|GPS|WGS ?-?84",
    "B": "BẮC|BAC|NORTH",
    "S": "NAM|SOUTH",
    "E": "ĐÔNG|DONG|EAST",
    "W": "TÂY|TAY|WEST",
    "°": "ĐỘ|DEG",
    "'": "PHÚT|PHUT|''(?!')",
    '"': "GIÂY|GIAY",
}
WORD = re.compile("|".join(f"({words})" for words in WORDS.values()))
REPLACEMENTS = tuple(WORDS)
FRACTION = r"(?:[.,]\d{1,15})?"
AFTER_DEGREES, AFTER_MINUTES = r"(?: ?° ?|[ :-])", r"(?: ?' ?|[ :-])"
LETTER = "[BNSTĐDEW]"


def _one(name: str) -> str:
    """The pattern of one coordinate: eleven groups; a letter before the number or after it, not both."""
    return (
        rf"([φλ])? ?[:=]? ?(?P<{name}>{LETTER})? ?([+-])?(?:"
        rf"(\d{{1,3}}){AFTER_DEGREES}([0-5]?\d){AFTER_MINUTES}([0-5]?\d{FRACTION}) ?\"?"
        rf"|(\d{{1,3}}){AFTER_DEGREES}([0-5]?\d{FRACTION}) ?'?"
        rf"|(\d{{1,3}}{FRACTION}) ?°?"
        rf")(?({name})()| ?({LETTER})?)"
    )


COORDINATE = re.compile(_one("before"))
BOTH = re.compile(rf" ?{_one('before')}(?: ?[,;/|] ?| |(?<=[BNSTĐDEW\"])){_one('before_second')} ?")
PARTS = 11
WHOLE = 0.5
NORTH_SOUTH, EAST_WEST, BACKWARDS = "φBNS", "λĐDETW", "STW"
LONGEST = 120
SURE, SETTLED, SWAPPED = 0.95, 0.9, 0.85


class Angle(NamedTuple):
    """One number of degrees, half the worth of its last figure, and the letter or tag beside it."""

    degrees: float
    half_unit: float
    letter: str


def read_degrees(raw: str, _: AddressContext) -> Address | None:
    """Read a pair of degrees; None where `raw` is none."""
    simple = DECIMAL.fullmatch(raw)
    if simple is not None:
        return _place(raw, _decimal(simple[1]), _decimal(simple[2]))
    if len(raw) > LONGEST:
        return None
    written = BOTH.fullmatch(_normal(raw))
    if written is None:
        return None
    first, second = _angle(written.groups()[:PARTS]), _angle(written.groups()[PARTS:])
    # Two whole numbers are a house number (16/107) rather than a place.
    if min(first.half_unit, second.half_unit) >= WHOLE:
        return None
    return _place(raw, first, second)


def read_coordinate(text: str) -> float:
    """Return one latitude or longitude in degrees, NaN where `text` is none: `16°26′37″B`, `107,54 Đ`."""
    if len(text) > LONGEST:
        return nan
    written = COORDINATE.fullmatch(_normal(text).strip())
    return nan if written is None else _angle(written.groups()).degrees


def decimal_pair(lat: str, lon: str) -> tuple[tuple[float, float], float]:
    """Return a place written in plain decimals, and how far rounding may have moved it, in metres."""
    north, east = _decimal(lat), _decimal(lon)
    return (north.degrees, east.degrees), _precision_m(north, east)


def _normal(text: str) -> str:
    """Capitals, plain signs, and words for directions and units as the signs they stand for."""
    plain = text.upper().translate(SIGNS).replace("''", '"')
    signs = WORD.sub(lambda word: REPLACEMENTS[(word.lastindex or 1) - 1], plain)
    return " ".join(signs.split())


def _decimal(text: str) -> Angle:
    number = text.replace(",", ".")
    return Angle(float(number), 10.0 ** -len(number.partition(".")[2]) / 2, "")


def _angle(parts: tuple[str | None, ...]) -> Angle:
    tag, before, sign, *numbers, _, after = parts
    letter = before or after or tag or ""
    written = [number.replace(",", ".") for number in numbers if number is not None]
    degrees = sum(float(number) / 60**power for power, number in enumerate(written))
    half_unit = 10.0 ** -len(written[-1].partition(".")[2]) / 60 ** (len(written) - 1) / 2
    backwards = (sign == "-") != (letter != "" and letter in BACKWARDS)
    return Angle(-degrees if backwards else degrees, half_unit, letter)


def _place(raw: str, first: Angle, second: Angle) -> Address:
    """The place, whichever number comes first; said where that is not how the text has it."""
    turned = is_in_vietnam(second.degrees, first.degrees)
    lat, lon = (second, first) if turned else (first, second)
    if not is_in_vietnam(lat.degrees, lon.degrees):
        return Address(raw, Scheme.DEGREES, Why.OUTSIDE_VIETNAM)
    said_turned = _is(first, EAST_WEST) or _is(second, NORTH_SOUTH)
    why, confidence = Why.DEGREES, SURE
    if turned != said_turned:
        why, confidence = Why.DEGREES_SWAPPED, SWAPPED
    elif lat.letter == "N" and lon.letter not in ("E", "W"):
        why, confidence = Why.DEGREES_NORTH, SETTLED
    return found(
        raw,
        Scheme.DEGREES,
        why,
        (lat.degrees, lon.degrees),
        precision_m=_precision_m(lat, lon),
        confidence=confidence,
    )


def _precision_m(lat: Angle, lon: Angle) -> float:
    """How far rounding may have moved the place.

    A spreadsheet drops the zeros at the end, so the longer of the two tells how finely both were written.
    """
    unit = 2 * min(lat.half_unit, lon.half_unit)
    return radius_m(lat.degrees, unit, unit)


def _is(angle: Angle, letters: str) -> bool:
    return angle.letter != "" and angle.letter in letters
