"""Boundaries in the intake: what was decided about them, and what only a person can decide."""

import pandas as pd
import streamlit as st

import workflow
from views import figures
from views import intake_state as state
from views.text import plain
from words import number, say

ASKED = "overlap_asked"
CUT = ("overlap_cut", "overlap_to_inner")
COLUMNS = {
    "what": "table_decided",
    "names": "table_area",
    "value": "column_value",
    "area_m2": "table_area_m2",
    "width_m": "table_width_m",
    "moved_m": "table_moved_m",
}


def boundaries(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    """Show what was decided about the boundaries of a file, and ask about wide overlaps."""
    if file.kind != workflow.Kind.NEIGHBOURHOODS:
        return
    found = pd.DataFrame(result.findings)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        _wide_overlaps(file, found, lang)
    with right:
        _begins(file, lang)
    st.subheader(say("intake_decided", lang, count=len(found)))
    if found.empty:
        st.caption(say("intake_nothing_decided", lang))
        return
    told = found.assign(
        what=[say(f"boundary_{what}", lang) for what in found["what"]],
        width_m=[_metres(width, lang) for width in found["width_m"]],
        moved_m=[_metres(moved, lang) for moved in found["moved_m"]],
    )
    shown = {
        name: code for name, code in COLUMNS.items() if told[name].replace("", None).notna().any()
    }
    figures.table(told, shown, lang=lang)


def _metres(length: float, lang: str) -> str:
    return number(length, lang, decimals=1) if pd.notna(length) else ""


def _wide_overlaps(file: state.File, found: pd.DataFrame, lang: str) -> None:
    """Ask whether wide overlaps are cut: the word of the person, never guessed."""
    cut = bool(file.more.get("cut_wide", False))
    asked = found[found["what"] == ASKED] if "what" in found else found
    if asked.empty and not cut:
        return
    for one in asked.to_dict("records"):
        name, _, other = str(one["names"]).partition(", ")
        places = {"name": name, "other": other}
        sizes = {"area_m2": round(one["area_m2"]), "width_m": round(one["width_m"], 1)}
        st.warning(plain(say("boundary_overlap_question", lang, **places, **sizes)))
    wanted = st.checkbox(say("intake_cut_wide", lang), value=cut, key=f"cut_{file.token}_{lang}")
    if wanted != cut:
        file.more = {**file.more, "cut_wide": wanted}
        st.rerun()


def _begins(file: state.File, lang: str) -> None:
    """Ask from which day the boundaries are in force; without an answer the file or today tells."""
    day = st.date_input(
        say("intake_valid_from", lang),
        value=file.more.get("valid_from"),
        format="DD/MM/YYYY",
        key=f"begins_{file.token}_{lang}",
        help=say("intake_valid_from_help", lang),
    )
    if day != file.more.get("valid_from"):
        file.more = {**file.more, "valid_from": day}
        st.rerun()
