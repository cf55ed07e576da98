"""The order of visits: every stop once, in time, and short."""

from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from planning.routes import RouteRules, visit_order

SHORT = RouteRules(steps_a_stop=10)


def ways(spots):
    """Millimetres between spots in metres, as streets in a grid have it; the first is home."""
    corners = np.array(spots, dtype=float).reshape(-1, 2)
    apart = np.abs(corners[:, None] - corners[None]).sum(axis=2)
    return np.round(apart * 1000).astype(np.int64)


def stops(count, **columns):
    return pd.DataFrame(
        {"household_id": [f"h{i:03}" for i in range(count)], "load_min": 10.0, **columns}
    )


def in_order(route):
    return route.stops["household_id"].tolist()


ROW = [(0, 0), (30, 0), (10, 0), (40, 0), (20, 0)]


def test_houses_in_a_row_are_visited_one_after_the_other_and_the_way_home_counts():
    route = visit_order(stops(4), ways(ROW), RouteRules())

    assert route.walk_m == 80
    assert sorted(in_order(route)) == ["h000", "h001", "h002", "h003"]


def test_without_the_way_home_the_route_ends_at_the_farthest():
    route = visit_order(stops(4), ways(ROW), RouteRules(returns=False))

    assert in_order(route) == ["h001", "h003", "h000", "h002"]
    assert route.walk_m == 40
    assert route.stops["walk_m"].tolist() == [10, 10, 10, 10]


def test_without_a_home_the_route_begins_wherever_is_best():
    apart = ways([(500, 0), *ROW[1:]])
    apart[0, :] = apart[:, 0] = 0

    route = visit_order(stops(4), apart, RouteRules())

    assert route.walk_m == 30


def test_no_stops_make_no_way():
    route = visit_order(stops(0), ways([(0, 0)]), RouteRules())

    assert route.stops.empty
    assert route.walk_m == 0


def test_people_who_are_in_at_night_only_are_visited_last():
    spots = [(0, 0), (70, 0), (140, 0), (210, 0)]
    hours = {"open_min": [1110.0, None, None], "close_min": [1140.0, None, None]}
    evening = pd.DataFrame({"begins_min": [1080.0], "ends_min": [1150.0]})

    route = visit_order(stops(3, **hours), ways(spots), SHORT, outings=evening)

    seen = route.stops.set_index("household_id")
    assert seen.loc["h000", "begins_min"] >= 1110
    assert route.left == ()
    assert seen["leaves_min"].max() <= 1150


def test_who_cannot_be_met_while_the_member_is_free_is_left():
    evening = pd.DataFrame({"begins_min": [1080.0], "ends_min": [1106.0]})
    hours = {"open_min": [np.nan, np.nan, 600.0], "close_min": [np.nan, np.nan, 660.0]}

    route = visit_order(stops(3, **hours), ways(ROW[:4]), SHORT, outings=evening)

    assert route.left == ("h002",)
    assert sorted(in_order(route)) == ["h000", "h001"]


def test_several_evenings_share_the_stops():
    evenings = pd.DataFrame({"begins_min": [1080.0, 1080.0], "ends_min": [1115.0, 1115.0]})

    route = visit_order(
        stops(6), ways([(0, 0), *((5 * i, 0) for i in range(6))]), SHORT, outings=evenings
    )

    assert route.stops["outing"].value_counts().to_dict() == {0: 3, 1: 3}
    assert route.left == ()


def test_no_evening_at_all_leaves_everybody():
    never = pd.DataFrame({"begins_min": [], "ends_min": []})

    assert visit_order(stops(2), ways(ROW[:3]), SHORT, outings=never).left == ("h000", "h001")


@pytest.mark.parametrize("apart", [ways(ROW) * 1.0, ways(ROW)[:3], -ways(ROW)])
def test_ways_that_are_none_are_refused(apart):
    with pytest.raises(InputError):
        visit_order(stops(4), apart, SHORT)


@pytest.mark.parametrize("wrong", [{"pace_m_per_min": 0.0}, {"seed": -1}, {"steps_a_stop": 0}])
def test_rules_that_nobody_can_follow_are_refused(wrong):
    with pytest.raises(InputError):
        RouteRules(**wrong)


spots = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=13)


@settings(max_examples=25, deadline=None)
@given(spots, st.booleans(), st.randoms(use_true_random=False))
def test_every_stop_once_the_same_for_any_order_of_rows(corners, returns, chance):
    apart, own = ways(corners), stops(len(corners) - 1)
    rules = RouteRules(returns=returns, steps_a_stop=10)
    mixed = list(range(len(own)))
    chance.shuffle(mixed)
    seat = [0, *(i + 1 for i in mixed)]

    one = visit_order(own, apart, rules)
    other = visit_order(own.iloc[mixed], apart[np.ix_(seat, seat)], rules)

    assert sorted(in_order(one)) == own["household_id"].tolist()
    assert in_order(one) == in_order(other)
    assert one.walk_m == pytest.approx(walked(in_order(one), apart, returns))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=7, max_size=8))
def test_few_stops_are_walked_as_shortly_as_can_be(corners):
    apart = ways(corners)
    names = stops(len(corners) - 1)["household_id"].tolist()

    found = visit_order(stops(len(names)), apart, RouteRules()).walk_m

    assert found == pytest.approx(min(walked(one, apart, True) for one in permutations(names)))


def walked(names, apart, returns):
    seats = [0, *(int(name[1:]) + 1 for name in names), *([0] if returns else [])]
    return sum(apart[one, to] for one, to in pairwise(seats)) / 1000
