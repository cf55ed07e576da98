"""A member's page with two households, and a phone to open it on."""

from contextlib import contextmanager
from datetime import date

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from exports.phone import PhonePage, write_phone
from tests.chromium import opened

CRS = "EPSG:4326"
READY = "body[data-ready='1']"


def a_page(*, names=("Nguyễn Thị Mẫu", "Trần Văn Thử"), **changed):
    """Two households; the first has two goals, an old note and a place, the second one goal and none of these."""
    homes = gpd.GeoDataFrame(
        {
            "household_id": ["H 1|a", "H2"],
            "stop": [1, 2],
            "head": list(names),
            "phone": ["0905 000 001", None],
            "address": ["12 Đường Mẫu", None],
            "neighbourhood": "Tổ 1",
            "goals": [["g1", "g2"], ["g1"]],
            "open_goals": [["g2"], ["g1"]],
            "note": ["Có chó dữ", None],
            "noted_at": pd.to_datetime(["2026-10-30T20:00Z", None], utc=True),
            "last_outcome": ["absent", None],
            "last_at": pd.to_datetime(["2026-10-30T20:00Z", None], utc=True),
        },
        geometry=[Point(107.505, 16.405), None],
        crs=CRS,
    )
    told = {
        "plan_id": "P00001",
        "plan_name": "Phương án tháng 11",
        "member_id": "m1",
        "member_name": "Lê Thị Tổ Viên",
        "households": homes,
        "zone": _one(box(107.50, 16.40, 107.51, 16.41)),
        "others": _one(box(107.51, 16.40, 107.52, 16.41)),
        "streets": _one(LineString([(107.50, 16.40), (107.51, 16.41)])),
        "goals": pd.DataFrame({"goal_id": ["g1", "g2"], "name": ["VNeID", "Sổ sức khỏe"]}),
        "made_up": True,
        "on": date(2026, 11, 21),
    }
    return PhonePage(**(told | changed))


def _one(shape):
    return gpd.GeoDataFrame(geometry=[shape], crs=CRS)


@contextmanager
def on_a_phone(folder, page=None, *, lang="vi"):
    """Yield a phone with the page open from its file, no network behind it."""
    path = folder / "trang.html"
    write_phone(page or a_page(), path, lang=lang)
    with opened(width=390, height=844, touch=True) as watched:
        watched.page.context.set_offline(True)
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector(READY)
        yield watched


def record(page, stop, outcome, *, note="", at="2026-11-21T15:30"):
    """Record one outcome as a member would: household, button, note, time, save."""
    page.click("#go-list")
    page.click(f".home >> nth={stop - 1}")
    page.click(f".outcomes button:has-text('{outcome}')")
    page.fill("#note", note)
    page.fill("#time", at)
    page.click("#save")
    page.wait_for_selector("#sheet", state="hidden")


def sent_text(page):
    """Return what would be copied for Zalo."""
    page.click("#go-send")
    return "\n".join(area.input_value() for area in page.locator(".part").all())


def saved_file(page, button="#file"):
    """Press the button that saves a file, and return its name and bytes."""
    page.click("#go-send")
    with page.expect_download() as waiting:
        page.click(button)
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()
