"""What an import would put on the map: each place by how it stands, over the ground that is stored already."""

from collections.abc import Mapping

import pandas as pd
from geopandas import GeoDataFrame

from geo.weighing import State
from layers.boundary import boundary_layers
from layers.labels import lines_of_text, named
from layers.layer import Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import BLUE, GREEN, ORANGE, PURPLE, VERMILION
from words import Lang, say

LOOKS = {
    State.FINE: (BLUE, Shape.CIRCLE),
    State.REPAIRED: (GREEN, Shape.RING),
    State.BORDER: (PURPLE, Shape.RING),
    State.ESTIMATED: (ORANGE, Shape.RING),
    State.DOUBTFUL: (ORANGE, Shape.SQUARE),
    State.OUTSIDE: (VERMILION, Shape.SQUARE),
}
# What may name a place, the most telling first.
TITLES = ("head", "name", "code", "address_raw")
FILLED, FILLED_PLACE = 0.18, 0.7
# Decisions about one place of a boundary, and how it stands since; decisions about whole areas hide nothing.
DECIDED = {
    "gap_mended": State.REPAIRED,
    "overlap_mended": State.REPAIRED,
    "hairs_mended": State.REPAIRED,
    "overlap_cut": State.REPAIRED,
    "overlap_to_inner": State.REPAIRED,
    "gap_wide": State.DOUBTFUL,
    "outside_ward": State.DOUBTFUL,
    "overlap_asked": State.OUTSIDE,
}
FOUND = {
    State.REPAIRED: (GREEN, "map_place_mended"),
    State.DOUBTFUL: (ORANGE, "map_place_doubtful"),
    State.OUTSIDE: (VERMILION, "map_place_asked"),
}


def intake_layers(
    placed: GeoDataFrame,
    states: pd.Series,
    *,
    key: str,
    ground: Mapping[str, GeoDataFrame] | None = None,
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return the stored ground and the rows of a file on it, doubtful and outside ones on top.

    Parameters
    ----------
    placed
        The rows as they would be stored, in EPSG:4326, of any type of geometry.
    states
        The `geo.weighing.State` of each row, on the index of `placed`.
    key
        The column that holds the id of a row.
    ground
        neighbourhoods, streets, wards (see `geo.tables`), drawn below where given.
    lang
        The language of legend and popups.
    """
    made = [
        _layer(placed, states, kind, key=key, lang=lang)
        for kind in (LayerKind.POLYGONS, LayerKind.LINES, LayerKind.POINTS)
    ]
    drawn = [layer for layer in made if layer is not None]
    missing = len(placed) - sum(len(layer.frame) for layer in drawn)
    if missing and drawn:
        drawn[-1] = _with_missing(drawn[-1], missing)
    return [*boundary_layers(**dict(ground or {})), *drawn]


def finding_layer(findings: GeoDataFrame, *, lang: str = Lang.VI) -> Layer | None:
    """Return the places about which something was decided or is asked, asked ones on top; None where there are none.

    `findings` has `what` (its words are `boundary_<what>`), `names` of the neighbourhoods, and the place.
    """
    there = drawable(findings[findings["what"].isin(DECIDED)], LayerKind.POLYGONS)
    if there.empty:
        return None
    meant = there["what"].map(DECIDED)
    order = meant.map({state: place for place, state in enumerate(FOUND)})
    rows = there.loc[order.sort_values(kind="stable").index]
    standing = meant[rows.index]
    styled = GeoDataFrame(
        {
            "key": [f"finding-{place}" for place in range(len(rows))],
            "color": standing.map({state: color for state, (color, _) in FOUND.items()}),
            "label": lines_of_text(named(rows["what"], "boundary", lang), rows["names"]),
            "fill_opacity": FILLED_PLACE,
            "weight": 2.0,
        },
        geometry=rows.geometry,
    )
    counts = standing.value_counts()
    legend = tuple(
        LegendEntry(color, Shape.AREA, code, int(counts[state]))
        for state, (color, code) in reversed(FOUND.items())
        if state in counts.index
    )
    return Layer("intake_findings", LayerKind.POLYGONS, styled, legend)


def _layer(
    placed: GeoDataFrame, states: pd.Series, kind: LayerKind, *, key: str, lang: str
) -> Layer | None:
    there = drawable(placed, kind)
    if there.empty:
        return None
    order = states[there.index].map({state: place for place, state in enumerate(LOOKS)})
    rows = there.loc[order.sort_values(kind="stable").index]
    standing = states[rows.index]
    areas = kind == LayerKind.POLYGONS
    styled = GeoDataFrame(
        {
            "key": rows[key].astype(str),
            "color": standing.map({state: color for state, (color, _) in LOOKS.items()}),
            "shape": standing.map({state: str(shape) for state, (_, shape) in LOOKS.items()}),
            "label": _labels(rows, standing, lang),
            "title": _titles(rows) if areas else "",
            "fill_opacity": FILLED if areas else 0.0,
            "weight": 2.0,
        },
        geometry=rows.geometry,
    )
    return Layer(f"intake_{kind}", kind, styled, _legend(standing, kind))


def _legend(standing: pd.Series, kind: LayerKind) -> tuple[LegendEntry, ...]:
    """Count each state that occurs, the most urgent first."""
    counts = standing.value_counts()
    outline = {LayerKind.POLYGONS: Shape.AREA, LayerKind.LINES: Shape.LINE}.get(kind)
    return tuple(
        LegendEntry(color, outline or shape, f"map_state_{state}", int(counts[state]))
        for state, (color, shape) in reversed(LOOKS.items())
        if state in counts.index
    )


def _with_missing(layer: Layer, missing: int) -> Layer:
    entry = LegendEntry("", Shape.NONE, "map_unlocated", missing)
    return Layer(layer.name, layer.kind, layer.frame, (*layer.legend, entry))


def _titles(rows: GeoDataFrame) -> pd.Series:
    first = pd.Series(None, index=rows.index, dtype="str")
    for name in TITLES:
        if name in rows.columns:
            first = first.fillna(rows[name].astype("str"))
    return first.fillna("")


def _labels(rows: GeoDataFrame, standing: pd.Series, lang: str) -> pd.Series:
    """Say what the place is, how it stands, and where in the file it is."""
    where = [
        "" if pd.isna(row) else say("map_row", lang, row=int(row))
        for row in rows.get("row", pd.Series(None, index=rows.index))
    ]
    return lines_of_text(
        _titles(rows),
        named(standing, "map_state", lang),
        pd.Series(where, index=rows.index, dtype=object),
    )
