"""What a member's page for a phone is told, gathered from the store and a plan."""

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import box

from data.store import Store
from exports.phone import PhonePage
from geo.crs import metric_crs
from geo.errors import NotFoundError
from geo.terms import Kind
from planning.coverage import Status
from steps.covering import address_line, by_goal
from steps.gathering import goals
from steps.planning_areas import PlanFrames
from steps.walking_orders import walking_orders

# What is drawn around a zone.
AROUND_M = 150.0


def phone_pages(
    store: Store,
    frames: PlanFrames,
    plan: dict[str, Any],
    *,
    member: str | None,
    made_up: bool,
    on: date,
) -> list[PhonePage]:
    """Return what one member, or each of a plan, takes along; `plan` is the document of `plan --json`.

    Raises
    ------
    NotFoundError
        Where the member, or anybody, has no household in the plan.
    """
    every = sorted(frames.households["member_id"].dropna().unique()) if member is None else [member]
    if not every:
        raise NotFoundError("nobody_assigned")
    return [phone_page(store, frames, plan, member=one, made_up=made_up, on=on) for one in every]


def phone_page(
    store: Store,
    frames: PlanFrames,
    plan: dict[str, Any],
    *,
    member: str,
    made_up: bool,
    on: date,
) -> PhonePage:
    """Return what one member takes along; raise `NotFoundError` where that member has no household in the plan."""
    homes = frames.households[frames.households["member_id"] == member]
    if homes.empty:
        raise NotFoundError("member_without_list", members=[member])
    zone = frames.zones[frames.zones["member_id"] == member]
    near = _around(pd.concat([homes.geometry, zone.geometry]))
    return PhonePage(
        plan_id=str(plan["plan"]),
        plan_name=str(plan["name"]),
        member_id=member,
        member_name=str(homes["member_name"].fillna(member).iloc[0]),
        households=told_households(store, homes, frames, on=on),
        zone=zone,
        others=gpd.clip(frames.zones[frames.zones["member_id"] != member], near),
        streets=gpd.clip(frames.streets, near, keep_geom_type=True),
        goals=goals(store, on=on),
        made_up=made_up,
        on=on,
    )


def told_households(
    store: Store, homes: gpd.GeoDataFrame, frames: PlanFrames, *, on: date
) -> gpd.GeoDataFrame:
    """Return households in walking order, with what `exports.phone.PhonePage` promises of them."""
    order = walking_orders(store, homes, frames.members)
    names = frames.neighbourhoods.set_index("neighbourhood_id")["name"]
    told = homes.merge(order[["household_id", "stop"]], on="household_id")
    told = told.sort_values(["member_id", "stop"])
    told = told.assign(
        address=address_line(told), neighbourhood=told["neighbourhood_id"].map(names)
    )
    told = told.join(_goals_of(store, told["household_id"], on), on="household_id")
    return told.join(last_visits(store.load(Kind.VISITS)), on="household_id").reset_index(drop=True)


def _goals_of(store: Store, ids: pd.Series, on: date) -> pd.DataFrame:
    """Return by household the goals that concern it, and those it is not reached for, as lists of ids."""
    stored = store.load(Kind.HOUSEHOLDS)
    stored = stored[stored["household_id"].isin(ids)]
    standing = by_goal(store, stored, on).set_axis(stored["household_id"], axis=0)
    rows = [row.dropna() for _, row in standing.iterrows()]
    lists = {
        "goals": [list(row.index) for row in rows],
        "open_goals": [list(row.index[row != Status.REACHED]) for row in rows],
    }
    return pd.DataFrame(lists, index=standing.index)


def last_visits(visits: pd.DataFrame) -> pd.DataFrame:
    """Return by household how its last visit ended and when, and the last note that anybody left, whoever that was."""
    made = visits[visits["household_id"].notna()].sort_values(["visited_at", "visit_id"])
    noted = made[made["note"].notna()].drop_duplicates("household_id", keep="last")
    last = made.drop_duplicates("household_id", keep="last").set_index("household_id")
    ended = last[["outcome", "visited_at"]].set_axis(["last_outcome", "last_at"], axis=1)
    notes = noted.set_index("household_id")[["note", "visited_at"]].set_axis(
        ["note", "noted_at"], axis=1
    )
    return pd.DataFrame(ended.join(notes))


def _around(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the rectangle around shapes and a margin, in their own system."""
    placed = gpd.GeoSeries(shapes.dropna(), crs=shapes.crs)
    metric = placed.to_crs(metric_crs(placed))
    ground = box(*metric.total_bounds).buffer(AROUND_M, join_style="mitre")
    return gpd.GeoSeries([ground], crs=metric.crs).to_crs(shapes.crs)
