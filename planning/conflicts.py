"""Wishes that cannot all be met: a smallest set of rules in conflict, and what would resolve each.

Whether rules can be met together is asked of the load that could be divided (a linear programme over households and
members, without connectedness): what that cannot do, no plan can. A plan obeys a lock against any other wish; here
that too is a conflict. The set is found by deletion (Chinneck & Dravnieks,
ORSA Journal on Computing 3, 1991): a rule whose removal leaves the rest impossible is not needed for the conflict.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Index
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, eye_array, hstack, vstack

from planning.barring import Named, Rule, barring, going_together, walks_from_homes
from planning.joined import Joined
from planning.load import load_min
from planning.rules import PlanRules
from planning.windows import Windows, windows
from planning.wishes import Wishes
from planning.zones import Bools, Floats, Ints

SAME_MIN = 1e-6
# Balances are told in whole percents, and above this there is nothing to balance.
PERCENT, MOST_BALANCE = 0.01, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why wishes cannot be met: `rules`, any one of which gone would do, each with whom it is about.

    That is a member's id; of skills `trait: skill`; of households that go together the first one's id. `short_min`: the
    minutes by which the rules are missed at least. `members_more`: how many members of mean weekly minutes would be
    enough, 0 where no number is. `balance`: the least balance that would be, None where none is. `households`: those
    whom nobody may have.
    """

    rules: list[Named]
    short_min: float
    members_more: int
    balance: float | None
    households: list[str]


def conflict(
    households: GeoDataFrame,
    members: GeoDataFrame,
    rules: PlanRules,
    *,
    wishes: Wishes | None = None,
    ground: Joined | None = None,
) -> Conflict | None:
    """Return why the rules cannot be met together, None where (for load that could be divided) they can.

    `ground` is where these households and members (and maybe others) join the network: with it `walks_at_most_m`
    counts, and households that no plan can share (no street near, or only one across a barrier and no lock) do not.
    Connectedness is not asked for: rules that only it breaks are not found.
    """
    asked = wishes or Wishes()
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    if ground is not None:
        homes = homes[_sharable(homes, ground, rules, asked)].reset_index(drop=True)
    if homes.empty or people.empty:
        return None
    case = _Case(homes, people, rules, asked, ground)
    short = case.short_min(case.every)
    if short <= SAME_MIN:
        return None
    nobody = ~case.allowed(case.every)[:, : len(people)].any(axis=1)
    return Conflict(
        rules=case.smallest(),
        short_min=round(short, 3),
        members_more=case.members_more(),
        balance=case.balance(),
        households=homes.loc[nobody, "household_id"].tolist(),
    )


def _sharable(households: DataFrame, ground: Joined, rules: PlanRules, wishes: Wishes) -> Bools:
    """Return whom a plan can give to anybody, as `planning.share` has it."""
    joins = ground.houses.reindex(Index(households["household_id"]))
    locked = joins.index.isin([home for home, _ in wishes.locks])
    near = (joins["off_street_m"] <= rules.reach_m).to_numpy()
    found: Bools = near & (~joins["across"].to_numpy(dtype=bool) | locked)
    return found


