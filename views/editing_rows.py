"""Add, correct and end a member, team, goal or household."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

import workflow
from views import editing_form as form
from views import editing_state as state
from views import session
from views.editing_choose import choose_row, day_of
from views.editing_map import point_on_map
from words import say

Kind = workflow.Kind
HAS_PLACE = (Kind.HOUSEHOLDS, Kind.MEMBERS)


def correct(kind: workflow.Kind, ward: str, lang: str) -> None:
    """Show the present values of a row, and save those that are changed."""
    key = choose_row(kind, ward, lang)
    if key is None:
        return
    present = state.editing_values(str(kind), key)
    name = f"correct_{kind}_{key}"
    with st.form(f"form_{name}", border=True):
        typed = form.fields(name, kind, present, ward, lang)
        if kind == Kind.MEMBERS:
            typed |= _home(name, present, lang)
        why = state.ask_why(name, lang)
        wanted = st.form_submit_button(say("editing_save", lang), type="primary")
    state.show_refusal(name)
    if wanted:
        changes = form.changed(typed, present)
        state.save(
            name,
            lambda: workflow.edit(
                session.store(), kind, changes, key=key, why=why, on=session.today()
            ),
            lang,
        )


def add(kind: workflow.Kind, ward: str, lang: str) -> None:
    """Show an empty form, and add what it holds; a household can be pointed at on the map."""
    name = f"add_{kind}"
    box = st.container()
    if kind == Kind.HOUSEHOLDS:
        left, box = st.columns([2, 3])
        with left:
            point_on_map(name, ward, None, lang)
    with box, st.form(f"form_{name}", border=True):
        typed = form.fields(name, kind, {}, ward, lang)
        if kind in HAS_PLACE:
            typed |= _home(name, {}, lang)
        sure = _sure(name, lang)
        why = state.ask_why(name, lang)
        wanted = st.form_submit_button(say("editing_save", lang), type="primary")
        state.show_refusal(name)
    if wanted:
        told = {field: text for field, text in typed.items() if text}
        state.save(
            name,
            lambda: workflow.add(
                session.store(), kind, told, ward=ward, sure=sure, why=why, on=session.today()
            ),
            lang,
        )


def _sure(name: str, lang: str) -> bool:
    """Ask whether a household is another than the one it resembles, where that is the question."""
    if state.fault_of(name).get("code") != "edit_household_there":
        return False
    return st.checkbox(say("editing_sure", lang), key=state.widget(f"sure_{name}"))


def _home(name: str, present: dict[str, str], lang: str) -> dict[str, str]:
    key = state.widget(f"{name}_{form.PLACE}")
    st.session_state.setdefault(key, present.get(form.PLACE, ""))
    text = st.text_input(
        say("editing_place", lang), key=key, help=say("editing_place_help", lang), max_chars=200
    )
    state.show_fault(name, form.PLACE, lang)
    return {form.PLACE: text.strip()}


def end(kind: workflow.Kind, ward: str, lang: str) -> None:
    """Let a row end on a day, or bring back one that has."""
    key = choose_row(kind, ward, lang)
    if key is None:
        return
    rows = state.editing_rows(str(kind), ward).set_index("key")
    ended: Any = rows.loc[key, "ended"]
    name = f"end_{kind}_{key}"
    with st.form(f"form_{name}", border=True):
        day: Any = None
        if pd.isna(ended):
            st.text(say(f"editing_end_about_{kind}", lang))
            day = st.date_input(
                say("editing_end_day", lang),
                value=session.today(),
                format="DD/MM/YYYY",
                key=state.widget(f"day_{name}"),
            )
        else:
            st.text(say("editing_has_ended", lang, day=day_of(ended)))
        for field in ("active_to", "gone_on"):
            state.show_fault(name, field, lang)
        why = state.ask_why(name, lang)
        label = say("editing_end" if day else "editing_resume", lang)
        wanted = st.form_submit_button(label, type="primary")
    state.show_refusal(name)
    if wanted:
        state.save(name, lambda: _end(kind, key, day, why), lang)


def _end(kind: workflow.Kind, key: str, day: date | None, why: str) -> workflow.Edited:
    store, today = session.store(), session.today()
    if day is None:
        return workflow.resume(store, kind, key, why=why, on=today)
    return workflow.end(store, kind, key, day=day, why=why, on=today)
