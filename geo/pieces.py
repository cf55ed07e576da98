"""In how many pieces the walking network lies, and which houses cannot be reached because of it."""

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame, Series

from geo.joining import NOWHERE, join
from geo.network import WalkingNetwork

# Why a house cannot be reached, the first that applies.
NO_STREET = "no_street"
ACROSS = "across_barrier"
CUT_OFF = "cut_off"

Ints = NDArray[np.int64]


def street_pieces(houses: GeoSeries, network: WalkingNetwork, *, reach_m: float) -> GeoDataFrame:
    """Return the pieces the network lies in, those with most houses first, then the longest; there should be one.

    Columns: `piece` (0, 1, … in this order), `stretches`, `length_m`, `houses` that join it within `reach_m`;
    the geometry is its streets, in the coordinate system of the network.
    """
    joins = join(houses, network)
    piece = _piece_of_stretch(joins, network, reach_m)
    near = joins["stretch"][joins["off_street_m"] <= reach_m].to_numpy(dtype=np.int64)
    count = network.components
    found = {
        "piece": np.arange(count),
        "stretches": np.bincount(piece, minlength=count),
        "length_m": np.bincount(piece, weights=network.lengths_m, minlength=count),
        "houses": np.bincount(piece[near], minlength=count),
    }
    drawn = [shapely.multilinestrings(network.lines[piece == one]) for one in range(count)]
    return GeoDataFrame(found, geometry=GeoSeries(drawn, crs=network.crs))


def unreachable(houses: GeoSeries, network: WalkingNetwork, *, reach_m: float) -> GeoDataFrame:
    """Return the located houses that most others cannot walk to, and why, in the order of `houses`.

    Columns: `why` (`no_street`: none within `reach_m`; `across_barrier`: none on their own side of a barrier;
    `cut_off`: their street is not joined to those of most houses), `piece` (as `street_pieces` numbers them, -1 without
    a street) and `off_street_m`; on the index of `houses`, the points as they came.
    """
    joins = join(houses, network)
    located = ~(houses.isna() | houses.is_empty)
    stretch = joins["stretch"].to_numpy(dtype=np.int64)
    piece = Series(NOWHERE, index=houses.index)
    joined = stretch != NOWHERE
    piece[joined] = _piece_of_stretch(joins, network, reach_m)[stretch[joined]]
    why = Series(None, index=houses.index, dtype="object")
    why[piece > 0] = CUT_OFF
    why[joins["across"]] = ACROSS
    why[~(joins["off_street_m"] <= reach_m)] = NO_STREET
    rows = GeoDataFrame(
        {"why": why, "piece": piece, "off_street_m": joins["off_street_m"]}, geometry=houses
    )
    return rows[located & why.notna()]


def _piece_of_stretch(joins: DataFrame, network: WalkingNetwork, reach_m: float) -> Ints:
    """Return the piece of each stretch: 0 is the one with most houses, of equals the longest."""
    found = network.piece_of_node[network.starts]
    near = joins["stretch"][joins["off_street_m"] <= reach_m].to_numpy(dtype=np.int64)
    houses = np.bincount(found[near], minlength=network.components)
    length = np.bincount(found, weights=network.lengths_m, minlength=network.components)
    rank = np.empty(network.components, dtype=np.int64)
    rank[np.lexsort([-length, -houses])] = np.arange(network.components)
    return rank[found]
