"""The map on which things are changed: the ground, what is there now, and what a person has pointed at."""

from collections.abc import Sequence

from geopandas import GeoDataFrame, GeoSeries
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.terms import STORED_CRS
from layers.layer import Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import BLUE, GREY, PURPLE, VERMILION
from words import Lang, say

LINES = ("LineString", "MultiLineString", "LinearRing")
FILLED = 0.25


def editing_layers(
    ground: list[Layer],
    *,
    beside: GeoDataFrame | None = None,
    now: GeoDataFrame | None = None,
    pointed: Sequence[tuple[float, float]] = (),
    drawn: Sequence[BaseGeometry] = (),
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return the layers, lowest first.

    Parameters
    ----------
    ground
        Neighbourhoods, streets, the ward.
    beside, now
        Households around (`household_id`, `label`), and the one that is changed.
    pointed
        Places (latitude, longitude) that a person has pointed at, in order.
    drawn
        Lines and areas that follow from them.
    lang
        The language of what is said.
    """
    made = [*ground, *_drawn(drawn), _homes("beside", beside, GREY, Shape.CIRCLE)]
    made += [_homes("now", now, BLUE, Shape.RING), _pointed(pointed, lang)]
    return [layer for layer in made if layer is not None]


def _homes(name: str, homes: GeoDataFrame | None, color: str, shape: Shape) -> Layer | None:
    shown = None if homes is None else drawable(homes, LayerKind.POINTS)
    if shown is None or shown.empty:
        return None
    styled = GeoDataFrame(
        {"key": shown["household_id"], "color": color, "shape": shape, "label": shown["label"]},
        geometry=shown.geometry,
    )
    return Layer(
        name,
        LayerKind.POINTS,
        styled,
        (LegendEntry(color, shape, f"map_edit_{name}", len(styled)),),
    )


def _pointed(places: Sequence[tuple[float, float]], lang: str) -> Layer | None:
    if not places:
        return None
    styled = GeoDataFrame(
        {
            "key": [f"pointed_{at}" for at in range(len(places))],
            "color": VERMILION,
            "shape": Shape.SQUARE,
            "label": [say("map_edit_place", lang, number=at + 1) for at in range(len(places))],
        },
        geometry=[Point(lon, lat) for lat, lon in places],
        crs=STORED_CRS,
    )
    legend = (LegendEntry(VERMILION, Shape.SQUARE, "map_edit_pointed", len(styled)),)
    return Layer("pointed", LayerKind.POINTS, styled, legend)


def _drawn(shapes: Sequence[BaseGeometry]) -> list[Layer]:
    kinds = GeoSeries(list(shapes), crs=STORED_CRS)
    flat = kinds.geom_type.isin(LINES)
    return [
        _shapes(kind, own, color)
        for kind, own, color in (
            (LayerKind.POLYGONS, kinds[~flat], PURPLE),
            (LayerKind.LINES, kinds[flat], VERMILION),
        )
        if len(own)
    ]


def _shapes(kind: LayerKind, shapes: GeoSeries, color: str) -> Layer:
    frame = GeoDataFrame(
        {
            "key": [f"drawn_{kind}_{at}" for at in range(len(shapes))],
            "color": color,
            "fill_opacity": FILLED if kind == LayerKind.POLYGONS else 0.0,
            "weight": 2.5,
        },
        geometry=shapes.to_numpy(),
        crs=STORED_CRS,
    )
    shape = Shape.AREA if kind == LayerKind.POLYGONS else Shape.LINE
    return Layer(f"drawn_{kind}", kind, frame, (LegendEntry(color, shape, "map_edit_drawn"),))
