"""Shares changed where a middle line, fair as it is, would leave a border of some area too far behind.

It takes off a sharp end that lies in another area: the area keeps the piece whole instead, if that
moves no border of the others too far. It swallows the bottom of a notch: there the neighbour's
ground reaches a little into the notch instead.
"""

from typing import Any

import numpy as np
import shapely
from pandas import DataFrame

from geo.narrow import Shapes
from geo.shares import Share, shared

# Hairs between a corner and the piece that it lies in are narrower than this.
NEAR_M = 0.1
# A border is led back to within the tolerance less this.
SPARE_M = 0.02
# An octagon reaches this much farther to its corners than to its sides.
OCTAGON = 1.1


def spare(
    pieces: DataFrame,
    shares: list[Share],
    areas: Shapes,
    after: Shapes,
    *,
    tolerance_m: float,
    refuse: bool,
) -> list[Share]:
    """Return shares by which no border is left behind farther than the tolerance.

    Parameters
    ----------
    pieces, shares
        What is divided, and how: `shape`, `owners`, `is_gap`; in the same order.
    areas, after
        The areas before, and as they come out of `shares` (with what is left out of them).
    refuse
        Whether a piece may be left undivided (`moved_m` infinite) where nothing else helps.
    """
    lost = np.array([_lost(old, new, tolerance_m) for old, new in zip(areas, after, strict=True)])
    swallowed = [_swallowed(old, new, tolerance_m) for old, new in zip(areas, after, strict=True)]
    spared = []
    wide = pieces["width_m"].to_numpy(float) >= tolerance_m
    for at, (piece, share) in enumerate(zip(pieces.itertuples(), shares, strict=True)):
        if piece.is_gap:
            parts = _with_notches(piece, share.parts, swallowed, after, tolerance_m=tolerance_m)
            spared.append(share if parts == share.parts else shared(piece, parts, areas))
            continue
        # wide: cut on somebody's word, wherever its middle is
        if wide[at]:
            spared.append(share)
            continue
        losers = _losers(piece, lost)
        whole = [shared(piece, {who: piece.shape}, areas) for who in losers]
        fitting = [other for other in whole if other.moved_m <= tolerance_m]
        otherwise = share._replace(moved_m=np.inf) if losers and refuse else share
        spared.append(min(fitting, key=lambda other: other.moved_m, default=otherwise))
    return spared


def _losers(piece: Any, lost: Shapes) -> list[int]:
    """Return the owners whose sharp ends lie in the piece and would be lost."""
    loses = shapely.dwithin(lost[[*piece.owners]], piece.shape, NEAR_M)
    return [who for who, losing in zip(piece.owners, loses, strict=True) if losing]


def _lost(old: Any, new: Any, tolerance_m: float) -> Any:
    """Return the corners of an area that are too far outside what it has now."""
    corners = shapely.points(shapely.get_coordinates(old))
    return shapely.multipoints(corners[shapely.distance(corners, new) > tolerance_m])


def _swallowed(old: Any, new: Any, tolerance_m: float) -> Shapes:
    """Return lines to the new border from corners of an area that are too far inside it now."""
    corners = shapely.points(shapely.get_coordinates(old))
    corners = corners[shapely.intersects(new, corners)]
    lines: Shapes = shapely.shortest_line(corners, shapely.boundary(new))
    return lines[shapely.length(lines) > tolerance_m]  # type: ignore[no-any-return]


def _with_notches(
    piece: Any,
    parts: dict[int, Any],
    swallowed: list[Shapes],
    after: Shapes,
    *,
    tolerance_m: float,
) -> dict[int, Any]:
    """Return parts by which neighbours reach so far into filled notches that their bottom is near."""
    for who in piece.owners:
        for line in swallowed[who]:
            start = shapely.get_point(line, -1)
            reach_m = (line.length - tolerance_m + SPARE_M) * OCTAGON
            others = [other for other in parts if other != who and other < len(after)]
            near = [other for other in others if after[other].dwithin(start, NEAR_M)]
            if not near or reach_m > tolerance_m / 2 or not piece.shape.dwithin(start, NEAR_M):
                continue
            bay = shapely.intersection(piece.shape, start.buffer(reach_m, quad_segs=2))
            parts = {to: shapely.difference(part, bay) for to, part in parts.items()}
            parts[near[0]] = shapely.union(parts[near[0]], bay)
    return parts
