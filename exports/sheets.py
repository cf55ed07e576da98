"""Tables for people: XLSX that can be filtered and printed, CSV that can be read back.

Every text is written as text, whatever it begins with: an XLSX never holds a formula, and a CSV is
guarded as `geo.plain_text` tells. Ids and phone numbers are texts and keep their leading zeros.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import IO, Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from pandas import DataFrame, Series

from exports.content import PlanExport, stamp, stamped, tables_of, with_coordinates
from exports.text import clean, clean_texts, guard_texts
from exports.writing import written_whole
from words import TEXTS, Lang, column, say

SHEETS = ("households", "zones", "members", "neighbourhoods", "figures")

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
SHEET_NAME_REFUSES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
NARROWEST, WIDEST, ROWS_MEASURED = 8, 48, 500

# A text that begins with one of these would be taken for a formula or an error code.
NOT_PLAIN = tuple("=+-@#\t\n＝＋－＠")

HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="0B5A8A")
HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center")


def write_xlsx(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write a workbook: households first (zones, if public), then the rest, then what it is.

    Raises `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    tables = tables_of(content, public=public)
    book = _Book(stamp(content, public=public, lang=lang), lang)
    for name in SHEETS:
        if name in tables:
            book.add(with_coordinates(tables[name]), title=say(f"export_sheet_{name}", lang))
    book.save(path)


def table_xlsx(
    frame: DataFrame,
    path_or_buffer: Path | IO[bytes],
    *,
    title: str,
    lang: str = Lang.VI,
    made_up: bool,
    on: date | None = None,
) -> None:
    """Write one table as a workbook: header in the first row, one sheet more that says what it is.

    Headings are put into words (`words.column`), and so are causes, reasons and the like; a
    geometry is left out. Raises `InputError` where the file cannot be written.
    """
    marks = {"title": title, "source": say("export_source", lang)}
    marks |= {"date": on.isoformat()} if on else {}
    marks |= {"notice": say("made_up_data", lang)} if made_up else {}
    book = _Book(marks, lang)
    book.add(DataFrame(frame.drop(columns="geometry", errors="ignore")), title=title)
    book.save(path_or_buffer)


def rejects_xlsx(
    aside: DataFrame,
    path: Path,
    *,
    because: Series,
    title: str,
    lang: str = Lang.VI,
    made_up: bool,
) -> None:
    """Write the rows a file could not give so that they can be corrected and imported again as they are.

    `aside` has the row and the sheet they stood in, then the file's own cells under its own headings, which may
    repeat; `because` says of each what is wrong. Columns of ours come first. Raises `InputError` where the file
    cannot be written.
    """
    ours = [column(name, lang) for name in ("because", "aside_row", "aside_sheet")]
    parts = [because, aside.iloc[:, 0], aside.iloc[:, 1]]
    marks = {"title": title, "source": say("export_source", lang)}
    if made_up:
        marks["notice"] = say("made_up_data", lang)
        ours.append(column("notice", lang))
        parts.append(Series(marks["notice"], aside.index))
    table = pd.concat([*parts, aside.iloc[:, 2:]], axis=1)
    book = _Book(marks, lang)
    headings = [*ours, *map(clean, aside.columns[2:])]
    texts = clean_texts(table.set_axis([str(at) for at in range(len(headings))], axis=1))
    book.lay_out(texts, headings, title=title)
    book.save(path)


def write_csv(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write the households of a plan (its zones, if public) as UTF-8 with a byte order mark.

    The columns `household_id` and `member_id` of a full one make it a file of `assignments`.
    Raises `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    tables = tables_of(content, public=public)
    table = with_coordinates(tables["zones" if public else "households"])
    guarded = guard_texts(stamped(table, stamp(content, public=public, lang=lang)))
    with written_whole(path) as part:
        guarded.to_csv(part, index=False, encoding="utf-8-sig", lineterminator="\r\n")


class _Book:
    """A workbook whose sheets are alike; `marks` are what it says of itself."""

    def __init__(self, marks: dict[str, str], lang: str) -> None:
        self.marks = {name: clean(text) for name, text in marks.items()}
        self.lang = lang
        self.book = Workbook(write_only=True)

    def add(self, table: DataFrame, *, title: str) -> None:
        """Add a sheet with `table` under one frozen row of headings."""
        if "notice" in self.marks:
            table = table.assign(notice=self.marks["notice"])
        texts = clean_texts(_in_words(table, self.lang))
        headings = [column(str(name), self.lang) for name in texts.columns]
        self.lay_out(texts, headings, title=title)

    def lay_out(self, texts: DataFrame, headings: list[str], *, title: str) -> None:
        """Add a sheet with cells as they are under these headings."""
        sheet = self.book.create_sheet(_sheet_name(title))
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
        if "notice" in self.marks:
            sheet.oddHeader.center.text = self.marks["notice"]
        sheet.oddFooter.left.text = _footer(self.marks)
        for at, heading in enumerate(headings, start=1):
            width = _width(texts.iloc[:, at - 1], heading)
            sheet.column_dimensions[get_column_letter(at)].width = width
        if headings:
            last = get_column_letter(len(headings))
            sheet.auto_filter.ref = f"A1:{last}{len(texts) + 1}"
        sheet.append([_heading(sheet, heading) for heading in headings])
        for row in _rows(sheet, texts):
            sheet.append(row)

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
    """Return what stands below each printed page; `&` begins a command there."""
    told = [text for name, text in marks.items() if name not in ("audience", "notice")]
    return " · ".join(told)[:FOOTER_LENGTH].replace("&", "&&")


def _sheet_name(title: str) -> str:
    name = title.translate(SHEET_NAME_REFUSES)[:SHEET_NAME_LENGTH].strip("' ")
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


def _rows(sheet: Any, table: DataFrame) -> Iterator[list[Any]]:
    """Yield the rows of `table` as openpyxl takes them, no text ever as a formula."""
    columns = [_cells(sheet, table.iloc[:, at]) for at in range(table.shape[1])]
    return (list(row) for row in zip(*columns, strict=True))


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
