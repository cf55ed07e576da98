"""From a file to the store and back: what is kept, what is set aside, what can be undone."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Polygon

from data.intake import put_in, undo
from data.records import ImportOptions
from data.store import memory_store
from geo.errors import ConflictError, InputError, NotFoundError, UnknownCrsError
from geo.terms import Kind
from tests.intake import dump, put, taken


def places(store):
    homes = store.load("households").set_index("household_id")["neighbourhood_id"]
    return {home: None if pd.isna(place) else place for home, place in homes.items()}


def test_households_get_the_neighbourhood_they_lie_in_whichever_came_first(ward):
    files = {
        "neighbourhoods": ward.neighbourhoods(),
        "wards": ward.ward(),
        "households": ward.households(("h1", 0.5, 0.5), ("h2", 1.5, 0.5), ("h3", 5.0, 0.5)),
        "visits": ward.table(
            "visits.csv",
            visit_id=["v1"],
            household_id=["h1"],
            member_id=["m1"],
            visited_at=["2026-11-01"],
            outcome=["met"],
        ),
        "members": ward.table("members.csv", member_id=["m1"], team_id=["t1"], name=["Lê Văn An"]),
        "teams": ward.table(
            "teams.csv", team_id=["t1"], neighbourhood=["Tổ dân phố 1"], name=["T"]
        ),
    }
    asked = ImportOptions()
    rows = {kind: taken(file, kind, asked) for kind, file in files.items()}
    dumps = []
    orders = [list(files)[i:] + list(files)[:i] for i in (0, 2, 4)]
    for order in [*orders, list(files)[::-1]]:
        store = memory_store()
        for kind in order:
            put_in(store, rows[kind], Kind(kind), file=files[kind], options=asked)
        dumps.append(dump(store))
        store.close()

    assert all(one == dumps[0] for one in dumps)
    assert places_in(dumps[0]) == {"h1": "A", "h2": "B", "h3": ""}


def places_in(dumped):
    import io

    homes = pd.read_csv(io.StringIO(dumped["households"]), dtype=str, keep_default_na=False)
    return dict(zip(homes["household_id"], homes["neighbourhood_id"], strict=True))


def test_households_outside_and_on_a_border_are_listed(store, ward):
    put(store, ward.ward(), "wards")
    put(store, ward.neighbourhoods(), "neighbourhoods")

    report = put(
        store, ward.households(("in", 0.5, 0.5), ("out", 5, 5), ("on", 1.0, 0.5)), "households"
    )

    listed = dict(zip(report.problems["value"], report.problems["check"], strict=True))
    assert listed == {"out": "outside_neighbourhoods", "on": "on_border"}


def test_importing_the_same_file_again_changes_nothing(store, ward):
    file = ward.households(("h1", 0.5, 0.5), ("h2", 1.5, 0.5))
    put(store, file, "households")
    before = dump(store)

    again = put(store, file, "households")

    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert dump(store) == before


def test_an_empty_cell_never_erases_what_is_stored(store, ward):
    put(
        store,
        ward.table("a.csv", household_id=["h1"], head=["Lê Thị Ổn"], residents=[4]),
        "households",
    )

    put(store, ward.table("b.csv", household_id=["h1"], head=[None], residents=[5]), "households")

    home = store.load("households").iloc[0]
    assert (home["head"], home["residents"]) == ("Lê Thị Ổn", 5)


@pytest.mark.parametrize(
    "kind", ["wards", "neighbourhoods", "households", "teams", "visits", "assignments"]
)
def test_undo_brings_back_the_state_before(store, ward, kind):
    put(store, ward.table("g.csv", goal_id=["g"], name=["VNeID"]), "goals")
    if kind in ("visits", "assignments"):
        put(store, ward.households(("h1", 0.5, 0.5)), "households")
    before = dump(store)
    file = {
        "wards": ward.ward,
        "neighbourhoods": ward.neighbourhoods,
        "households": lambda: ward.households(("h1", 0.5, 0.5)),
        "teams": lambda: ward.table("t.csv", team_id=["t1"], name=["T"]),
        "visits": lambda: ward.table(
            "v.csv", household_id=["h1"], goal=["VNeID"], visited_at=["2026-11-01"], outcome=["gặp"]
        ),
        "assignments": lambda: ward.table("a.csv", household_id=["h1"], member_id=["m1"]),
    }[kind]()

    report = put(store, file, kind)
    undo(store, report.import_id)

    assert dump(store) == before
    assert store.load("plans").empty
    assert store.load("assignments").empty


def test_boundaries_place_stored_households_again_and_undo_takes_that_back(store, ward):
    put(store, ward.ward(), "wards")
    put(store, ward.households(("h1", 0.5, 0.5)), "households")

    report = put(store, ward.neighbourhoods(), "neighbourhoods")
    assert (report.placed_again, places(store)) == (1, {"h1": "A"})

    undo(store, report.import_id)
    assert places(store) == {"h1": None}


def test_undoing_what_later_imports_build_on_is_refused_naming_them(store, ward):
    first = put(store, ward.ward(), "wards")
    second = put(store, ward.households(("h1", 0.5, 0.5)), "households")

    with pytest.raises(ConflictError) as caught:
        undo(store, first.import_id)

    assert caught.value.facts["builders"] == [second.import_id]
    undo(store, second.import_id)
    undo(store, first.import_id)
    assert store.load("wards").empty


def test_an_import_is_undone_once(store, ward):
    report = put(store, ward.ward(), "wards")
    undo(store, report.import_id)

    with pytest.raises(NotFoundError):
        undo(store, report.import_id)


def test_a_rehearsal_stores_nothing(store, ward):
    before, version = dump(store), store.version()

    report = put(store, ward.households(("h1", 0.5, 0.5)), "households", dry_run=True)

    assert (report.import_id, report.added) == (None, 1)
    assert (dump(store), store.version()) == (before, version)


def test_a_named_ward_that_is_not_stored_is_made_of_its_neighbourhoods(store, ward):
    put(store, ward.households(("h1", 0.5, 0.5)), "households", ward="00004")
    put(store, ward.neighbourhoods(), "neighbourhoods")

    made = store.load("wards").iloc[0]

    assert (made["ward_code"], bool(made["made"])) == ("00004", True)
    assert made.geometry.equals(store.load("neighbourhoods").geometry.union_all())


def test_a_household_whose_ward_is_unknown_waits(store, ward):
    report = put(store, ward.households(("h1", 0.5, 0.5)), "households")
    assert report.waiting == 1

    put(store, ward.ward(), "wards")

    assert store.load("households")["ward_code"].tolist() == ["00004"]


def test_rows_that_cannot_be_used_are_set_aside_with_row_column_and_reason(store, ward):
    file = ward.table(
        "v.csv",
        household_id=["h1", "h2", None],
        visited_at=["2026-11-01", "hôm qua", "2026-11-01"],
        outcome=["gặp", "gặp", "gặp"],
    )

    report = put(store, file, "visits")

    fatal = report.problems[report.problems["check"].str.endswith("_missing")]
    assert report.added == 1
    assert fatal[["row", "column", "check"]].to_numpy().tolist() == [
        [3, "visited_at", "visited_at_missing"],
        [4, "household_id", "household_given_missing"],
    ]
    assert report.aside["row"].tolist() == [3, 4]


def test_an_unreadable_cell_is_listed_and_the_household_kept(store, ward):
    report = put(store, ward.table("h.csv", household_id=["h1"], residents=["bốn"]), "households")

    assert report.problems[["row", "column", "check", "value"]].to_numpy().tolist() == [
        [2, "residents", "residents_unreadable", "bốn"]
    ]
    assert pd.isna(store.load("households")["residents"].iloc[0])


def test_coordinates_outside_vietnam_are_not_used_and_said(store, ward):
    file = ward.table(
        "h.csv", household_id=["h1", "h2"], lat=["16,41", "48.85"], lon=["107.5", "2.35"]
    )

    report = put(store, file, "households")

    assert report.problems["check"].tolist() == ["outside_vietnam"]
    assert store.load("households").geometry.notna().tolist() == [True, False]


def test_national_ids_are_dropped_and_said_and_nowhere_kept(store, ward):
    file = ward.table("h.csv", Mã_hộ=["h1"], CCCD=["046099001234"], nhân_khẩu=["?"])

    report = put(store, file, "households")

    assert "national_id_dropped" in report.problems["check"].tolist()
    assert "046099001234" not in report.problems.to_string() + str(dump(store))


def test_an_id_column_that_repeats_is_reported_and_not_used(store, ward):
    file = ward.table("h.csv", OBJECTID=["1", "1", "2"], head=["An", "Bình", "Chi"])

    report = put(store, file, "households")

    assert report.added == 3
    assert report.problems[["check", "column", "value"]].to_numpy().tolist() == [
        ["id_repeats", "OBJECTID", "1"]
    ]
    assert not set(store.load("households")["household_id"]) & {"1", "2"}


def test_rows_without_an_id_get_the_same_one_every_time(store, ward):
    file = ward.table("h.csv", head=["An", "Bình", "An"])
    put(store, file, "households")

    again = put(store, file, "households")

    assert (again.added, again.unchanged) == (0, 3)


def test_building_outlines_become_a_point_inside(store, ward):
    bent = Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (0, 1)])
    outline = gpd.GeoDataFrame({"id": ["x"]}, geometry=[bent], crs="EPSG:32648").translate(
        7e5, 1.8e6
    )
    path = ward.folder / "b.gpkg"
    gpd.GeoDataFrame({"id": ["x"]}, geometry=outline, crs="EPSG:32648").to_file(path)

    put(store, path, "households")

    point = store.load("households").to_crs("EPSG:32648").geometry.iloc[0]
    assert outline.iloc[0].contains(point)


def test_a_street_among_boundaries_is_set_aside(store, ward):
    shapes = [LineString([(107.5, 16.4), (107.6, 16.4)]), ward.point(0, 0).buffer(0.01)]
    frame = gpd.GeoDataFrame({"name": ["đường", "Tổ 1"]}, geometry=shapes, crs="EPSG:4326")
    frame.to_file(ward.folder / "n.geojson", driver="GeoJSON")

    report = put(store, ward.folder / "n.geojson", "neighbourhoods")

    assert (report.added, report.set_aside) == (1, 1)
    assert report.problems["check"].tolist() == ["geometry_type"]


def test_a_file_without_a_coordinate_system_needs_one_named(store, ward):
    frame = gpd.GeoDataFrame({"name": ["Tổ 1"]}, geometry=[ward.point(0, 0).buffer(0.01)])
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file(ward.folder / "n.shp")

    with pytest.raises(UnknownCrsError, match="crs_unknown"):
        put(store, ward.folder / "n.shp", "neighbourhoods")
    with pytest.raises(UnknownCrsError, match="crs_unusable"):
        put(store, ward.folder / "n.shp", "neighbourhoods", crs="EPSG:1")

    assert put(store, ward.folder / "n.shp", "neighbourhoods", crs="EPSG:4326").added == 1


def test_a_missing_column_is_named_with_the_headings_there_are(store, ward):
    with pytest.raises(InputError) as caught:
        put(store, ward.table("v.csv", household_id=["h1"]), "visits")

    assert caught.value.facts["missing"] == ["visited_at", "outcome"]


def test_a_column_can_be_named_outright(store, ward):
    file = ward.table("h.csv", household_id=["h1"], Ông_bà=["Lê Thị Ổn"])

    put(store, file, "households", columns={"head": "Ông_bà"})

    assert store.load("households")["head"].tolist() == ["Lê Thị Ổn"]


def test_an_id_that_another_ward_uses_is_refused(store, ward):
    put(store, ward.table("a.csv", household_id=["h1"], ward_code=["00004"]), "households")

    with pytest.raises(ConflictError, match="id_of_other_ward"):
        put(store, ward.table("b.csv", household_id=["h1"], ward_code=["00008"]), "households")


def test_made_up_and_real_rows_do_not_mix_unless_told(store, ward):
    put(store, ward.table("a.csv", household_id=["h1"], ward_code=["99999"]), "households")
    real = ward.table("b.csv", household_id=["h2"], ward_code=["00004"])

    with pytest.raises(ConflictError, match="real_into_made_up"):
        put(store, real, "households")

    assert put(store, real, "households", mix_made_up=True).added == 1
