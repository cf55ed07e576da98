"""A first look at a file: what it seems to be, how its text reads, what of it would be taken. Nothing is stored."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.columns import match_columns
from data.kinds import guessed_kind
from data.reading import RawTable
from geo.terms import Kind

FIRST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file shows of itself.

    `first` holds its first rows under their headings, as text and without national ids; `rows` counts all; `first_row`
    is where the data begin, as a person counts; `skipped` counts the rows that are no data by reason; `left_out` names
    the sheets not taken, with the reason; `shapes` the types of geometry.
    `raw` is all of it, so that nobody need read the file again.
    """

    kind: Kind | None
    headings: tuple[str, ...]
    first: pd.DataFrame
    rows: int
    first_row: int | None
    taken: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    skipped: dict[str, int]
    encoding: str | None
    crs: str | None
    located: bool
    shapes: tuple[str, ...]
    national_ids: tuple[str, ...]
    raw: RawTable = field(compare=False, repr=False)


def look_of(path: Path, raw: RawTable) -> Look:
    """Return what the file at `path`, read as `raw`, shows of itself."""
    private = match_columns(raw.headings, Kind.HOUSEHOLDS, {}).national_ids
    shown = [i for i, name in enumerate(raw.headings) if name not in private]
    first = raw.cells.loc[:, shown].head(FIRST_ROWS)
    why = pd.Series([reason for *_, reason in raw.skipped], dtype="str")
    return Look(
        kind=guessed_kind(path, raw),
        headings=raw.headings,
        first=first.set_axis([raw.headings[i] for i in shown], axis=1).reset_index(drop=True),
        rows=len(raw.cells),
        first_row=int(raw.rows.iloc[0]) if len(raw.rows) else None,
        taken=raw.taken,
        left_out=raw.left_out,
        skipped={str(reason): int(count) for reason, count in why.value_counts().items()},
        encoding=raw.encoding,
        crs=raw.crs,
        located=raw.located,
        shapes=tuple(sorted(raw.geometry.dropna().geom_type.unique())) if raw.located else (),
        national_ids=private,
        raw=raw,
    )
