"""What moving or recruiting people gains: households reached within some weeks, and weeks saved."""

from dataclasses import dataclass

import numpy as np
from pandas import DataFrame, Index

from planning.weeks import weeks
from planning.zones import Floats, Ints


@dataclass(slots=True)
class Pace:
    """Neighbourhoods with what is left in them and what is done a week; `weekly_min` changes as people move.

    `unreached` households and their `unreached_min` minutes, `weekly_min` minutes a week (NaN where unknown), and the
    `horizon_weeks` within which households are counted.
    """

    unreached: Floats
    unreached_min: Floats
    weekly_min: Floats
    horizon_weeks: float

    def reached(self, place: Ints, weekly_min: Floats) -> Floats:
        """Return how many households of `place` would be reached within the horizon: all of them at most."""
        left, load = self.unreached[place], self.unreached_min[place]
        each = load / np.where(left > 0, left, 1)
        within = self.horizon_weeks * weekly_min / np.where(each > 0, each, 1)
        return np.where(left > 0, np.minimum(left, within), 0.0)

    def gained(self, place: Ints, more_min: Floats) -> Floats:
        """Return how many more households would be reached with so many minutes more a week."""
        now = self.weekly_min[place]
        then = np.maximum(now + more_min, 0.0)
        return self.reached(place, then) - self.reached(place, now)

    def weeks(self) -> Floats:
        """Return the weeks each neighbourhood needs."""
        return weeks(self.unreached_min, self.weekly_min)


def pace(places: Index, work: DataFrame, weekly: DataFrame, *, horizon_weeks: float) -> Pace:
    """Return the pace of `places`; `work` as `planning.weeks.work`, `weekly` as `weekly_min` give."""
    left = work.reindex(places)[["unreached", "unreached_min"]].fillna(0.0)
    return Pace(
        left["unreached"].to_numpy(dtype=float),
        left["unreached_min"].to_numpy(dtype=float),
        weekly.reindex(places, fill_value=0.0)["expected"].to_numpy(dtype=float).copy(),
        horizon_weeks,
    )


def best_first(moves: DataFrame, now: Pace) -> DataFrame:
    """Return moves in the order in which they gain most, each judged after the ones before it; `now` moves along.

    `moves` has `source` and `target` (rows of `now`, -1: none), `minutes` a week, and whatever else; added are
    `households_gained`, and `weeks_before` and `weeks_after` of the target, `weeks_source_before` and `…_after`.
    """
    source, target = (moves[name].to_numpy(dtype=np.int64) for name in ("source", "target"))
    minutes = moves["minutes"].to_numpy(dtype=float)
    waiting = np.arange(len(moves))
    order: list[int] = []
    told: list[tuple[float, ...]] = []
    while len(waiting):
        gained = _gained(now, source[waiting], target[waiting], minutes[waiting])
        first = int(np.argmax(np.where(np.isnan(gained), -np.inf, gained)))
        move = int(waiting[first])
        before = _weeks_of(now, source[move], target[move])
        _apply(now, source[move], target[move], minutes[move])
        after = _weeks_of(now, source[move], target[move])
        told.append((float(gained[first]), before[1], after[1], before[0], after[0]))
        order.append(move)
        waiting = np.delete(waiting, first)
    names = ["households_gained", "weeks_before", "weeks_after"]
    names += ["weeks_source_before", "weeks_source_after"]
    figures = DataFrame(told, columns=names, dtype=float)
    return moves.iloc[order].reset_index(drop=True).join(figures)


def _gained(now: Pace, source: Ints, target: Ints, minutes: Floats) -> Floats:
    """Return what the target gains less what the source loses; nothing within one neighbourhood."""
    came = np.where(target >= 0, now.gained(target, minutes), 0.0)
    went = np.where(source >= 0, now.gained(source, -minutes), 0.0)
    return np.where(source == target, 0.0, came + went)


def _weeks_of(now: Pace, *places: int) -> tuple[float, ...]:
    needed = now.weeks()
    return tuple(float(needed[place]) if place >= 0 else np.nan for place in places)


def _apply(now: Pace, source: int, target: int, minutes: float) -> None:
    for place, change in ((source, -minutes), (target, minutes)):
        if place >= 0:
            now.weekly_min[place] = max(now.weekly_min[place] + change, 0.0)
