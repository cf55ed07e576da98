"""Zones that overlap by a little and leave slivers between them, mended into a clean coverage.

What is narrower than a tolerance is divided along its middle, so that no border moves farther than
the tolerance. What is wider is somebody's decision: it is left out of all its zones and asked
about, and cut along its middle only where `mend` is told to. `docs/boundaries.md` tells more.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame

from geo import findings
from geo.dividing import divide
from geo.errors import InputError
from geo.findings import Decision
from geo.placing import located
from geo.plane import Plane
from geo.rings import repair

TOLERANCE_M = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What came of mending, in the coordinate system of the zones that were handed in.

    zones
        The rows and columns handed in, order kept; an empty geometry where nothing is left.
    decisions
        `what` (a `Decision`), `neighbourhoods` (ids, joined by a comma), `area_m2`, `width_m` (at
        the widest), `moved_m` (of the border there, at most), `before` (the place), `after` (the
        borders in it; the repaired or remaining shape where the place is a zone).
    overlapping
        *đang chồng lấn*, left out of both zones, a row per pair and place: `neighbourhood_id`,
        `other_id`, `area_m2`, `width_m`, `share`, `other_share` (of the ground of each), geometry.
    gaps
        Ground that no zone covers, enclosed by zones or inside the ward: `neighbourhoods` beside
        it, `area_m2`, `width_m`, geometry.
    outside
        Parts of zones outside the ward, not cut: `neighbourhood_id`, `area_m2`, `share`, geometry.
    borders
        A row per zone: `neighbourhood_id`, `area_before_m2`, `area_after_m2`, and `moved_m`: how
        far the old and the new border are apart at most, what is left out not counted.
    """

    zones: GeoDataFrame
    decisions: DataFrame
    overlapping: GeoDataFrame
    gaps: GeoDataFrame
    outside: GeoDataFrame
    borders: DataFrame


def mend(
    zones: GeoDataFrame,
    *,
    ward: Any = None,
    tolerance_m: float = TOLERANCE_M,
    cut_wide: bool = False,
) -> Mended:
    """Return the zones as a clean coverage, and everything that was decided or must be.

    Parameters
    ----------
    zones
        `neighbourhood_id` (unique), any further columns, areas; rows without geometry are kept.
    ward
        The area of the ward in the coordinate system of `zones`, if it is known.
    tolerance_m
        Overlaps and gaps narrower than this are mended; no border moves farther.
    cut_wide
        The person's word: cut wider overlaps along their middle line.

    Raises
    ------
    InputError
        Where the tolerance is not positive.
    UnknownCrsError
        Where the zones have no coordinate system.
    """
    if not tolerance_m > 0:
        raise InputError("tolerance_unusable", tolerance=tolerance_m)
    rows = zones[located(zones.geometry)].sort_values("neighbourhood_id")
    ids = rows["neighbourhood_id"].to_numpy(object)
    plane = Plane(rows.geometry)
    repaired, repairs = repair(plane.metric)
    before = repaired.to_numpy()
    divided = divide(before, tolerance_m=tolerance_m, cut_wide=cut_wide)
    ward_m = None if ward is None else plane.there(ward)
    decisions = findings.decided(ids, before, divided, tolerance_m)
    return Mended(
        zones=zones.set_geometry(_stored(plane.back(divided.areas), rows, zones)),
        decisions=pd.concat(
            [_repaired(rows, plane.back(before), repairs), _back(decisions, plane)],
            ignore_index=True,
        ),
        overlapping=_located(findings.overlapping(ids, before, divided), plane),
        gaps=_located(findings.gaps(ids, divided, ward_m), plane),
        outside=_located(findings.outside(ids, divided, ward_m), plane),
        borders=findings.borders(ids, before, divided),
    )


def _stored(shapes: GeoSeries, rows: GeoDataFrame, zones: GeoDataFrame) -> GeoSeries:
    """Return the mended shapes on the index of the zones, rows without a shape as they are."""
    mended = zones.geometry.copy()
    mended[rows.index] = shapes.set_axis(rows.index)
    return mended


def _repaired(rows: GeoDataFrame, repaired: GeoSeries, repairs: DataFrame) -> DataFrame:
    """Return the repairs of rings as decisions."""
    at = rows.index.get_indexer(repairs["row"])
    nothing = np.full(len(at), np.nan)
    told = {
        "what": [Decision(what) for what in repairs["what"]],
        "neighbourhoods": [(who,) for who in rows["neighbourhood_id"].iloc[at]],
        "area_m2": repairs["area_m2"].to_numpy(),
        "width_m": nothing,
        "moved_m": nothing,
        "before": [*rows.geometry.iloc[at]],
        "after": [*repaired.iloc[at]],
    }
    return DataFrame(told, columns=findings.DECIDED)


def _back(decisions: DataFrame, plane: Plane) -> DataFrame:
    places = {column: [*plane.back(decisions[column])] for column in ("before", "after")}
    return decisions.assign(**places)


def _located(found: DataFrame, plane: Plane) -> GeoDataFrame:
    return GeoDataFrame(found, geometry=plane.back(found["geometry"]))
