"""Coordinates in few bytes: two 16-bit numbers a place where that is true to the metre, else two floats.

A box is cut into 65,535 steps each way. A place outside of it, as one with latitude and longitude exchanged, is told
apart; where many are, or where a step is longer than a metre, 32-bit floats relative to the corner take over, which
keep a place within centimetres over a whole province.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 65_535
# At most, of one step: a place is then off by half the diagonal of a step, 0.71 m, at most.
LONGEST_STEP_M = 1.0
METRES_A_DEGREE = 111_320.0
# Around what is looked at first, so that a household just outside is no exception; and at least about 20 km in all.
WIDER = 0.1
LEAST_SPAN = 0.18
MOST_FAR = 0.01

Box = tuple[float, float, float, float]
Places = NDArray[np.float64]


def coded(places: Places, box: Box) -> tuple[NDArray[Any], dict[str, Any]]:
    """Return the numbers that stand for places (longitude, latitude), and what a reader needs to know.

    `box` is west, south, east, north of what is looked at first. The answer has one row a place; the description has
    `bits` (16 or 32), `from` and, for 16 bits, `step` in degrees and `far`: row, longitude, latitude of each place
    that lies outside.
    """
    corner, step = _steps(box)
    numbers = np.rint((places - corner) / step)
    outside = np.any((numbers < 0) | (numbers > STEPS), axis=1)
    too_long = (step * METRES_A_DEGREE).max() > LONGEST_STEP_M
    if too_long or outside.sum() > 1 + MOST_FAR * len(places):
        told = {"bits": 32, "from": corner.tolist()}
        return (places - corner).astype(np.float32), told
    far = [[int(row), *places[row].tolist()] for row in np.flatnonzero(outside)]
    told = {"bits": 16, "from": corner.tolist(), "step": step.tolist(), "far": far}
    return np.where(outside[:, np.newaxis], 0, numbers).astype(np.uint16), told


def decoded(numbers: NDArray[Any], told: dict[str, Any]) -> Places:
    """Return the places that numbers stand for, as a browser reads them."""
    corner = np.array(told["from"])
    if told["bits"] == 16:  # noqa: PLR2004
        places: Places = corner + numbers.astype(np.float64) * np.array(told["step"])
        for row, *place in told["far"]:
            places[row] = place
        return places
    return corner + numbers.astype(np.float64)


def _steps(box: Box) -> tuple[Places, Places]:
    """Return the corner of a somewhat wider box, and the length of a step each way."""
    low, high = np.array(box[:2]), np.array(box[2:])
    span = np.maximum((1 + 2 * WIDER) * (high - low), LEAST_SPAN)
    return (low + high - span) / 2, span / STEPS
