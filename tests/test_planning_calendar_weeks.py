"""Weeks that hold what a member can do, everybody in one of them, and the week by which all are reached."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from planning.calendar_weeks import calendar_weeks, first_day

MONDAY = date(2026, 11, 23)


def households(count, **columns):
    ordinary = {
        "member_id": "an",
        "tour": range(count),
        "first_min": 30.0,
        "again_min": 20.0,
        "met": False,
        "due_on": pd.NaT,
        "valid_days": np.nan,
    }
    return pd.DataFrame({"household_id": [f"h{i}" for i in range(count)], **ordinary, **columns})


def weekly(**minutes):
    return pd.Series(minutes, dtype=float)


def seen(calendar, week):
    rows = calendar.visits[calendar.visits["week"] == week]
    return rows["household_id"].tolist()


def test_first_visits_follow_the_way_through_the_zone():
    found = calendar_weeks(households(5, tour=[4, 3, 2, 1, 0]), weekly(an=60), begins=MONDAY)

    assert [seen(found, week) for week in (1, 2, 3)] == [["h4", "h3"], ["h2", "h1"], ["h0"]]
    assert found.all_reached_week == 3
    assert found.unreached == ()


def test_who_falls_due_is_visited_in_that_week_and_first_visits_take_what_is_left():
    homes = households(
        4, met=[True, False, False, False], due_on=pd.to_datetime(["2026-12-02", None, None, None])
    )

    found = calendar_weeks(homes, weekly(an=60), begins=MONDAY)

    assert [seen(found, week) for week in (1, 2, 3)] == [["h1", "h2"], ["h0", "h3"], []]
    assert found.visits["why"].tolist() == ["first_visit", "first_visit", "revisit", "first_visit"]
    assert found.weeks["minutes_free"].head(3).tolist() == [0, 10, 60]


def test_more_due_than_a_week_holds_comes_late_the_longest_waiting_first():
    homes = households(
        3, met=True, due_on=pd.to_datetime(["2026-11-24", "2026-10-01", "2026-12-01"])
    )

    found = calendar_weeks(homes, weekly(an=20), begins=MONDAY)

    assert [seen(found, week) for week in (1, 2, 3)] == [["h1"], ["h0"], ["h2"]]
    assert found.visits["late_weeks"].tolist() == [0, 1, 1]


def test_a_visit_that_runs_out_is_made_again():
    found = calendar_weeks(households(1, valid_days=14.0), weekly(an=60), begins=MONDAY, weeks=6)

    assert found.visits["week"].tolist() == [1, 3, 5]
    assert found.all_reached_week == 1


def test_a_visit_longer_than_a_week_has_one_to_itself():
    found = calendar_weeks(households(2, first_min=[90.0, 30.0]), weekly(an=60), begins=MONDAY)

    assert [seen(found, week) for week in (1, 2)] == [["h0"], ["h1"]]


@pytest.mark.parametrize("minutes", [0.0, np.nan])
def test_a_member_without_minutes_reaches_nobody(minutes):
    found = calendar_weeks(households(2), weekly(an=minutes), begins=MONDAY, weeks=3)

    assert found.unreached == ("h0", "h1")
    assert found.all_reached_week is None
    assert found.visits.empty


def test_weeks_that_are_not_enough_leave_some_unreached():
    found = calendar_weeks(households(3), weekly(an=30), begins=MONDAY, weeks=2)

    assert found.unreached == ("h2",)
    assert found.reached.isna().all()


def test_nobody_to_visit_is_all_reached():
    found = calendar_weeks(households(1, met=True), weekly(an=30), begins=MONDAY, weeks=2)

    assert found.all_reached_week == 0
    assert found.weeks["visits"].tolist() == [0, 0]


def test_weeks_begin_seven_days_apart():
    assert first_day(MONDAY, 3) == date(2026, 12, 7)


def test_nonsense_is_refused():
    with pytest.raises(InputError):
        calendar_weeks(households(1), weekly(an=30), begins=MONDAY, weeks=0)
    with pytest.raises(InputError):
        calendar_weeks(households(1), weekly(be=30), begins=MONDAY)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["an", "be"]),
            st.integers(1, 90),
            st.booleans(),
            st.one_of(st.none(), st.integers(-30, 200)),
            st.one_of(st.none(), st.integers(1, 120)),
        ),
        max_size=15,
    ),
    st.randoms(use_true_random=False),
)
def test_no_week_is_overfull_and_everyone_is_met_once_for_the_first_time(drawn, chance):
    homes = households(
        len(drawn),
        member_id=[one[0] for one in drawn],
        first_min=[float(one[1]) for one in drawn],
        met=[one[2] for one in drawn],
        due_on=pd.to_datetime(
            pd.Series(
                [
                    None if d is None else pd.Timestamp(MONDAY) + pd.Timedelta(days=d)
                    for *_, d, _ in drawn
                ],
                dtype="datetime64[us]",
            )
        ),
        valid_days=[np.nan if one[4] is None else float(one[4]) for one in drawn],
    ).astype({"met": bool})
    minutes = weekly(an=60, be=120)

    found = calendar_weeks(homes, minutes, begins=MONDAY, weeks=30)

    alone = found.weeks["visits"] <= 1
    whole = found.weeks["member_id"].map(minutes)
    assert ((found.weeks["minutes"] <= whole + 1e-6) | alone).all()
    first = found.visits[found.visits["why"] == "first_visit"]["household_id"].tolist()
    assert sorted([*first, *found.unreached]) == sorted(homes.loc[~homes["met"], "household_id"])
    mixed = homes.sample(frac=1, random_state=chance.randint(0, 99)) if len(homes) else homes
    pd.testing.assert_frame_equal(
        calendar_weeks(mixed, minutes, begins=MONDAY, weeks=30).visits, found.visits
    )
