"""Where every household stands for every goal, one column a goal."""

from datetime import date

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from planning.coverage import Status
from planning.standing import standing


def status_by_goal(
    households: DataFrame, visits: DataFrame, goals: DataFrame, *, on: date
) -> DataFrame:
    """Return a `planning.coverage.Status` for each household and goal, null where the goal does not concern it.

    Parameters
    ----------
    households, visits, goals
        See `geo.tables`.

    Returns
    -------
    by_goal
        Index of `households`; one column for each `goal_id`, in the order of `goals`.
    """
    stand = standing(households, visits, goals, on=on)
    words = np.select(
        [stand.reached, stand.due_again], [Status.REACHED, Status.DUE_AGAIN], Status.UNREACHED
    )
    columns = {
        goal: Series(words[:, place], households.index, dtype=object).where(
            stand.concerned[:, place]
        )
        for place, goal in enumerate(stand.goals)
        if goal is not None
    }
    return pd.DataFrame(columns, index=households.index)
