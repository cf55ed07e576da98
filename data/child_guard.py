"""Looks at a file before any reader opens it: what it really is, and whether it may be opened at all.

Part of the child process (`data.child`): nothing here needs more than the standard library.
"""

import re
import sqlite3
import stat
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

MEBIBYTE = 1 << 20
UNZIPPED_BYTES = 400 * MEBIBYTE
HEAD_BYTES = 64 * 1024
CHUNK = MEBIBYTE
LOCAL_HEADER = 30
LOCAL_LENGTHS = slice(26, 30)
SQLITE_SECONDS = 10
SQLITE_STEPS = 100_000
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SQLITE = b"SQLite format 3\x00"
SHAPE = b"\x00\x00\x27\x0a"
# After four bytes of length, the first block of a compressed OpenStreetMap extract names itself.
OSM_HEADER = slice(4, 15)
OSM_PBF = b"\n\tOSMHeader"
BLOCK_LENGTH = 4
BLOCK_TEXTS = (b"\n", b"\x12")
BLOCK_SIZE = b"\x18"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


class RefusedError(Exception):
    """A file that is not read, with the code of the sentence that says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


def kind_of(source: Path) -> str:
    """Return the ending that the content calls for, `.html` and `.xml` for tables in such dress."""
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _kind_of_zip(source)
    if head.startswith(OLE):
        return _kind_of_ole(source)
    for magic, kind in ((SQLITE, ".gpkg"), (SHAPE, ".shp"), (b"%PDF", ".pdf")):
        if head.startswith(magic):
            return kind
    if head[OSM_HEADER].startswith(OSM_PBF):
        return ".pbf"
    return _kind_of_text(head)


def _kind_of_zip(source: Path) -> str:
    names = {entry.filename for entry in zip_entries(source)}
    if "xl/workbook.xml" in names:
        return ".xlsx"
    if "xl/workbook.bin" in names:
        return ".xlsb"
    if "content.xml" in names and "mimetype" in names:
        return ".ods"
    if "word/document.xml" in names:
        return ".docx"
    return ".zip"


def _kind_of_ole(source: Path) -> str:
    content = source.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedError("file_locked")
    book = "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content
    return ".xls" if book else ".doc"


def _kind_of_text(head: bytes) -> str:
    text = head.decode("utf-16", "replace") if head[:2] in UTF16_MARKS else head.decode("latin-1")
    text = text.removeprefix("\xef\xbb\xbf").lstrip()
    if text.startswith("{"):
        return ".geojson"
    if not text.startswith("<"):
        return ".csv"
    lower = text.lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lower and "<workbook" in lower:
        return ".xml"
    # A DOCTYPE before `<kml` is looked at by those who read KML.
    if re.search(r"<(?:\w+:)?kml\b", lower):
        return ".kml"
    if re.search(r"<osm\b", lower):
        return ".osm"
    return ".html" if re.search(r"<(?:!doctype html|html|head|body|table|meta)\b", lower) else ".?"


def must_be(wanted: str, found: str) -> None:
    """Refuse a file whose content is another kind than its name says."""
    if wanted == found or (wanted, found) == (".json", ".geojson"):
        return
    if found == ".html":
        raise RefusedError("file_web_page")
    if found in (".csv", ".?"):
        raise RefusedError("file_not_its_kind", suffix=wanted)
    raise RefusedError("file_wrong_ending", suffix=wanted, found=found)


# --- archives ---


def zip_entries(source: Path) -> list[zipfile.ZipInfo]:
    """Return what an archive holds; refuse one that is damaged, locked, or points outside itself."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise RefusedError("file_damaged") from error
    for entry in entries:
        if _leads_out(entry):
            raise RefusedError("zip_unsafe")
        if entry.flag_bits & 1:
            raise RefusedError("file_locked")
    if sum(entry.file_size for entry in entries) > UNZIPPED_BYTES:
        raise RefusedError("zip_too_large", most_mb=UNZIPPED_BYTES // MEBIBYTE)
    return entries


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    drive = path.parts[:1] and ":" in path.parts[0]
    linked = stat.S_ISLNK(entry.external_attr >> 16)
    return bool(path.is_absolute() or ".." in path.parts or drive or linked)


def inflated(source: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of an entry in pieces; refuse it as soon as it exceeds what its header says.

    `zipfile` would stop at the promised size and never notice; other readers go on.
    """
    left = entry.file_size
    for piece in _pieces(source, entry):
        left -= len(piece)
        if left < 0:
            raise RefusedError("zip_too_large", most_mb=UNZIPPED_BYTES // MEBIBYTE)
        yield piece
    if left:
        raise RefusedError("file_damaged")


def _pieces(source: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError("file_damaged")
    stored = entry.compress_type == zipfile.ZIP_STORED
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _packed(source, entry):
        if stored:
            yield packed
            continue
        try:
            waiting = packed
            while waiting:
                yield unpacker.decompress(waiting, CHUNK)
                waiting = unpacker.unconsumed_tail
        except zlib.error as error:
            raise RefusedError("file_damaged") from error


def _packed(source: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with source.open("rb") as file:
        file.seek(entry.header_offset)
        lengths = file.read(LOCAL_HEADER)[LOCAL_LENGTHS]
        name, extra = (int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
        file.seek(name + extra, 1)
        left = entry.compress_size
        while left > 0 and (packed := file.read(min(CHUNK, left))):
            left -= len(packed)
            yield packed


def unzipped_shapefile(source: Path) -> Path:
    """Unpack the parts of the one shapefile in the archive beside it, under our own names."""
    entries = [
        entry
        for entry in zip_entries(source)
        if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")
    ]
    shapes = [e for e in entries if e.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        raise RefusedError("zip_one_shapefile", found=len(shapes))
    stem = shapes[0].filename[:-4].lower()
    for entry in entries:
        name = entry.filename.lower()
        if name[:-4] == stem and name[-4:] in SHAPEFILE_PARTS:
            with source.with_suffix(name[-4:]).open("wb") as part:
                part.writelines(inflated(source, entry))
    return source.with_suffix(".shp")


def zipped_csv(source: Path) -> bytes | None:
    """Return the table of an archive that holds no map: of several, the one the others are named after.

    ODK Central zips `form.csv` with `form-repeat.csv` for each repeat, and what was photographed.
    """
    entries = [
        entry
        for entry in zip_entries(source)
        if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")
    ]
    names = {entry.filename.lower() for entry in entries}
    tables = [entry for entry in entries if entry.filename.lower().endswith(".csv")]
    if not tables or any(name.endswith(".shp") for name in names):
        return None
    return b"".join(inflated(source, min(tables, key=lambda entry: len(entry.filename))))


# --- maps ---


def must_be_geojson(source: Path) -> None:
    """Refuse what GDAL would take for something else than GeoJSON."""
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES).removeprefix(UTF8_MARK).lstrip()
    if head[:1] != b"{" or b"gdal_streamed_alg" in head:
        raise RefusedError("file_not_its_kind", suffix=".geojson")


def must_be_shapefile(source: Path) -> None:
    """Refuse a shapefile without the parts it cannot be read without."""
    with source.open("rb") as file:
        if file.read(len(SHAPE)) != SHAPE:
            raise RefusedError("file_not_its_kind", suffix=".shp")
    missing = [s for s in (".shx", ".dbf") if not source.with_suffix(s).exists()]
    if missing:
        raise RefusedError("shapefile_parts_missing", parts=missing)


def must_hold_tables(source: Path) -> None:
    """Refuse a GeoPackage with views, which can run code or never end, or listing what is no table."""
    until = time.monotonic() + SQLITE_SECONDS
    try:
        connection = sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)
        connection.set_progress_handler(lambda: int(time.monotonic() > until), SQLITE_STEPS)
        try:
            kinds = dict(connection.execute("select name, type from sqlite_master"))
            if "view" in kinds.values():
                raise RefusedError("gpkg_views")
            listed = {n for (n,) in connection.execute("select table_name from gpkg_contents")}
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RefusedError("file_damaged") from error
    if any(kinds.get(name) != "table" for name in listed):
        raise RefusedError("gpkg_views")


def must_be_plain_kml(source: Path) -> None:
    """Refuse KML that declares entities, or is no KML."""
    _must_be_plain(source, ".kml", b"<kml")


def must_be_plain_osm(source: Path) -> None:
    """Refuse an OpenStreetMap extract that declares entities, was cut short (the reader would not say), or is none."""
    content = _must_be_plain(source, ".osm", b"<osm")
    if not content.rstrip().endswith(b"</osm>"):
        raise RefusedError("file_damaged")


def must_be_whole_pbf(source: Path) -> None:
    """Refuse a compressed OpenStreetMap extract whose blocks do not fill the file."""
    size = source.stat().st_size
    with source.open("rb") as file:
        while file.tell() < size:
            head = file.read(int.from_bytes(file.read(BLOCK_LENGTH), "big"))
            file.seek(_block_bytes(head), 1)
        if file.tell() > size:
            raise RefusedError("file_damaged")


def _block_bytes(head: bytes) -> int:
    """Return how long a block is, which its head says last: a number in groups of seven bits, the lowest first."""
    at = 0
    for _ in range(2):  # its kind, and perhaps an index
        at += 2 + head[at + 1] if head[at : at + 1] in BLOCK_TEXTS and len(head) > at + 1 else 0
    if head[at : at + 1] != BLOCK_SIZE:
        raise RefusedError("file_damaged")
    return sum((byte & 127) << 7 * i for i, byte in enumerate(head[at + 1 :]))


def _must_be_plain(source: Path, suffix: str, root: bytes) -> bytes:
    content = source.read_bytes()
    # In UTF-16 the words would be hidden from this look but not from the reader.
    if b"\0" in content or content[:2] in UTF16_MARKS:
        raise RefusedError("file_not_its_kind", suffix=suffix)
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise RefusedError("kml_doctype")
    if root not in content[:HEAD_BYTES].lower():
        raise RefusedError("file_not_its_kind", suffix=suffix)
    return content
