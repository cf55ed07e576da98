"""What an import changes, row by row, kept so that it can be taken back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from shapely import from_wkb, to_wkb

from data import schema
from data.store import delete, insert, insert_columns, records, update
from geo.among import among
from geo.errors import ConflictError
from geo.terms import LocationSource

# Which column of which table names a row of which other table: what an import may build on.
REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("neighbourhoods", "ward_code", "wards"),
    ("streets", "ward_code", "wards"),
    ("barriers", "ward_code", "wards"),
    ("addresses", "ward_code", "wards"),
    ("households", "ward_code", "wards"),
    ("households", "neighbourhood_id", "neighbourhoods"),
    ("teams", "ward_code", "wards"),
    ("teams", "neighbourhood_id", "neighbourhoods"),
    ("members", "ward_code", "wards"),
    ("members", "team_id", "teams"),
    ("members", "neighbourhood_id", "neighbourhoods"),
    ("visits", "household_id", "households"),
    ("visits", "member_id", "members"),
    ("visits", "goal_id", "goals"),
    ("figures", "ward_code", "wards"),
    ("figures", "neighbourhood_id", "neighbourhoods"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What turns one state of a table into another; `old` holds the changed rows as they were."""

    added: pd.DataFrame
    changed: pd.DataFrame
    old: pd.DataFrame

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(len(self.added) or len(self.changed))


def difference(before: Any, after: Any, *, key: str) -> Difference:
    """Compare two states of a table, whole columns at a time; rows are matched by `key`."""
    known = among(after[key], before[key])
    old = before.set_index(key, drop=False).reindex(after.loc[known, key])
    new = after[known]
    moved = np.zeros(len(new), dtype=bool)
    for name in after.columns:
        moved |= differing(old[name].to_numpy(), new[name].to_numpy(), geometry=name == "geometry")
    return Difference(added=after[~known], changed=new[moved], old=old[moved])


def merged(before: Any, incoming: Any, *, key: str) -> Any:
    """Return `before` with the rows of `incoming` put in; an empty cell never erases what is stored."""
    known = among(before[key], incoming[key])
    new = incoming.set_index(key, drop=False)
    kept = before.copy()
    if known.any():
        rows = new.reindex(before.loc[known, key])
        for name in incoming.columns:
            values = pd.Series(rows[name].to_numpy(), index=before.index[known])
            if name == "geometry":
                held = before.loc[known, name]
                kept.loc[known, name] = held.where(values.isna(), values)
            else:
                kept.loc[known, name] = values.where(values.notna(), before.loc[known, name])
    fresh = incoming[~among(incoming[key], before[key])]
    if before.empty:
        return fresh.reset_index(drop=True)
    return pd.concat([kept, fresh], ignore_index=True) if len(fresh) else kept


def apply(connection: sa.Connection, import_id: str, table: str, change: Difference) -> None:
    """Write a difference, and how each row was before."""
    key = schema.KEYS[table]
    insert(connection, table, change.added)
    update(connection, table, change.changed)
    images = [json.dumps(_image(row)) for row in records(change.old)]
    keys = [*change.added[key], *change.old[key]]
    before = [*[None] * len(change.added), *images]
    rows = {"import_id": [import_id] * len(keys), "table_name": [table] * len(keys)}
    if keys:
        insert_columns(connection, schema.changes, rows | {"key": keys, "before": before})


def log(connection: sa.Connection, import_id: str, table: str, rows: list[dict[str, Any]]) -> None:
    """Remember rows of a table as touched by an import; `before` is null for a row it added."""
    named = [{"import_id": import_id, "table_name": table, **row} for row in rows]
    if named:
        connection.execute(sa.insert(schema.changes), named)


def untouched(connection: sa.Connection, import_id: str) -> bool:
    """Return whether an import has changed no row so far."""
    changes = schema.changes
    found = sa.select(changes.c.key).where(changes.c.import_id == import_id).limit(1)
    return connection.scalar(found) is None


def take_back(connection: sa.Connection, import_id: str) -> None:
    """Put every row that an import touched back as it was."""
    touched = connection.execute(
        sa.select(schema.changes.c.table_name, schema.changes.c.key, schema.changes.c.before).where(
            schema.changes.c.import_id == import_id
        )
    ).all()
    for table in {name for name, *_ in touched}:
        rows = [(key, before) for name, key, before in touched if name == table]
        _remove(connection, table, [key for key, before in rows if before is None])
        images = [_row(json.loads(before)) for _, before in rows if before is not None]
        if images:
            update(connection, table, pd.DataFrame(images))
    connection.execute(sa.delete(schema.changes).where(schema.changes.c.import_id == import_id))


def builders(connection: sa.Connection, import_id: str) -> list[str]:
    """Return the ids of later imports, and of plans, that build on what this import brought."""
    found = set(_touching_the_same(connection, import_id))
    for table, column, target in REFERENCES:
        found |= set(_referring(connection, import_id, table, column, target))
    found |= set(_plans_on(connection, import_id))
    found |= set(_located_by(connection, import_id)) | set(_named_by(connection, import_id))
    return sorted(found)


