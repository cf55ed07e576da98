"""The promise each table makes: its columns, their types, and what is always true of them.

`checked(frame, Households)` is called at the two borders, after reading and before storing. Missing columns are
added empty, unknown ones dropped, so a test or a reader names only the columns it cares about.
"""

from functools import cache
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import STRING

from geo.terms import (
    STORED_CRS,
    WARD_CODE,
    BoundarySource,
    Carry,
    LocationSource,
    Outcome,
    Role,
    WardKind,
)

UTC_TIME = pd.DatetimeTZDtype(unit="us", tz="UTC")


class Table(pa.DataFrameModel):
    """Base of all tables: every one carries the ward it belongs to (empty while unknown)."""

    ward_code: str = pa.Field(nullable=True, str_matches=f"^{WARD_CODE}$")

    class Config:  # noqa: D106  pandera's own way of setting options
        coerce = True
        strict = "filter"
        add_missing_columns = True


class Wards(Table):
    """One row per ward; `made` where it was put together from its neighbourhoods. MultiPolygon."""

    ward_code: str = pa.Field(unique=True, str_matches=f"^{WARD_CODE}$")
    name: str = pa.Field()
    kind: str = pa.Field(nullable=True, isin=list(WardKind))
    province_code: str = pa.Field(nullable=True)
    made: bool = pa.Field(default=False)


class Neighbourhoods(Table):
    """One row per neighbourhood; in force from `valid_from` until the day before `valid_to`. MultiPolygon.

    The geometry is what is left after mending, empty where nothing is; `drawn` keeps the outline as it was drawn
    (well-known binary in hex), and is empty where mending changed nothing.
    """

    neighbourhood_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    name: str = pa.Field()
    valid_from: str = pa.Field(nullable=True)
    valid_to: str = pa.Field(nullable=True)
    source: str = pa.Field(nullable=True, isin=list(BoundarySource))
    drawn: str = pa.Field(nullable=True)


class Successions(Table):
    """One row per neighbourhood that ended; `new_id` empty where no single one followed, `carry` a `Carry`."""

    succession_id: str = pa.Field(unique=True)
    old_id: str = pa.Field(unique=True)
    new_id: str = pa.Field(nullable=True)
    carry: str = pa.Field(isin=list(Carry))
    share: float = pa.Field(ge=0)


class Streets(Table):
    """One row per street or alley; `kind` as the file says. LineString."""

    street_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    name: str = pa.Field(nullable=True)
    kind: str = pa.Field(nullable=True)


class Barriers(Table):
    """One row per river, canal, railway or main road that is not crossed on foot. LineString."""

    barrier_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    name: str = pa.Field(nullable=True)
    kind: str = pa.Field(nullable=True)


class Addresses(Table):
    """One row per digital address that a ward's own table locates. Point; `precision_m` empty where unknown."""

    address_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    code: str = pa.Field()
    precision_m: float = pa.Field(nullable=True, ge=0)


class Households(Table):
    """One row per household. Point, empty where it is not located; `traits` comma-separated `Trait`s.

    `precision_m` is the radius around a point that was read from an address or estimated, empty where it was measured;
    `known_as` holds the other ids that lists gave it, `vanished_at` the day since when a full list lacks it, `gone_on`
    the day from which, as a person decided, it is no more.
    """

    household_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    neighbourhood_id: str = pa.Field(nullable=True)
    neighbourhood_given: str = pa.Field(nullable=True)
    head: str = pa.Field(nullable=True)
    phone: str = pa.Field(nullable=True)
    house_number: str = pa.Field(nullable=True)
    street: str = pa.Field(nullable=True)
    alley: str = pa.Field(nullable=True)
    address_given: str = pa.Field(nullable=True)
    address_raw: str = pa.Field(nullable=True)
    address_scheme: str = pa.Field(nullable=True)
    precision_m: float = pa.Field(nullable=True, ge=0)
    confidence: float = pa.Field(nullable=True, ge=0, le=1)
    location_source: str = pa.Field(nullable=True, isin=list(LocationSource))
    residents: float = pa.Field(nullable=True, ge=0)
    traits: str = pa.Field(nullable=True)
    vanished_at: str = pa.Field(nullable=True)
    gone_on: str = pa.Field(nullable=True)
    coordinates_given: str = pa.Field(nullable=True)
    known_as: str = pa.Field(nullable=True)


class Teams(Table):
    """One row per team; the neighbourhood it serves, until the day before `active_to`. Dates are ISO days."""

    team_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    neighbourhood_id: str = pa.Field(nullable=True)
    neighbourhood_given: str = pa.Field(nullable=True)
    name: str = pa.Field(nullable=True)
    founded_on: str = pa.Field(nullable=True)
    decision: str = pa.Field(nullable=True)
    trained_on: str = pa.Field(nullable=True)
    active_to: str = pa.Field(nullable=True)


