"""The households of a small plan are read alone; of a large one with all others."""

import workflow
from data.plans import homes_of
from tests.hamlet import DAY, a_hamlet, write_rows


def test_a_small_plan_reads_its_own_households_and_a_large_one_the_table(tmp_path):
    store = a_hamlet(tmp_path)
    pairs = [("h03", "m1"), ("h07", "m2")]
    write_rows(tmp_path / "given.csv", pairs, "household_id member_id")
    options = workflow.ImportOptions(ward="19969", on=DAY)
    workflow.import_file(store, tmp_path / "given.csv", kind="assignments", options=options)
    plan = str(workflow.plans(store)["plan_id"].iloc[0])

    alone, everybody = homes_of(store, plan), homes_of(store, plan, alone_below=2)

    assert list(alone["household_id"]) == ["h03", "h07"]
    assert len(everybody) == 30
    assert list(workflow.plan_frames(store, plan).households["household_id"]) == ["h03", "h07"]
