"""Of a workbook of several tables, the sheets that can be what a person says they are.

A plan's workbook holds its households and, member by member, the lists that were filled in: read as `assignments` it is
the first, read as `visits` it is the others.
"""

from dataclasses import replace

from data.columns import match_columns
from data.grid import LeftOut, why_left_out
from data.headings import MOST_HEADING_ROWS, ROWS_LOOKED_AT
from data.reading import RawTable, raw_of_sheets
from data.rows import NEEDED
from data.sheet import Sheet
from geo.terms import Kind

ROWS_TOLD_BY = ROWS_LOOKED_AT + MOST_HEADING_ROWS


def suited(raw: RawTable, kind: Kind) -> RawTable:
    """Return the same file; where the sheets taken lack what `kind` needs and others have it, those others."""
    if not raw.sheets or _can_be(raw.headings, kind):
        return raw
    able = [one for one in raw.sheets if why_left_out(one) is None]
    fitting = [one for one in able if _can_be(raw_of_sheets([_top(one)], raw).headings, kind)]
    if not fitting:
        return raw
    found = raw_of_sheets(fitting, raw)
    others = tuple(
        (one.name, str(why_left_out(one) or LeftOut.OTHER))
        for one in raw.sheets
        if one.name not in found.taken
    )
    return replace(found, left_out=others)


def _top(sheet: Sheet) -> Sheet:
    """Return as much of a sheet as tells its headings."""
    return replace(
        sheet, cells=sheet.cells.iloc[:ROWS_TOLD_BY], rows=sheet.rows.iloc[:ROWS_TOLD_BY]
    )


def _can_be(headings: tuple[str, ...], kind: Kind) -> bool:
    """Whether headings name every field that the KIND cannot do without."""
    return set(NEEDED.get(kind, ())) <= match_columns(headings, kind, {}).positions.keys()
