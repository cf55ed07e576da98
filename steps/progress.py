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


def halves(progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Return what tells of the first and of the second half of some work."""
    if progress is None:
        return None, None
    return (
        lambda what, share: progress(what, share / 2),
        lambda what, share: progress(what, (1 + share) / 2),
    )
