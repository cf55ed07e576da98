"""GeoPackage and GeoJSON: complete, valid, readable by GDAL, whole or not at all."""

import json
import shutil
import subprocess
from dataclasses import replace
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest
import shapely

from exports import gis
from exports.gis import write_geojson, write_gpkg
from geo.errors import InputError
from tests.made_up_plan import a_plan

# Rows of two layers that belong together; older programs do not list these tables.
PAIRS = {
    "members_households": 58,
    "members_zones": 4,
    "neighbourhoods_figures": 2,
    "neighbourhoods_households": 59,
    "neighbourhoods_zones": 4,
}
PRIVATE = ("Nguyễn Thị Mẫu", "Tổ viên", "0905000001", "0905000002", "m1", "poor", "0099")


def test_a_geopackage_has_a_layer_a_table(tmp_path):
    path = tmp_path / "phương án.gpkg"

    write_gpkg(a_plan(), path)

    layers = dict(pyogrio.list_layers(path))
    tables = {name: kind for name, kind in layers.items() if name not in PAIRS}
    assert tables == {
        "households": "Point",
        "zones": "MultiPolygon",
        "neighbourhoods": "MultiPolygon",
        "members": "Point",
        "streets": "MultiLineString",
        "figures": None,
        "relations": None,
        "layer_styles": None,
    }
    homes = gpd.read_file(path, layer="households")
    assert len(homes) == 59
    assert homes.crs == "EPSG:4326"
    assert homes.iloc[0][["household_id", "member_id", "head", "phone"]].tolist() == [
        "m1-000",
        "m1",
        "Nguyễn Thị Mẫu",
        "0905000001",
    ]
    assert homes.set_index("household_id").loc["0099", ["member_id", "geometry"]].isna().all()


def test_every_layer_says_that_it_is_made_up_of_which_day_and_where_from(tmp_path):
    path = tmp_path / "plan.gpkg"

    write_gpkg(a_plan(made_up=True), path)

    for layer in ("households", "zones", "neighbourhoods", "members", "streets", "figures"):
        row = pyogrio.read_dataframe(path, layer=layer).iloc[0]
        assert row["notice"] == "DỮ LIỆU MẪU"
        assert (row["date"], row["plan"]) == ("2026-06-01", "Phương án tháng 6")
        assert "Địa bàn" in row["source"]


def test_real_data_are_not_called_made_up(tmp_path):
    write_gpkg(a_plan(made_up=False), tmp_path / "plan.gpkg")

    assert "notice" not in pyogrio.read_dataframe(tmp_path / "plan.gpkg", layer="zones")


def test_figures_hold_every_area_and_the_total(tmp_path):
    write_gpkg(a_plan(), tmp_path / "plan.gpkg")

    figures = pyogrio.read_dataframe(tmp_path / "plan.gpkg", layer="figures")

    assert figures["area"].isna().tolist() == [False, False, True]
    assert figures["name"].tolist()[:2] == ["Tổ 1", "Tổ 2"]
    assert figures["households"].tolist() == [19, 40, 59]
    assert figures["unassigned"].tolist() == [0, 1, 1]
    assert figures["load_min_max"].tolist()[:2] == [3.0, 3.0]
    assert "seconds" not in figures


def test_geojson_follows_rfc_7946(tmp_path):
    path = tmp_path / "plan.geojson"

    write_geojson(a_plan(), path)

    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert "DỮ LIỆU MẪU" in document["description"]
    layers = [feature["properties"]["layer"] for feature in document["features"]]
    assert {layer: layers.count(layer) for layer in set(layers)} == {
        "zone": 4,
        "household": 59,
        "member": 4,
    }
    for feature in document["features"]:
        if feature["geometry"] is None:
            continue
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        numbers = shapely.get_coordinates(shape)
        assert (numbers == numbers.round(7)).all()
        for polygon in shapely.get_parts(shape):
            assert polygon.geom_type != "Polygon" or polygon.exterior.is_ccw


@pytest.mark.parametrize("write", [write_gpkg, write_geojson])
def test_a_public_file_holds_no_person_and_no_point(tmp_path, write):
    path = tmp_path / "public.file"

    path = path.with_suffix(".gpkg" if write is write_gpkg else ".geojson")
    write(a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30}), path, public=True)

    held = path.read_bytes().decode("utf-8", errors="ignore")
    assert not [word for word in PRIVATE if word in held]
    for layer, kind in pyogrio.list_layers(path):
        assert kind != "Point"
        rows = pyogrio.read_dataframe(path, layer=layer)
        if "households_shown" in rows:
            assert not rows["households_shown"].isin(["1", "2", "3", "4"]).any()


