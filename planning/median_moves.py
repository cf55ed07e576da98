"""Annealing clusters about medians: points shift or swap, medians follow at once (compiled kernels).

Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) for the capacitated p-median problem. In small clusters a move
is judged with the best median after it, not with the median before.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planning.compiled import compiled

Floats = npt.NDArray[np.float64]
Ways = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

NONE = -1
# In clusters up to this size every median is weighed for every move, in larger ones after a move only.
CLOSE = 24
# Among moves: swaps, and among these such with any point of the other cluster instead of the near one.
SWAPS, ANY = 0.5, 0.5
EPSILON = 1e-9
# The numbers of xorshift64* (Vigna 2016): shifts, multiplier, and 53 bits as a share of one.
RIGHT, LEFT, RIGHT_AGAIN, BITS = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(11)
MULTIPLIER = np.uint64(2685821657736338717)
UNIT = 1.0 / (1 << 53)


class Ground(NamedTuple):
    """What stays as it is: n points, each with a candidate of its own that may serve it and others.

    `ways[i, j]` (n, n) is the way from point i to the candidate of point j, `back` the same turned over, `room` (n)
    what the candidate of a point can serve, `near` (n, some) the points whose candidates are nearest to a point.
    """

    ways: Ways
    back: Ways
    demand: Floats
    room: Floats
    near: Shorts


class Clusters(NamedTuple):
    """What changes: the `owner` (n) of each point among p clusters, and what follows from it.

    `members` (p, n) lists the points of a cluster, `size` (p) of them, `place` (n) is where a point stands there;
    `sums` (n) what the ways of its cluster would be with the point's own candidate as median, `median` (p) the point
    whose candidate serves, `cost` (p) the ways with the fine for overload, `load` (p) the demand.
    """

    owner: Ints
    members: Shorts
    size: Ints
    place: Ints
    load: Floats
    sums: Floats
    median: Ints
    cost: Floats


@compiled
def draw(random: Words) -> float:
    """Return the next number in [0, 1); `random` (1) is the state, never 0."""
    word = random[0]
    word ^= word >> RIGHT
    word ^= word << LEFT
    word ^= word >> RIGHT_AGAIN
    random[0] = word
    share: float = float((word * MULTIPLIER) >> BITS) * UNIT
    return share


@compiled
def over(load: float, room: float, fine: float) -> float:
    """Return the fine for a load beyond the room there is."""
    return fine * (load - room) if load > room + EPSILON else 0.0


@compiled
def changed(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, now: Clusters, cluster: int, load: float, out: int, into: int, fine: float
) -> tuple[float, int]:
    """Return cost and median of a cluster, with `load`, once `out` has left and `into` has come (or `NONE`)."""
    if now.size[cluster] > CLOSE:
        at = now.median[cluster]
        return served(ground, now, at, out, into) + over(load, ground.room[at], fine), at
    best, chosen, own = np.inf, -1, 0.0
    for position in range(now.size[cluster]):
        at = now.members[cluster, position]
        if at == out:
            continue
        cost = served(ground, now, at, out, into) + over(load, ground.room[at], fine)
        if into != NONE:
            own += ground.back[into, at]
        if cost < best:
            best, chosen = cost, at
    if into != NONE:
        own += ground.ways[into, into] + over(load, ground.room[into], fine)
        if own < best:
            best, chosen = own, into
    return best, chosen


@compiled
def served(ground: Ground, now: Clusters, at: int, out: int, into: int) -> float:
    """Return the ways of the cluster of point `at` to its candidate, without `out` and with `into`."""
    cost = float(now.sums[at])
    if out != NONE:
        cost -= float(ground.ways[out, at])
    if into != NONE:
        cost += float(ground.ways[into, at])
    return cost


@compiled
def leave(ground: Ground, now: Clusters, point: int) -> None:
    """Take a point out of its cluster; the sums of those staying follow."""
    cluster = now.owner[point]
    now.size[cluster] -= 1
    last = now.members[cluster, now.size[cluster]]
    now.members[cluster, now.place[point]] = last
    now.place[last] = now.place[point]
    for position in range(now.size[cluster]):
        at = now.members[cluster, position]
        now.sums[at] -= ground.ways[point, at]


@compiled
def join(ground: Ground, now: Clusters, point: int, cluster: int) -> None:
    """Put a point that stands nowhere into a cluster; the sums follow."""
    own = float(ground.ways[point, point])
    for position in range(now.size[cluster]):
        at = now.members[cluster, position]
        now.sums[at] += ground.ways[point, at]
        own += ground.back[point, at]
    now.sums[point] = own
    now.members[cluster, now.size[cluster]] = point
    now.place[point] = now.size[cluster]
    now.size[cluster] += 1
    now.owner[point] = cluster


@compiled
def recentre(ground: Ground, now: Clusters, cluster: int, fine: float) -> None:
    """Give a cluster the best median among its points' own candidates."""
    best, chosen = np.inf, now.median[cluster]
    for position in range(now.size[cluster]):
        at = now.members[cluster, position]
        cost = now.sums[at] + over(now.load[cluster], ground.room[at], fine)
        if cost < best:
            best, chosen = cost, at
    now.median[cluster] = chosen
    now.cost[cluster] = best


