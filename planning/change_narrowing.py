"""The programme of few changes made narrow: pairs that cost too much are left out, and what surely stays is a seat."""

from collections.abc import Callable

import numpy as np

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.change_cuts import Cuts
from planning.change_doors import patches_of
from planning.change_groups import taking
from planning.change_program import COMPACT, SLACK, Row, program
from planning.change_reach import changes_to, changes_to_reach, seats
from planning.change_tree import Tree

# Narrowing again is worth it where so many pairs went.
WORTH = 20


class Narrowed:
    """The tree of plans with at most `most` changes; `at_least` is proven, and above `most` where there are none."""

    def __init__(self, town: Town, most: int, keep_going: Callable[[], bool]) -> None:
        self.town, self.most, self.keep_going = town, most, keep_going
        self.at_least = 0
        self.possible = _reached(town, np.ones((len(town.x), len(town.low)), dtype=bool), most)
        self.tree = self._rooted()
        before = -1
        while self.at_least <= most and keep_going() and before - self._open() != 0:
            before = self._open()
            self._price()
            if before - self._open() < WORTH:
                break
            if self.at_least <= most:
                self.tree = self._rooted()

    def _open(self) -> int:
        return int(self.possible.sum())

    def _rooted(self) -> Tree:
        """Return the tree of the pairs there are, its root settled."""
        only = self.possible.sum(axis=1) == 1
        kept = seats(self.town, only, self.most)
        asked = program(self.town, self.possible, most=self.most, keep_going=self.keep_going)
        asked.add(taking(asked, kept))
        tree = Tree(asked, Cuts(asked, kept), self.most, self.keep_going)
        if not self.possible.any(axis=1).all() or tree.settled() is None:
            self.at_least = self.most + 1
        return tree

    def _price(self) -> None:
        """Leave out the pairs that reduced costs rule out, and learn the bound."""
        asked = self.tree.asked
        asked.weigh(0.0)
        if asked.solved() is None:
            self.at_least = self.most + 1
            return
        self.at_least = max(self.at_least, int(np.ceil(asked.cost() - 10 * SLACK)))
        none, one = asked.dear(self.most)
        asked.weigh(COMPACT)
        self.possible[asked.unit[none], asked.member[none]] = False
        sure: Bools = np.zeros_like(self.possible)
        sure[asked.unit[one], asked.member[one]] = True
        self.possible &= sure | ~sure.any(axis=1, keepdims=True)
        self.possible = _reached(self.town, self.possible, self.most)

    def probe(self) -> None:
        """Leave out what lies so deep in others' households that no answer, even in parts, has a member there."""
        before, members = self._open(), range(len(self.town.low))
        held = [np.flatnonzero(self.town.current == one) for one in members]
        for member in members:
            away = changes_to(self.town, self.town.current == member)
            for part in (*held, *patches_of(self.town)):
                if not self.keep_going():
                    return
                there = self.possible[part, member] & (away[part] > 0) & np.isfinite(away[part])
                self._shallow(part[there], away, member)
        if before - self._open() >= WORTH:
            self.possible = _reached(self.town, self.possible, self.most)
            self.tree = self._rooted()

    def _shallow(self, part: Ints, away: Floats, member: int) -> None:
        """Find by halves how deep in a part a member can have a household; leave out what lies deeper."""
        depths = np.unique(away[part])
        known, deepest = 0, len(depths)
        while known < deepest:
            middle = (known + deepest) // 2
            if self.tree.asked.possible_with(self._reaching(part, away, depths[middle], member)):
                known = middle + 1
            else:
                deepest = middle
        if known < len(depths):
            self.possible[part[away[part] >= depths[known]], member] = False

    def _reaching(self, part: Ints, away: Floats, depth: float, member: int) -> list[Row]:
        """Return rows: a member has some of a part so deep, and so something at every depth before."""
        others = (self.town.current != NOBODY) & (self.town.current != member)
        before = [np.flatnonzero(others & (away == step)) for step in range(1, int(depth))]
        deep = part[away[part] >= depth]
        return [self.tree.asked.some(units, member) for units in (deep, *before)]


def _reached(town: Town, possible: Bools, most: int) -> Bools:
    """Return the pairs that a plan with at most `most` changes can hold, as far as ways over others tell."""
    stays = town.current != NOBODY
    kept = town.fixed | (stays & (possible.sum(axis=1) == 1))
    away = changes_to_reach(town._replace(fixed=kept))
    near: Bools = possible & (away <= most)
    for member in np.flatnonzero(np.bincount(town.current[stays], minlength=len(town.low)) <= most):
        near[:, member] = possible[:, member]
    held = np.flatnonzero(town.fixed)
    near[held] = False
    near[held, town.current[held]] = True
    return near
