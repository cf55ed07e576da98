"""The search: hand border places from zone to zone until loads fit their windows and walking is short.

A tabu search with strategic oscillation (Glover 1986; for districts: Bozkaya, Erkut & Laporte 2003): every step makes
the best hand-over that does not undo a recent one, counting minutes outside a window at a price that rises while a
member is outside and falls while inside. Zones are connected before and after every step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from planning.cuts import Pieces, pieces
from planning.zones import NOBODY, Floats, Ints, Task, Zones

# Metres of walking that keeping an alley, or a place, with one member is worth.
SPLIT_M = 30.0
# Of the best hand-overs by walking and load, this many are compared with what they split.
SHORT_LIST = 10
# A place that was handed over stays away from its old zone for this many steps.
TABU_STEPS = (5, 16)
# How the price of a minute outside the window moves in a step, and between which multiples of its first value.
PRICE_UP, PRICE_DOWN = 1.03, 0.99
PRICE_LEAST, PRICE_MOST = 0.1, 1000.0
FIRST_PRICE = 0.3
# Noise on each hand-over at the start of the search, in mean walks; it cools to nothing.
HEAT = 0.1
SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Offers:
    """Possible hand-overs, one row each: piece `row` of zone `giver` to `taker`."""

    giver: Ints
    row: Ints
    taker: Ints
    lead: Ints
    walk_m: Floats
    load_min: Floats


def improve(task: Task, owner: Ints, *, steps: int, seed: int) -> Ints:
    """Return a better owner for each unit than `owner`, after at most `steps` hand-overs.

    Better is: fewer minutes outside the windows, then less walking (and fewer split alleys, at `SPLIT_M` each). The
    zones of `owner` must be connected, and those returned are.
    """
    search = _Search(task, owner, steps=steps, seed=seed)
    for step in range(1, steps + 1):
        if not search.step(step):
            break
    return search.best


def merit(task: Task, owner: Ints) -> tuple[float, float]:
    """Return what is to be least: minutes outside the windows, then metres, split alleys and places counted in.

    Rounded, so that noise of the last digits does not decide.
    """
    zones = Zones(task, owner)
    return _merit(task, zones.load_min, zones.walk_m + SPLIT_M * zones.splits)


def _merit(task: Task, load_min: Floats, cost: float) -> tuple[float, float]:
    return round(float(task.outside_min(load_min).sum()), 6), round(cost, 3)


class _Search:
    def __init__(self, task: Task, owner: Ints, *, steps: int, seed: int) -> None:
        self.task, self.steps = task, steps
        self.zones = Zones(task, owner)
        self.random: Generator = np.random.default_rng(seed)
        self.window = max(float((task.high_min - task.low_min).mean()) / 2, SAME)
        self.first_price = FIRST_PRICE * self.zones.walk_m / max(task.load_min.sum(), SAME) + SAME
        self.price = np.full(task.members, self.first_price)
        self.heat = HEAT * self.zones.walk_m / max(len(owner), 1)
        self.tabu = np.zeros((task.places, task.members), dtype=np.int64)
        self.pieces: list[Pieces] = [pieces(self.zones, one) for one in range(task.members)]
        self.offers: list[Offers] = []
        self.empty = np.zeros(task.members, dtype=bool)
        self._renew(set(range(task.members)))
        self.cost = self.zones.walk_m + SPLIT_M * self.zones.splits
        self.best, self.best_key = self.zones.owner.copy(), self._key()

    def step(self, step: int) -> bool:
        """Make the best hand-over; return whether there was any."""
        offers = _joined(self.offers)
        if not len(offers.row):
            return False
        outside = self._outside_after(offers)
        cost = offers.walk_m + self._fines(offers)
        hopeful = (outside < self.best_key[0] - SAME) | (
            (outside < self.best_key[0] + SAME)
            & (self.cost + offers.walk_m < self.best_key[1] - SAME)
        )
        free = hopeful | (self.tabu[offers.lead, offers.taker] < step)
        if not free.any():
            self.tabu[:] = 0
            return True
        noise = self.random.gumbel(size=len(cost)) * self.heat * (1 - step / self.steps) ** 2
        self._hand_over(offers, self._choose(offers, np.where(free, cost - noise, np.inf)), step)
        return True

    def _outside_after(self, offers: Offers) -> Floats:
        """Return the minutes outside all windows after each hand-over."""
        task, load = self.task, self.zones.load_min
        now = task.outside_min(load)
        given = task.outside_min(load[offers.giver] - offers.load_min, offers.giver)
        taken = task.outside_min(load[offers.taker] + offers.load_min, offers.taker)
        left: Floats = now.sum() - now[offers.giver] - now[offers.taker]
        return left + given + taken

    def _fines(self, offers: Offers) -> Floats:
        """Return how each hand-over changes the price to pay for minutes outside."""
        load, now = self.zones.load_min, self._fine(self.zones.load_min, slice(None))
        given = self._fine(load[offers.giver] - offers.load_min, offers.giver)
        taken = self._fine(load[offers.taker] + offers.load_min, offers.taker)
        return given - now[offers.giver] + taken - now[offers.taker]

    def _fine(self, load_min: Floats, member: Ints | slice) -> Floats:
        # the square makes surplus spread over several zones, and so find its way to those short of load
        outside = self.task.outside_min(load_min, member)
        return self.price[member] * (outside + outside**2 / self.window)

    def _choose(self, offers: Offers, cost: Floats) -> int:
        """Return the cheapest offer, splits counted."""
        listed = np.argpartition(cost, min(SHORT_LIST, len(cost) - 1))[:SHORT_LIST]
        listed = np.sort(listed[np.isfinite(cost[listed])])
        split = [SPLIT_M * self._splits(offers, i) for i in listed]
        return int(listed[np.argmin(cost[listed] + split)])

    def _splits(self, offers: Offers, i: int) -> int:
        """Return how many more members than now work in alleys and at places after a hand-over."""
        zones, alley_of = self.zones, self.task.alley_of
        giver, taker, row = int(offers.giver[i]), int(offers.taker[i]), int(offers.row[i])
        found = self.pieces[giver]
        places = found.places(row, self.task)
        shared = sum(zones.held[place, taker] > 0 for place in places)
        if found.unit[row] != NOBODY:
            alley = alley_of[places[0]]
            return int(1 - shared) + int(zones.in_alley[alley, taker] == 0)
        left: dict[int, int] = {}
        for place in places:
            alley = int(alley_of[place])
            left[alley] = left.get(alley, 0) + 1
        came = sum(zones.in_alley[alley, taker] == 0 for alley in left)
        went = sum(zones.in_alley[alley, giver] == count for alley, count in left.items())
        return int(came) - int(went) - int(shared)

    def _hand_over(self, offers: Offers, i: int, step: int) -> None:
        giver, taker, row = int(offers.giver[i]), int(offers.taker[i]), int(offers.row[i])
        found = self.pieces[giver]
        places = found.places(row, self.task)
        alone = int(found.unit[row])
        units = self.zones.units_of(places, giver) if alone == NOBODY else [alone]
        self.cost += float(offers.walk_m[i]) + SPLIT_M * self._splits(offers, i)
        touched = self.zones.move(units, taker)
        self.tabu[places, giver] = step + self.random.integers(*TABU_STEPS)
        for member in (giver, taker):
            self.pieces[member] = pieces(self.zones, member)
        around = np.flatnonzero(self.zones.held[touched].any(axis=0)).tolist()
        self._renew({giver, taker, *around})
        inside = self.task.outside_min(self.zones.load_min) <= SAME
        self.price *= np.where(inside, PRICE_DOWN, PRICE_UP)
        self.price.clip(
            PRICE_LEAST * self.first_price, PRICE_MOST * self.first_price, out=self.price
        )
        key = self._key()
        if key < self.best_key:
            self.best, self.best_key = self.zones.owner.copy(), key

    def _key(self) -> tuple[float, float]:
        return _merit(self.task, self.zones.load_min, self.cost)

    def _renew(self, members: set[int]) -> None:
        """Work out again what `members` can hand over."""
        empty = np.array([not places for places in self.zones.places_of])
        if not self.offers or (empty != self.empty).any():
            members = set(range(self.task.members))
            self.offers = [_NONE] * self.task.members
        self.empty = empty
        for member in members:
            self.offers[member] = self._offers(member)

    def _offers(self, giver: int) -> Offers:
        found = self.pieces[giver]
        near = self.zones.near[found.lead] > 0
        # a zone without a place may begin anywhere
        near[:, self.empty] = True
        near[:, giver] = False
        row, taker = np.nonzero(near)
        walk = found.walk_m[row, taker] - found.walk_m[row, giver]
        giving = np.full(len(row), giver)
        return Offers(giving, row, taker, found.lead[row], walk, found.load_min[row])


_NONE = Offers(*(np.zeros(0, dtype=np.int64),) * 4, *(np.zeros(0),) * 2)


def _joined(offers: list[Offers]) -> Offers:
    return Offers(
        *(
            np.concatenate([getattr(one, name) for one in offers])
            for name in ("giver", "row", "taker", "lead", "walk_m", "load_min")
        )
    )
