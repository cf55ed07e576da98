"""What a person is changing by hand: what was saved last, what is wrong with a form, and the questions it asks."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

import workflow
from geo.errors import DiabanError
from layers.layer import Layer
from views import session
from views.errors import sentence_of
from views.session import kept
from views.text import plain
from words import problem, say

DONE = "editing_done"
FAULTS = "editing_faults"
ROUND = "editing_round"
LONGEST_WHY = 300


def widget(name: str) -> str:
    """Return the key of a widget that begins anew after each change that was saved."""
    return f"editing_{name}_{st.session_state.get(ROUND, 0)}_{session.lang()}"


def ask_why(name: str, lang: str, *, usual: str = "") -> str:
    """Ask for the reason, which every change needs."""
    return st.text_input(
        say("editing_why", lang),
        value=usual,
        max_chars=LONGEST_WHY,
        help=say("editing_why_help", lang),
        key=widget(f"why_{name}"),
    )


def save(form: str, change: Callable[[], workflow.Edited], lang: str) -> None:
    """Make a change; where it is refused, say so at the form that asked for it, beside its fields."""
    st.session_state.pop(FAULTS, None)
    try:
        edited = change()
    except DiabanError as error:
        faults = error.facts.get("faults", {})
        told = {"form": form, "text": sentence_of(error, lang), "code": error.code}
        st.session_state[FAULTS] = told | {"fields": dict(faults)}
        st.rerun()
    st.session_state[DONE] = edited
    begin_again()
    st.rerun()


def begin_again() -> None:
    """Let every form begin with what is stored now."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(FAULTS, None)


def fault_of(form: str) -> dict[str, Any]:
    """Return what was wrong when this form was saved last; empty where nothing was."""
    found = st.session_state.get(FAULTS, {})
    return found if found.get("form") == form else {}


def show_fault(form: str, field: str, lang: str) -> None:
    """Say below a field what is wrong with it."""
    check = fault_of(form).get("fields", {}).get(field)
    if check is not None:
        st.error(plain(problem(check, lang)))


def show_refusal(form: str) -> str | None:
    """Say why a form was not saved, and return the code of that."""
    found = fault_of(form)
    if not found:
        return None
    st.error(plain(found["text"]))
    return str(found["code"])


def show_done(lang: str) -> None:
    """Say what was saved last, and offer to take it back."""
    if told := st.session_state.pop("editing_told", None):
        st.success(plain(told))
    edited: workflow.Edited | None = st.session_state.get(DONE)
    if edited is None:
        return
    code = "editing_done_more" if edited.placed_again else "editing_done"
    facts = {
        "what": say(f"edit_{edited.act}", lang),
        "kind": say(f"kind_{edited.kind}", lang),
        "edit_id": edited.edit_id,
        "rows": edited.placed_again,
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(say(code, lang, **facts)))
        back = st.button(say("undo", lang), key="editing_undo_last")
    for check in edited.notes:
        st.warning(plain(problem(check, lang)))
    if back:
        take_back(edited.edit_id, lang)


def take_back(edit_id: str, lang: str) -> None:
    """Take a change back and say so; a refusal is said where the button is."""
    try:
        workflow.undo(session.store(), edit_id)
    except DiabanError as error:
        st.error(plain(sentence_of(error, lang)))
        return
    if edit_id == getattr(st.session_state.get(DONE), "edit_id", None):
        st.session_state.pop(DONE)
    begin_again()
    st.session_state["editing_told"] = say("editing_undone", lang, edit_id=edit_id)
    st.rerun()


# --- questions ---


@kept
def editing_rows(asked: workflow.Store, kind: str, ward: str | None) -> pd.DataFrame:
    """Return the rows of a kind to choose from."""
    return workflow.rows_by_hand(asked, workflow.Kind(kind), ward)


@kept
def editing_values(asked: workflow.Store, kind: str, key: str) -> dict[str, str]:
    """Return the present values of a row."""
    return workflow.values_by_hand(asked, workflow.Kind(kind), key)


@kept
def editing_vanished(asked: workflow.Store, ward: str) -> pd.DataFrame:
    """Return the households that wait for a decision."""
    return workflow.vanished_by_hand(asked, ward)


@kept
def editing_in_charge(asked: workflow.Store, household: str) -> str:
    """Return who has a household in the plan in force."""
    return workflow.in_charge_by_hand(asked, household)


@kept
def editing_edits(asked: workflow.Store) -> pd.DataFrame:
    """Return what was changed by hand."""
    return workflow.edits(asked)


@kept
def editing_support(asked: workflow.Store) -> float | None:
    """Return the support of a team and month."""
    return workflow.support(asked)


@kept
def editing_place_layers(
    asked: workflow.Store,
    ward: str,
    household: str | None,
    pointed: tuple[tuple[float, float], ...],
    language: str,
) -> list[Layer]:
    """Return the drawing of a household among its neighbours."""
    return workflow.place_layers(asked, ward, household, pointed, lang=language)
