"""What a planner sets before a plan and takes from it: the minutes of a household, weeks of visits, routes."""

import pandas as pd
import pytest

import workflow
from geo.errors import InputError
from geo.terms import Kind
from tests.hamlet import DAY, a_hamlet, planned, write_rows
from tests.test_cli import diaban, document


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
    opened = a_hamlet(tmp_path_factory.mktemp("hamlet"))
    yield opened
    opened.close()


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


@pytest.fixture(scope="module")
def shared(hamlet):
    made, _ = planned(hamlet, "lịch")
    return hamlet, made["plan"]


def test_a_calendar_reaches_everyone_and_comes_again_to_who_falls_due(shared):
    store, plan = shared

    told = workflow.calendar(store, plan, on=DAY, weeks=10)

    visits = pd.DataFrame(
        [one | {"week": row["week"]} for row in told["rows"] for one in row["visits"]]
    )
    first = visits[visits["why"] == "first_visit"]
    assert sorted(first["household_id"]) == [f"h{i:02}" for i in range(2, 30)]
    assert told["total"] == {"all_reached_week": first["week"].max(), "unreached": []}
    assert visits[visits["household_id"] == "h00"]["week"].min() == 1
    # met on 20 November for 30 days: due on 21 December, in the fifth week
    assert visits[visits["household_id"] == "h01"]["week"].min() == 5


def test_the_routes_of_a_week_visit_whom_the_calendar_says(shared):
    store, plan = shared

    week = workflow.calendar(store, plan, on=DAY, weeks=2, member="m1")["rows"][1]
    told = workflow.routes(store, plan, on=DAY, week=2, member="m1")

    assert sorted(row["household_id"] for row in told["rows"]) == sorted(
        one["household_id"] for one in week["visits"]
    )
    assert told["total"]["left"] == []
    assert told["total"]["walk_m"] > 0


def test_weeks_are_told_on_the_command_line(shared):
    store, plan = shared
    base = store.engine.url.database

    assert "Mọi hộ được gặp lần đầu" in diaban("calendar", plan, "--on", DAY, database=base).stdout
    assert "Tuần 1" in diaban("routes", plan, "--open", "--on", DAY, database=base).stdout
    assert "còn 20 hộ" in diaban("calendar", plan, "--weeks", 1, "--on", DAY, database=base).stdout
    diaban("calendar", "--on", DAY, database=base, expect=1)


def test_whom_nobody_can_walk_to_is_listed_among_what_to_mend(store, folder):
    lines = [[[107.590, 16.460], [107.592, 16.460]], [[107.590, 16.465], [107.591, 16.465]]]
    drawn = ",".join(
        f'{{"type":"Feature","properties":{{"id":"s{i}"}},"geometry":{{"type":"LineString","coordinates":{line}}}}}'
        for i, line in enumerate(lines)
    )
    (folder / "streets.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[{drawn}]}}', encoding="utf-8"
    )
    spots = [("a", 16.4601, 107.5905), ("b", 16.4601, 107.5915), ("c", 16.4651, 107.5905)]
    far = ("d", 16.4630, 107.5905)
    write_rows(folder / "households.csv", [*spots, far], "household_id lat lon")
    workflow.import_folder(store, folder, options=workflow.ImportOptions(ward="19969", on=DAY))

    found = workflow.check(store, on=DAY).set_index("id")["check"]

    assert found.get("c") == "household_cut_off"
    assert found.get("d") == "household_no_street"
    assert "household_cut_off" not in set(found.drop("c"))
