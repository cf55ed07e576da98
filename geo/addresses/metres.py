"""Two numbers of metres in one text: VN-2000 X/Y, and UTM with its zone."""

import re
from math import hypot
from typing import NamedTuple

from geo.addresses.address import Address, AddressContext, Scheme, Why, found
from geo.guess_crs import CrsDecision, Verdict, decide_crs
from geo.typed_numbers import read_number
from geo.vn2000 import DATUM_ACCURACY_M, NORTHING_M, exact_transformer, is_metres, zone_of_meridian

# Six or seven figures, the thousands parted or not.
METRES = r"(?:[1-9]\d{2}[ .,]?\d{3}|[12][ .,]?\d{3}[ .,]?\d{3})(?:[.,]\d{1,4})?"
LABEL = r"(?:[XYENB]|ĐÔNG|BẮC)?\s?(?:\(m\))?\s?[:=]?\s?"
AFTER = r"\s?m?\s?[ENB]?"
PAIR = rf"{LABEL}({METRES}){AFTER}(?:\s?[;,/|]\s?|\s){LABEL}({METRES}){AFTER}"
UTM = re.compile(
    rf"(?:UTM|WGS ?-?84|ZONE|MÚI|[\s:])*(4[789]|50)\s?[NPQ]?[\s,;:]+{PAIR}", re.IGNORECASE
)
VN2000 = re.compile(rf"(?:VN ?-?2000)?[\s:,;]*{PAIR}[\s,;]*(?:VN ?-?2000)?", re.IGNORECASE)
STATED_MERIDIAN = re.compile(
    r"(?:KTT|KINH TUYẾN(?: TRỤC)?)\s?[:=]?\s?(10[2-8](?:[.,]\d{1,2}|[°\s\-]{1,3}(?:00|15|30|45)['′]?)?°?)",
    re.IGNORECASE,
)
STATED, JUDGED = 0.9, 0.7
THOUSAND = 1000
# A metre on the grid is up to so much longer on the ground.
GROUND = 1.0005


class Metres(NamedTuple):
    """A pair as written: northing, easting, half the worth of its last figure, and its zone where it says it."""

    north: float
    east: float
    half_unit_m: float
    zone: str | None


def read_utm(raw: str, _: AddressContext) -> Address | None:
    """Read a zone of UTM with two numbers of metres, in either order; None where `raw` is none."""
    written = UTM.fullmatch(raw)
    pair = written and _pair(written[2], written[3], zone=f"EPSG:326{written[1]}")
    return _placed(raw, pair, str(pair.zone), Scheme.UTM, Why.UTM) if pair else None


def read_vn2000(raw: str, context: AddressContext) -> Address | None:
    """Read X/Y in metres of VN-2000, in either order; None where `raw` is none.

    The zone is the meridian that the text states (`KTT 107°45′`), else the one a person said, else the only one
    that puts the points of the column into the ward; where several do, a person is asked and there is no point.
    """
    pair = metres_pair(raw)
    if pair is None:
        return None
    stated = pair.zone or context.crs
    if stated is not None:
        return _placed(raw, pair, stated, Scheme.VN2000, Why.VN2000)
    system = context.system or _judged(pair, context)
    if system is None:
        return Address(raw, Scheme.VN2000, Why.VN2000_WITHOUT_ZONE)
    if system.verdict == Verdict.ASK:
        return Address(raw, Scheme.VN2000, Why.VN2000_ASK)
    if system.crs is None:
        return Address(raw, Scheme.VN2000, Why.VN2000_UNKNOWN)
    return _placed(raw, pair, system.crs, Scheme.VN2000, Why.VN2000_JUDGED)


def metres_pair(raw: str) -> Metres | None:
    """Return the pair that `raw` writes; None where it writes none."""
    stated = STATED_MERIDIAN.search(raw)
    rest = STATED_MERIDIAN.sub(" ", raw).strip(" ,;()") if stated else raw
    written = VN2000.fullmatch(rest)
    if written is None:
        return None
    return _pair(written[1], written[2], zone=zone_of_meridian(stated[1]) if stated else None)


def _pair(first: str, second: str, *, zone: str | None) -> Metres | None:
    (a, a_unit), (b, b_unit) = _metres(first), _metres(second)
    if not is_metres(a, b):
        return None
    return Metres(max(a, b), min(a, b), min(a_unit, b_unit) / 2, zone)


def _metres(text: str) -> tuple[float, float]:
    """A number and the worth of its last figure; a lone mark before three figures parts thousands (`548.123`)."""
    number = read_number(text)
    if number < NORTHING_M[1] / THOUSAND:
        return number * THOUSAND, 1.0
    whole, mark, decimals = text.replace(",", ".").rpartition(".")
    parted = mark == "" or text.count(text[len(whole)]) > 1
    return number, 1.0 if parted else 10.0 ** -len(decimals)


def _judged(pair: Metres, context: AddressContext) -> CrsDecision | None:
    if context.area is None or context.area.is_empty:
        return None
    return decide_crs([pair.east], [pair.north], area=context.area)


def _placed(raw: str, pair: Metres, crs: str, scheme: Scheme, why: Why) -> Address:
    lon, lat = exact_transformer(crs).transform(pair.east, pair.north)
    rounding_m = hypot(pair.half_unit_m, pair.half_unit_m) * GROUND
    return found(
        raw,
        scheme,
        why,
        (lat, lon),
        precision_m=rounding_m + (DATUM_ACCURACY_M if scheme == Scheme.VN2000 else 0.0),
        confidence=JUDGED if why == Why.VN2000_JUDGED else STATED,
    )
