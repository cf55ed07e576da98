"""Tổng quan: the ward in figures and on the map."""

import streamlit as st

from views import figures, session
from views.live_map import live_map
from views.text import plain
from words import say

MAP_PX = 440


def page() -> None:
    """Show how far the ward has come, for every goal."""
    lang, ward, day = session.lang(), session.ward(), session.on()
    names = session.wards().set_index("ward_code")["name"]
    counted = session.coverage("ward", None, ward, day)

    st.header(plain(names[ward]))
    figures.coverage_line(counted.total, lang)
    left, right = st.columns(2)
    with left:
        layers = session.coverage_layers(ward, None, day, lang)
        live_map(layers, key="overview_map", height=MAP_PX, lang=lang, follow=False)
    with right:
        st.subheader(say("by_goal", lang))
        goals = session.goals().set_index("goal_id")["name"]
        rows = counted.rows[counted.rows["area"] == ward]
        every = say("every_goal", lang)
        figures.coverage_table(rows.assign(name=rows["goal"].map(goals).fillna(every)), lang)
        st.caption(say("as_of", lang, on=day))
    reports = session.official_figures(ward, day)
    if not reports.rows.empty:
        st.subheader(say("figures_reported", lang))
        st.caption(say("figures_note", lang))
        figures.reported(reports.rows, ward, lang)
