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
from geo.narrow import Shapes, is_wide, widths_m
from geo.shares import MOSTLY, Share, new_borders, share_piece
from geo.sparing import spare


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


def divide(areas: Shapes, *, tolerance_m: float, cut_wide: bool) -> Divided:
    """Divide what is narrower than the tolerance, and with `cut_wide` wider overlaps too.

    Wide overlaps are left out of their areas otherwise, and so is narrow ground that cannot be
    divided without moving a border farther than the tolerance. Two areas that are mostly the same
    ground are never cut: one of them is a mistake, and it is not for us to say which.
    """
    if shapely.is_empty(areas).all():
        nothing = _pieces(pieces_of([]), pieces_of([]))
        return Divided(areas=areas, pieces=_with_shares(nothing, []), asked=pieces_of([]))
    faces = faces_of(areas)
    own = cores(faces, len(areas))
    shared = overlaps(faces)
    asked = shared[_must_be_asked(shared, areas, tolerance_m, cut_wide)]
    left_out = shapely.union_all(asked["shape"].to_numpy())
    pieces = _pieces(contested(faces, left_out), narrow_gaps(areas, tolerance_m))
    if pieces.empty and asked.empty and shapely.coverage_is_valid(areas):
        return Divided(areas=areas, pieces=_with_shares(pieces, []), asked=asked)
    sides = np.array([*own, left_out], dtype=object)
    shares = [
        share_piece(piece, areas, sides, inner_from_m=tolerance_m if cut_wide else np.inf)
        for piece in pieces.itertuples()
    ]
    parting = _Parting(areas, own, pieces, asked, np.inf if cut_wide else tolerance_m, tolerance_m)
    first = _settled(parting, shares)
    after = shapely.union(first.areas, shapely.union_all(first.asked["shape"].to_numpy()))
    spared = spare(pieces, shares, areas, after, tolerance_m=tolerance_m, refuse=not cut_wide)
    return first if spared == shares else _settled(parting, spared)


class _Parting(NamedTuple):
    """What is to be divided, and how far it may move borders where overlaps and gaps are."""

    areas: Shapes
    own: Shapes
    pieces: DataFrame
    asked: DataFrame
    overlap_m: float
    gap_m: float


def _settled(parting: _Parting, shares: list[Share]) -> Divided:
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


def _with_shares(pieces: DataFrame, shares: list[Share]) -> DataFrame:
    return pieces.assign(
        borders=np.array([new_borders(share.parts) for share in shares], dtype=object),
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
