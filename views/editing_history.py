"""What was changed by hand: who, when, why; and the way back."""

import pandas as pd
import streamlit as st

from views import editing_state as state
from views import figures, session
from views.asking import asks, close
from words import say

HEADINGS = {
    "at": "table_when",
    "act": "column_act",
    "kind": "table_kind",
    "rows": "column_rows",
    "why": "editing_why",
    "who": "column_who",
    "state": "table_state",
    "edit_id": "table_import",
}


def history(lang: str) -> None:
    """List every change, and let one be taken back."""
    listed = state.editing_edits()
    if listed.empty:
        st.info(say("editing_none_yet", lang))
        return
    st.caption(say("editing_history_told", lang))
    standing = listed["stands"].map({True: say("in_force", lang), False: say("undone", lang)})
    shown = listed.assign(
        at=[f"{session.local(moment):%d/%m/%Y %H:%M}" for moment in listed["at"]],
        act=[say(act, lang) for act in listed["act"]],
        kind=[say(f"kind_{kind}", lang) for kind in listed["kind"]],
        state=standing,
    )
    figures.table(shown, HEADINGS, lang=lang)
    if listed["stands"].any():
        _one(shown[listed["stands"]], lang)


def _one(shown: pd.DataFrame, lang: str) -> None:
    names = {
        str(row["edit_id"]): " · ".join((row["edit_id"], row["act"], row["rows"], row["at"]))
        for row in shown.to_dict("records")
    }
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    newest = f"editing_undo_{next(iter(names))}"  # a new change is the one to be offered
    with left:
        edit_id = session.choose(say("editing_which_edit", lang), names, key=newest)
    with right:
        if asks(say("undo", lang), "editing_undo"):
            _sure(edit_id, names[edit_id], lang)


def _sure(edit_id: str, name: str, lang: str) -> None:
    """Ask once more in a dialog."""

    @st.dialog(say("undo", lang), on_dismiss=lambda: close("editing_undo"))
    def confirm() -> None:
        st.text(say("editing_undo_sure", lang, name=name))
        with st.container(horizontal=True):
            sure = st.button(say("undo", lang), type="primary", key="editing_undo_sure")
            if st.button(say("cancel", lang), key="editing_undo_cancel"):
                close("editing_undo")
                st.rerun()
        if sure:
            close("editing_undo")
            state.take_back(edit_id, lang)

    confirm()
