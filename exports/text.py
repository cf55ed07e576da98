"""The texts of a table that is handed to other programs: cleaned for all of them, guarded for CSV."""

import pandas as pd
from pandas import DataFrame, Series

from geo.plain_text import clean, guarded

__all__ = ["clean", "clean_texts", "guard_texts"]


def clean_texts(frame: DataFrame) -> DataFrame:
    """Return `frame` with every text, headings too, cleaned; nothing else is touched."""
    texts = {name: _each(frame[name], clean) for name in frame.columns if _is_text(frame[name])}
    headings = {name: clean(name) for name in frame.columns if isinstance(name, str)}
    return frame.assign(**texts).rename(columns=headings)


def guard_texts(frame: DataFrame) -> DataFrame:
    """Return `frame` with every text guarded for CSV."""
    return frame.assign(
        **{name: _each(frame[name], guarded) for name in frame.columns if _is_text(frame[name])}
    )


def _is_text(column: Series) -> bool:
    return pd.api.types.is_object_dtype(column) or isinstance(column.dtype, pd.StringDtype)


def _each(column: Series, change: object) -> Series:
    made = [change(cell) if isinstance(cell, str) else cell for cell in column]  # type: ignore[operator]
    return Series(made, column.index, dtype=object)
