"""Changes by hand: read like the cells of a file, placed anew, given a reason, and taken back without a trace."""

import pytest
from shapely.geometry import LineString, box

from data.edit_history import edit_rows
from data.edits import Act, add_rows, put_row, put_values
from data.edits_boundaries import merge_places, redraw_place, split_place
from data.intake import undo
from data.plans import current_assignment
from data.records import ByHand
from data.store import memory_store
from geo.errors import ConflictError, InputError, NotFoundError
from geo.terms import Kind
from tests.by_hand import DAY, SAID, SIDE, SOUTH, WARD, WEST, fill, spot
from tests.test_data_undo import copy, everything

HOSTILE = ["<img src=x onerror=alert(1)>", '=HYPERLINK("http://127.0.0.1","x")']
MEMBER = {"name": "Ngô Thị Tư", "role": "tổ viên", "team_given": "t1", "minutes_per_week": "90"}
VISIT = {
    "household_given": "h2",
    "member_given": "m1",
    "goal_given": "g",
    "visited_at": "2026-11-20 18:30",
    "outcome": "absent",
    "note": "Hẹn chủ nhật",
}
BESIDE = LineString([spot(3, 0), spot(3, 1)])
TOO_LATE = DAY.replace(year=2027)
ALL_OF_IT = box(WEST, SOUTH, WEST + 3 * SIDE, SOUTH + SIDE)
HALF = LineString([spot(0.5, 0.4), spot(0.5, 0.6)])


@pytest.fixture(scope="module")
def filled():
    """The small ward in a store, to be copied."""
    opened = fill(memory_store())
    yield opened
    opened.close()


@pytest.fixture
def ward(filled, store):
    """The small ward in a store of its own."""
    copy(filled, store)
    return store


def put(store, kind, typed, *, key=None, said=SAID, **more):
    """Add a row of typed fields, or correct one."""
    if key is None:
        return add_rows(store, kind, [typed], ward=WARD, said=said, **more)
    return put_row(store, kind, typed, key=key, said=said, **more)


def row(store, kind, key):
    table = store.load(kind)
    (name,) = store.load(kind).columns[:1]
    return table.set_index(name).loc[key]


def in_force(store):
    zones = store.load(Kind.NEIGHBOURHOODS)
    return zones[zones["valid_to"].isna()].set_index("name")


