"""The tools of the live map in Chromium: choosing, filters, details, keys; nothing asked of other hosts."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from geo.folding import fold
from layers.coverage import coverage_layers
from tests.chromium import CHROMIUM, opened
from tests.map_pages import page_served

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.broken=1>"
SIDE = 10
EAST, NORTH, STEP = 107.50, 16.40, 0.001


def households():
    """A hundred households in a square grid, ids h00 to h99 from south-west, row by row."""
    spots = [(column, row) for row in range(SIDE) for column in range(SIDE)]
    return gpd.GeoDataFrame(
        {
            "household_id": [f"h{place:02d}" for place in range(len(spots))],
            "status": ["unreached" if place % 2 else "reached" for place in range(len(spots))],
            "cause": ["absent" if place % 2 else None for place in range(len(spots))],
            "head": [HOSTILE if place == 44 else f"Hộ {place}" for place in range(len(spots))],
            "member_id": [["m1", "m2", None][row // 4] for _, row in spots],
            "member_name": [["Lê Thị An", HOSTILE, None][row // 4] for _, row in spots],
            "neighbourhood_id": "A",
            "traits": ["poor,elderly" if place % 10 == 0 else None for place in range(len(spots))],
        },
        geometry=[
            Point(EAST + (column + 0.5) * STEP, NORTH + (row + 0.5) * STEP) for column, row in spots
        ],
        crs=4326,
    )


def ward(homes):
    """The households over one neighbourhood, with where they stand for two goals."""
    ground = gpd.GeoDataFrame(
        {"neighbourhood_id": ["A"], "name": ["Tổ 1"]},
        geometry=[box(EAST, NORTH, EAST + SIDE * STEP, NORTH + SIDE * STEP)],
        crs=4326,
    )
    by_goal = pd.DataFrame(
        {
            "g1": [["reached", "due_again", "unreached", None][place % 4] for place in homes.index],
            "g2": None,
        }
    )
    names = {"g1": "Định danh điện tử", "g2": HOSTILE}
    return coverage_layers(homes, ground, by_goal=by_goal, goal_names=names)


HOMES = households()
LAYERS = ward(HOMES)


def found(text):
    """Who is meant, as the store would say: by name; one lives nowhere."""
    rows = HOMES[HOMES["head"].map(fold).str.contains(fold(text))]
    told = rows[["household_id", "head"]].assign(address="kiệt 3")
    if text == "nowhere":
        told = pd.DataFrame([{"household_id": "x", "head": "Không Nhà", "address": None}])
    return told.head(20)


APP = """
import streamlit as st
from tests.test_live_map_tools import LAYERS, found
from views.live_map import live_map

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"runs {st.session_state['runs']}")
st.text_input("again")
follow = "alone" not in st.query_params
picked = live_map(LAYERS, key="map", height=500, choosing=True, find=found, follow=follow)
st.text(f"chosen {len(picked.chosen)}: {' '.join(sorted(picked.chosen))}")
st.text(f"clicked {picked.clicked and picked.clicked.key}")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    with page_served(tmp_path_factory.mktemp("tools"), APP) as served:
        yield served


@pytest.fixture
def watched(address):
    with opened() as found:
        found.page.goto(address)
        found.drawn()
        yield found
        assert found.outside == []
        assert found.faults == []


def spot(page, column, row):
    """Where on the screen a household of the grid is; fractions lie between households."""
    stage = page.locator(".diaban-stage").bounding_box()
    x, y = page.locator(".diaban-map").evaluate(
        "(root, [lat, lon]) => root.placeOf(lat, lon)",
        [NORTH + (row + 0.5) * STEP, EAST + (column + 0.5) * STEP],
    )
    return stage["x"] + x, stage["y"] + y


