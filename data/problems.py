"""What was wrong with the rows of a file, collected whole columns at a time."""

import pandas as pd

from data.reading import RawTable

# What is told of each problem; a sheet only where the file has named ones.
COLUMNS = ("row", "column", "check", "value", "sheet")


class Problems:
    """Collects what was wrong, whole columns at a time."""

    def __init__(self, raw: RawTable) -> None:
        self._raw = raw
        self._sheet = sheets_of(raw)
        self._found: list[pd.DataFrame] = []
        self.fatal = pd.Series(False, index=raw.cells.index)

    def add(
        self, where: pd.Series, check: str, column: int | None = None, *, fatal: bool = False
    ) -> None:
        """List the rows at `where`; `column` is the position of the cell to blame."""
        rows = self._raw.rows[where]
        found = pd.DataFrame({"row": rows, "column": None, "check": check, "value": None})
        found["sheet"] = self._sheet[where]
        if column is not None:
            found["column"] = self._raw.headings[column]
            found["value"] = self._raw.cells.loc[where, column]
        self._found.append(found)
        if fatal:
            self.fatal |= where

    def note(
        self,
        check: str,
        column: str | None,
        value: str | None,
        *,
        row: int | None = None,
        sheet: str | None = None,
    ) -> None:
        """List something about the file as a whole, or about a row that is none of the table."""
        told = (row, column, check, value, sheet or None)
        self._found.append(pd.DataFrame([told], columns=[*COLUMNS], dtype=object))

    def table(self) -> pd.DataFrame:
        """Return all, in the order of the file's sheets and rows, notes on the whole file first."""
        found = [table.astype(object) for table in self._found if len(table)]
        if not found:
            return pd.DataFrame(columns=[*COLUMNS], dtype=object)
        whole = pd.concat(found, ignore_index=True)
        whole = whole.astype(object).where(whole.notna(), None)
        place = {name: i for i, name in enumerate(self._raw.taken, start=1)}
        order = pd.DataFrame(
            {
                "sheet": whole["sheet"].map(place).where(whole["row"].notna(), 0).fillna(0),
                "row": whole["row"].fillna(0).astype(int),
            }
        )
        return whole.loc[order.sort_values(["sheet", "row"], kind="stable").index].reset_index(
            drop=True
        )


def sheets_of(raw: RawTable) -> pd.Series:
    """Return the sheet of each row, missing where the file has no named ones."""
    if raw.sheet.empty:
        return pd.Series(None, index=raw.cells.index, dtype="str")
    return raw.sheet.where(raw.sheet != "")
