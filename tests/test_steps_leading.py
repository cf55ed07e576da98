"""What the ward's leader asks, on a hamlet of thirty houses: gaps, weeks, sentences, lists, downloads."""

import pytest
from openpyxl import load_workbook

import words
import workflow
from geo.errors import NotFoundError
from planning.telling import Told
from steps.saying import said
from tests.corner import a_hamlet_with_a_corner_left
from tests.hamlet import DAY

AREA = "T1"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The hamlet with a corner left."""
    opened = a_hamlet_with_a_corner_left(tmp_path_factory.mktemp("hamlet"))
    yield opened
    opened.close()


def test_the_houses_nobody_met_are_one_gap_with_a_sentence_and_a_list(store):
    found = workflow.gaps(store, on=DAY)

    assert list(found.rows["kind"]) == ["cluster"]
    (one,) = workflow.gap_sentences(store, found)
    assert one.text.startswith("8 hộ chưa tiếp cận nằm sát nhau")
    listed = workflow.gap_households(store, one.key, on=DAY)
    assert len(listed) == one.count == 8
    assert "phone" not in listed
    assert set(listed["cause"]) <= {"unassigned", "no_team", "due_again"}


def test_phones_are_listed_only_where_asked_for(store):
    assert "phone" in workflow.gap_households(store, phones=True, on=DAY)


def test_a_gap_that_is_no_more_is_said_to_be_gone(store):
    with pytest.raises(NotFoundError):
        workflow.gap_households(store, "cluster-x", on=DAY)


def test_the_last_week_has_the_figures_of_coverage(store):
    total = workflow.coverage(store, on=DAY).total

    last = workflow.trend(store, on=DAY).rows.iloc[-1]

    assert (last["reached"], last["ever_reached"]) == (total["reached"], total["ever_reached"])


def test_the_gaps_of_a_neighbourhood_are_those_of_its_ward(store):
    whole = workflow.gaps(store, on=DAY).rows["gap_id"]

    assert list(workflow.gaps(store, area=AREA, on=DAY).rows["gap_id"]) == list(whole)


def test_what_was_met_and_expired_is_told_with_both_shares(store):
    texts = [one.text for one in workflow.sentences(store, on=DAY)]

    total = workflow.coverage(store, on=DAY).total
    assert total["due_again"] > 0
    due = next(text for text in texts if "cần thăm lại" in text)
    assert due.startswith(f"{total['due_again']} hộ")
    assert words.percent(total["share_reached"]) in due


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sentence_is_whole_in_both_languages(store, lang):
    for one in workflow.sentences(store, on=DAY, lang=lang):
        assert one.text.strip()
        assert "{" not in one.text


def test_the_weeks_taken_away_have_the_figures_of_the_page(store, tmp_path):
    rows = workflow.trend(store, on=DAY).rows

    to = workflow.trend_workbook(store, tmp_path / "weeks.xlsx", goal=None, area=None, on=DAY)

    sheet = load_workbook(to).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    at = list(rows.columns)
    for name in ("first_reached", "reached", "ever_reached", "share_reached"):
        assert [row[at.index(name)] for row in cells] == rows[name].tolist()


def test_downloads_have_the_rows_of_the_page(store, tmp_path):
    on = DAY
    asked = {"goal": None, "area": None, "on": on}
    pages = {
        "list": (workflow.gap_households(store, on=on), workflow.gap_workbook, (None,)),
        "weeks": (workflow.trend(store, on=on).rows, workflow.trend_workbook, ()),
    }
    for name, (rows, write, more) in pages.items():
        to = write(store, tmp_path / f"{name}.xlsx", *more, **asked)
        sheet = load_workbook(to).worksheets[0]
        assert sheet.max_row == len(rows) + 1
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_staffing_table_has_its_issues_in_words_and_can_be_taken_away(store, tmp_path):
    rows = workflow.staffing_table(store, on=DAY)

    assert "chưa có tổ" in rows["issues"].iloc[0]
    to = workflow.staffing_workbook(store, tmp_path / "team.xlsx", area=None, on=DAY)
    assert load_workbook(to).worksheets[0].max_row == len(rows) + 1


def test_the_gap_is_drawn_by_its_id(store):
    found = workflow.gaps(store, on=DAY)

    (layer,) = workflow.gap_layers(store, found)

    assert list(layer.frame["key"]) == list(found.rows["gap_id"])
    assert "nằm sát nhau" in layer.frame["label"].iloc[0]


def test_people_and_places_are_named_three_at_most():
    facts = {"count": 5, "area_ids": ["a", "b", "c", "d", "e"]}
    told = Told(code="told_staffing_no_team", facts=facts)

    text = said(told, "vi", people={}, places={"a": "Tổ 1", "b": "Tổ 2"}).text

    assert text == "5 tổ dân phố chưa có tổ công nghệ số: Tổ 1, Tổ 2, c và 2 nơi khác."


def test_counts_are_told_with_their_day_and_source():
    counted = {"counted": "reported", "households": 1_310, "as_of": "2025-12-31", "source": "Sở"}
    told = Told(code="told_count_too_small", facts={"reached": 2_000, **counted})

    assert "báo cáo 1.310 hộ (Sở, 31/12/2025)" in said(told, "vi", people={}, places={}).text


def test_every_code_of_a_sentence_has_its_words():
    from planning.telling import ISSUES

    codes = {f"told_staffing_{issue}" for issue in ISSUES} | {"told_behind", "told_cluster"}
    assert codes <= set(words.TEXTS)
