"""Import and undo: for every KIND the whole store is as it was, and what others build on stays."""

import geopandas as gpd
import pandas as pd
import pytest
import sqlalchemy as sa
from shapely.geometry import LineString

from data import schema
from data.intake import put_in, undo
from data.records import ImportOptions
from data.store import Store, load, memory_store
from geo.errors import ConflictError
from geo.terms import Kind
from tests.conftest import Ward
from tests.intake import put, taken

pytestmark = pytest.mark.slow

# What keeps count of imports and writes themselves.
RECORDS = ("imports", "problems", "audit", "changes", "state")
VISIT = {"visited_at": ["2026-11-01"], "outcome": ["gặp"]}


def everything(store):
    """Every table but the record of imports, as text, rows in the order of their cells."""
    told = {}
    with store.engine.connect() as connection:
        for name, table in schema.METADATA.tables.items():
            if name in RECORDS:
                continue
            if "geometry" in table.c:
                frame = load(connection, name)
                frame = pd.DataFrame(frame).assign(geometry=frame.geometry.normalize().to_wkt())
            else:
                frame = pd.read_sql(sa.select(table), connection)
            lines = [
                str(row) for row in frame.sort_index(axis=1).astype(object).to_numpy().tolist()
            ]
            told[name] = sorted(lines)
    return told


def streets(ward, name="streets.geojson"):
    line = LineString([ward.point(0.1, 0.5), ward.point(1.9, 0.5)])
    frame = gpd.GeoDataFrame(
        {"id": ["s1"], "name": ["Lê Lợi"], "ward_code": ward.code}, geometry=[line], crs="EPSG:4326"
    )
    return ward._geo(frame, name)


FILES = {
    Kind.WARDS: lambda ward: ward.ward(),
    Kind.NEIGHBOURHOODS: lambda ward: ward.neighbourhoods(),
    Kind.STREETS: streets,
    Kind.BARRIERS: lambda ward: streets(ward, "barriers.geojson"),
    Kind.ADDRESSES: lambda ward: ward.table(
        "addresses.csv", Mã_địa_chỉ_số=["HUE-3"], lat=[16.405], lon=[107.505]
    ),
    Kind.HOUSEHOLDS: lambda ward: ward.table(
        "households.csv",
        Mã_hộ=["h1", "h2", "h3"],
        Chủ_hộ=["Lê Thị Ổn", "Võ Chi", "Đỗ An"],
        Số_nhà=["1", "3", "5"],
        Đường=["Lê Lợi"] * 3,
        TDP=["Tổ 1"] * 3,
        Mã_địa_chỉ_số=[None, None, "HUE-3"],
        lat=[16.4051, None, None],
        lon=[107.5011, None, None],
        Mã_phường=["00004"] * 3,
    ),
    Kind.TEAMS: lambda ward: ward.table(
        "teams.csv", team_id=["t1"], name=["Tổ CNSCĐ 1"], neighbourhood=["Tổ 1"]
    ),
    Kind.MEMBERS: lambda ward: ward.table(
        "members.csv", member_id=["m1"], name=["Lê Văn An"], team=["t1"]
    ),
    Kind.GOALS: lambda ward: ward.table("goals.csv", goal_id=["g"], name=["VNeID"]),
    Kind.VISITS: lambda ward: ward.table(
        "visits.csv", household_id=["h1"], member=["m1"], goal=["VNeID"], **VISIT
    ),
    Kind.FIGURES: lambda ward: ward.table(
        "figures.csv", Địa_bàn=["Tổ 1"], Chỉ_tiêu=["Số hộ"], Giá_trị=[310], Ngày=["2026-10-01"]
    ),
    Kind.ASSIGNMENTS: lambda ward: ward.table(
        "assignments.csv", household_id=["h1"], member_id=["m1"]
    ),
}


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """Every file read once: a function that puts it into a store, whatever store."""
    ward = Ward(tmp_path_factory.mktemp("undo"))
    options = ImportOptions()
    files = {kind: make(ward) for kind, make in FILES.items()}
    rows = {kind: taken(file, kind, options) for kind, file in files.items()}

    def bring(store, kind):
        return put_in(store, rows[kind], kind, file=files[kind], options=options)

    return bring


