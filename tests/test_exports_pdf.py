"""Letters, maps and codes on a PDF page."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from exports.map_frame import PageBox
from exports.pdf_map import Room
from exports.pdf_qr import page_code
from exports.pdf_text import (
    BOLD,
    REGULAR,
    in_order,
    lines_in,
    one_line,
    plain_line,
    use_fonts,
    width_of,
    write,
)
from tests.paper import READERS, lines_of

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
LETTERS = [*SMALL, "đ", *(letter.upper() for letter in SMALL), "Đ"]


@READERS
@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_every_vietnamese_letter_is_drawn_and_read_back(tmp_path, font):
    path = tmp_path / "letters.pdf"
    book = Canvas(str(path))
    use_fonts()
    for place, letter in enumerate(LETTERS):
        write(book, f"ng{letter}nh", 40 + place % 6 * 80, 780 - place // 6 * 20, 9, font)
    book.save()

    found = " ".join(lines_of(path)).split()

    assert len(LETTERS) == 146
    assert sorted(found) == sorted(f"ng{letter}nh" for letter in LETTERS)
    assert all(width_of(letter, 10, font) > 0 for letter in LETTERS)


def test_decomposed_letters_come_out_composed():
    assert plain_line("Nguye\u0302\u0303n\nThị\u200b  Mẫu") == "Nguyễn Thị Mẫu"
    assert plain_line(float("nan")) == plain_line(None) == ""


@given(
    text=st.text(alphabet=st.sampled_from("aạbWi <>&ễ "), max_size=200),
    width=st.floats(20, 200),
)
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, width):
    lines = lines_in(text, width, 8)

    assert all(width_of(line, 8) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=st.text(alphabet="ab c", max_size=80), most=st.integers(1, 4))
def test_text_that_is_too_long_ends_in_dots(text, most):
    lines = lines_in(text, 40, 8, most=most)

    assert len(lines) <= most
    assert all(width_of(line, 8) <= 40 for line in lines)
    assert (lines[-1:] and lines[-1].endswith("…")) == (len(lines_in(text, 40, 8)) > most) or (
        not lines
    )


def test_one_line_is_one_line():
    assert one_line("Tổ 1", 100, 8) == "Tổ 1"
    assert one_line("", 100, 8) == ""
    assert one_line("Tổ dân phố số một", 30, 8).endswith("…")


def test_names_are_sorted_as_people_do():
    names = ["Tổ 10", "Tổ 2", "tổ 1", "Ấp 3"]

    assert sorted(names, key=in_order) == ["tổ 1", "Tổ 2", "Tổ 10", "Ấp 3"]


def test_names_on_a_map_do_not_lie_on_each_other_or_outside():
    room = Room(PageBox(x=10, y=10, width=100, height=50))

    assert room.take(20, 20, 30, 10)
    assert not room.take(45, 25, 30, 10)
    assert room.take(60, 20, 30, 10)
    assert not room.take(100, 20, 30, 10)
    assert not room.take(0, 20, 5, 5)
    assert np.count_nonzero(room.taken)


def test_a_code_takes_ids_of_any_letters():
    assert page_code("P00012", "m017", 2) == "diaban:P00012/m017/2"
    assert page_code("P1", "tổ/1 a", 1) == "diaban:P1/t%E1%BB%95%2F1%20a/1"
