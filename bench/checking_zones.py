"""Whether zones are what they claim, apart from the code that makes them: windows, locks, pieces, sums of squares."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.triangulated import Links

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SAME_LOAD = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Counts of what is wrong with zones, and how compact they are.

    `unshared` households have no member there is; `outside` members have a load outside their window; `disconnected`
    zones are in several pieces of the neighbour graph; `unlocked` households are not with the member they are locked
    to. `sum_of_squares_m2` is of the distances to the mean point of the zone, `mean_m` the mean of those distances.
    """

    unshared: int
    outside: int
    disconnected: int
    unlocked: int
    sum_of_squares_m2: float
    mean_m: float
    most_over_mean: float

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.unshared or self.outside or self.disconnected or self.unlocked)


def judged(
    xy_m: Floats,
    load: Floats,
    owner: Ints,
    *,
    low: Floats,
    high: Floats,
    links: Links,
    locked: Ints | None = None,
) -> Verdict:
    """Return the verdict on an assignment; `locked` is negative where anybody may have the household."""
    members = len(low)
    shared = (owner >= 0) & (owner < members)
    held = np.where(shared, owner, members)
    loads = np.bincount(held, weights=load, minlength=members + 1)[:members]
    outside = (loads < low - SAME_LOAD) | (loads > high + SAME_LOAD)
    away = _away_m(xy_m, held, members)
    bound = np.zeros(len(owner), dtype=bool) if locked is None else locked >= 0
    return Verdict(
        unshared=int((~shared).sum()),
        outside=int(outside.sum()),
        disconnected=int((_pieces(held, links, members) > 1).sum()),
        unlocked=0 if locked is None else int((owner[bound] != locked[bound]).sum()),
        sum_of_squares_m2=float((away[shared] ** 2).sum()),
        mean_m=float(away[shared].mean()) if shared.any() else 0.0,
        most_over_mean=float(loads.max() / loads.mean()),
    )


def _away_m(xy_m: Floats, zone: Ints, members: int) -> Floats:
    """Return how far each household is from the mean point of its zone."""
    count = np.maximum(np.bincount(zone, minlength=members + 1), 1)
    mean = np.stack([np.bincount(zone, xy_m[:, i], members + 1) / count for i in (0, 1)], axis=1)
    away: Floats = np.linalg.norm(xy_m - mean[zone], axis=1)
    return away


def _pieces(zone: Ints, links: Links, members: int) -> Ints:
    """Return in how many pieces each zone is, walking from neighbour to neighbour inside it."""
    start = np.repeat(np.arange(len(zone)), np.diff(links.starts))
    within = zone[start] == zone[links.to]
    ways = (np.ones(within.sum(), dtype=np.int8), (start[within], links.to[within]))
    piece = connected_components(csr_array(ways, shape=(len(zone), len(zone))))[1]
    one_of_each = np.unique(piece, return_index=True)[1]
    return np.bincount(zone[one_of_each], minlength=members + 1)[:members]
