"""A random walk over assignments of units to zones, compiled: the kernel of every search for connected zones.

The walk (Metropolis et al. 1953) pays in `energy` for what is not yet right: minutes outside the windows at
`outside_price`, units that cannot be reached inside their zone at `apart_price`. Forbidden between two good plans
is often what is cheap in energy, so that tight windows and connectedness do not trap the walk. It moves single
units, chains of units through several zones (ejection chains: Glover 1996), and whole places or groups.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.compiled import compiled
from planning.zones import NOBODY, Bools, Floats, Ints

Counts = NDArray[np.int32]
Random = NDArray[np.uint64]

SMALL = 1e-6
# Chance that a step tries a zone near in cost rather than one next door, a chain, and a whole place or group.
FAR, CHAIN, BLOCK = 0.1, 0.5, 0.15
LONGEST_CHAIN = 4
# A chain looks this many units into a zone for one on another border of it.
DEPTH = 8
# Zones that one step may touch.
TOUCHED = 64
MOST_AT_ONCE = 256


class Ground(NamedTuple):
    """What is shared: n units at places among k zones, on a network of places and hubs (numbered after the places).

    `cost` and `priced` (n, k; inf forbids) are what a pair costs, and the same with prices that guide the walk;
    `load` (n), `low` and `high` (k) the windows. `place_of` (n); `link[first_link[x]:first_link[x + 1]]` is next to
    node x, `unit[first_unit[p]:first_unit[p + 1]]` lies at place p, `in_group[first_in_group[g]:…]` in group g, and
    `group_of[p]` is the group of place p. `split` is the price of each zone more at a place, and of each more in a
    group. `fixed` units stay; a zone hangs together with the place `seat`, or where that is NOBODY with its largest
    part.
    `near` (n, m) are zones worth trying from afar.
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
    first_in_group: Ints
    in_group: Ints
    split: float
    fixed: Bools
    seat: Ints
    near: Ints


class Walker(NamedTuple):
    """One assignment on its walk, and what is counted of it.

    `owner` (n); `held` (places, k) and `grouped` (groups, k) count units of a zone at a place and in a group,
    `size` (k) in all, `apart` (k) those out of reach of the place `home` (k). `load` (k). `sums`: cost (splits
    counted in), priced cost (the same), minutes outside, units apart.
    """

    owner: Ints
    held: Counts
    grouped: Counts
    size: Ints
    apart: Ints
    home: Ints
    load: Floats
    sums: Floats


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


class Terms(NamedTuple):
    """How a walker walks: temperature, prices of a minute outside and of a unit apart, chance of blocks, steps."""

    heat: float
    outside_price: float
    apart_price: float
    block: float
    steps: int


class Best(NamedTuple):
    """The best connected assignment met: `owner` (n) and `sums`: minutes outside, then cost."""

    owner: Ints
    sums: Floats


