"""Two plans side by side: who carries what, and which households change hands."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from geo.network import build_network
from planning.comparing import Measured, compare, measured, together
from planning.load import load_min
from tests.crews import METRES, at, crew, households, members, placed

PEOPLE = pd.DataFrame(
    {"member_id": ["M1", "M2"], "name": ["Nguyễn An", "Lê Bình"], "neighbourhood_id": ["A", "A"]}
)
PLACES = pd.DataFrame({"neighbourhood_id": ["A", "B"], "name": ["Tổ 1", "Tổ 2"]})


def plan(*rows, apart=()):
    """A plan as (household, neighbourhood, member, minutes, metres)."""
    columns = ["household_id", "neighbourhood_id", "member_id", "load_min", "walk_m"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype({"load_min": float, "walk_m": float, "member_id": object})
    return Measured(
        rows=frame, disconnected=pd.DataFrame(apart, columns=["neighbourhood_id", "member_id"])
    )


def compared(first, second):
    return compare(first, second, members=PEOPLE, places=PLACES)


def row_of(told, kind, one):
    (row,) = [r for r in told.as_dict()["rows"] if (r["kind"], r["id"]) == (kind, one)]
    return row


FIRST = plan(
    ("H1", "A", "M1", 10, 100),
    ("H2", "A", "M1", 20, 200),
    ("H3", "A", "M2", 30, None),
    ("H4", "B", None, 5, None),
    ("H5", "B", "M2", 7, 70),
    apart=[("A", "M1")],
)
SECOND = plan(
    ("H1", "A", "M1", 10, 100),
    ("H2", "A", "M2", 20, 50),
    ("H3", "A", "M2", 30, 30),
    ("H4", "B", "M2", 5, 40),
    ("H6", "B", None, 8, None),
)


def test_each_member_is_told_what_comes_and_goes():
    told = compared(FIRST, SECOND)

    one, two = row_of(told, "member", "M1"), row_of(told, "member", "M2")
    assert (one["households_first"], one["households_second"]) == (2, 1)
    assert (one["received"], one["given_up"], one["changed"], one["kept"]) == (0, 1, 1, 1)
    assert (two["received"], two["given_up"], two["changed"], two["kept"]) == (2, 0, 1, 1)
    assert (two["newly_assigned"], two["only_first"]) == (1, 1)
    assert (one["load_min_first"], one["load_min_second"]) == (30.0, 10.0)
    assert (one["walk_m_first"], one["walk_mean_m_first"]) == (300.0, 150.0)
    assert (two["walk_m_first"], two["walks_unknown_first"]) == (70.0, 1)
    assert (one["zones_disconnected_first"], one["zones_disconnected_second"]) == (1, 0)
    assert one["name"] == "Nguyễn An"


def test_each_neighbourhood_counts_a_household_once():
    row = row_of(compared(FIRST, SECOND), "neighbourhood", "A")

    assert (row["households_first"], row["unassigned_first"], row["members_first"]) == (3, 0, 2)
    assert (row["kept"], row["changed"], row["received"], row["given_up"]) == (2, 1, 1, 1)
    assert (row["load_least_min_first"], row["load_most_min_first"]) == (30.0, 30.0)
    assert (row["load_least_min_second"], row["load_most_min_second"]) == (10.0, 50.0)
    assert row["zones_disconnected_first"] == 1 and row["name"] == "Tổ 1"


def test_the_total_counts_every_household_of_either_plan_once():
    total = compared(FIRST, SECOND).total

    fates = ("kept", "changed", "newly_assigned", "no_longer_assigned", "only_first", "only_second")
    assert [total[fate] for fate in fates] == [2, 1, 1, 0, 1, 1]
    assert (total["unassigned_first"], total["unassigned_second"]) == (1, 1)
    assert (total["zones_disconnected_first"], total["members_second"]) == (1, 2)


def test_which_households_change_is_told_only_where_asked():
    told = compared(FIRST, SECOND)

    assert "changes" not in told.as_dict()
    assert told.as_dict(full=True)["changes"] == [
        {
            "household_id": "H2",
            "neighbourhood_id": "A",
            "member_first": "M1",
            "member_second": "M2",
            "fate": "changed",
        },
        {
            "household_id": "H4",
            "neighbourhood_id": "B",
            "member_first": None,
            "member_second": "M2",
            "fate": "newly_assigned",
        },
    ]


def test_a_plan_beside_itself_changes_nothing():
    total = compared(FIRST, FIRST).total

    assert (total["kept"], total["changed"], total["received"]) == (4, 0, 0)


def test_two_empty_plans_have_nothing_and_unknown_means():
    total = compared(plan(), together([])).total

    assert total["kept"] == 0 and total["walk_mean_m_first"] is None


def test_the_order_of_rows_does_not_matter():
    turned = [Measured(rows=p.rows[::-1], disconnected=p.disconnected) for p in (FIRST, SECOND)]

    assert compared(FIRST, SECOND).as_dict(full=True) == compared(*turned).as_dict(full=True)


def test_both_plans_are_measured_on_the_same_streets():
    homes = households(A=[10.0, 40.0, 70.0, 100.0])
    people = members(*crew("T", 2, 0.0))
    street = placed(
        pd.DataFrame({"street_id": ["S"]}), [LineString([at(0).coords[0], at(120).coords[0]])]
    )
    network = build_network(gpd.GeoDataFrame(street), crs=METRES)
    mixed = pd.DataFrame(
        {"household_id": homes["household_id"], "member_id": ["M000", "M001", "M000", None]}
    )

    told = measured(homes, people, mixed, network)

    assert told.rows["walk_m"].round(1).tolist()[:3] == [10.0, 40.0, 70.0]
    assert told.rows["load_min"].tolist() == load_min(homes).tolist()
    # M000's two houses have M001's between them; M001 has one
    assert told.disconnected["member_id"].tolist() == ["M000"]
    assert told.disconnected["neighbourhood_id"].tolist() == ["A"]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(*[st.sampled_from(["M1", "M2", "M3", None, "-"])] * 2), max_size=8))
def test_counts_balance(owners):
    """Members' gains less losses are the change of what they hold; fates add up to all households."""
    sides = [
        plan(*[(f"H{n}", "A", pair[s], 1, 1) for n, pair in enumerate(owners) if pair[s] != "-"])
        for s in (0, 1)
    ]

    told = compared(*sides)

    for row in told.as_dict()["rows"]:
        change = row["households_second"] - row["households_first"]
        both = row["received"] - row["given_up"]
        here = [p for p in owners if row["kind"] == "neighbourhood" or row["id"] in p]
        joined = sum(1 for a, b in here if a == "-" and b in mine(row))
        lost = sum(1 for a, b in here if b == "-" and a in mine(row))
        assert change == both + joined - lost
    known = [pair for pair in owners if pair != ("-", "-")]
    nobody = sum(1 for pair in known if pair == (None, None))
    total = told.total
    fates = ("kept", "changed", "newly_assigned", "no_longer_assigned", "only_first", "only_second")
    assert sum(total[fate] for fate in fates) == len(known) - nobody
    assert total["changed"] == sum(1 for a, b in known if a != b and {a, b} <= {"M1", "M2", "M3"})


def mine(row):
    return {row["id"]} if row["kind"] == "member" else {"M1", "M2", "M3"}


@pytest.mark.parametrize("figure", ["load_min_first", "walk_m_second"])
def test_sums_over_members_are_the_total(figure):
    told = compared(FIRST, SECOND)

    whole = sum(row[figure] for row in told.as_dict()["rows"] if row["kind"] == "member")

    assert np.isclose(whole, told.total[figure])
