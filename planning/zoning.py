"""The best connected zones on streets: walkers at several temperatures that change places (replica exchange).

See `planning.exchange` for the method; here zones stay connected on every step (`planning.handing`), which suits
streets, where little can be given away without cutting something off.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.districting import Districting, counted, ground, outside, tools
from planning.exchange import always, change_places, typical_difference
from planning.ground import SMALL
from planning.handing import Best, State, Terms, wander
from planning.regrowing import connected
from planning.zones import Floats, Ints, summed

WALKERS = 8
# Coldest and hottest, in typical differences between a unit's best two zones.
COLD, HOT = 0.02, 1.5
# First price of a minute outside, in typical differences for a typical load, and how it moves: the colder half of
# the walkers should be inside all windows for this share of their steps.
PRICE, PRICE_STEP, PRICE_LEAST, PRICE_MOST = 2.0, 1.05, 0.1, 50.0
AIM = 0.3
# Price of a pair apart, in typical differences.
APART_PRICE = 8.0
STEPS_AT_ONCE = 500

Pairs = Ints


@dataclass(frozen=True, slots=True)
class Zoned:
    """The best zones met: `owner` (n), pairs wished together but `apart`, minutes `outside`, `cost` with splits."""

    owner: Ints
    apart: int
    outside: float
    cost: float
    stopped: bool = False


def zoned(
    districting: Districting,
    starts: list[Ints],
    *,
    steps: int,
    seed: int,
    pairs: Pairs | None = None,
    keep_going: Callable[[], bool] = always,
    progress: Callable[[float], None] | None = None,
) -> Zoned:
    """Return the best assignment met in about `steps` steps from `starts` (each n; made connected first).

    Best is: fewest `pairs` (m, 2) of units apart, then fewest minutes outside the windows, then least cost. Zones stay
    connected, but for what a start cannot connect (units fixed beyond others'). Same arguments, same answer, unless
    `keep_going` stops it early.
    """
    search = _Search(districting, starts, pairs=pairs, seed=seed)
    rounds = max(steps // (STEPS_AT_ONCE * WALKERS), 1)
    for done in range(rounds):
        if not keep_going():
            return search.found(stopped=True)
        search.round()
        if progress is not None:
            progress((done + 1) / rounds)
    return search.found()


class _Search:
    def __init__(
        self, districting: Districting, starts: list[Ints], *, pairs: Pairs | None, seed: int
    ) -> None:
        self.ground = ground(districting)
        self.tools = tools(self.ground, seed)
        self.random = np.random.default_rng(seed)
        self.pairs = np.zeros((0, 2), dtype=np.int64) if pairs is None else pairs
        unit, load = typical_difference(self.ground.priced), _typical(districting.load)
        self.heats = unit * np.geomspace(COLD, HOT, WALKERS)
        self.first_price = self.price = PRICE * unit / load
        self.apart_price = APART_PRICE * unit
        width = districting.high - districting.low
        self.window = max(_typical(width[np.isfinite(width)]), load)
        self.mates = _mates(self.pairs, len(districting.load))
        begun = [connected(self.ground, start) for start in starts]
        self.states = [self._state(begun[i % len(begun)]) for i in range(WALKERS)]
        first = min(self.states[: len(begun)], key=_merit)
        self.best = Best(first.owner.copy(), np.array(_merit(first)))
        self.rounds = 0

    def round(self) -> None:
        """Let every walker take its steps, then exchange."""
        right = 0
        for at, state in enumerate(self.states):
            terms = Terms(self.heats[at], self.price, self.apart_price, self.window, *self.mates)
            met = wander(self.ground, state, self.best, terms, self.tools, STEPS_AT_ONCE)
            right += met if at < WALKERS // 2 else 0
        often = right > AIM * STEPS_AT_ONCE * (WALKERS // 2)
        price = self.price / PRICE_STEP if often else self.price * PRICE_STEP
        self.price = min(max(price, PRICE_LEAST * self.first_price), PRICE_MOST * self.first_price)
        self._exchange()

    def found(self, *, stopped: bool = False) -> Zoned:
        """Return the best so far, counted anew."""
        apart, minutes, cost = _merit(self._state(self.best.owner))
        return Zoned(self.best.owner.copy(), int(apart), minutes, cost, stopped)

    def _exchange(self) -> None:
        prices = np.array([0.0, 1.0, 0.0, self.price, self.apart_price])
        energy = [float(prices @ state.sums) for state in self.states]
        self.rounds += 1
        change_places(self.states, energy, self.heats, first=self.rounds % 2, random=self.random)

    def _state(self, owner: Ints) -> State:
        """Return `owner` with everything counted that the walk keeps."""
        where = self.ground
        units, zones = where.cost.shape
        held = counted(where.place_of, owner, (len(where.first_unit) - 1, zones))
        grouped = counted(
            where.group_of[where.place_of], owner, (int(where.group_of.max()) + 1, zones)
        )
        load = summed(where.load, owner, zones)
        rows = (np.arange(units), owner)
        split = where.split * (_more(held) + _more(grouped))
        minutes = outside(where, load)
        sums = [
            where.cost[rows].sum() + split,
            where.priced[rows].sum() + split,
            minutes.sum(),
            (minutes + minutes**2 / self.window).sum(),
            float((owner[self.pairs[:, 0]] != owner[self.pairs[:, 1]]).sum()),
        ]
        many = np.bincount(owner, minlength=zones).astype(np.int64)
        return State(owner.astype(np.int64), held, grouped, many, load, np.array(sums))


def _merit(state: State) -> tuple[float, float, float]:
    """Return pairs apart, minutes outside and cost: what is to be least, in this order."""
    cost, _, minutes, _, apart = state.sums.tolist()
    return apart, 0.0 if minutes < SMALL else minutes, cost


def _mates(pairs: Pairs, units: int) -> tuple[Ints, Ints]:
    """Return where the mates of each unit begin in a list of all, and the list."""
    both = np.vstack([pairs, pairs[:, ::-1]])
    first = np.concatenate([[0], np.bincount(both[:, 0], minlength=units).cumsum()])
    return first.astype(np.int64), both[np.argsort(both[:, 0], kind="stable"), 1].astype(np.int64)


def _typical(values: Floats) -> float:
    some = values[values > 0]
    return float(np.median(some)) if len(some) else 1.0


def _more(held: np.ndarray) -> int:
    """Return how many zones too many hold something, summed over places or groups that have anything."""
    return int(np.maximum((held > 0).sum(axis=1) - 1, 0).sum())
