"""Every commune of Vietnam before and since 1 July 2025, and which became which; read once, offline.

The tables are those of `vietnamadminunits` (MIT). Its files are read without importing it: the import loads a
client of a geocoding service on the internet, which its `convert_address` asks where a street is given.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geo.folding import fold

LIBRARY = "vietnamadminunits"
WITH_SIGNS_OR_WITHOUT = ("NO_ACCENTED", "ACCENTED")
Table = dict[str, Any]


class Era(StrEnum):
    """Before or since 1 July 2025: the same code may mean another unit."""

    OLD = "before_2025_07"
    CURRENT = "since_2025_07"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A commune, ward, town or special zone of one era.

    `code` has five digits; empty for the five island districts that had no communes. `district` is empty since 2025.
    `province_code` is that of the current province, also for an old unit. `aliases` are older names, folded.
    """

    code: str
    era: Era
    name: str
    short_name: str
    district: str
    province: str
    province_code: str
    aliases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTables:
    """All units of both eras, and for each old one the current ones that took a part of it."""

    units: tuple[Unit, ...]
    became: dict[Unit, tuple[Unit, ...]]


@lru_cache(maxsize=1)
def unit_tables() -> UnitTables:
    """Return the tables; reading them takes some 0.3 s, once. Raises `ModuleNotFoundError` without the library."""
    old, new, change = (
        _load(name) for name in ("parser_legacy", "parser_from_2025", "converter_2025")
    )
    current = dict(_current(new))
    provinces = {
        before: new["DICT_PROVINCE"][now]
        for now, olds in change["DICT_PROVINCE"].items()
        for before in olds
    }
    former = dict(_former(old, provinces))
    became = {
        former[key]: tuple(current[place] for place in places)
        for key, places in _changes(change)
        if key in former
    }
    return UnitTables(units=(*former.values(), *current.values()), became=became)


def _load(name: str) -> Table:
    found = find_spec(LIBRARY)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{LIBRARY} is not installed", name=LIBRARY)
    folder = Path(found.submodule_search_locations[0]) / "data"
    table: Table = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return table


def _current(new: Table) -> Iterator[tuple[tuple[str, str], Unit]]:
    for signs in WITH_SIGNS_OR_WITHOUT:
        for province, wards in new[f"DICT_PROVINCE_WARD_{signs}"].items():
            for key, ward in wards.items():
                of = new["DICT_PROVINCE"][province]
                yield (province, key), _unit(ward, Era.CURRENT, "", of["province"], of)


def _former(old: Table, provinces: Table) -> Iterator[tuple[str, Unit]]:
    for signs in WITH_SIGNS_OR_WITHOUT:
        for province, districts in old[f"DICT_PROVINCE_DISTRICT_WARD_{signs}"].items():
            name = old["DICT_PROVINCE"][province]["province"]
            for district, wards in districts.items():
                of = old["DICT_PROVINCE_DISTRICT"][province][district]
                for key, ward in wards.items():
                    whole = _island(of) if ward["ward"] != ward["ward"] else ward
                    place = f"{province}_{district}_{'' if whole is not ward else key}"
                    yield place, _unit(whole, Era.OLD, of["district"], name, provinces[province])


def _island(district: Table) -> Table:
    """An island district without communes stands for its only one."""
    return {
        "ward": district["district"],
        "wardShort": district["districtShort"],
        "wardCode": "",
        "wardKeywords": district["districtKeywords"],
    }


def _unit(ward: Table, era: Era, district: str, province: str, now: Table) -> Unit:
    names = {_joined(ward["ward"]), _joined(ward["wardShort"])}
    return Unit(
        code=ward["wardCode"],
        era=era,
        name=ward["ward"],
        short_name=ward["wardShort"],
        district=district,
        province=province,
        province_code=now["provinceCode"],
        aliases=frozenset(_joined(word) for word in ward["wardKeywords"]) - names,
    )


def _changes(change: Table) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for province, wards in change["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, olds in wards.items():
            for before in olds:
                yield before, [(province, key)]
    for province, divided in change["DICT_PROVINCE_WARD_DIVIDED"].items():
        for before, parts in divided.items():
            yield before, [(province, part["newWardKey"]) for part in parts]


def _joined(name: str) -> str:
    return fold(name).replace(" ", "")
