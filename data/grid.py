"""Make sense of a sheet as it stands: where its headings are, which rows are data, and what the rest was.

A ward's sheet begins with the national motto and titles, has headings in one to three rows with merged cells, a row
that numbers the columns, merged cells for a whole tổ dân phố, rows of sums, and signatures below. Pure: frames in,
frames out; no file is touched. Whatever is left out is listed with a reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import pandas as pd

from data.columns import HEADINGS, NATIONAL_ID
from geo.errors import InputError
from geo.folding import fold

JOINED = " / "
ROWS_LOOKED_AT = 40
MOST_HEADING_ROWS = 3
LONGEST_HEADING = 80
LEAST_KNOWN = 2
LEAST_NUMBERED = 3
LEAST_BARE_NUMBERED = 4
SIGNED_CELLS = 4
SIGNED_ROWS = 20
MOST_SECTIONS_SHARE = 0.5
SAME_SHARE = 0.6
HEADED_SHARE = 0.6

Range = tuple[int, int, int, int]


class Skip(StrEnum):
    """Why a row of a sheet is no row of the table."""

    ABOVE = "above_headings"
    NUMBERING = "numbering"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    REPEATED_HEADING = "repeated_heading"
    SECTION = "section"


class LeftOut(StrEnum):
    """Why a sheet is left out."""

    HIDDEN = "sheet_hidden"
    HELP = "sheet_help"
    EMPTY = "sheet_empty"
    OTHER = "sheet_other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it stands.

    `cells` has columns `0, 1, …` of text, missing where empty; `rows` numbers its rows from 1 as a person sees them
    (empty ones are not there); `merged` are ranges (row, column, last row, last column), rows so numbered.
    """

    name: str
    cells: pd.DataFrame
    rows: pd.Series
    merged: tuple[Range, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the sheets of a file say together; `cells`, `rows` and `sheet` share one index.

    `skipped` has (sheet, row, why) of `Skip`, `left_out` (sheet, why) of `LeftOut`, `taken` the sheets read.
    """

    headings: tuple[str, ...]
    cells: pd.DataFrame
    rows: pd.Series
    sheet: pd.Series
    skipped: tuple[tuple[str, int, str], ...]
    taken: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def table_of(sheets: Sequence[Sheet], *, only: str | None = None) -> Table:
    """Return the one table that the sheets hold.

    Of several sheets, all are taken that fill the same fields as the richest one. `only` names the one to take, be it
    hidden or help. A column of a sheet's neighbourhood is added where sheets or their sections are named after one and
    no heading gives it.

    Raises
    ------
    InputError
        Where no sheet holds a table, or `only` names none.
    """
    if only is not None and only not in [sheet.name for sheet in sheets]:
        raise InputError("layer_unknown", layers=[sheet.name for sheet in sheets])
    left_out = {sheet.name: why for sheet in sheets if (why := _why_left_out(sheet, only))}
    able = [sheet for sheet in sheets if sheet.name not in left_out]
    if not able and only is None:
        able = [s for s in sheets if left_out[s.name] == LeftOut.HELP]
    if not able:
        hidden = any(why == LeftOut.HIDDEN for why in left_out.values())
        raise InputError("sheets_all_hidden" if hidden else "file_empty")
    parts = [_part(sheet) for sheet in able]
    taken = _alike(parts)
    left_out |= {part.name: LeftOut.OTHER for part in parts if part not in taken}
    for part in taken:
        left_out.pop(part.name, None)
    return _together(taken, left_out)


def _why_left_out(sheet: Sheet, only: str | None) -> LeftOut | None:
    if only is not None:
        return None if sheet.name == only else LeftOut.OTHER
    if sheet.hidden:
        return LeftOut.HIDDEN
    if sheet.cells.empty:
        return LeftOut.EMPTY
    return LeftOut.HELP if HELP.search(fold(sheet.name)) else None


HELP = re.compile(
    r"^(huong ?dan.*|danh ?muc.*|ghi ?chu|chu ?thich|giai ?thich|tro ?giup|help|readme|read me|instructions?|"
    r"guide|lookups?|lists?|tra ?cuu)$"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """One sheet understood."""

    name: str
    headings: tuple[str, ...]
    known: frozenset[str]
    cells: pd.DataFrame
    rows: pd.Series
    skipped: tuple[tuple[str, int, str], ...]


def _alike(parts: list[_Part]) -> list[_Part]:
    """The richest sheet, and those whose known headings are mostly the same."""
    main = max(parts, key=lambda part: (len(part.known), len(part.rows)))
    if not main.known:
        return [part for part in parts if part.headings == main.headings]

    def alike(part: _Part) -> bool:
        both, either = part.known & main.known, part.known | main.known
        return len(both) >= SAME_SHARE * len(either)

    return [part for part in parts if part is main or alike(part)]


def _together(parts: list[_Part], left_out: dict[str, LeftOut]) -> Table:
    """The parts below each other, columns matched by their headings."""
    parts = _named_places(parts)
    headings: list[str] = list(parts[0].headings)
    frames = []
    for part in parts:
        places = _places(part.headings, headings)
        frames.append(part.cells.set_axis(places, axis=1))
    width = range(len(headings))
    cells = pd.concat([frame.reindex(columns=width) for frame in frames], ignore_index=True)
    names = [name for part in parts for name in [part.name] * len(part.rows)]
    return Table(
        headings=tuple(headings),
        cells=cells.astype("str"),
        rows=pd.concat([part.rows for part in parts], ignore_index=True),
        sheet=pd.Series(names, dtype="str"),
        skipped=tuple(skip for part in parts for skip in part.skipped),
        taken=tuple(part.name for part in parts),
        left_out=tuple((name, str(why)) for name, why in left_out.items()),
    )


def _places(own: tuple[str, ...], headings: list[str]) -> list[int]:
    """Where each of a part's columns goes; headings that are new are added to `headings`."""
    free = list(enumerate(map(fold, headings)))
    places = []
    for heading in own:
        found = next((pair for pair in free if pair[1] == fold(heading)), None)
        if found is None:
            headings.append(heading)
            places.append(len(headings) - 1)
        else:
            free.remove(found)
            places.append(found[0])
    return places


# --- one sheet ---


def _part(sheet: Sheet) -> _Part:
    grid = _Grid(sheet)
    top, bottom = _heading_rows(grid)
    headings = _headings(grid, top, bottom)
    body = sheet.cells.iloc[bottom + 1 :]
    why = pd.Series(Skip.ABOVE, index=sheet.cells.index).where(sheet.cells.index < top)
    why.iloc[bottom + 1 :] = _skips(body, grid.texts[bottom], headings)
    kept = sheet.cells.index[(sheet.cells.index > bottom) & why.isna()]
    cells = _filled_down(sheet, bottom).loc[kept]
    cells, headings = _with_sections(cells, headings, body[why.loc[body.index] == Skip.SECTION])
    used = [i for i, name in enumerate(headings) if name or cells[i].notna().any()]
    last = max((i for i in used if headings[i]), default=-1)
    used = [i for i in used if i <= last]
    cells = cells[used].set_axis(range(len(used)), axis=1)
    skipped = why.dropna()
    return _Part(
        name=sheet.name,
        headings=tuple(headings[i] for i in used),
        known=frozenset(known for i in used if (known := _known(headings[i]))),
        cells=cells.reset_index(drop=True),
        rows=sheet.rows.loc[kept].reset_index(drop=True),
        skipped=tuple(
            (sheet.name, int(number), str(reason))
            for number, reason in zip(sheet.rows[skipped.index], skipped, strict=True)
        ),
    )


class _Grid:
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
        return [i for i, text in enumerate(self.texts[row]) if text]

    def merges_from(self, row: int) -> list[Range]:
        return [merge for merge in self.merged if merge[0] == row]


KNOWN = frozenset(
    {fold(name) for fields in HEADINGS.values() for names in fields for name in names}
    | NATIONAL_ID
    | {fold(name) for name in ("STT", "TT", "Số TT", "Ghi chú", "Tọa độ", "Địa chỉ", "Giới tính")}
    | {fold(name) for name in ("Năm sinh", "Ngày sinh", "Quan hệ với chủ hộ", "Dân tộc")}
)


def _known(heading: str) -> str | None:
    """The folded heading, whole or of its last row or without brackets, if it is one that wards use."""
    last = heading.rpartition(JOINED)[2]
    forms = (heading, last, re.sub(r"\(.*?\)", "", last))
    return next((folded for form in forms if (folded := fold(form)) in KNOWN), None)


def _heading_rows(grid: _Grid) -> tuple[int, int]:
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


def _score(grid: _Grid, row: int) -> int:
    return len({fold(text) for text in grid.texts[row] if text and _known(text)})


def _first_wide(grid: _Grid, looked: range) -> int:
    """Without any known heading: the first row that is filled about as far as the widest."""
    widest = max(len(grid.filled(row)) for row in looked)
    return next(row for row in looked if len(grid.filled(row)) >= HEADED_SHARE * widest)


def _goes_on_below(grid: _Grid, top: int, bottom: int) -> bool:
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


def _under_a_gap(grid: _Grid, row: int, column: int) -> bool:
    texts = grid.texts[row]
    right = texts[column + 1] if column + 1 < len(texts) else "x"
    return texts[column] == "" or right == ""


def _begins_above(grid: _Grid, top: int) -> bool:
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


def _names_only(grid: _Grid, row: int) -> bool:
    texts = [grid.texts[row][i] for i in grid.filled(row)]
    return not any(NUMBERED.fullmatch(text) or len(text) > LONGEST_HEADING for text in texts)


def _headings(grid: _Grid, top: int, bottom: int) -> list[str]:
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


# --- rows that are no data ---

NUMBERED = re.compile(r"\(?\d{1,3}\)?|\(?\d{1,2}\)?\s*=.*|[-+]?\d[\d.,]*")
NUMBERING_CELL = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?:\s*=.*)?")
_SUMMED = r"(?:số|so|hộ|ho|khẩu|khau|nhân khẩu|tổ|to|thôn|thon|tdp|trang|dồn|chung|toàn)"
TOTAL = re.compile(rf"(?:(?:tổng|tong)(?: cộng| cong)?|cộng|cong)(?: {_SUMMED}\b.*)?")
# What no cell of data says, and what may be somebody's office just as well.
SIGNED = re.compile(
    r"^(?:nguoi (?:lap|tong hop|kiem tra)|can bo (?:lap|tong hop)|tm (?:ubnd|uy ban)|kt chu tich|"
    r"xac nhan cua|noi nhan|ky (?:va )?ghi ro|ky ten)\b"
    r"|^(?:[\w ]{2,30} )?ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{4})?$"
)
OFFICE = re.compile(r"^(?:pho )?(?:chu tich|to truong|truong thon|thu truong|ke toan)\b")
NOTE = re.compile(r"^(?:ghi chu|luu y|chu thich)\b")
PLACE_SECTION = re.compile(
    r"^(?:[ivxlc\d]+ )?(?:to dan pho|tdp|thon|khu pho|xom|ap|to)\b(?: so)?(?: \w+){1,6}$"
)


