"""Improving service areas: a few neighbouring ones are taken together and shared anew exactly, again and again.

A search of large neighbourhoods (Shaw 1998) whose neighbourhoods are integer programs; two plans are merged by
keeping what they agree on and sharing the rest anew.
"""

from collections.abc import Callable

import numpy as np

from planning.area_program import Known, Program
from planning.zones import NOBODY, Ints

# A size of neighbourhood is left when this many draws in a row were known.
STALE = 60
LEAST_GAIN = 1e-3
# Rounds of violated rows before a neighbourhood is branched on.
NEAR_ROUNDS = 8
MERGE_NODES = 200
EXACT = 1e-5

# Areas taken together, nodes for each program, and whether the heaviest units stay.
Neighbourhoods = tuple[tuple[int, int, bool], ...]


class AreaSearch:
    """A search that may solve `programs` more programs, while `keep_going` lets it; else it has `stopped`.

    `heaviest` are the units that stay in neighbourhoods where heavy units do.
    """

    def __init__(
        self,
        facts: Known,
        heaviest: Ints,
        *,
        seed: int,
        programs: int,
        keep_going: Callable[[], bool],
    ) -> None:
        self.facts, self.heaviest = facts, heaviest
        self.random = np.random.default_rng(seed)
        self.programs, self.keep_going = programs, keep_going
        self.stopped = False
        self._tried: set[bytes] = set()

    def goes_on(self) -> bool:
        """Return whether there is budget left."""
        self.stopped = self.stopped or not self.keep_going()
        return self.programs > 0 and not self.stopped

    def improved(self, owner: Ints, neighbourhoods: Neighbourhoods) -> Ints:
        """Return a plan at least as cheap as the feasible `owner`, its neighbourhoods improved in turn."""
        for size, nodes, stay in neighbourhoods:
            stale = 0
            while stale < STALE and self.goes_on():
                zones = self._neighbours(owner, min(size, len(self.facts.areas.seat)))
                stale = stale + 1 if self._known(owner, zones, nodes, stay) else 0
                if stale > 0:
                    continue
                held = np.full(len(owner), NOBODY)
                if stay:
                    held[self.heaviest] = owner[self.heaviest]
                owner = self._shared_anew(owner, zones, held, nodes)
        return owner

    def merged(self, one: Ints, other: Ints) -> Ints:
        """Return a plan at least as cheap as the feasible `one` and `other`, keeping what they agree on."""
        total = self.facts.areas.total
        better = one if total(one) <= total(other) else other
        zones = np.unique(np.concatenate([one[one != other], other[one != other]]))
        if not len(zones) or not self.goes_on():
            return better
        return self._shared_anew(better, zones, np.where(one == other, one, NOBODY), MERGE_NODES)

    def _known(self, owner: Ints, zones: Ints, nodes: int, stay: bool) -> bool:
        """Return whether this was tried, and remember it."""
        own = np.where(np.isin(owner, zones), owner, NOBODY)
        mark = own.astype(np.int32).tobytes() + bytes(f"{nodes} {stay}", "ascii")
        known = mark in self._tried
        self._tried.add(mark)
        return known

    def _neighbours(self, owner: Ints, size: int) -> Ints:
        """Return `size` zones that hang together, drawn at random, long common borders more likely."""
        around, count = self.facts.around, len(self.facts.areas.seat)
        here = np.repeat(np.arange(len(owner)), np.diff(around.first_link))
        border = np.zeros((count, count))
        np.add.at(border, (owner[here], owner[around.link]), 1)
        zones = [int(self.random.integers(count))]
        while len(zones) < size:
            weight = border[zones].sum(axis=0)
            weight[zones] = 0
            if not weight.any():
                break
            zones.append(int(self.random.choice(count, p=weight / weight.sum())))
        return np.sort(np.array(zones))

    def _shared_anew(self, owner: Ints, zones: Ints, held: Ints, nodes: int) -> Ints:
        """Return `owner` with the units of `zones` shared anew where that is cheaper."""
        self.programs -= 1
        units = np.flatnonzero(np.isin(owner, zones))
        cutoff = float(self.facts.areas.cost[units, owner[units]].sum()) - LEAST_GAIN
        program = Program(self.facts, units, zones, held=held, keep_going=self.keep_going)
        if not program.relax(rounds=NEAR_ROUNDS) or program.value > cutoff:
            return owner
        program.drop_dearer(cutoff)
        found = program.branch(units, nodes=nodes, gap=EXACT, cutoff=cutoff)
        if found is None:
            return owner
        better: Ints = np.where(found == NOBODY, owner, found)
        return better
