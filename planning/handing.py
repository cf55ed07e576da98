"""Handing places from zone to zone along the streets, compiled: a random walk on which zones are always connected.

Streets are nearly trees: a place seldom leaves its zone without cutting something off. So a step hands a place, or
all its zone holds of its alley, to a zone next to it, together with whatever that would cut off but for one part
(the compound moves of Ricca & Simeone, European Journal of Operational Research 189, 2008). Steps are taken or left
by Metropolis et al. (1953); minutes outside the windows, and pairs wished together that are not, are paid for.
"""

from typing import NamedTuple

import numpy as np

from planning.compiled import compiled, inlined
from planning.ground import MOST_AT_ONCE, SMALL, Counts, Ground, Tools, beside, missed, spread
from planning.random_bits import draw, pick
from planning.zones import NOBODY, Floats, Ints

# Chance that a step hands over what the zone holds of the whole alley, a single one of several units at a place,
# and that another part than the heaviest stays.
ALLEY, SINGLE, OTHER_PART = 0.1, 0.5, 0.1


class State(NamedTuple):
    """One assignment: `owner` (n), `load` (k), and units `held` (places, k), `grouped` (groups, k) and `many` (k).

    `sums`: cost with splits, priced cost with splits, minutes outside, `fine`, pairs apart.
    """

    owner: Ints
    held: Counts
    grouped: Counts
    many: Ints
    load: Floats
    sums: Floats


class Terms(NamedTuple):
    """What a walk pays: `heat`, the `price` of a minute outside and of a pair apart.

    Beyond `window` minutes, outside costs twice as much. `mate[first_mate[u]:first_mate[u + 1]]` are wished together
    with unit u.
    """

    heat: float
    price: float
    apart_price: float
    window: float
    first_mate: Ints
    mate: Ints


class Best(NamedTuple):
    """The best assignment met: `owner` (n) and `sums`: pairs apart, minutes outside, cost."""

    owner: Ints
    sums: Floats


@inlined
def fine(ground: Ground, zone: int, load: float, window: float) -> float:
    """Return the minutes outside, the more the dearer: so surplus finds its way through zones that are full."""
    minutes = missed(ground, zone, load)
    return float(minutes + minutes * minutes / window)


@compiled
def leaving(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, held: Counts, zone: int, place: int, whole: bool, tools: Tools
) -> int:
    """Queue `place`, and if `whole` what the zone holds of its alley next to one another; return how many."""
    mark, queue, places = tools.mark, tools.queue, len(ground.first_unit) - 1
    first_link, link, group_of = ground.first_link, ground.link, ground.group_of
    tools.stamp[0] += 1
    stamp = tools.stamp[0]
    mark[place] = stamp
    queue[0] = place
    met, ahead = 0, 1
    while whole and met < ahead:
        node = queue[met]
        met += 1
        for at in range(first_link[node], first_link[node + 1]):
            to = link[at]
            mine = to < places and mark[to] != stamp and held[to, zone] > 0
            if mine and group_of[to] == group_of[place]:
                mark[to] = stamp
                queue[ahead] = to
                ahead += 1
    return ahead


@compiled
def listed(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, owner: Ints, first: int, last: int, zone: int, many: int, tools: Tools
) -> int:
    """Add what `zone` holds at `queue[first:last]` to `many` units; return how many then, NOBODY where one is fixed."""
    first_unit, units, fixed = ground.first_unit, ground.unit, ground.fixed
    queue, leave, places = tools.queue, tools.units, len(first_unit) - 1
    for i in range(first, last):
        place = queue[i]
        if place >= places:
            continue
        for at in range(first_unit[place], first_unit[place + 1]):
            unit = units[at]
            if owner[unit] == zone:
                if fixed[unit] or many == MOST_AT_ONCE:
                    return NOBODY
                leave[many] = unit
                many += 1
    return many


@compiled
def weight_of(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, owner: Ints, first: int, last: int, zone: int, tools: Tools
) -> float:
    """Return the minutes that `zone` holds at `queue[first:last]`, and a crumb for each unit."""
    first_unit, units, load, queue = ground.first_unit, ground.unit, ground.load, tools.queue
    total, places = 0.0, len(first_unit) - 1
    for i in range(first, last):
        place = queue[i]
        if place < places:
            for at in range(first_unit[place], first_unit[place + 1]):
                unit = units[at]
                if owner[unit] == zone:
                    total += load[unit] + SMALL
    return total


@compiled
def parts_left(
    ground: Ground, state: State, zone: int, taken: int, tools: Tools
) -> tuple[int, int]:
    """Queue the parts that a zone without `queue[:taken]` falls into; return how many, and which is heaviest.

    Part i is `queue[new_apart[i]:zones[i]]`.
    """
    first_link, link, places = ground.first_link, ground.link, len(ground.first_unit) - 1
    mark, queue, stamp = tools.mark, tools.queue, tools.stamp[0]
    begins, ends, held = tools.new_apart, tools.zones, state.held
    parts, ahead, heaviest, most = 0, taken, 0, -1.0
    for i in range(taken):
        node = queue[i]
        for at in range(first_link[node], first_link[node + 1]):
            to = link[at]
            if mark[to] == stamp or (to < places and held[to, zone] == 0):
                continue
            mark[to] = stamp
            queue[ahead] = to
            end = spread(ground, held, zone, ahead, ahead + 1, tools)
            weight = weight_of(ground, state.owner, ahead, end, zone, tools)
            if weight > 0.0 and parts < len(ends):
                heaviest = parts if weight > most else heaviest
                most = max(most, weight)
                begins[parts], ends[parts] = ahead, end
                parts += 1
            ahead = end
    return parts, heaviest