class _Case:
    """The programme, with each rule to be switched on or off."""

    def __init__(
        self,
        households: GeoDataFrame,
        members: GeoDataFrame,
        rules: PlanRules,
        wishes: Wishes,
        ground: Joined | None,
    ) -> None:
        self.minutes = load_min(households, table=rules.load).to_numpy(dtype=np.float64)
        self.members, self.rules = members, rules
        self.total = float(self.minutes.sum())
        self.windows = windows(members, self.total, balance=rules.balance)
        walk = None if ground is None else walks_from_homes(households, members, ground)
        self.barring = barring(households, members, wishes, walk)
        self.together = self._telling(going_together(households, wishes.together))
        self.every = self._rules()

    def _telling(self, together: dict[Named, Ints]) -> dict[Named, Ints]:
        """Return the groups in which somebody is kept from one but not from another: of load, others say nothing."""
        told = {}
        for named, rows in together.items():
            tables = [table[rows] for table in self.barring.values()]
            if any((table != table[0]).any() for table in tables):
                told[named] = rows
        return told

    def _rules(self) -> list[Named]:
        """Return all rules there are; those that planners set least on purpose are tried first for removal."""
        ids = self.members["member_id"].tolist()
        found: list[Named] = [(kind, one) for kind in (Rule.LOW, Rule.HIGH) for one in ids]
        capped = np.isfinite(self.windows.cap_min)
        found += [(Rule.CAP, one) for one, is_ in zip(ids, capped, strict=True) if is_]
        return [*found, *self.barring, *self.together]

    def allowed(self, kept: list[Named]) -> Bools:
        """Return who may have what by the rules `kept`, (n, k + 1); the last column is somebody new."""
        on = set(kept)
        kept_from = np.zeros((len(self.minutes), len(self.members) + 1), dtype=bool)
        for named, table in self.barring.items():
            kept_from |= table & (named in on)
        for named, rows in self.together.items():
            if named in on:
                kept_from[rows] |= kept_from[rows].any(axis=0)
        return ~kept_from

    def short_min(self, kept: list[Named], wanted: Windows | None = None) -> float:
        """Return the minutes by which `kept` rules are missed at least, those that nobody may have counted in."""
        wanted, on = wanted or self.windows, set(kept)
        ids = self.members["member_id"]
        low = np.where([(Rule.LOW, one) in on for one in ids], wanted.low_min, 0.0)
        high = np.where([(Rule.HIGH, one) in on for one in ids], wanted.high_min, np.inf)
        cap = np.where([(Rule.CAP, one) in on for one in ids], wanted.cap_min, np.inf)
        allowed = self.allowed(kept)[:, : len(ids)]
        return _missed(self.minutes, allowed, low, np.minimum(high, cap))

    def smallest(self) -> list[Named]:
        """Return rules that conflict, none of which could be left out."""
        kept = list(self.every)
        for rule in self.every:
            fewer = [one for one in kept if one != rule]
            if self.short_min(fewer) > SAME_MIN:
                kept = fewer
        return kept

    def members_more(self) -> int:
        """Return how many members more, who may have all but what is locked, would do; 0 where no number does."""
        most = len(self.members) + math.ceil(self.total)
        more = 1
        while more <= most:
            short = self._short_with(more)
            if short <= SAME_MIN:
                return self._fewest(more // 2, more)
            more *= 2
        return 0

    def _fewest(self, few: int, enough: int) -> int:
        while enough - few > 1:
            middle = (few + enough) // 2
            few, enough = (
                (few, middle) if self._short_with(middle) <= SAME_MIN else (middle, enough)
            )
        return enough

    def _short_with(self, more: int) -> float:
        """Return what is missed with so many members more, who count as one: they may have the same."""
        new = DataFrame(
            {
                "member_id": [f"new {i}" for i in range(more)],
                "minutes_per_week": self.members["minutes_per_week"].astype(float).mean(),
                "max_load_min": np.nan,
            }
        )
        people = pd.concat([self.members[new.columns].astype({"max_load_min": float}), new])
        wanted = windows(people, self.total, balance=self.rules.balance)
        begin = np.arange(len(self.members) + 1)
        low, high = (np.add.reduceat(one, begin) for one in (wanted.low_min, wanted.high_min))
        return _missed(self.minutes, self.allowed(self.every), low, high)

    def balance(self) -> float | None:
        """Return the least balance, in whole percents, with which all else could be met."""
        steps = range(math.floor(self.rules.balance / PERCENT) + 1, round(MOST_BALANCE / PERCENT))
        few, enough = steps.start - 1, steps.stop
        while enough - few > 1:
            middle = (few + enough) // 2
            wide = windows(self.members, self.total, balance=middle * PERCENT)
            fits = self.short_min(self.every, wide) <= SAME_MIN
            few, enough = (few, middle) if fits else (middle, enough)
        return None if enough == steps.stop else round(enough * PERCENT, 2)


def _missed(minutes: Floats, allowed: Bools, low: Floats, high: Floats) -> float:
    """Return the least minutes outside windows, and unshared, of load that could be divided.

    Households that the same members may have count as one: few columns, whatever the number of households.
    """
    kinds, kind = np.unique(allowed, axis=0, return_inverse=True)
    load = np.bincount(kind.ravel(), weights=minutes)
    row, member = np.nonzero(kinds)
    pairs, rows, members = len(row), len(kinds), allowed.shape[1]
    column = np.arange(pairs)
    each = csr_matrix((np.ones(pairs), (row, column)), (rows, pairs))
    taken = csr_matrix((np.ones(pairs), (member, column)), (members, pairs))
    tops = np.isfinite(high)
    # unshared load, then minutes below: both paid alike; above windows nobody may go, it stays unshared
    left, below = csr_matrix(eye_array(rows)), csr_matrix(eye_array(members))
    nothing = csr_matrix((rows, members))
    equal = _beside(each, left, nothing)
    under = _beside(-taken, csr_matrix((members, rows)), -below)
    over = _beside(taken, csr_matrix((members, rows)), csr_matrix((members, members)))[tops]
    found = linprog(  # type: ignore[call-overload]
        np.r_[np.zeros(pairs), np.ones(rows + members)],
        A_ub=vstack([under, over], format="csr"),
        b_ub=np.r_[-low, high[tops]],
        A_eq=equal,
        b_eq=load,
        method="highs",
    )
    return float(found.fun)


def _beside(*parts: csr_matrix) -> csr_matrix:
    joined: csr_matrix = hstack(parts, format="csr")
    return joined
