"""The current ward of a name or code of either era, found offline; where several fit they are listed, never guessed."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import pandas as pd
from pandas import DataFrame, Series

from geo.folding import fold
from geo.unit_tables import Era, Unit, unit_tables

# Spreadsheets drop leading zeros: 00004 becomes 4.
CODE = re.compile(r"\d{1,5}")
CODE_LENGTH = 5
# The sound of a syllable, whichever letter carries it: `thuỷ` is `thủy`.
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
KINDS = {"p": "phường", "x": "xã", "tt": "thị trấn", "đk": "đặc khu", "ward": "phường"}
SHORT_KIND = re.compile(r"^(p|x|tt|đk)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
KIND = re.compile(
    r"^(?:phường|xã|thị trấn|đặc khu|thành phố|tỉnh|quận|huyện|thị xã|tp\.?|tx\.?|q\.|h\.|t\.)\s*",
    re.IGNORECASE,
)
# The same without signs: `quan hoa` may be quận Hóa or the district Quan Hóa.
FOLDED_KIND = re.compile(r"^(?:phuong|xa|thi tran|dac khu|thanh pho|tinh|quan|huyen|thi xa|tp|tx) ")
# Names that the tables, which are of the last days before July 2025, no longer have, and short ones.
OTHER_PROVINCE_NAMES = {
    **dict.fromkeys(("thua thien hue", "tt hue", "tth"), "46"),
    **dict.fromkeys(("hcm", "tphcm", "sai gon", "brvt"), "79"),
    "hn": "01",
}


class Match(StrEnum):
    """One current ward; several, for a person to choose from; none."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class WardMatch:
    """What a name or code may mean now: `wards` are current units, `meant` the units of either era that it names."""

    given: str
    match: Match
    wards: tuple[Unit, ...] = ()
    meant: tuple[Unit, ...] = ()


def current_ward(
    text: str, *, era: Era | None = None, province_code: str | None = None
) -> WardMatch:
    """Return the current ward, or the candidates, of a code (`19966`) or a name with or without what it lies in.

    Parameters
    ----------
    text
        `Thủy Thanh`, `xã Thủy Thanh, thị xã Hương Thủy`, `Thôn Lang Xá Cồn, xã Thủy Thanh, …, Huế`; a name without
        diacritics fits all that are so without them.
    era
        When the text was written, if it is known: codes and names are used again for other units.
    province_code
        The current province, if it is known.

    Raises `ModuleNotFoundError` where the tables (`vietnamadminunits`) are not installed.
    """
    given = unicodedata.normalize("NFC", text).strip()
    meant = tuple(
        unit
        for unit in (_by_code(given) if CODE.fullmatch(given) else _by_name(given))
        if (era is None or unit.era == era)
        and (province_code is None or unit.province_code == province_code)
    )
    now = dict.fromkeys(ward for unit in meant for ward in _now(unit))
    wards = tuple(sorted(now, key=lambda ward: ward.code))
    match = (Match.UNKNOWN, Match.FOUND, Match.AMBIGUOUS)[min(len(wards), 2)]
    return WardMatch(given=given, match=match, wards=wards, meant=meant)


def current_wards(
    column: Series, *, era: Era | None = None, province_code: str | None = None
) -> DataFrame:
    """Return `match`, `ward_code`, `ward_name` (where one is found) and `candidates` (codes) of each cell.

    On the index of `column`; each different text is looked up once. Arguments as `current_ward` has them.
    """
    columns = ["match", "ward_code", "ward_name", "candidates"]
    rows = {
        text: _row(current_ward(str(text), era=era, province_code=province_code))
        for text in column.dropna().unique()
    }
    empty = (None, None, None, None)
    found = [rows[text] if pd.notna(text) else empty for text in column.tolist()]
    return DataFrame(found, index=column.index, columns=columns, dtype="str")


def named_wards(given: Series, wards: DataFrame) -> Series:
    """Return the code of the ward that each cell names: a stored one's code or name, else what it is now.

    Parameters
    ----------
    given
        Codes and names of either era, as files have them.
    wards
        The stored wards: `ward_code`, `name`.

    Returns
    -------
    codes
        On the index of `given`. An unknown code of five digits stays, to wait for its ward; a name that fits several
        wards, or none, is missing. Where all stored wards are of one province, names are looked for in it.
    """
    known = set(wards["ward_code"])
    codes = {text: _named(str(text), wards, known) for text in given.dropna().unique()}
    return given.map(codes).astype("str")


def _named(text: str, wards: DataFrame, known: set[str]) -> str | None:
    if text in known:
        return text
    found = current_ward(text, province_code=None if CODE.fullmatch(text) else _province(wards))
    if found.match == Match.FOUND:
        code = found.wards[0].code
        return code if code in known or not CODE.fullmatch(text) else text
    if CODE.fullmatch(text):
        return text if len(text) == CODE_LENGTH else None
    if found.match == Match.AMBIGUOUS:
        return None
    named = wards.loc[wards["name"].map(_sound) == _sound(text), "ward_code"]
    return str(named.iloc[0]) if len(named) == 1 else None


