"""The figures: definitions, edges, sums and causes."""

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import NotFoundError
from geo.terms import Cause
from planning.coverage import COUNTS, coverage, explained, status, unreached

ON = date(2026, 6, 1)


def households(*rows):
    """Return households (id, neighbourhood, traits), all located, none vanished."""
    frame = pd.DataFrame(rows, columns=["household_id", "neighbourhood_id", "traits"], dtype="str")
    frame["vanished_at"] = pd.Series([None] * len(frame), dtype="str")
    points = gpd.points_from_xy(np.arange(len(frame)) * 0.001 + 107, [16.0] * len(frame))
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def visits(*rows):
    """Return visits (household, goal, outcome, time in UTC)."""
    frame = pd.DataFrame(rows, columns=["household_id", "goal_id", "outcome", "visited_at"])
    for column in ("household_id", "goal_id", "outcome"):
        frame[column] = frame[column].astype("str")
    return frame.assign(visited_at=pd.to_datetime(frame["visited_at"], utc=True))


def goals(*rows):
    """Return goals (id, traits it concerns, days it stays valid)."""
    frame = pd.DataFrame(rows, columns=["goal_id", "concerns", "valid_days"])
    frame = frame.astype({"goal_id": "str", "concerns": "str", "valid_days": float})
    return frame.assign(name=frame["goal_id"])


def figures(homes, seen, wanted, *, on=ON, goal=None, places=("t1", "t2")):
    areas = pd.DataFrame({"area": list(places), "name": [f"Tổ {place}" for place in places]})
    area_of = homes.set_index("household_id")["neighbourhood_id"]
    return coverage(homes, seen, wanted, areas=areas, area_of=area_of, on=on, goal=goal)


def row(found, area, goal):
    rows = found.as_dict()["rows"]
    return next(r for r in rows if r["area"] == area and r["goal"] == goal)


def counts(row):
    return tuple(row[name] for name in COUNTS)


ONE_HOME = households(("h1", "t1", None))
FOR_EVER = goals(("vneid", None, None))


def test_a_household_found_absent_is_still_unreached():
    homes = households(("h1", "t1", None), ("h2", "t1", None))
    seen = visits(("h1", "vneid", "met", "2026-05-01"), ("h2", "vneid", "absent", "2026-05-01"))

    found = row(figures(homes, seen, FOR_EVER), "t1", "vneid")

    assert counts(found) == (2, 1, 1, 0, 1)
    assert found["share_reached"] == 0.5


def test_a_visit_holds_through_its_last_valid_day_and_is_due_again_on_the_next():
    seen = visits(("h1", "app", "met", "2026-05-01T03:00"))
    thirty_days = goals(("app", None, 30))
    last_day = date(2026, 5, 1) + timedelta(days=30)

    on_last = figures(ONE_HOME, seen, thirty_days, on=last_day)
    day_after = figures(ONE_HOME, seen, thirty_days, on=last_day + timedelta(days=1))

    assert counts(on_last.total) == (1, 1, 0, 0, 1)
    assert counts(day_after.total) == (1, 0, 1, 1, 1)


def test_the_latest_of_several_met_visits_decides_whatever_their_order():
    seen = visits(("h1", "app", "met", "2026-05-30"), ("h1", "app", "met", "2025-01-01"))

    assert figures(ONE_HOME, seen, goals(("app", None, 30))).total["reached"] == 1


def test_a_visit_after_the_day_does_not_count_and_one_on_the_day_does():
    seen = visits(("h1", "vneid", "met", "2026-06-01T10:00"))

    assert figures(ONE_HOME, seen, FOR_EVER, on=ON).total["reached"] == 1
    assert figures(ONE_HOME, seen, FOR_EVER, on=ON - timedelta(days=1)).total["reached"] == 0


def test_a_visit_belongs_to_the_day_it_had_in_vietnam():
    at_one_in_the_morning = visits(("h1", "vneid", "met", "2026-05-31T18:00"))

    found = figures(ONE_HOME, at_one_in_the_morning, FOR_EVER, on=date(2026, 5, 31))

    assert found.total["reached"] == 0
    assert figures(ONE_HOME, at_one_in_the_morning, FOR_EVER, on=ON).total["reached"] == 1


def test_a_goal_concerns_the_households_with_any_of_its_traits():
    homes = households(
        ("h1", "t1", "poor"), ("h2", "t1", "near_poor,elderly"), ("h3", "t1", "business")
    )
    wanted = goals(("help", "poor,elderly", None), ("shop", "business", None))
    seen = visits(("h3", "help", "met", "2026-05-01"))

    found = figures(homes, seen, wanted)

    assert counts(row(found, "t1", "help")) == (2, 0, 2, 0, 0)
    assert counts(row(found, "t1", "shop")) == (1, 0, 1, 0, 0)
    assert counts(row(found, "t1", None)) == (3, 0, 3, 0, 0)


