"""Who is due, when, and after how many days again."""

from datetime import date

import pandas as pd

from planning.due import when_due

DAY = date(2026, 11, 21)


def due(visits, goals, traits=("", "", "")):
    households = pd.DataFrame({"household_id": ["a", "b", "c"], "traits": list(traits)})
    made = pd.DataFrame(visits, columns=["household_id", "goal_id", "visited_at", "outcome"])
    made["visited_at"] = pd.to_datetime(made["visited_at"], utc=True)
    aims = pd.DataFrame(goals, columns=["goal_id", "concerns", "valid_days"])
    return when_due(households, made, aims, on=DAY).set_index(households["household_id"])


FOR_EVER = ("g", None, None)
A_MONTH = ("m", None, 30)
A_YEAR = ("y", "elderly", 365)


def test_a_visit_falls_due_the_day_after_it_no_longer_holds():
    found = due([("a", "m", "2026-11-01", "met"), ("b", "m", "2026-11-01", "absent")], [A_MONTH])

    assert found["met"].to_dict() == {"a": True, "b": False, "c": False}
    assert found["due_on"].dropna().to_dict() == {"a": pd.Timestamp("2026-12-02")}
    assert found["valid_days"].tolist() == [30, 30, 30]


def test_what_holds_for_ever_never_falls_due():
    found = due([("a", "g", "2020-01-01", "met")], [FOR_EVER])

    assert found.loc["a", "met"]
    assert found["due_on"].isna().all()
    assert found["valid_days"].isna().all()


def test_of_several_goals_the_first_to_run_out_counts_and_all_that_concern_must_be_met():
    visits = [
        ("a", "m", "2026-11-01", "met"),
        ("a", "y", "2026-01-01", "met"),
        ("b", "m", "2026-11-01", "met"),
    ]

    found = due(visits, [A_MONTH, A_YEAR], traits=("elderly", "elderly", ""))

    assert found["met"].to_dict() == {"a": True, "b": False, "c": False}
    assert found.loc["a", "due_on"] == pd.Timestamp("2026-12-02")


def test_whom_no_goal_concerns_nobody_need_visit():
    found = due([], [A_YEAR])

    assert found["met"].all()
    assert found["due_on"].isna().all()


def test_without_goals_one_meeting_is_for_ever():
    found = due([("a", None, "2026-11-01", "met")], [])

    assert found["met"].to_dict() == {"a": True, "b": False, "c": False}
