"""Layers as one blob of bytes, the form in which a browser takes ten thousand households in one go.

    uint32  length of the header, little-endian
    bytes   header: JSON, UTF-8
    bytes   sections, each beginning at a multiple of four bytes; the header says where and how long

A row has its place (`layers.coordinates`) and the numbers of two combinations (`layers.kinds`): of its look and what
it is, and of whom and where it belongs to. `static/map_blob.js` reads it.
"""

import hashlib
import json
import struct
import zlib
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.coordinates import Box, coded
from layers.facets import Facet, FacetKind, Look
from layers.kinds import Codes, combined, narrow
from layers.layer import Layer, LayerKind, LegendEntry
from words import Lang, number, say

STYLE_COLUMNS = ["color", "shape", "fill_opacity", "weight", "urgent"]
ALIGNED_TO = 4
# No text holds this character, so it parts the labels of a layer.
LABEL_END = "\x00"
# A popup needs its label a moment after the map is seen, so speed of packing comes before size.
DEFLATE_LEVEL = 1

Section = tuple[int, int]


def packed(
    layers: list[Layer],
    *,
    lang: str = Lang.VI,
    deflate: bool = True,
    on_demand: bool = False,
    **more: Any,
) -> bytes:
    """Return the blob of `layers` in their order, lowest first.

    Parameters
    ----------
    layers
        What to draw.
    lang
        The language of the legend and its numbers.
    deflate
        Deflate the labels, most of the weight; not where the reader may be an old browser.
    on_demand
        Leave out what points say, which is asked for one by one, and put in by what they are filtered.
    more
        Further entries of the header, JSON values. The entry `id` changes with what is drawn, not
        with these.
    """
    body = _Body()
    bounds = _bounds(layers)
    header = {
        "lang": str(lang),
        "bounds": list(bounds),
        "layers": [
            _layer(layer, bounds, body, deflate=deflate, on_demand=on_demand, lang=lang)
            for layer in layers
        ],
        "legend": [
            _legend_entry(place, entry, lang)
            for place, layer in enumerate(layers)
            for entry in layer.legend
        ],
    }
    sections = b"".join(body.sections)
    drawn = json.dumps(header).encode() + sections
    return _blob({**header, "id": hashlib.sha256(drawn).hexdigest()[:16], **more}, sections)


def with_entries(blob: bytes, **more: Any) -> bytes:
    """Return the same drawing with further entries in its header."""
    (length,) = struct.unpack_from("<I", blob)
    return _blob({**header_of(blob), **more}, blob[4 + length :])


def _blob(header: dict[str, Any], sections: bytes) -> bytes:
    text = json.dumps(header, ensure_ascii=False).encode(errors="replace")
    return struct.pack("<I", len(text)) + text + sections


def header_of(blob: bytes) -> dict[str, Any]:
    """Return the header of a blob made by `packed`."""
    (length,) = struct.unpack_from("<I", blob)
    header: dict[str, Any] = json.loads(blob[4 : 4 + length])
    return header


class _Body:
    """The sections in order, and how long they are together."""

    def __init__(self) -> None:
        self.sections: list[bytes] = []
        self.length = 0

    def add(self, content: NDArray[Any] | bytes) -> Section:
        """Append a section; return where it begins and how many bytes it has."""
        raw = content if isinstance(content, bytes) else content.tobytes()
        begin = self.length
        self.sections.append(raw + bytes(-len(raw) % ALIGNED_TO))
        self.length += len(self.sections[-1])
        return begin, len(raw)