@compiled
def draw(random: Random) -> float:
    """Return a number from 0 to below 1 and move on (xorshift64*: Vigna, ACM Trans. Math. Softw. 42, 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@compiled
def pick(random: Random, among: int) -> int:
    """Return a whole number from 0 to below `among`."""
    return int(draw(random) * among)


@compiled
def outside(load: float, low: float, high: float) -> float:
    """Return by how much a load misses its window."""
    return max(load - high, 0.0) + max(low - load, 0.0)


@compiled
def reach(ground: Ground, held: Counts, zone: int, start: int, tools: Tools) -> int:
    """Return how many units of `zone` are reached from place `start`, over its own places and any hub."""
    mark, queue, places = tools.mark, tools.queue, len(ground.first_unit) - 1
    stamp = tools.stamp[0]
    mark[start] = stamp
    queue[0] = start
    met, ahead = 0, 1
    units = 0
    while met < ahead:
        node = queue[met]
        met += 1
        if node < places:
            units += held[node, zone]
        for at in range(ground.first_link[node], ground.first_link[node + 1]):
            to = ground.link[at]
            if mark[to] != stamp and (to >= places or held[to, zone] > 0):
                mark[to] = stamp
                queue[ahead] = to
                ahead += 1
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
def put(ground: Ground, walker: Walker, unit: int, zone: int) -> int:
    """Hand `unit` to `zone` (loads apart); return how many more members than before are at places and in groups."""
    place = ground.place_of[unit]
    group = ground.group_of[place]
    giver = walker.owner[unit]
    walker.owner[unit] = zone
    walker.held[place, giver] -= 1
    walker.held[place, zone] += 1
    walker.grouped[group, giver] -= 1
    walker.grouped[group, zone] += 1
    walker.size[giver] -= 1
    walker.size[zone] += 1
    more = (walker.held[place, zone] == 1) - (walker.held[place, giver] == 0)
    more += (walker.grouped[group, zone] == 1) - (walker.grouped[group, giver] == 0)
    return int(more)


@compiled
def beside(ground: Ground, place: int, random: Random) -> int:
    """Return a random unit at, or next to, `place`; NOBODY where the draw finds none."""
    places = len(ground.first_unit) - 1
    first, last = ground.first_link[place], ground.first_link[place + 1]
    here = ground.first_unit[place + 1] - ground.first_unit[place] > 1
    if last - first + here == 0:
        return NOBODY
    at = pick(random, last - first + here)
    to = place if at == last - first else ground.link[first + at]
    if to >= places:
        to = ground.link[
            ground.first_link[to] + pick(random, ground.first_link[to + 1] - ground.first_link[to])
        ]
    many = ground.first_unit[to + 1] - ground.first_unit[to] if to < places else 0
    if many == 0:
        return NOBODY
    return int(ground.unit[ground.first_unit[to] + pick(random, many)])


@compiled
def propose_block(ground: Ground, owner: Ints, unit: int, zone: int, tools: Tools) -> int:
    """Propose to hand all that the owner of `unit` holds at its place, or in its group, to `zone`; return how many."""
    place, giver = ground.place_of[unit], owner[unit]
    listed, first, last = ground.unit, ground.first_unit[place], ground.first_unit[place + 1]
    if pick(tools.random, 2):
        group = ground.group_of[place]
        listed = ground.in_group
        first, last = ground.first_in_group[group], ground.first_in_group[group + 1]
    many = 0
    for at in range(first, last):
        one = listed[at]
        if owner[one] == giver and not ground.fixed[one] and many < MOST_AT_ONCE:
            tools.units[many], tools.to[many] = one, zone
            many += 1
    return many


@compiled
def propose_chain(ground: Ground, owner: Ints, unit: int, beyond: int, tools: Tools) -> int:
    """Propose a chain: `unit` goes to the zone of `beyond`, a unit of that zone to a next one, and so on."""
    random = tools.random
    tools.units[0], tools.to[0] = unit, owner[beyond]
    many, length = 1, 2 + pick(random, LONGEST_CHAIN - 1)
    while many < length:
        zone, inner, outer = owner[beyond], beyond, NOBODY
        for _ in range(DEPTH):
            outer = beside(ground, ground.place_of[inner], random)
            if outer == NOBODY or owner[outer] != zone:
                break
            inner = outer
        if outer == NOBODY or owner[outer] == zone or ground.fixed[inner]:
            return many
        for i in range(many):
            if tools.units[i] == inner:
                return many
        tools.units[many], tools.to[many] = inner, owner[outer]
        many += 1
        beyond = outer
    return many


@compiled
def propose(ground: Ground, owner: Ints, block: float, tools: Tools) -> int:
    """Write a random proposal into `tools.units` and `tools.to`; return how many units it moves."""
    random = tools.random
    unit = pick(random, len(owner))
    if ground.fixed[unit]:
        return 0
    kind = draw(random)
    if kind < FAR:
        tools.units[0], tools.to[0] = unit, ground.near[unit, pick(random, ground.near.shape[1])]
        return int(tools.to[0] != owner[unit])
    beyond = beside(ground, ground.place_of[unit], random)
    if beyond == NOBODY or owner[beyond] == owner[unit]:
        return 0
    if kind < FAR + block:
        return propose_block(ground, owner, unit, owner[beyond], tools)
    if kind < FAR + block + CHAIN:
        return propose_chain(ground, owner, unit, beyond, tools)
    tools.units[0], tools.to[0] = unit, owner[beyond]
    return 1


@compiled
def touched(owner: Ints, many: int, tools: Tools) -> int:
    """List in `tools.zones` the zones that the proposal touches; return how many, 0 where they are too many."""
    count = 0
    for i in range(2 * many):
        zone = owner[tools.units[i // 2]] if i % 2 == 0 else tools.to[i // 2]
        known = False
        for j in range(count):
            known |= tools.zones[j] == zone
        if not known:
            if count == len(tools.zones):
                return 0
            tools.zones[count] = zone
            count += 1
    return count


@compiled
def outside_of(ground: Ground, walker: Walker, zones: Ints, count: int) -> float:
    """Return the minutes outside the windows of the first `count` of `zones`."""
    total = 0.0
    for i in range(count):
        zone = zones[i]
        total += outside(walker.load[zone], ground.low[zone], ground.high[zone])
    return total


@compiled
def shift_loads(ground: Ground, walker: Walker, many: int, sign: float, tools: Tools) -> None:
    """Carry out (`sign` 1), or take back (-1), the proposal in the loads; owners must be those of before."""
    for i in range(many):
        unit = tools.units[i]
        walker.load[walker.owner[unit]] -= sign * ground.load[unit]
        walker.load[tools.to[i]] += sign * ground.load[unit]


@compiled
def exchange_owners(ground: Ground, walker: Walker, many: int, tools: Tools) -> int:
    """Carry out the proposal in the owners; `tools.to` then holds the owners of before. Return the change in splits."""
    more = 0
    for i in range(many):
        unit = tools.units[i]
        giver = walker.owner[unit]
        more += put(ground, walker, unit, tools.to[i])
        tools.to[i] = giver
    return more


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
    cost, missed = walker.sums[0], walker.sums[2]
    better = missed < best.sums[0] - SMALL
    if better or (missed < best.sums[0] + SMALL and cost < best.sums[1] - SMALL):
        best.owner[:] = walker.owner
        best.sums[0], best.sums[1] = missed, cost


@compiled
def step(ground: Ground, walker: Walker, tools: Tools, terms: Terms, best: Best) -> bool:
    """Propose something, and carry it out if its energy is low enough; else leave everything as it was."""
    many = propose(ground, walker.owner, terms.block, tools)
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
    missed = -outside_of(ground, walker, tools.zones, count)
    shift_loads(ground, walker, many, 1.0, tools)
    missed += outside_of(ground, walker, tools.zones, count)
    energy = priced + terms.outside_price * missed
    # most that connecting and joining could save; cheap to refuse before zones are walked through
    if not energy - terms.apart_price * apart - 2 * many * ground.split <= ceiling:
        shift_loads(ground, walker, many, -1.0, tools)
        return False
    splits = ground.split * exchange_owners(ground, walker, many, tools)
    apart = measured_apart(ground, walker, count, tools)
    if not energy + splits + terms.apart_price * apart <= ceiling:
        exchange_owners(ground, walker, many, tools)
        shift_loads(ground, walker, many, -1.0, tools)
        return False
    for at, change in enumerate((cost + splits, priced + splits, missed, float(apart))):
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
