"""What the ward's leader asks: gaps, the course of weeks, and what there is to say of both."""

from collections.abc import Collection
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.errors import NotFoundError
from geo.terms import Kind
from planning import coverage as cover
from planning.coverage_range import CoverageRange, counts_of, coverage_range
from planning.gaps import GapRules, Gaps, gaps, together
from planning.official import counts as counts_of_lists
from planning.official import official
from planning.telling import Told
from planning.trend import Trend, trend
from steps.covering import address_line
from steps.gathering import areas, goals, households, in_force, people_in_charge, teams, wards
from steps.saying import Said, said
from words import say

WORDED = ["house_number", "street", "alley", "ward_code"]


def standing_of(store: Store, *, goal: str | None, area: str | None, on: date) -> gpd.GeoDataFrame:
    """Return every household as `planning.coverage.explained` does, with `WORDED`."""
    homes = households(store, area, on=on)
    charge = people_in_charge(store, on=on)
    aims = goals(store, on=on)
    told = cover.explained(homes, store.load(Kind.VISITS), aims, **charge, on=on, goal=goal)
    return told.join(homes[WORDED])


def gaps_of(store: Store, *, goal: str | None, area: str | None, rules: GapRules, on: date) -> Gaps:
    """Return the gaps of a ward or of all; of one neighbourhood, those of its ward that touch it."""
    places = areas(store, on=on)
    ward_of = places.set_index("neighbourhood_id")["ward_code"]
    inside = None if area is None or area in set(wards(store)["ward_code"]) else area
    homes = standing_of(store, goal=goal, area=ward_of.get(inside, area), on=on)
    members = in_force(store.load(Kind.MEMBERS), "active_from", "active_to", on)
    streets = store.load(Kind.STREETS)
    found = {
        str(ward): gaps(
            rows,
            places[places["ward_code"] == ward],
            members.geometry[members["ward_code"] == ward],
            streets[streets["ward_code"] == ward],
            rules=rules,
        )
        for ward, rows in homes.groupby("ward_code")
    }
    whole = together(found, rules)
    return whole if inside is None else whole.of(inside)


def trend_of(store: Store, *, goal: str | None, area: str | None, on: date) -> Trend:
    """Return the weeks of a ward, a neighbourhood or all."""
    homes = households(store, area, on=on)
    return trend(homes, store.load(Kind.VISITS), goals(store, on=on), on=on, goal=goal)


def range_of(store: Store, total: dict[str, Any], *, area: str | None, on: date) -> CoverageRange:
    """Return coverage as a range, where the goal concerns everybody of the list; else its own share alone."""
    homes = households(store, area, on=on)
    names = wards(store)
    if total["households"] != len(homes):
        rows = {"counted": ["loaded"], "households": [total["households"]]}
        return coverage_range(total["reached"], pd.DataFrame(rows).assign(as_of=None, source=None))
    tables = (homes, teams(store, on=on), store.load(Kind.MEMBERS))
    listed = counts_of_lists(*tables, on=on.isoformat())
    reported = official(store.load(Kind.FIGURES), listed, names)
    only = [str(code) for code in names["ward_code"]] if len(names) == 1 else []
    return coverage_range(
        total["reached"], counts_of(homes, reported, only if area is None else [area])
    )


def in_words(store: Store, sentences: list[Told], lang: str) -> list[Said]:
    """Return sentences in words, people and places by their names."""
    people, places = named(store, Kind.MEMBERS, "member_id"), area_names(store, lang)
    return [said(one, lang, people=people, places=places) for one in sentences]


def named(store: Store, kind: Kind, key: str) -> dict[str, str]:
    """Return names by id, of those that have one."""
    names = store.load(kind).set_index(key)["name"].dropna()
    return {str(code): str(name) for code, name in names.items()}


def area_names(store: Store, lang: str) -> dict[str, str]:
    """Return what neighbourhoods are called, by id; which boundaries are estimated is said."""
    places = areas(store, lang=lang)
    return dict(zip(places["neighbourhood_id"], places["name"], strict=True))


def household_rows(
    store: Store,
    standing: gpd.GeoDataFrame,
    *,
    ids: Collection[str] | None,
    phones: bool,
    lang: str,
) -> pd.DataFrame:
    """Return the unreached households of `ids` (all where None) as a list for people, in that order.

    `household_id, head, address, neighbourhood, cause, member_name`, and `phone` only where asked for.
    """
    left = standing[standing["cause"].notna()].set_index("household_id")
    chosen = list(left.index) if ids is None else [one for one in ids if one in left.index]
    rows = left.loc[chosen]
    homes = store.load(Kind.HOUSEHOLDS).set_index("household_id").loc[chosen]
    people = named(store, Kind.MEMBERS, "member_id")
    told = {
        "household_id": pd.Series(chosen, rows.index, dtype="str"),
        "head": homes["head"],
        "address": address_line(homes),
        "neighbourhood": rows["neighbourhood_id"].map(area_names(store, lang)),
        "cause": rows["cause"],
        "member_name": rows["member_id"].map(people),
    }
    if phones:
        told["phone"] = homes["phone"]
    return pd.DataFrame(told).reset_index(drop=True)


def shaped(
    rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, chosen: str | None
) -> gpd.GeoDataFrame:
    """Return gaps with the outline of the neighbourhood where the `chosen` one is a neighbourhood behind."""
    of_place = rows["area"].map(places.set_index("neighbourhood_id").geometry.to_crs(rows.crs))
    outlined = (rows["gap_id"] == chosen) & rows.geometry.isna()
    return rows.set_geometry(rows.geometry.where(~outlined, gpd.GeoSeries(of_place, crs=rows.crs)))


def households_of(found: Gaps, gap: str) -> list[str]:
    """Return the ids of a gap's households; raise `NotFoundError` where there is no such gap."""
    rows = found.rows[found.rows["gap_id"] == gap]
    if rows.empty:
        raise NotFoundError("gap_gone")
    return [str(one) for one in rows["household_ids"].iloc[0]]


def staffing_rows(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return staffing as a table for people, what is to be seen to in words."""
    shown = rows[["name", "team_name", "members", "needed", "short", "households"]].copy()
    shown["households_per_member"] = rows["households_per_member"].astype(float).round(1)
    shown["members_per_100_households"] = rows["members_per_100_households"].astype(float).round(1)
    issues = [
        "; ".join(say(f"staffing_issue_{one}", lang) for one in row) for row in rows["issues"]
    ]
    return shown.assign(trained_on=rows["trained_on"], issues=issues)