def _bounds(layers: list[Layer]) -> Box:
    """Return west, south, east, north of what to look at first.

    That is the areas, so that a household with wrong coordinates does not make the ward small;
    without areas everything, with nothing the whole country.
    """
    drawn = [layer for layer in layers if not layer.frame.empty]
    areas = [layer for layer in drawn if layer.kind == LayerKind.POLYGONS]
    boxes = [layer.frame.total_bounds for layer in areas or drawn]
    if not boxes:
        return 102.1, 8.5, 109.5, 23.4
    stacked = np.array(boxes)
    west, south = stacked[:, :2].min(axis=0)
    east, north = stacked[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _layer(
    layer: Layer, bounds: Box, body: _Body, *, deflate: bool, on_demand: bool, lang: str
) -> dict[str, Any]:
    if layer.kind == LayerKind.LINES:
        layer = Layer(layer.name, layer.kind, layer.frame.explode(ignore_index=True), layer.legend)
    geometry = layer.frame.geometry.to_numpy()
    points = layer.kind == LayerKind.POINTS
    facets = layer.facets if on_demand else ()
    styles, style = _styles(layer)
    made: dict[str, Any] = {
        "name": layer.name,
        "kind": str(layer.kind),
        "count": len(geometry),
        "facets": [_facet(facet, styles) for facet in facets],
        "bundles": _bundles(style, facets, body),
        "share": say(layer.share_code, lang) if layer.share_code else "",
    }
    made["styles"] = styles
    if points:
        coordinates = shapely.get_coordinates(geometry)
    else:
        coordinates, made["parts"] = _parts(geometry, body)
        made["titles"] = _titles(layer)
    numbers, told = coded(coordinates, bounds)
    made["xy"] = {**told, "at": body.add(numbers)}
    told_later = on_demand and points
    made["labels"] = None if told_later else _labels(layer, body, deflate=deflate)
    made["asks"] = told_later and bool((layer.column("label") != "").any())
    return made


def _styles(layer: Layer) -> tuple[list[dict[str, Any]], Codes]:
    """Return the looks that occur, and which of them each row has."""
    columns = pd.DataFrame({name: layer.column(name) for name in STYLE_COLUMNS})
    distinct = columns.drop_duplicates(ignore_index=True)
    numbers = columns.merge(distinct.reset_index(), how="left", on=STYLE_COLUMNS)["index"]
    looks = [
        {str(name): value for name, value in row.items()} for row in distinct.to_dict("records")
    ]
    return looks, numbers.to_numpy(dtype=np.int64)


def _facet(facet: Facet, styles: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a filter offers; where its options look different, their looks join `styles`."""
    return {
        "name": facet.name,
        "kind": str(facet.kind),
        "options": list(facet.options),
        "looks": [_style_number(look, styles) for look in facet.looks],
    }


def _style_number(look: Look, styles: list[dict[str, Any]]) -> int:
    for place, style in enumerate(styles):
        if (style["color"], style["shape"], style["urgent"]) == look:
            return place
    styles.append({**look._asdict(), "fill_opacity": 0.0, "weight": 1.0})
    return len(styles) - 1


def _bundles(style: Codes, facets: tuple[Facet, ...], body: _Body) -> list[dict[str, Any]]:
    """Return where to find the codes of rows: what they are, and whom and where they belong to."""
    what: dict[str, Codes] = {"style": style}
    whom: dict[str, Codes] = {}
    for place, facet in enumerate(facets):
        columns = _columns(place, facet)
        (whom if facet.kind == FacetKind.ONE else what).update(columns)
    return [_bundle(columns, body) for columns in (what, whom) if columns]


def _columns(place: int, facet: Facet) -> dict[str, Codes]:
    """Return the codes of a facet, one column for each option that rows may have apart."""
    if facet.kind == FacetKind.ONE:
        return {f"{place}": facet.codes.astype(np.int64)}
    return {f"{place}.{n}": column.astype(np.int64) for n, column in enumerate(facet.codes.T)}


def _bundle(columns: dict[str, Codes], body: _Body) -> dict[str, Any]:
    kinds, which = combined(columns)
    table = {name: body.add(column.astype(np.uint16)) for name, column in kinds.items()}
    codes = narrow(which)
    return {"table": table, "codes": body.add(codes), "bytes": codes.itemsize}


def _parts(geometry: NDArray[Any], body: _Body) -> tuple[NDArray[np.float64], list[Section]]:
    """Return all coordinates, and where each ring, polygon and row begins, innermost first."""
    if len(geometry) == 0:
        return np.empty((0, 2)), []
    kind, coordinates, offsets = shapely.to_ragged_array(geometry, include_z=False)
    if kind == shapely.GeometryType.POLYGON:
        offsets = (*offsets, np.arange(len(geometry) + 1))
    return coordinates, [body.add(offset.astype(np.uint32)) for offset in offsets]


def _titles(layer: Layer) -> list[list[Any]]:
    """Return the names to write on the map, each with a place inside its shape."""
    titles = layer.column("title")
    named: GeoDataFrame = layer.frame[titles != ""]
    places = shapely.get_coordinates(named.representative_point().to_numpy())
    return [
        [title, round(lon, 6), round(lat, 6)]
        for title, (lon, lat) in zip(titles[titles != ""], places.tolist(), strict=True)
    ]


def _labels(layer: Layer, body: _Body, *, deflate: bool) -> dict[str, Any] | None:
    labels = layer.column("label").astype(str)
    if (labels == "").all():
        return None
    text = LABEL_END.join(labels.str.replace(LABEL_END, "")).encode(errors="replace")
    return {
        "at": body.add(zlib.compress(text, DEFLATE_LEVEL) if deflate else text),
        "deflated": deflate,
    }


def _legend_entry(place: int, entry: LegendEntry, lang: str) -> dict[str, Any]:
    return {
        "layer": place,
        "color": entry.color,
        "shape": str(entry.shape),
        "text": entry.text or say(entry.text_code, lang),
        "count": "" if entry.count is None else number(entry.count, lang),
    }
