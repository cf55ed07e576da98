"""Numbers as people type them: `16,46`, `1.851.234,5`, `1,851,234.5`, `548 123`."""

import re
from math import nan

NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’_]+")
UNIT = re.compile(r"(?<=\d)m$", re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
LONGEST = 40


def read_number(text: str) -> float:
    """Return the number that `text` writes, NaN where it writes none.

    Of two kinds of marks the last is the decimal mark; one kind, repeated, parts thousands; one mark alone is a
    decimal mark, so `548.123` is read as such: who knows that it is metres multiplies by a thousand.
    """
    if NUMBER.fullmatch(text):
        return float(text)
    if len(text) > LONGEST:
        return nan
    plain = UNIT.sub("", BLANKS.sub("", text))
    kinds = {sign for sign in plain if sign in ".,"}
    if len(kinds) > 1:
        decimal = max(kinds, key=plain.rfind)
        whole, _, part = plain.rpartition(decimal)
        (thousands,) = kinds - {decimal}
        if whole.count(thousands) and not THOUSANDS.fullmatch(whole):
            return nan
        plain = f"{whole.replace(thousands, '')}.{part}"
    elif sum(plain.count(sign) for sign in kinds) > 1:
        if not THOUSANDS.fullmatch(plain):
            return nan
        plain = plain.replace(".", "").replace(",", "")
    plain = plain.replace(",", ".")
    return float(plain) if NUMBER.fullmatch(plain) else nan
