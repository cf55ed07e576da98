"""The ground of every map: neighbourhoods, streets, the ward's outline, in greys."""

import pandas as pd
from geopandas import GeoDataFrame

from layers.layer import Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import DARK_GREY, GREY

PALE = 0.10


def boundary_layers(
    *,
    neighbourhoods: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    wards: GeoDataFrame | None = None,
    labels: pd.Series | None = None,
) -> list[Layer]:
    """Return the layers of the ground, lowest first; what is None or empty is left out.

    Parameters
    ----------
    neighbourhoods, streets, wards
        See `geo.tables`.
    labels
        What the popup of each neighbourhood says, on the same index; its name where None.
    """
    made = (
        _neighbourhoods(neighbourhoods, labels),
        _streets(streets),
        _wards(wards),
    )
    return [layer for layer in made if layer is not None]


def _neighbourhoods(frame: GeoDataFrame | None, labels: pd.Series | None) -> Layer | None:
    if frame is None or frame.empty:
        return None
    named = frame if labels is None else frame.assign(label=labels)
    shapes = drawable(named, LayerKind.POLYGONS)
    styled = GeoDataFrame(
        {
            "key": shapes["neighbourhood_id"],
            "color": DARK_GREY,
            "title": shapes["name"],
            "label": shapes["name"] if labels is None else shapes["label"],
            "fill_opacity": PALE,
            "weight": 1.2,
        },
        geometry=shapes.geometry,
    )
    legend = (LegendEntry(DARK_GREY, Shape.AREA, "map_neighbourhoods", len(styled)),)
    return Layer("neighbourhoods", LayerKind.POLYGONS, styled, legend)


def _streets(frame: GeoDataFrame | None) -> Layer | None:
    if frame is None or frame.empty:
        return None
    shapes = drawable(frame, LayerKind.LINES)
    styled = GeoDataFrame(
        {"key": shapes["street_id"], "color": GREY, "weight": 0.8}, geometry=shapes.geometry
    )
    return Layer(
        "streets", LayerKind.LINES, styled, (LegendEntry(GREY, Shape.LINE, "map_streets"),)
    )


def _wards(frame: GeoDataFrame | None) -> Layer | None:
    if frame is None or frame.empty:
        return None
    shapes = drawable(frame, LayerKind.POLYGONS)
    styled = GeoDataFrame(
        {"key": shapes["ward_code"], "color": DARK_GREY, "fill_opacity": 0.0, "weight": 3.0},
        geometry=shapes.geometry,
    )
    return Layer("wards", LayerKind.POLYGONS, styled)