def _province(wards: DataFrame) -> str | None:
    """The province of all stored wards, if it is one."""
    units = [unit for code in wards["ward_code"] for unit in _by_code(code)]
    provinces = {unit.province_code for unit in units if unit.era == Era.CURRENT}
    return provinces.pop() if len(provinces) == 1 else None


def _row(found: WardMatch) -> tuple[str | None, ...]:
    one = found.wards[0] if found.match == Match.FOUND else None
    several = (
        ",".join(ward.code for ward in found.wards) if found.match == Match.AMBIGUOUS else None
    )
    code, name = (one.code, one.name) if one is not None else (None, None)
    return str(found.match), code, name, several


def _now(unit: Unit) -> tuple[Unit, ...]:
    return (unit,) if unit.era == Era.CURRENT else unit_tables().became.get(unit, ())


# --- what a text names ---


def _by_code(code: str) -> list[Unit]:
    return _index().by_code.get(code.zfill(5), [])


def _by_name(text: str) -> list[Unit]:
    """The units that the leftmost part which is any unit's name may mean, given what stands right of it."""
    parts = [_spelled_out(part) for part in re.split(r"[,;]|\s[-–]\s", text) if part.strip()]
    for i, part in enumerate(parts):
        for named in (_with_signs(part), _index().by_letters.get(_letters(part), [])):
            fitting = [unit for unit in named if _lies_in(unit, parts[i + 1 :])]
            if fitting:
                return fitting
    return []


def _with_signs(part: str) -> list[Unit]:
    """The units of exactly that name, and those that once had it; none where the name is written without signs."""
    if part.isascii():
        return []
    index = _index()
    exact = index.by_sound.get(_sound(part), [])
    former = [
        unit for unit in index.by_letters.get(_letters(part), []) if _letters(part) in unit.aliases
    ]
    return list(dict.fromkeys([*exact, *former]))


def _lies_in(unit: Unit, around: list[str]) -> bool:
    """Whether a unit lies in the districts and provinces named; where another commune is named, it is a street.

    Names of nothing known say nothing. A current ward lies in the districts whose communes it was made of.
    """
    index = _index()
    for part in around:
        names = {_bare(part), FOLDED_KIND.sub("", fold(part))}
        others = {OTHER_PROVINCE_NAMES.get(name, unit.province_code) for name in names}
        if others != {unit.province_code}:
            return False
        known = names & index.around
        if known and not known & (index.districts[unit] | index.provinces[unit.province_code]):
            return False
        if not known and _letters(part) in index.by_letters:
            return False
    return True


def _spelled_out(part: str) -> str:
    name = part.strip()
    return SHORT_KIND.sub(lambda kind: f"{KINDS[kind[1].lower()]} ", name)


def _bare(part: str) -> str:
    return fold(KIND.sub("", part))


def _letters(part: str) -> str:
    return fold(part).replace(" ", "")


def _sound(part: str) -> str:
    """The name in small letters with each syllable's tone after it, wherever it was typed."""
    syllables = unicodedata.normalize("NFD", part.casefold()).split()
    return " ".join(
        unicodedata.normalize("NFC", TONES.sub("", one)) + "".join(TONES.findall(one))
        for one in syllables
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """Units by code and name; names of districts (by unit) and of provinces, old and current (by code), folded."""

    by_code: dict[str, list[Unit]]
    by_sound: dict[str, list[Unit]]
    by_letters: dict[str, list[Unit]]
    districts: dict[Unit, set[str]]
    provinces: dict[str, set[str]]
    around: frozenset[str]


@lru_cache(maxsize=1)
def _index() -> _Index:
    tables = unit_tables()
    by_code: dict[str, list[Unit]] = defaultdict(list)
    by_sound: dict[str, list[Unit]] = defaultdict(list)
    by_letters: dict[str, list[Unit]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    districts: dict[Unit, set[str]] = {unit: set() for unit in tables.units}
    for unit in tables.units:
        own = (unit.name, unit.short_name)
        if unit.code:
            by_code[unit.code].append(unit)
        for sound in {_sound(name) for name in own}:
            by_sound[sound].append(unit)
        for letters in {_letters(name) for name in own} | unit.aliases:
            by_letters[letters].append(unit)
        provinces[unit.province_code].add(_bare(unit.province))
        for place in (unit, *tables.became.get(unit, ())):
            districts[place] |= {_bare(unit.district)} - {""}
    return _Index(
        by_code=dict(by_code),
        by_sound=dict(by_sound),
        by_letters=dict(by_letters),
        districts=districts,
        provinces=dict(provinces),
        around=frozenset().union(*districts.values(), *provinces.values()),
    )
