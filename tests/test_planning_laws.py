"""What every plan keeps, on streets small enough to draw: everyone once, connected, in the window, above the bound."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import box

from geo.errors import InputError
from geo.network import build_network
from planning.connected import disconnected_zones
from planning.figures import figures, total
from planning.joined import joined
from planning.outline import outline
from planning.rules import PlanRules
from planning.share import share
from planning.wishes import Wishes
from tests.streets import ALONG, COMB, CRS, EAST, NORTH, homes, network, people, streets


def plan(spots, bases, lines=COMB, **rules):
    told = PlanRules(**rules)
    own, team, ways = homes(*spots), people(*bases), network(*lines)
    sharing = share(own, team, ways, told)
    counted = figures(
        "A", own, team, ways, sharing.assignment, told, lower_bound=sharing.lower_bound
    )
    return own, ways, sharing, counted


@pytest.mark.parametrize(
    "bases", [[(0, 0), (200, 0), (400, 0)], [None, None, None], [(0, 0), None]]
)
def test_everybody_gets_one_member_in_connected_zones_within_the_window(bases):
    own, ways, sharing, counted = plan(ALONG, bases)

    assert sharing.assignment["household_id"].tolist() == own["household_id"].tolist()
    assert sharing.assignment["member_id"].notna().all()
    assert disconnected_zones(own, sharing.assignment, ways) == []
    assert counted["members_outside_window"] == 0
    assert counted["assigned"] == len(ALONG)


def test_the_bound_lies_below_the_walk_and_is_unknown_without_homes():
    *_, known = plan(ALONG, [(0, 0), (200, 0), (400, 0)])
    *_, unknown = plan(ALONG, [None, None, None])

    assert 0 < known["lower_bound"] <= known["walk_m"]["total"]
    assert known["gap"] == pytest.approx(
        1 - known["lower_bound"] / known["walk_m"]["total"], abs=1e-6
    )
    assert (unknown["lower_bound"], unknown["gap"]) == (None, None)


def test_houses_far_from_every_street_and_without_a_point_say_so():
    *_, sharing, _ = plan([(10, 5), (20, 5), (30, 250), None], [(0, 0)], reach_m=100.0)

    said = sharing.assignment.set_index("household_id")["reason"].to_dict()
    assert {home: why for home, why in said.items() if isinstance(why, str)} == {
        "h002": "no_street",
        "h003": "no_location",
    }


def test_without_members_everybody_is_left_with_that_reason():
    *_, counted = plan([(10, 5), (20, 5)], [])

    assert [one["reason"] for one in counted["unassigned"]] == ["no_members"] * 2
    assert counted["load_min"] == {"min": None, "mean": None, "max": None}


def test_hard_limits_leave_what_does_not_fit_and_say_by_how_much():
    own, ways = homes(*ALONG), network(*COMB)
    team = people((0, 0), (400, 0), most=500.0)
    told = PlanRules()
    sharing = share(own, team, ways, told)
    counted = figures("A", own, team, ways, sharing.assignment, told)

    need = sharing.assignment["load_min"].sum()
    assert counted["load_min"]["max"] <= 500
    assert counted["shortfall_min"] == pytest.approx(need - 1000, abs=40)
    assert {one["reason"] for one in counted["unassigned"]} == {"no_capacity"}
    assert counted["zones_disconnected"] == 0


def test_two_members_in_one_home_share_like_others():
    *_, counted = plan(ALONG, [(200, 0), (200, 0)])

    assert (counted["zones_disconnected"], counted["members_outside_window"]) == (0, 0)


def test_the_order_of_rows_is_of_no_matter():
    own, team, ways = homes(*ALONG), people((0, 0), (200, 0), (400, 0)), network(*COMB)
    shuffled = own.sample(frac=1, random_state=7), team.iloc[::-1], network(*COMB[::-1])

    one = share(own, team, ways, PlanRules()).assignment
    other = share(*shuffled, PlanRules()).assignment

    pd.testing.assert_frame_equal(one, other.reset_index(drop=True))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_streets_give_connected_zones_and_the_same_seed_the_same_plan(data):
    """Random grids with some stretches missing: what can be reached is shared, in one piece each."""
    spans = [[(x, y), (x + 60, y)] for x in (0, 60, 120) for y in (0, 60, 120)]
    spans += [[(x, y), (x, y + 60)] for x in (0, 60, 120, 180) for y in (0, 60)]
    kept = data.draw(st.lists(st.sampled_from(range(len(spans))), min_size=6, unique=True))
    lines = [spans[i] for i in sorted(kept)]
    at_line = st.tuples(st.sampled_from(lines), st.integers(3, 57), st.sampled_from([-4, 4]))
    spots = []
    for line, along, aside in data.draw(st.lists(at_line, min_size=6, max_size=40)):
        (x0, y0), (x1, y1) = line
        flat = y0 == y1
        spots.append((x0 + along, y0 + aside) if flat else (x1 + aside, y0 + along))
    count = data.draw(st.integers(1, 4))
    bases = data.draw(st.lists(st.sampled_from(spots), min_size=count, max_size=count))

    own, ways, sharing, counted = plan(spots, bases, lines)
    *_, again, _ = plan(spots, bases, lines)

    pd.testing.assert_frame_equal(sharing.assignment, again.assignment)
    assert (
        counted["zones_disconnected"] == len(disconnected_zones(own, sharing.assignment, ways)) == 0
    )
    assert {one["reason"] for one in counted["unassigned"]} <= {"unreachable", "no_street"}
    if ways.components == 1:
        assert counted["assigned"] == len(spots)
    if counted["lower_bound"] is not None and counted["members_outside_window"] == 0:
        assert counted["lower_bound"] <= counted["walk_m"]["total"] + 1e-3


# --- the judge ---


def row(*owners, gap=20):
    """Households along one street, `gap` metres apart, with their owners."""
    own = homes(*((i * gap + 5, 3) for i in range(len(owners))))
    assigned = pd.DataFrame({"household_id": own["household_id"], "member_id": list(owners)})
    return disconnected_zones(own, assigned, network([(0, 0), (1000, 0)]))


def test_a_zone_cut_by_another_members_house_is_disconnected():
    assert row("a", "b", "a") == ["a"]
    assert row("a", "a", "b", "b") == []


def test_a_house_of_nobody_does_not_cut():
    assert row("a", None, "a") == []


def test_houses_within_two_metres_are_one_place_that_both_may_pass():
    assert row("a", "b", "a", gap=1) == []


def test_a_junction_is_free_and_a_detour_around_a_block_counts():
    block = [[(0, 0), (100, 0)], [(100, 0), (100, 100)], [(100, 100), (0, 100)], [(0, 100), (0, 0)]]
    own = homes((20, 3), (50, 3), (80, 3))
    assigned = pd.DataFrame({"household_id": own["household_id"], "member_id": ["a", "b", "a"]})

    assert disconnected_zones(own, assigned, network(*block)) == []
    assert disconnected_zones(own, assigned, network(block[0])) == ["a"]


# --- the network ---


def test_streets_meet_where_they_cross_and_where_they_all_but_touch():
    crossing = network([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    near_miss = network([(0, 0), (100, 0)], [(50, 0.3), (50, 50)])
    apart = network([(0, 0), (100, 0)], [(50, 5), (50, 50)])

    assert (crossing.components, len(crossing.lengths_m)) == (1, 4)
    assert near_miss.components == 1
    assert apart.components == 2
    assert crossing.length_m == pytest.approx(200)


def test_a_ward_without_streets_has_an_empty_network():
    empty = build_network(streets(), crs=CRS)
    *_, sharing, _ = plan([(10, 5)], [(0, 0)], lines=[])

    assert empty.components == 0
    assert sharing.assignment["reason"].tolist() == ["no_street"]


# --- the zones on the map ---


def test_zones_cover_the_neighbourhood_without_overlapping():
    own, _, sharing, _ = plan(ALONG, [(0, 0), (200, 0), (400, 0)])
    ground = gpd.GeoSeries([box(EAST - 20, NORTH - 20, EAST + 420, NORTH + 100)], crs=CRS)

    zones = outline(own, sharing.assignment, ground).to_crs(CRS)

    assert zones["member_id"].tolist() == ["m0", "m1", "m2"]
    assert zones.area.sum() == pytest.approx(ground.area.sum(), rel=1e-6)
    for i in range(3):
        for j in range(i):
            shared = zones.geometry.iloc[i].intersection(zones.geometry.iloc[j])
            assert shared.area < 1e-3
    held = zones.sjoin(own.to_crs(CRS).merge(sharing.assignment, on="household_id"))
    assert (held["member_id_left"] == held["member_id_right"]).all()


# --- figures of any plan, and of several ---


def test_figures_judge_a_plan_that_came_from_a_file():
    own, team, ways = homes((5, 3), (25, 3), (45, 3)), people((0, 0), (50, 0)), network(*COMB)
    typed = pd.DataFrame(
        {"household_id": ["h000", "h001", "h002"], "member_id": ["m0", "m1", "m0"]}
    )
    before = pd.DataFrame({"household_id": ["h000", "h001"], "member_id": ["m1", "m1"]})

    counted = figures("A", own, team, ways, typed, PlanRules(), current=before)

    assert (counted["zones_disconnected"], counted["changed_households"]) == (1, 1)
    assert counted["lower_bound"] is None
    assert counted["walk_m"]["total"] == pytest.approx(5 + 25 + 45 + 3 * 3, abs=0.2)


def test_totals_are_sums_and_a_bound_needs_all_areas():
    *_, one = plan(ALONG, [(0, 0), (400, 0)])
    *_, other = plan(ALONG, [None, None])

    both = total([one, one])

    assert both["households"] == 2 * one["households"]
    assert both["walk_m"]["total"] == pytest.approx(2 * one["walk_m"]["total"], abs=0.01)
    assert both["lower_bound"] == pytest.approx(2 * one["lower_bound"], abs=0.01)
    assert total([one, other])["lower_bound"] is None


@pytest.mark.parametrize(
    "wrong", [{"balance": -0.1}, {"balance": 1.0}, {"reach_m": -1}, {"seed": -1}]
)
def test_rules_refuse_nonsense(wrong):
    with pytest.raises(InputError):
        PlanRules(**wrong)


def test_knowing_what_joins_where_changes_nothing_in_any_order_of_rows():
    own, team, ways = homes(*ALONG, (30, 250)), people((0, 0), None, (400, 0)), network(*COMB)
    told = PlanRules(reach_m=50.0)
    known = joined(own.iloc[::-1], team.iloc[::-1], ways)

    plain, helped = share(own, team, ways, told), share(own, team, ways, told, ground=known)
    assert_frame_equal(plain.assignment, helped.assignment)
    plan = helped.assignment
    assert figures("A", own, team, ways, plan, told) == figures(
        "A", own, team, ways, plan, told, ground=known
    )


def test_a_house_without_a_street_on_its_side_of_a_river_cannot_be_reached_unless_it_is_locked():
    river = streets([(-50, 20), (100, 20)])
    ways = build_network(streets([(0, 0), (60, 0)]), crs=CRS, barriers=river)
    own, team = homes((10, 5), (50, 5), (30, 25), (40, 25)), people((0, 0))

    made = share(own, team, ways, PlanRules(), wishes=Wishes(locks=(("h003", "m0"),))).assignment

    assert made["reason"].fillna("").tolist() == ["", "", "unreachable", ""]
    assert made["member_id"].fillna("").tolist() == ["m0", "m0", "", "m0"]
