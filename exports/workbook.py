"""A workbook whose sheets are alike: headings frozen, filtered and wide enough, every text a text.

Every text is written as text, whatever it begins with: a workbook never holds a formula. Ids and phone numbers are
texts and keep their leading zeros.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from pandas import DataFrame, Series

from exports.text import clean, clean_texts
from exports.writing import written_whole
from words import TEXTS, column, say

# What an empty cell of a column means.
EMPTY_MEANS = {"share_reached": "no_denominator", "goal": "export_all_goals"}
# Codes that have a word each: `cause_refused`.
CODED = ("cause", "reason", "status", "role", "check", "outcome", "location_source")
# Codes, several a cell, that have a word each: `trait_poor`.
LISTS = {"traits": "trait"}
VIETNAM_AHEAD = pd.Timedelta(hours=7)
DEGREES = "0.0000000"
SHARE = "0.0%"
MEASURED = "#,##0.0"
SHOWN = {DEGREES: "{:.7f}", MEASURED: "{:,.1f}"}

# Excel's limits, and characters it refuses in the name of a sheet.
SHEET_NAME_LENGTH = 31
FOOTER_LENGTH = 120
# As spreadsheet programs number sizes of paper.
A4 = 9
SHEET_NAME_REFUSES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
NARROWEST, WIDEST, ROWS_MEASURED = 8, 48, 500

# A text that begins with one of these would be taken for a formula or an error code.
NOT_PLAIN = tuple("=+-@#\t\n＝＋－＠")

HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0B5A8A")
HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


LINK_FONT = Font(color="0563C1", underline="single")
TO_FILL = PatternFill("solid", fgColor="FFF8E1")
RIM = Border(*[Side("thin", color="BFBFBF")] * 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A column that people fill in: by which rule, and for how many rows below the last one too."""

    column: str
    width: int
    rule: DataValidation | None = None
    number_format: str | None = None
    rows_to_spare: int = 0


class Book:
    """A workbook whose sheets are alike; `marks` are what it says of itself."""

    def __init__(self, marks: dict[str, str], lang: str) -> None:
        self.marks = {name: clean(text) for name, text in marks.items()}
        self.lang = lang
        self.book = Workbook(write_only=True)

    def add(
        self,
        table: DataFrame,
        *,
        title: str,
        fills: Sequence[Fill] = (),
        links: str | None = None,
        about: str = "",
    ) -> None:
        """Add a sheet with `table` under one frozen row of headings.

        `fills` are columns to be filled in, `links` is one that names sheets to go to, `about` stands above each
        printed page.
        """
        if "notice" in self.marks:
            table = table.assign(notice=self.marks["notice"])
        texts = clean_texts(_in_words(table, self.lang))
        headings = [column(str(name), self.lang) for name in texts.columns]
        self.lay_out(texts, headings, title=title, fills=fills, links=links, about=about)

    def lay_out(
        self,
        texts: DataFrame,
        headings: list[str],
        *,
        title: str,
        fills: Sequence[Fill] = (),
        links: str | None = None,
        about: str = "",
    ) -> None:
        """Add a sheet with cells as they are under these headings."""
        sheet = self.book.create_sheet(sheet_name(title))
        self._set_up(sheet, about)
        filled = {fill.column: fill for fill in fills}
        for at, heading in enumerate(headings):
            fill = filled.get(str(texts.columns[at]))
            width = fill.width if fill else _width(texts.iloc[:, at], heading)
            letter = get_column_letter(at + 1)
            sheet.column_dimensions[letter].width = width
            if fill and fill.rule:
                last = len(texts) + 1 + fill.rows_to_spare
                sheet.data_validations.append(_for_cells(fill.rule, f"{letter}2:{letter}{last}"))
        if headings:
            last_letter = get_column_letter(len(headings))
            sheet.auto_filter.ref = f"A1:{last_letter}{len(texts) + 1}"
        sheet.append([_heading(sheet, heading) for heading in headings])
        for row in _rows(sheet, texts, filled, links):
            sheet.append(row)

    def _set_up(self, sheet: Any, about: str) -> None:
        """Freeze and repeat the headings, and say on paper what it is."""
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        if "notice" in self.marks:
            sheet.oddHeader.center.text = self.marks["notice"]
        if about:
            sheet.oddHeader.left.text = _on_paper(clean(about))
        sheet.oddFooter.left.text = _footer(self.marks)

    def save(self, target: Path | IO[bytes]) -> None:
        """Add the sheet that says what the workbook is, and write it."""
        about = self.book.create_sheet(say("export_sheet_about", self.lang))
        about.column_dimensions["A"].width = NARROWEST * 2
        about.column_dimensions["B"].width = WIDEST
        for name, text in self.marks.items():
            about.append([column(name, self.lang), _text_cell(about, text)])
        for sheet in self.book.worksheets:
            sheet.close()  # else each complains on stderr where the file cannot be written
        opened = written_whole(target) if isinstance(target, Path) else nullcontext(target)
        with opened as whole:
            self.book.save(whole)


