"""Where a neighbourhood's households and members join the streets, worked out once for all who ask."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.joining import StreetGraph, join, set_in
from geo.network import WalkingNetwork


@dataclass(frozen=True, kw_only=True)
class Joined:
    """`houses` by household id and `doors` by member id, each in that order, as `geo.joining.join` returns them."""

    network: WalkingNetwork
    houses: DataFrame
    doors: DataFrame

    @cached_property
    def graph(self) -> StreetGraph:
        """The network with the houses set in, and after them the doors."""
        return set_in(pd.concat([self.houses, self.doors]), self.network)


def joined(households: GeoDataFrame, members: GeoDataFrame, network: WalkingNetwork) -> Joined:
    """Return where households and members' homes join the network; the order of rows does not matter."""
    houses = households.geometry.set_axis(households["household_id"]).sort_index()
    doors = members.geometry.set_axis(members["member_id"]).sort_index()
    return Joined(network=network, houses=join(houses, network), doors=join(doors, network))
