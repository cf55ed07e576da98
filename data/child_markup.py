"""Read the sheets of table files that are markup: ODS, SpreadsheetML 2003, and the HTML that many programs call `.xls`.

Part of the child process (`data.child`). Expat streams the XML; a DOCTYPE, and with it every entity, is refused.
"""

from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

from data.child_guard import RefusedError, inflated, zip_entries
from data.child_sheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet

HTML_BYTES = 40 << 20
# A cell of a sheet: column, value, columns and rows it covers.
Cell = tuple[int, str | None, int, int]
Attributes = dict[str, str]


def ods_sheets(source: Path) -> list[Sheet]:
    """Read every sheet of an OpenDocument file."""
    for entry in zip_entries(source):
        if entry.filename == "content.xml":
            return _parsed(_Ods(), inflated(source, entry))
    raise RefusedError("file_damaged")


def spreadsheetml_sheets(source: Path) -> list[Sheet]:
    """Read every worksheet of an Excel 2003 XML file."""
    return _parsed(_SpreadsheetMl(), [source.read_bytes()])


def html_sheets(text: str) -> list[Sheet]:
    """Read every table of a web page; the tables inside a cell are its text."""
    if len(text) > HTML_BYTES:
        raise RefusedError("file_too_large", most_mb=HTML_BYTES >> 20)
    page = _Html()
    page.feed(text)
    page.close()
    if not page.sheets:
        raise RefusedError("file_web_page")
    return page.sheets


def _parsed(dialect: Any, pieces: Iterable[bytes]) -> list[Sheet]:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise RefusedError("xml_doctype")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, said: dialect.start(_local(name), _locals(said))
    parser.EndElementHandler = lambda name: dialect.end(_local(name))
    parser.CharacterDataHandler = dialect.data
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise RefusedError("file_damaged") from error
    sheets: list[Sheet] = dialect.sheets
    return sheets


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(said: Attributes) -> Attributes:
    return {_local(name): value for name, value in said.items()}


def _count(text: str | None, *, least: int) -> int:
    try:
        return max(int(text or least), least)
    except ValueError as error:
        raise RefusedError("file_damaged") from error


class _Grid:
    """Collects sheets row by row."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.number = 0
        self.filled = 0

    def open(self, name: str) -> None:
        self.sheets.append(Sheet(name))
        self.number = 0

    def row(self, cells: list[Cell], *, times: int = 1) -> None:
        """Take a row, `times` over, as the next ones."""
        first = self.number + 1
        self.number += times
        width = max((column + 1 for column, value, *_ in cells if value), default=0)
        if not width:
            return
        if width > MOST_COLUMNS:
            raise RefusedError("too_many_columns", columns=width, most=MOST_COLUMNS)
        self.filled += width * times
        if self.number > MOST_ROWS or self.filled > MOST_CELLS:
            raise RefusedError("too_many_rows", rows=self.number, most=MOST_ROWS)
        texts: list[str | None] = [None] * width
        for column, value, across, down in cells:
            if value and column < width:
                texts[column] = value
            if across > 1 or down > 1:
                last = min(column + across, MOST_COLUMNS) - 1
                self.sheets[-1].merged.append((first, column, first + down - 1, last))
        for number in range(first, first + times):
            self.sheets[-1].add(number, texts)


class _Ods(_Grid):
    """`table:table` / `table:table-row` / `table:table-cell`, of OpenDocument 1.2 part 1, section 9."""

    def __init__(self) -> None:
        super().__init__()
        self._hidden: set[str] = set()
        self._style = ""
        self._cells: list[Cell] = []
        self._cell: Attributes | None = None
        self._text: list[str] = []
        self._column = 0
        self._times = 1
        self._aside = 0

    def start(self, name: str, said: Attributes) -> None:
        if name == "style":
            self._style = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self._hidden.add(self._style)
        elif name == "table":
            self.open(said.get("name", ""))
            self.sheets[-1].hidden = said.get("style-name") in self._hidden
        elif name == "table-row":
            self._cells, self._column = [], 0
            self._times = _count(said.get("number-rows-repeated"), least=1)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._text = said, []
        elif name in ("annotation", "shape"):
            self._aside += 1
        elif name == "p" and self._text:
            self._text.append("\n")
        elif name == "s":
            self._text.append(" ")

    def data(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name in ("annotation", "shape"):
            self._aside -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._close_cell(self._cell, covered=name != "table-cell")
            self._cell = None
        elif name == "table-row" and self.sheets:
            self.row(self._cells, times=self._times)

    def _close_cell(self, said: Attributes, *, covered: bool) -> None:
        times = _count(said.get("number-columns-repeated"), least=1)
        value = None if covered else self._value(said)
        across = _count(said.get("number-columns-spanned"), least=1)
        down = _count(said.get("number-rows-spanned"), least=1)
        if value and self._column + times > MOST_COLUMNS:
            raise RefusedError("too_many_columns", columns=self._column + times, most=MOST_COLUMNS)
        if value or across > 1 or down > 1:
            self._cells.extend(
                (column, value, across, down)
                for column in range(self._column, self._column + min(times, MOST_COLUMNS))
            )
        self._column += times

    def _value(self, said: Attributes) -> str | None:
        if "value" in said and said.get("value-type") in ("float", "percentage", "currency"):
            return _plain_number(said["value"])
        if "date-value" in said:
            return said["date-value"].removesuffix("T00:00:00")
        if "boolean-value" in said:
            return "1" if said["boolean-value"] == "true" else "0"
        return "".join(self._text) or None


class _SpreadsheetMl(_Grid):
    """`Worksheet` / `Row` / `Cell` / `Data`, of Excel 2003; missing rows and cells are skipped by `ss:Index`."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[Cell] = []
        self._cell: Attributes = {}
        self._kind = ""
        self._text: list[str] = []
        self._column = 0
        self._said = ""

    def start(self, name: str, said: Attributes) -> None:
        if name == "Worksheet":
            self.open(said.get("Name", ""))
        elif name == "Row" and self.sheets:
            self.number = _count(said.get("Index"), least=self.number + 1) - 1
            self._cells, self._column = [], 0
        elif name == "Cell":
            self._cell, self._text, self._kind = said, [], ""
            self._column = _count(said.get("Index"), least=self._column + 1) - 1
        elif name == "Data":
            self._kind = said.get("Type", "")
        self._said = name

    def data(self, text: str) -> None:
        if self._kind:
            self._text.append(text)
        elif self._said == "Visible" and text in ("SheetHidden", "SheetVeryHidden") and self.sheets:
            self.sheets[-1].hidden = True

    def end(self, name: str) -> None:
        if name == "Data":
            self._said = ""
        elif name == "Cell":
            across = _count(self._cell.get("MergeAcross"), least=0) + 1
            down = _count(self._cell.get("MergeDown"), least=0) + 1
            self._cells.append((self._column, self._value(), across, down))
            self._column += across
            self._kind = ""
        elif name == "Row" and self.sheets:
            self.row(self._cells)

    def _value(self) -> str | None:
        text = "".join(self._text)
        if self._kind == "Number":
            return _plain_number(text)
        if self._kind == "DateTime":
            return text.partition(".")[0].removesuffix("T00:00:00")
        return text or None


