"""The five pages on a ward of four households: what they show, ask and do, and how they fail."""

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import streamlit as st
from shapely.geometry import Point, box
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import workflow
from geo.errors import ConflictError, InputError
from layers.coverage import coverage_layers
from layers.plan import plan_layers
from tests.leader_answers import LeaderAnswers

ROOT = Path(__file__).parent.parent
HOSTILE = "![b](http://127.0.0.1/x.png) <img src=x> :red[x] $x$"
AREAS = gpd.GeoDataFrame(
    {"neighbourhood_id": ["A", "B"], "ward_code": "00004", "name": ["Tổ 1", "Tổ 2"]},
    geometry=[box(107.50, 16.40, 107.51, 16.41), box(107.51, 16.40, 107.52, 16.41)],
    crs=4326,
)
WARDS = gpd.GeoDataFrame(
    {"ward_code": ["00004"], "name": ["Phường Thử"]},
    geometry=[box(107.50, 16.40, 107.52, 16.41)],
    crs=4326,
)
HOMES = gpd.GeoDataFrame(
    {
        "household_id": ["h1", "h2", "h3", "h4"],
        "status": ["reached", "unreached", "due_again", "unreached"],
        "cause": [None, "absent", "due_again", "absent"],
        "member_id": ["m1", "m1", "m1", None],
        "reason": [None, None, None, "no_street"],
    },
    geometry=[Point(107.501 + i * 0.001, 16.405) for i in range(4)],
    crs=4326,
)
ZONES = gpd.GeoDataFrame(
    {
        "member_id": ["m1"],
        "member_name": ["Lê Thị An"],
        "neighbourhood_id": ["A"],
        "households": [3],
        "load_min": [455.0],
        "walk_m": [5_300.0],
    },
    geometry=[box(107.50, 16.40, 107.51, 16.41)],
    crs=4326,
)
TOTAL = {
    "households": 4,
    "assigned": 3,
    "load_min": {"min": 455.0, "mean": 455.0, "max": 455.0},
    "walk_m": {"total": 5_300.0, "mean": 1_766.7},
    "zones_disconnected": 0,
    "gap": 0.031,
    "changed_households": 2,
    "reasons": {"no_street": 1},
}


AT = pd.Timestamp("2026-11-20T23:30")


def figures(area, name, goal, counts):
    households, reached, due_again = counts
    return {
        "area": area,
        "name": name,
        "goal": goal,
        "households": households,
        "reached": reached,
        "unreached": households - reached,
        "due_again": due_again,
        "ever_reached": reached + due_again,
        "share_reached": reached / households if households else float("nan"),
    }


REPORTED = ("area", "name", "indicator", "value", "of", "share", "counted", "as_of", "source")


