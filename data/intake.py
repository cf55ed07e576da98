"""Put the rows of a file into the store: one transaction, recorded, able to be taken back."""

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.changes import Difference, apply, difference, log, merged, refuse_if_built_on, take_back
from data.rows import Rows
from data.store import Store, load, now, records
from geo.errors import ConflictError, NotFoundError
from geo.placing import neighbourhood_of
from geo.settle import followers, settle
from geo.tables import checked
from geo.terms import MADE_UP_WARD, Kind

# A folder that holds this file holds a made-up ward.
MADE_UP_MARKER = "DU-LIEU-MAU.txt"

# What each table looks at when it is settled, beside itself.
LOOKS_AT: dict[str, tuple[str, ...]] = {
    Kind.WARDS: (Kind.NEIGHBOURHOODS,),
    Kind.NEIGHBOURHOODS: (Kind.WARDS,),
    Kind.STREETS: (Kind.WARDS,),
    Kind.BARRIERS: (Kind.WARDS,),
    Kind.HOUSEHOLDS: (Kind.WARDS, Kind.NEIGHBOURHOODS),
    Kind.TEAMS: (Kind.WARDS, Kind.NEIGHBOURHOODS),
    Kind.MEMBERS: (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.TEAMS),
    Kind.GOALS: (),
    Kind.VISITS: (Kind.WARDS, Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.GOALS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person says about a file beyond the file itself."""

    ward: str | None = None
    layer: str | None = None
    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    rejects: Path | None = None
    dry_run: bool = False
    mix_made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `problems` has row, column, check, value; `import_id` is None for a rehearsal.

    `waiting` counts rows whose ward is not known yet; `placed_again` rows of other tables, or stored before, that the
    new rows moved to another ward, neighbourhood, team or household.
    """

    import_id: str | None
    kind: str
    file: str
    read: int
    added: int
    changed: int
    unchanged: int
    set_aside: int
    waiting: int
    placed_again: int
    problems: pd.DataFrame
    aside: pd.DataFrame
    rejects: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def is_made_up(path: Path, rows: Rows) -> bool:
    """Return whether a file belongs to a made-up ward: by its rows' ward, or by the folder's marker."""
    for column in ("ward_given", "ward_code"):
        if column in rows.frame and rows.frame[column].eq(MADE_UP_WARD).any():
            return True
    return (path.parent / MADE_UP_MARKER).is_file()


def _names_only_made_up(connection: sa.Connection, rows: Rows, kind: Kind) -> bool:
    """Return whether every household that a list of visits or assignments names is a made-up one."""
    column = {Kind.VISITS: "household_given", Kind.ASSIGNMENTS: "household_id"}.get(kind)
    if column is None or rows.frame.empty:
        return False
    homes = schema.households
    made_up = sa.select(homes.c.household_id).where(homes.c.ward_code == MADE_UP_WARD)
    return bool(rows.frame[column].isin(list(connection.scalars(made_up))).all())


def holds_made_up(connection: sa.Connection) -> bool:
    """Return whether the store holds rows of a made-up ward."""
    return bool(_imports_in_force(connection, made_up=True))


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
        made_up = is_made_up(file, rows) or _names_only_made_up(connection, rows, kind)
        if not options.mix_made_up:
            _refuse_mixing(connection, made_up=made_up)
        import_id = _begin_record(connection, kind, file, made_up=made_up)
        counts = (
            _put_assignments(connection, import_id, rows, file)
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
        _finish_record(connection, report)
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
        known = {row.import_id for row in _imports_in_force(connection)}
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


def note(connection: sa.Connection, action: str, subject: str, why: str | None = None) -> None:
    """Write who did what to the audit."""
    connection.execute(
        sa.insert(schema.audit).values(
            at=now(), who=_user(), action=action, subject=subject, why=why
        )
    )


def settle_imported_plans(connection: sa.Connection) -> None:
    """A plan that came from a file belongs to the neighbourhoods of its households, as they are now."""
    rows, homes, plans = schema.assignments, schema.households, schema.plans
    imported = sa.select(plans.c.plan_id).where(plans.c.import_id.is_not(None))
    for column in ("neighbourhood_id", "ward_code"):
        place = (
            sa.select(homes.c[column])
            .where(homes.c.household_id == rows.c.household_id)
            .scalar_subquery()
        )
        connection.execute(
            sa.update(rows).where(rows.c.plan_id.in_(imported)).values({column: place})
        )


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


def _put_assignments(
    connection: sa.Connection, import_id: str, rows: Rows, file: Path
) -> dict[str, Any]:
    """Keep a file of household and member as a draft plan named after it."""
    plan_id = next_plan_id(connection)
    shared = rows.frame[["household_id", "member_id"]].drop_duplicates("household_id", keep="last")
    connection.execute(
        sa.insert(schema.plans).values(
            plan_id=plan_id,
            name=free_name(connection, file.stem),
            status="draft",
            rules=None,
            created_at=now(),
            import_id=import_id,
        )
    )
    if len(shared):
        connection.execute(
            sa.insert(schema.assignments),
            [{"plan_id": plan_id, "locked": False, **row} for row in records(shared)],
        )
    log(connection, import_id, "plans", [{"key": plan_id, "before": None}])
    return {
        "added": len(shared),
        "changed": 0,
        "unchanged": 0,
        "waiting": 0,
        "placed_again": 0,
        "unplaced": None,
    }


def next_plan_id(connection: sa.Connection) -> str:
    """Return an id no plan has had."""
    last = connection.scalar(sa.select(sa.func.max(schema.plans.c.plan_id)))
    return f"P{int(last[1:]) + 1 if last else 1:05d}"


def free_name(connection: sa.Connection, wanted: str) -> str:
    """Return the wanted plan name, with a number where it is taken."""
    taken = set(connection.scalars(sa.select(schema.plans.c.name)))
    names = [wanted, *(f"{wanted} {i}" for i in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


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


def _refuse_mixing(connection: sa.Connection, *, made_up: bool) -> None:
    if _imports_in_force(connection, made_up=not made_up):
        raise ConflictError("real_into_made_up" if not made_up else "made_up_into_real")


def _imports_in_force(connection: sa.Connection, *, made_up: bool | None = None) -> list[Any]:
    imports = schema.imports
    query = sa.select(imports.c.import_id).where(imports.c.undone_at.is_(None))
    if made_up is not None:
        query = query.where(imports.c.made_up.is_(made_up))
    return list(connection.execute(query).all())


def _next_id(connection: sa.Connection) -> str:
    last = connection.scalar(sa.select(sa.func.max(schema.imports.c.import_id)))
    return f"I{int(last[1:]) + 1 if last else 1:05d}"


def _begin_record(connection: sa.Connection, kind: Kind, file: Path, *, made_up: bool) -> str:
    import_id = _next_id(connection)
    connection.execute(
        sa.insert(schema.imports).values(
            import_id=import_id,
            kind=str(kind),
            file_name=file.name,
            imported_at=now(),
            imported_by=_user(),
            made_up=made_up,
        )
    )
    return import_id


def _finish_record(connection: sa.Connection, report: ImportReport) -> None:
    numbers = ("read", "added", "changed", "unchanged", "set_aside")
    connection.execute(
        sa.update(schema.imports)
        .where(schema.imports.c.import_id == report.import_id)
        .values(
            rejects=str(report.rejects) if report.rejects else None,
            **{name: getattr(report, name) for name in numbers},
        )
    )
    rows = [{"import_id": report.import_id, **row} for row in records(report.problems)]
    if rows:
        connection.execute(sa.insert(schema.problems), rows)
    note(connection, "import", str(report.import_id))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
