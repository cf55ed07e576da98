"""A draft changed by hand: moves, locks, a new suggestion around them, and the way back from each."""

import itertools

import pytest
import sqlalchemy as sa

import workflow
from geo.errors import ConflictError, NotFoundError
from tests.hamlet import DAY, a_hamlet, planned

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = a_hamlet(tmp_path_factory.mktemp("hamlet"))
    yield opened
    opened.close()


@pytest.fixture
def plan(store):
    """A fresh draft of the hamlet, by its id."""
    return planned(store, f"plan {next(NUMBERS)}")[0]["plan"]


def rows_of(store, plan):
    rows = store.load("assignments")
    return rows[rows["plan_id"] == plan].set_index("household_id").sort_index()


def kept(store, plan):
    """Everything that is stored of a plan but its edits, as text."""
    tables = ("assignments", "zones", "plan_areas")
    parts = [store.load(name) for name in tables]
    parts = [part[part["plan_id"] == plan].reset_index(drop=True) for part in parts]
    parts[2] = [{k: v for k, v in one.items() if k != "seconds"} for one in parts[2]["figures"]]
    parts[2] = [sorted(one.items()) for one in parts[2]]
    return "\n".join(str(getattr(part, "to_json", part.__str__)()) for part in parts)


def of_member(store, plan, member):
    rows = rows_of(store, plan)
    return rows.index[rows["member_id"] == member].tolist()


def test_a_trial_tells_loads_and_changes_nothing(store, plan):
    chosen = of_member(store, plan, "m0")[:3]
    before = kept(store, plan)

    trial = workflow.try_move(store, plan, chosen, "m1", on=DAY)

    assert (trial.moved, trial.locked, trial.elsewhere) == (3, 0, 0)
    loads = trial.loads.set_index("member_id")
    assert list(loads.index) == ["m0", "m1"]
    assert loads["name"].tolist() == ["m0", "m1"]
    assert (loads["households_after"] - loads["households_before"]).tolist() == [-3, 3]
    given = rows_of(store, plan).loc[chosen, "load_min"].sum()
    assert loads.loc["m1", "load_min_after"] - loads.loc["m1", "load_min_before"] == pytest.approx(
        given
    )
    assert kept(store, plan) == before


def test_moved_households_change_figures_and_zones_and_undo_brings_back_all(store, plan):
    chosen = of_member(store, plan, "m0")[:2]
    before, figures = kept(store, plan), workflow.plan_document(store, plan)["total"]

    assert workflow.move_households(store, plan, chosen, "m1", why="gần nhà", on=DAY) == 2

    assert rows_of(store, plan).loc[chosen, "member_id"].tolist() == ["m1", "m1"]
    after = kept(store, plan)
    moved = workflow.plan_document(store, plan)["total"]
    assert moved["load_min"]["max"] > figures["load_min"]["max"]
    loads = workflow.member_loads(store, plan, "T1", on=DAY)
    assert loads["load_min"].max() == pytest.approx(moved["load_min"]["max"], abs=1e-3)
    workflow.undo_edit(store, plan, on=DAY)
    assert kept(store, plan) == before
    workflow.redo_edit(store, plan, on=DAY)
    assert kept(store, plan) == after


def test_locked_households_stay_when_others_are_moved_or_shared_anew(store, plan):
    chosen = of_member(store, plan, "m0")
    held = chosen[:1]
    workflow.lock_households(store, plan, held, on=DAY)

    assert workflow.move_households(store, plan, chosen, "m2", on=DAY) == len(chosen) - 1
    workflow.suggest_again(store, plan, on=DAY)

    rows = rows_of(store, plan)
    assert rows.loc[held, "member_id"].tolist() == ["m0"]
    assert rows.index[rows["locked"]].tolist() == held
    assert (rows["member_id"].value_counts() > 5).all()


def test_what_is_unlocked_may_be_moved_again(store, plan):
    chosen = of_member(store, plan, "m0")[:1]
    workflow.lock_households(store, plan, chosen, on=DAY)
    workflow.lock_households(store, plan, chosen, locked=False, on=DAY)

    assert workflow.move_households(store, plan, chosen, "m1", on=DAY) == 1


def test_steps_are_undone_in_turn_and_a_new_one_ends_redo(store, plan):
    begin = kept(store, plan)
    first, second = of_member(store, plan, "m0")[:2]
    workflow.move_households(store, plan, [first], "m1", on=DAY)
    once = kept(store, plan)
    workflow.move_households(store, plan, [second], "m1", on=DAY)

    workflow.undo_edit(store, plan, on=DAY)
    assert kept(store, plan) == once
    workflow.undo_edit(store, plan, on=DAY)
    assert kept(store, plan) == begin
    with pytest.raises(NotFoundError, match="nothing_to_undo"):
        workflow.undo_edit(store, plan, on=DAY)
    workflow.move_households(store, plan, [second], "m2", on=DAY)
    with pytest.raises(NotFoundError, match="nothing_to_redo"):
        workflow.redo_edit(store, plan, on=DAY)
    told = workflow.plan_edits(store, plan)
    assert told["what"].tolist() == ["move", "move", "move"]
    assert told["undone"].tolist() == [False, True, True]


def test_a_plan_in_force_is_changed_in_a_copy_only(store, plan):
    workflow.approve_plan(store, plan)
    chosen = of_member(store, plan, "m0")[:1]
    with pytest.raises(ConflictError, match="plan_not_editable"):
        workflow.move_households(store, plan, chosen, "m1", on=DAY)
    before = kept(store, plan)

    copy = workflow.copy_plan(store, plan, on=DAY)
    workflow.move_households(store, copy, chosen, "m1", on=DAY)

    assert kept(store, plan) == before
    assert rows_of(store, copy).loc[chosen, "member_id"].tolist() == ["m1"]
    workflow.approve_plan(store, copy, why="đổi một hộ")
    workflow.approve_plan(store, plan, why="quay lại")
    told = workflow.plan_history(store)
    assert told[["subject", "why"]].head(2).to_numpy().tolist() == [
        [plan, "quay lại"],
        [copy, "đổi một hộ"],
    ]


def test_a_change_that_somebody_overtook_is_refused_and_nothing_kept(store, plan):
    chosen = of_member(store, plan, "m0")[:1]
    workflow.move_households(store, plan, chosen, "m1", on=DAY)
    with store.writing() as connection:
        connection.execute(
            sa.text(
                "update assignments set member_id = 'm2' where plan_id = :plan and household_id = :home"
            ),
            {"plan": plan, "home": chosen[0]},
        )
    before = kept(store, plan)

    with pytest.raises(ConflictError, match="plan_changed_meanwhile"):
        workflow.undo_edit(store, plan, on=DAY)

    assert kept(store, plan) == before


def test_the_public_drawing_of_a_plan_has_coarse_outlines_and_no_people(store, plan):
    """A meeting sees it: no corner of a zone is one of the outline that follows the homes."""
    layers = {one.name: one for one in workflow.plan_layers(store, plan, public=True)}

    shown = layers["zones"].frame.geometry.get_coordinates()
    kept = store.load("zones")
    exact = kept[kept["plan_id"] == plan].geometry.get_coordinates()
    assert set(layers) == {"neighbourhoods", "zones"}
    assert not set(shown.itertuples(index=False, name=None)) & set(
        exact.itertuples(index=False, name=None)
    )
