"""The line or the boundary that changes a neighbourhood: clicked on the map, typed, pasted or handed over."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

import workflow
from geo.errors import DiabanError
from views import editing_state as state
from views import session
from views.editing_map import is_new
from views.errors import sentence_of
from views.intake_state import own_name
from views.live_map import live_map
from views.text import plain
from words import say

MAP_PX = 460
WAYS = ("by_points", "by_file", "by_text")
LONGEST_TEXT = 2_000_000
Places = tuple[tuple[float, float], ...]
ENDINGS = ("geojson", "json", "gpkg", "kml", "kmz", "zip")


def drawn_shape(
    wanted: workflow.Redividing, ward: str, lang: str, *, beside: Any
) -> workflow.Redividing:
    """Let a person draw what a change needs; return the change with its shape, where there is one.

    `beside` holds what there is to choose and type about the drawing.
    """
    corners, shape, clicking = state.widget("corners"), None, False
    pointed: Places = ()
    if wanted.place is not None:
        with beside:
            way = _way(lang)
            clicking = way == WAYS[0]
            pointed, shape = _told(wanted, way, corners, ward, lang)
    layers = workflow.cutting_layers(session.store(), ward, pointed, shape, lang=lang)
    picked = live_map(
        layers,
        key="editing_cut_map",
        height=MAP_PX,
        lang=lang,
        focus=wanted.place or (wanted.merge[0] if wanted.merge else None),
        placing=clicking,
    )
    if clicking and picked.place is not None and is_new(picked.place.at):
        added = workflow.corners_text([(picked.place.lat, picked.place.lon)])
        st.session_state[f"{corners}_next"] = "\n".join(
            part for part in (st.session_state.get(corners, ""), added) if part
        )
        st.rerun()
    return replace(wanted, shape=shape)


def _way(lang: str) -> str:
    chosen = st.segmented_control(
        say("editing_shape_by", lang),
        WAYS,
        format_func=lambda one: say(f"editing_{one}", lang),
        default=WAYS[0],
        required=True,
        key=f"editing_shape_way_{lang}",
    )
    return str(chosen)


def _told(
    wanted: workflow.Redividing, way: str, corners: str, ward: str, lang: str
) -> tuple[Places, Any]:
    """The points that were told, and the shape they or a file make; what is wrong is said."""
    try:
        if way == WAYS[1]:
            return (), _of_file(ward, lang)
        if way == WAYS[2]:
            return (), _of_text(ward, lang)
        return _of_points(wanted, corners, lang)
    except DiabanError as error:
        st.error(plain(sentence_of(error, lang)))
        return (), None


def _of_points(wanted: workflow.Redividing, corners: str, lang: str) -> tuple[Places, Any]:
    if f"{corners}_next" in st.session_state:
        st.session_state[corners] = st.session_state.pop(f"{corners}_next")
    st.caption(say("editing_corners_line" if wanted.split else "editing_corners_area", lang))
    text = st.text_area(say("editing_corners", lang), key=corners, height=110)
    lines = text.splitlines()
    with st.container(horizontal=True):
        if st.button(say("editing_corner_back", lang), disabled=not lines):
            st.session_state[f"{corners}_next"] = "\n".join(lines[:-1])
            st.rerun()
        if st.button(say("editing_corners_clear", lang), disabled=not lines):
            st.session_state[f"{corners}_next"] = ""
            st.rerun()
    pointed = workflow.places_in(text)
    return pointed, workflow.shape_of_corners(pointed, closed=not wanted.split)


def _of_file(ward: str, lang: str) -> Any:
    given = st.file_uploader(
        say("editing_shape_file", lang), type=[*ENDINGS], key=state.widget("shape_file")
    )
    if given is None:
        return None
    with TemporaryDirectory(prefix="diaban-") as folder:
        path = Path(folder) / own_name(given.name)
        path.write_bytes(given.getbuffer())
        return workflow.shape_of_file(session.store(), path, ward)


def _of_text(ward: str, lang: str) -> Any:
    text = st.text_area(
        say("editing_shape_text", lang),
        max_chars=LONGEST_TEXT,
        height=160,
        key=state.widget("shape_text"),
    ).strip()
    return workflow.shape_of_text(session.store(), text, ward) if text else None
