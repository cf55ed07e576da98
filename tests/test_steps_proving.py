"""The plan in which the fewest households change members: proven, told on the way, kept as a draft."""

import pytest

import workflow
from steps import proving
from tests.hamlet import DAY, an_uneven_hamlet


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory):
    store = an_uneven_hamlet(tmp_path_factory.mktemp("hamlet"))
    yield store
    store.close()


def test_the_plan_with_the_fewest_moves_is_proven_and_kept_as_a_draft(hamlet):
    told = []

    found = workflow.fewest_plan(hamlet, "T1", on=DAY, progress=lambda *one: told.append(one))
    plan = workflow.keep_fewest(hamlet, "T1", found, on=DAY)

    assert found.proven
    area = workflow.plan_document(hamlet, plan)["areas"][0]
    assert area["changed_households"] == found.moved
    assert (area["zones_disconnected"], area["members_outside_window"]) == (0, 0)
    shares = [share for _, share in told]
    assert shares == sorted(shares)


def test_work_that_is_stopped_keeps_nothing(hamlet):
    class StopError(Exception):
        pass

    def stop(*_):
        raise StopError

    before = len(workflow.plans(hamlet))

    with pytest.raises(StopError):
        workflow.fewest_plan(hamlet, "T1", on=DAY, progress=stop)

    assert len(workflow.plans(hamlet)) == before


def test_a_wish_of_the_plan_in_force_is_obeyed_and_the_bound_holds(hamlet, monkeypatch):
    free = workflow.fewest_plan(hamlet, "T1", on=DAY)
    given = free.assignment.set_index("household_id")["member_id"]
    taken = next(f"h{i:02}" for i in range(20) if given[f"h{i:02}"] != "m0")
    stored = [{"wish": "forbid", "household_id": taken, "member_id": given[taken]}]
    monkeypatch.setattr(proving, "_wishes_in_force", lambda *_: stored)

    found = workflow.fewest_plan(hamlet, "T1", on=DAY)

    assert found.at_least <= found.moved
    assert found.assignment.set_index("household_id")["member_id"][taken] != given[taken]
    assert found.wishes == stored
