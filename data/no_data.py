"""Which rows below the headings are no data: numbering, sums, signatures, notes, lines that name a place."""

import re
from enum import StrEnum

import pandas as pd

from geo.folding import fold

LEAST_KNOWN = 2
LEAST_NUMBERED = 3
LEAST_BARE_NUMBERED = 4
SIGNED_CELLS = 4
SIGNED_ROWS = 20
MOST_SECTIONS_SHARE = 0.5


class Skip(StrEnum):
    """Why a row of a sheet is no row of the table."""

    ABOVE = "above_headings"
    NUMBERING = "numbering"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    REPEATED_HEADING = "repeated_heading"
    SECTION = "section"


NUMBERING_CELL = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_SUMMED = r"(?:số|so|hộ|ho|khẩu|khau|nhân khẩu|tổ|to|thôn|thon|tdp|trang|dồn|chung|toàn)"
TOTAL = re.compile(rf"(?:(?:tổng|tong)(?: cộng| cong)?|cộng|cong)(?: {_SUMMED}\b.*)?")
# What no cell of data says, and what may be somebody's office just as well.
SIGNED = re.compile(
    r"^(?:nguoi (?:lap|tong hop|kiem tra)|can bo (?:lap|tong hop)|tm (?:ubnd|uy ban)|kt chu tich|"
    r"xac nhan cua|noi nhan|ky (?:va )?ghi ro|ky ten)\b"
    r"|^(?:[\w ]{2,30} )?ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{4})?$"
)
OFFICE = re.compile(r"^(?:pho )?(?:chu tich|to truong|truong thon|thu truong|ke toan)\b")
NOTE = re.compile(r"^(?:ghi chu|luu y|chu thich)\b")
PLACE_SECTION = re.compile(
    r"^(?:[ivxlc\d]+ )?(?:to dan pho|tdp|thon|khu pho|xom|ap|to)\b(?: so)?(?: \w+){1,6}$"
)


def skips(body: pd.DataFrame, last_heading: list[str], headings: list[str]) -> pd.Series:
    """Why each row below the headings is no data; missing where it is."""
    why = pd.Series(None, index=body.index, dtype="object")
    if body.empty:
        return why
    filled = body.notna().sum(axis=1)
    first = first_words(body)
    heading = pd.Series(last_heading).reindex(body.columns)
    same = body.eq(heading.where(heading != "")).sum(axis=1)
    why[(same == filled) & (same >= LEAST_KNOWN)] = Skip.REPEATED_HEADING
    why[first.str.lower().str.rstrip(" :.").str.fullmatch(TOTAL).eq(True)] = Skip.TOTAL
    if _numbers_columns(body.iloc[0]):
        why.iloc[0] = Skip.NUMBERING
    alone = filled == 1
    # In a list of few columns, or one hardly filled in, cells stand alone without meaning a section.
    wide = sum(bool(name) for name in headings) > LEAST_KNOWN
    if wide and alone.mean() <= MOST_SECTIONS_SHARE:
        words = first[alone].map(fold, na_action="ignore").astype("str")
        why[words.index[words.str.contains(PLACE_SECTION).eq(True)]] = Skip.SECTION
        why[words.index[words.str.contains(NOTE).eq(True)]] = Skip.NOTE
    return _with_signatures(why, body, filled)


def first_words(body: pd.DataFrame) -> pd.Series:
    """The first cell of each row that is more than digits."""
    first = pd.Series(None, index=body.index, dtype="str")
    for column in body.columns:
        wordy = body[column].str.contains(r"[^\W\d_]", regex=True).eq(True)
        first = first.where(first.notna() | ~wordy, body[column])
        if first.notna().all():
            break
    return first


def _numbers_columns(row: pd.Series) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2 3."""
    cells = row.dropna().tolist()
    found = [NUMBERING_CELL.fullmatch(cell.strip()) for cell in cells]
    bare = all(cell.strip().isdigit() for cell in cells)
    if len(cells) < (LEAST_BARE_NUMBERED if bare else LEAST_NUMBERED) or None in found:
        return False
    digits = [int(match[1]) for match in found if match and match[1].isdigit()]
    letters = [match[1] for match in found if match and not match[1].isdigit()]
    counted = digits == list(range(digits[0], digits[0] + len(digits))) if digits else True
    from_first = not digits or digits[0] <= 1 + len(letters)
    return counted and from_first and letters == sorted(set(letters))


def _with_signatures(why: pd.Series, body: pd.DataFrame, filled: pd.Series) -> pd.Series:
    """From the first sign of a signature near the end on, everything is the signature block.

    A sign stands in a row with fewer cells than the rows of data have, below the last full one.
    """
    usual = filled.median()
    full = body.index[(filled > SIGNED_CELLS) & why.isna()]
    last = full.max() if len(full) else body.index[0] - 1
    below = body.loc[last + 1 :].tail(SIGNED_ROWS)
    if below.empty:
        return why
    folded = below.apply(lambda column: column.map(fold, na_action="ignore").astype("str"))
    few = filled[below.index] < usual
    signed = _any_cell(folded, SIGNED) & (few | (filled[below.index] == 1))
    if usual > SIGNED_CELLS:
        signed |= _any_cell(folded, OFFICE) & few & below.iloc[:, 0].isna()
    if signed.any():
        block = below.loc[signed.idxmax() :].index
        why[block] = why[block].fillna(Skip.SIGNATURE)
    return why


def _any_cell(folded: pd.DataFrame, pattern: re.Pattern[str]) -> pd.Series:
    found: pd.Series = folded.apply(lambda column: column.str.contains(pattern).eq(True)).any(
        axis=1
    )
    return found
