"""A plan that is written and read back as `assignments` is the same plan, from every format that holds households."""

import pytest

import workflow
from geo.terms import Kind
from tests.hamlet import DAY, a_hamlet, planned


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    store = a_hamlet(tmp_path_factory.mktemp("hamlet"))
    _, rows = planned(store, "P")
    yield store, rows
    store.close()


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "xlsx", "csv"])
def test_a_written_plan_comes_back_as_the_same_plan(shared, tmp_path, ending):
    store, rows = shared
    path = tmp_path / f"phương án {ending}.{ending}"
    workflow.export_plan(store, "P", path, on=DAY)

    report = workflow.import_file(store, path, kind=Kind.ASSIGNMENTS)

    assert (report.read, report.added, report.set_aside) == (30, 30, 0)
    plans = workflow.plans(store).set_index("name")
    back = store.load("assignments")
    back = back[back["plan_id"] == plans.loc[path.stem, "plan_id"]].set_index("household_id")
    assert back["member_id"].sort_index().to_dict() == rows["member_id"].sort_index().to_dict()
