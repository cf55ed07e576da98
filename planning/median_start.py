"""Beginnings for clusters about medians: seeds drawn apart, then points placed by regret, as far as room goes."""

import numpy as np

from planning.median_moves import Clusters, Ground
from planning.zones import Floats, Ints

# Candidates drawn for each seed; the best of them stays (Arthur & Vassilvitskii 2007).
DRAWN = 4
# Rounds of sharing to the nearest seed and recentring, before room counts.
ROUNDS = 5


def begin(ground: Ground, count: int, random: np.random.Generator) -> Clusters:
    """Return `count` clusters over all points, within their rooms where that came easily."""
    centres = _recentred(ground, _spread(ground, count, random))
    return clusters(_shared(ground, centres), count)


def clusters(owner: Ints, count: int) -> Clusters:
    """Return the clusters of an assignment; `settle` works out what depends on ways."""
    points = len(owner)
    size = np.bincount(owner, minlength=count)
    by_owner = np.argsort(owner, kind="stable")
    place = np.empty(points, dtype=np.int64)
    place[by_owner] = np.arange(points) - (np.cumsum(size) - size)[owner[by_owner]]
    members = np.empty((count, points), dtype=np.int32)
    members[owner, place] = np.arange(points)
    zeros = np.zeros(count)
    return Clusters(
        owner=owner.copy(),
        members=members,
        size=size,
        place=place,
        load=zeros.copy(),
        sums=np.zeros(points),
        median=np.zeros(count, dtype=np.int64),
        cost=zeros,
    )


def _spread(ground: Ground, count: int, random: np.random.Generator) -> Ints:
    """Draw seeds one after the other, likely far from those drawn (k-means++)."""
    points = len(ground.demand)
    seeds = [int(random.integers(points))]
    nearest = ground.ways[:, seeds[0]].astype(np.float64)
    free = np.ones(points, dtype=bool)
    free[seeds] = False
    while len(seeds) < count:
        likely = np.where(free, nearest**2, 0.0)
        likely = likely if likely.sum() > 0 else free.astype(np.float64)
        drawn = random.choice(points, size=DRAWN, p=likely / likely.sum())
        ways = np.minimum(nearest[:, None], ground.back[drawn].T)
        best = int(ways.sum(axis=0).argmin())
        seeds.append(int(drawn[best]))
        free[seeds[-1]] = False
        nearest = ways[:, best]
    return np.array(seeds, dtype=np.int64)


def _recentred(ground: Ground, centres: Ints) -> Ints:
    centres = centres.copy()
    for _ in range(ROUNDS):
        owner = ground.back[centres].argmin(axis=0)
        owner[centres] = np.arange(len(centres))
        for cluster in range(len(centres)):
            inside = np.flatnonzero(owner == cluster)
            centres[cluster] = inside[ground.ways[np.ix_(inside, inside)].sum(axis=0).argmin()]
    return centres


def _shared(ground: Ground, centres: Ints) -> Ints:
    """Give each point the nearest centre with room, those of most demand first; without room, the emptiest."""
    owner = np.full(len(ground.demand), -1, dtype=np.int64)
    owner[centres] = np.arange(len(centres))
    left: Floats = ground.room[centres] - ground.demand[centres]
    ways = ground.back[centres].T
    for point in np.argsort(-ground.demand, kind="stable"):
        if owner[point] < 0:
            fits = left >= ground.demand[point]
            one = np.where(fits, ways[point], np.inf).argmin() if fits.any() else left.argmax()
            owner[point] = one
            left[one] -= ground.demand[point]
    return owner
