"""How far long work has come."""

from collections.abc import Callable, Iterator
from typing import TypeVar

# Told how far long work has come: what is being done, and the share of it that is.
Progress = Callable[[str, float], None]
One = TypeVar("One")


def told(work: list[One], progress: Progress | None, name: Callable[[One], str]) -> Iterator[One]:
    """Go through the work, telling how far it has come; `name` says what is being done."""
    for done, one in enumerate(work):
        if progress is not None:
            progress(name(one), done / len(work))
        yield one
    if progress is not None:
        progress("", 1.0)
