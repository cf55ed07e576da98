"""What is read for one neighbourhood is what is stored of it: the same rows as among those of the whole ward."""

import pytest
from pandas.testing import assert_frame_equal

import workflow
from data.of_places import visits_of
from data.plans import current_assignment
from geo.terms import Kind
from steps.gathering import households_to_plan, members_in_force, planned_places
from tests.made_up_ward import DAY, a_made_up_ward


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small made-up ward with a plan in force, and one of its neighbourhoods."""
    store, _ = a_made_up_ward(tmp_path_factory.mktemp("ward"))
    workflow.suggest_plan(store, name="first", on=DAY)
    workflow.approve_plan(store, "first")
    rows = current_assignment(store).merge(store.load(Kind.HOUSEHOLDS), on="household_id")
    yield store, str(rows["neighbourhood_id"].mode()[0])
    store.close()


def test_households_and_members_are_those_of_the_neighbourhood(made):
    store, code = made
    for gather in (households_to_plan, members_in_force):
        every, own = gather(store, DAY), gather(store, DAY, [code])
        wanted = every[every["neighbourhood_id"] == code].reset_index(drop=True)

        assert 0 < len(own) < len(every)
        assert_frame_equal(own.reset_index(drop=True), wanted)


def test_visits_and_the_plan_in_force_are_those_of_its_households(made):
    store, code = made
    homes = households_to_plan(store, DAY, [code])["household_id"]
    for gather in (visits_of, current_assignment):
        every, own = gather(store, None), gather(store, [code])
        wanted = every[every["household_id"].isin(homes)].reset_index(drop=True)

        assert 0 < len(own) < len(every)
        assert_frame_equal(own.reset_index(drop=True), wanted)


def test_a_place_is_found_by_its_code_or_that_of_its_ward(made):
    store, code = made
    every = planned_places(store, None, DAY)

    assert planned_places(store, code, DAY)["neighbourhood_id"].tolist() == [code]
    assert planned_places(store, every["ward_code"].iloc[0], DAY)["neighbourhood_id"].tolist() == (
        every["neighbourhood_id"].tolist()
    )


def test_a_neighbourhood_is_planned_alone_as_among_all(made):
    store, code = made
    told = {"rules": workflow.PlanRules(keep=1.0, seed=3), "on": DAY}
    among = workflow.suggest_plan(store, name="among", **told)
    alone = workflow.suggest_plan(store, name="alone", area=code, **told)
    (wanted,) = [one for one in among["areas"] if one["area"] == code]

    assert _without_seconds(alone["areas"][0]) == _without_seconds(wanted)


def _without_seconds(figures):
    return {name: value for name, value in figures.items() if name != "seconds"}
