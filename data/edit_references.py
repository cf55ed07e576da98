"""Rows that name other rows, when these are changed by hand: nobody is lost because somebody is called otherwise."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.schema import KEYS
from geo.settle import followers
from geo.terms import Kind

Tables = dict[str, Any]

# Of each table: the words that name a row of another, and the column with the id of the row that is meant.
NAMED_BY: dict[Kind, tuple[tuple[str, str, Kind], ...]] = {
    Kind.HOUSEHOLDS: (("neighbourhood_given", "neighbourhood_id", Kind.NEIGHBOURHOODS),),
    Kind.TEAMS: (("neighbourhood_given", "neighbourhood_id", Kind.NEIGHBOURHOODS),),
    Kind.MEMBERS: (
        ("team_given", "team_id", Kind.TEAMS),
        ("neighbourhood_given", "neighbourhood_id", Kind.NEIGHBOURHOODS),
    ),
    Kind.VISITS: (
        ("household_given", "household_id", Kind.HOUSEHOLDS),
        ("member_given", "member_id", Kind.MEMBERS),
        ("goal_given", "goal_id", Kind.GOALS),
    ),
}


def keep_references(after: Tables, before: Tables, kind: Kind, keys: Sequence[str]) -> Tables:
    """Return `after`, where rows that named a row of `kind` by a name it no longer has name it by its id."""
    if "name" not in after[kind] or not _renamed(after[kind], before[kind], kind, keys):
        return after
    kept = dict(after)
    for table in followers({kind}):
        for given, meant, target in NAMED_BY.get(Kind(table), ()):
            if target == kind and table in kept:
                rows = kept[table]
                told = rows[meant].isin(keys) & (rows[given] != rows[meant])
                kept[table] = rows.assign(**{given: rows[given].mask(told, rows[meant])})
    return kept


def unknown_references(
    before: Tables, after: Tables, kind: Kind, keys: Sequence[str]
) -> dict[str, str]:
    """Return, by field, which words of the rows `keys` name nobody; words that stood there before are let be."""
    key = KEYS[kind]
    rows = after[kind][after[kind][key].isin(keys)]
    old = before[kind].set_index(key)
    found = {}
    for given, meant, target in NAMED_BY.get(kind, ()):
        told = old[given].reindex(rows[key]).set_axis(rows.index)
        fresh = rows[given].notna() & (rows[given] != told)
        lost = rows[meant].isna() & fresh
        if target == Kind.NEIGHBOURHOODS and "geometry" in rows:
            lost &= rows["geometry"].isna()  # the place decides
        if lost.any():
            found[given] = f"{given}_unknown"
    return found


def _renamed(after: Any, before: Any, kind: Kind, keys: Sequence[str]) -> bool:
    key = KEYS[kind]
    old, new = (table[table[key].isin(keys)].set_index(key)["name"] for table in (before, after))
    same = new.reindex(old.index)
    return bool(((old != same) & ~(pd.isna(old) & pd.isna(same))).any())
