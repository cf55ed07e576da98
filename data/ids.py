"""Ids of rows: the file's own where they are usable, else made of kind, place and content."""

import hashlib
import re
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely import to_wkb

from data.columns import Columns
from data.problems import Problems
from data.reading import RawTable
from data.schema import KEYS
from geo.folding import fold
from geo.terms import Kind

ID_BYTES = 6
MADE = re.compile(rf"[A-Z]-[0-9a-f]{{{2 * ID_BYTES}}}(?:-\d+)?")
# What a row of a report is about: the same words with another number are that report, corrected.
ABOUT = ("ward_given", "area_given", "indicator", "as_of", "source")


def row_ids(
    raw: RawTable, frame: pd.DataFrame, columns: Columns, kind: Kind, problems: Problems
) -> pd.Series:
    """The file's own ids where they are usable, else ids made of kind, place and row content."""
    field = KEYS[kind]
    if field not in columns.positions:
        return _content_ids(raw, frame, kind, columns)
    given = frame[field].mask(problems.fatal)
    repeated = given.notna() & given.duplicated()
    if not repeated.any() and frame[field].notna().all():
        return frame[field]
    made = _content_ids(raw, frame, kind, columns)
    if not repeated.any():
        return frame[field].where(frame[field].notna(), made)
    heading = raw.headings[columns.positions[field]]
    if kind == Kind.WARDS:
        problems.add(repeated, "id_repeats", columns.positions[field], fatal=True)
        return frame[field]
    problems.note("id_repeats", heading, str(int(repeated.sum())))
    return made


def are_made(ids: pd.Series) -> pd.Series:
    """Return which ids were made of a row's content, and say nothing by themselves."""
    return ids.str.fullmatch(MADE).eq(True)


def _sound(shapes: Any) -> Any:
    """Shapes without crossing rings, which cannot be rounded."""
    crossing = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    sound = shapes.copy()
    sound[crossing] = shapely.make_valid(shapes[crossing], method="structure")
    return sound


def _content_ids(raw: RawTable, frame: pd.DataFrame, kind: Kind, columns: Columns) -> pd.Series:
    private = {raw.headings.index(heading) for heading in columns.national_ids}
    shown = [raw.cells[i].fillna("") for i in raw.cells if i not in private]
    if kind == Kind.FIGURES:
        shown = [frame[name].fillna("").map(fold) for name in ABOUT if name in frame]
    # the cells of a table say its places, however they are understood
    shapes = frame["geometry"].to_numpy() if raw.located else np.full(len(frame), None)
    places = to_wkb(shapely.set_precision(_sound(shapes), 1e-7))
    content = ["\x1f".join(row).encode("utf-8", "replace") for row in zip(*shown, strict=True)] or [
        b""
    ] * len(frame)
    digests = [
        hashlib.blake2b(
            bytes(kind, "ascii") + (place or b"") + row, digest_size=ID_BYTES
        ).hexdigest()
        for place, row in zip(places, content, strict=True)
    ]
    ids = pd.Series(digests, index=frame.index)
    again = ids.groupby(ids).cumcount()
    return kind[0].upper() + "-" + ids + ("-" + (again + 1).astype(str)).where(again > 0, "")
