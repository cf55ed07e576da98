"""What was wrong with the rows of a file, collected whole columns at a time."""

import pandas as pd

from data.reading import RawTable


class Problems:
    """Collects what was wrong, whole columns at a time."""

    def __init__(self, raw: RawTable) -> None:
        self._raw = raw
        self._found: list[pd.DataFrame] = []
        self.fatal = pd.Series(False, index=raw.cells.index)

    def add(
        self, where: pd.Series, check: str, column: int | None = None, *, fatal: bool = False
    ) -> None:
        """List the rows at `where`; `column` is the position of the cell to blame."""
        rows = self._raw.rows[where]
        found = pd.DataFrame({"row": rows, "column": None, "check": check, "value": None})
        if column is not None:
            found["column"] = self._raw.headings[column]
            found["value"] = self._raw.cells.loc[where, column]
        self._found.append(found)
        if fatal:
            self.fatal |= where

    def note(
        self, check: str, column: str | None, value: str | None, *, row: int | None = None
    ) -> None:
        """List something about the file as a whole, or about a row that is none of the table."""
        one = {"row": [row], "column": [column], "check": [check], "value": [value]}
        self._found.append(pd.DataFrame(one, dtype=object))

    def table(self) -> pd.DataFrame:
        """Return all, in the order of the file's rows, notes on the whole file first."""
        found = [table.astype(object) for table in self._found if len(table)]
        if not found:
            return pd.DataFrame(columns=["row", "column", "check", "value"], dtype=object)
        whole = pd.concat(found, ignore_index=True)
        whole = whole.astype(object).where(whole.notna(), None)
        order = whole["row"].fillna(0).astype(int).argsort(kind="stable")
        return whole.iloc[order].reset_index(drop=True)
