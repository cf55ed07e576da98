"""A plan changed by hand: what changes for each household, forward and back, and what it means for each member."""

from enum import StrEnum

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from planning.connected import disconnected_zones
from planning.joined import Joined
from planning.load import load_min
from planning.rules import PlanRules
from planning.walking import walks_on
from planning.windows import windows

# What of a household's row a person, or a new suggestion, can change.
CHANGEABLE = ("member_id", "reason", "locked")
CHANGES = (
    "household_id",
    *(f"{name}_{when}" for name in CHANGEABLE for when in ("before", "after")),
)
SAME_MIN = 1e-6


class EditKind(StrEnum):
    """What was done to a draft by hand."""

    MOVE = "move"
    LOCK = "lock"
    UNLOCK = "unlock"
    SUGGEST = "suggest"


def handed_over(rows: DataFrame, households: Series, member: str) -> DataFrame:
    """Return the rows of an assignment with some households given to a member; locked ones stay."""
    moved = rows["household_id"].isin(households) & ~rows["locked"].astype(bool)
    return rows.assign(
        member_id=rows["member_id"].astype("object").mask(moved, member),
        reason=rows["reason"].astype("object").mask(moved, None),
    )


def held_fast(rows: DataFrame, households: Series, *, locked: bool) -> DataFrame:
    """Return the rows with some households locked to their members, or no longer; who has no member cannot be."""
    meant = rows["household_id"].isin(households) & rows["member_id"].notna()
    return rows.assign(locked=rows["locked"].astype(bool).mask(meant, locked))


def differences(before: DataFrame, after: DataFrame) -> DataFrame:
    """Return the households whose rows differ, by id: the columns of `CHANGES`, None for nobody."""
    old = _plain(before)
    new = _plain(after).reindex(old.index)
    differ = Series(False, index=old.index)
    for name in CHANGEABLE:
        same = (old[name] == new[name]) | (old[name].isna() & new[name].isna())
        differ |= ~same.astype(bool)
    told = {
        f"{name}_{when}": frame.loc[differ, name]
        for name in CHANGEABLE
        for when, frame in (("before", old), ("after", new))
    }
    return DataFrame(told).rename_axis("household_id").reset_index()[list(CHANGES)]


def applied(rows: DataFrame, changes: DataFrame, *, back: bool = False) -> DataFrame:
    """Return the rows of an assignment after changes, or `back` to what was before them."""
    when = "before" if back else "after"
    told = changes.set_index("household_id")
    changed = rows["household_id"].isin(told.index)
    found = rows.copy()
    for name in CHANGEABLE:
        new = rows["household_id"].map(told[f"{name}_{when}"])
        found[name] = found[name].astype("object").where(~changed, new)
    return found.assign(locked=found["locked"].astype(bool))


def _plain(rows: DataFrame) -> DataFrame:
    """Return what can change, by household, with None for what is missing."""
    told = rows.set_index("household_id")[list(CHANGEABLE)].sort_index().astype("object")
    told["locked"] = told["locked"].astype(bool).astype("object")
    return told.where(told.notna(), None)


def worked_out(
    rows: DataFrame, households: GeoDataFrame, ground: Joined, rules: PlanRules
) -> DataFrame:
    """Return the rows with `walk_m` and `load_min` as they are for who has which household now.

    Rows of households that are not among `households` are left out.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    known = rows[rows["household_id"].isin(homes["household_id"])].reset_index(drop=True)
    owner = known.set_index("household_id")["member_id"].astype("object")
    minutes = load_min(homes, table=rules.load).set_axis(homes["household_id"])
    return known.assign(
        walk_m=walks_on(ground, owner).to_numpy(),
        load_min=minutes.reindex(known["household_id"]).to_numpy(),
    )


def member_loads(
    rows: DataFrame,
    households: GeoDataFrame,
    members: GeoDataFrame,
    ground: Joined,
    rules: PlanRules,
) -> DataFrame:
    """Return what each member carries, by id.

    `households`, `load_min`, `walk_m`, the window `low_min` to `high_min`, whether the load is `inside` it, whether
    the zone is `connected` on the streets, and how many are `locked`. `rows` as `worked_out` gives them.
    """
    people = members.sort_values("member_id", ignore_index=True)
    held = rows[rows["member_id"].notna()]
    of = held.groupby("member_id").agg(
        households=("household_id", "size"),
        load_min=("load_min", "sum"),
        walk_m=("walk_m", "sum"),
        locked=("locked", "sum"),
    )
    told = of.reindex(people["member_id"]).fillna(0.0).reset_index()
    load = told["load_min"].to_numpy(dtype=np.float64)
    wanted = windows(people, float(load.sum()), balance=rules.balance)
    apart = disconnected_zones(households, rows, ground.network, joins=ground.houses)
    return told.assign(
        households=told["households"].astype("int64"),
        locked=told["locked"].astype("int64"),
        low_min=wanted.low_min,
        high_min=wanted.high_min,
        inside=wanted.outside_min(load) <= SAME_MIN,
        connected=~told["member_id"].isin(apart),
    )


def side_by_side(before: DataFrame, after: DataFrame) -> DataFrame:
    """Return the members whose loads a change touches: the columns of `member_loads`, `_before` and `_after`."""
    both = before.merge(after, on="member_id", suffixes=("_before", "_after"))
    touched = pd.Series(False, index=both.index)
    for name in ("households", "load_min", "connected", "locked"):
        touched |= both[f"{name}_before"] != both[f"{name}_after"]
    return both[touched].reset_index(drop=True)
