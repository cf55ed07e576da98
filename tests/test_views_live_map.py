"""The live map: the click that comes back, and what Chromium makes of the drawing."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from layers.coverage import coverage_layers
from layers.packed import header_of, packed
from tests import chromium
from tests.chromium import CHROMIUM
from tests.map_pages import page_served
from views.map_answers import Click, answered, chosen_rows, clicked, focused, found

AREAS = gpd.GeoDataFrame(
    {"neighbourhood_id": ["A", "B"], "name": ["Tổ 1", "<img src=x onerror=window.broken=1>"]},
    geometry=[box(107.50, 16.40, 107.51, 16.41), box(107.51, 16.40, 107.52, 16.41)],
    crs=4326,
)
HOMES = gpd.GeoDataFrame(
    {
        "household_id": ["h1", "h2"],
        "status": ["reached", "unreached"],
        "cause": [None, "absent"],
        "head": ["Nguyễn Thị Mẫu", "<img src=x onerror=window.broken=1>"],
    },
    geometry=[Point(107.505, 16.405), Point(107.515, 16.405)],
    crs=4326,
)
LAYERS = coverage_layers(HOMES, AREAS)
DRAWING = header_of(packed(LAYERS))["id"]


def test_a_click_names_the_layer_and_the_key():
    assert clicked({"id": DRAWING, "layer": 1, "row": 0}, LAYERS, DRAWING) == Click(
        "households", "h1"
    )
    assert clicked({"id": DRAWING, "layer": 0, "row": 1}, LAYERS, DRAWING) == Click(
        "neighbourhoods", "B"
    )


@pytest.mark.parametrize(
    "state",
    [
        None,
        {},
        "x",
        {"id": "another", "layer": 0, "row": 0},
        {"id": DRAWING, "layer": 7, "row": 0},
        {"id": DRAWING, "layer": 0, "row": 99},
        {"id": DRAWING, "layer": 0, "row": -1},
        {"id": DRAWING, "layer": "0", "row": None},
    ],
)
def test_a_click_on_nothing_of_this_drawing_is_no_click(state):
    assert clicked(state, LAYERS, DRAWING) is None


def test_a_choice_is_the_rows_of_this_drawing_and_nothing_else():
    said = {"id": DRAWING, "rows": [1, 0, 1, 7, -1, "0", True, None]}

    assert chosen_rows(said, LAYERS, 1, DRAWING) == [0, 1]
    assert chosen_rows({**said, "id": "another"}, LAYERS, 1, DRAWING) == []
    assert chosen_rows(said, LAYERS, None, DRAWING) == []
    assert chosen_rows({"id": DRAWING, "rows": "all"}, LAYERS, 1, DRAWING) == []


def test_only_points_have_to_be_asked_about():
    assert answered({"id": DRAWING, "layer": 1, "row": 0}, LAYERS, DRAWING) == {
        "layer": 1,
        "row": 0,
        "text": "Nguyễn Thị Mẫu\nĐã tiếp cận",
    }
    assert answered({"id": DRAWING, "layer": 0, "row": 0}, LAYERS, DRAWING) is None
    assert answered(None, LAYERS, DRAWING) is None


def test_a_focus_on_a_household_brings_its_details_along():
    assert focused(LAYERS, "h1")["text"] == "Nguyễn Thị Mẫu\nĐã tiếp cận"
    assert focused(LAYERS, "A") == {"key": "A", "bounds": [107.50, 16.40, 107.51, 16.41]}
    assert focused(LAYERS, "nobody") is None
    assert focused(LAYERS, None) is None


def test_a_search_answers_with_lines_of_text_and_where_they_are():
    def find(text):
        rows = [("h2", "Lê Thị An", "kiệt 3"), ("gone", None, None)]
        return pd.DataFrame(rows, columns=["household_id", "head", "address"])

    assert found({"text": "an"}, LAYERS, find) == {
        "text": "an",
        "hits": [
            {"lines": ["Lê Thị An", "kiệt 3"], "layer": 1, "row": 1},
            {"lines": ["gone"], "layer": None, "row": None},
        ],
    }
    assert found({"text": 7}, LAYERS, find) is None
    assert found({"text": "an"}, LAYERS, None) is None


APP = """
import streamlit as st
from tests.test_views_live_map import LAYERS
from views.live_map import live_map

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"runs {st.session_state['runs']}")
st.text_input("again")
focus = st.selectbox("focus", [None, "A"])
hit = live_map(LAYERS, key="map", height=400, focus=focus)
st.text(f"hit {hit}")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with nothing but the map, served beside the real static folder."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    with page_served(tmp_path_factory.mktemp("map"), APP) as served:
        yield served


@pytest.fixture
def opened(address):
    """The page in Chromium, where nobody else may be asked and nothing may fail."""
    with chromium.opened() as watched:
        watched.page.goto(address)
        watched.drawn()
        yield watched.page
        assert watched.outside == []
        assert watched.faults == []


def data(page):
    return page.locator("[data-testid=diaban-map]").evaluate("e => ({...e.dataset})")


def spot(page, share):
    """A place on the map: its middle height, and a share of its width."""
    stage = page.locator(".diaban-stage").bounding_box()
    return stage["x"] + stage["width"] * share, stage["y"] + stage["height"] / 2


@pytest.mark.browser
def test_chromium_draws_points_and_polygons_and_asks_nobody_else(opened):
    drawn = data(opened)

    assert (drawn["points"], drawn["polygons"], drawn["visible"]) == ("2", "2", "2")


@pytest.mark.browser
def test_the_map_stays_where_it_was_while_the_page_reruns(opened):
    root = opened.locator("[data-testid=diaban-map]")
    root.evaluate("e => { e.mine = true }")
    opened.mouse.move(*spot(opened, 0.5))
    opened.mouse.wheel(0, -300)
    opened.wait_for_timeout(1_000)
    view = data(opened)["view"]

    opened.get_by_label("again").fill("x")
    opened.keyboard.press("Enter")
    opened.wait_for_timeout(1_500)

    assert data(opened)["view"] == view
    assert root.evaluate("e => e.mine") is True


@pytest.mark.browser
def test_the_map_goes_where_the_page_points_it(opened):
    before = data(opened)["view"]

    opened.get_by_role("combobox").click()
    opened.get_by_role("option", name="A", exact=True).click()
    opened.wait_for_timeout(1_500)

    lat, lon, _ = map(float, data(opened)["view"].split(","))
    assert data(opened)["view"] != before
    assert (lat, lon) == pytest.approx((16.405, 107.505), abs=0.001)


@pytest.mark.browser
def test_statuses_are_switched_in_the_browser_without_a_rerun(opened):
    runs = opened.get_by_text("runs ").inner_text()

    opened.locator("button.diaban-entry", has_text="Đã tiếp cận").click()
    opened.wait_for_timeout(500)

    assert (data(opened)["visible"], data(opened)["points"]) == ("1", "2")
    assert opened.get_by_text("runs ").inner_text() == runs


@pytest.mark.browser
def test_a_click_comes_back_to_python_and_names_are_only_text(opened):
    x, y = spot(opened, 0.5)
    hits = []
    for share in (0.30, 0.34, 0.38, 0.42, 0.58, 0.62, 0.66, 0.70):
        opened.mouse.click(*spot(opened, share))
        opened.wait_for_timeout(600)
        hits.append(opened.get_by_text("hit ").inner_text())
    opened.mouse.move(x, y)

    assert any("key='A'" in hit for hit in hits)
    assert any("key='B'" in hit for hit in hits)
    assert opened.evaluate("window.broken") is None
    assert opened.locator(".diaban-tip img").count() == 0
