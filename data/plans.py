"""Plans in the store: drafts kept, one approved for each neighbourhood, none ever rewritten."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa

from data import schema
from data.assigned import free_name, next_plan_id
from data.of_places import households_in
from data.records import note
from data.store import Store, insert, now
from geo.errors import ConflictError, NotFoundError
from geo.terms import STORED_CRS, Kind, PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedArea:
    """One neighbourhood of a plan: who takes which household, the zones, and the figures.

    `assignment` has household_id, member_id, reason, walk_m, load_min; `zones` has member_id and polygons.
    """

    neighbourhood_id: str
    ward_code: str
    assignment: pd.DataFrame
    zones: gpd.GeoDataFrame
    figures: dict[str, Any]


def keep_plan(
    store: Store, areas: list[PlannedArea], *, name: str, rules: dict[str, Any], seed: int
) -> str:
    """Keep a draft of several neighbourhoods and return its id.

    Raises `ConflictError` where another plan has the name.
    """
    with store.writing() as connection:
        if free_name(connection, name) != name:
            raise ConflictError("plan_name_taken", name=name)
        plan_id = next_plan_id(connection)
        connection.execute(
            sa.insert(schema.plans).values(
                plan_id=plan_id,
                name=name,
                status=PlanStatus.DRAFT,
                rules=rules,
                seed=seed,
                created_at=now(),
            )
        )
        for area in areas:
            _keep_area(connection, plan_id, area)
        note(connection, "plan", plan_id)
    return plan_id


def free_plan_name(store: Store, wanted: str) -> str:
    """Return the wanted plan name, with a number where it is taken."""
    with store.engine.connect() as connection:
        return free_name(connection, wanted)


def find_plan(store: Store, plan: str) -> Any:
    """Return the row of a plan by its id or name; raise `NotFoundError` where there is none."""
    plans = schema.plans
    with store.engine.connect() as connection:
        query = sa.select(plans).where((plans.c.plan_id == plan) | (plans.c.name == plan))
        row = connection.execute(query).first()
    if row is None:
        raise NotFoundError("plan_unknown", plan=plan)
    return row


def list_plans(store: Store) -> pd.DataFrame:
    """Return one row per plan, newest first: its neighbourhoods and households, and how many are assigned.

    `editable`: whether it can be changed by hand, being a draft that no file brought.
    """
    plans, rows = schema.plans, schema.assignments
    query = (
        sa.select(
            plans.c.plan_id,
            plans.c.name,
            plans.c.status,
            plans.c.created_at,
            plans.c.approved_at,
            sa.case(
                ((plans.c.status == PlanStatus.DRAFT) & plans.c.import_id.is_(None), True),
                else_=False,
            ).label("editable"),
            sa.func.count(sa.distinct(rows.c.neighbourhood_id)).label("areas"),
            sa.func.count(rows.c.household_id).label("households"),
            sa.func.count(rows.c.member_id).label("assigned"),
        )
        .outerjoin(rows, rows.c.plan_id == plans.c.plan_id)
        .group_by(*plans.primary_key.columns, plans.c.name, plans.c.status)
        .group_by(plans.c.created_at, plans.c.approved_at, plans.c.import_id)
        .order_by(plans.c.plan_id.desc())
    )
    with store.engine.connect() as connection:
        return pd.read_sql(query, connection)


def plan_part(store: Store, table: str, plan_id: str) -> Any:
    """Return the rows of `assignments`, `zones` or `plan_areas` that belong to a plan."""
    rows = store.load(table, schema.METADATA.tables[table].c.plan_id == plan_id)
    return rows.drop(columns="member_given", errors="ignore")


def homes_of(store: Store, plan_id: str, *, alone_below: int = 2_000) -> gpd.GeoDataFrame:
    """Return the households that a plan shares; at least them where they are many, since whole tables are held."""
    rows = schema.assignments.c
    with store.engine.connect() as connection:
        many = connection.scalar(
            sa.select(sa.func.count())
            .select_from(schema.assignments)
            .where(rows.plan_id == plan_id)
        )
    if many is None or many >= alone_below:
        found: gpd.GeoDataFrame = store.load(Kind.HOUSEHOLDS)
        return found
    named = sa.select(rows.household_id).where(rows.plan_id == plan_id)
    alone: gpd.GeoDataFrame = store.load(
        Kind.HOUSEHOLDS, schema.households.c.household_id.in_(named)
    )
    return alone


def approve(store: Store, plan_id: str, *, why: str | None = None) -> None:
    """Put a plan in force for its neighbourhoods; a plan left without any is retired."""
    areas, plans, rows = schema.plan_areas, schema.plans, schema.assignments
    with store.writing() as connection:
        of_file = sa.select(rows.c.neighbourhood_id, sa.func.max(rows.c.ward_code)).where(
            rows.c.plan_id == plan_id, rows.c.neighbourhood_id.is_not(None)
        )
        known = set(
            connection.scalars(
                sa.select(areas.c.neighbourhood_id).where(areas.c.plan_id == plan_id)
            )
        )
        for place, ward in connection.execute(of_file.group_by(rows.c.neighbourhood_id)).all():
            if place not in known:
                connection.execute(
                    sa.insert(areas).values(
                        plan_id=plan_id, neighbourhood_id=place, ward_code=ward, in_force=False
                    )
                )
        own = sa.select(areas.c.neighbourhood_id).where(areas.c.plan_id == plan_id)
        places = list(connection.scalars(own))
        connection.execute(
            sa.update(areas).where(areas.c.neighbourhood_id.in_(places)).values(in_force=False)
        )
        connection.execute(sa.update(areas).where(areas.c.plan_id == plan_id).values(in_force=True))
        connection.execute(
            sa.update(plans)
            .where(plans.c.plan_id == plan_id)
            .values(status=PlanStatus.APPROVED, approved_at=now())
        )
        _retire_the_idle(connection)
        note(connection, "approve", plan_id, why)


def retire(store: Store, plan_id: str) -> None:
    """Take a plan out of use; nothing of it is deleted."""
    areas, plans = schema.plan_areas, schema.plans
    with store.writing() as connection:
        connection.execute(
            sa.update(areas).where(areas.c.plan_id == plan_id).values(in_force=False)
        )
        connection.execute(
            sa.update(plans).where(plans.c.plan_id == plan_id).values(status=PlanStatus.RETIRED)
        )
        note(connection, "retire", plan_id)


def current_assignment(store: Store, places: Collection[str] | None = None) -> pd.DataFrame:
    """Return household_id and member_id of everybody who is assigned by an approved plan.

    Where `places` names neighbourhoods, of their households alone.
    """
    areas, plans, rows = schema.plan_areas, schema.plans, schema.assignments
    in_force = (
        sa.select(rows.c.household_id, rows.c.member_id, rows.c.plan_id)
        .join(plans, plans.c.plan_id == rows.c.plan_id)
        .outerjoin(
            areas,
            (areas.c.plan_id == rows.c.plan_id)
            & (areas.c.neighbourhood_id == rows.c.neighbourhood_id),
        )
        .where(
            plans.c.status == PlanStatus.APPROVED,
            rows.c.member_id.is_not(None),
            areas.c.in_force.is_(True) | rows.c.neighbourhood_id.is_(None),
        )
        .order_by(rows.c.household_id, rows.c.plan_id)
    )
    if places is not None:
        in_force = in_force.where(rows.c.household_id.in_(households_in(places)))
    with store.engine.connect() as connection:
        frame = pd.read_sql(in_force, connection).astype("str")
    latest = frame.drop_duplicates("household_id", keep="last")
    return latest[["household_id", "member_id"]].reset_index(drop=True)


def replace_areas(connection: sa.Connection, plan_id: str, areas: list[PlannedArea]) -> None:
    """Put areas of a plan in the place of what was kept of them; what else it holds stays."""
    for area in areas:
        for table in (schema.plan_areas, schema.assignments, schema.zones):
            own = (table.c.plan_id == plan_id) & (table.c.neighbourhood_id == area.neighbourhood_id)
            connection.execute(sa.delete(table).where(own))
        _keep_area(connection, plan_id, area)


def _keep_area(connection: sa.Connection, plan_id: str, area: PlannedArea) -> None:
    place = {
        "plan_id": plan_id,
        "neighbourhood_id": area.neighbourhood_id,
        "ward_code": area.ward_code,
    }
    connection.execute(sa.insert(schema.plan_areas).values(**place, figures=area.figures))
    columns = ["household_id", "member_id", "reason", "walk_m", "load_min", "locked"]
    shared = area.assignment.assign(locked=area.assignment.get("locked", False))
    insert(connection, "assignments", shared[columns].assign(**place))
    zones = gpd.GeoDataFrame(area.zones[["member_id", "geometry"]], crs=STORED_CRS)
    insert(connection, "zones", zones.assign(**place))


def _retire_the_idle(connection: sa.Connection) -> None:
    areas, plans = schema.plan_areas, schema.plans
    busy = sa.select(areas.c.plan_id).where(areas.c.in_force.is_(True))
    connection.execute(
        sa.update(plans)
        .where(plans.c.status == PlanStatus.APPROVED, plans.c.plan_id.not_in(busy))
        .values(status=PlanStatus.RETIRED)
    )