def _footer(marks: dict[str, str]) -> str:
    """Return what stands below each printed page."""
    told = [text for name, text in marks.items() if name not in ("audience", "notice")]
    return _on_paper(" · ".join(told))


def _on_paper(text: str) -> str:
    """Return a text for the edge of a page, where `&` begins a command."""
    return text[:FOOTER_LENGTH].replace("&", "&&")


def sheet_name(title: str) -> str:
    """Return a name that spreadsheet programs take for a sheet."""
    name = (
        clean(title)
        .replace("\n", " ")
        .translate(SHEET_NAME_REFUSES)[:SHEET_NAME_LENGTH]
        .strip("' ")
    )
    return name or say("app_name")


def _in_words(table: DataFrame, lang: str) -> DataFrame:
    """Return `table` with its codes put into words, and empty cells where they mean something."""
    worded = {name: _column_in_words(table[name], str(name), lang) for name in table.columns}
    if {"area", "name"} <= worded.keys():
        nowhere = "export_outside" if "share_reached" in worded else "export_total"
        worded["name"] = worded["name"].fillna(say(nowhere, lang))
    if "households_shown" in worded:
        shown = worded.pop("households_shown")
        worded["households"] = worded["households"].astype(object).fillna(shown)
    return DataFrame(worded, index=table.index)


def _column_in_words(cells: Series, name: str, lang: str) -> Series:
    if name in LISTS:
        return cells.map(
            lambda codes: ", ".join(_word(LISTS[name], code, lang) for code in codes.split(",")),
            na_action="ignore",
        )
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        in_vietnam: Series = cells.dt.tz_convert("UTC").dt.tz_localize(None) + VIETNAM_AHEAD
        return in_vietnam
    if name in CODED:
        return cells.map(lambda code: _word(name, code, lang), na_action="ignore")
    if name in EMPTY_MEANS:
        return cells.astype(object).where(cells.notna(), say(EMPTY_MEANS[name], lang))
    return cells


def _word(kind: str, code: Any, lang: str) -> str:
    return say(f"{kind}_{code}", lang) if f"{kind}_{code}" in TEXTS else str(code)


def _width(cells: Series, heading: str) -> int:
    """Return the letters that the heading and the first cells need, as they are shown."""
    shown = SHOWN.get(_number_format(cells) or "", "{}")
    longest = max(
        (len(shown.format(cell)) for cell in cells.head(ROWS_MEASURED).dropna()), default=0
    )
    return min(max(NARROWEST, len(heading) + 3, longest + 2), WIDEST)


def _heading(sheet: Any, text: str) -> Any:
    cell = _text_cell(sheet, text)
    cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, HEADER_ALIGNMENT
    return cell


def _for_cells(rule: DataValidation, cells: str) -> DataValidation:
    own = copy(rule)
    own.sqref = MultiCellRange(cells)
    return own


def _rows(
    sheet: Any, table: DataFrame, fills: dict[str, Fill], links: str | None
) -> Iterator[list[Any]]:
    """Yield the rows of `table` as openpyxl takes them, no text ever as a formula."""
    columns = []
    for name in table.columns:
        if name in fills:
            columns.append(_to_fill(sheet, table[name], fills[name]))
        elif name == links:
            columns.append([_link(sheet, text) for text in table[name]])
        else:
            columns.append(_cells(sheet, table[name]))
    return (list(row) for row in zip(*columns, strict=True))


def _to_fill(sheet: Any, cells: Series, fill: Fill) -> list[Any]:
    plain = cells.astype(object).where(cells.notna(), None)
    return [_cell_to_fill(sheet, value, fill) for value in plain]


def _cell_to_fill(sheet: Any, value: Any, fill: Fill) -> Any:
    cell = _text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)
    cell.fill, cell.border = TO_FILL, RIM
    if fill.number_format:
        cell.number_format = fill.number_format
    return cell


def _link(sheet: Any, name: str) -> Any:
    """Return a cell that leads to a sheet of the same workbook."""
    cell = _text_cell(sheet, name)
    place = "'" + name.replace("'", "''") + "'!A1"
    cell.hyperlink = Hyperlink(ref="", location=place, display=name)
    cell.font = LINK_FONT
    return cell


def _cells(sheet: Any, cells: Series) -> list[Any]:
    number_format = _number_format(cells)
    plain = cells.astype(object).where(cells.notna(), None)
    return [_cell(sheet, value, number_format) for value in plain]


def _cell(sheet: Any, value: Any, number_format: str | None) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, value) if value.startswith(NOT_PLAIN) else value
    if number_format is None or value is None:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    # Excel then keeps it a text when somebody edits the cell.
    cell.quotePrefix = text.startswith(NOT_PLAIN)
    return cell


def _number_format(cells: Series) -> str | None:
    name = str(cells.name)
    if name in ("lat", "lon"):
        return DEGREES
    if name.startswith("share_"):
        return SHARE
    return MEASURED if pd.api.types.is_float_dtype(cells) else None
