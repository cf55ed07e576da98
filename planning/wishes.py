"""What a planner wishes beyond windows: who must, and who must not, take which household.

Every wish becomes one of two things the solver knows: pairs of household and member that are barred, each with its
rule, and households that move together.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame, Index, Series
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from geo.errors import InputError
from geo.terms import STORED_CRS, Reason
from planning.zones import Bools, Ints

Pairs = tuple[tuple[str, str], ...]
Bars = NDArray[np.uint8]


class Bar(IntEnum):
    """The rule that bars a member from a household; of several, the first here is told."""

    NONE = 0
    LOCKED = 1
    FORBIDDEN = 2
    NO_SKILL = 3
    OUTSIDE_HOME_AREA = 4
    TOO_FAR = 5


REASONS = {
    Bar.LOCKED: Reason.FORBIDDEN,
    Bar.FORBIDDEN: Reason.FORBIDDEN,
    Bar.NO_SKILL: Reason.NO_SKILL,
    Bar.OUTSIDE_HOME_AREA: Reason.OUTSIDE_HOME_AREA,
    Bar.TOO_FAR: Reason.TOO_FAR,
}


def _nowhere() -> GeoSeries:
    return GeoSeries([], index=Index([], dtype=object), crs=STORED_CRS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Who must, and who must not, take which household.

    `locks` (household, member) hold above all else; `forbidden` (household, member) never meet; `together`
    (household, household) have one member; `needs` (trait of a household, skill of its member); `home_areas`, indexed
    by member id, hold every household of that member. Households and members that a plan is not about do not count.

    Raises
    ------
    InputError
        Where a household is locked to two members, or to one it is kept from.
    """

    locks: Pairs = ()
    forbidden: Pairs = ()
    together: Pairs = ()
    needs: Pairs = ()
    home_areas: GeoSeries = field(default_factory=_nowhere)

    def __post_init__(self) -> None:
        """Raise `InputError` where locks contradict each other or what is forbidden."""
        locked = dict(self.locks)
        twice = {home for home, member in self.locks if locked[home] != member}
        against = {home for home, member in self.forbidden if locked.get(home) == member}
        for code, homes in (("wishes_locked_twice", twice), ("wishes_lock_forbidden", against)):
            if homes:
                raise InputError(code, household=min(homes), count=len(homes))
        apart = _locked_apart(locked, self.together)
        if apart:
            raise InputError("wishes_together_apart", household=min(apart), count=len(apart))


def _locked_apart(locked: dict[str, str], together: Pairs) -> set[str]:
    """Return households locked to another member than one they must go with, also through others between them."""
    homes = sorted({home for pair in together for home in pair})
    group = mates(DataFrame({"household_id": homes}), together)
    named: dict[int, set[str]] = {}
    for home, number in zip(homes, group.tolist(), strict=True):
        named.setdefault(number, set()).update({locked[home]} if home in locked else ())
    return {
        home for home, number in zip(homes, group.tolist(), strict=True) if len(named[number]) > 1
    }


def barred(households: GeoDataFrame, members: GeoDataFrame, wishes: Wishes) -> Bars:
    """Return the `Bar` between each household and each member, (n, k); who is too far away is not known here."""
    bars = np.zeros((len(households), len(members)), dtype=np.uint8)
    homes, people = Index(households["household_id"]), Index(members["member_id"])
    bars[_outside(households, members, wishes.home_areas)] = Bar.OUTSIDE_HOME_AREA
    bars[_unskilled(households, members, wishes.needs)] = Bar.NO_SKILL
    for home, member in _known(wishes.forbidden, homes, people):
        bars[home, member] = Bar.FORBIDDEN
    for home, member in _known(wishes.locks, homes, people):
        bars[home] = Bar.LOCKED
        bars[home, member] = Bar.NONE
    return bars


def with_mates(bars: Bars, group: Ints) -> Bars:
    """Return the bars of households that move together in `group`s: what bars one bars all, but a lock wins."""
    groups = int(group.max(initial=-1)) + 1
    locked = (bars == Bar.LOCKED).any(axis=1)
    by_lock = (np.bincount(group[locked], minlength=groups) > 0)[group]
    free = np.iinfo(np.uint8).max
    key = np.where((bars == Bar.NONE) | (by_lock & ~locked)[:, None], free, bars)
    first = np.full((groups, bars.shape[1]), free, dtype=np.uint8)
    np.minimum.at(first, group, key)
    return np.where(first == free, np.uint8(Bar.NONE), first)[group]


def mates(households: DataFrame, together: Pairs) -> Ints:
    """Return the number of the group in which each household moves, from 0 in the order of rows."""
    homes = Index(households["household_id"])
    pairs = np.array(_known(together, homes, homes), dtype=np.int64).reshape(-1, 2)
    size = (len(homes), len(homes))
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), size)
    group: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return group


def why_nobody(bars: Bars) -> Series:
    """Return the reason of each household that every member is barred from, missing for the others."""
    reason = Series(None, index=range(len(bars)), dtype="object")
    if not bars.shape[1]:
        return reason
    counts = np.stack([(bars == bar).sum(axis=1) for bar in REASONS])
    told = np.array([str(one) for one in REASONS.values()], dtype=object)
    nobody = (bars != Bar.NONE).all(axis=1)
    reason[nobody] = told[counts.argmax(axis=0)][nobody]
    return reason


def _known(pairs: Pairs, one: Index, other: Index) -> list[tuple[int, int]]:
    """Return the row numbers of pairs whose both ends are there."""
    if not pairs:
        return []
    first, last = zip(*pairs, strict=True)
    rows = np.c_[one.get_indexer(Index(first)), other.get_indexer(Index(last))]
    return [(int(a), int(b)) for a, b in rows[(rows >= 0).all(axis=1)]]


def _unskilled(households: DataFrame, members: DataFrame, needs: Pairs) -> Bools:
    lacking = np.zeros((len(households), len(members)), dtype=bool)
    for trait, skill in needs:
        wanting = listing(households, "traits", trait)
        lacking |= wanting[:, None] & ~listing(members, "skills", skill)[None]
    return lacking


def listing(table: DataFrame, column: str, word: str) -> Bools:
    """Return which rows list `word` in a comma-separated column."""
    if column not in table.columns:
        return np.zeros(len(table), dtype=bool)
    words = "," + table[column].astype("object").fillna("").astype(str) + ","
    spaced = words.str.replace(r"\s*,\s*", ",", regex=True).str.lower()
    listed: Bools = spaced.str.contains(f",{word.lower()},", regex=False).to_numpy(dtype=bool)
    return listed


def _outside(households: GeoDataFrame, members: GeoDataFrame, areas: GeoSeries) -> Bools:
    outside = np.zeros((len(households), len(members)), dtype=bool)
    if areas.empty:
        return outside
    points = households.geometry.to_crs(areas.crs)
    for i, member in enumerate(members["member_id"]):
        if member in areas.index:
            outside[:, i] = ~points.intersects(areas[member]).to_numpy()
    return outside
