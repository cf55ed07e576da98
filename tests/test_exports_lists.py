"""Lists to fill in: one sheet a member, which comes back as visits."""

import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from html import unescape

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import workflow
from cli import app
from exports.content import Listing
from exports.sheets import write_xlsx
from geo.errors import NotFoundError
from geo.terms import Kind
from tests.hamlet import DAY, a_hamlet, planned
from tests.made_up_plan import a_plan

HEADINGS = [
    *("Mã hộ", "Chủ hộ", "Địa chỉ", "Điện thoại", "Lần trước", "Mã tổ viên"),
    *("Chỉ tiêu", "Ngày thăm", "Kết quả", "Ghi chú"),
]
# The sheets of the hamlet's three members.
LISTS = ["1 m0", "2 m1", "3 m2"]


@pytest.fixture
def hamlet(tmp_path):
    """A hamlet with a plan: its store, the plan's id and where to write."""
    store = a_hamlet(tmp_path)
    made, rows = planned(store, "Phương án")
    yield store, made["plan"], rows, tmp_path
    store.close()


def listing(homes, *, goals=("VNeID",), only=None):
    """What lists say of the made-up plan's households."""
    told = pd.DataFrame(
        {"address": "12 Đường Mẫu", "goal": "VNeID", "at": pd.NaT, "outcome": None, "note": None},
        index=homes["household_id"],
    )
    told["at"] = pd.to_datetime(told["at"], utc=True)
    return Listing(goals=tuple(goals), teams={}, homes=told, only=only)


def with_lists(**given):
    """The made-up plan with lists to fill in."""
    goals = given.pop("goals", ("VNeID",))
    content = a_plan(**given)
    content.members.loc[:, "name"] = given.get("name", "Nguyễn Văn Mẫu")
    fields = {name: getattr(content, name) for name in content.__dataclass_fields__}
    return type(content)(**(fields | {"listing": listing(content.households, goals=goals)}))


def fill(path, to, **rows):
    """Fill in rows of lists: `sheet` → {household: (day, outcome, note)}."""
    book = openpyxl.load_workbook(path)
    for name, visits in rows["rows"].items():
        sheet = book[name]
        place = {cell.value: cell.column for cell in sheet[1]}
        row_of = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        for household, (day, outcome, note) in visits.items():
            row = row_of[household]
            sheet.cell(row, place["Ngày thăm"]).value = day
            sheet.cell(row, place["Kết quả"]).value = outcome
            sheet.cell(row, place["Ghi chú"]).value = note
    book.save(to)
    return to


def test_every_member_has_a_sheet_of_their_own_with_their_households(hamlet):
    store, plan, rows, folder = hamlet

    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)

    book = openpyxl.load_workbook(folder / "plan.xlsx")
    assert [name for name in book.sheetnames if name in LISTS] == LISTS
    for name in LISTS:
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == HEADINGS
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:J{sheet.max_row}"
        found = {sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)}
        assert found == set(rows.index[rows["member_id"] == name[2:]])
    last = {row[0].value: row[4].value for name in LISTS for row in book[name].iter_rows(min_row=2)}
    assert last["h00"] == "01/09/2026 · gặp"


def test_outcomes_goals_and_days_are_chosen_not_typed(hamlet):
    store, plan, _, folder = hamlet

    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)

    book = openpyxl.load_workbook(folder / "plan.xlsx")
    rules = {str(rule.sqref): rule for rule in book["1 m0"].data_validations.dataValidation}
    outcomes, goals, days = rules["I2:I211"], rules["G2:G211"], rules["H2:H211"]
    assert (outcomes.type, goals.type, days.type) == ("list", "list", "date")
    choices = book["Danh mục"]
    assert outcomes.formula1 == "'Danh mục'!$A$2:$A$5"
    assert [row[0].value for row in choices["A2:A5"]] == [
        "gặp",
        "vắng",
        "từ chối",
        "không tìm thấy",
    ]
    assert goals.formula1 == "'Danh mục'!$B$2:$B$2"
    assert choices["B2"].value == "Chỉ tiêu"


def test_the_list_of_sheets_leads_to_each(hamlet):
    store, plan, _, folder = hamlet

    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)

    sheet = openpyxl.load_workbook(folder / "plan.xlsx")["Danh sách tổ viên"]
    links = {cell.value: cell.hyperlink.location for cell in sheet["H"][1:]}
    assert links == {name: f"'{name}'!A1" for name in LISTS}


