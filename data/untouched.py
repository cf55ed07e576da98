"""Lists of households to be filled in with visits: a row that nobody touched is no visit, and no fault."""

from dataclasses import replace

import pandas as pd

from data import cells
from data.columns import Columns
from data.reading import RawTable
from geo.terms import Kind

# What a person writes where there was a visit.
WRITTEN = ("visited_at", "outcome", "note")


def without_untouched(raw: RawTable, columns: Columns, kind: Kind) -> tuple[RawTable, int]:
    """Return a file of visits without the rows in which nobody wrote anything of a visit, and how many those are.

    Where the file lacks a column of what is written there is nothing to tell by, and all rows stay.
    """
    places = [columns.positions.get(name) for name in WRITTEN]
    if kind != Kind.VISITS or None in places[:2]:
        return raw, 0
    said = [cells.text(raw.cells[place]).notna() for place in places if place is not None]
    touched = pd.concat(said, axis=1).any(axis=1)
    if touched.all():
        return raw, 0
    kept = replace(
        raw,
        cells=raw.cells[touched].reset_index(drop=True),
        rows=raw.rows[touched].reset_index(drop=True),
        geometry=raw.geometry[touched].reset_index(drop=True),
        sheet=raw.sheet if raw.sheet.empty else raw.sheet[touched].reset_index(drop=True),
    )
    return kept, int((~touched).sum())
