"""Text that other programs show as text: cleaned for all of them, guarded for CSV, restored when it comes back.

A spreadsheet program takes a cell of a CSV file that begins with one of `FORMULA_SIGNS` for a
formula, and one that splits at `;`, as Vietnamese and German ones do, takes what follows a `;` for
a cell. A `'` before it makes it text; `restored` takes exactly those away again. See OWASP, "CSV
Injection". Imports the standard library alone: readers that may die use it too.
"""

import re
import unicodedata

FORMULA_SIGNS = "=+\\-@\t＝＋－＠"
_CELL_BEGINS = r"(?:^|(?<=[;\n\t]))"
_FORMULA = rf"(?='*[ \u00a0]*[{FORMULA_SIGNS}])"
GUARD = re.compile(_CELL_BEGINS + _FORMULA)
GUARDED = re.compile(_CELL_BEGINS + "'" + _FORMULA)

# What XML forbids, what does nothing in a name but harm, and the marks that turn text around.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
HARMFUL = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
FORBIDDEN = re.compile(f"[{CONTROL}\x80-\x9f{HARMFUL}]")
# The letters of old fonts lie where Unicode has its second block of control characters.
FORBIDDEN_OF_ANY_FONT = re.compile(f"[{CONTROL}{HARMFUL}]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Return `text` composed (NFC), without control characters, lone surrogates replaced."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = without_lone_surrogates(FORBIDDEN.sub("", lines))
    return unicodedata.normalize("NFC", whole)


def without_lone_surrogates(text: str) -> str:
    """Return `text` with a mark in place of each half of a letter."""
    return LONE_SURROGATE.sub(REPLACEMENT, text)


def guarded(text: str) -> str:
    """Return `text` with a `'` wherever a spreadsheet program would begin a formula."""
    return GUARD.sub("'", text)


def restored(text: str) -> str:
    """Return what `guarded` was given."""
    return GUARDED.sub("", text)
