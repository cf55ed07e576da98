"""Drawings of neighbourhoods through the ordinary import: what is stored, told, and taken back."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon

import workflow
from data.intake import undo
from data.store import open_store
from geo.errors import ConflictError, InputError, NotFoundError
from geo.terms import Kind
from tests.boundaries import UTM, largest_overlap_m2, metric
from tests.intake import dump as dump_tables
from workflow import ImportOptions

TODAY = date(2026, 11, 21)
EAST, NORTH = 771_600.0, 1_819_700.0


@pytest.fixture
def store(folder):
    opened = open_store(str(folder / "x.sqlite"))
    yield opened
    opened.close()


def dump(store):
    return dump_tables(store) | {
        "successions": store.load("successions").to_csv(),
        "findings": str(len(workflow.boundary_findings(store))),
    }


def square(x, y, width, height=100.0):
    """A rectangle in metres."""
    return shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + height)


def spot(x, y):
    return Point(EAST + x, NORTH + y)


def drawn(folder, file, *rows):
    """A file of (id, name, shape in metres, description)."""
    ids, names, shapes, notes = zip(
        *[(*row, *[None] * (4 - len(row))) for row in rows], strict=True
    )
    frame = gpd.GeoDataFrame(
        {"id": ids, "name": names, "description": notes}, geometry=list(shapes), crs=UTM
    )
    path = folder / file
    frame.to_crs("EPSG:4326").to_file(path, driver="GeoJSON")
    return path


def put(store, path, kind=Kind.NEIGHBOURHOODS, **said):
    options = ImportOptions(on=TODAY, ward="00004")
    return workflow.import_file(store, path, kind=kind, options=replace(options, **said))


def stored(store):
    return store.load("neighbourhoods").set_index("neighbourhood_id")


def counts(report):
    return report.findings["what"].value_counts().to_dict()


def test_areas_lines_and_labels_of_one_file_become_named_zones(store, folder):
    outline = square(100, 0, 100).exterior
    line = LineString([*outline.coords[:-1], (outline.coords[0][0], outline.coords[0][1] + 1)])
    path = drawn(
        folder,
        "n.geojson",
        ("a", "Đa giác 1", square(0, 0, 100)),
        ("b", None, line),
        ("p", "Tổ 7", spot(50, 50), "HỘ: 337  KHẨU 1230"),
        ("q", "Tổ 8: ghép 16 hộ tổ 52", spot(150, 50)),
        ("o", "đường cụt", LineString([spot(300, 0), spot(400, 50)])),
        ("u", None, square(0, 200, 100)),
    )
    before = dump(store)

    report = put(store, path)

    assert stored(store)["name"].to_dict() == {"a": "Tổ 7", "b": "Tổ 8", "u": "u"}
    assert (report.read, report.added, report.set_aside) == (6, 3, 1)
    told = counts(report)
    assert (told["label_names"], told["line_closed"], told["line_open"]) == (2, 1, 1)
    assert (told["zone_unnamed"], told["counts_offered"], told["name_from_story"]) == (1, 1, 1)
    figures = store.load("figures")
    said = figures[["neighbourhood_id", "indicator", "value", "source"]].sort_values("value")
    assert said.to_numpy().tolist() == [
        ["a", "households", 337.0, "n.geojson"],
        ["a", "residents", 1230.0, "n.geojson"],
    ]
    undo(store, report.import_id)
    assert dump(store) == before


def test_counts_in_columns_are_figures_and_a_zero_is_not_filled_in(store, folder):
    frame = gpd.GeoDataFrame(
        {"id": ["a", "b"], "name": ["Tổ 1", "Tổ 2"], "households": [120, 0]},
        geometry=[square(0, 0, 100), square(100, 0, 100)],
        crs=UTM,
    )
    frame.to_file(folder / "n.gpkg")

    report = put(store, folder / "n.gpkg")

    assert store.load("figures")[["area_given", "value"]].to_numpy().tolist() == [["a", 120.0]]
    assert counts(report)["counts_not_filled"] == 1


def overlapping(folder, file="n.geojson"):
    """A narrow gap, a narrow overlap, and one 20 m wide."""
    return drawn(
        folder,
        file,
        ("a", "Tổ 1", square(0, 0, 100)),
        ("b", "Tổ 2", square(102, 0, 100)),
        ("c", "Tổ 3", square(200, 0, 100)),
        ("d", "Tổ 4", square(280, 0, 100)),
    )


def test_what_is_narrow_is_mended_and_what_is_wide_is_asked_about(store, folder):
    path = overlapping(folder)

    report = put(store, path)

    shapes = metric(store.load("neighbourhoods"))
    assert largest_overlap_m2(shapes) < 1e-3
    told = counts(report)
    assert (told["gap_mended"], told["overlap_mended"], told["overlap_asked"]) == (1, 1, 1)
    asked = report.findings[report.findings["what"] == "overlap_asked"].iloc[0]
    assert (asked["neighbourhoods"], round(asked["area_m2"])) == (
        "c, d",
        pytest.approx(2000, abs=5),
    )
    assert shapely.area(shapes).sum() == pytest.approx(100 * 380 - 2000, rel=1e-3)


def test_a_wider_or_narrower_tolerance_is_the_persons_choice(store, folder):
    report = put(store, overlapping(folder), tolerance_m=1.0)

    assert counts(report)["overlap_asked"] == 2
    with pytest.raises(InputError, match="tolerance_unusable"):
        put(store, overlapping(folder), tolerance_m=0.0)


@pytest.mark.parametrize("later", ["again", "word"])
def test_a_word_given_later_cuts_what_was_asked_about_and_is_remembered(store, folder, later):
    path = overlapping(folder)
    put(store, path)
    before = dump(store)

    again = later == "again"
    given = (
        put(store, path, cut_wide=True)
        if again
        else workflow.cut_overlaps(store, "00004", on=TODAY)
    )

    shapes = metric(store.load("neighbourhoods"))
    assert (given.changed, counts(given)["overlap_cut"]) == (2, 1)
    assert shapely.area(shapes).sum() == pytest.approx(100 * 380, rel=1e-3)
    assert largest_overlap_m2(shapes) < 1e-3
    assert not workflow.boundary_findings(store).query("what == 'overlap_asked'")["stands"].any()

    cut = dump(store)
    once_more = [put(store, path), put(store, path, cut_wide=True)]
    assert [one.changed for one in once_more] == [0, 0]
    assert dump(store) | {"findings": ""} == cut | {"findings": ""}

    for one in [*once_more[::-1], given]:
        if one.repeats is None:
            undo(store, one.import_id)
    assert dump(store) == before


def test_a_clean_coverage_is_stored_bit_for_bit(store, ward):
    path = ward.neighbourhoods()
    shapes = gpd.read_file(path).geometry.to_wkb().tolist()

    report = put(store, path)

    assert store.load("neighbourhoods").geometry.to_wkb().tolist() == shapes
    assert store.load("neighbourhoods")["drawn"].isna().all()
    assert report.findings.empty


def test_a_zone_within_another_is_kept_without_ground_until_somebody_decides(store, folder):
    path = drawn(
        folder,
        "n.geojson",
        ("a", "Tổ 1", square(0, 0, 300, 300)),
        ("b", "Tổ 2", square(50, 50, 100)),
    )

    report = put(store, path)

    assert counts(report)["nothing_left"] == 1
    assert stored(store).geometry.isna().to_dict() == {"a": False, "b": True}
    put(store, path, cut_wide=True)
    assert stored(store).geometry.notna().all()


def test_parts_outside_the_ward_are_listed_and_not_cut(store, folder):
    ward = gpd.GeoDataFrame(
        {"code": ["00004"], "name": ["Phường Thử"]}, geometry=[square(0, 0, 250)], crs=UTM
    ).to_crs("EPSG:4326")
    ward.to_file(folder / "w.geojson", driver="GeoJSON")
    put(store, folder / "w.geojson", Kind.WARDS)

    report = put(
        store,
        drawn(
            folder,
            "n.geojson",
            ("a", "Tổ 1", square(0, 0, 200)),
            ("b", "Tổ 2", square(200, 0, 200)),
        ),
    )

    (out,) = report.findings.query("what == 'outside_ward'").itertuples()
    assert (out.neighbourhoods, out.area_m2) == ("b", pytest.approx(15_000, rel=1e-3))
    assert shapely.area(metric(store.load("neighbourhoods"))).sum() == pytest.approx(
        40_000, rel=1e-3
    )


# --- merges -------------------------------------------------------------------------------------


def old_set(folder):
    return drawn(
        folder,
        "old.geojson",
        ("o1", "Tổ 11", square(0, 0, 100)),
        ("o2", "Tổ 12", square(100, 0, 100)),
        ("o3", "Tổ 13", square(200, 0, 100)),
    )


def new_set(folder):
    return drawn(
        folder,
        "new.geojson",
        ("n1", "Tổ A", square(0, 0, 200)),
        ("n2", "Tổ B", square(200, 0, 49)),
        ("n3", "Tổ C", square(249, 0, 2)),
        ("n4", "Tổ D", square(251, 0, 49)),
    )


def teams(ward):
    return ward.table(
        "teams.csv", team_id=["t1", "t3"], Tổ_dân_phố=["Tổ 12", "Tổ 13"], ward_code=["00004"] * 2
    )


def homes(folder):
    frame = gpd.GeoDataFrame(
        {"household_id": ["h1", "h2", "h3"], "Tổ dân phố": [None, "Tổ 11", "Tổ 13"]},
        geometry=[spot(50, 50), None, None],
        crs=UTM,
    )
    frame.to_crs("EPSG:4326").to_file(folder / "homes.geojson", driver="GeoJSON")
    return folder / "homes.geojson"


def places(store):
    teams, rows = store.load("teams"), store.load("households")
    found = [*zip(teams["team_id"], teams["neighbourhood_id"], strict=True)]
    found += [*zip(rows["household_id"], rows["neighbourhood_id"], strict=True)]
    return {one: None if pd.isna(place) else place for one, place in found}


def test_a_merge_carries_teams_and_households_over_and_tells_what_it_cannot(store, folder, ward):
    put(store, old_set(folder))
    put(store, teams(ward), Kind.TEAMS)
    put(store, homes(folder), Kind.HOUSEHOLDS)
    assert places(store) == {"t1": "o2", "t3": "o3", "h1": "o1", "h2": "o1", "h3": "o3"}
    before = dump(store)

    report = put(store, new_set(folder))

    assert places(store) == {"t1": "n1", "t3": None, "h1": "n1", "h2": "n1", "h3": None}
    rows = stored(store)
    assert rows["valid_to"].dropna().to_dict() == dict.fromkeys(("o1", "o2", "o3"), "2026-11-21")
    assert set(rows.loc[["n1", "n2", "n3", "n4"], "valid_from"]) == {"2026-11-21"}
    heirs = store.load("successions").set_index("old_id")
    assert heirs["new_id"].dropna().to_dict() == {"o1": "n1", "o2": "n1"}
    told = counts(report)
    assert (told["carried"], told["carried_split"]) == (2, 1)
    assert (told["teams_not_carried"], told["households_not_carried"]) == (1, 1)

    again = put(store, new_set(folder))
    assert (again.added, again.changed) == (0, 0)
    undo(store, report.import_id)
    assert dump(store) == before


def test_with_days_the_order_of_everything_is_of_no_matter(folder, ward):
    files = [
        (old_set, Kind.NEIGHBOURHOODS, {"valid_from": date(2015, 1, 1)}),
        (new_set, Kind.NEIGHBOURHOODS, {"valid_from": date(2025, 7, 1)}),
        (homes, Kind.HOUSEHOLDS, {}),
    ]
    dumps = []
    for n, order in enumerate(([0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2])):
        store = open_store(str(folder / f"{n}.sqlite"))
        for one in order:
            if one == len(files):
                put(store, teams(ward), Kind.TEAMS)
                continue
            make, kind, said = files[one]
            put(store, make(folder), kind, **said)
        dumps.append(dump(store) | {"findings": ""})
        store.close()

    assert dumps[0] == dumps[1] == dumps[2]


def test_a_name_that_means_another_place_now_is_told(store, folder):
    put(store, old_set(folder))

    report = put(
        store,
        drawn(
            folder,
            "new.geojson",
            ("n1", "Tổ 13", square(0, 0, 200)),
            ("n2", "Tổ 9", square(200, 0, 100)),
        ),
    )

    (reused,) = report.findings.query("what == 'name_reused'").itertuples()
    assert (reused.neighbourhoods, reused.value) == ("o3, n1", "Tổ 13")


def test_neighbourhoods_that_begin_tomorrow_are_refused_while_others_are_in_force(store, folder):
    put(store, old_set(folder))

    with pytest.raises(InputError, match="valid_from_future"):
        put(store, new_set(folder), valid_from=date(2026, 11, 22))


# --- none drawn ---------------------------------------------------------------------------------


def listed_homes(folder):
    spots = [(x * 10.0, y * 10.0) for x in range(10) for y in range(5)]
    frame = gpd.GeoDataFrame(
        {
            "household_id": [f"h{i:02}" for i in range(len(spots))],
            "Tổ dân phố": ["Tổ 1" if x < 50 else "Tổ 2" for x, _ in spots],
        },
        geometry=[spot(x, y) for x, y in spots],
        crs=UTM,
    )
    frame.to_crs("EPSG:4326").to_file(folder / "homes.geojson", driver="GeoJSON")
    return folder / "homes.geojson"


def test_boundaries_that_nobody_drew_are_estimated_marked_and_taken_back(store, folder):
    put(store, listed_homes(folder), Kind.HOUSEHOLDS)
    before = dump(store)

    report = workflow.estimate_boundaries(store, "00004", on=TODAY)

    zones = store.load("neighbourhoods")
    assert sorted(zones["name"]) == ["Tổ 1", "Tổ 2"]
    assert set(zones["source"]) == {"estimated"}
    assert counts(report)["estimated"] == 2
    assert store.load("households")["neighbourhood_id"].notna().all()
    rows = workflow.coverage(store, on=TODAY, lang="vi").rows
    assert sorted(rows["name"].dropna().unique()) == ["Tổ 1 (ước lượng)", "Tổ 2 (ước lượng)"]

    assert workflow.estimate_boundaries(store, "00004", on=TODAY).changed == 0
    undo(store, report.import_id)
    assert dump(store) == before


def test_boundaries_are_not_estimated_where_somebody_drew_them_or_nobody_tells(store, folder):
    with pytest.raises(NotFoundError):
        workflow.estimate_boundaries(store, "00004", on=TODAY)
    put(store, old_set(folder))
    with pytest.raises(ConflictError, match="boundaries_drawn"):
        workflow.estimate_boundaries(store, "00004", on=TODAY)


# --- one ward of many ---------------------------------------------------------------------------


def test_one_ward_is_taken_out_of_a_file_of_many(store, folder):
    frame = gpd.GeoDataFrame(
        {"code": ["00004", "00008"], "name": ["Phường Thử", "Phường Khác"]},
        geometry=[square(0, 0, 100), square(100, 0, 100)],
        crs=UTM,
    ).to_crs("EPSG:4326")
    frame.to_file(folder / "w.geojson", driver="GeoJSON")

    report = put(store, folder / "w.geojson", Kind.WARDS)

    assert store.load("wards")["ward_code"].tolist() == ["00004"]
    assert report.problems[["check", "value"]].to_numpy().tolist() == [["wards_not_asked", "1"]]
    with pytest.raises(InputError, match="ward_not_in_file"):
        put(store, folder / "w.geojson", Kind.WARDS, ward="00012")


def test_crossing_rings_are_repaired_and_told(store, folder):
    a, b = (EAST, NORTH), (EAST + 100, NORTH + 100)
    bow = Polygon([a, b, (b[0], a[1]), (a[0], b[1])])

    report = put(store, drawn(folder, "n.geojson", ("a", "Tổ 1", bow)))

    assert counts(report)["ring_repaired"] == 1
    assert report.problems["check"].tolist() == ["geometry_invalid"]
    assert store.load("neighbourhoods").geometry.is_valid.all()
