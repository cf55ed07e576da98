"""Where the headings of a sheet are, and what each column is called: one to three rows, merged or not."""

import re
from itertools import pairwise

from data.columns import HEADINGS, NATIONAL_ID
from data.sheet import Range, Sheet
from geo.folding import fold

JOINED = " / "
ROWS_LOOKED_AT = 40
MOST_HEADING_ROWS = 3
LONGEST_HEADING = 80
LEAST_KNOWN = 2
HEADED_SHARE = 0.6
# Cells that are numbers, as no heading is.
NUMBERED = re.compile(r"\(?\d{1,3}\)?|\(?\d{1,2}\)?\s*=.*|[-+]?\d[\d.,]*")


class Grid:
    """The first rows of a sheet as lists, for looking at headings; positions, not row numbers."""

    def __init__(self, sheet: Sheet) -> None:
        top = sheet.cells.iloc[: ROWS_LOOKED_AT + MOST_HEADING_ROWS]
        self.texts: list[list[str]] = top.fillna("").to_numpy().tolist()
        self.numbers: list[int] = sheet.rows.iloc[: len(self.texts)].tolist()
        place = {number: i for i, number in enumerate(self.numbers)}
        self.merged = [
            (place[r0], c0, max(place[r] for r in place if r <= r1), c1)
            for r0, c0, r1, c1 in sheet.merged
            if r0 in place
        ]

    def filled(self, row: int) -> list[int]:
        """Return the columns of the cells that hold something."""
        return [i for i, text in enumerate(self.texts[row]) if text]

    def merges_from(self, row: int) -> list[Range]:
        """Return the merged ranges that begin in a row."""
        return [merge for merge in self.merged if merge[0] == row]


KNOWN = frozenset(
    {fold(name) for fields in HEADINGS.values() for names in fields for name in names}
    | NATIONAL_ID
    | {fold(name) for name in ("STT", "TT", "Số TT", "Ghi chú", "Tọa độ", "Địa chỉ", "Giới tính")}
    | {fold(name) for name in ("Năm sinh", "Ngày sinh", "Quan hệ với chủ hộ", "Dân tộc")}
)


def known_heading(heading: str) -> str | None:
    """The folded heading, whole or of its last row or without brackets, if it is one that wards use."""
    last = heading.rpartition(JOINED)[2]
    forms = (heading, last, re.sub(r"\(.*?\)", "", last))
    return next((folded for form in forms if (folded := fold(form)) in KNOWN), None)


def heading_rows(grid: Grid) -> tuple[int, int]:
    """First and last row of the headings, by position."""
    looked = range(min(len(grid.texts), ROWS_LOOKED_AT))
    scores = [_score(grid, row) for row in looked]
    best = max(looked, key=lambda row: scores[row])
    if scores[best] < min(LEAST_KNOWN, max(len(grid.filled(row)) for row in looked)):
        best = _first_wide(grid, looked)
    top = bottom = best
    while bottom - top + 1 < MOST_HEADING_ROWS and _goes_on_below(grid, top, bottom):
        bottom += 1
    while bottom - top + 1 < MOST_HEADING_ROWS and _begins_above(grid, top):
        top -= 1
    return top, bottom


def _score(grid: Grid, row: int) -> int:
    return len({fold(text) for text in grid.texts[row] if text and known_heading(text)})


def _first_wide(grid: Grid, looked: range) -> int:
    """Without any known heading: the first row that is filled about as far as the widest."""
    widest = max(len(grid.filled(row)) for row in looked)
    return next(row for row in looked if len(grid.filled(row)) >= HEADED_SHARE * widest)


def _goes_on_below(grid: Grid, top: int, bottom: int) -> bool:
    """Whether the next row holds the children of headings that span several columns."""
    below = bottom + 1
    if below >= len(grid.texts) or not _names_only(grid, below):
        return False
    if any(r0 <= bottom and r0 >= top and r1 >= below for r0, _, r1, _ in grid.merged):
        return True
    filled = grid.filled(below)
    spans = [(c0, c1) for _, c0, _, c1 in grid.merges_from(bottom) if c1 > c0]
    if spans and all(any(c0 <= column <= c1 for c0, c1 in spans) for column in filled):
        return True
    return _score(grid, below) > 0 and all(_under_a_gap(grid, bottom, i) for i in filled)


def _under_a_gap(grid: Grid, row: int, column: int) -> bool:
    texts = grid.texts[row]
    right = texts[column + 1] if column + 1 < len(texts) else "x"
    return texts[column] == "" or right == ""


def _begins_above(grid: Grid, top: int) -> bool:
    """Whether the row above holds parents of the headings, or those that need no child."""
    above = top - 1
    if above < 0 or grid.numbers[above] != grid.numbers[top] - 1 or not _names_only(grid, above):
        return False
    filled = grid.filled(above)
    if len(filled) < LEAST_KNOWN or any(
        NO_HEADING.search(fold(grid.texts[above][i])) for i in filled
    ):
        return False
    spans = [c1 > c0 or r1 > r0 for r0, c0, r1, c1 in grid.merges_from(above)]
    fills_gaps = any(not grid.texts[top][column] for column in filled)
    return any(spans) or fills_gaps


NO_HEADING = re.compile(
    r"cong hoa xa hoi|doc lap tu do|uy ban nhan dan|^ubnd|^danh sach|^phuong \w|^xa \w|^bieu|^mau so"
)


def _names_only(grid: Grid, row: int) -> bool:
    texts = [grid.texts[row][i] for i in grid.filled(row)]
    return not any(NUMBERED.fullmatch(text) or len(text) > LONGEST_HEADING for text in texts)


def joined_headings(grid: Grid, top: int, bottom: int) -> list[str]:
    """One heading a column: the cells above each other, those of merged ones repeated, equal ones once."""
    rows = [list(grid.texts[row]) for row in range(top, bottom + 1)]
    for r0, c0, r1, c1 in grid.merged:
        if top <= r0 <= bottom:
            for row in range(r0, min(r1, bottom) + 1):
                for column in range(c0, min(c1, len(rows[0]) - 1) + 1):
                    rows[row - top][column] = grid.texts[r0][c0]
    for upper, lower in pairwise(rows):
        _spread(upper, lower)
    return [
        JOINED.join(dict.fromkeys(" ".join(text.split()) for text in stack if text))
        for stack in zip(*rows, strict=True)
    ]


def _spread(upper: list[str], lower: list[str]) -> None:
    """Without merged cells, a parent reaches over the blank cells to its right that have a child."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1]:
            upper[column] = upper[column - 1]
