"""What the planner's page asks the store, remembered until the store changes."""

from datetime import date
from typing import Any

import pandas as pd

import workflow
from layers.layer import Layer
from views.session import kept


@kept
def member_loads(asked: workflow.Store, plan: str, area: str, day: date) -> pd.DataFrame:
    """Return what each member of a neighbourhood carries in a plan."""
    return workflow.member_loads(asked, plan, area, on=day)


@kept
def member_choices(
    asked: workflow.Store, plan: str, households: tuple[str, ...], day: date
) -> pd.DataFrame:
    """Return who could be given some households of a plan."""
    return workflow.member_choices(asked, plan, households, on=day)


@kept
def try_move(
    asked: workflow.Store, plan: str, households: tuple[str, ...], member: str, day: date
) -> workflow.Trial:
    """Return what it would mean to give some households to a member."""
    return workflow.try_move(asked, plan, households, member, on=day)


@kept
def why_member(asked: workflow.Store, plan: str, household: str, day: date) -> pd.DataFrame:
    """Return what each member would mean for a household."""
    return workflow.why_member(asked, plan, household, on=day)


@kept
def plan_edits(asked: workflow.Store, plan: str) -> pd.DataFrame:
    """Return what was changed by hand in a plan, newest first."""
    return workflow.plan_edits(asked, plan)


@kept
def edit_ways(asked: workflow.Store, plan: str) -> tuple[bool, bool]:
    """Return whether there is something to undo in a plan, and something to redo."""
    return workflow.edit_ways(asked, plan)


@kept
def plan_history(asked: workflow.Store) -> pd.DataFrame:
    """Return who approved or retired which plan when and why, newest first."""
    return workflow.plan_history(asked)


@kept
def members_of(asked: workflow.Store, area: str, day: date) -> pd.DataFrame:
    """Return member_id and name of those who serve a neighbourhood."""
    return workflow.members_of(asked, area, on=day)


@kept
def try_team(
    asked: workflow.Store,
    area: str,
    day: date,
    *,
    away: tuple[str, ...],
    more: int,
    most_min: float | None,
    balance: float,
    keep: float,
) -> workflow.TeamTrial:
    """Return what a neighbourhood comes to with other members."""
    rules = workflow.PlanRules(balance=balance, keep=keep)
    return workflow.try_team(
        asked, area, away=away, more=more, most_min=most_min, rules=rules, on=day
    )


@kept
def plan_options(asked: workflow.Store, area: str, day: date) -> dict[str, Any]:
    """Return the plans between fewest moves and least walking."""
    return workflow.plan_options(asked, area, on=day)


@kept
def what_if(
    asked: workflow.Store, area: str, members: int | None, until: date | None, day: date
) -> dict[str, Any]:
    """Return what so many members come to, or how many a day needs."""
    return workflow.what_if(asked, area=area, members=members, until=until, on=day).as_dict()


@kept
def comparison(asked: workflow.Store, first: str, second: str) -> workflow.Comparison:
    """Return two plans side by side."""
    return workflow.compare_plans(asked, first, second)


@kept
def difference_layers(asked: workflow.Store, first: str, second: str, language: str) -> list[Layer]:
    """Return the drawing of what differs between two plans."""
    return workflow.difference_layers(asked, first, second, lang=language)


@kept
def calendar(asked: workflow.Store, plan: str, member: str, day: date, weeks: int) -> pd.DataFrame:
    """Return the weeks of a member."""
    document = workflow.calendar(asked, plan, member=member, on=day, weeks=weeks)
    return pd.DataFrame(document["rows"])


@kept
def route(asked: workflow.Store, plan: str, member: str, week: int, day: date) -> pd.DataFrame:
    """Return the households of a week in walking order."""
    return workflow.route_sheet(asked, plan, member=member, week=week, on=day)
