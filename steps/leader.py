"""What the ward's leader asks: gaps, weeks, ranges and sentences, and their workbooks."""

from datetime import date
from pathlib import Path

import pandas as pd

from data.status import made_up
from data.store import Store
from exports.sheets import table_xlsx
from layers.gaps import gap_layer
from layers.layer import Layer
from planning.coverage_range import CoverageRange
from planning.gaps import GapRules, Gaps
from planning.staffing import StaffingRules
from planning.telling import of_coverage, of_gaps, of_range, of_staffing, of_trend
from planning.trend import Trend
from steps import leading
from steps.counting import coverage
from steps.gathering import areas
from steps.saying import Said
from steps.staffing import staffing
from words import say


def gaps(
    store: Store,
    *,
    goal: str | None = None,
    area: str | None = None,
    rules: GapRules | None = None,
    on: date,
) -> Gaps:
    """Return where unreached households lie together or far away, and which neighbourhoods are behind."""
    return leading.gaps_of(store, goal=goal, area=area, rules=rules or GapRules(), on=on)


def gap_sentences(store: Store, found: Gaps, *, lang: str = "vi") -> list[Said]:
    """Return a sentence for each gap, in their order; one that there is none, where there is none."""
    return leading.in_words(store, of_gaps(found), lang)


def trend(store: Store, *, goal: str | None = None, area: str | None = None, on: date) -> Trend:
    """Return coverage week by week up to a day, and when everybody will have been met."""
    return leading.trend_of(store, goal=goal, area=area, on=on)


def coverage_between(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> CoverageRange:
    """Return coverage as a range, where lists, reports and digital addresses count different households."""
    total = coverage(store, by="ward", goal=goal, area=area, on=on).total
    return leading.range_of(store, total, area=area, on=on)


def sentences(
    store: Store,
    *,
    goal: str | None = None,
    area: str | None = None,
    on: date,
    lang: str = "vi",
) -> list[Said]:
    """Return what there is to say of a place on a day but for its gaps: coverage, its end, staffing."""
    total = coverage(store, by="ward", goal=goal, area=area, on=on).total
    told = [
        *of_coverage(total),
        *of_range(leading.range_of(store, total, area=area, on=on)),
        of_trend(trend(store, goal=goal, area=area, on=on)),
        *of_staffing(staffing(store, area=area, on=on), least=StaffingRules().least_members),
    ]
    return leading.in_words(store, told, lang)


def gap_households(
    store: Store,
    gap: str | None = None,
    *,
    goal: str | None = None,
    area: str | None = None,
    found: Gaps | None = None,
    phones: bool = False,
    on: date,
    lang: str = "vi",
) -> pd.DataFrame:
    """Return the unreached households of a gap, or of a place where no gap is named; phones only if asked for.

    The gaps of the same question, where they were `found` already, spare finding them again. Raises `NotFoundError`
    where there is no such gap.
    """
    if gap is None:
        ids, around = None, area
    else:
        found = found or gaps(store, goal=goal, area=area, on=on)
        ids, around = leading.households_of(found, gap), None
    standing = leading.standing_of(store, goal=goal, area=around, on=on)
    return leading.household_rows(store, standing, ids=ids, phones=phones, lang=lang)


def gap_layers(
    store: Store, found: Gaps, *, chosen: str | None = None, lang: str = "vi"
) -> list[Layer]:
    """Draw the gaps that have a shape of their own; of the neighbourhoods behind only the `chosen` one."""
    rows = leading.shaped(found.rows, areas(store), chosen)
    texts = [one.text for one in gap_sentences(store, found, lang=lang)][: len(rows)]
    drawn = gap_layer(rows, pd.Series(texts, rows.index, dtype=str))
    return [] if drawn is None else [drawn]


def gap_workbook(
    store: Store,
    to: Path,
    gap: str | None,
    *,
    goal: str | None,
    area: str | None,
    phones: bool = False,
    on: date,
    lang: str = "vi",
) -> Path:
    """Write the households of a gap, as the page lists them, as a spreadsheet."""
    rows = gap_households(store, gap, goal=goal, area=area, phones=phones, on=on, lang=lang)
    title = say("list_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
    return to


def trend_workbook(
    store: Store, to: Path, *, goal: str | None, area: str | None, on: date, lang: str = "vi"
) -> Path:
    """Write the weeks as a spreadsheet."""
    rows = trend(store, goal=goal, area=area, on=on).rows
    title = say("trend_table_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
    return to


def staffing_table(
    store: Store, *, area: str | None = None, on: date, lang: str = "vi"
) -> pd.DataFrame:
    """Return what each team has and lacks, as a table for people."""
    return leading.staffing_rows(staffing(store, area=area, on=on).rows, lang)


def staffing_workbook(
    store: Store, to: Path, *, area: str | None, on: date, lang: str = "vi"
) -> Path:
    """Write what each team has and lacks as a spreadsheet."""
    rows = staffing_table(store, area=area, on=on, lang=lang)
    title = say("staffing_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
    return to
