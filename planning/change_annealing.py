"""A plan with few changes, found quickly: annealing in which windows are soft and a change costs much."""

from collections.abc import Callable

import numpy as np

from planning.cell_repair import made_whole, pieces_of
from planning.cell_search import anneal, cost
from planning.cell_state import NOBODY, SAME_LOAD, Ints, Town

# A change, and a unit of load outside a window, cost as much as so many mean squared ways.
KEEP = 128.0
SOFT = (1.0, 1.5, 0.75)
# The search begins at this share of the price of a change.
WARM = 0.5
STEPS_EACH = 170
TRIES = 24


def changes(town: Town, owner: Ints) -> int:
    """Return how many households that were with a member who stays are with another."""
    stays = (town.current != NOBODY) & (owner != NOBODY)
    return int((owner[stays] != town.current[stays]).sum())


def holds(town: Town, owner: Ints) -> bool:
    """Return whether every zone is in one piece and within its window, and fixed households are kept."""
    load = np.bincount(owner, weights=town.load, minlength=len(town.low))
    pieces = len(np.unique(pieces_of(town, owner)))
    return bool(
        pieces == len(np.unique(owner))
        and (load >= town.low - SAME_LOAD).all()
        and (load <= town.high + SAME_LOAD).all()
        and (owner[town.fixed] == town.current[town.fixed]).all()
    )


def fewer_changes(
    town: Town,
    owner: Ints,
    *,
    tries: int = TRIES,
    keep_going: Callable[[], bool] | None = None,
) -> Ints:
    """Return the plan with the fewest changes of several annealings begun at `owner`, which may be the best itself.

    Parameters
    ----------
    town
        `town.current` says who had what; those `town.fixed` are where `owner` has them. Its price of changes is not
        used.
    owner
        A plan within the windows, its zones connected.
    """
    best = owner
    for seed in range(tries):
        if not changes(town, best) or (keep_going is not None and not keep_going()):
            break
        found = annealed(town, owner, soft=SOFT[seed % len(SOFT)], seed=seed)
        if changes(town, found) < changes(town, best) and holds(town, found):
            best = found
    return best


def annealed(town: Town, owner: Ints, *, soft: float, seed: int) -> Ints:
    """Return `owner` annealed; a unit of load outside a window costs `soft` changes at first."""
    zones = made_whole(town, owner)
    price = KEEP * cost(town, zones) / len(owner)
    dear = town._replace(keep=price)
    steps = STEPS_EACH * len(owner)
    unit = max(float(np.median(town.load)), SAME_LOAD)
    anneal(dear, zones, steps=steps, seed=seed, warm=WARM * price, soft=soft * price / unit)
    found: Ints = zones.owner
    return found
