"""Two plans side by side: what each member and neighbourhood carries, and which households change hands.

Both plans are measured on the same households, members and streets, so that a difference is one of the plans.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.network import WalkingNetwork
from planning.connected import disconnected_zones
from planning.load import ORDINARY, LoadTable, load_min
from planning.staffing import plain_records
from planning.walking import walk_m

SIDES = ("first", "second")
FATES = ("kept", "changed", "newly_assigned", "no_longer_assigned", "only_first", "only_second")
FIGURES = (
    *("households", "unassigned", "members", "load_min", "load_least_min", "load_most_min"),
    *("walk_m", "walk_mean_m", "walks_unknown", "zones_disconnected"),
)
KEYS = (
    *(f"{name}_{side}" for name in FIGURES for side in SIDES),
    *("received", "given_up", *FATES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A plan as it is on the ground.

    `rows`: `household_id, neighbourhood_id, member_id` (missing: unassigned), `load_min`, `walk_m` (NaN: unknown);
    `disconnected`: `neighbourhood_id, member_id` of each zone whose households cannot be reached from one another.
    """

    rows: DataFrame
    disconnected: DataFrame


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row per member, then one per neighbourhood (`rows`); all together (`total`); who changes (`changes`).

    `changes` has `household_id, neighbourhood_id, member_first, member_second, fate`. The keys are told in
    `docs/staffing.md`.
    """

    rows: DataFrame
    total: dict[str, Any]
    changes: DataFrame

    def as_dict(self, *, full: bool = False) -> dict[str, Any]:
        """Return the document of `compare --json`; which households change is told in `full` only."""
        told = {"rows": plain_records(self.rows), "total": dict(self.total)}
        return told | ({"changes": plain_records(self.changes)} if full else {})


def measured(
    households: GeoDataFrame,
    members: GeoDataFrame,
    assignment: DataFrame,
    network: WalkingNetwork,
    *,
    table: LoadTable = ORDINARY,
) -> Measured:
    """Return the plan of one neighbourhood as it is on the ground.

    Parameters
    ----------
    households, members
        Of the neighbourhood; see `geo.tables`. Households that the assignment does not name are left out; a member
        who is not of `members` is a member still, from an unknown home.
    assignment
        `household_id`, `member_id`; missing for a household that nobody has.
    """
    given = assignment.drop_duplicates("household_id").set_index("household_id")["member_id"]
    homes = households[households["household_id"].isin(given.index)]
    homes = homes.sort_values("household_id", ignore_index=True)
    owner = given.reindex(homes["household_id"]).astype("object")
    walks = walk_m(homes, members, owner, network)
    rows = DataFrame(
        {
            "household_id": homes["household_id"],
            "neighbourhood_id": homes["neighbourhood_id"],
            "member_id": owner.to_numpy(),
            "load_min": load_min(homes, table=table),
            "walk_m": walks.to_numpy(),
        }
    )
    apart = disconnected_zones(homes, rows, network)
    places = homes["neighbourhood_id"].iloc[:1].tolist() * len(apart)
    return Measured(
        rows=rows, disconnected=DataFrame({"neighbourhood_id": places, "member_id": apart})
    )


def together(parts: Iterable[Measured]) -> Measured:
    """Return the plans of several neighbourhoods as one."""
    listed = list(parts)
    columns = ["household_id", "neighbourhood_id", "member_id", "load_min", "walk_m"]
    rows = [DataFrame(columns=columns).astype({"load_min": float, "walk_m": float})]
    apart = [DataFrame(columns=["neighbourhood_id", "member_id"])]
    return Measured(
        rows=_stacked([*[one.rows for one in listed if len(one.rows)]] or rows),
        disconnected=_stacked(
            [one.disconnected for one in listed if len(one.disconnected)] or apart
        ),
    )


def compare(
    first: Measured, second: Measured, *, members: DataFrame, places: DataFrame
) -> Comparison:
    """Compare two plans.

    Parameters
    ----------
    members
        `member_id`, `name`, `neighbourhood_id`.
    places
        `neighbourhood_id`, `name`.
    """
    both = _side_by_side(first.rows, second.rows)
    people, grounds = _by_member(both, first, second), _by_place(both, first, second)
    known = DataFrame(members).drop_duplicates("member_id").set_index("member_id")
    people = people.assign(
        name=people["id"].map(known["name"]),
        neighbourhood_id=people["id"].map(known["neighbourhood_id"]),
    )
    named = DataFrame(places).drop_duplicates("neighbourhood_id").set_index("neighbourhood_id")
    grounds = grounds.assign(name=grounds["id"].map(named["name"]), neighbourhood_id=grounds["id"])
    columns = ["kind", "id", "name", "neighbourhood_id", *KEYS]
    whole = _figures(both.assign(all="all"), "all", "all", first, second, apart_key=None)
    total = plain_records(whole[list(KEYS)])[0] if len(whole) else _nothing()
    rows = _stacked([people[columns], grounds[columns]])
    return Comparison(rows, total, _changes(both))


def _side_by_side(first: DataFrame, second: DataFrame) -> DataFrame:
    """Return one row per household of either plan, with its fate."""
    both = first.merge(
        second,
        on="household_id",
        how="outer",
        suffixes=("_first", "_second"),
        indicator="found",
    ).sort_values("household_id", ignore_index=True)
    place = both["neighbourhood_id_second"].fillna(both["neighbourhood_id_first"])
    had, has = both["member_id_first"].notna(), both["member_id_second"].notna()
    fate = np.select(
        [
            both["found"] == "left_only",
            both["found"] == "right_only",
            had & has & (both["member_id_first"] == both["member_id_second"]),
            had & has,
            had,
            has,
        ],
        ["only_first", "only_second", "kept", "changed", "no_longer_assigned", "newly_assigned"],
        "",
    )
    return both.assign(place=place, fate=fate)


# --- by member, neighbourhood, and all ---


def _by_member(both: DataFrame, first: Measured, second: Measured) -> DataFrame:
    """Return the figures of each member of either plan, by id."""
    keys = ("member_id_first", "member_id_second")
    return _figures(both, *keys, first, second, apart_key="member_id").assign(kind="member")


def _by_place(both: DataFrame, first: Measured, second: Measured) -> DataFrame:
    """Return the figures of each neighbourhood, by id."""
    told = _figures(both, "place", "place", first, second, apart_key="neighbourhood_id")
    return told.assign(kind="neighbourhood")


def _figures(
    both: DataFrame,
    key_first: str,
    key_second: str,
    first: Measured,
    second: Measured,
    *,
    apart_key: str | None,
) -> DataFrame:
    """Return the figures of groups of households, grouped on each side by its key."""
    keys = dict(zip(SIDES, (key_first, key_second), strict=True))
    ids = np.unique(pd.concat([both[key] for key in keys.values()]).dropna().astype(str))
    told = DataFrame({"id": ids.astype(object)}).set_index("id", drop=False)
    for side, plan in zip(SIDES, (first, second), strict=True):
        one = _one_side(both, keys[side], side)
        for name, values in one.items():
            told[f"{name}_{side}"] = values.reindex(told.index)
        some = told[f"households_{side}"].notna()
        told[f"walk_m_{side}"] = told[f"walk_m_{side}"].where(some, 0.0)
        told[f"load_min_{side}"] = told[f"load_min_{side}"].fillna(0.0)
        apart = plan.disconnected if apart_key is None else plan.disconnected[apart_key]
        counts = len(apart) if apart_key is None else told["id"].map(apart.value_counts())
        told[f"zones_disconnected_{side}"] = counts
    for name, values in _fates(both, keys).items():
        told[name] = values.reindex(told.index)
    whole = [f"{name}_{side}" for name in FIGURES for side in SIDES if name not in UNKNOWABLE]
    counted = [*whole, "received", "given_up", *FATES]
    told[counted] = told[counted].fillna(0).astype("int64")
    return told.reset_index(drop=True)


# What is missing stays unknown; the other figures are counts, and missing is none.
UNKNOWABLE = ("load_min", "load_least_min", "load_most_min", "walk_m", "walk_mean_m")


def _one_side(both: DataFrame, key: str, side: str) -> dict[str, Series]:
    """Return one plan's figures by group."""
    owner = both[f"member_id_{side}"]
    listed = both.assign(
        owner=owner,
        alone=owner.isna() & both["found"].isin(["both", _LISTED[side]]),
        load=both[f"load_min_{side}"].where(owner.notna()),
        walk=both[f"walk_m_{side}"].where(owner.notna()),
    )
    held = listed[owner.notna()]
    groups = held.groupby(key)
    loads = held.groupby([key, "owner"])["load"].sum().groupby(level=0)
    return {
        "households": groups.size(),
        "unassigned": listed.groupby(key)["alone"].sum(),
        "members": groups["owner"].nunique(),
        "load_min": groups["load"].sum(),
        "load_least_min": loads.min(),
        "load_most_min": loads.max(),
        "walk_m": groups["walk"].sum(min_count=1),
        "walk_mean_m": groups["walk"].mean(),
        "walks_unknown": groups["walk"].apply(lambda walks: walks.isna().sum()),
    }


