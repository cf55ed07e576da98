"""What planners decided for the whole store, each a document under its name."""

from typing import Any

import sqlalchemy as sa

from data import schema
from data.records import note
from data.store import Store

LOAD = "load"
SUPPORT = "support"
PUBLIC_ADDRESS = "public_address"


def setting(store: Store, name: str) -> dict[str, Any]:
    """Return what was decided under a name; nothing where nobody has."""
    table = schema.settings
    with store.engine.connect() as connection:
        found = connection.scalar(sa.select(table.c.value).where(table.c.name == name))
    return dict(found or {})


def keep_setting(store: Store, name: str, value: dict[str, Any]) -> None:
    """Keep what was decided under a name, in place of what was; an empty document forgets it."""
    table = schema.settings
    with store.writing() as connection:
        connection.execute(sa.delete(table).where(table.c.name == name))
        if value:
            connection.execute(sa.insert(table).values(name=name, value=value))
        note(connection, "setting", name)
