"""Areas put together from parts so that neighbours meet exactly, corner by corner."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

from geo.narrow import DUST_M2, Shapes, polygons_of

# Corners nearer than this are one corner.
SNAP_M = 1e-4
# Gaps narrower than this are rounding.
HAIR_M = 0.01
# So wide is a gap that dust leaves, at most (`DUST_M2` as a disc).
DUST_M = 0.12
# Smaller parts that come off their area go to the neighbour with whom they share most border.
CRUMB_M2 = 2.0


def assemble(
    before: Shapes,
    own: Shapes,
    shares: Iterable[Mapping[int, Any]],
    left_out: Any,
    *,
    tolerance_m: float,
) -> Shapes:
    """Return each area, from what it has alone (`own`) and its parts in `shares`, by position.

    Ground that is `left_out` borders on them exactly too. Crumbs that came off an area go to a
    neighbour where they reach no farther from the rest of it than the tolerance.
    """
    parts = [*enumerate(own), *(item for share in shares for item in share.items())]
    parts = [part for part in [*parts, (len(own), left_out)] if shapely.area(part[1]) > 0]
    whose = np.array([owner for owner, _ in parts], dtype=int)
    whole = clean_coverage([shape for _, shape in parts], HAIR_M)
    areas = [shapely.union_all(whole[whose == area]) for area in range(len(own) + 1)]
    solid = clean_coverage([shapely.multipolygons(_without_dust(area)) for area in areas], DUST_M)
    return _crumbs_given_away(before, solid, tolerance_m)[: len(own)]


def clean_coverage(shapes: Any, gap_m: float) -> Shapes:
    """Return shapes that share corners where they meet, gaps narrower than `gap_m` filled."""
    clean: Shapes = shapely.coverage_clean(shapes, snapping_distance=SNAP_M, gap_width=gap_m)
    return clean


def _without_dust(shape: Any) -> Shapes:
    parts = polygons_of(shape)
    return parts[shapely.area(parts) > DUST_M2]  # type: ignore[no-any-return]


def _crumbs_given_away(before: Shapes, areas: Shapes, tolerance_m: float) -> Shapes:
    given: list[list[Any]] = [[] for _ in areas]
    kept = [
        _main_and_crumbs(area, len(polygons_of(old)), tolerance_m)
        for area, old in zip(areas, before, strict=False)
    ]
    mains = np.array([main for main, _ in kept] + [areas[-1]], dtype=object)
    for crumb in (crumb for _, crumbs in kept for crumb in crumbs):
        beside_m = shapely.length(shapely.intersection(crumb, mains))
        given[int(beside_m.argmax())].append(crumb)
    return np.array(
        [shapely.union_all([main, *more]) for main, more in zip(mains, given, strict=True)],
        dtype=object,
    )


def _main_and_crumbs(area: Any, parts_before: int, tolerance_m: float) -> tuple[Any, Shapes]:
    """Return an area without the crumbs that came off it, and the crumbs."""
    parts = polygons_of(area)
    parts = parts[np.argsort(shapely.area(parts))]
    came_off = np.arange(len(parts)) < len(parts) - parts_before
    is_crumb = came_off & (shapely.area(parts) < CRUMB_M2)
    rest = shapely.union_all(parts[~is_crumb])
    is_crumb &= shapely.hausdorff_distance(shapely.union(parts, rest), rest) <= tolerance_m
    return shapely.union_all(parts[~is_crumb]), parts[is_crumb]
