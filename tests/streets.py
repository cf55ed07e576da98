"""Streets small enough to draw, with households and members along them."""

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point

from geo.network import build_network

CRS = "EPSG:32648"
EAST, NORTH = 690_000.0, 1_187_000.0


def at(x, y):
    return Point(EAST + x, NORTH + y)


def streets(*lines):
    shapes = [LineString([(EAST + x, NORTH + y) for x, y in line]) for line in lines]
    return gpd.GeoDataFrame({"street_id": range(len(lines))}, geometry=shapes, crs=CRS)


def homes(*spots):
    return gpd.GeoDataFrame(
        {
            "household_id": [f"h{i:03}" for i in range(len(spots))],
            "residents": 4.0,
            "traits": pd.Series([None] * len(spots), dtype="str"),
        },
        geometry=[None if spot is None else at(*spot) for spot in spots],
        crs=CRS,
    ).to_crs("EPSG:4326")


def people(*bases, minutes=120.0, most=None):
    return gpd.GeoDataFrame(
        {
            "member_id": [f"m{i}" for i in range(len(bases))],
            "minutes_per_week": minutes,
            "max_load_min": np.nan if most is None else most,
            "walks_at_most_m": np.nan,
        },
        geometry=[None if base is None else at(*base) for base in bases],
        crs=CRS,
    ).to_crs("EPSG:4326")


def network(*lines):
    return build_network(streets(*lines), crs=CRS)


# A comb: one street of 400 m, and five dead-end lanes of 80 m to the north of it.
COMB = [[(0, 0), (400, 0)], *([(x, 0), (x, 80)] for x in (40, 120, 200, 280, 360))]
ALONG = [(x, 5) for x in range(15, 400, 10)] + [
    (x + 4, y) for x in (40, 120, 200, 280, 360) for y in range(20, 80, 10)
]
