"""Submissions of the campaign's form as ODK Central and Kobo export them: the same visits, each once."""

import csv
import shutil
import zipfile

import pytest

import workflow
from geo.terms import Kind
from tests.hamlet import a_hamlet

CENTRAL = (
    *("SubmissionDate", "diaban", "plan_id", "member_id", "household_id", "outcome", "goals"),
    *("note", "visited_at", "meta-instanceID", "KEY", "ReviewState", "Edits"),
)
AT = "2026-11-22T08:15:30.000+07:00"


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hamlet")
    a_hamlet(folder).close()
    return folder / "store.sqlite"


@pytest.fixture
def hamlet(begun, folder):
    shutil.copyfile(begun, folder / "kho.sqlite")
    store = workflow.open_store(str(folder / "kho.sqlite"))
    yield store
    store.close()


def submitted(
    household="h05", outcome="met", *, goals="g", note="", at=AT, key="uuid:1", review="", edits="0"
):
    return (
        "2026-11-22T10:00Z",
        "visits",
        "P00001",
        "m1",
        household,
        outcome,
        goals,
        note,
        at,
        key,
        key,
        review,
        edits,
    )


def written(path, *rows, headings=CENTRAL, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return path


def take(store, path):
    return workflow.import_file(store, path, kind=Kind.VISITS)


def new_visits(store):
    visits = store.load(Kind.VISITS)
    return visits[visits["visit_id"].str.contains("261122")]


def test_a_submission_is_a_visit_of_that_member_at_that_time(hamlet, folder):
    report = take(hamlet, written(folder / "form.csv", submitted(note="Hẹn lại")))

    assert (report.added, report.set_aside) == (1, 0)
    visit = new_visits(hamlet).iloc[0]
    assert visit[["household_id", "member_id", "goal_id", "outcome", "note"]].tolist() == [
        *("h05", "m1", "g", "met", "Hẹn lại"),
    ]
    assert f"{visit['visited_at']:%H:%M}" == "01:15"
    assert visit["visit_id"] == "h05/m1/g/261122T0115"


def test_the_same_submissions_twice_change_nothing(hamlet, folder):
    rows = [submitted(), submitted("h06", "absent", key="uuid:2")]
    take(hamlet, written(folder / "form.csv", *rows))

    more = submitted("h07", key="uuid:3")
    report = take(hamlet, written(folder / "form.csv", *rows, more))

    assert (report.added, report.changed, report.unchanged) == (1, 0, 2)


def test_a_zipped_csv_is_read_as_the_csv(hamlet, folder):
    table = written(folder / "diaban.csv", submitted())
    with zipfile.ZipFile(folder / "diaban.zip", "w") as archive:
        archive.write(table, "diaban.csv")
        archive.writestr("diaban-repeat.csv", "a,b\n1,2\n")
        archive.writestr("media/photo.jpg", b"\xff\xd8")

    assert take(hamlet, folder / "diaban.zip").added == 1


def test_kobo_parts_by_semicolons_and_splits_several_answers(hamlet, folder):
    headings = [
        "start",
        "diaban",
        "member_id",
        "household_id",
        "outcome",
        "goals",
        "goals/g",
        "note",
        "visited_at",
        "_uuid",
    ]
    row = ["x", "visits", "m1", "h05", "met", "g", "1", "", AT, "u1"]
    path = written(folder / "kobo.csv", row, headings=headings, delimiter=";")

    assert take(hamlet, path).added == 1


def test_an_answer_for_several_goals_is_a_visit_for_each(hamlet, folder):
    take(hamlet, written(folder / "form.csv", submitted(goals="g s%E1%BB%91%202")))

    assert sorted(new_visits(hamlet)["goal_given"]) == ["g", "số 2"]


def test_an_edit_on_the_server_corrects_and_is_told(hamlet, folder):
    take(hamlet, written(folder / "form.csv", submitted()))

    report = take(hamlet, written(folder / "form.csv", submitted(outcome="refused", edits="1")))

    assert list(report.problems["check"]) == ["visit_corrected"]
    assert list(new_visits(hamlet)["outcome"]) == ["refused"]


def test_a_rejected_submission_and_a_faulty_one_are_set_aside_alone(hamlet, folder):
    rows = [
        submitted(),
        submitted("h06", review="rejected", key="uuid:2"),
        submitted("h07", "biết đâu", key="uuid:3"),
    ]

    report = take(hamlet, written(folder / "form.csv", *rows))

    assert (report.added, report.set_aside) == (1, 2)
    told = dict(zip(report.problems["check"], report.problems["row"], strict=True))
    assert (told["visit_rejected"], told["outcome_missing"]) == (3, 4)


def test_a_phone_and_a_form_that_tell_the_same_visit_count_once(hamlet, folder):
    take(hamlet, written(folder / "form.csv", submitted()))
    table = folder / "phone.csv"
    headings = [
        "visit_id",
        "household_id",
        "member_id",
        "goal_id",
        "visited_at",
        "outcome",
        "note",
        "corrects",
    ]
    row = ["h05/m1/g/261122T0115", "h05", "m1", "g", "2026-11-22T01:15Z", "met", "", ""]

    report = take(hamlet, written(table, row, headings=headings))

    assert (report.added, report.set_aside) == (0, 0)