class FakeWorkflow(LeaderAnswers):
    """Answers like the workflow, from memory, and remembers what it was told to do."""

    def __init__(self, monkeypatch):
        self.made_up, self.empty, self.version = True, False, 1
        self.whole, self.rejects, self.reported = 4, None, []
        self.done, self.address = [], None
        self.plan_rows = [("p1", "Tháng 11", "draft"), ("p0", "Đang dùng", "approved")]
        for name in dir(self):
            if (
                not name.startswith("_")
                and callable(getattr(self, name))
                and hasattr(workflow, name)
            ):
                monkeypatch.setattr(workflow, name, getattr(self, name))

    def open_store(self, database):
        return object()

    def store_version(self, store):
        return self.version

    def is_made_up(self, store):
        return self.made_up

    def wards(self, store):
        return WARDS.iloc[:0] if self.empty else WARDS

    def areas(self, store, ward_code=None, *, on=None):
        return AREAS

    def goals(self, store):
        return pd.DataFrame({"goal_id": ["g1"], "name": ["Định danh mức 2"]})

    def coverage(self, store, *, by="neighbourhood", goal=None, area=None, on):
        self.done.append(("coverage", by, goal, area, on))
        rows = [
            figures(code, name, wanted, counts)
            for wanted in ([goal] if goal else ["g1", None])
            for code, name, counts in self._places(by)
        ]
        return workflow.Coverage(
            pd.DataFrame(rows), figures(None, None, goal, (self.whole, min(1, self.whole), 0))
        )

    def _places(self, by):
        if by == "ward":
            return [("00004", "Phường Thử", (4, 1, 1))]
        return [("A", "Tổ 1", (4, 1, 1)), ("B", "Tổ 2", (0, 0, 0)), (None, None, (0, 0, 0))]

    def official_figures(self, store, *, area=None, on):
        rows = pd.DataFrame(self.reported).reindex(columns=[*REPORTED])
        return workflow.OfficialFigures(rows=rows, teams=pd.DataFrame(), total={})

    def unreached(self, store, *, goal=None, area=None, on):
        return HOMES[HOMES["status"] != "reached"]

    def coverage_layers(self, store, *, ward_code, goal, on, lang="vi"):
        return coverage_layers(HOMES, AREAS, wards=WARDS, lang=lang)

    def plans(self, store):
        return pd.DataFrame(
            [
                {
                    "plan_id": code,
                    "name": name,
                    "status": status,
                    "created_at": pd.Timestamp("2026-11-20T03:00Z"),
                    "areas": 2,
                    "households": 4,
                    "assigned": 3,
                    "editable": status == "draft",
                }
                for code, name, status in self.plan_rows
            ],
            columns=[
                "plan_id",
                "name",
                "status",
                "created_at",
                "areas",
                "households",
                "assigned",
                "editable",
            ],
        )

    def edit_ways(self, store, plan):
        return True, False

    def plan_document(self, store, plan):
        return {"plan": plan, "name": "", "areas": [], "total": TOTAL}

    def plan_frames(self, store, plan):
        return workflow.PlanFrames(
            zones=ZONES, households=HOMES, members=ZONES, neighbourhoods=AREAS, streets=AREAS
        )

    def plan_layers(self, store, plan, *, within=None, public=False, lang="vi"):
        return plan_layers(ZONES, households=HOMES, neighbourhoods=AREAS, lang=lang)

    def suggest_plan(
        self, store, *, area=None, rules=None, name=None, wishes=None, on, lang="vi", progress=None
    ):
        progress("Tổ 1", 0.5)
        self.done.append(("suggest", area, rules.balance, rules.reach_m, name))
        self.plan_rows.insert(0, ("p2", name or "Mới", "draft"))
        self.version += 1
        return {"plan": "p2", "name": name or "Mới"}

    def approve_plan(self, store, plan, *, why=None):
        self.done.append(("approve", plan))
        self.version += 1
        return plan

    def imports(self, store):
        listed = (
            [] if self.empty else [("i1", "hộ.xlsx", "households", 4, 0, 1, None, self.rejects, AT)]
        )
        names = ["import_id", "file_name", "kind", "added", "changed", "set_aside", "undone_at"]
        told = pd.DataFrame(listed, columns=[*names, "rejects", "imported_at"])
        return told.assign(source=None)

    def undo(self, store, import_id):
        self.done.append(("undo", import_id))
        self.version += 1

    def load_made_up_ward(self, store, *, until, progress=None):
        progress("households.xlsx", 0.5)
        self.empty, self.version = False, self.version + 1

    def export_plan(self, store, plan, to, *, public=None, lang="vi", on):
        self.done.append(("export", plan, to.name, public, lang))
        to.write_bytes(b"content")
        return to

    def public_address(self, store):
        return self.address

    def set_public_address(self, store, address):
        self.address = address
        self.version += 1

    def export_paper(self, store, plan, to, *, sheet, public, lang, on, progress):
        progress("Lê Thị An", 0.5)
        self.done.append(("paper", plan, to.name, sheet, public))
        to.write_bytes(b"content")
        return to


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """The workflow, answering from memory."""
    monkeypatch.setenv("DIABAN_DATABASE", str(tmp_path / "store.sqlite"))
    monkeypatch.delenv("DIABAN_LANG", raising=False)
    st.cache_data.clear()
    st.cache_resource.clear()
    return FakeWorkflow(monkeypatch)


