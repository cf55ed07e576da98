"""Changes by hand as the front doors see them: who has ended no longer counts, what is found, what is drawn."""

import pytest

import workflow
from data.store import memory_store
from geo.errors import InputError, NotFoundError
from geo.terms import Kind
from tests.by_hand import DAY, WARD, fill
from tests.test_data_undo import copy

WHY = {"why": "Nghị quyết", "on": DAY}
GEOJSON = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
    '{"type":"LineString","coordinates":[[107.505,16.404],[107.505,16.406]]}}]}'
)


@pytest.fixture(scope="module")
def filled():
    opened = fill(memory_store())
    yield opened
    opened.close()


@pytest.fixture
def ward(filled, store):
    copy(filled, store)
    return store


def test_a_household_that_is_gone_counts_no_more_until_it_comes_back(ward):
    before = workflow.coverage(ward, on=DAY).total["households"]
    workflow.end(ward, Kind.HOUSEHOLDS, "h2", day=DAY, **WHY)
    gone = workflow.coverage(ward, on=DAY).total["households"]
    earlier = workflow.coverage(ward, on=DAY.replace(day=20)).total["households"]
    workflow.resume(ward, Kind.HOUSEHOLDS, "h2", **WHY)

    assert (before, gone, earlier) == (5, 4, 5)
    assert workflow.coverage(ward, on=DAY).total["households"] == 5
    assert ward.load(Kind.HOUSEHOLDS)["vanished_at"].notna().sum() == 1


def test_a_goal_that_ended_is_in_no_row_and_a_team_that_ended_in_no_staffing(ward):
    workflow.add(ward, Kind.GOALS, {"name": "DVC"}, **WHY)
    workflow.end(ward, Kind.GOALS, "g", day=DAY, **WHY)
    workflow.end(ward, Kind.TEAMS, "t1", day=DAY, **WHY)

    assert "g" not in set(workflow.coverage(ward, on=DAY).rows["goal"])
    assert workflow.staffing(ward, on=DAY).total["teams"] == 0
    assert workflow.staffing(ward, on=DAY.replace(day=20)).total["teams"] == 1


def test_a_member_cannot_end_before_beginning_and_visits_are_never_corrected(ward):
    workflow.edit(ward, Kind.MEMBERS, {"active_from": "2026-11-10"}, key="m1", **WHY)

    with pytest.raises(InputError, match="edit_faults"):
        workflow.end(ward, Kind.MEMBERS, "m1", day=DAY.replace(day=1), **WHY)
    with pytest.raises(NotFoundError):
        workflow.edit(ward, Kind.VISITS, {"note": "x"}, key="v1", **WHY)


def test_rows_are_found_by_words_without_diacritics_in_any_order(ward):
    rows = workflow.rows_by_hand(ward, Kind.HOUSEHOLDS, WARD)

    assert workflow.found_by_hand(rows, "on le loi thi")["key"].tolist() == ["h1"]
    assert workflow.found_by_hand(rows, "LÊ THỊ")["key"].tolist() == ["h1"]
    assert len(workflow.found_by_hand(rows, "")) == 5
    assert workflow.found_by_hand(rows, "nobody").empty


def test_several_goals_of_one_visit_are_one_change(ward):
    workflow.add(ward, Kind.GOALS, {"name": "DVC"}, **WHY)
    goals = ward.load(Kind.GOALS)["goal_id"]
    visit = {"household_given": "h2", "visited_at": "2026-11-20", "outcome": "met"}

    edited = workflow.add(ward, Kind.VISITS, *[visit | {"goal_given": g} for g in goals], **WHY)
    told = workflow.edits(ward).iloc[0]
    workflow.undo(ward, edited.edit_id)

    assert len(edited.keys) == 2
    assert (told["act"], told["rows"]) == ("edit_added", "Võ Chi · 20/11/2026, Võ Chi · 20/11/2026")
    assert len(ward.load(Kind.VISITS)) == 1


def test_those_who_wait_for_a_decision_are_listed_until_there_is_one(ward):
    assert workflow.vanished_by_hand(ward, WARD)["key"].tolist() == ["h4"]

    workflow.end(ward, Kind.HOUSEHOLDS, "h4", day=DAY, **WHY)

    assert workflow.vanished_by_hand(ward, WARD).empty
    assert (
        ward.load(Kind.HOUSEHOLDS).set_index("household_id").loc["h4", "vanished_at"]
        == "2026-11-01"
    )


def test_the_values_of_a_form_are_the_stored_ones_and_say_what_is_meant(ward):
    values = workflow.values_by_hand(ward, Kind.MEMBERS, "m1")

    assert (values["name"], values["team_given"], values["minutes_per_week"]) == (
        "Lê Văn An",
        "t1",
        "120",
    )
    assert (
        workflow.values_by_hand(ward, Kind.HOUSEHOLDS, "h1")["place"] == "16.4050000, 107.5020000"
    )
    assert workflow.in_charge_by_hand(ward, "h1") == "m1"
    assert workflow.in_charge_by_hand(ward, "h2") == ""


def test_lines_come_from_clicked_places_and_from_geojson(ward):
    places = workflow.places_in("16.40400, 107.50500\n\n16.40600, 107.50500")
    clicked = workflow.shape_of_corners(places, closed=False)

    assert workflow.shape_of_corners(places, closed=True) is None
    assert workflow.shape_of_text(ward, GEOJSON, WARD).equals(clicked)
    with pytest.raises(InputError, match="corner_unreadable"):
        workflow.places_in("đâu đó")
    with pytest.raises(InputError):
        workflow.shape_of_text(ward, "{}", WARD)


def test_a_split_is_shown_first_and_drawn(ward):
    shape = workflow.shape_of_corners(
        workflow.places_in("16.404, 107.505\n16.406, 107.505"), closed=False
    )
    wanted = workflow.Redividing(names=("X", "Y"), place="A", split=True, shape=shape)

    told = workflow.redivide(ward, wanted, day=DAY, keep=False, **WHY)
    layers = workflow.cutting_layers(ward, WARD, ((16.404, 107.505),), shape)

    assert [part["name"] for part in told.figures["parts"]] == ["X", "Y"]
    assert {layer.name for layer in layers} >= {"neighbourhoods", "drawn_lines", "pointed"}
    assert workflow.edits(ward).empty


def test_a_household_is_drawn_among_its_neighbours(ward):
    layers = {one.name: one for one in workflow.place_layers(ward, WARD, "h1", ((16.4, 107.5),))}

    assert layers["now"].frame["key"].tolist() == ["h1"]
    assert set(layers["beside"].frame["key"]) >= {"h2", "h3"}
    assert len(layers["pointed"].frame) == 1
