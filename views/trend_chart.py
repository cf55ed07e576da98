"""Coverage week by week: two lines that differ in colour and mark, and the table behind them."""

from typing import Any

import streamlit as st

import workflow
from views import figures, session
from views import leader_questions as questions
from views.downloads import download
from views.text import plain
from words import percent, say, written

HEIGHT_PX = 280
PALE = 0.4
BLUE, VERMILION = "#0072B2", "#D55E00"
LINES = ("share_ever_reached", "share_reached")


def trend_part(goal: str | None, area: str, lang: str, *, beside: bool = True) -> None:
    """Show the weeks as two drawings, `beside` each other or not, and as a table."""
    rows = questions.trend(goal, area, session.on())
    if rows.empty:
        st.caption(say("trend_none", lang))
        return
    shares, met = st.columns(2) if beside else (st.container(), st.container())
    with shares:
        st.caption(say("trend_share", lang))
        _shares(rows, lang)
    with met:
        st.caption(say("trend_new", lang))
        _new(rows, lang)
    st.caption(say("trend_note", lang, households=int(rows["households"].iloc[-1])))
    with st.expander(say("trend_table", lang)):
        st.caption(say("trend_method", lang))
        _table(rows, lang)
        _download(goal, area, lang)


def outlook(goal: str | None, area: str, lang: str) -> None:
    """Say when it will be done, and how many are due again."""
    said = questions.sentences(goal, area, session.on(), lang)
    for kind in ("trend", "coverage"):
        for one in said:
            if one.kind == kind:
                st.markdown(plain(one.text))


def _new(rows: Any, lang: str) -> None:
    """Draw how many households were met for the first time in each week."""
    week, met = say("trend_week", lang), say("trend_first", lang)
    shown = _by_week(rows, lang)[["week", "place", "first_reached", "whole_week"]]
    spec = {
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {
            "x": _weeks(week),
            "y": {"field": "first_reached", "type": "quantitative", "title": None},
            "opacity": {"condition": {"test": "datum.whole_week", "value": 1}, "value": PALE},
            "tooltip": [{"field": "week", "title": week}, {"field": "first_reached", "title": met}],
        },
    }
    st.vega_lite_chart(shown, spec, height=HEIGHT_PX)


def _by_week(rows: Any, lang: str) -> Any:
    """The weeks by the day they end on; they are equally far apart, so their days are names."""
    return rows.assign(week=[written(day, lang) for day in rows["until"]], place=range(len(rows)))


def _weeks(title: str) -> dict[str, Any]:
    axis = {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 12}
    return {
        "field": "week",
        "type": "ordinal",
        "sort": {"field": "place"},
        "title": title,
        "axis": axis,
    }


def _shares(rows: Any, lang: str) -> None:
    """Draw the two shares at the end of each week."""
    names = {
        "share_ever_reached": say("trend_ever", lang),
        "share_reached": say("trend_valid", lang),
    }
    shown = (
        _by_week(rows, lang)
        .assign(
            ever=[percent(share, lang) for share in rows["share_ever_reached"]],
            valid=[percent(share, lang) for share in rows["share_reached"]],
        )[["week", "place", "ever", "valid", *LINES]]
        .rename(columns=names)
    )
    st.vega_lite_chart(shown, _spec(list(names.values()), lang), height=HEIGHT_PX)


def _spec(names: list[str], lang: str) -> dict[str, Any]:
    week = say("trend_week", lang)
    kind = {"field": "line", "type": "nominal", "sort": names, "title": None}
    return {
        "transform": [{"fold": names, "as": ["line", "share"]}],
        "mark": {"type": "line", "point": {"size": 45, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": _weeks(week),
            "y": {
                "field": "share",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, 1]},
                "axis": {"labelExpr": "format(datum.value * 100, '.0f') + ' %'", "tickCount": 5},
            },
            "color": {**kind, "scale": {"domain": names, "range": [VERMILION, BLUE]}},
            "shape": {**kind, "scale": {"domain": names, "range": ["circle", "square"]}},
            "tooltip": [
                {"field": "week", "title": week},
                {"field": "ever", "title": names[0]},
                {"field": "valid", "title": names[1]},
            ],
        },
        "config": {"legend": {"orient": "top"}},
    }


def _table(rows: Any, lang: str) -> None:
    headings = {
        "until": "trend_week",
        "first_reached": "trend_first",
        "expired": "trend_expired",
        "renewed": "trend_renewed",
        "ever_reached": "trend_ever",
        "reached": "trend_valid",
        "households": "table_households",
        "share_ever_reached": "trend_ever_share",
        "share_reached": "trend_valid_share",
    }
    figures.table(rows, headings, lang=lang, shares=LINES, days=("until",))


def _download(goal: str | None, area: str, lang: str) -> None:
    day = session.on()
    name = f"tien-do-{day.isoformat()}.xlsx"

    def write(to: Any) -> Any:
        return workflow.trend_workbook(session.store(), to, goal=goal, area=area, on=day, lang=lang)

    download("get_trend", write, name, lang)
