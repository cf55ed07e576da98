"""What a person asks of a plan at the front door: wishes from files, and how long to search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import geopandas as gpd
import pandas as pd

from data.columns import match_columns
from data.reading import read
from data.rows import rows_of
from data.store import Store
from data.wished import FIELDS, WishRows, read_wishes
from geo.aliases import resolved
from geo.crs import to_metric
from geo.errors import InputError
from geo.placing import match_reference
from geo.terms import Kind, WishKind
from planning.rules import PlanRules
from planning.wishes import Pairs, Wishes, listing
from steps.gathering import members_in_force

# Counted steps that a usual machine makes in half a second: time is a limit, not a goal.
STEPS_A_SECOND = 2_000_000
MOST_STEPS = 200_000

WishRecords = list[dict[str, Any]]


def wished(store: Store, *, locks: Path | None, wishes: Path | None, on: date) -> WishRecords:
    """Return the wishes of a file of locks and a file of wishes, one record each with its `wish` and what it names.

    Names and other ids become those that are stored; members are those in force on the day.

    Raises
    ------
    InputError
        Where a file cannot be read, or a row names what nobody knows or cannot be wished: no row is left out.
    """
    told = [] if locks is None else _locks(store, locks)
    if wishes is not None:
        told += _resolved(store, read_wishes(wishes), on)
    return told


def wishes_from(records: WishRecords, members: gpd.GeoDataFrame) -> Wishes:
    """Return records as what the solver knows; home areas are circles around the homes of `members`."""
    rows = pd.DataFrame(records, columns=list(FIELDS))
    skills = rows[rows["wish"] == WishKind.SKILL]
    needs = [
        (trait, skill)
        for traits, skill in zip(skills["trait"], skills["skill"], strict=True)
        for trait in traits.split(",")
    ]
    return Wishes(
        locks=_pairs(rows, WishKind.LOCK, "member_id"),
        forbidden=_pairs(rows, WishKind.FORBID, "member_id"),
        together=_pairs(rows, WishKind.TOGETHER, "other_household_id"),
        needs=tuple(dict.fromkeys(needs)),
        home_areas=_circles(rows[rows["wish"] == WishKind.HOME_AREA], members),
    )


def _pairs(rows: pd.DataFrame, kind: WishKind, other: str) -> Pairs:
    own = rows.loc[rows["wish"] == kind, ["household_id", other]].drop_duplicates()
    return tuple(own.itertuples(index=False, name=None))


def _circles(rows: pd.DataFrame, members: gpd.GeoDataFrame) -> gpd.GeoSeries:
    within_m = rows.set_index("member_id")["within_m"].astype(float)
    homes = members[members["member_id"].isin(within_m.index) & members.geometry.notna()]
    if homes.empty:
        return Wishes().home_areas
    points = to_metric(homes).set_index("member_id").geometry
    return points.buffer(within_m.reindex(points.index).to_numpy())


def _locks(store: Store, path: Path) -> WishRecords:
    """Return the locks of a file with the columns of `Kind.ASSIGNMENTS`."""
    raw = read(path)
    frame = rows_of(raw, match_columns(raw.headings, Kind.ASSIGNMENTS, {}), Kind.ASSIGNMENTS).frame
    pairs = pd.DataFrame(frame[["household_id", "member_id"]]).dropna().astype(str)
    for kind, column in ((Kind.HOUSEHOLDS, "household_id"), (Kind.MEMBERS, "member_id")):
        unknown = ~pairs[column].isin(store.load(kind)[column])
        if unknown.any():
            count = int(unknown.sum())
            raise InputError("locks_unknown", file=path.name, column=column, count=count)
    return [
        {"wish": str(WishKind.LOCK), "household_id": home, "member_id": member}
        for home, member in pairs.itertuples(index=False, name=None)
    ]


def _resolved(store: Store, file: WishRows, on: date) -> WishRecords:
    """Return the rows of a file with the ids that are stored; raise `InputError` where nothing stored is meant."""
    homes, members = store.load(Kind.HOUSEHOLDS), members_in_force(store, on)
    rows = file.read.copy()
    for field in ("household_id", "other_household_id"):
        rows[field] = resolved(rows[field], homes)
        file.refuse(
            "wishes_household_unknown", file.typed[field].notna() & rows[field].isna(), field
        )
    rows["member_id"] = match_reference(
        rows["member_id"], members, id_column="member_id", name_column="name"
    )
    unknown = file.typed["member_id"].notna() & rows["member_id"].isna()
    file.refuse("wishes_member_unknown", unknown, "member_id")
    _refuse_apart(file, rows, homes, members)
    _refuse_homeless(file, rows, members)
    named = rows["skill"].dropna()
    nobody = named.map(lambda skill: not listing(members, "skills", skill).any()).astype(bool)
    file.refuse("wishes_skill_unknown", nobody.reindex(rows.index, fill_value=False), "skill")
    return [
        {str(field): cell for field, cell in row.items() if pd.notna(cell)}
        for row in rows.astype(object).to_dict("records")
    ]


def _refuse_apart(
    file: WishRows, rows: pd.DataFrame, homes: pd.DataFrame, members: pd.DataFrame
) -> None:
    """Refuse what no plan could do: to give one member households of two neighbourhoods."""
    of_home = homes.set_index("household_id")["neighbourhood_id"]
    of_member = members.set_index("member_id")["neighbourhood_id"]
    here = rows["household_id"].map(of_home).astype("object")
    for kind, field, places in (
        (WishKind.LOCK, "member_id", of_member),
        (WishKind.TOGETHER, "other_household_id", of_home),
    ):
        apart = (rows["wish"] == kind) & ~(here == rows[field].map(places).astype("object"))
        file.refuse("wishes_apart", apart, field)


def _refuse_homeless(file: WishRows, rows: pd.DataFrame, members: gpd.GeoDataFrame) -> None:
    """Refuse a circle around a home that is not known, and a second circle for one member."""
    circles = rows["wish"] == WishKind.HOME_AREA
    at_home = members.loc[members.geometry.notna(), "member_id"]
    file.refuse("wishes_home_unknown", circles & ~rows["member_id"].isin(at_home), "member_id")
    again = rows["member_id"].where(circles).duplicated() & circles
    file.refuse("wishes_home_area_twice", again, "member_id")


def budget(rules: PlanRules, seconds: float | None, households: int) -> PlanRules:
    """Return the rules with as many steps as a machine has time for, the usual number without a limit."""
    if seconds is None:
        return rules
    if not seconds > 0:
        raise InputError("plan_time_not_positive", seconds=seconds)
    steps = int(seconds * STEPS_A_SECOND / max(households, 1))
    return replace(rules, steps=min(max(steps, 1), MOST_STEPS))


def until(seconds: float | None) -> Callable[[], bool]:
    """Return whether to go on: until so many seconds from now, or for ever."""
    if seconds is None:
        return lambda: True
    end = monotonic() + seconds
    return lambda: monotonic() < end
