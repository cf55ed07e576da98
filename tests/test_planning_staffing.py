"""Staffing: what teams have and lack. Public figures: `docs/figures.md`."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.tables import Households, Members, Teams, typed
from planning.staffing import StaffingRules, least_short, staffing

DAY = date(2026, 11, 21)


def places(*ids):
    return pd.DataFrame(
        {"neighbourhood_id": ids, "ward_code": "00004", "name": [f"Tổ {one}" for one in ids]}
    )


def teams(*rows):
    """Teams as (id, neighbourhood, trained on)."""
    frame = pd.DataFrame(rows, columns=["team_id", "neighbourhood_id", "trained_on"])
    return typed(frame.assign(ward_code="00004"), Teams)


def members(*rows):
    """Members as (team, role, skills); ids in their order."""
    frame = pd.DataFrame(rows, columns=["team_id", "role", "skills"])
    return typed(frame.assign(member_id=[f"M{n:03d}" for n in range(len(frame))]), Members)


def households(**counts):
    """So many households of each neighbourhood, of 4 residents each."""
    at = [place for place, count in counts.items() for _ in range(count)]
    frame = pd.DataFrame({"household_id": [f"H{n}" for n in range(len(at))], "residents": 4.0})
    return typed(frame.assign(neighbourhood_id=at), Households)


def crew(team, count):
    """A leader, a deputy, and members up to `count`, nobody's skills on record."""
    ranks = ["leader", "deputy", *["member"] * count][:count]
    return [(team, rank, None) for rank in ranks]


def staffed(where, crews, people, homes, **rules):
    return staffing(where, crews, people, homes, rules=StaffingRules(**rules), on=DAY)


def by_place(told):
    return told.rows.set_index("neighbourhood_id")


def test_a_team_of_five_is_two_short_of_seven():
    told = staffed(places("A"), teams(("T", "A", None)), members(*crew("T", 5)), households(A=100))

    (row,) = told.as_dict()["rows"]
    assert (row["members"], row["needed"], row["short"], row["spare"]) == (5, 7, 2, 0)
    assert row["households_per_member"] == 20.0
    assert row["members_per_100_households"] == 5.0
    assert row["residents"] == 400.0
    assert "below_least" in row["issues"]


def test_many_households_ask_for_more_than_the_least():
    told = staffed(
        places("A", "B"),
        teams(("T", "A", None), ("U", "B", None)),
        members(*crew("T", 7), *crew("U", 9)),
        households(A=401, B=400),
        households_per_member=50.0,
    )

    rows = by_place(told)
    assert rows["needed"].to_dict() == {"A": 9, "B": 8}
    assert rows["short"].to_dict() == {"A": 2, "B": 0}
    assert "too_many_households" in rows["issues"]["A"]
    assert "too_many_households" not in rows["issues"]["B"]
    assert told.total["short"] == 2 and told.total["spare"] == 1
    assert told.total["short_at_least"] == 1


def test_a_neighbourhood_without_a_team_is_short_of_a_whole_one():
    told = staffed(
        places("A", "B"), teams(("T", "A", None)), members(*crew("T", 8)), households(A=9, B=9)
    )

    row = by_place(told).loc["B"]
    assert pd.isna(row["team_id"]) and row["short"] == 7
    assert row["issues"] == ["no_team", "no_members", "below_least"]
    assert told.total["neighbourhoods_without_team"] == 1
    assert (told.total["short"], told.total["short_in_teams"]) == (7, 0)


def test_without_members_households_per_member_is_unknown_not_nought():
    told = staffed(places("A"), teams(("T", "A", None)), members(), households(A=9))

    (row,) = told.as_dict()["rows"]
    assert row["households_per_member"] is None
    assert told.total["households_per_member"] is None


def test_residents_are_unknown_where_one_household_is():
    homes = households(A=2, B=2)
    homes.loc[0, "residents"] = None

    told = staffed(places("A", "B"), teams(), members(), homes)

    assert by_place(told)["residents"].isna().to_dict() == {"A": True, "B": False}
    assert by_place(told)["households_residents_unknown"].to_dict() == {"A": 1, "B": 0}
    assert told.total["residents"] is None


