"""Maps on a PDF page: outlines, streets, numbered stops, a scale bar and north; all of it legible without colour."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from exports.map_frame import Array, Drawn, MapFrame, PageBox, lines, name_places, points, polygons
from exports.pdf_text import BOLD, POINT_MM, REGULAR, plain_line, width_of, write
from words import number

BLACK, DARK, MIDDLE, PALE, WHITE = "#000000", "#555555", "#9a9a9a", "#eeeeee", "#ffffff"
NAME_SIZE = 6.5
EVEN_ODD = 0
# Of the width of the map.
SCALE_BAR = 0.3
STOP_RADIUS = 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an outline is drawn: lengths in points; `hatch` is the number of a pattern of lines, None for none."""

    line: str = DARK
    width: float = 0.6
    fill: str | None = None
    dashes: tuple[float, ...] = ()
    hatch: int | None = None


class Room:
    """Which places of a page are taken by names and numbers, to the point or so."""

    CELL = 1.5

    def __init__(self, box: PageBox) -> None:
        """Begin with an empty box; what does not lie wholly in it has no room."""
        self.box = box
        shape = (int(box.height / self.CELL) + 2, int(box.width / self.CELL) + 2)
        self.taken: NDArray[np.bool_] = np.zeros(shape, dtype=bool)

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Take a rectangle where it is free, and say whether it was."""
        left, low = x - self.box.x, y - self.box.y
        if left < 0 or low < 0 or left + width > self.box.width or low + height > self.box.height:
            return False
        rows = slice(int(low / self.CELL), int((low + height) / self.CELL) + 1)
        columns = slice(int(left / self.CELL), int((left + width) / self.CELL) + 1)
        if self.taken[rows, columns].any():
            return False
        self.taken[rows, columns] = True
        return True


def draw_outlines(canvas: Canvas, frame: MapFrame, shapes: GeoSeries, look: Look) -> None:
    """Draw what of polygons lies in the frame."""
    for drawn in polygons(frame, shapes):
        path = canvas.beginPath()
        for ring in drawn.parts:
            _trace(path, ring)
            path.close()
        canvas.saveState()
        if look.fill is not None:
            canvas.setFillColor(HexColor(look.fill))
            canvas.drawPath(path, stroke=0, fill=1, fillMode=EVEN_ODD)
        if look.hatch is not None:
            _hatch(canvas, path, drawn.parts[0], look.hatch)
        _pen(canvas, look)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()


def _trace(path: object, corners: Array) -> None:
    path.moveTo(*corners[0])  # type: ignore[attr-defined]
    for x, y in corners[1:]:
        path.lineTo(x, y)  # type: ignore[attr-defined]


def _pen(canvas: Canvas, look: Look) -> None:
    canvas.setStrokeColor(HexColor(look.line))
    canvas.setLineWidth(look.width)
    dashes: Any = list(look.dashes)
    canvas.setDash(dashes)
    canvas.setLineJoin(1)


HATCH_DEGREES = (45, -45, 0, 90, 20, -20, 70, -70)
HATCH_STEPS = (7.0, 11.0)


def _hatch(canvas: Canvas, path: object, ring: Array, pattern: int) -> None:
    """Fill a path with thin lines, whose direction and distance tell patterns apart."""
    degrees = HATCH_DEGREES[pattern % len(HATCH_DEGREES)]
    step = HATCH_STEPS[pattern // len(HATCH_DEGREES) % len(HATCH_STEPS)]
    low, high = ring.min(axis=0), ring.max(axis=0)
    middle, reach = (low + high) / 2, float(np.hypot(*(high - low))) / 2
    canvas.saveState()
    canvas.clipPath(path, stroke=0, fill=0, fillMode=EVEN_ODD)
    canvas.translate(*middle)
    canvas.rotate(degrees)
    canvas.setStrokeColor(HexColor(MIDDLE))
    canvas.setLineWidth(0.3)
    count = int(reach / step) + 1
    canvas.lines([(-reach, k * step, reach, k * step) for k in range(-count, count + 1)])
    canvas.restoreState()


def draw_streets(canvas: Canvas, frame: MapFrame, shapes: GeoSeries, *, look: Look) -> list[Drawn]:
    """Draw what of lines lies in the frame, and return it."""
    drawn = lines(frame, shapes)
    if not drawn:
        return drawn
    path = canvas.beginPath()
    for one in drawn:
        _trace(path, one.parts[0])
    canvas.saveState()
    _pen(canvas, look)
    canvas.setLineCap(1)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
    return drawn


def name_streets(canvas: Canvas, drawn: list[Drawn], names: list[object], room: Room) -> None:
    """Write each name once, along the longest piece that is seen of its streets, where there is room."""
    longest: dict[str, shapely.LineString] = {}
    for one in drawn:
        name, line = plain_line(names[one.row]), shapely.LineString(one.parts[0])
        if name and line.length > width_of(name, NAME_SIZE):
            longest[name] = max(longest.get(name, line), line, key=lambda each: each.length)
    for name, line in longest.items():
        _along(canvas, name, line, room)


def _along(canvas: Canvas, name: str, line: shapely.LineString, room: Room) -> None:
    width, middle = width_of(name, NAME_SIZE), line.length / 2
    first, place, last = (line.interpolate(middle + part * width / 2) for part in (-1, 0, 1))
    degrees = float(np.degrees(np.arctan2(last.y - first.y, last.x - first.x)))
    degrees -= 180 * round(degrees / 180)
    turned = np.radians(degrees)
    wide = width * abs(np.cos(turned)) + NAME_SIZE * abs(np.sin(turned))
    high = width * abs(np.sin(turned)) + NAME_SIZE * abs(np.cos(turned))
    if not room.take(place.x - wide / 2, place.y - high / 2, wide, high):
        return
    canvas.saveState()
    canvas.translate(place.x, place.y)
    canvas.rotate(degrees)
    canvas.setFillColor(HexColor(DARK))
    write(canvas, name, -width / 2, 1.2, NAME_SIZE)
    canvas.restoreState()


def name_areas(
    canvas: Canvas,
    frame: MapFrame,
    shapes: GeoSeries,
    names: list[list[str]],
    room: Room,
    *,
    size: float = NAME_SIZE,
    backing: bool = False,
) -> None:
    """Write some lines in the middle of each area, the first one bold, where there is room; on white with `backing`."""
    rows, places = name_places(frame, shapes)
    for row, (x, y) in zip(rows, places, strict=True):
        told = [plain_line(text) for text in names[row] if text]
        widths = [width_of(text, size, REGULAR if line else BOLD) for line, text in enumerate(told)]
        height = len(told) * size * 1.2
        if not told or not room.take(x - max(widths) / 2, y - height / 2, max(widths), height):
            continue
        if backing:
            canvas.setFillGray(1, 0.75)
            wide = max(widths) + 4
            canvas.rect(x - wide / 2, y - height / 2, wide, height, stroke=0, fill=1)
        canvas.setFillColor(HexColor(DARK))
        for line, (text, width) in enumerate(zip(told, widths, strict=True)):
            foot = y + height / 2 - (line + 1) * size * 1.2 + 0.3 * size
            write(canvas, text, x - width / 2, foot, size, REGULAR if line else BOLD)


def draw_stops(  # noqa: PLR0917
    canvas: Canvas,
    frame: MapFrame,
    places: GeoSeries,
    numbers: list[int],
    done: NDArray[np.bool_],
    room: Room,
) -> None:
    """Draw stops, full where there is work and rings where it is done, with their numbers as far as there is room.

    Where houses lie too close, tens keep their number before fives, and fives before the others.
    """
    rows, spots = points(frame, places)
    for row, (x, y) in zip(rows, spots, strict=True):
        _dot(canvas, x, y, full=not done[row])
    told = sorted(range(len(rows)), key=lambda one: _importance(numbers[rows[one]]))
    canvas.setFillGray(0)
    for one in told:
        x, y = spots[one]
        _number(canvas, str(numbers[rows[one]]), x, y, room)


def _importance(stop: int) -> tuple[int, int]:
    return (0 if stop == 1 or stop % 10 == 0 else 1 if stop % 5 == 0 else 2), stop


def _dot(canvas: Canvas, x: float, y: float, *, full: bool) -> None:
    canvas.setLineWidth(0.7)
    canvas.setStrokeGray(0)
    canvas.setFillGray(0 if full else 1)
    canvas.circle(x, y, STOP_RADIUS, stroke=1, fill=1)


def _number(canvas: Canvas, text: str, x: float, y: float, room: Room) -> None:
    """Write a number beside its stop: right, left, above or below, wherever there is room."""
    width, height = width_of(text, NAME_SIZE, BOLD), NAME_SIZE * 0.8
    away = STOP_RADIUS + 1
    corners = (
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y + away),
        (x - width / 2, y - away - height),
    )
    for left, low in corners:
        if room.take(left, low, width, height):
            write(canvas, text, left, low + 0.05 * height, NAME_SIZE, BOLD)
            return


def draw_furniture(canvas: Canvas, frame: MapFrame, lang: str) -> None:
    """Draw the edge of the map, its scale bar and scale in the lower left corner, and north in the upper right."""
    box = frame.box
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.8)
    canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)
    bar = frame.scale_bar(box.width * SCALE_BAR)
    scale = f"1 : {number(round(frame.denominator(POINT_MM)), lang)}"
    told = f"{number(bar.metres, lang)} m · {scale}"
    canvas.setFillGray(1)
    canvas.rect(box.x + 4, box.y + 4, max(bar.length, width_of(told, 7)) + 12, 22, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setLineWidth(1.5)
    canvas.lines(
        [
            (box.x + 10, box.y + 9, box.x + 10 + bar.length, box.y + 9),
            (box.x + 10, box.y + 7, box.x + 10, box.y + 12),
            (box.x + 10 + bar.length, box.y + 7, box.x + 10 + bar.length, box.y + 12),
        ]
    )
    write(canvas, told, box.x + 10, box.y + 15, 7)
    _north(canvas, box.x + box.width - 16, box.y + box.height - 24, frame.north_degrees(), lang)


def _north(canvas: Canvas, x: float, y: float, degrees: float, lang: str) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(-degrees)
    canvas.setFillGray(1)
    canvas.circle(0, 4, 13, stroke=0, fill=1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    _trace(path, np.array([(0, 12), (-4, -2), (0, 1), (4, -2)]))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    letter = "N" if lang == "en" else "B"
    write(canvas, letter, -width_of(letter, 7, BOLD) / 2, -9, 7, BOLD)
    canvas.restoreState()
