"""Why a plan is as it is, what stands in its way, and what else there would be, for one neighbourhood."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.store import Store
from geo.errors import NotFoundError
from geo.network import WalkingNetwork
from planning.changes import Option, alleys, fewest_moves, moves, options
from planning.conflicts import conflict
from planning.explaining import alternatives
from planning.joined import Joined
from planning.load import LoadTable
from planning.rules import PlanRules
from planning.wishes import Wishes
from steps.gathering import households_to_plan, load_table, members_in_force
from steps.walking_networks import walking_network
from steps.wishing import wishes_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What the plan of one neighbourhood rests on: its households, its members in force, the ward's network."""

    homes: gpd.GeoDataFrame
    members: gpd.GeoDataFrame
    network: WalkingNetwork


def neighbourhood(store: Store, place: dict[str, Any], on: date) -> Neighbourhood:
    """Return what is stored of a neighbourhood, a row of the table of them, on a day."""
    code = place["neighbourhood_id"]
    return Neighbourhood(
        homes=households_to_plan(store, on, [code]),
        members=members_in_force(store, on, [code]),
        network=walking_network(store, str(place["ward_code"])),
    )


def rules_of(store: Store, plan_id: str) -> PlanRules:
    """Return the rules a plan was made by; the usual ones for a plan that came from a file."""
    told = dict(kept.find_plan(store, plan_id).rules or {})
    told.pop("wishes", None)
    load = LoadTable(**told.pop("load")) if "load" in told else load_table(store)
    return PlanRules(**told, load=load)


def wishes_of(store: Store, plan_id: str, members: gpd.GeoDataFrame) -> Wishes:
    """Return the wishes a plan was made by, home areas as the homes of `members` are now."""
    return wishes_from((kept.find_plan(store, plan_id).rules or {}).get("wishes", []), members)


def conflict_document(
    homes: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    rules: PlanRules,
    wishes: Wishes,
    *,
    ground: Joined | None = None,
) -> dict[str, Any] | None:
    """Return which rules cannot be met together and what would resolve it, None where nothing is in the way."""
    found = conflict(homes, members, rules, wishes=wishes, ground=ground)
    if found is None:
        return None
    people = set(members["member_id"])
    named = [
        {"rule": str(rule), "member_id": about if about in people else None, "about": about}
        for rule, about in found.rules
    ]
    return {**asdict(found), "rules": named}


def options_document(
    here: Neighbourhood,
    rules: PlanRules,
    current: pd.DataFrame,
    *,
    prove: bool = False,
    keep_going: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Return the plans between fewest moves and least walking, fewest moves first, with the moves of each.

    With `prove` also how few must move in any plan, as far as `keep_going` lets it be proven.
    """
    own = current[current["household_id"].isin(here.homes["household_id"])]
    alley = alleys(here.homes, here.network)
    rows = []
    plans = options(here.homes, here.members, here.network, rules, own)
    for one in plans:
        moved = moves(one.sharing.assignment, here.members, own, balance=rules.balance, alley=alley)
        rows.append(
            {
                "keep": one.keep,
                "moved": one.moved,
                "outside_min": round(one.outside_min, 3),
                "walk_m": round(one.walk_m, 3),
                "zones_disconnected": one.disconnected,
                "why": {str(why): int(count) for why, count in moved["why"].value_counts().items()},
                "moves": moved.astype(object).where(moved.notna(), None).to_dict("records"),
            }
        )
    held = own["member_id"].isin(here.members["member_id"])
    told = {"rows": rows, "total": {"options": len(rows), "assigned_now": int(held.sum())}}
    return told | ({"fewest": _fewest(plans, here, rules, own, keep_going)} if prove else {})


def _fewest(
    plans: list[Option],
    here: Neighbourhood,
    rules: PlanRules,
    own: pd.DataFrame,
    keep_going: Callable[[], bool] | None,
) -> dict[str, Any] | None:
    """Return the moves of the plan with the fewest found, and those of any at least; None without a plan to begin."""
    whole = [one for one in plans if not one.outside_min and not one.disconnected]
    if not whole:
        return None
    plan = whole[0].sharing.assignment
    fewest, _ = fewest_moves(
        here.homes, here.members, here.network, rules, own, plan, keep_going=keep_going
    )
    return {"moved": fewest.changed, "at_least": fewest.at_least, "proven": fewest.proven}


def explained(
    here: Neighbourhood, plan: pd.DataFrame, household: str, rules: PlanRules, wishes: Wishes
) -> pd.DataFrame:
    """Return what it would mean to give a household to each member; see `planning.explaining`."""
    rows = alternatives(
        household, here.homes, here.members, here.network, plan, rules, wishes=wishes
    )
    named = here.members.set_index("member_id")["name"]
    return rows.assign(name=rows["member_id"].map(named))


def place_of_household(places: pd.DataFrame, homes: pd.DataFrame, household: str) -> dict[str, Any]:
    """Return the row of the neighbourhood that a household lies in; raise `NotFoundError` where it is in none."""
    own = homes.loc[homes["household_id"] == household, "neighbourhood_id"]
    found = places[places["neighbourhood_id"].isin(own)]
    if found.empty:
        raise NotFoundError("household_unknown", household=household)
    return {str(name): cell for name, cell in found.iloc[0].items()}
