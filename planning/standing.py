"""Where every household stands for every goal, as flags: the definitions under `planning.coverage`.

A visit belongs to the day it had in Vietnam (UTC+7, no summer time).
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame, Series

from geo.errors import NotFoundError
from geo.terms import Outcome

VIETNAM_AHEAD = pd.Timedelta(hours=7)

Flags = npt.NDArray[np.bool_]


class Standing(NamedTuple):
    """Flags with one row per household and one column per entry of `goals`.

    A null goal, always the last column, stands for all goals together.
    """

    goals: list[str | None]
    concerned: Flags
    ever: Flags
    reached: Flags

    def of(self, goal: str | None) -> "Standing":
        """Return the column of `goal`, all where it is null; raise `NotFoundError` without it."""
        if goal is None:
            return self
        if goal not in self.goals:
            raise NotFoundError("goal_unknown", goal=goal, known=self.goals[:-1])
        only = [self.goals.index(goal)]
        return Standing([goal], *(flags[:, only] for flags in self[1:]))

    @property
    def unreached(self) -> Flags:
        """Return who is concerned and not reached."""
        return self.concerned & ~self.reached

    @property
    def due_again(self) -> Flags:
        """Return who is unreached because a visit no longer holds."""
        return self.ever & ~self.reached


def standing(existing: DataFrame, visits: DataFrame, goals: DataFrame, *, on: date) -> Standing:
    """Return where the households `existing` stand on the day `on`."""
    made = visits_made(visits, existing, goals, on=on)
    met = made[made["outcome"] == Outcome.MET]
    if goals.empty:
        ever = np.isin(np.arange(len(existing)), met["household"])[:, np.newaxis]
        return Standing([None], np.ones_like(ever), ever, ever)
    met = met[met["goal"] >= 0]
    last_met = np.full((len(existing), len(goals)), -np.inf)
    np.maximum.at(last_met, (met["household"].to_numpy(), met["goal"].to_numpy()), met["day"])

    concerned = concerned_by(existing["traits"], goals["concerns"])
    ever = concerned & np.isfinite(last_met)
    valid_days = goals["valid_days"].astype(float).fillna(np.inf).to_numpy()
    reached = ever & (_day_number(on) - last_met <= valid_days)
    every = [_for_every_goal(concerned, flags) for flags in (concerned, ever, reached)]
    return Standing([*goals["goal_id"], None], *every)


def _for_every_goal(concerned: Flags, flags: Flags) -> Flags:
    """Return `flags` with a last column: true for every goal that concerns the household."""
    overall = concerned.any(axis=1) & (flags | ~concerned).all(axis=1)
    return np.column_stack([flags, overall])


def visits_made(visits: DataFrame, existing: DataFrame, goals: DataFrame, *, on: date) -> DataFrame:
    """Return the visits to `existing` on or before `on`.

    Added are `day` (since 1970, in Vietnam) and the positions `household` in `existing` and `goal`
    in `goals` (-1: for none of them).
    """
    local = pd.to_datetime(visits["visited_at"], utc=True) + VIETNAM_AHEAD
    made = visits.assign(
        day=local.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64),
        household=pd.Index(existing["household_id"]).get_indexer(pd.Index(visits["household_id"])),
        goal=pd.Index(goals["goal_id"]).get_indexer(pd.Index(visits["goal_id"])),
    )
    return made[(made["household"] >= 0) & (made["day"] <= _day_number(on))]


def _day_number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def concerned_by(traits: Series, concerns: Series) -> Flags:
    """Return, household by goal, whether the household has a trait of the goal, if it names any."""
    kinds, kind_of = np.unique(traits.fillna("").astype(str), return_inverse=True)
    wanted = [_words(text) for text in concerns.fillna("")]
    table = [[not want or bool(want & _words(kind)) for want in wanted] for kind in kinds]
    return np.array(table, dtype=bool).reshape(len(kinds), len(wanted))[kind_of]


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",")} - {""}
