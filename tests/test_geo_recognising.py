"""Who is who between a stored list and a new one."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.aliases import resolved, with_alias
from geo.recognising import Doubt, How, recognise
from geo.recognising_keys import repeats, same_house
from geo.tables import Households, checked

pytestmark = pytest.mark.slow
METRE = 1 / 111_320


def homes(*rows):
    frame = pd.DataFrame([{"neighbourhood_given": "Tổ 1", **row} for row in rows])
    at = frame.pop("at") if "at" in frame else pd.Series([None] * len(frame))
    points = [
        None if not isinstance(xy, tuple) else Point(107.5 + xy[0] * METRE, 16.4) for xy in at
    ]
    frame["household_id"] = frame["household_id"].fillna("")
    whole = checked(frame.assign(geometry=points), Households)
    return gpd.GeoDataFrame(whole, geometry="geometry", crs="EPSG:4326")


def a_home(household_id, head=None, **said):
    return {"household_id": household_id, "head": head, **said}


def made_of(frame):
    return frame["household_id"].str.match(r"H-[0-9a-f]{12}")


def found(stored, listed, **said):
    made, before = made_of(listed), made_of(stored)
    rows = recognise(stored, listed, made_ids=made, stored_made_ids=before, **said)
    answers = rows.rows
    known = answers["known"].where(answers["known"].notna(), answers["doubt"])
    return [None if pd.isna(one) else one for one in known], list(rows.vanished)


MADE = [f"H-{i:012x}" for i in range(200)]


def test_an_id_decides_whatever_else_has_changed_in_one_place():
    stored = homes(a_home("HG-1", "Lê Thị Ổn", phone="1", house_number="3", street="Lê Lợi"))
    listed = homes(a_home("HG-1", "Võ Văn Nam", phone="2", house_number="3", street="Lê Lợi"))

    assert found(stored, listed) == (["HG-1"], [])


def test_an_id_that_now_stands_for_somebody_else_somewhere_else_is_a_question():
    stored = homes(a_home("1", "Lê Thị Ổn", neighbourhood_given="Tổ 1", phone="0901"))
    listed = homes(a_home("1", "Võ Văn Nam", neighbourhood_given="Tổ 5", phone="0902"))

    assert found(stored, listed) == ([Doubt.OTHER_UNDER_ID], [])
    assert found(stored, listed, trust_ids=True) == (["1"], [])


def test_a_digital_address_that_is_alone_on_both_sides_is_the_household():
    stored = homes(a_home(MADE[0], "Lê Thị Ổn", address_raw="hue 0001"))
    listed = homes(a_home(MADE[1], "Võ Văn Nam", address_raw="HUE0001"))

    assert found(stored, listed) == ([MADE[0]], [])


@pytest.mark.parametrize("code", ["49619", ""])
def test_a_code_of_a_whole_area_says_nothing(code):
    stored = homes(a_home(MADE[0], "Lê Thị Ổn", address_raw=code))
    listed = homes(a_home(MADE[1], "Võ Văn Nam", address_raw=code))

    assert found(stored, listed)[0] == [None]


def test_another_name_and_another_id_at_one_digital_address_is_a_question():
    stored = homes(a_home("HG-1", "Lê Thị Ổn", address_raw="HUE1"))
    listed = homes(a_home("HG-9", "Võ Văn Nam", address_raw="HUE1"))

    assert found(stored, listed)[0] == [Doubt.OTHER_AT_ADDRESS]


@pytest.mark.parametrize(
    "again",
    [
        {"head": "LE THI ON", "neighbourhood_given": "TDP 01"},
        {"head": "Lê Thị Ổn", "phone": "0999"},
        {"head": "Lê T. Ổn", "house_number": "số 3", "street": "đường Lê Lợi"},
        {
            "head": "Lê Thị Ổn",
            "neighbourhood_given": "Tổ 9",
            "house_number": "3",
            "street": "Lê Lợi",
        },
        {"head": "Lê Thị Ổn", "neighbourhood_given": None, "at": (20, 0)},
    ],
)
def test_name_and_place_make_a_household_known_however_they_are_written(again):
    stored = homes(
        a_home(MADE[0], "Lê Thị Ổn", house_number="3", street="Lê Lợi", phone="0901", at=(0, 0))
    )

    assert found(stored, homes({"household_id": MADE[1], **again}))[0] == [MADE[0]]


def test_two_of_one_name_are_told_apart_by_house_then_by_phone_and_else_asked_about():
    stored = homes(
        a_home(MADE[0], "An", house_number="1", street="Lê Lợi"),
        a_home(MADE[1], "An", house_number="2", street="Lê Lợi"),
        a_home(MADE[2], "Bình", phone="1"),
        a_home(MADE[3], "Bình", phone="2"),
        a_home(MADE[4], "Chi"),
        a_home(MADE[5], "Chi"),
    )
    listed = homes(
        a_home(MADE[10], "An", house_number="2", street="Lê Lợi"),
        a_home(MADE[11], "Bình", phone="1", residents=3),
        a_home(MADE[12], "Chi", residents=3),
    )

    assert found(stored, listed)[0] == [MADE[1], MADE[2], Doubt.SEVERAL]


def test_the_candidates_of_a_question_are_named_and_not_taken_for_vanished():
    stored = homes(a_home("a", "Chi"), a_home("b", "Chi"), a_home("c", "An"))
    listed = homes(a_home(MADE[0], "Chi"), a_home("c", "An"))

    rows = recognise(stored, listed, made_ids=made_of(listed), stored_made_ids=made_of(stored))

    assert rows.rows["candidates"].tolist()[0] == "a, b"
    assert list(rows.vanished) == []


def test_one_of_the_same_name_in_another_neighbourhood_is_somebody_else():
    stored = homes(a_home(MADE[0], "Nguyễn Văn Hùng", neighbourhood_given="Tổ 1"))
    listed = homes(a_home(MADE[1], "Nguyễn Văn Hùng", neighbourhood_given="Tổ 2"))

    assert found(stored, listed) == ([None], [])


def test_who_has_gone_here_and_turns_up_there_may_have_moved():
    stored = homes(a_home("1", "An"), a_home("2", "Bình"), a_home(MADE[0], "Chi"))
    listed = homes(
        a_home("1", "An"), a_home("2", "Bình"), a_home(MADE[1], "Chi", neighbourhood_given="Tổ 9")
    )

    assert found(stored, listed) == (["1", "2", Doubt.MOVED], [])


def test_two_ids_of_an_office_in_two_places_are_two_households_whatever_the_name():
    stored = homes(a_home("1", "An"), a_home("2", "Bình"), a_home("3", "Chi"))
    listed = homes(
        a_home("1", "An"), a_home("2", "Bình"), a_home("9", "Chi", neighbourhood_given="Tổ 9")
    )

    assert found(stored, listed) == (["1", "2", None], ["3"])


def test_a_full_list_tells_who_has_vanished_and_a_partial_one_tells_nothing():
    stored = homes(*(a_home(str(i), f"Người {i}") for i in range(4)))

    assert found(stored, stored.iloc[:3]) == (["0", "1", "2"], ["3"])
    assert found(stored, stored.iloc[:2])[1] == ["2", "3"]
    assert found(stored, stored.iloc[:1])[1] == []


def test_each_neighbourhood_is_judged_for_itself():
    stored = homes(
        *(a_home(f"a{i}", neighbourhood_given="Tổ 1", head=f"A {i}") for i in range(4)),
        *(a_home(f"b{i}", neighbourhood_given="Tổ 2", head=f"B {i}") for i in range(4)),
    )

    assert found(stored, stored.iloc[[0, 1, 2, 4]])[1] == ["a3"]


def test_households_of_which_nothing_is_known_are_never_matched():
    stored = homes(a_home(MADE[0]), a_home(MADE[1]))

    assert found(stored, homes(a_home(MADE[2]), a_home(MADE[3])))[0] == [None, None]


def test_buildings_without_a_name_are_known_by_their_very_point():
    stored = homes(a_home(MADE[0], at=(0, 0)), a_home(MADE[1], at=(20, 0)))
    listed = homes(a_home(MADE[2], at=(0.2, 0)), a_home(MADE[3], at=(10, 0)))

    assert found(stored, listed)[0] == [MADE[0], None]


def test_a_ward_never_knows_the_households_of_another():
    stored = homes(a_home(MADE[0], "An", ward_given="00004"))

    assert found(stored, homes(a_home(MADE[1], "An", ward_given="00008")))[0] == [None]


def test_a_placeholder_that_everybody_bears_is_compared_house_by_house():
    count = 300
    stored = homes(*(a_home(f"H-{i:012x}", "Chủ hộ", house_number=str(i)) for i in range(count)))
    listed = homes(
        *(a_home(f"H-{i + 999:012x}", "Chủ hộ", house_number=str(i)) for i in range(count))
    )

    assert found(stored, listed)[0] == stored["household_id"].tolist()


def test_a_household_is_found_under_every_id_a_list_gave_it():
    known = homes(a_home("a"), a_home("b")).assign(known_as=["x|y", None])

    meant = resolved(pd.Series(["a", "y", "z", None]), known)

    assert meant.fillna("-").tolist() == ["a", "a", "-", "-"]
    named = with_alias(known["known_as"], pd.Series(["y", "z"]))
    assert named.tolist() == ["x|y", "z"]


NAMES = st.sampled_from(["Lê Văn An", "Lê V. An", "Trần Thị Bình", "Võ Chi", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "head": NAMES,
            "house_number": st.sampled_from(["1", "2", None]),
            "street": st.sampled_from(["Lê Lợi", None]),
            "phone": st.sampled_from(["0901", "0902", None]),
            "neighbourhood_given": st.sampled_from(["Tổ 1", "TDP 2", None]),
            "address_raw": st.sampled_from(["A1", "A2", None]),
            "at": st.sampled_from([(0, 0), (20, 0), (500, 0), None]),
        }
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_no_household_is_two_rows_and_no_row_two_answers(before, after):
    stored = homes(*({**row, "household_id": MADE[i]} for i, row in enumerate(before)), a_home("x"))
    listed = homes(
        *({**row, "household_id": MADE[100 + i]} for i, row in enumerate(after)), a_home("x")
    )

    made, before = made_of(listed), made_of(stored)
    rows = recognise(stored, listed, made_ids=made, stored_made_ids=before).rows

    known = rows["known"].dropna()
    assert not known.duplicated().any()
    assert set(known) <= set(stored["household_id"])
    assert not (rows["known"].notna() & rows["doubt"].notna()).any()
    assert (rows["candidates"].notna() == rows["doubt"].notna()).all()
    assert rows["how"].iloc[-1] == How.ID


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_matter(rows, random):
    stored = homes(*({**row, "household_id": MADE[i]} for i, row in enumerate(rows)), a_home("x"))
    listed = stored.assign(household_id=[*MADE[100 : 100 + len(rows)], "x"], phone="0777")
    order = list(range(len(listed)))
    random.shuffle(order)

    def answers(frame):
        made, before = made_of(frame), made_of(stored)
        told = recognise(stored, frame, made_ids=made, stored_made_ids=before).rows.set_axis(
            frame["household_id"]
        )
        return told.sort_index().fillna("-").to_dict()

    assert answers(listed) == answers(listed.iloc[order])


def test_one_house_is_one_key_with_the_name_in_full_or_short():
    rows = homes(
        a_home("a", "Lê Thị Ổn", house_number="3", alley="Kiệt 12"),
        a_home("b", "LE T. ON", house_number="Số 3", alley="K12"),
        a_home("c", "Lê Thị Ổn"),
    )

    keys = same_house(rows)

    assert keys.iloc[0] == keys.iloc[1]
    assert pd.isna(keys.iloc[2])
    assert repeats(rows.assign(address_scheme=None))["first"].tolist() == [0, 0]
