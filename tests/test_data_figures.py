"""Reported figures from file to screen: settled to their places, beside the lists, never in them."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

import workflow
from cli import app
from geo.terms import Kind
from tests.intake import dump
from tests.test_data_in_charge import store  # noqa: F401  a store in a file

HEAD = "Địa bàn,Chỉ tiêu,Số liệu,Trên tổng số,Tính đến,Nguồn"
ON = __import__("datetime").date(2026, 11, 21)


def report(folder, *rows, name="figures.csv", head=HEAD):
    (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder / name


def told(store, area=None):  # noqa: F811
    return workflow.official_figures(store, area=area, on=ON)


def by_name(figures, column):
    cells = figures.rows[column].astype(object)
    return dict(zip(figures.rows["name"], cells.where(cells.notna(), None), strict=True))


def test_figures_are_settled_to_ward_and_neighbourhood_whichever_came_first(store, ward):  # noqa: F811
    file = report(
        ward.folder,
        "TDP 1,Số hộ,310,,31/12/2025,Báo cáo",
        "Phường Thử,Số hộ,620,,31/12/2025,Báo cáo",
        "Tổ 99,Số hộ,5,,31/12/2025,Báo cáo",
    )
    workflow.import_file(store, file)
    assert by_name(told(store), "area") == {"TDP 1": None, "Phường Thử": None, "Tổ 99": None}

    workflow.import_file(store, ward.ward())
    workflow.import_file(store, ward.neighbourhoods())

    assert by_name(told(store), "area") == {"TDP 1": "A", "Phường Thử": ward.code, "Tổ 99": None}
    assert told(store).rows["as_of"].unique().tolist() == ["2025-12-31"]
    assert set(told(store, "A").rows["name"]) == {"TDP 1"}


def test_figures_stand_beside_the_lists_and_change_no_coverage(store, ward):  # noqa: F811
    workflow.import_file(store, ward.neighbourhoods())
    workflow.import_file(store, ward.households(("h1", 0.5, 0.5), ("h2", 0.4, 0.5)))
    before = workflow.coverage(store, on=ON).as_dict()

    workflow.import_file(store, report(ward.folder, "Tổ 1,Số hộ,310,,31/12/2025,Báo cáo"))

    (row,) = told(store).rows.to_dict("records")
    assert (row["value"], row["counted"]) == (310, 2)
    assert workflow.coverage(store, on=ON).as_dict() == before


@pytest.mark.parametrize(
    ("typed", "read"), [('"24,303"', 24303), ("24.303", 24303), ("1 234", 1234), ('"99,25"', 99.25)]
)
def test_numbers_are_read_as_reports_write_them(store, folder, typed, read):  # noqa: F811
    workflow.import_file(store, report(folder, f"Đà Nẵng,x,{typed},,,"))

    assert store.load("figures")["value"].tolist() == [read]


def test_what_is_no_number_is_set_aside_and_a_whole_of_0_gives_no_share(store, folder):  # noqa: F811
    done = workflow.import_file(
        store, report(folder, "A,x,nhiều,,,", "B,x,3,0,,", "C,x,3,6,,", "D,x,3,-1,,")
    )

    assert (done.added, done.set_aside) == (3, 1)
    assert by_name(told(store), "share") == {"B": None, "C": 0.5, "D": None}
    assert "of_unreadable" in set(done.problems["check"])


def test_a_workbook_with_other_headings_is_read_alike(store, folder):  # noqa: F811
    book = openpyxl.Workbook()
    book.active.append(["BÁO CÁO THÁNG 11"])
    book.active.append(["Đơn vị", "Nội dung", "Kết quả", "Mẫu số", "Ngày số liệu", "Nguồn"])
    book.active.append(["Mỹ Thượng", "Người rành công nghệ số", 2249, 44693, "1/11/2025", "báo"])
    book.save(folder / "figures.xlsx")

    workflow.import_file(store, folder / "figures.xlsx")

    (row,) = told(store).rows.to_dict("records")
    assert (row["value"], row["of"], row["as_of"]) == (2249, 44693, "2025-11-01")


def test_a_corrected_report_changes_its_figure_another_source_stands_beside_it(store, folder):  # noqa: F811
    workflow.import_file(store, report(folder, "Tổ 1,Số hộ,310,,31/12/2025,Báo cáo"))

    again = workflow.import_file(
        store, report(folder, "Tổ 1,Số hộ,311,,31/12/2025,Báo cáo", "Tổ 1,Số hộ,300,,31/12/2025,Tổ")
    )

    assert (again.added, again.changed) == (1, 1)
    rows = told(store).rows
    assert rows["value"].tolist() == [311, 300]
    assert rows["contradicted"].all()


def test_undo_brings_back_the_state_before(store, folder):  # noqa: F811
    before = dump(store)

    done = workflow.import_file(store, report(folder, "Tổ 1,Số hộ,310,,31/12/2025,Báo cáo"))
    workflow.undo(store, done.import_id)

    assert dump(store) == before


def test_boundaries_that_figures_stand_on_are_not_taken_back(store, ward):  # noqa: F811
    from geo.errors import ConflictError

    first = workflow.import_file(store, ward.neighbourhoods())
    workflow.import_file(store, report(ward.folder, "Tổ 1,Số hộ,310,,31/12/2025,Báo cáo"))

    with pytest.raises(ConflictError, match="import_built_on"):
        workflow.undo(store, first.import_id)


def test_a_table_of_codes_and_places_is_a_kind_of_its_own(store, folder):  # noqa: F811
    (folder / "addresses.csv").write_text(
        "Mã địa chỉ số,Vĩ độ,Kinh độ,Sai số (m)\nHUE-0001,16.45,107.55,3\n", encoding="utf-8"
    )

    workflow.import_file(store, folder / "addresses.csv")

    (row,) = store.load(Kind.ADDRESSES).to_dict("records")
    assert (row["code"], row["precision_m"]) == ("HUE-0001", 3)
    assert (row["geometry"].y, row["geometry"].x) == (16.45, 107.55)


def test_the_command_line_shows_them_apart(folder, tmp_path):
    database = ["--database", str(tmp_path / "s.sqlite")]
    file = report(
        folder,
        "Đà Nẵng,Số tổ CNSCĐ,3766,,31/12/2025,báo",
        "Đà Nẵng,Thành viên,24303,,31/12/2025,báo",
    )
    run = CliRunner().invoke
    run(app, ["import", str(file), *database])

    shown = json.loads(run(app, ["figures", "--json", *database]).stdout)
    spoken = run(app, ["figures", *database]).stdout

    assert [row["value"] for row in shown["rows"]] == [24303, 3766]
    assert [team["short"] for team in shown["teams"]] == [2059]
    assert shown["total"] == {"figures": 2, "without_share": 2, "contradicted": 0, "unplaced": 2}
    assert "thiếu 2.059 người" in spoken
    assert "chưa có mẫu số" in spoken
