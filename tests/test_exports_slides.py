"""Slides: the figures of the pages, charts that can be edited, and in public nobody and nothing of a few."""

import io
import re
import shutil
import subprocess
import zipfile
from html import unescape

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

import workflow
from exports.map_picture import map_picture
from exports.slides import plan_figures
from layers.boundary import boundary_layers
from layers.shares import share_layers
from tests.made_up_plan import a_plan
from tests.report_ward import DAY, HOMES, HOSTILE, PEOPLE, PLACES, REACHED, WARD, a_ward, place_name
from words import number, percent

pytestmark = pytest.mark.slow
OFFICE = all(map(shutil.which, ("soffice", "loimpress", "lowriter", "localc")))


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """The ward's store, its plan, and that plan as public and as full slides."""
    folder = tmp_path_factory.mktemp("slides")
    store, _, plan = a_ward(folder)
    told = []
    workflow.export_plan(
        store, plan, folder / "public.pptx", on=DAY, progress=lambda *one: told.append(one)
    )
    workflow.export_plan(store, plan, folder / "full.pptx", public=False, on=DAY)
    yield store, plan, folder, told
    store.close()


def slides(path):
    return list(Presentation(str(path)).slides)


def titles(path):
    return [slide.shapes.title.text for slide in slides(path)]


def charts(path):
    """Every bar chart's name and value, in the order of the slides."""
    found = [shape.chart for slide in slides(path) for shape in slide.shapes if shape.has_chart]
    plots = [chart.plots[0] for chart in found if chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED]
    return [
        pair for plot in plots for pair in zip(plot.categories, plot.series[0].values, strict=True)
    ]


def tables(path):
    """The rows of every table, headings left out."""
    found = [shape.table for slide in slides(path) for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in found for row in list(table.rows)[1:]]


