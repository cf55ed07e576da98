"""Sheets: readable, safe to open, the same figures as everywhere else."""

import csv
import gc
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from exports.sheets import table_xlsx, write_csv, write_xlsx
from geo.errors import InputError
from geo.plain_text import restored
from tests.made_up_plan import a_plan

HOSTILE = [
    "=1+1",
    "+84905000001",
    "-2+3",
    "@SUM(A1)",
    "\t=cmd",
    "＝1+1",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "#REF!",
]


def sheets(target):
    """Return each sheet's rows as lists."""
    book = openpyxl.load_workbook(target)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def xml(target):
    """Return all XML of a workbook as one text."""
    with zipfile.ZipFile(target) as whole:
        names = [name for name in whole.namelist() if name.startswith("xl/")]
        return "".join(whole.read(name).decode() for name in names)


def test_a_plan_is_a_workbook_with_households_first(tmp_path):
    path = tmp_path / "phương án.xlsx"

    write_xlsx(a_plan(), path)

    found = sheets(path)
    assert list(found) == [
        "Phân công hộ",
        "Địa bàn phụ trách",
        "Tổ viên",
        "Tổ dân phố",
        "Số liệu",
        "Về tệp này",
    ]
    homes = pd.DataFrame(found["Phân công hộ"][1:], columns=found["Phân công hộ"][0])
    assert len(homes) == 59
    assert homes.loc[0, ["Mã hộ", "Mã tổ viên", "Chủ hộ", "Điện thoại", "Loại hộ"]].tolist() == [
        "m1-000",
        "m1",
        "Nguyễn Thị Mẫu",
        "0905000001",
        "hộ nghèo, người cao tuổi",
    ]
    assert homes.loc[58, ["Mã hộ", "Vì sao chưa phân công"]].tolist() == ["0099", "chưa có vị trí"]
    assert found["Số liệu"][-1][:2] == [None, "toàn phương án"]
    about = dict(found["Về tệp này"])
    assert about["Ngày"] == "2026-06-01"
    assert about["Lưu ý"] == "DỮ LIỆU MẪU"
    assert "Địa bàn" in about["Nguồn"]


def test_headings_are_frozen_filtered_and_as_wide_as_their_cells(tmp_path):
    write_xlsx(a_plan(), tmp_path / "plan.xlsx", lang="en")

    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Households"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}60"
    assert sheet.cell(1, 1).value == "Household id"
    assert 8 <= sheet.column_dimensions["A"].width <= 48
    assert sheet.oddHeader.center.text == "MADE-UP DATA"


def test_a_made_up_ward_says_so_on_every_sheet(tmp_path):
    write_xlsx(a_plan(made_up=True), tmp_path / "made_up.xlsx")
    write_xlsx(a_plan(made_up=False), tmp_path / "real.xlsx")

    for rows in sheets(tmp_path / "made_up.xlsx").values():
        assert any("DỮ LIỆU MẪU" in map(str, row) for row in rows)
    assert "DỮ LIỆU MẪU" not in xml(tmp_path / "real.xlsx")


def test_no_text_is_ever_a_formula():
    table = pd.DataFrame({"=name": HOSTILE, "id": ["0001"] * len(HOSTILE)})
    target = io.BytesIO()

    table_xlsx(table, target, title="=1+1", made_up=False)

    assert not re.search(r"<f[ >/]", xml(target))
    book = openpyxl.load_workbook(target)
    cells = [book.worksheets[0].cell(row, 1) for row in range(1, len(HOSTILE) + 2)]
    assert [cell.value for cell in cells] == ["=name", *HOSTILE]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_leading_zeros_stay():
    target = io.BytesIO()

    table_xlsx(
        pd.DataFrame({"phone": ["0905000001"], "ward_code": ["00004"]}),
        target,
        title="t",
        made_up=False,
    )

    [(_, rows), *_] = sheets(target).items()
    assert rows[1] == ["0905000001", "00004"]


def test_letters_that_no_workbook_may_hold_are_cleaned():
    target = io.BytesIO()
    odd = pd.DataFrame({"name": ["a\x00\x0b\ud83d\uffffb"], "odd\x07": ["x"]}, dtype=object)

    table_xlsx(odd, target, title="a/b:c*?[d]" * 5, made_up=False)

    [(title, rows), *_] = sheets(target).items()
    assert title.startswith("a-b-c")
    assert len(title) <= 31
    assert rows == [["Tên", "odd"], ["a\ufffdb", "x"]]


