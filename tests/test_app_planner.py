"""A planner's morning in Chromium: lasso households, hand them over, undo, lock, suggest again, compare, approve."""

import re
import time

import pytest
import shapely

import workflow
from tests.chromium import CHROMIUM, opened
from tests.made_up_ward import DAY, a_made_up_ward
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]
LONG_MS = 90_000
CHOSEN = re.compile(r"^(\d+) hộ đang chọn$")


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    """A store with a made-up ward of which one neighbourhood has a draft, and its code."""
    store, database = a_made_up_ward(tmp_path_factory.mktemp("phường"), households=900)
    busiest = workflow.coverage(store, on=DAY).rows.groupby("area")["households"].max().idxmax()
    draft = workflow.suggest_plan(store, area=str(busiest), name="Nháp", on=DAY)
    yield store, database, draft["plan"]
    store.close()


@pytest.fixture(scope="module")
def morning(ward, tmp_path_factory):
    """The page of the draft, drawn, for one journey through it."""
    with (
        served(ward[1], tmp_path_factory.mktemp("máy chủ"), prepared=False) as (address, calls),
        opened() as watched,
    ):
        watched.page.goto(f"{address}/phuong-an?plan={ward[2]}&on={DAY.isoformat()}")
        watched.drawn()
        yield watched, calls


def around(store, rows, households):
    """The points of the unlocked households nearest to the first of them."""
    free = rows.index[~rows["locked"] & rows["member_id"].notna()]
    points = store.load("households").set_index("household_id").geometry.dropna()
    points = points[points.index.intersection(free)]
    metric = points.to_crs("EPSG:3405")
    return points.iloc[metric.distance(metric.iloc[0]).argsort()[:households]]


def lasso(page, points):
    """Draw a ring around these points with the mouse, and return how many households the page says are chosen."""
    tool = page.get_by_role("button", name="Khoanh vùng").first
    if tool.get_attribute("aria-pressed") != "true":
        tool.click()
    stage = page.get_by_test_id("diaban-map").first
    box = stage.bounding_box()
    places = [[point.y, point.x] for point in points]
    pixels = stage.evaluate(
        "(map, places) => places.map(([lat, lon]) => map.placeOf(lat, lon))", places
    )
    ring = shapely.MultiPoint(pixels).convex_hull.buffer(4, quad_segs=2).exterior
    corners = [(box["x"] + x, box["y"] + y) for x, y in ring.coords]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for x, y in corners[1:]:
        page.mouse.move(x, y, steps=3)
    page.mouse.up()
    told = page.get_by_text(CHOSEN).first
    told.wait_for(timeout=LONG_MS)
    return int(CHOSEN.match(told.inner_text()).group(1))


def press(watched, store, name):
    """Press a button that changes the store, and wait until the page shows the store as it is then."""
    before = store.version()
    watched.settled()
    watched.page.get_by_role("button", name=name, exact=True).first.click()
    until = time.monotonic() + LONG_MS / 1000
    while store.version() == before:
        assert time.monotonic() < until, f"{name} changes nothing: {watched.said()}"
        watched.page.wait_for_timeout(200)
    watched.settled()


def owners(store, plan):
    rows = store.load("assignments")
    return (
        rows[rows["plan_id"] == plan]
        .set_index("household_id")[["member_id", "locked"]]
        .sort_index()
    )


def test_the_journey(ward, morning):
    store, _, plan = ward
    watched, calls = morning
    page = watched.page
    begin = owners(store, plan)

    count = lasso(page, around(store, begin, 50))
    assert 50 <= count <= 150
    page.get_by_role("combobox", name=re.compile("Chuyển cho")).click()
    target = page.get_by_role("option").first
    taker = target.inner_text()
    target.click()
    page.get_by_text("→").first.wait_for(timeout=LONG_MS)
    press(watched, store, "Chuyển")
    moved = owners(store, plan)
    changed = begin.index[moved["member_id"] != begin["member_id"]]
    names = store.load("members").set_index("member_id")["name"]
    assert 0 < len(changed) <= count
    assert set(moved.loc[changed, "member_id"].map(names)) == {taker}

    press(watched, store, "Hoàn tác")
    assert owners(store, plan).equals(begin)
    press(watched, store, "Làm lại")
    assert owners(store, plan).equals(moved)

    locked = lasso(page, around(store, moved, 30))
    press(watched, store, "Khóa")
    held = owners(store, plan)
    assert held["locked"].sum() == locked
    press(watched, store, "Gợi ý lại")
    again = owners(store, plan)
    fast = held.index[held["locked"]]
    assert again.loc[fast].equals(held.loc[fast])
    assert not again["member_id"].equals(held["member_id"])

    page.get_by_role("radio", name="So sánh").click()
    page.get_by_text("Đổi tổ viên").first.wait_for(timeout=LONG_MS)
    page.get_by_role("button", name="Duyệt").first.click()
    page.get_by_role("textbox", name=re.compile("Lý do")).fill("Họp tổ ngày 21/11")
    page.get_by_role("button", name="Duyệt và áp dụng").click()
    page.get_by_text("Đã duyệt").first.wait_for(timeout=LONG_MS)

    now = workflow.plan_history(store).iloc[0]
    assert (now["action"], now["subject"], now["why"]) == ("approve", plan, "Họp tổ ngày 21/11")
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
