"""The figures of a plan: one definition for the command line, the screen and every export."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.network import MadeOf, WalkingNetwork
from geo.terms import Reason
from planning.connected import disconnected_zones
from planning.joined import Joined, joined
from planning.load import load_min
from planning.rules import PlanRules
from planning.walking import walks_on
from planning.windows import windows

Figures = dict[str, Any]

# Figures are told to a millimetre and a thousandth of a minute: what is below is noise of the last digits.
DECIMALS = 3
SHARE_DECIMALS = 6
SAME_MIN = 1e-6


def figures(  # noqa: PLR0917 - the six things a plan is made of, in the pipeline's order
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
    ground: Joined | None = None,
) -> Figures:
    """Return the figures of one neighbourhood's plan, whoever made it, worked out from the assignment alone.

    Parameters
    ----------
    households, members
        Of the neighbourhood; see `geo.tables`.
    assignment
        `household_id`, `member_id` and, where there is one, `reason`. Households it does not name count as
        unassigned, those of other neighbourhoods are left out.
    lower_bound
        Metres that no plan can undercut, where one was proven; then `gap` = (total - bound) / total.
    current
        Who has which household now (`household_id`, `member_id`); without it, changes are unknown.
    ground
        Where the same households and members join the same network, where that is known already.

    Returns
    -------
    figures
        `area, households, members, assigned, unassigned` (`household_id, reason` each), `reasons` (how many
        households for each), `load_min` (`min, mean, max` minutes of all members), `walk_m` (`total, mean` metres
        of one way from the member's home, else the zone's centre, along the streets to each household, the ways
        between street and doors included), `walks_unknown` (assigned households without such a way),
        `zones_disconnected`, `members_outside_window` (see `planning.windows`),
        `shortfall_min` (minutes by which hard limits are short), `lower_bound`, `gap`, `changed_households`,
        `seconds`, `seed`, and of what the `network` was made (`geo.network.MadeOf`). What is unknown is None.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    owner = _owner(homes, members, assignment)
    ground = ground or joined(homes, members, network)
    walk = walks_on(ground, owner)
    minutes = load_min(homes, table=rules.load).set_axis(owner.index)
    load = minutes.groupby(owner).sum().reindex(members["member_id"], fill_value=0.0)
    left = _unassigned(owner, assignment)
    return {
        "area": area,
        "households": len(homes),
        "members": len(members),
        "assigned": int(owner.notna().sum()),
        "unassigned": left.to_dict("records"),
        "reasons": left["reason"].value_counts().sort_index().to_dict(),
        "load_min": _spread(load),
        "walk_m": {"total": _rounded(walk.sum()), "mean": _rounded(walk.mean())},
        "walks_unknown": int((owner.notna() & walk.isna()).sum()),
        "zones_disconnected": len(
            disconnected_zones(homes, _pairs(owner), network, joins=ground.houses)
        ),
        "members_outside_window": _outside(members, load, rules),
        "shortfall_min": _shortfall(members, minutes, owner, left),
        **_proof(lower_bound, walk, owner),
        "changed_households": _changed(owner, current),
        "seconds": seconds,
        "seed": rules.seed,
        "network": str(network.made_of),
    }


def total(areas: Iterable[Figures]) -> Figures:
    """Return the figures of several neighbourhoods together, in the same shape without `area`.

    Counts and lengths are sums; `load_min` spans all members. The bound is known where it is for every area
    with somebody assigned.
    """
    rows = list(areas)
    assigned = sum(row["assigned"] for row in rows)
    known = assigned - sum(row["walks_unknown"] for row in rows)
    walk = sum(row["walk_m"]["total"] for row in rows)
    shared = [row for row in rows if row["assigned"]]
    bounds = [row["lower_bound"] for row in shared]
    bound = None if not bounds or None in bounds else _rounded(sum(bounds))
    changed = [row["changed_households"] for row in rows]
    seconds = [row["seconds"] for row in rows]
    return {
        "households": sum(row["households"] for row in rows),
        "members": sum(row["members"] for row in rows),
        "assigned": assigned,
        "unassigned": [one for row in rows for one in row["unassigned"]],
        "reasons": _added(row["reasons"] for row in rows),
        "load_min": _spread_of(rows),
        "walk_m": {"total": _rounded(walk), "mean": _rounded(walk / known) if known else None},
        "walks_unknown": assigned - known,
        "zones_disconnected": sum(row["zones_disconnected"] for row in rows),
        "members_outside_window": sum(row["members_outside_window"] for row in rows),
        "shortfall_min": _rounded(sum(row["shortfall_min"] for row in rows)),
        "lower_bound": bound,
        "gap": _gap(bound, walk),
        "changed_households": None if None in changed else sum(changed),
        "seconds": None if None in seconds else sum(seconds),
        "seed": next((row["seed"] for row in rows), None),
        "network": _one_of({row.get("network", MadeOf.STREETS) for row in rows}),
    }