EDITS = {
    "add a member": lambda s: put(s, Kind.MEMBERS, MEMBER, said=SAID),
    "add a team": lambda s: put(
        s, Kind.TEAMS, {"name": "Tổ CNSCĐ 2", "neighbourhood_given": "B"}, said=SAID
    ),
    "add a goal": lambda s: put(s, Kind.GOALS, {"name": "DVC", "valid_days": 90}, said=SAID),
    "add a household": lambda s: put(
        s,
        Kind.HOUSEHOLDS,
        {"head": "Bùi Mới", "house_number": "9", "place": "16.40500, 107.50500"},
        said=SAID,
    ),
    "record a visit": lambda s: put(s, Kind.VISITS, VISIT, said=SAID),
    "correct a member": lambda s: put(
        s, Kind.MEMBERS, {"name": "Lê Văn Ân", "place": "16.40500, 107.50500"}, key="m1", said=SAID
    ),
    "correct a team": lambda s: put(s, Kind.TEAMS, {"name": "Tổ số 1"}, key="t1", said=SAID),
    "correct a goal": lambda s: put(s, Kind.GOALS, {"name": "Định danh"}, key="g", said=SAID),
    "correct a household": lambda s: put(
        s, Kind.HOUSEHOLDS, {"head": "Lê Thị Ơn", "street": ""}, key="h1", said=SAID
    ),
    "move a household": lambda s: put(
        s, Kind.HOUSEHOLDS, {"place": "16.40500, 107.51500"}, key="h1", act=Act.MOVED, said=SAID
    ),
    "retire a member": lambda s: put_values(
        s, Kind.MEMBERS, ["m1"], {"active_to": "2026-11-30"}, Act.RETIRED, said=SAID
    ),
    "a household is gone": lambda s: put_values(
        s, Kind.HOUSEHOLDS, ["h4"], {"gone_on": "2026-11-20"}, Act.RETIRED, said=SAID
    ),
    "a household is still there": lambda s: put_values(
        s, Kind.HOUSEHOLDS, ["h4"], {"vanished_at": None}, Act.RESUMED, said=SAID
    ),
    "split": lambda s: split_place(s, "A", HALF, ["Tổ 1A", "Tổ 1B"], day=DAY, said=SAID),
    "merge": lambda s: merge_places(s, ["A", "B"], "Tổ chung", day=DAY, said=SAID),
    "redraw": lambda s: redraw_place(
        s, "A", box(WEST, SOUTH, WEST + 1.2 * SIDE, SOUTH + SIDE), day=DAY, said=SAID
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_taken_back_leaves_everything_as_it_was(ward, what):
    before = everything(ward)

    edited = EDITS[what](ward)
    after = everything(ward)
    undo(ward, edited.edit_id)

    assert after != before
    assert everything(ward) == before
    (told,) = edit_rows(ward).to_dict("records")
    assert (told["why"], told["stands"]) == (SAID.why, False)


def test_a_rehearsed_edit_changes_nothing(ward):
    before = everything(ward)

    told = split_place(ward, "A", HALF, ["Tổ 1A", "Tổ 1B"], day=DAY, said=SAID, keep=False)

    assert [part["households"] for part in told.figures["parts"]] == [2, 2]
    assert everything(ward) == before
    assert edit_rows(ward).empty


def test_a_reason_must_be_given(ward):
    with pytest.raises(InputError, match="edit_without_reason"):
        put(ward, Kind.GOALS, {"name": "DVC"}, said=ByHand(why=" ", on=DAY))


def test_every_field_that_cannot_be_read_is_named(ward):
    typed = {"name": "", "minutes_per_week": "hai giờ", "team_given": "t1", "active_to": "mai"}

    with pytest.raises(InputError, match="edit_faults") as raised:
        put(ward, Kind.MEMBERS, typed, said=SAID)

    faults = raised.value.facts["faults"]
    assert faults == {
        "minutes_per_week": "minutes_per_week_unreadable",
        "active_to": "active_to_unreadable",
    }


@pytest.mark.parametrize(
    ("kind", "typed", "key", "faults"),
    [
        (Kind.MEMBERS, {"phone": "0905"}, None, {"name": "name_missing"}),
        (Kind.MEMBERS, {"team_given": "t9"}, "m1", {"team_given": "team_given_unknown"}),
        (Kind.GOALS, {"valid_days": "0"}, "g", {"valid_days": "valid_days_unreadable"}),
        (
            Kind.MEMBERS,
            {"active_from": "2026-11-20", "active_to": "2026-11-01"},
            "m1",
            {"active_to": "edit_days_turned"},
        ),
        (Kind.VISITS, VISIT | {"visited_at": "2026-11-23"}, None, {"visited_at": "edit_day_ahead"}),
        (
            Kind.VISITS,
            VISIT | {"household_given": "h9", "goal_given": "x"},
            None,
            {"household_given": "household_given_unknown", "goal_given": "goal_given_unknown"},
        ),
        (Kind.HOUSEHOLDS, {"place": "abc"}, "h1", {"place": "address_opaque"}),
        (Kind.HOUSEHOLDS, {"place": "21.03001, 105.85001"}, "h1", {"place": "edit_place_outside"}),
        (Kind.HOUSEHOLDS, {"head": "", "house_number": ""}, "h1", {"head": "edit_head_or_house"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(ward, kind, typed, key, faults):
    before = everything(ward)

    with pytest.raises(InputError, match="edit_faults") as raised:
        put(ward, kind, typed, key=key, said=SAID)

    assert raised.value.facts["faults"] == faults
    assert everything(ward) == before


def test_a_moved_household_is_measured_and_belongs_where_it_lies_now(ward):
    put(ward, Kind.HOUSEHOLDS, {"place": "16.40500, 107.51500"}, key="h5", act=Act.MOVED, said=SAID)

    moved = row(ward, Kind.HOUSEHOLDS, "h5")

    assert (moved["location_source"], moved["neighbourhood_id"]) == ("measured", "B")
    assert (moved.geometry.y, moved.geometry.x) == (16.405, 107.515)


def test_who_was_named_by_a_name_that_is_corrected_is_still_the_same(ward):
    put(ward, Kind.MEMBERS, {"name": "Lê Văn Ân"}, key="m1", said=SAID)
    put(ward, Kind.TEAMS, {"name": "Tổ số 1"}, key="t1", said=SAID)
    put(ward, Kind.GOALS, {"name": "Định danh"}, key="g", said=SAID)

    visit = row(ward, Kind.VISITS, "v1")

    assert (visit["member_id"], visit["goal_id"]) == ("m1", "g")
    assert list(ward.load(Kind.MEMBERS)["team_id"]) == ["t1", "t1"]
    assert current_assignment(ward).to_numpy().tolist() == [["h1", "m1"]]


def test_the_same_visit_twice_is_refused_and_a_household_that_is_there_is_asked_about(ward):
    put(ward, Kind.VISITS, VISIT, said=SAID)
    with pytest.raises(ConflictError, match="edit_there_already"):
        put(ward, Kind.VISITS, VISIT, said=SAID)
    double = {
        "head": "LÊ THỊ ỔN",
        "house_number": "1",
        "street": "Lê Lợi",
        "place": "16.40500,107.50200",
    }

    with pytest.raises(ConflictError, match="edit_household_there") as raised:
        put(ward, Kind.HOUSEHOLDS, double, said=SAID)
    put(ward, Kind.HOUSEHOLDS, double, sure=True, said=SAID)

    assert raised.value.facts == {"households": "h1"}
    assert len(ward.load(Kind.HOUSEHOLDS)) == 6


def test_nothing_changed_and_nobody_known_are_refused(ward):
    with pytest.raises(InputError, match="edit_changes_nothing"):
        put(ward, Kind.GOALS, {"name": "VNeID"}, key="g", said=SAID)
    with pytest.raises(NotFoundError, match="edit_row_unknown"):
        put(ward, Kind.GOALS, {"name": "VNeID"}, key="nobody", said=SAID)
    with pytest.raises(InputError, match="field_unknown"):
        put(ward, Kind.GOALS, {"goal_id": "x"}, key="g", said=SAID)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text(ward, text):
    added = put(ward, Kind.MEMBERS, MEMBER | {"name": text}, said=SAID)

    assert row(ward, Kind.MEMBERS, added.keys[0])["name"] == text


def test_an_edit_that_a_later_one_builds_on_is_not_taken_back_alone(ward):
    first = put(ward, Kind.MEMBERS, {"phone": "0905000001"}, key="m1", said=SAID)
    second = put(ward, Kind.MEMBERS, {"phone": "0905000002"}, key="m1", said=SAID)

    with pytest.raises(ConflictError, match="import_built_on"):
        undo(ward, first.edit_id)
    undo(ward, second.edit_id)
    undo(ward, first.edit_id)

    assert row(ward, Kind.MEMBERS, "m1").isna()["phone"]


# --- neighbourhoods ---


def test_a_split_ends_the_old_one_and_households_go_where_they_lie(ward):
    told = split_place(ward, "A", HALF, ["Tổ 1A", "Tổ 1B"], day=DAY, said=SAID)

    new = in_force(ward)
    homes = ward.load(Kind.HOUSEHOLDS).set_index("household_id")["neighbourhood_id"]
    left, right = (new.loc[name, "neighbourhood_id"] for name in ("Tổ 1A", "Tổ 1B"))
    assert homes[["h1", "h2", "h3", "h4"]].tolist() == [left, left, right, "B"]
    assert row(ward, Kind.NEIGHBOURHOODS, "A")["valid_to"] == "2026-11-21"
    assert set(new.loc[["Tổ 1A", "Tổ 1B"], "valid_from"]) == {"2026-11-21"}
    assert new.loc[["Tổ 1A", "Tổ 1B"]].geometry.union_all().symmetric_difference(
        row(ward, Kind.NEIGHBOURHOODS, "A").geometry
    ).area == pytest.approx(0, abs=1e-12)
    assert [part["name"] for part in told.figures["parts"]] == ["Tổ 1A", "Tổ 1B"]
    assert current_assignment(ward).to_numpy().tolist() == [["h1", "m1"]]


def test_a_merge_takes_teams_and_households_along(ward):
    merge_places(ward, ["A", "B"], "Tổ chung", day=DAY, said=SAID)

    new = in_force(ward).loc["Tổ chung", "neighbourhood_id"]

    assert set(ward.load(Kind.HOUSEHOLDS)["neighbourhood_id"]) == {new}
    assert ward.load(Kind.TEAMS)["neighbourhood_id"].tolist() == [new]
    led = ward.load("successions")
    assert led[["old_id", "new_id"]].to_numpy().tolist() == [["A", new], ["B", new]]


def test_who_is_drawn_anew_takes_ground_and_gives_the_rest_to_a_neighbour(ward):
    shifted = box(WEST + 0.3 * SIDE, SOUTH, WEST + 1.6 * SIDE, SOUTH + SIDE)

    told = redraw_place(ward, "A", shifted, name="Tổ mới", day=DAY, said=SAID)

    parts = {part["name"]: part["households"] for part in told.figures["parts"]}
    assert parts == {"Tổ mới": 4, "Tổ 2": 0}
    assert told.figures["left_m2"] == pytest.approx(0.3 * 1_067 * 1_107, rel=0.01)
    assert ward.load(Kind.HOUSEHOLDS)["neighbourhood_id"].isna().tolist()[0]


def test_what_a_neighbourhood_gives_up_can_go_to_another(ward):
    smaller = box(WEST, SOUTH, WEST + 0.5 * SIDE, SOUTH + SIDE)

    told = redraw_place(ward, "A", smaller, rest_to="B", day=DAY, said=SAID)

    assert told.figures["left_m2"] == 0
    assert {part["name"]: part["households"] for part in told.figures["parts"]} == {
        "Tổ 1": 3,
        "Tổ 2": 2,
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: split_place(s, "A", BESIDE, ["x", "y"], day=DAY, said=SAID), "split_beside"),
        (lambda s: split_place(s, "nobody", HALF, ["x", "y"], day=DAY, said=SAID), "place_not_in_force"),
        (lambda s: split_place(s, "A", HALF, ["Tổ 1A", "to 1a"], day=DAY, said=SAID), "edit_faults"),
        (lambda s: split_place(s, "A", HALF, ["Tổ 1A", "Tổ 2"], day=DAY, said=SAID), "edit_faults"),
        (lambda s: split_place(s, "A", HALF, ["x", "y"], day=TOO_LATE, said=SAID), "valid_from_future"),
        (lambda s: merge_places(s, ["A"], "x", day=DAY, said=SAID), "merge_too_few"),
        (lambda s: redraw_place(s, "A", ALL_OF_IT, day=DAY, said=SAID), "redraw_swallows"),
    ],
)  # fmt: skip
def test_a_change_of_neighbourhoods_that_makes_no_sense_is_refused(ward, change, code):
    before = everything(ward)

    with pytest.raises((InputError, NotFoundError), match=code):
        change(ward)

    assert everything(ward) == before


def test_parts_can_be_merged_again_on_the_same_day(ward):
    split_place(ward, "A", HALF, ["Tổ 1A", "Tổ 1B"], day=DAY, said=SAID)
    parts = in_force(ward).loc[["Tổ 1A", "Tổ 1B"], "neighbourhood_id"].tolist()

    merge_places(ward, parts, "Tổ 1", day=DAY, said=SAID)

    assert sorted(in_force(ward).index) == ["Tổ 1", "Tổ 2"]
    assert ward.load(Kind.TEAMS)["neighbourhood_id"].tolist() == [
        in_force(ward).loc["Tổ 1", "neighbourhood_id"]
    ]
