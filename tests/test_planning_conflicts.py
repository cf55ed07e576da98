"""Wishes that cannot all be met are named: which wish, about whom, and what would do."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from geo.network import build_network
from planning.barring import Rule
from planning.conflicts import conflict
from planning.joined import joined
from planning.rules import PlanRules
from planning.wishes import Wishes
from tests.streets import ALONG, COMB, CRS, EAST, NORTH, homes, network, people, streets

BASES = ((0, 0), (200, 0), (400, 0))
RULES = PlanRules()


def found_in(wishes=None, *, team=None, own=None, ways=None, rules=RULES):
    own = homes(*ALONG) if own is None else own
    team = people(*BASES) if team is None else team
    ground = joined(own, team, ways or network(*COMB))
    return conflict(own, team, rules, wishes=wishes, ground=ground)


def test_rules_that_can_be_met_are_no_conflict():
    wishes = Wishes(locks=(("h000", "m0"),), together=(("h001", "h002"),))

    assert found_in() is None
    assert found_in(wishes) is None


def test_a_lock_to_somebody_who_cannot_walk_so_far_is_a_conflict_of_the_two():
    team = people(*BASES).assign(walks_at_most_m=[150.0, None, None])
    far = f"h{ALONG.index((395, 5)):03}"

    found = found_in(Wishes(locks=((far, "m0"),)), team=team)

    assert found.rules == [(Rule.LOCKED, "m0"), (Rule.TOO_FAR, "m0")]
    assert found.households == [far]
    assert (found.members_more, found.balance) == (0, None)


def test_a_lock_against_a_skill_is_a_conflict_that_names_the_skill():
    own = homes(*ALONG)
    own["traits"] = pd.Series(["elderly"] + [None] * (len(own) - 1), dtype="str")
    team = people(*BASES).assign(skills=["", "nursing", ""])
    wishes = Wishes(locks=(("h000", "m0"),), needs=(("elderly", "nursing"), ("poor", "driving")))

    found = found_in(wishes, own=own, team=team)

    assert found.rules == [(Rule.LOCKED, "m0"), (Rule.NO_SKILL, "elderly: nursing")]


def test_going_together_is_named_where_it_is_what_stands_in_the_way():
    """`m0` may not have one, `m1` and `m2` not the other: apart they could be given, together nobody may have them."""
    wishes = Wishes(
        forbidden=(("h003", "m0"), ("h004", "m1"), ("h004", "m2")), together=(("h003", "h004"),)
    )

    found = found_in(wishes)

    assert (Rule.TOGETHER, "h003") in found.rules
    assert {rule for rule, _ in found.rules} == {Rule.TOGETHER, Rule.FORBIDDEN}
    assert found.households == ["h003", "h004"]
    assert found.members_more == 1
    assert found_in(Wishes(forbidden=wishes.forbidden)) is None


def test_a_home_area_with_too_little_in_it_is_named_with_the_windows_of_those_who_get_the_rest():
    nearby = gpd.GeoSeries([box(EAST, NORTH, EAST + 30, NORTH + 20)], index=["m2"], crs=CRS)

    found = found_in(Wishes(home_areas=nearby))

    assert found.rules == [
        (Rule.HIGH, "m0"),
        (Rule.HIGH, "m1"),
        (Rule.OUTSIDE_HOME_AREA, "m2"),
    ]


def test_somebody_new_does_not_help_against_locks():
    locks = tuple((f"h{i:03}", "m0") for i in range(len(ALONG)))

    found = found_in(Wishes(locks=locks))

    assert {rule for rule, _ in found.rules} >= {Rule.LOCKED}
    assert found.members_more == 0


@pytest.mark.parametrize("locked", [False, True])
def test_a_house_beyond_a_river_counts_only_where_it_is_locked(locked):
    ways = build_network(
        streets([(0, 0), (60, 0)]), crs=CRS, barriers=streets([(-50, 20), (100, 20)])
    )
    own, team = homes((10, 5), (50, 5), (30, 25)), people((0, 0), most=50.0)
    wishes = Wishes(locks=(("h002", "m0"),)) if locked else Wishes()

    found = found_in(wishes, own=own, team=team, ways=ways)

    each = 2 if not locked else 3
    alone = found_in(own=homes((10, 5)), team=people((0, 0), most=0.0), ways=ways).short_min
    assert found.short_min == pytest.approx(each * alone - 50, abs=0.01)
