"""Colours for people with any colour vision, and a colouring in which neighbours differ."""

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.crs import to_metric

# Okabe and Ito, "Color Universal Design" (2008).
VERMILION = "#D55E00"
BLUE = "#0072B2"
PURPLE = "#CC79A7"
GREEN = "#009E73"
ORANGE = "#E69F00"

# Seen on white and on near-black alike.
GREY = "#8A8A8A"
DARK_GREY = "#6B6B6B"

# Paul Tol's "muted" scheme (Colour Schemes, SRON/EPS/TN/09-002): nine colours that stay distinct
# for every colour vision.
ZONE_COLORS = (
    "#332288",
    "#DDCC77",
    "#117733",
    "#CC6677",
    "#88CCEE",
    "#882255",
    "#44AA99",
    "#999933",
    "#AA4499",
)

# Zones closer than this are seen as neighbours, even with a lane or a canal between them.
NEIGHBOUR_M = 12.0


def colors_of_neighbours(zones: GeoDataFrame) -> pd.Series:
    """Give each zone a colour that none beside it has, all colours used about equally often.

    Greedy, the zone with most neighbours first; a zone with more neighbours than there are colours
    takes the colour fewest of them have. The same zones in the same order get the same colours.
    """
    beside = _neighbours(zones)
    chosen = np.full(len(zones), -1)
    used = np.zeros(len(ZONE_COLORS), dtype=int)
    for zone in sorted(range(len(zones)), key=lambda one: (-len(beside[one]), one)):
        taken = chosen[beside[zone]]
        clashes = np.bincount(taken[taken >= 0], minlength=len(ZONE_COLORS))
        chosen[zone] = np.lexsort((used, clashes))[0]
        used[chosen[zone]] += 1
    return pd.Series([ZONE_COLORS[color] for color in chosen], index=zones.index, dtype=str)


def _neighbours(zones: GeoDataFrame) -> list[np.ndarray]:
    """Return for each zone the positions of those beside it."""
    if zones.empty:
        return []
    shapes = to_metric(zones).geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEIGHBOUR_M)
    apart = one != other
    return [other[apart & (one == zone)] for zone in range(len(shapes))]
