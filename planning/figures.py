"""How good a plan is, in numbers: for any assignment, the planner's own or one that came from a file."""

from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.network import WalkingNetwork
from geo.terms import Reason
from planning.connected import disconnected_zones
from planning.load import load_min
from planning.rules import PlanRules
from planning.walking import walk_m
from planning.windows import windows

# Loads and ways are sums of floats; less than this apart, they are the same.
SAME = 1e-6
COUNTS = ("households", "members", "assigned", "changed_households", "zones_disconnected")
COUNTS_MORE = ("members_outside_window",)
SUMS = ("shortfall_min", "seconds")


def figures(
    area: str,
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    assignment: DataFrame,
    rules: PlanRules,
    *,
    lower_bound: float | None = None,
    current: DataFrame | None = None,
    seconds: float | None = None,
) -> dict[str, Any]:
    """Return the figures of one neighbourhood, as one entry of `areas` in the `plan` document.

    Parameters
    ----------
    households, members
        Of the neighbourhood, members in force only; see `geo.tables`.
    assignment
        `household_id`, `member_id`, and `reason` where nobody has it; rows of other households are left out, households
        without a row are unassigned.
    lower_bound
        Metres no plan can undercut; None where nobody proved any, and the gap is None then too.
    current
        The assignment in force: `changed_households` counts those who would get another member, or none.

    Returns
    -------
    figures
        Minutes in `load_min`, over all members, those without a household included; metres in `walk_m`, as
        `planning.walking` measures them, over the households whose way is known. What is not known is None.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    rows = assignment.drop_duplicates("household_id").set_index("household_id")
    owner = rows["member_id"].reindex(homes["household_id"])
    minutes = load_min(homes).set_axis(owner.index)
    walked = walk_m(homes, people, owner, network) if len(homes) else Series(dtype=float)
    load = minutes.groupby(owner).sum().reindex(people["member_id"], fill_value=0.0)
    missed = windows(people, float(minutes[owner.notna()].sum()), balance=rules.balance)
    outside = missed.outside_min(load.to_numpy()) > SAME if len(people) else np.array([])
    reason = rows["reason"] if "reason" in rows else Series(dtype=object)
    unassigned = owner[owner.isna()].index
    total = float(walked.sum())
    return {
        "area": area,
        "households": len(homes),
        "members": len(people),
        "assigned": int(owner.notna().sum()),
        "unassigned": [
            {"household_id": str(home), "reason": why}
            for home, why in zip(unassigned, _known(reason.reindex(unassigned)), strict=True)
        ],
        "load_min": _spread(load),
        "walk_m": {"total": _or_none(walked, total), "mean": _or_none(walked, walked.mean())},
        "zones_disconnected": len(disconnected_zones(homes, rows.reset_index(), network)),
        "lower_bound": lower_bound,
        "gap": _gap(total, lower_bound),
        "changed_households": _changed(owner, current),
        "members_outside_window": int(outside.sum()),
        "shortfall_min": float(minutes[reason.reindex(owner.index).eq(Reason.NO_CAPACITY)].sum()),
        "seconds": seconds,
        "seed": rules.seed,
    }


def total(areas: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of all areas together; a bound only where every area with a walk has one."""
    whole: dict[str, Any] = {
        name: sum(area[name] for area in areas) for name in (*COUNTS, *COUNTS_MORE)
    }
    whole["unassigned"] = [one for area in areas for one in area["unassigned"]]
    loaded = [area for area in areas if area["load_min"]["mean"] is not None]
    walked = [area for area in areas if area["walk_m"]["total"] is not None]
    minutes = sum(area["load_min"]["mean"] * area["members"] for area in loaded)
    metres = sum(area["walk_m"]["total"] for area in walked)
    bounds = [area["lower_bound"] for area in walked]
    bound = sum(bounds) if bounds and None not in bounds else None
    known = whole["assigned"]
    whole["load_min"] = {
        "min": min((area["load_min"]["min"] for area in loaded), default=None),
        "mean": minutes / sum(area["members"] for area in loaded) if loaded else None,
        "max": max((area["load_min"]["max"] for area in loaded), default=None),
    }
    whole["walk_m"] = {
        "total": metres if walked else None,
        "mean": metres / known if walked and known else None,
    }
    whole["lower_bound"] = bound
    whole["gap"] = _gap(metres, bound)
    whole["shortfall_min"] = sum(area["shortfall_min"] for area in areas)
    timed = [area["seconds"] for area in areas if area["seconds"] is not None]
    whole["seconds"] = sum(timed) if timed else None
    seeds = {area["seed"] for area in areas}
    whole["seed"] = seeds.pop() if len(seeds) == 1 else None
    return whole


def _spread(load: Series) -> dict[str, float | None]:
    if load.empty:
        return {"min": None, "mean": None, "max": None}
    return {"min": float(load.min()), "mean": float(load.mean()), "max": float(load.max())}


def _gap(total_m: float, bound_m: float | None) -> float | None:
    if bound_m is None or total_m <= 0:
        return None
    return (total_m - bound_m) / total_m


def _or_none(walked: Series, value: float) -> float | None:
    return float(value) if walked.notna().any() else None


def _known(values: Series) -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in values]


def _changed(owner: Series, current: DataFrame | None) -> int:
    if current is None or current.empty:
        return 0
    before = current.set_index("household_id")["member_id"].reindex(owner.index)
    return int((before.notna() & (owner.isna() | (owner != before))).sum())
