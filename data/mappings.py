"""The headings a person matched to fields, remembered for the next file of the same shape.

A shape is the KIND and the file's folded headings, whatever their order. A mapping belongs to the person's files, not
to an import: taking the import back does not forget it.
"""

import hashlib
from collections.abc import Mapping, Sequence

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.columns import field_named, fields
from data.store import Store, now
from geo.folding import fold
from geo.terms import Kind

SHAPE_BYTES = 12


def mappings(store: Store) -> pd.DataFrame:
    """Return what is remembered, newest first: shape, kind, columns (field → heading), used_at."""
    with store.engine.connect() as connection:
        found = pd.read_sql(sa.select(schema.mappings), connection)
    return found.sort_values("used_at", ascending=False, ignore_index=True)


def recalled(store: Store, headings: Sequence[str], kind: Kind) -> dict[str, str]:
    """Return the headings (of `headings`) matched to fields the last time a file of this shape came."""
    kept = store.load("mappings", schema.mappings.c.shape == _shape(headings, kind))
    if kept.empty:
        return {}
    own = {fold(heading): heading for heading in headings} | {"": ""}
    columns = kept["columns"].iloc[0]
    return {
        field: own[heading]
        for field, heading in columns.items()
        if field in fields(kind) and heading in own
    }


def together(
    remembered: Mapping[str, str], chosen: Mapping[str, str], kind: Kind
) -> dict[str, str]:
    """Return what holds: what is said now goes before what is remembered, field by field and heading by heading."""
    said = {field_named(field, kind): heading for field, heading in chosen.items()}
    taken = {fold(heading) for heading in said.values() if heading}
    left = {field: name for field, name in remembered.items() if fold(name) not in taken}
    return left | said


def remember(store: Store, headings: Sequence[str], kind: Kind, columns: Mapping[str, str]) -> None:
    """Keep the headings a person matched; an empty one says that no column fills the field."""
    table, shape = schema.mappings, _shape(headings, kind)
    folded = {field: fold(heading) for field, heading in columns.items()}
    with store.writing() as connection:
        connection.execute(sa.delete(table).where(table.c.shape == shape))
        connection.execute(
            sa.insert(table).values(shape=shape, kind=str(kind), columns=folded, used_at=now())
        )


def _shape(headings: Sequence[str], kind: Kind) -> str:
    told = "\x1f".join([kind, *sorted(map(fold, headings))])
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=SHAPE_BYTES).hexdigest()