def _skips(body: pd.DataFrame, last_heading: list[str], headings: list[str]) -> pd.Series:
    """Why each row below the headings is no data; missing where it is."""
    why = pd.Series(None, index=body.index, dtype="object")
    if body.empty:
        return why
    filled = body.notna().sum(axis=1)
    first = _first_words(body)
    heading = pd.Series(last_heading).reindex(body.columns)
    same = body.eq(heading.where(heading != "")).sum(axis=1)
    why[(same == filled) & (same >= LEAST_KNOWN)] = Skip.REPEATED_HEADING
    why[first.str.lower().str.rstrip(" :.").str.fullmatch(TOTAL).eq(True)] = Skip.TOTAL
    if _numbers_columns(body.iloc[0]):
        why.iloc[0] = Skip.NUMBERING
    alone = filled == 1
    # In a list of few columns, or one hardly filled in, cells stand alone without meaning a section.
    wide = sum(bool(name) for name in headings) > LEAST_KNOWN
    if wide and alone.mean() <= MOST_SECTIONS_SHARE:
        words = first[alone].map(fold, na_action="ignore").astype("str")
        why[words.index[words.str.contains(PLACE_SECTION).eq(True)]] = Skip.SECTION
        why[words.index[words.str.contains(NOTE).eq(True)]] = Skip.NOTE
    return _with_signatures(why, body, filled)


