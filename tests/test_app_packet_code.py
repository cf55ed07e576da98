"""The second code on a packet, read from the printed page and followed: the member's own weeks and walking order."""

import shutil
from urllib.parse import urlparse

import pytest

import workflow
from tests.chromium import CHROMIUM, opened
from tests.hamlet import DAY, a_hamlet, planned
from tests.paper import codes_in, pictures_of
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
    pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not on this machine"),
]


def test_the_code_on_a_packet_opens_the_weeks_of_its_member(tmp_path):
    server, file = tmp_path / "server", tmp_path / "store.sqlite"
    server.mkdir()
    store = a_hamlet(tmp_path)
    planned(store, "Đợt 1")
    with served(file, server, prepared=False) as (address, calls), opened() as watched:
        workflow.set_public_address(store, address)
        paper = workflow.export_paper(store, "Đợt 1", tmp_path / "out.pdf", member="m2", on=DAY)
        store.close()
        code = next(one for one in codes_in(pictures_of(paper)[1]) if urlparse(one).hostname)
        watched.page.goto(code)
        watched.page.get_by_text("Thứ tự đi trong tuần").first.wait_for(timeout=60_000)
        chosen = watched.page.get_by_role("combobox").evaluate_all("all => all.map(e => e.value)")

    assert chosen[1:] == ["m2", "1"]  # the member, who has no name, and the first week
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
