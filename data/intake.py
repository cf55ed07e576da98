"""Put the rows of a file into the store: one transaction, recorded, able to be taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.assigned import put_assignments, settle_imported_plans
from data.boundaries import Prepared, prepare, with_boundaries
from data.changes import Difference, merged, refuse_if_built_on, take_back, untouched
from data.fates import with_fates
from data.findings import findings_of, forget_findings, keep_findings
from data.in_charge import put_in_charge
from data.recognised import Again, among_stored, digest_of, same_before, told, with_marks
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
from data.settled import tables_for, write_settled
from data.store import Store, now
from data.told import not_carried
from data.unplaced import open_places
from data.visit_conflicts import Settled, settled_visits
from geo.among import among
from geo.errors import ConflictError, NotFoundError
from geo.locating import said_last
from geo.tables import checked
from geo.terms import Kind
from geo.units import named_wards


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
    try:
        return _put_in(store, rows, kind, file=file, options=options, save=save)
    except _NothingNewError as nothing:
        return nothing.report


class _NothingNewError(Exception):
    """The very same file again, and nothing of it is new: leave the transaction as if it had not begun."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _put_in(
    store: Store,
    rows: Rows,
    kind: Kind,
    *,
    file: Path,
    options: ImportOptions,
    save: Callable[[ImportReport], Path | None],
) -> ImportReport:
    digest = digest_of(file, kind, options)
    with store.writing(keep=not options.dry_run) as connection:
        repeats = same_before(connection, digest)
        made_up = is_made_up(file, rows) or names_only_made_up(connection, rows, kind)
        if not options.mix_made_up:
            refuse_mixing(connection, made_up=made_up)
        import_id = begin_record(connection, kind, file, made_up=made_up, digest=digest)
        counts = (
            put_assignments(connection, import_id, rows, file, again=repeats is not None)
            if kind == Kind.ASSIGNMENTS
            else _put_rows(connection, import_id, rows, kind, options=options, source=file.name)
        )
        problems = _together(rows.problems, counts.pop("open", None))
        if kind == Kind.HOUSEHOLDS:
            drafted = put_in_charge(connection, import_id, rows, counts["placed"], file)
            problems = _together(problems, drafted)
        aside = _together(rows.aside, counts.pop("aside", None))
        report = ImportReport(
            import_id=import_id,
            kind=str(kind),
            file=file.name,
            read=rows.read,
            set_aside=len(aside),
            problems=problems,
            aside=aside,
            repeats=repeats if untouched(connection, import_id) else None,
            **counts,
        )
        if report.repeats is not None and not options.dry_run:
            raise _NothingNewError(replace(report, import_id=repeats))
        report = replace(report, rejects=save(report))
        finish_record(connection, report)
        keep_findings(connection, import_id, report.findings)
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
        forget_findings(connection, import_id)
        imports = schema.imports
        connection.execute(
            sa.update(imports).where(imports.c.import_id == import_id).values(undone_at=now())
        )
        note(connection, "undo", import_id)
        settle_imported_plans(connection)


