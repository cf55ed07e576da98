"""Files of household and member: each becomes a draft plan named after it."""

from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.changes import log
from data.rows import Rows
from data.store import now, records
from geo.aliases import resolved
from geo.placing import match_reference
from geo.terms import PlanStatus


def put_assignments(
    connection: sa.Connection, import_id: str, rows: Rows, file: Path, *, again: bool = False
) -> dict[str, Any]:
    """Keep a file of household and member as a draft plan named after it; not `again`, where it is the same file."""
    shared = rows.frame[["household_id", "member_id"]]
    shared = shared.assign(household_id=_as_stored(connection, shared["household_id"]))
    shared = shared.drop_duplicates("household_id", keep="last")
    counts = dict.fromkeys(("added", "changed", "unchanged", "waiting", "placed_again"), 0)
    if again:
        return counts | {"unchanged": len(shared)}
    keep_draft(connection, import_id, shared.rename(columns={"member_id": "member_given"}), file)
    return counts | {"added": len(shared)}


def keep_draft(connection: sa.Connection, import_id: str, shared: pd.DataFrame, file: Path) -> str:
    """Keep `household_id, member_given` as a draft plan named after the file; return its name.

    Who is meant is worked out by `settle_imported_plans`.
    """
    plan_id, name = next_plan_id(connection), free_name(connection, file.stem)
    connection.execute(
        sa.insert(schema.plans).values(
            plan_id=plan_id,
            name=name,
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
    return name


def _as_stored(connection: sa.Connection, given: pd.Series) -> pd.Series:
    """The ids under which households are stored, where a list gave them another."""
    homes = schema.households
    known = pd.read_sql(sa.select(homes.c.household_id, homes.c.known_as), connection)
    return resolved(given, known).fillna(given)


def next_plan_id(connection: sa.Connection) -> str:
    """Return an id no plan has had."""
    last = connection.scalar(sa.select(sa.func.max(schema.plans.c.plan_id)))
    return f"P{int(last[1:]) + 1 if last else 1:05d}"


def free_name(connection: sa.Connection, wanted: str) -> str:
    """Return the wanted plan name, with a number where it is taken."""
    taken = set(connection.scalars(sa.select(schema.plans.c.name)))
    names = [wanted, *(f"{wanted} {i}" for i in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def settle_imported_plans(connection: sa.Connection) -> None:
    """A plan that came from a file belongs to the neighbourhoods of its households, to the members that it names.

    Both as they are stored now; but who was put in charge by a plan in force stays so, whatever becomes of the
    neighbourhood. A member named by an id or a name that nobody, or more than one, bears waits.
    """
    rows, homes, plans = schema.assignments, schema.households, schema.plans
    imported = sa.select(plans.c.plan_id).where(plans.c.import_id.is_not(None))
    open_plans = imported.where(plans.c.status != PlanStatus.APPROVED)
    for column in ("neighbourhood_id", "ward_code"):
        place = (
            sa.select(homes.c[column])
            .where(homes.c.household_id == rows.c.household_id)
            .scalar_subquery()
        )
        connection.execute(
            sa.update(rows)
            .where(
                rows.c.plan_id.in_(imported),
                rows.c.plan_id.in_(open_plans) | rows.c.neighbourhood_id.is_(None),
            )
            .values({column: place})
        )
    _settle_members(connection)


def _settle_members(connection: sa.Connection) -> None:
    rows, members = schema.assignments, schema.members
    named = sa.select(
        rows.c.plan_id, rows.c.household_id, rows.c.ward_code, rows.c.member_id, rows.c.member_given
    ).where(rows.c.member_given.is_not(None))
    given = pd.read_sql(named, connection).astype("str")
    known = sa.select(members.c.member_id, members.c.name, members.c.ward_code)
    members_known = pd.read_sql(known, connection).astype("str")
    meant = match_reference(
        given["member_given"],
        members_known,
        id_column="member_id",
        name_column="name",
        ward=given["ward_code"],
    )
    # who was meant once is meant still, though called otherwise by now
    told = given["member_given"].isin([*members_known["name"], *members_known["member_id"]])
    still = given["member_id"].where(given["member_id"].isin(members_known["member_id"]) & ~told)
    meant = meant.fillna(still)
    moved = given.assign(meant=meant)[meant.fillna("") != given["member_id"].fillna("")]
    if moved.empty:
        return
    connection.execute(
        sa.update(rows)
        .where(rows.c.plan_id == sa.bindparam("plan"), rows.c.household_id == sa.bindparam("home"))
        .values(member_id=sa.bindparam("meant")),
        [
            {"plan": row["plan_id"], "home": row["household_id"], "meant": row["meant"]}
            for row in records(moved)
        ],
    )
