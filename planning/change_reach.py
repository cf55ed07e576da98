"""How far households are from the members they could change to, counted in changes, and what a zone surely keeps.

A household can be handed to a member only together with a way to what the member keeps. Every staying household of
others on that way changes too; households without a member cost nothing. And of any `most` + 1 households a member
has, at most `most` changes leave one: the deepest ones stand for the seat of the zone.
"""

from collections import deque
from heapq import heapify, heappop, heappush

import numpy as np

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town


def changes_to_reach(town: Town) -> Floats:
    """Return the fewest changes that bring each household to each member, (n, k); inf where none do.

    `town.current` of fixed households is the member they are fixed to.
    """
    return np.stack([_changes_to(town, member) for member in range(len(town.low))], axis=1)


def seats(town: Town, most: int) -> list[Ints]:
    """Return of each member households of which every plan with at most `most` changes keeps one; may be empty."""
    return [_seat(town, member, most) for member in range(len(town.low))]


def beside(town: Town, unit: int) -> list[int]:
    """Return the neighbours of a household."""
    around: list[int] = town.to[town.starts[unit] : town.starts[unit + 1]].tolist()
    return around


def _changes_to(town: Town, member: int) -> Floats:
    """Return the price of the cheapest way from what the member has (Dijkstra's, with ways of 0 and 1)."""
    current = town.current
    price = np.where((current == NOBODY) | (current == member), 0.0, 1.0)
    price[town.fixed & (current != member)] = np.inf
    away = np.full(len(current), np.inf)
    own = np.flatnonzero(current == member)
    away[own] = 0.0
    queue = deque((0.0, int(unit)) for unit in own)
    while queue:
        so_far, unit = queue.popleft()
        if so_far > away[unit]:
            continue
        for other in beside(town, unit):
            further = so_far + price[other]
            if further < away[other]:
                away[other] = further
                (queue.append if price[other] else queue.appendleft)((further, other))
    return away


def _seat(town: Town, member: int, most: int) -> Ints:
    own = town.current == member
    fixed = np.flatnonzero(own & town.fixed)
    if len(fixed):
        return fixed[:1]
    if own.sum() <= most:
        return np.zeros(0, dtype=np.int64)
    return _deepest(town, own, most + 1)


def _deepest(town: Town, own: Bools, size: int) -> Ints:
    """Return so many of a zone's households, grown from the deepest over the deepest beside it."""
    deep = _depth(town, own)
    left = sorted(np.flatnonzero(own).tolist(), key=lambda unit: (-deep[unit], unit))
    taken: list[int] = []
    met: set[int] = set()
    for first in left:
        heap = [] if first in met else [(-int(deep[first]), first)]
        met.add(first)
        heapify(heap)
        while heap and len(taken) < size:
            unit = heappop(heap)[1]
            taken.append(unit)
            for other in beside(town, unit):
                if own[other] and other not in met:
                    met.add(other)
                    heappush(heap, (-int(deep[other]), other))
    return np.array(taken, dtype=np.int64)


def _depth(town: Town, own: Bools) -> Ints:
    """Return how many steps each household is from the nearest that is not of the zone."""
    depth = np.where(own, len(own), 0)
    queue = deque(np.flatnonzero(~own).tolist())
    while queue:
        unit = queue.popleft()
        for other in beside(town, unit):
            if depth[other] > depth[unit] + 1:
                depth[other] = depth[unit] + 1
                queue.append(other)
    return depth
