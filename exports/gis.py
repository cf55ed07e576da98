"""A plan for QGIS and its like: GeoPackage with layers, GeoJSON as RFC 7946 has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd
import pyogrio
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyogrio.errors import DataSourceError

from exports.content import DECIMALS, PlanExport, stamp, stamped, tables_of
from exports.gis_relations import relate, relations_of
from exports.gis_styles import STYLES_TABLE, styles_of
from exports.writing import written_whole
from geo.errors import InputError
from geo.terms import STORED_CRS
from words import Lang

# Said outright: an empty layer has no geometry to tell it by.
GEOMETRY_TYPES = {
    "households": "Point",
    "zones": "MultiPolygon",
    "neighbourhoods": "MultiPolygon",
    "members": "Point",
    "streets": "MultiLineString",
}
# Old enough for the QGIS that people have.
GPKG_VERSION = "1.2"
SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"
# GDAL's settings are those of all sessions.
SETTING = Lock()
# What one GeoJSON file holds; its features say in `layer` what they are.
GEOJSON_LAYERS = {"zones": "zone", "households": "household", "members": "member"}


def write_gpkg(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write a GeoPackage with one layer a table; `figures` is a table without geometry.

    The table `relations` tells which column of which layer names a row of which other (and `gis_relations` which rows),
    `layer_styles` holds the styles in which QGIS opens the layers, and each layer's metadata say what it is. Raises
    `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    marks = stamp(content, public=public, lang=lang)
    about = " · ".join(marks.values())
    tables = tables_of(content, public=public)
    told = {name: stamped(table, marks) for name, table in tables.items()}
    told["relations"] = relations_of(tables)
    told[STYLES_TABLE] = styles_of(tables, on=content.on, lang=lang)
    with written_whole(path) as part:
        with _written_through_once():
            for name, table in told.items():
                _write(
                    table,
                    part,
                    driver="GPKG",
                    dataset_options={"VERSION": GPKG_VERSION},
                    layer=name,
                    geometry_type=GEOMETRY_TYPES.get(name),
                    layer_options={"DESCRIPTION": about, "IDENTIFIER": name}
                    | ({"FID": "id"} if name == STYLES_TABLE else {}),
                    dataset_metadata={
                        "TITLE": str(content.plan["name"]),
                        "DESCRIPTION": about,
                    },
                    layer_metadata=marks,
                )
        relate(part, told["relations"])


@contextmanager
def _written_through_once() -> Iterator[None]:
    """Let GDAL leave its tables to the system's cache; whoever writes last has the whole file brought to the disk."""
    with SETTING:
        before = pyogrio.get_gdal_config_option(SYNCHRONOUS)
        pyogrio.set_gdal_config_options({SYNCHRONOUS: "OFF"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({SYNCHRONOUS: before})


def write_geojson(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write one FeatureCollection of zones, households and members' homes, told apart by `layer`.

    WGS 84, outer rings counter-clockwise, seven decimals. Errors as in `write_gpkg`.
    """
    tables, marks = tables_of(content, public=public), stamp(content, public=public, lang=lang)
    parts = [
        tables[name].assign(layer=layer) for name, layer in GEOJSON_LAYERS.items() if name in tables
    ]
    features = pd.concat(parts, ignore_index=True)
    with written_whole(path) as part:
        _write(
            stamped(features, marks),
            part,
            driver="GeoJSON",
            layer=path.stem,
            geometry_type="Unknown",
            layer_options={
                "RFC7946": "YES",
                "COORDINATE_PRECISION": str(DECIMALS),
                "DESCRIPTION": " · ".join(marks.values()),
            },
        )


def _write(table: DataFrame, path: Path, **options: Any) -> None:
    if isinstance(table, GeoDataFrame):
        table = table.to_crs(STORED_CRS)
        options["promote_to_multi"] = str(options["geometry_type"]).startswith("Multi")
    else:
        options.pop("geometry_type")
    try:
        pyogrio.write_dataframe(table, path, **options)
    except DataSourceError as fault:
        raise InputError("export_unwritable", file=path.name) from fault
