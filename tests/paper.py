"""Packets of people who do not exist, and what other programs read on paper."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import which

import geopandas as gpd
import pytest
from shapely import LineString, Point

from exports.packets import Packets, write_packets
from tests.made_up_plan import CRS, SIDE, SOUTH, WEST, a_plan

# Programs that nobody here wrote look at what is printed.
PROGRAMS = ("pdftotext", "pdftoppm", "pdffonts", "zbarimg")
READERS = pytest.mark.skipif(
    not all(map(which, PROGRAMS)), reason="poppler-utils and zbar-tools are not installed"
)
GOALS = ["Định danh điện tử mức 2", "Dịch vụ công trực tuyến"]


def packets(*, counts=None, address="", heads=None, notes=None, **plan) -> Packets:
    """Return packets of a made-up plan, its houses in rows; `heads` and `notes` go to the first ones."""
    content = a_plan(counts=counts, **plan)
    homes = content.households[content.households["member_id"].notna()].copy()
    turn = homes.groupby("member_id").cumcount()
    west = WEST + homes["member_id"].map(_west_of(content)) * SIDE / 2
    spots = [
        Point(x + 0.0004 + at % 9 * 0.0005, SOUTH + 0.0005 + at // 9 * 0.0004)
        for x, at in zip(west, turn, strict=True)
    ]
    homes = homes.set_geometry(gpd.GeoSeries(spots, index=homes.index, crs=CRS)).assign(
        stop=turn + 1,
        team_id="t" + homes["neighbourhood_id"],
        address="12/3 Kiệt 45 Nguyễn Huệ",
        located=True,
        goals_first=[GOALS if at % 3 else [] for at in turn],
        goals_again=[["Thanh toán số"] if at % 3 == 1 else [] for at in turn],
        last_outcome="absent",
        last_on=date(2026, 5, 1),
        note="hẹn tối thứ bảy",
    )
    homes["head"] = [f"Nguyễn Văn Mẫu {at}" for at in range(len(homes))]
    for column, given in (("head", heads), ("note", notes)):
        homes.loc[homes.index[: len(given or ())], column] = given or ()
    return Packets(
        plan=replace(content, streets=some_streets()),
        households=homes,
        teams={"tA": "Tổ công nghệ số 1", "tB": "Tổ công nghệ số 2"},
        weeks={"m1": 3, "m2": 1},
        address=address,
    )


def _west_of(content):
    return {member: place for place, member in enumerate(content.zones["member_id"])}


def some_streets():
    """Return streets from south to north through all zones."""
    wests = [WEST + place * 0.0018 for place in range(11)]
    return gpd.GeoDataFrame(
        {"street_id": [f"s{x}" for x in range(11)], "name": [f"Đường số {x}" for x in range(11)]},
        geometry=[LineString([(x, SOUTH), (x + 0.001, SOUTH + SIDE)]) for x in wests],
        crs=CRS,
    ).assign(kind="alley", ward_code="00004")


def bound(folder: Path, *, lang="vi", **made) -> Path:
    """Write packets to a file and return it."""
    path = folder / "phieu.pdf"
    write_packets(packets(**made), path, lang=lang)
    return path


def lines_of(path: Path, *, page: int | None = None) -> list[str]:
    """Return the lines of text that pdftotext finds, in the order they were drawn."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    told = subprocess.run(
        ["pdftotext", "-raw", *pages, str(path), "-"], capture_output=True, check=True
    )
    return told.stdout.decode().replace("\f", "\n").splitlines()


def pictures_of(path: Path, *, dots: int = 120, grey: bool = False) -> list[Path]:
    """Return pictures of the pages, drawn by pdftoppm at so many dots an inch."""
    stem = path.parent / f"{path.stem}-{dots}{'-grey' if grey else ''}"
    options = ["-gray"] if grey else ["-png"]
    subprocess.run(["pdftoppm", "-r", str(dots), *options, str(path), str(stem)], check=True)
    return sorted(path.parent.glob(f"{stem.name}-*.p[ng][gm]"))


NOTHING_READ = 4


def codes_in(picture: Path) -> set[str]:
    """Return what zbar reads from a picture."""
    asked = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)]
    told = subprocess.run(asked, capture_output=True, check=False)
    assert told.returncode in {0, NOTHING_READ}, told.stderr.decode()
    return set(told.stdout.decode().split("\n")) - {""}