def _one_of(networks: set[str]) -> str | None:
    """Return of what the networks were made: None where there is none, or not all are of one kind."""
    return str(next(iter(networks))) if len(networks) == 1 else None


def _owner(households: DataFrame, members: DataFrame, assignment: DataFrame) -> Series:
    """Return the member of each household by id; missing where nobody of `members` has it."""
    given = assignment.drop_duplicates("household_id").set_index("household_id")["member_id"]
    owner = given.reindex(households["household_id"]).astype("object")
    return owner.where(owner.isin(members["member_id"]))


def _unassigned(owner: Series, assignment: DataFrame) -> DataFrame:
    left = owner.index[owner.isna()]
    reasons = Series(None, index=left, dtype="object")
    if "reason" in assignment.columns:
        said = assignment.drop_duplicates("household_id").set_index("household_id")["reason"]
        reasons = said.reindex(left).astype("object")
    reasons = reasons.where(reasons.notna(), None)
    return DataFrame(
        {"household_id": left.astype("object"), "reason": reasons.to_numpy()}, dtype="object"
    )


def _pairs(owner: Series) -> DataFrame:
    return DataFrame({"household_id": owner.index, "member_id": owner.to_numpy()})


def _spread(load: Series) -> Figures:
    if load.empty:
        return {"min": None, "mean": None, "max": None}
    return {name: _rounded(getattr(load, name)()) for name in ("min", "mean", "max")}


def _spread_of(areas: list[Figures]) -> Figures:
    """Return least, mean and greatest load over the members of all areas."""
    staffed = [row for row in areas if row["members"]]
    if not staffed:
        return _spread(Series(dtype=float))
    work = sum(row["load_min"]["mean"] * row["members"] for row in staffed)
    return {
        "min": min(row["load_min"]["min"] for row in staffed),
        "mean": _rounded(work / sum(row["members"] for row in staffed)),
        "max": max(row["load_min"]["max"] for row in staffed),
    }


def _outside(members: DataFrame, load: Series, rules: PlanRules) -> int:
    if members.empty:
        return 0
    wanted = windows(members, float(load.sum()), balance=rules.balance)
    return int((wanted.outside_min(load.to_numpy()) > SAME_MIN).sum())


def _shortfall(members: DataFrame, minutes: Series, owner: Series, left: DataFrame) -> float:
    """Return by how many minutes the hard limits are short of what was there to share."""
    kept_back = left.loc[left["reason"] == Reason.NO_CAPACITY, "household_id"]
    wanted = minutes[owner.notna() | owner.index.isin(kept_back)].sum()
    caps = members["max_load_min"].astype(float).fillna(np.inf).sum()
    return _rounded(max(wanted - caps, 0.0)) if len(kept_back) else 0.0


def _proof(lower_bound: float | None, walk: Series, owner: Series) -> Figures:
    unknown = lower_bound is None or not owner.notna().any() or walk[owner.notna()].isna().any()
    bound = None if unknown else _rounded(lower_bound)
    return {"lower_bound": bound, "gap": _gap(bound, float(walk.sum()))}


def _gap(bound: float | None, walk: float) -> float | None:
    if bound is None or walk <= 0:
        return None
    return round(max(walk - bound, 0.0) / walk, SHARE_DECIMALS)


def _changed(owner: Series, current: DataFrame | None) -> int | None:
    """Return how many households that have a member now would not keep them."""
    if current is None:
        return None
    now = current.drop_duplicates("household_id").set_index("household_id")["member_id"]
    now = now.reindex(owner.index).astype("object")
    return int((now.notna() & ~(now == owner)).sum())


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    added: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            added[name] = added.get(name, 0) + count
    return added


def _rounded(value: float | None) -> Any:
    return None if value is None or math.isnan(value) else round(float(value), DECIMALS)
