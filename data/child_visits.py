"""Read the visits that a member's page for a phone hands back: its file, or text of its messages as it was pasted.

Part of the child process (`data.child`): the standard library alone. An entry has a checksum of its own, so that a
damaged one spoils itself alone; `static/phone_records.js` writes them and tells their form.
"""

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from data.child_guard import RefusedError
from data.child_sheets import Sheet

TAG = "DIABAN1 "
HEAD = re.compile(r"DIABAN1 (\S+) (\S+) (\d{1,6}) ([0-9a-f]{8})$")
LINE = re.compile(r"([^|]+)\|([^|]*)\|([marn]+)\|(\d{6}T\d{4})\|([^|]*)\|([0-9a-f]{8})$")
# A line that was meant to be an entry, whatever became of it.
MEANT = re.compile(r"[^|]*\|[^|]*\|")
OUTCOMES = {"m": "met", "a": "absent", "r": "refused", "n": "not_found"}
LETTERS = {outcome: letter for letter, outcome in OUTCOMES.items()}
CODED = re.compile(r"[%|,/\s]")
HEADINGS = (
    *("visit_id", "household_id", "member_id", "goal_id", "visited_at", "outcome", "note"),
    *("corrects", "damaged"),
)
GOOD, DAMAGED, MISSING = None, "damaged", "missing"
NO_GOAL = "-"
# No message of the page has as many.
MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class _Entry:
    household: str
    goals: tuple[str, ...]
    history: str
    time: str
    note: str

    def body(self) -> str:
        goals = ",".join(map(_coded, self.goals))
        return "|".join((_coded(self.household), goals, self.history, self.time, self.note))


def is_visit_text(text: str) -> bool:
    """Return whether text holds messages of the page."""
    return TAG in text


def is_visit_file(text: str) -> bool:
    """Return whether text is a file of the page, whole or not."""
    return re.match(r'\s*\{\s*"diaban"\s*:\s*"visits"', text) is not None


def sheet_of_text(text: str) -> Sheet:
    """Read the messages in pasted text; what is said around them is left alone. Rows are numbered by line.

    A line that was damaged is kept as it stands, and each that is missing is a row, so that both can be told.
    """
    sheet, head, left, number = _sheet(), "", 0, 0
    member: str | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _plain(raw)
        if TAG in line:
            _add_missing(sheet, number, head, left if member else 0)
            head, (member, left) = line, _begun(line)
            if not member:
                _add_damaged(sheet, number, line)
        elif left and MEANT.match(line):
            left -= 1
            _add_line(sheet, number, line, member or "")
    _add_missing(sheet, number, head, left if member else 0)
    return sheet


def sheet_of_file(text: str) -> Sheet:
    """Read a file of the page; rows are numbered by entry."""
    try:
        told = json.loads(text.removeprefix("\ufeff"))
        entries, member = list(told["entries"]), str(told["member"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RefusedError("visits_file_damaged") from error
    sheet = _sheet()
    for number, one in enumerate(entries, start=1):
        entry = _of_json(one)
        if entry is None or one.get("check") != _check(f"{member} {entry.body()}"):
            _add_damaged(sheet, number, json.dumps(one, ensure_ascii=False))
        else:
            _add(sheet, number, member, entry)
    return sheet


def _sheet() -> Sheet:
    sheet = Sheet("", only_rows=True)
    sheet.add(0, HEADINGS)
    return sheet


def _begun(line: str) -> tuple[str | None, int]:
    """Who a message is from, and how many entries it has; nobody where its head is damaged."""
    head = HEAD.search(line)
    if head is None or head[4] != _check(f"{head[1]} {head[2]} {head[3]}"):
        return None, MOST_LINES
    return unquote(head[2]), int(head[3])


def _add_line(sheet: Sheet, number: int, line: str, member: str) -> None:
    cut = LINE.match(line)
    if cut is None or cut[6] != _check(f"{member} {line[: cut.start(6) - 1]}"):
        _add_damaged(sheet, number, line)
        return
    goals = tuple(unquote(goal) for goal in cut[2].split(",") if goal)
    _add(sheet, number, member, _Entry(unquote(cut[1]), goals, cut[3], cut[4], cut[5]))


def _add(sheet: Sheet, number: int, member: str, entry: _Entry) -> None:
    """Keep an entry as one row a goal."""
    time = entry.time
    at = f"20{time[:2]}-{time[2:4]}-{time[4:6]}T{time[7:9]}:{time[9:]}Z"
    was = ",".join(OUTCOMES[letter] for letter in entry.history[:-1])
    for goal in entry.goals or (None,):
        named = map(_coded, (entry.household, member, goal or NO_GOAL))
        row = ["/".join((*named, time)), entry.household, member, goal, at]
        sheet.add(number, [*row, OUTCOMES[entry.history[-1]], entry.note, was or None, GOOD])


def _add_damaged(sheet: Sheet, number: int, stood: str) -> None:
    """Keep what stood there under the note: it is shown with the rows set aside."""
    sheet.add(number, [None] * 6 + [stood[:1000], None, DAMAGED])


def _add_missing(sheet: Sheet, number: int, head: str, left: int) -> None:
    """Keep a row for each entry that a message promised and has not."""
    for _ in range(min(left, MOST_LINES)):
        sheet.add(number, [None] * 6 + [head, None, MISSING])


def _of_json(one: Any) -> _Entry | None:
    """An entry out of a file, if it has the form of one."""
    try:
        outcomes: Iterable[str] = (*one["was"], one["outcome"])
        history = "".join(LETTERS[outcome] for outcome in outcomes)
        time = re.sub(r"[-:]", "", str(one["at"]))[2:13]
        words = (str(one["household"]), tuple(map(str, one["goals"])), history, time)
        return _Entry(*words, str(one["note"]))
    except (KeyError, TypeError):
        return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _coded(name: str) -> str:
    return CODED.sub(lambda sign: quote(sign[0], safe=""), name)


def _check(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
