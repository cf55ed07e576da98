"""What if: so many members → balance, walking and weeks; a target day → members needed.

Every answer says what it rests on. Walking and balance are *estimated* from the figures of the neighbourhood, or
*planned*, where a planner is handed in that makes the plan. Weeks are ranges (`planning.weeks`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pandas import DataFrame, Index, Series

from geo.errors import InputError
from planning.staffing import plain_records
from planning.weeks import DAYS_A_WEEK, Minutes, usual_minutes, weekly_min, weeks
from planning.zones import Floats

# The mean metres to a household in a neighbourhood, by its id, with so many members; NaN where unknown.
Estimator = Callable[[str, int], float]
# Makes the plan for a neighbourhood and so many members.
Planner = Callable[[str, int], "Planned"]

BOUNDS = ("least", "expected", "most")
# What is below is noise of the last digits.
SAME_MIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a plan for a neighbourhood comes to.

    `balance`: how far a load is from its fair share at most, as a share of it; `walk_mean_m`: metres one way to a
    household. None where unknown.
    """

    balance: float | None
    walk_mean_m: float | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One row per neighbourhood, and all of them together; the keys are told in `docs/staffing.md`."""

    rows: DataFrame
    total: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the document of `what-if --json`: ranges are `{least, expected, most}`."""
        return {"rows": [_nested(row) for row in plain_records(self.rows)], "total": self.total}


def with_members(
    places: DataFrame,
    members: DataFrame,
    work: DataFrame,
    *,
    count: int | None = None,
    walk_with: Estimator | None = None,
    plan_with: Planner | None = None,
) -> WhatIf:
    """Return what each neighbourhood comes to with `count` members (those it has, without it).

    Of the present members those with most minutes are kept; new ones have the usual minutes of the others.

    Parameters
    ----------
    places
        `neighbourhood_id`, `ward_code`, `name`, `walk_mean_m` (mean one-way walking of the plan in force, NaN where
        there is none).
    members
        Those in force; see `geo.tables`.
    work
        As `planning.weeks.work` gives.
    walk_with
        Estimates walking (`planning.walk_estimate`); without it walking is unknown.
    plan_with
        Makes the plan for a neighbourhood and so many members; balance and walking are then planned, not estimated.
    """
    if count is not None and count < 0:
        raise InputError("what_if_members_negative", given=count)
    rows, usual = _rows(places, members, work), usual_minutes(members)
    now = rows["members_now"].to_numpy(dtype=np.int64)
    wanted = now if count is None else np.full(len(rows), count)
    rows["members"] = wanted
    for bound in BOUNDS:
        rows[f"weekly_min_{bound}"] = _weekly(members, rows, wanted, usual, bound)
    for bound, pace in zip(BOUNDS, reversed(BOUNDS), strict=True):
        rows[f"weeks_{bound}"] = weeks(rows["unreached_min"], rows[f"weekly_min_{pace}"])
    found = _estimated(rows, walk_with) if plan_with is None else _planned(rows, plan_with)
    answers = rows.drop(columns="walk_mean_m").join(found)
    return WhatIf(answers, _total(answers) | _slowest(answers))


def by_day(
    places: DataFrame, members: DataFrame, work: DataFrame, *, on: date, until: date
) -> WhatIf:
    """Return the fewest members with whom each neighbourhood reaches everyone by the day `until`, starting `on`.

    The present members come first, those with most minutes before the others; more have the usual minutes. Needs an
    end after the beginning. The parameters are those of `with_members`.
    """
    if until <= on:
        raise InputError("what_if_day_past", until=until, on=on)
    time = (until - on).days / DAYS_A_WEEK
    rows, usual = _rows(places, members, work), usual_minutes(members)
    for bound, pace in zip(BOUNDS, reversed(BOUNDS), strict=True):
        rows[f"members_needed_{bound}"] = _fewest(members, rows, usual, pace, weeks_left=time)
        needed = rows[f"members_needed_{bound}"] - rows["members_now"]
        rows[f"members_more_{bound}"] = needed.clip(lower=0)
    rows = rows.drop(columns="walk_mean_m")
    total = _total(rows) | {"weeks_left": time}
    for name in ("members_needed", "members_more"):
        total[name] = {bound: _whole(rows[f"{name}_{bound}"]) for bound in BOUNDS}
    return WhatIf(rows, total)


def _rows(places: DataFrame, members: DataFrame, work: DataFrame) -> DataFrame:
    """Return the neighbourhoods in order, with what is left to do and who is there."""
    rows = DataFrame(places).drop(columns="geometry", errors="ignore")
    rows = rows.sort_values("neighbourhood_id", ignore_index=True)
    ids = Index(rows["neighbourhood_id"])
    left = work.reindex(ids).fillna(0.0).set_axis(rows.index)
    counts = ["households", "unreached", "residents_unknown"]
    left = left.astype(dict.fromkeys(counts, "int64"))
    people = weekly_min(members, members["neighbourhood_id"], usual_minutes(members), index=ids)
    here = people.set_axis(rows.index)[["members", "unknown"]].astype("int64")
    names = {"members": "members_now", "unknown": "members_minutes_unknown"}
    return rows.join(left).join(here.rename(columns=names))


def so_many(own: Any, count: int, *, usual_min: float) -> Any:
    """Return `count` members of a neighbourhood: those with most minutes first, then new ones without a home."""
    minutes = own["minutes_per_week"].astype(float).fillna(usual_min)
    order = np.lexsort([own["member_id"], -minutes.to_numpy()])
    people = own.iloc[order].reset_index(drop=True).reindex(range(count))
    new = np.arange(count) >= len(own)
    ids = Series([f"+{n:04d}" for n in range(count)], people.index)
    return people.assign(
        member_id=people["member_id"].where(~new, ids),
        minutes_per_week=people["minutes_per_week"].where(~new, usual_min),
    )


