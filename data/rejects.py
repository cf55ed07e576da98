"""A file of rows set aside that comes back: what we wrote beside the rows is taken away again.

Such a workbook (`exports.sheets.rejects_xlsx`) begins with columns of ours: why each row was set aside, and where it
stood. Its other columns are the file's own, so that the file can be corrected and imported as it is.
"""

from dataclasses import replace
from itertools import takewhile

from data.sheet import Sheet
from geo.folding import fold

# As `words` has them; a test holds the two together.
BECAUSE = frozenset(map(fold, ("Vì sao để riêng", "Why set aside")))
OURS = BECAUSE | frozenset(
    map(
        fold,
        (
            *("Dòng trong tệp gốc", "Row of the original file"),
            *("Trang trong tệp gốc", "Sheet of the original file"),
            *("Lưu ý", "Notice"),
        ),
    )
)


def without_our_columns(sheet: Sheet) -> Sheet:
    """Return a sheet without the columns we put first; every row below its headings is a row, as it was before."""
    if sheet.cells.empty:
        return sheet
    first = sheet.cells.iloc[0].fillna("").map(fold)
    ours = list(takewhile(OURS.__contains__, first))
    if BECAUSE.isdisjoint(ours):
        return sheet
    kept = sheet.cells.iloc[:, len(ours) :]
    return replace(sheet, cells=kept.set_axis(range(kept.shape[1]), axis=1), only_rows=True)
