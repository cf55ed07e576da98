"""What a campaign's form asks about, gathered from the store and a plan."""

from datetime import date
from typing import Any

import pandas as pd

from data.store import Store
from exports.form import FormCampaign
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
    homes = frames.households[frames.households["member_id"].notna()]
    if member is not None:
        homes = homes[homes["member_id"] == member]
    if homes.empty:
        raise NotFoundError("member_without_list", members=[member or ""])
    told = told_households(store, homes, frames, on=on)
    people = frames.members[frames.members["member_id"].isin(homes["member_id"])]
    return FormCampaign(
        plan_id=str(plan["plan"]),
        plan_name=str(plan["name"]),
        households=pd.DataFrame(told.drop(columns="geometry")),
        members=pd.DataFrame(people[["member_id", "name"]]).sort_values("member_id"),
        goals=pd.DataFrame(goals(store, on=on)[["goal_id", "name"]]),
        made_up=made_up,
        on=on,
    )
