"""The page for a phone in Chromium, opened from its file with the network off."""

import json
import re
import zlib

import pytest

from tests.chromium import CHROMIUM
from tests.phone_pages import READY, on_a_phone, record, saved_file, sent_text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """What a phone shows and hands back after two visits, one corrected after it was sent."""
    told = {}
    with on_a_phone(tmp_path_factory.mktemp("điện thoại")) as watched:
        page = watched.page
        told["list"] = page.inner_text("#homes")
        page.click(".home >> nth=0")
        told["sheet"] = page.inner_text("#sheet")
        told["small"] = page.evaluate(
            "[...document.querySelectorAll('#sheet button, nav button')].filter((b) => b.offsetHeight < 44).length"
        )
        page.go_back()
        record(page, 1, "Gặp", note="Hẹn | lại  tối\nthứ bảy")
        record(page, 2, "Vắng", at="2026-11-21T16:00")
        told["text"] = sent_text(page)
        told["name"], content = saved_file(page)
        told["file"] = json.loads(content)
        told["csv"] = saved_file(page, "#csv")[1].decode("utf-8-sig")
        page.click("#go-list")
        page.click(".home >> nth=1")
        page.click(".entry button:has-text('Sửa')")
        page.click(".outcomes button:has-text('Gặp')")
        page.click("#save")
        told["corrected"] = sent_text(page)
        page.reload()
        page.wait_for_selector(READY)
        told["reloaded"] = sent_text(page)
        page.evaluate("localStorage.clear()")
        page.reload()
        page.wait_for_selector(READY)
        told["emptied"] = sent_text(page)
        page.fill("#pasted", "Zalo 21/11:\n" + told["text"].replace("\n", "\r\n  ") + "\nhết")
        page.click("#take")
        told["taken"] = sent_text(page)
        page.set_input_files(
            "#take-file", {"name": "a.json", "mimeType": "application/json", "buffer": content}
        )
        told["twice"] = sent_text(page)
        page.fill("#pasted", told["text"].replace("H2|g1|a", "H2|g1|m"))
        page.click("#take")
        told["damaged"] = page.inner_text("#said")
        page.click("#go-map")
        page.wait_for_selector(".pin")
        told["pins"] = page.locator(".pin").all_inner_texts()
        told["outside"], told["faults"] = watched.outside, watched.faults
    return told


def test_no_other_host_is_asked_and_nothing_fails(used):
    assert (used["outside"], used["faults"]) == ([], [])


def test_households_are_listed_in_walking_order_with_their_last_note(used):
    assert used["list"].index("Nguyễn Thị Mẫu") < used["list"].index("Trần Văn Thử")
    assert "Lần trước ghi: Có chó dữ" in used["list"]
    assert "Lần trước ghi (31/10/2026): Có chó dữ" in used["sheet"]
    assert "null" not in used["sheet"]


def test_what_is_pressed_is_large_enough_for_a_thumb(used):
    assert used["small"] == 0


def test_a_result_is_a_line_with_its_own_checksum(used):
    head, first, second = used["text"].splitlines()
    assert head.startswith("DIABAN1 P00001 m1 2 ")
    told, _, check = first.rpartition("|")
    assert re.fullmatch(r"H%201%7Ca\|g2\|m\|2611\d\dT\d{4}\|Hẹn / lại tối thứ bảy", told)
    assert check == f"{zlib.crc32(f'm1 {told}'.encode()):08x}"
    assert second.startswith("H2|g1|a|2611")


def test_the_file_holds_the_same_and_no_name(used):
    assert re.fullmatch(r"ket-qua-tham-P00001-m1-\d{8}-\d{4}\.json", used["name"])
    told = used["file"]
    assert (told["diaban"], told["plan"], told["member"], told["count"]) == (
        "visits",
        "P00001",
        "m1",
        2,
    )
    assert told["entries"][0]["household"] == "H 1|a"
    assert "Nguyễn" not in json.dumps(told, ensure_ascii=False)


def test_the_table_has_a_row_a_goal_under_headings_that_are_imported(used):
    head, first, *rest = used["csv"].splitlines()
    assert head.startswith('"visit_id","household_id","member_id","goal_id","visited_at"')
    assert first.startswith('"H%201%7Ca/m1/g2/2611')
    assert rest[1:] == []


def test_a_correction_says_what_was_sent_before(used):
    assert "\nH2|g1|am|" in used["corrected"]


def test_results_are_there_after_a_reload(used):
    assert used["reloaded"] == used["corrected"]


def test_a_phone_that_forgot_takes_them_back_from_what_was_sent_once(used):
    assert used["emptied"] == ""
    assert used["taken"] == used["twice"] == used["text"]


def test_a_damaged_line_is_counted_and_not_taken(used):
    assert "hỏng hoặc thiếu 1" in used["damaged"]


def test_the_map_shows_the_households_that_have_a_place(used):
    assert used["pins"] == ["1"]
