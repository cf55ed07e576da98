"""What the store knows about itself: its imports, and whether its ward is made up."""

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.records import holds_made_up
from data.store import Store


def made_up(store: Store) -> bool:
    """Return whether the store holds a made-up ward, which every page and export must say."""
    with store.engine.connect() as connection:
        return holds_made_up(connection)


def import_rows(store: Store) -> pd.DataFrame:
    """Return one row per import, newest first; `undone_at` is empty while it stands."""
    query = sa.select(schema.imports).order_by(schema.imports.c.import_id.desc())
    with store.engine.connect() as connection:
        return pd.read_sql(query, connection)


def import_problems(store: Store, import_id: str) -> pd.DataFrame:
    """Return the problems of one import: row, column, check, value, sheet."""
    problems = schema.problems
    told = (problems.c[name] for name in ("row", "column", "check", "value", "sheet"))
    query = sa.select(*told).where(problems.c.import_id == import_id)
    with store.engine.connect() as connection:
        return pd.read_sql(query, connection)
