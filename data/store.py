"""The store: one SQLAlchemy engine, frames out, changes in, a version that moves with every write."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa
from geoalchemy2 import WKBElement
from platformdirs import user_data_path
from shapely import from_wkb, to_wkb

from data import schema
from data.migrate import bring_up_to_date
from geo.errors import StoreError
from geo.terms import STORED_CRS

URL = re.compile(r"^\w+(\+\w+)?://")
BUSY_TIMEOUT_MS = 30_000
# Rows handed to the database in one statement; bounds memory, not correctness.
KEYS_A_QUERY = 500

WellKnown = bytes | str | None


class Store:
    """A ward's data. Frames come out with the columns `geo.tables` promises, in the order of their keys."""

    def __init__(self, engine: sa.Engine, *, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self._held: tuple[int, dict[str, Any]] = (-1, {})

    def load(self, table: str, *where: sa.ColumnElement[bool]) -> Any:
        """Return a table as a frame (a GeoDataFrame in EPSG:4326 where it has geometry), ordered by key."""
        with self.engine.connect() as connection:
            if where:
                return load(connection, table, *where)
            held = self._held_since(_version(connection))
            if table not in held:
                held[table] = load(connection, table)
            return held[table].copy(deep=False)

    def _held_since(self, version: int) -> dict[str, Any]:
        """The whole tables loaded since the last write: what they hold is still so."""
        if self._held[0] != version:
            self._held = (version, {})
        return self._held[1]

    def version(self) -> int:
        """Return the number that changes with every write."""
        with self.engine.connect() as connection:
            return _version(connection)

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[sa.Connection]:
        """Yield a connection in one write transaction: all of it is kept, with a new version, or none.

        With `keep=False` nothing is kept: a rehearsal that sees what would be. Raises `StoreError` where the database
        cannot be written: read-only, full, or kept busy by another program.
        """
        try:
            with (
                self.engine.connect().execution_options(writing=True) as connection,
                connection.begin() as transaction,
            ):
                # one writer at a time, as SQLite has it: the second sees what the first has done
                connection.execute(sa.select(schema.state.c.version).with_for_update())
                yield connection
                if keep:
                    version = schema.state.c.version
                    connection.execute(sa.update(schema.state).values(version=version + 1))
                else:
                    transaction.rollback()
        except sa.exc.OperationalError as error:
            raise StoreError("store_unusable", fault=type(error).__name__) from error

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()


def open_store(database: str | None = None) -> Store:
    """Open (and make or bring up to date) the store at a URL or a plain file path.

    Without one it is `diaban.sqlite` in the user's data folder. Raises `StoreError` where it cannot be opened.
    """
    target = database or str(user_data_path("diaban", appauthor=False) / "diaban.sqlite")
    try:
        if URL.match(target):
            return _opened(_engine_of_url(target), folder=user_data_path("diaban", appauthor=False))
        path = Path(target).expanduser().absolute()
        path.parent.mkdir(parents=True, exist_ok=True)
        url = sa.URL.create("sqlite", database=str(path))
        return _opened(_sqlite_engine(url), folder=path.parent / f"{path.stem}-files")
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        raise StoreError("store_unusable", fault=type(error).__name__) from error


def memory_store() -> Store:
    """Return an empty store that lives in memory, for tests."""
    engine = sa.create_engine(
        "sqlite://", poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False}
    )
    _prepare_sqlite(engine)
    return _opened(engine, folder=Path())


def load(connection: sa.Connection, table: str, *where: sa.ColumnElement[bool]) -> Any:
    """Return a table as `Store.load` does, inside the transaction of `connection`."""
    source = schema.METADATA.tables[table]
    query = sa.select(source).where(*where).order_by(*source.primary_key.columns)
    frame: Any = pd.read_sql(query, connection)
    if "geometry" in source.c:
        frame = gpd.GeoDataFrame(frame.assign(geometry=shapes(frame["geometry"])))
    return _typed(frame, source)


def shapes(stored: Iterable[Any]) -> gpd.GeoSeries:
    """Return geometry in EPSG:4326 from what the database hands out, or from `well_known`."""
    return gpd.GeoSeries(from_wkb([well_known(one) for one in stored]), crs=STORED_CRS)


