"""What no choice of medians can undercut: Lagrange's bound with the assignment of points priced (compiled kernels).

Each point pays a price for being served. A candidate, opened, serves those points that pay more than their way, as far
as its room goes; the last may be served in part. The prices of all points, less what the best `count` candidates earn,
bound every plan from below, whatever the prices; a subgradient search makes them good (Held, Wolfe & Crowder 1974;
for capacitated medians Mulvey & Beck 1984).
"""

from collections.abc import Callable

import numpy as np

from planning.compiled import compiled
from planning.median_moves import Shorts, Ways
from planning.zones import Floats, Ints

# A step of the search aims this far towards the best plan known, less after rounds without a better bound.
FIRST_STEP = 1.0
LESS = 0.7
PATIENCE = 8
LAST_STEP = 0.002
# How much of the last direction stays in the next (Camerini, Fratta & Maffioli 1975).
KEPT = 0.6
# Points listed for a candidate: so many times a mean cluster, and some.
LISTED, LISTED_MORE = 4, 20
# Rounds: as much as these many annealings, of which a listed point takes a part.
SHARE, ENTRY = 2.0, 0.03
FEWEST_ROUNDS, MOST_ROUNDS, AT_ONCE = 20, 500, 10
# A plan hoped for above the bound where none is known, and what is left for rounding.
HOPED, DOUBT = 1.05, 1e-9


def lower_bound(
    ways: Floats,
    demand: Floats,
    room: Floats,
    count: int,
    *,
    known: float | None,
    steps: int,
    keep_going: Callable[[], bool],
) -> float:
    """Return what no plan of `count` medians within their rooms can undercut.

    `known` is the total of a plan, where one is known: it sets the length of steps, nothing else. A part of `steps`
    (moves of the search for plans) is spent. Where all ways are whole numbers, the bound is rounded up to the next.
    """
    back = _rounded_down(ways.T)
    many = min(len(demand), int(LISTED * len(demand) / count) + LISTED_MORE)
    order, reach = _listed(back, many)
    prices = np.zeros((3, len(demand)))
    nth = ways.shape[1] // count
    prices[:2] = np.partition(ways, min(nth, ways.shape[1] - 1), axis=1)[:, nth - 1 : nth + 1].max(
        axis=1
    )
    rounds = int(np.clip(SHARE * steps / (order.size * ENTRY), FEWEST_ROUNDS, MOST_ROUNDS))
    pace, best = np.array([FIRST_STEP, 0.0]), 0.0
    for _ in range(0, rounds, AT_ONCE):
        aim = known if known is not None else max(best * HOPED, float(prices[0].sum()))
        best = search(back, order, reach, demand, room, count, prices, best, aim, AT_ONCE, pace)
        if not keep_going():
            break
    whole = bool((ways == np.round(ways)).all())
    return float(np.ceil(best - DOUBT * max(best, 1.0))) if whole else best * (1 - DOUBT)


def _rounded_down(ways: Floats) -> Ways:
    """Return the ways in four bytes each, none longer than it was."""
    short = np.ascontiguousarray(ways, dtype=np.float32)
    return np.where(short > ways, np.nextafter(short, np.float32(-np.inf)), short)


def _listed(back: Ways, many: int) -> tuple[Shorts, Floats]:
    """Return the `many` nearest points of each candidate, and the way beyond which there may be others."""
    if many == back.shape[1]:
        everyone = np.broadcast_to(np.arange(many, dtype=np.int32), back.shape)
        return np.ascontiguousarray(everyone), np.full(len(back), np.inf)
    order = np.argpartition(back, many - 1, axis=1)[:, :many]
    reach = np.take_along_axis(back, order, axis=1).max(axis=1).astype(np.float64)
    return np.sort(order, axis=1).astype(np.int32), reach


