"""Read one file a user handed over, in a process of its own that may die without harm.

Run by `data.reading` as a script, with the guards of the environment already set; it imports nothing of ours. It is
handed a copy under our own name and writes one Arrow file: every cell as text, geometry as WKB, `row` as the number
that a person sees in the file. What it refuses goes to standard output as a code with facts, exit status 3.
"""

import csv
import datetime
import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

MEBIBYTE = 1 << 20
MEMORY_BYTES = 4096 * MEBIBYTE
CPU_SECONDS = 120
WRITTEN_BYTES = 1024 * MEBIBYTE
UNZIPPED_BYTES = 400 * MEBIBYTE
MOST_COLUMNS = 500
MOST_ROWS = 2_000_000
DRIVERS = {"ESRI Shapefile", "CSV", "GPX", "LIBKML", "GeoJSON", "GPKG", "MEM"}
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
DELIMITERS = (",", ";", "\t", "|")
REFUSED = 3

Cells = list[list[str | None]]


class RefusedError(Exception):
    """A file that is not read, with the code of the sentence that says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


class _WithoutFrames:
    """pyogrio and pyarrow look for pandas only to offer frames; without it they start in a third of the time."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name.split(".", maxsplit=1)[0] in ("pandas", "geopandas"):
            raise ModuleNotFoundError(name)


