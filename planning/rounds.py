"""From a plan to what a member does: the way through a zone, the weeks, and the route of each week."""

from datetime import date

import numpy as np
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.network import WalkingNetwork
from planning.calendar_weeks import WeekCalendar, calendar_weeks
from planning.doors import walks_between
from planning.load import ORDINARY, LoadTable, load_min
from planning.routes import Route, RouteRules, visit_order


def zone_calendar(
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    *,
    begins: date,
    weeks: int = 52,
    rules: RouteRules | None = None,
    load: LoadTable = ORDINARY,
) -> WeekCalendar:
    """Return the weeks of visits of the members to the households that are theirs.

    Parameters
    ----------
    households
        `household_id`, `member_id`, geometry, what `planning.load.load_min` reads, and `met`, `due_on` and `valid_days`
        as `planning.calendar_weeks` takes them.
    members
        `member_id`, `minutes_per_week` and geometry; who has no weekly minutes of their own visits nobody.
    """
    tours = _tours(households, members, network, rules or RouteRules())
    return calendar_along(
        households.assign(tour=tours), members, begins=begins, weeks=weeks, load=load
    )


def calendar_along(
    households: GeoDataFrame,
    members: GeoDataFrame,
    *,
    begins: date,
    weeks: int = 52,
    load: LoadTable = ORDINARY,
) -> WeekCalendar:
    """Return what `zone_calendar` does for households whose place along the way is known: their column `tour`."""
    minutes = members.set_index("member_id")["minutes_per_week"]
    first = load_min(households.assign(due_again=False), table=load)
    again = load_min(households.assign(due_again=True), table=load)
    rows = DataFrame(households.drop(columns=households.geometry.name))
    rows = rows.assign(first_min=first, again_min=again)
    return calendar_weeks(rows, minutes, begins=begins, weeks=weeks)


def week_routes(
    calendar: WeekCalendar,
    week: int,
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    *,
    rules: RouteRules | None = None,
    outings: DataFrame | None = None,
) -> dict[str, Route]:
    """Return the route of each member in one week, by member id; those who visit nobody are left out.

    `households` may say when people are in (`open_min`, `close_min`); `outings` has `member_id`, `begins_min` and
    `ends_min`, one row for each time a member goes out; without, each goes once.
    """
    of_week = calendar.visits[calendar.visits["week"] == week]
    known = [name for name in ("open_min", "close_min") if name in households]
    points = households.set_index("household_id")
    return {
        str(member): _route(
            visits[["household_id", "minutes"]]
            .rename(columns={"minutes": "load_min"})
            .join(points[known], on="household_id"),
            points.geometry,
            _home(members, member),
            network,
            rules or RouteRules(),
            None if outings is None else outings[outings["member_id"] == member],
        )
        for member, visits in of_week.groupby("member_id", sort=True)
    }


def _tours(
    households: GeoDataFrame, members: GeoDataFrame, network: WalkingNetwork, rules: RouteRules
) -> Series:
    """Return the place of each household along an open way through its zone; whom no way leads to come last."""
    points = households.set_index("household_id").geometry
    place = Series(np.nan, index=households.index)
    for member, own in households.groupby("member_id", sort=True):
        stops = DataFrame({"household_id": own["household_id"], "load_min": 0.0})
        through = RouteRules(returns=False, seed=rules.seed, steps_a_stop=rules.steps_a_stop)
        route = _route(stops, points, _home(members, member), network, through, None)
        number = Series(range(len(route.stops)), index=route.stops["household_id"], dtype=float)
        place[own.index] = number.reindex(own["household_id"]).to_numpy()
    return place.fillna(float(len(households)))


def _route(  # noqa: PLR0917 - the parts of a route, in order
    stops: DataFrame,
    points: GeoSeries,
    home: GeoSeries,
    network: WalkingNetwork,
    rules: RouteRules,
    outings: DataFrame | None,
) -> Route:
    """Return the route to `stops`; those that no street joins with the others are left."""
    doors = walks_between(points[stops["household_id"]], home, network)
    found = visit_order(stops[doors.reached], doors.walk_mm, rules, outings=outings)
    apart = stops["household_id"][~doors.reached]
    return Route(stops=found.stops, left=tuple(sorted({*found.left, *apart})), walk_m=found.walk_m)


def _home(members: GeoDataFrame, member: object) -> GeoSeries:
    own: GeoSeries = members.loc[members["member_id"] == member].geometry.iloc[:1]
    return own
