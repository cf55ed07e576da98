"""Finding a household by what somebody types."""

import pandas as pd
import pytest

from geo.searching import matching

HOMES = pd.DataFrame(
    {
        "head": ["Nguyễn Thị Đào", "Nguyễn Thị Dao", "Trần Văn Ước", None, "Lê Thị Nguyễn"],
        "address": ["12/5 kiệt 3 Lê Lợi", "125 Lê Lợi", "3 Đào Duy Anh", "7 Hàm Nghi", None],
        "code": ["7P28+9XQ", None, "7P28+8RC", "HUE-0042-17", None],
    },
    index=["h1", "h2", "h3", "h4", "h5"],
)


def found(text, most=20):
    return list(matching(HOMES[["head", "address"]], HOMES["code"], text, most=most))


def test_the_spelling_with_diacritics_comes_first_and_the_other_is_found_too():
    assert found("nguyễn thị đào") == ["h1", "h2"]
    assert found("Nguyễn Thị Dao") == ["h2", "h1"]


def test_without_diacritics_in_any_order_and_only_begun():
    assert found("dao ngu") == ["h1", "h2"]
    assert found("uoc") == ["h3"]


def test_a_name_comes_before_an_address():
    assert found("dao") == ["h2", "h1", "h3"]


def test_a_house_number_is_found_with_its_signs():
    assert found("12/5") == ["h1"]
    assert found("12/5 lê lợi") == ["h1"]


@pytest.mark.parametrize("typed", ["7p28+9xq", "7P28 9XQ", "7p289xq"])
def test_a_digital_address_is_found_however_it_is_written(typed):
    assert found(typed) == ["h1"]


def test_a_code_of_several_parts_may_be_run_together():
    assert found("hue004217") == ["h4"]


@pytest.mark.parametrize("typed", ["", " ", "n", "?", "xyz", "(", "<img src=x>"])
def test_what_is_too_short_or_nowhere_finds_nobody(typed):
    assert found(typed) == []


def test_no_more_than_asked_for():
    assert found("nguyen", most=2) == ["h1", "h2"]
    nobody = HOMES.iloc[:0]
    assert list(matching(nobody[["head"]], nobody["code"], "nguyen", most=2)) == []
