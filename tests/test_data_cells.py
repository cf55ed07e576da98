"""What people type in a cell."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import cells


def one(parse, typed):
    value = parse(pd.Series([typed], dtype="str")).iloc[0]
    return None if pd.isna(value) else value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("16,46", 16.46), ("16.46", 16.46), (" 4 ", 4.0), ("bốn", None), ("inf", None)],
)
def test_numbers(typed, meant):
    assert one(cells.number, typed) == meant


@pytest.mark.parametrize("typed", ["2025-08-08", "8/8/2025", "08/08/2025", "8-8-2025", "8.8.2025"])
def test_days_are_read_day_first(typed):
    assert one(cells.day, typed) == "2025-08-08"


def test_the_thirty_second_of_a_month_is_no_day():
    assert one(cells.day, "32/1/2025") is None


@pytest.mark.parametrize("typed", ["2026-11-21 19:30", "21/11/2026 19:30", "2026-11-21T12:30:00Z"])
def test_a_time_without_a_zone_is_vietnams(typed):
    assert one(cells.time, typed) == pd.Timestamp("2026-11-21 12:30", tz="UTC")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gặp", "met"),
        ("vắng nhà", "absent"),
        ("TỪ CHỐI", "refused"),
        ("Khong tim thay", "not_found"),
    ],
)
def test_outcomes_in_any_dress(typed, meant):
    assert one(cells.one_of(cells.OUTCOMES), typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hộ nghèo", "poor"),
        ("kinh doanh, Hộ cận nghèo", "near_poor,business"),
        ("bình thường", None),
        ("người ngoài hành tinh", None),
    ],
)
def test_traits_come_in_their_own_order(typed, meant):
    assert one(cells.traits, typed) == meant


def test_a_household_that_is_nothing_in_particular_is_no_mistake():
    assert cells.is_plain(pd.Series(["bình thường", "tất cả", "hm"])).tolist() == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("905123456", "0905123456"),
        ("0905 123 456", "0905 123 456"),
        ("+84905123456", "+84905123456"),
    ],
)
def test_a_phone_gets_back_the_zero_a_spreadsheet_took(typed, meant):
    assert one(cells.phone, typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [("4", "00004"), ("19969", "19969"), ("abc", None)])
def test_a_ward_code_gets_back_its_leading_zeros(typed, meant):
    assert one(cells.ward_code, typed) == meant


def test_a_tick_is_a_tick():
    assert cells.yes(pd.Series(["x", "X", "✓", "có", "1", "không", None])).tolist() == [
        *(True,) * 5,
        False,
        False,
    ]


@given(st.text())
def test_text_is_composed_and_has_no_stray_blanks(typed):
    value = one(cells.text, typed)

    assert value is None or value == value.strip()
