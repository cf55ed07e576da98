"""The ward's leader in Chromium: from what to see to, by one click, to its households, and away with them."""

import pytest
from openpyxl import load_workbook

from tests.chromium import CHROMIUM, opened
from tests.corner import a_hamlet_with_a_corner_left
from tests.hamlet import DAY
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The app on the hamlet with a corner left."""
    folder = tmp_path_factory.mktemp("hamlet")
    a_hamlet_with_a_corner_left(folder).close()
    with served(folder / "store.sqlite", tmp_path_factory.mktemp("server"), prepared=False) as (
        address,
        calls,
    ):
        yield address, calls


def test_one_click_leads_from_a_gap_to_its_list_on_the_map_and_into_a_file(app, tmp_path):
    address, calls = app
    with opened() as watched:
        page = watched.page
        page.goto(f"{address}/?on={DAY.isoformat()}")
        watched.drawn()
        page.get_by_role("button", name="Xem 8 hộ").click()
        page.get_by_role("button", name="Bỏ chọn, xem tất cả").wait_for(timeout=60_000)
        page.wait_for_url("**/do-phu?*gap=cluster-h00*")
        assert watched.drawn()["polygons"] == "3"  # the ward, its neighbourhood, the gap
        with page.expect_download() as taken:
            page.get_by_role("button", name="Tải danh sách").click()
        taken.value.save_as(tmp_path / "list.xlsx")
        page.get_by_text("Hiện số điện thoại").wait_for()

    assert f"on={DAY.isoformat()}" in page.url
    assert load_workbook(tmp_path / "list.xlsx").worksheets[0].max_row == 1 + 8
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")


def test_the_weeks_are_drawn_without_asking_anybody_else(app):
    address, calls = app
    with opened(width=390, height=844) as watched:
        watched.page.goto(f"{address}/?on={DAY.isoformat()}")
        watched.page.get_by_text("Bao giờ xong?").wait_for(timeout=60_000)
        charts = watched.page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        )
        charts.nth(1).wait_for(timeout=60_000)

    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
