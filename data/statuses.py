"""A list of households that ticks who was helped: without a day that is no visit, and none is invented."""

from data import cells
from data.columns import Columns, forms
from data.problems import Problems
from data.reading import RawTable
from geo.folding import fold
from geo.terms import Kind

STATUSES = frozenset(
    map(fold, ("Tình trạng", "Trạng thái", "Đã hướng dẫn", "Đã tiếp cận", "Kết quả hướng dẫn"))
)


def note_statuses(raw: RawTable, columns: Columns, kind: Kind, problems: Problems) -> None:
    """List each column of statuses that was not taken, with the number of rows that say something in it."""
    if kind != Kind.HOUSEHOLDS:
        return
    used = set(columns.positions.values())
    for place, heading in enumerate(raw.headings):
        if place not in used and not STATUSES.isdisjoint(forms(heading)):
            said = int(cells.text(raw.cells[place]).notna().sum())
            problems.note("status_not_taken", heading, str(said))
