"""The fewest households that must change hands in one neighbourhood, proven.

A plan with few changes is annealed (`planning.change_annealing`). Then it is asked whether one with fewer exists: what
so few changes cannot reach is left out (`planning.change_reach`), a linear programme is told what its answer lacks
(`planning.change_cuts`, `planning.change_groups`), what costs too much is left out of it (`planning.change_narrowing`),
and the rest is branched (`planning.change_tree`). Its bound says what number to ask for next; the first number that is
possible is the fewest.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from planning.cell_state import Ints, Town
from planning.change_annealing import changes, fewer_changes
from planning.change_narrowing import Narrowed
from planning.change_program import NotSolvedError
from planning.change_tree import Found

# Nodes of the search trees of all numbers of changes together.
NODES = 1_000
# After so many a tree is begun anew, with what had been left out.
AGAIN = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """A plan (`owner`), how many households `changed` hands, and `at_least` how many must in every plan."""

    owner: Ints
    changed: int
    at_least: int

    @property
    def proven(self) -> bool:
        """Whether no plan changes fewer."""
        return self.at_least == self.changed


def fewest_changes(
    town: Town, owner: Ints, *, nodes: int = NODES, keep_going: Callable[[], bool] | None = None
) -> Fewest:
    """Return a plan with the fewest changes, or the best found and a bound where the nodes run out.

    Parameters
    ----------
    town
        One neighbourhood, some tens or hundreds of households; `town.current` says who had what, `town.fixed` who must
        stay with the member of `owner`.
    owner
        A plan within the windows, its zones connected.
    nodes
        How large the search trees may grow, all together.
    keep_going
        Asked now and then; where it says no, the best known is returned.
    """
    go_on = keep_going or (lambda: True)
    settled = town._replace(current=np.where(town.fixed, owner, town.current))
    surely = changes(town, settled.current)
    search = _Search(settled, fewer_changes(settled, owner, keep_going=go_on), nodes, go_on)
    # what was proven until a programme was not solved holds
    with suppress(NotSolvedError):
        search.run()
    return Fewest(
        owner=search.owner,
        changed=search.changed + surely,
        at_least=search.at_least + surely,
    )


class _Search:
    """What is known: the best plan, and how many changes every plan has."""

    def __init__(self, town: Town, owner: Ints, nodes: int, keep_going: Callable[[], bool]) -> None:
        self.town, self.owner, self.nodes, self.keep_going = town, owner, nodes, keep_going
        self.at_least = 0

    @property
    def changed(self) -> int:
        return changes(self.town, self.owner)

    def run(self) -> None:
        """Ask for ever more changes, beginning with the bound of one less than known, until a plan has them."""
        most = self.changed - 1
        while self.at_least < self.changed and self.nodes > 0 and self.keep_going():
            narrowed = Narrowed(self.town, most, self.keep_going)
            self.at_least = min(max(self.at_least, narrowed.at_least), self.changed)
            if narrowed.at_least <= most == self.at_least:
                self._branch(narrowed)
            most = self.at_least

    def _branch(self, narrowed: Narrowed) -> None:
        """Look for a plan with as many changes as every plan has; else every plan has one more."""
        narrowed.probe()
        if narrowed.at_least > narrowed.most:
            self.at_least += 1
            return
        found = self._searched(narrowed, min(AGAIN, self.nodes))
        if found.owner is None and not found.ended and self.nodes > 0:
            # where a tree grows and grows, another one is often small (Gomes, Selman & Kautz 1998)
            found = self._searched(Narrowed(self.town, narrowed.most, self.keep_going), self.nodes)
        if found.owner is not None:
            self.owner = found.owner
        elif found.ended:
            self.at_least += 1
        else:
            self.nodes = 0

    def _searched(self, narrowed: Narrowed, nodes: int) -> Found:
        found = narrowed.tree.search(nodes)
        self.nodes -= found.nodes
        return found
