"""Random numbers inside compiled code: the same from the same state, on every machine."""

import numpy as np
from numpy.typing import NDArray

from planning.compiled import inlined

Random = NDArray[np.uint64]


@inlined
def advance(random: Random) -> int:
    """Move the state (1,), never 0, on; return 64 bits (xorshift64*: Vigna, ACM Trans. Math. Softw. 42, 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    bits: int = x * np.uint64(2685821657736338717)
    return bits


@inlined
def draw(random: Random) -> float:
    """Return a number from 0 to below 1."""
    return float(advance(random) >> np.uint64(11)) / 9007199254740992.0


@inlined
def pick(random: Random, among: int) -> int:
    """Return a whole number from 0 to below `among`."""
    return int(draw(random) * among)


@inlined
def drawn(random: Random) -> int:
    """Return a whole number of 31 bits."""
    number: int = np.int64(advance(random) >> np.uint64(33))  # type: ignore[assignment]
    return number
