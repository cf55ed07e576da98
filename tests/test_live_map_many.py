"""Too many households for one view are counted in squares; the ward's own basemap lies below them."""

import sqlite3
import struct
import zlib

import pytest

from bench.map_pages import OURS
from tests.chromium import CHROMIUM, opened
from tests.hamlet import a_hamlet
from tests.map_pages import page_served
from tests.serving import served

pytestmark = pytest.mark.browser

MANY = 24_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    with page_served(tmp_path_factory.mktemp("many"), OURS) as found:
        yield f"{found}?n={MANY}"


def zoomed_in(watched):
    watched.page.locator(".diaban-stage").focus()
    watched.page.keyboard.press("Shift++")
    watched.page.wait_for_timeout(1_500)


def test_squares_stand_for_many_and_points_come_back_nearer(address):
    with opened() as watched:
        watched.page.goto(address)

        assert watched.drawn()["binned"] == "1"
        assert (
            "Mỗi ô: số hộ và phần chưa tiếp cận"
            in watched.page.locator(".diaban-scale").inner_text()
        )
        assert watched.page.locator(".diaban-shown").inner_text() == "24.000 / 24.000 hộ"

        zoomed_in(watched)

        assert watched.drawn()["binned"] == "0"
        assert watched.page.locator(".diaban-scale").is_hidden()
        assert (watched.outside, watched.faults) == ([], [])


def test_a_click_on_a_square_goes_there(address):
    with opened() as watched:
        watched.page.goto(address)
        zoom = float(watched.drawn()["view"].split(",")[2])
        stage = watched.page.locator(".diaban-stage").bounding_box()

        watched.page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
        watched.page.wait_for_timeout(1_500)

        assert float(watched.drawn()["view"].split(",")[2]) > zoom
        assert watched.page.get_by_text("runs ").inner_text() == "runs 1"


def test_few_left_by_a_filter_are_points_again(address):
    with opened() as watched:
        watched.page.goto(address)
        watched.drawn()

        watched.page.locator(".diaban-filter").click()
        watched.page.get_by_label("hộ nghèo", exact=True).check()

        assert watched.drawn()["binned"] == "0"


def picture():
    """A green PNG of 256 by 256."""
    row = b"\x00" + b"\x20\xa0\x40" * 256
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * 256)),
        (b"IEND", b""),
    ]
    told = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def ground(path):
    """A basemap of one green tile for the whole world, credited to somebody who means harm."""
    file = sqlite3.connect(path)
    file.execute("create table metadata (name text, value text)")
    file.execute(
        "create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)"
    )
    file.executemany(
        "insert into metadata values (?, ?)",
        [("maxzoom", "0"), ("attribution", "© <img src=x onerror=window.broken=1>Sở Mẫu")],
    )
    file.execute("insert into tiles values (0, 0, 0, ?)", (picture(),))
    file.commit()
    file.close()
    return path


def test_the_basemap_comes_from_our_own_server_and_its_credit_is_text(tmp_path, monkeypatch):
    a_hamlet(tmp_path).close()
    monkeypatch.setenv("DIABAN_BASEMAP", str(ground(tmp_path / "ground.mbtiles")))

    with (
        served(tmp_path / "store.sqlite", tmp_path, prepared=False) as (address, calls),
        opened() as watched,
    ):
        watched.page.goto(address)
        watched.drawn()
        watched.page.locator("img.leaflet-tile-loaded").first.wait_for(state="attached")
        answer = watched.page.request.get(f"{address}/ban-do-nen/0/0/0")
        none = watched.page.request.get(f"{address}/ban-do-nen/1/0/0")

        assert watched.page.locator(".diaban-credit").inner_text() == "© Sở Mẫu"
        assert (answer.status, answer.headers["content-type"], none.status) == (
            200,
            "image/png",
            204,
        )
        assert (watched.outside, watched.faults, calls.read_text()) == ([], [], "")
