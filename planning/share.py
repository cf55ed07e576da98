"""Sharing the households of one neighbourhood among its members: the planner's one door."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.errors import InputError
from geo.joining import NOWHERE, StreetGraph, set_in, short_places
from geo.network import WalkingNetwork
from geo.terms import Reason
from planning.exchange import always
from planning.joined import Joined, joined
from planning.load import load_min
from planning.piece import Going, Piece, share_piece
from planning.rules import PlanRules
from planning.walking import walks_on
from planning.windows import weekly_weights, windows
from planning.wishes import Bar, Bars, Wishes, barred, mates, why_nobody, with_mates
from planning.zones import NOBODY, Bools, Floats, Ints, summed

NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who takes which household, and how good that is.

    `assignment` has one row per household, by id: `household_id`, `member_id` or else a `reason`
    (`geo.terms.Reason`), `walk_m` (one way, as `planning.walking` measures it), `load_min` and `locked`. `lower_bound`
    is metres that no plan for the assigned households within the rules and windows can undercut (windows widened to
    the loads of this one, where it misses them); None where a member's home is unknown or nobody is assigned.
    `stopped`: whether the search was ended before its steps were spent.
    """

    assignment: DataFrame
    lower_bound: float | None
    stopped: bool = False


def share(
    households: GeoDataFrame,
    members: GeoDataFrame,
    network: WalkingNetwork,
    rules: PlanRules,
    *,
    wishes: Wishes = NO_WISHES,
    current: DataFrame | None = None,
    ways_m: DataFrame | None = None,
    ground: Joined | None = None,
    keep_going: Callable[[], bool] = always,
    progress: Callable[[float], None] | None = None,
) -> Sharing:
    """Share the households of one neighbourhood among its members.

    Every household that is located, within `rules.reach_m` of a street on its side of barriers, and connected with a
    member by streets gets one member, unless hard limits leave no room or the wishes and `walks_at_most_m` allow
    nobody. Zones are connected on the streets (`planning.connected`), as far as locks allow; as far as that allows,
    loads are in their windows (`planning.windows`); as far as that allows, walking is short.

    Parameters
    ----------
    households, members
        Of the neighbourhood, members in force only; see `geo.tables`. The order of rows does not matter. Members with
        a base walk from there; for the others, centres are found.
    network
        The streets of the whole ward.
    wishes
        Who must, and must not, take which household. Locks hold above all else.
    current
        Who has which household now (`household_id`, `member_id`): what `rules.keep` is about.
    ways_m
        Metres from each member to each household (rows by household id, columns by member id), to count instead of
        those along the streets, and whether or not homes are known.
    ground
        Where the same households and members join the same network, where that is known already.
    keep_going, progress
        `keep_going` is asked now and then, and the best so far returned once it says no; `progress` is told the
        share of the search that is done, from 0 to 1 on every piece of the network.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    ground = ground or joined(homes, people, network)
    joins, doors = (part.reset_index(drop=True) for part in (ground.houses, ground.doors))
    minutes = load_min(homes, table=rules.load)
    group = mates(homes, wishes.together)
    bars = with_mates(barred(homes, people, wishes), group)
    locked = _locked(homes, people, bars, wishes)
    reason = _why_not(homes, joins, people, rules, locked=locked)
    reason = reason.where(reason.notna(), why_nobody(bars))
    able = reason.index[reason.isna()]
    asked = _Asked(
        joins=joins.loc[able],
        doors=doors,
        graph=ground.graph if len(able) == len(homes) else None,
        load_min=minutes[able].to_numpy(),
        members=people,
        bars=bars[able],
        group=group[able],
        current=_held(homes, people, current)[able],
        ways_m=_ways(homes, people, ways_m, able),
    )
    found = _Area(asked, network).share(rules, Going(keep_going=keep_going, progress=progress))

    owner = Series(NOBODY, index=homes.index)
    owner[able] = found.owner
    reason[able] = found.reason
    member_id = people["member_id"].reindex(owner.to_numpy())
    named = Series(member_id.to_numpy(), index=homes["household_id"].to_numpy())
    walk = walks_on(ground, named).to_numpy() if ways_m is None else _given_m(named, ways_m)
    assignment = DataFrame(
        {
            "household_id": homes["household_id"],
            "member_id": member_id.astype("str").to_numpy(),
            "reason": reason.astype("str"),
            "walk_m": walk,
            "load_min": minutes,
            "locked": locked,
        }
    )
    return Sharing(
        assignment=assignment, lower_bound=_below(found.bound_m, walk), stopped=found.stopped
    )


def _held(households: DataFrame, members: DataFrame, current: DataFrame | None) -> Ints:
    """Return the number of the member who has each household now, `NOBODY` where none of `members` has."""
    if current is None:
        return np.full(len(households), NOBODY)
    now = current.drop_duplicates("household_id").set_index("household_id")["member_id"]
    now = now.reindex(households["household_id"])
    found: Ints = pd.Index(members["member_id"]).get_indexer(pd.Index(now)).astype(np.int64)
    return found


def _ways(
    households: DataFrame, members: DataFrame, ways_m: DataFrame | None, able: pd.Index
) -> Floats | None:
    if ways_m is None:
        return None
    table = ways_m.reindex(index=households["household_id"], columns=members["member_id"])
    ways: Floats = table.to_numpy(dtype=np.float64)[able]
    if not np.isfinite(ways).all():
        raise InputError("ways_incomplete", missing=int((~np.isfinite(ways)).sum()))
    return ways


def _given_m(owner: Series, ways_m: DataFrame) -> Floats:
    """Return the way to each household from its member, as given; unknown where it has none."""
    held = owner.notna().to_numpy()
    walk = np.full(len(owner), np.nan)
    rows = ways_m.index.get_indexer(owner.index[held])
    walk[held] = ways_m.to_numpy(dtype=np.float64)[
        rows, ways_m.columns.get_indexer(pd.Index(owner[held]))
    ]
    return walk


def _locked(households: DataFrame, members: DataFrame, bars: Bars, wishes: Wishes) -> Bools:
    """Return which households are locked, by name or with those they move with."""
    people = set(members["member_id"])
    named = {home for home, member in wishes.locks if member in people}
    by_name = households["household_id"].isin(named).to_numpy(dtype=bool)
    locked: Bools = by_name | (bars == Bar.LOCKED).any(axis=1)
    return locked


def _why_not(
    households: GeoDataFrame,
    joins: DataFrame,
    members: DataFrame,
    rules: PlanRules,
    *,
    locked: Bools,
) -> Series:
    """Return why households cannot be shared, missing where they can; a lock leads across a barrier too."""
    reason = Series(pd.NA, index=households.index, dtype="object")
    points = households.geometry
    if members.empty:
        reason[:] = Reason.NO_MEMBERS
    reason[joins["across"] & ~locked] = Reason.UNREACHABLE
    reason[~(joins["off_street_m"] <= rules.reach_m)] = Reason.NO_STREET
    reason[points.isna() | points.is_empty] = Reason.NO_LOCATION
    return reason


def _below(bound_m: float | None, walk_m: Floats) -> float | None:
    """Return the bound, not above the walking it bounds by noise of the last digit."""
    return None if bound_m is None else min(bound_m, float(np.nansum(walk_m)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The households that can be shared, and the members: what is joined where, and what is wished.

    `graph` has the joins and the doors set in, where there is one already.
    """

    joins: DataFrame
    doors: DataFrame
    graph: StreetGraph | None
    load_min: Floats
    members: DataFrame
    bars: Bars
    group: Ints
    current: Ints
    ways_m: Floats | None


