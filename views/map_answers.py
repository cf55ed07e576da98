"""What the browser says of the live map, and what the page answers: clicks, choices, searches, places to look at.

Nothing from the browser is believed: a row is a row only where this very drawing has it.
"""

from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Any, TypeGuard

import pandas as pd

from geo.vietnam import is_in_vietnam
from layers.layer import HOUSEHOLDS, Layer, LayerKind

# A text from the browser is searched for up to this many letters.
LONGEST_SEARCH = 80

# From what somebody typed to household_id, head and address of the households meant.
Find = Callable[[str], pd.DataFrame]


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


def placed(state: Any) -> Place | None:
    """Return the place that the browser says was clicked; None where it says none that can be."""
    if not isinstance(state, dict):
        return None
    lat, lon, at = (state.get(name) for name in ("lat", "lon", "at"))
    if not (isinstance(lat, float) and isinstance(lon, float) and isinstance(at, int)):
        return None
    return Place(lat, lon, at) if is_in_vietnam(lat, lon) else None


def answered(state: Any, layers: list[Layer], drawing: str) -> dict[str, Any] | None:
    """Return what is to be said of the point that was clicked; None where none was on this drawing."""
    if clicked(state, layers, drawing) is None or layers[state["layer"]].kind != LayerKind.POINTS:
        return None
    return _said(layers, state["layer"], state["row"])


def focused(layers: list[Layer], key: str | None) -> dict[str, Any] | None:
    """Return where the row with that key is, the topmost layer first, and what is said of it where it is a point."""
    for place in reversed(range(len(layers))):
        row = _row_of(layers[place], key)
        if row is None:
            continue
        bounds = [float(edge) for edge in layers[place].frame.geometry.iloc[row].bounds]
        point = layers[place].kind == LayerKind.POINTS
        return {"key": key, "bounds": bounds, **(_said(layers, place, row) if point else {})}
    return None


def found(state: Any, layers: list[Layer], find: Find | None) -> dict[str, Any] | None:
    """Return the households that were searched for: the text, and of each its lines, and where it is on the map.

    `layer` and `row` are None where the household is not drawn.
    """
    text = state.get("text") if isinstance(state, dict) else None
    if find is None or not isinstance(text, str):
        return None
    place = choosable(layers)
    hits = []
    for household, head, address in find(text[:LONGEST_SEARCH])[
        ["household_id", "head", "address"]
    ].itertuples(index=False):
        row = None if place is None else _row_of(layers[place], household)
        lines = [str(line) for line in (head, address) if not pd.isna(line)]
        hits.append(
            {"lines": lines or [household], "layer": None if row is None else place, "row": row}
        )
    return {"text": text, "hits": hits}


def choosable(layers: list[Layer]) -> int | None:
    """Return the place of the layer of households; None where there is none."""
    places = [
        place
        for place, layer in enumerate(layers)
        if layer.kind == LayerKind.POINTS and layer.name == HOUSEHOLDS
    ]
    return places[-1] if places else None


def _row_of(layer: Layer, key: str | None) -> int | None:
    """Return the row that has a key; None where there is none."""
    rows = (layer.frame["key"].astype(str).to_numpy() == key).nonzero()[0]
    return None if key is None or len(rows) == 0 else int(rows[0])


def _said(layers: list[Layer], place: int, row: int) -> dict[str, Any]:
    text = str(layers[place].column("label").iloc[row])
    return {"layer": place, "row": row, "text": text}


def _is_place(place: Any, many: Sized) -> TypeGuard[int]:
    """Whether a number from the browser is a place in a row of things."""
    return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(many)
