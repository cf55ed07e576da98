"""The teams of the made-up ward, the goals, and who is in charge of whom at present."""

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.samples.names import people
from data.samples.people import phones
from geo.terms import Role, Trait

Floats = NDArray[np.float64]

GOALS = (
    ("VNEID2", "Định danh điện tử VNeID mức 2", None, None),
    ("DCS", "Mã địa chỉ số", None, None),
    ("DVC", "Dịch vụ công trực tuyến", None, 365.0),
    ("TTKTM", "Thanh toán không tiền mặt", Trait.BUSINESS, 180.0),
    ("SSK", "Sổ sức khỏe điện tử", Trait.ELDERLY, 180.0),
)
# Fewer neighbourhoods than this all have a team that keeps up.
MANY = 4
# Members of a full team, 7.3 on average, and of the few short ones.
TEAM_SIZES, TEAM_SHARES = (6, 7, 8, 9), (0.22, 0.38, 0.26, 0.14)
SHORT_SIZE, SHORT_TEAMS = 4, 2
FOUNDED_DAYS, TRAINED_DAYS, LEFT_DAYS = (330, 400), (14, 70), (30, 120)
SHARE_TRAINED = 0.9
RANKS = [Role.LEADER, Role.DEPUTY]
MINUTES = (60, 90, 120, 150, 180, 240)
MINUTES_SHARES = (0.14, 0.2, 0.3, 0.16, 0.12, 0.08)
SKILLS = {
    "VNeID": 0.45,
    "dịch vụ công": 0.4,
    "thanh toán số": 0.3,
    "bán hàng trực tuyến": 0.15,
    "sổ sức khỏe": 0.25,
    "sửa điện thoại": 0.1,
}
SHARE_NO_HOME, SHARE_FRAIL, SHARE_LIMITED = 0.04, 0.045, 0.02
FRAIL_M, LIMIT_MIN = (400.0, 500.0, 600.0), 1_200.0
# Metres by which habit, and the luck of who began where, outweigh nearness.
HABIT_M = 70.0
# Who has more than a fair share is a little farther away in the next round: metres a share, rounds.
CROWDED_M, ROUNDS = 25.0, 12
SHARE_FREE, SHARE_FREE_BEHIND = 0.05, 0.35


def make_goals() -> pd.DataFrame:
    """Return the five goals."""
    return pd.DataFrame(GOALS, columns=["goal_id", "name", "concerns", "valid_days"])


def make_teams(neighbourhoods: pd.DataFrame, until: date, rng: np.random.Generator) -> pd.DataFrame:
    """Return one team a neighbourhood, about a year old on `until`; one among many has none."""
    without = int(rng.integers(len(neighbourhoods)))
    served = neighbourhoods
    if len(neighbourhoods) >= MANY:
        served = neighbourhoods[np.arange(len(neighbourhoods)) != without]
    count = len(served)
    founded = pd.Timestamp(until) - pd.to_timedelta(rng.integers(*FOUNDED_DAYS, count), unit="D")
    trained = founded + pd.to_timedelta(rng.integers(*TRAINED_DAYS, count), unit="D")
    short = served["name"].str.removeprefix("Tổ dân phố ").tolist()
    return pd.DataFrame(
        {
            "team_id": [f"TCN-{n:02d}" for n in range(1, count + 1)],
            "neighbourhood_id": served["neighbourhood_id"].tolist(),
            "neighbourhood_given": served["name"].tolist(),
            "name": [f"Tổ công nghệ số cộng đồng TDP {name}" for name in short],
            "founded_on": founded.strftime("%Y-%m-%d"),
            "decision": [f"{100 + 3 * n}/QĐ-UBND" for n in range(1, count + 1)],
            "trained_on": pd.Series(trained.strftime("%Y-%m-%d")).where(
                rng.random(count) < SHARE_TRAINED
            ),
        }
    )


