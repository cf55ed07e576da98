"""Where zones should lie whose members' homes nobody knows: centres that make the walking short."""

from collections.abc import Callable

import numpy as np

from geo.joining import StreetGraph, distances_m
from planning.flow import flow, largest_share
from planning.medians import always, find_medians
from planning.places import PlaceGraph
from planning.zones import Floats, Ints, summed

# A centre is one of at most this many places, evenly picked where there are more.
MOST_CANDIDATES = 4000
# Alternations of sharing and recentring; they settle sooner.
MOST_ROUNDS = 10
# Beginnings tried before windows count.
TRIES = 4
# Steps for each place of looking for medians, and places above which that takes too long.
STEPS_EACH, MOST_POINTS = 300, 1000


class Centres:
    """Ways from possible centres to all places of a piece."""

    def __init__(self, graph: StreetGraph, places: PlaceGraph, households: Ints) -> None:
        """Take how many `households` each place has."""
        count = min(places.size, MOST_CANDIDATES)
        self.candidates = np.unique(np.linspace(0, places.size - 1, count).astype(np.int64))
        ways = distances_m(graph, places.nodes[self.candidates])
        self.ways_m = ways[:, places.nodes].astype(np.float32)
        self.households = households

    def best(self, owner: Ints, now: Ints) -> Ints:
        """Return the candidate with least walking for each zone of `owner` (places); `now` where a zone has none."""
        best = now.copy()
        for member in range(len(now)):
            zone = np.flatnonzero(owner == member)
            inside = np.flatnonzero(np.isin(self.candidates, zone))
            if len(inside):
                walk = self.ways_m[np.ix_(inside, zone)] @ self.households[zone]
                best[member] = inside[walk.argmin()]
        return best

    def walk_m(self, chosen: Ints) -> Floats:
        """Return the way from each chosen candidate to each place, (places, k)."""
        return self.ways_m[chosen].T.astype(np.float64)


def find_centres(
    centres: Centres,
    home_walk_m: Floats,
    load_min: Floats,
    low_min: Floats,
    high_min: Floats,
    *,
    seed: int,
    keep_going: Callable[[], bool] = always,
) -> Ints:
    """Return a centre for each member without a home: the last members of the windows.

    `home_walk_m` (places, homes) is the way from the known homes, `load_min` (places) the load. Several beginnings are
    shared within the windows and recentred by turns (Cooper 1964); the one whose load, divided, has least walking wins.
    """
    homes, free = home_walk_m.shape[1], len(low_min) - home_walk_m.shape[1]
    random = np.random.default_rng(seed)
    begins = [_spread(centres, home_walk_m, load_min, free, random) for _ in range(TRIES)]
    tries = [_settled(centres, home_walk_m, begin) for begin in begins]
    if homes == 0 and free <= len(centres.candidates) and len(load_min) <= MOST_POINTS:
        best = min(tries, key=lambda one: one[0])[1]
        starts = [best, _as_medians(centres, load_min, low_min, high_min, seed, keep_going)]
    else:
        starts = [chosen for _, chosen in tries]
    found = [_shared(centres, home_walk_m, load_min, low_min, high_min, one) for one in starts]
    return min(found, key=lambda one: one[0])[1]


def _shared(  # noqa: PLR0917 - what centres are judged by
    centres: Centres,
    home_walk_m: Floats,
    load_min: Floats,
    low_min: Floats,
    high_min: Floats,
    chosen: Ints,
) -> tuple[float, Ints]:
    """Return the walking and the centres after sharing within the windows and recentring by turns, the best of them."""
    homes, best = home_walk_m.shape[1], (np.inf, chosen)
    for _ in range(MOST_ROUNDS):
        walk = np.hstack([home_walk_m, centres.walk_m(chosen)])
        shared = flow(walk * centres.households[:, None], load_min, low_min, high_min)
        best = min(best, (shared.bound_m, chosen), key=lambda one: one[0])
        better = centres.best(largest_share(shared.share) - homes, chosen)
        if (better == chosen).all():
            break
        chosen = better
    return best


def _as_medians(  # noqa: PLR0917 - what medians are looked for
    centres: Centres,
    load_min: Floats,
    low_min: Floats,
    high_min: Floats,
    seed: int,
    keep_going: Callable[[], bool],
) -> Ints:
    """Return the centres of a plan in which all members could take as much as the mean, the larger to who should more.

    These are medians within capacities, of which much more is known than of windows (`planning.medians`).
    """
    ways = centres.ways_m.T.astype(np.float64) * centres.households[:, None]
    found = find_medians(
        ways,
        load_min,
        float(high_min.mean()),
        len(low_min),
        seed=seed,
        steps=STEPS_EACH * len(load_min),
        keep_going=keep_going,
    )
    taken = summed(load_min, found.owner, len(low_min))
    chosen = np.empty(len(low_min), dtype=np.int64)
    by_window = np.argsort(low_min, kind="stable")
    chosen[by_window] = found.median[np.argsort(taken, kind="stable")]
    return chosen


def _spread(
    centres: Centres,
    home_walk_m: Floats,
    load_min: Floats,
    free: int,
    random: np.random.Generator,
) -> Ints:
    """Pick candidates one after the other, likely far from homes and from those picked, where much load is.

    As k-means++ does (Arthur & Vassilvitskii 2007).
    """
    weight = load_min[centres.candidates]
    near = np.min(home_walk_m[centres.candidates], axis=1, initial=np.inf)
    chosen: list[int] = []
    for _ in range(free):
        likely = weight * near**2 if np.isfinite(near).all() else weight
        likely = likely if likely.sum() > 0 else np.ones(len(weight))
        one = int(random.choice(len(weight), p=likely / likely.sum()))
        chosen.append(one)
        near = np.minimum(near, centres.ways_m[one, centres.candidates])
    return np.array(chosen, dtype=np.int64)


def _settled(centres: Centres, home_walk_m: Floats, chosen: Ints) -> tuple[float, Ints]:
    """Return the walking and the centres after sharing by nearness and recentring by turns."""
    homes = home_walk_m.shape[1]
    for _ in range(MOST_ROUNDS):
        walk = np.hstack([home_walk_m, centres.walk_m(chosen)])
        better = centres.best(walk.argmin(axis=1) - homes, chosen)
        if (better == chosen).all():
            break
        chosen = better
    walk = np.hstack([home_walk_m, centres.walk_m(chosen)]).min(axis=1)
    return float(walk @ centres.households), chosen
