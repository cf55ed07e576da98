"""What no choice of medians can undercut: Lagrange's bound with the assignment of points priced.

Each point pays a price for being served. A candidate, opened, serves those points that pay more than their way, as far
as its room goes. The prices of all points, less what the best `count` candidates earn, bound every plan from below,
whatever the prices; a subgradient search makes them good (Held, Wolfe & Crowder 1974; for capacitated medians Mulvey &
Beck 1984). First the last point of a candidate may be served in part, then only whole points count.
"""

from collections.abc import Callable

import numpy as np

from planning.median_earnings import Offers, search
from planning.median_moves import Shorts, Ways
from planning.zones import Floats

# Points listed for a candidate: so many times a mean cluster, and some.
LISTED, LISTED_MORE = 4, 20
# Rounds with points served in part: as much as these many annealings, of which a listed point takes a part.
SHARE, ENTRY = 2.0, 0.03
FEWEST_ROUNDS, MOST_ROUNDS, AT_ONCE = 20, 400, 10
# Rounds with whole points, where a mean cluster has few enough for that to matter, and their first step.
WHOLE_ROUNDS, FEW_POINTS, WHOLE_STEP = 300, 30, 0.3
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

    `known` is the total of a plan, where one is known: it sets the length of steps, nothing else. `steps` are the moves
    of one annealing, for comparison. Where all ways are whole numbers, the bound is rounded up to the next.
    """
    points = len(demand)
    offers = _offers(ways, demand, room, min(points, int(LISTED * points / count) + LISTED_MORE))
    prices = _first_prices(ways, count)
    rounds = int(np.clip(SHARE * steps / (offers.order.size * ENTRY), FEWEST_ROUNDS, MOST_ROUNDS))
    stages = [(rounds, False, 1.0)]
    if points <= FEW_POINTS * count:
        stages.append((min(rounds, WHOLE_ROUNDS), True, WHOLE_STEP))
    best = 0.0
    for many, whole, first_step in stages:
        pace = np.array([first_step, 0.0])
        prices[0], prices[2] = prices[1], 0.0
        for _ in range(0, many, AT_ONCE):
            aim = known if known is not None else max(best * HOPED, float(prices[0].sum()))
            best = search(offers, count, prices, best, aim, AT_ONCE, whole, pace)
            if not keep_going():
                break
    return _rounded(best, whole=bool((ways == np.round(ways)).all()))


def _offers(ways: Floats, demand: Floats, room: Floats, many: int) -> Offers:
    """List the `many` nearest points of each candidate."""
    back = np.ascontiguousarray(ways.T, dtype=np.float32)
    # a way must not grow with rounding to four bytes, or the bound would
    back = np.where(back > ways.T, np.nextafter(back, np.float32(-np.inf)), back)
    order, reach = _listed(back, many)
    return Offers(back, order, reach, demand.astype(np.float64), room)


def _listed(back: Ways, many: int) -> tuple[Shorts, Floats]:
    """Return the `many` nearest points of each candidate, and the way beyond which there may be others."""
    if many == back.shape[1]:
        everyone = np.broadcast_to(np.arange(many, dtype=np.int32), back.shape)
        return np.ascontiguousarray(everyone), np.full(len(back), np.inf)
    order = np.argpartition(back, many - 1, axis=1)[:, :many]
    reach = np.take_along_axis(back, order, axis=1).max(axis=1).astype(np.float64)
    return np.sort(order, axis=1).astype(np.int32), reach


def _first_prices(ways: Floats, count: int) -> Floats:
    """Return (3, n): prices now, the best so far, and the direction; a point begins with a way about its cluster's."""
    nth = min(ways.shape[1] // count, ways.shape[1] - 1)
    prices = np.zeros((3, len(ways)))
    prices[:2] = np.partition(ways, nth, axis=1)[:, nth]
    return prices


def _rounded(bound: float, *, whole: bool) -> float:
    """Return the bound less what rounding may have added, or the whole number that totals cannot be below."""
    safe = bound - DOUBT * max(bound, 1.0)
    return max(float(np.ceil(safe)) if whole else safe, 0.0)
