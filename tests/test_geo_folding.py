"""Folding: what people mean to be the same name is the same text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.folding import fold, fold_place


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Họ và tên chủ hộ", "ho va ten chu ho"),
        ("ho_va_ten_chu_ho", "ho va ten chu ho"),
        ("  Đường\u00a0Điện Biên Phủ ", "duong dien bien phu"),
        ("Ðường", "duong"),  # U+00D0
        ("SĐT/Zalo", "sdt zalo"),
        ("X(m)", "x m"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("---", ""),
    ],
)
def test_case_diacritics_and_punctuation_do_not_matter(written, folded):
    assert fold(written) == folded


def test_decomposed_text_folds_like_composed():
    name = "Tổ dân phố Lang Xá Cồn"

    assert fold(unicodedata.normalize("NFD", name)) == fold(name)


@given(st.text())
@example("𝑨")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "written",
    ["TDP 5", "Tổ dân phố 5", "Tổ 5", "TỔ DÂN PHỐ SỐ 05", "tdp5", "Tổ dân phố số 5", "T.D.P. 5"],
)
def test_a_numbered_neighbourhood_has_many_ways_of_being_written(written):
    assert fold_place(written) == ("tdp 5", "5")


def test_another_kind_of_place_is_another_place():
    assert fold_place("Thôn 5")[0] != fold_place("Tổ 5")[0]
    assert fold_place("Khu phố 3") == fold_place("KP3") == ("kp 3", "3")


def test_a_place_word_alone_is_the_name():
    assert fold_place("Thôn") == ("thon", "thon")
