"""How far members walk to their households along the streets."""

import numpy as np
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
    houses, homes, graph = ground.houses, ground.doors, ground.graph
    house_node = graph.node.iloc[: len(houses)].reindex(owner.index, fill_value=NOWHERE)
    home_node = graph.node.iloc[len(houses) :]
    away = houses["off_street_m"].reindex(owner.index)
    found = Series(np.nan, index=owner.index)
    reached = owner[owner.notna() & (house_node != NOWHERE)]
    for member, own in reached.groupby(reached, sort=True):
        nodes = house_node[own.index].to_numpy()
        home = int(home_node.get(member, NOWHERE))
        begin = homes["off_street_m"].get(member, np.nan)
        ways = _from_home(graph, home, nodes) + begin
        if not np.isfinite(ways).any():
            ways = _from_centre(graph, nodes)
        found[own.index] = np.where(np.isfinite(ways), ways + away[own.index], np.nan)
    return found


def _from_home(graph: StreetGraph, home: int, nodes: Ints) -> Floats:
    if home == NOWHERE:
        return np.full(len(nodes), np.inf)
    ways: Floats = distances_m(graph, np.array([home]))[0, nodes]
    return ways


def _from_centre(graph: StreetGraph, nodes: Ints) -> Floats:
    """Return the ways from the node with least walking to all; where streets lie in pieces, to most of them."""
    begins = np.unique(nodes)
    ways = distances_m(graph, begins)[:, nodes]
    unreached = np.isinf(ways).sum(axis=1)
    total = np.where(np.isinf(ways), 0, ways).sum(axis=1)
    best: Floats = ways[np.lexsort([begins, total, unreached])[0]]
    return best
