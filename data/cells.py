"""What people type in a cell, turned into what the tables hold; whole columns, missing where it cannot be read."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.folding import fold
from geo.terms import WARD_CODE, LocationSource, Outcome, Role, Trait, WardKind

# A time typed without a zone is Vietnam's own.
VIETNAM = "Asia/Ho_Chi_Minh"
DAY_FORMATS = ("ISO8601", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
TIME_FORMATS = ("ISO8601", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%H:%M %d/%m/%Y")

OUTCOMES: dict[str, str] = {
    **dict.fromkeys(("met", "gặp", "đã gặp", "gặp được", "đã hướng dẫn"), Outcome.MET),
    **dict.fromkeys(("absent", "vắng", "vắng nhà", "không có nhà", "đi vắng"), Outcome.ABSENT),
    **dict.fromkeys(("refused", "từ chối", "không hợp tác"), Outcome.REFUSED),
    **dict.fromkeys(("not_found", "không tìm thấy", "không thấy"), Outcome.NOT_FOUND),
}
ROLES: dict[str, str] = {
    **dict.fromkeys(("leader", "tổ trưởng", "trưởng"), Role.LEADER),
    **dict.fromkeys(("deputy", "tổ phó", "phó"), Role.DEPUTY),
    **dict.fromkeys(("member", "tổ viên", "thành viên"), Role.MEMBER),
}
TRAITS: dict[str, str] = {
    **dict.fromkeys(("poor", "nghèo", "hộ nghèo", "hn"), Trait.POOR),
    **dict.fromkeys(("near_poor", "cận nghèo", "hộ cận nghèo", "hcn"), Trait.NEAR_POOR),
    **dict.fromkeys(
        ("elderly", "người cao tuổi", "có người cao tuổi", "người già", "cao tuổi", "hộ cao tuổi"),
        Trait.ELDERLY,
    ),
    **dict.fromkeys(
        ("disabled", "khuyết tật", "người khuyết tật", "có người khuyết tật"), Trait.DISABLED
    ),
    **dict.fromkeys(
        ("business", "kinh doanh", "hộ kinh doanh", "buôn bán", "tiểu thương"), Trait.BUSINESS
    ),
}
WARD_KINDS: dict[str, str] = {
    **dict.fromkeys(("ward", "phường"), WardKind.WARD),
    **dict.fromkeys(("commune", "xã"), WardKind.COMMUNE),
    **dict.fromkeys(("special_zone", "đặc khu"), WardKind.SPECIAL_ZONE),
}
SOURCES: dict[str, str] = {
    **dict.fromkeys(("measured", "đo", "đo được", "đo tại chỗ", "GPS"), LocationSource.MEASURED),
    **dict.fromkeys(("address", "địa chỉ số", "mã địa chỉ số"), LocationSource.ADDRESS),
    **dict.fromkeys(("estimated", "ước lượng", "ước tính"), LocationSource.ESTIMATED),
}
EVERYBODY = frozenset(
    fold(word) for word in ("all", "tất cả", "mọi hộ", "toàn dân", "tất cả các hộ")
)
PLAIN_HOUSEHOLD = frozenset(
    fold(word)
    for word in ("không", "bình thường", "hộ thường", "hộ bình thường", "không có", "khác")
)
YES = frozenset(fold(word) for word in ("x", "có", "1", "yes", "true", "✓", "đúng"))

Parser = Callable[[pd.Series], pd.Series]


def text(column: pd.Series) -> pd.Series:
    """Return the words in Unicode NFC, with plain spaces and none at the ends."""
    letters = pc.utf8_normalize(_arrow(column), form="NFC")
    words = pc.utf8_trim(pc.replace_substring_regex(letters, BLANKS, " "), " ")
    plain = _series(words, column)
    return plain.where(plain != "")


# What Python calls blank, and the space that takes no room; one by one, since Arrow's own class knows ASCII alone.
BLANKS = r"[\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"


def _arrow(column: pd.Series) -> pa.Array:
    return pa.array(column, pa.large_string(), from_pandas=True)


def _series(texts: pa.Array, like: pd.Series) -> pd.Series:
    told: pd.Series = pd.Series(texts.to_pandas(), dtype="str", name=like.name)
    return told.set_axis(like.index)


def number(column: pd.Series) -> pd.Series:
    """Return numbers; a comma may be the decimal mark."""
    plain = text(column).str.replace(" ", "").str.replace(",", ".")
    return pd.to_numeric(plain, errors="coerce").replace([np.inf, -np.inf], np.nan)


def count(column: pd.Series) -> pd.Series:
    """Return numbers of things: marks before three digits part thousands, so `24.303` and `24,303` are one.

    `99,25` and `6.45` are decimals. A share typed as `99 %` is no count and is missing.
    """
    plain = text(column).str.replace(r"[\s'’]", "", regex=True)
    thousands = plain.str.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{3})+").eq(True)
    return number(plain.where(~thousands, plain.str.replace(r"[.,]", "", regex=True)))


def day(column: pd.Series) -> pd.Series:
    """Return ISO days of dates typed as `2025-08-08` or `8/8/2025`."""
    read = _first_format(text(column), DAY_FORMATS)
    days: pd.Series = read.dt.tz_convert(VIETNAM).dt.strftime("%Y-%m-%d").astype("str")
    return days


def time(column: pd.Series) -> pd.Series:
    """Return moments in UTC; a time without a zone is Vietnam's."""
    return _first_format(text(column), TIME_FORMATS)


