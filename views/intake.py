"""Nhập dữ liệu: hand over files, see what was understood and what is wrong, store them, take them back."""

import streamlit as st

from views import intake_done, intake_file, intake_history, intake_understood, intake_wrong, session
from views import intake_state as state
from views.text import plain
from words import say

PAGES = {
    "file": intake_file.page,
    "understood": intake_understood.page,
    "wrong": intake_wrong.page,
    "done": intake_done.page,
}


def page() -> None:
    """Lead through the four steps; nothing is written before the last one's button."""
    lang = session.lang()
    st.header(say("page_intake", lang))
    if done := st.session_state.pop("intake_done", None):
        st.success(plain(done))
    intake = state.current()
    if not intake.files:
        intake.step = state.STEPS[0]
    _steps(intake.step, lang)
    PAGES[intake.step](intake, lang)
    if intake.step == state.STEPS[0] or intake.finished:
        intake_history.so_far(lang)


def _steps(step: str, lang: str) -> None:
    """Show where the person is among the four steps."""
    at = state.STEPS.index(step)
    items = []
    for number, name in enumerate(state.STEPS):
        here = ' aria-current="step"' if number == at else ""
        look = "done" if number < at else "here" if number == at else "ahead"
        title = say(f"intake_step_{name}", lang)
        items.append(f'<li class="{look}"{here}><b>{number + 1}</b><span>{title}</span></li>')
    st.html(f'<ol class="diaban-steps">{"".join(items)}</ol>')
