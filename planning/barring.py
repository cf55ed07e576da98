"""Which rule keeps which member from which household: one table a rule, so that each can be left out."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, Index

from geo.joining import NOWHERE, distances_m
from planning.joined import Joined
from planning.wishes import Bar, Pairs, Wishes, barred, mates
from planning.zones import Bools, Floats, Ints


class Rule(StrEnum):
    """Kinds of rules that can conflict."""

    LOW = "low"
    HIGH = "high"
    CAP = "cap"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    NO_SKILL = "no_skill"
    OUTSIDE_HOME_AREA = "outside_home_area"
    TOO_FAR = "too_far"
    TOGETHER = "together"


# A rule, and whom it is about: a member; of skills `trait: skill`; of those who go together the first household.
Named = tuple[Rule, str]


def barring(
    households: GeoDataFrame, members: GeoDataFrame, wishes: Wishes, walk_m: Floats | None = None
) -> dict[Named, Bools]:
    """Return whom each rule keeps from what, (n, k + 1); the last column is somebody new, whom only locks concern.

    No rule gives way to another here, as in a plan all do to locks. `walk_m` (n, k) is one way from home, infinite
    where there is none.
    """
    tables: dict[Named, Bools] = {}
    for named, one in _one_by_one(wishes, set(members["member_id"])):
        bars = barred(households, members, one)
        tables[named] = np.c_[bars != Bar.NONE, (bars == Bar.LOCKED).any(axis=1)]
    if walk_m is not None:
        most = members["walks_at_most_m"].astype(float).fillna(np.inf).to_numpy()
        for i, member in enumerate(members["member_id"]):
            far = np.zeros((len(households), len(members) + 1), dtype=bool)
            far[:, i] = walk_m[:, i] > most[i]
            tables[Rule.TOO_FAR, str(member)] = far
    return {named: table for named, table in tables.items() if table.any()}


def _one_by_one(wishes: Wishes, members: set[str]) -> Iterator[tuple[Named, Wishes]]:
    """Yield wishes as planners name them: what is wished of one of `members`, or one skill for one trait."""
    for member in sorted(members & {member for _, member in wishes.locks}):
        yield (Rule.LOCKED, member), Wishes(locks=_of(wishes.locks, member))
    for member in sorted(members & {member for _, member in wishes.forbidden}):
        yield (Rule.FORBIDDEN, member), Wishes(forbidden=_of(wishes.forbidden, member))
    for trait, skill in wishes.needs:
        yield (Rule.NO_SKILL, f"{trait}: {skill}"), Wishes(needs=((trait, skill),))
    for member in sorted(members & set(wishes.home_areas.index)):
        area = wishes.home_areas[wishes.home_areas.index == member]
        yield (Rule.OUTSIDE_HOME_AREA, member), Wishes(home_areas=area)


def _of(pairs: Pairs, member: str) -> Pairs:
    return tuple(pair for pair in pairs if pair[1] == member)


def going_together(households: DataFrame, together: Pairs) -> dict[Named, Ints]:
    """Return the rows of households that go together, each group under its first household's id."""
    group = mates(households, together)
    several = np.flatnonzero(np.bincount(group) > 1)
    rows = [np.flatnonzero(group == one) for one in several]
    ids = households["household_id"].to_numpy()
    return {(Rule.TOGETHER, str(ids[own[0]])): own for own in rows}


def walks_from_homes(households: DataFrame, members: DataFrame, ground: Joined) -> Floats:
    """Return the metres of one way from each member's home to each household, (n, k).

    From door to door; infinite where no street leads, unknown (NaN) without a home. `ground` may have others too.
    """
    count = len(ground.houses)
    node = ground.graph.node.to_numpy()
    house = ground.houses.index.get_indexer(Index(households["household_id"]))
    door = ground.doors.index.get_indexer(Index(members["member_id"]))
    at, home = node[:count][house], node[count:][door]
    walk = np.full((len(house), len(door)), np.nan)
    known = home != NOWHERE
    ways = distances_m(ground.graph, home[known])[:, at].T
    off_m = ground.doors["off_street_m"].to_numpy()[door][known]
    walk[:, known] = ways + off_m + ground.houses["off_street_m"].to_numpy()[house][:, None]
    walk[at == NOWHERE] = np.inf
    return walk
