"""The hamlet in a month in which all but a corner of nine houses was met; of these one long ago, one yesterday."""

import workflow
from tests.hamlet import a_hamlet, write_rows

CORNER = {f"h{row * 6 + x:02}" for row in range(3) for x in range(3)}


def a_hamlet_with_a_corner_left(folder):
    """Return its store; the eight houses that are unreached lie together."""
    store = a_hamlet(folder)
    met = [f"h{n:02}" for n in range(30) if f"h{n:02}" not in CORNER]
    rows = [(one, "g", f"2026-11-{1 + n % 20:02}", "met") for n, one in enumerate(met)]
    write_rows(folder / "more.csv", rows, "household_id goal_id visited_at outcome")
    workflow.import_file(store, folder / "more.csv", kind=workflow.Kind.VISITS)
    return store
