"""Visits spread over weeks: what falls due in the week it does, and first visits along the way with the minutes left.

First visits follow a tour through the zone from one end to the other (a sweep), so that those of a week lie near each
other. A week holds no more than the member's minutes; only a visit longer than a whole week has one to itself.
"""

import heapq
import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from geo.errors import InputError

DAYS_A_WEEK = 7
SAME_MIN = 1e-6
FIRST = "first_visit"
AGAIN = "revisit"
VISIT = ["week", "member_id", "household_id", "why", "minutes", "late_weeks", "tour"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCalendar:
    """Which household is visited in which week.

    `visits`: `week` (from 1), `member_id`, `household_id`, `why` (`first_visit` or `revisit`), `minutes`, `late_weeks`
    (of a revisit, after the week it fell due, or after the first where it was overdue), `tour` (the place along the
    way); by week, member and place.
    `weeks`: `week, member_id, visits, minutes, minutes_free`, one row for each week and member.
    `reached`: by member, the week in which the last first visit is made; 0 where none is needed, missing where the
    weeks looked at are not enough. `unreached`: the households without a first visit by then.
    """

    visits: DataFrame
    weeks: DataFrame
    reached: Series
    unreached: tuple[str, ...]

    @property
    def all_reached_week(self) -> int | None:
        """The week in which the last household is reached; 0 where all are, None where some are not by the end."""
        if self.reached.isna().any():
            return None
        return int(self.reached.max()) if len(self.reached) else 0


def calendar_weeks(
    households: DataFrame, minutes_per_week: Series, *, begins: date, weeks: int = 52
) -> WeekCalendar:
    """Return the visits of the next `weeks` weeks, the first of which begins on the day `begins`.

    Parameters
    ----------
    households
        One row each, in any order: `household_id`; `member_id`; `tour`, the place along the way through the zone;
        `first_min` and `again_min`, the minutes of a first visit and of a later one; `met`, whether it was ever met;
        `due_on`, the day it is (or was) due again, missing for never; `valid_days`, after how many days a visit of
        this calendar is due again, missing for never.
    minutes_per_week
        Of each member, by id; members with none, or unknown minutes, visit nobody.

    Raises
    ------
    InputError
        Where a household has a member without an entry, or no weeks are looked at.
    """
    if weeks < 1:
        raise InputError("weeks_not_positive", weeks=weeks)
    strangers = sorted(set(households["member_id"]) - set(minutes_per_week.index))
    if strangers:
        raise InputError("members_without_minutes", members=strangers)
    own = households.sort_values(["member_id", "tour", "household_id"])
    diaries = [
        _Diary(str(member), rows, float(minutes_per_week[member]), begins)
        for member, rows in own.groupby("member_id", sort=True)
    ]
    for diary in diaries:
        diary.fill(weeks)
    visits = DataFrame([visit for diary in diaries for visit in diary.visits], columns=VISIT)
    return WeekCalendar(
        visits=visits.sort_values(["week", "member_id", "tour", "household_id"], ignore_index=True),
        weeks=_weeks(visits, minutes_per_week, weeks),
        reached=Series({one.member: one.reached for one in diaries}, dtype="Int64"),
        unreached=tuple(sorted(name for one in diaries for name in one.unreached)),
    )


def _weeks(visits: DataFrame, minutes_per_week: Series, weeks: int) -> DataFrame:
    """Return how full each week of each member is."""
    every = pd.MultiIndex.from_product(
        [range(1, weeks + 1), sorted(minutes_per_week.index)], names=["week", "member_id"]
    )
    told = visits.groupby(["week", "member_id"])["minutes"].agg(["size", "sum"])
    told = told.reindex(every, fill_value=0).set_axis(["visits", "minutes"], axis=1).reset_index()
    whole = told["member_id"].map(minutes_per_week.astype(float).fillna(0.0))
    return told.assign(minutes_free=(whole - told["minutes"]).clip(lower=0.0))


class _Diary:
    """The weeks of one member; households by their place along the tour."""

    def __init__(self, member: str, rows: DataFrame, minutes: float, begins: date) -> None:
        self.member = member
        self.minutes = 0.0 if math.isnan(minutes) else minutes
        self.name = rows["household_id"].tolist()
        self.tour = rows["tour"].tolist()
        self.stay = {
            FIRST: rows["first_min"].to_numpy(dtype=float),
            AGAIN: rows["again_min"].to_numpy(dtype=float),
        }
        self.every = np.asarray(rows["valid_days"], dtype=float)
        met = rows["met"].to_numpy(dtype=bool)
        self.first = np.flatnonzero(~met).tolist()[::-1]
        days = (pd.to_datetime(rows["due_on"]) - pd.Timestamp(begins)).dt.days.to_numpy(dtype=float)
        # by the week in which they fall due (before the first: overdue), then along the tour
        self.due = [
            (int(day // DAYS_A_WEEK) + 1, i)
            for i, day in enumerate(days)
            if met[i] and not math.isnan(day)
        ]
        heapq.heapify(self.due)
        self.last_first = 0
        self.visits: list[tuple[int, str, str, str, float, int, float]] = []

    def fill(self, weeks: int) -> None:
        """Fill the weeks one after the other."""
        for week in range(1, weeks + 1):
            left = self._again(week, self.minutes)
            self._first(week, left)

    @property
    def unreached(self) -> list[str]:
        """Whom nobody has met by the end."""
        return [self.name[i] for i in self.first]

    @property
    def reached(self) -> int | None:
        """The week of the last first visit, None where some are left."""
        return None if self.first else self.last_first

    def _again(self, week: int, left: float) -> float:
        """Visit who is due, the longest waiting first, and return the minutes left."""
        while self.due and self.due[0][0] <= week and self._fits(AGAIN, self.due[0][1], left):
            since, i = heapq.heappop(self.due)
            left = self._visit(week, AGAIN, i, left, late=week - max(since, 1))
        return left

    def _first(self, week: int, left: float) -> None:
        while self.first and self._fits(FIRST, self.first[-1], left):
            left = self._visit(week, FIRST, self.first.pop(), left, late=0)
            self.last_first = week

    def _fits(self, why: str, i: int, left: float) -> bool:
        longer_than_a_week = left >= self.minutes > 0
        return longer_than_a_week or self.stay[why][i] <= left + SAME_MIN

    def _visit(self, week: int, why: str, i: int, left: float, *, late: int) -> float:
        minutes = float(self.stay[why][i])
        self.visits.append((week, self.member, self.name[i], why, minutes, late, self.tour[i]))
        if not math.isnan(self.every[i]):
            # from the first day of the week, so that nothing runs out unseen
            heapq.heappush(self.due, (week + max(1, int(self.every[i] // DAYS_A_WEEK)), i))
        return max(left - minutes, 0.0)


def first_day(begins: date, week: int) -> date:
    """Return the day on which a week of a calendar begins."""
    return begins + timedelta(days=DAYS_A_WEEK * (week - 1))
