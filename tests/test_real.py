"""The whole line on files that nobody here wrote; `docs/real-data.md` tells the same by hand."""

import json
import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import STRtree

import workflow
from geo.network import build_network
from geo.terms import Kind
from planning.connected import disconnected_zones

pytestmark = pytest.mark.real

WARD = "99007"
METRIC = "EPSG:32648"
DAY = date(2026, 11, 21)
HOUSEHOLDS_PER_MEMBER = 45
REACH_M = 100.0
# Figures are told to a thousandth of a minute.
ROUNDED_MIN = 1e-3
COUNTS = {"Phu Thuan": 3734, "Tan Phu": 953, "Tan Thuan Dong": 798, "Binh Thuan": 410}


@pytest.fixture(scope="module")
def district(request, tmp_path_factory):
    """District 7: ten old wards as neighbourhoods, 660 streets, 5,895 buildings, a member per 45 of them."""
    from tests.conftest import REAL_DATA

    if not REAL_DATA.is_dir():
        pytest.skip("the real files are not on this machine (DIABAN_REAL_DATA)")
    folder = tmp_path_factory.mktemp("quận 7")
    store = workflow.open_store(str(folder / "quận 7.sqlite"))
    options = workflow.ImportOptions(ward=WARD)
    files = {
        Kind.HOUSEHOLDS: "households/saigon_peninsula/Building_full.shp",
        Kind.NEIGHBOURHOODS: "boundaries/district7_old_wards/Adminitration_Ward.shp",
        Kind.STREETS: "walking/saigon_peninsula/RoadNetwork_WGS84.shp",
    }
    reports = {
        kind: workflow.import_file(store, REAL_DATA / path, kind=kind, options=options)
        for kind, path in files.items()
    }
    members = folder / "members.csv"
    members_of(store).to_csv(members, index=False)
    reports[Kind.MEMBERS] = workflow.import_file(store, members, kind=Kind.MEMBERS, options=options)
    yield store, reports
    store.close()


