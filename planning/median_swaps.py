"""Closing one cluster and opening another elsewhere, judged at the medians as they stand (compiled kernels).

The interchange of medians of Teitz & Bart (1968), within rooms: the points of the closed cluster go to the nearest
median with room among the nearest clusters, the new one takes from the cluster it is opened in what is nearer to it.
"""

import numpy as np

from planning.compiled import compiled
from planning.median_moves import (
    EPSILON,
    NONE,
    Clusters,
    Floats,
    Ground,
    Ints,
    Words,
    anneal,
    draw,
    join,
    leave,
    recentre,
)

# Clusters that may take over points of a closed one.
TAKERS = 8
# Moves of points between two interchanges.
BETWEEN = 40


@compiled
def anneal_with_swaps(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, now: Clusters, random: Words, steps: int, hot: float, cold: float, fine: float
) -> None:
    """Anneal as `anneal` does, and try an interchange every so many moves."""
    rounds = max(steps // BETWEEN, 1)
    falling = (cold / hot) ** (1.0 / rounds)
    heat = hot
    target = np.empty(len(now.owner), np.int64)
    extra = np.zeros(len(now.size))
    takers = np.empty(TAKERS, np.int64)
    for _ in range(rounds):
        anneal(ground, now, random, BETWEEN, heat, heat * falling, fine)
        if len(now.size) > 1:
            interchange(ground, now, random, heat, fine, target, extra, takers)
        heat *= falling


@compiled
def interchange(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground,
    now: Clusters,
    random: Words,
    heat: float,
    fine: float,
    target: Ints,
    extra: Floats,
    takers: Ints,
) -> bool:
    """Try to close a cluster and to open it again at a point of another; the last three are room to work in."""
    closed = int(draw(random) * len(now.size))
    point = int(draw(random) * len(now.owner))
    split = now.owner[point]
    if split == closed or point == now.median[split]:
        return False
    load, gain = opened(ground, now, point, split)
    may = gain - heat * np.log(draw(random) + EPSILON)
    many = nearest_clusters(ground, now, closed, takers)
    extra[:] = 0.0
    if shared_out(ground, now, closed, point, load, may, target, extra, takers[:many]):
        reopen(ground, now, closed, point, target, fine)
        return True
    return False


@compiled
def opened(ground: Ground, now: Clusters, point: int, split: int) -> tuple[float, float]:
    """Return demand and gain of what would go from the cluster `split` to the candidate of its `point`."""
    load, gain, at = 0.0, 0.0, now.median[split]
    for position in range(now.size[split]):
        one = now.members[split, position]
        less = ground.ways[one, at] - ground.ways[one, point]
        if (less > 0 or one == point) and one != at:
            load += ground.demand[one]
            gain += less
    return load, gain


@compiled
def nearest_clusters(ground: Ground, now: Clusters, closed: int, takers: Ints) -> int:
    """Put the clusters whose medians are nearest to that of `closed` into `takers`; return how many."""
    middle, many = now.median[closed], 0
    for cluster in range(len(now.size)):
        if cluster == closed:
            continue
        way = ground.ways[middle, now.median[cluster]]
        at = many
        while at > 0 and ground.ways[middle, now.median[takers[at - 1]]] > way:
            if at < len(takers):
                takers[at] = takers[at - 1]
            at -= 1
        if at < len(takers):
            takers[at] = cluster
            many = min(many + 1, len(takers))
    return many


@compiled
def shared_out(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground,
    now: Clusters,
    closed: int,
    point: int,
    load: float,
    may: float,
    target: Ints,
    extra: Floats,
    takers: Ints,
) -> bool:
    """Find a taker for each point of `closed`, opened anew at `point` too; say whether that costs below `may`."""
    room = ground.room[point]
    if load > room + EPSILON or now.load[closed] > ground.room[now.median[closed]] + EPSILON:
        return False
    cost = -now.cost[closed]
    for position in range(now.size[closed]):
        one = now.members[closed, position]
        best, chosen = np.inf, NONE
        if load + ground.demand[one] <= room + EPSILON:
            best, chosen = ground.ways[one, point], closed
        for cluster in takers:
            at = now.median[cluster]
            full = (
                now.load[cluster] + extra[cluster] + ground.demand[one] > ground.room[at] + EPSILON
            )
            if not full and ground.ways[one, at] < best:
                best, chosen = ground.ways[one, at], cluster
        cost += best
        if cost >= may:
            return False
        target[position] = chosen
        if chosen == closed:
            load += ground.demand[one]
        else:
            extra[chosen] += ground.demand[one]
    return True


@compiled
def reopen(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, now: Clusters, closed: int, point: int, target: Ints, fine: float
) -> None:
    """Carry an interchange out: give the points of `closed` away, open it at `point`, recentre what changed."""
    split, at = now.owner[point], now.median[now.owner[point]]
    many = now.size[closed]
    going = now.members[closed, :many].copy()
    for position in range(many):
        if target[position] != closed:
            leave(ground, now, going[position])
            join(ground, now, going[position], target[position])
            now.load[target[position]] += ground.demand[going[position]]
            now.load[closed] -= ground.demand[going[position]]
    for one in now.members[split, : now.size[split]].copy():
        less = ground.ways[one, at] - ground.ways[one, point]
        if (less > 0 or one == point) and one != at:
            leave(ground, now, one)
            join(ground, now, one, closed)
            now.load[closed] += ground.demand[one]
            now.load[split] -= ground.demand[one]
    for position in range(many):
        if target[position] != closed:
            recentre(ground, now, target[position], fine)
    recentre(ground, now, split, fine)
    recentre(ground, now, closed, fine)
