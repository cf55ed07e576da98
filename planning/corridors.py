"""Ways along the streets from what is fixed in a zone to the rest of it: where zones with locked households begin."""

from dataclasses import replace
from heapq import heappop, heappush

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planning.districting import Districting
from planning.places import parts
from planning.zones import NOBODY, Bools, Floats, Ints, summed

# What a step costs where nothing is taken from anybody: short corridors among equally cheap ones.
STEP = 1e-3


def corridors(districting: Districting, owner: Ints) -> Ints:
    """Return `owner` (n) with free units given up so that what is fixed hangs together with its zone.

    From the cheapest place of the zone's largest part, the way to each place with fixed units is taken that costs
    least above the units' cheapest owners; places where all is fixed for others are in the way.
    """
    fixed = districting.fixed
    if fixed is None or not fixed.any():
        return owner
    owner, place_of, ends = owner.copy(), districting.place_of, fixed
    floor = districting.cost.min(axis=1)
    for zone in np.unique(owner[ends]).tolist():
        own = owner == zone
        dear = np.where(own, 0.0, districting.cost[:, zone] - floor)
        open_ = own | (~fixed & np.isfinite(dear))
        price = summed(np.where(open_ & np.isfinite(dear), dear, 0.0), place_of, districting.places)
        passable = np.bincount(place_of[open_], minlength=districting.places) > 0
        core = _core(districting, own, zone)
        way = _ways(districting, price, passable, core, place_of[own & ends])
        given = np.isin(place_of, way) & open_
        owner[given] = zone
        # what leads to a fixed unit is not taken away again
        fixed = fixed | given
    return owner


def brought_together(districting: Districting, owner: Ints, pairs: Ints) -> tuple[Ints, Bools]:
    """Return `owner` with units of `pairs` (m, 2) given to one member, and which units (n) only so stay together.

    The member is the cheapest whose zone can reach them all; where there is none, the cheapest, as if they were locked.
    """
    stuck = np.zeros(len(owner), dtype=bool)
    size = (len(owner), len(owner))
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), size)
    group = connected_components(links, directed=False)[1]
    fixed = np.zeros(len(owner), dtype=bool) if districting.fixed is None else districting.fixed
    for number in np.unique(group[pairs]).tolist():
        mine = group == number
        fixed = fixed | mine
        cost = districting.cost[mine].sum(axis=0)
        cheapest_first = np.argsort(cost, kind="stable")[: int(np.isfinite(cost).sum())]
        tried = (
            corridors(replace(districting, fixed=fixed), np.where(mine, member, owner))
            for member in cheapest_first.tolist()
        )
        reached = next((one for one in tried if _whole(districting, one, mine)), None)
        if reached is None:
            stuck |= mine
            reached = np.where(mine, cheapest_first[0], owner)
        owner = reached
    return owner, stuck


def _whole(districting: Districting, owner: Ints, mine: Bools) -> bool:
    """Return whether the units `mine` lie in the largest part of their zone."""
    zone = int(owner[mine][0])
    core = _core(districting, owner == zone, zone)
    held = set(districting.place_of[owner == zone].tolist())
    part = next(one for one in parts(districting.links, districting.places, held) if core in one)
    return set(districting.place_of[mine].tolist()) <= part


def _core(districting: Districting, own: Bools, zone: int) -> int:
    """Return the cheapest place of the part of a zone with most units."""
    place_of = districting.place_of
    found = parts(districting.links, districting.places, set(place_of[own].tolist()))
    inside = [own & np.isin(place_of, sorted(part)) for part in found]
    largest = max(inside, key=lambda units: int(units.sum()))
    return int(place_of[largest][districting.cost[largest, zone].argmin()])


def _ways(
    districting: Districting, price: Floats, passable: Bools, core: int, ends: Ints
) -> list[int]:
    """Return the places of a tree of cheap ways from `core` to `ends` (Takahashi & Matsuyama 1980)."""
    tree, left = {core}, set(ends.tolist()) - {core}
    while left:
        way = _way(districting, price, passable, tree, left)
        if not way:
            break
        tree |= {place for place in way if place < districting.places}
        left -= tree
    return sorted(tree)


def _way(
    districting: Districting, price: Floats, passable: Bools, begin: set[int], ends: set[int]
) -> list[int]:
    """Return the cheapest way from `begin` to the nearest of `ends`, empty where there is none (Dijkstra)."""
    waiting = [(0.0, place, NOBODY) for place in sorted(begin)]
    before: dict[int, int] = {}
    while waiting:
        spent, node, came = heappop(waiting)
        if node in before:
            continue
        before[node] = came
        if node in ends:
            return _back(before, node)
        for to in districting.links[node]:
            if to not in before and (to >= districting.places or passable[to]):
                more = 0.0 if to >= districting.places else STEP + float(price[to])
                heappush(waiting, (spent + more, to, node))
    return []


def _back(before: dict[int, int], node: int) -> list[int]:
    way = []
    while node != NOBODY:
        way.append(node)
        node = before[node]
    return way