def draw(page, corners):
    """Drag the mouse along places of the grid."""
    places = [spot(page, *corner) for corner in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def told(page, start):
    return page.get_by_text(start).inner_text()


def test_a_lasso_chooses_exactly_the_households_inside(watched):
    page = watched.page
    page.get_by_role("button", name="Khoanh vùng để chọn hộ").click()

    # A triangle over the south-west corner: column + row <= 3.
    draw(page, [(-0.6, -0.6), (4.0, -0.6), (-0.6, 4.0), (-0.6, -0.6)])

    page.get_by_text("chosen 10:").wait_for()
    inside = sorted(f"h{row}{column}" for row in range(4) for column in range(4 - row))
    assert told(page, "chosen ") == f"chosen 10: {' '.join(inside)}"
    assert page.locator(".diaban-chosen").inner_text().startswith("10 hộ")


def test_a_rectangle_then_more_with_shift_then_escape(watched):
    page = watched.page
    page.get_by_role("button", name="Kéo khung để chọn hộ").click()

    draw(page, [(1.5, 1.5), (3.5, 2.5)])
    page.get_by_text("chosen 2: h22 h23").wait_for()
    page.keyboard.down("Shift")
    draw(page, [(6.5, 7.5), (7.5, 8.5)])
    page.keyboard.up("Shift")
    page.get_by_text("chosen 3: h22 h23 h87").wait_for()
    view = watched.drawn()["view"]
    page.keyboard.press("Escape")

    page.get_by_text("chosen 0:").wait_for()
    assert watched.drawn()["view"] == view
    assert page.locator(".diaban-chosen").is_hidden()


def test_a_click_with_shift_chooses_one_and_takes_it_back(watched):
    page = watched.page

    page.keyboard.down("Shift")
    page.mouse.click(*spot(page, 5, 5))
    page.get_by_text("chosen 1: h55").wait_for()
    page.mouse.click(*spot(page, 6, 5))
    page.get_by_text("chosen 2: h55 h56").wait_for()
    page.mouse.click(*spot(page, 5, 5))
    page.get_by_text("chosen 1: h56").wait_for()
    page.keyboard.up("Shift")


def test_what_is_chosen_stays_chosen_while_the_page_reruns(watched):
    page = watched.page
    page.get_by_role("button", name="Kéo khung để chọn hộ").click()
    draw(page, [(1.5, 1.5), (3.5, 2.5)])
    page.get_by_text("chosen 2: h22 h23").wait_for()
    runs = told(page, "runs ")

    page.get_by_label("again").fill("x")
    page.keyboard.press("Enter")
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=runs)

    assert told(page, "chosen ") == "chosen 2: h22 h23"
    assert watched.drawn()["chosen"] == "2"


def test_hidden_households_are_not_chosen(watched):
    page = watched.page
    page.locator("button.diaban-entry", has_text="Đã tiếp cận").click()
    page.get_by_role("button", name="Kéo khung để chọn hộ").click()

    draw(page, [(1.5, 1.5), (3.5, 2.5)])

    page.get_by_text("chosen 1: h23").wait_for()


def field(page, name):
    """A filter, with the panel opened before if need be."""
    opener = page.locator(".diaban-filter")
    if opener.get_attribute("aria-expanded") == "false":
        opener.click()
    return page.get_by_role("combobox", name=name)


def test_filters_count_what_they_show_without_running_the_page_again(watched):
    page = watched.page
    runs = told(page, "runs ")
    shown = page.locator(".diaban-shown")
    assert shown.inner_text() == "100 / 100 hộ"

    field(page, "Tổ viên phụ trách").select_option(label="Lê Thị An")
    assert shown.inner_text() == "40 / 100 hộ"
    page.get_by_label("hộ nghèo", exact=True).check()
    assert shown.inner_text() == "4 / 100 hộ"
    page.locator("button.diaban-entry", has_text="Chưa tiếp cận").click()
    assert shown.inner_text() == "4 / 100 hộ"
    page.get_by_role("button", name="Bỏ lọc").click()

    assert shown.inner_text() == "50 / 100 hộ"
    assert told(page, "runs ") == runs


def test_a_goal_shows_where_each_household_stands_for_it(watched):
    page = watched.page

    field(page, "Chỉ tiêu").select_option(label="Định danh điện tử")

    counts = page.locator(".diaban-entry", has_text="tiếp cận").locator(".diaban-entry-count")
    assert page.locator(".diaban-shown").inner_text() == "75 / 100 hộ"
    assert counts.all_inner_texts() == ["25", "25"]
    field(page, "Chỉ tiêu").select_option(label=HOSTILE)
    assert page.locator(".diaban-shown").inner_text() == "0 / 100 hộ"


def test_filters_stay_while_the_page_reruns_and_go_with_the_drawing(watched):
    page = watched.page
    field(page, "Tổ viên phụ trách").select_option(label="Chưa có người phụ trách")
    runs = told(page, "runs ")

    page.get_by_label("again").fill("x")
    page.keyboard.press("Enter")
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=runs)

    assert watched.drawn()["visible"] == "20"
    assert field(page, "Tổ viên phụ trách").input_value() != ""


