"""Decisions above the neighbourhood: which volunteers to move between teams, and where to recruit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, Index, Series

from planning.gains import Pace, best_first, pace
from planning.seats import seats
from planning.staffing import plain_records, staffed
from planning.volunteers import ReallocationRules, chosen_ways, ways_to_teams
from planning.weeks import usual_minutes, weekly_min
from planning.zones import Floats, Ints

MOVE = (
    *("ward_code", "member_id", "from_team_id", "from_neighbourhood_id", "to_team_id"),
    *("to_neighbourhood_id", "distance_m", "distance_estimated", "minutes_per_week"),
    *("skills_brought", "households_gained", "weeks_before", "weeks_after"),
    *("weeks_source_before", "weeks_source_after"),
)
RECRUIT = (
    *("ward_code", "neighbourhood_id", "name", "team_id", "people", "households_gained"),
    *("weeks_before", "weeks_after"),
)


@dataclass(frozen=True, slots=True)
class Reallocation:
    """Who moves (`moves`), how many to recruit where (`recruits`), and both together (`total`).

    The keys are told in `docs/staffing.md`.
    """

    moves: DataFrame
    recruits: DataFrame
    total: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the document of `reallocate --json`."""
        moves, recruits = plain_records(self.moves), plain_records(self.recruits)
        return {"moves": moves, "recruits": recruits, "total": dict(self.total)}


def reallocate(
    places: GeoDataFrame,
    teams: DataFrame,
    members: GeoDataFrame,
    households: GeoDataFrame,
    work: DataFrame,
    *,
    rules: ReallocationRules,
    on: date,
) -> Reallocation:
    """Return which volunteers to move and how many to recruit, so that teams have what they need.

    The moves fill as many missing places as moving can fill; among all such moves they give the most missing skills,
    and among those they displace people least. No team falls below its need by giving. What moves cannot fill is left
    to recruit. The order of rows does not matter.

    Parameters
    ----------
    places
        The neighbourhoods in force: `neighbourhood_id`, `ward_code`, `name` and their outlines.
    teams, members, households
        See `geo.tables`.
    work
        What is left to do, as `planning.weeks.work` gives.
    """
    ground = places.sort_values("neighbourhood_id", ignore_index=True)
    seated = seats(ground, teams, members, on=on)
    rows = staffed(seated, households, rules=rules.staffing, on=on)
    crew = GeoDataFrame(seated.members[seated.members["seat"].notna()], geometry="geometry")
    crew = crew.astype({"seat": "int64"}).reset_index(drop=True)
    ways = ways_to_teams(crew, rows, ground, households, rules)
    chosen = chosen_ways(crew, rows, ways, rules)
    usual = usual_minutes(seated.members)
    serving = seated.rows["neighbourhood_id"].reindex(seated.members["seat"])
    names = Index(ground["neighbourhood_id"])
    now = pace(
        names,
        work,
        weekly_min(seated.members, serving, usual),
        horizon_weeks=rules.horizon_weeks,
    )
    before = now.weeks()
    rows = rows.assign(place=names.get_indexer(Index(rows["neighbourhood_id"])))
    moves = best_first(_moves(chosen, crew, rows, rules, usual.expected), now)
    after = rows["members"] + _net(moves, len(rows))
    recruits = _recruits(rows, after, now, usual.expected)
    return Reallocation(
        moves[list(MOVE)],
        recruits,
        _total(rows, after, moves, recruits, rules) | _pace_told(before, now),
    )


