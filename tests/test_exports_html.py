"""The handout: one file, no request, nothing of the data read as HTML or script."""

import base64
import re

import geopandas as gpd
import pytest
from shapely.geometry import Point, box

from exports.html import html_map
from layers.coverage import coverage_layers
from tests.chromium import CHROMIUM, opened

HOSTILE = [
    "<img src=x onerror=window.broken=1>",
    "</script><script>window.broken=1</script>",
    "`${window.broken=1}`",
    "![b](http://127.0.0.1:9/pixel.png)",
    "{{ 7 * 7 }}{% raw %}{% endraw %}",
    "'; window.broken=1; //",
    '" onload="window.broken=1',
]


def ward(names):
    """A ward of squares side by side, and one unreached household in each, all with those names."""
    squares = [box(107.5 + i * 0.01, 16.40, 107.51 + i * 0.01, 16.41) for i in range(len(names))]
    areas = gpd.GeoDataFrame(
        {"neighbourhood_id": names, "name": names}, geometry=squares, crs="EPSG:4326"
    )
    homes = gpd.GeoDataFrame(
        {
            "household_id": names,
            "status": "unreached",
            "cause": "absent",
            "head": names,
            "address": names,
        },
        geometry=[Point(107.505 + i * 0.01, 16.405) for i in range(len(names))],
        crs="EPSG:4326",
    )
    return coverage_layers(homes, areas)


def handout(names=("Tổ 1",), **options):
    return html_map(ward(list(names)), **{"title": "Phường Thử", "made_up": False, **options})


def test_the_file_names_no_address_but_that_of_a_namespace():
    addresses = set(re.findall(r"\w+://[^\s\"'<>)]*", handout()))
    styles = "".join(re.findall(r"<style>(.*?)</style>", handout(), flags=re.DOTALL))

    assert addresses == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"url\((?!\"data:)", styles) == []
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?!data:)//""", handout())
    assert "sourceMappingURL" not in handout()


def test_nothing_is_linked_to():
    assert not re.findall(r"<(?:link|iframe|img|object|embed|form)\b", handout())
    assert not re.findall(r"<script[^>]+src", handout())


def test_only_the_scripts_of_the_file_may_run():
    page = handout()

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert page.index("Content-Security-Policy") < page.index("<script>")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_never_part_of_the_page(name):
    page = handout([name], title=name, subtitle=name, notes=[name])

    bare = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "<img" not in bare
    assert page.count("<script>") == handout().count("<script>")
    assert 'onload="' not in bare


def test_the_same_layers_make_the_same_file():
    assert handout() == handout()


def test_made_up_data_are_called_so():
    assert "DỮ LIỆU MẪU" in handout(made_up=True)
    assert "DỮ LIỆU MẪU" not in handout()
    assert "MADE-UP DATA" in handout(made_up=True, lang="en")


def test_title_notes_and_areas_can_be_read_without_the_map():
    page = handout(["Tổ 1", "Tổ 2"], subtitle="Đến 21/11/2026", notes=["Nguồn: phường"])

    for text in ("Phường Thử", "Đến 21/11/2026", "Nguồn: phường", "<li>Tổ 1</li>", "<li>Tổ 2</li>"):
        assert text in page
    assert '<html lang="vi">' in page


def test_the_licence_of_leaflet_comes_along():
    assert "Redistribution and use in source and binary forms" in handout()


def test_eleven_thousand_households_make_a_moderate_file():
    layers = ward(["Tổ 1"])
    many = gpd.GeoDataFrame(
        {
            "household_id": [f"h{i}" for i in range(11_000)],
            "status": "reached",
            "cause": None,
            "head": [f"Nguyễn Thị Mẫu {i}" for i in range(11_000)],
            "address": [f"{i % 300}/{i % 7} đường Thử {i % 40}" for i in range(11_000)],
        },
        geometry=[Point(107.5 + i * 1e-6, 16.40 + i % 100 * 1e-4) for i in range(11_000)],
        crs="EPSG:4326",
    )
    areas = gpd.GeoDataFrame(
        {"neighbourhood_id": ["A"], "name": ["Tổ 1"]},
        geometry=[box(107.5, 16.4, 107.52, 16.41)],
        crs=4326,
    )
    layers = coverage_layers(many, areas)

    assert len(html_map(layers, title="Phường Thử", made_up=False).encode()) < 3_000_000


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_file_opens_by_itself_and_runs_nothing_of_the_data(tmp_path, size):
    saved = tmp_path / "Bản đồ.html"
    saved.write_text(handout(HOSTILE, title=HOSTILE[0], notes=HOSTILE), "utf-8")
    asked = []
    with opened(width=size[0], height=size[1]) as watched:
        page = watched.page
        page.on("request", lambda request: asked.append(request.url))
        page.goto(saved.as_uri())
        watched.drawn()
        stage = page.locator(".diaban-stage").bounding_box()
        for share in range(0, 100, 4):
            page.mouse.move(
                stage["x"] + stage["width"] * share / 100, stage["y"] + stage["height"] / 2
            )
        page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
        drawn, broken = watched.drawn(), page.evaluate("window.broken")
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert (watched.outside, watched.faults) == ([], [])
    assert broken is None
    assert (drawn["points"], drawn["polygons"]) == (str(len(HOSTILE)), str(len(HOSTILE)))


def test_fonts_come_along():
    fonts = re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", handout())

    assert len(fonts) == 4
    assert all(base64.b64decode(font).startswith(b"wOF2") for font in fonts)
