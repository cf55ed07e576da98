"""What members' packets of paper are told, gathered from the store and a plan."""

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import pandas as pd

from data.store import Store
from exports.content import PlanExport
from exports.packets import Packets
from geo.errors import NotFoundError
from geo.placing import located
from geo.terms import Kind
from planning.coverage import Status, status
from planning.due import when_due
from planning.rounds import calendar_along
from planning.standing import VIETNAM_AHEAD
from planning.weeks import usual_minutes
from steps.covering import address_line, by_goal, goal_names
from steps.gathering import goals, load_table, members_in_force
from steps.leading import named
from steps.paper import public_address
from steps.phone_pages import last_visits
from steps.progress import Progress
from steps.walking_orders import walking_orders

NO_GOAL = ""


def packets_of(
    store: Store,
    content: PlanExport,
    *,
    member: str | None = None,
    on: date,
    progress: Progress | None = None,
) -> Packets:
    """Return what goes on paper of a plan, for all members or one; `progress` is told whose order is found.

    Households that a person decided are gone by the day are left out.

    Raises
    ------
    NotFoundError
        Where the member, or anybody, has no household in the plan.
    """
    every = content.households
    homes = every[every["member_id"].notna() & ~(every["gone_on"] <= on.isoformat())]
    if member is not None:
        homes = homes[homes["member_id"] == member]
    if homes.empty and member is not None:
        raise NotFoundError("member_without_list", members=[member])
    if homes.empty:
        raise NotFoundError("nobody_assigned")
    order = walking_orders(store, homes, content.members, progress=progress)
    homes = homes.merge(order[["household_id", "stop"]], on="household_id")
    told = homes.assign(
        address=address_line(homes),
        located=located(homes.geometry),
        team_id=homes["member_id"].map(content.members.set_index("member_id")["team_id"]),
    )
    told = told.join(_to_do(store, homes, on)).join(_last(store, homes))
    return Packets(
        plan=content,
        households=told,
        teams=named(store, Kind.TEAMS, "team_id"),
        weeks=_weeks(store, homes, on),
        address=public_address(store) or "",
    )


def _to_do(store: Store, homes: gpd.GeoDataFrame, on: date) -> pd.DataFrame:
    """Return the names of the goals a household is to be met for, for the first time or again, as lists."""
    stored = store.load(Kind.HOUSEHOLDS)
    stored = stored[stored["household_id"].isin(homes["household_id"])]
    names: Mapping[str, str] = goal_names(store)
    if goals(store, on=on).empty:
        names = {NO_GOAL: NO_GOAL}
        own = status(stored, store.load(Kind.VISITS), goals(store, on=on), on=on)["status"]
        standing = pd.DataFrame({NO_GOAL: own})
    else:
        standing = by_goal(store, stored, on)
    standing = standing.set_axis(stored["household_id"], axis=0).reindex(homes["household_id"])
    told = {
        "goals_first": _names_where(standing == Status.UNREACHED, names),
        "goals_again": _names_where(standing == Status.DUE_AGAIN, names),
    }
    return pd.DataFrame(told, index=homes.index)


def _names_where(flags: pd.DataFrame, names: Mapping[str, str]) -> list[list[str]]:
    told = [names[str(goal)] for goal in flags.columns]
    return [
        [name for name, flag in zip(told, row, strict=True) if flag] for row in flags.to_numpy()
    ]


def _last(store: Store, homes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how and on which day (in Vietnam) the last visit of each household ended, and the last note."""
    last = last_visits(store.load(Kind.VISITS)).reindex(homes["household_id"])
    days = (pd.to_datetime(last["last_at"], utc=True) + VIETNAM_AHEAD).dt.date.astype(object)
    told = {
        "last_outcome": last["last_outcome"].to_numpy(),
        "last_on": days.where(last["last_at"].notna(), None).to_numpy(),
        "note": last["note"].to_numpy(),
    }
    return pd.DataFrame(told, index=homes.index)


def _weeks(store: Store, homes: gpd.GeoDataFrame, on: date) -> dict[str, int | None]:
    """Return in which week each member makes the last first visit, going along the list; see `planning.rounds`."""
    members = members_in_force(store, on)
    usual = usual_minutes(members).expected
    members = members[members["member_id"].isin(homes["member_id"])]
    members = members.assign(
        minutes_per_week=members["minutes_per_week"].astype(float).fillna(usual)
    )
    own = homes[homes["member_id"].isin(members["member_id"])].reset_index(drop=True)
    due = when_due(own, store.load(Kind.VISITS), goals(store, on=on), on=on)
    walked = own.join(due).assign(tour=own["stop"])
    reached = calendar_along(walked, members, begins=on, load=load_table(store)).reached
    return {str(one): None if pd.isna(week) else int(week) for one, week in reached.items()}
