"""Choosing a row: by typed words, with and without diacritics; and choosing the row that another one names."""

import pandas as pd
import streamlit as st

import workflow
from views import editing_state as state
from words import say

NOBODY = ""


def choose_row(kind: workflow.Kind, ward: str, lang: str) -> str | None:
    """Let a person find one row of a kind; return its id, None while none is chosen."""
    listed = state.editing_rows(str(kind), ward)
    if listed.empty:
        st.info(say("editing_nobody_here", lang))
        return None
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        words = st.text_input(say("editing_find", lang), key=f"editing_find_{kind}")
    found = workflow.found_by_hand(listed, words)
    if found.empty:
        st.info(say("editing_found_none", lang))
        return None
    with right:
        chosen = _selected(found, kind, lang)
    if len(found) < len(listed) and len(found) == workflow.MOST_FOUND_BY_HAND:
        st.caption(say("editing_found_most", lang, shown=len(found)))
    return chosen


def _selected(found: pd.DataFrame, kind: workflow.Kind, lang: str) -> str | None:
    labels = labels_of(found, lang)
    options, key = [*labels], f"editing_row_{kind}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0] if len(options) == 1 else None
    chosen = st.selectbox(
        say("editing_choose", lang),
        options,
        index=None,
        format_func=lambda one: labels[one],
        placeholder=say("editing_choose_none", lang),
        key=key,
    )
    return None if chosen is None else str(chosen)


def labels_of(rows: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return what rows are called, by id; what has ended says when."""
    told = {}
    for key, label, ended in rows[["key", "label", "ended"]].itertuples(index=False, name=None):
        when = "" if pd.isna(ended) else say("editing_ended", lang, day=day_of(ended))
        told[str(key)] = f"{label} ({when})" if when else str(label)
    return told


def choose_reference(
    label: str, kind: workflow.Kind, present: str, ward: str, *, key: str, lang: str
) -> str:
    """Let a person choose the row that another one names; return its id, blank for none."""
    rows = state.editing_rows(str(kind), ward)
    labels = {NOBODY: say("editing_blank", lang), **labels_of(rows[rows["ended"].isna()], lang)}
    if present not in labels:
        labels[present] = present
    options = [*labels]
    chosen = st.selectbox(
        label,
        options,
        index=options.index(present),
        format_func=lambda one: labels[one],
        key=key,
    )
    return str(chosen)


def day_of(text: object) -> str:
    """Return an ISO day as people write it."""
    return pd.Timestamp(str(text)).strftime("%d/%m/%Y")
