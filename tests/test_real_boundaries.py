"""Boundaries that nobody here drew: Liên Chiểu before and after merging (`docs/boundaries.md`)."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas import DataFrame

import workflow
from data.reading import read
from data.store import open_store
from geo.crs import metric_crs
from geo.faces import narrow_gaps
from geo.findings import Decision
from geo.labels import Doubt, Use, name_zones
from geo.mending import mend
from geo.merging import Carry, match_merge
from geo.placing import located
from geo.rings import Ring, close_lines
from geo.terms import Kind
from tests.boundaries import adjacent_pairs, largest_overlap_m2
from tests.intake import dump
from workflow import ImportOptions

pytestmark = pytest.mark.real

OLD = "lien_chieu_95_old.geojson"
OLD_KML = "Ranh giới TDP Liên Chiểu cũ.kml"
MERGED = "lien_chieu_27_merged.geojson"
TOLERANCE_M = 5.0


def features(folder, name):
    """A file's rows with their shapes, headings in small letters."""
    raw = read(folder / "neighbourhoods" / name)
    cells = raw.cells.set_axis([heading.lower() for heading in raw.headings], axis=1)
    return gpd.GeoDataFrame(cells, geometry=raw.geometry, crs=raw.crs)


def polygons(frame):
    return frame[frame.geom_type.isin(["Polygon", "MultiPolygon"])]


@pytest.fixture(scope="module")
def folder():
    from tests.conftest import REAL_DATA

    if not REAL_DATA.is_dir():
        pytest.skip("the real files are not on this machine (DIABAN_REAL_DATA)")
    return REAL_DATA


@pytest.fixture(scope="module")
def merged(folder):
    return features(folder, MERGED).rename(columns={"id": "neighbourhood_id"})


@pytest.fixture(scope="module")
def ward(folder):
    wards = gpd.read_file(folder / "boundaries" / "da_nang_wards.geojson")
    return wards.loc[wards["code"] == "20197"].geometry.iloc[0]


@pytest.fixture(scope="module")
def asked(merged, ward):
    return mend(merged, ward=ward)


@pytest.fixture(scope="module")
def cut(merged, ward):
    return mend(merged, ward=ward, cut_wide=True)


def metric(frame):
    return np.array(frame.to_crs(metric_crs(frame)).geometry)


def names(merged, ids):
    return {*merged.set_index("neighbourhood_id").loc[[*ids], "name"]}


# --- the 27 -------------------------------------------------------------------------------------


def test_the_one_wide_overlap_is_asked_about(merged, asked):
    (pair,) = asked.overlapping.itertuples()

    assert names(merged, (pair.neighbourhood_id, pair.other_id)) == {"TỔ 22", "TỔ 19"}
    assert pair.area_m2 == pytest.approx(4_926, abs=10)
    assert pair.width_m == pytest.approx(16.1, abs=0.1)
    assert (
        shapely.area(shapely.intersection(metric(asked.zones), metric(asked.overlapping)[0])).max()
        < 1
    )


@pytest.mark.parametrize("word", ["asked", "cut"])
def test_every_narrow_gap_and_overlap_is_mended(word, request):
    mended = request.getfixturevalue(word)

    shapes = metric(mended.zones)
    assert largest_overlap_m2(shapes) < 1e-3
    if word == "cut":
        assert narrow_gaps(shapes, TOLERANCE_M).empty
    counts = mended.decisions["what"].value_counts()
    assert counts[Decision.GAP_MENDED] == 89
    assert counts[Decision.OVERLAP_MENDED] == 6
    assert counts[Decision.RING_REPAIRED] == 2


@pytest.mark.parametrize("crs", ["EPSG:32648", "EPSG:32649", "EPSG:5899"])
def test_stored_zones_meet_exactly_in_every_metric_system(cut, crs):
    stored = gpd.GeoSeries.from_wkb(cut.zones.geometry.to_wkb(), crs="EPSG:4326")

    shapes = np.array(stored.to_crs(crs))

    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert largest_overlap_m2(shapes) <= 1
    assert adjacent_pairs(shapes) >= 41


def test_no_border_moves_farther_than_the_tolerance(merged, asked, cut):
    """Judged by GEOS, apart from what `mend` says of itself: every metre of the old and the new border."""
    pair = asked.overlapping[["neighbourhood_id", "other_id"]].iloc[0]
    before = shapely.make_valid(metric(merged), method="structure")
    rest = ~merged["neighbourhood_id"].isin(pair)
    borders = [
        shapely.segmentize(shapely.boundary(shapes[rest]), 5.0)
        for shapes in (before, metric(cut.zones))
    ]

    assert shapely.hausdorff_distance(*borders).max() <= TOLERANCE_M
    assert asked.borders["moved_m"].max() <= TOLERANCE_M
    assert cut.borders["moved_m"].max() == pytest.approx(16.1 / 2, abs=0.2)


