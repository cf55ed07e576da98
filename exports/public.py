"""What may be shown to everybody: zones and counts, and no count that tells of a few households.

A count from 1 to 4 is shown as `<5`; 0 tells of nobody and stays. Where the counts that are shown
would narrow a hidden one down, by subtraction from totals of any level, further counts are shown as
`≥5`, until a reader can conclude no more than "from 1 to 4". Which ones is decided by their order,
not by their size, since that choice would tell something too. (Complementary suppression, as in
Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001.)
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.crs import metric_crs, to_stored

SMALL = 5
LESS = f"<{SMALL}"
AT_LEAST = f"≥{SMALL}"
# Outlines follow the homes around them; their corners are moved to a grid of this width.
OUTLINE_GRID_M = 10.0
UNBOUNDED = 10**12
TOTAL = "total"


def hide_small(counts: Series, part_of: Series) -> DataFrame:
    """Decide which counts of a table with totals are shown.

    Parameters
    ----------
    counts
        Whole numbers by cell; every total is the sum of its parts.
    part_of
        On the same index, the cell of the total, null for a table's grand total.

    Returns
    -------
    decided
        On the same index: `count`, null where hidden; `shown`, as text.
    """
    small = counts.between(1, SMALL - 1)
    unknowable = _conclusions(counts, part_of, hidden=counts > 0)
    hidden = small
    while True:
        concluded = _conclusions(counts, part_of, hidden=hidden)
        exposed = small & (concluded != unknowable).any(axis=1)
        # One more a family at a time: hiding one often protects several.
        first = part_of[exposed].drop_duplicates().index
        more = [cell for each in first for cell in _next_to_hide(each, counts, part_of, hidden)]
        if not more:
            break
        hidden = hidden | hidden.index.isin(more)
    shown = counts.astype("str").mask(hidden, AT_LEAST).mask(small, LESS)
    return DataFrame({"count": counts.astype("Int64").mask(hidden), "shown": shown})


def _conclusions(counts: Series, part_of: Series, *, hidden: Series) -> DataFrame:
    """Return the least and greatest value of each cell that a reader can conclude.

    A reader knows what is shown, that `<5` is 1 to 4 and `≥5` is 5 or more, and all sums. In a tree
    of sums one pass up and one down concludes all there is (sums of intervals are intervals).
    """
    small = counts.between(1, SMALL - 1)
    low = counts.mask(hidden, SMALL).mask(hidden & small, 1)
    high = counts.mask(hidden, UNBOUNDED).mask(hidden & small, SMALL - 1)
    levels = _levels(part_of)
    for parts in reversed(levels):
        of = part_of[parts]
        least, most = low[parts].groupby(of).sum(), high[parts].groupby(of).sum()
        low[least.index] = np.maximum(low[least.index], least)
        high[most.index] = np.minimum(high[most.index], most)
    for parts in levels:
        of = part_of[parts]
        others_low = of.map(low[parts].groupby(of).sum()) - low[parts]
        others_high = of.map(high[parts].groupby(of).sum()) - high[parts]
        least, most = of.map(low) - others_high, of.map(high) - others_low
        low[parts], high[parts] = low[parts].clip(lower=least), high[parts].clip(upper=most)
    return DataFrame({"low": low, "high": high.clip(upper=UNBOUNDED)})


def _levels(part_of: Series) -> list[pd.Index]:
    """Return the cells below the grand totals, level by level."""
    level, levels = part_of[part_of.isna()].index, []
    while len(level := part_of[part_of.isin(level)].index):
        levels.append(level)
    return levels


def _next_to_hide(cell: str, counts: Series, part_of: Series, hidden: Series) -> list[str]:
    """Return the first count shown beside `cell`, else their total, else beside that, and so on."""
    while pd.notna(total := part_of[cell]):
        beside = part_of.index[(part_of == total) & (counts >= SMALL) & ~hidden]
        if len(beside):
            return [beside[0], *_first_parts(beside[0], counts, part_of, hidden)]
        if not hidden[total]:
            return [total]
        cell = total
    return []


def _first_parts(total: str, counts: Series, part_of: Series, hidden: Series) -> list[str]:
    """Return what must be hidden below `total`, so that its own parts do not sum up to it."""
    parts = part_of.index[part_of == total]
    if hidden[parts].any() or parts.empty:
        return []
    first = parts[counts[parts] >= SMALL][0]
    return [first, *_first_parts(first, counts, part_of, hidden)]


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
    count = ordered["households"].fillna(0).astype("int64")
    zone_cells = Series("zone " + ordered.index.astype("str"))
    place_cells = "place " + neighbourhoods["neighbourhood_id"]
    in_place = "place " + ordered["neighbourhood_id"]
    by_place = count.groupby(in_place).sum().reindex(place_cells, fill_value=0)

    counts = pd.concat([count.set_axis(zone_cells), by_place, Series({TOTAL: count.sum()})])
    totals = [*in_place, *[TOTAL] * len(place_cells), None]
    decided = hide_small(counts, Series(totals, counts.index, dtype=object))
    decided = decided.rename(columns={"count": "households", "shown": "households_shown"})

    names = neighbourhoods.set_index("neighbourhood_id")["name"]
    public_zones = DataFrame(
        {
            "zone": ordered.groupby("neighbourhood_id").cumcount() + 1,
            "neighbourhood_id": ordered["neighbourhood_id"],
            "neighbourhood": ordered["neighbourhood_id"].map(names),
        }
    ).join(decided.loc[zone_cells].reset_index(drop=True))
    of_places = decided.loc[place_cells].reset_index(drop=True)
    places = DataFrame(neighbourhoods[["neighbourhood_id", "name"]]).reset_index(drop=True)
    figures = pd.concat([places.join(of_places), decided.loc[[TOTAL]]], ignore_index=True)
    return PublicPlan(
        GeoDataFrame(public_zones, geometry=_coarse(ordered.geometry)),
        GeoDataFrame(
            places.rename(columns={"name": "neighbourhood"}).join(of_places),
            geometry=neighbourhoods.geometry.reset_index(drop=True),
        ),
        figures.rename(columns={"neighbourhood_id": "area"}),
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
