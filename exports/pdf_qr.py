"""QR codes on a PDF page, as rectangles that stay sharp."""

from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

import segno
from reportlab.pdfgen.canvas import Canvas

# Light squares around a code, without which it is not read (ISO/IEC 18004).
QUIET = 4
PREFIX = "diaban:"


def page_code(plan: str, member: str, page: int) -> str:
    """Return what the code of a page says: `diaban:P00012/m017/2`; odd letters of ids as in web addresses."""
    return f"{PREFIX}{quote(plan, safe='')}/{quote(member, safe='')}/{page}"


def draw_qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a code, with its quiet edge, on a white square of `side` points from its lower left corner on."""
    rows = _rows(text)
    unit = side / (len(rows) + 2 * QUIET)
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for down, runs in enumerate(rows):
        foot = y + side - (QUIET + down + 1) * unit
        for start, length in runs:
            path.rect(x + (QUIET + start) * unit, foot, length * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


@lru_cache(maxsize=8)
def _rows(text: str) -> list[list[tuple[int, int]]]:
    """Return for each row of a code where its dark runs begin and how long they are."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return [_runs(row) for row in matrix]


def _runs(row: bytearray) -> list[tuple[int, int]]:
    runs, at = [], 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            runs.append((at, length))
        at += length
    return runs
