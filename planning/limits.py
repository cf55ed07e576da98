"""Hard limits: what does not fit stays unassigned, and zones stay connected without it."""

from dataclasses import dataclass

import numpy as np
from pandas import Series

from geo.joining import StreetGraph
from planning.places import in_one_part, place_graph
from planning.zones import NOBODY, Bools, Floats, Ints, summed

# Households without a member that are offered to those who have room, at most.
MOST_OFFERS = 60
SAME_MIN = 1e-6


def what_fits(load_min: Floats, walk_m: Floats, cap_min: Floats) -> Bools:
    """Return which households to share: all, or as many as the limits hold together, the farthest left out.

    `walk_m` (n, homes) is the way from each known home.
    """
    over = float(load_min.sum() - cap_min.sum())
    fits = np.ones(len(load_min), dtype=bool)
    if over <= SAME_MIN:
        return fits
    nearest = walk_m.min(axis=1, initial=np.inf)
    farthest_first = np.argsort(-nearest, kind="stable")
    gone = load_min[farthest_first].cumsum()
    fits[farthest_first[: int(np.searchsorted(gone, over - SAME_MIN)) + 1]] = False
    return fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What hard limits are about: households at `node` and `place` with `load_min`, and members' `cap_min`.

    `allowed` (n, k) says who may have what; who is alone allowed gives nothing of it away while anything else is left.
    """

    graph: StreetGraph
    node: Ints
    place: Ints
    load_min: Floats
    cap_min: Floats
    allowed: Bools

    def keep(self, owner: Ints) -> Ints:
        """Return `owner` with nobody above a limit: what is too much goes to others with room, or to nobody."""
        if np.isinf(self.cap_min).all():
            return owner
        owner = owner.copy()
        for member in range(len(self.cap_min)):
            while self._room_min(owner)[member] < -SAME_MIN:
                owner[self._spare(owner, member)] = NOBODY
        left = np.flatnonzero(owner == NOBODY)
        heaviest_first = left[np.argsort(-self.load_min[left], kind="stable")]
        for household in heaviest_first[:MOST_OFFERS].tolist():
            owner[household] = self._taker(owner, household)
        return owner

    def _room_min(self, owner: Ints) -> Floats:
        held = owner != NOBODY
        load = summed(self.load_min[held], owner[held], len(self.cap_min))
        room: Floats = self.cap_min - load
        return room

    def _spare(self, owner: Ints, member: int) -> int:
        """Return a household that `member` can leave: the lightest that is enough, else the heaviest."""
        own = np.flatnonzero(owner == member)
        over = -self._room_min(owner)[member]
        short = np.maximum(over - SAME_MIN - self.load_min[own], 0)
        locked = self.allowed[own].sum(axis=1) == 1
        listed: list[int] = own[np.lexsort([self.load_min[own], short, locked])].tolist()
        return next((one for one in listed if self._connected(owner, one, NOBODY)), listed[0])

    def _taker(self, owner: Ints, household: int) -> int:
        """Return the member with most room whose zone the household can join, `NOBODY` where there is none."""
        room = self._room_min(owner)
        enough = self.allowed[household] & (room + SAME_MIN >= self.load_min[household])
        listed = [int(one) for one in np.argsort(-room, kind="stable") if enough[one]]
        return next((one for one in listed if self._connected(owner, household, one)), NOBODY)

    def _connected(self, owner: Ints, household: int, to: int) -> bool:
        """Return whether every zone holds together once `household` is handed `to`."""
        trial = owner.copy()
        trial[household] = to
        held = trial != NOBODY
        if not held.any():
            return True
        places = place_graph(self.graph, self.node[held], Series(self.place[held]))
        return all(
            in_one_part(places.links, places.size, set(places.of_household[trial[held] == member]))
            for member in np.unique(trial[held])
        )