class Members(Table):
    """One row per member; active from `active_from` until the day before `active_to`. Point `base`, may be empty."""

    member_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    team_id: str = pa.Field(nullable=True)
    team_given: str = pa.Field(nullable=True)
    neighbourhood_id: str = pa.Field(nullable=True)
    neighbourhood_given: str = pa.Field(nullable=True)
    name: str = pa.Field(nullable=True)
    phone: str = pa.Field(nullable=True)
    role: str = pa.Field(nullable=True, isin=list(Role))
    minutes_per_week: float = pa.Field(nullable=True, ge=0)
    max_load_min: float = pa.Field(nullable=True, ge=0)
    skills: str = pa.Field(nullable=True)
    walks_at_most_m: float = pa.Field(nullable=True, ge=0)
    active_from: str = pa.Field(nullable=True)
    active_to: str = pa.Field(nullable=True)


class Goals(Table):
    """One row per goal; `concerns` comma-separated `Trait`s, empty for everybody; `valid_days` empty for ever.

    It is pursued until the day before `active_to`.
    """

    goal_id: str = pa.Field(unique=True)
    name: str = pa.Field()
    concerns: str = pa.Field(nullable=True)
    valid_days: float = pa.Field(nullable=True, gt=0)
    active_to: str = pa.Field(nullable=True)


class Visits(Table):
    """One row per visit and goal, append only; `goal_id` empty where the visit named none."""

    visit_id: str = pa.Field(unique=True)
    household_id: str = pa.Field(nullable=True)
    household_given: str = pa.Field(nullable=True)
    member_id: str = pa.Field(nullable=True)
    member_given: str = pa.Field(nullable=True)
    goal_id: str = pa.Field(nullable=True)
    goal_given: str = pa.Field(nullable=True)
    visited_at: UTC_TIME = pa.Field(nullable=False)  # type: ignore[valid-type]
    outcome: str = pa.Field(isin=list(Outcome))
    note: str = pa.Field(nullable=True)


class Figures(Table):
    """One row per figure of a report: `value` of `of` (empty where it is not a share) on the day `as_of`."""

    figure_id: str = pa.Field(unique=True)
    ward_given: str = pa.Field(nullable=True)
    neighbourhood_id: str = pa.Field(nullable=True)
    area_given: str = pa.Field(nullable=True)
    indicator: str = pa.Field()
    as_of: str = pa.Field(nullable=True)
    source: str = pa.Field(nullable=True)
    value: float = pa.Field()
    of: float = pa.Field(nullable=True)


class Assignments(Table):
    """One row per household of a plan; `member_id` empty with a `reason` where nobody got it."""

    plan_id: str = pa.Field()
    household_id: str = pa.Field()
    member_id: str = pa.Field(nullable=True)
    neighbourhood_id: str = pa.Field(nullable=True)
    locked: bool = pa.Field(default=False)
    reason: str = pa.Field(nullable=True)
    walk_m: float = pa.Field(nullable=True, ge=0)
    load_min: float = pa.Field(nullable=True, ge=0)


AnyTable = TypeVar("AnyTable", bound=Table)


def checked(frame: pd.DataFrame, table: type[AnyTable]) -> Any:
    """Return `frame` with exactly the columns of `table` (and its geometry), in their types and order.

    Raises
    ------
    pandera.errors.SchemaError
        Where a row breaks the promise: a fault of ours, since readers set such rows aside before.
    """
    rows = pd.DataFrame(_promise(table).validate(pd.DataFrame(frame)))
    rows = rows[list(_nothing(table).columns)]
    return _with_geometry(rows, frame)


def typed(frame: pd.DataFrame, table: type[AnyTable]) -> Any:
    """Return `frame` as `checked` does, where the rows are known to keep the promise: those of the store."""
    nothing = _nothing(table)
    columns = {
        name: frame[name].astype(nothing[name].dtype)
        if name in frame
        else nothing[name].reindex(frame.index)
        for name in nothing
    }
    return _with_geometry(pd.DataFrame(columns, index=frame.index), frame)


class _Text(STRING):
    """Text that says in one word that every cell is text; told cell by cell, pandera lists the cells that are not."""

    def check(self, pandera_dtype: Any, data_container: Any = None) -> Any:
        told: Any = super().check(pandera_dtype, data_container)
        return bool(np.all(told)) or told


@cache
def _promise(table: type[AnyTable]) -> pa.DataFrameSchema:
    """The table's schema, whose check of text takes half the time."""
    schema = table.to_schema()
    texts = {name: one.dtype for name, one in schema.columns.items()}
    return schema.update_columns(
        {
            name: {"dtype": _Text(dtype.storage)}
            for name, dtype in texts.items()
            if isinstance(dtype, STRING)
        }
    )


@cache
def _nothing(table: type[AnyTable]) -> pd.DataFrame:
    """A table without rows, for its columns and their types."""
    return pd.DataFrame(table.validate(pd.DataFrame(columns=list(table.to_schema().columns))))


def _with_geometry(rows: pd.DataFrame, frame: pd.DataFrame) -> Any:
    if "geometry" not in frame.columns:
        return rows
    geometry = gpd.GeoSeries(frame["geometry"], crs=getattr(frame, "crs", None) or STORED_CRS)
    return gpd.GeoDataFrame(rows, geometry=geometry)
