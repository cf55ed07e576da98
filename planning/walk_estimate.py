"""What walking a neighbourhood would come to, before any plan is made: an estimate.

The houses are shared among the homes at least distance along the streets, each home within a tenth of an equal share (a
transportation problem), as if households could be divided and zones needed no shape. Where no street leads, straight
metres count, stretched by `DETOUR`. Members whose homes nobody knows walk from the middle of their share, as plans
measure it; at first each stands at the house farthest from all others, then sharing and middles alternate.
"""

import math

import numpy as np
from geopandas import GeoDataFrame
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack
from scipy.spatial.distance import cdist
from shapely import points

from geo.joining import NOWHERE, distances_m, join, set_in
from geo.network import WalkingNetwork
from geo.placing import located
from planning.zones import Floats, Ints

# Ways along streets and alleys against straight lines, where nothing better is known: a common finding for cities.
DETOUR = 1.3
# So many houses stand for all of a neighbourhood, and so far may a share be from an equal one.
HOUSES = 150
BALANCE = 0.1
# So often sharing and middles alternate where homes are unknown.
ROUNDS = 3
# What is below is noise of the last digits.
SOME = 1e-9


def mean_walk_m(households: GeoDataFrame, people: GeoDataFrame, network: WalkingNetwork) -> float:
    """Return the mean metres one way from a member's home to a household; NaN where there is nothing to measure.

    Parameters
    ----------
    households
        Of one neighbourhood; those without a point are left out.
    people
        Its members; whose homes are unknown, are alike.
    """
    known = households[located(households.geometry)].sort_values("household_id")
    if known.empty or not len(people):
        return math.nan
    houses = _metres(known, network)[_evenly(len(known))]
    homes = _metres(people[located(people.geometry)], network)
    at_home = len(homes)
    homes = _with_strangers(homes[np.lexsort(homes.T)], houses, len(people))
    total, share = _shared(_away_m(houses, homes, network))
    for _ in range(ROUNDS if at_home < len(homes) else 0):
        homes[at_home:] = _middles(houses, share)[at_home:]
        total, share = _shared(_away_m(houses, homes, network))
    return total / len(houses)


def _metres(frame: GeoDataFrame, network: WalkingNetwork) -> Floats:
    spots = frame.geometry.to_crs(network.crs)
    return np.column_stack([spots.x, spots.y])


def _evenly(count: int) -> Ints:
    """Return which rows stand for all: so many, evenly through the list."""
    return np.unique(np.linspace(0, count - 1, min(count, HOUSES)).astype(np.int64))


def _with_strangers(homes: Floats, houses: Floats, count: int) -> Floats:
    """Return `count` homes: the known ones, then houses that are farthest from all homes so far."""
    spots = list(homes)
    middle = houses.mean(axis=0)
    while len(spots) < count:
        begin = np.array(spots) if spots else middle[None]
        near = cdist(houses, begin).min(axis=1)
        spots.append(houses[int(near.argmax() if spots else near.argmin())])
    return np.array(spots)


def _away_m(houses: Floats, homes: Floats, network: WalkingNetwork) -> Floats:
    """Return the metres from each house to each home, along the streets where they lead there."""
    straight = DETOUR * cdist(houses, homes)
    spots = GeoDataFrame(geometry=points(np.vstack([houses, homes])), crs=network.crs).geometry
    joins = join(spots, network)
    graph = set_in(joins, network)
    node, off = graph.node.to_numpy(), joins["off_street_m"].to_numpy()
    found = straight.copy()
    for column in np.flatnonzero(node[len(houses) :] != NOWHERE):
        begin = len(houses) + int(column)
        ways = distances_m(graph, node[[begin]])[0, node[: len(houses)]]
        ways = np.where(node[: len(houses)] == NOWHERE, np.inf, ways + off[begin])
        ways += off[: len(houses)]
        found[:, column] = np.where(np.isfinite(ways), ways, straight[:, column])
    return found


def _middles(houses: Floats, share: Floats) -> Floats:
    """Return the house nearest to the mean of what each home has."""
    held = np.maximum(share.sum(axis=0), SOME)[:, None]
    nearest: Floats = houses[cdist(share.T @ houses / held, houses).argmin(axis=1)]
    return nearest


def _shared(away: Floats) -> tuple[float, Floats]:
    """Return the least total distance of sharing the rows among the columns in near-equal parts, and the parts."""
    rows, columns = away.shape
    cell = np.arange(away.size)
    ones = np.ones(away.size)
    each = coo_array((ones, (cell // columns, cell)), (rows, away.size))
    held = coo_array((ones, (cell % columns, cell)), (columns, away.size))
    fair = rows / columns
    found = linprog(  # type: ignore[call-overload]
        away.ravel(),
        A_ub=vstack([held, -held]).tocsr(),
        b_ub=np.r_[np.full(columns, fair * (1 + BALANCE)), np.full(columns, fair * (BALANCE - 1))],
        A_eq=each.tocsr(),
        b_eq=np.ones(rows),
        method="highs-ds",
    )
    return float(found.fun), found.x.reshape(away.shape)
