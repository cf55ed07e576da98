"""Sharing the households of one neighbourhood among its members: the planner's one door."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.joining import NOWHERE, join, set_in, short_places
from geo.network import WalkingNetwork
from geo.terms import Reason
from planning.load import load_min
from planning.piece import Piece, share_piece
from planning.rules import PlanRules
from planning.walking import walk_m
from planning.windows import weekly_weights, windows
from planning.zones import NOBODY, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who takes which household, and how good that is.

    `assignment` has one row per household, by id: `household_id`, `member_id` or else a `reason`
    (`geo.terms.Reason`), `walk_m` (one way, as `planning.walking` measures it) and `load_min`. `lower_bound` is metres
    that no plan for the assigned households within the windows can undercut (windows widened to the loads of this one,
    where it misses them); None where a member's home is unknown or nobody is assigned.
    """

    assignment: DataFrame
    lower_bound: float | None


def share(
    households: GeoDataFrame, members: GeoDataFrame, network: WalkingNetwork, rules: PlanRules
) -> Sharing:
    """Share the households of one neighbourhood among its members.

    Every household that is located, within `rules.reach_m` of a street and connected with a member by streets gets
    one member, unless hard limits leave no room. Zones are connected on the streets (`planning.connected`); as far as
    that allows, loads are in their windows (`planning.windows`); as far as that allows, walking is short.

    Parameters
    ----------
    households, members
        Of the neighbourhood, members in force only; see `geo.tables`. The order of rows does not matter.
    network
        The streets of the whole ward.
    """
    homes = households.sort_values("household_id", ignore_index=True)
    people = members.sort_values("member_id", ignore_index=True)
    joins, doors = join(homes.geometry, network), join(people.geometry, network)
    minutes = load_min(homes, table=rules.load)
    reason = _why_not(homes, joins, people, rules)
    able = reason.index[reason.isna()]
    found = _Area(joins.loc[able], doors, minutes[able], people, network).share(rules)

    owner = Series(NOBODY, index=homes.index)
    owner[able] = found.owner
    reason[able] = found.reason
    member_id = people["member_id"].reindex(owner.to_numpy())
    named = Series(member_id.to_numpy(), index=homes["household_id"].to_numpy())
    walk = walk_m(homes, people, named, network).to_numpy()
    assignment = DataFrame(
        {
            "household_id": homes["household_id"],
            "member_id": member_id.astype("str").to_numpy(),
            "reason": reason.astype("str"),
            "walk_m": walk,
            "load_min": minutes,
        }
    )
    return Sharing(assignment=assignment, lower_bound=_below(found.bound_m, walk))


def _why_not(
    households: GeoDataFrame, joins: DataFrame, members: DataFrame, rules: PlanRules
) -> Series:
    """Return why households cannot be shared, missing where they can."""
    reason = Series(pd.NA, index=households.index, dtype="object")
    points = households.geometry
    if members.empty:
        reason[:] = Reason.NO_MEMBERS
    reason[~(joins["off_street_m"] <= rules.reach_m)] = Reason.NO_STREET
    reason[points.isna() | points.is_empty] = Reason.NO_LOCATION
    return reason


def _below(bound_m: float | None, walk_m: Floats) -> float | None:
    """Return the bound, not above the walking it bounds by noise of the last digit."""
    return None if bound_m is None else min(bound_m, float(np.nansum(walk_m)))


@dataclass(frozen=True, slots=True)
class _Found:
    """`owner` (a member's number or `NOBODY`) and `reason` (missing where owned) of each household."""

    owner: Ints
    reason: Series
    bound_m: float | None


class _Area:
    """The households that can be shared, and the members, on the pieces of the network they lie on."""

    def __init__(
        self,
        joins: DataFrame,
        doors: DataFrame,
        minutes: Series,
        members: DataFrame,
        network: WalkingNetwork,
    ) -> None:
        self.graph = set_in(pd.concat([joins, doors], ignore_index=True), network)
        node = self.graph.node.to_numpy()
        self.node, self.home = node[: len(joins)], node[len(joins) :]
        self.joins, self.doors, self.members = joins, doors, members
        self.place = short_places(joins).to_numpy()
        self.load_min = minutes.to_numpy()
        self.piece = _pieces(joins, network)
        self.home_piece = np.where(
            np.isin(_pieces(doors, network), self.piece), _pieces(doors, network), NOWHERE
        )

    def share(self, rules: PlanRules) -> _Found:
        """Share piece by piece; where a piece has no member, its households cannot be reached."""
        owner = np.full(len(self.node), NOBODY)
        reason = Series(pd.NA, index=self.joins.index, dtype="object")
        working = self._working()
        reached = np.isin(self.piece, working)
        reason[~reached] = Reason.UNREACHABLE
        bounds: list[float | None] = []
        for piece in np.unique(self.piece[reached]):
            rows, who = np.flatnonzero(self.piece == piece), np.flatnonzero(working == piece)
            # members with a home on the piece come first
            who = who[np.argsort(self.home_piece[who] != piece, kind="stable")]
            number, bound = share_piece(
                self._piece(rows, who, self.load_min[reached].sum(), rules), self.graph, rules
            )
            owner[rows] = np.where(number == NOBODY, NOBODY, who[number])
            bounds.append(bound)
        reason[reached & (owner == NOBODY)] = Reason.NO_CAPACITY
        known = [bound for bound in bounds if bound is not None]
        whole = bool(bounds) and len(known) == len(bounds)
        return _Found(owner, reason, sum(known) if whole else None)

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

    def _piece(self, rows: Ints, who: Ints, total_min: float, rules: PlanRules) -> Piece:
        """Return one piece; its windows are the area's, or its own where those do not fit it."""
        load = self.load_min[rows]
        wanted = windows(self.members, total_min, balance=rules.balance).of(who)
        if not wanted.low_min.sum() <= load.sum() <= wanted.high_min.sum():
            wanted = windows(self.members.iloc[who], float(load.sum()), balance=rules.balance)
        home = np.where(self.home_piece[who] == NOWHERE, NOWHERE, self.home[who])
        return Piece(
            node=self.node[rows],
            place=self.place[rows],
            load_min=load,
            away_m=self.joins["off_street_m"].to_numpy()[rows],
            home=home,
            home_away_m=self.doors["off_street_m"].to_numpy()[who],
            windows=wanted,
        )


def _pieces(joins: DataFrame, network: WalkingNetwork) -> Ints:
    """Return the piece of the network each joining point lies on, `NOWHERE` where not joined."""
    piece = np.full(len(joins), NOWHERE)
    stretch = joins["stretch"].to_numpy(dtype=np.int64)
    joined = stretch != NOWHERE
    piece[joined] = network.piece_of_node[network.starts[stretch[joined]]]
    return piece
