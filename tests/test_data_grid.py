"""A sheet understood, with nothing but frames: what is a heading, what is a row, what is left out and why."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.columns import match_columns
from data.grid import table_of
from data.sheet import Sheet
from geo.errors import InputError
from geo.terms import Kind


def sheet(*rows, name="Hộ", merged=(), hidden=False, first=1):
    cells = pd.DataFrame([list(row) for row in rows]).astype("str")
    numbers = pd.Series(range(first, first + len(rows)))
    return Sheet(name=name, cells=cells, rows=numbers, merged=merged, hidden=hidden)


HEAD = ("Mã hộ", "Chủ hộ", "TDP", "Số nhà", "Đường")


def test_parent_and_child_headings_are_joined_as_people_read_them():
    table = table_of(
        [
            sheet(
                ("Mã hộ", "Tọa độ", None),
                (None, "Vĩ độ", "Kinh độ"),
                ("H1", "16.4", "107.5"),
                merged=((1, 0, 2, 0), (1, 1, 1, 2)),
            )
        ]
    )

    assert table.headings == ("Mã hộ", "Tọa độ / Vĩ độ", "Tọa độ / Kinh độ")
    assert table.cells.to_numpy().tolist() == [["H1", "16.4", "107.5"]]


def test_joined_headings_fill_the_fields_of_parent_and_child_together():
    headings = ("Mã hộ", "Người phụ trách / Họ tên", "Chủ hộ / Họ và tên", "Vị trí / Vĩ độ (Lat)")

    columns = match_columns(headings, Kind.HOUSEHOLDS, {})

    assert columns.positions == {"household_id": 0, "in_charge_given": 1, "head": 2, "lat": 3}


def test_a_national_id_under_a_parent_heading_is_still_never_read():
    columns = match_columns(("Mã hộ", "Giấy tờ / Số CCCD (12 số)"), Kind.HOUSEHOLDS, {})

    assert columns.national_ids == ("Giấy tờ / Số CCCD (12 số)",)


def test_headings_nobody_knows_are_the_first_wide_row():
    table = table_of([sheet(("Bảng kê", None, None), ("p", "q", "r"), ("1", "2", "3"))])

    assert (table.headings, table.rows.tolist()) == (("p", "q", "r"), [3])


def test_a_first_row_of_data_that_counts_up_from_another_number_is_kept():
    table = table_of([sheet(HEAD, ("4", "5", "6", "7", "8"))])

    assert len(table.rows) == 1


def test_a_household_with_few_cells_above_the_last_full_row_is_no_signature():
    rows = [HEAD, ("H1", "Chủ tịch phường", None, None, None), ("H2", "An", "1", "2", "Lê Lợi")]

    table = table_of([sheet(*rows)])

    assert table.cells[0].tolist() == ["H1", "H2"]


def test_a_list_whose_rows_are_all_short_keeps_them():
    table = table_of([sheet(("Mã hộ", "Chủ hộ"), ("H1", "An"), ("H2", "Ngày Tháng Năm"))])

    assert table.cells[0].tolist() == ["H1", "H2"]


def test_members_who_lead_their_team_are_no_signatures():
    rows = [("Họ và tên", "Vai trò", "SĐT"), ("An", "Tổ trưởng", "1"), ("Ba", "Tổ trưởng", None)]

    assert table_of([sheet(*rows)]).cells[0].tolist() == ["An", "Ba"]


def test_neighbourhoods_of_which_only_the_name_is_known_are_no_sections():
    rows = [("Tên tổ", "Từ ngày", "Đến ngày"), ("Tổ 1", None, None), ("Tổ 2", None, None)]

    assert table_of([sheet(*rows)]).cells[0].tolist() == ["Tổ 1", "Tổ 2"]


def test_a_signature_below_a_narrow_list_is_skipped():
    rows = [
        ("Mã hộ", "Chủ hộ", "TDP"),
        ("H1", "An", "1"),
        (None, "Huế, ngày … tháng … năm 2026", None),
        (None, "Người lập biểu", None),
        (None, "Lê Văn Thử", None),
    ]

    assert table_of([sheet(*rows)]).cells[0].tolist() == ["H1"]


def test_a_merged_cell_is_filled_down_only_as_far_as_it_reaches():
    rows = [HEAD, *((f"H{i}", None, "Tổ 1" if i == 1 else None, None, "x") for i in range(1, 5))]

    table = table_of([sheet(*rows, merged=((2, 2, 3, 2),))])

    assert table.cells[2].fillna("").tolist() == ["Tổ 1", "Tổ 1", "", ""]


def test_rows_keep_the_number_and_the_sheet_a_person_sees():
    table = table_of(
        [
            sheet(HEAD, ("H1", "An", "1", "2", "3"), name="Một"),
            sheet(HEAD, ("H2", "Ba", "1", "2", "3"), name="Hai", first=7),
        ]
    )

    assert table.rows.tolist() == [2, 8]
    assert table.sheet.tolist() == ["Một", "Hai"]
    assert table.taken == ("Một", "Hai")


def test_a_list_in_a_sheet_called_like_help_is_read_where_there_is_no_other():
    table = table_of([sheet(HEAD, ("H1", "An", "1", "2", "3"), name="Danh mục")])

    assert (table.taken, table.left_out) == (("Danh mục",), ())


def test_only_hidden_sheets_are_no_table():
    with pytest.raises(InputError) as caught:
        table_of([sheet(HEAD, hidden=True)])

    assert caught.value.code == "sheets_all_hidden"


@pytest.mark.parametrize(
    "cell",
    ["Cộng", "CỘNG:", "Cộng tổ 5", "Tổng cộng", "Tổng số hộ: 45", "TỔNG", "Tong cong"],
)
def test_a_row_of_sums_is_skipped(cell):
    rows = [HEAD, ("H1", "An", "1", "2", "Lê Lợi"), (None, cell, "1", None, None)]

    table = table_of([sheet(*rows)])

    assert table.skipped == (("Hộ", 3, "total"),)


@pytest.mark.parametrize("name", ["Tống Văn An", "Công Tằng Tôn Nữ", "Cộng Hòa", "Tổng Cốc"])
def test_a_name_that_sounds_like_a_sum_is_kept(name):
    rows = [HEAD, ("H1", name, "1", "2", "3"), (None, name, "1", "2", "3")]

    assert len(table_of([sheet(*rows)]).rows) == 2


@given(
    st.lists(st.tuples(*[st.one_of(st.none(), st.text(max_size=12))] * 4), min_size=1, max_size=12),
    st.lists(st.tuples(*[st.integers(0, 14)] * 4), max_size=4),
)
def test_no_row_is_lost_without_being_listed(rows, merged):
    filled = [tuple(c.strip() or None if c else None for c in row) for row in rows]
    filled = [row for row in filled if any(row)] or [("x", None, None, None)]
    merged = tuple((min(a, b) + 1, c, max(a, b) + 1, d) for a, b, c, d in merged)

    table = table_of([sheet(*filled, merged=merged)])

    listed = [number for _, number, _ in table.skipped] + table.rows.tolist()
    assert len(listed) == len(set(listed))
    missing = len(filled) - len(listed)
    assert 1 <= missing <= 3  # the rows of the headings