def refuse_if_built_on(connection: sa.Connection, import_id: str) -> None:
    """Raise `ConflictError`, naming them, where later imports or plans build on this one."""
    found = builders(connection, import_id)
    if found:
        raise ConflictError("import_built_on", import_id=import_id, builders=found)


def _later(
    connection: sa.Connection,
    import_id: str,
    touched: tuple[str, str],
    links: Callable[[sa.FromClause, sa.FromClause], list[sa.ColumnElement[bool]]],
) -> list[str]:
    """Later imports a row of which is tied by `links` to a row that this one touched.

    `touched` names the table of this import's row and that of the later one's; `links` gets the `changes` of both.
    """
    mine, theirs = schema.changes.alias("mine"), schema.changes.alias("theirs")
    query = (
        sa.select(theirs.c.import_id)
        .where(
            mine.c.import_id == import_id,
            mine.c.table_name == touched[0],
            theirs.c.import_id > import_id,
            theirs.c.table_name == touched[1],
            *links(mine, theirs),
        )
        .distinct()
    )
    return list(connection.scalars(query))


def _touching_the_same(connection: sa.Connection, import_id: str) -> list[str]:
    mine, theirs = schema.changes.alias("mine"), schema.changes.alias("theirs")
    query = (
        sa.select(theirs.c.import_id)
        .join(mine, (mine.c.table_name == theirs.c.table_name) & (mine.c.key == theirs.c.key))
        .where(mine.c.import_id == import_id, theirs.c.import_id > import_id)
        .distinct()
    )
    return list(connection.scalars(query))


def _referring(
    connection: sa.Connection, import_id: str, table: str, column: str, target: str
) -> list[str]:
    """Later imports whose rows name a row that this import added."""
    source = schema.METADATA.tables[table]
    return _later(
        connection,
        import_id,
        (target, table),
        lambda mine, theirs: [
            source.c[schema.KEYS[table]] == theirs.c.key,
            mine.c.key == source.c[column],
            mine.c.before.is_(None),
        ],
    )


def _located_by(connection: sa.Connection, import_id: str) -> list[str]:
    """Later imports whose households stand where the looked-up codes of this one say."""
    codes, homes = schema.addresses, schema.households
    return _later(
        connection,
        import_id,
        ("addresses", "households"),
        lambda mine, theirs: [
            homes.c.household_id == theirs.c.key,
            codes.c.code == homes.c.address_raw,
            mine.c.key == codes.c.address_id,
            homes.c.location_source == LocationSource.ADDRESS.value,
        ],
    )


def _named_by(connection: sa.Connection, import_id: str) -> list[str]:
    """Later imports whose visits call a household by an id that this import gave it."""
    visits = schema.visits
    return _later(
        connection,
        import_id,
        ("households", "visits"),
        lambda mine, theirs: [
            visits.c.visit_id == theirs.c.key,
            mine.c.key == visits.c.household_id,
            visits.c.household_given != visits.c.household_id,
        ],
    )


def _plans_on(connection: sa.Connection, import_id: str) -> list[str]:
    """Plans in use, and later imports of plans, that share out what this import added: households, members, places."""
    mine, rows, plans = schema.changes, schema.assignments, schema.plans
    found: list[str] = []
    for column, table in (
        (rows.c.household_id, "households"),
        (rows.c.member_id, "members"),
        (rows.c.neighbourhood_id, "neighbourhoods"),
    ):
        query = (
            sa.select(sa.func.coalesce(plans.c.import_id, plans.c.plan_id))
            .join(rows, rows.c.plan_id == plans.c.plan_id)
            .join(mine, (mine.c.key == column) & (mine.c.table_name == table))
            .where(
                mine.c.import_id == import_id,
                mine.c.before.is_(None),
                plans.c.status != "retired",
                sa.or_(plans.c.import_id.is_(None), plans.c.import_id > import_id),
            )
            .distinct()
        )
        found += connection.scalars(query)
    return found


def _remove(connection: sa.Connection, table: str, keys: list[str]) -> None:
    if table == "plans":
        for part in (schema.assignments, schema.zones, schema.plan_areas):
            connection.execute(sa.delete(part).where(part.c.plan_id.in_(keys)))
    delete(connection, table, keys)


def differing(old: np.ndarray, new: np.ndarray, *, geometry: bool) -> np.ndarray:
    """Return where two columns differ; two missing cells are alike."""
    if geometry:
        old, new = to_wkb(old), to_wkb(new)
        return np.array([a != b for a, b in zip(old, new, strict=True)], dtype=bool)
    empty_old, empty_new = pd.isna(old), pd.isna(new)
    differs: np.ndarray = (empty_old != empty_new) | (~empty_old & ~empty_new & (old != new))
    return differs


def _image(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _kept(value) for name, value in row.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, datetime) else value


def _row(image: dict[str, Any]) -> dict[str, Any]:
    row = dict(image)
    if row.get("geometry") is not None:
        row["geometry"] = from_wkb(row["geometry"])
    if row.get("visited_at") is not None:
        row["visited_at"] = pd.Timestamp(row["visited_at"])
    return row
