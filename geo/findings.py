"""What a mending has to tell (`geo.mending`), as frames; shapes and measures in metres.

Throughout, `ids` are those of the zones, `before` their shapes and `divided` what became of them.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pandas import DataFrame

from geo.assembling import HAIR_M
from geo.dividing import Divided
from geo.faces import holes
from geo.narrow import SAME_PLACE_M, Shapes, away_m, is_wide, polygons_of, widths_m

# Less than this outside the ward or between zones is what rounding leaves.
NOTICED_M2 = 1.0
# A zone smaller than this is no neighbourhood.
SLIVER_M2 = 1_000.0
# Borders are compared at points this far apart.
COMPARED_EVERY_M = 2.0
DECIDED = ["what", "neighbourhoods", "area_m2", "width_m", "moved_m", "before", "after"]

Ids = npt.NDArray[np.object_]


class Decision(StrEnum):
    """What was done with one place, or must be asked about it."""

    RING_REPAIRED = "ring_repaired"
    RING_LOST = "ring_lost"  # after the repair nothing was left
    GAP_MENDED = "gap_mended"
    OVERLAP_MENDED = "overlap_mended"
    HAIRS_MENDED = "hairs_mended"  # narrower than a centimetre, all in one row
    OVERLAP_ASKED = "overlap_asked"  # left out of its zones
    OVERLAP_CUT = "overlap_cut"
    OVERLAP_TO_INNER = "overlap_to_inner"  # kept by the zone that lies in the other
    SLIVER = "sliver"  # a zone narrower than the tolerance, or too small for a neighbourhood
    NOTHING_LEFT = "nothing_left"  # a zone without ground of its own


def decided(ids: Ids, before: Shapes, divided: Divided, tolerance_m: float) -> DataFrame:
    """Return what was decided (`DECIDED`), in the order of `Decision`, the largest places first."""
    told = pd.concat(
        [
            _of_pieces(ids, divided.pieces, tolerance_m),
            _of_asked(ids, divided.asked),
            _of_zones(Decision.SLIVER, ids, before, _is_sliver(before, tolerance_m), divided),
            _of_zones(Decision.NOTHING_LEFT, ids, before, _is_spent(before, divided), divided),
        ],
        ignore_index=True,
    )
    order = told["what"].map({what: at for at, what in enumerate(Decision)})
    return (
        told.assign(order=order)
        .sort_values(["order", "area_m2"], ascending=[True, False], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def _rows(**columns: Any) -> DataFrame:
    told = DataFrame({name: [*values] for name, values in columns.items()}, columns=DECIDED)
    objects = dict.fromkeys(("what", "neighbourhoods", "before", "after"), object)
    return told.astype({**objects, "area_m2": float, "width_m": float, "moved_m": float})


def _named(ids: Ids, owners: Iterable[Any]) -> list[tuple[str, ...]]:
    return [tuple(ids[list(who)]) for who in owners]


def _of_pieces(ids: Ids, pieces: DataFrame, tolerance_m: float) -> DataFrame:
    hair = pieces["width_m"] < HAIR_M
    told = pieces[~hair]
    wide = is_wide(told["shape"].to_numpy(), tolerance_m) | (told["moved_m"] > tolerance_m)
    what = np.select(
        [told["is_gap"], told["to_inner"], wide],
        [Decision.GAP_MENDED, Decision.OVERLAP_TO_INNER, Decision.OVERLAP_CUT],
        Decision.OVERLAP_MENDED,
    )
    rows = _rows(
        what=what,
        neighbourhoods=_named(ids, told["owners"]),
        area_m2=shapely.area(told["shape"].to_numpy()),
        width_m=told["width_m"],
        moved_m=told["moved_m"],
        before=told["shape"],
        after=told["borders"],
    )
    return pd.concat([rows, _of_hairs(ids, pieces[hair])]) if hair.any() else rows


def _of_hairs(ids: Ids, hairs: DataFrame) -> DataFrame:
    concerned = {who for owners in hairs["owners"] for who in owners}
    shape = shapely.multipolygons(hairs["shape"].to_list())
    return _rows(
        what=[Decision.HAIRS_MENDED],
        neighbourhoods=_named(ids, [sorted(concerned)]),
        area_m2=[shape.area],
        width_m=[hairs["width_m"].max()],
        moved_m=[hairs["moved_m"].max()],
        before=[shape],
        after=[shapely.union_all(hairs["borders"].to_list())],
    )


def _of_asked(ids: Ids, asked: DataFrame) -> DataFrame:
    shapes = asked["shape"].to_numpy()
    return _rows(
        what=[Decision.OVERLAP_ASKED] * len(asked),
        neighbourhoods=_named(ids, asked["owners"]),
        area_m2=shapely.area(shapes),
        width_m=widths_m(shapes),
        moved_m=[np.nan] * len(asked),
        before=shapes,
        after=[shapely.MultiLineString()] * len(asked),
    )


def _is_sliver(shapes: Shapes, tolerance_m: float) -> Any:
    narrow = ~is_wide(shapes, tolerance_m) | (shapely.area(shapes) < SLIVER_M2)
    return narrow & ~shapely.is_empty(shapes)


def _is_spent(before: Shapes, divided: Divided) -> Any:
    return shapely.is_empty(divided.areas) & ~shapely.is_empty(before)


def _of_zones(what: Decision, ids: Ids, before: Shapes, where: Any, divided: Divided) -> DataFrame:
    return _rows(
        what=[what] * int(where.sum()),
        neighbourhoods=[(who,) for who in ids[where]],
        area_m2=shapely.area(before[where]),
        width_m=widths_m(before[where]),
        moved_m=[np.nan] * int(where.sum()),
        before=before[where],
        after=divided.areas[where],
    )


def overlapping(ids: Ids, before: Shapes, divided: Divided) -> DataFrame:
    """Return what is left out of two zones, the largest first."""
    asked = divided.asked
    pairs = np.array(asked["owners"].to_list(), dtype=int).reshape(-1, 2)
    shapes = asked["shape"].to_numpy()
    area_m2 = shapely.area(shapes)
    told = DataFrame(
        {
            "neighbourhood_id": ids[pairs[:, 0]],
            "other_id": ids[pairs[:, 1]],
            "area_m2": area_m2,
            "width_m": widths_m(shapes),
            "share": area_m2 / shapely.area(before[pairs[:, 0]]),
            "other_share": area_m2 / shapely.area(before[pairs[:, 1]]),
            "geometry": shapes,
        }
    )
    return told.sort_values("area_m2", ascending=False, kind="stable", ignore_index=True)


def gaps(ids: Ids, divided: Divided, ward: Any) -> DataFrame:
    """Return ground that no zone covers, enclosed by zones or in the ward, the largest first."""
    covered = shapely.union_all([*divided.areas, *divided.asked["shape"]])
    empty = [*holes(covered), *([] if ward is None else [shapely.difference(ward, covered)])]
    places = polygons_of(shapely.union_all(empty))
    places = places[shapely.area(places) > NOTICED_M2]
    place, zone = shapely.STRtree(divided.areas).query(
        places, predicate="dwithin", distance=SAME_PLACE_M
    )
    told = DataFrame(
        {
            "neighbourhoods": [tuple(sorted(ids[zone[place == at]])) for at in range(len(places))],
            "area_m2": shapely.area(places),
            "width_m": widths_m(places),
            "geometry": places,
        }
    )
    return told.sort_values("area_m2", ascending=False, kind="stable", ignore_index=True)


def outside(ids: Ids, divided: Divided, ward: Any) -> DataFrame:
    """Return the parts of zones outside the ward, the largest first."""
    beyond = shapely.difference(divided.areas, shapely.Polygon() if ward is None else ward)
    area_m2 = shapely.area(beyond)
    leaves = (area_m2 > NOTICED_M2) & (ward is not None)
    told = DataFrame(
        {
            "neighbourhood_id": ids[leaves],
            "area_m2": area_m2[leaves],
            "share": area_m2[leaves] / shapely.area(divided.areas[leaves]),
            "geometry": beyond[leaves],
        }
    )
    return told.sort_values("area_m2", ascending=False, kind="stable", ignore_index=True)


def borders(ids: Ids, before: Shapes, divided: Divided) -> DataFrame:
    """Return each zone's ground and how far its border moved, what is left out not counted."""
    left_out = shapely.union_all(divided.asked["shape"].to_numpy())
    whole = [
        # rounded, or a hair would stay between what is left and what is left out
        shapely.union_all([new, *polygons_of(old.intersection(left_out))], grid_size=SAME_PLACE_M)
        for old, new in zip(before, divided.areas, strict=True)
    ]
    moved_m = [_moved_m(old, new) for old, new in zip(before, whole, strict=True)]
    return DataFrame(
        {
            "neighbourhood_id": ids,
            "area_before_m2": shapely.area(before),
            "area_after_m2": shapely.area(divided.areas),
            "moved_m": np.array(moved_m, dtype=float),
        }
    )


def _moved_m(old: Any, new: Any) -> float:
    """Return how far two borders are apart where they are farthest (Hausdorff distance)."""
    if new.is_empty:
        return np.nan
    before, after = old.boundary, new.boundary
    return max(
        _farthest_m(shapely.difference(after, before), before),
        _farthest_m(shapely.difference(before, after), after),
    )


def _farthest_m(shape: Any, border: Any) -> float:
    places = shapely.get_coordinates(shapely.segmentize(shape, COMPARED_EVERY_M))
    return float(away_m(places, border).max()) if len(places) else 0.0
