"""What became of each row of a file: added, changed or unchanged, and where in the file it stands."""

from enum import StrEnum
from typing import Any

import pandas as pd

from data.changes import Difference
from geo.among import among


class Fate(StrEnum):
    """What an import does with a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def with_fates(table: Any, keys: pd.Series, change: Difference, origin: pd.DataFrame) -> Any:
    """Return the rows of `table` that have `keys`, with row and sheet (`origin`, on the index of `keys`) and fate.

    A key that the file holds twice is one row, and stands where it stands first.
    """
    key = str(keys.name)
    first = origin.reindex(columns=["row", "sheet"]).set_axis(keys, axis=0)
    first = first[~first.index.duplicated()]
    placed = table[among(table[key], keys)].reset_index(drop=True)
    fate = pd.Series(Fate.UNCHANGED.value, index=placed.index)
    fate = fate.mask(among(placed[key], change.changed[key]), Fate.CHANGED.value)
    fate = fate.mask(among(placed[key], change.added[key]), Fate.ADDED.value)
    where = first.reindex(placed[key]).reset_index(drop=True)
    return placed.assign(row=where["row"], sheet=where["sheet"], fate=fate)
