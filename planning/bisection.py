"""A first sharing of the plane: halved along its longer side again and again (Berger & Bokhari 1987)."""

import numpy as np
import numpy.typing as npt

from planning.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def bisected(xy_m: Floats, load: Floats, share: Floats, *, turn: float = 0.0) -> Ints:
    """Return the zone of each point; zone j gets about `share[j]` of the load, to within a point or so a cut.

    `turn` is the angle in radians by which the plane is turned before it is cut.
    """
    c, s = np.cos(turn), np.sin(turn)
    x, y = xy_m[:, 0] * c - xy_m[:, 1] * s, xy_m[:, 0] * s + xy_m[:, 1] * c
    return _bisect(x, y, load, np.concatenate([[0.0], np.cumsum(share)]))


@compiled
def _bisect(x: Floats, y: Floats, load: Floats, upto: Floats) -> Ints:
    """Return the zone of each point, given the running sum of shares from 0 (k + 1)."""
    count, members = len(x), len(upto) - 1
    order = np.arange(count)
    zone = np.zeros(count, dtype=np.int64)
    # a part: first and last place in `order`, first and last member
    parts = np.zeros((2 * members + 2, 4), dtype=np.int64)
    parts[0] = np.array([0, count, 0, members])
    left = 1
    while left > 0:
        left -= 1
        a, b, i, j = parts[left]
        own = order[a:b].copy()
        if j - i == 1:
            zone[own] = i
            continue
        px, py = x[own], y[own]
        wide = len(own) > 0 and np.ptp(px) >= np.ptp(py)
        own = own[np.argsort(px if wide else py, kind="mergesort")]
        order[a:b] = own
        half = (i + j) // 2
        wanted = load[own].sum() * (upto[half] - upto[i]) / (upto[j] - upto[i])
        cut = a + _cut(load[own], wanted)
        # every member gets a point where there are enough
        cut = max(min(cut, b - (j - half)), a + (half - i)) if b - a >= j - i else cut
        parts[left] = np.array([a, cut, i, half])
        parts[left + 1] = np.array([cut, b, half, j])
        left += 2
    return zone


@compiled
def _cut(load: Floats, wanted: float) -> int:
    """Return how many of the points, taken in order, come closest to the wanted load."""
    done = 0.0
    for at in range(len(load)):
        if done + load[at] / 2 >= wanted:
            return at
        done += load[at]
    return len(load)