def test_a_household_that_no_goal_concerns_is_in_no_denominator():
    homes = households(("h1", "t1", "poor"), ("h2", "t1", None))

    found = figures(homes, visits(), goals(("help", "poor", None)))
    stand = status(homes, visits(), goals(("help", "poor", None)), on=ON)

    assert found.total["households"] == 1
    assert stand["status"].isna().tolist() == [False, True]


def test_over_all_goals_reached_is_every_goal_that_concerns_the_household():
    homes = households(("h1", "t1", "business"), ("h2", "t1", None))
    wanted = goals(("vneid", None, None), ("shop", "business", None))
    seen = visits(("h1", "vneid", "met", "2026-05-01"), ("h2", "vneid", "met", "2026-05-01"))

    overall = row(figures(homes, seen, wanted), "t1", None)

    assert counts(overall) == (2, 1, 1, 0, 1)


def test_over_all_goals_due_again_needs_every_goal_met_once():
    homes = households(("h1", "t1", None), ("h2", "t1", None))
    wanted = goals(("vneid", None, None), ("app", None, 30))
    seen = visits(
        ("h1", "vneid", "met", "2026-05-30"),
        ("h1", "app", "met", "2026-01-01"),
        ("h2", "app", "met", "2026-01-01"),
    )

    overall = row(figures(homes, seen, wanted), "t1", None)

    assert counts(overall) == (2, 0, 2, 1, 1)
    assert list(status(homes, seen, wanted, on=ON)["status"]) == ["due_again", "unreached"]


def test_a_visit_without_a_goal_or_for_an_unknown_one_counts_for_none_while_goals_exist():
    seen = visits(("h1", None, "met", "2026-05-01"), ("h1", "old", "met", "2026-05-01"))

    assert figures(ONE_HOME, seen, FOR_EVER).total["reached"] == 0


def test_where_no_goal_is_defined_any_met_visit_reaches():
    homes = households(("h1", "t1", None), ("h2", "t1", None), ("h3", "t2", None))
    seen = visits(
        ("h1", None, "met", "2020-05-01"),
        ("h2", "old", "met", "2026-05-01"),
        ("h3", None, "refused", "2026-05-01"),
    )

    found = figures(homes, seen, goals())

    assert [(r["area"], r["goal"]) for r in found.as_dict()["rows"]] == [("t1", None), ("t2", None)]
    assert counts(found.total) == (3, 2, 1, 0, 2)


def test_rows_are_every_area_and_goal_and_then_every_area_over_all_goals():
    homes = households(("h1", "t2", None), ("h2", None, None), ("h3", "gone", None))
    wanted = goals(("b", None, None), ("a", None, None))

    rows = figures(homes, visits(), wanted).as_dict()["rows"]

    assert [(r["area"], r["name"], r["goal"]) for r in rows] == [
        ("t1", "Tổ t1", "b"),
        ("t1", "Tổ t1", "a"),
        ("t2", "Tổ t2", "b"),
        ("t2", "Tổ t2", "a"),
        (None, None, "b"),
        (None, None, "a"),
        ("t1", "Tổ t1", None),
        ("t2", "Tổ t2", None),
        (None, None, None),
    ]
    assert rows[-1]["households"] == 2


def test_an_empty_area_has_zeros_and_no_share():
    empty = row(figures(ONE_HOME, visits(), FOR_EVER), "t2", None)

    assert counts(empty) == (0, 0, 0, 0, 0)
    assert empty["share_reached"] is None


def test_without_households_or_areas_there_are_no_rows_and_the_total_has_no_share():
    found = figures(households(), visits(), goals(), places=())

    assert found.as_dict() == {
        "rows": [],
        "total": {
            "area": None,
            "name": None,
            "goal": None,
            "households": 0,
            "reached": 0,
            "unreached": 0,
            "due_again": 0,
            "ever_reached": 0,
            "share_reached": None,
        },
    }


def test_a_vanished_household_counts_until_a_person_decides():
    homes = households(("h1", "t1", None), ("h2", "t1", None))
    homes.loc[1, "vanished_at"] = "2026-01-01"

    assert figures(homes, visits(), FOR_EVER).total["households"] == 2
    assert list(status(homes, visits(), FOR_EVER, on=ON)["household_id"]) == ["h1", "h2"]


def test_one_goal_gives_its_rows_alone_and_an_unknown_goal_is_refused():
    wanted = goals(("a", None, None), ("b", None, None))

    found = figures(ONE_HOME, visits(), wanted, goal="b")

    assert [r["goal"] for r in found.as_dict()["rows"]] == ["b", "b"]
    assert found.total["goal"] == "b"
    with pytest.raises(NotFoundError, match="goal_unknown"):
        figures(ONE_HOME, visits(), wanted, goal="c")
    with pytest.raises(NotFoundError, match="goal_unknown"):
        figures(ONE_HOME, visits(), goals(), goal="c")