def well_known(stored: Any) -> WellKnown:
    """Return the well-known binary of what the database hands out: bytes, or an element of PostGIS as hexadecimal."""
    if isinstance(stored, bytes):
        return stored
    return str(stored) if isinstance(stored, WKBElement | str) else None


def insert(connection: sa.Connection, table: str, frame: pd.DataFrame) -> None:
    """Add the rows of a frame."""
    columns = {name: _plain(frame[name]) for name in frame.columns}
    if connection.dialect.name == "postgresql" and "geometry" in columns:
        columns["geometry"] = [_element(shape) for shape in columns["geometry"]]
    insert_columns(connection, schema.METADATA.tables[table], columns)


def insert_columns(
    connection: sa.Connection, table: sa.Table, columns: dict[str, list[Any]]
) -> None:
    """Add rows by their columns, as the database takes them."""
    rows = zip(*columns.values(), strict=True)
    if connection.dialect.name != "sqlite":
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        if named:
            connection.execute(sa.insert(table), named)
        return
    # Past what SQLAlchemy does for each row: a hundred thousand take a fifth of the time.
    dialect = connection.dialect
    statement = sa.insert(table).compile(dialect=dialect, column_keys=list(columns))
    order = [
        _bound_values(table.c[name], columns[name], dialect) for name in statement.positiontup or ()
    ]
    filled = list(zip(*order, strict=True))
    if filled:
        connection.exec_driver_sql(str(statement), filled)


def _bound_values(column: sa.Column, values: list[Any], dialect: sa.Dialect) -> list[Any]:
    """Values as the driver takes them."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else [convert(value) for value in values]


def update(connection: sa.Connection, table: str, frame: pd.DataFrame) -> None:
    """Replace the stored rows that have the keys of `frame`."""
    target = schema.METADATA.tables[table]
    (key,) = target.primary_key.columns
    rows = [
        {f"new_{name}": value for name, value in _bound(connection, row).items()}
        for row in records(frame)
    ]
    if not rows:
        return
    names = [name for name in frame.columns if name != key.name]
    statement = (
        sa.update(target)
        .where(key == sa.bindparam(f"new_{key.name}"))
        .values({name: sa.bindparam(f"new_{name}") for name in names})
    )
    connection.execute(statement, rows)


def delete(connection: sa.Connection, table: str, keys: list[str]) -> None:
    """Remove the rows with these keys."""
    target = schema.METADATA.tables[table]
    (key,) = target.primary_key.columns
    for start in range(0, len(keys), KEYS_A_QUERY):
        connection.execute(sa.delete(target).where(key.in_(keys[start : start + KEYS_A_QUERY])))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as the database takes them: None for missing, WKB for geometry."""
    columns = {name: _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def _version(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.select(schema.state.c.version)) or 0)


def _bound(connection: sa.Connection, row: dict[str, Any]) -> dict[str, Any]:
    """PostGIS takes well-known binary as an element of its own; SQLite takes the bytes."""
    if "geometry" not in row or connection.dialect.name != "postgresql":
        return row
    return row | {"geometry": _element(row["geometry"])}


def _element(shape: bytes | None) -> WKBElement | None:
    return None if shape is None else WKBElement(shape, srid=4326)


def _plain(column: pd.Series) -> list[Any]:
    if column.name == "geometry":
        return list(to_wkb(column.to_numpy(), output_dimension=2, include_srid=False))
    objects = column.astype(object)
    return list(objects.where(objects.notna(), None))


def _typed(frame: Any, source: sa.Table) -> Any:
    """Give empty columns their type, since a column of nulls reads back as anything."""
    for column in source.columns:
        if isinstance(column.type, sa.Text):
            frame[column.name] = frame[column.name].astype("str")
        elif isinstance(column.type, sa.Float):
            frame[column.name] = frame[column.name].astype("float64")
        elif isinstance(column.type, sa.DateTime):
            times = pd.to_datetime(frame[column.name], utc=True)
            frame[column.name] = times.astype("datetime64[us, UTC]")
        elif isinstance(column.type, sa.Boolean):
            frame[column.name] = frame[column.name].astype(bool)
    return frame


def _opened(engine: sa.Engine, *, folder: Path) -> Store:
    bring_up_to_date(engine)
    return Store(engine, folder=folder)


def _engine_of_url(target: str) -> sa.Engine:
    url = sa.make_url(target)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True)  # people's data, in no exception
    _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Write-ahead log, full durability, and transactions that begin when we say so."""

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
