"""Ground that several areas cover, or none between them does, divided among those areas.

Plain arrays of shapes in metres; who the areas are is not known here (`geo.mending` knows).
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame

from geo.assembling import assemble
from geo.faces import contested, cores, faces_of, narrow_gaps, overlaps, pieces_of
from geo.middle import share_out
from geo.narrow import SAME_PLACE_M, Shapes, is_wide, widths_m

# Hairs between a sharp end and the piece that it lies in are narrower than this.
TIP_M = 0.1
# An area covered by more than this share by another lies in it rather than beside it.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """What came of dividing.

    areas
        The areas, meeting exactly: no two share ground, and where two meet they share corners.
    pieces
        Ground that was divided: `owners` (positions of the areas concerned), `shape`, `borders` (the
        new ones in it), `is_gap`, `to_inner` (left whole to the area that lies in the others),
        `width_m` (at the widest), `moved_m` (how far the border moved farthest).
    asked
        Ground left out of all areas, a row per pair and polygon: `owners`, `shape`.
    """

    areas: Shapes
    pieces: DataFrame
    asked: DataFrame


class _Share(NamedTuple):
    parts: dict[int, Any]
    to_inner: bool
    moved_m: float


def divide(areas: Shapes, *, tolerance_m: float, cut_wide: bool) -> Divided:
    """Divide what is narrower than the tolerance, and with `cut_wide` wider overlaps too.

    Wide overlaps are left out of their areas otherwise, and so is narrow ground that cannot be
    divided without moving a border farther than the tolerance. Two areas that are mostly the same
    ground are never cut: one of them is a mistake, and it is not for us to say which.
    """
    faces = faces_of(areas)
    own = cores(faces, len(areas))
    shared = overlaps(faces)
    asked = shared[_must_be_asked(shared, areas, tolerance_m, cut_wide)]
    left_out = shapely.union_all(asked["shape"].to_numpy())
    pieces = _pieces(contested(faces, left_out), narrow_gaps(areas, tolerance_m))
    if pieces.empty and asked.empty:
        return Divided(areas=areas, pieces=_with_shares(pieces, []), asked=asked)
    sides = np.array([*own, left_out], dtype=object)
    shares = [
        _share(piece, areas, sides, inner_from_m=tolerance_m if cut_wide else np.inf)
        for piece in pieces.itertuples()
    ]
    parting = _Parting(areas, own, pieces, asked, np.inf if cut_wide else tolerance_m, tolerance_m)
    first = _settled(parting, shares)
    kept = shares if cut_wide else _with_tips(parting, shares, first)
    return first if kept == shares else _settled(parting, kept)


class _Parting(NamedTuple):
    """What is to be divided, and how far it may move borders where overlaps and gaps are."""

    areas: Shapes
    own: Shapes
    pieces: DataFrame
    asked: DataFrame
    overlap_m: float
    gap_m: float


def _settled(parting: _Parting, shares: list[_Share]) -> Divided:
    """Return what comes of the shares; overlaps that would move a border too far are asked about."""
    pieces = _with_shares(parting.pieces, shares)
    may_move_m = np.where(pieces["is_gap"], parting.gap_m, parting.overlap_m)
    fits = pieces["moved_m"].fillna(0) <= may_move_m
    refused = _by_pair(pieces[~fits & ~pieces["is_gap"]])
    asked = pd.concat([parting.asked, refused], ignore_index=True)
    areas = assemble(
        parting.areas,
        parting.own,
        [share.parts for share, fit in zip(shares, fits, strict=True) if fit],
        shapely.union_all(asked["shape"].to_numpy()),
        tolerance_m=parting.gap_m,
    )
    return Divided(areas=areas, pieces=pieces[fits], asked=asked)


def _must_be_asked(shared: DataFrame, areas: Shapes, tolerance_m: float, cut_wide: bool) -> Any:
    shapes = shared["shape"].to_numpy()
    wide = is_wide(shapes, tolerance_m)
    if not cut_wide:
        return wide
    of_each = [shapely.area(areas[list(pair)]) for pair in shared["owners"]]
    share = shapely.area(shapes)[:, None] / np.array(of_each, dtype=float).reshape(-1, 2)
    return wide & (share > MOSTLY).all(axis=1)


def _pieces(overlapping: DataFrame, gaps: DataFrame) -> DataFrame:
    pieces = pd.concat(
        [overlapping.assign(is_gap=False), gaps.assign(is_gap=True)], ignore_index=True
    )
    return pieces.assign(is_gap=pieces["is_gap"].astype(bool), width_m=widths_m(pieces["shape"]))


def _with_shares(pieces: DataFrame, shares: list[_Share]) -> DataFrame:
    return pieces.assign(
        borders=np.array([_borders(share.parts) for share in shares], dtype=object),
        to_inner=np.array([share.to_inner for share in shares], dtype=bool),
        moved_m=np.array([share.moved_m for share in shares], dtype=float),
    )


def _by_pair(pieces: DataFrame) -> DataFrame:
    pairs = [
        (pair, shape)
        for owners, shape in zip(pieces["owners"], pieces["shape"], strict=True)
        for pair in combinations(owners, 2)
    ]
    return pieces_of(pairs)


def _share(piece: Any, areas: Shapes, sides: Shapes, *, inner_from_m: float) -> _Share:
    """Return who gets what of a piece; `sides` are what each area has alone, then ground left out.

    From the width `inner_from_m` on, an area that lies in another keeps what they share.
    """
    inner = _inner(piece.owners, areas, sides)
    if inner is not None and not piece.is_gap and piece.width_m >= inner_from_m:
        return _Share({inner: piece.shape}, to_inner=True, moved_m=np.nan)
    left_out = len(areas)
    beside = [*piece.owners, left_out] if piece.is_gap else [*piece.owners]
    beside = [side for side in beside if not shapely.is_empty(sides[side])]
    away_m = shapely.distance(sides[beside], piece.shape)
    touching = [side for side, away in zip(beside, away_m, strict=True) if away <= SAME_PLACE_M]
    nearest = [beside[int(away_m.argmin())]] if beside else [_smallest([*piece.owners], areas)]
    takers = touching or nearest
    parts = share_out(piece.shape, sides[takers], width_m=piece.width_m)
    given = dict(zip(takers, parts, strict=True))
    return _Share(given, to_inner=False, moved_m=_moved_m(piece, given, areas))


def _inner(owners: tuple[int, ...], areas: Shapes, sides: Shapes) -> int | None:
    """Return the smallest of the owners of which others cover most, if there is one."""
    own_share = shapely.area(sides[[*owners]]) / shapely.area(areas[[*owners]])
    covered = [who for who, share in zip(owners, own_share, strict=True) if share < 1 - MOSTLY]
    return _smallest(covered, areas) if covered else None


def _smallest(owners: list[int], areas: Shapes) -> int:
    return owners[int(shapely.area(areas[owners]).argmin())]


def _moved_m(piece: Any, given: dict[int, Any], areas: Shapes) -> float:
    """Return how far from its old border an area gains or loses ground, at most."""
    moved_m = [0.0]
    for owner in piece.owners:
        part = given.get(owner, shapely.Polygon())
        changed = part if piece.is_gap else shapely.difference(piece.shape, part)
        corners = shapely.points(shapely.get_coordinates(changed))
        moved_m.extend(shapely.distance(corners, shapely.boundary(areas[owner])))
    return float(max(moved_m))


def _with_tips(parting: _Parting, shares: list[_Share], first: Divided) -> list[_Share]:
    """Return shares by which no area loses a sharp end that reaches farther than the tolerance.

    A middle line takes such an end off. Its area keeps the whole piece instead, where that moves no
    border of the others too far; else the piece is refused.
    """
    after = shapely.union(first.areas, shapely.union_all(first.asked["shape"].to_numpy()))
    tips = np.array(
        [_lost(old, new, parting.gap_m) for old, new in zip(parting.areas, after, strict=True)]
    )
    return [
        _kept_tip(piece, share, parting, tips)
        for piece, share in zip(parting.pieces.itertuples(), shares, strict=True)
    ]


def _lost(old: Any, new: Any, tolerance_m: float) -> Any:
    corners = shapely.points(shapely.get_coordinates(old))
    return shapely.multipoints(corners[shapely.distance(corners, new) > tolerance_m])


def _kept_tip(piece: Any, share: _Share, parting: _Parting, tips: Shapes) -> _Share:
    loses = shapely.dwithin(tips[[*piece.owners]], piece.shape, TIP_M)
    if piece.is_gap or not loses.any():
        return share
    whole = [{who: piece.shape} for who, losing in zip(piece.owners, loses, strict=True) if losing]
    others = [
        _Share(given, to_inner=False, moved_m=_moved_m(piece, given, parting.areas))
        for given in whole
    ]
    fitting = [other for other in others if other.moved_m <= parting.overlap_m]
    refused = share._replace(moved_m=np.inf)
    return min(fitting, key=lambda other: other.moved_m, default=refused)


def _borders(parts: dict[int, Any]) -> Any:
    """Return the lines along which parts of one piece meet."""
    pairs = combinations(parts.values(), 2)
    shared = [shapely.intersection(*map(shapely.boundary, pair)) for pair in pairs]
    lines = [part for part in shapely.get_parts(shared) if part.length > 0]
    return shapely.line_merge(shapely.union_all(lines)) if lines else shapely.MultiLineString()
