"""Sharing the households on one connected piece of the walking network."""

from dataclasses import dataclass, fields, replace

import numpy as np
from pandas import Series

from geo.joining import NOWHERE, StreetGraph, distances_m
from planning.beginnings import best_zones
from planning.centres import Centres, find_centres
from planning.flow import Flow, flow
from planning.improve import improve
from planning.limits import Limits, what_fits
from planning.places import place_graph, units
from planning.rules import PlanRules
from planning.windows import Windows
from planning.zones import NOBODY, Bools, Floats, Ints, Task, summed

# How often zones are centred and improved again, where some homes are unknown.
TURNS = 2
SAME_MIN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Households that can reach one another, and the members who share them.

    Of the n households: `node` of the street graph, number of the `place`, `load_min`, and `away_m` from the street. Of
    the k members, those with a known home first: `home` node, `home_away_m` from the street, and the `windows`.
    """

    node: Ints
    place: Ints
    load_min: Floats
    away_m: Floats
    home: Ints
    home_away_m: Floats
    windows: Windows

    def only(self, households: Bools) -> "Piece":
        """Return the piece with some of its households."""
        mine = {"node", "place", "load_min", "away_m"}
        kept = {
            one.name: getattr(self, one.name)[households]
            for one in fields(self)
            if one.name in mine
        }
        return replace(self, **kept)


def share_piece(piece: Piece, graph: StreetGraph, rules: PlanRules) -> tuple[Ints, float | None]:
    """Return the member (a number) of each household, `NOBODY` where hard limits leave no room, and the bound.

    The bound is below the walking of every sharing of the same households within the windows (widened to what this
    one needs, where it misses them); None where a home is unknown or nothing fits.
    """
    walk = _home_walk_m(piece, graph)
    owner = np.full(len(piece.node), NOBODY)
    fits = what_fits(piece.load_min, walk, piece.windows.cap_min)
    if not fits.any():
        return owner, None
    owner[fits], bound = _Zoning(piece.only(fits), graph, walk[fits]).zones(rules)
    limits = Limits(
        graph=graph,
        node=piece.node,
        place=piece.place,
        load_min=piece.load_min,
        cap_min=piece.windows.cap_min,
    )
    kept = limits.keep(owner)
    if bound is None or not (kept != NOBODY).any():
        return kept, None
    return kept, _bound_m(piece, walk, kept, None if (kept != owner).any() else bound)


def _home_walk_m(piece: Piece, graph: StreetGraph) -> Floats:
    """Return the way from each known home to each household, (n, homes)."""
    known = piece.home != NOWHERE
    ways = distances_m(graph, piece.home[known])[:, piece.node].T
    walk: Floats = ways + piece.home_away_m[known] + piece.away_m[:, None]
    return walk


def _bound_m(piece: Piece, walk_m: Floats, owner: Ints, known_m: float | None) -> float:
    """Return the bound for the households that have an owner, windows widened to the loads they make."""
    shared, windows = owner != NOBODY, piece.windows
    load = summed(piece.load_min[shared], owner[shared], len(piece.home))
    if known_m is not None and (windows.outside_min(load) <= SAME_MIN).all():
        return known_m
    low, high = np.minimum(windows.low_min, load), np.maximum(windows.high_min, load)
    return flow(walk_m[shared], piece.load_min[shared], low, high).bound_m


class _Zoning:
    """One piece on its way to zones: `home_walk_m` (n, homes) is the way from the known homes."""

    def __init__(self, piece: Piece, graph: StreetGraph, home_walk_m: Floats) -> None:
        self.piece, self.graph, self.home_walk_m = piece, graph, home_walk_m
        self.low, self.high = piece.windows.low_min, piece.windows.high_min
        self.places = place_graph(graph, piece.node, Series(piece.place))
        window = float((self.high - self.low).mean())
        self.unit = units(piece.node, piece.load_min, window_min=window)

    def zones(self, rules: PlanRules) -> tuple[Ints, float | None]:
        """Return the member of each household, and the bound where all homes are known."""
        steps = rules.steps
        if not (self.piece.home != NOWHERE).all():
            return self._around_centres(steps, rules.seed)[self.unit], None
        task, found = self._task(self.home_walk_m), self._flow(self.home_walk_m)
        owner = self._begun(task, found, steps=steps, seed=rules.seed)
        return owner[self.unit], found.bound_m

    def _around_centres(self, steps: int, seed: int) -> Ints:
        """Return the member of each unit, where some homes are unknown: zones and centres by turns."""
        at, homes = self.places.of_household, self.home_walk_m.shape[1]
        first = np.unique(at, return_index=True)[1]
        load = summed(self.piece.load_min, at, self.places.size)
        centres = Centres(self.graph, self.places, np.bincount(at))
        chosen = find_centres(
            centres, self.home_walk_m[first], load, self.low, self.high, seed=seed
        )
        walk = self._walk_m(centres, chosen)
        task = self._task(walk)
        owner = self._begun(task, self._flow(walk), steps=steps // 2, seed=seed)
        for turn in range(TURNS):
            zone = np.full(self.places.size, NOBODY)
            zone[task.place_of] = owner
            chosen = centres.best(zone - homes, chosen)
            task = self._task(self._walk_m(centres, chosen))
            owner = improve(
                task, owner, steps=steps * task.members // (2 * TURNS), seed=seed + turn
            )
        return owner

    def _begun(self, task: Task, found: Flow, *, steps: int, seed: int) -> Ints:
        share = np.zeros(task.walk_m.shape)
        np.add.at(share, self.unit, found.share * self.piece.load_min[:, None])
        return best_zones(task, share, found.price_m, steps=steps, seed=seed)

    def _walk_m(self, centres: Centres, chosen: Ints) -> Floats:
        """Return the way to each household from the known homes, then from the chosen centres."""
        ways = centres.walk_m(chosen)[self.places.of_household]
        return np.hstack([self.home_walk_m, ways + self.piece.away_m[:, None]])

    def _flow(self, walk_m: Floats) -> Flow:
        return flow(walk_m, self.piece.load_min, self.low, self.high)

    def _task(self, walk_m: Floats) -> Task:
        count = int(self.unit.max()) + 1
        walk = np.zeros((count, len(self.low)))
        np.add.at(walk, self.unit, walk_m)
        place_of = np.zeros(count, dtype=np.int64)
        place_of[self.unit] = self.places.of_household
        return Task(
            place_of=place_of,
            households=np.bincount(self.unit).astype(np.float64),
            load_min=summed(self.piece.load_min, self.unit, count),
            walk_m=walk,
            links=self.places.links,
            places=self.places.size,
            alley_of=self.places.alley_of,
            low_min=self.low,
            high_min=self.high,
        )
