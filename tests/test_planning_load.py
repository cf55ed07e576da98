"""The minutes a household takes, and the table a planner edits."""

import math

import pandas as pd
import pytest

from geo.errors import InputError
from planning.load import ORDINARY, LoadTable, load_fields, load_min

PLAIN = LoadTable(
    first_visit=10, revisit=4, walking=1, per_resident=2, residents_unknown=3, poor=7,
    near_poor=6, elderly=5, disabled=8, business=9,
)  # fmt: skip


def minutes(table=PLAIN, **columns):
    return load_min(pd.DataFrame(columns), table=table).tolist()


def test_a_household_takes_the_visit_the_walk_and_its_residents():
    assert minutes(residents=[4, 0], traits=[None, ""]) == [19, 11]


def test_uncounted_residents_are_not_none():
    assert minutes(residents=[None, 3]) == [17, 17]


def test_columns_that_are_missing_are_unknown():
    assert minutes(head=["a"]) == [17]


def test_what_a_household_is_adds_up():
    assert minutes(residents=[0, 0], traits=["poor,elderly", "near_poor,business"]) == [23, 26]


def test_near_poor_is_not_poor():
    assert minutes(residents=[0], traits=["near_poor"]) == [17]


def test_who_was_met_before_takes_a_shorter_visit():
    assert minutes(residents=[0, 0, 0], due_again=[True, False, None]) == [5, 11, 11]


def test_a_planner_changes_some_minutes_and_keeps_the_others():
    changed = ORDINARY.changed({"elderly": 20})

    assert changed.elderly == 20
    assert changed.poor == ORDINARY.poor
    assert load_fields()[0] == "first_visit"


@pytest.mark.parametrize(
    "wrong",
    [
        *({"elderly": -1}, {"poor": math.nan}, {"walking": math.inf}, {"revisit": 1441}),
        *({"cats": 1}, {"first_visit": 0, "walking": 0}),
    ],
)
def test_minutes_nobody_can_spend_are_refused(wrong):
    with pytest.raises(InputError):
        ORDINARY.changed(wrong)
