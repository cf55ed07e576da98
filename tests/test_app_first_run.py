"""The first run in Chromium: an empty store, one press, and a map; then the same in English and on a phone."""

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
LONGEST_S = 400
PHONE = (390, 844)


def test_one_press_leads_from_nothing_to_a_map(tmp_path):
    database = tmp_path / "trống.sqlite"
    workflow.open_store(str(database)).close()
    with served(database, tmp_path) as (address, calls):
        with opened() as watched:
            watched.page.goto(address)
            watched.page.get_by_role("button", name="Mở phường mẫu").click(timeout=60_000)
            drawn = watched.drawn(timeout_s=LONGEST_S)
            assert int(drawn["points"]) > 10_000
            assert (watched.outside, watched.faults) == ([], [])
        with opened(width=PHONE[0], height=PHONE[1]) as watched:
            watched.page.goto(f"{address}/?lang=en")
            watched.drawn()
            text = watched.page.inner_text("body")
            wide = watched.page.evaluate("document.documentElement.scrollWidth")
            assert (watched.outside, watched.faults) == ([], [])

    assert "Reached" in text
    assert "Đã tiếp cận" not in text
    assert wide <= PHONE[0]
    assert calls.read_text() == ""
