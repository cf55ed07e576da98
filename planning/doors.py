"""How far it is from door to door, along the streets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray

from geo.joining import MM_PER_M, NOWHERE, distances_m, join, set_in
from geo.network import WalkingNetwork

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The ways between a home and houses: `reached` says which of n houses one can walk between.

    `walk_mm` is (m + 1, m + 1) whole millimetres between the home (0) and the m houses that are reached, in their
    order; zeros from and to the home where it is unknown or no street leads from it to them.
    """

    walk_mm: Ints
    reached: Bools


def walks_between(houses: GeoSeries, home: GeoSeries, network: WalkingNetwork) -> Doors:
    """Return the ways between the doors of `houses` and of `home`, of one row, both in the same coordinate system.

    From door to street, along the streets, and from there to the other door; between doors at one point of a street,
    straight. Of houses that no street joins, most are kept: those the home is joined with, else the largest group.
    """
    doors = pd.concat([home, houses], ignore_index=True)
    joins = join(doors, network)
    graph = set_in(joins, network)
    node = graph.node.to_numpy(dtype=np.int64)
    kept = _kept(joins["stretch"].to_numpy(dtype=np.int64), network)
    seat = np.flatnonzero(kept)
    away = joins["off_street_m"].to_numpy()[seat]
    along = distances_m(graph, node[seat], targets=node[seat])
    spots = shapely.get_coordinates(doors.to_crs(network.crs).to_numpy()[seat])
    straight = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    walk = np.where(along > 0, along + away[:, None] + away[None], straight)
    whole = np.zeros((1 + kept[1:].sum(),) * 2, dtype=np.int64)
    first = 0 if kept[0] else 1
    whole[first:, first:] = np.round(walk * MM_PER_M)
    return Doors(walk_mm=whole, reached=kept[1:])


def _kept(stretch: Ints, network: WalkingNetwork) -> Bools:
    """Return which doors are taken, the home's first: those on the home's piece of the network, else on the largest."""
    piece = np.full(len(stretch), NOWHERE)
    joined = stretch != NOWHERE
    piece[joined] = network.piece_of_node[network.starts[stretch[joined]]]
    houses = piece[1:][joined[1:]]
    if not len(houses):
        return np.zeros(len(stretch), dtype=bool)
    chosen = piece[0] if piece[0] in houses else np.bincount(houses).argmax()
    kept: Bools = piece == chosen
    return kept
