"""Process CPU seconds, and the reference loop that lets two machines, or two moments of one, be compared."""

from collections.abc import Callable
from time import process_time
from typing import TypeVar

Found = TypeVar("Found")

REFERENCE_LOOPS = 20_000_000


def timed(act: Callable[[], Found]) -> tuple[Found, float]:
    """Return what `act` returns, and the process CPU seconds it took."""
    begun = process_time()
    found = act()
    return found, process_time() - begun


def reference_s() -> float:
    """Return the CPU seconds of adding up twenty million numbers in plain Python."""
    total = 0
    begun = process_time()
    for number in range(REFERENCE_LOOPS):
        total += number
    return process_time() - begun
