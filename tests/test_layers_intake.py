"""The drawing of what an import would put on the map."""

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from geo.weighing import State
from layers.intake import finding_layer, intake_layers

SQUARE = box(107.50, 16.40, 107.51, 16.41)


def drawn(shapes, states, **columns):
    frame = gpd.GeoDataFrame(
        {"id": [f"h{i}" for i in range(len(shapes))], **columns}, geometry=shapes, crs=4326
    )
    return intake_layers(frame, pd.Series(states, index=frame.index), key="id")


def legend(layer):
    return {entry.text_code: entry.count for entry in layer.legend}


def test_outside_and_doubtful_places_lie_on_top():
    (layer,) = drawn(
        [Point(107.5, 16.4)] * 3, [State.OUTSIDE, State.FINE, State.DOUBTFUL], head=list("abc")
    )

    assert list(layer.frame["key"]) == ["h1", "h2", "h0"]
    assert legend(layer) == {
        "map_state_outside": 1,
        "map_state_doubtful": 1,
        "map_state_fine": 1,
    }


def test_a_popup_says_who_it_is_how_it_stands_and_where_in_the_file():
    (layer,) = drawn([Point(107.5, 16.4)], [State.REPAIRED], head=["Lê Văn An"], row=[7])

    assert layer.frame["label"].iloc[0] == "Lê Văn An\nĐã tự sửa\nDòng 7 trong tệp"


def test_rows_without_a_place_are_counted():
    (layer,) = drawn([Point(107.5, 16.4), None], [State.FINE, State.FINE])

    assert legend(layer) == {"map_state_fine": 1, "map_unlocated": 1}


def test_areas_lines_and_points_of_one_file_are_drawn_apart():
    layers = drawn(
        [SQUARE, LineString([(107.5, 16.4), (107.6, 16.4)]), Point(107.5, 16.4)], [State.FINE] * 3
    )

    assert [layer.name for layer in layers] == ["intake_polygons", "intake_lines", "intake_points"]


def test_decisions_about_places_are_drawn_and_those_about_whole_areas_are_not():
    found = gpd.GeoDataFrame(
        {"what": ["overlap_asked", "gap_mended", "ring_repaired"], "names": "Tổ 1, Tổ 2"},
        geometry=[SQUARE] * 3,
        crs=4326,
    )

    layer = finding_layer(found)

    assert layer is not None
    assert legend(layer) == {"map_place_asked": 1, "map_place_mended": 1}
    assert layer.frame["label"].iloc[-1].endswith("chờ quyết định\nTổ 1, Tổ 2")


def test_without_decisions_there_is_no_layer():
    found = gpd.GeoDataFrame({"what": [], "names": []}, geometry=[], crs=4326)

    assert finding_layer(found) is None