def test_the_inputs_are_left_as_they_were():
    seen = visits(("h1", "vneid", "met", "2026-05-01"))
    before = ONE_HOME.copy(), seen.copy(), FOR_EVER.copy()

    left_by_cause(ONE_HOME, seen, FOR_EVER)
    figures(ONE_HOME, seen, FOR_EVER)

    for frame, kept in zip((ONE_HOME, seen, FOR_EVER), before, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(kept))


# --- causes -------------------------------------------------------------------------------------

TEAMS = pd.DataFrame({"team_id": ["team1"], "neighbourhood_id": ["t1"]}, dtype="str")
MEMBERS = pd.DataFrame(
    {
        "member_id": ["m1", "m2"],
        "team_id": ["team1", None],
        "neighbourhood_id": ["t1", "t2"],
        "active_from": [None, None],
        "active_to": [None, "2026-06-01"],
    },
    dtype="str",
)


def assigned(**member_of):
    return pd.DataFrame(
        {"household_id": list(member_of), "member_id": list(member_of.values())}, dtype="str"
    )


def left_by_cause(homes, seen, wanted, *, members=MEMBERS, given=None, on=ON, goal=None):
    given = assigned(**dict.fromkeys(homes["household_id"], "m1")) if given is None else given
    return unreached(
        homes, seen, wanted, teams=TEAMS, members=members, assigned=given, on=on, goal=goal
    )


def cause_of(seen, wanted=FOR_EVER, **rest):
    return left_by_cause(ONE_HOME, seen, wanted, **rest)["cause"].tolist()


def test_each_unreached_household_has_the_first_cause_that_applies():
    homes = households(*((f"h{i}", "t1" if i != 3 else None, None) for i in range(9)))
    homes.loc[[0, 1, 2], "geometry"] = None
    seen = visits(
        ("h0", "vneid", "met", "2026-05-01"),
        ("h1", "vneid", "met", "2020-05-01"),
        ("h5", "vneid", "refused", "2026-05-01"),
        ("h6", "vneid", "not_found", "2026-05-01"),
        ("h7", "vneid", "absent", "2026-05-01"),
    )
    in_charge = assigned(**dict.fromkeys(["h1", "h2", "h5", "h6", "h7", "h8"], "m1"), h4=None)

    left = left_by_cause(homes, seen, goals(("vneid", None, 365)), given=in_charge)

    assert dict(zip(left["household_id"], left["cause"], strict=True)) == {
        "h1": Cause.DUE_AGAIN,
        "h2": Cause.NO_LOCATION,
        "h3": Cause.NO_TEAM,
        "h4": Cause.UNASSIGNED,
        "h5": Cause.REFUSED,
        "h6": Cause.NOT_FOUND,
        "h7": Cause.ABSENT,
        "h8": Cause.NEVER_VISITED,
    }


def test_a_row_tells_place_team_and_member():
    left = left_by_cause(households(("h1", "t1", None)), visits(), FOR_EVER, goal="vneid")

    assert list(left.columns[:8]) == [
        "household_id",
        "lat",
        "lon",
        "neighbourhood_id",
        "team_id",
        "member_id",
        "cause",
        "goal",
    ]
    assert left.iloc[0, :8].tolist() == [
        "h1",
        16.0,
        107.0,
        "t1",
        "team1",
        "m1",
        "never_visited",
        "vneid",
    ]


def test_members_without_a_team_serve_their_neighbourhood_while_they_are_active():
    homes = households(("h1", "t2", None))

    before = left_by_cause(homes, visits(), FOR_EVER, given=assigned(), on=date(2026, 5, 31))
    after = left_by_cause(homes, visits(), FOR_EVER, given=assigned(), on=date(2026, 6, 1))

    assert before["cause"].tolist() == [Cause.UNASSIGNED]
    assert after["cause"].tolist() == [Cause.NO_TEAM]


def test_the_last_visit_on_or_before_the_day_gives_the_cause():
    seen = visits(
        ("h1", "vneid", "absent", "2026-05-20"),
        ("h1", "vneid", "refused", "2026-05-01"),
        ("h1", "vneid", "not_found", "2026-07-01"),
    )

    assert cause_of(seen) == [Cause.ABSENT]


def test_of_visits_at_one_moment_the_refusal_speaks():
    seen = visits(("h1", "vneid", "refused", "2026-05-20"), ("h1", "vneid", "absent", "2026-05-20"))

    assert cause_of(seen) == [Cause.REFUSED]


