"""Change rows by hand: an import of a few rows, with a reason, in one transaction, taken back like any other.

The rows are read as those of a file are (`data.edit_fields`), placed and settled with all that is stored, and recorded
among the imports with how each row was before. Nothing is ever deleted: what ends gets a day.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa

from data import schema
from data.assigned import settle_imported_plans
from data.edit_fields import Surroundings, as_geometry, faults_of, faulty, read_fields, surroundings
from data.edit_references import keep_references, unknown_references
from data.ids import are_made
from data.records import ByHand, begin_record, holds_made_up, note
from data.schema import KEYS, PROMISES
from data.settled import tables_for, write_settled
from data.store import Store
from data.unplaced import open_places
from geo.errors import ConflictError, InputError, NotFoundError
from geo.recognising import recognise
from geo.tables import checked
from geo.terms import Kind

ID_BYTES = 6
Tables = dict[str, Any]


class Act(StrEnum):
    """What somebody does to rows by hand."""

    ADDED = "added"
    CORRECTED = "corrected"
    RETIRED = "retired"
    RESUMED = "resumed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REDRAWN = "redrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edit did: its id among the imports, the rows it named, and how many others were placed anew.

    `notes` are codes of `words.problem` that a person should know, such as a point on a border; `figures` what else
    there is to tell.
    """

    edit_id: str
    kind: Kind
    act: Act
    keys: tuple[str, ...]
    placed_again: int
    notes: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an edit decides before anything is written: the tables as they will be, and the rows it names."""

    after: Tables
    keys: tuple[str, ...]


def write_edit(
    store: Store,
    kind: Kind,
    act: Act,
    decide: Callable[[Tables], Decided],
    *,
    said: ByHand,
    tell: Callable[[Tables, Tables], Mapping[str, Any]] = lambda _before, _after: {},
    keep: bool = True,
) -> Edited:
    """Apply what `decide` makes of the stored tables: settled, recorded, all or nothing; with `keep=False`, nothing.

    `tell` makes the `figures` of the answer from the tables before and after.

    Raises `InputError` without a reason, where nothing changes, or where a row names what is not there.
    """
    with store.writing(keep=keep) as connection:
        made_up = holds_made_up(connection)
        code = Path(f"edit_{act}")
        edit_id = begin_record(connection, kind, code, made_up=made_up, by_hand=said)
        before = tables_for(connection, {kind})
        decided = decide(before)
        if not said.why.strip():
            raise InputError("edit_without_reason")
        touched = {str(kind)}
        after, changed = write_settled(connection, edit_id, before, decided.after, touched=touched)
        _refuse_unknown(before, after, kind, decided.keys)
        rows = {table: len(one.added) + len(one.changed) for table, one in changed.items()}
        if not sum(rows.values()):
            raise InputError("edit_changes_nothing")
        added = len(changed[kind].added)
        _finish(connection, edit_id, added=added, changed=rows[kind] - added)
        note(connection, f"edit_{act}", edit_id, said.why.strip(), who=said.who)
        settle_imported_plans(connection)
    return Edited(
        edit_id=edit_id,
        kind=kind,
        act=act,
        keys=decided.keys,
        placed_again=sum(rows.values()) - rows[kind],
        notes=_notes(after, kind, decided.keys),
        figures=tell(before, after),
    )


def put_row(
    store: Store,
    kind: Kind,
    typed: Mapping[str, Any],
    *,
    key: str,
    act: Act = Act.CORRECTED,
    said: ByHand,
) -> Edited:
    """Put typed fields into the row `key`; a field that is None or blank is emptied.

    Raises
    ------
    InputError
        `edit_faults` with what is wrong with which field.
    NotFoundError
        Where there is no row `key`.
    """

    def decide(tables: Tables) -> Decided:
        stored = _stored(tables[kind], kind, key)
        around = _around(tables, stored.get("ward_code"))
        row = stored | read_fields(kind, typed, around)
        _refuse_faults(kind, row, said)
        after = tables | {str(kind): _with_row(tables[kind], kind, row)}
        return Decided(after=keep_references(after, tables, kind, (key,)), keys=(key,))

    return write_edit(store, kind, act, decide, said=said)


def add_rows(
    store: Store,
    kind: Kind,
    rows: Sequence[Mapping[str, Any]],
    *,
    ward: str | None = None,
    sure: bool = False,
    said: ByHand,
) -> Edited:
    """Add rows of typed fields to a ward; `sure` adds a household that seems to be there already.

    Raises
    ------
    InputError
        `edit_faults` with what is wrong with which field.
    ConflictError
        Where the very same row is there, or a household that resembles the new one.
    """

    def decide(tables: Tables) -> Decided:
        table, around, keys = tables[kind], _around(tables, ward), []
        for typed in rows:
            values = read_fields(kind, typed, around)
            key = _new_id(table, kind, values)
            row = values | {KEYS[kind]: key, "ward_given": ward}
            _refuse_faults(kind, row, said)
            if kind == Kind.HOUSEHOLDS and not sure:
                _refuse_double(tables, row)
            table = _with_row(table, kind, row)
            keys.append(key)
        return Decided(after=tables | {str(kind): table}, keys=tuple(keys))

    return write_edit(store, kind, Act.ADDED, decide, said=said)


def put_values(
    store: Store,
    kind: Kind,
    keys: Sequence[str],
    values: Mapping[str, Any],
    act: Act,
    *,
    said: ByHand,
) -> Edited:
    """Put the same cells, as they are to be stored, into several rows."""

    def decide(tables: Tables) -> Decided:
        table = tables[kind]
        for key in keys:
            row = _stored(tables[kind], kind, key) | dict(values)
            _refuse_faults(kind, row, said)
            table = _with_row(table, kind, row)
        return Decided(after=tables | {str(kind): table}, keys=tuple(keys))

    return write_edit(store, kind, act, decide, said=said)


# --- rows ---


def _around(tables: Tables, ward: Any) -> Surroundings:
    code = None if pd.isna(ward) else str(ward)
    wards = tables.get(Kind.WARDS)
    if wards is None:
        return Surroundings(area=None, addresses=None, ward=code)
    return surroundings(wards, tables.get(Kind.ADDRESSES), code)


def _stored(table: Any, kind: Kind, key: str) -> dict[str, Any]:
    found = table[table[KEYS[kind]] == key]
    if found.empty:
        raise NotFoundError("edit_row_unknown", kind=str(kind), key=key)
    return {str(name): found[name].iloc[0] for name in found.columns}


def _with_row(table: Any, kind: Kind, row: Mapping[str, Any]) -> Any:
    """The table with the row in the place of that of the same key, or at the end."""
    promise = PROMISES[kind]
    cells = {name: [value] for name, value in row.items() if name != "geometry"}
    frame: Any = pd.DataFrame(cells)
    if "geometry" in table:
        frame = gpd.GeoDataFrame(frame, geometry=as_geometry(row.get("geometry")))
    fresh = checked(frame.reindex(columns=_known(frame, table)), promise)
    there = table[KEYS[kind]] == row[KEYS[kind]]
    if table.empty:
        return fresh
    if not there.any():
        return pd.concat([table, fresh], ignore_index=True)
    fresh = fresh.set_axis(table.index[there])
    return pd.concat([table[~there], fresh]).sort_index()


def _known(frame: Any, table: Any) -> list[str]:
    return [name for name in frame.columns if name in table.columns]


def _new_id(table: Any, kind: Kind, values: Mapping[str, Any]) -> str:
    """An id made of the row's content, as of a file without ids; the same content twice is refused."""
    told = json.dumps([str(kind), sorted((name, str(value)) for name, value in values.items())])
    digest = hashlib.blake2b(told.encode(), digest_size=ID_BYTES).hexdigest()
    made = f"{kind[0].upper()}-{digest}"
    if table[KEYS[kind]].eq(made).any():
        raise ConflictError("edit_there_already", kind=str(kind), key=made)
    return made


