"""Read the sheets of a table file as they stand: rows with their numbers, merged ranges, hidden or not.

Part of the child process (`data.child`). Nothing is understood here: headings, totals and signatures are the business
of `data.grid`.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.child_guard import UTF16_MARKS, RefusedError, inflated, zip_entries
from geo.plain_text import FORBIDDEN_OF_ANY_FONT, restored, without_lone_surrogates

MOST_COLUMNS = 500
MOST_ROWS = 2_000_000
MOST_CELLS = 60_000_000
# Excel's own limit for one cell.
LONGEST_CELL = 32_767
CSV_FIELD = 1 << 30
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 60
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
# A filled cell in a column of two letters or more, or in a row of six digits or more.
FAR_CELL = re.compile(
    rb"""\br=["']([A-Z]{2,4}\d{1,8}|[A-Z]\d{6,8})["'][^>]*>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
ROW_BEFORE_FAR = 99_999
COLUMNS_BEFORE_FAR = 26
OVERLAP = 512
# [MS-XLS]: a FILEPASS record after the BOF of the workbook; the library does not know its oldest kind.
BIFF_LOCKED = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}\x2f\x00", re.DOTALL)

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet: filled rows by number (from 1), merged ranges as (row, column, last row, last column).

    `only_rows`: the first row is the headings, and every other one a row of the table, whatever it looks like.
    """

    name: str
    hidden: bool = False
    only_rows: bool = False
    rows: list[tuple[int, list[str | None]]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    def add(self, number: int, cells: Iterable[Any]) -> None:
        """Keep a row that has a filled cell; refuse what no ward's list has."""
        texts = [cell_text(cell) for cell in cells]
        while texts and texts[-1] is None:
            texts.pop()
        if not texts:
            return
        if len(texts) > MOST_COLUMNS:
            raise RefusedError("too_many_columns", columns=len(texts), most=MOST_COLUMNS)
        if max(len(text) for text in texts if text) > LONGEST_CELL:
            raise RefusedError("cell_too_long", row=number, most=LONGEST_CELL)
        if len(self.rows) >= MOST_ROWS:
            raise RefusedError("too_many_rows", rows=number, most=MOST_ROWS)
        self.rows.append((number, texts))


def cell_text(cell: Any) -> str | None:
    """Return a cell as a person would type it; an empty one, or one that shows an error, is missing."""
    if isinstance(cell, str):
        text = cell.strip()
        if not text.isprintable():
            text = without_lone_surrogates(FORBIDDEN_OF_ANY_FONT.sub("", text)).strip()
        return None if not text or text in EXCEL_ERRORS else text
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell).strip() or None


# --- text ---


