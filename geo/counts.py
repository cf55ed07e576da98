"""Counts of households and residents in the words that people write on maps.

`HỘ: 337 KHẨU 1230` states figures and nothing else: it can be taken. `Ghép TDP Hưởng Phước (546 hộ,
1960 khẩu) + Hiền Phước (225 hộ, 675 khẩu) = 771 hộ` tells a story: it can be offered, no more.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pandas import Series

from geo.folding import fold_place

NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+"
RESIDENTS = r"(?:nhân\s*)?khẩu"
STATED = re.compile(
    rf"\s*(?:số\s*)?hộ\s*[:=]?\s*({NUMBER})[\s,;.]*(?:(?:số\s*)?{RESIDENTS}\s*[:=]?\s*({NUMBER}))?[\s.]*",
    re.IGNORECASE,
)
TOLD = re.compile(rf"({NUMBER})\s*hộ\b(?:[\s,;(]*({NUMBER})\s*{RESIDENTS}\b)?", re.IGNORECASE)
# What parts the members of a sum, and the words between them that are no names.
JOINT = re.compile(r"[+=:;()]|\bvà\b", re.IGNORECASE)
NO_NAME = re.compile(r"^(?:ghép|gồm|và|của|thuộc|các)\b[\s,]*", re.IGNORECASE)
AFTER = re.compile(r"[\s,]*([^+=:;().,]*)")
PLACEHOLDER = re.compile(
    r"(?:đa giác|đường thẳng|đường dẫn|điểm|vùng|hình|polygon|polyline|path|line|point|placemark"
    r"|untitled(?: \w+)?|new (?:polygon|path|point)|không tên|chưa có tên)\W*\d*",
    re.IGNORECASE,
)


class Indicator(StrEnum):
    """What is counted."""

    HOUSEHOLDS = "households"
    RESIDENTS = "residents"


class Count(NamedTuple):
    """One figure: whose (null: of the place that the text is about), what, how many.

    `stated`: the text is figures and nothing else. `part`: some of that place (`16 hộ tổ 52`).
    """

    of: str | None
    indicator: Indicator
    value: int
    stated: bool
    part: bool


def clean(text: str) -> str:
    """Return a text in NFC, with single plain spaces (KML writes no-break ones)."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def name_of(text: str) -> str | None:
    """Return the name with which a text begins; null where it begins with none.

    A name ends at a bracket, a colon or a count. `Đa giác 137`, the name that a drawing program
    gives to what nobody named, is no name.
    """
    whole = clean(text)
    told = TOLD.search(whole)
    head = JOINT.split(whole[: told.start()] if told else whole)[0].strip(" .,-–")
    return None if not head or PLACEHOLDER.fullmatch(head) else head


def place_key(name: str) -> str:
    """Return by what a name is the same place: folded, without the word for its kind."""
    return fold_place(re.sub(r"\btổ\s+dp\b", "tdp", clean(name), flags=re.IGNORECASE))[1]


def tells_counts(text: str) -> bool:
    """Return whether a text tells how many households there are."""
    return bool(STATED.fullmatch(clean(text)) or TOLD.search(clean(text)))


def counts_in(text: str) -> list[Count]:
    """Return the counts in a text, in its order."""
    whole = clean(text)
    stated = STATED.fullmatch(whole)
    if stated:
        return [*_counts(_Whose(None, part=False), stated, stated=True)]
    return [count for whose, found in _told(whole) for count in _counts(whose, found, stated=False)]


class _Whose(NamedTuple):
    of: str | None
    part: bool


def _counts(whose: _Whose, found: re.Match[str], *, stated: bool) -> Iterator[Count]:
    for indicator, written in zip(Indicator, found.groups(), strict=True):
        value = int(re.sub(r"\D", "", written or "0"))
        if value:
            yield Count(whose.of, indicator, value, stated, whose.part)


def _told(text: str) -> Iterator[tuple[_Whose, re.Match[str]]]:
    """Yield whose each count is: the name before it, else part of the one after, else the text's own."""
    said = 0
    for found in TOLD.finditer(text):
        before = text[said : found.start()].rstrip()
        said = found.end()
        near = None if before.endswith("=") else _bare(JOINT.split(before.rstrip(" (:"))[-1])
        after = None if before.endswith("=") or near else _bare(_first(AFTER, text, said))
        yield _Whose(near or after or name_of(text), part=after is not None), found


def _first(pattern: re.Pattern[str], text: str, start: int) -> str:
    found = pattern.match(text, start)
    return found[1] if found else ""


def _bare(words: str) -> str | None:
    name = words.strip(" ,.-–")
    while NO_NAME.match(name):
        name = NO_NAME.sub("", name)
    return None if not re.match(r"[^\W\d]", name) or PLACEHOLDER.fullmatch(name) else name


def filled_in(counts: Series) -> Series:
    """Return counts without the zeros: a neighbourhood of 0 households was not filled in."""
    return counts.where(counts > 0)
