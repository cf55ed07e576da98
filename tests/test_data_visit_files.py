"""Visits that come back from the page for a phone: read, merged once, corrected, contradicted, damaged."""

import json
import shutil
import zlib

import pandas as pd
import pytest

import workflow
from geo.errors import InputError
from geo.terms import Kind

WARD = "19969"
HEADS = {"h1": "Nguyễn Mẫu", "h 2|x": "Trần Thử", "h3": "Lê Giả"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """The file of a store with three households, a member and two goals."""
    folder = tmp_path_factory.mktemp("ward")
    store = workflow.open_store(str(folder / "kho.sqlite"))
    tables = {
        "households": [(one, name, "Tổ 1") for one, name in HEADS.items()],
        "members": [("m1", "Phạm Viên", "Tổ 1")],
        "goals": [("g1", "VNeID", ""), ("g2", "Sổ sức khỏe", "")],
    }
    headings = {
        "households": "household_id head neighbourhood_given",
        "members": "member_id name neighbourhood_given",
        "goals": "goal_id name concerns",
    }
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        pd.DataFrame(rows, columns=headings[name].split()).to_csv(path, index=False)
        take(store, path, kind=Kind(name))
    store.close()
    return folder / "kho.sqlite"


@pytest.fixture
def ward(begun, folder):
    """A store of one's own."""
    shutil.copyfile(begun, folder / "kho.sqlite")
    store = workflow.open_store(str(folder / "kho.sqlite"))
    yield store
    store.close()


def take(store, path, *, kind=Kind.VISITS):
    return workflow.import_file(store, path, kind=kind, options=workflow.ImportOptions(ward=WARD))


def crc(text):
    return f"{zlib.crc32(text.encode()):08x}"


def message(*bodies, member="m1", lines=None):
    """A message as the page writes it."""
    head = f"P00001 {member} {len(bodies) if lines is None else lines}"
    return "\n".join(
        [f"DIABAN1 {head} {crc(head)}", *(f"{body}|{crc(f'{member} {body}')}" for body in bodies)]
    )


def pasted(folder, text, name="zalo.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def phone_file(folder, *entries, member="m1"):
    """A file as the page writes it; an entry: household, goals, outcome, was, at, note."""
    letters = {"met": "m", "absent": "a"}
    told = []
    for household, goals, outcome, was, at, note in entries:
        history = "".join(letters[one] for one in (*was, outcome))
        coded = household.replace(" ", "%20").replace("|", "%7C")
        time = at[2:16].replace("-", "").replace(":", "")
        body = "|".join((coded, ",".join(goals), history, time, note))
        told.append(
            {
                **{"household": household, "goals": goals, "outcome": outcome, "was": list(was)},
                **{"at": at, "note": note, "check": crc(f"{member} {body}")},
            }
        )
    content = {"diaban": "visits", "version": 1, "plan": "P00001", "member": member}
    path = folder / "ket-qua.json"
    path.write_text(json.dumps(content | {"count": len(told), "entries": told}), encoding="utf-8")
    return path


def kept(store):
    visits = store.load(Kind.VISITS)
    return sorted(
        (v.household_id, v.member_id, v.goal_id, f"{v.visited_at:%d/%m %H:%M}", v.outcome)
        for v in visits.itertuples()
    )


def test_a_file_of_a_phone_becomes_one_visit_a_goal(ward, folder):
    path = phone_file(
        folder, ("h 2|x", ["g1", "g2"], "met", (), "2026-11-21T08:30Z", "Hẹn lại tối thứ bảy")
    )

    report = take(ward, path)

    assert (report.read, report.added, report.set_aside) == (2, 2, 0)
    assert kept(ward) == [
        ("h 2|x", "m1", "g1", "21/11 08:30", "met"),
        ("h 2|x", "m1", "g2", "21/11 08:30", "met"),
    ]
    assert set(ward.load(Kind.VISITS)["note"]) == {"Hẹn lại tối thứ bảy"}


def test_a_file_is_recognised_as_visits_without_being_told(ward, folder):
    path = phone_file(folder, ("h1", ["g1"], "met", (), "2026-11-21T08:30Z", ""))

    assert workflow.import_file(ward, path).kind == "visits"


def test_the_same_visits_as_file_and_as_text_are_there_once(ward, folder):
    take(ward, phone_file(folder, ("h 2|x", ["g1"], "met", (), "2026-11-21T08:30Z", "Hẹn")))

    report = take(ward, pasted(folder, message("h%202%7Cx|g1|m|261121T0830|Hẹn")))

    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


def test_text_pasted_with_what_was_said_around_it_is_read(ward, folder):
    chat = f"Phạm Viên 21/11 16:02\r\nem gửi ạ:\r\n  {message('h1|g1|m|261121T0830|')}\r\ncảm ơn"

    assert take(ward, pasted(folder, chat)).added == 1


def test_the_same_message_twice_in_one_text_counts_once(ward, folder):
    told = message("h1|g1|m|261121T0830|", "h3|g1|a|261121T0840|")

    report = take(ward, pasted(folder, f"{told}\n{told}"))

    assert (report.added, report.set_aside) == (2, 0)


def test_a_damaged_line_is_set_aside_alone_and_shown_as_it_stands(ward, folder):
    told = message("h1|g1|m|261121T0830|", "h3|g1|a|261121T0840|").replace("h3|g1|a", "h3|g1|m")

    report = take(ward, pasted(folder, told))

    assert (report.added, report.set_aside) == (1, 1)
    assert list(report.problems["check"]) == ["visit_damaged"]
    assert report.problems["row"].tolist() == [3]
    assert report.problems["value"][0].startswith("h3|g1|m")


def test_a_message_that_was_cut_says_how_many_are_missing(ward, folder):
    whole = message("h1|g1|m|261121T0830|", "h3|g1|a|261121T0840|", "h3|g2|a|261121T0850|")

    report = take(ward, pasted(folder, "\n".join(whole.splitlines()[:2])))

    assert (report.added, report.set_aside) == (1, 2)
    assert list(report.problems["check"]) == ["visit_missing"] * 2


def test_under_a_damaged_head_nothing_is_believed(ward, folder):
    told = message("h1|g1|m|261121T0830|").replace("P00001 m1", "P00001 m9")

    report = take(ward, pasted(folder, told))

    assert (report.added, report.set_aside) == (0, 2)


def test_a_file_that_was_cut_short_is_refused(ward, folder):
    path = phone_file(folder, ("h1", ["g1"], "met", (), "2026-11-21T08:30Z", ""))
    path.write_text(path.read_text()[:-20])

    with pytest.raises(InputError, match="visits_file_damaged"):
        take(ward, path)


def test_an_entry_that_somebody_changed_in_the_file_is_set_aside(ward, folder):
    at = "2026-11-21T08:30Z"
    path = phone_file(
        folder, ("h1", ["g1"], "met", (), at, ""), ("h3", ["g1"], "absent", (), at, "")
    )
    path.write_text(path.read_text().replace("absent", "met"))

    report = take(ward, path)

    assert (report.added, report.set_aside) == (1, 1)


def test_a_correction_takes_the_place_of_what_it_corrects_whichever_comes_first(ward, folder):
    before = message("h1|g1|m|261121T0830|Đã gặp")
    after = message("h1|g1|ma|261121T0830|Nhầm nhà")

    first = take(ward, pasted(folder, before))
    corrected = take(ward, pasted(folder, after))
    again = take(ward, pasted(folder, f"{before}\n", name="cu.txt"))

    assert (first.added, corrected.changed) == (1, 1)
    assert list(corrected.problems["check"]) == ["visit_corrected"]
    assert corrected.problems["value"][0] == "met → absent"
    assert list(again.problems["check"]) == ["visit_kept"]
    assert again.set_aside == 1
    assert kept(ward) == [("h1", "m1", "g1", "21/11 08:30", "absent")]
    assert list(ward.load(Kind.VISITS)["note"]) == ["Nhầm nhà"]


def test_in_one_text_the_correction_counts_whatever_the_order(ward, folder):
    before, after = message("h1|g1|m|261121T0830|"), message("h1|g1|ma|261121T0830|")

    take(ward, pasted(folder, f"{after}\n{before}"))

    assert kept(ward) == [("h1", "m1", "g1", "21/11 08:30", "absent")]


def test_two_members_who_tell_one_moment_otherwise_are_both_kept_and_shown(ward, folder):
    take(ward, pasted(folder, message("h1|g1|m|261121T0830|")))

    report = take(ward, pasted(folder, message("h1|g1|a|261121T0830|", member="m2")))

    assert (report.added, report.set_aside) == (1, 0)
    assert list(report.problems["check"]) == ["visit_both_kept"]
    assert report.problems["value"][0] == "absent, met"


def test_an_undone_correction_brings_the_first_outcome_back(ward, folder):
    take(ward, pasted(folder, message("h1|g1|m|261121T0830|")))
    corrected = take(ward, pasted(folder, message("h1|g1|ma|261121T0830|")))

    workflow.undo(ward, corrected.import_id)

    assert kept(ward) == [("h1", "m1", "g1", "21/11 08:30", "met")]


def test_a_list_without_ids_that_comes_twice_changes_nothing(ward, folder):
    rows = [
        ("h1", "m1", "g1", "21/11/2026", "gặp", "x"),
        ("h3", "m1", "g1", "21/11/2026", "vắng", ""),
    ]
    headings = ["Mã hộ", "Mã tổ viên", "Chỉ tiêu", "Ngày thăm", "Kết quả", "Ghi chú"]
    path = folder / "nhat-ky.csv"
    pd.DataFrame(rows, columns=headings).to_csv(path, index=False)
    first = take(ward, path)
    rows[1] = (*rows[1][:5], "đi làm xa")
    pd.DataFrame(rows, columns=headings).to_csv(path, index=False)

    second = take(ward, path)

    assert first.added == 2
    assert (second.added, second.changed, second.unchanged) == (0, 1, 1)


def test_absent_in_the_morning_and_met_at_night_of_one_day_are_two_visits(ward, folder):
    rows = [("h1", "g1", "21/11/2026", "vắng"), ("h1", "g1", "21/11/2026", "gặp")]
    path = folder / "nhat-ky.csv"
    pd.DataFrame(rows, columns=["Mã hộ", "Chỉ tiêu", "Ngày thăm", "Kết quả"]).to_csv(
        path, index=False
    )

    report = take(ward, path)

    assert report.added == 2
    assert set(report.problems["check"]) == {"visit_both_kept"}
