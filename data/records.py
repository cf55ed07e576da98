"""The record of imports and the audit: what came when, from which file, and who did it."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.rows import Rows
from data.store import now, records
from geo.errors import ConflictError
from geo.terms import MADE_UP_WARD, Kind

# A folder that holds this file holds a made-up ward.
MADE_UP_MARKER = "DU-LIEU-MAU.txt"
# The `source` of imports that no file brought: somebody changed the rows by hand.
EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person says about a file beyond the file itself."""

    ward: str | None = None
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    rejects: Path | None = None
    dry_run: bool = False
    mix_made_up: bool = False
    # Of neighbourhoods: what is narrower is mended (None: 5 m, and what is stored stays as it was mended), whether
    # wider overlaps are cut, the day they begin; and the day of the import, which only a front door knows.
    tolerance_m: float | None = None
    cut_wide: bool = False
    valid_from: date | None = None
    on: date | None = None
    # Of households: take an id for what it says even where name and place contradict it.
    trust_ids: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Why somebody changes rows by hand, on which day, and who: as the machine knows them, unless named."""

    why: str
    on: date
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `problems` has row, column, check, value, sheet; `import_id` is None for a rehearsal.

    `waiting` counts rows whose ward is not known yet; `placed_again` rows of other tables, or stored before, that the
    new rows moved to another ward, neighbourhood, team or household. `placed` holds the file's rows as they are stored,
    each with its `row` and `sheet` in the file and its `fate`; see `data.fates`. `columns` has the heading of each
    field that was filled, `remembered` those known from an earlier file of this shape (empty: no column fills it).
    `findings` is what was decided about boundaries, or is asked (`data.findings.COLUMNS`).

    Of a list of households: `vanished` are the stored ones that a full list lacks, `returned` those that had vanished
    and are listed again (household_id, head, neighbourhood_id, vanished_at); `doubtful` its rows that wait for a
    person, set aside with the others (row, sheet, check, candidates: stored ids); `changes` has one row a cell that
    differs (row, sheet, household_id, field, before, after). `repeats` names the import that brought the very same
    file before, where nothing of it is new: then nothing is stored.
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
    placed: pd.DataFrame = field(default_factory=pd.DataFrame)
    rejects: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    findings: pd.DataFrame = field(default_factory=pd.DataFrame)
    vanished: pd.DataFrame = field(default_factory=pd.DataFrame)
    returned: pd.DataFrame = field(default_factory=pd.DataFrame)
    doubtful: pd.DataFrame = field(default_factory=pd.DataFrame)
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)
    repeats: str | None = None


def is_made_up(path: Path, rows: Rows) -> bool:
    """Return whether a file belongs to a made-up ward: by its rows' ward, or by the folder's marker."""
    for column in ("ward_given", "ward_code"):
        if column in rows.frame and rows.frame[column].eq(MADE_UP_WARD).any():
            return True
    return (path.parent / MADE_UP_MARKER).is_file()


def names_only_made_up(connection: sa.Connection, rows: Rows, kind: Kind) -> bool:
    """Return whether every household that a list of visits or assignments names is a made-up one."""
    column = {Kind.VISITS: "household_given", Kind.ASSIGNMENTS: "household_id"}.get(kind)
    if column is None or rows.frame.empty:
        return False
    homes = schema.households
    made_up = sa.select(homes.c.household_id).where(homes.c.ward_code == MADE_UP_WARD)
    return bool(rows.frame[column].isin(list(connection.scalars(made_up))).all())


def holds_made_up(connection: sa.Connection) -> bool:
    """Return whether the store holds rows of a made-up ward."""
    return bool(imports_in_force(connection, made_up=True))


def note(
    connection: sa.Connection,
    action: str,
    subject: str,
    why: str | None = None,
    *,
    who: str | None = None,
) -> None:
    """Write who did what to the audit."""
    connection.execute(
        sa.insert(schema.audit).values(
            at=now(), who=who or user(), action=action, subject=subject, why=why
        )
    )


def refuse_mixing(connection: sa.Connection, *, made_up: bool) -> None:
    """Raise `ConflictError` where made-up and real rows would mix."""
    if imports_in_force(connection, made_up=not made_up):
        raise ConflictError("real_into_made_up" if not made_up else "made_up_into_real")


def imports_in_force(connection: sa.Connection, *, made_up: bool | None = None) -> list[Any]:
    """Return the imports that were not undone, all or those of made-up rows (or none of them)."""
    imports = schema.imports
    query = sa.select(imports.c.import_id).where(imports.c.undone_at.is_(None))
    if made_up is not None:
        query = query.where(imports.c.made_up.is_(made_up))
    return list(connection.execute(query).all())


def _next_id(connection: sa.Connection) -> str:
    last = connection.scalar(sa.select(sa.func.max(schema.imports.c.import_id)))
    return f"I{int(last[1:]) + 1 if last else 1:05d}"


def begin_record(
    connection: sa.Connection,
    kind: Kind,
    file: Path,
    *,
    made_up: bool,
    digest: str | None = None,
    by_hand: ByHand | None = None,
) -> str:
    """Write that an import, or an edit `by_hand`, begins; return its id."""
    import_id = _next_id(connection)
    connection.execute(
        sa.insert(schema.imports).values(
            import_id=import_id,
            kind=str(kind),
            file_name=file.name,
            imported_at=now(),
            imported_by=(by_hand and by_hand.who) or user(),
            made_up=made_up,
            digest=digest,
            source=by_hand and EDIT,
            why=by_hand and by_hand.why,
        )
    )
    return import_id


def finish_record(connection: sa.Connection, report: ImportReport) -> None:
    """Write the numbers and problems of an import."""
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


def user() -> str:
    """Return who is working, as the machine knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
