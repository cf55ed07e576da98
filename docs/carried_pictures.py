"""Make the pictures of what members carry and of GIS files: a page for a phone, and a plan as GDAL reads it back."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import workflow  # noqa: E402
from layers.palette import BLUE, GREY, VERMILION, colors_of_neighbours  # noqa: E402
from tests.chromium import opened  # noqa: E402

DAY = date(2026, 11, 21)
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT, MARGIN = 1200, 800, 30
PLAN = "Đợt 1"
QGIS_PYTHON = "/usr/bin/python3"  # needs python3-qgis
SETTLED_MS, SAID_MS = 500, 4_000


def main() -> None:
    """Fill a store with a small made-up ward, make a plan, write what members carry and look at it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = workflow.open_store(str(folder / "demo.sqlite"))
        workflow.load_made_up_ward(store, until=DAY, households=600)
        workflow.suggest_plan(store, name=PLAN, on=DAY)
        workflow.export_plan(store, PLAN, folder / "plan.gpkg", on=DAY)
        member = pyogrio.read_dataframe(folder / "plan.gpkg", layer="zones")["member_id"][0]
        page, way = folder / "phone.html", folder / "way.gpx"
        workflow.export_member_sheet(store, PLAN, page, sheet="phone", member=member, on=DAY)
        workflow.export_member_sheet(store, PLAN, way, sheet="route", member=member, on=DAY)
        store.close()
        phone(page).save(PICTURES / "phone-page.png")
        plan(folder / "plan.gpkg", way).save(PICTURES / "gis.png")
        painted_by_qgis(folder / "plan.gpkg", PICTURES / "gis-qgis.png")


def phone(page: Path) -> Image.Image:
    """Return the four faces of a page side by side."""
    faces = []
    with opened(width=390, height=844, touch=True) as watched:
        shot = watched.page.screenshot
        watched.page.context.set_offline(True)
        watched.page.goto(page.as_uri())
        watched.page.wait_for_selector("body[data-ready='1']")
        for act in ("#go-list", ".home >> nth=2", "#go-map", "#go-send"):
            if act == "#go-map":
                watched.page.click(".outcomes button >> nth=0")
                watched.page.fill("#note", "Hẹn lại tối thứ bảy")
                watched.page.click("#save")
                watched.page.wait_for_timeout(SAID_MS)
            watched.page.click(act)
            watched.page.wait_for_timeout(SETTLED_MS)
            to = page.with_name("face.png")
            shot(path=to)
            faces.append(Image.open(to).convert("RGB"))
    whole = Image.new("RGB", (sum(one.width + 10 for one in faces), faces[0].height), "white")
    for number, one in enumerate(faces):
        whole.paste(one, (number * (one.width + 10), 0))
    return whole


def plan(gpkg: Path, gpx: Path) -> Image.Image:
    """Return zones, streets and homes of a GeoPackage, and over them the route of a GPX file."""
    zones, streets, homes = (
        pyogrio.read_dataframe(gpkg, layer=name) for name in ("zones", "streets", "households")
    )
    route = pyogrio.read_dataframe(gpx, layer="routes")
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture, "RGBA")
    place = _placer(zones)
    for shape, color in zip(zones.geometry, colors_of_neighbours(zones), strict=True):
        for part in shapely.get_parts(shape):
            draw.polygon(place(part.exterior), fill=f"{color}59", outline=color)
    for line in shapely.get_parts(streets.geometry.to_numpy()):
        draw.line(place(line), fill=GREY, width=1)
    for x, y in place(shapely.union_all(homes.geometry.dropna())):
        draw.ellipse((x - 2, y - 2, x + 2, y + 2), fill=BLUE)
    for line in route.geometry:
        draw.line(place(line), fill=VERMILION, width=3)
    return picture


def painted_by_qgis(gpkg: Path, picture: Path) -> None:
    """Have QGIS paint the layers of a GeoPackage in the styles that lie in it."""
    look = ROOT / "tests" / "qgis_look.py"
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([QGIS_PYTHON, look, gpkg, picture], check=True, env=offscreen)  # noqa: S603


def _placer(zones: gpd.GeoDataFrame):  # noqa: ANN202
    west, south, east, north = zones.total_bounds
    scale = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN) / (north - south))

    def place(shape: shapely.Geometry) -> list[tuple[float, float]]:
        corners = shapely.get_coordinates(shape)
        return [
            (MARGIN + (x - west) * scale, HEIGHT - MARGIN - (y - south) * scale) for x, y in corners
        ]

    return place


if __name__ == "__main__":
    main()
