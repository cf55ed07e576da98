"""Weeks and the expected end, worked by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.errors import NotFoundError
from geo.tables import Goals, Households, Visits, typed
from planning.coverage import coverage
from planning.trend import finishing, trend

ON = date(2026, 11, 21)  # a Saturday


def households(*rows):
    frame = pd.DataFrame(rows, columns=["household_id", "traits"])
    return typed(frame, Households)


def visits(*rows):
    frame = pd.DataFrame(rows, columns=["household_id", "goal_id", "visited_at", "outcome"])
    frame["visited_at"] = pd.to_datetime(frame["visited_at"], utc=True)
    return typed(frame.assign(visit_id=[f"v{n}" for n in range(len(frame))]), Visits)


def goals(*rows):
    return typed(pd.DataFrame(rows, columns=["goal_id", "concerns", "valid_days"]), Goals)


HOMES = households(("h1", None), ("h2", "elderly"), ("h3", None))
AIMS = goals(("id", None, None), ("health", "elderly", 14))
SEEN = visits(
    ("h1", "id", "2026-11-01T16:30Z", "met"),  # Sunday 1 November, 23:30 in Vietnam
    ("h2", "id", "2026-11-01T17:30Z", "met"),  # Monday 2 November, 0:30 in Vietnam
    ("h2", "health", "2026-11-03T03:00Z", "met"),  # holds through the 17th
    ("h3", "id", "2026-11-10T03:00Z", "absent"),
    ("h3", "id", "2026-11-30T03:00Z", "met"),  # after the day asked about
)


def test_the_weeks_are_those_of_the_diary_from_monday_to_sunday():
    told = trend(HOMES, SEEN, AIMS, on=ON).rows.set_index("week_begins")

    assert [day.isoformat() for day in told.index] == [
        "2026-10-26",
        "2026-11-02",
        "2026-11-09",
        "2026-11-16",
    ]
    assert told["until"].iloc[-1] == ON
    assert told["whole_week"].tolist() == [True, True, True, False]
    assert told["first_reached"].tolist() == [1, 1, 0, 0]
    assert told["ever_reached"].tolist() == [1, 2, 2, 2]
    assert told["expired"].tolist() == [0, 0, 0, 1]
    assert told["reached"].tolist() == [1, 2, 2, 1]
    assert told["share_reached"].iloc[-1] == pytest.approx(1 / 3)


def test_a_household_met_again_in_time_stays_and_one_met_late_comes_back():
    again = visits(
        ("h2", "health", "2026-10-05T03:00Z", "met"),  # through 19 October
        ("h2", "health", "2026-10-15T03:00Z", "met"),  # through 29 October
        ("h2", "health", "2026-11-10T03:00Z", "met"),
    )

    told = trend(HOMES, again, AIMS, on=ON, goal="health").rows

    assert told["reached"].tolist() == [1, 1, 1, 0, 0, 1, 1]
    assert told["first_reached"].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert told["expired"].tolist() == [0, 0, 0, 1, 0, 0, 0]
    assert told["renewed"].tolist() == [0, 0, 0, 0, 0, 1, 0]
    assert told["households"].tolist() == [1] * 7


@pytest.mark.parametrize("goal", [None, "id", "health"])
@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 8), ON, date(2026, 12, 1)])
def test_the_last_week_agrees_with_coverage_on_the_day(goal, day):
    areas = pd.DataFrame({"area": [], "name": []})
    nowhere = pd.Series(dtype=str)
    total = coverage(HOMES, SEEN, AIMS, areas=areas, area_of=nowhere, on=day, goal=goal).total
    rows = trend(HOMES, SEEN, AIMS, on=day, goal=goal).rows

    if rows.empty:
        assert total["ever_reached"] == 0
        return
    last = rows.iloc[-1]
    for figure in ("households", "reached", "ever_reached", "share_reached"):
        assert last[figure] == total[figure]


def test_without_goals_one_meeting_counts_for_ever():
    told = trend(HOMES, SEEN, goals(), on=ON).rows

    assert told["reached"].tolist() == [1, 2, 2, 2]


def test_without_a_meeting_there_is_no_week_and_no_end():
    told = trend(HOMES, visits(), AIMS, on=ON)

    assert told.rows.empty
    assert told.finish["state"] == "too_little"
    assert told.finish["left"] == 3


def test_a_goal_that_nobody_has_is_refused():
    with pytest.raises(NotFoundError):
        trend(HOMES, SEEN, AIMS, on=ON, goal="none")


def weeks(*met):
    return np.array(met, dtype=np.int64)


def test_a_steady_pace_ends_after_what_is_left_divided_by_it():
    told = finishing(weeks(*[20] * 8), 90, households=300, on=ON)

    # 90 at 20 a week: in the fifth week.
    assert told["state"] == "steady"
    assert told["a_week"] == 20
    assert {told["earliest"], told["expected"], told["latest"]} == {date(2026, 12, 26)}


def test_an_uneven_pace_gives_a_range_around_the_even_one():
    told = finishing(weeks(0, 40, 10, 30, 0, 40, 5, 35), 200, households=900, on=ON)

    # 200 at 20 a week: ten weeks.
    assert told["state"] == "steady"
    assert told["earliest"] < date(2027, 1, 30) < told["latest"]
    assert abs(told["expected"] - date(2027, 1, 30)).days <= 14
    assert told == finishing(weeks(0, 40, 10, 30, 0, 40, 5, 35), 200, households=900, on=ON)


def test_a_pace_that_slows_down_is_said_to_and_may_never_end():
    told = finishing(weeks(256, 128, 64, 32, 16, 8, 4, 2), 500, households=2_000, on=ON)

    assert told["state"] == "slowing"
    # 510 in eight weeks, 63.75 a week: 500 take eight; at the last four weeks' 7.5 a week, 67.
    assert told["earliest"] == date(2027, 1, 16)
    assert told["expected"] == date(2028, 3, 4)
    # Halving on from 2: 1 + 1/2 + 1/4 … are two more, about.
    assert told["more"] in (2, 3)
    assert told["latest"] is None


@pytest.mark.parametrize(
    ("met", "left", "state"),
    [
        ((5, 5, 5), 40, "too_little"),
        ((), 40, "too_little"),
        ((1, 0, 2, 0, 1, 0, 1, 0), 400, "too_little"),
        ((0, 0, 0, 0), 40, "standstill"),
        ((5, 5, 5, 5), 0, "done"),
        ((), 0, "done"),
        ((1, 1, 1, 1), 3, "steady"),
    ],
)
def test_nothing_is_foretold_that_cannot_be(met, left, state):
    told = finishing(weeks(*met), left, households=400, on=ON)

    assert told["state"] == state
    assert (told["expected"] is None) == (state != "steady")


def test_a_pace_too_slow_for_ten_years_never_ends():
    told = finishing(weeks(*[2, 1] * 4), 100_000, households=200_000, on=ON)

    assert told["state"] == "steady"
    assert told["expected"] is None
