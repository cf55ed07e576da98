"""Which neighbourhoods end because others begin, and where an old name leads."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.succession import carried_over, in_force_now, named_place, succeed

WEST, SOUTH, SIDE = 107.50, 16.40, 0.001
DAY = "2026-11-21"


def zones(*drawn, ward="00004"):
    """Zones as (id, from, to) along a row of squares, with `valid_from` and `valid_to` where they follow."""
    rows = [(*one, *[None] * (5 - len(one))) for one in drawn]
    frame = pd.DataFrame(
        [
            {
                "neighbourhood_id": name,
                "name": name,
                "ward_code": ward,
                "valid_from": a,
                "valid_to": b,
            }
            for name, _, _, a, b in rows
        ],
        columns=["neighbourhood_id", "name", "ward_code", "valid_from", "valid_to"],
    ).astype("str")
    shapes = [
        box(WEST + start * SIDE, SOUTH, WEST + end * SIDE, SOUTH + SIDE)
        for _, start, end, *_ in rows
    ]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def told(succession):
    heirs = succession.carried.set_index("old_id")
    return {
        old: (str(heirs.loc[old, "what"]), heirs.loc[old, "new_id"]) for old in sorted(heirs.index)
    }


def test_old_ones_end_on_the_day_on_which_others_begin_on_their_ground():
    found = succeed(zones(("a", 0, 1), ("b", 1, 2), ("c", 5, 6)), zones(("N", 0, 2)), day=DAY)

    assert found.valid_from.to_dict() == {"N": DAY}
    assert found.valid_to.to_dict() == {"a": DAY, "b": DAY}
    assert told(found)["a"] == ("carried", "N")


def test_the_first_neighbourhoods_of_a_ward_have_no_beginning():
    found = succeed(zones(), zones(("N", 0, 2)), day=DAY)

    assert found.valid_from.isna().all()
    assert found.carried.empty


def test_one_that_reaches_over_a_border_a_little_ends_nobody():
    found = succeed(zones(("a", 0, 10)), zones(("N", 9, 12)), day=DAY)

    assert found.valid_to.empty
    assert found.valid_from.isna().all()


def test_one_that_is_divided_ends_without_an_heir():
    found = succeed(zones(("a", 0, 9)), zones(("N", 0, 4), ("M", 4, 7.9)), day=DAY)

    assert found.valid_to.to_dict() == {"a": DAY}
    assert told(found)["a"][0] == "carried_split"
    assert pd.isna(told(found)["a"][1])


def test_one_that_nobody_follows_stays_in_force_and_is_told_where_most_are_replaced():
    found = succeed(zones(("a", 0, 1), ("b", 1, 2), ("c", 5, 6)), zones(("N", 0, 2)), day=DAY)

    assert told(found)["c"][0] == "carried_nowhere"
    assert "c" not in found.valid_to


def test_with_days_it_does_not_matter_which_came_first():
    old, new = zones(("a", 0, 2)), zones(("N", 0, 2, "2025-07-01"))

    forth = succeed(old, new, day=DAY)
    dated = zones(("a", 0, 2, "2020-01-01"))
    back = succeed(new, dated, day=DAY)

    assert forth.valid_to.to_dict() == back.valid_to.to_dict() == {"a": "2025-07-01"}
    assert told(forth) == told(back) == {"a": ("carried", "N")}


def test_a_set_that_lies_between_two_others_in_time_comes_in_between():
    stored = zones(("a", 0, 2, None, "2025-07-01"), ("N", 0, 2, "2025-07-01"))

    found = succeed(stored, zones(("m", 0, 2, "2022-01-01")), day=DAY)

    assert found.valid_to.to_dict() == {"a": "2022-01-01", "m": "2025-07-01"}
    assert told(found) == {"a": ("carried", "m"), "m": ("carried", "N")}


def test_of_two_that_begin_on_one_day_the_later_told_goes_before():
    stored = zones(("a", 0, 2, None, DAY), ("N", 0, 2, DAY))

    found = succeed(stored, zones(("M", 0, 2)), day=DAY)

    assert found.valid_to.to_dict() == {"N": DAY}


def test_what_ended_is_known_without_a_clock():
    rows = zones(
        ("a", 0, 1, None, "2025-07-01"), ("N", 0, 1, "2025-07-01"), ("c", 5, 6, None, "2030-01-01")
    )

    assert in_force_now(rows).tolist() == [False, True, True]


SUCCESSIONS = pd.DataFrame({"old_id": ["a", "m", "s"], "new_id": ["m", "N", None]}, dtype="str")


@pytest.mark.parametrize(
    ("given", "place"), [("a", "N"), ("m", "N"), ("N", "N"), ("s", None), ("?", None)]
)
def test_old_ids_lead_to_those_that_followed(given, place):
    found = carried_over(pd.Series([given], dtype="str"), pd.Series(["N"]), SUCCESSIONS)

    assert found.tolist() == [place] or (place is None and found.isna().all())


def test_a_name_means_the_one_that_bears_it_now_before_one_that_ended():
    areas = zones(
        ("a", 0, 1, None, DAY), ("b", 1, 2, None, DAY), ("N", 0, 1, DAY), ("M", 1, 2, DAY)
    )
    areas["name"] = ["Tổ 1", "Tổ 2", "Tổ 2", "Tổ 9"]
    heirs = pd.DataFrame({"old_id": ["a", "b"], "new_id": ["N", "M"]}, dtype="str")
    given = pd.Series(["Tổ 1", "TDP 2", "b", "Tổ 9", None], dtype="str")

    found = named_place(given, areas, heirs, ward=None)

    assert found.iloc[:4].tolist() == ["N", "N", "M", "M"]
    assert pd.isna(found.iloc[4])
