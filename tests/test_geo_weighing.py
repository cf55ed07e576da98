"""What a problem asks of a person, and how the place it is about stands."""

import pandas as pd
import pytest

from geo.weighing import State, Weight, counted, heaviest_first, states, weighed

NOBODY = pd.DataFrame({"row": [], "sheet": []})


def problems(*told):
    """Problems as (row, sheet, check, value)."""
    return pd.DataFrame(told, columns=["row", "sheet", "check", "value"], dtype=object)


@pytest.mark.parametrize(
    ("check", "weight"),
    [
        ("lat_unreadable", Weight.LOOK),
        ("coordinates_swapped", Weight.REPAIRED),
        ("boundary_line_closed", Weight.REPAIRED),
        ("boundary_line_closed_far", Weight.LOOK),
        ("boundary_carried", Weight.TOLD),
        ("boundary_carried_split", Weight.LOOK),
        ("skip_total", Weight.TOLD),
        ("national_id_dropped", Weight.TOLD),
    ],
)
def test_a_problem_weighs_what_its_code_says(check, weight):
    assert list(weighed(problems((2, None, check, None)), NOBODY)["weight"]) == [weight]


def test_a_row_set_aside_weighs_most_and_only_on_its_own_sheet():
    found = problems((2, "A", "name_missing", None), (2, "B", "phone_unreadable", None))
    aside = pd.DataFrame({"row": [2], "sheet": ["A"]})

    assert list(weighed(found, aside)["weight"]) == [Weight.ASIDE, Weight.LOOK]


def test_kinds_of_problems_are_counted_heaviest_and_most_frequent_first():
    found = problems(
        (2, None, "skip_total", None),
        (3, None, "lat_unreadable", None),
        (4, None, "on_border", None),
        (5, None, "on_border", None),
        (6, None, "coordinates_swapped", None),
    )

    told = counted(weighed(found, NOBODY))

    assert told[["check", "rows"]].to_numpy().tolist() == [
        ["on_border", 2],
        ["lat_unreadable", 1],
        ["coordinates_swapped", 1],
        ["skip_total", 1],
    ]


def test_a_place_stands_as_its_heaviest_problem_says():
    placed = pd.DataFrame({"id": list("abcdef"), "row": range(2, 8), "sheet": None})
    found = problems(
        (2, None, "coordinates_swapped", None),
        (2, None, "metres_outside_area", None),
        (3, None, "coordinates_swapped", None),
        (None, None, "on_border", "c"),
        (5, None, "phone_unreadable", None),
        (7, None, "coordinates_two_places", None),
    )

    standing = states(placed, found, key="id", estimated=placed["id"].eq("e"))

    assert list(standing) == [
        State.OUTSIDE,
        State.REPAIRED,
        State.BORDER,
        State.FINE,
        State.ESTIMATED,
        State.DOUBTFUL,
    ]


def test_what_is_asked_about_boundaries_comes_first():
    found = pd.DataFrame({"what": ["gap_mended", "gap_wide", "carried", "overlap_asked"]})

    order = list(heaviest_first(found)["what"])

    assert order == ["overlap_asked", "gap_wide", "gap_mended", "carried"]
