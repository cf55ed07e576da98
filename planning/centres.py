"""Where zones should lie whose members' homes nobody knows: centres that make the walking short."""

import numpy as np

from geo.joining import StreetGraph, distances_m
from planning.flow import flow, largest_share
from planning.places import PlaceGraph
from planning.zones import Floats, Ints

# A centre is one of at most this many places, evenly picked where there are more.
MOST_CANDIDATES = 4000
# Alternations of sharing and recentring; they settle sooner.
MOST_ROUNDS = 10
# Beginnings tried before windows count.
TRIES = 4


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
) -> Ints:
    """Return a centre for each member without a home: the last members of the windows.

    `home_walk_m` (places, homes) is the way from the known homes, `load_min` (places) the load. Begins as k-means++
    does (Arthur & Vassilvitskii 2007), then shares within the windows and recentres by turns (Cooper 1964).
    """
    homes, free = home_walk_m.shape[1], len(low_min) - home_walk_m.shape[1]
    random = np.random.default_rng(seed)
    begins = [_spread(centres, home_walk_m, load_min, free, random) for _ in range(TRIES)]
    tries = [_settled(centres, home_walk_m, begin) for begin in begins]
    chosen = min(tries, key=lambda one: one[0])[1]
    for _ in range(MOST_ROUNDS):
        walk = np.hstack([home_walk_m, centres.walk_m(chosen)])
        shared = flow(walk * centres.households[:, None], load_min, low_min, high_min)
        better = centres.best(largest_share(shared.share) - homes, chosen)
        if (better == chosen).all():
            break
        chosen = better
    return chosen


def _spread(
    centres: Centres,
    home_walk_m: Floats,
    load_min: Floats,
    free: int,
    random: np.random.Generator,
) -> Ints:
    """Pick candidates one after the other, likely far from homes and from those picked, where much load is."""
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