def one_of(words: Mapping[str, str]) -> Parser:
    """Return a parser for a cell that holds one of these words."""
    folded = {fold(word): str(meaning) for word, meaning in words.items()}

    def parse(column: pd.Series) -> pd.Series:
        return _each(column, lambda cell: folded.get(fold(cell)))

    return parse


def traits(column: pd.Series) -> pd.Series:
    """Return comma-separated traits, in their own order; missing where a word is not known.

    A cell that says "none in particular" or "everybody" is the empty list, which is stored as missing too: use
    `is_plain` to tell them apart from what could not be read.
    """
    folded = {fold(word): str(meaning) for word, meaning in TRAITS.items()}

    def parse(cell: str) -> str | None:
        words = [fold(word) for word in cell.replace(";", ",").replace("+", ",").split(",")]
        found = {folded.get(word) for word in words if word and word not in PLAIN_HOUSEHOLD}
        return None if None in found or not found else ",".join(t for t in Trait if t in found)

    return _each(column, parse)


def is_plain(column: pd.Series) -> pd.Series:
    """Return where a cell says that nothing in particular is meant: `không`, `tất cả`."""
    return column.map(
        lambda cell: fold(cell) in PLAIN_HOUSEHOLD | EVERYBODY, na_action="ignore"
    ).eq(True)


def yes(column: pd.Series) -> pd.Series:
    """Return whether a cell is ticked: x, có, 1, ✓."""
    return column.map(lambda cell: fold(cell) in YES or cell == "✓", na_action="ignore").eq(True)


def ward_code(column: pd.Series) -> pd.Series:
    """Return 5-digit codes, the leading zeros that a spreadsheet dropped put back."""
    padded = text(column).str.zfill(5)
    return padded.where(padded.str.fullmatch(WARD_CODE).eq(True))


def ward_named(column: pd.Series) -> pd.Series:
    """Return codes of wards as `ward_code` does, and names as they are: what they mean shows with what is stored."""
    return ward_code(column).fillna(text(column))


def phone(column: pd.Series) -> pd.Series:
    """Return phone numbers as typed, the leading zero that a spreadsheet dropped put back."""
    plain = text(column)
    digits = _series(pc.replace_substring_regex(_arrow(plain), r"[ .\-]", ""), plain)
    return plain.where(~digits.str.fullmatch(r"[1-9]\d{8}").eq(True), "0" + digits)


def _each(column: pd.Series, parse: Callable[[str], str | None]) -> pd.Series:
    """Parse the different words of a column once each."""
    meanings = {cell: parse(cell) for cell in column.dropna().unique()}
    return column.map(meanings).astype("str")


def _first_format(column: pd.Series, formats: tuple[str, ...]) -> pd.Series:
    read = pd.Series(pd.NaT, index=column.index, dtype="datetime64[us, UTC]")
    for style in formats:
        left = read.isna() & column.notna()
        if left.any():
            read = read.fillna(_in_utc(column[left], style).reindex(column.index))
    return read


def _in_utc(column: pd.Series, style: str) -> pd.Series:
    zoned = column.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True) & column.str.contains(":")
    plain = pd.to_datetime(column[~zoned], format=style, errors="coerce").dt.tz_localize(VIETNAM)
    aware = pd.to_datetime(column[zoned], format=style, errors="coerce", utc=True)
    both = pd.concat([plain.dt.tz_convert("UTC"), aware]).reindex(column.index)
    return both.astype("datetime64[us, UTC]")
