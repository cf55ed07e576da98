"""Support money of a team and month: a setting that staffing and what-ifs show."""

import streamlit as st

import workflow
from views import editing_state as state
from views import session
from views.errors import told
from words import say

STEP_DONG = 50_000


def support(lang: str) -> None:
    """Show how much support there is, and keep another amount."""
    present = state.editing_support()
    with st.form("form_support", border=True):
        st.text(say("editing_support_told", lang))
        amount = st.number_input(
            say("editing_support_dong", lang),
            min_value=0,
            value=None if present is None else int(present),
            step=STEP_DONG,
            key=state.widget("support"),
        )
        wanted = st.form_submit_button(say("editing_save", lang), type="primary")
    if wanted:
        with told(lang):
            workflow.set_support(session.store(), amount)
            state.begin_again()
            st.session_state["editing_told"] = say("editing_support_kept", lang)
            st.rerun()
