"""Checks: each fault is found once, measured, and told without anybody's name."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, Polygon, box

import words
from geo.checks import COLUMNS, Check, check
from geo.tables import Goals, Households, Members, Neighbourhoods, Teams, Visits, Wards, checked

# Squares of 0.01 degrees near Huế: 1,113 m from south to north.
HERE = box(107.00, 16.00, 107.01, 16.01)
NEXT = box(107.01, 16.00, 107.02, 16.01)
BOTH = box(107.00, 16.00, 107.02, 16.01)


def table(model, *rows):
    """Return a table as it is stored, the columns that `rows` leave out empty."""
    frame = pd.DataFrame(list(rows))
    if "geometry" not in frame:
        return checked(frame, model)
    return checked(gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326"), model)


def home(household_id, point, *, ward="00001"):
    return {"household_id": household_id, "ward_code": ward, "geometry": point, "head": "Lê Thị B"}


def place(neighbourhood_id, area, *, ward="00001", name=None):
    name = name or f"Tổ {neighbourhood_id}"
    row = {"neighbourhood_id": neighbourhood_id, "ward_code": ward, "name": name}
    return row | {"geometry": area}


WARD = table(Wards, {"ward_code": "00001", "name": "Phường Mẫu", "geometry": BOTH})
PLACES = table(Neighbourhoods, place("n1", HERE), place("n2", NEXT))


def found(what, **tables):
    """Return (id, other, value) of one check."""
    rows = check(tables)
    rows = rows[rows["check"] == what].astype(object)
    rows = rows.where(rows.notna(), None)
    return list(rows[["id", "other", "value"]].itertuples(index=False, name=None))


def test_households_without_a_ward_or_a_point_are_listed():
    homes = table(
        Households,
        home("h1", None),
        home("h2", Point(107.001, 16.001), ward=None),
        home("h3", Point()),
    )

    assert found(Check.HOUSEHOLD_UNLOCATED, households=homes) == [
        ("h1", None, None),
        ("h3", None, None),
    ]
    assert found(Check.HOUSEHOLD_WITHOUT_WARD, households=homes) == [("h2", None, None)]


def test_households_are_told_inside_outside_or_on_a_border():
    homes = table(
        Households,
        home("inside", Point(107.005, 16.005)),
        home("border", Point(107.01, 16.005)),
        home("outside", Point(107.5, 16.5)),
        home("nowhere", None),
    )
    tables = {"households": homes, "neighbourhoods": PLACES, "wards": WARD}

    assert found(Check.HOUSEHOLD_ON_BORDER, **tables) == [("border", None, None)]
    assert found(Check.HOUSEHOLD_OUTSIDE_NEIGHBOURHOODS, **tables) == [("outside", None, None)]
    assert found(Check.HOUSEHOLD_OUTSIDE_WARD, **tables) == [("outside", None, None)]


def test_nobody_is_outside_neighbourhoods_that_the_ward_does_not_have():
    homes = table(Households, home("h1", Point(107.5, 16.5), ward="00002"))

    rows = check({"households": homes, "neighbourhoods": PLACES, "wards": WARD})

    assert not rows["table"].eq("households").any()


def test_five_households_on_one_point_are_stacked_and_four_are_not():
    meeting_house, corner = Point(107.001, 16.001), Point(107.002, 16.002)
    stacked = [home(f"s{i}", meeting_house) for i in range(5)]
    flats = [home(f"f{i}", corner) for i in range(4)]

    rows = found(Check.HOUSEHOLD_STACKED, households=table(Households, *stacked, *flats))

    assert rows == [(f"s{i}", "s0", 5) for i in range(5)]


def test_a_vanished_household_is_listed_as_that_and_nothing_else():
    homes = table(Households, home("h1", None) | {"vanished_at": "2026-01-01"})

    rows = check({"households": homes})

    assert rows[["check", "id"]].to_numpy().tolist() == [[Check.HOUSEHOLD_VANISHED, "h1"]]


def test_households_that_seem_to_stand_twice_are_grouped_under_the_first():
    house = {"house_number": "3", "street": "Lê Lợi"}
    homes = table(
        Households,
        home("a", None) | house | {"head": "Lê Thị Ổn"},
        home("b", None) | house | {"head": "LE T. ON"},
        home("c", None) | house | {"head": "Võ Chi"},
        home("d", None) | {"address_raw": "HUE 1", "address_scheme": "opaque"},
        home("e", None) | {"address_raw": "hue1", "address_scheme": "opaque"},
        home("f", None) | {"address_raw": "7P89CGVV+9J", "address_scheme": "plus_code"},
        home("g", None) | {"address_raw": "7P89CGVV+9J", "address_scheme": "plus_code"},
    )

    assert found(Check.HOUSEHOLD_REPEATED, households=homes) == [("a", "a", 2), ("b", "a", 2)]
    assert found(Check.HOUSEHOLD_ADDRESS_REPEATED, households=homes) == [
        ("d", "d", 2),
        ("e", "d", 2),
    ]


def test_rows_that_name_somebody_unknown_are_listed():
    visit = {"visit_id": "v1", "outcome": "met", "visited_at": pd.Timestamp("2026-01-01", tz="UTC")}
    visits = table(
        Visits,
        visit | {"household_given": "H9", "member_given": "Lê Thị B", "goal_given": "Hue-S"},
        visit | {"visit_id": "v2", "household_given": "H1", "household_id": "H1"},
    )
    teams = table(Teams, {"team_id": "t1", "neighbourhood_given": "Tổ 99"})
    members = table(
        Members,
        {"member_id": "m1", "team_given": "t9", "neighbourhood_given": "Tổ 99", "geometry": None},
    )
    tables = {"visits": visits, "teams": teams, "members": members}

    assert found(Check.VISIT_OF_UNKNOWN_HOUSEHOLD, **tables) == [("v1", None, None)]
    assert found(Check.VISIT_BY_UNKNOWN_MEMBER, **tables) == [("v1", None, None)]
    assert found(Check.VISIT_FOR_UNKNOWN_GOAL, **tables) == [("v1", None, None)]
    assert found(Check.TEAM_OF_UNKNOWN_NEIGHBOURHOOD, **tables) == [("t1", None, None)]
    assert found(Check.MEMBER_OF_UNKNOWN_TEAM, **tables) == [("m1", None, None)]
    assert found(Check.MEMBER_OF_UNKNOWN_NEIGHBOURHOOD, **tables) == [("m1", None, None)]


def test_members_without_a_home_or_with_anothers_phone_are_listed():
    at_home = {"geometry": Point(107.001, 16.001)}
    members = table(
        Members,
        {"member_id": "m1", "phone": "0905000001"} | at_home,
        {"member_id": "m2", "phone": "0905000001"} | at_home,
        {"member_id": "m3", "phone": "0905000003", "geometry": None},
        {"member_id": "m4"} | at_home,
    )

    assert found(Check.MEMBER_PHONE_REPEATED, members=members) == [("m1", None, 2), ("m2", None, 2)]
    assert found(Check.MEMBER_WITHOUT_HOME, members=members) == [("m3", None, None)]


def test_an_overlap_is_told_once_in_square_metres():
    overlapping = table(
        Neighbourhoods, place("n2", NEXT), place("n1", box(107.00, 16.00, 107.0101, 16.01))
    )

    [(one, other, square_metres)] = found(Check.NEIGHBOURHOOD_OVERLAPS, neighbourhoods=overlapping)

    # 0.0001 degrees of longitude at 16 degrees north: 10.7 m, by 1,107 m of latitude.
    assert (one, other) == ("n1", "n2")
    assert square_metres == pytest.approx(10.7 * 1107, rel=0.01)


def test_neighbours_that_share_a_border_do_not_overlap():
    assert found(Check.NEIGHBOURHOOD_OVERLAPS, neighbourhoods=PLACES) == []


def test_a_neighbourhood_that_leaves_its_ward_is_measured():
    leaving = table(Neighbourhoods, place("n1", box(107.01, 16.00, 107.0201, 16.01)))

    [(one, _, square_metres)] = found(
        Check.NEIGHBOURHOOD_LEAVES_WARD, neighbourhoods=leaving, wards=WARD
    )

    assert one == "n1"
    assert square_metres == pytest.approx(10.7 * 1107, rel=0.01)


def test_a_neighbourhood_that_crosses_itself_is_invalid_and_still_measured():
    bow_tie = Polygon([(107.0, 16.0), (107.01, 16.01), (107.01, 16.0), (107.0, 16.01)])
    areas = table(Neighbourhoods, place("n1", bow_tie), place("n2", None))

    tables = {"neighbourhoods": areas, "wards": WARD}

    assert found(Check.NEIGHBOURHOOD_INVALID, **tables) == [("n1", None, None), ("n2", None, None)]


def test_a_name_twice_in_one_ward_is_told_and_in_two_wards_is_not():
    areas = table(
        Neighbourhoods,
        place("n1", HERE, name="Tổ 1"),
        place("n2", NEXT, name="Tổ 1"),
        place("n3", HERE, name="Tổ 1", ward="00002"),
    )

    rows = found(Check.NEIGHBOURHOOD_NAME_REPEATED, neighbourhoods=areas)

    assert rows == [("n1", None, 2), ("n2", None, 2)]


def test_a_neighbourhood_with_neither_team_nor_members_is_listed():
    teams = table(Teams, {"team_id": "t1", "neighbourhood_id": "n1"})
    members = table(
        Members, {"member_id": "m1", "neighbourhood_id": "n2", "geometry": HERE.centroid}
    )

    without_members = found(Check.NEIGHBOURHOOD_WITHOUT_TEAM, neighbourhoods=PLACES, teams=teams)

    assert without_members == [("n2", None, None)]
    assert not found(
        Check.NEIGHBOURHOOD_WITHOUT_TEAM, neighbourhoods=PLACES, teams=teams, members=members
    )


def test_nothing_stored_is_nothing_to_mend():
    assert list(check({}).columns) == COLUMNS
    assert check({"households": table(Households, home("h1", None)).iloc[:0]}).empty


def test_no_answer_holds_a_name_or_a_phone():
    members = table(
        Members,
        {"member_id": "m1", "name": "Lê Thị B", "phone": "0905000001", "geometry": None},
        {"member_id": "m2", "name": "Lê Thị B", "phone": "0905000001", "geometry": None},
    )
    homes = table(Households, *(home(f"h{i}", Point(107.001, 16.001)) for i in range(5)))

    told = check({"members": members, "households": homes}).to_csv()

    assert "Lê" not in told
    assert "0905000001" not in told


def test_every_check_has_its_sentence_in_both_languages():
    for one in Check:
        for lang in words.Lang:
            assert words.say(f"check_{one}", lang)


@pytest.mark.parametrize("rows", [1, 3])
def test_goals_alone_are_not_looked_at(rows):
    goals = table(Goals, *({"goal_id": f"g{i}", "name": "VNeID"} for i in range(rows)))

    assert check({"goals": goals}).empty
