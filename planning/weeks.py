"""How many weeks it takes to reach everyone: minutes of unreached load against weekly minutes.

An answer that rests on weekly minutes nobody recorded is a range. Whoever's minutes are unknown counts as the mean of
the known ones for what is *expected*, as the greatest of them for the *least* weeks, and as the least of them for the
*most*. Where no minutes are known at all, weeks are unknown. The load is that of `planning.load`: one visit to each
household, a revisit where it is due again (a column `due_again` of the households), with the way from the one before.
"""

from dataclasses import dataclass

import numpy as np
from pandas import DataFrame, Index, Series

from planning.load import ORDINARY, LoadTable, load_min
from planning.zones import Floats

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Minutes a member whose minutes are unknown may have a week: least, expected, most; NaN where none are known."""

    least: float
    expected: float
    most: float


def usual_minutes(members: DataFrame) -> Minutes:
    """Return what members have a week, as far as it is known: least, mean, most."""
    known = members["minutes_per_week"].astype(float).dropna()
    if known.empty:
        return Minutes(least=np.nan, expected=np.nan, most=np.nan)
    return Minutes(least=float(known.min()), expected=float(known.mean()), most=float(known.max()))


def work(households: DataFrame, unreached: Series, *, table: LoadTable = ORDINARY) -> DataFrame:
    """Return what is left to do in each neighbourhood, indexed by `neighbourhood_id`.

    Columns: `households`, `load_min` (of all of them), `heaviest_min` (of one), `unreached`, `unreached_min`, and
    `residents_unknown`: households whose load rests on the mean number of residents.

    Parameters
    ----------
    unreached
        Whether each household is still to be reached, by `household_id`; missing: it is not.
    """
    homes = DataFrame(households)
    minutes = load_min(homes, table=table)
    left = homes["household_id"].map(unreached).fillna(value=False).astype(bool)
    told = DataFrame(
        {
            "place": homes["neighbourhood_id"],
            "load_min": minutes,
            "unreached": left.astype("int64"),
            "unreached_min": minutes.where(left, 0.0),
            "residents_unknown": homes["residents"].isna().astype("int64"),
        }
    )
    groups = told.groupby("place")
    sums = groups[["load_min", "unreached", "unreached_min", "residents_unknown"]].sum()
    sums.insert(0, "households", groups.size())
    sums["heaviest_min"] = groups["load_min"].max()
    return sums.rename_axis("neighbourhood_id")


def weekly_min(
    members: DataFrame, group: Series, usual: Minutes, *, index: Index | None = None
) -> DataFrame:
    """Return the weekly minutes of groups of members: `members`, `unknown`, `least`, `expected`, `most`.

    `group` names the group of each member (missing: none); the result has the groups of `index`, else all of them.
    """
    known = members["minutes_per_week"].astype(float)
    told = DataFrame(
        {
            "members": 1,
            "unknown": known.isna().astype("int64"),
            "least": known.fillna(usual.least),
            "expected": known.fillna(usual.expected),
            "most": known.fillna(usual.most),
        }
    )
    # an unknown sum stays unknown: NaN is not left out
    sums = told.groupby(group.to_numpy()).agg(
        {name: "sum" if name in {"members", "unknown"} else _whole_sum for name in told}
    )
    return sums if index is None else sums.reindex(index, fill_value=0)


def _whole_sum(column: Series) -> float:
    return float(column.sum(skipna=False))


def weeks(load: Floats | Series, weekly: Floats | Series) -> Floats:
    """Return load ÷ weekly minutes: 0 where nothing is left, infinite where nobody comes, NaN where unknown."""
    todo, pace = np.asarray(load, dtype=float), np.asarray(weekly, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(todo <= 0, 0.0, todo / pace)
