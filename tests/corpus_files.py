"""Writers of small files as wards and attackers have them: workbooks whole and broken, pages, archives, traps."""

import io
import sqlite3
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Rows = list[list[Any]]
HEAD = ["STT", "Mã hộ", "Họ và tên chủ hộ", "TDP", "SĐT"]
ONE = [1, "H1", "Lê Thị Ổn", "Tổ 1", "0905123456"]
TWO = [2, "H2", "Trần Văn Đức", "Tổ 2", "0912345678"]


def xlsx(*sheets: Rows, names: list[str] | None = None, merged: str = "", hidden: str = ""):
    """A workbook; `merged` are ranges of the first sheet, `hidden` a sheet's name."""

    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for i, rows in enumerate(sheets):
            sheet = book.create_sheet(names[i] if names else f"Sheet{i + 1}")
            for row in rows:
                sheet.append(row)
            for area in merged.split() if i == 0 else ():
                sheet.merge_cells(area)
            sheet.sheet_state = "hidden" if sheet.title == hidden else "visible"
        # openpyxl refuses a book without a visible sheet only when it writes the active one.
        book.active = next((i for i, s in enumerate(book) if s.sheet_state == "visible"), 0)
        buffer = io.BytesIO()
        book.save(buffer)
        path.write_bytes(buffer.getvalue())

    return make


def text(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", before: str = ""):
    body = before + "\n".join(delimiter.join("" if c is None else str(c) for c in r) for r in rows)
    return raw(body.encode(encoding))


def raw(content: bytes):
    return lambda path: path.write_bytes(content)


def archive(*entries: tuple[str, bytes], link: str = ""):
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, content in entries:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                if name == link:
                    info.external_attr = (stat.S_IFLNK | 0o777) << 16
                zipped.writestr(info, content)

    return make


def edited(make: Callable[[Path], None], part: str, change: Callable[[bytes], bytes]):
    """The workbook that `make` writes, with one part changed."""

    def made(path: Path) -> None:
        make(path)
        with zipfile.ZipFile(path) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
        archive(*((n, change(c) if n == part else c) for n, c in parts))(path)

    return made


def cut(make: Callable[[Path], None], share: float):
    def made(path: Path) -> None:
        make(path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return made


def html(rows: str, *, before: str = '<html><head><meta charset="utf-8"></head><body>'):
    return raw(f"{before}<table border=1>{rows}</table></body></html>".encode())


def tr(*cells: str) -> str:
    return "<tr>" + "".join(c if c.startswith("<t") else f"<td>{c}</td>" for c in cells) + "</tr>"


def spreadsheetml(rows: str, *, before: str = "", after: str = ""):
    return raw(
        f"""<?xml version="1.0" encoding="UTF-8"?>{before}<?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
        xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
        xmlns:x="urn:schemas-microsoft-com:office:excel">
        <Worksheet ss:Name="Hộ"><Table>{rows}</Table></Worksheet>{after}</Workbook>""".encode()
    )


def ml_row(*cells: str, at: str = "") -> str:
    data = [
        c if c.startswith("<Cell") else f'<Cell><Data ss:Type="String">{c}</Data></Cell>'
        for c in cells
    ]
    return f"<Row{at}>{''.join(data)}</Row>"


def ods(tables: str, *, before: str = ""):
    content = f"""<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content
    xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
    <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>
    </style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}
    </office:spreadsheet></office:body></office:document-content>"""
    return archive(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.encode()),
    )


def ods_row(*cells: str, times: int = 1) -> str:
    shown = [
        c
        if c.startswith("<table")
        else f"<table:table-cell><text:p>{c}</text:p></table:table-cell>"
        for c in cells
    ]
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(shown)}</table:table-row>'
    )


def ods_table(*rows: str, name: str = "Hộ", style: str = "ta1") -> str:
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'
    )


def xls(*sheets: Rows, names: list[str] | None = None, merged: list[tuple] = (), locked=False):
    """A BIFF8 workbook ([MS-XLS]) in a compound file ([MS-CFB]); `merged` as (row, row, column, column) from 0."""
    names = names or [f"Sheet{i + 1}" for i in range(len(sheets))]
    bodies = [_biff_sheet(rows, merged if i == 0 else ()) for i, rows in enumerate(sheets)]
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start += _record(0x2F, bytes(6)) if locked else b""
    size = len(start) + sum(len(_bound(0, name)) for name in names) + len(_record(0x0A))
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += _bound(size, name)
        size += len(body)
    return raw(compound("Workbook", start + bounds + _record(0x0A) + b"".join(bodies)))


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _bound(offset: int, name: str) -> bytes:
    letters = name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + letters)


