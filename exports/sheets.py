"""Tables for people: XLSX that can be filtered and printed, CSV that can be read back.

Every text is written as text, whatever it begins with: an XLSX never holds a formula, and a CSV is
guarded as `geo.plain_text` tells. Ids and phone numbers are texts and keep their leading zeros.
"""

from datetime import date
from pathlib import Path
from typing import IO

import pandas as pd
from pandas import DataFrame, Series

from exports.content import PlanExport, stamp, stamped, tables_of, with_coordinates
from exports.lists import add_lists
from exports.text import clean, clean_texts, guard_texts
from exports.workbook import Book
from exports.writing import written_whole
from words import Lang, column, say

SHEETS = ("households", "zones", "members", "neighbourhoods", "figures")


def write_xlsx(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write a workbook: households first (zones, if public), then the rest, the lists of members, what it is.

    Where the listing names members, it holds their lists only. Raises `InputError` where the file cannot be written; an
    older one at `path` is then untouched.
    """
    book = Book(stamp(content, public=public, lang=lang), lang)
    listing = None if public else content.listing
    only_lists = listing is not None and listing.only is not None
    tables = {} if only_lists else tables_of(content, public=public)
    for name in SHEETS:
        if name in tables:
            book.add(with_coordinates(tables[name]), title=say(f"export_sheet_{name}", lang))
    if listing is not None:
        add_lists(book, content, listing, lang=lang)
    book.save(path)


def table_xlsx(
    frame: DataFrame,
    path_or_buffer: Path | IO[bytes],
    *,
    title: str,
    lang: str = Lang.VI,
    made_up: bool,
    on: date | None = None,
) -> None:
    """Write one table as a workbook: header in the first row, one sheet more that says what it is.

    Headings are put into words (`words.column`), and so are causes, reasons and the like; a
    geometry is left out. Raises `InputError` where the file cannot be written.
    """
    marks = {"title": title, "source": say("export_source", lang)}
    marks |= {"date": on.isoformat()} if on else {}
    marks |= {"notice": say("made_up_data", lang)} if made_up else {}
    book = Book(marks, lang)
    book.add(DataFrame(frame.drop(columns="geometry", errors="ignore")), title=title)
    book.save(path_or_buffer)


def rejects_xlsx(
    aside: DataFrame,
    path: Path,
    *,
    because: Series,
    title: str,
    lang: str = Lang.VI,
    made_up: bool,
) -> None:
    """Write the rows a file could not give so that they can be corrected and imported again as they are.

    `aside` has the row and the sheet they stood in, then the file's own cells under its own headings, which may
    repeat; `because` says of each what is wrong. Columns of ours come first. Raises `InputError` where the file
    cannot be written.
    """
    ours = [column(name, lang) for name in ("because", "aside_row", "aside_sheet")]
    parts = [because, aside.iloc[:, 0], aside.iloc[:, 1]]
    marks = {"title": title, "source": say("export_source", lang)}
    if made_up:
        marks["notice"] = say("made_up_data", lang)
        ours.append(column("notice", lang))
        parts.append(Series(marks["notice"], aside.index))
    table = pd.concat([*parts, aside.iloc[:, 2:]], axis=1)
    book = Book(marks, lang)
    headings = [*ours, *map(clean, aside.columns[2:])]
    texts = clean_texts(table.set_axis([str(at) for at in range(len(headings))], axis=1))
    book.lay_out(texts, headings, title=title)
    book.save(path)


def write_csv(
    content: PlanExport, path: Path, *, public: bool = False, lang: str = Lang.VI
) -> None:
    """Write the households of a plan (its zones, if public) as UTF-8 with a byte order mark.

    The columns `household_id` and `member_id` of a full one make it a file of `assignments`.
    Raises `InputError` where the file cannot be written; an older one at `path` is then untouched.
    """
    tables = tables_of(content, public=public)
    table = with_coordinates(tables["zones" if public else "households"])
    guarded = guard_texts(stamped(table, stamp(content, public=public, lang=lang)))
    with written_whole(path) as part:
        guarded.to_csv(part, index=False, encoding="utf-8-sig", lineterminator="\r\n")
