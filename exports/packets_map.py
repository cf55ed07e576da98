"""The map on the first page of a packet: one zone, its streets, its numbered stops, and whose zones lie around."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries
from reportlab.pdfgen.canvas import Canvas

from exports.content import PlanExport
from exports.map_frame import PageBox, fitted, in_metres
from exports.pdf_map import (
    BLACK,
    DARK,
    MIDDLE,
    PALE,
    STOP_RADIUS,
    WHITE,
    Look,
    Room,
    draw_furniture,
    draw_outlines,
    draw_stops,
    draw_streets,
    name_areas,
    name_streets,
)
from exports.pdf_page import EDGE, FOOT, HEAD, INNER
from exports.pdf_text import POINT_MM, width_of, write
from words import say

LEGEND = 16.0
OTHERS = Look(line=MIDDLE, width=0.6, fill=PALE)
PLACE = Look(line=DARK, width=0.9, dashes=(5, 2, 1, 2))
OWN_GROUND = Look(line=BLACK, width=0.1, fill=WHITE)
OWN = Look(line=BLACK, width=2.0)
STREET = Look(line=MIDDLE, width=1.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the maps of all packets have in common, projected once."""

    zones: GeoDataFrame
    places: GeoSeries
    streets: GeoDataFrame

    @classmethod
    def of(cls, content: PlanExport) -> "Ground":
        """Return the ground of a plan, all in the metres of its zones."""
        shapes = [content.zones.geometry, content.neighbourhoods.geometry]
        crs = in_metres(gpd.GeoSeries(pd.concat(shapes), crs=content.zones.crs)).crs
        return cls(
            zones=content.zones.to_crs(crs).reset_index(drop=True),
            places=content.neighbourhoods.geometry.to_crs(crs),
            streets=content.streets.to_crs(crs),
        )


def draw_zone(
    book: Canvas, ground: Ground, member: str, households: GeoDataFrame, *, lang: str
) -> None:
    """Draw the map of a member's zone between the head and the foot of a page, and what its signs mean below.

    Where neither the zone nor a household has a place, it says so.
    """
    stops = households.geometry.to_crs(ground.zones.crs)
    own = ground.zones[ground.zones["member_id"] == member].geometry
    seen = gpd.GeoSeries(pd.concat([own, stops]), crs=ground.zones.crs)
    if not np.isfinite(seen.total_bounds).all():
        write(book, say("packet_no_map", lang), EDGE, HEAD - 20, 10)
        return
    box = PageBox(x=EDGE, y=FOOT + LEGEND, width=INNER, height=HEAD - FOOT - LEGEND)
    frame = fitted(seen, box, unit_mm=POINT_MM)
    others = ground.zones[ground.zones["member_id"] != member].reset_index(drop=True)
    draw_outlines(book, frame, others.geometry, OTHERS)
    draw_outlines(book, frame, own, OWN_GROUND)
    streets = draw_streets(book, frame, ground.streets.geometry, look=STREET)
    draw_outlines(book, frame, ground.places, PLACE)
    draw_outlines(book, frame, own, OWN)
    room = Room(box)
    room.take(box.x, box.y, box.width * 0.42, 30)
    room.take(box.x + box.width - 34, box.y + box.height - 40, 33, 39)
    done = ~(households["goals_first"].str.len() + households["goals_again"].str.len() > 0)
    numbers = households["stop"].astype(int).tolist()
    draw_stops(book, frame, stops, numbers, done.to_numpy(), room)
    name_areas(book, frame, others.geometry, [[one] for one in others["member_name"]], room)
    name_streets(book, streets, ground.streets["name"].tolist(), room)
    draw_furniture(book, frame, lang)
    _legend(book, int(stops.isna().sum() + stops.is_empty.sum()), lang)


def _legend(book: Canvas, unlocated: int, lang: str) -> None:
    y, x = FOOT + 4, EDGE + 4
    book.setLineWidth(0.7)
    for full, code in ((True, "packet_stop_to_do"), (False, "packet_stop_done")):
        book.setStrokeGray(0)
        book.setFillGray(0 if full else 1)
        book.circle(x, y + 2.5, STOP_RADIUS, stroke=1, fill=1)
        book.setFillGray(0)
        told = say(code, lang)
        write(book, told, x + 6, y, 7)
        x += width_of(told, 7) + 20
    told = say("packet_around", lang)
    if unlocated:
        told += " · " + say("packet_unlocated_count", lang, households=unlocated)
    write(book, told, x, y, 7)
