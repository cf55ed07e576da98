"""A map of the whole ward on A3 for the wall: zones numbered and hatched, and a list of whose they are.

Public, as it is unless asked otherwise: no member, no household, and only the counts that `exports.public` allows.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from reportlab.lib.pagesizes import A3, landscape
from reportlab.pdfgen.canvas import Canvas
from scipy.spatial import cKDTree

from exports.content import PlanExport
from exports.map_frame import Array, MapFrame, PageBox, fitted, in_metres, name_places
from exports.pdf_map import (
    BLACK,
    DARK,
    MIDDLE,
    Look,
    Room,
    draw_furniture,
    draw_outlines,
    draw_streets,
    name_areas,
    name_streets,
)
from exports.pdf_page import EDGE, new_book
from exports.pdf_text import (
    BOLD,
    POINT_MM,
    REGULAR,
    in_order,
    one_line,
    plain_line,
    width_of,
    write,
)
from exports.public import public_plan
from exports.writing import written_whole
from layers.palette import colors_of_neighbours
from words import Lang, number, say, written

TITLE, LINE = 22.0, 9.0
TOP, FOOT = 52.0, 18.0
# The list beside the map: its columns, and sizes of letters to try, largest first.
COLUMN, GAP = 165.0, 8.0
SIZES = (9.0, 8.0, 7.0, 6.0)
MOST_COLUMNS = 3
LEADING = 1.35
NUMBER_SIZES = (12.0, 10.0, 8.0, 6.5, 5.5)
# Of a zone's colour, laid over white.
TINT = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What the map shows: `zones` with `number`, `label`, `households_shown`, `neighbourhood`."""

    zones: GeoDataFrame
    places: GeoDataFrame
    streets: GeoDataFrame


def write_wall(
    content: PlanExport, path: Path, *, public: bool = True, lang: str = Lang.VI
) -> None:
    """Write one page (A3); errors as in `written_whole`."""
    sheet = _sheet(content, public=public, lang=lang)
    width, height = landscape(A3)
    with written_whole(path) as part:
        title = say("wall_title", lang)
        book = new_book(str(part), content, lang, title=title, page=landscape(A3))
        _head(book, content, width, height, lang)
        entries = _entries(sheet)
        size, columns = _type_for(len(entries), height - TOP - FOOT - 2 * EDGE)
        panel = columns * (COLUMN + GAP)
        box = PageBox(
            x=EDGE,
            y=EDGE + FOOT,
            width=width - 2 * EDGE - panel,
            height=height - 2 * EDGE - TOP - FOOT,
        )
        _map(book, sheet, box, names=not public, lang=lang)
        _list(book, entries, box, size)
        _foot(book, content, width, public=public, lang=lang)
        book.showPage()
        book.save()


def _sheet(content: PlanExport, *, public: bool, lang: str) -> _Sheet:
    """Return what may be shown, in metres, zones in the order of their neighbourhoods."""
    zones = _public_zones(content, lang) if public else _named_zones(content, lang)
    shapes = gpd.GeoSeries(
        pd.concat([zones.geometry, content.neighbourhoods.geometry]), crs=zones.crs
    )
    crs = in_metres(shapes).crs
    zones = zones.sort_values(
        ["neighbourhood", "label"], key=lambda texts: texts.map(in_order), ignore_index=True
    )
    return _Sheet(
        zones=zones.assign(number=range(1, len(zones) + 1)).to_crs(crs),
        places=content.neighbourhoods.to_crs(crs),
        streets=content.streets.to_crs(crs),
    )


def _public_zones(content: PlanExport, lang: str) -> GeoDataFrame:
    zones = public_plan(content.zones, content.neighbourhoods).zones
    labels = [say("wall_zone", lang, zone=f"{zone:02}") for zone in zones["zone"]]
    return zones.assign(label=labels)


def _named_zones(content: PlanExport, lang: str) -> GeoDataFrame:
    zones = content.zones
    names = content.neighbourhoods.set_index("neighbourhood_id")["name"]
    counts = [number(count, lang) for count in zones["households"].fillna(0).astype(int)]
    return zones.assign(
        neighbourhood=zones["neighbourhood_id"].map(names),
        label=zones["member_name"].fillna(zones["member_id"]),
        households_shown=counts,
    )


