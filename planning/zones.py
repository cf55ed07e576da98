"""The zones of one sharing while it is being worked on: who holds what, and who is next to whom."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be shared among k members on one connected piece of network.

    *Units* are households that always move together; each lies at a *place*. *Hubs* are pieces of street without
    places: everybody passes. `links` lists for every place, then for every hub, the places and hubs next to it (hubs
    numbered after the places; hubs never touch). A zone is connected when its places are, over its own places and
    any hub. `place_of`, `households` (how many), `load_min` (n each) and `walk_m` (n, k; to all of its households)
    describe the units, `alley_of` the places, `low_min` and `high_min` (k) the windows.
    """

    place_of: Ints
    households: Floats
    load_min: Floats
    walk_m: Floats
    links: list[list[int]]
    places: int
    alley_of: Ints
    low_min: Floats
    high_min: Floats

    @property
    def members(self) -> int:
        """How many members share."""
        return len(self.low_min)

    def outside_min(self, load_min: Floats, member: Ints | slice = slice(None)) -> Floats:
        """Return by how many minutes the loads of members (all, in order, by default) miss their windows."""
        over = np.maximum(load_min - self.high_min[member], 0)
        under: Floats = np.maximum(self.low_min[member] - load_min, 0)
        return over + under


class Zones:
    """An assignment of units to members that can be changed.

    `owner` (units) is the assignment, `load_min` (k) the loads. `held` (places, k) counts the units of each member at
    each place, `near` (places, k) how often a member is at a place or next to it, `in_alley` the places held in
    each alley. What is at a place in all is `units_count`, `place_load_min` and
    `place_walk_m`.
    """

    def __init__(self, task: Task, owner: Ints) -> None:
        self.task = task
        self.owner = np.full(len(task.place_of), NOBODY)
        self.load_min = np.zeros(task.members)
        self.held = np.zeros((task.places, task.members), dtype=np.int32)
        self.near = np.zeros((task.places, task.members), dtype=np.int32)
        self.in_alley = np.zeros((int(task.alley_of.max()) + 1, task.members), dtype=np.int32)
        self.places_of: list[set[int]] = [set() for _ in range(task.members)]
        self.units_at: list[list[int]] = [[] for _ in range(task.places)]
        for unit, place in enumerate(task.place_of.tolist()):
            self.units_at[place].append(unit)
        self.units_count = np.bincount(task.place_of, minlength=task.places)
        self.place_load_min = summed(task.load_min, task.place_of, task.places)
        self.place_walk_m = np.zeros((task.places, task.members))
        np.add.at(self.place_walk_m, task.place_of, task.walk_m)
        self._at_hub = np.zeros((len(task.links) - task.places, task.members), dtype=np.int32)
        self._around, self._hubs, self._rim = _neighbourhoods(task)
        for unit, member in enumerate(owner.tolist()):
            self._take(unit, member)

    @property
    def walk_m(self) -> float:
        """How far all members walk, once to each household."""
        return float(self.task.walk_m[np.arange(len(self.owner)), self.owner].sum())

    @property
    def splits(self) -> int:
        """How many members too many work in alleys and at places, summed."""
        alleys, places = (self.in_alley > 0).sum(axis=1), (self.held > 0).sum(axis=1)
        return int((alleys - 1).sum() + (places - 1).sum())

    def units_of(self, places: list[int], member: int) -> list[int]:
        """Return what `member` holds at `places`."""
        owner = self.owner
        return [unit for place in places for unit in self.units_at[place] if owner[unit] == member]

    def move(self, units: list[int], to: int) -> list[int]:
        """Give `units` to member `to`; return the places around which something changed."""
        touched: list[int] = []
        for unit in units:
            touched += self._leave(unit)
            touched += self._take(unit, to)
        return touched

    def _take(self, unit: int, member: int) -> list[int]:
        place = int(self.task.place_of[unit])
        self.owner[unit] = member
        self.load_min[member] += self.task.load_min[unit]
        self.held[place, member] += 1
        if self.held[place, member] > 1:
            return []
        self.places_of[member].add(place)
        return self._spread(place, member, 1)

    def _leave(self, unit: int) -> list[int]:
        place, member = int(self.task.place_of[unit]), int(self.owner[unit])
        self.load_min[member] -= self.task.load_min[unit]
        self.held[place, member] -= 1
        if self.held[place, member]:
            return []
        self.places_of[member].discard(place)
        return self._spread(place, member, -1)

    def _spread(self, place: int, member: int, step: int) -> list[int]:
        """Note around `place` that `member` came (step 1) or went (step -1)."""
        self.in_alley[self.task.alley_of[place], member] += step
        self.near[self._around[place], member] += step
        touched: list[int] = self._around[place].tolist()
        for hub in self._hubs[place]:
            self._at_hub[hub, member] += step
            came_first = step > 0 and self._at_hub[hub, member] == 1
            went_last = step < 0 and self._at_hub[hub, member] == 0
            if came_first or went_last:
                self.near[self._rim[hub], member] += step
                touched += self._rim[hub].tolist()
        return touched


def _neighbourhoods(task: Task) -> tuple[list[Ints], list[list[int]], list[Ints]]:
    """Return for each place itself and the places next to it, its hubs, and for each hub its places."""
    of_places, of_hubs = task.links[: task.places], task.links[task.places :]
    around = [
        np.array([place, *(to for to in links if to < task.places)])
        for place, links in enumerate(of_places)
    ]
    hubs = [[to - task.places for to in links if to >= task.places] for links in of_places]
    return around, hubs, [np.array(links) for links in of_hubs]