@pytest.fixture(scope="module")
def holding(brought):
    """A function that fills an empty store with the files of some kinds; what is asked for again is copied."""
    known: dict[tuple[str, ...], Store] = {}

    def held(kinds):
        if kinds not in known:
            known[kinds] = memory_store()
            if kinds:
                copy(held(kinds[:-1]), known[kinds])
                brought(known[kinds], kinds[-1])
        return known[kinds]

    yield lambda store, *kinds: copy(held(kinds), store)
    for one in known.values():
        one.close()


def copy(whole, empty):
    with whole.engine.connect() as source, empty.engine.connect() as target:
        source.connection.driver_connection.backup(target.connection.driver_connection)


def but(*kinds):
    return (kind for kind in FILES if kind not in kinds)


def test_every_kind_is_tried():
    assert set(FILES) == set(Kind)


@pytest.mark.parametrize("kind", list(FILES))
def test_the_state_after_import_and_undo_is_the_state_before(store, brought, holding, kind):
    holding(store, *but(kind))
    before = everything(store)

    report = brought(store, kind)
    after = everything(store)
    undo(store, report.import_id)

    assert after != before
    assert everything(store) == before


@pytest.mark.parametrize("kind", list(FILES))
def test_into_an_empty_store_and_back_leaves_nothing(store, brought, kind):
    before = everything(store)

    report = brought(store, kind)
    undo(store, report.import_id)

    assert everything(store) == before


def test_taken_back_in_turn_all_imports_leave_nothing(store, brought):
    before = everything(store)
    reports = [brought(store, kind) for kind in FILES]

    for report in reversed(reports):
        undo(store, report.import_id)

    assert everything(store) == before


BUILT = [
    (Kind.WARDS, Kind.NEIGHBOURHOODS),
    (Kind.WARDS, Kind.HOUSEHOLDS),
    (Kind.WARDS, Kind.TEAMS),
    (Kind.WARDS, Kind.MEMBERS),
    (Kind.WARDS, Kind.ADDRESSES),
    (Kind.WARDS, Kind.FIGURES),
    (Kind.NEIGHBOURHOODS, Kind.HOUSEHOLDS),
    (Kind.NEIGHBOURHOODS, Kind.TEAMS),
    (Kind.NEIGHBOURHOODS, Kind.FIGURES),
    (Kind.TEAMS, Kind.MEMBERS),
    (Kind.ADDRESSES, Kind.HOUSEHOLDS),
    (Kind.HOUSEHOLDS, Kind.VISITS),
    (Kind.HOUSEHOLDS, Kind.ASSIGNMENTS),
    (Kind.MEMBERS, Kind.VISITS),
    (Kind.MEMBERS, Kind.ASSIGNMENTS),
    (Kind.GOALS, Kind.VISITS),
]


@pytest.mark.parametrize(("kind", "upon"), BUILT)
def test_what_a_later_import_builds_on_is_not_undone_and_the_later_one_is_named(
    store, brought, holding, kind, upon
):
    holding(store, *but(kind, upon))
    first, second = brought(store, kind), brought(store, upon)
    before = everything(store)

    with pytest.raises(ConflictError) as caught:
        undo(store, first.import_id)

    assert second.import_id in caught.value.facts["builders"]
    assert everything(store) == before
    undo(store, second.import_id)
    undo(store, first.import_id)


def test_a_visit_found_under_the_name_a_later_list_gave_is_built_on_that_list(store, ward):
    put(store, ward.table("a.csv", Chủ_hộ=["An"], TDP=["Tổ 1"], Số_nhà=["1"]), "households")
    named = put(
        store,
        ward.table("b.csv", Mã_hộ=["HG-1"], Chủ_hộ=["An"], TDP=["Tổ 1"], Số_nhà=["1"]),
        "households",
    )
    visits = put(store, ward.table("v.csv", household_id=["HG-1"], **VISIT), "visits")

    with pytest.raises(ConflictError) as caught:
        undo(store, named.import_id)

    assert caught.value.facts["builders"] == [visits.import_id]
