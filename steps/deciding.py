"""What decisions above the neighbourhood rest on: who serves where, what is left to do, and plans laid side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data import plans as kept
from data.store import Store
from geo.crs import to_metric
from geo.network import WalkingNetwork
from geo.placing import located
from geo.terms import Kind
from planning import coverage as cover
from planning.comparing import Measured, measured, together
from planning.coverage import Status
from planning.rules import PlanRules
from planning.share import share
from planning.weeks import usual_minutes, work
from planning.what_if import Planned, Planner
from planning.windows import windows
from steps.gathering import goals, members_in_force, of_wards, planned_places, walking_network

# A hull has an area from so many corners on.
CORNERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The neighbourhoods of an area in force on a day, and what belongs to them."""

    places: gpd.GeoDataFrame
    teams: pd.DataFrame
    members: gpd.GeoDataFrame
    households: gpd.GeoDataFrame


def ground_of(store: Store, area: str | None, on: date) -> Ground:
    """Return the ground of a ward or neighbourhood, or all; with what the ward has outside its neighbourhoods."""
    places = planned_places(store, area, on)
    parts = {
        "teams": store.load(Kind.TEAMS),
        "members": members_in_force(store, on),
        "households": store.load(Kind.HOUSEHOLDS),
    }
    if area is not None:
        ids = set(places["neighbourhood_id"])
        parts = {
            name: frame[frame["neighbourhood_id"].isin(ids) | (frame["ward_code"] == area)]
            for name, frame in parts.items()
        }
    return Ground(places=places, **parts)


def work_left(store: Store, ground: Ground, *, goal: str | None, on: date) -> pd.DataFrame:
    """Return what is left to do, by neighbourhood; a household due again takes a revisit."""
    homes = ground.households
    stand = cover.status(homes, store.load(Kind.VISITS), goals(store), on=on, goal=goal)
    left = stand["concerned"] & (stand["status"] != Status.REACHED)
    by_id = pd.Series(left.to_numpy(dtype=bool), index=homes["household_id"].to_numpy())
    return work(homes.assign(due_again=stand["status"] == Status.DUE_AGAIN), by_id)


# --- what if ---


def places_asked(store: Store, ground: Ground) -> pd.DataFrame:
    """Return the neighbourhoods with the ground where households lie, and the walking of the plan in force."""
    homes = to_metric(ground.households[located(ground.households.geometry)])
    hulls = homes.dissolve("neighbourhood_id").convex_hull
    corners = homes.groupby("neighbourhood_id").size()
    areas_m2 = hulls.area.where(corners >= CORNERS)
    places = pd.DataFrame(ground.places)[["neighbourhood_id", "ward_code", "name"]]
    planned = store.load("plan_areas")
    planned = planned[planned["in_force"].astype(bool) & planned["figures"].notna()]
    walks = {row["neighbourhood_id"]: row["figures"] for row in planned.to_dict("records")}
    told = [walks.get(one, {}) for one in places["neighbourhood_id"]]
    return places.assign(
        area_m2=places["neighbourhood_id"].map(areas_m2).astype(float),
        walk_mean_m=[_number((one.get("walk_m") or {}).get("mean")) for one in told],
        walk_members=[_number(one.get("members") or None) for one in told],
    )


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def planner(store: Store, ground: Ground, rules: PlanRules) -> Planner:
    """Return what makes the plan of a neighbourhood for so many members; nothing of it is kept."""
    networks: dict[str, WalkingNetwork] = {}
    usual = usual_minutes(ground.members).expected
    ward_of = ground.places.set_index("neighbourhood_id")["ward_code"]

    def plan_with(place: str, count: int) -> Planned:
        ward = str(ward_of[place])
        if ward not in networks:
            networks[ward] = walking_network(store, ward)
        homes = ground.households[ground.households["neighbourhood_id"] == place]
        own = ground.members[ground.members["neighbourhood_id"] == place]
        people = _so_many(own, count, usual_min=usual)
        return _planned(homes, people, networks[ward], rules)

    return plan_with


def _so_many(own: gpd.GeoDataFrame, count: int, *, usual_min: float) -> gpd.GeoDataFrame:
    """Return `count` members: those with most minutes first, then new ones whose homes nobody knows."""
    minutes = own["minutes_per_week"].astype(float).fillna(usual_min)
    order = np.lexsort([own["member_id"], -minutes.to_numpy()])
    people = own.iloc[order].reset_index(drop=True).reindex(range(count))
    new = np.arange(count) >= len(own)
    ids = pd.Series([f"+{n:04d}" for n in range(count)], people.index)
    return people.assign(
        member_id=people["member_id"].where(~new, ids),
        minutes_per_week=people["minutes_per_week"].where(~new, usual_min),
    )


def _planned(
    homes: gpd.GeoDataFrame,
    people: gpd.GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
) -> Planned:
    made = share(homes, people, network, rules).assignment
    load = made.groupby("member_id")["load_min"].sum().reindex(people["member_id"], fill_value=0.0)
    walk = made.loc[made["member_id"].notna(), "walk_m"].mean()
    total = float(load.sum())
    if total <= 0:
        return Planned(balance=None, walk_mean_m=None)
    fair = windows(people, total, balance=0.0).low_min
    off = np.abs(load.to_numpy() - fair)[fair > 0] / fair[fair > 0]
    return Planned(
        balance=float(off.max()) if len(off) else None,
        walk_mean_m=None if np.isnan(walk) else float(walk),
    )


# --- two plans ---


def laid_out(store: Store, plan_id: str) -> Measured:
    """Return a plan measured on the households, members and streets that are stored now."""
    return together(_measured_parts(store, kept.plan_part(store, "assignments", plan_id)))


def _measured_parts(store: Store, rows: pd.DataFrame) -> Iterator[Measured]:
    homes = store.load(Kind.HOUSEHOLDS)
    homes = homes[homes["household_id"].isin(rows["household_id"])]
    everybody = store.load(Kind.MEMBERS)
    for ward, of_ward in homes.groupby(homes["ward_code"].fillna("")):
        network = walking_network(store, str(ward))
        for _, own in of_ward.groupby(of_ward["neighbourhood_id"].fillna("")):
            given = rows[rows["household_id"].isin(own["household_id"])]
            people = everybody[everybody["member_id"].isin(given["member_id"])]
            yield measured(own, people, given[["household_id", "member_id"]], network)


def names_of(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who the members are, and what the neighbourhoods are called."""
    members = pd.DataFrame(store.load(Kind.MEMBERS))[["member_id", "name", "neighbourhood_id"]]
    places = of_wards(store, Kind.NEIGHBOURHOODS, None)
    return members, pd.DataFrame(places)[["neighbourhood_id", "name"]]
