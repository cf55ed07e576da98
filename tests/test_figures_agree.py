"""One figure is one figure: on the page, in its table, in what is downloaded, and on the command line."""

from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import workflow
from tests.made_up_ward import DAY, a_made_up_ward
from tests.test_cli import document
from words import column, number, percent

ROOT = Path(__file__).parent.parent
HEADINGS = {
    "households": "Số hộ",
    "reached": "Đã tiếp cận",
    "unreached": "Chưa",
    "due_again": "Thăm lại",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    """A made-up ward with a plan in force and a draft, and where it is stored."""
    store, database = a_made_up_ward(tmp_path_factory.mktemp("phường"))
    draft = workflow.suggest_plan(store, name="Nháp", on=DAY)
    yield store, str(database), draft["plan"]
    store.close()


@pytest.fixture
def asked(ward, monkeypatch):
    """Ask the command line for a document."""
    monkeypatch.setenv("DIABAN_DATABASE", ward[1])
    st.cache_data.clear()
    st.cache_resource.clear()

    return lambda *words: document(*words, "--on", DAY.isoformat(), database=ward[1])


def page(path="", **query):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in {"on": DAY.isoformat(), **query}.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(path)
    app.run()
    assert not app.exception
    return app


def table(app, heading):
    return next(one.value for one in app.dataframe if heading in one.value.columns)


def metrics(app):
    return {one.label: one.value for one in app.metric}


@pytest.mark.parametrize("by", ["neighbourhood", "team", "member", "ward"])
def test_coverage_is_the_same_everywhere(ward, asked, by, tmp_path):
    told = pd.DataFrame(asked("coverage", "--by", by)["rows"])
    told = told[told["goal"].isna()].reset_index(drop=True)

    shown = table(page("do-phu", by=by) if by == "neighbourhood" else with_by(by), "Tỷ lệ")
    written = workflow.coverage_workbook(
        ward[0], tmp_path / "c.xlsx", by=by, goal=None, area=None, on=DAY, lang="vi"
    )
    sheet = pd.read_excel(written, engine="openpyxl")
    # The row of every goal together names none of them.
    sheet = sheet[~sheet[column("goal")].isin(ward[0].load("goals")["goal_id"])]

    for name, heading in HEADINGS.items():
        assert shown[heading].astype(int).tolist() == told[name].tolist()
        assert told[name].tolist() in [whole(sheet[one]) for one in sheet]
    assert shown["Tỷ lệ"].tolist() == pytest.approx(told["share_reached"].tolist(), nan_ok=True)


def whole(cells):
    """The whole numbers of a column."""
    return [int(one) for one in pd.to_numeric(cells, errors="coerce").dropna()]


def with_by(by):
    """The page of coverage, counted by something else."""
    app = page("do-phu")
    next(one for one in app.selectbox if one.label == "Đếm theo").select(by).run()
    assert not app.exception
    return app


def test_the_first_figures_are_those_of_the_command_line(ward, asked):
    total = asked("coverage", "--by", "ward")["total"]

    shown = metrics(page())

    whole = number(total["households"])
    assert (
        shown[f"Đã tiếp cận: {percent(total['share_reached'])}"]
        == f"{number(total['reached'])}/{whole} hộ"
    )
    assert shown["Chưa tiếp cận"] == f"{number(total['unreached'])}/{whole} hộ"


def test_a_meeting_is_told_the_figures_of_the_command_line(ward, asked):
    ((code, told),) = [
        (row["area"], row) for row in asked("coverage", "--by", "ward")["rows"] if not row["goal"]
    ]

    shown = workflow.public_coverage(ward[0], code, on=DAY)

    assert shown.rows["neighbourhood_id"].isna().any()
    for name in ("households", "reached", "unreached", "share_reached"):
        assert shown.total[name] == told[name]


def test_a_plan_is_the_same_everywhere(ward, asked, tmp_path):
    store, _, draft = ward
    document = workflow.plan_document(store, draft)

    app = page("phuong-an", plan=draft)
    shown, zones = metrics(app), table(app, "Đi bộ (m)")
    written = pd.read_csv(
        workflow.export_plan(store, draft, tmp_path / "p.csv", public=False, on=DAY)
    )
    frames = workflow.plan_frames(store, draft)

    total = document["total"]
    assert (
        shown["Hộ đã phân công"] == f"{number(total['assigned'])}/{number(total['households'])} hộ"
    )
    assert (
        shown["Phút mỗi tổ viên"]
        == f"{number(total['load_min']['min'])}–{number(total['load_min']['max'])}"
    )
    assert int(zones["Số hộ"].sum()) == total["assigned"] == int(frames.zones["households"].sum())
    assert zones["Đi bộ (m)"].sum() == pytest.approx(total["walk_m"]["total"], abs=1e-2)
    assert len(written) == total["households"]


def test_gaps_are_the_same_everywhere(ward, asked):
    document = asked("gaps")

    text = "\n".join(one.value for one in page().markdown).replace("\\", "")

    behind = [row for row in document["rows"] if row["kind"] == "behind"]
    assert behind
    for row in behind[:3]:
        assert f"{number(row['unreached'])}/{number(row['households'])}" in text


def test_staffing_is_the_same_everywhere(ward, asked, tmp_path):
    document = asked("staffing")

    shown = workflow.staffing_table(ward[0], on=DAY)
    written = pd.read_excel(
        workflow.staffing_workbook(ward[0], tmp_path / "s.xlsx", area=None, on=DAY),
        engine="openpyxl",
    )

    members = [row["members"] for row in document["rows"]]
    assert members in [list(shown[name]) for name in shown]
    assert members in [list(written[name]) for name in written]
