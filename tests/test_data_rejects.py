"""Rows set aside come back: saved with their row, sheet and fault, corrected, imported again as they are."""

import csv
import unicodedata
import zipfile

import openpyxl
import pytest

import words
import workflow
from data.reading import read
from data.rejects import BECAUSE, OURS
from geo.folding import fold
from geo.terms import Kind

HEAD = ["Mã hộ", "Ngày thăm", "Kết quả", "Ghi chú", "Ghi chú", "row"]


@pytest.fixture
def store(tmp_path):
    """A store in a file, as the rows set aside are saved beside it."""
    opened = workflow.open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


def book(path, sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in [HEAD, *rows]:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    made.save(path)
    return path


def visits(folder):
    """Two sheets whose rows are numbered alike; one row of each cannot be taken."""
    return book(
        folder / "visits.xlsx",
        {
            "Tháng 10": [
                ["007", "2026-10-01", "gặp", "a", "b", "1"],
                ["008", "hôm qua", "gặp", "=1+1", "'tên", "2"],
            ],
            "Tháng 11": [
                ["009", "2026-11-01", "gặp", None, None, None],
                ["00010", "2026-11-02", "??", "@x", "-5", "+84"],
            ],
        },
    )


def test_problems_rows_set_aside_and_the_saved_workbook_name_sheet_and_row(store, folder):
    rejects = folder / "rejects.xlsx"

    report = workflow.import_file(
        store, visits(folder), options=workflow.ImportOptions(rejects=rejects)
    )

    of_rows = report.problems.dropna(subset="row")
    named = set(zip(of_rows["sheet"], of_rows["row"], of_rows["check"], strict=True))
    assert {("Tháng 10", 3, "visited_at_missing"), ("Tháng 11", 3, "outcome_missing")} <= named
    assert report.aside.iloc[:, :2].to_numpy().tolist() == [[3, "Tháng 10"], [3, "Tháng 11"]]
    rows = list(openpyxl.load_workbook(rejects).worksheets[0].iter_rows(values_only=True))
    assert rows[0][1:3] == ("Dòng trong tệp gốc", "Trang trong tệp gốc")
    assert rows[0][3:] == tuple(HEAD)
    assert rows[1][1:4] == (3, "Tháng 10", "008")
    assert "không hiểu giá trị ở cột Ngày thăm" in rows[1][0]
    assert "Kết quả" in rows[2][0]
    assert rows[1][3:] == ("008", "hôm qua", "gặp", "=1+1", "'tên", "2")
    with zipfile.ZipFile(rejects) as archive:
        assert b"<f>" not in b"".join(archive.read(name) for name in archive.namelist())


def test_the_store_remembers_the_sheet_of_each_problem(store, folder):
    report = workflow.import_file(
        store, visits(folder), options=workflow.ImportOptions(rejects=folder / "r.xlsx")
    )

    kept = workflow.import_problems(store, report.import_id)

    assert set(kept.loc[kept["row"] == 3, "sheet"]) == {"Tháng 10", "Tháng 11"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_workbook_is_corrected_and_imported_as_it_is(store, folder, lang):
    rejects = folder / "rejects.xlsx"
    options = workflow.ImportOptions(rejects=rejects)
    workflow.import_file(store, visits(folder), options=options, lang=lang)
    made = openpyxl.load_workbook(rejects)
    sheet = made.worksheets[0]
    sheet["E2"], sheet["F3"] = "2026-10-02", "vắng"
    made.save(rejects)

    again = workflow.import_file(store, rejects, kind=Kind.VISITS, lang=lang)

    assert (again.read, again.added, again.set_aside) == (2, 2, 0)
    assert again.unused == ("Ghi chú", "row")
    kept = store.load("visits").set_index("household_given")
    assert kept.index.tolist().count("007") == 1
    assert kept.loc["008", "note"] == "=1+1"
    assert kept.loc["00010", "note"] == "@x"
    assert kept.loc["00010", "outcome"] == "absent"


def test_an_uncorrected_workbook_sets_the_same_rows_aside_again(store, folder):
    rejects = folder / "rejects.xlsx"
    options = workflow.ImportOptions(rejects=rejects)
    first = workflow.import_file(store, visits(folder), options=options)

    again = workflow.import_file(
        store, rejects, kind=Kind.VISITS, options=workflow.ImportOptions(rejects=folder / "2.xlsx")
    )

    assert again.set_aside == first.set_aside == 2
    assert again.aside.iloc[:, 2:].equals(first.aside.iloc[:, 2:])


def test_a_row_without_an_id_keeps_the_id_it_would_have_had(store, folder):
    file = folder / "visits.csv"
    file.write_text("Mã hộ,Ngày thăm,Kết quả\nh1,hôm qua,gặp\n", encoding="utf-8")
    options = workflow.ImportOptions(rejects=folder / "r.xlsx")
    workflow.import_file(store, file, options=options)
    made = openpyxl.load_workbook(folder / "r.xlsx")
    made.worksheets[0]["E2"] = "2026-10-02"
    made.save(folder / "r.xlsx")

    workflow.import_file(store, folder / "r.xlsx", kind=Kind.VISITS)
    file.write_text("Mã hộ,Ngày thăm,Kết quả\nh1,2026-10-02,gặp\n", encoding="utf-8")
    again = workflow.import_file(store, file)

    assert (again.added, again.unchanged) == (0, 1)


def test_a_row_set_aside_that_looks_like_a_total_is_still_a_row(folder):
    made = openpyxl.Workbook()
    made.active.append(["Vì sao để riêng", "Dòng trong tệp gốc", "Trang trong tệp gốc", *HEAD[:3]])
    made.active.append(["thiếu Mã hộ", 7, "Tổng hợp", None, "Tổng", "gặp"])
    made.save(folder / "a.xlsx")

    raw = read(folder / "a.xlsx")

    assert raw.headings == tuple(HEAD[:3])
    assert raw.cells[1].tolist() == ["Tổng"]
    assert raw.skipped == ()


def test_a_column_of_notes_of_the_ward_itself_is_kept(folder):
    (folder / "a.csv").write_text("Lưu ý,Mã hộ,Chủ hộ\nx,h1,Lê Thị Ổn\n", encoding="utf-8")

    assert read(folder / "a.csv").headings == ("Lưu ý", "Mã hộ", "Chủ hộ")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_our_headings_are_the_words_that_people_read(lang):
    assert fold(words.column("because", lang)) in BECAUSE
    assert {
        fold(words.column(name, lang)) for name in ("aside_row", "aside_sheet", "notice")
    } <= OURS


def test_decomposed_letters_control_signs_and_half_letters_are_cleaned_on_the_way_in(folder):
    """Fault 34."""
    name = unicodedata.normalize("NFD", "Nguyễn\x07 Thị\u202e Ổn")
    half = "Trần\ud83d Đức".encode("utf-8", "surrogatepass")
    (folder / "a.csv").write_bytes(f"Mã hộ,Chủ hộ\nh1,{name}\nh2,".encode() + half + b"\n")

    from data import cells

    assert cells.text(read(folder / "a.csv").cells[1]).tolist() == [
        "Nguyễn Thị Ổn",
        "Trần\ufffd Đức",
    ]


def test_leading_zeros_and_formula_signs_survive_a_csv_of_ours(folder):
    """Faults 33 and 35."""
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Mã hộ", "Chủ hộ"], ["007", "'=1+1"], ["'+84", "'＝x"]])

    raw = read(folder / "a.csv")

    assert raw.cells[0].tolist() == ["007", "+84"]
    assert raw.cells[1].tolist() == ["=1+1", "＝x"]