def test_for_one_goal_only_visits_for_it_give_the_cause():
    wanted = goals(("vneid", None, None), ("app", None, None))
    seen = visits(("h1", "app", "refused", "2026-05-01"))

    assert cause_of(seen, wanted, goal="vneid") == [Cause.NEVER_VISITED]
    assert cause_of(seen, wanted, goal="app") == [Cause.REFUSED]
    assert cause_of(seen, wanted) == [Cause.REFUSED]


def test_a_household_met_for_something_else_has_the_cause_of_the_goal_still_missing():
    wanted = goals(("vneid", None, None), ("app", None, None))
    met = ("h1", "vneid", "met", "2026-05-20")

    never = cause_of(visits(met), wanted)
    refused = cause_of(visits(met, ("h1", "app", "refused", "2026-05-01")), wanted)

    assert never == [Cause.NEVER_VISITED]
    assert refused == [Cause.REFUSED]


def test_every_household_is_explained_and_only_the_unreached_have_a_cause():
    homes = households(("h1", "t1", None), ("h2", "t1", None))
    seen = visits(("h1", "vneid", "met", "2026-05-01"))

    every = explained(
        homes, seen, FOR_EVER, teams=TEAMS, members=MEMBERS, assigned=assigned(h1="m1"), on=ON
    )

    assert every["status"].tolist() == ["reached", "unreached"]
    assert every["cause"].isna().tolist() == [True, False]
    assert every["member_id"].fillna("").tolist() == ["m1", ""]


# --- laws ---------------------------------------------------------------------------------------

GOAL_IDS = ["a", "b", "c"]
A_HOME = st.tuples(
    st.sampled_from(["t1", "t2", None, "gone"]), st.sampled_from([None, "poor", "poor,business"])
)
A_GOAL = st.tuples(
    st.sampled_from([None, "poor", "business,elderly"]), st.sampled_from([None, 1, 30])
)
A_VISIT = st.tuples(
    st.sampled_from([f"h{i}" for i in range(7)]),
    st.sampled_from([*GOAL_IDS, None, "old"]),
    st.sampled_from(["met", "absent", "refused", "not_found"]),
    st.integers(-40 * 24, 5 * 24).map(
        lambda hours: pd.Timestamp(ON, tz="UTC") + pd.Timedelta(hours=hours)
    ),
)


def by_hand(home, seen, wanted, *, on):
    """Return (concerned, ever, reached) of one household by goal and overall, in plain loops."""
    flags = []
    for goal in wanted.itertuples():
        traits = set(str(home.traits).split(","))
        concerned = pd.isna(goal.concerns) or bool(traits & set(goal.concerns.split(",")))
        days = [
            (v.visited_at + pd.Timedelta(hours=7)).date()
            for v in seen.itertuples()
            if (v.household_id, v.goal_id, v.outcome) == (home.household_id, goal.goal_id, "met")
        ]
        days = [day for day in days if day <= on]
        valid = goal.valid_days if pd.notna(goal.valid_days) else 10**6
        reached = any((on - day).days <= valid for day in days)
        flags.append((concerned, concerned and bool(days), concerned and reached))
    of_concern = [flag for flag in flags if flag[0]]
    overall = tuple(bool(of_concern) and all(f[i] for f in of_concern) for i in range(3))
    return [*flags, overall]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(A_HOME, max_size=6),
    st.lists(A_GOAL, min_size=1, max_size=3),
    st.lists(A_VISIT, max_size=25),
)
def test_figures_are_those_counted_by_hand_and_all_sums_hold(home_rows, goal_rows, visit_rows):
    homes = households(*((f"h{i}", *home) for i, home in enumerate(home_rows)))
    wanted = goals(*((GOAL_IDS[i], *goal) for i, goal in enumerate(goal_rows)))
    seen = visits(*visit_rows)

    found = figures(homes, seen, wanted)

    hand = [by_hand(home, seen, wanted, on=ON) for home in homes.itertuples()]
    for at, goal in enumerate([*wanted["goal_id"], None]):
        rows = found.rows[found.rows["goal"].isna() if goal is None else found.rows["goal"] == goal]
        assert rows["households"].sum() == sum(flags[at][0] for flags in hand)
        assert rows["ever_reached"].sum() == sum(flags[at][1] for flags in hand)
        assert rows["reached"].sum() == sum(flags[at][2] for flags in hand)
        left = left_by_cause(homes, seen, wanted, goal=goal)
        assert len(left) == rows["unreached"].sum()
        assert (left["cause"] == Cause.DUE_AGAIN).sum() == rows["due_again"].sum()
    assert (found.rows["households"] == found.rows["reached"] + found.rows["unreached"]).all()
    assert (found.rows["ever_reached"] == found.rows["reached"] + found.rows["due_again"]).all()
    assert found.total["unreached"] == found.rows.loc[found.rows["goal"].isna(), "unreached"].sum()
