"""Old neighbourhoods merged into new ones, matched by the ground they share: no key joins them."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.crs import to_metric
from geo.placing import located
from geo.rings import repair
from geo.terms import Carry as Carry  # noqa: PLC0414  what a merge says is told in these words

# An old neighbourhood goes to the new one that has most of it; nearly all of it is beyond doubt.
MOST = 0.5
NEARLY_ALL = 0.9
# Smaller shares are borders drawn a little differently.
LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Which old neighbourhood became which new one.

    carried
        A row per old one: `old_id`, `what` (a `Carry`), `new_id` (null unless carried or doubtful),
        `share` (of the old in its best new one), `others` (tuple of further new ids with a share).
    shares
        `old_id`, `new_id`, `area_m2`, `share_of_old`, `share_of_new`, shares under 1 % left out.
    fresh
        Ids of new ones that nothing is carried to.
    """

    carried: DataFrame
    shares: DataFrame
    fresh: tuple[str, ...]


def match_merge(old: GeoDataFrame, new: GeoDataFrame) -> Merge:
    """Match old to new neighbourhoods by shares of area; both with `neighbourhood_id` and areas.

    Old ones may overlap: each is looked at by itself. What belonged to a split neighbourhood (its
    teams, its history) has no single heir; its households are placed again by where they are.
    """
    shares = _shares(old, new)
    best = shares.drop_duplicates("old_id").set_index("old_id")
    others = shares[shares.duplicated("old_id")].groupby("old_id")["new_id"].agg(tuple)
    carried = DataFrame({"old_id": sorted(old["neighbourhood_id"])}, dtype="str")
    share = carried["old_id"].map(best["share_of_old"]).astype(float)
    what = np.select(
        [share >= NEARLY_ALL, share >= MOST, share.notna()],
        [Carry.CARRIED, Carry.DOUBTFUL, Carry.SPLIT],
        Carry.NOWHERE,
    )
    carried = carried.assign(
        what=what,
        new_id=carried["old_id"].map(best["new_id"]).where(share >= MOST),
        share=share.fillna(0.0),
        others=[others.get(old_id, ()) for old_id in carried["old_id"]],
    )
    fresh = sorted({*new["neighbourhood_id"]} - {*carried["new_id"].dropna()})
    return Merge(carried=carried, shares=shares, fresh=tuple(fresh))


def _shares(old: GeoDataFrame, new: GeoDataFrame) -> DataFrame:
    """Return the shares of every pair that has one, the largest of each old one first."""
    before = _sound(to_metric(old)).rename(columns={"neighbourhood_id": "old_id"})
    after = _sound(new.to_crs(before.crs)).rename(columns={"neighbourhood_id": "new_id"})
    before["old_m2"], after["new_m2"] = before.area, after.area
    both = gpd.overlay(before, after, how="intersection", keep_geom_type=True)
    shares = DataFrame(both[["old_id", "new_id"]]).assign(
        area_m2=both.area,
        share_of_old=both.area / both["old_m2"],
        share_of_new=both.area / both["new_m2"],
    )
    shares = shares[shares["share_of_old"] >= LEAST_SHARE]
    order = ["old_id", "share_of_old", "new_id"]
    return shares.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _sound(areas: GeoDataFrame) -> GeoDataFrame:
    areas = areas[located(areas.geometry)]
    return GeoDataFrame(
        {"neighbourhood_id": areas["neighbourhood_id"].astype("str")},
        geometry=repair(areas.geometry)[0],
    )
