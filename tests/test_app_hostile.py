"""Names that mean mischief are text everywhere: on the map, in its details, in tables, on slides and in files."""

import json

import openpyxl
import pytest
import sqlalchemy as sa

import workflow
from tests.chromium import CHROMIUM, opened
from tests.made_up_ward import DAY, a_made_up_ward
from tests.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]
LONG_MS = 90_000
IMAGE = "<img src=x onerror=alert(1)>"
LINK = '=HYPERLINK("http://x.example/","y")'


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    """A made-up ward where everybody has a hostile name, with a draft."""
    store, database = a_made_up_ward(tmp_path_factory.mktemp("phường"))
    named = (
        ("households", "head"),
        ("members", "name"),
        ("neighbourhoods", "name"),
        ("teams", "name"),
    )
    with store.writing() as connection:
        for table, column in named:
            for at, name in enumerate((IMAGE, LINK)):
                connection.execute(
                    sa.text(f"update {table} set {column} = :name where rowid % 2 = :at"),
                    {"name": name, "at": at},
                )
        connection.execute(sa.text("update households set address_raw = :name"), {"name": IMAGE})
    plan = workflow.suggest_plan(store, name=IMAGE, on=DAY)["plan"]
    yield store, database, plan
    store.close()


@pytest.fixture(scope="module")
def app(ward, tmp_path_factory):
    with served(ward[1], tmp_path_factory.mktemp("máy chủ"), prepared=False) as (address, calls):
        yield address, calls


@pytest.mark.parametrize("place", ["", "do-phu", "phuong-an", "sua", "nhap", "xuat", "trinh-chieu"])
def test_no_page_runs_a_name(ward, app, place):
    address, calls = app
    with opened() as watched:
        page, said = watched.page, []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(f"{address}/{place}?on={DAY.isoformat()}&plan={ward[2]}")
        page.get_by_text("DỮ LIỆU MẪU").first.wait_for(timeout=LONG_MS)
        if place in ("", "do-phu", "phuong-an"):
            watched.drawn()
            stage = page.locator(".diaban-stage").first.bounding_box()
            page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
        page.wait_for_timeout(2500)
        images = page.evaluate("document.querySelectorAll('img[src=x]').length")

    assert (said, images, watched.outside, watched.faults) == ([], 0, [], [])
    assert calls.read_text() == ""


@pytest.mark.parametrize("ending", ["xlsx", "csv", "html", "geojson", "gpkg"])
def test_no_file_runs_a_name(ward, ending, tmp_path):
    to = workflow.export_plan(ward[0], ward[2], tmp_path / f"p.{ending}", public=False, on=DAY)

    if ending == "xlsx":
        cells = [
            cell
            for sheet in openpyxl.load_workbook(to)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and "HYPERLINK" in cell.value
        ]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}
    elif ending == "csv":
        lines = to.read_text("utf-8-sig").splitlines()
        assert any("HYPERLINK" in line for line in lines)
        assert not [line for line in lines if ",=HYPERLINK" in line or ',"=HYPERLINK' in line]
    elif ending == "html":
        assert IMAGE not in to.read_text("utf-8")
    elif ending == "geojson":
        assert json.loads(to.read_text("utf-8"))["type"] == "FeatureCollection"
    else:
        assert to.stat().st_size > 0


def test_the_handout_of_everything_runs_no_name(ward, tmp_path):
    to = workflow.export_plan(ward[0], ward[2], tmp_path / "p.html", public=False, on=DAY)
    with opened() as watched:
        said = []
        watched.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        watched.page.goto(to.as_uri())
        watched.drawn()
        stage = watched.page.locator(".diaban-stage").first.bounding_box()
        for share in (0.4, 0.5, 0.6):
            watched.page.mouse.click(
                stage["x"] + stage["width"] * share, stage["y"] + stage["height"] * share
            )
        watched.page.wait_for_timeout(1000)

    assert (said, watched.outside, watched.faults) == ([], [], [])
