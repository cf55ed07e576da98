"""The minutes a household takes, seen and changed by the planner, and what plans make of them."""

from datetime import date

import pandas as pd
import pytest

import workflow
from data.store import open_store
from geo.errors import InputError
from geo.terms import Kind
from tests.test_cli import diaban, document

DAY = date(2026, 11, 21)


@pytest.fixture
def base(tmp_path):
    return tmp_path / "store.sqlite"


def minutes(rows):
    return {row["item"]: row["minutes"] for row in rows}


def test_minutes_are_changed_one_by_one_and_begun_anew(base):
    usual = minutes(document("load", database=base)["rows"])
    diaban("load", "--set", "elderly=20", "--set", "walking=2,5", database=base)
    changed = minutes(document("load", "--set", "poor=12", database=base)["rows"])

    assert changed == usual | {"elderly": 20, "walking": 2.5, "poor": 12}
    assert minutes(document("load", "--reset", database=base)["rows"]) == usual


@pytest.mark.parametrize(("typed", "ends"), [("cats=1", 1), ("elderly=-1", 1), ("elderly", 2)])
def test_minutes_that_are_none_are_refused_and_nothing_is_kept(base, typed, ends):
    diaban("load", "--set", typed, database=base, expect=ends)

    rows = document("load", database=base)["rows"]
    assert all(row["minutes"] == row["usual"] for row in rows)


def test_a_table_says_in_words_what_the_items_are(base):
    assert "cao tuổi" in diaban("load", database=base).stdout


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory):
    """A store without streets: one neighbourhood, 30 houses in a grid, 3 members, two families met before."""
    folder = tmp_path_factory.mktemp("hamlet")
    opened = open_store(str(folder / "store.sqlite"))
    corners = [[107.59, 16.46], [107.60, 16.46], [107.60, 16.47], [107.59, 16.47], [107.59, 16.46]]
    (folder / "neighbourhoods.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"T1","name":"Tổ 1"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{corners}]}}}}]}}',
        encoding="utf-8",
    )
    spots = [(i, 16.4612 + i // 6 * 0.0003, 107.5912 + i % 6 * 0.0003) for i in range(30)]
    _write(
        folder / "households.csv",
        [(f"h{i:02}", lat, lon, 4) for i, lat, lon in spots],
        "household_id lat lon residents",
    )
    _write(
        folder / "members.csv",
        [(f"m{i}", "T1", 120) for i in range(3)],
        "member_id neighbourhood_id minutes_per_week",
    )
    _write(folder / "goals.csv", [("g", "Chỉ tiêu", 30)], "goal_id name valid_days")
    _write(
        folder / "visits.csv",
        [("h00", "g", "2026-09-01", "met"), ("h01", "g", "2026-11-20", "met")],
        "household_id goal_id visited_at outcome",
    )
    workflow.import_folder(opened, folder, options=workflow.ImportOptions(ward="19969", on=DAY))
    yield opened
    opened.close()


def _write(path, rows, headings):
    pd.DataFrame(rows, columns=headings.split()).to_csv(path, index=False)


def planned(store, name):
    made = workflow.suggest_plan(store, area="T1", name=name, on=DAY)
    rows = store.load("assignments")
    return made, rows[rows["plan_id"] == made["plan"]].set_index("household_id")


def test_without_streets_a_plan_is_made_on_neighbouring_houses_and_says_so(hamlet):
    made, rows = planned(hamlet, "láng giềng")

    area = made["areas"][0]
    assert (area["network"], made["total"]["network"]) == ("neighbour_graph", "neighbour_graph")
    assert (area["assigned"], area["zones_disconnected"]) == (30, 0)
    assert rows["member_id"].notna().all()


def test_who_is_due_again_takes_a_shorter_visit_and_the_table_counts(hamlet):
    _, before = planned(hamlet, "trước")
    workflow.set_load(hamlet, {"revisit": 3, "first_visit": 20})
    _, after = planned(hamlet, "sau")
    workflow.set_load(hamlet, {}, anew=True)

    assert (before["load_min"] - before.loc["h02", "load_min"]).to_dict()["h00"] == -5
    assert (after["load_min"] - before["load_min"]).loc[["h00", "h01"]].tolist() == [-7, 5]


def test_a_figure_nobody_can_spend_is_refused(hamlet):
    with pytest.raises(InputError):
        workflow.set_load(hamlet, {"poor": float("nan")})
    assert hamlet.load(Kind.STREETS).empty
