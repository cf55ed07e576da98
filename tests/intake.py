"""Import a file as the workflow does, and look at all that is stored; for tests of `data` alone."""

from pathlib import Path
from typing import Any

import pandas as pd

from data.columns import match_columns
from data.intake import put_in
from data.reading import read
from data.records import ImportOptions, ImportReport
from data.rows import Rows, rows_of
from data.shapes import known_area
from data.store import Store
from geo.terms import Kind

TABLES = [kind for kind in Kind if kind != Kind.ASSIGNMENTS]


def put(store: Store, path: Path, kind: str, **said: Any) -> ImportReport:
    """Read a file and store it."""
    options = ImportOptions(**said)
    area = known_area(store.load(Kind.WARDS), options.ward)
    rows = taken(path, kind, options, area=area)
    return put_in(store, rows, Kind(kind), file=path, options=options)


def taken(path: Path, kind: str, options: ImportOptions, *, area: Any = None) -> Rows:
    """Read a file and parse its rows."""
    raw = read(path, layer=options.layer)
    columns = match_columns(raw.headings, Kind(kind), options.columns)
    return rows_of(raw, columns, Kind(kind), ward=options.ward, crs=options.crs, area=area)


def dump(store: Store) -> dict[str, str]:
    """Return every table as text."""
    return {table: _text(store.load(table)) for table in TABLES}


def _text(frame: Any) -> str:
    if "geometry" in frame:
        shapes = frame.geometry.normalize().to_wkt(rounding_precision=9)
        frame = pd.DataFrame(frame).assign(geometry=shapes)
    return str(frame.to_csv(index=False))
