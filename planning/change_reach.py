"""How far households are from the members they could change to, counted in changes, and what a zone surely keeps.

A household can be handed to a member only together with a way to what the member keeps. Every staying household of
others on that way changes too; households without a member cost nothing. And of any `most` + 1 households a member
has, at most `most` changes leave one: the deepest ones stand for the seat of the zone.
"""

from collections import deque
from heapq import heapify, heappop, heappush

import numpy as np

from planning.cell_repair import pieces_of
from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.compiled import compiled


def changes_to_reach(town: Town) -> Floats:
    """Return the fewest changes that bring each household to each member, (n, k); inf where none do.

    `town.current` of fixed households is the member they are fixed to.
    """
    own = [town.current == member for member in range(len(town.low))]
    return np.stack([changes_to(town, mask) for mask in own], axis=1)


def changes_to(town: Town, own: Bools) -> Floats:
    """Return how many households of others are on the cheapest way from `own` to each, the last one included."""
    price = np.where((town.current == NOBODY) | own, 0.0, 1.0)
    price[town.fixed & ~own] = np.inf
    return _cheapest(town.starts, town.to, price, own)


@compiled
def _cheapest(starts: Ints, to: Ints, price: Floats, own: Bools) -> Floats:
    """Return the sums of `price`s on the cheapest ways; rounds of relaxing until none gets cheaper (Bellman & Ford)."""
    away = np.where(own, 0.0, np.inf)
    queue = np.flatnonzero(own)
    while len(queue) > 0:
        cheaper = np.zeros(len(own), dtype=np.bool_)
        for unit in queue:
            for at in range(starts[unit], starts[unit + 1]):
                other = to[at]
                if away[unit] + price[other] < away[other]:
                    away[other] = away[unit] + price[other]
                    cheaper[other] = True
        queue = np.flatnonzero(cheaper)
    return away


def seats(town: Town, settled: Bools, most: int) -> list[Ints]:
    """Return of each member households of which every plan with at most `most` changes keeps one; may be empty.

    `settled` households surely keep their member: the largest piece of them is the seat of its zone.
    """
    return [_seat(town, settled, member, most) for member in range(len(town.low))]


def beside(town: Town, unit: int) -> list[int]:
    """Return the neighbours of a household."""
    around: list[int] = town.to[town.starts[unit] : town.starts[unit + 1]].tolist()
    return around


def _seat(town: Town, settled: Bools, member: int, most: int) -> Ints:
    own = town.current == member
    held = own & settled
    if held.any():
        piece = pieces_of(town, np.where(held, 0, 1))
        sizes = np.bincount(piece[held])
        return np.flatnonzero(held & (piece == sizes.argmax()))
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
