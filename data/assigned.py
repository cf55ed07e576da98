"""Files of household and member: each becomes a draft plan named after it."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data import schema
from data.changes import log
from data.rows import Rows
from data.store import now, records


def put_assignments(
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
