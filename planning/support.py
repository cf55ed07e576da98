"""What support money comes to: so many đồng for each team and month, as a city or province decides.

Money is paid for each month that is begun. It is shown beside staffing and what-ifs, and changes neither.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from pandas import DataFrame, Series

from geo.errors import InputError
from planning.staffing import Staffing
from planning.what_if import BOUNDS, WhatIf

WEEKS_A_MONTH = 365.25 / 12 / 7
# What is below is noise of the last digits.
SAME = 1e-9


def checked_support(dong: float | None) -> float | None:
    """Return đồng for each team and month as they can be used; None for no support; raise `InputError` below 0."""
    if dong is None:
        return None
    if not math.isfinite(dong) or dong < 0:
        raise InputError("support_negative", given=dong)
    return float(dong)


def staffing_with_support(staffing: Staffing, dong: float | None) -> Staffing:
    """Return staffing with `support_dong_month`: of each team, and of all; null where there is none."""
    paid = math.nan if dong is None else dong
    of_team = Series(paid, staffing.rows.index).where(staffing.rows["team_id"].notna())
    total = None if dong is None else dong * staffing.total["teams"]
    return replace(
        staffing,
        rows=staffing.rows.assign(support_dong_month=of_team),
        total=staffing.total | {"support_dong_month": total},
    )


def what_if_with_support(answer: WhatIf, teams: DataFrame, dong: float | None) -> WhatIf:
    """Return an answer with `support_dong`: what the teams of each neighbourhood, and all, get until the work is done.

    A range where the weeks are one; null without support, or where nobody would come to an end.
    """
    rows = answer.rows
    there = rows["neighbourhood_id"].map(teams["neighbourhood_id"].value_counts()).fillna(0)
    monthly = there * (math.nan if dong is None else dong)
    if "weeks_left" in answer.total:
        whole = monthly * months_begun(Series(answer.total["weeks_left"], rows.index))
        told: Any = _sum(whole)
        return WhatIf(rows.assign(support_dong=whole), answer.total | {"support_dong": told})
    ranges = {
        f"support_dong_{bound}": monthly * months_begun(rows[f"weeks_{bound}"]) for bound in BOUNDS
    }
    told = {bound: _sum(ranges[f"support_dong_{bound}"]) for bound in BOUNDS}
    return WhatIf(rows.assign(**ranges), answer.total | {"support_dong": told})


def months_begun(weeks: Series) -> Series:
    """Return how many months are begun within so many weeks; NaN where they are unknown or never end."""
    known = weeks.astype(float).replace(np.inf, np.nan).to_numpy()
    return Series(np.ceil(np.maximum(known / WEEKS_A_MONTH - SAME, 0.0)), weeks.index)


def _sum(amounts: Series) -> float | None:
    return None if amounts.isna().any() else float(amounts.sum())
