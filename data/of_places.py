"""What belongs to some neighbourhoods, or one ward, read alone: the rest stays in the database."""

from collections.abc import Collection
from typing import Any

import geopandas as gpd
import sqlalchemy as sa

from data import schema
from data.store import Store, WellKnown, well_known
from geo.terms import Kind


def places_called(store: Store, area: str) -> gpd.GeoDataFrame:
    """Return the neighbourhood that has the code `area`, or those of the ward that has it."""
    places = schema.neighbourhoods.c
    found: gpd.GeoDataFrame = store.load(
        Kind.NEIGHBOURHOODS, (places.neighbourhood_id == area) | (places.ward_code == area)
    )
    return found


def load_of(store: Store, table: str, places: Collection[str] | None) -> Any:
    """Return the rows of a table that belong to neighbourhoods, by their ids; all rows for None."""
    if places is None:
        return store.load(table)
    return store.load(table, schema.METADATA.tables[table].c.neighbourhood_id.in_(places))


def visits_of(store: Store, places: Collection[str] | None) -> Any:
    """Return the visits to the households of neighbourhoods; all visits for None."""
    if places is None:
        return store.load(Kind.VISITS)
    return store.load(Kind.VISITS, schema.visits.c.household_id.in_(households_in(places)))


def households_in(places: Collection[str]) -> sa.Select[tuple[str]]:
    """Return the query for the ids of the households of neighbourhoods."""
    homes = schema.households.c
    return sa.select(homes.household_id).where(homes.neighbourhood_id.in_(places))


def shapes_of_ward(store: Store, table: str, ward_code: str) -> tuple[WellKnown, ...]:
    """Return the geometry of a table's rows that belong to a ward, as it is stored, in the order of their keys."""
    source = schema.METADATA.tables[table]
    query = sa.select(source.c.geometry).where(source.c.ward_code == ward_code)
    with store.engine.connect() as connection:
        stored = connection.scalars(query.order_by(*source.primary_key.columns))
        return tuple(well_known(one) for one in stored)
