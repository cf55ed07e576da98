"""The walking network of a ward, from what is stored, and kept while that is the same."""

from functools import lru_cache
from math import isfinite

import geopandas as gpd
import pandas as pd
from shapely import box

from data.of_places import shapes_of_ward
from data.store import Store, WellKnown, shapes
from geo.crs import metric_crs
from geo.house_graph import network_of_ward
from geo.network import WalkingNetwork
from geo.terms import Kind

# Networks kept: a person plans in one ward, a server for a few.
KEPT = 8

Stored = tuple[WellKnown, ...]


def walking_network(store: Store, ward_code: str) -> WalkingNetwork:
    """The streets of a ward as a network, in metres; its houses as neighbours where it has no streets.

    A river belongs to no one ward: all barriers that pass through where the streets and houses lie are kept.
    """
    streets = shapes_of_ward(store, Kind.STREETS, ward_code)
    barriers = tuple(store.load(Kind.BARRIERS).geometry.to_wkb())
    houses: Stored = ()
    if not streets or not _pass_through(barriers, shapes(streets)).all():
        houses = shapes_of_ward(store, Kind.HOUSEHOLDS, ward_code)
    ground = streets or shapes_of_ward(store, Kind.NEIGHBOURHOODS, ward_code)
    return network_of_shapes(streets, houses, barriers, ground)


@lru_cache(maxsize=KEPT)
def network_of_shapes(
    streets: Stored, houses: Stored, barriers: Stored, ground: Stored
) -> WalkingNetwork:
    """Return the network of these very shapes, so that what is kept is never that of others."""
    lines, points, walls = shapes(streets), shapes(houses), shapes(barriers)
    walls = walls[_pass_through(barriers, pd.concat([lines, points]))]
    return network_of_ward(
        gpd.GeoDataFrame(geometry=lines),
        points,
        crs=metric_crs(shapes(ground)),
        barriers=gpd.GeoDataFrame(geometry=walls),
    )


def _pass_through(barriers: Stored, ground: gpd.GeoSeries) -> pd.Series:
    """Return which barriers meet the rectangle around some ground; all where that is nowhere."""
    walls, bounds = shapes(barriers), ground.total_bounds
    if not isfinite(bounds[0]):
        return pd.Series(True, index=walls.index)
    met: pd.Series = walls.intersects(box(*bounds))
    return met
