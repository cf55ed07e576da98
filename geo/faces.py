"""Where areas that should lie side by side cover the same ground, and where they leave some between.

The borders of all areas cut the plane into faces, each with its owners: the areas that cover it.
What one area has for itself, what several share and what lies between are unions of faces, so that
they meet exactly. Arrays of shapes in metres in, frames of pieces in metres out.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import numpy as np
import shapely
from pandas import DataFrame, Series

from geo.narrow import SAME_PLACE_M, Shapes, narrow_parts, polygons_of, widths_m

# Open ground is looked at this far around the areas.
AROUND_M = 100.0
Owners = tuple[int, ...]


def faces_of(areas: Shapes) -> DataFrame:
    """Return the covered faces of the plane: `owners`, positions in `areas` in order, and `shape`."""
    borders = shapely.union_all(shapely.boundary(areas))
    faces = shapely.get_parts(shapely.polygonize([borders]))
    inside = shapely.point_on_surface(faces)
    at, owner = shapely.STRtree(areas).query(inside, predicate="intersects")
    owners = DataFrame({"at": at, "owner": owner}).groupby("at")["owner"].agg(_in_order)
    return _rows(owners.to_list(), faces[owners.index])


def _in_order(positions: Series) -> Owners:
    return tuple(sorted({*positions.tolist()}))


def _rows(owners: list[Owners], shapes: Any) -> DataFrame:
    return DataFrame({"owners": owners, "shape": [*shapes]}, dtype=object)


def cores(faces: DataFrame, areas: int) -> Shapes:
    """Return what each of so many areas has for itself alone."""
    return np.array([_union(faces, {(i,)}) for i in range(areas)], dtype=object)


def _union(faces: DataFrame, owners: set[Owners]) -> Any:
    return shapely.union_all(faces.loc[faces["owners"].isin(owners), "shape"].to_numpy())


def overlaps(faces: DataFrame) -> DataFrame:
    """Return the ground that two areas share: `owners`, `shape`, a row per pair and polygon."""
    sets = {*faces["owners"]}
    pairs = {pair for who in sets for pair in combinations(who, 2)}
    return pieces_of(
        (pair, _union(faces, {who for who in sets if {*pair} <= {*who}})) for pair in sorted(pairs)
    )


def pieces_of(shapes: Iterable[tuple[Owners, Any]]) -> DataFrame:
    """Return a row per owners and polygon: `owners`, `shape`."""
    pieces = [(who, piece) for who, shape in shapes for piece in polygons_of(shape)]
    return _rows([who for who, _ in pieces], [piece for _, piece in pieces])


def contested(faces: DataFrame, left_out: Any) -> DataFrame:
    """Return the ground of several owners outside `left_out`, a row per set of owners and polygon."""
    sets = {who for who in faces["owners"] if len(who) > 1}
    return pieces_of(
        (who, shapely.difference(_union(faces, {who}), left_out)) for who in sorted(sets)
    )


def narrow_gaps(areas: Shapes, tolerance_m: float) -> DataFrame:
    """Return the narrow ground between areas that none of them covers, and narrow holes in one.

    `owners` are the areas beside it. A narrow inlet of one area alone is no gap: it was drawn so.
    """
    covered = shapely.union_all(areas)
    around = shapely.box(*shapely.bounds(shapely.buffer(covered, AROUND_M)))
    narrow = narrow_parts(shapely.difference(around, covered), tolerance_m)
    polygons, of_polygon = shapely.get_parts(areas, return_index=True)
    gap, beside = shapely.STRtree(polygons).query(
        narrow, predicate="dwithin", distance=SAME_PLACE_M
    )
    between = np.bincount(gap, minlength=len(narrow)) > 1
    between[_within(narrow, _narrow_holes(covered, tolerance_m))] = True
    owners = DataFrame({"at": gap, "owner": of_polygon[beside]}).groupby("at")["owner"]
    return _rows(owners.agg(_in_order)[between].to_list(), narrow[between])


def _narrow_holes(covered: Any, tolerance_m: float) -> Shapes:
    found = holes(covered)
    return found[widths_m(found) < tolerance_m]


def holes(covered: Any) -> Shapes:
    """Return the ground that is enclosed but not covered."""
    parts = polygons_of(covered)
    filled = shapely.polygons(shapely.get_exterior_ring(parts))
    return polygons_of(shapely.difference(filled, covered))


def _within(shapes: Shapes, others: Shapes) -> Any:
    inside = shapely.STRtree(shapely.point_on_surface(shapes))
    return inside.query(others, predicate="contains")[1]
