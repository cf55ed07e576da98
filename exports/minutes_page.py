"""A document as offices write it: A4, their margins and letters, tables with rims, a foot with source and page number.

Sizes and places follow Decree 30/2020/NĐ-CP on clerical work, annex I.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.text import clean

FONT = "Times New Roman"
TEXT_PT, HEAD_PT, TABLE_PT, FOOT_PT = 13, 12, 11, 9
# Millimetres.
PAGE, TOP, LEFT, RIGHT = (210, 297), 20, 30, 17
INNER = PAGE[0] - LEFT - RIGHT
SHADE = "E8EEF3"
RED = RGBColor.from_string("B33A00")

CENTRE, TO_RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH_SIDES = WD_ALIGN_PARAGRAPH.JUSTIFY


class Paper:
    """A document that grows downward."""

    def __init__(self, *, title: str, author: str, foot: str, notice: str = "") -> None:
        self.file: Any = Document()
        self._letters()
        section = self.file.sections[0]
        section.page_width, section.page_height = map(Mm, PAGE)
        section.top_margin = section.bottom_margin = Mm(TOP)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        about = self.file.core_properties
        about.title, about.author, about.last_modified_by = clean(title), author, author
        about.comments = ""
        line = section.footer.paragraphs[0]
        _run(line, f"{foot} · ", size=FOOT_PT)
        _page_number(line)
        if notice:
            line = section.header.paragraphs[0]
            line.alignment = CENTRE
            _run(line, notice, bold=True).font.color.rgb = RED

    def _letters(self) -> None:
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(TEXT_PT)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)

    def line(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float = TEXT_PT,
        align: Any = None,
    ) -> None:
        """Write one paragraph."""
        paragraph = self.file.add_paragraph()
        paragraph.alignment = align
        _run(paragraph, text, bold=bold, italic=italic, size=size)

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading that the program's outline knows."""
        paragraph = self.file.add_paragraph(style=f"Heading {level}")
        run = _run(paragraph, text, bold=True)
        run.font.color.rgb = RGBColor(0, 0, 0)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        paragraph.paragraph_format.space_before = Pt(10)

    def side_by_side(
        self, *columns: Sequence[tuple[str, bool, bool]], widths: Sequence[float]
    ) -> None:
        """Write columns of (text, bold, italic), centred, without rims, of these widths in millimetres."""
        table = self.file.add_table(rows=1, cols=len(columns))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _widths(table, widths)
        for cell, lines in zip(table.rows[0].cells, columns, strict=True):
            for at, (text, bold, italic) in enumerate(lines):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                paragraph.alignment = CENTRE
                paragraph.paragraph_format.space_after = Pt(0)
                _run(paragraph, text, bold=bold, italic=italic, size=HEAD_PT)
        self.file.add_paragraph()

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        words: Sequence[int] = (0,),
        widths: Sequence[float] | None = None,
    ) -> None:
        """Write a table whose headings are repeated on each page.

        Columns of `words` begin at the left, figures end at the right; `widths` in millimetres, None: all alike.
        """
        table = self.file.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
        _widths(table, widths or [INNER / len(headings)] * len(headings))
        for row, texts in zip(table.rows, [headings, *rows], strict=True):
            first = texts is headings
            _whole(row, heading=first)
            for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.alignment = CENTRE if first else (None if at in words else TO_RIGHT)
                _run(paragraph, text, bold=first, size=TABLE_PT)
                if first:
                    _shade(cell)
        self.file.add_paragraph()


def _widths(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _run(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = TEXT_PT
) -> Any:
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic
    run.font.size, run.font.name = Pt(size), FONT
    return run


def _whole(row: Any, *, heading: bool) -> None:
    """Keep a row on one page, and a heading on every page."""
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if heading:
        rules.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _page_number(paragraph: Any) -> None:
    """Add the number of the page, which the program counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)
