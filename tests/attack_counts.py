"""What all public files of a ward tell together: every number in them, and what can be concluded of the rest."""

import base64
import html
import json
import re
import struct
import zipfile
from collections import Counter
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
import pyogrio
from docx import Document
from pptx import Presentation
from scipy.optimize import LinearConstraint, milp

from tests.paper import lines_of
from words import column, say

SMALL, BOUNDLESS = 5, 10_000
UNTOLD = "–"
WHOLE = "all"
KML = "{http://www.opengis.net/kml/2.2}"
WARD_CARDS = {
    "households": "deck_households",
    "reached": "deck_reached",
    "unreached": "deck_unreached",
}


# --- reading ---


def shown_counts(files):
    """Return what files show of zones `(place, number)`, places and the whole: a text by cell, all files agreeing."""
    names = pyogrio.read_dataframe(files["gpkg"], layer="neighbourhoods")
    ids = dict(zip(names["neighbourhood"], names["neighbourhood_id"], strict=True))
    shown: dict[object, set[str]] = {}
    readers = {
        "gpkg": _of_geopackage,
        "geojson": _of_geojson,
        "csv": _of_csv,
        "xlsx": _of_workbook,
        "kml": _of_kml,
    }
    if "pdf" in files:
        readers["pdf"] = _of_wall
    for ending, read in readers.items():
        told = list(read(files[ending], ids))
        assert len(told) >= len(names), ending
        for cell, text in told:
            shown.setdefault(cell, set()).add(str(text).lstrip("'"))
    assert all(len(texts) == 1 for texts in shown.values()), shown
    told = {cell: texts.pop() for cell, texts in shown.items()}
    others = Counter((cell[0], text) for cell, text in told.items() if isinstance(cell, tuple))
    # The outline of a zone of one house may be too small to be drawn at all.
    assert Counter(_of_handout(files["html"], ids)) <= others
    return told


def _of_geopackage(path, ids):
    yield from _zone_rows(pyogrio.read_dataframe(path, layer="zones"))
    for row in pyogrio.read_dataframe(path, layer="neighbourhoods").itertuples():
        yield row.neighbourhood_id, row.households_shown
    for row in pyogrio.read_dataframe(path, layer="figures").itertuples():
        yield WHOLE if pd.isna(row.area) else row.area, row.households_shown


def _of_geojson(path, ids):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    yield from _zone_rows(pd.DataFrame([one["properties"] for one in features]))


def _of_csv(path, ids):
    yield from _zone_rows(pd.read_csv(path, dtype=str))


def _zone_rows(rows):
    for row in rows.itertuples():
        yield (row.neighbourhood_id, int(row.zone)), row.households_shown


def _of_workbook(path, ids):
    book = openpyxl.load_workbook(path)
    for name in ("zones", "neighbourhoods", "figures"):
        headings, *rows = book[say(f"export_sheet_{name}")].iter_rows(values_only=True)
        count = headings.index(column("households"))
        for first, second, *more in rows:
            told = [first, second, *more][count]
            yield (second, first) if name == "zones" else first or WHOLE, told


def _of_kml(path, ids):
    for place in ElementTree.parse(path).iter(f"{KML}Placemark"):
        name, number = place.findtext(f"{KML}name").rsplit(f" · {column('zone')} ", 1)
        told = place.findtext(f"{KML}description")
        count = re.search(rf"^{column('households_shown')}: (.+)$", told, re.MULTILINE)[1]
        yield (ids[name], int(number)), count


def _of_wall(path, ids):
    """The list beside the map: a neighbourhood, and below it its zones."""
    place, told = None, re.compile(r"\d+ " + say("wall_zone", zone=r"(\d+)") + r" (\S+)")
    for line in lines_of(path):
        place = ids.get(line, place)
        row = told.fullmatch(line)
        if row:
            yield (place, int(row[1])), row[2]


def _of_handout(path, ids):
    """The list below the map and the texts in the blob that it is drawn from: zones without their numbers."""
    page = path.read_text(encoding="utf-8")
    listed = re.findall(r"<li>(.*?)</li>", page)
    blob = base64.b64decode(re.search(r'diabanHandout\(\w+, "([^"]+)"', page)[1])
    length = struct.unpack("<I", blob[:4])[0]
    head, sections = json.loads(blob[4 : 4 + length]), blob[4 + length :]
    at, size = next(one["labels"]["at"] for one in head["layers"] if one["name"] == "zones")
    drawn = sections[at : at + size].decode().split("\0")
    assert [html.unescape(one) for one in listed] == [
        one.replace("\n", " · ") for one in drawn if one
    ]
    for name, told in (one.split("\n") for one in drawn):
        yield ids[name], re.fullmatch("(.+) hộ", told)[1]


