"""Read a file that a user handed over: in a child process, from a copy under our own name, within limits."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from shapely import force_2d, from_wkb

from geo.errors import InputError

CHILD = Path(__file__).with_name("child.py")
ACCEPTED = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".kml", ".csv", ".xlsx")
SHAPEFILE_SIDES = (".shx", ".dbf", ".prj", ".cpg")
WALL_SECONDS = 180
LARGEST_BYTES = 200 << 20
REFUSED = 3
DRIVERS = {"ESRI Shapefile", "CSV", "GPX", "LIBKML", "GeoJSON", "GPKG", "MEM"}
KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A file as it stands: every cell text (missing where empty), `rows` as a person counts them.

    `cells` has one column a heading, in order, named by position `0, 1, …`; `geometry` is EPSG-less, its system in
    `crs` (None where the file states none); `located` is false for tables without geometry.
    """

    headings: tuple[str, ...]
    cells: pd.DataFrame
    rows: pd.Series
    geometry: gpd.GeoSeries
    crs: str | None
    located: bool


def read(path: Path, *, layer: str | None = None) -> RawTable:
    """Read one file.

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
    if path.stat().st_size > LARGEST_BYTES:
        raise InputError("file_too_large", file=path.name, most_mb=LARGEST_BYTES >> 20)
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        copy = _copied(path, Path(folder), suffix)
        target = Path(folder) / "read.arrow"
        _run_child([str(copy), suffix, str(target), json.dumps({"layer": layer})], name=path.name)
        return _unpacked(target)


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


def _unpacked(target: Path) -> RawTable:
    with pa.memory_map(str(target)) as source:
        table = pa.ipc.open_file(source).read_all()
        facts = json.loads(table.schema.metadata[b"facts"])
        width = len(facts["columns"])
        cells = pd.DataFrame(
            {i: pd.Series(table.column(i).to_pandas(), dtype="str") for i in range(width)},
            index=range(table.num_rows),
        )
        rows = pd.Series(table["row"].to_pandas(), name="row")
        shapes = force_2d(from_wkb(table["geometry"].to_pylist(), on_invalid="ignore"))
    return RawTable(
        headings=tuple(facts["columns"]),
        cells=cells,
        rows=rows,
        geometry=gpd.GeoSeries(shapes, index=cells.index),
        crs=facts["crs"],
        located=facts["located"],
    )
