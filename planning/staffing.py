"""Whether teams have enough people for their households: who is short of what, and by how many.

Every count stands beside what it is counted of. What nobody recorded is unknown, never missing and never 0: a role
that nobody is known to hold is *missing* only where the role of every member is on record.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from geo.errors import InputError
from geo.folding import fold
from geo.terms import Role
from planning.official import LEAST_MEMBERS
from planning.seats import Seats, seats

COUNTED = (
    *("members", "members_role_unknown", "members_skills_unknown", "households"),
    *("households_residents_unknown", "residents", "households_per_member"),
    *("members_per_100_households", "needed", "short", "short_of_least", "spare"),
    *("roles_missing", "roles_unknown", "skills_missing", "skills_unknown", "trained", "issues"),
)

# What is below is noise of the last digits.
SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingRules:
    """What a team needs.

    `least_members` a team; at most `households_per_member`, where there is such a rule (50 is the same as 2 members per
    100 households); somebody for each of `roles` and each of `skills` (compared without case and diacritics).
    """

    least_members: int = LEAST_MEMBERS
    households_per_member: float | None = None
    roles: tuple[Role, ...] = (Role.LEADER, Role.DEPUTY)
    skills: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `InputError` for a rule that asks for nothing sensible."""
        if self.least_members < 1:
            raise InputError("staffing_least_too_small", least=self.least_members)
        if self.households_per_member is not None and not self.households_per_member > 0:
            raise InputError("staffing_households_not_positive", given=self.households_per_member)


@dataclass(frozen=True, slots=True)
class Staffing:
    """One row per team, and per neighbourhood without one (`rows`); all of them together (`total`).

    The keys are told in `docs/staffing.md`.
    """

    rows: DataFrame
    total: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the document of `staffing --json`: plain values, `None` for what is unknown."""
        return {"rows": plain_records(self.rows), "total": dict(self.total)}


def least_short(teams: int, members: int, *, least: int = LEAST_MEMBERS) -> int:
    """Return how many members `teams` are short at least, however `members` are split among them."""
    return max(teams * least - members, 0)


def staffing(
    places: DataFrame,
    teams: DataFrame,
    members: DataFrame,
    households: DataFrame,
    *,
    rules: StaffingRules,
    on: date,
) -> Staffing:
    """Return what each team has and lacks on the day `on`.

    Parameters
    ----------
    places
        The neighbourhoods in force: `neighbourhood_id`, `ward_code`, `name`. Households and members elsewhere are
        counted in the total, as `…_unplaced`.
    teams, members, households
        See `geo.tables`; in any order.
    """
    seated = seats(places, teams, members, on=on)
    rows = staffed(seated, households, rules=rules, on=on)
    return Staffing(rows, _total(rows, seated, households))


def staffed(seated: Seats, households: DataFrame, *, rules: StaffingRules, on: date) -> DataFrame:
    """Return the rows of `staffing`, in the order of the seats."""
    rows = seated.rows.join(_people(seated, rules)).join(_homes(seated.rows, households))
    here = _members_here(rows)
    rows["households_per_member"] = rows["households"] / here.where(here > 0)
    busy = rows["households"].where(rows["households"] > 0)
    rows["members_per_100_households"] = 100 * here / busy
    rows["needed"] = _needed(rows, rules)
    rows["short"] = (rows["needed"] - rows["members"]).clip(lower=0)
    rows["short_of_least"] = (rules.least_members - rows["members"]).clip(lower=0)
    rows["spare"] = (rows["members"] - rows["needed"]).clip(lower=0)
    rows["trained"] = _trained(rows, on)
    rows["issues"] = _issues(rows, rules)
    return rows[[*seated.rows.columns, *COUNTED]]


def skills_of(members: DataFrame) -> list[frozenset[str]]:
    """Return each member's skills, folded; empty where none is on record."""
    said = members["skills"].fillna("").astype(str)
    return [frozenset(fold(word) for word in text.split(",")) - {""} for text in said]


def plain_records(rows: DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values, numbers as Python's own; None for what is missing or never ends."""
    return [
        {str(name): _plain(cell) for name, cell in row.items()} for row in rows.to_dict("records")
    ]


def _plain(cell: Any) -> Any:
    if isinstance(cell, (list, tuple, dict)):
        return cell
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, float | np.floating):
        return float(cell) if math.isfinite(cell) else None
    return cell.item() if isinstance(cell, np.generic) else cell


# --- who is there ---


def _people(seated: Seats, rules: StaffingRules) -> DataFrame:
    """Return, by seat, how many there are, and which roles and skills nobody has."""
    at = seated.members["seat"]
    count = len(seated.rows)
    sitting = Series(1, at.index).groupby(at).sum().reindex(range(count), fill_value=0)
    role = seated.members["role"]
    skills = skills_of(seated.members)
    nobody_knows = {
        "role": _per_seat(role.isna(), at, count),
        "skill": _per_seat(Series([not one for one in skills], at.index), at, count),
    }
    holders = {wanted: _per_seat(role == wanted, at, count) for wanted in rules.roles}
    able = {
        wanted: _per_seat(Series([fold(wanted) in one for one in skills], at.index), at, count)
        for wanted in rules.skills
    }
    roles = _lacking(holders, nobody_knows["role"])
    lacking = _lacking(able, nobody_knows["skill"])
    return DataFrame(
        {
            "members": sitting.astype("int64"),
            "members_role_unknown": nobody_knows["role"],
            "members_skills_unknown": nobody_knows["skill"],
            "roles_missing": roles[0],
            "roles_unknown": roles[1],
            "skills_missing": lacking[0],
            "skills_unknown": lacking[1],
        }
    )


