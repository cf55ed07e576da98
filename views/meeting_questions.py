"""What a meeting asks the store: only what may be shown to everybody."""

from datetime import date
from typing import Any

import pandas as pd

import workflow
from layers.layer import Layer
from views.session import kept


@kept
def public_coverage(
    asked: workflow.Store, ward: str, goal: str | None, day: date
) -> workflow.PublicCoverage:
    """Return the coverage of a ward that may be shown."""
    return workflow.public_coverage(asked, ward, goal=goal, on=day)


@kept
def public_gaps(asked: workflow.Store, ward: str, goal: str | None, day: date) -> pd.DataFrame:
    """Return in which neighbourhoods many unreached households lie together, and about how many."""
    return workflow.public_gaps(asked, ward, goal=goal, on=day)


@kept
def share_layers(
    asked: workflow.Store,
    ward: str,
    goal: str | None,
    day: date,
    *,
    marked: tuple[str, ...],
    language: str,
) -> list[Layer]:
    """Return the drawing of the shares that may be shown."""
    return workflow.share_layers(asked, ward, marked=marked, goal=goal, on=day, lang=language)


@kept
def plan_areas(asked: workflow.Store, plan: str) -> tuple[str, ...]:
    """Return the neighbourhoods that a plan is about."""
    return tuple(one["area"] for one in workflow.plan_document(asked, plan)["areas"])


@kept
def plan_total(asked: workflow.Store, plan: str, within: tuple[str, ...]) -> dict[str, Any]:
    """Return the figures of a plan in some neighbourhoods."""
    total: dict[str, Any] = workflow.plan_document(asked, plan, within=within)["total"]
    return total


@kept
def public_plan_layers(
    asked: workflow.Store, plan: str, within: tuple[str, ...], language: str
) -> list[Layer]:
    """Return the drawing of a plan's zones, without households, homes and names."""
    return workflow.plan_layers(asked, plan, within=within, public=True, lang=language)


@kept
def weeks_with(asked: workflow.Store, ward: str, members: int, day: date) -> dict[str, Any]:
    """Return in how many weeks everybody is reached with so many members in each neighbourhood."""
    total = workflow.what_if(asked, area=ward, members=members, on=day).as_dict()["total"]
    found: dict[str, Any] = total["weeks"]
    return found


@kept
def finishing(
    asked: workflow.Store, ward: str, goal: str | None, day: date, language: str
) -> list[str]:
    """Return what there is to say of when everybody will have been met."""
    said = workflow.sentences(asked, goal=goal, area=ward, on=day, lang=language)
    return [one.text for one in said if one.kind == "trend"]
