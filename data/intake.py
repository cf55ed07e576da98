"""Put the rows of a file into the store: one transaction, recorded, able to be taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.assigned import put_assignments, settle_imported_plans
from data.changes import Difference, apply, difference, merged, refuse_if_built_on, take_back
from data.records import (
    ImportOptions,
    ImportReport,
    begin_record,
    finish_record,
    imports_in_force,
    is_made_up,
    names_only_made_up,
    note,
    refuse_mixing,
)
from data.rows import Rows
from data.store import Store, load, now
from geo.errors import ConflictError, NotFoundError
from geo.placing import neighbourhood_of
from geo.settle import followers, settle
from geo.tables import checked
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


def put_in(
    store: Store,
    rows: Rows,
    kind: Kind,
    *,
    file: Path,
    options: ImportOptions,
    save: Callable[[ImportReport], Path | None] = lambda _: None,
) -> ImportReport:
    """Store the rows of one file, settle what follows from them, and record it: all or nothing.

    `save` keeps the rows set aside in a file, before the import counts as done.

    Raises
    ------
    ConflictError
        Where made-up and real rows would mix, or an id is taken in another ward.
    """
    with store.writing(keep=not options.dry_run) as connection:
        made_up = is_made_up(file, rows) or names_only_made_up(connection, rows, kind)
        if not options.mix_made_up:
            refuse_mixing(connection, made_up=made_up)
        import_id = begin_record(connection, kind, file, made_up=made_up)
        counts = (
            put_assignments(connection, import_id, rows, file)
            if kind == Kind.ASSIGNMENTS
            else _put_rows(connection, import_id, rows, kind, ward=options.ward)
        )
        problems = _with_places(rows.problems, counts.pop("unplaced"))
        report = ImportReport(
            import_id=import_id,
            kind=str(kind),
            file=file.name,
            read=rows.read,
            set_aside=len(rows.aside),
            problems=problems,
            aside=rows.aside,
            **counts,
        )
        report = replace(report, rejects=save(report))
        finish_record(connection, report)
        settle_imported_plans(connection)
    return replace(report, import_id=None) if options.dry_run else report


def undo(store: Store, import_id: str) -> None:
    """Take an import back: every row it touched is as it was.

    Raises
    ------
    NotFoundError
        Where there is no such import, or it is undone already.
    ConflictError
        Where later imports, or plans in use, build on it.
    """
    with store.writing() as connection:
        known = {row.import_id for row in imports_in_force(connection)}
        if import_id not in known:
            raise NotFoundError("import_unknown", import_id=import_id)
        refuse_if_built_on(connection, import_id)
        take_back(connection, import_id)
        imports = schema.imports
        connection.execute(
            sa.update(imports).where(imports.c.import_id == import_id).values(undone_at=now())
        )
        note(connection, "undo", import_id)
        settle_imported_plans(connection)


def _put_rows(
    connection: sa.Connection, import_id: str, rows: Rows, kind: Kind, *, ward: str | None
) -> dict[str, Any]:
    """Merge, settle, compare and write; return the counts of the report."""
    key = schema.KEYS[kind]
    before = _tables_for(connection, {kind, Kind.WARDS} if ward else {kind})
    incoming = checked(rows.frame, schema.PROMISES[kind])
    incoming = incoming[[c for c in incoming.columns if c in rows.frame.columns]]
    _refuse_other_ward(before[kind], incoming, key)
    after = dict(before)
    after[kind] = checked(merged(before[kind], incoming, key=key), schema.PROMISES[kind])
    touched = {str(kind)}
    if ward and ward not in set(after[Kind.WARDS]["ward_code"]):
        after[Kind.WARDS] = _with_made_ward(after[Kind.WARDS], ward)
        touched.add(Kind.WARDS)
    after = settle(after, only=followers(touched))
    changed: dict[Kind, Difference] = {}
    for table in Kind:
        if table in before and table != Kind.ASSIGNMENTS:
            own = _stored(before[table], table), _stored(after[table], table)
            changed[table] = difference(*own, key=schema.KEYS[table])
            apply(connection, import_id, table, changed[table])
    return _counts(after, changed, incoming, kind)


def _counts(
    after: dict[str, Any], changed: dict[Kind, Difference], incoming: Any, kind: Kind
) -> dict[str, Any]:
    key = schema.KEYS[kind]
    named = after[kind][key].isin(incoming[key])
    renewed = int(changed[kind].changed[key].isin(incoming[key]).sum())
    moved = sum(len(change.changed) for change in changed.values()) - renewed
    waiting = after[kind].loc[named, "ward_code"].isna().sum() if kind != Kind.GOALS else 0
    return {
        "added": len(changed[kind].added),
        "changed": renewed,
        "unchanged": len(incoming) - len(changed[kind].added) - renewed,
        "waiting": int(waiting),
        "placed_again": moved,
        "unplaced": _unplaced(after, named) if kind == Kind.HOUSEHOLDS else None,
    }


def _unplaced(after: dict[str, Any], named: pd.Series) -> pd.DataFrame | None:
    """The imported households that lie in no neighbourhood or on a border, where there are neighbourhoods."""
    if after[Kind.NEIGHBOURHOODS].empty:
        return None
    homes = after[Kind.HOUSEHOLDS][named]
    placed = neighbourhood_of(homes, after[Kind.NEIGHBOURHOODS])
    return placed[placed["where"].isin(("outside", "border"))]


def _with_places(problems: pd.DataFrame, unplaced: pd.DataFrame | None) -> pd.DataFrame:
    if unplaced is None or unplaced.empty:
        return problems
    checks = unplaced["where"].map({"outside": "outside_neighbourhoods", "border": "on_border"})
    listed = pd.DataFrame(
        {"row": None, "column": None, "check": checks, "value": unplaced["household_id"]},
        dtype=object,
    )
    return pd.concat([problems, listed], ignore_index=True) if len(problems) else listed


def _tables_for(connection: sa.Connection, kinds: set[Any]) -> dict[str, Any]:
    settled = set(followers(kinds)) | kinds
    wanted = settled | {seen for table in settled for seen in LOOKS_AT[table]}
    return {
        table: checked(load(connection, table), schema.PROMISES[table])
        for table in Kind
        if table in wanted
    }


def _stored(frame: Any, table: str) -> Any:
    return checked(frame, schema.PROMISES[table])


def _with_made_ward(wards: Any, code: str) -> Any:
    made = {"ward_code": code, "name": code, "made": True, "geometry": None}
    row = checked(pd.DataFrame([made]), schema.PROMISES[Kind.WARDS])
    return row if wards.empty else pd.concat([wards, row], ignore_index=True)


def _refuse_other_ward(stored: Any, incoming: Any, key: str) -> None:
    """An id that another ward uses would overwrite that ward's row."""
    if "ward_given" not in incoming:
        return
    both = stored[[key, "ward_given"]].merge(incoming[[key, "ward_given"]], on=key)
    known = both["ward_given_x"].notna() & both["ward_given_y"].notna()
    clash = both[known & (both["ward_given_x"] != both["ward_given_y"])]
    if len(clash):
        wards = sorted(clash["ward_given_x"].unique())
        raise ConflictError("id_of_other_ward", ids=len(clash), wards=wards)
