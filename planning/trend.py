"""How coverage has grown week by week, and when everybody will have been met if it goes on so.

Weeks go from Monday to Sunday, by the days in Vietnam. The households are those of now in every week, for no list says
who lived there before. The expected day is that of the last weeks' pace: 1,000 futures are drawn, each from its own
resample of those weeks (bootstrap, Efron 1979), so that both the chance of single weeks and what so few weeks leave
open about the pace are in the range. Where meetings grow fewer beyond chance (Mann 1945, Kendall's tau), that pace will
not last, and three ways to go on stand in its place: all those weeks' pace, the last four weeks', and slowing down on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from pandas import DataFrame
from scipy.stats import kendalltau

from geo.errors import NotFoundError
from geo.terms import Outcome
from planning.standing import concerned_by, visits_made

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

WEEK_DAYS = 7
# The pace is that of so many whole weeks; from fewer than the least nothing is concluded.
PACE_WEEKS, LEAST_WEEKS = 8, 4
# Fewer first meetings than these in the weeks of the pace tell no pace.
LEAST_MET = 10
FUTURES = 1_000
# What lies beyond ten years is never.
MOST_WEEKS = 520
# Eight of ten futures end within the range.
EARLIEST, MIDDLE, LATEST = 0.1, 0.5, 0.9
# Slower weeks than by chance in one of twenty cases; half a meeting keeps a week of none on the logarithm.
LEVEL, HALF = 0.05, 0.5
COLUMNS = ("week_begins", "until", "whole_week", "first_reached", "expired", "renewed")
STATES = ("ever_reached", "reached", "households", "share_ever_reached", "share_reached")


@dataclass(frozen=True, slots=True)
class Trend:
    """One row per week (`rows`), and when the last household will have been met (`finish`).

    `rows`: `week_begins`, `until` (Sunday, or the day asked about), `whole_week`, `first_reached` (met for the first
    time in the week), `expired` (no longer held at its end, though it did at its beginning), `renewed` (the other way
    round, met before), and at its end `ever_reached`, `reached`, `households`, `share_ever_reached`, `share_reached`.
    `finish`: see `finishing`.
    """

    rows: DataFrame
    finish: dict[str, Any]


def trend(
    households: DataFrame,
    visits: DataFrame,
    goals: DataFrame,
    *,
    on: date,
    goal: str | None = None,
    seed: int = 1,
) -> Trend:
    """Return the weeks from the first visit to the day `on`, and the expected end.

    The last row agrees with `planning.coverage` on the day `on`. For `goal`, or over all goals as there. Raises
    `NotFoundError` for an unknown goal.
    """
    if goal is not None:
        if goal not in set(goals["goal_id"]):
            raise NotFoundError("goal_unknown", goal=goal, known=list(goals["goal_id"]))
        goals = goals[goals["goal_id"] == goal]
    made = visits_made(visits, households, goals, on=on)
    met = made[made["outcome"] == Outcome.MET]
    concerned, column, valid = _asked(households, goals, met)
    met = met.assign(column=column)[column >= 0].sort_values("day", kind="stable")
    rows = _weeks(met, concerned, valid, on=on)
    counted = int(concerned.any(axis=1).sum())
    left = counted - (int(rows["ever_reached"].iloc[-1]) if len(rows) else 0)
    pace = rows.loc[rows["whole_week"], "first_reached"].tail(PACE_WEEKS)
    finish = finishing(pace.to_numpy(dtype=np.int64), left, households=counted, on=on, seed=seed)
    return Trend(rows, finish)


def _asked(
    households: DataFrame, goals: DataFrame, met: DataFrame
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64], Numbers]:
    """Return who is concerned by which goal, the goal of each meeting (-1: none), and how long goals hold."""
    if goals.empty:
        everybody = np.ones((len(households), 1), dtype=bool)
        return everybody, np.zeros(len(met), dtype=np.int64), np.array([np.inf])
    valid = np.asarray(goals["valid_days"].astype(float).fillna(np.inf), dtype=np.float64)
    concerned = concerned_by(households["traits"], goals["concerns"])
    return concerned, np.asarray(met["goal"], dtype=np.int64), valid


def _weeks(
    met: DataFrame, concerned: npt.NDArray[np.bool_], valid: Numbers, *, on: date
) -> DataFrame:
    """Return one row per week; meetings in order of their days."""
    if met.empty:
        return DataFrame(columns=[*COLUMNS, *STATES])
    today = int(np.datetime64(on, "D").astype(np.int64))
    first = _monday(int(met["day"].iloc[0]))
    ends = np.minimum(np.arange(first, today + 1, WEEK_DAYS) + WEEK_DAYS - 1, today)
    cuts = np.searchsorted(met["day"].to_numpy(), ends, side="right")
    who, what = met["household"].to_numpy(), met["column"].to_numpy()
    day = met["day"].to_numpy(dtype=float)
    last = np.full(concerned.shape, -np.inf)
    counted = concerned.any(axis=1)
    ever = held = np.zeros(len(concerned), dtype=bool)
    rows, begun = [], 0
    for end, cut in zip(ends, cuts, strict=True):
        np.maximum.at(last, (who[begun:cut], what[begun:cut]), day[begun:cut])
        met_all = counted & (np.isfinite(last) | ~concerned).all(axis=1)
        holds = met_all & ((end - last <= valid) | ~concerned).all(axis=1)
        rows.append(
            {
                "week_begins": _date(_monday(int(end))),
                "until": _date(int(end)),
                "whole_week": int(end) == _monday(int(end)) + WEEK_DAYS - 1,
                "first_reached": int((met_all & ~ever).sum()),
                "expired": int((held & ~holds).sum()),
                "renewed": int((holds & ~held & ever).sum()),
                "ever_reached": int(met_all.sum()),
                "reached": int(holds.sum()),
            }
        )
        ever, held, begun = met_all, holds, int(cut)
    return _with_shares(DataFrame(rows), int(counted.sum()))


def _with_shares(rows: DataFrame, households: int) -> DataFrame:
    whole = households or np.nan
    rows["households"] = households
    rows["share_ever_reached"] = rows["ever_reached"] / whole
    rows["share_reached"] = rows["reached"] / whole
    return rows


def _monday(day: int) -> int:
    """Return the Monday of a day's week; day 0, the first of 1970, was a Thursday."""
    return day - (day + 3) % WEEK_DAYS


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


