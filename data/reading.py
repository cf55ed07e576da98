"""Read a file that a user handed over: in a child process, from a copy under our own name, within limits."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from shapely import force_2d, from_wkb

from data.grid import Table, table_of
from data.rejects import without_our_columns
from data.sheet import Sheet
from geo.errors import InputError

CHILD = Path(__file__).with_name("child.py")
MAPS = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".kml", ".osm", ".pbf")
ACCEPTED = (*MAPS, ".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods")
# Taken on the person's word only: what old fonts show cannot be told from the bytes.
LEGACY = ("tcvn3", "vni")
ENCODINGS = (*LEGACY, "windows-1258", "windows-1252")
SHAPEFILE_SIDES = (".shx", ".dbf", ".prj", ".cpg")
WALL_SECONDS = 180
LARGEST_BYTES = 200 << 20
REFUSED = 3
DRIVERS = {"ESRI Shapefile", "CSV", "GPX", "LIBKML", "GeoJSON", "GPKG", "MEM", "OSM"}
KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A file as it stands: every cell text (missing where empty), `rows` as a person counts them.

    `cells` has one column a heading, in order, named by position `0, 1, …`; `geometry` is EPSG-less, its system in
    `crs` (None where the file states none); `located` is false for tables without geometry.

    Of spreadsheets: `sheet` names each row's sheet (index as `cells`), `taken` the sheets read, `left_out` the others
    as (sheet, why), `skipped` the rows that are no data as (sheet, row, why), by the codes of `data.grid`; `sheets` are
    all of them as they stand, where there are several and nobody named one; `encoding` is what a text file was read as.
    """

    headings: tuple[str, ...]
    cells: pd.DataFrame
    rows: pd.Series
    geometry: gpd.GeoSeries
    crs: str | None
    located: bool
    sheet: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))
    taken: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, int, str], ...] = ()
    encoding: str | None = None
    sheets: tuple[Sheet, ...] = ()


def read(path: Path, *, layer: str | None = None, encoding: str | None = None) -> RawTable:
    """Read one file; `layer` names a layer or sheet, `encoding` (of `ENCODINGS`) how its text is to be understood.

    Raises
    ------
    InputError
        Where the file is missing, of no accepted kind, damaged, dangerous or too large.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise InputError("file_missing", file=path.name)
    if suffix not in ACCEPTED:
        raise InputError("file_kind_unknown", file=path.name, accepted=list(ACCEPTED))
    if encoding is not None and encoding not in ENCODINGS:
        raise InputError("encoding_unknown", encoding=encoding, known=list(ENCODINGS))
    if path.stat().st_size > LARGEST_BYTES:
        raise InputError("file_too_large", file=path.name, most_mb=LARGEST_BYTES >> 20)
    if suffix == ".gpkg" and any(_unfinished(path)):
        raise InputError("gpkg_unfinished", file=path.name)
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        copy = _copied(path, Path(folder), suffix)
        target = Path(folder) / "read.arrow"
        asked = json.dumps({"layer": layer, "encoding": encoding})
        _run_child([str(copy), suffix, str(target), asked], name=path.name)
        try:
            return _unpacked(target, layer, encoding)
        except InputError as error:
            raise InputError(error.code, **{"file": path.name, **error.facts}) from error


def _unfinished(path: Path) -> Iterator[bool]:
    """Whether SQLite left a journal beside the file: a program has it open, or died while writing."""
    for side in ("-wal", "-journal"):
        beside = path.with_name(path.name + side)
        yield beside.is_file() and beside.stat().st_size > 0


def _copied(path: Path, folder: Path, suffix: str) -> Path:
    """The file under our own name, a shapefile with its sides."""
    copy = folder / f"handed-over{suffix}"
    shutil.copyfile(path, copy)
    if suffix == ".shp":
        for side in path.parent.iterdir():
            if side.stem == path.stem and side.suffix.lower() in SHAPEFILE_SIDES:
                shutil.copyfile(side, copy.with_suffix(side.suffix.lower()))
    return copy


def _run_child(arguments: list[str], *, name: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-X", "utf8", str(CHILD), *arguments],
            capture_output=True,
            timeout=WALL_SECONDS,
            env=_child_environment(),
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError("file_too_slow", file=name, seconds=WALL_SECONDS) from error
    if done.returncode == REFUSED:
        told = json.loads(done.stdout)
        raise InputError(told["code"], file=name, **told["facts"])
    if done.returncode != 0:
        raise InputError("file_unreadable", file=name)


def _child_environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in KEPT_ENVIRONMENT if key in os.environ}
    skipped = ",".join(_drivers_to_skip())
    return kept | {"GDAL_SKIP": skipped, "OGR_SKIP": skipped, "PROJ_NETWORK": "OFF"}


@cache
def _drivers_to_skip() -> tuple[str, ...]:
    """Every driver that is built in but the few we read with; naming one that is not built in crashes GDAL."""
    import pyogrio  # noqa: PLC0415

    return tuple(sorted(set(pyogrio.list_drivers()) - DRIVERS))


def _unpacked(target: Path, layer: str | None, encoding: str | None) -> RawTable:
    with pa.memory_map(str(target)) as source:
        table = pa.ipc.open_file(source).read_all()
        facts = json.loads(table.schema.metadata[b"facts"])
        if "sheets" not in facts:
            return _features(table, facts, _converter(encoding))
        sheets = [
            without_our_columns(sheet)
            for sheet in _sheets(table, facts["sheets"], _converter(encoding))
        ]
    raw = _raw(table_of(sheets, only=layer), encoding or facts["encoding"])
    several = layer is None and len(sheets) > 1
    return replace(raw, sheets=tuple(sheets)) if several else raw


def _features(table: pa.Table, facts: dict[str, Any], convert: Callable[[str], str]) -> RawTable:
    cells = _cells(table, len(facts["columns"])).apply(_converted, convert=convert)
    shapes = force_2d(from_wkb(table["geometry"].to_pylist(), on_invalid="ignore"))
    return RawTable(
        headings=tuple(map(convert, facts["columns"])),
        cells=cells,
        rows=pd.Series(table["row"].to_pandas(), name="row"),
        geometry=gpd.GeoSeries(shapes, index=cells.index),
        crs=facts["crs"],
        located=facts["located"],
    )


def _cells(table: pa.Table, width: int) -> pd.DataFrame:
    return pd.DataFrame(
        {i: pd.Series(table.column(i).to_pandas(), dtype="str") for i in range(width)},
        index=range(table.num_rows),
    )


def _sheets(
    table: pa.Table, told: list[dict[str, Any]], convert: Callable[[str], str]
) -> list[Sheet]:
    """The sheets as they stand, in the text's own letters."""
    cells = _cells(table, len(table.column_names) - 2).apply(_converted, convert=convert)
    rows, of_sheet = table["row"].to_pandas(), table["sheet"].to_pandas()
    return [
        Sheet(
            name=convert(one["name"]),
            cells=cells[of_sheet == i].dropna(axis=1, how="all").pipe(_squared),
            rows=rows[of_sheet == i].reset_index(drop=True),
            merged=tuple((r0, c0, r1, c1) for r0, c0, r1, c1 in one["merged"]),
            hidden=one["hidden"],
            only_rows=one["only_rows"],
        )
        for i, one in enumerate(told)
    ]


