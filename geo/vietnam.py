"""How far Vietnam reaches, in degrees: mainland and islands, Hoàng Sa and Trường Sa included."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

WEST, SOUTH, EAST, NORTH = 102.0, 6.5, 117.5, 23.5
# One degree of the equator; of a meridian in Vietnam, a little less: lengths made of it are upper bounds.
METRES_A_DEGREE = 111_320.0


def in_vietnam(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.bool_]:
    """Return which places may be in Vietnam; NaN is nowhere.

    No latitude of Vietnam is one of its longitudes, so at most one order of two numbers is in Vietnam.
    """
    lats, lons = np.asarray(lat), np.asarray(lon)
    return np.asarray((lats >= SOUTH) & (lats <= NORTH) & (lons >= WEST) & (lons <= EAST))


def is_in_vietnam(lat: float, lon: float) -> bool:
    """Return whether one place may be in Vietnam."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST
