"""Why this member: for one household, what each member would mean for the plan."""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.errors import NotFoundError
from geo.joining import distances_m, join, set_in
from geo.network import WalkingNetwork
from planning.connected import disconnected_zones
from planning.load import load_min
from planning.rules import PlanRules
from planning.windows import windows
from planning.wishes import Bar, Wishes, barred, mates, with_mates
from planning.zones import Floats

BARS = {bar: bar.name.lower() for bar in Bar}
SAME_MIN = 1e-6


def alternatives(  # noqa: PLR0917 - what a plan is made of, in the pipeline's order
    household_id: str,
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    assignment: DataFrame,
    rules: PlanRules,
    *,
    wishes: Wishes | None = None,
) -> DataFrame:
    """Return one row per member, by id: what it would mean to give them the household, all else as it is.

    Parameters
    ----------
    household_id
        One of `households`, those of one neighbourhood.
    assignment
        The plan: `household_id`, `member_id`.

    Returns
    -------
    alternatives
        `member_id`; `chosen`; `walk_m` (one way from home, unknown without one); `load_before_min`, `load_after_min`
        (of that member; the same for the one who has it); `low_min`, `high_min` (the window); `allowed` and `barred_by`
        (a `Bar` in small letters, `none`); `zone_connected` (whether both zones then hold together no worse than now);
        `cost_m` (metres of walking more than now, unknown where a home is).

    Raises
    ------
    NotFoundError
        Where no household has that id.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    at = pd.Index(homes["household_id"]).get_indexer(pd.Index([household_id]))[0]
    if at < 0:
        raise NotFoundError("household_unknown", household=household_id)
    named = assignment.drop_duplicates("household_id").set_index("household_id")["member_id"]
    owner = named.reindex(homes["household_id"]).astype("object")
    minutes = load_min(homes, table=rules.load).set_axis(owner.index)
    before = minutes.groupby(owner).sum().reindex(people["member_id"], fill_value=0.0).to_numpy()
    chosen = (people["member_id"] == owner.iloc[at]).to_numpy()
    walk = _ways_m(homes.iloc[[at]], people, network)
    bars = _bars(homes, people, wishes or Wishes())[at]
    most = people["walks_at_most_m"].astype(float).to_numpy()
    bars = np.where((bars == Bar.NONE) & (walk > most), np.uint8(Bar.TOO_FAR), bars)
    wanted = windows(people, float(before.sum()), balance=rules.balance)
    now = walk[chosen][0] if chosen.any() else np.nan
    return DataFrame(
        {
            "member_id": people["member_id"],
            "chosen": chosen,
            "walk_m": walk,
            "load_before_min": before,
            "load_after_min": before + np.where(chosen, 0.0, minutes.iloc[at]),
            "low_min": wanted.low_min,
            "high_min": wanted.high_min,
            "allowed": bars == Bar.NONE,
            "barred_by": [BARS[Bar(bar)] for bar in bars],
            "zone_connected": _connected(household_id, homes, people, owner, network),
            "cost_m": walk - now,
        }
    )


def _bars(households: GeoDataFrame, members: GeoDataFrame, wishes: Wishes) -> np.ndarray:
    bars = barred(households, members, wishes)
    return with_mates(bars, mates(households, wishes.together))


def _ways_m(household: GeoDataFrame, members: GeoDataFrame, network: WalkingNetwork) -> Floats:
    """Return the metres of one way from each member's home, unknown without a home or a way."""
    joins = join(pd.concat([household.geometry, members.geometry], ignore_index=True), network)
    graph = set_in(joins, network)
    node, off = graph.node.to_numpy(), joins["off_street_m"].to_numpy()
    ways = np.full(len(members), np.nan)
    if node[0] < 0:
        return ways
    known = node[1:] >= 0
    ways[known] = distances_m(graph, node[:1])[0, node[1:][known]] + off[1:][known] + off[0]
    return np.where(np.isfinite(ways), ways, np.nan)


def _connected(
    household_id: str,
    households: GeoDataFrame,
    members: DataFrame,
    owner: pd.Series,
    network: WalkingNetwork,
) -> list[bool]:
    """Return whether no zone more is apart than now, once each member has the household."""
    now = _apart(households, owner, network)
    told = []
    for member in members["member_id"]:
        trial = owner.copy()
        trial[household_id] = member
        told.append(_apart(households, trial, network) <= now)
    return told


def _apart(households: GeoDataFrame, owner: pd.Series, network: WalkingNetwork) -> int:
    pairs = DataFrame({"household_id": owner.index, "member_id": owner.to_numpy()})
    return len(disconnected_zones(households, pairs, network))
