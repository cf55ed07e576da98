"""Made-up towns of several shapes, for benchmarks that must not depend on one file: points, minutes, windows."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# A household has about so much ground, m².
GROUND_M2 = 325.0
BLOCK_M = 90.0
FLATS = 12


def town(shape: str, count: int, *, seed: int) -> Floats:
    """Return the points (count, 2) in metres of a made-up town of one of `SHAPES`."""
    rng = np.random.default_rng([seed, count, list(SHAPES).index(shape)])
    return SHAPES[shape](rng, count)


def weights(count: int, *, seed: int) -> Floats:
    """Return whole minutes from 1 to 5."""
    return np.random.default_rng([seed, count, 5]).integers(1, 6, size=count).astype(float)


def windows(load: Floats, members: int, balance: float) -> tuple[Floats, Floats]:
    """Return the least and the greatest load of each member: the mean, less and more by the share `balance`."""
    mean = load.sum() / members
    return np.full(members, mean * (1 - balance)), np.full(members, mean * (1 + balance))


def _even(rng: np.random.Generator, count: int) -> Floats:
    points: Floats = rng.random((count, 2)) * np.sqrt(count * GROUND_M2)
    return points


def _hamlets(rng: np.random.Generator, count: int) -> Floats:
    """Clusters of unlike size with empty ground between them."""
    side = np.sqrt(count * GROUND_M2)
    hamlets = max(3, count // 120)
    at, wide = rng.random((hamlets, 2)) * side, rng.uniform(30, 120, hamlets)
    own = rng.choice(hamlets, size=count, p=rng.dirichlet(np.full(hamlets, 3.0)))
    points: Floats = at[own] + rng.normal(size=(count, 2)) * wide[own, None]
    return points


def _streets(rng: np.random.Generator, count: int) -> Floats:
    """Houses on both sides of streets that cross, turned a little."""
    side = np.sqrt(count * GROUND_M2)
    along = rng.random(count) * side
    street = rng.integers(max(2, int(side / BLOCK_M)), size=count) * BLOCK_M
    across = street + rng.choice([-6.0, 6.0], size=count) + rng.normal(size=count)
    flip = rng.integers(2, size=count) == 1
    points = np.where(flip[:, None], np.c_[along, across], np.c_[across, along])
    turned: Floats = points @ np.array([[0.94, 0.34], [-0.34, 0.94]])
    return turned


def _centre(rng: np.random.Generator, count: int) -> Floats:
    """Dense in the middle, thin outside, a river across."""
    far = np.sqrt(count * GROUND_M2) * rng.exponential(0.4, count)
    turn = rng.uniform(0, 2 * np.pi, count)
    x, y = far * np.cos(turn), far * np.sin(turn)
    return np.stack([x, y + np.where(y > 0.1 * x, 60.0, -60.0)], axis=1)


def _flats(rng: np.random.Generator, count: int) -> Floats:
    """Houses, and buildings whose flats share one point."""
    points = _even(rng, count)
    tall = count // (4 * FLATS)
    points[: tall * FLATS] = np.repeat(points[:tall], FLATS, axis=0)
    return points


SHAPES: dict[str, Callable[[np.random.Generator, int], Floats]] = {
    "even": _even,
    "hamlets": _hamlets,
    "streets": _streets,
    "centre": _centre,
    "flats": _flats,
}