_LISTED = {"first": "left_only", "second": "right_only"}


def _fates(both: DataFrame, keys: dict[str, str]) -> dict[str, Series]:
    """Return how many households of each group had each fate, and came and went."""
    coming = both[both["fate"].isin(["changed", "newly_assigned"])]
    going = both[both["fate"].isin(["changed", "no_longer_assigned"])]
    told = {
        "received": coming.groupby(keys["second"]).size(),
        "given_up": going.groupby(keys["first"]).size(),
    }
    for fate in FATES:
        own = both[both["fate"] == fate]
        sides = [own[key] for key in dict.fromkeys(keys.values())]
        # a household between two members concerns both of them, one within a group concerns it once
        listed = [sides[0]] if len(sides) == 1 or fate == "kept" else sides
        told[fate] = pd.concat(listed).dropna().value_counts()
    return told


def _changes(both: DataFrame) -> DataFrame:
    moved = both[both["fate"].isin(["changed", "newly_assigned", "no_longer_assigned"])]
    names = {"member_id_first": "member_first", "member_id_second": "member_second"}
    told = moved.rename(columns={**names, "place": "neighbourhood_id"})
    columns = ["household_id", "neighbourhood_id", "member_first", "member_second", "fate"]
    return told[columns].reset_index(drop=True)


def _nothing() -> dict[str, Any]:
    """Return the total of two plans without households."""
    unknown = {f"{name}_{side}" for name in UNKNOWABLE for side in SIDES}
    return {name: None if name in unknown else 0 for name in KEYS}


def _stacked(parts: list[DataFrame]) -> DataFrame:
    return pd.concat(parts, ignore_index=True)
