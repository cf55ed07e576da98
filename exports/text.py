"""Text that other programs show as text: cleaned for all of them, guarded for CSV.

A spreadsheet program takes a cell of a CSV file that begins with one of `FORMULA_SIGNS` for a
formula, and one that splits at `;`, as Vietnamese and German ones do, takes what follows a `;` for
a cell. A `'` before it makes it text; `restored` takes exactly those away again. See OWASP, "CSV
Injection".
"""

import re
import unicodedata

import pandas as pd
from pandas import DataFrame, Series

FORMULA_SIGNS = "=+\\-@\t＝＋－＠"
_CELL_BEGINS = r"(?:^|(?<=[;\n\t]))"
_FORMULA = rf"(?='*[ \u00a0]*[{FORMULA_SIGNS}])"
GUARD = re.compile(_CELL_BEGINS + _FORMULA)
GUARDED = re.compile(_CELL_BEGINS + "'" + _FORMULA)

# What XML forbids, what does nothing in a name but harm, and the marks that turn text around.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Return `text` composed (NFC), without control characters, lone surrogates replaced."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = LONE_SURROGATE.sub(REPLACEMENT, FORBIDDEN.sub("", lines))
    return unicodedata.normalize("NFC", whole)


def guarded(text: str) -> str:
    """Return `text` with a `'` wherever a spreadsheet program would begin a formula."""
    return GUARD.sub("'", text)


def restored(text: str) -> str:
    """Return what `guarded` was given."""
    return GUARDED.sub("", text)


def clean_texts(frame: DataFrame) -> DataFrame:
    """Return `frame` with every text, headings too, cleaned; nothing else is touched."""
    texts = {name: _each(frame[name], clean) for name in frame.columns if _is_text(frame[name])}
    headings = {name: clean(name) for name in frame.columns if isinstance(name, str)}
    return frame.assign(**texts).rename(columns=headings)


def guard_texts(frame: DataFrame) -> DataFrame:
    """Return `frame` with every text guarded for CSV."""
    return frame.assign(
        **{name: _each(frame[name], guarded) for name in frame.columns if _is_text(frame[name])}
    )


def _is_text(column: Series) -> bool:
    return pd.api.types.is_object_dtype(column) or isinstance(column.dtype, pd.StringDtype)


def _each(column: Series, change: object) -> Series:
    made = [change(cell) if isinstance(cell, str) else cell for cell in column]  # type: ignore[operator]
    return Series(made, column.index, dtype=object)