def _per_seat(flags: Series, seat: Series, count: int) -> Series:
    held = flags.fillna(value=False).astype("int64").groupby(seat).sum()
    return held.reindex(range(count), fill_value=0).astype("int64")


def _lacking(
    holders: dict[Any, Series], unknown: Series
) -> tuple[list[list[str]], list[list[str]]]:
    """Return, by seat, what nobody holds for certain, and what somebody unrecorded may hold."""
    none = {str(what): (held == 0).tolist() for what, held in holders.items()}
    nobody = [[what for what, lacks in none.items() if lacks[at]] for at in range(len(unknown))]
    sure = (unknown == 0).tolist()
    surely = [lacks if known else [] for lacks, known in zip(nobody, sure, strict=True)]
    maybe = [[] if known else lacks for lacks, known in zip(nobody, sure, strict=True)]
    return surely, maybe


def _members_here(rows: DataFrame) -> Series:
    """Return the members of the whole neighbourhood, for its households are those of all its teams."""
    here: Series = rows.groupby("neighbourhood_id")["members"].transform("sum")
    return here.fillna(rows["members"])


# --- what there is to do ---


def _homes(rows: DataFrame, households: DataFrame) -> DataFrame:
    """Return households and residents of each seat's neighbourhood; residents only where all are known."""
    homes = DataFrame(households).groupby("neighbourhood_id")["residents"]
    told = homes.agg(["size", "count", "sum"]).reindex(rows["neighbourhood_id"])
    told = told.set_axis(rows.index).fillna(0)
    unknown = (told["size"] - told["count"]).astype("int64")
    return DataFrame(
        {
            "households": told["size"].astype("int64"),
            "households_residents_unknown": unknown,
            "residents": told["sum"].where(unknown == 0),
        }
    )


def _needed(rows: DataFrame, rules: StaffingRules) -> Series:
    """Return how many members each seat needs: the least, or more where households ask for it."""
    if rules.households_per_member is None:
        return Series(rules.least_members, rows.index, dtype="int64")
    own = rows["households"] / rows["teams_here"].clip(lower=1)
    asked: Series = np.ceil(own / rules.households_per_member - SAME).astype("int64")
    return asked.clip(lower=rules.least_members)


def _trained(rows: DataFrame, on: date) -> Series:
    """Return whether a training is on record by the day: unknown where no date is."""
    told = [None if pd.isna(day) else bool(day <= on.isoformat()) for day in rows["trained_on"]]
    return Series(told, rows.index, dtype="object")


def _issues(rows: DataFrame, rules: StaffingRules) -> list[list[str]]:
    limit = rules.households_per_member
    crowded = rows["households_per_member"] > (np.inf if limit is None else limit)
    some = rows["members"] > 0
    lone = (rows["households"] > 0) & rows["households_per_member"].isna()
    found = {
        "no_team": rows["team_id"].isna(),
        "no_neighbourhood": rows["neighbourhood_id"].isna(),
        "several_teams": rows["teams_here"] > 1,
        "no_members": rows["members"] == 0,
        "below_least": rows["short_of_least"] > 0,
        "too_many_households": crowded | (lone if limit is not None else False),
        **{f"no_{role}": some & _names(rows["roles_missing"], role) for role in rules.roles},
        "role_unknown": rows["roles_unknown"].map(len) > 0,
        "skill_missing": some & (rows["skills_missing"].map(len) > 0),
        "skill_unknown": rows["skills_unknown"].map(len) > 0,
        "not_trained": rows["team_id"].notna() & rows["trained"].eq(other=False),
        "training_unknown": rows["team_id"].notna() & rows["trained"].isna(),
    }
    flags = DataFrame(found, index=rows.index)
    names = list(found)
    return [
        [name for name, true in zip(names, row, strict=True) if true]
        for row in flags.to_numpy(dtype=bool).tolist()
    ]


def _names(lists: Series, wanted: str) -> Series:
    return lists.map(lambda names: str(wanted) in names).astype(bool)


# --- all together ---


def _total(rows: DataFrame, seated: Seats, households: DataFrame) -> dict[str, Any]:
    """Return the sums; a neighbourhood with several teams counts once among households."""
    teams = rows[rows["team_id"].notna()]
    placed = rows[rows["neighbourhood_id"].notna()].drop_duplicates("neighbourhood_id")
    members = int(rows["members"].sum())
    homes = int(placed["households"].sum())
    unknown = int(placed["households_residents_unknown"].sum())
    issues = rows["issues"].explode().value_counts().sort_index()
    return {
        "neighbourhoods": len(placed),
        "neighbourhoods_without_team": int(rows["team_id"].isna().sum()),
        "teams": len(teams),
        "teams_below_least": int((teams["short_of_least"] > 0).sum()),
        "members": members,
        "members_unplaced": int(seated.members["seat"].isna().sum()),
        "households": homes,
        "households_unplaced": len(households) - homes,
        "residents": None if unknown else float(placed["residents"].sum()),
        "households_residents_unknown": unknown,
        "households_per_member": homes / members if members else None,
        "members_per_100_households": 100 * members / homes if homes else None,
        "members_per_team": float(teams["members"].mean()) if len(teams) else None,
        "needed": int(rows["needed"].sum()),
        "short": int(rows["short"].sum()),
        "short_in_teams": int(teams["short"].sum()),
        "short_of_least": int(rows["short_of_least"].sum()),
        "spare": int(rows["spare"].sum()),
        "short_at_least": max(int(rows["needed"].sum()) - members, 0),
        "teams_trained": int(teams["trained"].eq(other=True).sum()),
        "teams_not_trained": int(teams["trained"].eq(other=False).sum()),
        "teams_training_unknown": int(teams["trained"].isna().sum()),
        "issues": {str(name): int(count) for name, count in issues.items()},
    }
