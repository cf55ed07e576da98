"""Many columns of codes as one: each combination that occurs is told once, and each row says which it has."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]


def combined(columns: Mapping[str, Codes]) -> tuple[dict[str, Codes], Codes]:
    """Return the combinations that occur, column by column, and which of them each row has.

    All columns are of one length, their codes 0 or more. Combinations come in the order of their first row.
    """
    length = len(next(iter(columns.values())))
    which = np.zeros(length, dtype=np.int64)
    for column in columns.values():
        span = int(column.max(initial=0)) + 1
        which, _ = pd.factorize(which * span + column)
    _, first = np.unique(which, return_index=True)
    return {name: column[first] for name, column in columns.items()}, which


def narrow(codes: Codes) -> NDArray[np.unsignedinteger]:
    """Return codes in the fewest bytes that hold the largest."""
    return codes.astype(np.min_scalar_type(int(codes.max(initial=0))))