def test_what_lies_outside_the_ward_and_what_it_lacks_is_listed(asked):
    assert asked.outside["area_m2"].sum() / 10_000 == pytest.approx(227, abs=1)
    # 86.3 hectares are uncovered as drawn, 4 of them narrow gaps
    assert asked.gaps["area_m2"].sum() / 10_000 == pytest.approx(82.5, abs=1)


def test_mending_again_changes_nothing(cut):
    again = mend(cut.zones, cut_wide=True)

    assert again.decisions.empty
    assert again.zones.geometry.geom_equals_exact(cut.zones.geometry, 0).all()


# --- the old ones -------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[OLD, OLD_KML])
def old(request, folder):
    """The old zones, those drawn as lines closed, and their labels."""
    drawn = features(folder, request.param)
    lines, decisions = close_lines(drawn.to_crs(metric_crs(drawn)))
    zones = pd.concat([polygons(drawn), lines.to_crs(drawn.crs)], ignore_index=True)
    return zones, drawn[drawn.geom_type == "Point"], decisions


def test_every_old_zone_has_a_name_or_is_listed(old):
    zones, labels, _ = old

    named = name_zones(zones, labels)

    unnamed = named.doubts.loc[named.doubts["what"] == Doubt.ZONE_UNNAMED, "zone"]
    assert len(labels) == 122
    assert {*named.zones.index[named.zones["name"].isna()]} == {*unnamed}
    assert named.zones["name"].dropna().is_unique
    assert not named.zones["name"].dropna().str.contains("Đa giác|Đường thẳng").any()
    assert named.labels["use"].value_counts().to_dict() == {
        Use.CONFIRMS: 85,
        Use.NAMES: 29,
        Use.NO_NAME: 8,
    }


def test_the_seven_counts_in_descriptions_are_taken_and_no_other(old):
    zones, labels, _ = old

    counts = name_zones(zones, labels).counts

    taken = counts[counts["taken"]]
    assert len(taken) == 14
    households = taken[taken["indicator"] == "households"].set_index("of")["value"]
    assert households.to_dict() == {
        "QUAN NAM 3": 337,
        "QUAN NAM 6": 70,
        "QUAN NAM 5": 514,
        "QUAN NAM 4": 372,
        "TÂN NINH": 280,
        "HIỀN PHƯỚC": 220,
        "HƯỞNG PHƯỚC": 542,
    }
    told = counts.loc[counts["contradicts"] & (counts["indicator"] == "households"), "value"]
    assert {542, 546} <= {*told}


def test_seven_of_the_thirteen_lines_are_zones(folder):
    drawn = features(folder, OLD_KML)

    zones, decisions = close_lines(drawn.to_crs(metric_crs(drawn)))

    assert decisions["what"].value_counts().to_dict() == {
        Ring.OPEN: 6,
        Ring.CLOSED: 4,
        Ring.CLOSED_FAR: 3,
    }
    assert len(zones) == 7


@pytest.mark.parametrize("cut_wide", [False, True])
def test_zones_drawn_over_each_other_come_out_without_a_shared_square_metre(old, cut_wide):
    zones, _, _ = old
    drawn = zones.assign(neighbourhood_id=[f"z{i:03}" for i in range(len(zones))])

    mended = mend(drawn, cut_wide=cut_wide)

    shapes = metric(mended.zones)
    assert len(shapes) == len(drawn)
    assert shapely.is_valid(shapes).all()
    assert largest_overlap_m2(shapes) <= 1
    listed = {
        who
        for row in mended.decisions.itertuples()
        if row.what == Decision.NOTHING_LEFT
        for who in row.neighbourhoods
    }
    assert {*drawn.loc[mended.zones.geometry.is_empty, "neighbourhood_id"]} == listed


def test_the_old_ones_are_matched_to_the_27_by_their_ground(folder, merged):
    old = polygons(features(folder, OLD)).rename(columns={"id": "neighbourhood_id"})

    merge = match_merge(old, merged)

    assert len(merge.carried) == 154
    assert merge.carried["what"].value_counts().to_dict() == {
        Carry.CARRIED: 116,
        Carry.DOUBTFUL: 36,
        Carry.SPLIT: 1,
        Carry.NOWHERE: 1,
    }
    assert merge.fresh == ()
    assert _new_name(merge.carried, old, merged, "Quan Nam 3") == {"TỔ 22"}


def _new_name(carried: DataFrame, old, merged, name):
    ids = old.loc[old["name"] == name, "neighbourhood_id"]
    return names(merged, carried.loc[carried["old_id"].isin(ids), "new_id"])


# --- through the ordinary import, read back from the store ----------------------------------------


TODAY = date(2026, 11, 21)


@pytest.fixture
def store(tmp_path, folder):
    """A store with the one ward, picked out of a file of 94."""
    opened = open_store(str(tmp_path / "x.sqlite"))
    wards = folder / "boundaries" / "da_nang_wards.geojson"
    options = ImportOptions(ward="20197", on=TODAY)
    report = workflow.import_file(opened, wards, kind=Kind.WARDS, options=options)
    assert (report.read, report.added) == (94, 1)
    yield opened
    opened.close()