def test_coverage_reads_as_people_read_it():
    coverage = pd.DataFrame(
        {
            "area": ["A", None],
            "name": ["Tổ 1", None],
            "goal": [None, "vneid"],
            "households": [4, 0],
            "share_reached": [0.75, None],
        }
    )
    target = io.BytesIO()

    table_xlsx(coverage, target, title="Độ phủ", made_up=False, on=date(2026, 6, 1))

    assert sheets(target) == {
        "Độ phủ": [
            ["Mã khu vực", "Tên", "Chỉ tiêu", "Số hộ", "Độ phủ"],
            ["A", "Tổ 1", "mọi chỉ tiêu", 4, 0.75],
            [None, "ngoài mọi khu vực", "vneid", 0, "chưa có mẫu số"],
        ],
        "Về tệp này": [
            ["Nội dung", "Độ phủ"],
            ["Nguồn", "Địa bàn, từ số liệu của phường"],
            ["Ngày", "2026-06-01"],
        ],
    }


def test_causes_are_put_into_words_and_times_into_vietnams():
    table = pd.DataFrame(
        {
            "household_id": ["h1", "h2"],
            "cause": ["due_again", None],
            "visited_at": pd.to_datetime(["2026-05-31T18:00", None], utc=True),
        }
    )
    target = io.BytesIO()

    table_xlsx(table, target, title="t", lang="en", made_up=False)

    [(_, rows), *_] = sheets(target).items()
    assert rows[1] == ["h1", "due again", pd.Timestamp("2026-06-01T01:00").to_pydatetime()]
    assert rows[2] == ["h2", None, None]


def test_an_empty_table_has_its_headings():
    target = io.BytesIO()

    table_xlsx(pd.DataFrame({"household_id": []}), target, title="t", made_up=False)

    assert sheets(target)["t"] == [["Mã hộ"]]


def test_a_csv_serves_as_assignments(tmp_path):
    path = tmp_path / "plan.csv"

    write_csv(a_plan(), path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    assert rows.loc[[0, 58], "household_id"].tolist() == ["m1-000", "0099"]
    assert rows["member_id"].isna().sum() == 1
    assert rows.loc[0, ["phone", "residents", "notice", "date"]].tolist() == [
        "0905000001",
        "4",
        "DỮ LIỆU MẪU",
        "2026-06-01",
    ]


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_a_csv_cell_never_begins_a_formula_and_can_be_restored(tmp_path, name):
    write_csv(a_plan(first_head=name, name=name), tmp_path / "plan.csv")

    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert restored(rows[0]["head"]) == name


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_public_table_holds_zones_and_counts_only(tmp_path, ending):
    path = tmp_path / f"public.{ending}"
    content = a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30})

    {"xlsx": write_xlsx, "csv": write_csv}[ending](content, path, public=True)

    held = xml(path) if ending == "xlsx" else path.read_text(encoding="utf-8-sig")
    for word in ("Nguyễn", "Tổ viên", "0905", "poor", "hộ nghèo", "m1", "16.405"):
        assert word not in held
    assert "&lt;5" in held or "<5" in held


def test_in_a_public_workbook_a_count_is_a_number_or_says_why_not(tmp_path):
    content = a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30})

    write_xlsx(content, tmp_path / "public.xlsx", public=True)

    rows = sheets(tmp_path / "public.xlsx")["Địa bàn phụ trách"]
    assert rows[0][:4] == ["Khu", "Mã tổ dân phố", "Tổ dân phố", "Số hộ"]
    assert [row[3] for row in rows[1:]] == ["<5", "≥5", 9, 30]


def test_what_is_written_is_whole_or_the_older_file_stays(tmp_path, monkeypatch):
    (tmp_path / "plan.xlsx").write_text("older")

    def open_elsewhere(part, path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", open_elsewhere)
    with pytest.raises(InputError, match="export_unwritable"):
        write_xlsx(a_plan(), tmp_path / "plan.xlsx")

    assert (tmp_path / "plan.xlsx").read_text() == "older"
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_ward_of_eleven_thousand_is_written_whole(tmp_path):
    content = a_plan(counts={f"m{i}": 47 for i in range(234)})

    write_xlsx(content, tmp_path / "plan.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    assert len(content.households) == 10_999
    assert sheet.max_row == 11_000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_workbook_and_sees_texts(tmp_path):
    write_xlsx(a_plan(first_head="=1+1"), tmp_path / "plan.xlsx")

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            tmp_path,
            tmp_path / "plan.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    rows = pd.read_csv(tmp_path / "plan.csv", dtype="str")
    assert rows.loc[0, ["Mã hộ", "Chủ hộ", "Điện thoại"]].tolist() == [
        "m1-000",
        "=1+1",
        "0905000001",
    ]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_missing_folder_is_named_and_nothing_else_complains(tmp_path):
    with pytest.raises(InputError, match="export_folder_missing"):
        write_xlsx(a_plan(), tmp_path / "nowhere" / "plan.xlsx", public=False)
    gc.collect()
