"""Map files of a made-up ward, opened by programs that nobody here wrote, and compared with the store."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import workflow
from geo.terms import Kind
from tests.made_up_ward import DAY, a_made_up_ward

PLAN = "assignments"  # the one that a made-up ward comes with
DEBIAN_PYTHON = "/usr/bin/python3"
MODULES = Path("/usr/lib/python3/dist-packages")  # of this Python
SCHEMAS = Path("/usr/share/pytrainer/schemas")
GPX, KML = "Topografix_gpx11.xsd", "ogckml22.xsd"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with every map file of one plan, and how many of each layer's rows the store holds for it."""
    folder = tmp_path_factory.mktemp("phường")
    store, _ = a_made_up_ward(folder)
    for name in ("full.gpkg", "full.kml", "full.gpx", "public.gpkg", "public.kml"):
        public = name.startswith("public")
        workflow.export_plan(store, PLAN, folder / name, on=DAY, public=public)
    shared = store.load("assignments")
    held = {kind.value: len(store.load(kind)) for kind in (Kind.NEIGHBOURHOODS, Kind.STREETS)}
    held |= {"households": len(shared), "members": shared["member_id"].nunique()}
    held["zones"] = held["members"]
    store.close()
    return folder, held


def ran(*command, cwd=None):
    """What a program prints that ends well."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=cwd,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(cwd or Path.cwd())},
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    return done.stdout


# --- GeoPackage ---


@pytest.mark.skipif(
    not (MODULES / "osgeo_utils/samples/validate_gpkg.py").exists(), reason="GDAL's validator"
)
@pytest.mark.parametrize("name", ["full.gpkg", "public.gpkg"])
def test_the_validator_of_geopackages_finds_no_fault_and_warns_of_nothing(written, name):
    validator = "osgeo_utils.samples.validate_gpkg"

    told = ran(
        DEBIAN_PYTHON, "-m", validator, "-v", "--extra", "--warning-as-error", written[0] / name
    )

    assert "Checking relations" in told
    assert "No relations" not in told


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not installed")
def test_gdal_counts_in_a_geopackage_what_the_store_holds(written):
    folder, held = written

    for layer, rows in held.items():
        told = ran("ogrinfo", "-so", folder / "full.gpkg", layer)
        assert f"Feature Count: {rows}\n" in told, layer


@pytest.mark.skipif(not (MODULES / "osgeo").exists(), reason="GDAL for Python")
def test_gdal_finds_the_relations_of_a_geopackage_by_itself(written):
    asked = (
        "from osgeo import gdal; import sys\n"
        "file = gdal.OpenEx(sys.argv[1])\n"
        "for name in file.GetRelationshipNames():\n"
        "    one = file.GetRelationship(name)\n"
        "    print(one.GetLeftTableName(), one.GetRightTableName(), one.GetRelatedTableType())"
    )

    told = ran(DEBIAN_PYTHON, "-c", asked, written[0] / "full.gpkg").split("\n")

    assert "members households features" in told
    assert "neighbourhoods figures attributes" in told
    assert len(told) == 7


@pytest.mark.skipif(not (MODULES / "qgis").exists(), reason="QGIS is not installed")
@pytest.mark.parametrize("audience", ["full", "public"])
def test_qgis_opens_every_layer_in_its_own_style(written, audience):
    folder, held = written
    look = Path(__file__).with_name("qgis_look.py")

    layers = json.loads(ran(DEBIAN_PYTHON, look, folder / f"{audience}.gpkg", cwd=folder))

    assert all(layer["valid"] for layer in layers.values())
    counted = {name: layers[name]["rows"] for name in held if name in layers}
    assert counted == {name: rows for name, rows in held.items() if name in layers}
    assert not any(layer["uncategorized"] for layer in layers.values())
    assert len(layers["zones"]["categories"]) == layers["zones"]["rows"]
    assert layers["neighbourhoods"]["color"] == "#6b6b6b"
    assert layers["neighbourhoods"]["labels"] == "neighbourhood"
    if audience == "full":
        assert layers["zones"]["labels"] == "member_name"
        assert len(layers["households"]["categories"]) == 2
        assert layers["members"]["color"] == "#d55e00"
    else:
        assert layers["zones"]["labels"] == "zone"
        assert not {"households", "members"} & set(layers)


# --- KML and GPX ---


@pytest.mark.skipif(
    not SCHEMAS.is_dir() or shutil.which("xmllint") is None, reason="xmllint and the schemas"
)
@pytest.mark.parametrize(
    ("name", "schema"), [("full.gpx", GPX), ("full.kml", KML), ("public.kml", KML)]
)
def test_a_file_is_valid_by_its_schema(written, name, schema):
    ran("xmllint", "--nonet", "--noout", "--schema", SCHEMAS / schema, written[0] / name)


@pytest.mark.skipif(
    not SCHEMAS.is_dir() or shutil.which("xmllint") is None, reason="xmllint and the schemas"
)
def test_the_schema_refuses_what_is_out_of_order(written):
    folder, _ = written
    turned = folder / "turned.gpx"
    text = (folder / "full.gpx").read_text(encoding="utf-8")
    turned.write_text(text.replace("<cmt>", "<sym>").replace("</cmt>", "</sym>"), encoding="utf-8")

    with pytest.raises(AssertionError, match="not expected"):
        ran("xmllint", "--nonet", "--noout", "--schema", SCHEMAS / GPX, turned)


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not installed")
def test_gdal_counts_in_gpx_every_household_and_a_route_each_member(written):
    folder, held = written

    waypoints = ran("ogrinfo", "-so", folder / "full.gpx", "waypoints")
    routes = ran("ogrinfo", "-so", folder / "full.gpx", "routes")

    assert f"Feature Count: {held['households']}\n" in waypoints
    assert f"Feature Count: {held['members']}\n" in routes