@dataclass(frozen=True, slots=True)
class _Found:
    """`owner` (a member's number or `NOBODY`) and `reason` (missing where owned) of each household."""

    owner: Ints
    reason: Series
    bound_m: float | None
    stopped: bool


class _Area:
    """What is asked, on the pieces of the network it lies on."""

    def __init__(self, asked: _Asked, network: WalkingNetwork) -> None:
        joins, doors = asked.joins, asked.doors
        self.asked, self.members, self.load_min = asked, asked.members, asked.load_min
        both = pd.concat([joins, doors], ignore_index=True)
        self.graph = set_in(both, network) if asked.graph is None else asked.graph
        node = self.graph.node.to_numpy()
        self.node, self.home = node[: len(joins)], node[len(joins) :]
        self.place = short_places(joins).to_numpy()
        self.piece = _pieces(joins, network)
        home_piece = _pieces(doors, network)
        self.home_piece = np.where(np.isin(home_piece, self.piece), home_piece, NOWHERE)

    def share(self, rules: PlanRules, going: Going) -> _Found:
        """Share piece by piece; where a piece has no member, its households cannot be reached."""
        owner, reason = (
            self._locked_elsewhere(),
            Series(pd.NA, index=self.asked.joins.index, dtype="object"),
        )
        working, given = self._working(), owner != NOBODY
        reached = np.isin(self.piece, working) | given
        reason[~reached] = Reason.UNREACHABLE
        bounds: list[float | None] = [None] * int(given.any())
        stopped = False
        for piece in np.unique(self.piece[reached & ~given]):
            rows = np.flatnonzero((self.piece == piece) & ~given)
            who = np.flatnonzero(working == piece)
            # members with a home on the piece come first
            who = who[np.argsort(self.home_piece[who] != piece, kind="stable")]
            taken = summed(self.load_min[given], owner[given], len(self.members))
            part = self._piece(rows, who, self.load_min[reached].sum(), taken, rules)
            found = share_piece(part, self.graph, rules, going)
            owner[rows] = np.where(found.owner == NOBODY, NOBODY, who[found.owner])
            nobody = why_nobody(found.bars)
            reason.iloc[rows] = nobody.where(nobody.notna(), Reason.NO_CAPACITY)
            bounds.append(found.bound_m)
            stopped |= found.stopped
        reason[owner != NOBODY] = pd.NA
        known = [bound for bound in bounds if bound is not None]
        whole = bool(bounds) and len(known) == len(bounds)
        return _Found(owner, reason, sum(known) if whole else None, stopped)

    def _locked_elsewhere(self) -> Ints:
        """Return the member of households locked to somebody who works on another piece, else `NOBODY`."""
        owner = np.full(len(self.node), NOBODY)
        if not len(self.members):
            return owner
        bars, working = self.asked.bars, self._working()
        locked = (bars == Bar.LOCKED).any(axis=1)
        member = (bars == Bar.NONE).argmax(axis=1)
        elsewhere = locked & (working[member] != self.piece)
        return np.where(elsewhere, member, NOBODY)

    def _working(self) -> Ints:
        """Return on which piece each member works: the home's, else where most load lacks a member."""
        working = self.home_piece.copy()
        pieces, at = np.unique(self.piece, return_inverse=True)
        if not len(pieces):
            return working
        weight = weekly_weights(self.members)
        minutes_each = self.load_min.sum() / weight.sum()
        lacking = np.bincount(at, weights=self.load_min)
        for i, piece in enumerate(pieces):
            lacking[i] -= minutes_each * weight[working == piece].sum()
        for member in np.flatnonzero(working == NOWHERE):
            most = int(lacking.argmax())
            working[member] = pieces[most]
            lacking[most] -= minutes_each * weight[member]
        return working

    def _piece(
        self, rows: Ints, who: Ints, total_min: float, taken_min: Floats, rules: PlanRules
    ) -> Piece:
        """Return one piece; its windows are the area's, or its own where those do not fit it."""
        asked, load = self.asked, self.load_min[rows]
        taken = taken_min[who]
        wanted = windows(self.members, total_min, balance=rules.balance).of(who).without(taken)
        if not wanted.low_min.sum() <= load.sum() <= wanted.high_min.sum():
            there = float(load.sum() + taken.sum())
            wanted = windows(self.members.iloc[who], there, balance=rules.balance).without(taken)
        home = np.where(self.home_piece[who] == NOWHERE, NOWHERE, self.home[who])
        number = np.full(len(self.members) + 1, NOBODY)
        number[who] = np.arange(len(who))
        most: Floats = np.asarray(
            self.members["walks_at_most_m"].astype(float).fillna(np.inf), dtype=np.float64
        )
        return Piece(
            node=self.node[rows],
            place=self.place[rows],
            load_min=load,
            away_m=asked.joins["off_street_m"].to_numpy()[rows],
            group=asked.group[rows],
            current=number[asked.current[rows]],
            bars=asked.bars[np.ix_(rows, who)],
            home=home,
            home_away_m=asked.doors["off_street_m"].to_numpy()[who],
            most_m=most[who],
            windows=wanted,
            ways_m=None if asked.ways_m is None else asked.ways_m[np.ix_(rows, who)],
        )


def _pieces(joins: DataFrame, network: WalkingNetwork) -> Ints:
    """Return the piece of the network each joining point lies on, `NOWHERE` where not joined."""
    piece = np.full(len(joins), NOWHERE)
    stretch = joins["stretch"].to_numpy(dtype=np.int64)
    joined = stretch != NOWHERE
    piece[joined] = network.piece_of_node[network.starts[stretch[joined]]]
    return piece
