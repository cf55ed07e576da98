"""The fewest households that must change hands in one neighbourhood, proven.

Asked is, for 0, 1, 2, … changes: is there a plan in connected zones, within the windows, with at most so many? What
so few changes cannot reach is left out beforehand (`planning.change_reach`), so small numbers are ruled out at once;
otherwise a linear programme is told what its answer lacks (`planning.change_cuts`), and branched
(`planning.change_tree`). The first number that is possible is the fewest.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.change_cuts import Cuts
from planning.change_program import Row, program
from planning.change_reach import changes_to_reach, seats
from planning.change_tree import Found, Tree

# Nodes of the search trees of all numbers of changes together.
NODES = 150


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
    changed = _changes(town, owner)
    now = np.where(town.fixed, owner, town.current)
    settled = town._replace(current=now)
    surely = _changes(town, now) if town.fixed.any() else 0
    away = changes_to_reach(settled)
    at_least, proving = surely, True
    for most in range(changed - surely):
        if nodes <= 0 or (keep_going is not None and not keep_going()):
            break
        found = _with_at_most(settled, away, most, nodes=nodes, keep_going=keep_going)
        if found.owner is not None:
            changed = _changes(town, found.owner)
            return Fewest(owner=found.owner, changed=changed, at_least=min(at_least, changed))
        nodes -= found.nodes
        proving = proving and found.ended
        at_least += proving
    return Fewest(owner=owner, changed=changed, at_least=at_least)


def _changes(town: Town, owner: Ints) -> int:
    stays = (town.current != NOBODY) & (owner != NOBODY)
    return int((owner[stays] != town.current[stays]).sum())


def _with_at_most(
    town: Town, away: Floats, most: int, *, nodes: int, keep_going: Callable[[], bool] | None
) -> Found:
    """Return a plan with at most so many changes, knowing that none has fewer."""
    kept = seats(town, most)
    possible = _possible(town, away, kept, most)
    asked = program(town, possible, most=most)
    tree = Tree(asked, Cuts(asked, kept), keep_going)
    if not possible.any(axis=1).all() or not tree.possible():
        return Found(None, True, 0)
    changing = np.flatnonzero(asked.changes)
    if len(changing):
        asked.add([Row(columns=changing, values=np.ones(len(changing)), low=float(most))])
    asked.weigh(0.0)
    if tree.ruled_out(nodes):
        return Found(None, True, 0)
    return tree.search(nodes)


def _possible(town: Town, away: Floats, kept: list[Ints], most: int) -> Bools:
    """Return which pairs a plan with at most so many changes may hold, (n, k)."""
    possible: Bools = away <= most
    for member, seat in enumerate(kept):
        if not len(seat):
            possible[:, member] = True
    held = np.flatnonzero(town.fixed)
    possible[held] = False
    possible[held, town.current[held]] = True
    return possible
