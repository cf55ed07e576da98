"""What can go wrong for a reason a person can mend.

An error carries a stable `code` and the `facts` of the case; `words.say` makes the sentence a person
reads from both, in their language. Nobody's name, point or address goes into `facts`.
"""

from typing import Any


class DiabanError(Exception):
    """Base of every error that a front door shows as a message instead of a traceback."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code} {facts}" if facts else code)


class InputError(DiabanError):
    """A file, row or option that cannot be used as it is."""


class UnknownCrsError(InputError):
    """Coordinates without a coordinate reference system."""


class NotFoundError(DiabanError):
    """An area, plan or import that the store does not know."""


class ConflictError(DiabanError):
    """An act that what is already stored forbids."""


class StoreError(DiabanError):
    """A store that cannot be opened, read or written."""
