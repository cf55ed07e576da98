"""Text on a PDF page: one embedded font with every Vietnamese letter, broken into lines that fit.

The font is Be Vietnam Pro (SIL Open Font License, `exports/fonts/LICENSE`); only the letters used are embedded.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from exports.text import clean

FOLDER = Path(__file__).parent / "fonts"
REGULAR, BOLD = "BeVietnamPro", "BeVietnamPro-Bold"
FILES = {REGULAR: "BeVietnamPro-Regular.ttf", BOLD: "BeVietnamPro-Bold.ttf"}
POINT_MM = 25.4 / 72
LEADING = 1.25
CUT = "…"
# Words repeat from row to row: measured once.
WIDTHS_KEPT = 20_000


@cache
def use_fonts() -> None:
    """Make the fonts known to reportlab, once."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / file)))


def plain_line(text: object) -> str:
    """Return a value as one line of plain text; nothing for what is missing."""
    if text is None or text != text:  # noqa: PLR0124  NaN is not itself
        return ""
    return " ".join(clean(str(text)).split())


def in_order(text: object) -> tuple[tuple[int, str], ...]:
    """Return what sorts texts as people do: Tổ 2 before Tổ 10."""
    parts = re.findall(r"\d+|\D+", plain_line(text).casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


@lru_cache(maxsize=WIDTHS_KEPT)
def width_of(text: str, size: float, font: str = REGULAR) -> float:
    """Return how wide a text is, in points."""
    use_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def lines_in(
    text: str, width: float, size: float, *, font: str = REGULAR, most: int | None = None
) -> list[str]:
    """Break a text between words into lines no wider than `width` points, words too long for one anywhere.

    Of more than `most` lines the last one kept ends in `…`.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, font) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, size, font)
        if most is not None and len(lines) > most:
            return [*lines[: most - 1], _cut(lines[most - 1], width, size, font)]
    return lines


def _pieces(word: str, width: float, size: float, font: str) -> list[str]:
    pieces = []
    while width_of(word, size, font) > width and len(word) > 1:
        fits = _letters_that_fit(word, width, size, font)
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word]


def _letters_that_fit(word: str, width: float, size: float, font: str) -> int:
    """Return how many letters from the first on fit, one at the least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(word[:middle], size, font) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _cut(line: str, width: float, size: float, font: str) -> str:
    if width_of(line + CUT, size, font) <= width:
        return line + CUT
    return line[: _letters_that_fit(line, width - width_of(CUT, size, font), size, font)] + CUT


def one_line(text: str, width: float, size: float, *, font: str = REGULAR) -> str:
    """Return a text that fits one line, cut where it is longer."""
    return (lines_in(text, width, size, font=font, most=1) or [""])[0]


def write(  # noqa: PLR0917 - a text, where, and how
    canvas: Canvas, text: str, x: float, y: float, size: float, font: str = REGULAR
) -> None:
    """Write one line with its left end on x and its foot on y."""
    use_fonts()
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def write_lines(  # noqa: PLR0917
    canvas: Canvas, lines: list[str], x: float, top: float, size: float, font: str = REGULAR
) -> float:
    """Write lines from `top` down, and return where the last one ends."""
    for line in lines:
        top -= size * LEADING
        write(canvas, line, x, top + size * (LEADING - 1), size, font)
    return top