def _head(book: Canvas, content: PlanExport, width: float, height: float, lang: str) -> None:
    top = height - EDGE
    right = width - EDGE
    if content.made_up:
        mark = say("made_up_data", lang)
        wide = width_of(mark, 14, BOLD) + 16
        book.setStrokeGray(0)
        book.setLineWidth(1.5)
        book.rect(right - wide, top - 24, wide, 24, stroke=1, fill=0)
        write(book, mark, right - wide + 8, top - 17, 14, BOLD)
        right -= wide + 10
    title = f"{say('wall_title', lang)} · {plain_line(content.plan['name'])}"
    write(
        book,
        one_line(title, right - EDGE, TITLE, font=BOLD),
        EDGE,
        top - TITLE + 2,
        TITLE,
        BOLD,
    )
    places = sorted((plain_line(name) for name in content.neighbourhoods["name"]), key=in_order)
    told = f"{written(content.on, lang)} · {', '.join(places)}"
    write(book, one_line(told, right - EDGE, 11), EDGE, top - TITLE - 16, 11)


def _foot(book: Canvas, content: PlanExport, width: float, *, public: bool, lang: str) -> None:
    told = " · ".join(
        (
            plain_line(content.plan["name"]),
            written(content.on, lang),
            say("export_source", lang),
            say("export_for_public" if public else "export_for_staff", lang),
        )
    )
    book.setFillGray(0)
    write(book, one_line(told, width - 2 * EDGE, LINE), EDGE, EDGE, LINE)


def _map(book: Canvas, sheet: _Sheet, box: PageBox, *, names: bool, lang: str) -> None:
    shapes = [sheet.places.geometry, sheet.zones.geometry]
    seen = gpd.GeoSeries(pd.concat(shapes), crs=sheet.zones.crs)
    if not np.isfinite(seen.total_bounds).all():
        write(book, say("packet_no_map", lang), box.x, box.y + box.height / 2, 12)
        return
    frame = fitted(seen, box, unit_mm=POINT_MM)
    colors = colors_of_neighbours(sheet.zones)
    patterns = {color: place for place, color in enumerate(dict.fromkeys(colors))}
    for place, color in enumerate(colors):
        look = Look(line=BLACK, width=1.2, fill=_tint(color), hatch=patterns[color])
        draw_outlines(book, frame, sheet.zones.geometry.iloc[[place]], look)
    streets = draw_streets(book, frame, sheet.streets.geometry, look=Look(line=MIDDLE, width=0.8))
    draw_outlines(
        book, frame, sheet.places.geometry, Look(line=DARK, width=2.2, dashes=(9, 3, 2, 3))
    )
    room = Room(box)
    room.take(box.x, box.y, box.width * 0.36, 30)
    _numbers(book, frame, sheet, room, names=names)
    called = [[str(name)] for name in sheet.places["name"]]
    name_areas(book, frame, sheet.places.geometry, called, room, size=10, backing=True)
    name_streets(book, streets, sheet.streets["name"].tolist(), room)
    draw_furniture(book, frame, lang)


def _tint(color: str) -> str:
    """Return a colour laid thinly over white."""
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * TINT):02x}" for part in parts)


def _numbers(book: Canvas, frame: MapFrame, sheet: _Sheet, room: Room, *, names: bool) -> None:
    """Write the number of each zone on a white disc, and below it whose they are where the zone is wide enough."""
    rows, places = name_places(frame, sheet.zones.geometry)
    numbers = [str(number) for number in sheet.zones["number"]]
    size = _disc_size([numbers[row] for row in rows], places)
    for row, spot in zip(rows, places, strict=True):
        room.take(*_square(numbers[row], size, spot))
        _disc(book, numbers[row], size, spot)
    # A zone in pieces has its number in each of them that has room for it.
    for row, spot in zip(*name_places(frame, sheet.zones.geometry, every=True), strict=True):
        if room.take(*_square(numbers[row], size, spot)):
            _disc(book, numbers[row], size, spot)
    wide = sheet.zones.geometry.bounds.eval("maxx - minx") / frame.metres_a_unit
    for row, (x, y) in zip(rows, places, strict=True):
        told = plain_line(sheet.zones["label"].iloc[row])
        width, top = width_of(told, LINE), y - 1.2 * size
        if names and width <= wide.iloc[row]:
            _name(book, told, x - width / 2, top - LINE - 2, width, room)