def test_a_role_is_missing_only_where_every_role_is_on_record():
    sure = members(("T", "leader", None), ("T", "member", None))
    unsure = members(("T", "leader", None), ("T", None, None))
    crews, homes = teams(("T", "A", None)), households(A=1)

    (known,) = staffed(places("A"), crews, sure, homes).as_dict()["rows"]
    (unknown,) = staffed(places("A"), crews, unsure, homes).as_dict()["rows"]

    assert (known["roles_missing"], known["roles_unknown"]) == (["deputy"], [])
    assert (unknown["roles_missing"], unknown["roles_unknown"]) == ([], ["deputy"])
    assert "no_deputy" in known["issues"] and "role_unknown" in unknown["issues"]


def test_skills_are_compared_as_people_write_them():
    people = members(("T", "leader", "Bán hàng trực tuyến, chữ ký số"), ("T", "deputy", "Zalo"))
    asked = ("ban hang truc tuyen", "Chữ Ký Số", "eTax")

    told = staffed(places("A"), teams(("T", "A", None)), people, households(A=1), skills=asked)

    (row,) = told.as_dict()["rows"]
    assert row["skills_missing"] == ["eTax"]
    assert "skill_missing" in row["issues"]


def test_training_is_true_false_or_unknown():
    crews = teams(("T", "A", "2026-01-01"), ("U", "B", "2027-01-01"), ("V", "C", None))

    told = staffed(places("A", "B", "C"), crews, members(), households())

    assert [row["trained"] for row in told.as_dict()["rows"]] == [True, False, None]
    counted = ("teams_trained", "teams_not_trained", "teams_training_unknown")
    assert [told.total[name] for name in counted] == [1, 1, 1]


def test_only_members_in_force_on_the_day_count():
    people = members(*crew("T", 3)).assign(
        active_from=["2026-11-21", "2026-11-22", None], active_to=[None, None, "2026-11-21"]
    )

    told = staffed(places("A"), teams(("T", "A", None)), people, households(A=1))

    assert told.total["members"] == 1


def test_who_names_no_team_counts_for_the_only_one_of_the_neighbourhood():
    people = members((None, "member", None), (None, "member", None), (None, "member", None)).assign(
        neighbourhood_id=["A", "B", "C"]
    )
    crews = teams(("T", "A", None), ("U", "B", None), ("V", "B", None))

    told = staffed(places("A", "B", "C"), crews, people, households(A=1, B=1, C=1))

    counted = told.rows.set_index(["neighbourhood_id", told.rows["team_id"].fillna("")])["members"]
    assert counted.to_dict() == {("A", "T"): 1, ("B", "U"): 0, ("B", "V"): 0, ("C", ""): 1}
    assert told.total["members_unplaced"] == 1


def test_two_teams_of_one_neighbourhood_share_its_households():
    told = staffed(
        places("A"),
        teams(("T", "A", None), ("U", "A", None)),
        members(*crew("T", 7), *crew("U", 3)),
        households(A=800),
        households_per_member=50.0,
    )

    rows = told.rows.set_index("team_id")
    assert rows["households"].to_dict() == {"T": 800, "U": 800}
    assert rows["households_per_member"].to_dict() == {"T": 80.0, "U": 80.0}
    assert rows["needed"].to_dict() == {"T": 8, "U": 8}
    assert told.total["households"] == 800


def test_the_order_of_rows_does_not_matter():
    where, crews = places("A", "B"), teams(("T", "A", None), ("U", "B", "2026-01-01"))
    people, homes = members(*crew("T", 8), *crew("U", 2)), households(A=3, B=5)

    there = staffed(where, crews, people, homes)
    turned = staffed(where[::-1], crews[::-1], people[::-1], homes[::-1])

    assert there.as_dict() == turned.as_dict()


@pytest.mark.parametrize("rule", [{"least_members": 0}, {"households_per_member": 0.0}])
def test_a_rule_that_asks_for_nothing_is_refused(rule):
    with pytest.raises(InputError):
        StaffingRules(**rule)


def test_da_nang_is_at_least_2059_members_short():
    assert least_short(3_766, 24_303, least=7) == 2_059


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_no_split_is_less_short_than_the_totals_tell(sizes):
    ids = [f"A{n:02d}" for n in range(len(sizes))]
    crews = teams(*[(f"T{one}", one, None) for one in ids])
    people = members(
        *[row for one, n in zip(ids, sizes, strict=True) for row in crew(f"T{one}", n)]
    )

    total = staffed(places(*ids), crews, people, households()).total

    assert total["short"] >= least_short(len(sizes), sum(sizes)) == total["short_at_least"]
    assert total["short"] - total["spare"] == total["needed"] - total["members"]
