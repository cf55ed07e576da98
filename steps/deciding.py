"""What decisions above the neighbourhood rest on: who serves where, what is left to do, and plans laid side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from data import plans as kept
from data.store import Store
from geo.network import WalkingNetwork
from geo.terms import Kind
from planning import coverage as cover
from planning.comparing import Measured, measured, together
from planning.coverage import Status
from planning.rules import PlanRules
from planning.share import share
from planning.walk_estimate import mean_walk_m
from planning.weeks import usual_minutes, work
from planning.what_if import Planned, so_many
from planning.windows import windows
from steps.gathering import (
    goals,
    households,
    load_table,
    members_in_force,
    of_wards,
    planned_places,
    teams,
)
from steps.walking_networks import walking_network


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
        "teams": teams(store, on=on),
        "members": members_in_force(store, on),
        "households": households(store, on=on),
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
    stand = cover.status(homes, store.load(Kind.VISITS), goals(store, on=on), on=on, goal=goal)
    left = stand["concerned"] & (stand["status"] != Status.REACHED)
    by_id = pd.Series(left.to_numpy(dtype=bool), index=homes["household_id"].to_numpy())
    homes = homes.assign(due_again=stand["status"] == Status.DUE_AGAIN)
    return work(homes, by_id, table=load_table(store))


# --- what if ---


def places_asked(store: Store, ground: Ground) -> pd.DataFrame:
    """Return the neighbourhoods with the mean walking of the plan in force, NaN where there is none."""
    planned = store.load("plan_areas")
    planned = planned[planned["in_force"].astype(bool) & planned["figures"].notna()]
    walks = {
        row["neighbourhood_id"]: (row["figures"].get("walk_m") or {}).get("mean")
        for row in planned.to_dict("records")
    }
    places = pd.DataFrame(ground.places)[["neighbourhood_id", "ward_code", "name"]]
    return places.assign(walk_mean_m=places["neighbourhood_id"].map(walks).astype(float))


class Trials:
    """So many members for a neighbourhood, tried out on its streets; nothing of it is kept."""

    def __init__(self, store: Store, ground: Ground, rules: PlanRules) -> None:
        self._store, self._ground = store, ground
        self._rules = replace(rules, load=load_table(store))
        self._usual_min = usual_minutes(ground.members).expected
        self._ward_of = ground.places.set_index("neighbourhood_id")["ward_code"]
        self._networks: dict[str, WalkingNetwork] = {}

    def walk_m(self, place: str, count: int) -> float:
        """Return the estimated mean metres to a household."""
        return mean_walk_m(*self._tables(place, count))

    def planned(self, place: str, count: int) -> Planned:
        """Return what a plan comes to that is made for them."""
        return _planned(*self._tables(place, count), self._rules)

    def _tables(
        self, place: str, count: int
    ) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, WalkingNetwork]:
        ward = str(self._ward_of[place])
        if ward not in self._networks:
            self._networks[ward] = walking_network(self._store, ward)
        homes, own = (
            frame[frame["neighbourhood_id"] == place]
            for frame in (self._ground.households, self._ground.members)
        )
        return homes, so_many(own, count, usual_min=self._usual_min), self._networks[ward]


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
    everybody, table = store.load(Kind.MEMBERS), load_table(store)
    for ward, of_ward in homes.groupby(homes["ward_code"].fillna("")):
        network = walking_network(store, str(ward))
        for _, own in of_ward.groupby(of_ward["neighbourhood_id"].fillna("")):
            given = rows[rows["household_id"].isin(own["household_id"])]
            people = everybody[everybody["member_id"].isin(given["member_id"])]
            shared = given[["household_id", "member_id"]]
            yield measured(own, people, shared, network, table=table)


def names_of(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who the members are, and what the neighbourhoods are called."""
    members = pd.DataFrame(store.load(Kind.MEMBERS))[["member_id", "name", "neighbourhood_id"]]
    places = of_wards(store, Kind.NEIGHBOURHOODS, None)
    return members, pd.DataFrame(places)[["neighbourhood_id", "name"]]
