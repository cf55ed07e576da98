"""Slides for a meeting: how far the ward has come, the plan before and after, who does it and until when."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from exports.content import stamp
from exports.map_picture import map_picture
from exports.public import LESS, SMALL, public_plan, sum_told
from exports.report import Report, Side
from exports.slides_page import BLUE, BOTTOM, EDGE, GREY, INK, INNER, TOP, Deck, colour
from exports.slides_parts import Room, bars, course, known, picture, pixels, table
from layers.layer import Layer
from layers.plan import plan_layers
from layers.shares import share_layers
from words import Lang, column, number, percent, say, written

Progress = Callable[[str, float], None]

# Rows of a table on one page.
ROWS = 12
# Letters that still fit in a card at full size.
SHORT_FIGURE = 9
# Weeks in the course of coverage: half a year.
WEEKS = 26
SHARE_WIDTHS = (2.9, 1.0, 1.15, 1.25, 1.0)
FULL = TOP, BOTTOM - TOP


def write_slides(
    report: Report, path: Path, *, lang: str = Lang.VI, progress: Progress | None = None
) -> None:
    """Write a deck of 16:9 with charts and tables that can be edited.

    Raises `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    marks = stamp(report.plan, public=report.public, lang=lang)
    marks["day"] = say("deck_day", lang, on=report.plan.on)
    deck = Deck(report.plan, marks, lang)
    chapters = (_title, _figures, _coverage, _coverage_map, _plans, _staffing, _weeks)
    for done, chapter in enumerate(chapters):
        if progress is not None:
            progress(say(f"deck_part{chapter.__name__}", lang), done / len(chapters))
        chapter(deck, report)
    deck.save(path)


def _title(deck: Deck, report: Report) -> None:
    lang, name = deck.lang, str(report.plan.plan["name"])
    slide = deck.page(name, [line.text for line in report.lines])
    rule = slide.shapes.add_shape(1, 0, 0, deck.file.slide_width // 60, deck.file.slide_height)
    rule.fill.solid()
    rule.fill.fore_color.rgb = BLUE
    rule.line.fill.background()
    told = [
        report.ward,
        say("deck_day", lang, on=report.plan.on),
        say(f"plan_status_{report.status}", lang),
    ]
    deck.text(slide, "\n".join(told), (EDGE, 2.6, INNER, 2.0), size=28, color=INK)
    source = [deck.marks["source"], deck.marks["audience"]]
    deck.text(slide, "\n".join(source), (EDGE, 5.2, INNER, 1.0))


# --- figures ---


def _figures(deck: Deck, report: Report) -> None:
    lang = deck.lang
    said = report.said("coverage", "range", "trend")
    slide = deck.page(say("deck_figures", lang), said)
    cards = [
        *coverage_figures(report, lang),
        *plan_figures(
            report.plan.plan["total"], lang, public=report.public, zones=report.plan.zones
        ),
    ]
    wide = INNER / 4
    for at, (told, figure) in enumerate(cards):
        left, top = EDGE + at % 4 * wide, TOP + 0.1 + at // 4 * 1.6
        size = 34 if len(figure) <= SHORT_FIGURE else 18
        deck.text(slide, figure, (left, top, wide - 0.2, 0.8), size=size, color=BLUE, bold=True)
        deck.text(slide, told, (left, top + 0.8, wide - 0.2, 0.6), size=14, color=GREY)
    deck.sentences(slide, said, (EDGE, TOP + 3.4, INNER, BOTTOM - TOP - 3.4))


def coverage_figures(report: Report, lang: str) -> list[tuple[str, str]]:
    """Return the ward's own figures as (what, figure), where they may be told."""
    total = report.total
    if total is None:
        return [(say("deck_reached", lang), say("share_untold", lang))]
    return [
        (say("deck_households", lang), number(total["households"], lang)),
        (say("deck_reached", lang), number(total["reached"], lang)),
        (say("deck_unreached", lang), number(total["unreached"], lang)),
        (say("deck_share", lang), percent(total["share_reached"], lang)),
    ]


def plan_figures(
    total: dict[str, Any], lang: str, *, public: bool, zones: DataFrame
) -> list[tuple[str, str]]:
    """Return what a plan comes to as (what, figure): over everybody, and in public nothing of a few households."""
    assigned = total.get("assigned")
    told = sum_told([*zones.groupby("neighbourhood_id")["households"].sum().astype(int)])
    few = public and (not told.isdigit() or 0 < (assigned or 0) < SMALL)
    mean_load, mean_walk = (
        None if few else total.get(name, {}).get("mean") for name in ("load_min", "walk_m")
    )
    return [
        (
            say("deck_assigned", lang),
            (LESS if told.isdigit() else told) if few else number(assigned, lang),
        ),
        (say("deck_people", lang), number(total.get("members"), lang)),
        (say("deck_mean_load", lang), number(mean_load, lang)),
        (say("deck_mean_walk", lang), number(mean_walk, lang)),
    ]


# --- coverage ---


def _coverage(deck: Deck, report: Report) -> None:
    """As many pages as the neighbourhoods need, each with its bars and its figures."""
    lang = deck.lang
    for part, title in _pages(report.rows, say("deck_coverage", lang)):
        slide = deck.page(title, report.said("coverage"))
        names = [written(name, lang) for name in part["name"]]
        shares = [known(share) for share in part["share_reached"]]
        high = 0.36 * (len(part) + 1) + 0.15
        heading = column("share_reached", lang)
        bars(slide, names, shares, title=heading, room=(EDGE, TOP, 4.7, min(high, FULL[1])))
        rows = [coverage_row(row, lang) for row in part.to_dict("records")]
        table(slide, coverage_headings(lang), rows, SHARE_WIDTHS, (EDGE + 4.8, TOP, 7.3, high))
        if part["share_reached"].isna().any():
            told = say("deck_hidden" if report.public else "deck_empty", lang)
            deck.text(slide, told, (EDGE, BOTTOM - 0.2, INNER, 0.3), size=12)


def coverage_headings(lang: str) -> list[str]:
    """Return what stands above the columns of `coverage_row`."""
    return [
        say("deck_place", lang),
        *(column(name, lang) for name in ("households", "reached", "unreached", "share_reached")),
    ]


def coverage_row(row: dict[Any, Any], lang: str) -> list[str]:
    """One neighbourhood in words; where its share is hidden so is its size, which tells as much of a small one."""
    figures = [known(row[name]) for name in ("households", "reached", "unreached")]
    share = known(row["share_reached"])
    if known(row["reached"]) is None:
        figures = [None, None, None]
    told = "–" if share is None else percent(share, lang)
    return [written(row["name"], lang), *(number(one, lang) for one in figures), told]


def _pages(rows: DataFrame, title: str) -> Iterator[tuple[DataFrame, str]]:
    """Cut a long list into pages of about the same length, each with its number in the title."""
    count = max(1, -(-len(rows) // ROWS))
    each = max(1, -(-len(rows) // count))
    for at in range(count):
        part = rows.iloc[at * each : (at + 1) * each]
        yield part, title if count == 1 else f"{title} ({at + 1}/{count})"


def _coverage_map(deck: Deck, report: Report) -> None:
    lang = deck.lang
    slide = deck.page(say("deck_map", lang), report.said("coverage"))
    drawn = share_layers(report.shares, streets=report.plan.streets, lang=lang)
    room = (EDGE, TOP, INNER - 2.6, BOTTOM - TOP)
    _map(slide, drawn, room, told=say("deck_map", lang), lang=lang)
    top = TOP
    for layer in drawn:
        for entry in layer.legend:
            _legend(deck, slide, entry.color, entry.text or say(entry.text_code, lang), top)
            top += 0.42


def _legend(deck: Deck, slide: Any, color: str, text: str, top: float) -> None:
    left = EDGE + INNER - 2.4
    mark = deck.text(slide, "", (left, top, 0.3, 0.28))
    mark.fill.solid()
    mark.fill.fore_color.rgb = colour(color)
    deck.text(slide, text, (left + 0.42, top, 2.0, 0.4), size=13, color=INK)


def _map(
    slide: Any, drawn: Sequence[Layer], room: Room, *, told: str, lang: str, names: bool = True
) -> None:
    width, height = pixels(room)
    if any(len(layer.frame) for layer in drawn):
        png = map_picture(drawn, width=width, height=height, lang=lang, names=names)
        picture(slide, png, room, told=told)


# --- the plan, and the one before it ---


def _plans(deck: Deck, report: Report) -> None:
    lang, content = deck.lang, report.plan
    now = Side(name=str(content.plan["name"]), total=content.plan["total"], zones=content.zones)
    sides = [(say("slide_after", lang), now)]
    if report.before is not None:
        sides.insert(0, (say("slide_before", lang), report.before))
    slide = deck.page(
        say("slide_plan", lang), [_plan_line(side, report, lang) for _, side in sides]
    )
    wide = (INNER - 0.3) / 2 if len(sides) > 1 else INNER
    for at, (title, side) in enumerate(sides):
        left = EDGE + at * (wide + 0.3)
        deck.text(
            slide, f"{title}: {side.name}", (left, TOP - 0.1, wide, 0.4), bold=True, color=INK
        )
        deck.text(slide, _plan_line(side, report, lang), (left, TOP + 0.32, wide, 0.4), size=14)
        drawn = _zones(side.zones, report, lang)
        room = (left, TOP + 0.85, wide, BOTTOM - TOP - 0.85)
        _map(
            slide,
            drawn,
            room,
            told=f"{title}: {_plan_line(side, report, lang)}",
            lang=lang,
            names=not report.public,
        )


def _plan_line(side: Side, report: Report, lang: str) -> str:
    figures = "; ".join(
        f"{told.lower()}: {figure}"
        for told, figure in plan_figures(side.total, lang, public=report.public, zones=side.zones)
    )
    return figures[:1].upper() + figures[1:]


def _zones(zones: GeoDataFrame, report: Report, lang: str) -> list[Layer]:
    """Draw zones; in public their outlines alone, with nobody's name and no count."""
    content = report.plan
    shown = public_plan(zones, content.neighbourhoods).zones if report.public else zones
    return plan_layers(
        shown,
        neighbourhoods=content.neighbourhoods,
        streets=content.streets,
        public=report.public,
        lang=lang,
    )


# --- who, and until when ---


def _staffing(deck: Deck, report: Report) -> None:
    lang, said = deck.lang, report.said("staffing")
    if said:
        deck.sentences(
            deck.page(say("deck_staffing", lang), said), said, (EDGE, TOP, INNER, BOTTOM - TOP)
        )
    names = [
        name for name in ("members", "needed", "short", "households") if name in report.staffing
    ]
    headings = [
        say("deck_place", lang),
        *(column(name, lang) for name in names),
        column("issues", lang),
    ]
    widths = [3.2, *[1.3] * len(names), INNER - 3.2 - 1.3 * len(names)]
    for part, title in _pages(report.staffing, say("deck_staffing", lang)):
        if part.empty:
            continue
        slide = deck.page(title, said)
        rows = [
            [
                written(row["name"] if pd.notna(row["name"]) else row["team_name"], lang),
                *(number(known(row[name]), lang) for name in names),
                row["issues"],
            ]
            for row in part.to_dict("records")
        ]
        ends = (0, len(headings) - 1)
        table(slide, headings, rows, widths, (EDGE, TOP, INNER, 1.0), words=ends)


def _weeks(deck: Deck, report: Report) -> None:
    lang, said = deck.lang, report.said("trend")
    if not said and report.weeks.empty:
        return
    slide = deck.page(say("slide_weeks", lang), said)
    deck.sentences(slide, said, (EDGE, TOP, INNER, 1.2))
    weeks = report.weeks.tail(WEEKS)
    if len(weeks) > 1:
        days = [written(day, lang) for day in weeks["week_begins"]]
        shares = [known(share) for share in weeks["share_reached"]]
        room = (EDGE, TOP + 1.3, INNER, BOTTOM - TOP - 1.3)
        course(slide, days, shares, title=column("share_reached", lang), room=room)
