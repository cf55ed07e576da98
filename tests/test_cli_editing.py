"""Changes by hand on the command line."""

import pytest

from tests.by_hand import DAY, STORE, a_store
from tests.test_cli import diaban, document


@pytest.fixture
def base(tmp_path):
    a_store(tmp_path).close()
    return tmp_path / STORE


def test_a_visit_is_recorded_listed_and_taken_back(base):
    told = document(
        "visit",
        "h2",
        "--outcome",
        "absent",
        "--member",
        "m1",
        "--goal",
        "g",
        "--on",
        DAY,
        database=base,
    )
    listed = document("edits", database=base)["edits"]
    shown = diaban("edits", database=base).stdout
    diaban("undo", told["edit_id"], database=base)

    assert (listed[0]["edit_id"], listed[0]["why"]) == (told["edit_id"], "Ghi lượt thăm")
    assert "Lượt thăm" in shown
    assert document("edits", database=base)["edits"][0]["stands"] is False


def test_a_member_ends_and_comes_back(base):
    diaban(
        "end", "members", "m1", "--from", "2026-11-01", "--why", "Nghỉ", "--on", DAY, database=base
    )
    diaban("end", "members", "m1", "--resume", "--why", "Làm lại", "--on", DAY, database=base)

    acts = [row["act"] for row in document("edits", database=base)["edits"]]
    assert acts == ["edit_resumed", "edit_retired"]


def test_support_is_set_shown_and_told_with_staffing(base):
    diaban("support", "500000", database=base)

    assert document("support", database=base) == {"support_dong_team_month": 500_000}
    told = document("staffing", "--on", DAY, database=base)["total"]
    assert told["support_dong_month"] == 500_000 * told["teams"] > 0
    assert "500.000 đồng" in diaban("staffing", "--on", DAY, database=base).stdout
    assert document("support", "--none", database=base) == {"support_dong_team_month": None}
