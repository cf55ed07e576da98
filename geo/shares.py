"""Who gets what of one piece of ground that several areas cover or that lies between them."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import shapely

from geo.middle import share_out
from geo.narrow import SAME_PLACE_M, Shapes, away_m

# An area covered by more than this share by others lies in them rather than beside them.
MOSTLY = 0.5
# Borders are compared at places half a width of the piece apart, and at least so far.
LEAST_APART_M = 0.5


class Share(NamedTuple):
    """The parts of one piece, by the position of the area that gets them.

    `to_inner`: left whole to the area that lies in the others. `moved_m`: how far from its old
    border an area gains or loses ground, at most; infinite where the piece is not to be divided.
    """

    parts: dict[int, Any]
    to_inner: bool
    moved_m: float


def share_piece(piece: Any, areas: Shapes, sides: Shapes, *, inner_from_m: float) -> Share:
    """Return who gets what of a piece; `sides` are what each area has alone, then ground left out.

    From the width `inner_from_m` on, an area that lies in another keeps what they share.
    """
    inner = _inner(piece.owners, areas, sides)
    if inner is not None and not piece.is_gap and piece.width_m >= inner_from_m:
        return Share({inner: piece.shape}, to_inner=True, moved_m=np.nan)
    left_out = len(areas)
    beside = [*piece.owners, left_out] if piece.is_gap else [*piece.owners]
    beside = [side for side in beside if not shapely.is_empty(sides[side])]
    apart_m = shapely.distance(sides[beside], piece.shape)
    touching = [side for side, away in zip(beside, apart_m, strict=True) if away <= SAME_PLACE_M]
    nearest = [beside[int(apart_m.argmin())]] if beside else [_smallest([*piece.owners], areas)]
    takers = touching or nearest
    parts = share_out(piece.shape, sides[takers], width_m=piece.width_m)
    return shared(piece, dict(zip(takers, parts, strict=True)), areas)


def shared(piece: Any, parts: dict[int, Any], areas: Shapes) -> Share:
    """Return the share that consists of `parts`, and how far it moves borders."""
    return Share(parts, to_inner=False, moved_m=_moved_m(piece, parts, areas))


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
        # between its corners too: those of a strip flush with the area all lie on its border
        places = shapely.get_coordinates(shapely.segmentize(changed, _apart_m(piece)))
        if len(places):
            moved_m.extend(away_m(places, shapely.boundary(areas[owner])))
    return float(max(moved_m))


def _apart_m(piece: Any) -> float:
    return float(max(piece.width_m / 2, LEAST_APART_M))


def new_borders(parts: dict[int, Any]) -> Any:
    """Return the lines along which parts of one piece meet."""
    pairs = combinations(parts.values(), 2)
    shared = [shapely.intersection(*map(shapely.boundary, pair)) for pair in pairs]
    lines = [part for part in shapely.get_parts(shared) if part.length > 0]
    return shapely.line_merge(shapely.union_all(lines)) if lines else shapely.MultiLineString()
