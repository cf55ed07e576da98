"""Which rows of a GeoPackage's layers belong together, as programs read it: the OGC Related Tables Extension.

OGC 18-000: `gpkgext_relations` names two tables and a third that holds pairs of their keys. GDAL reads it from 3.6 on;
for older programs and for people the table `relations` says the same by columns.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
from pandas import DataFrame

KEY = "fid"
EXTENSION, DEFINITION = "gpkg_related_tables", "http://www.geopackage.org/18-000.html"
# In the words of the standard; GDAL makes the first where it has a use for it.
TABLES = (
    "create table if not exists gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, "
    "definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "create table gpkgext_relations (id INTEGER PRIMARY KEY AUTOINCREMENT, base_table_name TEXT NOT NULL, "
    "base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL, "
    "related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL, "
    "mapping_table_name TEXT NOT NULL UNIQUE)",
)
ATTRIBUTES = "figures"
RELATIONS = (
    ("households", "member_id", "members", "member_id"),
    ("households", "neighbourhood_id", "neighbourhoods", "neighbourhood_id"),
    ("zones", "member_id", "members", "member_id"),
    ("zones", "neighbourhood_id", "neighbourhoods", "neighbourhood_id"),
    ("members", "neighbourhood_id", "neighbourhoods", "neighbourhood_id"),
    ("figures", "area", "neighbourhoods", "neighbourhood_id"),
)


def relations_of(tables: dict[str, DataFrame]) -> DataFrame:
    """Return which column of which layer names a row of which other: one row each, for layers that are there."""
    named = [
        row
        for row in RELATIONS
        if row[0] in tables and row[2] in tables and row[1] in tables[row[0]]
    ]
    return pd.DataFrame(named, columns=["layer", "field", "of_layer", "of_field"])


def relate(path: Path, relations: DataFrame) -> None:
    """Add the pairs of related rows to a GeoPackage that GDAL has closed; `relations` as `relations_of` returns it."""
    with closing(sqlite3.connect(path)) as file, file:
        for statement in TABLES:
            file.execute(statement)
        _announce(file, "gpkgext_relations")
        for row in relations.itertuples(index=False):
            _pair(file, *row)


def _pair(file: sqlite3.Connection, layer: str, field: str, of_layer: str, of_field: str) -> None:
    """Add the table of one relation: the key of each row of `of_layer`, and those of the rows that name it."""
    pairs = f"{of_layer}_{layer}"
    file.execute(
        f'create table "{pairs}" (id INTEGER PRIMARY KEY AUTOINCREMENT, '
        "base_id INTEGER NOT NULL, related_id INTEGER NOT NULL)"
    )
    file.execute(
        f'insert into "{pairs}" (base_id, related_id) select named.{KEY}, naming.{KEY} from "{of_layer}" named '
        f'join "{layer}" naming on naming."{field}" = named."{of_field}" order by named.{KEY}, naming.{KEY}'
    )
    file.execute(
        "insert into gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
        "related_primary_column, relation_name, mapping_table_name) values (?, ?, ?, ?, ?, ?)",
        (of_layer, KEY, layer, KEY, "attributes" if layer == ATTRIBUTES else "features", pairs),
    )
    _announce(file, pairs)


def _announce(file: sqlite3.Connection, table: str) -> None:
    file.execute(
        "insert into gpkg_extensions values (?, null, ?, ?, 'read-write')",
        (table, EXTENSION, DEFINITION),
    )
