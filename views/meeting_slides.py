"""The slides of a meeting: one figure line, then the map; counts of few households are never told."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views import meeting_questions as questions
from views.live_map import live_map
from views.text import plain
from words import number, percent, say

MAP_PX = 560
# Members of a team that the what-if offers, and those a team is meant to have.
MOST_MEMBERS, USUAL_MEMBERS = 15, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the slides are about."""

    ward: str
    goal: str | None
    plan: str | None
    on: date
    lang: str


def ward(about: About) -> None:
    """How far the ward has come, and each neighbourhood on the map."""
    lang = about.lang
    shown = questions.public_coverage(about.ward, about.goal, about.on)
    st.header(plain(_name(about)))
    if shown.total is None:
        figures.line([(say("map_reached", lang), say("share_untold", lang))])
    else:
        whole, share = shown.total["households"], percent(shown.total["share_reached"], lang)
        parts = [
            (say("figure_reached", lang, share=share), shown.total["reached"]),
            (say("figure_unreached", lang), shown.total["unreached"]),
        ]
        figures.line(
            [(label, say("figure_of", lang, part=part, whole=whole)) for label, part in parts]
        )
    _map(about, "meeting_ward", ())


def ends(about: About) -> None:
    """The neighbourhoods that have come furthest, and those least far along."""
    lang = about.lang
    shown = questions.public_coverage(about.ward, about.goal, about.on)
    st.header(say("slide_ends", lang))
    left, right = st.columns([2, 3])
    with left:
        for code, rows in (("slide_best", shown.best), ("slide_worst", shown.worst)):
            st.markdown(f"**{say(code, lang)}**")
            _shares(rows, lang)
    with right:
        _map(about, "meeting_ends", tuple(shown.worst["neighbourhood_id"]))


def _shares(rows: pd.DataFrame, lang: str) -> None:
    for name, share in zip(rows["name"], rows["share_reached"], strict=True):
        st.text(say("slide_share", lang, name=name, share=percent(float(share), lang)))
    if rows.empty:
        st.text(say("share_untold", lang))


def gaps(about: About) -> None:
    """Where many unreached households lie together."""
    lang = about.lang
    with st.spinner(say("working_out", lang)):
        rows = questions.public_gaps(about.ward, about.goal, about.on)
    st.header(say("slide_gaps", lang))
    left, right = st.columns([2, 3])
    with left:
        for name, count in zip(rows["name"], rows["about"], strict=True):
            st.text(say("slide_together", lang, name=name, about=int(count)))
        if rows.empty:
            st.text(say("slide_no_gaps", lang))
    with right:
        _map(about, "meeting_gaps", tuple(rows["neighbourhood_id"].unique()))


def plan(about: About) -> None:
    """The sharing in force and the one that is proposed, side by side."""
    lang, listed = about.lang, session.plans()
    st.header(say("slide_plan", lang))
    in_force = listed[listed["status"] == workflow.PlanStatus.APPROVED]["plan_id"]
    before = str(in_force.iloc[0]) if len(in_force) else None
    within = questions.plan_areas(about.plan) if about.plan else ()
    left, right = st.columns(2)
    for column, one, title in ((left, before, "slide_before"), (right, about.plan, "slide_after")):
        with column:
            st.markdown(f"**{say(title, lang)}**")
            if one is None or (one == before and title == "slide_after"):
                st.text(say("slide_no_plan", lang))
                continue
            total = questions.plan_total(one, within)
            st.text(
                say(
                    "slide_plan_line",
                    lang,
                    least=number(total["load_min"]["min"], lang),
                    most=number(total["load_min"]["max"], lang),
                    walk=number(total["walk_m"]["mean"], lang),
                )
            )
            layers = questions.public_plan_layers(one, within, lang)
            live_map(layers, key=f"meeting_{title}", height=MAP_PX - 60, lang=lang, follow=False)


def weeks(about: About) -> None:
    """When everybody will be reached, and what more or fewer volunteers would mean."""
    lang = about.lang
    st.header(say("slide_weeks", lang))
    for sentence in questions.finishing(about.ward, about.goal, about.on, lang):
        st.text(sentence)
    count = st.slider(say("slide_members", lang), 1, MOST_MEMBERS, USUAL_MEMBERS)
    with st.spinner(say("working_out", lang)):
        span = questions.weeks_with(about.ward, count, about.on)
    st.text(say("weeks_told", lang, **{name: number(value, lang) for name, value in span.items()}))


def is_draft(plan_id: str) -> bool:
    """Return whether a plan waits to be put in force."""
    listed = session.plans().set_index("plan_id")["status"]
    return plan_id in listed.index and listed[plan_id] == workflow.PlanStatus.DRAFT


def _map(about: About, key: str, marked: tuple[str, ...]) -> None:
    layers = questions.share_layers(
        about.ward, about.goal, about.on, marked=marked, language=about.lang
    )
    live_map(layers, key=key, height=MAP_PX, lang=about.lang, follow=False)


def _name(about: About) -> str:
    names = session.wards().set_index("ward_code")["name"]
    return str(names[about.ward])