def csv_sheet(text: str) -> Sheet:
    """Read delimited text; the delimiter is the one that cuts most rows into the same number of cells."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE)
    body, delimiter = (rest, said[1]) if said else (text, _delimiter(text))
    csv.field_size_limit(CSV_FIELD)
    sheet = Sheet("")
    try:
        for number, row in enumerate(_csv_rows(body, delimiter), start=1):
            sheet.add(number, [restored(cell) for cell in row])
    except csv.Error as error:
        raise RefusedError("file_damaged") from error
    return sheet


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    sample = "\n".join(text.splitlines()[:SAMPLE_ROWS])

    def score(delimiter: str) -> int:
        widths = [len(row) for row in _csv_rows(sample, delimiter) if any(row)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return widths.count(usual) * (usual - 1)

    return max(DELIMITERS, key=score)


def decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """Return text and the name of its encoding.

    A byte order mark or valid UTF-8 decides. Else `encoding`, where the person said one. Else Windows-1258 where all
    its tone marks follow vowels and there is at least one letter that only Vietnamese has, else Windows-1252.
    """
    for mark, name in zip(
        (*UTF16_MARKS, b"\xef\xbb\xbf"), ("utf-16", "utf-16", "utf-8-sig"), strict=True
    ):
        if content.startswith(mark):
            return _strictly(content, name), name
    if b"\0" in content:
        return _wide_or_refused(content)
    if encoding is None or encoding in ("tcvn3", "vni"):
        try:
            # Half a letter, as some programs write it, is replaced when the cell is read.
            return content.decode("utf-8", "surrogatepass"), "utf-8"
        except UnicodeDecodeError:
            pass
    if encoding is not None:
        name = encoding if encoding.startswith("windows-") else "windows-1252"
        return _one_byte(content, name), name
    if any(sign in content for sign in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")):
        raise RefusedError("csv_not_utf8")
    vietnamese = _one_byte(content, "windows-1258")
    if _reads_as_vietnamese(vietnamese):
        return vietnamese, "windows-1258"
    return _one_byte(content, "windows-1252"), "windows-1252"


def _strictly(content: bytes, name: str) -> str:
    try:
        text = content.decode(name, "surrogatepass")
    except UnicodeDecodeError as error:
        raise RefusedError("csv_not_utf8") from error
    if "\0" in text:
        raise RefusedError("file_nul_bytes")
    return text


def _wide_or_refused(content: bytes) -> tuple[str, str]:
    """UTF-16 without its mark has a zero in every other place of plain letters."""
    for name, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[0::2])):
        if len(content) % 2 == 0 and zeros.count(0) * 2 > len(zeros):
            return _strictly(content, name), name
    raise RefusedError("file_nul_bytes")


def _one_byte(content: bytes, name: str) -> str:
    """Decode; the few bytes that Windows leaves open stay what they are, as old fonts use them."""
    pieces = []
    for line in content.splitlines(keepends=True):
        try:
            pieces.append(line.decode(name))
        except UnicodeDecodeError:
            pieces.append(
                "".join(bytes([b]).decode(name, "replace").replace("\ufffd", chr(b)) for b in line)
            )
    return "".join(pieces)


def _reads_as_vietnamese(text: str) -> bool:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    if any(
        sign in marks and before.lower() not in "aăâeêioôơuưy" for before, sign in pairwise(text)
    ):
        return False
    return any(sign in "ăâđêôơưĂÂĐÊÔƠƯ" + marks for sign in text)


# --- workbooks ---


def workbook_sheets(source: Path, kind: str) -> list[Sheet]:
    """Read every worksheet of an XLSX or XLS file."""
    import python_calamine  # noqa: PLC0415

    if kind == ".xlsx":
        _must_be_plain_workbook(source)
    elif BIFF_LOCKED.search(source.read_bytes()):
        raise RefusedError("file_locked")
    try:
        book = python_calamine.CalamineWorkbook.from_path(source)
        return [_worksheet(book, meta) for meta in book.sheets_metadata if _holds_cells(meta)]
    except python_calamine.PasswordError as error:
        raise RefusedError("file_locked") from error
    except python_calamine.CalamineError as error:
        raise RefusedError("file_damaged") from error


def _holds_cells(meta: Any) -> bool:
    return str(meta.typ).endswith("WorkSheet")


def _worksheet(book: Any, meta: Any) -> Sheet:
    read = book.get_sheet_by_name(meta.name)
    sheet = Sheet(meta.name, hidden=not str(meta.visible).endswith(".Visible"))
    sheet.merged = [
        (top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in read.merged_cell_ranges or []
    ]
    if read.start is None:
        return sheet
    margin = [None] * read.start[1]
    for number, row in enumerate(read.iter_rows(), start=1):
        sheet.add(number, margin + row)
    return sheet


def _must_be_plain_workbook(source: Path) -> None:
    """Look through all parts: entities, sizes that lie, and cells so far out that no memory would hold the sheet."""
    for entry in zip_entries(source):
        if entry.filename.endswith((".xml", ".rels")):
            _must_be_plain_part(source, entry)
        else:
            for _ in inflated(source, entry):
                pass


def _must_be_plain_part(source: Path, entry: zipfile.ZipInfo) -> None:
    is_sheet = entry.filename.startswith("xl/worksheets/")
    tail, columns, rows = b"", COLUMNS_BEFORE_FAR, ROW_BEFORE_FAR
    for piece in inflated(source, entry):
        text = tail + piece
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise RefusedError("xml_doctype")
        for far in set(FAR_CELL.findall(text)) if is_sheet else ():
            letters = far.rstrip(b"0123456789")
            columns = max(columns, _column_number(letters))
            rows = max(rows, int(far[len(letters) :]))
        if columns > MOST_COLUMNS:
            raise RefusedError("too_many_columns", columns=columns, most=MOST_COLUMNS)
        if columns * rows > MOST_CELLS:
            raise RefusedError("too_many_rows", rows=rows, most=MOST_CELLS // columns)
        tail = text[-OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
