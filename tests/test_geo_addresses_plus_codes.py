"""The official Plus Code test vectors (google/open-location-code), through our own door."""

import csv

import pytest

from geo.addresses import plus_codes
from geo.errors import InputError

SAME = 1e-10


def vectors(real_data, name):
    """The rows of a file of vectors, without its comments."""
    lines = (real_data / "addresses" / "plus_codes" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.reader(line for line in lines if line and not line.startswith("#")))


def encoded(lat, lon, digits):
    """The code, or nothing where the length is none."""
    try:
        return plus_codes.encode(float(lat), float(lon), digits=int(digits))
    except ValueError:
        return ""


@pytest.mark.real
def test_420_codes_decode_to_their_cells(real_data):
    rows = vectors(real_data, "decoding.csv")

    right = [
        (cell.digits, *cell[:4])
        == (int(digits), *(pytest.approx(float(side), abs=SAME) for side in sides))
        for code, digits, *sides in rows
        for cell in (plus_codes.decode(code),)
    ]

    assert (sum(right), len(rows)) == (420, 420)


@pytest.mark.real
def test_25_texts_are_judged_valid_short_or_whole(real_data):
    rows = vectors(real_data, "validityTests.csv")

    right = [
        (plus_codes.is_short(code), plus_codes.is_whole(code)) == (short == "true", whole == "true")
        and (plus_codes.is_short(code) or plus_codes.is_whole(code)) == (valid == "true")
        for code, valid, short, whole in rows
    ]

    assert (sum(right), len(rows)) == (25, 25)


@pytest.mark.real
def test_19_codes_are_shortened_and_recovered(real_data):
    rows = vectors(real_data, "shortCodeTests.csv")

    right = [
        (use == "R" or plus_codes.shorten(code, float(lat), float(lon)) == short)
        and (use == "S" or plus_codes.recover(short, float(lat), float(lon)) == code)
        for code, lat, lon, short, use in rows
    ]

    assert (sum(right), len(rows)) == (19, 19)


@pytest.mark.real
def test_302_places_encode_to_their_codes(real_data):
    rows = vectors(real_data, "encoding.csv")

    right = [encoded(lat, lon, digits) == code for lat, lon, _, _, digits, code in rows]

    assert (sum(right), len(rows)) == (302, 302)


@pytest.mark.parametrize("text", ["", "7P89CGVV", "CGVV+9JV", "HELLO+22"])
def test_a_text_that_is_no_whole_code_is_refused(text):
    with pytest.raises(InputError, match="plus_code_invalid"):
        plus_codes.decode(text)
    with pytest.raises(InputError, match="plus_code_invalid"):
        plus_codes.shorten(text, 16.4, 107.5)


def test_a_text_that_is_no_code_is_not_recovered():
    with pytest.raises(InputError, match="plus_code_invalid"):
        plus_codes.recover("CGVV9JV", 16.4, 107.5)
