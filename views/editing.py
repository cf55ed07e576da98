"""Sửa: people, teams, goals, households, visits and neighbourhoods changed by hand; every change can be undone."""

import streamlit as st

import workflow
from views import editing_state as state
from views import session
from views.editing_history import history
from views.editing_homes import move, vanished
from views.editing_places import places
from views.editing_rows import add, correct, end
from views.editing_support import support
from views.editing_visits import record
from words import say

Kind = workflow.Kind
SUBJECTS = (
    *("members", "teams", "goals", "households", "visits", "neighbourhoods"),
    "history",
)
DOINGS = {
    "members": ("correct", "add", "end"),
    "teams": ("correct", "add", "end", "support"),
    "goals": ("correct", "add", "end"),
    "households": ("correct", "move", "add", "end", "vanished"),
}


def page() -> None:
    """Show one kind of thing at a time, and what can be done with it."""
    lang, ward = session.lang(), session.ward()
    state.show_done(lang)
    subject = _choice("editing_subjects", SUBJECTS, "editing_subject", lang)
    if subject == "history":
        history(lang)
    elif subject == "visits":
        record(ward, lang)
    elif subject == "neighbourhoods":
        places(ward, lang)
    else:
        doing = _choice("editing_do", DOINGS[subject], f"editing_doing_{subject}", lang)
        _do(doing, Kind(subject), ward, lang)


def _choice(label: str, options: tuple[str, ...], key: str, lang: str) -> str:
    chosen = st.segmented_control(
        say(label, lang),
        options,
        format_func=lambda one: say(f"editing_{one}", lang),
        default=options[0],
        key=f"{key}_{lang}",
        label_visibility="collapsed",
        required=True,
    )
    return str(chosen)


def _do(doing: str, kind: workflow.Kind, ward: str, lang: str) -> None:
    if doing == "support":
        support(lang)
    elif doing == "vanished":
        vanished(ward, lang)
    elif doing == "move":
        move(ward, lang)
    elif doing == "add":
        add(kind, ward, lang)
    elif doing == "end":
        end(kind, ward, lang)
    else:
        correct(kind, ward, lang)
