"""Words for arrays about zones: who holds what."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NOBODY = -1


def summed(values: Floats, group: Ints, groups: int) -> Floats:
    """Return the sum of `values` in each of `groups` groups."""
    sums: Floats = np.bincount(group, weights=values, minlength=groups).astype(np.float64)
    return sums
