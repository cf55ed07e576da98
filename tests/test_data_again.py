"""The same list again, or a newer one: who is recognised, what changes, who has vanished, what is asked."""

import threading
from datetime import date

import pandas as pd
import pytest

import workflow
from data.intake import undo
from data.records import ImportOptions
from data.store import open_store
from geo.terms import Kind
from tests.intake import dump, put

DAY = date(2026, 11, 21)
FOUR = {
    "Chủ hộ": ["Lê Thị Ổn", "Trần Văn Bình", "Võ Chi", "Đỗ Dũng"],
    "Số nhà": ["1", "2", "3", "4"],
    "Đường": ["Lê Lợi"] * 4,
    "TDP": ["Tổ 1"] * 4,
    "SĐT": ["0901", "0902", "0903", "0904"],
}


def four(ward, name="list.csv", **changed):
    return ward.table(name, **FOUR | changed)


def stored(store):
    homes = pd.DataFrame(store.load("households")).set_index("head")
    return homes.astype(object).where(homes.notna(), None)


def counts(report):
    return report.added, report.changed, report.unchanged, report.set_aside


def test_a_new_phone_number_makes_no_second_household(store, ward):
    put(store, four(ward), "households")

    report = put(store, four(ward, "new.csv", SĐT=["0901", "0999", "0903", "0904"]), "households")

    assert counts(report) == (0, 1, 3, 0)
    assert stored(store).loc["Trần Văn Bình", "phone"] == "0999"
    assert report.changes[["row", "field", "before", "after"]].to_numpy().tolist() == [
        [3, "phone", "0902", "0999"]
    ]


def test_ids_that_come_later_name_the_households_there_are_and_visits_find_them(store, ward):
    put(store, four(ward), "households")

    report = put(store, four(ward, "new.csv", Mã_hộ=["A", "B", "C", "D"]), "households")
    put(
        store,
        ward.table("v.csv", household_id=["B"], visited_at=["2026-11-01"], outcome=["gặp"]),
        "visits",
    )
    put(store, ward.table("a.csv", household_id=["C"], member_id=["m1"]), "assignments")

    homes = stored(store)
    assert (*counts(report)[:1], len(homes)) == (0, 4)
    assert store.load("visits")["household_id"].tolist() == [
        homes.loc["Trần Văn Bình", "household_id"]
    ]
    assert store.load("assignments")["household_id"].tolist() == [
        homes.loc["Võ Chi", "household_id"]
    ]
    again = put(
        store, four(ward, "newer.csv", Mã_hộ=["A", "B", "C", "D"], SN=["1"] * 4), "households"
    )
    assert counts(again) == (0, 0, 4, 0)


def test_who_is_no_longer_in_a_full_list_is_kept_marked_and_unmarked_on_return(store, ward):
    put(store, four(ward), "households")
    fewer = {name: cells[:3] for name, cells in FOUR.items()}

    gone = put(store, ward.table("fewer.csv", **fewer), "households", on=DAY)

    assert gone.vanished["head"].tolist() == ["Đỗ Dũng"]
    assert stored(store)["vanished_at"].to_dict() == {
        "Lê Thị Ổn": None,
        "Trần Văn Bình": None,
        "Võ Chi": None,
        "Đỗ Dũng": "2026-11-21",
    }
    back = put(store, four(ward, "more.csv", NK=[1, 2, 3, 4]), "households", on=date(2026, 12, 1))
    assert back.returned["head"].tolist() == ["Đỗ Dũng"]
    assert not stored(store)["vanished_at"].any()


def test_the_day_on_which_somebody_vanished_stays(store, ward):
    put(store, four(ward), "households")
    fewer = {name: cells[:3] for name, cells in FOUR.items()}
    put(store, ward.table("fewer.csv", **fewer), "households", on=DAY)

    later = put(
        store, ward.table("b.csv", **fewer, NK=[1, 2, 3]), "households", on=date(2027, 1, 1)
    )

    assert stored(store).loc["Đỗ Dũng", "vanished_at"] == "2026-11-21"
    assert later.vanished.empty


