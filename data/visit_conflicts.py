"""Visits beside those that are stored: what is new, what was corrected, and what contradicts.

The same visit is stored once. Where a row tells it with another outcome, the stored one stays and the row is set aside,
unless the row says that it corrects that outcome: then it takes its place. So the order in which messages of one phone
arrive does not matter, and none counts twice. Two visits by different people, or of lists without ids, at one moment
for one goal with different outcomes are both kept and told; that met counts is the business of `planning.coverage`.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.problems import COLUMNS
from data.rows import Rows
from data.visit_rows import ANY, KEY, correctable
from geo.among import among

MOMENT = ["household_given", "goal_given", "visited_at"]
BETWEEN = " → "


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Visits to store, with the origin of each; `problems` and `aside` tell of the others as `data.rows.Rows` does."""

    incoming: Any
    origin: pd.DataFrame
    problems: pd.DataFrame
    aside: pd.DataFrame


def settled_visits(rows: Rows, incoming: Any, stored: Any) -> Settled:
    """Return what to store of a file's visits, and what to tell of it."""
    before = stored.set_index(KEY).reindex(incoming[KEY]).set_axis(incoming.index)
    both = _told(rows, _contradicting(incoming, stored), "visit_both_kept")
    if not correctable(rows.frame):
        none = rows.stood.iloc[:0]
        return Settled(incoming=incoming, origin=rows.origin, problems=both, aside=none)
    corrects = _corrects(rows.frame["corrects"], before["outcome"])
    differs = before["outcome"].notna() & (before["outcome"] != incoming["outcome"])
    kept = differs & ~corrects
    told = before["outcome"].astype("str") + BETWEEN + incoming["outcome"]
    problems = [
        _told(rows, told[differs & corrects], "visit_corrected"),
        _told(rows, told[kept], "visit_kept"),
        both,
    ]
    # an older message does not bring back a note that was changed since
    noted = before["note"].notna() & ~corrects
    incoming = incoming.assign(note=incoming["note"].mask(noted))
    return Settled(
        incoming=incoming[~kept].reset_index(drop=True),
        origin=rows.origin[~kept].reset_index(drop=True),
        problems=pd.concat(problems, ignore_index=True),
        aside=rows.stood[kept].reset_index(drop=True),
    )


def _corrects(said: pd.Series, outcomes: pd.Series) -> pd.Series:
    """Whether each row says that it corrects the outcome that is stored."""
    pairs = zip(said.fillna(""), outcomes.fillna(NO_OUTCOME), strict=True)
    found = [ANY in words or outcome in words.split(",") for words, outcome in pairs]
    return pd.Series(found, index=said.index)


NO_OUTCOME = "none"


def _contradicting(incoming: Any, stored: Any) -> pd.Series:
    """Return, for incoming visits with another one at that moment, who tells it otherwise: its outcomes."""
    columns = [KEY, *MOMENT, "outcome"]
    others = stored.loc[stored["visited_at"].isin(incoming["visited_at"]), columns]
    others = others[~among(others[KEY], incoming[KEY])]
    every = pd.concat([incoming.reindex(columns=columns), others], ignore_index=True)
    several = every.groupby(MOMENT, dropna=False)["outcome"].transform("nunique") > 1
    several = several & every["household_given"].notna()
    told = (
        every[several]
        .groupby(MOMENT, dropna=False)["outcome"]
        .agg(lambda o: ", ".join(sorted(set(o))))
    )
    mine = incoming[several.iloc[: len(incoming)].to_numpy()]
    if mine.empty:
        return pd.Series(dtype="str")
    keys = pd.MultiIndex.from_frame(mine[MOMENT])
    return pd.Series(told.reindex(keys).to_numpy(), index=mine.index, dtype="str")


def _told(rows: Rows, values: pd.Series, check: str) -> pd.DataFrame:
    """Problems of some rows, by the index of `rows.frame`."""
    where = rows.origin.loc[values.index]
    found = where.assign(column="outcome", check=check, value=values).reindex(columns=[*COLUMNS])
    return found.astype(object).where(found.notna(), None)
