"""What may be shown to everybody: zones and counts, and no count that tells of a few households.

A count from 1 to 4 is shown as `<5`; 0 tells of nobody and stays. Where the counts that are shown beside it would
narrow it down, further ones are shown as `≥5`, until a reader who knows their sum can conclude no more than "from 1 to
4". Which ones is decided by their order, not by their size, since that choice would tell something too. Where that is
not enough, none of them is told. (Complementary suppression, as in Willenborg and de Waal, Elements of Statistical
Disclosure Control, 2001.)

What a reader knows beside one file: how many households the neighbourhoods have, since slides and meetings tell it. So
neighbourhoods are decided about in the same way everywhere (`told`, in the order of their ids), and no zone is
protected by hiding its neighbourhood's count.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame, Series

from geo.crs import metric_crs, to_stored

SMALL = 5
LESS = f"<{SMALL}"
AT_LEAST = f"≥{SMALL}"
UNTOLD = "–"
# Outlines follow the homes around them; their corners are moved to a grid of this width.
OUTLINE_GRID_M = 10.0

Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]


def told(counts: Sequence[int] | Counts) -> list[str] | None:
    """Return what is shown of counts whose sum everybody knows, in their order; None where none of them may be told."""
    parts = np.asarray(counts, dtype=np.int64)
    small = (parts > 0) & (parts < SMALL)
    hidden = small.copy()
    larger = iter(np.flatnonzero(parts >= SMALL))
    while _exposed(parts, small, hidden):
        one = next(larger, None)
        if one is None:
            return None
        hidden[one] = True
    return [
        LESS if few else AT_LEAST if kept else str(count)
        for count, few, kept in zip(parts, small, hidden, strict=True)
    ]


def _exposed(parts: Counts, small: Bools, hidden: Bools) -> bool:
    """Return whether the sum of what is hidden narrows a small count down to less than "from 1 to 4"."""
    if not small.any():
        return False
    together, few, many = parts[hidden].sum(), small.sum(), (hidden & ~small).sum()
    most = together - (few - 1) - SMALL * many
    least = 1 if many else together - (SMALL - 1) * (few - 1)
    return bool(most < SMALL - 1 or least > 1)


def sum_told(counts: Sequence[int] | Counts) -> str:
    """Return what is shown of the sum of counts, which everybody would know them by where none may be told."""
    whole = int(np.sum(counts))
    if told(counts) is not None:
        return str(whole)
    return LESS if whole < SMALL else AT_LEAST


def _zones_told(counts: Sequence[int], place: str) -> list[str]:
    """Return what is shown of the zones of a neighbourhood: nothing where its own count is hidden."""
    shown = told(counts) if place.isdigit() else None
    return shown or [UNTOLD] * len(counts)


class PublicPlan(NamedTuple):
    """A plan as everybody may see it; `households` is null where hidden, `households_shown` text.

    `zones`: zone (a number in its neighbourhood), neighbourhood_id, neighbourhood, outline.
    `neighbourhoods`: neighbourhood_id, neighbourhood, boundary; households in its zones.
    `figures`: one row per neighbourhood and a last one, area null, for all of them.
    """

    zones: GeoDataFrame
    neighbourhoods: GeoDataFrame
    figures: DataFrame


def public_plan(zones: GeoDataFrame, neighbourhoods: GeoDataFrame) -> PublicPlan:
    """Return zones and neighbourhoods of a plan without people, small counts hidden.

    Parameters
    ----------
    zones
        `neighbourhood_id`, `households`, outlines.
    neighbourhoods
        `neighbourhood_id`, `name`, boundaries; all that zones name.
    """
    ordered = zones.sort_values("neighbourhood_id", kind="stable", ignore_index=True)
    counts = ordered["households"].fillna(0).astype("int64")
    in_place = counts.groupby(ordered["neighbourhood_id"], sort=False)
    names = neighbourhoods.set_index("neighbourhood_id")["name"].sort_index()
    sizes = in_place.sum().reindex(names.index, fill_value=0)
    shown = told(sizes.to_numpy()) or [UNTOLD] * len(sizes)
    of_place = dict(zip(names.index, shown, strict=True))
    of_zone = [
        text for place, own in in_place for text in _zones_told(own.tolist(), of_place[place])
    ]
    public_zones = _with_counts(
        DataFrame(
            {
                "zone": in_place.cumcount() + 1,
                "neighbourhood_id": ordered["neighbourhood_id"],
                "neighbourhood": ordered["neighbourhood_id"].map(names),
            }
        ),
        of_zone,
    )
    listed = DataFrame(neighbourhoods[["neighbourhood_id", "name"]]).reset_index(drop=True)
    places = _with_counts(listed, [of_place[one] for one in listed["neighbourhood_id"]])
    whole = _with_counts(DataFrame({"neighbourhood_id": [None], "name": [None]}), [sum_told(sizes)])
    return PublicPlan(
        GeoDataFrame(public_zones, geometry=_coarse(ordered.geometry)),
        GeoDataFrame(
            places.rename(columns={"name": "neighbourhood"}),
            geometry=neighbourhoods.geometry.reset_index(drop=True),
        ),
        pd.concat([places, whole.astype(places.dtypes)], ignore_index=True).rename(
            columns={"neighbourhood_id": "area"}
        ),
    )


def _with_counts(rows: DataFrame, shown: list[str]) -> DataFrame:
    """Add what is shown, and as `households` the numbers among it."""
    texts = Series(shown, rows.index, dtype="str")
    return rows.assign(
        households=pd.to_numeric(texts.where(texts.str.isdigit())).astype("Int64"),
        households_shown=texts,
    )


def _coarse(outlines: GeoSeries) -> GeoSeries:
    """Return the largest piece of each outline with its corners on a grid.

    No corner is a home then; and a piece apart from the rest may lie around a single house.
    """
    if outlines.empty:
        return outlines
    metric = outlines.to_crs(metric_crs(outlines)).set_precision(OUTLINE_GRID_M)
    return to_stored(metric.map(_largest))


def _largest(shape: shapely.Geometry) -> shapely.Geometry:
    pieces = shapely.get_parts(shape)
    return pieces[shapely.area(pieces).argmax()] if len(pieces) > 1 else shape
