"""The drawing of a plan: zones told apart, nobody's household unseen, nothing personal in public."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from layers.packed import packed
from layers.palette import ZONE_COLORS, colors_of_neighbours
from layers.plan import plan_layers


def zones(*rows):
    """Zones as (member, name, households, west), each 0.002 degrees wide, side by side."""
    return gpd.GeoDataFrame(
        {
            "member_id": [row[0] for row in rows],
            "member_name": [row[1] for row in rows],
            "neighbourhood_id": "A",
            "households": [row[2] for row in rows],
            "load_min": 455.0,
            "walk_m": 5_300.0,
        },
        geometry=[box(row[3], 16.40, row[3] + 0.002, 16.402) for row in rows],
        crs="EPSG:4326",
    )


TWO = zones(("m1", "Lê Thị An", 47, 107.500), ("m2", "Trần Văn Bình", 3, 107.502))
PLACES = gpd.GeoDataFrame(
    {"neighbourhood_id": ["A"], "name": ["Tổ 1"]},
    geometry=[box(107.50, 16.40, 107.504, 16.402)],
    crs=4326,
)
HOMES = gpd.GeoDataFrame(
    {
        "household_id": ["h1", "h2", "h3"],
        "member_id": [None, "m1", "m2"],
        "reason": ["no_street", None, None],
        "head": ["Hồ Thị Mẫu", "Đỗ Văn Mẫu", None],
    },
    geometry=[Point(107.501, 16.401), Point(107.5005, 16.4005), None],
    crs=4326,
)
MEMBERS = gpd.GeoDataFrame(
    {"member_id": ["m1", "m2"], "name": ["Lê Thị An", "Trần Văn Bình"]},
    geometry=[Point(107.5001, 16.4001), None],
    crs=4326,
)


def drawn(layers, name):
    return next(layer for layer in layers if layer.name == name)


def test_households_have_the_colour_of_their_zone_and_nobodys_lie_on_top_as_rings():
    layers = plan_layers(TWO, households=HOMES, members=MEMBERS)

    colour = drawn(layers, "zones").frame.set_index("key")["color"]
    homes = drawn(layers, "households").frame
    assert list(homes["key"]) == ["h2", "h1"]
    assert list(homes["color"]) == [colour["m1"], "#D55E00"]
    assert list(homes["shape"]) == ["circle", "ring"]


def test_a_household_of_nobody_says_why():
    homes = drawn(plan_layers(TWO, households=HOMES), "households").frame.set_index("key")

    assert homes.loc["h1", "label"] == (
        "Hồ Thị Mẫu\nHộ chưa có người phụ trách: không có đường ở gần"
    )


def test_a_zone_says_who_where_and_how_much():
    label = drawn(plan_layers(TWO, neighbourhoods=PLACES), "zones").frame["label"].iloc[0]

    assert label == "Lê Thị An\nTổ 1\n47 hộ · 455 phút · đi bộ 5.300 m"


def test_members_homes_are_marks_of_their_own_and_unknown_ones_are_left_out():
    homes = drawn(plan_layers(TWO, members=MEMBERS), "homes")

    assert list(homes.frame["shape"]) == ["home"]
    assert homes.legend[0].count == 1


def test_a_public_plan_holds_no_name_no_household_and_no_home():
    layers = plan_layers(
        TWO.assign(households_shown=["47", "<5"]),
        households=HOMES,
        members=MEMBERS,
        neighbourhoods=PLACES,
        public=True,
    )

    told = packed(layers, deflate=False).decode(errors="replace")
    assert {layer.name for layer in layers} == {"neighbourhoods", "zones"}
    for secret in ("Lê Thị An", "Trần Văn Bình", "Hồ Thị Mẫu", "m1", "h1"):
        assert secret not in told
    assert "47 hộ" in told


def test_a_public_plan_tells_only_the_counts_that_were_decided():
    decided = TWO.assign(households_shown=["≥5", "<5"]).drop(columns=["member_id", "member_name"])

    labels = drawn(plan_layers(decided, public=True), "zones").frame["label"]
    undecided = drawn(plan_layers(TWO, public=True), "zones").frame["label"]

    assert list(labels) == ["≥5 hộ", "<5 hộ"]
    assert list(undecided) == ["", ""]


def test_few_members_are_named_in_the_legend():
    legend = drawn(plan_layers(TWO), "zones").legend

    assert [(entry.text, entry.count) for entry in legend] == [
        ("Lê Thị An", 47),
        ("Trần Văn Bình", 3),
    ]


def test_many_members_are_counted_in_the_legend():
    many = zones(*((f"m{i}", f"Tên {i}", 40, 107.5 + i * 0.002) for i in range(30)))

    legend = drawn(plan_layers(many), "zones").legend

    assert [(entry.text_code, entry.count) for entry in legend] == [("map_zones", 30)]


def test_a_member_without_households_of_a_known_load_is_drawn():
    unknown = TWO.assign(households=[np.nan, 3.0], load_min=np.nan, walk_m=np.nan)

    assert (
        drawn(plan_layers(unknown), "zones")
        .frame["label"]
        .iloc[0]
        .endswith("0 hộ · 0 phút · đi bộ 0 m")
    )


def test_a_plan_without_zones_is_an_empty_layer():
    assert drawn(plan_layers(TWO.iloc[:0]), "zones").frame.empty


@settings(max_examples=25, deadline=None)
@given(wide=st.integers(1, 8), high=st.integers(1, 8))
def test_zones_side_by_side_differ_in_colour(wide, high):
    squares = [
        box(107.5 + x * 0.002, 16.4 + y * 0.002, 107.502 + x * 0.002, 16.402 + y * 0.002)
        for x in range(wide)
        for y in range(high)
    ]
    frame = gpd.GeoDataFrame(geometry=squares, crs=4326)

    colors = colors_of_neighbours(frame)

    for one in frame.index:
        for other in frame.index[:one]:
            if frame.geometry[one].touches(frame.geometry[other]):
                assert colors[one] != colors[other]


def test_the_same_zones_get_the_same_colours():
    assert list(colors_of_neighbours(TWO)) == list(colors_of_neighbours(TWO.copy()))
    assert set(colors_of_neighbours(TWO)) <= set(ZONE_COLORS)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_legend_line_has_a_text(lang):
    packed(plan_layers(TWO, households=HOMES, members=MEMBERS, neighbourhoods=PLACES), lang=lang)
