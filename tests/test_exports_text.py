"""Text that is handed to other programs: cleaned, guarded, restored."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.text import clean_texts, guard_texts
from geo.plain_text import clean, guarded, restored

FORMULAS = ["=1+1", "+84905", "-2", "@SUM(A1)", "\tx", "＝1", " =1", "'=1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_guarded_and_given_back(text):
    assert guarded(text).startswith(("'", "\n'"))
    assert restored(guarded(text)) == text


@pytest.mark.parametrize("text", ["a;=1+1", "a;\t@x", "a\n-1"])
def test_what_a_program_that_splits_elsewhere_would_take_for_a_cell_is_guarded_too(text):
    assert ";=" not in guarded(text)
    assert "\n-" not in guarded(text)
    assert restored(guarded(text)) == text


@pytest.mark.parametrize("text", ["0905000001", "Lê Thị B", "12/5", "5-7", "a=b", "'tên", ""])
def test_plain_text_is_left_alone(text):
    assert guarded(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝;\n\t a0 ")))
def test_every_text_comes_back_as_it_was(text):
    assert restored(guarded(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝;\t a0 ")))
def test_no_cell_begins_with_a_formula_however_it_is_split(text):
    for cell in guarded(text).replace("\t", ";").split(";"):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "＝"))


def test_control_characters_go_and_lone_surrogates_are_replaced():
    assert clean("Lê\x00 Thị\x0b B\x1f\u202e") == "Lê Thị B"
    assert clean("x\ud83dy") == "x\ufffdy"
    assert clean("a\r\nb\rc") == "a\nb\nc"
    assert clean("\ufeffa\uffff") == "a"


def test_decomposed_text_is_composed():
    assert clean(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


def test_only_texts_of_a_table_are_touched():
    table = pd.DataFrame({"\x07name": ["a\x00", None], "count": [1, 2], "share": [0.5, None]})

    cleaned = clean_texts(table)

    assert list(cleaned.columns) == ["name", "count", "share"]
    assert cleaned["name"].tolist()[0] == "a"
    assert cleaned["name"].isna().tolist() == [False, True]
    assert cleaned["count"].tolist() == [1, 2]


def test_numbers_are_not_guarded():
    table = pd.DataFrame({"walk_m": [-1.5], "note": ["-1.5"]})

    assert guard_texts(table).iloc[0].tolist() == [-1.5, "'-1.5"]