# --- what is refused ---


def _refuse_faults(kind: Kind, row: Mapping[str, Any], said: ByHand) -> None:
    whole = {name: row.get(name) for name in PROMISES[kind].to_schema().columns}
    faults = faults_of(kind, whole, said.on.isoformat())
    if faults:
        raise faulty(faults)


def _refuse_unknown(before: Tables, after: Tables, kind: Kind, keys: Sequence[str]) -> None:
    faults = unknown_references(before, after, kind, keys)
    if faults:
        raise faulty(faults)


def _refuse_double(tables: Tables, row: Mapping[str, Any]) -> None:
    """Refuse a new household that is, or may be, one that is there."""
    stored = tables[Kind.HOUSEHOLDS]
    fresh = _with_row(stored.iloc[:0], Kind.HOUSEHOLDS, row)
    names = tables[Kind.NEIGHBOURHOODS].set_index("neighbourhood_id")["name"]
    named = stored.assign(neighbourhood_name=stored["neighbourhood_id"].map(names).astype("str"))
    found = recognise(
        named,
        fresh,
        made_ids=pd.Series(True, index=fresh.index),
        stored_made_ids=are_made(stored["household_id"]),
    ).rows.iloc[0]
    like = [one for one in (found["known"], found["candidates"]) if not pd.isna(one)]
    if like:
        raise ConflictError("edit_household_there", households=", ".join(like))


def _finish(connection: sa.Connection, edit_id: str, *, added: int, changed: int) -> None:
    numbers = {"read": added + changed, "unchanged": 0, "set_aside": 0}
    imports = schema.imports
    connection.execute(
        sa.update(imports)
        .where(imports.c.import_id == edit_id)
        .values(added=added, changed=changed, **numbers)
    )


def _notes(after: Tables, kind: Kind, keys: Sequence[str]) -> tuple[str, ...]:
    if kind not in (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.TEAMS):
        return ()
    ids = pd.Series(list(keys), dtype="str", name=KEYS[kind])
    origin = pd.DataFrame({"row": None, "sheet": None}, index=ids.index, dtype=object)
    return tuple(open_places(after, kind, ids, origin)["check"].unique())
