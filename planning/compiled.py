"""Functions compiled to machine code when first called, and kept compiled beside the module."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

Given = ParamSpec("Given")
Found = TypeVar("Found")


def compiled(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return `function` compiled: only numbers and arrays in and out; same result on every machine of one kind.

    Floating-point sums keep the order in which they are written (no fast-math), so that the same input gives the same
    plan. The machine code is cached on disk; where that folder cannot be written, numba takes the user's cache.
    """
    fast: Callable[Given, Found] = numba.njit(cache=True, error_model="numpy")(function)
    return fast
