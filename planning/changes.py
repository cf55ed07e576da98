"""Changing as little as possible: plans from fewest moves to least walking, the fewest moves, and why each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.joining import join, set_in, short_places
from geo.network import WalkingNetwork
from planning.cell_state import Town
from planning.connected import disconnected_zones
from planning.fewest_changes import Fewest, fewest_changes
from planning.load import load_min
from planning.places import place_graph
from planning.rules import PlanRules
from planning.share import NO_WISHES, Sharing, share
from planning.windows import windows
from planning.wishes import Wishes

# Minutes of walking that keeping a household is worth: from nothing to more than any walk saves.
KEEPS = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0, 120.0)
SAME_MIN = 1e-6


class Why(StrEnum):
    """Why a household moves."""

    NEW = "new"
    MEMBER_LEFT = "member_left"
    EVENS_LOAD = "evens_load"
    KEEPS_ALLEY = "keeps_alley"
    SHORTER_WALK = "shorter_walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One plan of the curve: worth of keeping, households `moved`, `outside_min` the windows, walking; and the plan."""

    keep: float
    moved: int
    outside_min: float
    walk_m: float
    disconnected: int
    sharing: Sharing


def options(
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
    current: DataFrame,
    *,
    wishes: Wishes = NO_WISHES,
    keeps: Sequence[float] = KEEPS,
) -> list[Option]:
    """Return plans for several worths of keeping, fewest moves first; of two, neither is better in everything.

    `current` is who has which household now (`household_id`, `member_id`). A household moves where a member still
    there has it now and another gets it, or nobody.
    """
    found = []
    for keep in keeps:
        told = replace(rules, keep=keep)
        sharing = share(households, members, network, told, wishes=wishes, current=current)
        found.append(_option(sharing, households, members, network, told, current))
    ranked = sorted(found, key=lambda one: (one.moved, one.outside_min, one.walk_m))
    kept: list[Option] = []
    for one in ranked:
        if not any(_as_good(other, one) for other in kept):
            kept.append(one)
    return kept


def _as_good(other: Option, one: Option) -> bool:
    """Return whether `other` is no worse than `one` in anything."""
    return (
        other.moved <= one.moved
        and other.outside_min <= one.outside_min + SAME_MIN
        and other.walk_m <= one.walk_m + SAME_MIN
        and other.disconnected <= one.disconnected
    )


def _option(  # noqa: PLR0917 - what was shared, and how
    sharing: Sharing,
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
    current: DataFrame,
) -> Option:
    plan = sharing.assignment
    load = plan.groupby("member_id")["load_min"].sum().reindex(members["member_id"], fill_value=0.0)
    wanted = windows(members, float(load.sum()), balance=rules.balance)
    return Option(
        keep=rules.keep,
        moved=int((moves(plan, members, current)["why"] != Why.NEW).sum()),
        outside_min=round(float(wanted.outside_min(load.to_numpy()).sum()), 3),
        walk_m=round(float(plan["walk_m"].sum()), 3),
        disconnected=len(disconnected_zones(households, plan, network)),
        sharing=sharing,
    )


def moves(
    assignment: DataFrame,
    members: DataFrame,
    current: DataFrame,
    *,
    balance: float = 0.10,
    alley: Series | None = None,
) -> DataFrame:
    """Return the households that change hands, by id: `household_id, from_id, to_id, why, about` and `saves_m`.

    `about` is the member a reason is about. `alley` (by household id) names the stretch of street of each household:
    with it, households that follow neighbours of their alley are told apart. `saves_m` is unknown without both walks.
    """
    plan = assignment.set_index("household_id").sort_index()
    now = current.drop_duplicates("household_id").set_index("household_id")["member_id"]
    before = now.reindex(plan.index).astype("object")
    after = plan["member_id"].astype("object")
    changed = plan.index[after.notna() & ~(after == before)]
    loads = plan["load_min"].groupby(before).sum()
    load = loads.reindex(members["member_id"], fill_value=0.0)
    wanted = windows(members, float(plan["load_min"].sum()), balance=balance)
    full = set(load.index[load.to_numpy() > wanted.high_min + SAME_MIN])
    short = set(load.index[load.to_numpy() < wanted.low_min - SAME_MIN])
    staying = set(members["member_id"])
    rows = []
    for home in changed:
        giver, taker = before[home], after[home]
        why, about = Why.SHORTER_WALK, taker
        if pd.isna(giver):
            why = Why.NEW
        elif giver not in staying:
            why, about = Why.MEMBER_LEFT, giver
        elif giver in full:
            why, about = Why.EVENS_LOAD, giver
        elif taker in short:
            why, about = Why.EVENS_LOAD, taker
        elif alley is not None and _follows(home, taker, after, alley):
            why = Why.KEEPS_ALLEY
        rows.append((home, None if pd.isna(giver) else giver, taker, why, about))
    return DataFrame(rows, columns=["household_id", "from_id", "to_id", "why", "about"])


