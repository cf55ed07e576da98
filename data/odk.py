"""Submissions of the campaign's form, as ODK Central and KoboToolbox export them, put as a list of visits.

A submission is a visit to one household for several goals: it becomes one row a goal. Headings may have the path of a
group before them. Rows that somebody edited on the server correct what was said before; rejected ones are set aside.
The form is `exports.form`; ODK Central: https://docs.getodk.org/central-submissions, Kobo: "XML values and headers".
"""

from dataclasses import replace
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd

from data.reading import RawTable
from data.visit_rows import ANY

# A field of the form that says what it is; without it a file is not touched.
MARK, MARKED = "diaban", "visits"
NEEDED = ("household_id", "outcome", "visited_at")
FIELDS = ("household_id", "member_id", "goals", "visited_at", "outcome", "note")
EDITS, REVIEW, REJECTED = "Edits", "ReviewState", "rejected"
HEADINGS = (
    *("household_id", "member_id", "goal_id", "visited_at", "outcome", "note"),
    *("corrects", "damaged"),
)


def submissions_as_visits(raw: RawTable) -> RawTable:
    """Return a file of submissions as a list of visits, rows numbered as in the file; any other file as it is."""
    places = _places(raw.headings)
    if MARK not in places or not set(NEEDED) <= places.keys():
        return raw
    ours = raw.cells[places[MARK]] == MARKED
    if not ours.any():
        return raw
    cells = {name: _cells(raw, places, name) for name in FIELDS}
    table = pd.DataFrame(cells).assign(
        corrects=_cells(raw, places, EDITS).map(_edited).astype("str"),
        damaged=_cells(raw, places, REVIEW).where(lambda state: state == REJECTED),
        goals=cells["goals"].str.split(),
        row=raw.rows,
    )[ours]
    table = table.explode("goals", ignore_index=True)
    goal_id = table["goals"].map(unquote, na_action="ignore")
    told = table.assign(goal_id=goal_id)[list(HEADINGS)]
    return replace(
        raw,
        headings=HEADINGS,
        cells=told.set_axis(range(len(HEADINGS)), axis=1).astype("str"),
        rows=table["row"].rename("row"),
        geometry=gpd.GeoSeries([None] * len(told), index=told.index),
        located=False,
        crs=None,
        sheet=raw.sheet if raw.sheet.empty else pd.Series("", index=told.index, dtype="str"),
        sheets=(),
    )


def _places(headings: tuple[str, ...]) -> dict[str, int]:
    """Where each field is: under its own name, else under that after the path of its group."""
    after = {name.rpartition("/")[2]: at for at, name in reversed([*enumerate(headings)])}
    return after | {name: at for at, name in reversed([*enumerate(headings)])}


def _cells(raw: RawTable, places: dict[str, int], name: str) -> pd.Series:
    if name not in places:
        return pd.Series(None, index=raw.cells.index, dtype="str")
    found: pd.Series = raw.cells[places[name]]
    return found


def _edited(times: str) -> str | None:
    return ANY if str(times).isdigit() and int(times) > 0 else None