def page(path="", **query):
    """Open a page of the app by its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(path)
    app.run()
    assert not app.exception
    return app


def told(app):
    """All that the page says outside its widgets."""
    kinds = (app.header, app.subheader, app.text, app.caption, app.info, app.error, app.success)
    texts = [element.value for kind in (*kinds, app.warning) for element in kind]
    return "\n".join([*texts, *(f"{one.label} = {one.value}" for one in app.metric)])


def button(app, label):
    return next(one for one in app.button if one.label == label)


def table(app, heading):
    return next(one.value for one in app.dataframe if heading in one.value.columns)


ALL_PAGES = ["", "do-phu", "phuong-an", "nhap", "xuat"]


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_page_says_that_the_data_are_made_up(fake, path):
    assert "DỮ LIỆU MẪU" in told(page(path))


@pytest.mark.parametrize("path", ALL_PAGES)
def test_no_page_of_a_real_ward_says_so(fake, path):
    fake.made_up = False

    assert "DỮ LIỆU MẪU" not in told(page(path))


@pytest.mark.parametrize("path", ALL_PAGES)
def test_every_page_speaks_english_where_the_address_says_so(fake, path):
    assert "MADE-UP DATA" in told(page(path, lang="en"))


def test_the_language_can_be_switched(fake):
    app = page()

    app.segmented_control[0].set_value("en").run()

    assert "of these, due again" in told(app)
    assert app.query_params["lang"] == "en"


def test_every_figure_has_its_denominator(fake):
    assert "Đã tiếp cận: 25,0\u00a0% = 1/4 hộ\nChưa tiếp cận = 3/4 hộ" in told(page())


def test_without_households_there_is_no_denominator_and_no_figure(fake):
    fake.whole = 0

    text = told(page())

    assert "= chưa có mẫu số" in text
    assert "0/0" not in text


def test_the_overview_shows_reported_figures_with_date_and_source_and_only_where_there_are_any(
    fake,
):
    assert "Số liệu báo cáo" not in [one.label for one in page().tabs]

    cells = [("A", "Tổ 1", "Số hộ", 1310.0, None, None, 4.0, "2025-12-31", "Báo cáo")]
    cells.append(("00004", "Phường Thử", "Hộ nghèo", 665.0, 670.0, 665 / 670, None, None, None))
    fake.reported = [dict(zip(REPORTED, row, strict=True)) for row in cells]
    fake.version += 1
    app = page()

    assert "Số liệu báo cáo" in [one.label for one in app.tabs]
    shown = table(app, "Nguồn")
    assert shown["Tên"].tolist() == ["Phường Thử", "Tổ 1"]
    assert shown["Số liệu"].tolist() == ["665", "1.310"]
    assert shown["Tỷ lệ"].tolist() == ["99,25\u00a0%", "chưa có mẫu số"]
    assert shown["Tính đến ngày"].tolist() == ["", "31/12/2025"]


def test_the_overview_lists_every_goal_and_all_of_them(fake):
    assert list(table(page(), "Tên")["Tên"]) == ["Định danh mức 2", "Mọi chỉ tiêu"]


def test_a_share_without_a_denominator_stays_unknown_in_tables(fake):
    shown = table(page("do-phu"), "Tên")

    assert list(shown["Tên"]) == ["Tổ 1", "Tổ 2", "Ngoài mọi địa bàn"]
    assert list(shown["Tỷ lệ"].isna()) == [False, True, True]


def test_the_choices_of_an_address_are_taken_over_and_asked_of_the_workflow(fake):
    page("do-phu", goal="g1", area="A", on="2026-11-01")

    assert ("coverage", "neighbourhood", "g1", "A", date(2026, 11, 1)) in fake.done


@pytest.mark.parametrize("odd", [{"goal": "nope"}, {"area": "<x>"}, {"on": "soon"}, {"ward": "1"}])
def test_an_address_with_unknown_codes_shows_the_usual(fake, odd):
    app = page("do-phu", **odd)

    assert "1/4 hộ" in told(app)
    assert dict(app.query_params) == {}


def test_a_choice_is_kept_in_the_address(fake):
    app = page("do-phu")

    app.selectbox[0].select("g1").run()

    assert not app.exception
    assert app.query_params["goal"] == "g1"
    assert any(done[:3] == ("coverage", "neighbourhood", "g1") for done in fake.done)


def test_causes_are_told_in_words_with_their_counts(fake):
    causes = table(page("do-phu"), "Vì sao chưa tiếp cận")

    assert causes.to_numpy().tolist() == [["lần trước vắng nhà", 2], ["cần thăm lại", 1]]


def test_an_empty_store_offers_the_made_up_ward_and_opens_it(fake):
    fake.empty = True
    app = page()
    assert "Chưa có dữ liệu" in told(app)

    button(app, "Mở phường mẫu").click().run()

    assert not app.exception
    assert "Phường Thử" in told(app)


def test_an_empty_store_can_be_filled_by_a_first_import(fake):
    fake.empty = True

    assert page("nhap").file_uploader


def test_imports_without_a_ward_say_what_to_import_next(fake, monkeypatch):
    monkeypatch.setattr(workflow, "wards", lambda store: WARDS.iloc[:0])

    assert "nhập ranh giới phường" in told(page())


def test_an_error_that_people_can_mend_is_told_in_their_words(fake, monkeypatch):
    def refuse(*args, **options):
        raise InputError("goal_unknown", goal=HOSTILE, known=["g1"])

    monkeypatch.setattr(workflow, "coverage", refuse)

    app = page()

    assert "Không có chỉ tiêu" in told(app)
    assert "![b]" not in told(app)


def test_names_of_plans_and_wards_are_never_read_as_markdown(fake, monkeypatch):
    monkeypatch.setattr(workflow, "wards", lambda store: WARDS.assign(name=HOSTILE))

    assert "![b]" not in page().header[0].value


def test_the_latest_plan_is_shown_with_its_figures(fake):
    app = page("phuong-an")

    text = told(app)
    assert "Hộ đã phân công = 3/4 hộ" in text
    assert "Đi bộ mỗi hộ = 1.767 m" in text
    assert "Cách mức tốt nhất = không quá 3,1\u00a0%" in text
    assert list(table(app, "Đi bộ (m)").iloc[0]) == ["Lê Thị An", 3, 455.0, 5_300.0, "Tổ 1"]
    assert table(app, "Vì sao chưa phân công").to_numpy().tolist() == [["không có đường ở gần", 1]]


def test_a_plan_is_approved_only_after_a_second_yes(fake):
    app = page("phuong-an")

    button(app, "Duyệt").click().run()
    assert ("approve", "p1") not in fake.done
    assert "sẽ thay phân công hiện nay ở 2 tổ dân phố" in told(app)
    button(app, "Duyệt và áp dụng").click().run()

    assert not app.exception
    assert ("approve", "p1") in fake.done


def test_a_plan_in_force_is_not_offered_for_approval(fake):
    fake.plan_rows = fake.plan_rows[1:]

    assert "Duyệt" not in [one.label for one in page("phuong-an").button]


def test_a_plan_is_suggested_by_the_rules_asked_for_and_then_shown(fake):
    app = page("phuong-an")

    button(app, "Gợi ý phương án mới").click().run()
    app.number_input[0].set_value(20)
    app.text_input[0].set_value("Thử")
    button(app, "Gợi ý").click().run()

    assert not app.exception
    assert ("suggest", "00004", 0.2, 100.0, "Thử") in fake.done
    assert "Đã lưu phương án nháp “Thử”" in told(app).replace("\\", "")


def test_a_plan_that_cannot_be_made_says_why(fake, monkeypatch):
    def refuse(*args, **options):
        raise ConflictError("plan_name_taken", name="Thử")

    monkeypatch.setattr(workflow, "suggest_plan", refuse)
    app = page("phuong-an")

    button(app, "Gợi ý phương án mới").click().run()
    button(app, "Gợi ý").click().run()

    assert not app.exception
    assert "Chọn tên khác" in told(app)


def test_without_plans_the_page_offers_to_make_one(fake):
    fake.plan_rows = []

    app = page("phuong-an")

    assert "Chưa có phương án nào" in told(app)
    assert button(app, "Gợi ý phương án mới")


def test_an_import_is_taken_back_only_after_a_second_yes(fake):
    app = page("nhap")

    button(app, "Hoàn tác").click().run()
    assert ("undo", "i1") not in fake.done
    next(one for one in app.button if one.key == "undo_sure").click().run()

    assert not app.exception
    assert ("undo", "i1") in fake.done


def test_rows_an_import_set_aside_can_be_taken_away_later(fake, tmp_path):
    fake.rejects = str(tmp_path / "I00001.xlsx")
    Path(fake.rejects).write_bytes(b"rows")

    assert page("nhap").download_button[0].label == "Tải các dòng để riêng (XLSX)"


def test_an_import_is_listed_with_the_time_in_vietnam(fake):
    assert table(page("nhap"), "Tệp")["Lúc"].iloc[0] == "21/11/2026 06:30"


def test_an_import_that_others_build_on_says_so(fake, monkeypatch):
    def refuse(*args):
        raise ConflictError("import_built_on", import_id="i1", builders=["i2"])

    monkeypatch.setattr(workflow, "undo", refuse)
    app = page("nhap")

    button(app, "Hoàn tác").click().run()
    next(one for one in app.button if one.key == "undo_sure").click().run()

    assert "i2" in told(app)


def test_a_handout_is_public_unless_told_otherwise(fake):
    app = page("xuat")

    button(app, "Chuẩn bị tệp").click().run()

    assert not app.exception
    assert fake.done[-1] == ("export", "p1", "Tháng 11.html", True, "vi")
    assert app.download_button[0].label.startswith("Tải Tháng 11")


def test_packets_are_for_those_responsible_only_and_show_who_is_being_bound(fake):
    app = page("xuat")
    app.selectbox[1].select("pdf").run()

    button(app, "Chuẩn bị tệp").click().run()

    assert not app.exception
    assert fake.done[-1] == ("paper", "p1", "Tháng 11.pdf", "packets", False)
    assert "dữ liệu cá nhân" in told(app)


def test_a_wall_map_is_public_unless_told_otherwise(fake):
    app = page("xuat")
    app.selectbox[1].select("pdf").run()
    app.selectbox[2].select("wall").run()

    button(app, "Chuẩn bị tệp").click().run()

    assert fake.done[-1] == ("paper", "p1", "Tháng 11.pdf", "wall", True)


def test_the_address_of_the_ward_is_kept_for_codes_on_paper(fake):
    app = page("xuat")
    app.selectbox[1].select("pdf").run()
    app.text_input[0].input("http://10.0.0.7:8501")

    button(app, "Lưu").click().run()

    assert fake.address == "http://10.0.0.7:8501"
    assert "10.0.0.7" in told(app).replace("\\", "")


def test_a_full_export_warns_of_personal_data(fake):
    app = page("xuat")

    app.selectbox[2].select("full").run()

    assert "dữ liệu cá nhân" in told(app)
