"""Who is to be visited, for the first time or again, and when: what a calendar of weeks begins with."""

from datetime import date

import numpy as np
from pandas import DataFrame, to_datetime

from geo.terms import Outcome
from planning.standing import concerned_by, visits_made


def when_due(households: DataFrame, visits: DataFrame, goals: DataFrame, *, on: date) -> DataFrame:
    """Return what each household is due for on a day, over all goals that concern it.

    Columns, on the index of `households`: `met`, whether it was met for every one of them (or none concerns it, so that
    nobody need come); `due_on`, the first day on which one no longer holds, missing for never; `valid_days`, after how
    many days a visit for all of them is due again, missing for never. Without goals, one `met` visit is for ever.
    """
    made = visits_made(visits, households, goals, on=on)
    met = made[made["outcome"] == Outcome.MET]
    if goals.empty:
        ever = np.isin(np.arange(len(households)), met["household"])
        nothing = DataFrame({"met": ever, "valid_days": np.nan}, index=households.index)
        return nothing.assign(due_on=to_datetime(nothing["valid_days"]))
    met = met[met["goal"] >= 0]
    last = np.full((len(households), len(goals)), -np.inf)
    np.maximum.at(last, (met["household"].to_numpy(), met["goal"].to_numpy()), met["day"])
    concerned = concerned_by(households["traits"], goals["concerns"])
    valid = goals["valid_days"].astype(float).fillna(np.inf).to_numpy()
    ever = (np.isfinite(last) | ~concerned).all(axis=1)
    held = np.where(np.isfinite(last), last, 0.0) + valid + 1
    ends = np.where(concerned, held, np.inf).min(axis=1)
    shortest = np.where(concerned, valid, np.inf).min(axis=1)
    told = DataFrame(
        {"met": ever, "valid_days": np.where(np.isfinite(shortest), shortest, np.nan)},
        index=households.index,
    )
    days = np.where(ever & np.isfinite(ends), ends, np.nan)
    return told.assign(due_on=to_datetime(days, unit="D"))
