"""From a plan in the store to weeks of visits and the routes of a week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd

from data import plans as kept
from data.store import Store
from geo.errors import NotFoundError
from geo.terms import Kind
from planning.calendar_weeks import WeekCalendar, first_day
from planning.due import when_due
from planning.rounds import week_routes, zone_calendar
from planning.routes import Route, RouteRules
from planning.weeks import usual_minutes
from steps.gathering import goals, households, load_table, members_in_force
from steps.walking_networks import walking_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The weeks of a plan, from the day `begins`, and of one ward after the other what they rest on."""

    begins: date
    wards: tuple["_Ward", ...]

    def calendar_document(self) -> dict[str, Any]:
        """Return the document of `calendar --json`."""
        rows = [row for ward in self.wards for row in _weeks(ward.calendar, self.begins)]
        ends = [ward.calendar.all_reached_week for ward in self.wards]
        left = [name for ward in self.wards for name in ward.calendar.unreached]
        known = [week for week in ends if week is not None]
        reached = max(known) if ends and len(known) == len(ends) else None
        return {
            "rows": sorted(rows, key=lambda row: (row["week"], row["member_id"])),
            "total": {"all_reached_week": reached, "unreached": left},
        }

    def routes_document(self, week: int, rules: RouteRules) -> dict[str, Any]:
        """Return the document of `routes --json`."""
        found = [one for ward in self.wards for one in ward.routes(week, rules).items()]
        rows = [row for member, route in sorted(found) for row in _stops(member, route)]
        total = {
            "week": week,
            "begins": first_day(self.begins, week).isoformat(),
            "walk_m": round(sum(route.walk_m for _, route in found), 3),
            "left": [name for _, route in found for name in route.left],
        }
        return {"rows": rows, "total": total}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ward:
    calendar: WeekCalendar
    routes: Callable[[int, RouteRules], dict[str, Route]]


def rounds_of(
    store: Store, plan: str | None, *, on: date, weeks: int, member: str | None = None
) -> Rounds:
    """Return the weeks of a plan, or of what is in force; of all members, or of one.

    Raises `NotFoundError` where there is no such plan, or nobody has a household in it.
    """
    homes, members = _shared(store, plan, on)
    if member is not None:
        homes = homes[homes["member_id"] == member]
    if homes.empty:
        raise NotFoundError("nobody_assigned")
    wards = [
        _ward(store, str(code), own, members, on=on, weeks=weeks)
        for code, own in homes.groupby("ward_code", sort=True)
    ]
    return Rounds(begins=on, wards=tuple(wards))


def _shared(store: Store, plan: str | None, on: date) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the households that have a member, with what they are due for, and the members."""
    if plan is None:
        rows = kept.current_assignment(store)
    else:
        rows = kept.plan_part(store, "assignments", str(kept.find_plan(store, plan).plan_id))
    members = members_in_force(store, on)
    rows = rows[rows["member_id"].isin(members["member_id"])][["household_id", "member_id"]]
    homes = households(store, on=on)
    due = when_due(homes, store.load(Kind.VISITS), goals(store, on=on), on=on)
    return homes.join(due).merge(rows, on="household_id"), members


def _ward(
    store: Store,
    code: str,
    homes: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    *,
    on: date,
    weeks: int,
) -> _Ward:
    network = walking_network(store, code)
    usual = usual_minutes(members).expected
    own = members[members["member_id"].isin(homes["member_id"])]
    own = own.assign(minutes_per_week=own["minutes_per_week"].astype(float).fillna(usual))
    load = load_table(store)
    calendar = zone_calendar(homes, own, network, begins=on, weeks=weeks, load=load)

    def routes(week: int, rules: RouteRules) -> dict[str, Route]:
        return week_routes(calendar, week, homes, own, network, rules=rules)

    return _Ward(calendar=calendar, routes=routes)


def _weeks(calendar: WeekCalendar, begins: date) -> list[dict[str, Any]]:
    keys = ["week", "member_id"]
    told = calendar.visits[[*keys, "household_id", "why", "minutes", "late_weeks"]]
    visits = {key: rows.drop(columns=keys) for key, rows in told.groupby(keys)}
    return [
        {
            "week": row["week"],
            "begins": first_day(begins, row["week"]).isoformat(),
            "member_id": row["member_id"],
            "first_visits": int(
                (visits[row["week"], row["member_id"]]["why"] == "first_visit").sum()
            ),
            "revisits": int((visits[row["week"], row["member_id"]]["why"] == "revisit").sum()),
            "minutes": row["minutes"],
            "minutes_free": row["minutes_free"],
            "visits": visits[row["week"], row["member_id"]].to_dict("records"),
        }
        for row in calendar.weeks[calendar.weeks["visits"] > 0].to_dict("records")
    ]


def _stops(member: str, route: Route) -> list[dict[str, Any]]:
    stops = route.stops
    return [
        {"member_id": member, "stop": stop, "household_id": name, "walk_m": round(walk_m, 3)}
        for stop, name, walk_m in zip(
            stops["stop"], stops["household_id"], stops["walk_m"], strict=True
        )
    ]