def make_members(
    teams: pd.DataFrame, households: gpd.GeoDataFrame, until: date, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the members, at home in houses of their neighbourhood, where `households` lie."""
    own = teams.loc[teams.index.repeat(_sizes(len(teams), rng))]
    rank = own.groupby("team_id").cumcount().to_numpy()
    count = len(own)
    ordinary = rank >= len(RANKS)
    women = rng.random(count) < np.where(rank == 0, 0.3, 0.52)
    frail = (rng.random(count) < SHARE_FRAIL) & ordinary
    limited = (rng.random(count) < SHARE_LIMITED) & ordinary
    members = pd.DataFrame(
        {
            "member_id": [f"TV-{n:03d}" for n in range(1, count + 1)],
            "team_id": own["team_id"].to_numpy(),
            "team_given": own["team_id"].to_numpy(),
            "neighbourhood_id": own["neighbourhood_id"].to_numpy(),
            "name": people(women, rng),
            "phone": phones(count, rng),
            "role": np.select([rank == nth for nth in range(len(RANKS))], RANKS, Role.MEMBER),
            "minutes_per_week": rng.choice(MINUTES, count, p=MINUTES_SHARES).astype(float),
            "max_load_min": np.where(limited, LIMIT_MIN, np.nan),
            "skills": _skills(count, rng),
            "walks_at_most_m": np.where(frail, rng.choice(FRAIL_M, count), np.nan),
            "active_from": own["founded_on"].to_numpy(),
            "active_to": _left(ordinary & ~frail, until, rng),
        }
    )
    return gpd.GeoDataFrame(members, geometry=_homes(members, households, rng), crs=households.crs)


def share_households(
    households: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    *,
    behind: str | None,
    rng: np.random.Generator,
) -> pd.Series:
    """Return who is in charge of each household (`member_id`, empty where nobody), on its index.

    Mostly whoever lives nearest, street by street, out of habit; more evenly than that, less evenly
    than a plan. In the neighbourhood `behind` a third is not shared out yet.
    """
    charge = pd.Series(None, index=households.index, dtype=object)
    active = members[members["active_to"].isna()]
    for place, group in households.groupby("neighbourhood_id", sort=True):
        team = active[active["neighbourhood_id"] == place]
        if team.empty:
            continue
        at = shapely.get_coordinates(group.geometry)
        _, street = np.unique(group["street_row"], return_inverse=True)
        chosen = _habit(at, street, _bases(team, at, rng), rng)
        free = rng.random(len(group)) < (SHARE_FREE_BEHIND if place == behind else SHARE_FREE)
        charge.loc[group.index] = np.where(free, None, team["member_id"].to_numpy()[chosen])
    return charge


def _sizes(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the sizes of teams in their shares, in any order; among many a few are short."""
    upto = np.round(np.cumsum(TEAM_SHARES) * count).astype(int)
    sizes = rng.permutation(np.repeat(TEAM_SIZES, np.diff(upto, prepend=0)))
    if count >= MANY:
        sizes[:SHORT_TEAMS] = SHORT_SIZE
    return rng.permutation(sizes)


def _skills(count: int, rng: np.random.Generator) -> list[str | None]:
    has = rng.random((count, len(SKILLS))) < list(SKILLS.values())
    return [", ".join(np.array(list(SKILLS))[row]) or None for row in has]


def _left(may: NDArray[np.bool_], until: date, rng: np.random.Generator) -> list[str | None]:
    """Return the day on which one or two members left, empty for all others."""
    left: list[str | None] = [None] * len(may)
    who = rng.permutation(np.flatnonzero(may))
    for at in who[: min(2, len(who) // 5)].tolist():
        left[at] = (until - timedelta(days=int(rng.integers(*LEFT_DAYS)))).isoformat()
    return left


def _homes(
    members: pd.DataFrame, households: gpd.GeoDataFrame, rng: np.random.Generator
) -> NDArray[np.object_]:
    """Return a house of the neighbourhood for each member, a few unknown."""
    homes = np.full(len(members), None, dtype=object)
    points = households.geometry.to_numpy()
    houses = households.groupby("neighbourhood_id").indices
    for place, at in members.groupby("neighbourhood_id", sort=True).indices.items():
        many = len(houses[place]) >= len(at)
        homes[at] = points[rng.choice(houses[place], len(at), replace=not many)]
    unknown = rng.random(len(members)) < SHARE_NO_HOME
    homes[unknown & (members["role"] == Role.MEMBER).to_numpy()] = None
    return homes


def _bases(team: gpd.GeoDataFrame, at: Floats, rng: np.random.Generator) -> Floats:
    """Return where each member starts; who has no known home starts anywhere."""
    bases = at[rng.integers(0, len(at), len(team))]
    known = team.geometry.notna().to_numpy()
    bases[known] = shapely.get_coordinates(team.geometry[known])
    return np.asarray(bases)


def _habit(
    at: Floats, street: NDArray[np.int64], bases: Floats, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return which member each household is with."""
    away_m = np.hypot(*(at[:, None] - bases[None]).transpose(2, 0, 1))
    away_m += rng.normal(0, HABIT_M, (street.max() + 1, len(bases)))[street]
    crowded_m = np.zeros(len(bases))
    for _ in range(ROUNDS):
        chosen = np.argmin(away_m + crowded_m, axis=1)
        share = np.bincount(chosen, minlength=len(bases)) * len(bases) / len(at)
        crowded_m += CROWDED_M * (share - 1)
    return np.asarray(np.argmin(away_m + crowded_m, axis=1))
