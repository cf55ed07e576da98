"""The one door for digital addresses: one text, or a whole column."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from geo.addresses.address import Address, AddressContext, Scheme, Why, plain
from geo.addresses.degrees import read_degrees
from geo.addresses.grids import read_geohash, read_h3, read_mgrs
from geo.addresses.links import read_geo_uri, read_link
from geo.addresses.lookup import code_key
from geo.addresses.metres import metres_pair, read_utm, read_vn2000
from geo.addresses.plus_codes import read_plus_code, read_vpostcode
from geo.errors import InputError
from geo.guess_crs import decide_crs

Parser = Callable[[str, AddressContext], Address | None]
# From the least mistakable to the most: the first that knows the text is taken.
PARSERS: tuple[Parser, ...] = (
    read_plus_code,
    read_geo_uri,
    read_link,
    read_utm,
    read_vn2000,
    read_degrees,
    read_mgrs,
    read_h3,
    read_vpostcode,
    read_geohash,
)
FIVE_DIGITS = re.compile(r"\d{5}")
LOOKED_UP = 0.9
# What is read only inside the ward, and what it is outside.
INFERRED = {
    Why.VPOSTCODE: (Scheme.VPOSTCODE, Why.VPOSTCODE_OUTSIDE_WARD),
    Why.GEOHASH: (Scheme.OPAQUE, Why.GEOHASH_OUTSIDE_WARD),
}
# Nothing that can be read is longer; what is longer is kept as it stands.
LONGEST = 2_000
COLUMNS = [one.name for one in fields(Address)]
NUMBERS = ["lat", "lon", "precision_m", "confidence"]
NOWHERE = AddressContext()


def read_address(text: str, *, context: AddressContext = NOWHERE) -> Address:
    """Read one address by the first scheme that knows it; what none knows stays opaque and without a point.

    A code that the ward's lookup table has is where the table says; one that looks as the ward's own codes do
    (`context.pattern`) is never read as anything else. A bare number of five digits is a postal code or the code of
    a ward, never a household.

    Raises
    ------
    InputError
        Where `context.pattern` is no regular expression.
    UnknownCrsError
        Where `context.crs` is no system that leads exactly to EPSG:4326.
    """
    return _read(plain(text), context)


def read_addresses(column: Series, *, context: AddressContext = NOWHERE) -> DataFrame:
    """Read a column of addresses; each different text is read once.

    All X/Y of the column together decide in which VN-2000 zone they are, where nobody said it. Vpostcodes and geohashes
    are taken only where most of them lie in the ward: a code of another kind may look like one by chance.

    Returns
    -------
    addresses
        On the index of `column`, the fields of `Address`: `raw`, `scheme`, `why`, `lat`, `lon`, `precision_m`,
        `confidence`; missing where the cell is empty. Raises as `read_address` does.
    """
    positions, texts = pd.factorize(column)
    raws = [plain(str(text)) for text in texts.tolist()]
    judged = _with_system(raws, context)
    read = _without_chance([_read(raw, judged) for raw in raws])
    empty = Address("", None, Why.EMPTY)
    rows = DataFrame({name: [getattr(one, name) for one in (*read, empty)] for name in COLUMNS})
    types = {name: float if name in NUMBERS else "str" for name in COLUMNS}
    rows = rows.astype(types)
    rows.loc[rows["why"] == Why.EMPTY, ["raw", "why"]] = np.nan
    return rows.iloc[positions].set_axis(column.index)


def repeated(addresses: DataFrame) -> Series:
    """Return which opaque codes stand more than once, however they are typed: in one ward each should be one home."""
    opaque = addresses["scheme"] == Scheme.OPAQUE
    keys = addresses["raw"].where(opaque).map(code_key, na_action="ignore")
    return opaque & keys.duplicated(keep=False)


def _read(raw: str, context: AddressContext) -> Address:
    if raw == "":
        return Address(raw, None, Why.EMPTY)
    if FIVE_DIGITS.fullmatch(raw):
        return Address(raw, Scheme.AREA_CODE, Why.FIVE_DIGITS)
    place = context.lookup.get(code_key(raw)) if context.lookup else None
    if place is not None:
        return Address(raw, Scheme.OPAQUE, Why.OPAQUE_LOOKED_UP, *place, LOOKED_UP)
    if context.pattern is not None and _pattern(context.pattern).fullmatch(raw):
        return Address(raw, Scheme.OPAQUE, Why.OPAQUE)
    if len(raw) > LONGEST:
        return Address(raw, Scheme.OPAQUE, Why.OPAQUE_TOO_LONG)
    if NAMED_CODE.fullmatch(raw) and sum(map(str.isdigit, raw)) < FEWEST_DIGITS_OF_A_PLACE:
        return _opaque(raw, context)
    for parse in PARSERS:
        address = parse(raw, context)
        if address is not None:
            return address
    return _opaque(raw, context)


# Letters, then groups after hyphens: no scheme writes a place so, unless its numbers follow.
NAMED_CODE = re.compile(r"[^\W\d_]{2,8}(?:-[0-9A-Za-z]{1,8}){1,4}")
FEWEST_DIGITS_OF_A_PLACE = 10


def _opaque(raw: str, context: AddressContext) -> Address:
    return Address(
        raw, Scheme.OPAQUE, Why.OPAQUE if context.pattern is None else Why.OPAQUE_UNEXPECTED
    )


@lru_cache(maxsize=16)
def _pattern(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise InputError("address_pattern_unusable", pattern=pattern) from error


def _without_chance(read: list[Address]) -> list[Address]:
    """Take no inference where most codes of that form lead out of the ward: the others lie in it by chance."""
    count = Counter(one.why for one in read)
    chance = {taken: out for taken, out in INFERRED.items() if count[out[1]] > count[taken]}
    return [Address(one.raw, *chance[one.why]) if one.why in chance else one for one in read]


def _with_system(texts: list[str], context: AddressContext) -> AddressContext:
    """The context with what the X/Y of all these texts say of their system, where that is to be found out."""
    if context.crs is not None or context.area is None or context.area.is_empty:
        return context
    pairs = [pair for pair in map(metres_pair, texts) if pair is not None and pair.zone is None]
    if not pairs:
        return context
    north, east = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
    return replace(context, system=decide_crs(east, north, area=context.area))
