"""Read one file a user handed over, in a process of its own that may die without harm.

Run by `data.reading` as a script, with the guards of the environment already set; of ours it imports only its own parts
(`data.child_*`) and `geo.plain_text`. It is handed a copy under our own name and writes one Arrow file: every cell as
text, geometry as WKB, `row` as the number that a person sees in the file. What it refuses goes to standard output as a
code with facts, exit status 3. Tables come as they stand, sheet after sheet; `data.grid` makes sense of them.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

sys.path.append(str(Path(__file__).parent.parent))

from data.child_guard import (
    MEBIBYTE,
    RefusedError,
    kind_of,
    must_be,
    must_be_geojson,
    must_be_plain_kml,
    must_be_plain_osm,
    must_be_shapefile,
    must_be_whole_pbf,
    must_hold_tables,
    unzipped_shapefile,
    zipped_csv,
)
from data.child_osm import osm_layer
from data.child_sheets import (
    MOST_ROWS,
    Sheet,
    cell_text,
    csv_sheet,
    decoded,
    workbook_sheets,
)
from data.child_visits import is_visit_file, is_visit_text, sheet_of_file, sheet_of_text

MEMORY_BYTES = 4096 * MEBIBYTE
CPU_SECONDS = 120
WRITTEN_BYTES = 1024 * MEBIBYTE
DRIVERS = {"ESRI Shapefile", "CSV", "GPX", "LIBKML", "GeoJSON", "GPKG", "MEM", "OSM"}
# A table is read as what it is, whatever table's name it goes by.
TABLE_ENDINGS = {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods"}
OSM_ENDINGS = {".osm", ".pbf"}
# What a phone, or the chat that it was sent by, may call the file of a member's visits.
VISIT_ENDINGS = {".json", ".geojson", ".txt"}
REFUSED = 3
# Of one shape; the longest coast of a province has a tenth of it.
MOST_CORNERS = 500_000
BYTES_A_CORNER = 16

Cells = list[list[str | None]]


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
    found = kind_of(source)
    if found == ".geojson" and suffix in VISIT_ENDINGS:
        text, read_as = decoded(source.read_bytes(), None)
        if is_visit_file(text):
            return _grid([sheet_of_file(text)], read_as)
    if suffix in TABLE_ENDINGS:
        return _tables(source, suffix, found, options.get("encoding"))
    must_be(suffix, found)
    if suffix == ".zip" and (listed := zipped_csv(source)):
        text, read_as = decoded(listed, options.get("encoding"))
        return _grid([csv_sheet(text)], read_as)
    if suffix == ".zip":
        source = unzipped_shapefile(source)
        suffix = ".shp"
    look = {
        ".geojson": must_be_geojson,
        ".json": must_be_geojson,
        ".gpkg": must_hold_tables,
        ".kml": must_be_plain_kml,
        ".osm": must_be_plain_osm,
        ".pbf": must_be_whole_pbf,
        ".shp": must_be_shapefile,
    }
    look[suffix](source)
    return _features(source, options.get("layer"))


# --- tables ---


def _tables(source: Path, suffix: str, found: str, encoding: str | None) -> pa.Table:
    from data.child_markup import html_sheets, ods_sheets, spreadsheetml_sheets  # noqa: PLC0415

    read_as: str | None = None
    if found in (".csv", ".html"):
        text, read_as = decoded(source.read_bytes(), encoding)
        sheets = html_sheets(text) if found == ".html" else [_text_sheet(text)]
    elif found in (".xlsx", ".xls"):
        # The library goes by the ending.
        sheets = workbook_sheets(source.rename(source.with_suffix(found)), found)
    elif found == ".ods":
        sheets = ods_sheets(source)
    elif found == ".xml":
        sheets = spreadsheetml_sheets(source)
    else:
        must_be(suffix, found)
    if not any(sheet.rows for sheet in sheets):
        raise RefusedError("file_empty")
    return _grid(sheets, read_as)


def _text_sheet(text: str) -> Sheet:
    return sheet_of_text(text) if is_visit_text(text) else csv_sheet(text)


def _grid(sheets: list[Sheet], read_as: str | None) -> pa.Table:
    """Every sheet below the other: `sheet`, `row`, and as many columns of cells as the widest has."""
    width = max(len(row) for sheet in sheets for _, row in sheet.rows)
    columns: Cells = [[] for _ in range(width)]
    for sheet in sheets:
        for _, row in sheet.rows:
            row.extend([None] * (width - len(row)))
        # A sheet without rows has no columns either.
        by_column = zip(*(row for _, row in sheet.rows), strict=True)
        for column, cells in zip(columns, by_column, strict=False):
            column.extend(cells)
    names = [f"c{i}" for i in range(width)] + ["sheet", "row"]
    numbers = [number for sheet in sheets for number, _ in sheet.rows]
    of_sheet = [i for i, sheet in enumerate(sheets) for _ in sheet.rows]
    arrays = [pa.array(column, pa.string()) for column in columns]
    arrays += [pa.array(of_sheet, pa.int32()), pa.array(numbers, pa.int64())]
    told = [
        {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "merged": sheet.merged,
            "only_rows": sheet.only_rows,
        }
        for sheet in sheets
    ]
    facts = {"sheets": told, "encoding": read_as}
    return pa.table(arrays, names=names).replace_schema_metadata({"facts": json.dumps(facts)})


# --- features ---


def _features(source: Path, layer: str | None) -> pa.Table:
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataSourceError  # noqa: PLC0415

    _assert_guarded(set(pyogrio.list_drivers()))
    try:
        if source.suffix in OSM_ENDINGS:
            return _together([osm_layer(pyogrio, source)])
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
    _must_be_drawable(table[shape] if shape in table.column_names else None)
    names = [name for name in table.column_names if name != shape]
    columns = [[cell_text(value) for value in table[name].to_pylist()] for name in names]
    shapes = table[shape].to_pylist() if shape in table.column_names else [None] * table.num_rows
    return names, columns, shapes, meta["crs"]


def _must_be_drawable(shapes: Any) -> None:
    """Refuse a shape of so many corners that no map, and no border, has it."""
    if shapes is None:
        return
    for row, size in enumerate(pc.binary_length(shapes).to_pylist(), start=1):
        if size is not None and size > MOST_CORNERS * BYTES_A_CORNER:
            corners = size // BYTES_A_CORNER
            raise RefusedError("too_many_corners", row=row, corners=corners, most=MOST_CORNERS)


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


if __name__ == "__main__":
    main()
