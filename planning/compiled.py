"""Functions compiled to machine code when first called, and kept compiled beside the module."""

from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import Any, Generic, Literal, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Compiled(Generic[Given, Found]):
    """A function that is compiled at its first call, numba loaded only then: most commands never plan."""

    def __init__(
        self, function: Callable[Given, Found], *, inline: Literal["never", "always"] = "never"
    ) -> None:
        self.function, self.inline = function, inline
        update_wrapper(self, function)

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        """Call the machine code."""
        found: Found = self.machine_code(*args, **kwargs)
        return found

    @cached_property
    def machine_code(self) -> Any:
        """The function as numba compiles it, with the compiled functions that it calls put in their places."""
        import numba  # noqa: PLC0415 - slow to load

        known = self.function.__globals__
        for name in self.function.__code__.co_names:
            callee = known.get(name)
            if isinstance(callee, Compiled):
                known[name] = callee.machine_code
        jit = numba.njit(cache=True, error_model="numpy", inline=self.inline)
        return jit(self.function)


def compiled(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return `function` compiled: only numbers and arrays in and out; same result on every machine of one kind.

    Floating-point sums keep the order in which they are written (no fast-math), so that the same input gives the same
    plan. The machine code is cached on disk; where that folder cannot be written, numba takes the user's cache. A
    function that calls itself cannot be compiled so.
    """
    return Compiled(function)


def inlined(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return `function` compiled as by `compiled`, and written out wherever compiled functions call it.

    For small ones in the innermost loops: handing a tuple of arrays to a function counts who holds each of them, which
    takes longer than a handful of sums. For the same reason loops take the arrays out of a tuple before they begin.
    """
    return Compiled(function, inline="always")