@compiled
def fill(gain, weight, item, count, room):
    """Order items so that those of most gain a weight come first, as many as fit; return how many fit whole."""
    low, high, used = 0, count, 0.0
    while low < high:
        pivot = gain[(low + high) // 2] / weight[(low + high) // 2]
        left, equal, right, heavy, level = low, low, high, 0.0, 0.0
        while equal < right:
            worth = gain[equal] / weight[equal]
            if worth > pivot:
                _swap(gain, weight, item, left, equal)
                heavy += weight[left]
                left += 1
                equal += 1
            elif worth < pivot:
                right -= 1
                _swap(gain, weight, item, equal, right)
            else:
                level += weight[equal]
                equal += 1
        if used + heavy > room:
            high = left
        elif used + heavy + level > room:
            used += heavy
            while used + weight[left] <= room:
                used += weight[left]
                left += 1
            return left
        else:
            used += heavy + level
            low = right
    return low


@compiled
def _swap(gain, weight, item, one, two):
    """Swap two items."""
    gain[one], gain[two] = gain[two], gain[one]
    weight[one], weight[two] = weight[two], weight[one]
    item[one], item[two] = item[two], item[one]


@compiled
def earn(column, order, reach, price, most, demand, room, gain, weight, item):
    """Put what one candidate would serve first into the three lists; return how many whole, of how many, and earnings.

    `order` lists the nearest points, `reach` the way to the last of them: where prices go beyond, all are looked at.
    """
    count, free, total = 0, 0.0, 0.0
    near = most <= reach
    for position in range(len(order) if near else len(column)):
        point = order[position] if near else position
        worth = price[point] - column[point]
        if worth > 0:
            if demand[point] <= 0:
                free += worth
            gain[count], weight[count], item[count] = worth, max(demand[point], 1e-12), point
            total += weight[count]
            count += 1
    whole = count if total <= room else fill(gain, weight, item, count, room)
    earned, left = 0.0, room
    for position in range(whole):
        earned += gain[position]
        left -= weight[position]
    if whole < count:
        earned += gain[whole] * max(left, 0.0) / weight[whole]
    return whole, count, earned


@compiled
def priced(back, order, reach, price, demand, room, earned):
    """Work out into `earned` what each candidate would earn."""
    points = back.shape[1]
    gain, weight, item = np.empty(points), np.empty(points), np.empty(points, np.int64)
    most = price.max()
    for candidate in range(len(back)):
        _, _, earned[candidate] = earn(
            back[candidate],
            order[candidate],
            reach[candidate],
            price,
            most,
            demand,
            room[candidate],
            gain,
            weight,
            item,
        )


@compiled
def served(back, order, reach, price, demand, room, chosen):
    """Return how often each point is served when the `chosen` candidates open."""
    points = back.shape[1]
    gain, weight, item = np.empty(points), np.empty(points), np.empty(points, np.int64)
    most = price.max()
    times = np.zeros(points)
    for candidate in chosen:
        whole, count, _ = earn(
            back[candidate],
            order[candidate],
            reach[candidate],
            price,
            most,
            demand,
            room[candidate],
            gain,
            weight,
            item,
        )
        left = room[candidate]
        for position in range(whole):
            times[item[position]] += 1.0
            left -= weight[position]
        if whole < count:
            times[item[whole]] += max(left, 0.0) / weight[whole]
    return times


@compiled
def search(back, order, reach, demand, room, count, prices, best, known, rounds, pace):
    """Improve `prices` (0: now, 1: best, 2: direction) for some rounds; return the bound. `pace`: step, rounds idle."""
    earned = np.empty(len(back))
    for _ in range(rounds):
        priced(back, order, reach, prices[0], demand, room, earned)
        chosen = np.argsort(-earned)[:count]
        bound = prices[0].sum() - earned[chosen].sum()
        if bound > best + 1e-7 * abs(best):
            best, pace[1] = bound, 0.0
            prices[1] = prices[0]
        else:
            pace[1] += 1.0
            if pace[1] >= PATIENCE:
                pace[0], pace[1] = max(pace[0] * LESS, LAST_STEP), 0.0
                prices[0] = prices[1]
        lacking = 1.0 - served(back, order, reach, prices[0], demand, room, chosen)
        prices[2] = lacking + KEPT * prices[2]
        length = (prices[2] ** 2).sum()
        if length <= 0:
            break
        prices[0] = np.maximum(prices[0] + pace[0] * (known - bound) / length * prices[2], 0.0)
    return best
