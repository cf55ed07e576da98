"""What planners wish beyond windows holds in every plan: locks, kept apart, together, skills, home areas, distance."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo.errors import InputError
from planning.connected import disconnected_zones
from planning.rules import PlanRules
from planning.share import NO_WISHES, share
from planning.wishes import Wishes
from tests.streets import ALONG, COMB, CRS, EAST, NORTH, homes, network, people

BASES = ((0, 0), (200, 0), (400, 0))


def shared(wishes=NO_WISHES, *, team=None, own=None, current=None, **rules):
    own = homes(*ALONG) if own is None else own
    team = people(*BASES) if team is None else team
    sharing = share(own, team, network(*COMB), PlanRules(**rules), wishes=wishes, current=current)
    return sharing.assignment.set_index("household_id"), sharing


def near_the_east():
    return [f"h{i:03}" for i, (x, _) in enumerate(ALONG) if x > 350]


def test_locks_hold_and_the_zone_reaches_out_to_them_along_the_street():
    far = near_the_east()[-3:]
    plan, sharing = shared(Wishes(locks=tuple((home, "m0") for home in far)))

    assert (plan.loc[far, "member_id"] == "m0").all()
    assert plan.loc[far, "locked"].all() and plan["locked"].sum() == len(far)
    pairs = plan["member_id"].reset_index()
    assert disconnected_zones(homes(*ALONG), pairs, network(*COMB)) == []
    assert sharing.lower_bound <= plan["walk_m"].sum() + 1e-6


def test_who_is_kept_apart_never_meets():
    plan, _ = shared()
    kept = tuple((home, member) for home, member in plan["member_id"].items() if member == "m1")[:3]
    other, _ = shared(Wishes(forbidden=kept))

    assert all(other.loc[home, "member_id"] != member for home, member in kept)
    assert other["member_id"].notna().all()


def test_two_households_together_get_one_member():
    plan, _ = shared()
    apart = plan.index[plan["member_id"] == "m0"][0], plan.index[plan["member_id"] == "m1"][0]
    other, _ = shared(Wishes(together=(apart,)))

    assert other.loc[apart[0], "member_id"] == other.loc[apart[1], "member_id"]


def test_a_need_goes_to_somebody_with_the_skill_or_to_nobody():
    own = homes(*ALONG)
    own["traits"] = pd.Series(["elderly, poor"] + [None] * (len(own) - 1), dtype="str")
    team = people(*BASES).assign(skills=["", "driving", "nursing, driving"])
    plan, _ = shared(Wishes(needs=(("elderly", "Nursing"),)), own=own, team=team)
    without, _ = shared(Wishes(needs=(("elderly", "singing"),)), own=own, team=team)

    assert plan.loc["h000", "member_id"] == "m2"
    assert without.loc["h000", "reason"] == "no_skill"
    assert without["member_id"].notna().sum() == len(own) - 1


def test_a_member_stays_in_the_home_area():
    west = box(EAST - 50, NORTH - 50, EAST + 150, NORTH + 150)
    areas = gpd.GeoSeries([west], index=["m2"], crs=CRS)
    plan, _ = shared(Wishes(home_areas=areas))

    held = [ALONG[int(home[1:])][0] for home in plan.index[plan["member_id"] == "m2"]]
    assert held and max(held) <= 150


def test_nobody_is_sent_farther_than_they_can_walk():
    team = people(*BASES).assign(walks_at_most_m=[150.0, 150.0, 100.0])
    plan, _ = shared(team=team)
    most = {"m0": 150, "m1": 150, "m2": 100}

    given = plan[plan["member_id"].notna()]
    assert (given["walk_m"] <= given["member_id"].map(most) + 1e-6).all()
    far, _ = shared(team=people(*BASES).assign(walks_at_most_m=20.0))
    assert set(far["reason"].dropna()) == {"too_far"}


def test_keeping_costs_walking_but_changes_fewer():
    before, _ = shared(team=people((40, 0), (160, 0), (380, 0)))
    now = before["member_id"].reset_index()
    free, _ = shared(current=now)
    kept, _ = shared(current=now, keep=1000.0)

    changed = [(plan["member_id"] != before["member_id"]).sum() for plan in (kept, free)]
    assert changed[0] <= changed[1]
    assert kept["walk_m"].sum() >= free["walk_m"].sum() - 1e-6


def test_given_ways_count_instead_of_the_streets():
    own, team = homes(*ALONG), people(*BASES)
    ways = pd.DataFrame(1.0, index=own["household_id"], columns=team["member_id"])
    ways["m1"] = 5.0
    sharing = share(own, team, network(*COMB), PlanRules(balance=0.3), ways_m=ways)

    plan = sharing.assignment
    assert plan["walk_m"].sum() == pytest.approx(len(own) + 4 * (plan["member_id"] == "m1").sum())
    assert sharing.lower_bound <= plan["walk_m"].sum() + 1e-6
    with pytest.raises(InputError, match="ways_incomplete"):
        share(own, team, network(*COMB), PlanRules(), ways_m=ways.iloc[1:])


def test_a_search_that_is_stopped_says_so_and_shares_all_the_same():
    told = []
    own = homes(*ALONG)
    stopped = share(own, people(*BASES), network(*COMB), PlanRules(), keep_going=lambda: False)
    whole = share(own, people(*BASES), network(*COMB), PlanRules(), progress=told.append)

    assert (stopped.stopped, whole.stopped) == (True, False)
    assert stopped.assignment["member_id"].notna().all()
    assert told[-1] == 1 and told == sorted(told)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"locks": (("h1", "a"), ("h1", "b"))}, "wishes_locked_twice"),
        ({"locks": (("h1", "a"),), "forbidden": (("h1", "a"),)}, "wishes_lock_forbidden"),
        (
            {"locks": (("h1", "a"), ("h3", "b")), "together": (("h1", "h2"), ("h2", "h3"))},
            "wishes_together_apart",
        ),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(wrong, code):
    with pytest.raises(InputError, match=code):
        Wishes(**wrong)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_any_wishes_are_kept_or_their_reason_is_told(data):
    ids = st.sampled_from([f"h{i:03}" for i in range(len(ALONG))])
    member = st.sampled_from(["m0", "m1", "m2"])
    locks = data.draw(st.dictionaries(ids, member, max_size=6))
    forbidden = data.draw(st.lists(st.tuples(ids, member), max_size=6))
    forbidden = [(home, one) for home, one in forbidden if locks.get(home) != one]
    pair = data.draw(st.lists(st.tuples(ids, ids), max_size=2))
    together = [(a, b) for a, b in pair if a not in locks and b not in locks]
    wishes = Wishes(
        locks=tuple(locks.items()), forbidden=tuple(forbidden), together=tuple(together)
    )
    plan, sharing = shared(wishes, steps=300)

    assert all(plan.loc[home, "member_id"] == one for home, one in locks.items())
    assert all(plan.loc[home, "member_id"] != one for home, one in forbidden)
    assert all(
        plan.loc[a, "member_id"] == plan.loc[b, "member_id"]
        or pd.isna(plan.loc[[a, b], "member_id"]).any()
        for a, b in together
    )
    assert set(plan["reason"].dropna()) <= {"forbidden"}
    assert sharing.lower_bound <= np.nansum(plan["walk_m"]) + 1e-6
    pd.testing.assert_frame_equal(plan, shared(wishes, steps=300)[0])
