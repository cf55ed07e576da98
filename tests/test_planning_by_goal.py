"""Where households stand goal by goal: the same figures as coverage counts."""

from datetime import date

import pandas as pd

from geo.tables import Goals, Visits, typed
from planning.by_goal import status_by_goal

DAY = date(2026, 11, 21)
HOMES = pd.DataFrame({"household_id": ["h1", "h2"], "traits": ["elderly", None]}, index=[7, 9])
GOALS = typed(
    pd.DataFrame(
        {
            "goal_id": ["all", "old"],
            "name": ["VNeID", "Sức khoẻ"],
            "concerns": [None, "elderly"],
            "valid_days": [30.0, None],
        }
    ),
    Goals,
)


def visits(*rows):
    frame = pd.DataFrame(rows, columns=["household_id", "goal_id", "visited_at"])
    frame["visit_id"] = [f"v{n}" for n in range(len(frame))]
    frame["visited_at"] = pd.to_datetime(frame["visited_at"], utc=True)
    return typed(frame.assign(outcome="met"), Visits)


def test_each_goal_has_its_own_standing_and_a_goal_that_concerns_nobody_none():
    made = visits(("h1", "old", "2026-11-01"), ("h2", "all", "2026-09-01"))

    found = status_by_goal(HOMES, made, GOALS, on=DAY)

    assert list(found.columns) == ["all", "old"]
    assert list(found.index) == [7, 9]
    assert list(found["all"]) == ["unreached", "due_again"]
    assert found["old"].tolist()[0] == "reached"
    assert found["old"].isna().tolist() == [False, True]


def test_without_goals_there_is_no_column():
    assert status_by_goal(HOMES, visits(), GOALS.iloc[:0], on=DAY).shape == (2, 0)
