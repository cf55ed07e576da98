"""What was changed by hand: when, by whom, why, and which rows."""

from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.records import EDIT
from data.store import Store
from geo.terms import Kind

COLUMNS = ("edit_id", "at", "who", "act", "kind", "why", "stands")


def edit_rows(store: Store) -> pd.DataFrame:
    """Return one row an edit, newest first: `COLUMNS`, and `keys`, the rows of its own table that it touched."""
    imports, changes = schema.imports, schema.changes
    told = sa.select(
        imports.c.import_id.label("edit_id"),
        imports.c.imported_at.label("at"),
        imports.c.imported_by.label("who"),
        imports.c.file_name.label("act"),
        imports.c.kind,
        imports.c.why,
        imports.c.undone_at.is_(None).label("stands"),
    ).where(imports.c.source == EDIT)
    named = (
        sa.select(changes.c.import_id, changes.c.key)
        .join(imports, imports.c.import_id == changes.c.import_id)
        .where(imports.c.source == EDIT, changes.c.table_name == imports.c.kind)
    )
    with store.engine.connect() as connection:
        rows = pd.read_sql(told.order_by(imports.c.import_id.desc()), connection)
        touched = pd.read_sql(named, connection)
    keys = {str(one): list(own) for one, own in touched.groupby("import_id")["key"]}
    named_keys = pd.Series([keys.get(one, []) for one in rows["edit_id"]], rows.index, dtype=object)
    return rows.assign(stands=rows["stands"].astype(bool), keys=named_keys)


def row_of(store: Store, kind: Kind, key: str) -> dict[str, Any]:
    """Return a stored row by its id; empty where there is none."""
    column = schema.METADATA.tables[kind].c[schema.KEYS[kind]]
    found = store.load(kind, column == key)
    return {} if found.empty else {str(name): found[name].iloc[0] for name in found.columns}
