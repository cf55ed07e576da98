"""What walks over assignments share, compiled: the ground they walk on, their tools, and how zones spread over it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.compiled import compiled, inlined
from planning.random_bits import Random, pick
from planning.zones import NOBODY, Bools, Floats, Ints

Counts = NDArray[np.int32]

SMALL = 1e-6
# Units, and zones, that one step may touch.
MOST_AT_ONCE, TOUCHED = 256, 64


class Ground(NamedTuple):
    """What is shared: n units at places among k zones, on a network of places and hubs (numbered after the places).

    `cost` and `priced` (n, k; inf forbids) are what a pair costs, and the same with prices that guide the walk;
    `load` (n), `low` and `high` (k) the windows. `place_of` (n); `link[first_link[x]:first_link[x + 1]]` is next to
    node x, `unit[first_unit[p]:first_unit[p + 1]]` lies at place p, and `group_of[p]` is the group of place p. `split`
    is the price of each zone more at a place, and of each more in a group. `fixed` units stay; a zone hangs
    together with the place `seat`, or where that is NOBODY with its largest part. `near` (n, m) are zones worth
    trying from afar.
    """

    cost: Floats
    priced: Floats
    load: Floats
    low: Floats
    high: Floats
    place_of: Ints
    first_link: Ints
    link: Ints
    first_unit: Ints
    unit: Ints
    group_of: Ints
    split: float
    fixed: Bools
    seat: Ints
    near: Ints


class Tools(NamedTuple):
    """Scratch space that walkers share: `mark` and `queue` (nodes), `stamp` (1), and one step's proposal."""

    mark: Ints
    queue: Ints
    stamp: Ints
    units: Ints
    to: Ints
    zones: Ints
    new_apart: Ints
    new_home: Ints
    random: Random


@inlined
def missed(ground: Ground, zone: int, load: float) -> float:
    """Return by how much a load misses its window."""
    return float(max(load - ground.high[zone], 0.0) + max(ground.low[zone] - load, 0.0))


@compiled
def spread(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, held: Counts, zone: int, met: int, ahead: int, tools: Tools
) -> int:
    """Queue all that can be reached in `zone` from `queue[met:ahead]`; return where the queue then ends."""
    mark, queue, stamp = tools.mark, tools.queue, tools.stamp[0]
    first_link, link, places = ground.first_link, ground.link, len(ground.first_unit) - 1
    while met < ahead:
        node = queue[met]
        met += 1
        for at in range(first_link[node], first_link[node + 1]):
            to = link[at]
            if mark[to] != stamp and (to >= places or held[to, zone] > 0):
                mark[to] = stamp
                queue[ahead] = to
                ahead += 1
    return ahead


@inlined
def beside(ground: Ground, place: int, random: Random) -> int:
    """Return a random unit at, or next to, `place`; NOBODY where the draw finds none."""
    first_link, link, first_unit = ground.first_link, ground.link, ground.first_unit
    places = len(first_unit) - 1
    first, last = first_link[place], first_link[place + 1]
    here = first_unit[place + 1] - first_unit[place] > 1
    if last - first + here == 0:
        return NOBODY
    at = pick(random, last - first + here)
    to = place if at == last - first else link[first + at]
    if to >= places:
        to = link[first_link[to] + pick(random, first_link[to + 1] - first_link[to])]
    many = first_unit[to + 1] - first_unit[to] if to < places else 0
    if many == 0:
        return NOBODY
    return int(ground.unit[first_unit[to] + pick(random, many)])
