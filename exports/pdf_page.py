"""What every page of a PDF shares: its edges, its head with a code, its foot with plan, date and page."""

from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exports.content import PlanExport
from exports.pdf_qr import draw_qr
from exports.pdf_text import BOLD, REGULAR, one_line, plain_line, use_fonts, width_of, write
from words import say, written

WIDTH, HEIGHT = A4
EDGE = 28.0
INNER = WIDTH - 2 * EDGE
FOOT = EDGE + 16.0
QR_SIDE = 62.0
HEAD = HEIGHT - EDGE - QR_SIDE - 4
TITLE, SUBTITLE, SMALL = 15.0, 9.5, 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What the head of a page says: a title, lines below, and one or two codes with what each is for."""

    title: str
    lines: tuple[str, ...]
    codes: tuple[tuple[str, str], ...] = ()


def new_book(
    path: str,
    content: PlanExport,
    lang: str,
    *,
    title: str,
    page: tuple[float, float] = A4,
) -> Canvas:
    """Return an empty PDF; the same content gives the same bytes."""
    use_fonts()
    # Binary as they are: otherwise they are put into letters first, a fifth longer and slower.
    rl_config.useA85 = 0
    # Without a font of ours to begin with, reportlab names one that is not embedded.
    first: Any = REGULAR
    book = Canvas(
        path, pagesize=page, invariant=1, pageCompression=1, lang=lang, initialFontName=first
    )
    book.setTitle(plain_line(title))
    book.setAuthor(say("app_name", lang))
    book.setSubject(plain_line(content.plan["name"]))
    return book


def draw_head(book: Canvas, head: PageHead, *, made_up: bool, lang: str) -> None:
    """Draw title and lines on the left of the head, codes on its right, and the mark of made-up data between."""
    room = INNER - len(head.codes) * (QR_SIDE + 6)
    if made_up:
        room = _mark(book, EDGE + room, lang) - EDGE
    book.setFillGray(0)
    write(
        book,
        one_line(plain_line(head.title), room, TITLE, font=BOLD),
        EDGE,
        HEIGHT - EDGE - 13,
        TITLE,
        BOLD,
    )
    top = HEIGHT - EDGE - 20
    for line in head.lines:
        top -= SUBTITLE * 1.35
        write(book, one_line(plain_line(line), room, SUBTITLE), EDGE, top, SUBTITLE)
    for place, (text, what) in enumerate(head.codes):
        x = WIDTH - EDGE - (place + 1) * QR_SIDE - place * 6
        draw_qr(book, text, x, HEIGHT - EDGE - QR_SIDE + 8, QR_SIDE)
        book.setFillGray(0)
        told = one_line(what, QR_SIDE, 5.5)
        write(book, told, x + (QR_SIDE - width_of(told, 5.5)) / 2, HEAD + 8, 5.5)


def _mark(book: Canvas, right: float, lang: str) -> float:
    """Draw the mark of made-up data with its right end there, and return where it begins."""
    text = say("made_up_data", lang)
    width = width_of(text, SUBTITLE, BOLD) + 10
    left = right - width - 4
    book.setStrokeGray(0)
    book.setLineWidth(1.2)
    book.rect(left, HEIGHT - EDGE - 16, width, 15, stroke=1, fill=0)
    book.setFillGray(0)
    write(book, text, left + 5, HEIGHT - EDGE - 12, SUBTITLE, BOLD)
    return left


def draw_foot(  # noqa: PLR0917
    book: Canvas, content: PlanExport, page: int, pages: int, lang: str, width: float = WIDTH
) -> None:
    """Draw plan, day and source on the left, and the page of how many on the right."""
    book.setFillGray(0)
    number = say("packet_page", lang, page=page, pages=pages)
    about = " · ".join(
        (
            plain_line(content.plan["name"]),
            written(content.on, lang),
            say("export_source", lang),
            say("packet_internal", lang),
        )
    )
    write(book, number, width - EDGE - width_of(number, SMALL, BOLD), EDGE, SMALL, BOLD)
    write(book, one_line(about, width - 2 * EDGE - 70, SMALL), EDGE, EDGE, SMALL)