class _Html(HTMLParser, _Grid):
    """`table` / `tr` / `td`; what a cell covers pushes later cells to the right, as browsers do."""

    def __init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        _Grid.__init__(self)
        self._depth = 0
        self._cells: list[Cell] | None = None
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._covered: dict[int, int] = {}  # column → rows still covered

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.open(str(len(self.sheets) + 1))
                self._covered = {}
        elif self._depth == 1 and tag == "tr":
            self._close_row()
            self._cells = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._close_cell()
            said = dict(attrs)
            self._span = (_span(said.get("colspan")), _span(said.get("rowspan")))
            self._text = []
            if self._cells is None:
                self._cells = []
        elif tag in ("br", "p", "div") and self._text:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._depth == 1:
            self._close_cell()
        elif tag == "tr" and self._depth == 1:
            self._close_row()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close_row()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close_row()

    def _close_cell(self) -> None:
        if self._text is None or self._cells is None:
            return
        if len(self._cells) > MOST_COLUMNS:
            raise RefusedError("too_many_columns", columns=len(self._cells), most=MOST_COLUMNS)
        column = self._cells[-1][0] + self._cells[-1][2] if self._cells else 0
        while self._covered.get(column, 0):
            column += 1
        value = " ".join("".join(self._text).split())
        self._cells.append((column, value or None, *self._span))
        self._text = None

    def _close_row(self) -> None:
        self._close_cell()
        if self._cells is None:
            return
        self.row(self._cells)
        self._covered = {column: left - 1 for column, left in self._covered.items() if left > 1}
        for column, _, across, down in self._cells:
            if down > 1:
                self._covered |= dict.fromkeys(range(column, column + across), down - 1)
        self._cells = None


def _span(text: str | None) -> int:
    """A span as browsers read it: what is no number is 1, and none is wider than a sheet may be."""
    return min(max(int(text), 1), MOST_COLUMNS) if text and text.strip().isdecimal() else 1


def _plain_number(text: str) -> str:
    """`905123456.0` and `9.05E8` as the digits a person typed."""
    try:
        number = float(text)
    except ValueError:
        return text
    whole = number.is_integer() and abs(number) < 1e15  # noqa: PLR2004 (a double's whole digits)
    return str(int(number)) if whole else text
