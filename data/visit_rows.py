"""Visits that come back from the field: which visit a row is, and which rows were damaged on the way.

A visit without an id of its own is known by household, member, goal and time, so that the same visit is the same
whatever it comes by. A file whose rows may correct each other (a column `corrects`: of the page for a phone, of ODK)
names a visit by these four alone, to the minute; of any other list the outcome belongs to it too, since its times are
often only days, and somebody absent in the morning may be met at night.
"""

import re
from urllib.parse import quote

import pandas as pd

from data.columns import Columns
from data.ids import row_ids
from data.problems import Problems
from data.reading import RawTable
from data.schema import KEYS
from geo.terms import Kind

KEY = KEYS[Kind.VISITS]
SAME = ("household_given", "member_given", "goal_given")
NOTHING = "-"
CODED = re.compile(r"[%|,/\s]")
# A row may correct whatever was said before.
ANY = "*"


def spoilt(frame: pd.DataFrame) -> pd.Series:
    """Return which rows were damaged on the way, or are missing from a message."""
    if "damaged" not in frame:
        return pd.Series(False, index=frame.index)
    return frame["damaged"].notna()


def note_spoilt(frame: pd.DataFrame, columns: Columns, problems: Problems) -> None:
    """List the rows that were damaged on the way, and set them aside."""
    if "damaged" not in frame:
        return
    for how in ("damaged", "missing", "rejected"):
        place = columns.positions.get("note") if how == "damaged" else None
        problems.add(frame["damaged"] == how, f"visit_{how}", place, fatal=True)


def visit_ids(
    raw: RawTable, frame: pd.DataFrame, columns: Columns, problems: Problems
) -> pd.Series:
    """Return the id of each visit: the file's own, else what it is known by."""
    if KEY in columns.positions and not correctable(frame):
        return row_ids(raw, frame, columns, Kind.VISITS, problems)
    parts = [_named(frame, name) for name in SAME]
    parts.append(frame["visited_at"].dt.strftime("%y%m%dT%H%M").astype("str"))
    if not correctable(frame):
        parts.append(frame["outcome"])
    known: pd.Series = parts[0].str.cat(pd.concat(parts[1:], axis=1), sep="/")
    given = frame[KEY] if KEY in frame else pd.Series(None, index=frame.index, dtype="str")
    whole = given.fillna(known)
    # who lacks one of them is set aside and needs an id only by name
    return whole.fillna(pd.Series([f"V{i}" for i in range(len(frame))], index=frame.index))


def correctable(frame: pd.DataFrame) -> bool:
    """Return whether the rows say what they correct."""
    return "corrects" in frame


def _named(frame: pd.DataFrame, name: str) -> pd.Series:
    given = frame.get(name, pd.Series(None, index=frame.index, dtype="str"))
    coded = {cell: _coded(cell) for cell in given.dropna().unique()}
    return given.map(coded).astype("str").fillna(NOTHING)


def _coded(name: str) -> str:
    """An id as the page for a phone writes it between separators."""
    return CODED.sub(lambda sign: quote(sign[0], safe=""), name)


def told_once(frame: pd.DataFrame, fatal: pd.Series) -> pd.DataFrame:
    """Return each visit once: of rows that tell of the same one, the one corrected most often, else the last."""
    corrected = pd.Series(0, index=frame.index)
    if correctable(frame):
        corrected = frame["corrects"].str.count(",").add(1).fillna(0)
    order = pd.DataFrame({"id": frame[KEY], "corrected": corrected})[~fatal]
    last = order.sort_values("corrected", kind="stable").drop_duplicates("id", keep="last")
    return frame[fatal | frame.index.isin(last.index)]
