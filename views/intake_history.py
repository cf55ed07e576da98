"""What was imported so far: the list, the rows set aside, and the way back."""

from pathlib import Path

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views import intake_state as state
from views.asking import asks, close
from views.errors import told
from views.intake_wrong import download_rejects
from words import say

IMPORTS = {
    "imported_at": "table_when",
    "kind": "table_kind",
    "file_name": "table_file",
    "added": "table_added",
    "changed": "table_changed",
    "set_aside": "table_set_aside",
    "state": "table_state",
    "import_id": "table_import",
}


def so_far(lang: str) -> None:
    """List the imports, and let the person take one back."""
    st.subheader(say("imports_so_far", lang))
    listed = session.imports()
    if listed.empty:
        st.caption(say("no_imports_yet", lang))
        return
    standing = listed["undone_at"].isna()
    moments = [session.local(moment) for moment in listed["imported_at"]]
    shown = listed.assign(
        kind=[say(f"kind_{kind}", lang) for kind in listed["kind"]],
        imported_at=[f"{moment:%d/%m/%Y %H:%M}" for moment in moments],
        state=standing.map({True: say("in_force", lang), False: say("undone", lang)}),
        file_name=_files(listed, lang),
    )
    figures.table(shown, IMPORTS, lang=lang)
    if standing.any():
        _one_import(listed.assign(file_name=shown["file_name"])[standing], lang)


def _files(listed: pd.DataFrame, lang: str) -> list[str]:
    """What each import came from: its file, or a hand."""
    hands = listed["source"].notna()
    return [
        say("edit_by_hand", lang, act=say(name, lang)) if by_hand else name
        for name, by_hand in zip(listed["file_name"], hands, strict=True)
    ]


def _one_import(standing: pd.DataFrame, lang: str) -> None:
    """Offer the rows that one import set aside, and to take it back."""
    files = dict(zip(standing["import_id"], standing["file_name"], strict=True))
    names = {str(code): f"{code} · {file}" for code, file in files.items()}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        newest = f"undo_import_{next(iter(names))}"  # a new import is the one to be offered
        import_id = session.choose(say("choose_import", lang), names, key=newest)
    row = standing[standing["import_id"] == import_id].iloc[0]
    with right, st.container(horizontal=True):
        if asks(say("undo", lang), "undo"):
            take_back(import_id, files[import_id], lang, key="undo")
        if isinstance(row["rejects"], str) and Path(row["rejects"]).is_file():
            download_rejects(Path(row["rejects"]).read_bytes(), row["file_name"], lang)


def take_back(import_id: str, file: str, lang: str, *, key: str) -> None:
    """Ask once more in a dialog, and take an import back."""

    @st.dialog(say("undo", lang), on_dismiss=lambda: close(key))
    def confirm() -> None:
        st.text(say("undo_sure", lang, file=file))
        with st.container(horizontal=True):
            sure = st.button(say("undo", lang), type="primary", key="undo_sure")
            if st.button(say("cancel", lang)):
                close(key)
                st.rerun()
        if sure:
            with told(lang):
                workflow.undo(session.store(), import_id)
                close(key)
                if state.current().finished:
                    state.begin_again()
                st.session_state["intake_done"] = say("import_undone", lang, import_id=import_id)
                st.rerun()

    confirm()
