"""A plan for Google Earth and phones: KML 2.2 with styles, zones, households and members' homes in folders.

OGC 07-147r2. Colours are written aabbggrr. A public file has zones and counts alone.
"""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from exports.content import DECIMALS, PlanExport, stamp, tables_of
from exports.xml_text import add, write_xml
from geo.terms import STORED_CRS
from layers.palette import BLUE, VERMILION, ZONE_COLORS, colors_of_neighbours
from words import Lang, column, say

NAMESPACE = "http://www.opengis.net/kml/2.2"
FOLDERS = ("zones", "households", "members")
POINT_COLORS = {"households": VERMILION, "members": BLUE}
LINE, FILL = "ff", "59"
# What is told of a place beside its name, each under its heading.
TOLD = {
    "zones": ("neighbourhood", "households", "households_shown", "load_min", "walk_m"),
    "households": ("member_name", "house_number", "alley", "street", "phone", "household_id"),
    "members": ("role", "phone", "households"),
}


def write_kml(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write a plan as KML; raise `InputError` where the file cannot be written."""
    root = Element("kml", {"xmlns": NAMESPACE})
    document = add(root, "Document")
    marks = stamp(content, public=public, lang=lang)
    add(document, "name", content.plan["name"])
    add(document, "description", " · ".join(marks.values()))
    _styles(document)
    tables = tables_of(content, public=public)
    for name in FOLDERS:
        if name in tables:
            _folder(document, name, GeoDataFrame(tables[name]).to_crs(STORED_CRS), lang)
    write_xml(root, path)


def _styles(document: Element) -> None:
    for number, color in enumerate(ZONE_COLORS):
        style = add(document, "Style", id=f"zone{number}")
        line = add(style, "LineStyle")
        add(line, "color", LINE + _bgr(color))
        add(line, "width", 2)
        add(add(style, "PolyStyle"), "color", FILL + _bgr(color))
    for name, color in POINT_COLORS.items():
        icon = add(add(document, "Style", id=name), "IconStyle")
        add(icon, "color", LINE + _bgr(color))
        add(icon, "scale", 0.7)


def _bgr(color: str) -> str:
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"{blue}{green}{red}".lower()


def _folder(document: Element, name: str, table: GeoDataFrame, lang: str) -> None:
    folder = add(document, "Folder")
    add(folder, "name", say(f"export_sheet_{name}", lang))
    styles = [name] * len(table)
    if name == "zones":
        styles = [f"zone{ZONE_COLORS.index(color)}" for color in colors_of_neighbours(table)]
    for (_, row), style in zip(table.iterrows(), styles, strict=True):
        _placemark(folder, name, row, style, lang)


def _placemark(folder: Element, name: str, row: Any, style: str, lang: str) -> None:
    """Add one place; who has none is listed all the same."""
    place = add(folder, "Placemark")
    add(place, "name", _named(name, row, lang))
    add(place, "description", _told(name, row, lang))
    add(place, "styleUrl", f"#{style}")
    shape = row.geometry
    if shape is None or shape.is_empty:
        return
    _geometry(place, shape)


def _named(name: str, row: Any, lang: str) -> str:
    if name == "zones" and "zone" in row:
        return f"{row['neighbourhood']} · {column('zone', lang)} {row['zone']}"
    for one in ("member_name", "name") if name != "households" else ("head", "household_id"):
        if isinstance(row.get(one), str):
            return str(row[one])
    return ""


def _told(name: str, row: Any, lang: str) -> str:
    lines = []
    for one in TOLD[name]:
        cell = row.get(one)
        hidden = one == "households" and "households_shown" in row
        if pd.isna(cell) or hidden:
            continue
        told = f"{cell:.0f}" if isinstance(cell, float) else str(cell)
        lines.append(f"{column(one, lang)}: {told}")
    return "\n".join(lines)


def _geometry(parent: Element, shape: shapely.Geometry) -> None:
    if shape.geom_type == "Point":
        add(add(parent, "Point"), "coordinates", _corners(shape))
        return
    several = add(parent, "MultiGeometry")
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            continue
        polygon = add(several, "Polygon")
        wound = shapely.geometry.polygon.orient(part)
        _ring(polygon, "outerBoundaryIs", wound.exterior)
        for ring in wound.interiors:
            _ring(polygon, "innerBoundaryIs", ring)


def _ring(polygon: Element, side: str, ring: Any) -> None:
    add(add(add(polygon, side), "LinearRing"), "coordinates", _corners(ring))


def _corners(shape: shapely.Geometry) -> str:
    corners = shapely.get_coordinates(shape).round(DECIMALS)
    return " ".join(f"{x:.{DECIMALS}f},{y:.{DECIMALS}f}" for x, y in corners)
