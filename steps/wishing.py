"""What a person asks of a plan at the front door: locks from a file, and how long to search."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pandas as pd

from data.columns import match_columns
from data.reading import read
from data.rows import rows_of
from data.store import Store
from geo.errors import InputError
from geo.terms import Kind
from planning.rules import PlanRules
from planning.wishes import Wishes

# Counted steps that a usual machine makes in half a second: time is a limit, not a goal.
STEPS_A_SECOND = 2_000_000
MOST_STEPS = 200_000


def locks_from(store: Store, path: Path | None) -> Wishes:
    """Return the locks of a file with the columns of `Kind.ASSIGNMENTS`; none without a file.

    Raises
    ------
    InputError
        Where the file cannot be read, or names households or members that nobody knows.
    """
    if path is None:
        return Wishes()
    raw = read(path)
    frame = rows_of(raw, match_columns(raw.headings, Kind.ASSIGNMENTS, {}), Kind.ASSIGNMENTS).frame
    pairs = pd.DataFrame(frame[["household_id", "member_id"]]).dropna().astype(str)
    for kind, column in ((Kind.HOUSEHOLDS, "household_id"), (Kind.MEMBERS, "member_id")):
        unknown = ~pairs[column].isin(store.load(kind)[column])
        if unknown.any():
            count = int(unknown.sum())
            raise InputError("locks_unknown", file=path.name, column=column, count=count)
    return Wishes(locks=tuple(pairs.itertuples(index=False, name=None)))


def budget(rules: PlanRules, seconds: float | None, households: int) -> PlanRules:
    """Return the rules with as many steps as a machine has time for, the usual number without a limit."""
    if seconds is None:
        return rules
    if not seconds > 0:
        raise InputError("plan_time_not_positive", seconds=seconds)
    steps = int(seconds * STEPS_A_SECOND / max(households, 1))
    return replace(rules, steps=min(max(steps, 1), MOST_STEPS))


def until(seconds: float | None) -> Callable[[], bool]:
    """Return whether to go on: until so many seconds from now, or for ever."""
    if seconds is None:
        return lambda: True
    end = monotonic() + seconds
    return lambda: monotonic() < end
