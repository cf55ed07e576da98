"""A ward of two square neighbourhoods, laid straight into a store: for tests of what is changed by hand."""

from datetime import date

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa
from shapely.geometry import Point, box

from data import schema
from data.records import ByHand
from data.store import insert, now, open_store
from geo.settle import followers, settle
from geo.tables import checked
from geo.terms import Kind
from tests import made_once

DAY = date(2026, 11, 21)
SAID = ByHand(why="Chị Hoa báo qua điện thoại", on=DAY)
WARD = "00004"
WEST, SOUTH, SIDE = 107.50, 16.40, 0.01
STORE = "ward.sqlite"


def spot(x, y):
    """A point so many sides of a neighbourhood from the south-west corner."""
    return Point(WEST + x * SIDE, SOUTH + y * SIDE)


def square(x):
    return box(WEST + x * SIDE, SOUTH, WEST + (x + 1) * SIDE, SOUTH + SIDE)


def frame(shapes=None, **columns):
    plain = pd.DataFrame(columns)
    return plain if shapes is None else gpd.GeoDataFrame(plain, geometry=shapes, crs="EPSG:4326")


ROWS = {
    Kind.WARDS: frame([square(0).union(square(1))], ward_code=[WARD], name=["Phường Thử"]),
    Kind.NEIGHBOURHOODS: frame(
        [square(0), square(1)], neighbourhood_id=["A", "B"], name=["Tổ 1", "Tổ 2"], ward_given=WARD
    ),
    Kind.HOUSEHOLDS: frame(
        [spot(0.2, 0.5), spot(0.4, 0.5), spot(0.8, 0.5), spot(1.5, 0.5), None],
        household_id=["h1", "h2", "h3", "h4", "h5"],
        ward_given=WARD,
        head=["Lê Thị Ổn", "Võ Chi", "Đỗ An", "Trần Bê", "Hồ Năm"],
        house_number=["1", "3", "5", "7", None],
        street="Lê Lợi",
        neighbourhood_given="Tổ 1",
        location_source=["measured"] * 4 + [None],
        vanished_at=[None, None, None, "2026-11-01", None],
    ),
    Kind.TEAMS: frame(team_id=["t1"], name=["Tổ CNSCĐ 1"], neighbourhood_given="Tổ 1"),
    Kind.MEMBERS: frame(
        [None, None],
        member_id=["m1", "m2"],
        name=["Lê Văn An", "Phan Bình"],
        team_given="Tổ CNSCĐ 1",
        minutes_per_week=[120.0, 90.0],
    ),
    Kind.GOALS: frame(goal_id=["g"], name=["VNeID"]),
    Kind.VISITS: frame(
        visit_id=["v1"],
        household_given=["h1"],
        member_given=["Lê Văn An"],
        goal_given=["VNeID"],
        visited_at=pd.to_datetime(["2026-11-01T02:00:00Z"]),
        outcome=["met"],
    ),
}


def a_store(folder):
    """Return the store `ward.sqlite` of a folder, which holds the ward; filled once a run."""
    made_once.fill(folder, "by-hand", lambda made: fill(open_store(str(made / STORE))).close())
    return open_store(str(folder / STORE))


def fill(store):
    """Put the ward into an empty store, with a plan from a file in force that names a member by name."""
    empty = {table: _nothing(table) for table in schema.PROMISES}
    tables = empty | {kind: checked(rows, schema.PROMISES[kind]) for kind, rows in ROWS.items()}
    settled = settle(tables, only=followers([Kind.WARDS, Kind.GOALS]))
    plan = {"plan_id": "P00001", "name": "Có sẵn", "status": "approved", "import_id": "I00000"}
    with store.writing() as connection:
        for kind in ROWS:
            insert(connection, kind, settled[kind])
        connection.execute(sa.insert(schema.plans).values(created_at=now(), **plan))
        area = {"plan_id": "P00001", "neighbourhood_id": "A", "ward_code": WARD, "in_force": True}
        connection.execute(sa.insert(schema.plan_areas).values(**area))
        connection.execute(
            sa.insert(schema.assignments).values(
                plan_id="P00001",
                household_id="h1",
                neighbourhood_id="A",
                ward_code=WARD,
                member_id="m1",
                member_given="Lê Văn An",
                locked=False,
            )
        )
    return store


def _nothing(table):
    columns = list(schema.PROMISES[table].to_schema().columns)
    rows = checked(pd.DataFrame(columns=columns), schema.PROMISES[table])
    located = table in schema.LOCATED
    return gpd.GeoDataFrame(rows, geometry=[], crs="EPSG:4326") if located else rows
