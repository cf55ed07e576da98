"""The figures: who is concerned, reached, unreached, due again, and why. Everything else asks here.

A *goal* concerns a household that has any of the goal's traits (every household where the goal
names none). A household is *reached* for a goal by a `met` visit for it, on or before the day `on`,
that still holds on that day: a goal with `valid_days` n holds from the day of the visit through the
n-th day after it, one without holds for ever. *Ever reached*: met for it at any time up to `on`.
*Due again*: ever reached, no longer reached. Over all goals the same words mean *for every goal
that concerns the household*; a household that no goal concerns is in no denominator. Where no goal
is defined, one `met` visit of any kind reaches a household for ever.

Households that a newer list lacks (`vanished_at`) count until a person decides. `planning.standing` holds the sums
behind the words.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.placing import located
from geo.terms import Cause, Outcome
from planning.standing import Standing, standing, visits_made

COUNTS = ["households", "reached", "unreached", "due_again", "ever_reached"]

# Of visits at one moment, the last one here says how it ended.
OUTCOMES = [Outcome.MET, Outcome.ABSENT, Outcome.NOT_FOUND, Outcome.REFUSED]

Positions = npt.NDArray[np.intp]


class Status(StrEnum):
    """Where a concerned household stands; `unreached` is the part that is not due again."""

    REACHED = "reached"
    UNREACHED = "unreached"
    DUE_AGAIN = "due_again"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures by area (`rows`) and over all households (`total`).

    Both have `area`, `name`, `goal`, `households`, `reached`, `unreached`, `due_again`,
    `ever_reached` and `share_reached`.
    """

    rows: DataFrame
    total: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the document of `coverage --json`: plain values, `None` for what is not there."""
        return {"rows": _records(self.rows), "total": dict(self.total)}


def coverage(
    households: DataFrame,
    visits: DataFrame,
    goals: DataFrame,
    *,
    areas: DataFrame,
    area_of: Series,
    on: date,
    goal: str | None = None,
) -> Coverage:
    """Count the households of each area by where they stand on the day `on`.

    Parameters
    ----------
    households, visits, goals
        See `geo.tables`; visits in any order, repeats allowed.
    areas
        One row per area: `area`, `name`.
    area_of
        The area of each household, indexed by `household_id`; null, missing or not in `areas`:
        outside every area.
    goal
        Only the rows of this goal. Without it: one row per area and goal, then one per area with
        goal null.

    Returns
    -------
    coverage
        Rows in the order of `areas` and `goals`. Households outside every area, if there are any,
        come last, in rows with area and name null. `total` is over all households, for `goal` or
        for all goals. The share of nobody is null.

    Raises
    ------
    NotFoundError
        Where `goal` is none of `goals`.
    """
    stand = standing(households, visits, goals, on=on).of(goal)
    outside = len(areas)
    area = pd.Index(areas["area"]).get_indexer(pd.Index(households["household_id"].map(area_of)))
    area = np.where(area < 0, outside, area)

    counts = _counts(stand, area, areas=outside + 1)
    if not (area == outside).any():
        counts = counts[counts["area"] < outside]
    named = areas[["area", "name"]].reset_index(drop=True).reindex(counts.pop("area"))
    rows = pd.concat([named.reset_index(drop=True), counts.reset_index(drop=True)], axis=1)

    whole = _counts(stand, np.zeros_like(area), areas=1).assign(area=None, name=None)
    return Coverage(rows, _records(whole[rows.columns])[-1])


def _counts(stand: Standing, area: Positions, *, areas: int) -> DataFrame:
    """Return the counts by area and goal; the rows over all goals come last."""
    counted = {
        "households": stand.concerned,
        "reached": stand.reached,
        "unreached": stand.unreached,
        "due_again": stand.due_again,
        "ever_reached": stand.ever,
    }
    shape = (areas, len(stand.goals))
    at_area, at_goal = (axis.ravel() for axis in np.indices(shape))
    table = DataFrame({"area": at_area, "goal": np.array(stand.goals, dtype=object)[at_goal]})
    for name, flags in counted.items():
        counts = np.zeros(shape, dtype=np.int64)
        np.add.at(counts, area, flags)
        table[name] = counts.ravel()
    table["share_reached"] = table["reached"] / table["households"].where(table["households"] > 0)
    return pd.concat([table[table["goal"].notna()], table[table["goal"].isna()]])


def _records(table: DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]


def status(
    households: DataFrame,
    visits: DataFrame,
    goals: DataFrame,
    *,
    on: date,
    goal: str | None = None,
) -> DataFrame:
    """Return where each household stands for `goal`, or over all goals.

    Columns: `household_id`; `concerned`, whether it is in the denominator; `status`, a `Status`,
    null where it is not concerned; `ever_reached`. Order and index of `households` are kept.
    Raises `NotFoundError` for an unknown goal.
    """
    stand = standing(households, visits, goals, on=on).of(goal)
    concerned, reached, again = stand.concerned[:, -1], stand.reached[:, -1], stand.due_again[:, -1]
    named = np.select([reached, again], [Status.REACHED, Status.DUE_AGAIN], Status.UNREACHED)
    return DataFrame(
        {
            "household_id": households["household_id"],
            "concerned": concerned,
            "status": Series(named, households.index).where(concerned),
            "ever_reached": stand.ever[:, -1],
        }
    )


def unreached(
    households: GeoDataFrame,
    visits: DataFrame,
    goals: DataFrame,
    *,
    teams: DataFrame,
    members: DataFrame,
    assigned: DataFrame,
    on: date,
    goal: str | None = None,
) -> GeoDataFrame:
    """Return one row per unreached household, with the first `Cause` that applies to it.

    These are the rows of `explained` (which tells the parameters) that have a cause, as many as
    `coverage` counts unreached.
    """
    people = {"teams": teams, "members": members, "assigned": assigned}
    every = explained(households, visits, goals, **people, on=on, goal=goal)
    return every[every["cause"].notna()].drop(columns=["concerned", "status", "ever_reached"])


def explained(
    households: GeoDataFrame,
    visits: DataFrame,
    goals: DataFrame,
    *,
    teams: DataFrame,
    members: DataFrame,
    assigned: DataFrame,
    on: date,
    goal: str | None = None,
) -> GeoDataFrame:
    """Return every household: where it stands, who is in charge, and why.

    Parameters
    ----------
    teams, members
        See `geo.tables`. A neighbourhood has a team where one is stored for it, or a member who is
        active on the day `on`; no neighbourhood (null) has none.
    assigned
        The approved plan: `household_id`, `member_id`; rows without a member assign nobody.

    Returns
    -------
    explained
        `household_id`, `lat`, `lon` (null where not located), `neighbourhood_id`, `team_id` (of
        the member in charge, else of the neighbourhood), `member_id` (null where unassigned),
        `cause` (null where reached or not concerned), `goal`, `concerned`, `status`,
        `ever_reached` and the geometry; order and index of `households` kept.
    """
    stand = status(households, visits, goals, on=on, goal=goal)
    has_point = located(households.geometry)
    point = households.geometry.where(has_point)
    charge = _in_charge(households, teams, members, assigned, on=on)
    ended = _last_outcome(households, visits, goals, on=on, goal=goal)

    applies = {
        Cause.DUE_AGAIN: stand["status"] == Status.DUE_AGAIN,
        Cause.NO_LOCATION: ~has_point,
        Cause.NO_TEAM: ~charge["has_team"],
        Cause.UNASSIGNED: charge["member_id"].isna(),
        Cause.REFUSED: ended == Outcome.REFUSED,
        Cause.NOT_FOUND: ended == Outcome.NOT_FOUND,
        Cause.ABSENT: ended == Outcome.ABSENT,
    }
    cause = np.select(list(applies.values()), list(applies), Cause.NEVER_VISITED)
    missing = stand["concerned"] & (stand["status"] != Status.REACHED)
    columns = {
        "household_id": households["household_id"],
        "lat": point.y,
        "lon": point.x,
        "neighbourhood_id": households["neighbourhood_id"],
        "team_id": charge["team_id"],
        "member_id": charge["member_id"],
        "cause": Series(cause, households.index).where(missing),
        "goal": goal,
        "concerned": stand["concerned"],
        "status": stand["status"],
        "ever_reached": stand["ever_reached"],
    }
    return GeoDataFrame(columns, geometry=households.geometry, index=households.index)


def _in_charge(
    households: DataFrame, teams: DataFrame, members: DataFrame, assigned: DataFrame, *, on: date
) -> DataFrame:
    """Return `member_id`, `team_id` and `has_team` of each household, on its index."""
    member = households["household_id"].map(_lookup(assigned, "household_id", "member_id"))
    place = households["neighbourhood_id"]
    team = member.map(_lookup(members, "member_id", "team_id"))
    team = team.fillna(place.map(_lookup(teams, "neighbourhood_id", "team_id")))
    active = members[_active(members, on=on)]
    served = pd.concat([teams["neighbourhood_id"], active["neighbourhood_id"]]).dropna()
    return DataFrame({"member_id": member, "team_id": team, "has_team": place.isin(served)})


def _lookup(table: DataFrame, key: str, value: str) -> Series:
    """Return `value` by `key`; of several values the first in order."""
    pairs = table[[key, value]].dropna().sort_values([key, value]).drop_duplicates(key)
    return pairs.set_index(key)[value].astype("str")


def _active(members: DataFrame, *, on: date) -> Series:
    begun = ~(members["active_from"] > on.isoformat())
    return begun & ~(members["active_to"] <= on.isoformat())


def _last_outcome(
    households: DataFrame, visits: DataFrame, goals: DataFrame, *, on: date, goal: str | None
) -> Series:
    """Return how the last visit on or before `on` ended, on the index of `households`; null: none.

    For a goal, the last visit for it. Over all goals, the last visit of any kind; where that one
    was `met`, it was about something else, so the last one for a goal never met so far.
    """
    made = visits_made(visits, households, goals, on=on)
    weight = made["outcome"].map({outcome: weight for weight, outcome in enumerate(OUTCOMES)})
    made = made.assign(weight=weight).sort_values(["visited_at", "weight"])
    if goal is not None:
        return _last(made[made["goal_id"] == goal], households)
    stand = standing(households, visits, goals, on=on)
    never_met = stand.concerned & ~stand.ever
    of_any_kind = _last(made, households)
    of_goals = made[made["goal"] >= 0]
    for_never_met = never_met[of_goals["household"].to_numpy(), of_goals["goal"].to_numpy()]
    return of_any_kind.where(of_any_kind != Outcome.MET, _last(of_goals[for_never_met], households))


def _last(made: DataFrame, households: DataFrame) -> Series:
    outcome = made.drop_duplicates("household", keep="last").set_index("household")["outcome"]
    return outcome.reindex(range(len(households))).set_axis(households.index)
