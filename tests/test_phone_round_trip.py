"""From a plan to a phone and back: recorded in Chromium, imported by file, text and table, seen by the next member."""

import zipfile
from datetime import date

import pytest

import workflow
from geo.errors import InputError, NotFoundError
from geo.terms import Kind
from tests.chromium import CHROMIUM, opened
from tests.hamlet import DAY, a_hamlet, planned
from tests.phone_pages import READY, record, saved_file, sent_text

LATER = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The hamlet with a plan `P`, and its rows."""
    store = a_hamlet(tmp_path_factory.mktemp("hamlet"))
    _, rows = planned(store, "P")
    yield store, rows
    store.close()


def exported(store, to, member, *, plan="P", on=DAY):
    return workflow.export_member_sheet(store, plan, to, sheet="phone", member=member, on=on)


def test_the_page_is_one_members(shared, tmp_path):
    store, rows = shared

    page = exported(store, tmp_path / "t.html", "m0").read_text(encoding="utf-8")

    mine = rows["member_id"] == "m0"
    assert all(f'"id": "{one}"' in page for one in rows.index[mine])
    assert not any(f'"id": "{one}"' in page for one in rows.index[~mine])


def test_it_is_asked_for_by_member_and_ends_in_html(shared, tmp_path):
    store, _ = shared

    with pytest.raises(InputError, match="phone_member_needed"):
        exported(store, tmp_path / "t.html", None)
    with pytest.raises(NotFoundError, match="member_without_list"):
        exported(store, tmp_path / "t.html", "nobody")
    with pytest.raises(InputError, match="sheet_ending_wrong"):
        exported(store, tmp_path / "t.pdf", "m0")


def test_every_member_has_a_page_in_one_archive(shared, tmp_path):
    store, rows = shared
    to = tmp_path / "t.zip"

    workflow.export_member_sheet(store, "P", to, sheet="phone", on=DAY)

    with zipfile.ZipFile(to) as archive:
        assert len(archive.namelist()) == rows["member_id"].nunique()


def test_what_members_carry_is_never_public(shared, tmp_path):
    store, _ = shared

    for name in ("t.gpx", "t.kml"):
        workflow.export_plan(store, "P", tmp_path / name, on=DAY)
        assert "h00" in (tmp_path / name).read_text(encoding="utf-8")
    with pytest.raises(InputError, match="member_sheet_never_public"):
        workflow.export_plan(store, "P", tmp_path / "t.gpx", public=True, on=DAY)


def test_a_form_asks_about_the_households_of_the_plan(shared, tmp_path):
    from pyxform.xls2xform import convert

    store, rows = shared
    path = tmp_path / "form.xlsx"

    workflow.export_member_sheet(store, "P", path, sheet="form", member=None, on=DAY)

    made = convert(xlsform=path.read_bytes(), file_type=".xlsx", validate=False)
    assert made.warnings == []
    assert all(f"<name>{one}</name>" in made.xform for one in rows.index)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_what_a_phone_hands_back_is_stored_once_and_told_to_the_next_member(shared, folder):
    store, rows = shared
    path = exported(store, folder / "trang.html", "m0")
    with opened(width=390, height=844, touch=True) as watched:
        watched.page.context.set_offline(True)
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector(READY)
        record(watched.page, 1, "Vắng", note="Chiều mới về; 'gõ cửa sau'")
        record(watched.page, 2, "Gặp", at="2026-11-21T16:00")
        name, file = saved_file(watched.page)
        _, table = saved_file(watched.page, "#csv")
        text = sent_text(watched.page)
        assert (watched.outside, watched.faults) == ([], [])
    for kind, content in ((name, file), ("a.csv", table), ("a.txt", text.encode())):
        (folder / kind).write_bytes(content)

    first = workflow.import_file(store, folder / name)
    again = [
        workflow.import_file(store, folder / one, kind=Kind.VISITS) for one in ("a.csv", "a.txt")
    ]

    assert (first.kind, first.added, first.set_aside) == ("visits", 2, 0)
    assert [(one.added, one.changed, one.set_aside) for one in again] == [(0, 0, 0)] * 2
    visits = store.load(Kind.VISITS).set_index("visit_id")
    noted = visits[visits["note"].notna()]
    assert noted["outcome"].tolist() == ["absent"]
    told = noted["household_id"].iloc[0]
    assert rows.loc[told, "member_id"] == "m0"
    to = folder / "assignments.csv"
    to.write_text(f"household_id,member_id\n{told},m1\n", encoding="utf-8")
    workflow.import_file(store, to, kind=Kind.ASSIGNMENTS)
    plan = workflow.plans(store)["name"].iloc[0]
    page = exported(store, folder / "m1.html", "m1", plan=plan, on=LATER).read_text(
        encoding="utf-8"
    )
    assert "Chiều mới về; 'gõ cửa sau'" in page
