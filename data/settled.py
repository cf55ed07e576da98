"""The tables that a change looks at, what follows from it, and writing down what differs."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from data import schema
from data.changes import Difference, apply, difference
from data.store import load
from geo.settle import SUCCESSIONS, followers, settle
from geo.tables import checked, typed
from geo.terms import Kind

# What each table looks at when it is settled, beside itself.
LOOKS_AT: dict[str, tuple[str, ...]] = {
    Kind.WARDS: (Kind.NEIGHBOURHOODS,),
    Kind.NEIGHBOURHOODS: (Kind.WARDS,),
    Kind.STREETS: (Kind.WARDS,),
    Kind.BARRIERS: (Kind.WARDS,),
    Kind.ADDRESSES: (Kind.WARDS,),
    Kind.HOUSEHOLDS: (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.STREETS, Kind.ADDRESSES),
    Kind.TEAMS: (Kind.WARDS, Kind.NEIGHBOURHOODS),
    Kind.MEMBERS: (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.TEAMS),
    Kind.GOALS: (),
    Kind.VISITS: (Kind.WARDS, Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.GOALS),
    Kind.FIGURES: (Kind.WARDS, Kind.NEIGHBOURHOODS),
}
TABLES = (*Kind, SUCCESSIONS)


def tables_for(connection: sa.Connection, kinds: set[Any]) -> dict[str, Any]:
    """Return the tables of `kinds`, those that follow from them, and those they look at, as they are stored."""
    settled = set(followers(kinds)) | kinds
    wanted = settled | {seen for table in settled for seen in LOOKS_AT[table]}
    return {
        table: typed(load(connection, table), schema.PROMISES[table])
        for table in TABLES
        if table in {*wanted, SUCCESSIONS}
    }


def write_settled(
    connection: sa.Connection,
    import_id: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    touched: Iterable[str],
) -> tuple[dict[str, Any], dict[str, Difference]]:
    """Settle what follows from the `touched` tables, write what differs, and keep how each row was before.

    Return the settled tables, and the difference of each table that was worked on.
    """
    settled = settle(after, only=followers(touched))
    changed: dict[str, Difference] = {}
    for table in TABLES:
        if table in before and settled[table] is not before[table]:
            changed[table] = _changed(before[table], settled[table], table)
            if changed[table]:
                apply(connection, import_id, table, changed[table])
    return settled, changed


def _changed(before: Any, after: Any, table: str) -> Difference:
    """What is to be written of a table; rows that break its promise are never written."""
    promise = schema.PROMISES[table]
    change = difference(before, typed(after, promise), key=schema.KEYS[table])
    for rows in (change.added, change.changed):
        if len(rows):
            checked(rows, promise)
    return change
