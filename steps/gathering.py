"""What the steps of the pipeline take from the store."""

from collections.abc import Collection
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.of_places import load_of, places_called, visits_of
from data.settings import LOAD, SUPPORT, setting
from data.store import Store
from geo.checks import COLUMNS as CHECK_COLUMNS
from geo.errors import NotFoundError
from geo.pieces import CUT_OFF, unreachable
from geo.terms import BoundarySource, Kind
from planning import coverage as cover
from planning.load import LoadTable, load_fields
from planning.rules import PlanRules
from steps.walking_networks import walking_network
from words import say


def wards(store: Store) -> gpd.GeoDataFrame:
    """Return the wards."""
    return store.load(Kind.WARDS)


def goals(store: Store, *, on: date | None = None) -> pd.DataFrame:
    """Return the goals; those pursued on a day where one is named."""
    found: pd.DataFrame = store.load(Kind.GOALS)
    return found if on is None else _not_ended(found, "active_to", on)


def teams(store: Store, *, on: date | None = None) -> pd.DataFrame:
    """Return the teams; those that have not ended by a day where one is named."""
    found: pd.DataFrame = store.load(Kind.TEAMS)
    return found if on is None else _not_ended(found, "active_to", on)


def households(
    store: Store, area: str | None = None, *, on: date, places: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Return the households of a ward or neighbourhood, without those that a person decided are gone by a day.

    Where `places` names neighbourhoods, only theirs are read.
    """
    there: gpd.GeoDataFrame = _not_ended(load_of(store, Kind.HOUSEHOLDS, places), "gone_on", on)
    return of_area(store, there, area)


def _not_ended(frame: Any, end: str, on: date) -> Any:
    ended = frame[end] <= on.isoformat()
    return frame[~ended] if ended.any() else frame


def areas(
    store: Store,
    ward_code: str | None = None,
    *,
    on: date | None = None,
    lang: str | None = None,
) -> gpd.GeoDataFrame:
    """Return the neighbourhoods, of one ward or of all; those in force on a day where one is named.

    Where a language is named, the names say which boundaries are estimated.
    """
    places = store.load(Kind.NEIGHBOURHOODS)
    if lang is not None:
        places = places.assign(name=names_marked(places, lang))
    if ward_code is not None:
        places = places[places["ward_code"] == ward_code]
    return places if on is None else in_force(places, "valid_from", "valid_to", on)


def people_in_charge(store: Store, *, on: date | None = None) -> dict[str, Any]:
    """Return teams (those of a day where one is named), members and who has which household in the plan in force."""
    return {
        "teams": teams(store, on=on),
        "members": store.load(Kind.MEMBERS),
        "assigned": kept.current_assignment(store),
    }


def of_area(store: Store, homes: gpd.GeoDataFrame, area: str | None) -> gpd.GeoDataFrame:
    """The households of a ward or neighbourhood, named by its code."""
    if area is None:
        return homes
    if area in set(wards(store)["ward_code"]):
        return homes[homes["ward_code"] == area]
    if area in set(areas(store)["neighbourhood_id"]):
        return homes[homes["neighbourhood_id"] == area]
    raise NotFoundError("area_unknown", area=area)


def planned_places(store: Store, area: str | None, on: date) -> gpd.GeoDataFrame:
    """The neighbourhoods to plan: one by its code, those of a ward, or all."""
    places = store.load(Kind.NEIGHBOURHOODS) if area is None else places_called(store, area)
    places = in_force(places, "valid_from", "valid_to", on)
    if places.empty:
        raise NotFoundError("area_unknown" if area else "no_neighbourhoods", area=area)
    return places


def members_in_force(
    store: Store, on: date, places: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Return the members who are active on a day; of some neighbourhoods alone, where `places` names them."""
    return in_force(load_of(store, Kind.MEMBERS, places), "active_from", "active_to", on)


def in_force(frame: Any, start: str, end: str, on: date) -> Any:
    """The rows that begin on or before a day and have not ended by it."""
    day = on.isoformat()
    return frame[~(frame[start] > day) & ~(frame[end] <= day)]


def of_wards(store: Store, kind: Kind, codes: set[str] | None) -> gpd.GeoDataFrame:
    """Return the rows of some wards, named by their codes; of all wards for None."""
    frame = store.load(kind)
    return frame if codes is None else frame[frame["ward_code"].isin(codes)]


def walking_checks(store: Store) -> pd.DataFrame:
    """Return the households most others cannot walk to, as `geo.checks.check` returns what is wrong.

    The `value` is the metres to the street, or where streets do not meet, the piece they are in (`geo.pieces`).
    Wards without streets have none of these.
    """
    found = [pd.DataFrame(columns=CHECK_COLUMNS)]
    for ward in store.load(Kind.STREETS)["ward_code"].dropna().unique():
        homes = of_wards(store, Kind.HOUSEHOLDS, {ward}).set_index("household_id").geometry
        rows = unreachable(homes, walking_network(store, ward), reach_m=PlanRules().reach_m)
        value = rows["off_street_m"].where(rows["why"] != CUT_OFF, rows["piece"])
        told = {"check": "household_" + rows["why"], "table": str(Kind.HOUSEHOLDS), "other": None}
        found.append(pd.DataFrame({**told, "id": rows.index, "value": value}, index=rows.index))
    kept = [rows for rows in found if len(rows)] or found[:1]
    return pd.concat(kept, ignore_index=True)[CHECK_COLUMNS]


def support(store: Store) -> float | None:
    """Return the đồng of support for each team and month; None where there is none."""
    found = setting(store, SUPPORT).get("dong_team_month")
    return None if found is None else float(found)


def load_table(store: Store) -> LoadTable:
    """Return the minutes a household takes, as the planner has set them."""
    own = setting(store, LOAD)
    return LoadTable().changed({name: own[name] for name in load_fields() if name in own})


def households_to_plan(
    store: Store, on: date, places: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Return the households with `due_again`; of some neighbourhoods alone, where `places` names them."""
    return with_due_again(store, households(store, on=on, places=places), on, places)


def with_due_again(
    store: Store, homes: gpd.GeoDataFrame, on: date, places: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Return households with the column `due_again`: whether they were met, and are to be met again, on a day.

    Where `places` names the neighbourhoods of all of them, only the visits to these are read.
    """
    stand = cover.status(homes, visits_of(store, places), goals(store, on=on), on=on)
    return homes.assign(due_again=stand["status"] == cover.Status.DUE_AGAIN)


def names_marked(places: gpd.GeoDataFrame, lang: str) -> pd.Series:
    """The names of neighbourhoods, saying which boundaries nobody drew."""
    marked = [say("name_estimated", lang, name=name) for name in places["name"]]
    estimated = places["source"] == BoundarySource.ESTIMATED
    names: pd.Series = places["name"].where(
        ~estimated, pd.Series(marked, places.index, dtype="str")
    )
    return names