def _name(book: Canvas, text: str, x: float, y: float, width: float, room: Room) -> None:  # noqa: PLR0917
    if not room.take(x - 1, y, width + 2, LINE + 2):
        return
    book.setFillGray(1, 0.8)
    book.rect(x - 1, y, width + 2, LINE + 2, stroke=0, fill=1)
    book.setFillGray(0)
    write(book, text, x, y + 3, LINE)


def _square(text: str, size: float, middle: Array) -> tuple[float, float, float, float]:
    reach = _reach(text, size)
    return float(middle[0]) - reach, float(middle[1]) - reach, 2 * reach, 2 * reach


def _disc(book: Canvas, text: str, size: float, middle: Array) -> None:
    x, y = float(middle[0]), float(middle[1])
    book.setFillGray(1)
    book.setStrokeGray(0)
    book.setLineWidth(0.08 * size)
    book.circle(x, y, _reach(text, size), stroke=1, fill=1)
    book.setFillGray(0)
    write(book, text, x - width_of(text, size, BOLD) / 2, y - size * 0.36, size, BOLD)


def _reach(text: str, size: float) -> float:
    return max(width_of(text, size, BOLD) / 2 + 0.2 * size, 0.7 * size)


def _disc_size(numbers: list[str], places: Array) -> float:
    """Return the largest size at which no disc lies on another, else the smallest."""
    if len(places) < 2:  # noqa: PLR2004
        return NUMBER_SIZES[0]
    distances = np.asarray(cKDTree(places).query(places, k=2)[0])
    nearest = distances[:, 1].min()
    reach = max(_reach(text, 1.0) for text in numbers)
    fitting = [size for size in NUMBER_SIZES if 2 * size * reach <= nearest]
    return fitting[0] if fitting else NUMBER_SIZES[-1]


def _entries(sheet: _Sheet) -> list[tuple[str, str, str]]:
    """Return the lines of the list: number, name and count; a neighbourhood's name stands above its zones."""
    entries: list[tuple[str, str, str]] = []
    for place, own in sheet.zones.groupby("neighbourhood", sort=False):
        entries.append(("", plain_line(place), ""))
        told = zip(own["number"], own["label"], own["households_shown"], strict=True)
        entries += [(str(zone), plain_line(label), str(shown)) for zone, label, shown in told]
    return entries


def _type_for(lines: int, height: float) -> tuple[float, int]:
    """Return a size of letters and a number of columns in which so many lines fit, else the smallest."""
    for columns in range(1, MOST_COLUMNS + 1):
        for size in SIZES[: columns + 1]:
            if lines <= columns * int(height / (size * LEADING)):
                return size, columns
    return height * MOST_COLUMNS / (lines * LEADING + MOST_COLUMNS * LEADING), MOST_COLUMNS


def _list(book: Canvas, entries: list[tuple[str, str, str]], box: PageBox, size: float) -> None:
    step = size * LEADING
    a_column = int((box.height + 1e-6) / step)
    book.setFillGray(0)
    for place, (zone, label, shown) in enumerate(entries):
        column, line = divmod(place, a_column)
        x = box.x + box.width + GAP + column * (COLUMN + GAP)
        y = box.y + box.height - (line + 1) * step + 0.3 * size
        font = REGULAR if zone else BOLD
        count = width_of(shown, size)
        write(book, zone, x + 20 - width_of(zone, size, BOLD), y, size, BOLD)
        start = x + 25 if zone else x
        write(
            book,
            one_line(label, x + COLUMN - count - 8 - start, size, font=font),
            start,
            y,
            size,
            font,
        )
        write(book, shown, x + COLUMN - count, y, size)
