"""Whether zones hold together on the streets: the judge of a plan, apart from the solver that makes it."""

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, Series
from scipy.sparse.csgraph import connected_components

from geo.joining import NOWHERE, StreetGraph, join, places, set_in
from geo.network import WalkingNetwork


def disconnected_zones(
    households: GeoDataFrame,
    assignment: DataFrame,
    network: WalkingNetwork,
    *,
    joins: DataFrame | None = None,
) -> list[str]:
    """Return the members whose households cannot all be reached from one another, in the order of their ids.

    One walks along the streets of `network` and may pass junctions, and places where one of the member's own households
    joins, nobody's, or none of `households`; not those where only others' join. Joining points within 2 m of the
    next on one stretch are one place. Households without a point or a street are left out.

    Parameters
    ----------
    households
        Those of one neighbourhood: `household_id` and geometry.
    assignment
        `household_id`, `member_id`, in any order; other households are left out.
    joins
        Where the households join the network, by household id, where that is known already.
    """
    shared = assignment[assignment["member_id"].notna()]
    owner = Series(shared["member_id"].to_numpy(), index=shared["household_id"].to_numpy())
    if joins is None:
        joins = join(households.geometry.set_axis(households["household_id"]), network)
    joins = joins[joins.index.isin(owner.index) & (joins["stretch"] != NOWHERE)].sort_index()
    graph = set_in(joins, network)
    seen = DataFrame(
        {"member": owner[joins.index], "place": places(joins), "node": graph.node},
        index=joins.index,
    )
    closed = seen[~graph.junction[seen["node"]]]
    return [
        str(member)
        for member, own in seen.groupby("member", sort=True)
        if _apart(graph, own["node"], closed["node"][~closed["place"].isin(own["place"])])
    ]


def _apart(graph: StreetGraph, own: Series, blocked: Series) -> bool:
    """Return whether `own` nodes lie in more than one piece once `blocked` ones, which others hold, are taken away."""
    open_ = np.ones(graph.lengths_mm.shape[0], dtype=bool)
    open_[blocked.to_numpy()] = False
    open_[own.to_numpy()] = True
    ways = graph.lengths_mm[open_][:, open_]
    piece = connected_components(ways, directed=False)[1]
    number = open_.cumsum() - 1
    return len(np.unique(piece[number[own.to_numpy()]])) > 1
