"""What a search for connected zones is given, and the arrays it works on."""

from dataclasses import dataclass

import numpy as np

from planning.annealing import Walker, measure
from planning.ground import MOST_AT_ONCE, TOUCHED, Counts, Ground, Tools
from planning.zones import NOBODY, Bools, Floats, Ints, summed

# Zones tried for a unit from afar.
NEAR_ZONES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Districting:
    """What is to be shared: n units, at places of a network, among k zones.

    Parameters
    ----------
    cost
        (n, k): what each pair costs; inf forbids it.
    load, low, high
        (n): minutes of a unit; (k): windows of the zones. `low` -inf and `high` inf leave a side open.
    place_of
        (n): where a unit lies.
    links
        For each place, then for each hub, the places and hubs next to it, as `Task.links`.
    places
        How many places.
    group_of
        (places): the alley of each place; `split` is the price of each member more in an alley, and at a place.
    fixed
        (n): units that stay with whom they are given.
    seat
        (k): the place a zone must be connected with; NOBODY where there is none.
    price
        (k): what a minute of each zone is worth (duals of the windows), to guide the search; zeros for none.
    """

    cost: Floats
    load: Floats
    low: Floats
    high: Floats
    place_of: Ints
    links: list[list[int]]
    places: int
    group_of: Ints | None = None
    split: float = 0.0
    fixed: Bools | None = None
    seat: Ints | None = None
    price: Floats | None = None


def ground(districting: Districting) -> Ground:
    """Return `districting` as the arrays that the walk works on."""
    units, zones = districting.cost.shape
    price = np.zeros(zones) if districting.price is None else districting.price
    priced = districting.cost + districting.load[:, None] * price
    group_of = (
        np.arange(districting.places) if districting.group_of is None else districting.group_of
    )
    link_count = np.array([len(links) for links in districting.links])
    first_unit, unit = _listed(districting.place_of, districting.places)
    near = np.argsort(priced, axis=1, kind="stable")[:, : min(NEAR_ZONES, zones)]
    return Ground(
        cost=np.ascontiguousarray(districting.cost, dtype=np.float64),
        priced=np.ascontiguousarray(priced, dtype=np.float64),
        load=districting.load.astype(np.float64),
        low=districting.low.astype(np.float64),
        high=districting.high.astype(np.float64),
        place_of=districting.place_of.astype(np.int64),
        first_link=np.concatenate([[0], link_count.cumsum()]).astype(np.int64),
        link=np.array([to for links in districting.links for to in links], dtype=np.int64),
        first_unit=first_unit,
        unit=unit,
        group_of=group_of.astype(np.int64),
        split=float(districting.split),
        fixed=np.zeros(units, dtype=bool) if districting.fixed is None else districting.fixed,
        seat=np.full(zones, NOBODY)
        if districting.seat is None
        else districting.seat.astype(np.int64),
        near=np.ascontiguousarray(near, dtype=np.int64),
    )


def _listed(part_of: Ints, parts: int) -> tuple[Ints, Ints]:
    """Return where each part begins in a list of all, and the list."""
    first = np.concatenate([[0], np.bincount(part_of, minlength=parts).cumsum()]).astype(np.int64)
    return first, np.argsort(part_of, kind="stable").astype(np.int64)


def tools(ground: Ground, seed: int) -> Tools:
    """Return scratch space, and random numbers that begin at `seed`."""
    nodes = len(ground.first_link) - 1
    return Tools(
        mark=_zeros(nodes),
        queue=_zeros(nodes),
        stamp=_zeros(1),
        units=_zeros(MOST_AT_ONCE),
        to=_zeros(MOST_AT_ONCE),
        zones=_zeros(TOUCHED),
        new_apart=_zeros(TOUCHED),
        new_home=_zeros(TOUCHED),
        random=np.random.default_rng(seed).integers(1, 2**63, size=1, dtype=np.uint64),
    )


def _zeros(size: int) -> Ints:
    return np.zeros(size, dtype=np.int64)


def walker(ground: Ground, owner: Ints, tools: Tools) -> Walker:
    """Return `owner` with everything counted that the walk of `planning.annealing` keeps; groups do not count there."""
    units, zones = ground.cost.shape
    one = Walker(
        owner=owner.astype(np.int64),
        held=counted(ground.place_of, owner, (len(ground.first_unit) - 1, zones)),
        size=np.bincount(owner, minlength=zones).astype(np.int64),
        apart=np.zeros(zones, dtype=np.int64),
        home=ground.seat.copy(),
        load=summed(ground.load, owner, zones),
        sums=np.zeros(4),
    )
    for zone in range(zones):
        one.apart[zone], one.home[zone] = measure(ground, one, zone, tools)
    pairs = (np.arange(units), owner)
    one.sums[:] = (
        ground.cost[pairs].sum(),
        ground.priced[pairs].sum(),
        outside(ground, one.load).sum(),
        one.apart.sum(),
    )
    return one


def counted(part_of: Ints, owner: Ints, size: tuple[int, int]) -> Counts:
    """Return how many units of each zone are in each part, a place or a group: a table of (parts, zones)."""
    held: Counts = np.zeros(size, dtype=np.int32)
    np.add.at(held, (part_of, owner), 1)
    return held


def outside(ground: Ground, load: Floats) -> Floats:
    """Return by how much the load of each zone misses its window."""
    missed: Floats = np.maximum(load - ground.high, 0) + np.maximum(ground.low - load, 0)
    return missed
