"""A map as a sharp picture: layers painted at twice the size, then halved: no line has steps.

For programs that take no drawing of lines. Names stand well inside their area; one that would cover another is
left out, and areas are named from the largest to the smallest. Texts are drawn as they are.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from PIL import Image, ImageDraw, ImageFont

from exports.map_frame import (
    Array,
    MapFrame,
    PageBox,
    fitted,
    in_metres,
    lines,
    name_places,
    points,
    polygons,
)
from exports.text import clean
from layers.layer import Layer, LayerKind
from words import Lang, number

FONTS = Path(__file__).with_name("fonts")
FINER = 2
PAPER, INK = "#FFFFFF", "#1F2933"
# Of a picture's longer side: one pixel of a layer's weight, the letters of names, a point.
WEIGHT, LETTERS, POINT = 1 / 1100, 1 / 62, 1 / 300
SMALLER_LETTERS = 0.75
BAR, BAR_HEIGHT, BAR_EDGE = 1 / 5, 1 / 220, 1 / 60
OPAQUE = 255
LINE_SPACING = 1.15


def map_picture(
    layers: Sequence[Layer], *, width: int, height: int, lang: str = Lang.VI, names: bool = True
) -> bytes:
    """Return layers, lowest first, as a PNG of `width` by `height` pixels with a scale bar.

    Raises
    ------
    ValueError
        Where no layer holds anything that has a place.
    """
    shapes = [layer.frame.geometry for layer in layers if len(layer.frame)]
    if not shapes:
        raise ValueError("no layer holds anything to draw")
    box = PageBox(x=0, y=0, width=width * FINER, height=height * FINER)
    ground = in_metres(gpd.GeoSeries(pd.concat(shapes), crs=shapes[0].crs))
    frame = fitted(ground, box, downward=True)
    image = Image.new("RGB", (width * FINER, height * FINER), PAPER)
    for layer in layers:
        _DRAWN[layer.kind](image, frame, layer)
    taken: list[tuple[float, float, float, float]] = []
    for layer in layers if names else ():
        _name(image, frame, layer, taken)
    _scale_bar(image, frame, lang)
    return _png(image.resize((width, height), Image.Resampling.BOX))


def _png(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=False, compress_level=6)
    return kept.getvalue()


# --- shapes ---


def _polygons(image: Image.Image, frame: MapFrame, layer: Layer) -> None:
    pen = ImageDraw.Draw(image)
    looks = _looks(layer, ("color", "fill_opacity", "weight"))
    for drawn in polygons(frame, layer.frame.geometry):
        color, opacity, weight = looks[drawn.row]
        if opacity > 0:
            _fill(image, drawn.parts, color, opacity)
        if weight > 0:
            for ring in drawn.parts:
                pen.line(_flat(ring), fill=color, width=_wide(image, weight), joint="curve")


def _fill(image: Image.Image, rings: tuple[Array, ...], color: str, opacity: float) -> None:
    """Fill an area, its holes left out, in the rectangle around it alone."""
    corners = np.vstack(rings)
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    mask = Image.new("L", (max(1, int(right - left)), max(1, int(bottom - top))), 0)
    pen = ImageDraw.Draw(mask)
    for at, ring in enumerate(rings):
        pen.polygon(_flat(ring - (left, top)), fill=0 if at else round(opacity * OPAQUE))
    image.paste(color, (int(left), int(top)), mask)


def _lines(image: Image.Image, frame: MapFrame, layer: Layer) -> None:
    pen = ImageDraw.Draw(image)
    looks = _looks(layer, ("color", "weight"))
    for drawn in lines(frame, layer.frame.geometry):
        color, weight = looks[drawn.row]
        pen.line(_flat(drawn.parts[0]), fill=color, width=_wide(image, weight), joint="curve")


def _points(image: Image.Image, frame: MapFrame, layer: Layer) -> None:
    pen = ImageDraw.Draw(image)
    colors = _looks(layer, ("color",))
    rows, places = points(frame, layer.frame.geometry)
    radius = max(image.size) * POINT / 2
    for row, (x, y) in zip(rows, places, strict=True):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colors[row][0])


_DRAWN = {LayerKind.POLYGONS: _polygons, LayerKind.LINES: _lines, LayerKind.POINTS: _points}


def _looks(layer: Layer, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return list(zip(*(layer.column(name) for name in columns), strict=True))


def _flat(corners: Array) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in corners]


def _wide(image: Image.Image, weight: float) -> int:
    return max(1, round(weight * max(image.size) * WEIGHT))


# --- words ---


def _name(
    image: Image.Image,
    frame: MapFrame,
    layer: Layer,
    taken: list[tuple[float, float, float, float]],
) -> None:
    """Write the titles of areas, the largest first, each in the size that finds room."""
    titles = layer.column("title")
    if layer.kind != LayerKind.POLYGONS or not titles.astype(bool).any():
        return
    rows, places = name_places(frame, layer.frame.geometry)
    size = in_metres(layer.frame.geometry).area.to_numpy()
    for at in sorted(range(len(rows)), key=lambda one: -size[rows[one]]):
        text = clean(str(titles.iloc[rows[at]]))
        for letters in (LETTERS, LETTERS * SMALLER_LETTERS):
            if text and _written(image, text, places[at], letters * max(image.size), taken):
                break


def _written(
    image: Image.Image,
    text: str,
    place: Array,
    letters: float,
    taken: list[tuple[float, float, float, float]],
) -> bool:
    """Write `text` around a place unless it would leave the picture or cover another; return whether it is there."""
    pen = ImageDraw.Draw(image)
    how: dict[str, Any] = {
        "font": _font(round(letters)),
        "anchor": "mm",
        "align": "center",
        "spacing": letters * (LINE_SPACING - 1),
    }
    spot = (float(place[0]), float(place[1]))
    room = pen.multiline_textbbox(spot, text, **how)
    inside = room[0] >= 0 and room[1] >= 0 and room[2] <= image.width and room[3] <= image.height
    if not inside or any(_meet(room, other) for other in taken):
        return False
    taken.append(room)
    pen.multiline_text(
        spot, text, fill=INK, stroke_width=round(letters / 7), stroke_fill=PAPER, **how
    )
    return True


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(FONTS / "BeVietnamPro-Bold.ttf"), size, layout_engine=ImageFont.Layout.BASIC
    )


def _scale_bar(image: Image.Image, frame: MapFrame, lang: str) -> None:
    """Draw a bar of a round length in the lower left corner."""
    pen, long = ImageDraw.Draw(image), max(image.size)
    bar = frame.scale_bar(long * BAR)
    left, bottom, high = long * BAR_EDGE, image.height - long * BAR_EDGE, long * BAR_HEIGHT
    pen.rectangle(
        (left - high, bottom - 2 * high, left + bar.length + high, bottom + high), fill=PAPER
    )
    pen.rectangle((left, bottom - high, left + bar.length, bottom), fill=INK)
    letters = long * LETTERS * SMALLER_LETTERS
    pen.text(
        (left, bottom - 2 * high),
        f"{number(bar.metres, lang)} m",
        fill=INK,
        font=_font(round(letters)),
        anchor="lb",
        stroke_width=round(letters / 7),
        stroke_fill=PAPER,
    )
