"""The XLSForm of a campaign: pyxform makes a form of it, with the households in it or beside it."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest
from pyxform.xls2xform import convert

from exports.form import FormCampaign, write_form

ODD = "=1+1 ${outcome} <b>'x'</b>"


def a_campaign(**changed):
    """Three households of two members; one head is odd."""
    told = {
        "plan_id": "P00001",
        "plan_name": "Phương án tháng 11",
        "households": pd.DataFrame(
            {
                "household_id": ["h1", "h 2", "h3"],
                "member_id": ["m1", "m1", "m2"],
                "stop": [1, 2, 1],
                "head": ["Nguyễn Mẫu", ODD, None],
                "address": ["12 Đường Mẫu", None, "3 Kiệt Thử"],
                "phone": ["0905000001", None, None],
                "note": ["Có chó dữ", None, None],
                "goals": [["g1", "g 2"], ["g1"], []],
            }
        ),
        "members": pd.DataFrame({"member_id": ["m1", "m2"], "name": ["Lê Viên", "Phạm Viên"]}),
        "goals": pd.DataFrame({"goal_id": ["g1", "g 2"], "name": ["VNeID", "Sổ sức khỏe"]}),
        "made_up": True,
        "on": date(2026, 11, 21),
    }
    return FormCampaign(**(told | changed))


def made(form):
    """The XForm that pyxform makes, and its warnings."""
    done = convert(xlsform=form, file_type=".xlsx", validate=False)
    return ElementTree.fromstring(done.xform), done.warnings


def names(root):
    return {
        element.get("nodeset", "").rpartition("/")[2]
        for element in root.iter()
        if "bind" in element.tag
    }


@pytest.fixture(scope="module")
def inside(tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "mẫu.xlsx"
    write_form(a_campaign(), path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "mẫu.zip"
    write_form(a_campaign(), path)
    return zipfile.ZipFile(path)


def test_pyxform_takes_the_form_without_a_warning(inside):
    root, warnings = made(inside)

    assert warnings == []
    asked = {
        "diaban",
        "plan_id",
        "member_id",
        "household_id",
        "outcome",
        "goals",
        "note",
        "visited_at",
    }
    assert asked <= names(root)


def test_households_are_a_list_in_the_form_with_their_member_and_last_note(inside):
    root, _ = made(inside)

    items = [
        {child.tag.rpartition("}")[2]: child.text for child in item}
        for instance in root.iter()
        if instance.tag.endswith("}instance") and instance.get("id") == "households"
        for item in instance.iter()
        if item.tag.endswith("}item")
    ]
    assert [(item["name"], item["member_id"]) for item in items] == [
        ("h1", "m1"),
        ("h 2", "m1"),
        ("h3", "m2"),
    ]
    assert items[0]["last_note"] == "Có chó dữ"
    assert items[0]["goals_of"] == "g1 g%202"


def test_an_odd_name_is_neither_a_formula_nor_a_question(inside):
    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(io.BytesIO(inside))["choices"].rows for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    root, _ = made(inside)
    assert "2. =1+1 $ {outcome} <b>'x'</b>" in [element.text for element in root.iter()]


def test_the_list_may_be_an_attachment_or_an_entity_list(beside):
    root, warnings = made(beside.read("form.xlsx"))

    assert warnings == []
    external = [e.get("src") for e in root.iter() if e.get("id") == "households"]
    assert external == ["jr://file-csv/households.csv"]
    listed = pd.read_csv(io.BytesIO(beside.read("households.csv")), dtype=str)
    assert list(listed["household_id"]) == ["h1", "h 2", "h3"]
    assert list(listed.columns)[:3] == ["household_id", "label", "member_id"]


def test_a_form_without_goals_asks_for_none(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(a_campaign(goals=a_campaign().goals.iloc[:0]), path)

    root, _ = made(path.read_bytes())

    assert "goals" not in names(root)