def _follows(home: str, taker: str, after: Series, alley: Series) -> bool:
    """Return whether all other households of the alley are with the taker too."""
    street = alley.get(home)
    beside = alley.index[(alley == street) & (alley.index != home)].intersection(after.index)
    return len(beside) > 0 and bool((after[beside] == taker).all())


def alleys(households: GeoDataFrame, network: WalkingNetwork) -> Series:
    """Return the stretch of street that each household joins, by household id."""
    joins = join(households.geometry, network)
    return Series(joins["stretch"].to_numpy(), index=households["household_id"].to_numpy())


def fewest_moves(  # noqa: PLR0917 - what a plan is made of, in the pipeline's order
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
    current: DataFrame,
    plan: DataFrame,
    *,
    keep_going: Callable[[], bool] | None = None,
) -> tuple[Fewest, DataFrame]:
    """Return how few households must change hands in connected zones within the windows, and a plan that does so.

    Parameters
    ----------
    households, members
        Of one neighbourhood.
    plan
        A plan within the windows whose zones are connected (`household_id`, `member_id`); households it leaves without
        a member are left out. Those it marks `locked` stay as they are.
    keep_going
        Asked now and then; where it says no, what is known by then is returned.

    Returns
    -------
    fewest, plan
        What is proven (`planning.fewest_changes`), and the plan with fewest changes found (`household_id, member_id`).
        Other wishes than locks are not asked for: with them, the number is a bound and the plan may break them.
    """
    given = plan[plan["member_id"].notna()].set_index("household_id")
    homes = households[households["household_id"].isin(given.index)]
    homes = homes.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    ids, given = pd.Index(people["member_id"]), given.reindex(homes["household_id"])
    town = _town(homes, people, network, rules, current, given)
    owner = ids.get_indexer(pd.Index(given["member_id"])).astype(np.int64)
    fewest = fewest_changes(town, owner, keep_going=keep_going)
    named = DataFrame(
        {"household_id": homes["household_id"], "member_id": ids.to_numpy()[fewest.owner]}
    )
    return fewest, named


def _town(  # noqa: PLR0917 - what a plan is made of, in the pipeline's order
    homes: GeoDataFrame,
    people: GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
    current: DataFrame,
    given: DataFrame,
) -> Town:
    """Return the households as a graph: next to each other are those at one place, or with no other place between."""
    joins = join(homes.geometry, network)
    graph = set_in(joins, network)
    places = place_graph(graph, graph.node.to_numpy(), short_places(joins))
    at: dict[int, list[int]] = {}
    for home, place in enumerate(places.of_household.tolist()):
        at.setdefault(place, []).append(home)
    near = [sorted(_around(places.links, places.size, place)) for place in range(places.size)]
    beside = [
        [other for to in near[place] for other in at[to] if other != home]
        for home, place in enumerate(places.of_household.tolist())
    ]
    now = current.drop_duplicates("household_id").set_index("household_id")["member_id"]
    held = pd.Index(people["member_id"]).get_indexer(pd.Index(now.reindex(homes["household_id"])))
    minutes = load_min(homes, table=rules.load).to_numpy(dtype=np.float64)
    wanted = windows(people, float(minutes.sum()), balance=rules.balance)
    metric = homes.geometry.to_crs(network.crs)
    fixed = (
        given["locked"].to_numpy(dtype=bool) if "locked" in given else np.zeros(len(homes), bool)
    )
    return Town(
        x=metric.x.to_numpy(),
        y=metric.y.to_numpy(),
        load=minutes,
        starts=np.concatenate([[0], np.cumsum([len(one) for one in beside])]).astype(np.int64),
        to=np.array([other for one in beside for other in one], dtype=np.int64),
        current=held.astype(np.int64),
        fixed=fixed,
        keep=0.0,
        low=wanted.low_min,
        high=wanted.high_min,
        home_x=np.full(len(people), np.nan),
        home_y=np.full(len(people), np.nan),
    )


def _around(links: list[list[int]], places: int, place: int) -> set[int]:
    """Return `place` and those one can go to from it without passing another."""
    hubs = [to for to in links[place] if to >= places]
    return {
        place,
        *(to for to in links[place] if to < places),
        *(p for h in hubs for p in links[h]),
    }
