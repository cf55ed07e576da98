"""How much load each member should carry: the fair share and the window around it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

Minutes = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Least and greatest load of each member, in the members' order; `cap_min` the hard limit, infinite for none."""

    low_min: Minutes
    high_min: Minutes
    cap_min: Minutes

    def of(self, members: Numbers) -> "Windows":
        """Return the windows of some members."""
        low, high, cap = self.low_min[members], self.high_min[members], self.cap_min[members]
        return Windows(low_min=low, high_min=high, cap_min=cap)

    def without(self, load_min: Minutes) -> "Windows":
        """Return what is left of the windows once some load is given."""
        low, high = np.maximum(self.low_min - load_min, 0), np.maximum(self.high_min - load_min, 0)
        return Windows(low_min=low, high_min=high, cap_min=np.maximum(self.cap_min - load_min, 0))

    def outside_min(self, load_min: Minutes) -> Minutes:
        """Return by how many minutes each load misses its window."""
        return np.maximum(load_min - self.high_min, 0) + np.maximum(self.low_min - load_min, 0)


def windows(members: DataFrame, total_min: float, *, balance: float) -> Windows:
    """Return the windows of `members` for sharing `total_min` minutes among them.

    The fair share is the total in the ratio of own weekly minutes; members whose weekly minutes are unknown count as
    the mean of the known ones, and where none are known (or all are 0) shares are equal. Hard limits cut windows;
    where the windows so cut cannot hold the total, what the limited members cannot take is shared among the others.
    """
    weight, cap = weekly_weights(members), _caps(members)
    fair = total_min * weight / weight.sum()
    low, high = fair * (1 - balance), fair * (1 + balance)
    if np.minimum(high, cap).sum() < total_min:
        fair = _shared_under_caps(total_min, weight, cap)
        low, high = fair * (1 - balance), fair * (1 + balance)
    return Windows(low_min=np.minimum(low, cap), high_min=np.minimum(high, cap), cap_min=cap)


def weekly_weights(members: DataFrame) -> Minutes:
    """Return how much of the work each member should carry: own weekly minutes, or a stand-in (see `windows`)."""
    weekly = members["minutes_per_week"].astype(float)
    known = np.asarray(weekly.fillna(weekly.mean()).fillna(1.0), dtype=np.float64)
    return known if known.sum() > 0 else np.ones(len(known))


def _caps(members: DataFrame) -> Minutes:
    return np.asarray(members["max_load_min"].astype(float).fillna(np.inf), dtype=np.float64)


def _shared_under_caps(total_min: float, weight: Minutes, cap: Minutes) -> Minutes:
    """Return shares in the ratio of `weight` but none above its cap, as much of the total as fits."""
    share = np.zeros(len(weight))
    open_ = np.ones(len(weight), dtype=bool)
    while open_.any():
        rest = total_min - share[~open_].sum()
        share[open_] = rest * weight[open_] / max(weight[open_].sum(), 1e-300)
        full = open_ & (share > cap)
        if not full.any():
            break
        share[full] = cap[full]
        open_ &= ~full
    return share
