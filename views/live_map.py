"""The live map: layers drawn in the browser from one blob, filtered there, the click handed back.

The map stays where the person left it while the page reruns; it is drawn anew only when what it
shows has changed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from layers.layer import Layer
from layers.packed import header_of, packed, with_entries
from layers.scripts import CORE_SCRIPTS
from views import basemap
from views.map_answers import (
    Click,
    Find,
    Picked,
    Place,
    answered,
    choosable,
    chosen_rows,
    clicked,
    focused,
    found,
    placed,
)
from words import Lang, say

__all__ = ["Click", "Find", "Picked", "Place", "live_map"]

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
LIVE_SCRIPTS = (
    *CORE_SCRIPTS,
    "map_basemap.js",
    "map_panels.js",
    "map_search.js",
    "map_filters.js",
    "map_choosing.js",
    "live_map.js",
)
JS = "\n".join((STATIC / name).read_text("utf-8") for name in LIVE_SCRIPTS)
MOUNT = st.components.v2.component("diaban_live_map", html=HTML, css=CSS, js=JS)
HEIGHT_PX = 560
WORDS = (
    "zoom_in",
    "zoom_out",
    "whole",
    "north",
    "north_up",
    "failed",
    "keys",
    "lasso",
    "rectangle",
    "clear",
    "close",
    "waiting",
    "search",
    "search_hint",
    "search_none",
    "search_unplaced",
    "filter",
    "filter_all",
    "filter_clear",
    "facet_goal",
    "facet_member",
    "facet_neighbourhood",
    "facet_trait",
)


def live_map(
    layers: list[Layer],
    *,
    key: str,
    height: int = HEIGHT_PX,
    lang: str = Lang.VI,
    focus: str | None = None,
    choosing: bool = False,
    placing: bool = False,
    follow: bool = True,
    find: Find | None = None,
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
        The key of a row to look at: a polygon whole, a household near by, with what is said of it;
        None for everything. The map moves when this changes, not otherwise.
    choosing
        Offer lasso, rectangle and shift-click on the layer of households.
    placing
        Take clicks for places, whatever lies there.
    follow
        Run the page again when something is picked; without it only the map answers, and the page
        hears of what is picked at its next run.
    find
        Offer a search, which asks this for what was typed.
    """
    from_row = choosable(layers) if choosing else None
    blob = packed(
        layers,
        lang=lang,
        on_demand=True,
        height=height,
        focus=focused(layers, focus),
        static=f"{_base()}/app/static",
        basemap=basemap.told(),
        base=_base(),
        words=_words(lang),
        choosable=from_row,
        placing=placing,
        search=find is not None,
    )
    mount = _mounted if follow else _mounted_alone
    mount(blob, layers, key, find)
    state, drawing = _state(key), header_of(blob)["id"]
    rows = chosen_rows(state.get("chosen"), layers, from_row, drawing)
    keys = [] if from_row is None else layers[from_row].frame["key"].iloc[rows].astype(str)
    here = clicked(state.get("clicked"), layers, drawing)
    return Picked(here, tuple(keys), placed(state.get("place")))


def _mounted(blob: bytes, layers: list[Layer], key: str, find: Find | None) -> None:
    """Put the map on the page, with the answers to what was clicked and searched for."""
    header, state = header_of(blob), _state(key)
    rows = chosen_rows(state.get("chosen"), layers, header["choosable"], header["id"])
    answer = answered(state.get("clicked"), layers, header["id"])
    hits = found(state.get("searched"), layers, find)
    MOUNT(
        key=key,
        data=with_entries(blob, chosen=rows, answer=answer, found=hits),
        default={"clicked": None, "chosen": None, "place": None, "searched": None},
        on_clicked_change=_nothing,
        on_place_change=_nothing,
        on_chosen_change=_nothing,
        on_searched_change=_nothing,
    )


# Only this part runs again when something is picked.
_mounted_alone = st.fragment(_mounted)


def _state(key: str) -> dict[str, Any]:
    """Return what the browser said before this run."""
    state = st.session_state.get(key)
    return dict(state) if isinstance(state, Mapping) else {}


def _words(lang: str) -> dict[str, str]:
    """Return the words of the buttons; the browser puts numbers where `%` is."""
    texts = {name: say(f"map_{name}", lang) for name in WORDS}
    return {
        **texts,
        "chosen": say("map_chosen", lang, households="%"),
        "shown": say("map_shown", lang, shown="%1", total="%2"),
    }


def _nothing() -> None:
    """Do nothing: Streamlit keeps a state only where somebody listens to it."""


def _base() -> str:
    """Return the path below which this server answers, without a slash at its end."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