def _moves(
    chosen: DataFrame,
    crew: DataFrame,
    rows: DataFrame,
    rules: ReallocationRules,
    usual_min: float,
) -> DataFrame:
    """Return the moves, the nearest first."""
    who, to = chosen["who"].to_numpy(dtype=np.int64), chosen["to"].to_numpy(dtype=np.int64)
    seat = crew["seat"].to_numpy()[who]
    place = rows["place"].to_numpy()
    moves = DataFrame(
        {
            "seat": seat,
            "to": to,
            "source": place[seat],
            "target": place[to],
            "ward_code": rows["ward_code"].to_numpy()[to],
            "member_id": crew["member_id"].to_numpy()[who],
            "from_team_id": rows["team_id"].to_numpy()[seat],
            "from_neighbourhood_id": rows["neighbourhood_id"].to_numpy()[seat],
            "to_team_id": rows["team_id"].to_numpy()[to],
            "to_neighbourhood_id": rows["neighbourhood_id"].to_numpy()[to],
            "distance_m": chosen["distance_m"].to_numpy(dtype=float),
            "distance_estimated": chosen["distance_estimated"].to_numpy(dtype=bool),
            "minutes_per_week": crew["minutes_per_week"].to_numpy(dtype=float)[who],
            "skills_brought": [
                [rules.staffing.skills[n] for n in one] for one in chosen["brought"]
            ],
        }
    )
    minutes = moves["minutes_per_week"].fillna(usual_min)
    moves = moves.assign(minutes=minutes).sort_values(["distance_m", "member_id"])
    return moves.reset_index(drop=True)


def _net(moves: DataFrame, count: int) -> Ints:
    net = np.bincount(moves["to"], minlength=count) - np.bincount(moves["seat"], minlength=count)
    return net.astype(np.int64)


def _recruits(rows: DataFrame, after: Series, now: Pace, usual_min: float) -> DataFrame:
    """Return where people are still missing, where they gain most first."""
    people = (rows["needed"] - after).clip(lower=0)
    place = rows["place"].to_numpy()
    there = place >= 0
    more = people.to_numpy(dtype=float) * usual_min
    gained, before, then = (np.full(len(rows), np.nan) for _ in range(3))
    gained[there] = now.gained(place[there], more[there])
    before[there] = now.weeks()[place[there]]
    then[there] = _weeks_with(now, place[there], more[there])
    figures = {"households_gained": gained, "weeks_before": before, "weeks_after": then}
    told = rows.assign(people=people, **figures).loc[people > 0, list(RECRUIT)]
    keys = ["households_gained", "people", "neighbourhood_id", "team_id"]
    told = told.sort_values(keys, ascending=[False, False, True, True])
    return told.reset_index(drop=True)


def _weeks_with(now: Pace, place: Ints, more_min: Floats) -> Floats:
    quicker = Pace(
        now.unreached[place],
        now.unreached_min[place],
        now.weekly_min[place] + more_min,
        now.horizon_weeks,
    )
    return quicker.weeks()


def _total(
    rows: DataFrame,
    after: Series,
    moves: DataFrame,
    recruits: DataFrame,
    rules: ReallocationRules,
) -> dict[str, Any]:
    far = moves["distance_m"]
    gained = float(moves["households_gained"].sum(skipna=False))
    return {
        "teams": int(rows["team_id"].notna().sum()),
        "members": int(rows["members"].sum()),
        "needed": int(rows["needed"].sum()),
        "short_before": int(rows["short"].sum()),
        "short_after": int((rows["needed"] - after).clip(lower=0).sum()),
        "short_at_least": max(int(rows["needed"].sum() - rows["members"].sum()), 0),
        "moves": len(moves),
        "skills_given": int(moves["skills_brought"].map(len).sum()),
        "distance_total_m": None if far.isna().any() else float(far.sum()),
        "distance_mean_m": None if far.isna().any() or far.empty else float(far.mean()),
        "distances_estimated": int(moves["distance_estimated"].sum()),
        "recruits": int(recruits["people"].sum()),
        "horizon_weeks": rules.horizon_weeks,
        "households_gained": None if np.isnan(gained) else gained,
    }


def _pace_told(before: Floats, now: Pace) -> dict[str, Any]:
    """Return how long the slowest neighbourhood takes before and after the moves; unknown where one is."""
    told: dict[str, Any] = {}
    for name, needed in (("before", before), ("after", now.weeks())):
        slowest = float(needed.max(initial=0.0)) if not np.isnan(needed).any() else np.nan
        told[f"weeks_{name}"] = slowest if np.isfinite(slowest) else None
        told[f"neighbourhoods_nobody_reaches_{name}"] = int(np.isinf(needed).sum())
    return told
