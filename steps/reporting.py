"""What slides and minutes tell: the same figures as on the pages, and in public no more than a meeting is shown."""

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.plan_edits import list_history
from data.store import Store
from exports.content import PlanExport
from exports.public import SMALL
from exports.report import Decision, Line, Report, Side
from geo.terms import PlanStatus
from planning.trend import Trend
from steps.counting import coverage
from steps.gathering import areas, wards
from steps.leader import sentences, trend
from steps.leading import staffing_rows
from steps.showing import PublicCoverage, shown_of, whole_of, with_shares
from steps.staffing import staffing

# What public sentences may be about; those of coverage and its range tell exact counts of few households.
PUBLIC_KINDS = ("trend", "staffing")
# Weeks are shown to everybody in whole percent, of which each is then at least five households.
LEAST_FOR_WEEKS = 100 * SMALL
COUNTS_OF_TEAMS = ["name", "team_name", "members", "needed", "short", "issues"]


def plans_before(store: Store, plan: str) -> list[str]:
    """Return the plans that one may take the place of, the likeliest first: those in force, then those retired last."""
    listed = kept.list_plans(store)
    others = listed[listed["plan_id"] != plan]
    return [
        str(one)
        for status in (PlanStatus.APPROVED, PlanStatus.RETIRED)
        for one in others.loc[others["status"] == status, "plan_id"]
    ]


def report_of(
    store: Store,
    content: PlanExport,
    *,
    before: Side | None,
    public: bool,
    on: date,
    lang: str,
) -> Report:
    """Return what slides and minutes tell of a plan and its ward; `public`: no more than a meeting is shown."""
    code, name = _ward(store, content)
    counted = coverage(store, area=code, on=on)
    course = trend(store, area=code, on=on)
    shown = shown_of(counted, None, lang=lang) if public else whole_of(counted, lang=lang)
    teams = staffing_rows(staffing(store, area=code, on=on).rows, lang)
    lines = [
        Line(kind=one.kind, text=one.text) for one in sentences(store, area=code, on=on, lang=lang)
    ]
    if public:
        teams = teams[COUNTS_OF_TEAMS]
        lines = [line for line in lines if line.kind in _tellable(shown, course)]
    row = kept.find_plan(store, str(content.plan["plan"]))
    return Report(
        plan=content,
        ward=name,
        status=str(row.status),
        public=public,
        total=shown.total,
        rows=shown.rows,
        shares=_shares(store, code, shown, content),
        staffing=teams,
        weeks=_weeks(course, shown, public=public),
        lines=tuple(lines),
        before=before,
        decisions=_decisions(store, str(row.plan_id), public=public),
    )


def _ward(store: Store, content: PlanExport) -> tuple[str | None, str]:
    """Return code and name of the ward a plan is about; no code, and all names, where it is about several."""
    codes = sorted(set(content.neighbourhoods["ward_code"]))
    names = wards(store).set_index("ward_code")["name"]
    told = ", ".join(str(names.get(code, code)) for code in codes)
    return (codes[0] if len(codes) == 1 else None), told


def _tellable(shown: PublicCoverage, course: Trend) -> tuple[str, ...]:
    """Return what sentences may be about: those of the pace only where no count they tell or imply is a few."""
    finish, total = course.finish, shown.total
    if total is None:
        return tuple(kind for kind in PUBLIC_KINDS if kind != "trend")
    left = finish.get("left") or 0
    pace = (finish.get("a_week") or 0) * (finish.get("weeks") or 0)
    counts: list[float] = [left, abs(total["unreached"] - left), pace]
    few = any(0 < one < SMALL for one in counts)
    return tuple(kind for kind in PUBLIC_KINDS if not (few and kind == "trend"))


def _shares(
    store: Store, ward: str | None, shown: PublicCoverage, content: PlanExport
) -> gpd.GeoDataFrame:
    places = areas(store, ward, on=content.on)
    if ward is None:
        places = places[places["ward_code"].isin(content.neighbourhoods["ward_code"])]
    return with_shares(places, shown)


def _weeks(course: Trend, shown: PublicCoverage, *, public: bool) -> pd.DataFrame:
    rows = pd.DataFrame(course.rows[["week_begins", "share_reached"]])
    if not public:
        return rows
    if shown.total is None or shown.total["households"] < LEAST_FOR_WEEKS:
        return rows.iloc[:0]
    return rows.assign(share_reached=rows["share_reached"].astype(float).round(2))


def _decisions(store: Store, plan_id: str, *, public: bool) -> tuple[Decision, ...]:
    """Return what was decided about a plan, the oldest first; in public without free texts, which may name people."""
    found = list_history(store)
    about: Any = found[found["subject"] == plan_id].iloc[::-1]
    told = about[about["action"] != "decide"] if public else about
    return tuple(
        Decision(
            on=pd.Timestamp(one.at).date(),
            who="" if public else str(one.who or ""),
            what=str(one.action),
            why="" if public else str(one.why or ""),
        )
        for one in told.itertuples(index=False)
    )