def xml(path):
    """All text of a file, also of the workbooks inside it."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    inner = [xml(io.BytesIO(part)) for name, part in parts.items() if name.endswith(".xlsx")]
    texts = [part.decode() for name, part in parts.items() if name.endswith((".xml", ".rels"))]
    return unescape(" ".join([*texts, *inner]))


def people(store):
    """What tells of somebody: names, phones, addresses and ids of the store."""
    homes, members = store.load("households"), store.load("members")
    columns = [homes[name] for name in ("head", "phone", "household_id", "house_number", "street")]
    columns += [members[name] for name in ("name", "phone", "member_id")]
    return {str(one) for column in columns for one in column.dropna()}


def test_a_deck_goes_from_the_figures_to_the_weeks(decks):
    _, _, folder, _ = decks

    assert titles(folder / "public.pptx") == [
        "Phương án mới",
        "Số liệu chính",
        *("Độ phủ theo tổ dân phố (1/2)", "Độ phủ theo tổ dân phố (2/2)"),
        "Bản đồ độ phủ",
        "Phân công hiện nay và đề xuất",
        *("Nhân lực các tổ", "Nhân lực các tổ (1/2)", "Nhân lực các tổ (2/2)"),
        "Bao giờ xong?",
    ]


def test_every_slide_says_its_day_and_source(decks):
    _, _, folder, _ = decks

    for slide in slides(folder / "public.pptx"):
        [foot] = [shape for shape in slide.shapes if shape.name == "date and source"]
        assert foot.text_frame.text.startswith("Ngày 21/11/2026 · Địa bàn, từ số liệu của phường")


def test_the_notes_hold_the_sentences(decks):
    store, _, folder, _ = decks

    said = {one.kind: one.text for one in workflow.sentences(store, area=WARD, on=DAY)}
    by_title = dict(zip(titles(folder / "full.pptx"), slides(folder / "full.pptx"), strict=True))

    assert said["trend"] in by_title["Bao giờ xong?"].notes_slide.notes_text_frame.text
    assert said["staffing"] in by_title["Nhân lực các tổ"].notes_slide.notes_text_frame.text


def test_a_full_chart_has_the_shares_to_the_last_digit(decks):
    store, _, folder, _ = decks

    counted = workflow.coverage(store, area=WARD, on=DAY).rows
    shares = counted[counted["goal"].isna()].set_index("name")["share_reached"]

    assert dict(charts(folder / "full.pptx")) == shares.to_dict()
    assert len(shares) == PLACES


def test_a_public_chart_has_the_shares_of_a_meeting_and_no_other(decks):
    store, _, folder, _ = decks

    rows = workflow.public_coverage(store, WARD, on=DAY).rows
    told = dict(charts(folder / "public.pptx"))

    for name, share in zip(rows["name"], rows["share_reached"], strict=True):
        assert told[name] == (None if pd.isna(share) else share)
    hidden = [at for at, reached in enumerate(REACHED) if 0 < min(reached, HOMES - reached) < 5]
    assert hidden == [1, 5]
    assert [told[place_name(at)] for at in hidden] == [None, None]


def test_a_chart_can_be_edited_with_the_very_figures_it_shows(decks):
    _, _, folder, _ = decks
    shapes = [shape for slide in slides(folder / "public.pptx") for shape in slide.shapes]

    books = [
        openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        for shape in shapes
        if shape.has_chart
    ]

    rows = [row for book in books for row in book["Sheet1"].iter_rows(min_row=2, values_only=True)]
    assert rows == charts(folder / "public.pptx")
    assert HOSTILE in [name for name, _ in rows]


def test_the_table_beside_a_chart_has_the_same_figures(decks):
    store, _, folder, _ = decks

    rows = {
        row[0]: row[1:] for row in tables(folder / "public.pptx") if len(row) == 5 and "%" in row[4]
    }
    shown = workflow.public_coverage(store, WARD, on=DAY).told

    assert len(rows) == len(shown) == PLACES - 2
    for row in shown.to_dict("records"):
        figures = [number(row[name]) for name in ("households", "reached", "unreached")]
        assert rows[row["name"]] == [*figures, percent(row["share_reached"])]
    assert [place_name(1), "–", "–", "–", "–"] in tables(folder / "public.pptx")


def test_public_slides_name_nobody(decks):
    store, _, folder, _ = decks

    held = xml(folder / "public.pptx")

    assert not [one for one in people(store) if one in held]
    assert "hộ nghèo" not in held
    assert set(PEOPLE.values()) & people(store)


def test_full_slides_may_be_asked_for(decks):
    _, _, folder, _ = decks

    rows = tables(folder / "full.pptx")

    assert [place_name(1), "12", "2", "10", percent(2 / 12)] in rows
    assert [place_name(5), "12", "11", "1", percent(11 / 12)] in rows


def test_a_hostile_name_stays_text(decks):
    _, _, folder, _ = decks

    held = xml(folder / "public.pptx")

    assert HOSTILE in [name for name, _ in charts(folder / "public.pptx")]
    assert not re.search(r"<f[ >/]", held)
    assert not re.findall(r'Target="https?://127[^"]*"', held)
    assert 'TargetMode="External"' not in held


def test_progress_is_told_part_by_part(decks):
    _, _, _, told = decks

    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert len(set(told)) == len(told) > 3


@pytest.mark.parametrize(("assigned", "shown"), [(0, "0"), (3, "<5"), (5, "5")])
def test_a_plan_of_a_few_households_tells_the_public_no_more(assigned, shown):
    total = {
        "assigned": assigned,
        "members": 1,
        "load_min": {"mean": 37.0},
        "walk_m": {"mean": 8.0},
    }

    zones = pd.DataFrame({"neighbourhood_id": ["P"], "households": [assigned]})
    public = [figure for _, figure in plan_figures(total, "vi", public=True, zones=zones)]
    full = [figure for _, figure in plan_figures(total, "vi", public=False, zones=zones)]

    assert public == ([shown, "1", "–", "–"] if assigned == 3 else full)
    assert full == [str(assigned), "1", "37", "8"]


# --- maps ---


def test_a_map_is_sharp_and_shows_each_share_in_its_colour():
    places = a_plan().neighbourhoods.assign(share_reached=[0.1, 0.9])

    drawn = Image.open(io.BytesIO(map_picture(share_layers(places), width=800, height=500)))

    assert drawn.size == (800, 500)
    assert drawn.getpixel((250, 150)) == pytest.approx((240, 244, 255), abs=3)
    assert drawn.getpixel((550, 150)) == pytest.approx((121, 182, 218), abs=5)
    colours = drawn.getcolors(maxcolors=800 * 500)
    assert len(colours) > 20, "edges are smoothed"


def test_a_map_of_nothing_is_refused():
    nothing = boundary_layers(neighbourhoods=a_plan().neighbourhoods.iloc[:0])

    with pytest.raises(ValueError, match="no layer"):
        map_picture(nothing, width=100, height=100)


# --- another program ---


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_figures_of_the_pages(decks, tmp_path):
    store, plan, folder, _ = decks
    workflow.export_plan(store, plan, tmp_path / "minutes.docx", on=DAY)
    workflow.export_plan(store, plan, tmp_path / "lists.xlsx", member="m0-02", on=DAY)
    shutil.copy(folder / "full.pptx", tmp_path / "slides.pptx")

    texts = converted(tmp_path, "slides.pptx", "minutes.docx", "lists.xlsx")

    counted = workflow.coverage(store, area=WARD, on=DAY)
    total = workflow.plan_document(store, plan)["total"]
    figures = [counted.total["households"], counted.total["reached"], counted.total["unreached"]]
    figures += [
        total["assigned"],
        total["members"],
        total["load_min"]["mean"],
        total["walk_m"]["mean"],
    ]
    for text in (texts["slides"], texts["minutes"]):
        words = text.split()
        assert not [one for one in figures if number(one) not in words]
        plain = " ".join(words)
        assert percent(counted.total["share_reached"]).replace("\u00a0", " ") in plain
        assert not [at for at in range(PLACES) if at != 2 and place_name(at) not in plain]
    listed = [f"HO-02-{number:02}" for number in range(6)]
    assert [texts["lists"].count(one) for one in listed] == [1] * 6
    assert "Nguyễn Văn Chủ0203" in texts["lists"]


def converted(folder, *names):
    """The text of files as LibreOffice prints them, by stem."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, *(folder / name for name in names)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    texts = {}
    for name in names:
        pdf = (folder / name).with_suffix(".pdf")
        asked = ["pdftotext", "-layout", pdf, "-"]
        done = subprocess.run(asked, check=True, capture_output=True, timeout=60)
        texts[pdf.stem] = done.stdout.decode()
    return texts