def test_a_short_list_marks_nobody(store, ward):
    put(store, four(ward), "households")

    report = put(
        store,
        ward.table("one.csv", **{name: cells[:1] for name, cells in FOUR.items()}),
        "households",
    )

    assert report.vanished.empty
    assert not stored(store)["vanished_at"].any()


def test_a_row_in_doubt_is_set_aside_with_the_households_it_may_be_and_none_is_touched(store, ward):
    put(
        store,
        ward.table("a.csv", head=["An", "An"], TDP=["Tổ 1"] * 2, SĐT=["1", "2"]),
        "households",
    )
    before = dump(store)

    report = put(store, ward.table("b.csv", head=["An"], TDP=["Tổ 1"], SĐT=["3"]), "households")

    assert dump(store) == before
    assert (report.set_aside, report.aside["SĐT"].tolist()) == (1, ["3"])
    asked = report.problems.iloc[-1]
    assert (asked["row"], asked["check"]) == (2, "household_several_candidates")
    assert asked["value"].split(", ") == sorted(store.load("households")["household_id"])
    assert report.doubtful["candidates"].tolist() == [asked["value"]]


def test_the_answer_to_a_doubt_is_the_id_in_the_row(store, ward):
    put(
        store,
        ward.table("a.csv", head=["An", "An"], TDP=["Tổ 1"] * 2, SĐT=["1", "2"]),
        "households",
    )
    homes = store.load("households").set_index("phone")["household_id"]

    same = ward.table("b.csv", Mã_hộ=[homes["2"]], head=["An"], TDP=["Tổ 1"], SĐT=["3"])
    report = put(store, same, "households")

    assert counts(report) == (0, 1, 0, 0)
    other = ward.table("c.csv", Mã_hộ=["mới"], head=["An"], TDP=["Tổ 2"], SĐT=["4"])
    assert put(store, other, "households").added == 1


def test_an_id_of_somebody_else_elsewhere_is_asked_about_until_the_ids_are_trusted(store, ward):
    put(store, ward.table("a.csv", OBJECTID=["1"], head=["An"], TDP=["Tổ 1"]), "households")
    renumbered = ward.table("b.csv", OBJECTID=["1"], head=["Bình"], TDP=["Tổ 2"])

    report = put(store, renumbered, "households")

    assert report.doubtful["check"].tolist() == ["household_other_under_id"]
    assert store.load("households")["head"].tolist() == ["An"]
    assert put(store, renumbered, "households", trust_ids=True).changed == 1


def test_a_rehearsal_shows_all_that_would_change(store, ward):
    put(store, four(ward), "households")
    before, version = dump(store), store.version()
    newer = {
        "Chủ hộ": ["Lê Thị Ổn", "Trần Văn Bình", "Võ Chi", "Người Mới"],
        "SĐT": ["0999", "0902", "0903", "0905"],
    }

    report = put(store, four(ward, "b.csv", **newer), "households", dry_run=True, on=DAY)

    assert counts(report) == (1, 1, 2, 0)
    assert report.placed.loc[report.placed["fate"] == "added", "head"].tolist() == ["Người Mới"]
    assert report.changes["after"].tolist() == ["0999"]
    assert report.vanished["head"].tolist() == ["Đỗ Dũng"]
    assert (dump(store), store.version()) == (before, version)


def test_taking_a_newer_list_back_takes_marks_and_names_back(store, ward):
    put(store, four(ward), "households")
    before = dump(store)
    fewer = {name: cells[:3] for name, cells in FOUR.items()}

    report = put(
        store, ward.table("b.csv", **fewer, Mã_hộ=["A", "B", "C"], NK=[1, 2, 3]), "households"
    )
    assert dump(store) != before
    undo(store, report.import_id)

    assert dump(store) == before


