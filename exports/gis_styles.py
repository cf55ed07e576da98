"""Styles that lie in a GeoPackage, in the table `layer_styles`, so that QGIS opens its layers as they are meant.

QGIS reads its own QML by the layer's name where `useAsDefault` is set, the latest `update_time` first (it reads none
where that column is missing); other programs read the SLD (OGC Styled Layer Descriptor 1.0). Unreached and unassigned
households differ from others in shape as well as in colour.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from exports.xml_text import add
from layers.palette import BLUE, DARK_GREY, GREY, VERMILION, colors_of_neighbours
from words import say

STYLES_TABLE = "layer_styles"
GEOMETRY_COLUMN = "geom"
QGIS = "3.22"
OPAQUE, PALE = 255, 90
HORIZONTAL = "4"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
Look = tuple[str, dict[str, str]]


def styles_of(tables: dict[str, DataFrame], *, on: date, lang: str) -> DataFrame:
    """Return the rows of `layer_styles` for the layers of an export of that day, by the columns that QGIS looks for."""
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": name,
            "f_geometry_column": GEOMETRY_COLUMN,
            "styleName": say(f"export_sheet_{name}", lang),
            "styleQML": qml(name, table, lang),
            "styleSLD": sld(name),
            "useAsDefault": True,
            "description": say("export_source", lang),
            "owner": "",
            "ui": "",
            "update_time": pd.Timestamp(on, tz="UTC"),
        }
        for name, table in tables.items()
        if name in RENDERERS
    ]
    columns = list(rows[0]) if rows else []
    return DataFrame(rows, columns=columns)


def qml(name: str, table: Any, lang: str) -> str:
    """Return the QGIS style of a layer."""
    root = Element("qgis", {"version": QGIS, "styleCategories": "Symbology|Labeling"})
    RENDERERS[name](root, table, lang)
    label = next((field for field in LABELS.get(name, ()) if field in table), None)
    if label is not None:
        _labels(root, label, *LETTERS[name])
    return DOCTYPE + tostring(root, encoding="unicode")


def _zones(root: Element, table: GeoDataFrame, _lang: str) -> None:
    """A colour a zone, none like its neighbour's: by member, or in public by the zone's own number and place."""
    told = "member_id" in table
    colors = colors_of_neighbours(table)
    cells = (
        table["member_id"]
        if told
        else table["neighbourhood_id"] + " " + table["zone"].astype("str")
    )
    attribute = "member_id" if told else 'concat("neighbourhood_id", \' \', "zone")'
    names = (
        table["member_name"].fillna(table["member_id"])
        if told
        else table["neighbourhood"] + " · " + table["zone"].astype("str")
    )
    renderer = add(root, "renderer-v2", type="categorizedSymbol", attr=attribute, forceraster="0")
    seen = dict(
        zip(cells.astype("str"), zip(names.astype("str"), colors, strict=True), strict=True)
    )
    looks = {value: _fill(color, PALE) for value, (_, color) in seen.items()}
    _categories(renderer, {value: name for value, (name, _) in seen.items()}, looks, "fill")


def _households(root: Element, _table: GeoDataFrame, lang: str) -> None:
    """Who has a member, and as a square who has none."""
    renderer = add(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr="if(\"member_id\" is null, 'no', 'yes')",
        forceraster="0",
    )
    names = {"yes": say("export_sheet_households", lang), "no": say("cause_unassigned", lang)}
    looks = {"yes": _marker("circle", BLUE, "1.8"), "no": _marker("square", VERMILION, "2.4")}
    _categories(renderer, names, looks, "marker")


def _single(kind: str, look: Look) -> Callable[[Element, Any, str], None]:
    def draw(root: Element, _table: GeoDataFrame, _lang: str) -> None:
        renderer = add(root, "renderer-v2", type="singleSymbol", forceraster="0")
        _symbol(add(renderer, "symbols"), "0", kind, look)

    return draw


def _categories(
    renderer: Element, names: dict[str, str], looks: dict[str, Look], kind: str
) -> None:
    listed, symbols = add(renderer, "categories"), add(renderer, "symbols")
    for number, (value, look) in enumerate(looks.items()):
        add(
            listed,
            "category",
            value=value,
            label=names[value],
            symbol=str(number),
            render="true",
            type="string",
        )
        _symbol(symbols, str(number), kind, look)


def _symbol(symbols: Element, name: str, kind: str, look: Look) -> None:
    drawn, options = look
    symbol = add(symbols, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1")
    layer = add(symbol, "layer", **{"class": drawn, "enabled": "1", "locked": "0", "pass": "0"})
    told = add(layer, "Option", type="Map")
    for option, value in options.items():
        add(told, "Option", type="QString", name=option, value=value)
        add(layer, "prop", k=option, v=value)


def _fill(color: str, alpha: int) -> Look:
    return "SimpleFill", {
        "color": _rgba(color, alpha),
        "style": "solid",
        "outline_color": _rgba(color, OPAQUE),
        "outline_style": "solid",
        "outline_width": "0.5",
        "outline_width_unit": "MM",
    }


def _outline(color: str, width: str) -> Look:
    return "SimpleFill", {
        "style": "no",
        "color": _rgba(color, 0),
        "outline_color": _rgba(color, OPAQUE),
        "outline_style": "solid",
        "outline_width": width,
        "outline_width_unit": "MM",
    }


def _line(color: str, width: str) -> Look:
    return "SimpleLine", {
        "line_color": _rgba(color, OPAQUE),
        "line_style": "solid",
        "line_width": width,
        "line_width_unit": "MM",
    }


def _marker(shape: str, color: str, size: str) -> Look:
    return "SimpleMarker", {
        "name": shape,
        "color": _rgba(color, OPAQUE),
        "outline_color": _rgba("#FFFFFF", OPAQUE),
        "outline_width": "0.2",
        "size": size,
        "size_unit": "MM",
    }


def _rgba(color: str, alpha: int) -> str:
    parts = [str(int(color[at : at + 2], 16)) for at in (1, 3, 5)]
    return ",".join([*parts, str(alpha)])


def _labels(root: Element, field: str, size: str, weight: str) -> None:
    """Inside its area, level; as heavy and as urgent as QGIS makes them, which it takes for 0 where left out."""
    settings = add(add(root, "labeling", type="simple"), "settings")
    style = add(
        settings,
        "text-style",
        fieldName=field,
        fontSize=size,
        fontWeight=weight,
        textColor="31,41,51,255",
    )
    add(style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor="255,255,255,255")
    add(settings, "placement", placement=HORIZONTAL, priority="5")
    add(settings, "rendering", drawLabels="1", scaleVisibility="0", obstacle="0")


RENDERERS: dict[str, Callable[[Element, Any, str], None]] = {
    "zones": _zones,
    "households": _households,
    "neighbourhoods": _single("fill", _outline(DARK_GREY, "0.7")),
    "members": _single("marker", _marker("star", VERMILION, "3.6")),
    "streets": _single("line", _line(GREY, "0.3")),
}
LABELS = {"zones": ("member_name", "zone"), "neighbourhoods": ("neighbourhood",)}
# Points, and how heavy: 50 is plain, 75 bold.
LETTERS = {"zones": ("8", "50"), "neighbourhoods": ("11", "75")}

# --- for other programs ---

SLD = "http://www.opengis.net/sld"
Parts = tuple[tuple[str, dict[str, str]], ...]
SYMBOLIZERS: dict[str, tuple[str, Parts]] = {
    "zones": (
        "PolygonSymbolizer",
        (("Fill", {"fill": BLUE, "fill-opacity": "0.2"}), ("Stroke", {"stroke": BLUE})),
    ),
    "neighbourhoods": (
        "PolygonSymbolizer",
        (("Stroke", {"stroke": DARK_GREY, "stroke-width": "2"}),),
    ),
    "streets": ("LineSymbolizer", (("Stroke", {"stroke": GREY, "stroke-width": "1"}),)),
    "households": ("PointSymbolizer", (("Fill", {"fill": BLUE}),)),
    "members": ("PointSymbolizer", (("Fill", {"fill": VERMILION}),)),
}
SHAPES = {"households": "circle", "members": "star"}


def sld(name: str) -> str:
    """Return a plain style of a layer as SLD 1.0."""
    root = Element("StyledLayerDescriptor", {"xmlns": SLD, "version": "1.0.0"})
    layer = add(root, "NamedLayer")
    add(layer, "Name", name)
    rule = add(add(add(layer, "UserStyle"), "FeatureTypeStyle"), "Rule")
    kind, parts = SYMBOLIZERS[name]
    inside = add(rule, kind)
    if name in SHAPES:
        inside = add(add(inside, "Graphic"), "Mark")
        add(inside, "WellKnownName", SHAPES[name])
    for part, values in parts:
        drawn = add(inside, part)
        for parameter, value in values.items():
            add(drawn, "CssParameter", value, name=parameter)
    return tostring(root, encoding="unicode")