def test_a_click_asks_the_page_who_lives_there_and_names_are_only_text(watched):
    page = watched.page

    page.mouse.click(*spot(page, 4, 4))

    tip = page.locator(".diaban-tip.kept")
    tip.get_by_text(HOSTILE, exact=True).wait_for()
    assert f"Phụ trách: {HOSTILE}" in tip.inner_text()
    page.get_by_text("clicked h44").wait_for()
    page.locator(".diaban-filter").click()
    assert page.locator(".diaban-map img:not(.leaflet-tile)").count() == 0
    assert page.evaluate("window.broken") is None


def test_details_stay_at_their_household_and_escape_closes_them(watched):
    page = watched.page
    page.mouse.click(*spot(page, 2, 2))
    page.get_by_text("Hộ 22").wait_for()

    page.locator(".diaban-stage").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)

    x, y = spot(page, 2, 2)
    here = page.locator(".diaban-here").bounding_box()
    assert abs(here["x"] - x) < 3 and abs(here["y"] - y) < 3
    page.keyboard.press("Escape")
    assert page.locator(".diaban-tip").is_hidden()
    page.get_by_text("clicked None").wait_for()


def test_the_keyboard_moves_zooms_and_reads(watched):
    page = watched.page
    page.locator(".diaban-stage").focus()
    lat, _, zoom = map(float, watched.drawn()["view"].split(","))

    page.keyboard.press("+")
    page.wait_for_timeout(800)
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(800)
    page.keyboard.press("Enter")

    north, _, nearer = map(float, watched.drawn()["view"].split(","))
    assert nearer > zoom and north > lat
    page.locator(".diaban-tip.kept").wait_for()


def test_a_finger_draws_the_same_lasso(address):
    with opened(width=390, height=844, touch=True) as found:
        page = found.page
        page.goto(address)
        found.drawn()
        page.locator(".diaban-stage").scroll_into_view_if_needed()
        page.get_by_role("button", name="Kéo khung để chọn hộ").tap()
        (x0, y0), (x1, y1) = spot(page, 1.5, 1.5), spot(page, 3.5, 2.5)

        session = page.context.new_cdp_session(page)
        for kind, places in (
            ("touchStart", [(x0, y0)]),
            ("touchMove", [((x0 + x1) / 2, (y0 + y1) / 2)]),
            ("touchMove", [(x1, y1)]),
            ("touchEnd", []),
        ):
            touches = [{"x": x, "y": y} for x, y in places]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        page.get_by_text("chosen 2: h22 h23").wait_for()
        assert found.outside == []
        assert found.faults == []


def test_a_search_goes_to_the_household_and_tells_its_details(watched):
    page = watched.page
    page.get_by_role("button", name="Tìm hộ").click()

    page.get_by_role("searchbox").fill("ho 77")
    page.locator(".diaban-hit", has_text="Hộ 77").click()

    page.locator(".diaban-tip.kept").get_by_text("Hộ 77").wait_for()
    lat, lon, zoom = map(float, watched.drawn()["view"].split(","))
    assert (lat, lon) == pytest.approx((NORTH + 7.5 * STEP, EAST + 7.5 * STEP), abs=1e-4)
    assert zoom >= 18
    page.get_by_text("clicked h77").wait_for()


def test_a_search_shows_hostile_names_as_text_and_says_who_is_not_on_the_map(watched):
    page = watched.page
    page.get_by_role("button", name="Tìm hộ").click()
    box = page.get_by_role("searchbox")

    box.fill("onerror")
    page.locator(".diaban-hit").get_by_text(HOSTILE, exact=True).wait_for()
    box.fill("nowhere")
    page.locator(".diaban-hit", has_text="chưa có trên bản đồ").wait_for()
    box.fill("xyz")
    page.get_by_text("Không tìm thấy hộ nào.").wait_for()

    assert page.locator(".diaban-map img:not(.leaflet-tile)").count() == 0
    assert page.evaluate("window.broken") is None


def test_a_map_that_is_not_followed_answers_without_running_the_page_again(address):
    with opened() as alone:
        page = alone.page
        page.goto(f"{address}?alone=1")
        alone.drawn()

        page.mouse.click(*spot(page, 3, 3))
        page.locator(".diaban-tip.kept").get_by_text("Hộ 33").wait_for()
        page.get_by_role("button", name="Tìm hộ").click()
        page.get_by_role("searchbox").fill("ho 77")
        page.locator(".diaban-hit", has_text="Hộ 77").wait_for()

        assert told(page, "runs ") == "runs 1"
        assert (alone.outside, alone.faults) == ([], [])