@compiled
def propose(ground: Ground, state: State, unit: int, tools: Tools) -> int:
    """Write into `tools.units` what leaves its zone with `unit`; return how many units, 0 for nothing."""
    random, owner = tools.random, state.owner
    place, zone = ground.place_of[unit], owner[unit]
    if state.held[place, zone] > 1 and draw(random) < SINGLE:
        tools.units[0] = unit
        return 0 if ground.fixed[unit] else 1
    taken = leaving(ground, state.held, zone, place, draw(random) < ALLEY, tools)
    many = listed(ground, owner, 0, taken, zone, 0, tools)
    if many == NOBODY:
        return 0
    parts, stays = parts_left(ground, state, zone, taken, tools)
    if parts > 1 and draw(random) < OTHER_PART:
        stays = pick(random, parts)
    for part in range(parts):
        if part != stays:
            first, last = tools.new_apart[part], tools.zones[part]
            many = listed(ground, owner, first, last, zone, many, tools)
            if many == NOBODY:
                return 0
    return many if many < state.many[zone] else 0


@compiled
def hand_over(ground: Ground, state: State, many: int, taker: int, tools: Tools) -> int:
    """Give the proposed units to `taker` (loads apart); return how many more members are at places and in alleys."""
    units, place_of, group_of = tools.units, ground.place_of, ground.group_of
    owner, held, grouped = state.owner, state.held, state.grouped
    more = 0
    for i in range(many):
        unit = units[i]
        place = place_of[unit]
        group, giver = group_of[place], owner[unit]
        owner[unit] = taker
        held[place, giver] -= 1
        held[place, taker] += 1
        grouped[group, giver] -= 1
        grouped[group, taker] += 1
        more += (held[place, taker] == 1) - (held[place, giver] == 0)
        more += (grouped[group, taker] == 1) - (grouped[group, giver] == 0)
    return more


@inlined
def pairs_apart(state: State, many: int, terms: Terms, tools: Tools) -> int:
    """Return how many pairs of the proposed units and their mates are apart (pairs within the proposal twice)."""
    owner, units, first_mate, mate = state.owner, tools.units, terms.first_mate, terms.mate
    apart = 0
    for i in range(many):
        unit = units[i]
        for at in range(first_mate[unit], first_mate[unit + 1]):
            apart += owner[mate[at]] != owner[unit]
    return apart


@inlined
def note(state: State, best: Best) -> None:
    """Keep the assignment where it is the best so far."""
    cost, outside, apart = state.sums[0], state.sums[2], state.sums[4]
    if apart > best.sums[0]:
        return
    better = apart < best.sums[0] or outside < best.sums[1] - SMALL
    if better or (outside < best.sums[1] + SMALL and cost < best.sums[2] - SMALL):
        best.owner[:] = state.owner
        best.sums[0], best.sums[1], best.sums[2] = apart, outside, cost


@inlined
def step(ground: Ground, state: State, best: Best, terms: Terms, tools: Tools) -> None:
    """Propose to hand something over, and do so if it is cheap enough; else leave everything as it was."""
    random, load, owner, units = tools.random, state.load, state.owner, tools.units
    unit = pick(random, len(owner))
    beyond = beside(ground, ground.place_of[unit], random)
    if beyond == NOBODY or owner[beyond] == owner[unit]:
        return
    giver, taker = owner[unit], owner[beyond]
    many = propose(ground, state, unit, tools)
    if many == 0:
        return
    cost_of, priced_of, minutes_of = ground.cost, ground.priced, ground.load
    cost, priced, minutes = 0.0, 0.0, 0.0
    for i in range(many):
        one = units[i]
        cost += cost_of[one, taker] - cost_of[one, giver]
        priced += priced_of[one, taker] - priced_of[one, giver]
        minutes += minutes_of[one]
    less, more = load[giver] - minutes, load[taker] + minutes
    dearer = fine(ground, giver, less, terms.window) + fine(ground, taker, more, terms.window)
    dearer -= fine(ground, giver, load[giver], terms.window)
    dearer -= fine(ground, taker, load[taker], terms.window)
    ceiling = -terms.heat * np.log(1.0 - draw(random)) - priced - terms.price * dearer
    # splits and pairs can only save so much
    if not -2 * many * ground.split - terms.apart_price * len(terms.mate) <= ceiling:
        return
    apart = -pairs_apart(state, many, terms, tools)
    split = ground.split * hand_over(ground, state, many, taker, tools)
    apart += pairs_apart(state, many, terms, tools)
    if not split + terms.apart_price * apart <= ceiling:
        hand_over(ground, state, many, giver, tools)
        return
    state.sums[2] += missed(ground, giver, less) + missed(ground, taker, more)
    state.sums[2] -= missed(ground, giver, load[giver]) + missed(ground, taker, load[taker])
    load[giver], load[taker] = less, more
    state.many[giver] -= many
    state.many[taker] += many
    state.sums[0] += cost + split
    state.sums[1] += priced + split
    state.sums[3] += dearer
    state.sums[4] += apart
    note(state, best)


@compiled
def wander(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, state: State, best: Best, terms: Terms, tools: Tools, steps: int
) -> int:
    """Walk some steps; return in how many of them all windows were met and all pairs together."""
    right = 0
    for _ in range(steps):
        step(ground, state, best, terms, tools)
        right += state.sums[2] < SMALL and state.sums[4] == 0
    return right