def put(store, folder, name, **said):
    options = ImportOptions(on=TODAY, **said)
    path = folder / "neighbourhoods" / name
    return workflow.import_file(store, path, kind=Kind.NEIGHBOURHOODS, options=options)


def told(report):
    return report.findings["what"].value_counts().to_dict()


def everything(store):
    findings = workflow.boundary_findings(store).drop(columns="geometry")
    return dump(store) | {
        "successions": store.load("successions").to_csv(),
        "findings": findings.drop(columns=["before", "after"]).to_csv(),
    }


def test_the_27_are_stored_clean_and_cut_once_the_word_is_given(store, folder):
    before = everything(store)

    asked = put(store, folder, MERGED)

    counts = told(asked)
    assert (asked.added, counts["gap_mended"], counts["overlap_mended"]) == (27, 89, 6)
    assert (counts["ring_repaired"], counts["overlap_asked"], counts["outside_ward"]) == (2, 1, 14)
    assert store.load("figures").empty  # `households: 0` is not filled in
    assert counts["counts_not_filled"] == 2
    (question,) = workflow.boundary_findings(store).query("what == 'overlap_asked'").itertuples()
    assert (question.area_m2, question.width_m, question.stands) == (
        pytest.approx(4_926, abs=10),
        pytest.approx(16.1, abs=0.1),
        True,
    )
    between = everything(store)

    cut = put(store, folder, MERGED, cut_wide=True)

    shapes = metric(store.load(Kind.NEIGHBOURHOODS))
    assert (cut.changed, told(cut)["overlap_cut"]) == (2, 1)
    assert largest_overlap_m2(shapes) <= 1
    assert adjacent_pairs(shapes) >= 41
    assert narrow_gaps(shapes, TOLERANCE_M).empty
    assert not workflow.boundary_findings(store).query("what == 'overlap_asked'")["stands"].any()
    assert put(store, folder, MERGED).changed == 0

    workflow.undo(store, cut.import_id)
    assert everything(store) == between
    workflow.undo(store, asked.import_id)
    assert everything(store) == before


def test_the_154_are_named_counted_and_told(store, folder):
    before = everything(store)

    report = put(store, folder, OLD)

    zones, counts = store.load(Kind.NEIGHBOURHOODS), told(report)
    unnamed = report.findings.loc[report.findings["what"] == "zone_unnamed", "neighbourhoods"]
    called = zones.set_index("neighbourhood_id")["name"].str.startswith("Đa giác")
    assert (report.read, report.added, report.set_aside) == (276, 154, 0)
    assert {*called.index[called]} <= {*unnamed}
    assert zones["name"].is_unique
    assert (counts["label_names"], counts["label_confirms"], counts["label_no_name"]) == (29, 85, 8)
    assert (len(unnamed), counts["ring_repaired"], counts["nothing_left"]) == (26, 2, 68)
    figures = store.load("figures")
    assert (len(figures), figures["source"].unique().tolist()) == (14, [OLD])
    households = figures.loc[figures["indicator"] == "households", "value"]
    assert sorted(households) == [70, 220, 280, 337, 372, 514, 542]
    assert figures["neighbourhood_id"].notna().all()
    assert largest_overlap_m2(metric(zones[located(zones.geometry)])) <= 1

    workflow.undo(store, report.import_id)
    assert everything(store) == before


def test_the_kml_closes_lines_and_sets_the_open_ones_aside(store, folder):
    report = put(store, folder, OLD_KML)

    counts = told(report)
    assert (report.added, report.set_aside) == (142, 6)
    assert (counts["line_closed"], counts["line_closed_far"], counts["line_open"]) == (4, 3, 6)
    assert len(store.load("figures")) == 14
    assert store.load(Kind.NEIGHBOURHOODS)["ward_code"].eq("20197").all()


def test_the_27_follow_the_154_in_the_store(store, folder):
    put(store, folder, OLD)
    before = everything(store)

    merged = put(store, folder, MERGED)

    counts = told(merged)
    carries = ("carried", "carried_doubtful", "carried_split", "carried_nowhere")
    assert [counts[what] for what in carries] == [116, 36, 1, 1]
    zones = store.load(Kind.NEIGHBOURHOODS)
    assert (zones["valid_to"] == "2026-11-21").sum() == 152
    assert (zones["valid_from"] == "2026-11-21").sum() == 27
    heirs = store.load("successions").set_index("old_id")["new_id"]
    names = zones.set_index("neighbourhood_id")["name"]
    assert names[heirs[names.index[names == "Quan Nam 3"][0]]] == "TỔ 22"
    assert len(heirs) == 152

    workflow.undo(store, merged.import_id)
    assert everything(store) == before
