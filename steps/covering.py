"""Who is counted where."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.store import Store
from geo.searching import matching
from geo.terms import Kind
from planning.by_goal import status_by_goal
from steps.gathering import areas, goals, teams


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFigures:
    """What reports say: `rows` and `teams` as `planning.official` has them, `total` how many there are of what kind."""

    rows: pd.DataFrame
    teams: pd.DataFrame
    total: dict[str, Any]


def grouping(
    store: Store,
    by: str,
    belongs: pd.DataFrame,
    *,
    area: str | None,
    on: date,
    lang: str | None = None,
) -> tuple[pd.DataFrame, pd.Series]:
    """The areas to count by, and the area of each household."""
    table, key = _AREAS[by]
    listed = store.load(table)
    if by == "neighbourhood":
        listed = areas(store, on=on, lang=lang)
    elif by == "team":
        listed = teams(store, on=on)
    if area is not None and by == "ward":
        around = areas(store).set_index("neighbourhood_id")["ward_code"]
        listed = listed[listed["ward_code"] == around.get(area, area)]
    elif area is not None:
        listed = listed[(listed["ward_code"] == area) | (listed["neighbourhood_id"] == area)]
    area_of = belongs.set_index("household_id")[key]
    return listed[[key, "name"]].rename(columns={key: "area"}), area_of


_AREAS = {
    "ward": (Kind.WARDS, "ward_code"),
    "neighbourhood": (Kind.NEIGHBOURHOODS, "neighbourhood_id"),
    "team": (Kind.TEAMS, "team_id"),
    "member": (Kind.MEMBERS, "member_id"),
}


def by_goal(store: Store, households: pd.DataFrame, on: date) -> pd.DataFrame:
    """Where some of the households stand for each goal, on their index; see `planning.by_goal`."""
    every = store.load(Kind.HOUSEHOLDS).loc[households.index]
    return status_by_goal(every, store.load(Kind.VISITS), goals(store, on=on), on=on)


def goal_names(store: Store) -> dict[str, str]:
    """What the goals are called, by id."""
    listed = goals(store)
    return dict(zip(listed["goal_id"], listed["name"], strict=True))


def found_households(homes: pd.DataFrame, text: str, *, most: int) -> pd.DataFrame:
    """Return household_id, head and address of the households that a text means; see `geo.searching`."""
    lines = pd.DataFrame({"head": homes["head"], "address": address_line(homes)})
    rows = matching(lines, homes["address_raw"], text, most=most)
    return lines.loc[rows].assign(household_id=homes.loc[rows, "household_id"])


def address_line(words: pd.DataFrame) -> pd.Series:
    """One line of the address a household has: number, alley, street, else its digital address."""
    said = words[["house_number", "alley", "street"]].astype("str").fillna("")
    spoken = said["house_number"] + " " + said["alley"] + " " + said["street"]
    plain = spoken.str.split().str.join(" ")
    return plain.where(plain != "").fillna(words["address_raw"])
