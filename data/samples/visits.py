"""Eight months of visits, neighbourhood by neighbourhood: closed doors, second tries, refusals.

Who was met is decided household by household, then day by day; `data.samples.diary` writes it down.
"""

from datetime import date
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.samples.diary import ABSENT, MET, NOT_FOUND, REFUSED, Knocks, next_outing, written
from data.samples.teams import GOALS
from geo.terms import Trait

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

DAYS = 243
# Days that one neighbourhood takes, and households that one member visits in one evening.
WORK_DAYS = (70, 120)
AN_EVENING = 6
# Shares reached for all goals: of most neighbourhoods, of one behind, of one without a team.
REACHED, BEHIND, WITHOUT_TEAM = (0.67, 0.92), (0.24, 0.33), (0.02, 0.05)
# Of the others: for how many what was done has expired, met for a part of the goals, tried in vain.
SHARE_EXPIRED, SHARE_PARTLY, SHARE_TRIED, SHARE_TRIED_WITHOUT_TEAM = 0.8, 0.12, 0.6, 0.08
PART_OF_GOALS = 2
HOLDS_DAYS, RENEWED_DAYS, MARGIN_DAYS = 180, 150, 5
# Who is met late or never: how much being old, far or poor counts beside luck.
OLD, FAR, POOR = 0.8, 0.55, -0.6
# Chances of none, one, two visits in vain before a meeting, and of one, two, three without any.
BEFORE, IN_VAIN = (0.68, 0.23, 0.09), (0.5, 0.33, 0.17)
AGAIN_DAYS = (4, 17)
SHARE_RELENT, SHARE_OLD_REFUSE, SHARE_REFUSE, SHARE_NOT_FOUND = 0.35, 0.5, 0.2, 0.08


class Doors(NamedTuple):
    """What is known of each household before anybody knocks; days count back from the last."""

    place: NDArray[np.int64]
    visitor: NDArray[np.object_]
    first_day: Days
    concerned: Flags
    elderly: Flags
    reluctance: Floats


