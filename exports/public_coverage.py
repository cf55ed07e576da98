"""Coverage that may be shown to everybody: no figure tells of fewer than five households, not even by subtraction."""

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Series

from exports.public import SMALL, told

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]


def public_coverage(rows: DataFrame) -> DataFrame:
    """Return the rows with `reached`, `unreached` and `share_reached` missing where they may not be told.

    A reader is taken to know how many households each neighbourhood has, and the ward's reached households in all. A
    row is hidden where 1 to 4 of its households are reached, or unreached, and where plans hide its households
    (`exports.public`); and as many more, in the order of the rows, until what a reader can conclude of a hidden row
    leaves more than 1 to 4 open (of a row of 1 to 4 households: everything), as far as there are rows to hide.

    Parameters
    ----------
    rows
        One row a neighbourhood in the order of their ids: `households`, `reached`, `unreached`; the total that is shown
        is their sum.
    """
    whole = rows["households"].to_numpy(dtype=np.int64)
    reached = rows["reached"].to_numpy(dtype=np.int64)
    hidden = _hidden(whole, reached)
    shown = {
        "reached": Series(reached, rows.index, dtype="Int64").mask(hidden),
        "unreached": Series(whole - reached, rows.index, dtype="Int64").mask(hidden),
        "share_reached": Series(
            reached / np.where(whole, whole, 1), rows.index, dtype="Float64"
        ).mask(hidden | (whole == 0)),
    }
    return rows.assign(**shown)


def total_may_be_told(rows: DataFrame) -> bool:
    """Return whether the ward's own figures may be shown beside `public_coverage` of the same rows."""
    whole = rows["households"].to_numpy(dtype=np.int64)
    reached = rows["reached"].to_numpy(dtype=np.int64)
    few = _few(np.array([reached.sum(), (whole - reached).sum()]))
    few |= told(whole) is None
    return not (few.any() or _exposed(whole, reached, _hidden(whole, reached)).any())


def _hidden(whole: Counts, reached: Counts) -> Bools:
    sizes = told(whole)
    hidden = _few(reached) | _few(whole - reached)
    hidden |= np.array([sizes is None or not one.isdigit() for one in sizes or whole], dtype=bool)
    while True:
        more = np.flatnonzero(~hidden)
        if not len(more) or not _exposed(whole, reached, hidden).any():
            return hidden
        hidden[more[0]] = True


def _exposed(whole: Counts, reached: Counts, hidden: Bools) -> Bools:
    """Return the hidden rows of which a reader concludes that 1 to 4 households are reached, or unreached."""
    least, most = concluded(whole, reached, hidden)
    few = _few(most) | _few(whole - least)
    # Where a neighbourhood has fewer than five households its size tells as much; but nothing else may, unless the
    # whole ward stands alike.
    alike = reached.sum() in (0, whole.sum())
    narrower = ((least > 0) | (most < whole)) & (not alike)
    exposed: Bools = hidden & np.where(whole >= SMALL, few, narrower)
    return exposed


def concluded(whole: Counts, reached: Counts, hidden: Bools) -> tuple[Counts, Counts]:
    """Return the least and greatest number of reached households that a reader can conclude of each row."""
    together = int(reached[hidden].sum())
    others = int(whole[hidden].sum()) - whole
    least = np.where(hidden, np.maximum(together - others, 0), reached)
    most = np.where(hidden, np.minimum(whole, together), reached)
    return least, most


def _few(counts: Counts) -> Bools:
    few: Bools = (counts > 0) & (counts < SMALL)
    return few
