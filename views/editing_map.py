"""The map beside a form: a click becomes the text of a place."""

import streamlit as st

import workflow
from views import editing_state as state
from views import session
from views.live_map import live_map
from words import say

MAP_PX = 460
PLACED = "neighbourhood_given"


def point_on_map(name: str, ward: str, household: str | None, lang: str) -> None:
    """Draw the ward, a household in it where one is chosen, and take a click for the place of the form `name`."""
    key = state.widget(f"{name}_place")
    pointed = workflow.place_typed(session.store(), ward, str(st.session_state.get(key, "")))
    layers = state.editing_place_layers(ward, household, pointed, lang)
    st.caption(say("editing_place_told", lang))
    picked = live_map(
        layers,
        key="editing_map",
        height=MAP_PX,
        lang=lang,
        focus=household if _is_in_place(household) else None,
        placing=True,
    )
    if picked.place is not None and is_new(picked.place.at):
        text = workflow.corners_text([(picked.place.lat, picked.place.lon)])
        st.session_state[key] = text
        st.rerun()


def _is_in_place(household: str | None) -> bool:
    """Whether a household lies where it can be looked at; elsewhere the ward is shown, to point into."""
    if household is None:
        return False
    return bool(state.editing_values(str(workflow.Kind.HOUSEHOLDS), household)[PLACED])


def is_new(click: int) -> bool:
    """Return whether a click was not taken yet; it is from now on."""
    fresh = st.session_state.get("editing_click") != click
    st.session_state["editing_click"] = click
    return fresh
