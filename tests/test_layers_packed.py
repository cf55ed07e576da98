"""The blob the browser gets: read back here the way the browser reads it."""

import zlib

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from layers.layer import Layer, LayerKind, LegendEntry, Shape
from layers.packed import header_of, packed


def layer(kind, geometry, **columns):
    frame = gpd.GeoDataFrame(
        {"key": [f"k{i}" for i in range(len(geometry))], "color": "#0072B2", **columns},
        geometry=geometry,
        crs="EPSG:4326",
    )
    return Layer("some", kind, frame, (LegendEntry("#0072B2", Shape.CIRCLE, "map_reached", 1_234),))


def section(blob, place, dtype):
    begin = 4 + int.from_bytes(blob[:4], "little")
    at, size = place
    return np.frombuffer(blob[begin + at : begin + at + size], dtype)


def test_points_come_back_within_centimetres():
    places = [Point(107.5012345, 16.4054321), Point(107.9876543, 16.1112223)]

    blob = packed([layer(LayerKind.POINTS, places, shape="circle")])

    header = header_of(blob)
    spec = header["layers"][0]
    back = section(blob, spec["xy"], np.float32).reshape(-1, 2) + np.array(header["origin"])
    assert back == pytest.approx(np.array([[p.x, p.y] for p in places]), abs=1e-7)
    assert spec["count"] == 2


def test_each_look_is_sent_once_and_rows_point_to_it():
    blob = packed(
        [layer(LayerKind.POINTS, [Point(107, 16)] * 3, shape=["circle", "ring", "circle"])]
    )

    spec = header_of(blob)["layers"][0]
    assert [style["shape"] for style in spec["styles"]] == ["circle", "ring"]
    assert section(blob, spec["style"], np.uint16).tolist() == [0, 1, 0]


@pytest.mark.parametrize("deflate", [True, False])
def test_labels_keep_their_letters_and_their_order(deflate):
    labels = ["Đỗ Thị Ngọc\n12 kiệt 3", "", "<img src=x onerror=alert(1)>"]

    blob = packed([layer(LayerKind.POINTS, [Point(107, 16)] * 3, label=labels)], deflate=deflate)

    spec = header_of(blob)["layers"][0]["labels"]
    raw = section(blob, spec["at"], np.uint8).tobytes()
    text = zlib.decompress(raw) if deflate else raw
    assert text.decode().split("\x00") == labels


def test_a_polygon_keeps_its_parts_and_holes():
    holed = Polygon(box(0, 0, 9, 9).exterior.coords, [box(3, 3, 6, 6).exterior.coords])
    two = MultiPolygon([box(20, 0, 21, 1), box(22, 0, 23, 1)])

    blob = packed([layer(LayerKind.POLYGONS, [holed, two])])

    rings, polygons, rows = (
        section(blob, part, np.uint32).tolist() for part in header_of(blob)["layers"][0]["parts"]
    )
    assert rings == [0, 5, 10, 15, 20]
    assert polygons == [0, 2, 3, 4]
    assert rows == [0, 1, 3]


def test_polygons_alone_are_packed_like_polygons_of_several_parts():
    blob = packed([layer(LayerKind.POLYGONS, [box(0, 0, 1, 1), box(2, 0, 3, 1)])])

    rings, polygons, rows = header_of(blob)["layers"][0]["parts"]
    assert section(blob, rings, np.uint32).tolist() == [0, 5, 10]
    assert section(blob, polygons, np.uint32).tolist() == [0, 1, 2]
    assert section(blob, rows, np.uint32).tolist() == [0, 1, 2]


def test_a_line_of_several_parts_becomes_several_lines_of_one_look():
    lines = [MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]), LineString([(4, 4), (5, 5)])]

    blob = packed([layer(LayerKind.LINES, lines)])

    spec = header_of(blob)["layers"][0]
    assert spec["count"] == 3
    assert section(blob, spec["parts"][0], np.uint32).tolist() == [0, 2, 4, 6]


def test_a_title_is_placed_inside_its_shape():
    horseshoe = Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (1, 1), (1, 9), (0, 9)])

    blob = packed([layer(LayerKind.POLYGONS, [horseshoe], title="Tổ 1")])

    ((title, lon, lat),) = header_of(blob)["layers"][0]["titles"]
    assert title == "Tổ 1"
    assert horseshoe.contains(Point(lon, lat))


def test_the_id_changes_with_the_drawing_and_not_with_the_view():
    one = [layer(LayerKind.POINTS, [Point(107, 16)])]
    moved = [layer(LayerKind.POINTS, [Point(107.001, 16)])]

    assert header_of(packed(one))["id"] == header_of(packed(one, focus="A"))["id"]
    assert header_of(packed(one))["id"] != header_of(packed(moved))["id"]


def test_numbers_of_the_legend_are_written_as_the_language_does():
    drawing = [layer(LayerKind.POINTS, [Point(107, 16)])]

    assert header_of(packed(drawing))["legend"][0]["count"] == "1.234"
    assert header_of(packed(drawing, lang="en"))["legend"][0]["count"] == "1,234"
    assert header_of(packed(drawing, lang="en"))["legend"][0]["text"] == "Reached"


def test_nothing_at_all_is_a_drawing_of_the_country():
    header = header_of(packed([]))

    west, south, east, north = header["bounds"]
    assert west < 107 < east and south < 16 < north
    assert header["layers"] == []


def test_ten_thousand_households_with_their_labels_stay_small():
    count = 11_000
    places = [Point(107.5 + i * 1e-6, 16.4 + (i % 97) * 1e-4) for i in range(count)]
    labels = [
        f"Nguyễn Văn Mẫu {i}\n{i % 300}/{i % 7} đường Thử\nChưa tiếp cận" for i in range(count)
    ]

    blob = packed([layer(LayerKind.POINTS, places, label=labels, shape="circle")])

    assert len(blob) < 500_000


def test_the_first_view_is_of_the_areas_not_of_a_household_far_away():
    ward = layer(LayerKind.POLYGONS, [box(107.50, 16.40, 107.52, 16.41)])
    homes = layer(LayerKind.POINTS, [Point(107.51, 16.405), Point(16.4, 107.5)])

    assert header_of(packed([ward, homes]))["bounds"] == [107.50, 16.40, 107.52, 16.41]
