"""Neighbourhoods split, merged or drawn anew from a day on: shown before it is saved."""

from typing import Any

import pandas as pd
import streamlit as st

import workflow
from geo.errors import DiabanError
from views import editing_state as state
from views import figures, session
from views.editing_choose import labels_of
from views.editing_cut import drawn_shape
from views.errors import sentence_of
from views.text import plain
from words import number, say

Kind = workflow.Kind
NOBODY = ""
LONGEST_NAME = 80
FORM = "places"
PART_HEADINGS = {
    "name": "table_name",
    "households": "table_households",
    "area_m2": "column_area_m2",
}
LOST = {
    "teams_not_carried": "editing_lost_teams",
    "members_not_carried": "editing_lost_members",
    "households_not_carried": "editing_lost_households",
}


def places(ward: str, lang: str) -> None:
    """Choose what is to become of which neighbourhood, look at it, and save it."""
    doing = st.segmented_control(
        say("editing_do", lang),
        ("split", "merge", "redraw"),
        format_func=lambda one: say(f"editing_{one}", lang),
        default="split",
        required=True,
        label_visibility="collapsed",
        key=f"editing_doing_places_{lang}",
    )
    rows = state.editing_rows(str(Kind.NEIGHBOURHOODS), ward)
    if rows.empty:
        st.info(say("editing_nobody_here", lang))
        return
    names = labels_of(rows, lang)
    chosen = _merged(names, lang) if doing == "merge" else _chosen(str(doing), names, lang)
    left, right = st.columns([3, 2])  # on a phone the map comes first
    with right:
        ways = st.container()
        wanted = _wanted(str(doing), chosen, names, lang)
    with left:
        wanted = drawn_shape(wanted, ward, lang, beside=ways)
    with right:
        _save(wanted, lang)


def _merged(names: dict[str, str], lang: str) -> list[str]:
    chosen: list[str] = st.multiselect(
        say("editing_which_places", lang),
        [*names],
        format_func=lambda one: names[one],
        placeholder=say("editing_choose_none", lang),
        key=state.widget("merge_places"),
    )
    return chosen


def _chosen(doing: str, names: dict[str, str], lang: str) -> list[str]:
    """One neighbourhood to split or to draw anew, if one is chosen."""
    place = st.selectbox(
        say("editing_which_place", lang),
        [*names],
        index=None,
        format_func=lambda one: names[one],
        placeholder=say("editing_choose_none", lang),
        key=state.widget(f"{doing}_place"),
    )
    return [] if place is None else [place]


def _wanted(doing: str, chosen: list[str], names: dict[str, str], lang: str) -> workflow.Redividing:
    """What is to become of what is chosen, with the names of the new ones."""
    old = names[chosen[0]] if chosen else ""
    place = chosen[0] if chosen else None
    if doing == "split":
        parts = (f"{old} A", f"{old} B") if old else ("", "")
        west, east = (
            _name(which, part, lang, at=at)
            for at, (which, part) in enumerate(zip(("west", "east"), parts, strict=True), start=1)
        )
        return workflow.Redividing(names=(west, east), place=place, split=True)
    name = _name("new", old, lang, at=1)
    if doing == "merge":
        return workflow.Redividing(names=(name,), merge=tuple(chosen))
    rest = _rest(place, names, lang)
    return workflow.Redividing(names=(name,), place=place, rest_to=rest)


def _rest(place: str | None, names: dict[str, str], lang: str) -> str | None:
    """Who gets what a neighbourhood drawn anew gives up."""
    others = {NOBODY: say("editing_rest_nobody", lang)} | {
        one: told for one, told in names.items() if one != place
    }
    rest = st.selectbox(
        say("editing_rest_to", lang),
        [*others],
        format_func=lambda one: others[one],
        key=state.widget("rest_to"),
    )
    return rest or None


def _name(which: str, usual: str, lang: str, *, at: int) -> str:
    typed = st.text_input(
        say(f"editing_name_{which}", lang),
        value=usual,
        max_chars=LONGEST_NAME,
        key=state.widget(f"name_{which}_{usual}"),
    )
    state.show_fault(FORM, f"name_{at}", lang)
    return typed


def _save(wanted: workflow.Redividing, lang: str) -> None:
    day: Any = st.date_input(
        say("editing_valid_from", lang),
        value=session.today(),
        max_value=session.today(),
        format="DD/MM/YYYY",
        key=state.widget("places_day"),
    )
    state.show_fault(FORM, "valid_from", lang)
    why = state.ask_why(FORM, lang)
    with st.container(horizontal=True):
        look = st.button(say("editing_preview", lang), key="places_preview")
        keep = st.button(say("editing_save", lang), type="primary", key="places_save")
    state.show_refusal(FORM)
    if not (look or keep):
        return
    if not wanted.merge and wanted.place is None:
        st.info(say("editing_choose_places_first", lang))
        return
    if not wanted.merge and wanted.shape is None:
        st.info(say("editing_draw_first", lang))
        return
    store, today = session.store(), session.today()
    if keep:
        state.save(FORM, lambda: workflow.redivide(store, wanted, day=day, why=why, on=today), lang)
        return
    _preview(wanted, day, lang)


def _preview(wanted: workflow.Redividing, day: Any, lang: str) -> None:
    """Say what a change would come to; nothing is kept."""
    store, today = session.store(), session.today()
    why = say("editing_preview", lang)
    try:
        told = workflow.redivide(store, wanted, day=day, why=why, on=today, keep=False).figures
    except DiabanError as error:
        st.error(plain(sentence_of(error, lang)))
        return
    st.text(say("editing_parts", lang))
    figures.table(pd.DataFrame(told["parts"]), PART_HEADINGS, lang=lang)
    if told["left_m2"]:
        st.warning(plain(say("editing_left", lang, area=number(told["left_m2"], lang))))
    lost = [say(LOST[what], lang, count=count) for what, count in told["not_carried"].items()]
    if lost:
        st.warning(plain(say("editing_not_carried", lang, what=lost)))
