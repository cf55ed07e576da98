"""A store without streets: one neighbourhood, 30 houses in a grid, 3 members, two families met before."""

from datetime import date

import pandas as pd

import workflow
from data.store import open_store
from tests.made_once import fill

DAY = date(2026, 11, 21)


def a_hamlet(folder):
    """Write the hamlet's files and its store to `folder`, and return the store."""
    fill(folder, "hamlet", _make)
    return open_store(str(folder / "store.sqlite"))


def _make(folder):
    """Import the hamlet from files written to `folder`."""
    opened = open_store(str(folder / "store.sqlite"))
    corners = [[107.59, 16.46], [107.60, 16.46], [107.60, 16.47], [107.59, 16.47], [107.59, 16.46]]
    (folder / "neighbourhoods.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"T1","name":"Tổ 1"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{corners}]}}}}]}}',
        encoding="utf-8",
    )
    spots = [(i, 16.4612 + i // 6 * 0.0003, 107.5912 + i % 6 * 0.0003) for i in range(30)]
    write_rows(
        folder / "households.csv",
        [(f"h{i:02}", lat, lon, 4) for i, lat, lon in spots],
        "household_id lat lon residents",
    )
    write_rows(
        folder / "members.csv",
        [(f"m{i}", "T1", 120) for i in range(3)],
        "member_id neighbourhood_id minutes_per_week",
    )
    write_rows(folder / "goals.csv", [("g", "Chỉ tiêu", 30)], "goal_id name valid_days")
    write_rows(
        folder / "visits.csv",
        [("h00", "g", "2026-09-01", "met"), ("h01", "g", "2026-11-20", "met")],
        "household_id goal_id visited_at outcome",
    )
    workflow.import_folder(opened, folder, options=workflow.ImportOptions(ward="19969", on=DAY))
    opened.close()


def an_uneven_hamlet(folder):
    """The hamlet with a plan in force that gives the first member far too much."""
    store = a_hamlet(folder)
    owners = ["m0"] * 20 + ["m1"] * 5 + ["m2"] * 5
    rows = [(f"h{i:02}", owner) for i, owner in enumerate(owners)]
    write_rows(folder / "assignments.csv", rows, "household_id member_id")
    workflow.import_file(store, folder / "assignments.csv", kind=workflow.Kind.ASSIGNMENTS)
    workflow.approve_plan(store, "assignments")
    return store


def write_rows(path, rows, headings):
    pd.DataFrame(rows, columns=headings.split()).to_csv(path, index=False)


def planned(store, name):
    """Return the document and the rows of a plan of the hamlet."""
    made = workflow.suggest_plan(store, area="T1", name=name, on=DAY)
    rows = store.load("assignments")
    return made, rows[rows["plan_id"] == made["plan"]].set_index("household_id")
