"""Households: put one where it is, and decide about those that a newer list lacks."""

from collections.abc import Callable

import streamlit as st

import workflow
from views import editing_form as form
from views import editing_state as state
from views import session
from views.editing_choose import choose_row, day_of
from views.editing_map import point_on_map
from views.text import plain
from words import say

Kind = workflow.Kind
SHOWN = 20


def move(ward: str, lang: str) -> None:
    """Point at the new place of a household, on the map or in words."""
    household = choose_row(Kind.HOUSEHOLDS, ward, lang)
    if household is None:
        return
    name = f"move_{household}"
    key = state.widget(f"{name}_{form.PLACE}")
    left, right = st.columns([3, 2])  # on a phone the map comes first
    with left:
        point_on_map(name, ward, household, lang)
    with right, st.form(f"form_{name}", border=True):
        place = st.text_input(
            say("editing_place", lang), key=key, help=say("editing_place_help", lang), max_chars=200
        )
        state.show_fault(name, form.PLACE, lang)
        why = state.ask_why(name, lang)
        wanted = st.form_submit_button(say("editing_save_move", lang), type="primary")
        state.show_refusal(name)
    if wanted:
        state.save(
            name,
            lambda: workflow.move_household(
                session.store(), household, place, why=why, on=session.today()
            ),
            lang,
        )


def vanished(ward: str, lang: str) -> None:
    """List the households that a newer list lacks, each with the two answers."""
    waiting = state.editing_vanished(ward)
    if waiting.empty:
        st.info(say("editing_vanished_none", lang))
        return
    st.text(say("editing_vanished_told", lang, households=len(waiting)))
    why = state.ask_why("vanished", lang)
    state.show_refusal("vanished")
    for row in waiting.head(SHOWN).to_dict("records"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            since = say("editing_vanished_since", lang, day=day_of(row["since"]))
            st.markdown(f"**{plain(row['label'])}**  \n{plain(since)}")
            _answer(str(row["key"]), why, lang)


def _answer(household: str, why: str, lang: str) -> None:
    store, today = session.store(), session.today()
    answers: dict[str, Callable[[], workflow.Edited]] = {
        "gone": lambda: workflow.end(
            store, Kind.HOUSEHOLDS, household, day=today, why=why, on=today
        ),
        "stays": lambda: workflow.resume(store, Kind.HOUSEHOLDS, household, why=why, on=today),
    }
    for answer, change in answers.items():
        if st.button(say(f"editing_{answer}", lang), key=state.widget(f"{answer}_{household}")):
            state.save("vanished", change, lang)
