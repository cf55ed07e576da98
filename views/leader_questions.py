"""What the pages of the ward's leader ask of the store, remembered until it changes."""

from datetime import date

import pandas as pd

import workflow
from layers.layer import Layer
from views.session import kept


@kept
def gaps(asked: workflow.Store, goal: str | None, area: str | None, day: date) -> workflow.Gaps:
    """Return the gaps of coverage."""
    return workflow.gaps(asked, goal=goal, area=area, on=day)


@kept
def gap_sentences(
    asked: workflow.Store, goal: str | None, area: str | None, day: date, language: str
) -> list[workflow.Said]:
    """Return a sentence for each gap, gravest first."""
    found = gaps(goal, area, day)
    return workflow.gap_sentences(asked, found, lang=language)


@kept
def gap_layers(
    asked: workflow.Store,
    goal: str | None,
    area: str | None,
    day: date,
    *,
    chosen: str | None,
    language: str,
) -> list[Layer]:
    """Return the drawing of the gaps."""
    return workflow.gap_layers(asked, gaps(goal, area, day), chosen=chosen, lang=language)


@kept
def sentences(
    asked: workflow.Store, goal: str | None, area: str | None, day: date, language: str
) -> list[workflow.Said]:
    """Return what there is to say of coverage, its end and staffing."""
    return workflow.sentences(asked, goal=goal, area=area, on=day, lang=language)


@kept
def trend(asked: workflow.Store, goal: str | None, area: str | None, day: date) -> pd.DataFrame:
    """Return the weeks."""
    return workflow.trend(asked, goal=goal, area=area, on=day).rows


@kept
def coverage_between(
    asked: workflow.Store, goal: str | None, area: str | None, day: date
) -> workflow.CoverageRange:
    """Return coverage as a range."""
    return workflow.coverage_between(asked, goal=goal, area=area, on=day)


@kept
def gap_households(
    asked: workflow.Store,
    gap: str | None,
    goal: str | None,
    area: str | None,
    day: date,
    *,
    language: str,
    phones: bool,
) -> pd.DataFrame:
    """Return the households of a gap, or all that are unreached where none is named."""
    found = None if gap is None else gaps(goal, area, day)
    return workflow.gap_households(
        asked, gap, goal=goal, area=area, found=found, phones=phones, on=day, lang=language
    )


@kept
def support_a_month(asked: workflow.Store, area: str | None, day: date) -> float | None:
    """Return what the teams get a month, as support; None where none is set."""
    paid: float | None = workflow.staffing(asked, area=area, on=day).total["support_dong_month"]
    return paid


@kept
def staffing_table(
    asked: workflow.Store, area: str | None, day: date, language: str
) -> pd.DataFrame:
    """Return what each team has and lacks."""
    return workflow.staffing_table(asked, area=area, on=day, lang=language)
