"""Making zones connected: the largest part of each stays, what is apart is taken up by the zones next to it."""

from heapq import heappop, heappush

import numpy as np

from planning.ground import Ground
from planning.zones import NOBODY, Bools, Ints

Waiting = list[tuple[float, int, int]]


def connected(ground: Ground, owner: Ints) -> Ints:
    """Return an owner for each unit (n) such that zones are connected, most units with whom `owner` has them.

    Units apart from their zone's seat (or largest part) go to the zones that reach them, cheapest first by what
    they cost there above their cheapest. Fixed units stay, and so does what no zone can reach: then some zone stays
    in parts.
    """
    settled = ~_apart(ground, owner) | ground.fixed
    new = np.where(settled, owner, NOBODY)
    floor = ground.priced.min(axis=1)
    waiting: Waiting = []
    for unit in np.flatnonzero(settled).tolist():
        _offer(ground, new, floor, unit, waiting)
    while waiting:
        _, unit, zone = heappop(waiting)
        if new[unit] == NOBODY:
            new[unit] = zone
            _offer(ground, new, floor, unit, waiting)
    return np.where(new == NOBODY, owner, new)


def _offer(ground: Ground, new: Ints, floor: np.ndarray, unit: int, waiting: Waiting) -> None:
    """Let the zone of `unit` wait for the free units around it."""
    zone = int(new[unit])
    for place in around(ground, int(ground.place_of[unit])):
        for other in ground.unit[ground.first_unit[place] : ground.first_unit[place + 1]].tolist():
            cost = ground.priced[other, zone]
            if new[other] == NOBODY and np.isfinite(cost):
                heappush(waiting, (float(cost - floor[other]), other, zone))


def around(ground: Ground, place: int) -> list[int]:
    """Return `place` and the places one can go to from it without passing another."""
    places = len(ground.first_unit) - 1
    met, ahead = {place}, [place]
    while ahead:
        node = ahead.pop()
        for to in ground.link[ground.first_link[node] : ground.first_link[node + 1]].tolist():
            if to not in met:
                met.add(to)
                ahead += [to] if to >= places else []
    return sorted(node for node in met if node < places)


def _apart(ground: Ground, owner: Ints) -> Bools:
    """Return which units (n) cannot be reached from their zone's seat, or largest part."""
    apart = np.zeros(len(owner), dtype=bool)
    for zone in range(ground.cost.shape[1]):
        units = np.flatnonzero(owner == zone)
        place, seat = ground.place_of[units], int(ground.seat[zone])
        parts = _parts(ground, set(place.tolist()))
        inside = [np.isin(place, list(part)) for part in parts if seat in (NOBODY, *part)]
        apart[units] = ~max(inside, key=np.sum, default=np.zeros(len(units), dtype=bool))
    return apart


def _parts(ground: Ground, zone: set[int]) -> list[set[int]]:
    """Return the connected parts of a zone's places, in the order of their first place."""
    left, parts = set(zone), []
    while left:
        first = min(left)
        part, ahead = {first}, [first]
        while ahead:
            found = left.intersection(around(ground, ahead.pop())) - part
            part |= found
            ahead += sorted(found)
        left -= part
        parts.append(part)
    return parts


def units_apart(ground: Ground, owner: Ints) -> int:
    """Return how many units are not connected with their zone's seat, or largest part."""
    return int(_apart(ground, owner).sum())
