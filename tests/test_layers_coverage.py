"""The drawing of coverage: every household by its status, nothing hidden, nothing lost."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Point, Polygon, box

from layers.coverage import coverage_layers
from layers.layer import Layer, LayerKind, LegendEntry, Shape

SQUARES = gpd.GeoDataFrame(
    {
        "neighbourhood_id": ["A", "B"],
        "name": ["Tổ 1", "Tổ 2"],
        "households": [4, 0],
        "reached": [1, 0],
        "share_reached": [0.25, float("nan")],
    },
    geometry=[box(107.50, 16.40, 107.51, 16.41), box(107.51, 16.40, 107.52, 16.41)],
    crs="EPSG:4326",
)


def status(*rows):
    """Households as (id, status, cause, point)."""
    names = ["household_id", "status", "cause", "geometry"]
    frame = pd.DataFrame(rows, columns=names)
    return gpd.GeoDataFrame(
        frame.drop(columns="geometry"), geometry=list(frame["geometry"]), crs=4326
    )


FOUR = status(
    ("h1", "unreached", "absent", Point(107.501, 16.401)),
    ("h2", "reached", None, Point(107.502, 16.402)),
    ("h3", "due_again", "due_again", Point(107.503, 16.403)),
    ("h4", "unreached", "no_location", None),
)


def drawn(layers, name):
    return next(layer for layer in layers if layer.name == name)


def test_unreached_households_lie_on_top():
    homes = drawn(coverage_layers(FOUR, SQUARES), "households")

    assert list(homes.frame["key"]) == ["h2", "h3", "h1"]


def test_each_status_has_a_shape_of_its_own_beside_its_colour():
    homes = drawn(coverage_layers(FOUR, SQUARES), "households").frame

    assert dict(zip(homes["status"], homes["shape"], strict=True)) == {
        "reached": "circle",
        "due_again": "ring",
        "unreached": "square",
    }
    assert dict(zip(homes["status"], homes["color"], strict=True)) == {
        "reached": "#0072B2",
        "due_again": "#CC79A7",
        "unreached": "#D55E00",
    }


def test_the_legend_counts_what_is_drawn_and_what_cannot_be():
    legend = drawn(coverage_layers(FOUR, SQUARES), "households").legend

    counts = {entry.text_code: entry.count for entry in legend}
    assert counts == {"map_unreached": 1, "map_due_again": 1, "map_reached": 1, "map_unlocated": 1}


def test_the_popup_says_who_where_how_and_who_is_in_charge():
    told = FOUR.assign(
        head="Nguyễn Thị Mẫu", address="12 kiệt 3", member_name=["Lê Văn Thử", None, None, None]
    )

    homes = drawn(coverage_layers(told, SQUARES), "households").frame.set_index("key")["label"]

    assert homes["h1"] == (
        "Nguyễn Thị Mẫu\n12 kiệt 3\nChưa tiếp cận: lần trước vắng nhà\nPhụ trách: Lê Văn Thử"
    )
    assert homes["h2"] == "Nguyễn Thị Mẫu\n12 kiệt 3\nĐã tiếp cận"
    assert homes["h3"] == "Nguyễn Thị Mẫu\n12 kiệt 3\nCần thăm lại"


def test_a_neighbourhood_says_its_numerator_and_denominator_or_that_it_has_none():
    areas = drawn(coverage_layers(FOUR, SQUARES), "neighbourhoods").frame.set_index("key")["label"]

    assert areas["A"] == "Tổ 1\nĐã tiếp cận 1/4 hộ (25,0\u00a0%)"
    assert areas["B"] == "Tổ 2\nĐã tiếp cận 0/0 hộ (chưa có mẫu số)"


def test_popups_speak_english_where_asked():
    homes = drawn(coverage_layers(FOUR, SQUARES, lang="en"), "households").frame

    assert list(homes["label"]) == ["Reached", "Due again", "Unreached: absent last time"]


def test_the_ground_lies_below_the_households():
    streets = gpd.GeoDataFrame(
        {"street_id": ["s"]}, geometry=[LineString([(107.5, 16.4), (107.52, 16.41)])], crs=4326
    )
    wards = gpd.GeoDataFrame(
        {"ward_code": ["00004"]}, geometry=[box(107.50, 16.40, 107.52, 16.41)], crs=4326
    )

    layers = coverage_layers(FOUR, SQUARES, streets=streets, wards=wards)

    assert [layer.name for layer in layers] == ["neighbourhoods", "streets", "wards", "households"]


def test_a_ward_without_anything_is_an_empty_drawing():
    layers = coverage_layers(FOUR.iloc[:0], SQUARES.iloc[:0])

    assert [layer.name for layer in layers] == ["households"]
    assert [entry.count for entry in layers[0].legend] == [0, 0, 0]


def test_a_neighbourhood_without_a_shape_is_not_drawn():
    without = SQUARES.copy()
    without.loc[1, "geometry"] = Polygon()

    assert list(drawn(coverage_layers(FOUR, without), "neighbourhoods").frame["key"]) == ["A"]


def test_a_layer_refuses_what_cannot_be_drawn():
    points = gpd.GeoDataFrame(
        {"key": ["a"], "color": ["#000000"]}, geometry=[Point(107, 16)], crs=4326
    )

    with pytest.raises(ValueError, match="holds"):
        Layer("x", LayerKind.POLYGONS, points)
    with pytest.raises(ValueError, match="lacks the columns"):
        Layer("x", LayerKind.POINTS, points[["key", "geometry"]])
    with pytest.raises(ValueError, match="not in EPSG:4326"):
        Layer("x", LayerKind.POINTS, points.to_crs(32648))


def test_a_legend_entry_may_be_uncounted():
    assert LegendEntry("#000000", Shape.LINE, "map_streets").count is None


def test_a_household_that_nobody_has_to_reach_is_neither_drawn_nor_missed():
    spared = FOUR.assign(status=["unreached", None, "due_again", None])

    homes = drawn(coverage_layers(spared, SQUARES), "households")

    assert list(homes.frame["key"]) == ["h3", "h1"]
    assert {entry.text_code: entry.count for entry in homes.legend} == {
        "map_unreached": 1,
        "map_due_again": 1,
        "map_reached": 0,
    }


def test_households_are_filtered_by_goal_member_place_and_kind():
    told = FOUR.assign(
        member_id=["m1", None, "m1", None],
        member_name=["Lê Văn Thử", None, "Lê Văn Thử", None],
        neighbourhood_id=["B", "A", "A", "A"],
        traits=["poor", None, "elderly,poor", None],
    )
    by_goal = pd.DataFrame({"g1": ["unreached", "reached", None, None]})

    layers = coverage_layers(told, SQUARES, by_goal=by_goal, goal_names={"g1": "VNeID"})

    goal, member, place, trait = drawn(layers, "households").facets
    assert (goal.options, goal.codes[:, 0].tolist()) == (("VNeID",), [1, 0, 3])
    assert member.options == ("Lê Văn Thử", "Chưa có người phụ trách")
    assert member.codes.tolist() == [1, 0, 0]
    assert (place.options, place.codes.tolist()) == (("Tổ 1", "Tổ 2"), [0, 0, 1])
    assert trait.codes[:, 0].tolist() == [False, True, True]


def test_what_is_the_same_for_all_is_no_filter():
    assert drawn(coverage_layers(FOUR, SQUARES), "households").facets == ()
