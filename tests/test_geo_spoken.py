"""Addresses said in one cell: taken apart where they are marked, else left whole."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.spoken import read_spoken, told_apart


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Lê Lợi", ("12", None, "Lê Lợi", None)),
        ("Số nhà 12A, đường Lê Lợi, phường Vỹ Dạ", ("12A", None, "Lê Lợi", None)),
        ("Số 12 kiệt 45/3 đường Lê Lợi, TDP 5, TP Huế", ("12", "Kiệt 45/3", "Lê Lợi", "TDP 5")),
        ("12 ngách 3 ngõ 45 Trần Phú, tổ 4", ("12", "Kiệt 45/3", "Trần Phú", "tổ 4")),
        ("K45/12 Lê Lợi", ("45/12", None, "Lê Lợi", None)),
        ("12/45 Lê Lợi - Tổ dân phố 7", ("12/45", None, "Lê Lợi", "Tổ dân phố 7")),
        ("45 đường 30/4", ("45", None, "30/4", None)),
        ("Kiệt 10 Bà Triệu", (None, "Kiệt 10", "Bà Triệu", None)),
        ("Số nhà 7, Tổ 2", ("7", None, None, "Tổ 2")),
        ("Thôn Lang Xá Cồn, xã Thủy Thanh", (None, None, None, "Thôn Lang Xá Cồn")),
    ],
)
def test_a_marked_address_is_taken_apart(text, parts):
    assert read_spoken(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "gần chợ Tân Mai",
        "Lê Lợi",
        "sau trường mầm non, đối diện nhà ông Tám",
        "12 nhà màu xanh đối diện trường mầm non cũ của phường",
        "7P89CGVV+9JV",
        "phường Vỹ Dạ, TP Huế",
    ],
)
def test_a_text_that_is_not_understood_is_left_whole(text):
    assert read_spoken(text) == (None, None, None, None)


def test_two_neighbourhoods_in_one_address_are_none():
    assert read_spoken("12 Lê Lợi, tổ 3, khu phố 4")[3] is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text):
    assert len(read_spoken(text)) == 4


def test_what_the_row_says_itself_goes_first():
    rows = pd.DataFrame(
        {
            "address_given": ["12 Lê Lợi, tổ 3", "12 Lê Lợi, tổ 3", "7P89CGVV+9JV", None],
            "street": ["Trần Phú", None, None, None],
            "neighbourhood_given": [None, "Tổ 9", None, None],
        },
        dtype="str",
    )

    told = told_apart(rows)

    assert list(told["street"].fillna("")) == ["Trần Phú", "Lê Lợi", "", ""]
    assert list(told["house_number"].fillna("")) == ["", "12", "", ""]
    assert list(told["neighbourhood_given"].fillna("")) == ["", "Tổ 9", "", ""]
    assert list(told["address_raw"].fillna("")) == ["", "", "7P89CGVV+9JV", ""]
