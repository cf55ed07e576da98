"""Looking at a plan closely: what else there would be, why this member, and which rules stand in the way."""

import pandas as pd
import pytest

import workflow
from geo.errors import InputError, NotFoundError
from tests.hamlet import DAY, an_uneven_hamlet, planned
from tests.test_cli import diaban, document


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory):
    store = an_uneven_hamlet(tmp_path_factory.mktemp("hamlet"))
    yield store
    store.close()


def test_options_go_from_few_moves_to_short_walks_and_say_why(hamlet):
    told = workflow.plan_options(hamlet, "T1", on=DAY)

    rows = told["rows"]
    moved = [row["moved"] for row in rows]
    assert moved == sorted(moved)
    assert all(row["moved"] == len(row["moves"]) == sum(row["why"].values()) for row in rows)
    assert all(row["zones_disconnected"] == 0 for row in rows)
    assert {one["why"] for one in rows[0]["moves"]} <= {"evens_load", "keeps_alley", "shorter_walk"}
    assert told["total"] == {"options": len(rows), "assigned_now": 30}


def test_how_few_households_must_change_members_is_proven_when_asked(hamlet):
    told = workflow.plan_options(hamlet, "T1", prove=True, on=DAY)

    fewest = told["fewest"]
    assert fewest["proven"]
    assert 0 < fewest["at_least"] == fewest["moved"] <= told["rows"][0]["moved"]


def test_the_command_line_says_what_is_proven(hamlet):
    said = diaban("options", "--area", "T1", "--prove", database=hamlet.engine.url.database).stdout

    assert "đã chứng minh là không thể ít hơn" in said


def test_a_household_is_explained_by_what_each_member_would_carry(hamlet):
    made, rows = planned(hamlet, "thử")

    told = workflow.why_member(hamlet, made["plan"], "h07", on=DAY).set_index("member_id")

    owner = rows.loc["h07", "member_id"]
    assert told.index[told["chosen"]].tolist() == [owner]
    more = (told["load_after_min"] - told["load_before_min"]).round(6)
    assert more.to_dict() == {
        member: 0 if member == owner else rows.loc["h07", "load_min"] for member in told.index
    }


def test_a_household_that_is_nowhere_is_said_to_be_unknown(hamlet):
    made, _ = planned(hamlet, "không hộ")

    with pytest.raises(NotFoundError, match="household_unknown"):
        workflow.why_member(hamlet, made["plan"], "h99", on=DAY)


def test_the_command_line_shows_both(hamlet):
    made, _ = planned(hamlet, "dòng lệnh")
    base = hamlet.engine.url.database

    assert "Số hộ đổi người" in diaban("options", "--area", "T1", database=base).stdout
    assert "Đang giữ" in diaban("explain", made["plan"], "h07", database=base).stdout
    rows = document("explain", made["plan"], "h07", database=base)["rows"]
    assert sum(row["chosen"] for row in rows) == 1


def test_limits_that_are_short_are_named_with_what_would_do(hamlet, tmp_path):
    people = hamlet.load(workflow.Kind.MEMBERS)
    table = pd.DataFrame(people.drop(columns="geometry")).assign(max_load_min=[150.0, 400.0, 400.0])
    file = tmp_path / "members.csv"
    table[["member_id", "neighbourhood_id", "minutes_per_week", "max_load_min"]].to_csv(
        file, index=False
    )
    report = workflow.import_file(hamlet, file, kind=workflow.Kind.MEMBERS)

    told = diaban("plan", "--area", "T1", database=hamlet.engine.url.database).stdout
    conflict = workflow.plan_document(hamlet, workflow.plans(hamlet)["plan_id"].iloc[0])["areas"][
        0
    ]["conflict"]
    workflow.undo(hamlet, report.import_id)

    assert {one["rule"] for one in conflict["rules"]} == {"cap"}
    assert conflict["short_min"] > 0 and conflict["members_more"] >= 1
    assert "giới hạn cứng" in told and "Thiếu" in told


def test_a_whole_ward_has_no_options_of_its_own(store, ward):
    workflow.import_file(store, ward.ward(), kind=workflow.Kind.WARDS)
    workflow.import_file(store, ward.neighbourhoods(), kind=workflow.Kind.NEIGHBOURHOODS)

    with pytest.raises(InputError, match="one_neighbourhood"):
        workflow.plan_options(store, ward.code, on=DAY)
