"""Trình chiếu: slides for a meeting, by arrow keys, with nobody's name, house or traits on them."""

from pathlib import Path

import streamlit as st

import workflow
from views import meeting_slides as slides
from views import session
from views.asking import asks, close
from views.errors import told
from views.keys import pressed
from views.plan import plan_names
from views.text import plain
from words import say

STYLES = Path(__file__).resolve().parent.parent / "static" / "meeting.css"
SHOWING, AT = "meeting_slides", "meeting_at"
LONGEST_DECISION = 500
SLIDES = {
    "ward": slides.ward,
    "ends": slides.ends,
    "gaps": slides.gaps,
    "plan": slides.plan,
    "weeks": slides.weeks,
}


def page() -> None:
    """Choose what to show, then show it."""
    if st.session_state.get(SHOWING):
        _show(session.lang())
    else:
        _choose(session.lang())


def _choose(lang: str) -> None:
    """Which slides, which goal, and which plan is proposed."""
    st.header(say("meeting_title", lang))
    st.text(say("meeting_help", lang))
    goal_names, plans = session.goal_names(), plan_names(lang)
    session.choose(say("choose_goal", lang), goal_names, key="goal")
    if plans:
        session.choose(say("meeting_plan", lang), plans, key="plan")
    offered = [one for one in SLIDES if plans or one != "plan"]
    chosen = st.multiselect(
        say("meeting_slides", lang),
        offered,
        default=offered,
        format_func=lambda one: say(f"slide_{one}", lang),
    )
    if st.button(say("meeting_begin", lang), type="primary", disabled=not chosen):
        st.session_state[SHOWING] = [one for one in SLIDES if one in chosen]
        st.session_state[AT] = 0
        st.rerun()


def _show(lang: str) -> None:
    st.html(STYLES)
    listed = st.session_state[SHOWING]
    _turn(pressed("meeting_keys"), len(listed))
    at = min(st.session_state.get(AT, 0), len(listed) - 1)
    with st.container(key="meeting"):
        about = slides.About(
            ward=session.ward(),
            goal=st.session_state.get("goal") or None,
            plan=st.session_state.get("plan"),
            on=session.on(),
            lang=lang,
        )
        SLIDES[listed[at]](about)
    with st.container(key="meeting_ways", horizontal=True, vertical_alignment="center"):
        _ways(at, len(listed), about, lang)


def _turn(key: str | None, count: int) -> None:
    """Go where a key says."""
    at = st.session_state.get(AT, 0)
    if key == "end":
        _end()
        st.rerun()
    ways = {"next": at + 1, "back": at - 1, "first": 0, "last": count - 1}
    st.session_state[AT] = min(max(ways.get(key or "", at), 0), count - 1)


def _end() -> None:
    st.session_state.pop(SHOWING, None)
    st.session_state.pop(AT, None)


def _ways(at: int, count: int, about: slides.About, lang: str) -> None:
    """Back, on, decide and end, for who has no keys at hand."""
    st.button(
        "←",
        key="meeting_back",
        disabled=at == 0,
        help=say("slide_back", lang),
        on_click=_to,
        args=(at - 1,),
    )
    st.text(say("slide_of", lang, at=at + 1, count=count))
    st.button(
        "→",
        key="meeting_next",
        disabled=at == count - 1,
        help=say("slide_next", lang),
        on_click=_to,
        args=(at + 1,),
    )
    _decide(about, lang)
    st.button(say("meeting_end", lang), on_click=_end)


def _to(at: int) -> None:
    st.session_state[AT] = at


def _decide(about: slides.About, lang: str) -> None:
    """Keep what the meeting decides; put the proposed plan in force where that is what it decides."""

    @st.dialog(say("decide_title", lang), on_dismiss=lambda: close("decide"))
    def ask() -> None:
        with st.form("decide", border=False):
            text = st.text_area(say("decide_text", lang), max_chars=LONGEST_DECISION).strip()
            draft = bool(about.plan) and slides.is_draft(about.plan or "")
            approve = draft and st.checkbox(say("decide_approve", lang))
            wanted = st.form_submit_button(say("decide_go", lang), type="primary")
        if wanted and not text:
            st.warning(say("decide_empty", lang))
        elif wanted:
            with told(lang):
                _keep(about, text, lang, approve=approve)

    if asks(say("decide", lang), "decide"):
        ask()


def _keep(about: slides.About, text: str, lang: str, *, approve: bool) -> None:
    store = session.store()
    if approve and about.plan:
        workflow.approve_plan(store, about.plan, why=text)
    else:
        workflow.record_decision(store, text, plan=about.plan)
    close("decide")
    st.toast(plain(say("decided", lang)))
    st.rerun()
