"""The live map: layers drawn in the browser from one blob, filtered there, the click handed back.

The map stays where the person left it while the page reruns; it is drawn anew only when what it
shows has changed.
"""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import streamlit as st

from geo.vietnam import is_in_vietnam
from layers.layer import HOUSEHOLDS, Layer, LayerKind
from layers.packed import header_of, packed, with_entries
from layers.scripts import CORE_SCRIPTS
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
LIVE_SCRIPTS = (*CORE_SCRIPTS, "map_filters.js", "map_choosing.js", "live_map.js")
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
    "lasso",
    "rectangle",
    "clear",
    "close",
    "waiting",
    "filter",
    "filter_all",
    "filter_clear",
    "facet_goal",
    "facet_member",
    "facet_neighbourhood",
    "facet_trait",
)


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: the layer's name and the key of the row."""

    layer: str
    key: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was clicked, in degrees; `at` tells one click from the next."""

    lat: float
    lon: float
    at: int


@dataclass(frozen=True, slots=True)
class Picked:
    """What a person has picked on just this drawing.

    `clicked` is what was clicked last, None where nothing is; `chosen` are the keys of the households in the lasso or
    the rectangle, or clicked with shift, in the order of the layer; `place` is the last place clicked on this map,
    whatever was drawn then.
    """

    clicked: Click | None = None
    chosen: tuple[str, ...] = ()
    place: Place | None = None


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
    """
    choosable = _choosable(layers) if choosing else None
    blob = packed(
        layers,
        lang=lang,
        on_demand=True,
        height=height,
        focus=focused(layers, focus),
        static=_static_path(),
        words=_words(lang),
        choosable=choosable,
        placing=placing,
    )
    mount = _mounted if follow else _mounted_alone
    mount(blob, layers, key)
    state, drawing = _state(key), header_of(blob)["id"]
    rows = chosen_rows(state.get("chosen"), layers, choosable, drawing)
    keys = [] if choosable is None else layers[choosable].frame["key"].iloc[rows].astype(str)
    here = clicked(state.get("clicked"), layers, drawing)
    return Picked(here, tuple(keys), placed(state.get("place")))


def _mounted(blob: bytes, layers: list[Layer], key: str) -> None:
    """Put the map on the page, with what is to be said of the household that was clicked."""
    header, state = header_of(blob), _state(key)
    rows = chosen_rows(state.get("chosen"), layers, header["choosable"], header["id"])
    answer = answered(state.get("clicked"), layers, header["id"])
    MOUNT(
        key=key,
        data=with_entries(blob, chosen=rows, answer=answer),
        default={"clicked": None, "chosen": None, "place": None},
        on_clicked_change=_nothing,
        on_place_change=_nothing,
        on_chosen_change=_nothing,
    )


# Only this part runs again when something is picked.
_mounted_alone = st.fragment(_mounted)


def focused(layers: list[Layer], key: str | None) -> dict[str, Any] | None:
    """Return where the row with that key is, the topmost layer first, and what is said of it where it is a point."""
    for place in reversed(range(len(layers))):
        keys = layers[place].frame["key"].astype(str).to_numpy()
        rows = (keys == key).nonzero()[0]
        if key is None or len(rows) == 0:
            continue
        row = int(rows[0])
        found: dict[str, Any] = {
            "key": key,
            "bounds": [float(edge) for edge in layers[place].frame.geometry.iloc[row].bounds],
        }
        if layers[place].kind == LayerKind.POINTS:
            found |= {"layer": place, "row": row, "text": _label(layers[place], row)}
        return found
    return None


def answered(state: Any, layers: list[Layer], drawing: str) -> dict[str, Any] | None:
    """Return what is to be said of the point that was clicked; None where none was on this drawing."""
    if clicked(state, layers, drawing) is None or layers[state["layer"]].kind != LayerKind.POINTS:
        return None
    place, row = state["layer"], state["row"]
    return {"layer": place, "row": row, "text": _label(layers[place], row)}


def _label(layer: Layer, row: int) -> str:
    return str(layer.column("label").iloc[row])


def clicked(state: Any, layers: list[Layer], drawing: str) -> Click | None:
    """Return what the browser says was clicked, None where that was on another drawing."""
    if not isinstance(state, dict) or state.get("id") != drawing:
        return None
    index, row = state.get("layer"), state.get("row")
    if not (_is_place(index, layers) and _is_place(row, layers[index].frame)):
        return None
    return Click(layers[index].name, str(layers[index].frame["key"].iloc[row]))


def placed(state: Any) -> Place | None:
    """Return the place that the browser says was clicked; None where it says none that can be."""
    if not isinstance(state, dict):
        return None
    lat, lon, at = (state.get(name) for name in ("lat", "lon", "at"))
    if not (isinstance(lat, float) and isinstance(lon, float) and isinstance(at, int)):
        return None
    return Place(lat, lon, at) if is_in_vietnam(lat, lon) else None


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
    """Return the words of the buttons; the browser puts numbers where `%` is."""
    texts = {name: say(f"map_{name}", lang) for name in WORDS}
    return {
        **texts,
        "chosen": say("map_chosen", lang, households="%"),
        "shown": say("map_shown", lang, shown="%1", total="%2"),
    }


def _is_place(place: Any, many: Sized) -> TypeGuard[int]:
    """Whether a number from the browser is a place in a row of things."""
    return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(many)


def _nothing() -> None:
    """Do nothing: Streamlit keeps a state only where somebody listens to it."""


def _static_path() -> str:
    """Return the path under which this server hands out the folder `static`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static" if base else "/app/static"