def _biff_sheet(rows: Rows, merged: Any) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    width = max(map(len, rows), default=0)
    body += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, int | float):
                body += _record(0x203, struct.pack("<HHHd", r, c, 0, cell))
            elif cell:
                letters = cell.encode("utf-16-le")
                body += _record(0x204, struct.pack("<HHHHB", r, c, 0, len(cell), 1) + letters)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *area) for area in merged)
        body += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    return body + _record(0x0A)


def compound(name: str, stream: bytes) -> bytes:
    sector, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    fat = [fat_mark, end, *range(3, count + 2), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    root = _entry("Root Entry", 5, child=1, start=end, size=0)
    entries = root + _entry(name, 2, child=free, start=2, size=len(stream)) + bytes(256)
    return header + table + entries + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    ends = struct.pack("<IQ", start, size)
    return letters.ljust(64, b"\0") + struct.pack("<H", len(letters)) + links + bytes(36) + ends


# --- hostile makers ---


def far_cell(cell: str, *, filled: bool):
    """A workbook whose sheet has one more cell, far out: with a value, or with a format alone."""
    row = "".join(sign for sign in cell if sign.isdigit())
    inner = "<v>1</v>" if filled else ""
    more = f'<row r="{row}"><c r="{cell}" s="0">{inner}</c></row></sheetData>'.encode()
    return edited(
        xlsx([HEAD, ONE, TWO]),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", more),
    )


def long_cell(length: int):
    cell = b'<row r="4"><c r="A4" t="inlineStr"><is><t>' + b"A" * length + b"</t></is></c></row>"
    return edited(
        xlsx([HEAD, ONE, TWO]),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", cell + b"</sheetData>"),
    )


def lying_header(path: Path) -> None:
    """The sheet says it unpacks to 1,000 bytes, its checksum fits those, and it unpacks to 50 MB."""
    long_cell(50 << 20)(path)
    with zipfile.ZipFile(path) as zipped:
        entry = zipped.getinfo("xl/worksheets/sheet1.xml")
        honest = struct.pack("<III", entry.CRC, entry.compress_size, entry.file_size)
        short = zlib.crc32(zipped.read(entry)[:1000])
    lie = struct.pack("<III", short, entry.compress_size, 1000)
    content = path.read_bytes()
    assert content.count(honest) == 2
    path.write_bytes(content.replace(honest, lie))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def entity_workbook():
    return edited(
        xlsx([HEAD, ONE]),
        "xl/worksheets/sheet1.xml",
        lambda part: ENTITIES.encode() + part,
    )


def endless_geopackage(path: Path) -> None:
    """What every reader asks first is a view that never ends."""
    connection = sqlite3.connect(path)
    connection.execute(
        "create view gpkg_contents as with recursive r(n) as (select 1 union all select n from r) "
        "select n as table_name from r"
    )
    connection.commit()
    connection.close()


def geopackage_listing_itself(path: Path) -> None:
    """A table made slow by a generated column is stopped by the clock, one listing what is no table at once."""
    connection = sqlite3.connect(path)
    connection.execute("create table gpkg_contents(table_name text)")
    connection.execute("insert into gpkg_contents values ('x\"; DROP TABLE gpkg_contents; --')")
    connection.commit()
    connection.close()


def shapefile_of_billions(path: Path) -> None:
    header = struct.pack(">I20xI", 9994, 50 + 60) + struct.pack("<II8d", 1000, 5, *[0.0] * 8)
    points = struct.pack("<I4dII", 5, 0, 0, 1, 1, 1, 2_000_000_000) + bytes(72)
    path.write_bytes(header + struct.pack(">II", 1, len(points) // 2) + points)
    path.with_suffix(".shx").write_bytes(header + struct.pack(">II", 50, len(points) // 2))
    dbf = struct.pack("<B3BIHH20x", 3, 26, 1, 1, 1, 65, 11)
    dbf += b"name".ljust(11, b"\0") + b"C" + bytes(4) + bytes([10, 0]) + bytes(14) + b"\r"
    path.with_suffix(".dbf").write_bytes(dbf + b" " + b"x" * 10 + b"\x1a")