@compiled
def settle(ground: Ground, now: Clusters, fine: float) -> float:
    """Work sums, loads, medians and costs out anew from the members; return the overload in all."""
    now.load[:] = 0.0
    now.sums[:] = 0.0
    beyond = 0.0
    for cluster in range(len(now.size)):
        for one in range(now.size[cluster]):
            point = now.members[cluster, one]
            now.load[cluster] += ground.demand[point]
            for position in range(now.size[cluster]):
                at = now.members[cluster, position]
                now.sums[at] += ground.ways[point, at]
        recentre(ground, now, cluster, fine)
        beyond += over(now.load[cluster], ground.room[now.median[cluster]], 1.0)
    return beyond


@compiled
def propose(ground: Ground, now: Clusters, random: Words) -> tuple[int, int, int]:
    """Return a point, the cluster it might go to, and the point it might swap with (or `NONE`)."""
    points, many = ground.near.shape
    point = int(draw(random) * points)
    other = ground.near[point, int(draw(random) * many)]
    cluster = now.owner[other]
    kind = draw(random)
    if kind >= SWAPS:
        return point, cluster, NONE
    if kind < SWAPS * ANY:
        other = now.members[cluster, int(draw(random) * now.size[cluster])]
    return point, cluster, other


@compiled
def anneal(  # noqa: PLR0917 - kernels take no keywords
    ground: Ground, now: Clusters, random: Words, steps: int, hot: float, cold: float, fine: float
) -> int:
    """Try `steps` moves while the temperature falls from `hot` to `cold`; return how many were taken."""
    widest = ground.room.max()
    falling = (cold / hot) ** (1.0 / max(steps, 1))
    heat, taken = hot, 0
    for _ in range(steps):
        heat *= falling
        point, two, other = propose(ground, now, random)
        one = now.owner[point]
        if one == two or (other == NONE and now.size[one] == 1):
            continue
        may = now.cost[one] + now.cost[two] - heat * np.log(draw(random) + UNIT)
        moved = ground.demand[point] - (ground.demand[other] if other != NONE else 0.0)
        less, more = now.load[one] - moved, now.load[two] + moved
        if over(less, widest, fine) + over(more, widest, fine) >= may:
            continue
        first, at_one = changed(ground, now, one, less, point, other, fine)
        if first >= may:
            continue
        second, at_two = changed(ground, now, two, more, other, point, fine)
        if first + second >= may:
            continue
        taken += 1
        move(ground, now, point, two, other)
        now.load[one], now.load[two] = less, more
        if now.size[one] > CLOSE or now.size[two] > CLOSE:
            recentre(ground, now, one, fine)
            recentre(ground, now, two, fine)
        else:
            now.median[one], now.cost[one] = at_one, first
            now.median[two], now.cost[two] = at_two, second
    return taken


@compiled
def move(ground: Ground, now: Clusters, point: int, cluster: int, other: int) -> None:
    """Put a point into a cluster, and the `other` (or `NONE`) of that cluster where it was."""
    before = now.owner[point]
    leave(ground, now, point)
    if other != NONE:
        leave(ground, now, other)
        join(ground, now, other, before)
    join(ground, now, point, cluster)
