"""A random walk over assignments of units to zones, compiled, that may pass through what is not allowed.

The walk (Metropolis et al. 1953) pays in `energy` for what is not yet right: minutes outside the windows at
`outside_price`, units that cannot be reached inside their zone at `apart_price`. Forbidden between two good plans
is often what is cheap in energy, so that tight windows and connectedness do not trap the walk.
"""

from typing import NamedTuple

import numpy as np

from planning.compiled import compiled
from planning.ground import SMALL, Counts, Ground, Tools, missed, spread
from planning.proposals import propose, touched
from planning.random_bits import draw
from planning.zones import NOBODY, Floats, Ints


class Walker(NamedTuple):
    """One assignment on its walk, and what is counted of it.

    `owner` (n); `held` (places, k) counts units of a zone at a place, `size` (k) in all, `apart` (k) those out of reach
    of the place `home` (k). `load` (k). `sums`: cost, priced cost, minutes outside, units apart.
    """

    owner: Ints
    held: Counts
    size: Ints
    apart: Ints
    home: Ints
    load: Floats
    sums: Floats


class Terms(NamedTuple):
    """How a walker walks: temperature, prices of a minute outside and of a unit apart, steps."""

    heat: float
    outside_price: float
    apart_price: float
    steps: int


class Best(NamedTuple):
    """The best connected assignment met: `owner` (n) and `sums`: minutes outside, then cost."""

    owner: Ints
    sums: Floats


@compiled
def reach(ground: Ground, held: Counts, zone: int, start: int, tools: Tools) -> int:
    """Return how many units of `zone` are reached from place `start`, over its own places and any hub."""
    places = len(ground.first_unit) - 1
    tools.mark[start] = tools.stamp[0]
    tools.queue[0] = start
    units = 0
    for at in range(spread(ground, held, zone, 0, 1, tools)):
        node = tools.queue[at]
        if node < places:
            units += held[node, zone]
    return units


@compiled
def main_part(ground: Ground, walker: Walker, zone: int, tools: Tools) -> tuple[int, int]:
    """Return the first place of the zone's largest part, and how many units are in it."""
    best_home, best_units = NOBODY, 0
    tools.stamp[0] += 1
    for unit in range(len(walker.owner)):
        place = ground.place_of[unit]
        if walker.owner[unit] == zone and tools.mark[place] != tools.stamp[0]:
            # hubs of an earlier part are never next to this one, so one stamp serves all parts
            units = reach(ground, walker.held, zone, place, tools)
            if units > best_units:
                best_home, best_units = place, units
    return best_home, best_units


@compiled
def measure(ground: Ground, walker: Walker, zone: int, tools: Tools) -> tuple[int, int]:
    """Return how many units of `zone` are apart, and from which place that is told."""
    if walker.size[zone] == 0:
        return 0, ground.seat[zone]
    home = walker.home[zone]
    units = 0
    if home != NOBODY and walker.held[home, zone] > 0:
        tools.stamp[0] += 1
        units = reach(ground, walker.held, zone, home, tools)
    if ground.seat[zone] == NOBODY and 2 * units < walker.size[zone]:
        home, units = main_part(ground, walker, zone, tools)
    return walker.size[zone] - units, home


@compiled
def put(ground: Ground, walker: Walker, unit: int, zone: int) -> None:
    """Hand `unit` to `zone`, loads apart."""
    place = ground.place_of[unit]
    giver = walker.owner[unit]
    walker.owner[unit] = zone
    walker.held[place, giver] -= 1
    walker.held[place, zone] += 1
    walker.size[giver] -= 1
    walker.size[zone] += 1


@compiled
def outside_of(ground: Ground, walker: Walker, zones: Ints, count: int) -> float:
    """Return the minutes outside the windows of the first `count` of `zones`."""
    total = 0.0
    for i in range(count):
        zone = zones[i]
        total += missed(ground, zone, walker.load[zone])
    return total


