"""Gaps as people read them: one sentence each, with the way to its households."""

import streamlit as st

import workflow
from views import leader_questions as questions
from views import session
from views.text import plain
from words import percent, say, written

# So many are told at once; the rest are folded away.
FIRST = 3
WIDTHS = (3, 1)


def cards(goal: str | None, area: str, lang: str, *, first: int = FIRST) -> None:
    """List the gaps, gravest first; choosing one leads to its households."""
    said = questions.gap_sentences(goal, area, session.on(), lang)
    for one in said[:first]:
        _card(one, goal, lang)
    rest = said[first:]
    if rest:
        with st.expander(say("gaps_more", lang, count=len(rest))):
            for one in rest:
                _card(one, goal, lang)
    found = questions.gaps(goal, area, session.on()).total
    with st.popover(say("gaps_how", lang), type="tertiary"):
        level = percent(found["level"], lang, decimals=0)
        within = written(found["within_m"], lang)
        st.caption(plain(say("gaps_method", lang, within_m=within, level=level)))


def _card(one: workflow.Said, goal: str | None, lang: str) -> None:
    """Show a sentence and, where it has rows, the button that leads to them."""
    if one.key is None:
        st.markdown(plain(one.text))
        return
    text, way = st.columns(WIDTHS, vertical_alignment="center", gap="small")
    with text:
        st.markdown(plain(one.text))
    with way:
        label = say("gap_list", lang, count=one.count)
        wanted = st.button(
            label, key=f"gap_{one.key}", help=say("gap_list_help", lang), width="stretch"
        )
    if wanted:
        _open(one.key, goal)


def _open(gap: str, goal: str | None) -> None:
    """Go to the gap's households: its list, and its place on the map."""
    st.session_state["gap"] = gap
    st.session_state["goal"] = goal or session.ALL
    st.session_state["area"] = session.ALL
    st.switch_page(st.session_state["pages"]["do-phu"])
