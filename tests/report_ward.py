"""A ward small enough to reckon by hand, with a plan in force and one proposed, for slides and minutes."""

import json
from datetime import date

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

import workflow
from data.store import open_store
from geo.terms import Kind
from tests.made_once import fill

DAY = date(2026, 11, 21)
WARD = "19969"
WEST, SOUTH, SIDE = 107.50, 16.40, 0.005
PLACES, HOMES = 14, 12
# Households reached in each neighbourhood; 2 and 11 are of so few households that they may not be told.
REACHED = (0, 2, 5, 6, 7, 11, 5, 6, 7, 5, 6, 7, 5, 12)
HOSTILE = '=HYPERLINK("http://127.0.0.1/","Tổ & 3") <b>'
PEOPLE = {"m0": "Trần Thị Kín", "m1": "Lê Văn Giấu"}


def place_name(at):
    return HOSTILE if at == 2 else f"Tổ dân phố số {at + 1}"


def a_ward(folder):
    """Write the ward's files and its store to `folder`; return it, the plan in force and the one proposed."""
    fill(folder, "report-ward", _make)
    return open_store(str(folder / "store.sqlite")), *json.loads((folder / "plans").read_text())


def _make(folder):
    """Import the ward from files written to `folder`."""
    store = open_store(str(folder / "store.sqlite"))
    homes = [(place, number) for place in range(PLACES) for number in range(HOMES)]
    tables = {
        Kind.HOUSEHOLDS: [
            {
                "household_id": f"HO-{place:02}-{number:02}",
                "head": f"Nguyễn Văn Chủ{place:02}{number:02}",
                "phone": f"0905{place:02}{number:02}77",
                "house_number": f"{900 + number}/{place}",
                "street": "Đường Bí Mật",
                "traits": "hộ nghèo",
                "residents": 4,
                "lat": SOUTH + SIDE * (0.2 + number // 4 * 0.2),
                "lon": WEST + SIDE * (place + 0.2 + number % 4 * 0.2),
            }
            for place, number in homes
        ],
        Kind.TEAMS: [
            {"team_id": f"T{place}", "name": f"Tổ số {place}", "neighbourhood_id": f"P{place:02}"}
            for place in range(PLACES)
        ],
        Kind.MEMBERS: [
            {
                "member_id": f"{member}-{place:02}",
                "name": name,
                "team_id": f"T{place}",
                "phone": "0905999999",
            }
            for place in range(PLACES)
            for member, name in PEOPLE.items()
        ],
        Kind.VISITS: [
            {
                "household_id": f"HO-{place:02}-{number:02}",
                "visited_at": "2026-11-10",
                "outcome": "gặp",
            }
            for place, number in homes
            if number < REACHED[place]
        ],
    }
    workflow.import_file(store, _places(folder), kind=Kind.NEIGHBOURHOODS, options=_ward())
    for kind, rows in tables.items():
        path = folder / f"{kind}.csv"
        pd.DataFrame(rows).to_csv(path, index=False)
        workflow.import_file(store, path, kind=kind, options=_ward())
    plans = [_plan(store, folder, name, homes, first) for name, first in (("cũ", 4), ("mới", 6))]
    workflow.approve_plan(store, plans[0])
    store.close()
    (folder / "plans").write_text(json.dumps(plans))


def _ward():
    return workflow.ImportOptions(ward=WARD, on=DAY)


def _places(folder):
    squares = [
        box(WEST + at * SIDE, SOUTH, WEST + (at + 1) * SIDE, SOUTH + SIDE) for at in range(PLACES)
    ]
    ids = [f"P{at:02}" for at in range(PLACES)]
    names = [place_name(at) for at in range(PLACES)]
    frame = gpd.GeoDataFrame(
        {"neighbourhood_id": ids, "name": names}, geometry=squares, crs="EPSG:4326"
    )
    frame.to_file(folder / "neighbourhoods.geojson", driver="GeoJSON")
    return folder / "neighbourhoods.geojson"


def _plan(store, folder, name, homes, first):
    """Keep a plan in which the first member of each neighbourhood has so many households."""
    path = folder / f"Phương án {name}.csv"
    pd.DataFrame(
        [
            {
                "household_id": f"HO-{place:02}-{number:02}",
                "member_id": f"{'m0' if number < first else 'm1'}-{place:02}",
            }
            for place, number in homes
        ]
    ).to_csv(path, index=False)
    workflow.import_file(store, path, kind=Kind.ASSIGNMENTS)
    return str(workflow.plans(store)["plan_id"].iloc[0])
