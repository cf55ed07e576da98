"""Search for the best connected zones: walkers at several temperatures that change places (replica exchange).

Replica exchange (Swendsen & Wang, Phys. Rev. Lett. 57, 1986; as a search: Hukushima & Nemoto 1996): cold walkers
improve, hot ones roam, and neighbouring temperatures exchange their walkers now and then. With one walker it is
simulated annealing from hot to cold (Kirkpatrick et al. 1983).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from planning.annealing import Best, Terms, wander
from planning.districting import Districting, ground, tools, walker
from planning.regrowing import connected, units_apart
from planning.zones import Floats, Ints

# Temperatures, in typical differences between a unit's best two zones: coldest and hottest.
COLD, HOT = 0.05, 2.0
# First prices of a minute outside (per typical load) and of a unit apart, in the same measure.
OUTSIDE_PRICE, APART_PRICE = 5.0, 5.0
# The share of its steps that the coldest half of the walkers should spend inside all windows, and connected.
AIM = 0.3
PRICE_STEP = 1.02
PRICE_LEAST, PRICE_MOST = 0.02, 50.0
STEPS_AT_ONCE = 1000
ZERO = 1e-9

One = TypeVar("One")


def always() -> bool:
    """Go on."""
    return True


@dataclass(frozen=True, slots=True)
class Found:
    """The best assignment met: `owner` (n), minutes `outside` the windows, `cost`, units `apart`.

    `apart` is 0 unless no connected assignment was met at all; `stopped` says whether the search ended early.
    """

    owner: Ints
    outside: float
    cost: float
    apart: int
    stopped: bool = False


def searched(
    districting: Districting,
    owner: Ints,
    *,
    steps: int,
    seed: int,
    walkers: int = 10,
    heat: tuple[float, float] = (COLD, HOT),
    keep_going: Callable[[], bool] = always,
) -> Found:
    """Return the best connected assignment met in about `steps` steps from `owner` (n; any, connected or not).

    Best is: fewest minutes outside the windows, then least cost. Same arguments, same answer, unless `keep_going`,
    asked every `STEPS_AT_ONCE` steps of all walkers, stops it.
    """
    search = Search(districting, owner, seed=seed, walkers=walkers, heat=heat)
    rounds = max(steps // (STEPS_AT_ONCE * walkers), 1)
    for done in range(rounds):
        if not keep_going():
            return search.found(stopped=True)
        search.round(done / rounds)
    return search.found()


class Search:
    """Walkers on their way; `round` moves all of them on, `found` tells the best so far."""

    def __init__(
        self,
        districting: Districting,
        owner: Ints,
        *,
        seed: int,
        walkers: int = 10,
        heat: tuple[float, float] = (COLD, HOT),
    ) -> None:
        self.ground = ground(districting)
        self.tools = tools(self.ground, seed)
        self.random = np.random.default_rng(seed)
        self.unit = typical_difference(self.ground.priced)
        self.heats = self.unit * np.geomspace(*heat, max(walkers, 2))
        busy = districting.load[districting.load > 0]
        load = float(np.median(busy)) if len(busy) else 1.0
        self.first_price = np.array([OUTSIDE_PRICE * self.unit / load, APART_PRICE * self.unit])
        self.price = self.first_price.copy()
        start = connected(self.ground, owner)
        self.walkers = [walker(self.ground, start, self.tools) for _ in range(walkers)]
        self.best = Best(start.copy(), np.array([np.inf, np.inf]))
        sums = self.walkers[0].sums
        if sums[3] == 0:
            self.best.sums[:] = sums[2], sums[0]
        self.rounds = 0

    def round(self, progress: float) -> None:
        """Let every walker take its steps, then exchange; `progress` (0 to 1) cools a single walker."""
        inside = whole = 0
        colder = max(len(self.walkers) // 2, 1)
        for at, one in enumerate(self.walkers):
            heat = float(self.heats[at]) if len(self.walkers) > 1 else self._cooling(progress)
            outside, apart = self.price.tolist()
            terms = Terms(heat, outside, apart, STEPS_AT_ONCE)
            met, one_piece = wander(self.ground, one, self.tools, terms, self.best)
            if at < colder:
                inside, whole = inside + met, whole + one_piece
        shares = np.array([inside, whole]) / (colder * STEPS_AT_ONCE)
        self.price *= np.where(shares < AIM, PRICE_STEP, 1 / PRICE_STEP)
        self.price.clip(
            self.first_price * PRICE_LEAST, self.first_price * PRICE_MOST, out=self.price
        )
        self._exchange()

    def found(self, *, stopped: bool = False) -> Found:
        """Return the best so far, counted anew."""
        owner = self.best.owner
        fresh = walker(self.ground, owner, self.tools)
        cost, _, missed, _ = fresh.sums.tolist()
        return Found(owner.copy(), missed, cost, units_apart(self.ground, owner), stopped)

    def _cooling(self, progress: float) -> float:
        return float(self.heats[-1] * (self.heats[0] / self.heats[-1]) ** progress)

    def _exchange(self) -> None:
        self.rounds += 1
        energy = [float(one.sums[1] + self.price @ one.sums[2:]) for one in self.walkers]
        change_places(self.walkers, energy, self.heats, first=self.rounds % 2, random=self.random)


def change_places(
    walkers: list[One],
    energy: list[float],
    heats: Floats,
    *,
    first: int,
    random: np.random.Generator,
) -> None:
    """Exchange walkers of neighbouring temperatures from `first` on, more likely the more it helps the colder one."""
    for cold in range(first, len(walkers) - 1, 2):
        gain = energy[cold] - energy[cold + 1]
        gain *= 1 / heats[cold] - 1 / heats[cold + 1]
        if gain >= 0 or random.random() < np.exp(gain):
            pair = slice(cold, cold + 2)
            walkers[pair] = walkers[pair][::-1]


def typical_difference(priced: Floats) -> float:
    """Return how much dearer a unit's second best zone typically is: the median, of those that differ at all."""
    if priced.shape[1] == 1:
        return 1.0
    least = np.partition(priced, 1, axis=1)
    least = least[np.isfinite(least[:, 1])]
    difference = least[:, 1] - least[:, 0]
    some = difference[difference > ZERO]
    return float(np.median(some)) if len(some) else 1.0