@compiled
def shift_loads(ground: Ground, walker: Walker, many: int, sign: float, tools: Tools) -> None:
    """Carry out (`sign` 1), or take back (-1), the proposal in the loads; owners must be those of before."""
    for i in range(many):
        unit = tools.units[i]
        walker.load[walker.owner[unit]] -= sign * ground.load[unit]
        walker.load[tools.to[i]] += sign * ground.load[unit]


@compiled
def exchange_owners(ground: Ground, walker: Walker, many: int, tools: Tools) -> None:
    """Carry out the proposal in the owners; `tools.to` then holds the owners of before."""
    for i in range(many):
        unit = tools.units[i]
        giver = walker.owner[unit]
        put(ground, walker, unit, tools.to[i])
        tools.to[i] = giver


@compiled
def measured_apart(ground: Ground, walker: Walker, count: int, tools: Tools) -> int:
    """Measure the touched zones anew into `tools`; return the change in units apart."""
    change = 0
    for i in range(count):
        zone = tools.zones[i]
        tools.new_apart[i], tools.new_home[i] = measure(ground, walker, zone, tools)
        change += tools.new_apart[i] - walker.apart[zone]
    return change


@compiled
def keep(walker: Walker, count: int, tools: Tools, best: Best) -> None:
    """Take the proposal over for good, and note it where it is the best connected one."""
    for i in range(count):
        walker.apart[tools.zones[i]] = tools.new_apart[i]
        walker.home[tools.zones[i]] = tools.new_home[i]
    if walker.sums[3] > 0:
        return
    cost, minutes = walker.sums[0], walker.sums[2]
    better = minutes < best.sums[0] - SMALL
    if better or (minutes < best.sums[0] + SMALL and cost < best.sums[1] - SMALL):
        best.owner[:] = walker.owner
        best.sums[0], best.sums[1] = minutes, cost


@compiled
def step(ground: Ground, walker: Walker, tools: Tools, terms: Terms, best: Best) -> bool:
    """Propose something, and carry it out if its energy is low enough; else leave everything as it was."""
    many = propose(ground, walker.owner, tools)
    count = touched(walker.owner, many, tools)
    if count == 0:
        return False
    ceiling = -terms.heat * np.log(1.0 - draw(tools.random))
    cost, priced, apart = 0.0, 0.0, 0
    for i in range(many):
        unit, giver, zone = tools.units[i], walker.owner[tools.units[i]], tools.to[i]
        cost += ground.cost[unit, zone] - ground.cost[unit, giver]
        priced += ground.priced[unit, zone] - ground.priced[unit, giver]
    for i in range(count):
        apart += walker.apart[tools.zones[i]]
    minutes = -outside_of(ground, walker, tools.zones, count)
    shift_loads(ground, walker, many, 1.0, tools)
    minutes += outside_of(ground, walker, tools.zones, count)
    energy = priced + terms.outside_price * minutes
    # most that connecting could save; cheap to refuse before zones are walked through
    if not energy - terms.apart_price * apart <= ceiling:
        shift_loads(ground, walker, many, -1.0, tools)
        return False
    exchange_owners(ground, walker, many, tools)
    apart = measured_apart(ground, walker, count, tools)
    if not energy + terms.apart_price * apart <= ceiling:
        exchange_owners(ground, walker, many, tools)
        shift_loads(ground, walker, many, -1.0, tools)
        return False
    for at, change in enumerate((cost, priced, minutes, float(apart))):
        walker.sums[at] += change
    keep(walker, count, tools, best)
    return True


@compiled
def wander(
    ground: Ground, walker: Walker, tools: Tools, terms: Terms, best: Best
) -> tuple[int, int]:
    """Walk `terms.steps` steps; return in how many of them all windows were met, and all zones connected."""
    inside, whole = 0, 0
    for _ in range(terms.steps):
        inside += walker.sums[2] < SMALL
        whole += walker.sums[3] == 0
        step(ground, walker, tools, terms, best)
    return inside, whole
