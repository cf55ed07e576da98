"""The intake in Chromium, from an empty store to a map and back, with every other host refused."""

from datetime import date

import pytest

import workflow
from tests.chromium import CHROMIUM, opened
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]
DAY = date(2026, 11, 21)
PATIENCE_MS = 60_000
NOT_BUSY = "!document.querySelector('[data-stale=true], [data-testid=stProgress]')"


def press(page, label):
    page.get_by_role("button", name=label, exact=True).first.click()


def test_a_ward_comes_in_through_the_four_steps_onto_the_map_and_goes_again(tmp_path):
    files = tmp_path / "phường"
    workflow.write_made_up_ward(files, households=300, until=DAY)
    database = tmp_path / "cơ sở.sqlite"
    named = [files / name for name in ("households.xlsx", "neighbourhoods.gpkg", "wards.gpkg")]

    with served(database, tmp_path, prepared=False) as (address, calls), opened() as watched:
        page = watched.page
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        press(page, "Nhập dữ liệu")
        page.set_input_files("input[type=file]", named)
        page.get_by_text("Tiếp: xem đã hiểu gì").click()
        preview = watched.drawn()
        page.get_by_text("Tiếp: xem có gì sai").click()
        page.get_by_text("Sẽ thay đổi những gì").wait_for()
        store = workflow.open_store(str(database))
        before = workflow.store_version(store), len(workflow.imports(store))
        page.wait_for_function(NOT_BUSY)
        page.get_by_text("Tiếp: nhập").click()
        page.get_by_text("Có thể hoàn tác ngay sau đó").wait_for()
        page.wait_for_function(NOT_BUSY)
        page.locator(".st-key-intake_go button").dblclick()
        page.get_by_text("Đã nhập 3 tệp").wait_for()
        stored = workflow.imports(store)
        page.wait_for_function(NOT_BUSY)
        press(page, "Hoàn tác households.xlsx")
        page.locator("[role=dialog] .st-key-undo_sure button").click()
        page.get_by_text("Đã hoàn tác lượt nhập I00003").wait_for()
        left = workflow.imports(store)
        page.goto(f"{address}/do-phu")
        after = watched.drawn()
        store.close()

    assert before == (0, 0)
    assert list(stored["kind"]) == ["households", "neighbourhoods", "wards"]
    assert int(preview["polygons"]) > 0
    assert left["undone_at"].notna().sum() == 1
    assert (int(after["polygons"]) > 0, int(after["points"])) == (True, 0)
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