# --- minutes ---


def _minutes(members: DataFrame, place: str, usual: Minutes, bound: str) -> Floats:
    """Return the weekly minutes of a neighbourhood's members, most first."""
    own = members.loc[members["neighbourhood_id"] == place, "minutes_per_week"].astype(float)
    known = np.asarray(own.fillna(getattr(usual, bound)), dtype=np.float64)
    return np.sort(known)[::-1]


def _weekly(
    members: DataFrame, rows: DataFrame, wanted: Any, usual: Minutes, bound: str
) -> list[float]:
    """Return the weekly minutes of `wanted` members of each neighbourhood."""
    found = []
    for place, count in zip(rows["neighbourhood_id"], wanted, strict=True):
        own = _minutes(members, place, usual, bound)[: int(count)]
        more = int(count) - len(own)
        found.append(float(own.sum()) + (more * getattr(usual, bound) if more else 0.0))
    return found


def _fewest(
    members: DataFrame, rows: DataFrame, usual: Minutes, bound: str, *, weeks_left: float
) -> Series:
    """Return the fewest members whose weekly minutes do the work in time; NaN where that is unknown."""
    found = []
    for place, load in zip(rows["neighbourhood_id"], rows["unreached_min"], strict=True):
        found.append(
            _enough(
                _minutes(members, place, usual, bound), getattr(usual, bound), load / weeks_left
            )
        )
    return Series(found, rows.index, dtype=float)


def _enough(own: Floats, new: float, pace: float) -> float:
    """Return how many members make up `pace` minutes a week: `own` in turn, then `new` each."""
    if pace <= 0:
        return 0.0
    done = np.cumsum(own)
    if np.isnan(done).any():
        return math.nan
    if len(done) and done[-1] >= pace - SAME_MIN:
        return float(np.searchsorted(done, pace - SAME_MIN) + 1)
    rest = pace - (done[-1] if len(done) else 0.0)
    return len(own) + math.ceil(rest / new - SAME_MIN) if new > 0 else math.nan


# --- balance and walking ---


def _estimated(rows: DataFrame, walk_with: Estimator | None) -> DataFrame:
    """Return balance and walking as estimates.

    Balance: whole households can be dealt out so that no load is farther from the fair share than the heaviest of
    them, zones apart.
    """
    count = rows["members"].where(rows["members"] > 0).astype(float)
    fair = rows["load_min"] / count
    balance = rows["heaviest_min"] / fair.where(fair > 0)
    walk = [
        math.nan if walk_with is None or not row["members"] else _walk_m(row, walk_with)
        for row in rows.to_dict("records")
    ]
    return DataFrame({"balance": balance, "walk_mean_m": walk, "basis": "estimated"})


def _walk_m(row: dict[Any, Any], walk_with: Estimator) -> float:
    """Return the estimated metres, put right by the plan in force where there is one."""
    place = str(row["neighbourhood_id"])
    then = walk_with(place, int(row["members"]))
    if math.isnan(row["walk_mean_m"]):
        return then
    now = walk_with(place, int(row["members_now"]))
    return then * row["walk_mean_m"] / now if now > 0 else then


def _planned(rows: DataFrame, plan_with: Planner) -> DataFrame:
    """Return balance and walking of the plans that are made, unknown where nobody is there to share with."""
    nobody = Planned(balance=None, walk_mean_m=None)
    pairs = zip(rows["neighbourhood_id"], rows["members"], strict=True)
    made = [plan_with(str(place), int(count)) if count else nobody for place, count in pairs]
    balance = Series([one.balance for one in made], rows.index, dtype=float)
    walk = Series([one.walk_mean_m for one in made], rows.index, dtype=float)
    return DataFrame({"balance": balance, "walk_mean_m": walk, "basis": "planned"})


# --- all together ---


def _total(rows: DataFrame) -> dict[str, Any]:
    return {
        "neighbourhoods": len(rows),
        **{
            name: int(rows[name].sum())
            for name in ("households", "unreached", "residents_unknown", "members_now")
        },
        "members_minutes_unknown": int(rows["members_minutes_unknown"].sum()),
        "unreached_min": float(rows["unreached_min"].sum()),
    }


def _slowest(rows: DataFrame) -> dict[str, Any]:
    """Return the weeks of the slowest neighbourhood: unknown where one is, none where nobody would come to one."""
    slowest = {bound: _finite(rows[f"weeks_{bound}"].max(skipna=False)) for bound in BOUNDS}
    never = np.isinf(rows["weeks_expected"])
    known = rows["weeks_expected"].fillna(np.inf)
    last = rows.loc[known == known.max(), "neighbourhood_id"] if len(rows) else Series(dtype=object)
    busy = len(last) > 0 and rows["unreached"].sum() > 0
    return {
        "members": int(rows["members"].sum()),
        "weeks": slowest,
        "slowest": str(last.iloc[0]) if busy else None,
        "neighbourhoods_nobody_reaches": int(never.sum()),
    }


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its ranges as `{least, expected, most}`; what never ends is unknown."""
    told: dict[str, Any] = {}
    for name, value in row.items():
        stem, _, bound = name.rpartition("_")
        if bound in BOUNDS and stem:
            whole = stem.startswith("members") and _finite(value) is not None
            told.setdefault(stem, {})[bound] = int(value) if whole else _finite(value)
        else:
            told[name] = value
    return told


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _whole(counts: Series) -> int | None:
    return None if counts.isna().any() else int(counts.sum())