def test_odd_letters_in_names_do_no_harm(tmp_path):
    odd = a_plan(first_head="Lê\x00\x1f \ud83d <img src=x>")

    write_gpkg(odd, tmp_path / "plan.gpkg")
    write_geojson(odd, tmp_path / "plan.geojson")

    head = gpd.read_file(tmp_path / "plan.gpkg", layer="households")["head"][0]
    assert head == "Lê \ufffd <img src=x>"


def test_a_plan_without_zones_or_members_is_written_too(tmp_path):
    content = a_plan()
    nobody = replace(
        content,
        zones=content.zones.iloc[:0],
        members=content.members.iloc[:0],
        streets=content.streets.iloc[:0],
    )

    for public in (True, False):
        write_gpkg(nobody, tmp_path / "plan.gpkg", public=public)
        write_geojson(nobody, tmp_path / "plan.geojson", public=public)

    assert dict(pyogrio.list_layers(tmp_path / "plan.gpkg"))["zones"] == "MultiPolygon"


def test_a_failed_export_leaves_the_older_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "plan.gpkg"
    path.write_text("older")

    def fail(*args, **options):
        raise gis.DataSourceError("disk full")

    monkeypatch.setattr(gis.pyogrio, "write_dataframe", fail)
    with pytest.raises(InputError, match="export_unwritable"):
        write_gpkg(a_plan(), path)

    assert path.read_text() == "older"
    assert [file.name for file in tmp_path.iterdir()] == ["plan.gpkg"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="export_folder_missing"):
        write_gpkg(a_plan(), tmp_path / "nowhere" / "plan.gpkg")


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not installed")
def test_ogrinfo_reads_the_geopackage(tmp_path):
    write_gpkg(a_plan(), tmp_path / "plan.gpkg")

    told = subprocess.run(
        ["ogrinfo", "-al", "-so", tmp_path / "plan.gpkg"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Feature Count: 59" in told.stdout
    assert "DỮ LIỆU MẪU" in told.stdout
    assert "Warning" not in told.stderr


def test_every_layer_has_the_style_that_qgis_looks_for(tmp_path):
    write_gpkg(a_plan(), tmp_path / "plan.gpkg")

    styles = pyogrio.read_dataframe(tmp_path / "plan.gpkg", layer="layer_styles")

    drawn = dict(zip(styles["f_table_name"], styles["styleQML"], strict=True))
    assert set(drawn) == {"households", "zones", "neighbourhoods", "members", "streets"}
    assert styles["useAsDefault"].all()
    assert set(styles["f_geometry_column"]) == {"geom"}
    for name, text in drawn.items():
        root = ElementTree.fromstring(text)
        renderer = root.find("renderer-v2")
        assert root.tag == "qgis"
        symbols = {symbol.get("name") for symbol in renderer.iter("symbol")}
        assert {one.get("symbol") for one in renderer.iter("category")} <= symbols, name
    zones = ElementTree.fromstring(drawn["zones"])
    assert [one.get("value") for one in zones.iter("category")] == ["m1", "m2", "m3", "m4"]
    assert all(ElementTree.fromstring(text) is not None for text in styles["styleSLD"])


def test_relations_name_rows_that_are_there(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_gpkg(a_plan(), path)

    relations = pyogrio.read_dataframe(path, layer="relations")

    assert len(relations) == 5
    for layer, field, of_layer, of_field in relations.itertuples(index=False):
        named = pyogrio.read_dataframe(path, layer=layer)[field].dropna()
        assert named.isin(pyogrio.read_dataframe(path, layer=of_layer)[of_field]).all()


def test_rows_that_belong_together_are_paired_by_their_keys(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_gpkg(a_plan(), path)

    for pairs, count in PAIRS.items():
        of_layer, layer = pairs.split("_")
        rows = pyogrio.read_dataframe(path, layer=pairs)
        naming, named = (
            pyogrio.read_dataframe(path, layer=one, fid_as_index=True, read_geometry=False)
            for one in (layer, of_layer)
        )
        assert len(rows) == count
        if pairs == "members_households":
            told = naming.loc[rows["related_id"], "member_id"].tolist()
            assert told == named.loc[rows["base_id"], "member_id"].tolist()


def test_metadata_say_what_the_file_and_its_layers_are(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_gpkg(a_plan(), path)

    told = pyogrio.read_info(path, layer="zones")["layer_metadata"]

    assert told["plan"] == "Phương án tháng 6"
    assert told["notice"] == "DỮ LIỆU MẪU"


def test_a_public_file_has_styles_too_and_no_relation_to_people(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_gpkg(a_plan(), path, public=True)

    styles = pyogrio.read_dataframe(path, layer="layer_styles")
    assert set(styles["f_table_name"]) == {"zones", "neighbourhoods", "streets"}
    relations = pyogrio.read_dataframe(path, layer="relations")
    assert set(relations["of_layer"]) == {"neighbourhoods"}
