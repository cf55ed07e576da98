"""A plan small enough to read, with people who do not exist, for the tests of exports."""

from datetime import date

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from exports.content import PlanExport

CRS = "EPSG:4326"
WEST, SOUTH, SIDE = 107.50, 16.40, 0.01
HOUSEHOLDS_BY_ZONE = {"m1": 7, "m2": 12, "m3": 9, "m4": 30}


def a_plan(
    *, made_up=True, counts=None, first_head="Nguyễn Thị Mẫu", name="Phương án tháng 6"
) -> PlanExport:
    """Return a plan of two neighbourhoods with two members each, and one household nobody has."""
    counts = counts or HOUSEHOLDS_BY_ZONE
    members = list(counts)
    place_of = {member: "A" if at < 2 else "B" for at, member in enumerate(members)}
    rows = [
        (f"{member}-{i:03}", member, place_of[member])
        for member, count in counts.items()
        for i in range(count)
    ]
    households = gpd.GeoDataFrame(
        {
            "household_id": [*(row[0] for row in rows), "0099"],
            "member_id": pd.Series([*(row[1] for row in rows), None], dtype="str"),
            "neighbourhood_id": [*(row[2] for row in rows), "B"],
            "head": pd.Series([first_head] * (len(rows) + 1), dtype=object),
            "phone": "0905000001",
            "residents": 4.0,
            "traits": "poor,elderly",
            "reason": pd.Series([None] * len(rows) + ["no_location"], dtype="str"),
            "walk_m": 12.5,
            "load_min": 30.0,
        },
        geometry=[
            *(Point(WEST + i * 0.0001234567, SOUTH + 0.005) for i in range(len(rows))),
            None,
        ],
        crs=CRS,
    )
    households["member_name"] = households["member_id"].map(lambda m: f"Tổ viên {m}", "ignore")
    zones = gpd.GeoDataFrame(
        {
            "plan_id": "p1",
            "member_id": members,
            "member_name": [f"Tổ viên {member}" for member in members],
            "neighbourhood_id": [place_of[member] for member in members],
            "households": list(counts.values()),
            "load_min": [30.0 * count for count in counts.values()],
            "walk_m": [12.5 * count for count in counts.values()],
        },
        # Clockwise, as RFC 7946 does not want outer rings.
        geometry=[
            box(WEST + x * SIDE / 2, SOUTH, WEST + (x + 1) * SIDE / 2, SOUTH + SIDE, ccw=False)
            for x in range(len(members))
        ],
        crs=CRS,
    )
    neighbourhoods = gpd.GeoDataFrame(
        {"neighbourhood_id": ["A", "B"], "ward_code": "00004", "name": ["Tổ 1", "Tổ 2"]},
        geometry=[box(WEST + x * SIDE, SOUTH, WEST + (x + 1) * SIDE, SOUTH + SIDE) for x in (0, 1)],
        crs=CRS,
    )
    areas = [_figures(place, zones, households) for place in ("A", "B")]
    return PlanExport(
        plan={
            "plan": "p1",
            "name": name,
            "areas": areas,
            "total": {"households": len(households), "assigned": len(rows), "unassigned": 1},
        },
        zones=zones,
        households=households,
        members=gpd.GeoDataFrame(
            {
                "member_id": members,
                "name": [f"Tổ viên {member}" for member in members],
                "phone": "0905000002",
                "role": "leader",
            },
            geometry=[Point(WEST, SOUTH), *[None] * (len(members) - 1)],
            crs=CRS,
        ),
        neighbourhoods=neighbourhoods,
        streets=gpd.GeoDataFrame(
            {"street_id": ["s1"], "name": ["Đường Mẫu"], "kind": ["alley"], "ward_code": "00004"},
            geometry=[LineString([(WEST, SOUTH), (WEST + SIDE, SOUTH)])],
            crs=CRS,
        ),
        made_up=made_up,
        on=date(2026, 6, 1),
    )


def _figures(place, zones, households):
    own, homes = zones[zones["neighbourhood_id"] == place], households["neighbourhood_id"] == place
    left = households.loc[homes & households["member_id"].isna(), ["household_id", "reason"]]
    return {
        "area": place,
        "households": int(homes.sum()),
        "members": len(own),
        "assigned": int(own["households"].sum()),
        "unassigned": left.to_dict("records"),
        "load_min": {"min": 1.0, "mean": 2.0, "max": 3.0},
        "walk_m": {"total": 100.0, "mean": 12.5},
        "zones_disconnected": 0,
        "lower_bound": 90.0,
        "gap": 0.1,
        "seconds": 0.2,
        "seed": 1,
    }
