"""KML and GPX: well formed, in the order of their schemas, read by GDAL, escaped."""

from datetime import date
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import Point

from exports.gpx import Routes, write_gpx
from exports.kml import write_kml
from tests.made_up_plan import a_plan

KML = "{http://www.opengis.net/kml/2.2}"
GPX = "{http://www.topografix.com/GPX/1/1}"
ODD = "Lê <b>&\x00\x1f \ud83d]]></name>"


def routes(**changed):
    """Two members; the second's second household has no place."""
    homes = gpd.GeoDataFrame(
        {
            "member_id": ["m1", "m1", "m2", "m2"],
            "member_name": ["Phạm Viên", "Phạm Viên", None, None],
            "stop": [2, 1, 1, 2],
            "household_id": ["h2", "h1", "h3", "h4"],
            "head": ["Trần Thử", ODD.replace("\ud83d", ""), "Lê Giả", "Võ Vắng"],
            "address": ["2 Đường Mẫu", None, "3 Đường Mẫu", None],
            "note": [None, "Có chó dữ", None, None],
        },
        geometry=[Point(107.5, 16.4), Point(107.50001, 16.4), Point(107.6, 16.5), None],
        crs="EPSG:4326",
    )
    told = {"plan_name": "Phương án tháng 6", "households": homes, "made_up": True}
    return Routes(**(told | {"on": date(2026, 6, 1)} | changed))


def tags(element):
    return [child.tag.rpartition("}")[2] for child in element]


@pytest.fixture
def gpx(tmp_path):
    path = tmp_path / "tuyến.gpx"
    write_gpx(routes(), path)
    return path


@pytest.fixture
def kml(tmp_path):
    path = tmp_path / "phương án.kml"
    write_kml(a_plan(first_head=ODD), path)
    return path


def test_gpx_has_its_parts_in_the_order_of_the_schema(gpx):
    root = ElementTree.parse(gpx).getroot()

    assert (root.tag, root.get("version"), root.get("creator")) == (f"{GPX}gpx", "1.1", "Địa bàn")
    assert tags(root) == ["metadata", "wpt", "wpt", "wpt", "rte", "rte"]
    assert tags(root[0]) == ["name", "desc", "time"]
    assert tags(root[1]) == ["name", "cmt", "desc"]
    assert tags(root[4]) == ["name", "desc", "number", "rtept", "rtept"]
    assert "DỮ LIỆU MẪU" in root[0][1].text


def test_a_route_goes_in_walking_order_and_tells_who_has_no_place(gpx):
    first, second = ElementTree.parse(gpx).getroot().findall(f"{GPX}rte")

    assert [point.find(f"{GPX}name").text[:3] for point in first.findall(f"{GPX}rtept")] == [
        "001",
        "002",
    ]
    assert second.find(f"{GPX}name").text == "m2"
    assert "Võ Vắng" in second.find(f"{GPX}desc").text
    assert len(second.findall(f"{GPX}rtept")) == 1


def test_gdal_reads_the_waypoints_and_the_routes(gpx):
    waypoints = pyogrio.read_dataframe(gpx, layer="waypoints")
    lines = pyogrio.read_dataframe(gpx, layer="routes", read_geometry=False)

    assert waypoints["name"].tolist()[1:] == ["002 Trần Thử", "001 Lê Giả"]
    assert list(lines["name"]) == ["Phạm Viên", "m2"]
    assert waypoints.geometry[0].equals_exact(Point(107.50001, 16.4), 1e-9)


def test_gdal_reads_the_folders_of_the_kml_with_every_household(kml):
    layers = dict(pyogrio.list_layers(kml))

    assert set(layers) == {"Địa bàn phụ trách", "Phân công hộ", "Tổ viên"}
    homes = pyogrio.read_dataframe(kml, layer="Phân công hộ")
    assert len(homes) == 59
    assert homes.geometry.notna().sum() == 58


def test_kml_places_have_a_style_that_is_there_and_their_parts_in_order(kml):
    root = ElementTree.parse(kml).getroot()

    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    places = list(root.iter(f"{KML}Placemark"))
    assert {place.find(f"{KML}styleUrl").text for place in places} <= styles
    assert all(tags(place)[:3] == ["name", "description", "styleUrl"] for place in places)
    colors = {color.text for color in root.iter(f"{KML}color")}
    assert all(len(color) == 8 and int(color, 16) >= 0 for color in colors)


@pytest.mark.parametrize("name", ["gpx", "kml"])
def test_an_odd_name_is_text(name, request):
    text = request.getfixturevalue(name).read_text(encoding="utf-8")

    assert "Lê &lt;b&gt;&amp;" in text
    assert "<b>" not in text


def test_a_public_kml_holds_zones_and_counts_alone(tmp_path):
    write_kml(
        a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30}), tmp_path / "p.kml", public=True
    )

    text = (tmp_path / "p.kml").read_text(encoding="utf-8")
    assert "&lt;5" in text
    assert not [
        word for word in ("Nguyễn Thị Mẫu", "Tổ viên", "0905000001", "<Point>") if word in text
    ]
