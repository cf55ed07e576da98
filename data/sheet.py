"""A sheet as it stands, and what its merged cells say."""

from dataclasses import dataclass

import pandas as pd

Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it stands.

    `cells` has columns `0, 1, …` of text, missing where empty; `rows` numbers its rows from 1 as a person sees them
    (empty ones are not there); `merged` are ranges (row, column, last row, last column), rows so numbered.
    `only_rows` says that the first row is the headings and every other one a row of the table.
    """

    name: str
    cells: pd.DataFrame
    rows: pd.Series
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    only_rows: bool = False


def filled_down(sheet: Sheet, bottom: int) -> pd.DataFrame:
    """A cell merged over several rows says the same for each of them."""
    heads = int(sheet.rows.iloc[bottom])
    down: dict[int, list[tuple[int, int]]] = {}
    for r0, column, r1, _ in sorted(sheet.merged):
        if r1 > r0 > heads and column in sheet.cells:
            down.setdefault(column, []).append((r0, r1))
    cells = sheet.cells.copy()
    for column, spans in down.items():
        cells[column] = _repeated(sheet, column, spans)
    return cells


def _repeated(sheet: Sheet, column: int, spans: list[tuple[int, int]]) -> pd.Series:
    """A column with the first cell of each span of rows in all of its rows; spans that overlap are a forgery."""
    values = sheet.cells[column].to_numpy(dtype=object, copy=True)
    numbers = sheet.rows.to_numpy()
    firsts = numbers.searchsorted([first for first, _ in spans])
    ends = numbers.searchsorted([last for _, last in spans], side="right")
    reached = 0
    for (number, _), first, end in zip(spans, firsts, ends, strict=True):
        if reached <= first < end and numbers[first] == number:
            values[first:end] = values[first]
            reached = end
    return pd.Series(values, index=sheet.cells.index, dtype="str")
