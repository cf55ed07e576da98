"""Changing little, saying why each household moves, what is in conflict, and why this member."""

from itertools import pairwise

import pandas as pd
import pytest

from geo.errors import NotFoundError
from planning.barring import Rule
from planning.changes import alleys, fewest_moves, moves, options
from planning.conflicts import conflict
from planning.connected import disconnected_zones
from planning.explaining import alternatives
from planning.rules import PlanRules
from planning.share import share
from planning.wishes import Wishes
from tests.streets import ALONG, COMB, homes, network, people

BASES = ((0, 0), (200, 0), (400, 0))
RULES = PlanRules(steps=300)


def planned(**more):
    own, team, ways = homes(*ALONG), people(*BASES), network(*COMB)
    return own, team, ways, share(own, team, ways, RULES, **more).assignment


def test_the_curve_goes_from_few_moves_to_little_walking():
    own, team, ways, plan = planned()
    now = plan[["household_id", "member_id"]].copy()
    now.loc[now["member_id"] == "m1", "member_id"] = "gone"
    curve = options(own, team, ways, RULES, now, keeps=(0.0, 100.0))

    assert [one.moved for one in curve] == sorted(one.moved for one in curve)
    assert all(one.disconnected == 0 for one in curve)
    for fewer, more in pairwise(curve):
        assert more.walk_m < fewer.walk_m or more.outside_min < fewer.outside_min


def test_every_move_says_why():
    own, team, ways, plan = planned()
    now = plan[["household_id", "member_id"]].copy()
    now.loc[0, "member_id"], now.loc[1, "member_id"] = "gone", None
    told = moves(plan, team, now, alley=alleys(own, ways)).set_index("household_id")

    assert told["why"].to_dict() == {"h000": "member_left", "h001": "new"}
    assert told.loc["h000", "about"] == "gone"


def test_the_fewest_moves_are_proven_on_the_streets():
    own, team, ways, plan = planned()
    now = plan[["household_id", "member_id"]]
    none, same = fewest_moves(own, team, ways, RULES, now, plan)
    shifted = now.copy()
    shifted.loc[shifted["member_id"] == "m1", "member_id"] = "m0"
    some, new = fewest_moves(own, team, ways, RULES, shifted, plan)

    assert (none.changed, none.at_least) == (0, 0)
    assert same["member_id"].tolist() == now["member_id"].tolist()
    assert 0 < some.at_least <= some.changed <= (now["member_id"] == "m1").sum()
    assert disconnected_zones(own, new, ways) == []


def test_limits_that_are_too_tight_are_named_with_ways_out():
    own, team = homes(*ALONG), people(*BASES, most=500.0)
    found = conflict(own, team, RULES)

    assert {rule for rule, _ in found.rules} == {Rule.CAP}
    assert found.short_min > 0
    assert found.members_more >= 1
    assert found.balance is None


def test_a_lock_too_many_conflicts_with_the_window_of_its_member():
    own, team = homes(*ALONG), people(*BASES)
    locks = tuple((home, "m0") for home in own["household_id"][: len(ALONG) // 2])
    found = conflict(own, team, RULES, wishes=Wishes(locks=locks))

    assert (Rule.LOCKED, "m0") in found.rules and (Rule.HIGH, "m0") in found.rules
    assert found.balance is not None and found.balance > RULES.balance
    wide = PlanRules(balance=found.balance)
    assert conflict(own, team, wide, wishes=Wishes(locks=locks)) is None
    assert conflict(own, team, RULES) is None


def test_what_each_member_would_mean_for_a_household_is_told():
    own, team, ways, plan = planned()
    told = alternatives("h000", own, team, ways, plan, RULES).set_index("member_id")

    assert told["chosen"].tolist() == [True, False, False]
    assert told.loc["m0", "cost_m"] == 0 < told.loc["m2", "cost_m"]
    assert told["allowed"].all()
    assert told["zone_connected"].tolist() == [True, False, False]
    assert told.loc["m2", "load_after_min"] > told.loc["m2", "load_before_min"]
    with pytest.raises(NotFoundError):
        alternatives("nobody", own, team, ways, plan, RULES)


def test_a_barred_member_is_told_with_the_rule():
    own, team, ways, plan = planned()
    wishes = Wishes(forbidden=(("h000", "m1"),))
    told = alternatives("h000", own, team, ways, plan, RULES, wishes=wishes)

    assert told["barred_by"].tolist() == ["none", "forbidden", "none"]
    assert isinstance(told, pd.DataFrame)