def make_visits(
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    charge: pd.Series,
    *,
    behind: str | None,
    until: date,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one row per visit and goal, ending on the day `until`, in UTC.

    `charge` says who is in charge of each household; in the neighbourhood `behind` work has hardly
    begun.
    """
    doors = _doors(households, members, charge, until, rng)
    served = set(members["neighbourhood_id"])
    between = [
        WITHOUT_TEAM if place not in served else BEHIND if place == behind else REACHED
        for place in sorted(households["neighbourhood_id"].unique())
    ]
    shares = np.array([rng.uniform(*ends) for ends in between])
    knocks = _knocks(doors, shares[doors.place], rng)
    return written(knocks, doors.visitor, households, members, until=until, rng=rng)


def _doors(
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    charge: pd.Series,
    until: date,
    rng: np.random.Generator,
) -> Doors:
    _, place = np.unique(households["neighbourhood_id"].to_numpy(dtype=str), return_inverse=True)
    visitor = _visitors(households, members, charge, rng)
    traits = households["traits"].fillna("").str.split(",")
    has = {trait: traits.map(lambda each, t=trait: t in each).to_numpy(bool) for trait in Trait}
    everybody = np.ones(len(place), dtype=bool)
    concerned = [everybody if who is None else has[who] for _, _, who, _ in GOALS]
    old, poor = has[Trait.ELDERLY], has[Trait.POOR]
    far = _far(households, members, visitor)
    return Doors(
        place=place,
        visitor=visitor,
        first_day=_first_days(place, visitor, until, rng),
        concerned=np.column_stack(concerned),
        elderly=old,
        reluctance=rng.normal(0, 1, len(place)) + OLD * old + FAR * far + POOR * poor,
    )


def _visitors(
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    charge: pd.Series,
    rng: np.random.Generator,
) -> NDArray[np.object_]:
    """Return who visits: whoever is in charge, else anybody of the team, else of the ward."""
    active = members[members["active_to"].isna()]
    teams = active.groupby("neighbourhood_id")["member_id"].agg(list)
    everybody = active["member_id"].tolist()
    drawn = rng.random(len(households))
    visitor = charge.to_numpy(dtype=object).copy()
    places = households["neighbourhood_id"].to_numpy()
    for at in np.flatnonzero(charge.isna()).tolist():
        team = teams.get(places[at], everybody)
        visitor[at] = team[int(drawn[at] * len(team))]
    return visitor


def _far(
    households: gpd.GeoDataFrame, members: gpd.GeoDataFrame, visitor: NDArray[np.object_]
) -> Floats:
    """Return 0 for the home nearest to its visitor's to 1 for the farthest of a neighbourhood."""
    homes = members.set_index("member_id").geometry.reindex(visitor)
    away_m = pd.Series(shapely.distance(households.geometry.to_numpy(), homes.to_numpy()))
    rank = away_m.groupby(households["neighbourhood_id"].to_numpy()).rank(pct=True)
    return rank.fillna(0.5).to_numpy()


def _first_days(
    place: NDArray[np.int64],
    visitor: NDArray[np.object_],
    until: date,
    rng: np.random.Generator,
) -> Days:
    """Return the day of the first visit: one neighbourhood after another, streets in order."""
    many = place.max() + 1
    lasts = rng.uniform(*WORK_DAYS, many)
    begins = (DAYS - lasts) * rng.permutation(many) / max(many - 1, 1)
    rounds = pd.Series(place).astype(str) + "/" + pd.Series(visitor).astype(str)
    evening = rounds.groupby(rounds).cumcount() // AN_EVENING
    evenings = evening.groupby(rounds).transform("max") + 1
    late = pd.Series(rng.random(len(place))).groupby(rounds).transform("first")
    share = ((evening + late) / evenings).to_numpy()
    days = np.floor(begins[place] + share * lasts[place]).astype(np.int64) - DAYS
    return next_outing(days, until)


def _knocks(doors: Doors, share: Floats, rng: np.random.Generator) -> Knocks:
    """Return all visits: to those reached, to those met in part, to those tried in vain."""
    count = len(doors.place)
    expires = doors.concerned[:, _short_lived()].any(axis=1)
    rank = pd.Series(doors.reluctance).groupby(doors.place).rank(pct=True).to_numpy()
    served = share > WITHOUT_TEAM[1]
    early = doors.first_day < -HOLDS_DAYS - MARGIN_DAYS
    chance = rng.random(count)
    reached = rank <= share
    left = ~reached & served
    expired = left & expires & early & (chance < SHARE_EXPIRED)
    partly = left & ~expired & (chance > 1 - SHARE_PARTLY)
    tries = rng.random(count) < np.where(served, SHARE_TRIED, SHARE_TRIED_WITHOUT_TEAM)

    met = np.flatnonzero(reached | expired | partly)
    before, met_day = _before(met, expired[met], doors, rng)
    goals = doors.concerned[met].copy()
    goals[partly[met], PART_OF_GOALS:] = False
    meetings = Knocks(met, met_day, np.full(len(met), MET), goals)
    renewed = _renewed(meetings, (reached & expires)[met], doors, rng)
    tried = np.flatnonzero(~reached & ~expired & ~partly & tries)
    return _together([before, meetings, renewed, _in_vain(tried, doors, rng)])


def _before(
    met: NDArray[np.int64], expired: Flags, doors: Doors, rng: np.random.Generator
) -> tuple[Knocks, Days]:
    """Return the visits in vain before somebody was met, and the day of the meeting."""
    tries = rng.choice(len(BEFORE), len(met), p=BEFORE)
    wait = rng.integers(*AGAIN_DAYS, (2, len(met)))
    day = doors.first_day[met]
    tries = np.where(expired | (day + wait.sum(axis=0) > 0), 0, tries)
    relenting = doors.elderly[met] & (rng.random(len(met)) < SHARE_RELENT)
    outcome = np.where(relenting, REFUSED, ABSENT)
    first, second = tries > 0, tries > 1
    vain = [
        Knocks(met[first], day[first], outcome[first], doors.concerned[met[first]]),
        Knocks(met[second], (day + wait[0])[second], outcome[second], doors.concerned[met[second]]),
    ]
    return _together(vain), day + wait[0] * first + wait[1] * second


def _renewed(meetings: Knocks, wanted: Flags, doors: Doors, rng: np.random.Generator) -> Knocks:
    """Return second visits for what would no longer hold after a meeting long ago."""
    old = wanted & (meetings.day < -HOLDS_DAYS + MARGIN_DAYS)
    door = meetings.door[old]
    day = rng.integers(-RENEWED_DAYS, 1, len(door))
    return Knocks(door, day, np.full(len(door), MET), doors.concerned[door] & _short_lived())


def _in_vain(tried: NDArray[np.int64], doors: Doors, rng: np.random.Generator) -> Knocks:
    """Return one to three visits to homes where nobody was met in the end."""
    tries = rng.choice(np.arange(1, len(IN_VAIN) + 1), len(tried), p=IN_VAIN)
    door = np.repeat(tried, tries)
    nth = pd.Series(door).groupby(door).cumcount().to_numpy()
    day = doors.first_day[door] + nth * rng.integers(*AGAIN_DAYS, len(door))
    refuse = np.where(doors.elderly[door], SHARE_OLD_REFUSE, SHARE_REFUSE)
    chance = rng.random(len(door))
    outcome = np.select(
        [chance < refuse, chance > 1 - SHARE_NOT_FOUND], [REFUSED, NOT_FOUND], ABSENT
    )
    in_time = day <= 0
    return Knocks(door[in_time], day[in_time], outcome[in_time], doors.concerned[door[in_time]])


def _short_lived() -> Flags:
    """Return which goals have to be renewed within the months of the visits."""
    return np.array([valid_days == HOLDS_DAYS for *_, valid_days in GOALS])


def _together(parts: list[Knocks]) -> Knocks:
    return Knocks(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
