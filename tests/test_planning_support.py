"""Support money: so much for each team and month begun; nothing where there is none, unknown where there is no end."""

import math

import pandas as pd
import pytest

from geo.errors import InputError
from planning.staffing import Staffing
from planning.support import (
    checked_support,
    months_begun,
    staffing_with_support,
    what_if_with_support,
)
from planning.what_if import WhatIf

TEAMS = pd.DataFrame({"team_id": ["t1", "t2", "t3"], "neighbourhood_id": ["A", "A", "B"]})


def answer(**weeks):
    rows = pd.DataFrame({"neighbourhood_id": ["A", "B", "C"], **weeks})
    return WhatIf(rows, {"neighbourhoods": 3})


def test_a_month_that_is_begun_is_paid():
    weeks = pd.Series([0.0, 0.1, 4.0, 5.0, math.inf, math.nan])

    assert months_begun(weeks).tolist()[:4] == [0, 1, 1, 2]
    assert months_begun(weeks).isna().tolist()[4:] == [True, True]


def test_every_team_gets_its_money_each_month_and_a_place_without_a_team_none():
    rows = pd.DataFrame({"team_id": ["t1", None]})

    told = staffing_with_support(Staffing(rows, {"teams": 1}), 500_000)

    assert told.as_dict()["rows"] == [
        {"team_id": "t1", "support_dong_month": 500_000},
        {"team_id": None, "support_dong_month": None},
    ]
    assert told.total["support_dong_month"] == 500_000


def test_a_what_if_tells_what_the_teams_get_until_the_end_as_a_range():
    weeks = {"weeks_least": [4.0, 0.0, 1.0], "weeks_expected": [5.0, 0.0, 1.0]}

    told = what_if_with_support(answer(**weeks, weeks_most=[9.0, 0.0, math.inf]), TEAMS, 100)

    assert told.rows["support_dong_expected"].tolist() == [400, 0, 0]
    assert told.total["support_dong"] == {"least": 200, "expected": 400, "most": None}


def test_a_day_to_be_done_by_has_one_amount():
    by_day = WhatIf(answer().rows, {"weeks_left": 6.0})

    told = what_if_with_support(by_day, TEAMS, 100)

    assert told.rows["support_dong"].tolist() == [400, 200, 0]
    assert told.total["support_dong"] == 600


def test_without_support_nothing_is_told_and_below_zero_is_refused():
    rows = pd.DataFrame({"team_id": ["t1"]})

    told = staffing_with_support(Staffing(rows, {"teams": 1}), checked_support(None))

    assert told.total["support_dong_month"] is None
    with pytest.raises(InputError, match="support_negative"):
        checked_support(-1)