def _put_rows(
    connection: sa.Connection,
    import_id: str,
    rows: Rows,
    kind: Kind,
    *,
    options: ImportOptions,
    source: str,
) -> dict[str, Any]:
    """Merge, settle, compare and write; return the counts of the report."""
    key, ward = schema.KEYS[kind], options.ward
    before = tables_for(connection, {kind, Kind.WARDS} if ward else {kind})
    after = dict(before)
    touched = {str(kind)}
    if ward and ward not in set(after[Kind.WARDS]["ward_code"]):
        after[Kind.WARDS] = _with_made_ward(after[Kind.WARDS], ward)
        touched.add(Kind.WARDS)
    brought = None
    if kind == Kind.NEIGHBOURHOODS:
        brought = prepare(rows, after, options, source=source)
        rows = replace(rows, frame=brought.zones)
    incoming = checked(rows.frame, schema.PROMISES[kind])
    incoming = incoming[[c for c in incoming.columns if c in rows.frame.columns]]
    again: Again | None = None
    settled: Settled | None = None
    origin = rows.origin
    if kind == Kind.HOUSEHOLDS:
        again = among_stored(rows, incoming, before, options=options)
        incoming, origin = again.incoming, again.origin
    if kind == Kind.VISITS:
        settled = settled_visits(rows, incoming, before[kind])
        incoming, origin = settled.incoming, settled.origin
    _refuse_other_ward(before, kind, incoming)
    after[kind] = checked(merged(before[kind], incoming, key=key), schema.PROMISES[kind])
    if again is not None:
        after[kind] = with_marks(said_last(after[kind], incoming, before[kind]), again, options.on)
    if brought is not None:
        after = with_boundaries(after, brought)
    after, changed = write_settled(connection, import_id, before, after, touched=touched)
    gone = 0 if again is None else len(again.vanished)
    counts = _counts(after, changed, incoming, kind, vanished=gone)
    keys = incoming[key]
    open_rows = open_places(after, kind, keys, origin)
    if settled is not None:
        open_rows = _together(settled.problems, open_rows)
    return counts | {
        "placed": with_fates(after[kind], keys, changed[kind], origin),
        "findings": _findings(brought, before, after),
        **told(again, changed[kind], open_rows),
        **({} if settled is None else {"aside": settled.aside}),
    }


def _findings(
    brought: Prepared | None, before: dict[str, Any], after: dict[str, Any]
) -> pd.DataFrame:
    """What a file of neighbourhoods decided, and what could not be carried over with it."""
    if brought is None:
        return findings_of([])
    return findings_of([brought.findings, *not_carried(before, after, brought.ended)])


def _counts(
    after: dict[str, Any],
    changed: dict[str, Difference],
    incoming: Any,
    kind: Kind,
    *,
    vanished: int,
) -> dict[str, Any]:
    key = schema.KEYS[kind]
    named = among(after[kind][key], incoming[key])
    renewed = int(among(changed[kind].changed[key], incoming[key]).sum())
    moved = sum(len(change.changed) for change in changed.values()) - renewed - vanished
    waiting = after[kind].loc[named, "ward_code"].isna().sum() if kind != Kind.GOALS else 0
    return {
        "added": len(changed[kind].added),
        "changed": renewed,
        "unchanged": len(incoming) - len(changed[kind].added) - renewed,
        "waiting": int(waiting),
        "placed_again": moved,
    }


def _together(problems: pd.DataFrame, more: pd.DataFrame | None) -> pd.DataFrame:
    if more is None or more.empty:
        return problems
    return pd.concat([problems, more], ignore_index=True) if len(problems) else more


def _with_made_ward(wards: Any, code: str) -> Any:
    made = {"ward_code": code, "name": code, "made": True, "geometry": None}
    row = checked(pd.DataFrame([made]), schema.PROMISES[Kind.WARDS])
    return row if wards.empty else pd.concat([wards, row], ignore_index=True)


def _refuse_other_ward(tables: dict[str, Any], kind: Kind, incoming: Any) -> None:
    """An id that another ward uses would overwrite that ward's row; one ward may go by several names."""
    if "ward_given" not in incoming:
        return
    key, stored = schema.KEYS[kind], tables[kind]
    both = stored[[key, "ward_given"]].merge(incoming[[key, "ward_given"]], on=key)
    other = both[both["ward_given_x"] != both["ward_given_y"]]
    theirs, ours = (
        named_wards(other[f"ward_given_{side}"], tables[Kind.WARDS]) for side in ("x", "y")
    )
    clash = theirs[theirs.notna() & ours.notna() & (theirs != ours)]
    if len(clash):
        wards = sorted(clash.unique())
        raise ConflictError("id_of_other_ward", ids=len(clash), wards=wards)