def _converted(column: pd.Series, convert: Callable[[str], str]) -> pd.Series:
    if convert is _as_it_is:
        return column
    letters = {text: convert(text) for text in column.dropna().unique()}
    return column.map(letters).astype("str")


def _squared(cells: pd.DataFrame) -> pd.DataFrame:
    """As many columns as the last filled one asks for, rows from 0."""
    width = range(max(map(int, cells.columns), default=-1) + 1)
    return cells.reindex(columns=width).reset_index(drop=True).astype("str")


def _as_it_is(text: str) -> str:
    return text


def _converter(encoding: str | None) -> Callable[[str], str]:
    """How text in letters of old fonts becomes Unicode."""
    if encoding not in LEGACY:
        return _as_it_is
    encodings = import_module("viparse.normalize.encodings")
    tables = import_module("viparse.normalize.tables")

    letters = encodings.get_charmap(encoding)
    known = dict(letters.pairs)
    letters = tables.build_charmap(encoding, [*known.items(), *_missing(encoding, known)])
    return lambda text: unicodedata.normalize("NFC", tables.convert(text, letters))


def _missing(encoding: str, known: dict[str, str]) -> list[tuple[str, str]]:
    """Capitals typed with a capital mark, which the tables of `viparse` lack for Ẳ."""
    more = [("AÚ", "Ẳ")] if encoding == "vni" else []
    return [pair for pair in more if pair[0] not in known]


def raw_of_sheets(sheets: Sequence[Sheet], like: RawTable) -> RawTable:
    """Return the one table that some of a file's sheets hold, read as `like` was."""
    return _raw(table_of(sheets), like.encoding)


def _raw(table: Table, encoding: str | None) -> RawTable:
    return RawTable(
        headings=table.headings,
        cells=table.cells,
        rows=table.rows.rename("row"),
        geometry=gpd.GeoSeries([None] * len(table.rows), index=table.cells.index),
        crs=None,
        located=False,
        sheet=table.sheet,
        taken=table.taken,
        left_out=table.left_out,
        skipped=table.skipped,
        encoding=encoding,
    )