class Slides:
    """What slides tell: `rows` by place, None where hidden; `total`, None where untold; how many are `assigned`."""

    def __init__(self, path, ids):
        slides = list(Presentation(str(path)).slides)
        texts = [
            shape.text_frame.text for one in slides for shape in one.shapes if shape.has_text_frame
        ]
        assigned = say("deck_assigned")
        self.assigned = _number(texts[texts.index(assigned) - 1])
        lines = re.findall(f"{assigned}: ([^;]+);", "\n".join(texts))
        assert {_number(one) for one in lines} == {self.assigned}
        self.total = None
        if say("deck_share") in texts:
            self.total = {
                name: _number(texts[texts.index(say(code)) - 1])
                for name, code in WARD_CARDS.items()
            }
        self.rows = {}
        for one in slides:
            for shape in one.shapes:
                if shape.has_table:
                    self._read(list(shape.table.rows)[1:], ids)
        assert _charts(path, slides) == {
            name: share for name, (_, share) in self.rows_by_name.items()
        }

    def _read(self, rows, ids):
        self.rows_by_name = getattr(self, "rows_by_name", {})
        for row in rows:
            name, *counts, _ = (cell.text for cell in row.cells)
            counts = [None if one == UNTOLD else _number(one) for one in counts]
            hidden = None in counts
            assert not hidden or counts == [None] * 3
            share = None if hidden or not counts[0] else counts[1] / counts[0]
            self.rows_by_name[name] = (counts, share)
            self.rows[ids[name]] = None if hidden else tuple(counts)


def counts_of_minutes(path):
    """The counts of neighbourhoods that minutes tell, by name as in `Slides.rows_by_name`; how many are assigned."""
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(path)).tables
    ]
    rows = next(table for table in tables if len(table[0]) == 5)[1:]
    cards = dict(row for table in tables for row in table if len(row) == 2)
    told = {
        name: [None if one == UNTOLD else _number(one) for one in counts[:3]]
        for name, *counts in rows
    }
    return told, _number(cards[say("deck_assigned")])


def _number(text):
    return int(text.replace(".", "")) if text.replace(".", "").isdigit() else text


def _charts(path, slides):
    """The shares of all bar charts by name, the same in the drawing and in the workbook inside."""
    drawn = {}
    for one in slides:
        for shape in one.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                drawn |= zip(plot.categories, plot.series[0].values, strict=True)
    inside = {}
    with zipfile.ZipFile(path) as whole:
        for name in whole.namelist():
            if name.endswith(".xlsx"):
                sheet = openpyxl.load_workbook(BytesIO(whole.read(name))).active
                inside |= dict(sheet.iter_rows(min_row=2, max_col=2, values_only=True))
    assert inside == drawn
    return drawn


# --- concluding ---


class Puzzle:
    """Whole numbers within bounds that satisfy sums; `least_and_most` is found by integer programs."""

    def __init__(self):
        self.at, self.low, self.high, self.rules = {}, [], [], []

    def number(self, cell, low=0, high=BOUNDLESS):
        self.at[cell] = len(self.at)
        self.low.append(low)
        self.high.append(high)

    def rule(self, factors, low=0, high=0):
        self.rules.append((factors, low, high))

    def is_sum(self, whole, parts):
        self.rule({whole: -1, **dict.fromkeys(parts, 1)})

    def least_and_most(self, cell):
        return tuple(round(sign * self._solved(cell, sign)) for sign in (1, -1))

    def _solved(self, cell, sign):
        aim = np.zeros(len(self.at))
        aim[self.at[cell]] = sign
        table = np.zeros((len(self.rules), len(self.at)))
        for row, (factors, _, _) in enumerate(self.rules):
            for one, factor in factors.items():
                table[row, self.at[one]] = factor
        _, least, most = zip(*self.rules, strict=True)
        done = milp(
            aim,
            constraints=LinearConstraint(table, least, most),
            integrality=np.ones(len(aim)),
            bounds=(self.low, self.high),
        )
        assert done.success, done.message
        return done.fun


def puzzle_of(shown, slides):
    """Return all that a reader of every file knows: sums, what is shown, and what hidden texts say of themselves."""
    known = Puzzle()
    for cell, text in shown.items():
        known.number(cell, *_bounds(text))
    places = list(slides.rows)
    known.is_sum(WHOLE, places)
    for place in places:
        zones = [cell for cell in shown if isinstance(cell, tuple) and cell[0] == place]
        known.is_sum(place, zones)
        for what, count in zip(WARD_CARDS, slides.rows[place] or [None] * 3, strict=True):
            known.number((place, what), *(() if count is None else (count, count)))
        known.is_sum((place, "households"), [(place, "reached"), (place, "unreached")])
        known.rule({(place, "households"): 1, place: -1}, 0, BOUNDLESS)
    for what in WARD_CARDS:
        told = None if slides.total is None else slides.total[what]
        known.number((WHOLE, what), *(() if told is None else (told, told)))
        known.is_sum((WHOLE, what), [(place, what) for place in places])
    known.rule({WHOLE: 1}, *_bounds(str(slides.assigned)))
    return known


def _bounds(text):
    if text == UNTOLD:
        return 0, BOUNDLESS
    if text.startswith("<"):
        return 1, SMALL - 1
    return (SMALL, BOUNDLESS) if text.startswith("≥") else (int(text), int(text))
