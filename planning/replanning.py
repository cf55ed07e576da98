"""Zones after the team or the households changed: windows met again with few households changing hands.

*Staying households* are those that were with a member who stays and are still there; one of them *changes hands* where
it is with another member afterwards. Households of members who left, and households that appeared, do not count.
"""

from collections.abc import Callable

import numpy as np

from planning.cell_chains import chained
from planning.cell_state import NOBODY, Floats, Ints, begin
from planning.cells import CellFigures, figures, share_on_plane, town_of
from planning.triangulated import Links, neighbour_graph

# Changing hands costs as much as so many times the usual way to a zone's centre, squared.
KEEP_WAYS = 8.0


def share_again(
    xy_m: Floats,
    load: Floats,
    low: Floats,
    high: Floats,
    *,
    current: Ints,
    keep_m: float | None = None,
    seed: int = 0,
    steps: int | None = None,
    links: Links | None = None,
    locked: Ints | None = None,
    keep_going: Callable[[], bool] | None = None,
) -> tuple[Ints, CellFigures]:
    """Share households again, beginning with who had them; parameters as of `planning.cells.share_on_plane`.

    Parameters
    ----------
    current
        (n,), the number of the member who stays and had the household, `NOBODY` for those of members who left and
        for new ones.
    keep_m
        The price of changing hands; None: so high that few do. At 0 zones begin as they were and become compact.
    """
    price = usual_way_m(xy_m, current) * KEEP_WAYS if keep_m is None else keep_m
    around = links or neighbour_graph(xy_m)
    owner, said = share_on_plane(
        xy_m,
        load,
        low,
        high,
        seed=seed,
        steps=steps,
        links=around,
        current=current,
        keep_m=price,
        locked=locked,
        keep_going=keep_going,
    )
    if not said.members_outside:
        return owner, said
    fixed = None if locked is None else np.asarray(locked) != NOBODY
    town = town_of(xy_m, load, low, high, links=around, current=current, keep_m=price, fixed=fixed)
    zones = begin(town, owner)
    chained(town, zones)
    return zones.owner, figures(town, zones)


def usual_way_m(xy_m: Floats, current: Ints) -> float:
    """Return the root of the mean squared distance of households to the middle of the zone they were in."""
    had = current != NOBODY
    if not had.any():
        return 0.0
    own = current[had]
    size = np.maximum(np.bincount(own), 1)
    middle = np.stack([np.bincount(own, xy_m[had, axis]) / size for axis in (0, 1)], axis=1)
    return float(np.sqrt(((xy_m[had] - middle[own]) ** 2).sum(axis=1).mean()))


def changed_hands(current: Ints, owner: Ints) -> tuple[int, int]:
    """Return how many staying households changed hands, and how many staying households there are."""
    stays = current != NOBODY
    return int((owner[stays] != current[stays]).sum()), int(stays.sum())
