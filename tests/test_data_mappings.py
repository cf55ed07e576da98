"""Headings that a person matched are remembered for the next file of that shape."""

import json

import pytest
from typer.testing import CliRunner

import workflow
from cli import app
from geo.errors import InputError
from geo.terms import Kind


@pytest.fixture
def store(tmp_path):
    """A store in a file, as rows set aside are saved beside it."""
    opened = workflow.open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


ODD = "Ký hiệu,Người đứng tên,Ghi thêm\n"


def lists(folder, name, *rows, head=ODD):
    (folder / name).write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return folder / name


def take(store, path, *, dry_run=False, **columns):
    options = workflow.ImportOptions(columns=columns, dry_run=dry_run)
    return workflow.import_file(store, path, kind=Kind.HOUSEHOLDS, options=options)


def heads(store):
    return store.load("households").set_index("household_id")["head"].fillna("").to_dict()


def test_the_next_file_of_the_shape_needs_nothing_said(store, folder):
    first = take(
        store,
        lists(folder, "a.csv", "h1,Lê Thị Ổn,x"),
        household_id="Ký hiệu",
        head="Người đứng tên",
    )

    again = take(store, lists(folder, "b.csv", "h2,Trần Văn Đức,y", head=ODD.upper()))

    assert first.remembered == {}
    assert again.remembered == {"household_id": "KÝ HIỆU", "head": "NGƯỜI ĐỨNG TÊN"}
    assert heads(store) == {"h1": "Lê Thị Ổn", "h2": "Trần Văn Đức"}


def test_another_order_of_the_columns_is_the_same_shape(store, folder):
    take(store, lists(folder, "a.csv", "h1,Lê,x"), household_id="Ký hiệu")

    file = lists(folder, "b.csv", "y,h2,Trần", head="Ghi thêm,Ký hiệu,Người đứng tên\n")

    assert take(store, file).remembered == {"household_id": "Ký hiệu"}


def test_another_shape_or_kind_is_not_touched(store, folder):
    take(store, lists(folder, "a.csv", "h1,Lê,x"), household_id="Ký hiệu")
    more = lists(folder, "b.csv", "h2,Trần,y,z", head=ODD.strip() + ",Thêm\n")

    assert take(store, more).remembered == {}


def test_what_is_said_now_goes_before_and_is_remembered_in_its_turn(store, folder):
    take(store, lists(folder, "a.csv", "h1,Lê,Phạm"), household_id="Ký hiệu", head="Ghi thêm")

    said = take(store, lists(folder, "b.csv", "h2,Trần,Võ"), head="Người đứng tên")
    third = take(store, lists(folder, "c.csv", "h3,Đỗ,Hồ"))

    assert said.remembered == {"household_id": "Ký hiệu"}
    assert third.remembered == {"household_id": "Ký hiệu", "head": "Người đứng tên"}
    assert heads(store) == {"h1": "Phạm", "h2": "Trần", "h3": "Đỗ"}


def test_an_empty_heading_takes_a_field_back(store, folder):
    take(store, lists(folder, "a.csv", "h1,Lê,x"), household_id="Ký hiệu", head="Ghi thêm")

    take(store, lists(folder, "b.csv", "h2,Trần,y"), head="")
    third = take(store, lists(folder, "c.csv", "h3,Đỗ,z"))

    assert third.columns == {"household_id": "Ký hiệu"}
    assert heads(store) == {"h1": "x", "h2": "", "h3": ""}


def test_a_rehearsal_remembers_nothing_and_taking_back_forgets_nothing(store, folder):
    file = lists(folder, "a.csv", "h1,Lê,x")
    take(store, file, dry_run=True, household_id="Ký hiệu")
    assert workflow.mappings(store).empty

    done = take(store, file, household_id="Ký hiệu")
    workflow.undo(store, done.import_id)

    assert workflow.mappings(store)["columns"].tolist() == [{"household_id": "ky hieu"}]


def test_a_column_of_national_ids_cannot_be_chosen(store, folder):
    file = lists(folder, "a.csv", "h1,001", head="Mã hộ,CCCD\n")

    with pytest.raises(InputError, match="heading_private"):
        take(store, file, head="CCCD")


def test_the_command_line_lists_and_tells_what_was_remembered(folder, tmp_path):
    database = ["--database", str(tmp_path / "s.sqlite")]
    file = str(lists(folder, "households.csv", "h1,Lê,x"))
    run = CliRunner().invoke
    run(app, ["import", file, "--column", "household_id=Ký hiệu", *database])

    again = run(app, ["import", file, *database])
    listed = json.loads(run(app, ["mappings", "--json", *database]).stdout)

    assert "household_id = Ký hiệu" in again.stdout
    (one,) = listed["mappings"]
    assert (one["kind"], one["columns"]) == ("households", {"household_id": "ky hieu"})
    assert run(app, ["mappings", *database]).exit_code == 0
