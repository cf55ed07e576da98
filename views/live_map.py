"""The live map: layers drawn in the browser from one blob, filtered there, the click handed back.

The map stays where the person left it while the page reruns; it is drawn anew only when what it
shows has changed.
"""

from collections.abc import Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import streamlit as st

from layers.layer import Layer
from layers.packed import header_of, packed
from words import Lang, say

STATIC = Path(__file__).resolve().parent.parent / "static"
HTML = """
<div class="diaban-map" data-testid="diaban-map" data-ready="0">
  <div class="diaban-stage"></div>
  <div class="diaban-legend" hidden></div>
</div>
"""
# Vendored styles first, so that ours win.
CSS = "\n".join(
    (STATIC / name).read_text("utf-8") for name in ("vendor/leaflet/leaflet.css", "map.css")
)
JS = "\n".join((STATIC / name).read_text("utf-8") for name in ("map_core.js", "live_map.js"))
MOUNT = st.components.v2.component("diaban_live_map", html=HTML, css=CSS, js=JS)
HEIGHT_PX = 560
WORDS = ("zoom_in", "zoom_out", "whole", "failed")


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: the layer's name and the key of the row."""

    layer: str
    key: str


def live_map(
    layers: list[Layer],
    *,
    key: str,
    height: int = HEIGHT_PX,
    lang: str = Lang.VI,
    focus: str | None = None,
) -> Click | None:
    """Draw `layers` and return what was clicked last on just this drawing, None where nothing is.

    Parameters
    ----------
    layers
        Lowest first.
    key
        The map's name on the page: the same key keeps the same map, its place and its zoom.
    height
        Pixels; less on a phone.
    lang
        The language of legend and buttons.
    focus
        The key of a polygon to look at; None for everything. The map moves when this changes, not
        otherwise.
    """
    blob = packed(
        layers,
        lang=lang,
        height=height,
        focus=focus,
        static=_static_path(),
        words={name: say(f"map_{name}", lang) for name in WORDS},
    )
    state = MOUNT(key=key, data=blob, default={"clicked": None}, on_clicked_change=_nothing)
    return clicked(state.get("clicked"), layers, header_of(blob)["id"])


def clicked(state: Any, layers: list[Layer], drawing: str) -> Click | None:
    """Return what the browser says was clicked, None where that was on another drawing."""
    if not isinstance(state, dict) or state.get("id") != drawing:
        return None
    index, row = state.get("layer"), state.get("row")
    if not (_is_place(index, layers) and _is_place(row, layers[index].frame)):
        return None
    return Click(layers[index].name, str(layers[index].frame["key"].iloc[row]))


def _is_place(place: Any, many: Sized) -> TypeGuard[int]:
    """Whether a number from the browser is a place in a row of things."""
    return isinstance(place, int) and 0 <= place < len(many)


def _nothing() -> None:
    """Do nothing: Streamlit keeps a state only where somebody listens to it."""


def _static_path() -> str:
    """Return the path under which this server hands out the folder `static`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static" if base else "/app/static"
