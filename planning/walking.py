"""How far members walk to their households along the streets."""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import Series

from geo.joining import NOWHERE, StreetGraph, distances_m
from geo.network import WalkingNetwork
from planning.joined import Joined, joined
from planning.zones import Floats, Ints


def walk_m(
    households: GeoDataFrame, members: GeoDataFrame, owner: Series, network: WalkingNetwork
) -> Series:
    """Return the metres of one way to each household, on the index of `owner`.

    From the member's home, to its street, along the streets, and from there to the house. Where the home is unknown
    or no street leads from it to any of the member's households: from the place in the zone with least walking to
    all of it, on the street. `owner` names the member of each household, indexed by household id; unknown where
    nobody has the household, it has no point, or no street leads to it.
    """
    return walks_on(joined(households, members, network), owner)


def walks_on(ground: Joined, owner: Series) -> Series:
    """Return the metres as `walk_m` does, where it is known already what is joined where."""
    house_node = ground.graph.node.iloc[: len(ground.houses)]
    node = house_node.reindex(owner.index, fill_value=NOWHERE).to_numpy()
    held = np.flatnonzero(owner.notna().to_numpy() & (node != NOWHERE))
    member, _ = pd.factorize(owner.iloc[held])
    ways = _from_homes(ground, owner.iloc[held], node[held])
    lost = np.bincount(member, weights=np.isfinite(ways)) == 0
    for one in np.flatnonzero(lost):
        ways[member == one] = _from_centre(ground.graph, node[held[member == one]])
    found = np.full(len(owner), np.nan)
    away = ground.houses["off_street_m"].reindex(owner.index).to_numpy()[held]
    found[held] = np.where(np.isfinite(ways), ways + away, np.nan)
    return Series(found, index=owner.index)


def _from_homes(ground: Joined, owner: Series, node: Ints) -> Floats:
    """Return the ways to nodes from their owners' homes, infinite where there is none or it is not known."""
    at = ground.doors.index.get_indexer(pd.Index(owner))
    home = np.where(at < 0, NOWHERE, ground.graph.node.to_numpy()[len(ground.houses) + at])
    known = home != NOWHERE
    ways = np.full(len(node), np.inf)
    begins, begin = np.unique(home[known], return_inverse=True)
    ends, end = np.unique(node[known], return_inverse=True)
    if len(begins):
        ways[known] = distances_m(ground.graph, begins, targets=ends)[begin, end]
        ways[known] += ground.doors["off_street_m"].to_numpy()[at[known]]
    return ways


def _from_centre(graph: StreetGraph, nodes: Ints) -> Floats:
    """Return the ways from the node with least walking to all; where streets lie in pieces, to most of them."""
    begins = np.unique(nodes)
    ways = distances_m(graph, begins)[:, nodes]
    unreached = np.isinf(ways).sum(axis=1)
    total = np.where(np.isinf(ways), 0, ways).sum(axis=1)
    best: Floats = ways[np.lexsort([begins, total, unreached])[0]]
    return best
