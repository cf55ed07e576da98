"""The minutes of the meeting that decides about a plan: what was shown, why, and room for what people say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from exports.content import stamp
from exports.minutes_page import BOTH_SIDES, CENTRE, Paper
from exports.report import Decision, Report, Side
from exports.slides import coverage_figures, coverage_headings, coverage_row, plan_figures
from exports.slides_parts import known
from exports.writing import written_whole
from words import Lang, column, number, say, written

Progress = Callable[[str, float], None]

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
RULE = "_" * 22
# For names, places and hours that people write in.
SHORT, LONG = "." * 12, "." * 60
LINES_TO_WRITE = 4
# Millimetres, 163 in all.
HEADS, HALVES = (68, 95), (81.5, 81.5)
COVERAGE, STAFFING = (59, 26, 26, 26, 26), (50, 20, 20, 20, 53)


def write_minutes(
    report: Report, path: Path, *, lang: str = Lang.VI, progress: Progress | None = None
) -> None:
    """Write minutes as a document with blanks for place, people and what was said.

    Raises `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    marks = stamp(report.plan, public=report.public, lang=lang)
    day = say("deck_day", lang, on=report.plan.on)
    paper = Paper(
        title=str(report.plan.plan["name"]),
        author=say("app_name", lang),
        foot=" · ".join((day, marks["source"], marks["audience"])),
        notice=marks.get("notice", ""),
    )
    for done, part in enumerate(_PARTS):
        if progress is not None:
            progress(say("minutes_title", lang), done / len(_PARTS))
        part(paper, report, lang)
    with written_whole(path) as whole:
        paper.file.save(str(whole))


def _head(paper: Paper, report: Report, lang: str) -> None:
    ours = [
        (say("minutes_office", lang), False, False),
        (report.ward.upper(), True, False),
        (RULE[:10], False, False),
        (say("minutes_number", lang), False, False),
    ]
    state = [(STATE[0], True, False), (STATE[1], True, False), (RULE, False, False)]
    paper.side_by_side(ours, [*state, (say("minutes_place_day", lang), False, True)], widths=HEADS)
    paper.line(say("minutes_title", lang), bold=True, size=15, align=CENTRE)
    about = say("minutes_about", lang, ward=report.ward)
    paper.line(about, bold=True, align=CENTRE)


def _people(paper: Paper, _report: Report, lang: str) -> None:
    paper.line(say("minutes_time", lang, blank=SHORT))
    paper.line(say("minutes_place", lang, blank=LONG))
    paper.heading(say("minutes_people", lang))
    for who in ("minutes_chair", "minutes_clerk"):
        paper.line(say(who, lang, blank=LONG, short=SHORT))
    paper.line(say("minutes_present", lang))
    for _ in range(LINES_TO_WRITE):
        paper.line(LONG * 2)


# --- what was shown ---


def _figures(paper: Paper, report: Report, lang: str) -> None:
    paper.heading(say("minutes_content", lang))
    plan = say(
        "minutes_plan",
        lang,
        name=str(report.plan.plan["name"]),
        status=say(f"plan_status_{report.status}", lang),
        on=report.plan.on,
    )
    paper.line(plan, align=BOTH_SIDES)
    paper.heading(say("deck_figures", lang), 2)
    cards = [
        *coverage_figures(report, lang),
        *plan_figures(
            report.plan.plan["total"], lang, public=report.public, zones=report.plan.zones
        ),
    ]
    paper.table([say("minutes_item", lang), say("minutes_figure", lang)], cards)
    _sentences(paper, report, "coverage", "range")


def _sentences(paper: Paper, report: Report, *kinds: str) -> None:
    for text in report.said(*kinds):
        paper.line(text, align=BOTH_SIDES)


def _coverage(paper: Paper, report: Report, lang: str) -> None:
    paper.heading(say("deck_coverage", lang), 2)
    rows = [coverage_row(row, lang) for row in report.rows.to_dict("records")]
    paper.table(coverage_headings(lang), rows, widths=COVERAGE)
    if report.rows["share_reached"].isna().any():
        paper.line(say("deck_hidden" if report.public else "deck_empty", lang), italic=True)


def _plans(paper: Paper, report: Report, lang: str) -> None:
    """The plan beside the one before it, and unless it is public what falls to whom."""
    if report.before is not None:
        paper.heading(say("slide_plan", lang), 2)
        now = Side(
            name=str(report.plan.plan["name"]),
            total=report.plan.plan["total"],
            zones=report.plan.zones,
        )
        sides = (report.before, now)
        figures = [
            plan_figures(side.total, lang, public=report.public, zones=side.zones) for side in sides
        ]
        rows = [(told, before, after) for (told, before), (_, after) in zip(*figures, strict=True)]
        names = [f"{say(code, lang)}: {side.name}" for code, side in zip(SIDES, sides, strict=True)]
        paper.table([say("minutes_item", lang), *names], rows)
    if not report.public:
        paper.heading(say("export_sheet_zones", lang), 2)
        paper.table(*_zones(report, lang), words=(0, 1))


SIDES = ("slide_before", "slide_after")


def _zones(report: Report, lang: str) -> tuple[list[str], list[list[str]]]:
    """What each member has."""
    content = report.plan
    places = content.neighbourhoods.set_index("neighbourhood_id")["name"]
    zones = content.zones.drop_duplicates("member_id")
    zones = zones.assign(place=zones["neighbourhood_id"].map(places))
    rows = [
        [
            written(row["member_name"] if pd.notna(row["member_name"]) else row["member_id"], lang),
            written(row["place"], lang),
            number(known(row["households"]), lang),
            number(known(row["load_min"]), lang),
        ]
        for row in zones.sort_values(["place", "member_id"]).to_dict("records")
    ]
    headings = [column("member_name", lang), say("deck_place", lang)]
    return [*headings, column("households", lang), column("load_min", lang)], rows


def _staffing(paper: Paper, report: Report, lang: str) -> None:
    paper.heading(say("deck_staffing", lang), 2)
    _sentences(paper, report, "staffing")
    names = ["members", "needed", "short"]
    rows = [
        [
            written(row["name"] if pd.notna(row["name"]) else row["team_name"], lang),
            *(number(known(row[name]), lang) for name in names),
            row["issues"],
        ]
        for row in report.staffing.to_dict("records")
    ]
    headings = [*(column(name, lang) for name in names), column("issues", lang)]
    paper.table([say("deck_place", lang), *headings], rows, words=(0, 4), widths=STAFFING)
    if report.said("trend"):
        paper.heading(say("slide_weeks", lang), 2)
        _sentences(paper, report, "trend")


# --- what was decided ---


def _decision(paper: Paper, report: Report, lang: str) -> None:
    paper.heading(say("minutes_opinions", lang))
    for _ in range(LINES_TO_WRITE):
        paper.line(LONG * 2)
    paper.heading(say("minutes_decision", lang))
    for one in report.decisions:
        paper.line(_decided(one, report, lang), align=BOTH_SIDES)
    if not report.decisions:
        paper.line(say("minutes_decide", lang, name=str(report.plan.plan["name"])))
    for _ in range(LINES_TO_WRITE):
        paper.line(LONG * 2)
    paper.line(say("minutes_end", lang, blank=SHORT), align=BOTH_SIDES)


def _decided(one: Decision, report: Report, lang: str) -> str:
    """Say when what was decided and why; by whom, where everything may be told."""
    facts: dict[str, Any] = {"on": one.on, "name": str(report.plan.plan["name"]), "why": one.why}
    code = "decide_told" if one.what == "decide" else one.what
    told = say(f"minutes_{code}", lang, **facts)
    why = say("minutes_why", lang, why=one.why) if one.why and one.what != "decide" else ""
    who = "" if report.public or not one.who else say("minutes_who", lang, who=one.who)
    return " ".join(part for part in (told, why, who) if part)


def _signatures(paper: Paper, _report: Report, lang: str) -> None:
    sign = say("minutes_sign", lang)
    paper.side_by_side(
        *(
            [(say(who, lang), True, False), (sign, False, True)]
            for who in ("minutes_signed_clerk", "minutes_signed_chair")
        ),
        widths=HALVES,
    )


_PARTS = (_head, _people, _figures, _coverage, _plans, _staffing, _decision, _signatures)
