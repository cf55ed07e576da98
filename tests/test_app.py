"""The whole app in Chromium on a made-up ward, with every other host refused to browser and server."""

import re
from base64 import b64decode
from pathlib import Path

import pytest

import workflow
from tests.chromium import CHROMIUM, opened
from tests.made_up_ward import DAY, a_made_up_ward
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    """A store with a made-up ward, its present sharing in force, and a suggested plan."""
    store, database = a_made_up_ward(tmp_path_factory.mktemp("ứng dụng cơ sở"))
    plan = workflow.suggest_plan(store, name="Đợt 1", on=DAY)
    yield store, database, plan
    store.close()


@pytest.fixture(scope="module")
def app(ward, tmp_path_factory):
    with served(ward[1], tmp_path_factory.mktemp("máy chủ"), prepared=False) as (address, calls):
        yield address, calls


@pytest.mark.parametrize(("page", "points"), [("", True), ("do-phu", True), ("phuong-an", True)])
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_every_map_shows_points_and_areas_and_nobody_else_is_asked(app, page, points, size):
    address, calls = app
    with opened(width=size[0], height=size[1]) as watched:
        watched.page.goto(f"{address}/{page}")
        drawn = watched.drawn()
        text = watched.page.inner_text("body")

    assert int(drawn["polygons"]) > 0
    assert (int(drawn["points"]) > 0) == points
    assert "DỮ LIỆU MẪU" in text
    assert watched.outside == []
    assert watched.faults == []
    assert calls.read_text() == ""


@pytest.mark.parametrize("page", ["nhap", "xuat"])
def test_pages_without_a_map_answer_too(app, page):
    address, calls = app
    with opened() as watched:
        watched.page.goto(f"{address}/{page}")
        watched.page.wait_for_selector("h1, h2")
        watched.page.wait_for_timeout(1500)
        text = watched.page.inner_text("body")

    assert "DỮ LIỆU MẪU" in text
    assert "Traceback" not in text
    assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")


def test_the_figures_on_the_screen_are_those_of_the_command_line(app, ward):
    from words import number

    total = workflow.coverage(ward[0], by="ward", on=DAY).total
    with opened() as watched:
        watched.page.goto(f"{app[0]}/?on={DAY.isoformat()}")
        watched.drawn()
        text = watched.page.inner_text("body")

    assert number(total["households"]) in text
    assert number(total["reached"]) in text


@pytest.mark.parametrize("public", [True, False])
def test_the_handout_opens_from_a_file_and_asks_for_nothing(ward, tmp_path, public):
    store, _, plan = ward
    saved = tmp_path / "kế hoạch.html"
    workflow.export_plan(store, plan["plan"], saved, public=public, on=DAY)

    asked = []
    with opened() as watched:
        watched.page.on("request", lambda request: asked.append(request.url))
        watched.page.goto(saved.as_uri())
        drawn = watched.drawn()

    assert int(drawn["polygons"]) > 0
    assert (int(drawn["points"]) == 0) == public
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert (watched.outside, watched.faults) == ([], [])
    people = store.load("households")["head"].dropna()
    page = saved.read_text(encoding="utf-8")
    packed = re.findall(r'diabanHandout\(\w+, "([^"]+)"', page)
    told = "\n".join([page, *(b64decode(one).decode("utf-8", "ignore") for one in packed)])
    assert packed
    assert any(name in told for name in people) != public


def test_the_guard_of_the_server_sees_a_call_to_another_host(tmp_path):
    """The refusal must be able to fail: a process that does call out is noted."""
    import os
    import subprocess
    import sys

    from tests.serving import GUARD

    (tmp_path / "sitecustomize.py").write_text(GUARD)
    calls = tmp_path / "calls"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "DIABAN_TEST_CALLS": str(calls)}
    code = "import urllib.request; urllib.request.urlopen('http://example.org')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )

    assert done.returncode != 0
    assert "example.org" in Path(calls).read_text()