def test_a_filled_list_comes_back_as_visits_and_twice_changes_nothing(hamlet):
    store, plan, rows, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)
    first, second, other = (
        next(iter(rows.index[rows["member_id"] == member])) for member in ("m0", "m1", "m2")
    )
    filled = fill(
        folder / "plan.xlsx",
        folder / "filled.xlsx",
        rows={
            "1 m0": {first: (datetime(2026, 11, 20), "gặp", "hẹn lại; ‘tối’")},
            "2 m1": {second: ("21/11/2026", "không tìm thấy", None)},
            "3 m2": {other: (date(2026, 11, 19), "từ chối", None)},
        },
    )

    report = workflow.import_file(store, filled, kind=Kind.VISITS)
    again = workflow.import_file(store, filled, kind=Kind.VISITS)

    assert (report.read, report.added, report.set_aside) == (3, 3, 0)
    assert (again.added, again.changed, again.set_aside) == (0, 0, 0)
    untouched = report.problems[report.problems["check"] == "visits_untouched"]
    assert untouched["value"].tolist() == ["27"]
    visits = store.load("visits").dropna(subset="member_id")
    visits = visits.set_index("household_id").loc[[first, second, other]]
    assert visits["outcome"].tolist() == ["met", "not_found", "refused"]
    assert visits["member_id"].tolist() == ["m0", "m1", "m2"]
    assert visits["goal_id"].tolist() == ["g", "g", "g"]
    days = visits["visited_at"].dt.tz_convert("Asia/Ho_Chi_Minh").dt.date
    assert days.tolist() == [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 19)]
    assert visits.loc[first, "note"] == "hẹn lại; ‘tối’"


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice is not installed")
def test_a_list_that_another_program_saved_comes_back_the_same(hamlet):
    store, plan, rows, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", member="m0", on=DAY)
    one, two = list(rows.index[rows["member_id"] == "m0"])[:2]
    visits = {one: (datetime(2026, 11, 20), "gặp", "ghi"), two: ("21/11/2026", "vắng", None)}
    ours = fill(folder / "plan.xlsx", folder / "filled.xlsx", rows={"1 m0": visits})
    (folder / "saved").mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]

    subprocess.run([*command, folder / "saved", ours], check=True, capture_output=True, timeout=120)
    theirs = workflow.import_file(store, folder / "saved" / ours.name, kind=Kind.VISITS)
    again = workflow.import_file(store, ours, kind=Kind.VISITS)

    assert (theirs.read, theirs.added, theirs.set_aside) == (2, 2, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    book = openpyxl.load_workbook(folder / "saved" / ours.name)
    assert len(book["1 m0"].data_validations.dataValidation) == 3


def test_what_is_filled_in_later_is_added_to_what_came_before(hamlet):
    store, plan, rows, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", member="m0", on=DAY)
    one, two = list(rows.index[rows["member_id"] == "m0"])[:2]
    begun = {one: ("20/11/2026", "vắng", None)}
    more = {two: ("21/11/2026", "gặp", None)}
    fill(folder / "plan.xlsx", folder / "a.xlsx", rows={"1 m0": begun})
    fill(folder / "a.xlsx", folder / "b.xlsx", rows={"1 m0": more})

    workflow.import_file(store, folder / "a.xlsx", kind=Kind.VISITS)
    report = workflow.import_file(store, folder / "b.xlsx", kind=Kind.VISITS)

    assert (report.added, report.unchanged, report.set_aside) == (1, 1, 0)


def test_a_fault_in_one_row_sets_that_row_aside(hamlet):
    store, plan, rows, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)
    one, two, three = list(rows.index[rows["member_id"] == "m0"])[:3]
    filled = fill(
        folder / "plan.xlsx",
        folder / "filled.xlsx",
        rows={
            "1 m0": {
                one: ("20/11/2026", "gặp", None),
                two: (None, "gặp", None),
                three: (None, None, "đã chuyển nhà"),
            }
        },
    )

    report = workflow.import_file(store, filled, kind=Kind.VISITS)

    assert (report.read, report.added, report.set_aside) == (3, 1, 2)


def test_an_untouched_workbook_brings_no_visit_and_gives_back_the_plan(hamlet):
    store, plan, rows, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)

    visits = workflow.import_file(store, folder / "plan.xlsx", kind=Kind.VISITS)
    workflow.import_file(store, folder / "plan.xlsx", kind=Kind.ASSIGNMENTS)

    assert (visits.read, visits.added, visits.set_aside) == (0, 0, 0)
    imported = workflow.plans(store).iloc[0]["plan_id"]
    assert imported != plan
    stored = store.load("assignments")
    back = stored[stored["plan_id"] == imported].set_index("household_id")["member_id"]
    assert back.to_dict() == rows["member_id"].to_dict()


