"""The page a team's leader gets: who has how many households, minutes and weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from exports.pdf_page import EDGE, FOOT, HEAD, INNER
from exports.pdf_text import BOLD, REGULAR, one_line, plain_line, width_of, write
from words import number, say

SIZE = 9.0
LINE = 17.0
SHARES = {
    "member": 0.34,
    "households": 0.13,
    "to_do": 0.15,
    "minutes": 0.13,
    "weeks": 0.13,
    "pages": 0.12,
}
ROWS_A_PAGE = int((HEAD - FOOT - 40) / LINE) - 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """What a team's page says of a member; `weeks` None where nobody knows."""

    name: str
    households: int
    to_do: int
    minutes: float
    weeks: int | None
    pages: int


def team_pages(lines: Sequence[MemberLine]) -> list[Sequence[MemberLine]]:
    """Share the members of a team among pages."""
    return [lines[at : at + ROWS_A_PAGE] for at in range(0, len(lines), ROWS_A_PAGE)]


def draw_team(
    book: Canvas,
    lines: Sequence[MemberLine],
    *,
    whole: Sequence[MemberLine] | None,
    notes: Sequence[str],
    lang: str,
) -> None:
    """Draw a page of members; with `whole`, all of them, a last line sums them up and `notes` follow."""
    top = _line(book, [say(f"packet_team_{name}", lang) for name in SHARES], HEAD - 20, BOLD)
    for one in lines:
        top = _line(book, _told(one, lang), top)
    if whole is None:
        return
    top = _line(book, _told(_sum(whole, lang), lang), top, BOLD)
    for note in notes:
        top -= LINE
        write(book, one_line(plain_line(note), INNER, SIZE), EDGE, top, SIZE)


def _told(one: MemberLine, lang: str) -> list[str]:
    figures = (one.households, one.to_do, round(one.minutes), one.weeks, one.pages)
    return [plain_line(one.name), *(number(figure, lang) for figure in figures)]


def _sum(lines: Sequence[MemberLine], lang: str) -> MemberLine:
    weeks = [one.weeks for one in lines]
    known = [week for week in weeks if week is not None]
    return MemberLine(
        name=say("packet_team_total", lang),
        households=sum(one.households for one in lines),
        to_do=sum(one.to_do for one in lines),
        minutes=sum(one.minutes for one in lines),
        weeks=max(known) if known and len(known) == len(weeks) else None,
        pages=sum(one.pages for one in lines),
    )


def _line(book: Canvas, cells: Sequence[str], top: float, font: str = REGULAR) -> float:
    """Write a line of a table, names to the left and figures to the right of their columns."""
    left, low = EDGE, top - LINE
    for place, (text, share) in enumerate(zip(cells, SHARES.values(), strict=True)):
        width = share * INNER
        told = one_line(text, width - 8, SIZE, font=font)
        x = left + 4 if place == 0 else left + width - 4 - width_of(told, SIZE, font)
        write(book, told, x, low + 5, SIZE, font)
        left += width
    book.setStrokeGray(0.45)
    book.setLineWidth(0.4)
    book.lines([(EDGE, low, EDGE + INNER, low), (EDGE, top, EDGE + INNER, top)])
    return low
