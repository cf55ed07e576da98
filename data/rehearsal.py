"""A store to try things in: what is written there is seen by what comes after, and nothing is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from data.store import Store, load


class Trial(Store):
    """A store within one write transaction of another; writing to it keeps nothing beyond that transaction."""

    def __init__(self, store: Store, connection: sa.Connection) -> None:
        super().__init__(store.engine, folder=store.folder)
        self._connection = connection

    def load(self, table: str, *where: sa.ColumnElement[bool]) -> Any:
        """Return a table as it would be."""
        return load(self._connection, table, *where)

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[sa.Connection]:  # noqa: ARG002
        """Yield the connection of the trial; where it fails, what was written since is forgotten."""
        with self._connection.begin_nested():
            yield self._connection


@contextmanager
def trying(store: Store) -> Iterator[Trial]:
    """Yield a store that begins as `store` is, and forget in the end all that was written to it."""
    with store.writing(keep=False) as connection:
        yield Trial(store, connection)