def test_the_lists_of_one_member_are_known_for_what_they_are(hamlet):
    store, plan, _, folder = hamlet
    workflow.export_plan(store, plan, folder / "m1.xlsx", member="m1", on=DAY)

    report = workflow.import_file(store, folder / "m1.xlsx")

    book = openpyxl.load_workbook(folder / "m1.xlsx")
    assert book.sheetnames == ["2 m1", "Danh mục", "Hướng dẫn", "Về tệp này"]
    assert report.kind == Kind.VISITS


def test_english_lists_come_back_too(hamlet):
    store, plan, _, folder = hamlet
    workflow.export_plan(store, plan, folder / "plan.xlsx", member="m0", lang="en", on=DAY)
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    sheet = book["1 m0"]
    place = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, place["Visited at"]).value = datetime(2026, 11, 20)
    sheet.cell(2, place["Outcome"]).value = book["Lookups"]["A5"].value
    book.save(folder / "filled.xlsx")

    report = workflow.import_file(store, folder / "filled.xlsx", kind=Kind.VISITS)

    assert (report.added, report.set_aside) == (1, 0)
    assert (store.load("visits")["outcome"] == "not_found").any()


def test_somebody_without_a_list_is_named(hamlet):
    store, plan, _, folder = hamlet

    with pytest.raises(NotFoundError, match="member_without_list"):
        workflow.export_plan(store, plan, folder / "x.xlsx", member="nobody", on=DAY)
    with pytest.raises(NotFoundError, match="team_without_list"):
        workflow.export_plan(store, plan, folder / "x.xlsx", team="nobody", on=DAY)

    assert not (folder / "x.xlsx").exists()


def test_the_command_writes_the_lists_of_one_member(hamlet):
    store, plan, _, folder = hamlet
    store.close()
    told = ["--to", str(folder / "m2.xlsx"), "--member", "m2", "--on", "2026-11-21"]

    done = CliRunner().invoke(
        app, ["export", plan, *told, "--database", str(folder / "store.sqlite")]
    )

    assert done.exit_code == 0, done.output
    assert "3 m2" in openpyxl.load_workbook(folder / "m2.xlsx").sheetnames


def test_sheets_are_named_safely_and_each_by_its_own_name(tmp_path):
    content = with_lists(name="=[HYPERLINK]('x'):*?/\\" + "ạ" * 40)

    write_xlsx(content, tmp_path / "plan.xlsx")

    names = openpyxl.load_workbook(tmp_path / "plan.xlsx").sheetnames
    lists = [name for name in names if name[0].isdigit()]
    assert len(set(map(str.casefold, names))) == len(names)
    assert len(lists) == 4
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("text", ["=1+1", "+84905", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1/")'])
def test_no_name_and_no_goal_is_ever_a_formula(tmp_path, text):
    content = with_lists(first_head=text, name=text, goals=(text,))

    write_xlsx(content, tmp_path / "plan.xlsx")

    with zipfile.ZipFile(tmp_path / "plan.xlsx") as whole:
        xml = "".join(unescape(whole.read(name).decode()) for name in whole.namelist())
    assert not re.search(r"<f[ >/]", xml)
    assert "http://127.0.0.1" not in "".join(re.findall(r'Target="[^"]*"', xml))
    rules = re.findall(r"<formula\d>(.*?)</formula\d>", xml)
    assert set(rules) == {
        *("'Danh mục'!$A$2:$A$5", "'Danh mục'!$B$2:$B$2", "43831", "TODAY()"),
    }


def test_a_public_workbook_has_no_lists(tmp_path):
    write_xlsx(with_lists(), tmp_path / "public.xlsx", public=True)

    names = openpyxl.load_workbook(tmp_path / "public.xlsx").sheetnames
    assert names == ["Địa bàn phụ trách", "Tổ dân phố", "Số liệu", "Về tệp này"]


def test_a_plan_with_proofs_and_conflicts_is_a_workbook_too(tmp_path):
    content = a_plan()
    for area in content.plan["areas"]:
        area |= {
            "proven": {"bound_m": 90.0, "locked": []},
            "conflict": {"rules": [{"rule": "lock"}]},
        }

    write_xlsx(content, tmp_path / "plan.xlsx")

    figures = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Số liệu"]
    headings = [cell.value for cell in figures[1]]
    assert "Cận dưới của tổng quãng đi bộ (m)" in headings
    assert not [one for one in headings if one.startswith(("proven", "conflict"))]


def test_a_household_met_for_everything_is_still_offered_a_goal(hamlet):
    store, plan, rows, folder = hamlet

    workflow.export_plan(store, plan, folder / "plan.xlsx", on=DAY)

    book = openpyxl.load_workbook(folder / "plan.xlsx")
    goals = {
        row[0].value: row[6].value for name in LISTS for row in book[name].iter_rows(min_row=2)
    }
    assert set(goals) == set(rows.index)
    assert set(goals.values()) == {"Chỉ tiêu"}
