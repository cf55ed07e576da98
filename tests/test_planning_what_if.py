"""What if: members to weeks, a day to members; ranges where minutes are unknown."""

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from geo.errors import InputError
from geo.network import build_network
from planning.walk_estimate import mean_walk_m
from planning.weeks import usual_minutes, weekly_min, work
from planning.what_if import Planned, by_day, with_members
from tests.crews import DAY, METRES, at, households, placed, spread
from tests.crews import members as crew_at

NOTHING_KNOWN = {"walk_mean_m": math.nan}


def places(*ids, **known):
    named = {"neighbourhood_id": list(ids), "ward_code": "00004", "name": list(ids)}
    return pd.DataFrame(named).assign(**NOTHING_KNOWN | known)


def members(**minutes):
    """Members of each neighbourhood by their weekly minutes, None unknown."""
    rows = [(place, one) for place, known in minutes.items() for one in known]
    frame = pd.DataFrame(rows, columns=["neighbourhood_id", "minutes_per_week"])
    return frame.astype({"neighbourhood_id": "object", "minutes_per_week": "float64"})


def at_home(team, *xs):
    """Members at home at each x."""
    return crew_at(*[(team, x, {"role": "member", "minutes_per_week": 60.0}) for x in xs])


def street_table():
    lines = [LineString([at(0).coords[0], at(100).coords[0]])]
    return placed(pd.DataFrame({"street_id": ["S"]}), lines)


def street():
    return build_network(street_table(), crs=METRES)


def left(**minutes):
    """So many minutes left in each neighbourhood, ten households, the heaviest a tenth of all."""
    loads = pd.Series(minutes, dtype=float)
    rest = {"load_min": loads, "unreached_min": loads, "heaviest_min": loads / 10}
    counts = {"households": 10, "unreached": 10, "residents_unknown": 0}
    return pd.DataFrame(rest).assign(**counts).rename_axis("neighbourhood_id")


def rows_of(answer):
    return {row["neighbourhood_id"]: row for row in answer.as_dict()["rows"]}


def exactly(value):
    return dict.fromkeys(("least", "expected", "most"), pytest.approx(value))


# --- work and weeks ---


def test_what_is_left_is_counted_in_households_and_minutes():
    homes = households(A=[0.0, 10.0], B=[110.0])
    homes.loc[1, "residents"] = None
    unreached = pd.Series({"H0001": True, "H0002": False})

    told = work(homes, unreached)

    assert told["households"].to_dict() == {"A": 2, "B": 1}
    assert told["unreached"].to_dict() == {"A": 1, "B": 0}
    assert told["residents_unknown"].to_dict() == {"A": 1, "B": 0}
    assert 0 < told.loc["A", "unreached_min"] < told.loc["A", "load_min"]
    assert told.loc["B", "unreached_min"] == 0.0


def test_unknown_minutes_make_a_range_between_the_least_and_the_most_known():
    people = members(A=[60.0, 180.0, None])

    told = weekly_min(people, people["neighbourhood_id"], usual_minutes(people))

    assert told.loc["A", ["least", "expected", "most"]].tolist() == [300.0, 360.0, 420.0]
    assert told.loc["A", ["members", "unknown"]].tolist() == [3, 1]


# --- so many members ---


def test_weeks_are_what_is_left_over_weekly_minutes_and_the_slowest_decides():
    told = with_members(places("A", "B"), members(A=[120.0] * 5, B=[60.0]), left(A=3_000, B=1_200))

    rows = rows_of(told)
    assert rows["A"]["weeks"] == exactly(5.0) and rows["B"]["weeks"] == exactly(20.0)
    assert told.total["weeks"] == exactly(20.0) and told.total["slowest"] == "B"


def test_weeks_are_a_range_where_minutes_are_unknown():
    told = with_members(places("A"), members(A=[60.0, 180.0, None]), left(A=2_520))

    assert rows_of(told)["A"]["weeks"] == {"least": 6.0, "expected": 7.0, "most": 8.4}
    assert told.total["members_minutes_unknown"] == 1


def test_weeks_are_unknown_where_no_minutes_are_known():
    told = with_members(places("A"), members(A=[None, None]), left(A=100))

    assert rows_of(told)["A"]["weeks"] == dict.fromkeys(("least", "expected", "most"))
    assert told.total["weeks"]["expected"] is None
    assert told.total["neighbourhoods_nobody_reaches"] == 0


def test_where_nobody_comes_it_never_ends_and_that_is_counted():
    told = with_members(places("A", "B"), members(A=[60.0]), left(A=60, B=60))

    assert rows_of(told)["B"]["weeks"]["expected"] is None
    assert told.total["neighbourhoods_nobody_reaches"] == 1
    assert told.total["slowest"] == "B"


def test_where_nothing_is_left_no_week_is_needed():
    told = with_members(places("A"), members(A=[None]), left(A=0))

    assert rows_of(told)["A"]["weeks"] == exactly(0.0)


def test_fewer_keep_those_with_most_minutes_and_more_have_the_usual_ones():
    people = members(A=[60.0, 180.0, 120.0])

    two = with_members(places("A"), people, left(A=600), count=2)
    five = with_members(places("A"), people, left(A=600), count=5)

    assert rows_of(two)["A"]["weekly_min"] == exactly(300.0)
    more = rows_of(five)["A"]["weekly_min"]
    assert more == {"least": 480.0, "expected": 600.0, "most": 720.0}