def _first_words(body: pd.DataFrame) -> pd.Series:
    """The first cell of each row that is more than digits."""
    first = pd.Series(None, index=body.index, dtype="str")
    for column in body.columns:
        wordy = body[column].str.contains(r"[^\W\d_]", regex=True).eq(True)
        first = first.where(first.notna() | ~wordy, body[column])
        if first.notna().all():
            break
    return first


def _numbers_columns(row: pd.Series) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2 3."""
    cells = row.dropna().tolist()
    found = [NUMBERING_CELL.fullmatch(cell.strip()) for cell in cells]
    bare = all(cell.strip().isdigit() for cell in cells)
    if len(cells) < (LEAST_BARE_NUMBERED if bare else LEAST_NUMBERED) or None in found:
        return False
    digits = [int(match[1]) for match in found if match and match[1].isdigit()]
    letters = [match[1] for match in found if match and not match[1].isdigit()]
    counted = digits == list(range(digits[0], digits[0] + len(digits))) if digits else True
    from_first = not digits or digits[0] <= 1 + len(letters)
    return counted and from_first and letters == sorted(set(letters))


def _with_signatures(why: pd.Series, body: pd.DataFrame, filled: pd.Series) -> pd.Series:
    """From the first sign of a signature near the end on, everything is the signature block.

    A sign stands in a row with fewer cells than the rows of data have, below the last full one.
    """
    usual = filled.median()
    full = body.index[(filled > SIGNED_CELLS) & why.isna()]
    last = full.max() if len(full) else body.index[0] - 1
    below = body.loc[last + 1 :].tail(SIGNED_ROWS)
    if below.empty:
        return why
    folded = below.apply(lambda column: column.map(fold, na_action="ignore").astype("str"))
    few = filled[below.index] < usual
    signed = _any_cell(folded, SIGNED) & (few | (filled[below.index] == 1))
    if usual > SIGNED_CELLS:
        signed |= _any_cell(folded, OFFICE) & few & below.iloc[:, 0].isna()
    if signed.any():
        block = below.loc[signed.idxmax() :].index
        why[block] = why[block].fillna(Skip.SIGNATURE)
    return why


def _any_cell(folded: pd.DataFrame, pattern: re.Pattern[str]) -> pd.Series:
    found: pd.Series = folded.apply(lambda column: column.str.contains(pattern).eq(True)).any(
        axis=1
    )
    return found


# --- merged cells, sections, sheets named after places ---


def _filled_down(sheet: Sheet, bottom: int) -> pd.DataFrame:
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


PLACE_HEADING = "Tổ dân phố"
PLACE_FIELDS = frozenset(
    fold(name)
    for fields in HEADINGS.values()
    for names in fields
    if names[0] == "neighbourhood_given"
    for name in names
)


def _gives_place(headings: Sequence[str]) -> bool:
    return any(_known(heading) in PLACE_FIELDS for heading in headings)


def _with_sections(
    cells: pd.DataFrame, headings: list[str], sections: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """Rows under a line `I. TỔ DÂN PHỐ 1` lie there, where no column says so."""
    if sections.empty or _gives_place(headings):
        return cells, headings
    named = _first_words(sections).str.replace(r"^[IVXLC\d]+\s*[.)\-:]\s*", "", regex=True)
    under = named.reindex(cells.index.union(named.index)).ffill().reindex(cells.index)
    return cells.join(under.rename(len(headings))), [*headings, PLACE_HEADING]


def _named_places(parts: list[_Part]) -> list[_Part]:
    """Sheets called `TDP 1`, `TDP 2` say where their rows lie, where no heading does."""
    named = all(re.match(PLACE_SECTION, fold(part.name)) for part in parts)
    if not named or any(_gives_place(part.headings) for part in parts):
        return parts
    return [
        _Part(
            name=part.name,
            headings=(*part.headings, PLACE_HEADING),
            known=part.known,
            cells=part.cells.assign(**{"_": part.name}).set_axis(
                range(len(part.headings) + 1), axis=1
            ),
            rows=part.rows,
            skipped=part.skipped,
        )
        for part in parts
    ]
