"""The live map: layers drawn in the browser from one blob, filtered there, the click handed back.

The map stays where the person left it while the page reruns; it is drawn anew only when what it
shows has changed.
"""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import streamlit as st

from layers.layer import HOUSEHOLDS, Layer, LayerKind
from layers.packed import header_of, packed, with_entries
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
JS = "\n".join(
    (STATIC / name).read_text("utf-8") for name in ("map_core.js", "map_choosing.js", "live_map.js")
)
MOUNT = st.components.v2.component("diaban_live_map", html=HTML, css=CSS, js=JS)
HEIGHT_PX = 560
WORDS = ("zoom_in", "zoom_out", "whole", "failed", "lasso", "rectangle", "clear", "locale")


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: the layer's name and the key of the row."""

    layer: str
    key: str


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person has picked on just this drawing.

    `clicked` is what was clicked last, None where nothing is; `chosen` are the keys of the households in the lasso or
    the rectangle, or clicked with shift, in the order of the layer.
    """

    clicked: Click | None = None
    chosen: tuple[str, ...] = ()


def live_map(
    layers: list[Layer],
    *,
    key: str,
    height: int = HEIGHT_PX,
    lang: str = Lang.VI,
    focus: str | None = None,
    choosing: bool = False,
) -> Picked:
    """Draw `layers` and return what is picked on just this drawing; a new drawing begins with nothing picked.

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
    choosing
        Offer lasso, rectangle and shift-click on the layer of households.
    """
    choosable = _choosable(layers) if choosing else None
    blob = packed(
        layers,
        lang=lang,
        height=height,
        focus=focus,
        static=_static_path(),
        words=_words(lang),
        choosable=choosable,
    )
    drawing = header_of(blob)["id"]
    before = _state(key)
    rows = chosen_rows(before.get("chosen"), layers, choosable, drawing)
    state = MOUNT(
        key=key,
        data=with_entries(blob, chosen=rows),
        default={"clicked": None, "chosen": None},
        on_clicked_change=_nothing,
        on_chosen_change=_nothing,
    )
    keys = [] if choosable is None else layers[choosable].frame["key"].iloc[rows].astype(str)
    return Picked(clicked(state.get("clicked"), layers, drawing), tuple(keys))


def clicked(state: Any, layers: list[Layer], drawing: str) -> Click | None:
    """Return what the browser says was clicked, None where that was on another drawing."""
    if not isinstance(state, dict) or state.get("id") != drawing:
        return None
    index, row = state.get("layer"), state.get("row")
    if not (_is_place(index, layers) and _is_place(row, layers[index].frame)):
        return None
    return Click(layers[index].name, str(layers[index].frame["key"].iloc[row]))


def chosen_rows(state: Any, layers: list[Layer], choosable: int | None, drawing: str) -> list[int]:
    """Return the rows that the browser says were chosen, none where that was on another drawing."""
    if choosable is None or not isinstance(state, dict) or state.get("id") != drawing:
        return []
    rows = state.get("rows")
    if not isinstance(rows, list):
        return []
    return sorted({row for row in rows if _is_place(row, layers[choosable].frame)})


def _choosable(layers: list[Layer]) -> int | None:
    """Return the place of the layer of households; None where there is none."""
    places = [
        place
        for place, layer in enumerate(layers)
        if layer.kind == LayerKind.POINTS and layer.name == HOUSEHOLDS
    ]
    return places[-1] if places else None


def _state(key: str) -> dict[str, Any]:
    """Return what the browser said before this run."""
    state = st.session_state.get(key)
    return dict(state) if isinstance(state, Mapping) else {}


def _words(lang: str) -> dict[str, str]:
    texts = {name: say(f"map_{name}", lang) for name in WORDS}
    return {**texts, "chosen": say("map_chosen", lang, households="%")}


def _is_place(place: Any, many: Sized) -> TypeGuard[int]:
    """Whether a number from the browser is a place in a row of things."""
    return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(many)


def _nothing() -> None:
    """Do nothing: Streamlit keeps a state only where somebody listens to it."""


def _static_path() -> str:
    """Return the path under which this server hands out the folder `static`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static" if base else "/app/static"
