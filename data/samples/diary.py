"""Write visits down as members do: evenings and weekends, door after door, goal by goal."""

from datetime import date
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.samples.teams import GOALS
from geo.terms import Outcome

Days = NDArray[np.int64]

OUTCOMES = [Outcome.MET, Outcome.ABSENT, Outcome.REFUSED, Outcome.NOT_FOUND]
MET, ABSENT, REFUSED, NOT_FOUND = range(len(OUTCOMES))
# Teams go out on Tuesday, Thursday, Friday and at weekends: days to wait from Monday on.
WAIT = np.array([1, 0, 1, 0, 0, 0, 0])
SATURDAY = 5
# Minutes of the day at which a round begins, how much later at most, and from door to door.
EVENING, MORNING, AFTERNOON = 18 * 60 + 20, 8 * 60, 15 * 60
WEEKEND_ROUNDS, WEEKEND_SHARES = (MORNING, AFTERNOON, EVENING), (0.4, 0.35, 0.25)
LATE_MIN, APART_MIN = 40, 16
VIETNAM_AHEAD = pd.Timedelta(hours=7)
# Visits in vain that name no goal, and early visits by members who have left since.
SHARE_NO_GOAL, SHARE_WHO_LEFT = 0.12, 0.12
SHARE_NOTED = (0.04, 0.3, 0.6, 0.6)
NOTES = (
    ("đã cài, quên mật khẩu", "cần người trẻ hướng dẫn bán hàng trên mạng", "mạng yếu, làm lại"),
    ("hẹn tối thứ bảy", "cả nhà đi làm", "khóa cửa", "chỉ có trẻ nhỏ ở nhà"),
    ("ngại cho thông tin cá nhân", "nói để con về làm", "không dùng điện thoại thông minh"),
    ("không có số nhà này", "đã chuyển đi nơi khác", "hàng xóm không biết"),
)


class Knocks(NamedTuple):
    """Visits as they happen: whose door (row), how many days back (0, -1, …), outcome, goals."""

    door: NDArray[np.int64]
    day: Days
    outcome: NDArray[np.int64]
    goals: NDArray[np.bool_]


def next_outing(day: Days, until: date) -> Days:
    """Return the same day or the next on which teams go out, but none after `until` (day 0)."""
    return np.asarray(np.minimum(day + WAIT[_weekday(day, until)], 0))


def written(
    knocks: Knocks,
    visitor: NDArray[np.object_],
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    *,
    until: date,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one row per visit and goal in order of time; some visits in vain name no goal."""
    visits = _timed(knocks, visitor, until, rng)
    knock = visits["knock"].to_numpy()
    outcome, goals = knocks.outcome[knock], knocks.goals[knock]
    unnamed = (outcome != MET) & (rng.random(len(visits)) < SHARE_NO_GOAL)
    row, goal = np.nonzero(np.column_stack([goals & ~unnamed[:, None], unnamed]))
    named = np.array([*(goal_id for goal_id, *_ in GOALS), None], dtype=object)[goal]
    who = _who(visits, households, members, rng)[row]
    household = households["household_id"].to_numpy()[visits["door"]][row]
    return pd.DataFrame(
        {
            "visit_id": [f"LT-{n:06d}" for n in range(1, len(row) + 1)],
            "household_id": household,
            "household_given": household,
            "member_id": who,
            "member_given": who,
            "goal_id": named,
            "goal_given": named,
            "visited_at": (visits["at"] - VIETNAM_AHEAD).dt.tz_localize("UTC").to_numpy()[row],
            "outcome": np.array([str(outcome) for outcome in OUTCOMES], dtype=object)[outcome[row]],
            "note": _notes(outcome, rng)[row],
        }
    )


def _timed(
    knocks: Knocks, visitor: NDArray[np.object_], until: date, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the visits in order of time: `knock`, `door`, `member_id` and local time `at`."""
    visits = pd.DataFrame(
        {
            "knock": np.arange(len(knocks.door)),
            "door": knocks.door,
            "member_id": visitor[knocks.door],
            "day": next_outing(knocks.day, until),
        }
    ).sort_values(["member_id", "day", "door", "knock"], ignore_index=True)
    rounds = visits.groupby(["member_id", "day"], sort=False)
    number = rounds.ngroup().to_numpy()
    weekend = _weekday(visits["day"].to_numpy(), until) >= SATURDAY
    begins = rng.choice(WEEKEND_ROUNDS, rounds.ngroups, p=WEEKEND_SHARES)[number]
    late_min = rng.integers(0, LATE_MIN, rounds.ngroups)[number]
    door_min = rounds.cumcount().to_numpy() * APART_MIN
    minute = np.where(weekend, begins, EVENING) + late_min + door_min
    at = pd.Timestamp(until) + pd.to_timedelta(visits["day"], unit="D")
    at += pd.to_timedelta(minute, unit="min")
    return visits.assign(at=at).sort_values(["at", "door"], ignore_index=True)


def _weekday(day: Days, until: date) -> Days:
    return np.asarray((day + until.weekday()) % len(WAIT))


def _who(
    visits: pd.DataFrame,
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    rng: np.random.Generator,
) -> NDArray[np.object_]:
    """Return who visited; a share of the early visits was by members who have left since."""
    who = visits["member_id"].to_numpy(dtype=object).copy()
    place = households["neighbourhood_id"].to_numpy()[visits["door"]]
    gone = members[members["active_to"].notna()]
    for member, home, day in zip(
        gone["member_id"], gone["neighbourhood_id"], gone["active_to"], strict=True
    ):
        early = (place == home) & (visits["at"] < pd.Timestamp(day)).to_numpy()
        who[early & (rng.random(len(who)) < SHARE_WHO_LEFT)] = member
    return who


def _notes(outcome: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.object_]:
    """Return what the member remarked, mostly nothing."""
    notes = np.full(len(outcome), None, dtype=object)
    for code, (share, remarks) in enumerate(zip(SHARE_NOTED, NOTES, strict=True)):
        at = np.flatnonzero((outcome == code) & (rng.random(len(outcome)) < share))
        notes[at] = rng.choice(np.array(remarks, dtype=object), len(at))
    return notes
