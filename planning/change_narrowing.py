"""The programme of few changes made narrow: pairs that cost too much are left out, and what surely stays is a seat."""

from collections.abc import Callable

import numpy as np

from planning.cell_state import NOBODY, Bools, Town
from planning.change_cuts import Cuts
from planning.change_groups import taking
from planning.change_program import COMPACT, SLACK, program
from planning.change_reach import changes_to_reach, seats
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
