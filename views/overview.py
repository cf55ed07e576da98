"""Tổng quan: the ward in figures and on the map, what to see to, and what to expect."""

import streamlit as st

from views import figures, session
from views import leader_questions as questions
from views.gap_cards import cards
from views.live_map import live_map
from views.staffing_part import staffing_part
from views.text import plain
from views.trend_chart import outlook, trend_part
from words import percent, say

MAP_PX = 440


def page() -> None:
    """Show how far the ward has come, for every goal."""
    lang, ward, day = session.lang(), session.ward(), session.on()
    names = session.wards().set_index("ward_code")["name"]
    total = session.coverage("ward", None, ward, day).total

    st.header(plain(names[ward]))
    figures.coverage_line(total, lang, more=_range(ward, lang))
    left, right = st.columns(2)
    with left:
        layers = session.coverage_layers(ward, None, day, lang)
        live_map(
            layers,
            key="overview_map",
            height=MAP_PX,
            lang=lang,
            follow=False,
            find=session.finder(ward),
        )
    with right:
        st.subheader(say("gaps_title", lang))
        cards(None, ward, lang)
        st.subheader(say("outlook_title", lang))
        outlook(None, ward, lang)
    _more(ward, lang)


def _range(ward: str, lang: str) -> list[tuple[str, str]]:
    """The range of coverage, where it is not agreed how many households there are."""
    found = questions.coverage_between(None, ward, session.on())
    if not found.differs:
        return []
    ends = {
        "least": percent(found.share_least, lang),
        "most": percent(found.share_most, lang),
    }
    return [(say("figure_share_range", lang), say("from_share_to", lang, **ends))]


def _more(ward: str, lang: str) -> None:
    """What can wait: the weeks, the goals one by one, the teams, and what reports say."""
    reports = session.official_figures(ward, session.on()).rows
    named = ["trend_title", "by_goal", "tab_staffing", *([] if reports.empty else ["tab_reports"])]
    tabs = st.tabs([say(code, lang) for code in named])
    with tabs[0]:
        trend_part(None, ward, lang)
    with tabs[1]:
        _goals(ward, lang)
    with tabs[2]:
        staffing_part(None, ward, lang)
    if not reports.empty:
        with tabs[3]:
            _reports(ward, lang)


def _goals(ward: str, lang: str) -> None:
    counted = session.coverage("ward", None, ward, session.on())
    goals = session.goals().set_index("goal_id")["name"]
    rows = counted.rows[counted.rows["area"] == ward]
    every = say("every_goal", lang)
    figures.coverage_table(rows.assign(name=rows["goal"].map(goals).fillna(every)), lang)
    st.caption(say("as_of", lang, on=session.on()))


def _reports(ward: str, lang: str) -> None:
    """What reports say, and why coverage is a range where they disagree."""
    for one in questions.sentences(None, ward, session.on(), lang):
        if one.kind == "range":
            st.markdown(plain(one.text))
    st.caption(say("figures_note", lang))
    figures.reported(session.official_figures(ward, session.on()).rows, ward, lang)
