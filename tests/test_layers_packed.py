"""The blob the browser gets: read back here the way the browser reads it."""

import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from layers.coordinates import decoded
from layers.facets import Look, any_of, one_of, standing_of
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


def places_back(blob, spec):
    dtype = np.uint16 if spec["xy"]["bits"] == 16 else np.float32
    return decoded(section(blob, spec["xy"]["at"], dtype).reshape(-1, 2), spec["xy"])


def column_back(blob, spec, name):
    """A column of codes, row by row, as the browser writes it out."""
    bundle = next(one for one in spec["bundles"] if name in one["table"])
    kinds = section(blob, bundle["table"][name], np.uint16)
    return kinds[section(blob, bundle["codes"], f"u{bundle['bytes']}")].tolist()


def test_points_of_a_ward_come_back_within_a_metre():
    places = [Point(107.5012345, 16.4054321), Point(107.5376543, 16.4212223)]

    blob = packed([layer(LayerKind.POINTS, places, shape="circle")])

    spec = header_of(blob)["layers"][0]
    assert places_back(blob, spec) == pytest.approx(
        np.array([[p.x, p.y] for p in places]), abs=1 / 111_320
    )
    assert (spec["count"], spec["xy"]["bits"], spec["xy"]["far"]) == (2, 16, [])


def test_each_look_is_sent_once_and_rows_point_to_it():
    blob = packed(
        [layer(LayerKind.POINTS, [Point(107, 16)] * 3, shape=["circle", "ring", "circle"])]
    )

    spec = header_of(blob)["layers"][0]
    assert [style["shape"] for style in spec["styles"]] == ["circle", "ring"]
    assert column_back(blob, spec, "style") == [0, 1, 0]


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


def households(count, **facets):
    frame = gpd.GeoDataFrame(
        {"key": [f"k{i}" for i in range(count)], "color": "#0072B2", "shape": "circle"},
        geometry=[Point(107.5 + i * 1e-4, 16.4) for i in range(count)],
        crs="EPSG:4326",
    )
    return Layer("households", LayerKind.POINTS, frame, facets=tuple(facets.values()))


def test_every_facet_comes_back_row_by_row():
    members = one_of(
        "member",
        pd.Series(["m2", None, "m1", "m2"]),
        {"m1": "Trần Văn Ước", "m2": "Đỗ Thị An"},
        lang="vi",
    )
    traits = any_of(
        "trait",
        pd.Series(["poor,elderly", None, "elderly", ""]),
        {"poor": "nghèo", "elderly": "già"},
    )

    blob = packed([households(4, members=members, traits=traits)], on_demand=True)

    spec = header_of(blob)["layers"][0]
    assert [facet["options"] for facet in spec["facets"]] == [
        ["Đỗ Thị An", "Trần Văn Ước", "Chưa có người phụ trách"],
        ["nghèo", "già"],
    ]
    assert column_back(blob, spec, "0") == [0, 2, 1, 0]
    assert column_back(blob, spec, "1.0") == [1, 0, 0, 0]
    assert column_back(blob, spec, "1.1") == [1, 0, 1, 0]


def test_where_a_goal_stands_is_a_code_and_its_looks_are_among_the_styles():
    looks = {
        "reached": Look("#0072B2", "circle", False),
        "unreached": Look("#D55E00", "square", True),
    }
    standing = pd.DataFrame({"g1": ["reached", None, "unreached"]})
    goals = standing_of("goal", standing, {"g1": "VNeID"}, looks)

    blob = packed([households(3, goals=goals)], on_demand=True)

    spec = header_of(blob)["layers"][0]
    assert column_back(blob, spec, "0.0") == [1, 0, 2]
    assert [spec["styles"][n]["color"] for n in spec["facets"][0]["looks"]] == [
        "#0072B2",
        "#D55E00",
    ]


def test_names_of_points_are_left_to_be_asked_for_and_those_of_areas_come_along():
    home = layer(LayerKind.POINTS, [Point(107, 16)], label="Nguyễn Thị Mẫu")
    area = layer(LayerKind.POLYGONS, [box(107, 16, 107.01, 16.01)], label="Tổ 1")

    blob = packed([area, home], on_demand=True, deflate=False)

    assert "Nguyễn Thị Mẫu".encode() not in blob
    assert "Tổ 1".encode() in blob
    assert [spec["asks"] for spec in header_of(blob)["layers"]] == [False, True]


def test_fifty_thousand_households_take_at_most_ten_bytes_each():
    rng = np.random.default_rng(7)
    count, members, goals = 50_000, 1_000, 5
    who = rng.integers(0, members, count)
    frame = gpd.GeoDataFrame(
        {
            "key": [f"k{i}" for i in range(count)],
            "color": rng.choice(["#0072B2", "#D55E00"], count),
            "shape": "circle",
            "label": "Nguyễn Thị Mẫu",
        },
        geometry=gpd.points_from_xy(
            rng.uniform(107.50, 107.54, count), rng.uniform(16.4, 16.43, count)
        ),
        crs="EPSG:4326",
    )
    names = {f"m{n}": f"Nguyễn Văn Mẫu {n}" for n in range(members)}
    standing = pd.DataFrame(rng.choice(["reached", "unreached"], (count, goals)))
    looks = {
        "reached": Look("#0072B2", "circle", False),
        "unreached": Look("#D55E00", "square", True),
    }
    traits = pd.Series(rng.choice(["", "poor", "elderly", "poor,elderly"], count))
    facets = (
        standing_of("goal", standing, {}, looks),
        one_of("member", pd.Series([f"m{n}" for n in who]), names, lang="vi"),
        one_of("neighbourhood", pd.Series([f"n{n // 12}" for n in who]), {}, lang="vi"),
        any_of("trait", traits, {"poor": "nghèo", "elderly": "già"}),
    )

    blob = packed([Layer("households", LayerKind.POINTS, frame, facets=facets)], on_demand=True)

    assert len(blob) / count <= 10
