"""Headings and the fields they fill."""

from data.columns import match_columns
from geo.terms import Kind


def filled(*headings, kind=Kind.HOUSEHOLDS):
    columns = match_columns(headings, kind, {})
    return {field: headings[place] for field, place in columns.positions.items()}


def test_names_that_a_shapefile_cut_short_fill_their_fields():
    cut = ("household_", "house_numb", "address_ra", "NEIGHBOURH")

    assert filled(*cut) == {
        "household_id": "household_",
        "house_number": "house_numb",
        "address_raw": "address_ra",
        "neighbourhood_given": "NEIGHBOURH",
    }


def test_a_heading_that_is_whole_goes_before_one_cut_short():
    assert filled("household_", "household_id") == {"household_id": "household_id"}


def test_a_short_heading_is_not_taken_for_the_start_of_a_longer_one():
    assert filled("house", "neigh") == {}
