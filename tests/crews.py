"""Small made-up wards for tests above the neighbourhood: places in a row, 100 m wide, teams, members and homes."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.affinity import translate
from shapely.geometry import Point, box

from geo.tables import Households, Members, Teams, typed

DAY = date(2026, 11, 21)
METRES = "EPSG:32648"
# Somewhere in the zone; all coordinates of these wards are metres east and north of it.
CORNER = (700_000.0, 1_820_000.0)
WIDE = 100.0


def at(x, y=0.0):
    return Point(CORNER[0] + x, CORNER[1] + y)


def placed(frame, points):
    return gpd.GeoDataFrame(frame, geometry=list(points), crs=METRES).to_crs("EPSG:4326")


def places(*ids, ward="00004"):
    """Neighbourhoods side by side, from west to east."""
    wards = ward if isinstance(ward, list) else [ward] * len(ids)
    frame = pd.DataFrame(
        {"neighbourhood_id": list(ids), "ward_code": wards, "name": [f"Tổ {one}" for one in ids]}
    )
    square = box(0, 0, WIDE, WIDE)
    return placed(frame, [translate(square, *corner(n)) for n in range(len(ids))])


def corner(n):
    return CORNER[0] + n * WIDE, CORNER[1]


def teams(*rows):
    """Teams as (id, neighbourhood)."""
    frame = pd.DataFrame(rows, columns=["team_id", "neighbourhood_id"], dtype="object")
    return typed(frame.assign(ward_code="00004"), Teams)


def members(*rows):
    """Members as (team, x of the home or None, what else there is to say)."""
    told = [{"team_id": team, "x": x, **said} for team, x, said in rows]
    said = sorted({name for one in told for name in one} - {"team_id", "x"})
    frame = pd.DataFrame(told, columns=["team_id", "x", *said])
    frame["member_id"] = [f"M{n:03d}" for n in range(len(frame))]
    homes = [None if pd.isna(x) else at(x) for x in frame["x"]]
    return typed(placed(frame.drop(columns="x"), homes), Members)


def crew(team, count, x=None, **said):
    """A leader, a deputy and ordinary members at home at `x`."""
    ranks = ["leader", "deputy", *["member"] * count][:count]
    return [(team, x, {"role": rank, "minutes_per_week": 120.0, **said}) for rank in ranks]


def households(**spots):
    """One household at each x of each neighbourhood."""
    rows = [(place, x) for place, xs in spots.items() for x in xs]
    frame = pd.DataFrame(
        {
            "household_id": [f"H{n:04d}" for n in range(len(rows))],
            "neighbourhood_id": [place for place, _ in rows],
            "residents": 4.0,
            "traits": None,
        }
    )
    return typed(placed(frame, [None if x is None else at(x) for _, x in rows]), Households)


def spread(count, *, start):
    """So many places evenly along 100 metres."""
    return np.linspace(start, start + WIDE, count).tolist()
