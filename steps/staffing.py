"""What is decided above the neighbourhood: who is missing where, what if, and two plans side by side."""

from datetime import date

from data import plans as kept
from data.settings import SUPPORT, keep_setting
from data.store import Store
from geo.terms import Kind
from planning.comparing import Comparison, compare
from planning.reallocation import Reallocation, reallocate
from planning.rules import PlanRules
from planning.staffing import Staffing, StaffingRules
from planning.staffing import staffing as staff
from planning.support import checked_support, staffing_with_support, what_if_with_support
from planning.volunteers import ReallocationRules
from planning.what_if import WhatIf, by_day, with_members
from steps.deciding import Trials, ground_of, laid_out, names_of, places_asked, work_left
from steps.gathering import support


def set_support(store: Store, dong: float | None) -> None:
    """Keep how many đồng of support each team gets a month; None: there is none."""
    amount = checked_support(dong)
    keep_setting(store, SUPPORT, {} if amount is None else {"dong_team_month": amount})


def staffing(
    store: Store, *, area: str | None = None, rules: StaffingRules | None = None, on: date
) -> Staffing:
    """Return what each team has and lacks on a day."""
    ground = ground_of(store, area, on)
    tables = (ground.places, ground.teams, ground.members, ground.households)
    found = staff(*tables, rules=rules or StaffingRules(), on=on)
    return staffing_with_support(found, support(store))


def reallocation(
    store: Store,
    *,
    area: str | None = None,
    rules: ReallocationRules | None = None,
    goal: str | None = None,
    on: date,
) -> Reallocation:
    """Return which volunteers to move between teams, and where to recruit; nothing is stored."""
    ground = ground_of(store, area, on)
    left = work_left(store, ground, goal=goal, on=on)
    tables = (ground.places, ground.teams, ground.members, ground.households, left)
    return reallocate(*tables, rules=rules or ReallocationRules(), on=on)


def what_if(
    store: Store,
    *,
    area: str | None = None,
    members: int | None = None,
    until: date | None = None,
    exact: PlanRules | None = None,
    goal: str | None = None,
    on: date,
) -> WhatIf:
    """Return what each neighbourhood comes to with so many members, or the members it needs to be done by a day.

    With `exact`, plans are made by these rules (and not kept) where walking and balance are otherwise estimated.
    """
    ground = ground_of(store, area, on)
    left = work_left(store, ground, goal=goal, on=on)
    places = places_asked(store, ground)
    if until is not None:
        found = by_day(places, ground.members, left, on=on, until=until)
        return what_if_with_support(found, ground.teams, support(store))
    trials = Trials(store, ground, exact or PlanRules())
    tried = {"walk_with": trials.walk_m} if exact is None else {"plan_with": trials.planned}
    found = with_members(places, ground.members, left, count=members, **tried)
    return what_if_with_support(found, ground.teams, support(store))


def compare_plans(store: Store, first: str, second: str) -> Comparison:
    """Compare two plans, named by id or name, on the households, members and streets of now."""
    ids = [str(kept.find_plan(store, plan).plan_id) for plan in (first, second)]
    members, places = names_of(store)
    sides = (laid_out(store, ids[0]), laid_out(store, ids[1]))
    return compare(*sides, members=members, places=places)


def team_names(store: Store) -> dict[str, str]:
    """Return what teams and neighbourhoods are called, by id; those without a name are left out."""
    tables = ((Kind.NEIGHBOURHOODS, "neighbourhood_id"), (Kind.TEAMS, "team_id"))
    named = [store.load(table).set_index(key)["name"].dropna() for table, key in tables]
    return {str(key): str(name) for one in named for key, name in one.items()}
