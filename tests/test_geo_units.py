"""Old and new units, offline; figures of DOMAIN: 3,321 current units, 10,040 old ones."""

import socket
import sys

import pandas as pd
import pytest

import words
from geo.unit_tables import Era, unit_tables
from geo.units import Match, current_ward, current_wards


def codes(found):
    return [ward.code for ward in found.wards]


def test_every_old_unit_became_at_least_one_current_one():
    tables = unit_tables()
    old = [unit for unit in tables.units if unit.era == Era.OLD]
    current = [unit for unit in tables.units if unit.era == Era.CURRENT]

    assert (len(old), len(current)) == (10_040, 3_321)
    assert all(tables.became[unit] for unit in old)
    assert sum(len(now) > 1 for now in tables.became.values()) == 471
    assert {ward for now in tables.became.values() for ward in now} == set(current)


@pytest.mark.parametrize(
    "text",
    [
        "Thủy Thanh",
        "Thuỷ Thanh",
        "xã Thủy Thanh",
        "X. Thủy Thanh",
        "Thu\u0309y Thanh",
        "xa thuy thanh, thi xa huong thuy",
        "Thôn Lang Xá Cồn, xã Thủy Thanh, thị xã Hương Thủy, tỉnh Thừa Thiên Huế",
        "12 Nguyễn Huệ, Thủy Thanh, Hương Thủy, Huế",
        "P. Thủy Dương",
        "Phường Thanh Thủy, thành phố Huế",
        "Phường Thanh Thuỷ, TX Hương Thủy, TT Huế",
        "19966",
        "19969",
        "19972",
    ],
)
def test_thanh_thuy_is_found_by_any_of_its_names_and_codes(text):
    found = current_ward(text)

    assert (found.match, codes(found)) == (Match.FOUND, ["19969"])
    assert found.wards[0].name == "Phường Thanh Thủy"


def test_a_code_is_two_units_of_two_eras():
    old, new = (current_ward("19969", era=era).meant for era in (Era.OLD, Era.CURRENT))

    assert [unit.name for unit in old] == ["Phường Thủy Dương"]
    assert [unit.name for unit in new] == ["Phường Thanh Thủy"]


def test_a_code_that_lost_its_zeros_in_a_spreadsheet_is_found():
    assert codes(current_ward("4", era=Era.CURRENT)) == ["00004"]


def test_a_divided_ward_lists_its_candidates():
    found = current_ward("xã Hòa Liên, huyện Hòa Vang, Đà Nẵng")

    assert (found.match, codes(found)) == (Match.AMBIGUOUS, ["20194", "20197"])


def test_a_name_without_diacritics_fits_all_that_are_so_without_them():
    assert codes(current_ward("thuy thanh")) == ["12904", "19969"]
    assert codes(current_ward("thuy thanh", province_code="46")) == ["19969"]


def test_what_a_name_lies_in_decides_among_many():
    assert current_ward("Phường 1").match == Match.AMBIGUOUS
    assert codes(current_ward("P.1, Q.3, TP.HCM")) == ["27154"]
    assert {w.province_code for w in current_ward("Phường 1, TP. HCM").wards} == {"79"}
    assert codes(current_ward("Phường 1, quận 3, thành phố Hồ Chí Minh")) == ["27154"]


def test_an_older_name_is_known_too():
    # Hồng Tiến became a part of Bình Tiến before 2025, and Bình Tiến a part of Bình Điền in 2025.
    assert codes(current_ward("xã Hồng Tiến, thị xã Hương Trà")) == ["20035"]


def test_an_island_district_without_communes_is_found():
    assert [ward.name for ward in current_ward("Huyện Lý Sơn").wards] == ["Đặc khu Lý Sơn"]


@pytest.mark.parametrize("text", ["", "không có", "49619", "xã Thủy Thanh, tỉnh Quảng Nam"])
def test_what_is_no_ward_is_unknown(text):
    assert current_ward(text).match == Match.UNKNOWN


def test_a_column_is_looked_up_on_its_own_index():
    column = pd.Series(["Thủy Thanh", None, "xã Hòa Liên, Đà Nẵng", "?"], index=[3, 5, 7, 9])

    found = current_wards(column)

    assert found.index.tolist() == [3, 5, 7, 9]
    assert found["match"].fillna("-").tolist() == ["found", "-", "ambiguous", "unknown"]
    assert found.loc[3, ["ward_code", "ward_name"]].tolist() == ["19969", "Phường Thanh Thủy"]
    assert found.loc[7, "candidates"] == "20194,20197"


def test_nothing_is_asked_of_the_internet_and_no_geocoder_is_loaded(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    unit_tables.cache_clear()

    current_ward("12 Nguyễn Huệ, xã Hòa Liên, huyện Hòa Vang, Đà Nẵng")

    assert not {"geopy", "unidecode", "vietnamadminunits"} & set(sys.modules)


def test_without_the_library_the_missing_one_is_named(monkeypatch):
    unit_tables.cache_clear()
    monkeypatch.setattr("geo.unit_tables.find_spec", lambda name: None)

    with pytest.raises(ModuleNotFoundError, match="vietnamadminunits"):
        unit_tables()


@pytest.mark.parametrize(
    "code", [*(f"unit_{one}" for one in Match), *(f"era_{one}" for one in Era)]
)
def test_every_answer_has_its_words(code):
    assert code in words.TEXTS
