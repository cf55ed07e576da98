"""What a random walk over assignments proposes: one unit, or a chain of units through several zones (compiled).

Chains are the ejection chains of Glover (1996): where windows are tight, what one zone takes another must give.
"""

from planning.compiled import compiled
from planning.ground import Ground, Tools, beside
from planning.random_bits import draw, pick
from planning.zones import NOBODY, Ints

# Chance that a step tries a zone near in cost rather than one next door, and a chain.
FAR, CHAIN = 0.1, 0.5
LONGEST_CHAIN = 4
# A chain looks this many units into a zone for one on another border of it.
DEPTH = 8


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
def propose(ground: Ground, owner: Ints, tools: Tools) -> int:
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
    if kind < FAR + CHAIN:
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
