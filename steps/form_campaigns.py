"""What goes along with all members of a plan, or one: a campaign's form, and routes in walking order."""

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data.store import Store
from exports.form import FormCampaign
from exports.gpx import Routes
from geo.errors import NotFoundError
from steps.gathering import goals
from steps.phone_pages import told_households
from steps.planning_areas import PlanFrames


def form_campaign(
    store: Store,
    frames: PlanFrames,
    plan: dict[str, Any],
    *,
    member: str | None,
    made_up: bool,
    on: date,
) -> FormCampaign:
    """Return what a form asks about: the households of all members of a plan, or of one.

    Raises
    ------
    NotFoundError
        Where the member, or anybody, has no household in the plan.
    """
    told = _told(store, frames, member, on)
    people = frames.members[frames.members["member_id"].isin(told["member_id"])]
    return FormCampaign(
        plan_id=str(plan["plan"]),
        plan_name=str(plan["name"]),
        households=pd.DataFrame(told.drop(columns="geometry")),
        members=pd.DataFrame(people[["member_id", "name"]]).sort_values("member_id"),
        goals=pd.DataFrame(goals(store, on=on)[["goal_id", "name"]]),
        made_up=made_up,
        on=on,
    )


def routes_of(
    store: Store,
    frames: PlanFrames,
    plan: dict[str, Any],
    *,
    member: str | None,
    made_up: bool,
    on: date,
) -> Routes:
    """Return the households of all members of a plan, or of one, in walking order; raises as `form_campaign` does."""
    return Routes(
        plan_name=str(plan["name"]),
        households=_told(store, frames, member, on),
        made_up=made_up,
        on=on,
    )


def _told(store: Store, frames: PlanFrames, member: str | None, on: date) -> gpd.GeoDataFrame:
    homes = frames.households[frames.households["member_id"].notna()]
    if member is not None:
        homes = homes[homes["member_id"] == member]
    if homes.empty:
        raise NotFoundError("member_without_list", members=[member or ""])
    return told_households(store, homes, frames, on=on)