def test_an_estimator_that_is_handed_in_is_called_an_estimate():
    answer = with_members(
        places("A"), members(A=[60.0] * 2), left(A=600), walk_with=lambda place, count: 90.0 / count
    )

    (row,) = answer.as_dict()["rows"]
    assert (row["walk_mean_m"], row["basis"]) == (45.0, "estimated")
    assert row["balance"] == pytest.approx(60 / (600 / 2))


def test_a_plan_in_force_puts_the_estimate_right():
    known, people = places("A", walk_mean_m=80.0), members(A=[60.0] * 2)
    asked = {"walk_with": lambda place, count: 100.0 / count}

    now = with_members(known, people, left(A=600), **asked)
    one = with_members(known, people, left(A=600), count=1, **asked)

    assert now.rows["walk_mean_m"].item() == 80.0
    assert one.rows["walk_mean_m"].item() == 160.0


def test_walking_is_estimated_along_the_streets():
    homes = households(A=spread(100, start=0))

    two = mean_walk_m(homes, at_home("T", 0.0, 100.0), street())

    assert two == pytest.approx(25, rel=0.02)


def test_without_streets_straight_metres_are_stretched():
    homes = households(A=spread(100, start=0))

    two = mean_walk_m(
        homes, at_home("T", 0.0, 100.0), build_network(street_table()[:0], crs=METRES)
    )

    assert two == pytest.approx(1.3 * 25, rel=0.02)


def test_new_members_walk_from_the_middle_of_what_the_others_leave():
    homes = households(A=spread(101, start=0))

    one = mean_walk_m(homes, at_home("T", 0.0), street())
    two = mean_walk_m(homes, at_home("T", 0.0, None), street())
    nobody = mean_walk_m(homes, at_home("T"), street())

    # half at home on its end, half from its middle; shares may differ by a tenth
    assert one == pytest.approx(50, rel=0.02) and two == pytest.approx((25 + 12.5) / 2, rel=0.1)
    assert math.isnan(nobody)


def test_households_without_a_point_are_left_out_of_the_estimate():
    assert math.isnan(mean_walk_m(households(A=[None]), at_home("T", 0.0), street()))


def test_a_planner_that_is_handed_in_is_believed():
    asked = []

    def plan_with(place, count):
        asked.append((place, count))
        return Planned(balance=0.02, walk_mean_m=77.0)

    answer = with_members(
        places("A", "B"), members(A=[60.0] * 3), left(A=9, B=9), plan_with=plan_with
    )

    rows = rows_of(answer)
    assert asked == [("A", 3)]
    assert [rows["A"][name] for name in ("balance", "walk_mean_m", "basis")] == [
        0.02,
        77,
        "planned",
    ]
    assert rows["B"]["walk_mean_m"] is None


def test_a_negative_number_of_members_is_refused():
    with pytest.raises(InputError):
        with_members(places("A"), members(A=[60.0]), left(A=1), count=-1)


# --- by a day ---


def test_the_members_needed_reach_everyone_in_time_and_one_fewer_would_not():
    told = by_day(
        places("A", "B"),
        members(A=[120.0] * 2, B=[120.0] * 9),
        left(A=4_800, B=4_800),
        on=DAY,
        until=DAY + timedelta(weeks=10),
    )

    rows = rows_of(told)
    assert rows["A"]["members_needed"] == exactly(4) and rows["A"]["members_more"] == exactly(2)
    assert rows["B"]["members_needed"] == exactly(4) and rows["B"]["members_more"] == exactly(0)
    assert told.total["members_more"] == {"least": 2, "expected": 2, "most": 2}
    assert told.total["weeks_left"] == 10


def test_members_needed_are_a_range_where_minutes_are_unknown():
    told = by_day(
        places("A"),
        members(A=[60.0, 180.0, None]),
        left(A=6_000),
        on=DAY,
        until=DAY + timedelta(weeks=10),
    )

    needed = rows_of(told)["A"]["members_needed"]
    assert needed == {"least": 4, "expected": 5, "most": 8}


def test_a_day_that_has_passed_is_refused():
    with pytest.raises(InputError):
        by_day(places("A"), members(A=[60.0]), left(A=1), on=DAY, until=date(2026, 1, 1))


def test_the_order_of_rows_does_not_matter():
    where, people, todo = places("A", "B"), members(A=[60.0, None], B=[90.0]), left(A=50, B=60)

    there = with_members(where, people, todo)
    turned = with_members(where[::-1], people[::-1], todo[::-1])

    assert there.as_dict() == turned.as_dict()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.one_of(st.none(), st.integers(10, 300)), max_size=6),
    st.integers(0, 9_000),
    st.integers(1, 30),
)
def test_both_ways_agree(minutes, load, span):
    """The fewest members by a day are enough for those weeks, and one fewer are not."""
    people = members(A=[*minutes, 100.0])
    where, todo = places("A"), left(A=load)
    day = DAY + timedelta(weeks=span)

    (needed,) = by_day(where, people, todo, on=DAY, until=day).rows["members_needed_expected"]

    enough = with_members(where, people, todo, count=int(needed)).rows["weeks_expected"]
    assert enough.item() <= span + 1e-6
    if needed > 0:
        fewer = with_members(where, people, todo, count=int(needed) - 1).rows["weeks_expected"]
        assert not fewer.item() <= span - 1e-6
    assert not np.isnan(needed)
