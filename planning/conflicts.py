"""Wishes that cannot all be met: a smallest set of rules in conflict, and what would resolve each.

Whether rules can be met together is asked of the load that could be divided (a linear programme over households and
members, without connectedness): what that cannot do, no plan can. The set is found by deletion (Chinneck & Dravnieks,
ORSA Journal on Computing 3, 1991): a rule whose removal leaves the rest impossible is not needed for the conflict.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from planning.load import load_min
from planning.rules import PlanRules
from planning.windows import Windows, windows
from planning.wishes import Bar, Bars, Wishes, barred, mates, with_mates
from planning.zones import Bools, Floats

SAME_MIN = 1e-6
# Balances are told in whole percents, and above this there is nothing to balance.
PERCENT, MOST_BALANCE = 0.01, 1.0


class Rule(StrEnum):
    """Kinds of rules that can conflict; `member_id` says whose window or limit."""

    LOW = "low"
    HIGH = "high"
    CAP = "cap"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    NO_SKILL = "no_skill"
    OUTSIDE_HOME_AREA = "outside_home_area"
    TOO_FAR = "too_far"


BARS = {Bar[rule.name]: rule for rule in Rule if rule.name in Bar.__members__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why wishes cannot be met: `rules` (rule, member id or None), any one of which gone would do.

    `short_min`: the minutes by which the windows and limits are missed at least. `members_more`: how many members of
    mean weekly minutes would be enough, 0 where no number is. `balance`: the least balance that would be, None where
    none is. `households`: those whom nobody may have.
    """

    rules: list[tuple[Rule, str | None]]
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
    walk_m: Floats | None = None,
) -> Conflict | None:
    """Return why the rules cannot be met together, None where (for load that could be divided) they can.

    `walk_m` (n, k) is one way from each member, by ids, for `walks_at_most_m`; without it distances do not count.
    Connectedness is not asked for: rules that only it breaks are not found.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    if homes.empty or people.empty:
        return None
    minutes = load_min(homes, table=rules.load).to_numpy(dtype=np.float64)
    case = _Case(minutes, _bars(homes, people, wishes or Wishes(), walk_m), people, rules)
    short = case.short_min(case.every)
    if short <= SAME_MIN:
        return None
    nobody = homes.loc[(case.bars != Bar.NONE).all(axis=1), "household_id"]
    return Conflict(
        rules=case.smallest(),
        short_min=round(short, 3),
        members_more=case.members_more(),
        balance=case.balance(),
        households=nobody.tolist(),
    )


def _bars(
    households: GeoDataFrame, members: GeoDataFrame, wishes: Wishes, walk_m: Floats | None
) -> Bars:
    bars = with_mates(barred(households, members, wishes), mates(households, wishes.together))
    if walk_m is None:
        return bars
    most = members["walks_at_most_m"].astype(float).fillna(np.inf).to_numpy()
    far = (walk_m > most) & (bars == Bar.NONE) & ~(bars == Bar.LOCKED).any(axis=1, keepdims=True)
    return np.where(far, np.uint8(Bar.TOO_FAR), bars)


class _Case:
    """The programme, with each rule to be switched on or off."""

    def __init__(self, minutes: Floats, bars: Bars, members: DataFrame, rules: PlanRules) -> None:
        self.minutes, self.bars, self.members, self.rules = minutes, bars, members, rules
        self.total = float(minutes.sum())
        self.windows = windows(members, self.total, balance=rules.balance)
        self.every = self._rules()

    def _rules(self) -> list[tuple[Rule, str | None]]:
        """Return all rules there are; those that planners set least on purpose are tried first for removal."""
        ids = self.members["member_id"].tolist()
        found: list[tuple[Rule, str | None]] = [
            (kind, one) for kind in (Rule.LOW, Rule.HIGH) for one in ids
        ]
        capped = np.isfinite(self.windows.cap_min)
        found += [(Rule.CAP, one) for one, is_ in zip(ids, capped, strict=True) if is_]
        return found + [(rule, None) for bar, rule in BARS.items() if (self.bars == bar).any()]

    def short_min(
        self, kept: list[tuple[Rule, str | None]], wanted: Windows | None = None
    ) -> float:
        """Return the minutes by which `kept` rules are missed at least, those that nobody may have counted in."""
        wanted, on = wanted or self.windows, set(kept)
        ids = self.members["member_id"]
        low = np.where([(Rule.LOW, one) in on for one in ids], wanted.low_min, 0.0)
        high = np.where([(Rule.HIGH, one) in on for one in ids], wanted.high_min, np.inf)
        cap = np.where([(Rule.CAP, one) in on for one in ids], wanted.cap_min, np.inf)
        barring = [bar for bar, rule in BARS.items() if (rule, None) in on]
        return _missed(self.minutes, ~np.isin(self.bars, barring), low, np.minimum(high, cap))

    def smallest(self) -> list[tuple[Rule, str | None]]:
        """Return rules that conflict, none of which could be left out."""
        kept = list(self.every)
        for rule in self.every:
            fewer = [one for one in kept if one != rule]
            if self.short_min(fewer) > SAME_MIN:
                kept = fewer
        return kept

    def members_more(self) -> int:
        """Return how many members more, who may have everything, would do; 0 where no number does."""
        short, most = self.total, len(self.members) + math.ceil(self.total)
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
        new = DataFrame(
            {
                "member_id": [f"new {i}" for i in range(more)],
                "minutes_per_week": self.members["minutes_per_week"].astype(float).mean(),
                "max_load_min": np.nan,
            }
        )
        people = pd.concat([self.members[new.columns].astype({"max_load_min": float}), new])
        wanted = windows(people, self.total, balance=self.rules.balance)
        allowed = np.hstack([self.bars == Bar.NONE, np.ones((len(self.minutes), more), dtype=bool)])
        return _missed(self.minutes, allowed, wanted.low_min, wanted.high_min)

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
    left = csr_matrix((np.ones(rows), (np.arange(rows), np.arange(rows))), (rows, rows))
    below = csr_matrix((np.ones(members), (np.arange(members), np.arange(members))), (members,) * 2)
    nothing = csr_matrix((rows, members))
    equal = _beside(each, left, nothing)
    under = _beside(-taken, csr_matrix((members, rows)), -below)
    over = _beside(taken, csr_matrix((members, rows)), csr_matrix((members, members)))[tops]
    found = linprog(  # type: ignore[call-overload]
        np.r_[np.zeros(pairs), np.ones(rows + members)],
        A_ub=csr_matrix(np.vstack([under.toarray(), over.toarray()])),
        b_ub=np.r_[-low, high[tops]],
        A_eq=equal,
        b_eq=load,
        method="highs",
    )
    return float(found.fun)


def _beside(*parts: csr_matrix) -> csr_matrix:
    joined: csr_matrix = hstack(parts, format="csr")
    return joined
