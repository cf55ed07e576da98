"""A first sharing with connected zones, from the divisible one."""

from heapq import heappop, heappush

import numpy as np

from planning.cuts import cuts
from planning.zones import NOBODY, Floats, Ints, Task, summed


def grow(task: Task, share_min: Floats, cost: Floats) -> Ints:
    """Return an owner for each unit such that every zone is connected.

    Each place goes to the member with most of it in `share_min` (units, k); of each zone the part with most load stays,
    and the rest is taken up by the zones next to it, cheapest first by `cost` (places, k) above the place's least.
    """
    owner = _most_of(task, share_min)
    weight = summed(task.load_min, task.place_of, task.places)
    kept = np.full(task.places, NOBODY)
    for member in range(task.members):
        part = _heaviest_part(task, set(np.flatnonzero(owner == member).tolist()), weight)
        kept[part] = member
    return _taken_up(task, kept, cost)[task.place_of]


def _most_of(task: Task, share_min: Floats) -> Ints:
    load = np.zeros((task.places, task.members))
    np.add.at(load, task.place_of, share_min)
    owner: Ints = np.round(load, 6).argmax(axis=1)
    return owner


def _heaviest_part(task: Task, zone: set[int], weight: Floats) -> list[int]:
    """Return the connected part of a zone with most load, the first among equals."""
    parts = []
    while zone:
        order, _ = cuts(task.links, task.places, zone)
        part = [place for place in order if place < task.places]
        parts.append(part)
        zone = zone.difference(part)
    return max(parts, key=lambda part: weight[part].sum(), default=[])


def _taken_up(task: Task, owner: Ints, cost: Floats) -> Ints:
    """Return `owner` with every place nobody holds given to a zone next to it (Prim's way)."""
    owner = owner.copy()
    dear = cost - cost.min(axis=1, keepdims=True)
    queue: list[tuple[float, int, int]] = []
    met: set[tuple[int, int]] = set()

    def spread(place: int, member: int) -> None:
        for to in task.links[place]:
            if to < task.places:
                heappush(queue, (float(dear[to, member]), to, member))
            elif (to, member) not in met:
                met.add((to, member))
                for over in task.links[to]:
                    heappush(queue, (float(dear[over, member]), over, member))

    for place in np.flatnonzero(owner != NOBODY).tolist():
        spread(place, int(owner[place]))
    while queue:
        _, place, member = heappop(queue)
        if owner[place] == NOBODY:
            owner[place] = member
            spread(place, member)
    return owner