# --- when it will be done ---


def finishing(
    pace: Whole, left: int, *, households: int, on: date, seed: int = 1
) -> dict[str, Any]:
    """Return when `left` households will have been met, going by the last whole weeks.

    Keys: `state`, `left`, `households`, `weeks` (looked at), `met` (in them), `a_week`, `a_week_last` (in the last
    four), `more`, and the days `earliest`, `expected`, `latest`, missing for never within ten years. States: `done`;
    `too_little` to tell from; `standstill`, nobody new in those weeks; `steady`, eight of ten futures end between the
    first and the last day; `slowing`, where the days are those of all the weeks' pace, the last four weeks' pace, and
    the same slowing-down, by which `more` households are still met in all.
    """
    told: dict[str, Any] = {
        "state": _state(pace, left, households),
        "left": left,
        "households": households,
        "weeks": len(pace),
        "met": int(pace.sum()),
        "a_week": float(pace.mean()) if len(pace) else None,
        "a_week_last": float(pace[-LEAST_WEEKS:].mean()) if len(pace) else None,
        **dict.fromkeys(("more", "earliest", "expected", "latest")),
    }
    if told["state"] == "steady":
        weeks = _weeks_needed(pace, left, np.random.default_rng(seed))
        shares = {"earliest": EARLIEST, "expected": MIDDLE, "latest": LATEST}
        needed = {name: np.quantile(weeks, at, method="higher") for name, at in shares.items()}
        return told | {name: _after(on, float(many)) for name, many in needed.items()}
    return told | _slowing_down(pace, left, on) if told["state"] == "slowing" else told


def _state(pace: Whole, left: int, households: int) -> str:
    if left == 0 and households:
        return "done"
    if len(pace) < LEAST_WEEKS:
        return "too_little"
    if not pace.any():
        return "standstill"
    if pace.sum() < min(LEAST_MET, left):
        return "too_little"
    tau = kendalltau(np.arange(len(pace)), pace, alternative="less")
    return "slowing" if tau.pvalue <= LEVEL else "steady"


def _slowing_down(pace: Whole, left: int, on: date) -> dict[str, Any]:
    """Return what the three ways to go on come to."""
    slope, start = np.polyfit(np.arange(len(pace)), np.log(pace + HALF), 1)
    coming = np.exp(start + slope * (len(pace) + np.arange(MOST_WEEKS)))
    enough = np.flatnonzero(coming.cumsum() >= left)
    last = float(pace[-LEAST_WEEKS:].mean())
    return {
        "more": min(round(float(coming.sum())), left),
        "earliest": _after(on, float(np.ceil(left / pace.mean()))),
        "expected": _after(on, float(np.ceil(left / last)) if last else np.inf),
        "latest": _after(on, float(enough[0] + 1) if len(enough) else np.inf),
    }


def _after(on: date, weeks: float) -> date | None:
    return on + timedelta(weeks=int(weeks)) if weeks <= MOST_WEEKS else None


def _weeks_needed(pace: Whole, left: int, rng: np.random.Generator) -> Numbers:
    """Return how many weeks each future takes, never as infinite."""
    seen = pace[rng.integers(len(pace), size=(FUTURES, len(pace)))]
    needed = np.full(FUTURES, np.inf)
    met = np.zeros(FUTURES, dtype=np.int64)
    futures = np.arange(FUTURES)
    for week in range(1, MOST_WEEKS + 1):
        met += seen[futures, rng.integers(len(pace), size=FUTURES)]
        needed = np.where((met >= left) & np.isinf(needed), week, needed)
        if np.isfinite(needed).all():
            break
    return needed
