"""Make sense of a sheet as it stands: where its headings are, which rows are data, and what the rest was.

A ward's sheet begins with the national motto and titles, has headings in one to three rows with merged cells, a row
that numbers the columns, merged cells for a whole tổ dân phố, rows of sums, and signatures below. Pure: frames in,
frames out; no file is touched. Whatever is left out is listed with a reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from data.columns import HEADINGS
from data.headings import Grid, heading_rows, joined_headings, known_heading
from data.no_data import PLACE_SECTION, Skip, first_words, skips
from data.sheet import Sheet, filled_down
from geo.errors import InputError
from geo.folding import fold

SAME_SHARE = 0.6


class LeftOut(StrEnum):
    """Why a sheet is left out."""

    HIDDEN = "sheet_hidden"
    HELP = "sheet_help"
    EMPTY = "sheet_empty"
    OTHER = "sheet_other"


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
    left_out = {sheet.name: why for sheet in sheets if (why := why_left_out(sheet, only))}
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


def why_left_out(sheet: Sheet, only: str | None = None) -> LeftOut | None:
    """Return why a sheet by itself is left out; None where it is not."""
    if only is not None:
        return None if sheet.name == only else LeftOut.OTHER
    if sheet.hidden:
        return LeftOut.HIDDEN
    if sheet.cells.empty:
        return LeftOut.EMPTY
    return LeftOut.HELP if HELP.search(fold(sheet.name)) else None


HELP = re.compile(
    r"^(huong ?dan.*|danh ?muc.*|ghi ?chu|chu ?thich|giai ?thich|tro ?giup|help|readme|read me|instructions?|"
    r"guide|lookups?|lists?|tra ?cuu|ve tep nay|about this file)$"
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
    grid = Grid(sheet)
    top, bottom = (0, 0) if sheet.only_rows else heading_rows(grid)
    headings = joined_headings(grid, top, bottom)
    body = sheet.cells.iloc[bottom + 1 :]
    why = pd.Series(Skip.ABOVE, index=sheet.cells.index).where(sheet.cells.index < top)
    if not sheet.only_rows:
        why.iloc[bottom + 1 :] = skips(body, grid.texts[bottom], headings)
    kept = sheet.cells.index[(sheet.cells.index > bottom) & why.isna()]
    cells = filled_down(sheet, bottom).loc[kept]
    cells, headings = _with_sections(cells, headings, body[why.loc[body.index] == Skip.SECTION])
    used = [i for i, name in enumerate(headings) if name or cells[i].notna().any()]
    last = max((i for i in used if headings[i]), default=-1)
    used = [i for i in used if i <= last]
    cells = cells[used].set_axis(range(len(used)), axis=1)
    skipped = why.dropna()
    return _Part(
        name=sheet.name,
        headings=tuple(headings[i] for i in used),
        known=frozenset(known for i in used if (known := known_heading(headings[i]))),
        cells=cells.reset_index(drop=True),
        rows=sheet.rows.loc[kept].reset_index(drop=True),
        skipped=tuple(
            (sheet.name, int(number), str(reason))
            for number, reason in zip(sheet.rows[skipped.index], skipped, strict=True)
        ),
    )


# --- sections, sheets named after places ---

PLACE_HEADING = "Tổ dân phố"
PLACE_FIELDS = frozenset(
    fold(name)
    for fields in HEADINGS.values()
    for names in fields
    if names[0] == "neighbourhood_given"
    for name in names
)


def _gives_place(headings: Sequence[str]) -> bool:
    return any(known_heading(heading) in PLACE_FIELDS for heading in headings)


def _with_sections(
    cells: pd.DataFrame, headings: list[str], sections: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """Rows under a line `I. TỔ DÂN PHỐ 1` lie there, where no column says so."""
    if sections.empty or _gives_place(headings):
        return cells, headings
    named = first_words(sections).str.replace(r"^[IVXLC\d]+\s*[.)\-:]\s*", "", regex=True)
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
