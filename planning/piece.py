"""Sharing the households on one connected piece of the walking network."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import numpy as np
from pandas import Series

from geo.joining import NOWHERE, StreetGraph, distances_m
from planning.centres import Centres, find_centres
from planning.corridors import brought_together, corridors
from planning.districting import Districting
from planning.exchange import always
from planning.flow import Flow, flow, largest_share
from planning.limits import Limits, what_fits
from planning.places import place_graph, units
from planning.rules import PlanRules
from planning.windows import Windows
from planning.wishes import Bar, Bars
from planning.zones import NOBODY, Bools, Floats, Ints, summed
from planning.zoning import zoned

# How often zones are centred and improved again, where some homes are unknown.
TURNS = 2
# Metres of walking that keeping an alley, or a place, with one member is worth.
SPLIT_M = 10.0
SAME_MIN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How long to go on: `keep_going` is asked now and then, `progress` told the share that is done."""

    keep_going: Callable[[], bool] = always
    progress: Callable[[float], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Households that can reach one another, and the members who share them.

    Of the n households: `node` of the street graph, number of the `place`, `load_min`, `away_m` from the street, the
    number of the `group` they move in, the member they have now (`current`, else `NOBODY`), and the `bars` (n, k). Of
    the k members, those with a known home first: `home` node, `home_away_m` from the street, `most_m` they can walk,
    and the `windows`. `ways_m` (n, k) are the ways to count instead of those along the streets, where given.
    """

    node: Ints
    place: Ints
    load_min: Floats
    away_m: Floats
    group: Ints
    current: Ints
    bars: Bars
    home: Ints
    home_away_m: Floats
    most_m: Floats
    windows: Windows
    ways_m: Floats | None = None

    def only(self, households: Bools) -> "Piece":
        """Return the piece with some of its households."""
        of_households = {
            "node",
            "place",
            "load_min",
            "away_m",
            "group",
            "current",
            "bars",
            "ways_m",
        }
        kept = {
            one.name: getattr(self, one.name)[households]
            for one in fields(self)
            if one.name in of_households and getattr(self, one.name) is not None
        }
        return replace(self, **kept)

    @property
    def all_known(self) -> bool:
        """Whether the ways from every member are known before zones are."""
        return self.ways_m is not None or bool((self.home != NOWHERE).all())


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceFound:
    """`owner` (a member's number, else `NOBODY`), and `bars` with those who live too far away, of each household.

    `bound_m` is below the walking of every sharing of the same households within the rules and windows (widened to
    what this one needs, where it misses them); None where a home is unknown or nothing fits.
    """

    owner: Ints
    bars: Bars
    bound_m: float | None
    stopped: bool = False


def share_piece(
    piece: Piece, graph: StreetGraph, rules: PlanRules, going: Going | None = None
) -> PieceFound:
    """Share as well as `rules.steps` for each household find; `NOBODY` gets what nobody may have, or has room for."""
    walk = _known_walk_m(piece, graph)
    piece = replace(piece, bars=_with_far_ones(piece, walk))
    owner = np.full(len(piece.node), NOBODY)
    able = (piece.bars == Bar.NONE).any(axis=1)
    fits = able.copy()
    fits[able] = what_fits(piece.load_min[able], walk[able], piece.windows.cap_min)
    if not fits.any():
        return PieceFound(owner=owner, bars=piece.bars, bound_m=None)
    zoning = _Zoning(piece.only(fits), graph, walk[fits], rules, going or Going())
    owner[fits] = zoning.zones()
    limits = Limits(
        graph=graph,
        node=piece.node[able],
        place=piece.place[able],
        load_min=piece.load_min[able],
        cap_min=piece.windows.cap_min,
        allowed=piece.bars[able] == Bar.NONE,
    )
    owner[able] = limits.keep(owner[able])
    bound = _bound_m(piece, walk, owner) if piece.all_known and (owner != NOBODY).any() else None
    return PieceFound(owner=owner, bars=piece.bars, bound_m=bound, stopped=zoning.stopped)


def _known_walk_m(piece: Piece, graph: StreetGraph) -> Floats:
    """Return the way from each known home to each household, (n, homes)."""
    if piece.ways_m is not None:
        return piece.ways_m
    known = piece.home != NOWHERE
    ways = distances_m(graph, piece.home[known])[:, piece.node].T
    walk: Floats = ways + piece.home_away_m[known] + piece.away_m[:, None]
    return walk


def _with_far_ones(piece: Piece, walk_m: Floats) -> Bars:
    """Return the bars, with those between households and members who cannot walk so far; locks go before."""
    locked = (piece.bars == Bar.LOCKED).any(axis=1, keepdims=True)
    far = np.zeros((int(piece.group.max()) + 1, piece.bars.shape[1]), dtype=bool)
    homes = walk_m.shape[1]
    np.logical_or.at(far[:, :homes], piece.group, walk_m > piece.most_m[:homes])
    barred = far[piece.group] & (piece.bars == Bar.NONE) & ~locked
    return np.where(barred, np.uint8(Bar.TOO_FAR), piece.bars)


def _bound_m(piece: Piece, walk_m: Floats, owner: Ints) -> float:
    """Return the bound for the households that have an owner, windows widened to the loads they make."""
    shared, windows = owner != NOBODY, piece.windows
    load = summed(piece.load_min[shared], owner[shared], len(piece.home))
    outside = windows.outside_min(load) > SAME_MIN
    low = np.where(outside, np.minimum(windows.low_min, load), windows.low_min)
    high = np.where(outside, np.maximum(windows.high_min, load), windows.high_min)
    walk = np.where(piece.bars == Bar.NONE, walk_m, np.inf)[shared]
    return flow(walk, piece.load_min[shared], low, high).bound_m


class _Zoning:
    """One piece on its way to zones: `known_walk_m` (n, homes) is the way from the known homes."""

    def __init__(
        self, piece: Piece, graph: StreetGraph, known_walk_m: Floats, rules: PlanRules, going: Going
    ) -> None:
        self.piece, self.graph, self.known_walk_m = piece, graph, known_walk_m
        self.rules, self.going, self.stopped = rules, going, False
        self.low, self.high = piece.windows.low_min, piece.windows.high_min
        self.places = place_graph(graph, piece.node, Series(piece.place))
        alike = np.unique(piece.bars, axis=0, return_inverse=True)[1].ravel()
        window = float((self.high - self.low).mean())
        self.unit = units(piece.node, piece.load_min, window_min=window, alike=alike)
        self.count = int(self.unit.max()) + 1
        self.place_of = np.zeros(self.count, dtype=np.int64)
        self.place_of[self.unit] = self.places.of_household
        self.pairs = _pairs(piece.group, self.unit)

    def zones(self) -> Ints:
        """Return the member of each household."""
        steps = self.rules.steps * len(self.piece.node)
        if self.piece.all_known:
            return self._shared(self.known_walk_m, steps)[self.unit]
        return self._around_centres(steps)[self.unit]

    def _around_centres(self, steps: int) -> Ints:
        """Return the member of each unit, where some homes are unknown: zones and centres by turns."""
        at, homes = self.places.of_household, self.known_walk_m.shape[1]
        first = np.unique(at, return_index=True)[1]
        load = summed(self.piece.load_min, at, self.places.size)
        centres = Centres(self.graph, self.places, np.bincount(at))
        chosen = find_centres(
            centres,
            self.known_walk_m[first],
            load,
            self.low,
            self.high,
            seed=self.rules.seed,
            keep_going=self.going.keep_going,
        )
        owner = self._shared(self._walk_m(centres, chosen), steps // 2)
        for turn in range(1, TURNS + 1):
            zone = np.full(self.places.size, NOBODY)
            zone[self.place_of] = owner
            chosen = centres.best(zone - homes, chosen)
            walk = self._walk_m(centres, chosen)
            owner = self._shared(walk, steps // (2 * TURNS), begun=owner, turn=turn)
        return owner

    def _walk_m(self, centres: Centres, chosen: Ints) -> Floats:
        """Return the way to each household from the known homes, then from the chosen centres."""
        ways = centres.walk_m(chosen)[self.places.of_household]
        return np.hstack([self.known_walk_m, ways + self.piece.away_m[:, None]])

    def _shared(
        self, walk_m: Floats, steps: int, *, begun: Ints | None = None, turn: int = 0
    ) -> Ints:
        """Return the member of each unit, for these ways: the divisible sharing, then the search."""
        cost = np.where(self.piece.bars == Bar.NONE, walk_m + self._change_m(), np.inf)
        divided = flow(cost, self.piece.load_min, self.low, self.high)
        task = self._districting(cost, divided)
        starts = [self._largest(divided)] if begun is None else [begun]
        led = [
            brought_together(task, corridors(task, start), self.pairs)
            for start in starts + self._kept(cost, starts[0])
        ]
        stuck = np.logical_or.reduce([one for _, one in led])
        fixed = stuck if task.fixed is None else stuck | task.fixed
        found = zoned(
            replace(task, fixed=fixed),
            [owner for owner, _ in led],
            steps=steps,
            seed=self.rules.seed + turn,
            pairs=self.pairs,
            keep_going=self.going.keep_going,
            progress=self.going.progress,
        )
        self.stopped |= found.stopped
        return found.owner

    def _change_m(self) -> Floats:
        """Return what it costs each member to take each household from the one who has it now, (n, k)."""
        current, change = self.piece.current, np.zeros(self.piece.bars.shape)
        held = current != NOBODY
        change[held] = self.rules.keep_m
        change[held, current[held]] = 0.0
        return change

    def _largest(self, divided: Flow) -> Ints:
        """Return the member with most of each unit's minutes."""
        share = np.zeros((self.count, len(self.low)))
        np.add.at(share, self.unit, divided.share * self.piece.load_min[:, None])
        np.add.at(share, self.unit, divided.share * SAME_MIN)
        return largest_share(share / share.sum(axis=1, keepdims=True))

    def _kept(self, cost: Floats, other: Ints) -> list[Ints]:
        """Return the sharing there is now, the rest of it as in `other`; nothing if changes are free."""
        current = self.piece.current
        if self.rules.keep_m == 0 or (current == NOBODY).all():
            return []
        able = (current != NOBODY) & np.isfinite(cost[np.arange(len(current)), current])
        owner = other.copy()
        owner[self.unit[able]] = current[able]
        return [owner]

    def _districting(self, cost: Floats, divided: Flow) -> Districting:
        whole = np.zeros((self.count, cost.shape[1]))
        np.add.at(whole, self.unit, cost)
        return Districting(
            cost=whole,
            load=summed(self.piece.load_min, self.unit, self.count),
            low=self.low,
            high=self.high,
            place_of=self.place_of,
            links=self.places.links,
            places=self.places.size,
            group_of=self.places.alley_of,
            split=SPLIT_M,
            fixed=np.isfinite(whole).sum(axis=1) == 1,
            price=-divided.price_m,
        )


def _pairs(group: Ints, unit: Ints) -> Ints:
    """Return the pairs of units that hold households of one group, each next to the other in the group, (m, 2)."""
    both = np.unique(np.c_[group, unit], axis=0)
    together = np.flatnonzero(both[1:, 0] == both[:-1, 0])
    pairs: Ints = np.c_[both[together, 1], both[together + 1, 1]].astype(np.int64)
    return pairs