def main() -> None:
    """Read `argv[1]` as `argv[2]` says into `argv[3]`."""
    source, suffix, target = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    options = json.loads(sys.argv[4])
    _limit()
    sys.meta_path.insert(0, _WithoutFrames())
    try:
        table = _read(source, suffix, options)
    except RefusedError as refused:
        sys.stdout.write(json.dumps({"code": refused.code, "facts": refused.facts}))
        sys.exit(REFUSED)
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _limit() -> None:
    """Bound memory, time and written bytes where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return  # Windows: the parent's wall limit alone
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))


def _read(source: Path, suffix: str, options: dict[str, Any]) -> pa.Table:
    if source.stat().st_size == 0:
        raise RefusedError("file_empty")
    if suffix == ".csv":
        return _sheet(_csv_rows(source))
    if suffix == ".xlsx":
        return _workbook(source, options.get("layer"))
    if suffix == ".zip":
        source = _unzipped_shapefile(source)
    elif suffix in (".geojson", ".json"):
        _must_be_geojson(source)
    elif suffix == ".gpkg":
        _must_hold_tables(source)
    elif suffix == ".kml":
        _must_be_plain_kml(source)
    elif suffix == ".shp":
        _must_be_shapefile(source)
    return _features(source, options.get("layer"))


# --- tables ---


def _csv_rows(source: Path) -> Iterable[list[Any]]:
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("csv_not_utf8") from error
    if "\0" in text:
        raise RefusedError("file_not_its_kind", suffix=".csv")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(MEBIBYTE)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RefusedError("file_damaged") from error


def _workbook(source: Path, sheet_name: str | None) -> pa.Table:
    import python_calamine  # noqa: PLC0415

    _must_unzip_small(source)
    try:
        book = python_calamine.CalamineWorkbook.from_path(source)
    except python_calamine.PasswordError as error:
        raise RefusedError("file_locked") from error
    except python_calamine.CalamineError as error:
        raise RefusedError("file_damaged") from error
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    if sheet_name is not None and sheet_name not in book.sheet_names:
        raise RefusedError("layer_unknown", layers=book.sheet_names)
    for name in [sheet_name] if sheet_name is not None else visible:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if any(any(cell != "" for cell in row) for row in rows):
            return _sheet(rows)
    raise RefusedError("file_empty")


def _sheet(rows: Iterable[list[Any]]) -> pa.Table:
    """The first row with a cell is the heading; empty rows are passed over, row numbers kept."""
    cells = [[_text(cell) for cell in row] for row in rows]
    numbered = [(i, row) for i, row in enumerate(cells, start=1) if any(row)]
    if not numbered:
        raise RefusedError("file_empty")
    _, heading = numbered[0]
    width = max(i for i, name in enumerate(heading) if name) + 1
    if width > MOST_COLUMNS:
        raise RefusedError("too_many_columns", columns=width, most=MOST_COLUMNS)
    body = [(i, (row + [None] * width)[:width]) for i, row in numbered[1:]]
    body = [(i, row) for i, row in body if any(row)]
    names = [name or "" for name in heading[:width]]
    columns = [[row[c] for _, row in body] for c in range(width)]
    return _table(names, columns, [i for i, _ in body])


def _text(cell: Any) -> str | None:
    """A cell as a person would type it; an empty one is missing."""
    if cell is None or cell == "":
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


# --- features ---


def _features(source: Path, layer: str | None) -> pa.Table:
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataSourceError  # noqa: PLC0415

    _assert_guarded(set(pyogrio.list_drivers()))
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(source)]
        if layer is not None and layer not in layers:
            raise RefusedError("layer_unknown", layers=layers)
        wanted = [layer] if layer is not None else layers
        if len(wanted) > 1 and source.suffix == ".gpkg":
            raise RefusedError("layer_needed", layers=layers)
        return _together([_layer(pyogrio, source, name) for name in wanted])
    except DataSourceError as error:
        raise RefusedError("file_damaged") from error


def _assert_guarded(drivers: set[str]) -> None:
    if not drivers <= DRIVERS:
        raise RefusedError("reader_unguarded")


def _layer(
    pyogrio: Any, source: Path, layer: str
) -> tuple[list[str], Cells, list[Any], str | None]:
    meta, table = pyogrio.read_arrow(source, layer=layer)
    if table.num_rows > MOST_ROWS:
        raise RefusedError("too_many_rows", rows=table.num_rows, most=MOST_ROWS)
    shape = meta["geometry_name"] or "wkb_geometry"
    names = [name for name in table.column_names if name != shape]
    columns = [[_text(value) for value in table[name].to_pylist()] for name in names]
    shapes = table[shape].to_pylist() if shape in table.column_names else [None] * table.num_rows
    return names, columns, shapes, meta["crs"]


def _together(layers: list[tuple[list[str], Cells, list[Any], str | None]]) -> pa.Table:
    """One table of all layers: the union of their columns."""
    names = list(dict.fromkeys(name for layer in layers for name in layer[0]))
    columns: Cells = [[] for _ in names]
    shapes: list[Any] = []
    for layer_names, layer_columns, layer_shapes, _ in layers:
        by_name = dict(zip(layer_names, layer_columns, strict=True))
        for name, column in zip(names, columns, strict=True):
            column.extend(by_name.get(name, [None] * len(layer_shapes)))
        shapes.extend(layer_shapes)
    if not shapes:
        raise RefusedError("file_no_features")
    systems = {crs for *_, crs in layers if crs}
    if len(systems) > 1:
        raise RefusedError("layers_disagree", layers=sorted(systems))
    return _table(
        names, columns, list(range(1, len(shapes) + 1)), shapes, next(iter(systems), None)
    )


def _table(
    names: list[str],
    columns: Cells,
    rows: list[int],
    shapes: list[Any] | None = None,
    crs: str | None = None,
) -> pa.Table:
    arrays = [pa.array(column, pa.string()) for column in columns]
    arrays.append(pa.array(rows, pa.int64()))
    arrays.append(pa.array(shapes or [None] * len(rows), pa.binary()))
    labels = [f"c{i}" for i in range(len(names))] + ["row", "geometry"]
    facts = {"columns": names, "crs": crs, "located": shapes is not None}
    return pa.table(arrays, names=labels).replace_schema_metadata({"facts": json.dumps(facts)})


# --- looks at a file before any reader opens it ---


def _must_be_geojson(source: Path) -> None:
    head = source.read_bytes()[: 64 * 1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] != b"{" or b"gdal_streamed_alg" in head:
        raise RefusedError("file_not_its_kind", suffix=".geojson")


def _must_be_shapefile(source: Path) -> None:
    if source.read_bytes()[:4] != b"\x00\x00\x27\x0a":
        raise RefusedError("file_not_its_kind", suffix=".shp")
    missing = [s for s in (".shx", ".dbf") if not source.with_suffix(s).exists()]
    if missing:
        raise RefusedError("shapefile_parts_missing", parts=missing)


def _must_hold_tables(source: Path) -> None:
    """Refuse a GeoPackage whose listed layers are anything but real tables: a view can run code."""
    if source.read_bytes()[:16] != b"SQLite format 3\x00":
        raise RefusedError("file_not_its_kind", suffix=".gpkg")
    try:
        with sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True) as connection:
            listed = {
                name for (name,) in connection.execute("select table_name from gpkg_contents")
            }
            kinds = dict(connection.execute("select name, type from sqlite_master"))
        connection.close()
    except sqlite3.Error as error:
        raise RefusedError("file_damaged") from error
    if any(kinds.get(name) != "table" for name in listed) or "view" in kinds.values():
        raise RefusedError("gpkg_views")


def _must_be_plain_kml(source: Path) -> None:
    content = source.read_bytes()
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise RefusedError("kml_doctype")
    if b"<kml" not in content[: 64 * 1024].lower():
        raise RefusedError("file_not_its_kind", suffix=".kml")


def _must_unzip_small(source: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise RefusedError("file_not_its_kind", suffix=source.suffix) from error
    if size > UNZIPPED_BYTES:
        raise RefusedError("zip_too_large", most_mb=UNZIPPED_BYTES // MEBIBYTE)


def _unzipped_shapefile(source: Path) -> Path:
    """Unpack the parts of the one shapefile in the archive beside it, under our own names."""
    _must_unzip_small(source)
    with zipfile.ZipFile(source) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        shapes = [e for e in entries if e.filename.lower().endswith(".shp")]
        if len(shapes) != 1:
            raise RefusedError("zip_one_shapefile", found=len(shapes))
        stem = shapes[0].filename[:-4].lower()
        for entry in entries:
            name = entry.filename.lower()
            if name[:-4] == stem and name[-4:] in SHAPEFILE_PARTS:
                source.with_suffix(name[-4:]).write_bytes(_inflated(archive, entry))
    unpacked = source.with_suffix(".shp")
    _must_be_shapefile(unpacked)
    return unpacked


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry, never more than its header promised."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise RefusedError("zip_too_large", most_mb=UNZIPPED_BYTES // MEBIBYTE)
    return content


if __name__ == "__main__":
    main()