def members_of(store):
    """One member per 45 households of each area, at home in every 45th of them."""
    homes = store.load(Kind.HOUSEHOLDS).sort_values("household_id")
    rows = []
    for place, own in homes.groupby("neighbourhood_id"):
        for i in range(round(len(own) / HOUSEHOLDS_PER_MEMBER)):
            home = own.geometry.iloc[i * HOUSEHOLDS_PER_MEMBER]
            rows.append(
                {
                    "member_id": f"m{place}-{i:03}",
                    "neighbourhood_id": place,
                    "name": f"Tổ viên {i + 1}",
                    "minutes_per_week": 120,
                    "lat": home.y,
                    "lon": home.x,
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def plan(district):
    return workflow.suggest_plan(
        district[0], rules=workflow.PlanRules(reach_m=REACH_M), name="quận 7", on=DAY
    )


def test_all_rows_are_read_and_the_repeating_object_ids_said(district):
    _, reports = district

    counts = {kind: (r.read, r.added, r.set_aside) for kind, r in reports.items()}
    assert counts == {
        Kind.HOUSEHOLDS: (5895, 5895, 0),
        Kind.NEIGHBOURHOODS: (10, 10, 0),
        Kind.STREETS: (660, 660, 0),
        Kind.MEMBERS: (131, 131, 0),
    }
    problems = reports[Kind.HOUSEHOLDS].problems
    assert problems[["check", "column", "value"]].to_numpy().tolist() == [
        ["id_repeats", "OBJECTID", "727"]
    ]


def test_the_streets_are_one_piece_once_noded(district):
    network = build_network(district[0].load(Kind.STREETS), crs=METRIC)

    assert network.components == 1


def test_coverage_shows_all_ten_areas_and_no_share_where_nobody_lives(district):
    rows = workflow.coverage(district[0], by="neighbourhood", on=DAY).rows.set_index("name")

    assert len(rows) == 10
    assert rows["households"].to_dict() == {name: COUNTS.get(name, 0) for name in rows.index}
    assert (rows["share_reached"].isna() == (rows["households"] == 0)).all()


def test_everybody_within_reach_of_a_street_has_a_member(district, plan):
    store, _ = district
    homes = store.load(Kind.HOUSEHOLDS).to_crs(METRIC)
    streets = store.load(Kind.STREETS).to_crs(METRIC)
    _, away_m = STRtree(streets.geometry).query_nearest(
        homes.geometry, return_distance=True, all_matches=False
    )
    far = set(homes.loc[away_m > REACH_M, "household_id"])

    left = [one for area in plan["areas"] for one in area["unassigned"]]
    assert {one["household_id"] for one in left} == far
    assert {one["reason"] for one in left} == {"no_street"}
    assert plan["total"]["assigned"] == 5895 - len(far)


def test_no_zone_is_disconnected_and_who_misses_the_window_is_counted(district, plan):
    """Connected comes before the window: some members miss theirs here, and the figures must not hide it."""
    assert plan["total"]["zones_disconnected"] == 0
    for area in plan["areas"]:
        if area["members"]:
            load = area["load_min"]
            inside = (
                load["max"] <= 1.1 * load["mean"] + ROUNDED_MIN
                and load["min"] >= 0.9 * load["mean"] - ROUNDED_MIN
            )
            assert inside == (area["members_outside_window"] == 0)


def test_the_walk_is_not_below_the_bound(plan):
    for area in plan["areas"]:
        if area["assigned"]:
            assert 0 < area["lower_bound"] <= area["walk_m"]["total"]


def test_the_checker_sees_two_zones_that_swap_distant_halves(district, plan):
    """The separate checker must be able to say no: swap half of the two farthest zones."""
    store, _ = district
    frames = workflow.plan_frames(store, plan["plan"])
    homes = store.load(Kind.HOUSEHOLDS)
    area = max(plan["areas"], key=lambda one: one["households"])["area"]
    own = homes[homes["neighbourhood_id"] == area]
    shared = frames.households[frames.households["household_id"].isin(own["household_id"])]
    assigned = shared[["household_id", "member_id"]].reset_index(drop=True)
    centres = shared.dissolve("member_id").to_crs(METRIC).centroid
    one, other = centres.x.idxmin(), centres.x.idxmax()
    swapped = assigned.copy()
    for mine, theirs in ((one, other), (other, one)):
        half = assigned.index[assigned["member_id"] == mine][::2]
        swapped.loc[half, "member_id"] = theirs
    network = build_network(store.load(Kind.STREETS), crs=METRIC)

    assert len(disconnected_zones(own, assigned, network)) == 0
    assert set(disconnected_zones(own, swapped, network)) == {one, other}


def test_the_spreadsheet_shows_the_figures_of_the_command_line(district, plan, tmp_path):
    store, _ = district
    workflow.export_plan(store, plan["plan"], tmp_path / "x.xlsx", public=False, lang="en", on=DAY)

    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    text = json.dumps(
        [[str(cell) for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    )
    for area in plan["areas"]:
        assert f'"{area["area"]}"' in text
        assert str(area["households"]) in text
    assert zipfile.is_zipfile(tmp_path / "x.xlsx")


def test_boundaries_alone_have_no_share(store, real_data):
    for name in ("hue_wards", "da_nang_wards"):
        path = real_data / "boundaries" / f"{name}.geojson"
        workflow.import_file(store, path, kind=Kind.WARDS)
    report = workflow.import_file(
        store,
        real_data / "neighbourhoods" / "lien_chieu_27_merged.geojson",
        kind=Kind.NEIGHBOURHOODS,
    )

    wards = workflow.wards(store).set_index("ward_code")
    places = workflow.areas(store, "20197")
    found = workflow.check(store, on=DAY)["check"].value_counts()
    counted = workflow.coverage(store, by="ward", on=DAY)

    assert len(wards) == 134 and wards.loc["19969", "name"]
    assert len(places) == 27 and isinstance(places, gpd.GeoDataFrame)
    assert report.problems["check"].tolist() == ["geometry_invalid"] * 2
    decided = report.findings["what"].value_counts()
    assert (decided["overlap_mended"], decided["overlap_asked"]) == (6, 1)
    assert "neighbourhood_overlaps" not in found
    assert counted.rows["share_reached"].isna().all() and counted.total["households"] == 0
