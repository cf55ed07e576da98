"""What candidates earn at given prices, and better prices from that (compiled kernels of `planning.median_bound`)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planning.compiled import compiled
from planning.median_moves import Shorts, Ways

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# After so many rounds without a better bound, the step towards the best plan known becomes a part as long.
PATIENCE, LESS, LAST_STEP = 8, 0.7, 0.002
# How much of the last direction stays in the next (Camerini, Fratta & Maffioli 1975).
KEPT = 0.6
# Branches looked at for one candidate before it counts as if a point could be served in part.
MOST_BRANCHES = 300
NO_DEMAND, BETTER = 1e-12, 1e-7


class Offers(NamedTuple):
    """What stays as it is: `back` (c, n) ways from points to candidates, `order` (c, some) the nearest points.

    `reach` (c) is the longest way in `order`: where prices go beyond, all points are looked at. `demand`, `room`.
    """

    back: Ways
    order: Shorts
    reach: Floats
    demand: Floats
    room: Floats


class Lists(NamedTuple):
    """Points that would pay a candidate more than their way: what more, their demand, who; and which are served."""

    gain: Floats
    weight: Floats
    item: Ints
    part: Floats
    tried: Bools


@compiled
def search(  # noqa: PLR0917 - kernels take no keywords
    offers: Offers,
    count: int,
    prices: Floats,
    best: float,
    aim: float,
    rounds: int,
    whole: bool,
    pace: Floats,
) -> float:
    """Better `prices` (now, best, direction) for some rounds; return the bound. `pace`: step, rounds without gain."""
    earned = np.empty(len(offers.back))
    times = np.empty(len(offers.demand))
    lists = room_to_work(len(offers.demand))
    for _ in range(rounds):
        bound = prices[0].sum() - serve(offers, count, prices[0], whole, earned, times, lists)
        if bound > best + BETTER * abs(best):
            best, pace[1] = bound, 0.0
            prices[1] = prices[0]
        else:
            pace[1] += 1.0
            if pace[1] >= PATIENCE:
                pace[0], pace[1] = max(pace[0] * LESS, LAST_STEP), 0.0
                prices[0] = prices[1]
        prices[2] = (1.0 - times) + KEPT * prices[2]
        length = (prices[2] ** 2).sum()
        if length <= 0:
            break
        step = pace[0] * max(aim - bound, 0.0) / length
        prices[0] = np.maximum(prices[0] + step * prices[2], 0.0)
    return best


@compiled
def room_to_work(points: int) -> Lists:
    """Return empty lists for as many points."""
    return Lists(
        np.empty(points),
        np.empty(points),
        np.empty(points, np.int64),
        np.empty(points),
        np.empty(points, np.bool_),
    )


@compiled
def serve(  # noqa: PLR0917 - kernels take no keywords
    offers: Offers,
    count: int,
    price: Floats,
    whole: bool,
    earned: Floats,
    times: Floats,
    lists: Lists,
) -> float:
    """Return what the best `count` candidates earn; put into `times` how often they serve each point."""
    most = price.max()
    for candidate in range(len(offers.back)):
        listed = payers(offers, candidate, price, most, lists)
        earned[candidate] = in_part(lists, listed, offers.room[candidate])
    ranked = np.argsort(-earned)
    chosen = ranked[:count].copy()
    if whole:
        choose_whole(offers, price, most, ranked, chosen, earned, lists)
    times[:] = 0.0
    total = 0.0
    for candidate in chosen:
        listed = payers(offers, candidate, price, most, lists)
        gain = in_part(lists, listed, offers.room[candidate])
        total += in_whole(lists, listed, offers.room[candidate], gain) if whole else gain
        for position in range(listed):
            times[lists.item[position]] += lists.part[position]
    return total


@compiled
def choose_whole(  # noqa: PLR0917 - kernels take no keywords
    offers: Offers,
    price: Floats,
    most: float,
    ranked: Ints,
    chosen: Ints,
    earned: Floats,
    lists: Lists,
) -> None:
    """Put into `chosen` those who earn most with whole points; `earned` in part says who can still be among them."""
    count = len(chosen)
    value = np.full(count, np.inf)
    least = 0
    for rank in range(len(ranked)):
        candidate = ranked[rank]
        if rank >= count and earned[candidate] <= value[least]:
            return
        listed = payers(offers, candidate, price, most, lists)
        gain = in_part(lists, listed, offers.room[candidate])
        gain = in_whole(lists, listed, offers.room[candidate], gain)
        if rank < count:
            value[rank] = gain
        elif gain > value[least]:
            value[least], chosen[least] = gain, candidate
        if rank >= count - 1:
            least = int(value.argmin())


@compiled
def payers(offers: Offers, candidate: int, price: Floats, most: float, lists: Lists) -> int:
    """List the points that would pay a candidate more than their way; return how many."""
    column, order = offers.back[candidate], offers.order[candidate]
    near = most <= offers.reach[candidate]
    listed = 0
    for position in range(len(order) if near else len(column)):
        point = int(order[position]) if near else position
        gain = price[point] - column[point]
        if gain > 0:
            lists.gain[listed] = gain
            lists.weight[listed] = max(offers.demand[point], NO_DEMAND)
            lists.item[listed] = point
            listed += 1
    return listed


@compiled
def in_part(lists: Lists, listed: int, room: float) -> float:
    """Serve the points that gain most for their demand, the last one in part; return the gain.

    Orders the lists only as far as needed (Balas & Zemel 1980).
    """
    low, high, used = 0, listed, 0.0
    while low < high:
        middle = (low + high) // 2
        left, right, heavy, level = parted(
            lists, low, high, lists.gain[middle] / lists.weight[middle]
        )
        if used + heavy > room:
            high = left
            continue
        used += heavy
        if used + level <= room:
            used += level
            low = right
            continue
        low = left
        while used + lists.weight[low] <= room:
            used += lists.weight[low]
            low += 1
        break
    gain = 0.0
    for position in range(listed):
        lists.part[position] = 1.0 if position < low else 0.0
    if low < listed:
        lists.part[low] = max(room - used, 0.0) / lists.weight[low]
    for position in range(min(low + 1, listed)):
        gain += lists.part[position] * lists.gain[position]
    return gain


@compiled
def parted(lists: Lists, low: int, high: int, pivot: float) -> tuple[int, int, float, float]:
    """Put those worth more than the pivot first, those worth less last; return both borders and the demands."""
    left, equal, right, heavy, level = low, low, high, 0.0, 0.0
    while equal < right:
        worth = lists.gain[equal] / lists.weight[equal]
        if worth > pivot:
            heavy += lists.weight[equal]
            swap(lists, left, equal)
            left += 1
            equal += 1
        elif worth < pivot:
            right -= 1
            swap(lists, equal, right)
        else:
            level += lists.weight[equal]
            equal += 1
    return left, right, heavy, level


@compiled
def swap(lists: Lists, one: int, two: int) -> None:
    """Let two points change places."""
    lists.gain[one], lists.gain[two] = lists.gain[two], lists.gain[one]
    lists.weight[one], lists.weight[two] = lists.weight[two], lists.weight[one]
    lists.item[one], lists.item[two] = lists.item[two], lists.item[one]


@compiled
def in_whole(lists: Lists, listed: int, room: float, most: float) -> float:
    """Serve whole points only; return the gain, or `most` where the branches run out (Horowitz & Sahni 1974)."""
    by_worth(lists, listed)
    lists.tried[:listed] = False
    best, gain, left, at, branches = -1.0, 0.0, room, 0, 0
    while True:
        while at < listed and promised(lists, listed, at, gain, left) > best:
            if lists.weight[at] <= left:
                lists.tried[at] = True
                gain += lists.gain[at]
                left -= lists.weight[at]
            at += 1
        if at == listed and gain > best:
            best = gain
            for position in range(listed):
                lists.part[position] = 1.0 if lists.tried[position] else 0.0
        at -= 1
        while at >= 0 and not lists.tried[at]:
            at -= 1
        branches += 1
        if at < 0:
            return best
        if branches > MOST_BRANCHES:
            return most
        lists.tried[at] = False
        gain -= lists.gain[at]
        left += lists.weight[at]
        at += 1


@compiled
def promised(lists: Lists, listed: int, at: int, gain: float, left: float) -> float:
    """Return what could be gained at most when points from `at` on are still to be decided."""
    for position in range(at, listed):
        if lists.weight[position] > left:
            return gain + float(lists.gain[position]) * left / float(lists.weight[position])
        gain += float(lists.gain[position])
        left -= float(lists.weight[position])
    return gain


@compiled
def by_worth(lists: Lists, listed: int) -> None:
    """Order points by gain for their demand, most first."""
    for position in range(1, listed):
        at = position
        while (
            at > 0 and lists.gain[at] * lists.weight[at - 1] > lists.gain[at - 1] * lists.weight[at]
        ):
            swap(lists, at, at - 1)
            at -= 1
