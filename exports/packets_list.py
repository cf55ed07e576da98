"""The list of a packet: one row a household in walking order, headings repeated on every page."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from exports.pdf_page import EDGE
from exports.pdf_text import BOLD, LEADING, REGULAR, lines_in, plain_line, write
from geo.terms import Outcome
from words import say, written

SIZE, SMALL = 8.0, 6.5
PAD = 3.0
LEAST_ROW = 25.0
HEADINGS = 30.0
BOX = 10.0
# Points; they fill the width of the page.
COLUMNS = {
    "stop": 28.0,
    "household": 124.0,
    "address": 100.0,
    "to_do": 92.0,
    "last": 91.0,
    **{str(outcome): 26.0 for outcome in Outcome},
}
LEFT = dict(zip(COLUMNS, accumulate((EDGE, *COLUMNS.values())), strict=False))
RIGHT = EDGE + sum(COLUMNS.values())
MOST_LINES = {"household": 3, "address": 4, "to_do": 6, "last": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the list, its texts broken into lines: font, size and text of each, by column."""

    stop: int
    done: bool
    cells: dict[str, list[tuple[str, float, str]]]

    @property
    def height(self) -> float:
        """Return how high the row is, in points."""
        highest = max(sum(size * LEADING for _, size, _ in lines) for lines in self.cells.values())
        return max(LEAST_ROW, highest + 2 * PAD)


def row_of(household: dict[str, Any], lang: str) -> Row:
    """Return the row of a household; see `exports.packets.Packets.households`."""
    head = plain_line(household["head"]) or say("packet_head_unknown", lang)
    to_do = _to_do(household, lang)
    return Row(
        stop=int(household["stop"]),
        done=not to_do,
        cells={
            "household": [
                *_cell("household", head, font=BOLD),
                *_cell("household", plain_line(household["household_id"]), size=SMALL, most=2),
            ],
            "address": _cell("address", _address(household, lang)),
            "to_do": _several("to_do", to_do or [say("packet_done", lang)]),
            "last": _last(household, lang),
        },
    )


def _cell(
    column: str, text: str, *, font: str = REGULAR, size: float = SIZE, most: int | None = None
) -> list[tuple[str, float, str]]:
    room = COLUMNS[column] - 2 * PAD
    most = most or MOST_LINES[column]
    return [(font, size, line) for line in lines_in(text, room, size, font=font, most=most)]


def _several(column: str, texts: list[str]) -> list[tuple[str, float, str]]:
    return [line for text in texts for line in _cell(column, text, size=SMALL + 0.5)][
        : MOST_LINES[column] + 2
    ]


def _address(household: dict[str, Any], lang: str) -> str:
    address = plain_line(household["address"]) or say("packet_address_unknown", lang)
    return address if household["located"] else f"{address} ({say('packet_unlocated', lang)})"


def _to_do(household: dict[str, Any], lang: str) -> list[str]:
    """Say for what the household is still to be met, and for what again."""
    first = [plain_line(name) or say("packet_any_goal", lang) for name in household["goals_first"]]
    again = [
        say("packet_again", lang, goal=plain_line(name) or say("packet_any_goal", lang))
        for name in household["goals_again"]
    ]
    return [f"• {text}" for text in (*first, *again)]


def _last(household: dict[str, Any], lang: str) -> list[tuple[str, float, str]]:
    if household["last_on"] is None:
        return _cell("last", say("packet_never", lang), size=SMALL)
    ended = say(f"outcome_{household['last_outcome']}", lang)
    visit = _cell("last", f"{ended}, {written(household['last_on'], lang)}", size=SMALL + 0.5)
    return [*visit, *_cell("last", plain_line(household["note"]), size=SMALL)]


def draw_headings(book: Canvas, top: float, lang: str) -> float:
    """Draw the headings from `top` down, and return where the rows begin."""
    low = top - HEADINGS
    book.setFillGray(0.88)
    book.rect(EDGE, low, RIGHT - EDGE, HEADINGS, stroke=0, fill=1)
    book.setFillGray(0)
    for column, width in COLUMNS.items():
        text = say(
            f"outcome_{column}" if column in set(Outcome) else f"packet_column_{column}", lang
        )
        y = top - PAD
        for line in lines_in(text, width - 2, SMALL, font=BOLD, most=3):
            y -= SMALL * LEADING
            write(book, line, LEFT[column] + 2, y, SMALL, BOLD)
    _rules(book, top, low)
    return low


def draw_row(book: Canvas, row: Row, top: float) -> float:
    """Draw a row from `top` down, and return where it ends; numbers of those that are done are in brackets."""
    low = top - row.height
    book.setFillGray(0)
    number = f"({row.stop})" if row.done else str(row.stop)
    write(book, number, LEFT["stop"] + 1, top - PAD - SIZE, SIZE, BOLD)
    for column, lines in row.cells.items():
        y = top - PAD
        for font, size, text in lines:
            y -= size * LEADING
            write(book, text, LEFT[column] + PAD, y + size * (LEADING - 1), size, font)
    book.setLineWidth(0.8)
    book.setStrokeGray(0)
    for outcome in Outcome:
        x = LEFT[outcome] + (COLUMNS[outcome] - BOX) / 2
        book.rect(x, (top + low - BOX) / 2, BOX, BOX, stroke=1, fill=0)
    _rules(book, top, low)
    return low


def _rules(book: Canvas, top: float, low: float) -> None:
    book.setStrokeGray(0.45)
    book.setLineWidth(0.4)
    sides = [(x, low, x, top) for x in (*LEFT.values(), RIGHT)]
    book.lines([(EDGE, top, RIGHT, top), (EDGE, low, RIGHT, low), *sides])


def pages_of(rows: list[Row], room: float) -> list[list[Row]]:
    """Share rows among pages that have `room` points below their headings; no row is torn."""
    pages: list[list[Row]] = []
    left = 0.0
    for row in rows:
        if not pages or row.height > left:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= row.height
    return pages