@pytest.mark.parametrize("kind", ["households", "visits", "assignments"])
def test_the_very_same_file_again_is_one_import_and_the_second_is_told(store, ward, kind):
    put(store, four(ward, Mã_hộ=["A", "B", "C", "D"]), "households")
    file = {
        "households": lambda: four(ward, "n.csv", Mã_hộ=["E", "F", "G", "H"], TDP=["Tổ 2"] * 4),
        "visits": lambda: ward.table(
            "v.csv", household_id=["A"], visited_at=["2026-11-01"], outcome=["gặp"]
        ),
        "assignments": lambda: ward.table("a.csv", household_id=["A"], member_id=["m1"]),
    }[kind]()
    first = put(store, file, kind)
    before, version = dump(store), store.version()
    plans = len(store.load("plans"))

    again = put(store, file, kind)

    assert (first.repeats, again.repeats) == (None, first.import_id)
    assert (again.import_id, again.added, again.changed) == (first.import_id, 0, 0)
    assert (dump(store), store.version(), len(store.load("plans"))) == (before, version, plans)
    assert len(workflow.imports(store)) == 2


def test_the_same_file_is_imported_again_where_it_would_change_something(store, ward):
    file = four(ward, Mã_hộ=["A", "B", "C", "D"])
    first = put(store, file, "households")
    put(store, ward.table("b.csv", Mã_hộ=["A"], SĐT=["0777"]), "households")

    again = put(store, file, "households")

    assert (again.changed, again.repeats) == (1, None)
    assert again.import_id != first.import_id


def test_the_same_file_after_undo_is_a_new_import(store, ward):
    file = four(ward)
    undo(store, put(store, file, "households").import_id)

    again = put(store, file, "households")

    assert (again.added, again.repeats) == (4, None)


def test_two_imports_at_the_same_moment_are_one(folder, ward):
    database = str(folder / "x.sqlite")
    open_store(database).close()
    file = four(ward)
    reports, start = [], threading.Barrier(2)

    def click():
        store = open_store(database)
        start.wait()
        reports.append(workflow.import_file(store, file, kind=Kind.HOUSEHOLDS))
        store.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    store = open_store(database)
    assert sorted(report.added for report in reports) == [0, 4]
    assert [report.repeats is None for report in reports].count(False) == 1
    assert (len(store.load("households")), len(workflow.imports(store))) == (4, 1)
    store.close()


def test_repeats_within_a_file_are_told_and_kept(store, ward):
    report = put(
        store,
        ward.table(
            "h.csv",
            Mã_hộ=["A", "B", "C", "D"],
            head=["Lê Thị Ổn", "LE T. ON", "Võ Chi", "Đỗ Dũng"],
            Số_nhà=["1", "1", "2", "3"],
            Đường=["Lê Lợi"] * 4,
            Địa_chỉ_số=["", "", "HUE-1", "hue-1"],
        ),
        "households",
    )

    told = report.problems[["row", "check", "value"]].to_numpy().tolist()
    assert told == [[3, "row_repeats_household", "2"], [5, "row_repeats_address", "4"]]
    assert report.added == 4


def test_five_households_on_one_point_are_told(store, ward):
    spots = [(f"h{i}", 0.5, 0.5) for i in range(5)] + [("h9", 0.6, 0.6)]

    report = put(store, ward.households(*spots), "households")

    assert report.problems["check"].tolist() == ["row_stacked"] * 5


@pytest.mark.real
def test_the_templates_that_are_passed_around_are_three_households_however_often(
    real_data, folder, ward
):
    store = open_store(str(folder / "x.sqlite"))
    workflow.import_file(store, ward.ward())
    reports = [
        workflow.import_file(store, file, kind=Kind.HOUSEHOLDS)
        for file in sorted((real_data / "households/templates").iterdir())
    ]

    homes = store.load("households")
    assert [report.added for report in reports] == [3, 0, 0]
    assert [report.set_aside for report in reports] == [0, 0, 0]
    assert (len(homes), homes.geometry.isna().sum(), homes["ward_code"].nunique()) == (3, 3, 1)
    assert workflow.coverage(store, by="ward", on=DAY).total["households"] == 3
    left_out = reports[0].problems
    helped = left_out[left_out["check"] == "sheet_help"]
    assert helped["value"].tolist() == ["HuongDan", "DanhMuc"]
    unlocated = workflow.check(store, on=DAY)["check"].eq("household_unlocated").sum()
    assert unlocated == 3
    store.close()


def test_options_say_nothing_about_the_day_to_the_digest(store, ward):
    file = four(ward)
    put(store, file, "households", on=DAY)

    assert put(store, file, "households", on=date(2027, 1, 1)).repeats is not None
    assert ImportOptions().on is None
