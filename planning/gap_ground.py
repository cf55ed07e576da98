"""The ward that gaps are looked for in, and what every kind of gap tells of its households."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.crs import metric_crs
from geo.placing import located
from geo.terms import STORED_CRS
from planning.coverage import Status
from planning.gap_places import nearest_street, nowhere, whereabouts
from planning.local_clusters import Numbers, usual_distance_m

COLUMNS = (
    *("gap_id", "rank", "kind", "area", "name", "areas", "households", "unreached"),
    *("share_reached", "share_expected", "excess", "p", "low", "high", "distance_m", "within_m"),
    *("street", "alley", "number_from", "number_to", "on_street", "others", "lat", "lon"),
    *("household_ids", "members", "unassigned"),
)
# Around each household of a gap, as a share of the distance within which they are neighbours.
DRAWN_AROUND = 0.6
CORNER_SEGMENTS = 4
EXCESS_DECIMALS, SHARE_DECIMALS = 3, 6


class GapKind(StrEnum):
    """What kind of gap."""

    BEHIND = "behind"
    CLUSTER = "cluster"
    FAR = "far"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """The concerned households, in the order of their ids, with what all three kinds of gap ask of them.

    `left`: not reached; `located`: has a point; `metric`: the points on the plane of `crs`; `spots`: x and y of the
    located ones; `names` of the neighbourhoods; `bases`: x and y of members' homes.
    """

    homes: GeoDataFrame
    left: Series
    located: Series
    metric: GeoSeries
    spots: Numbers
    crs: Any
    names: dict[str, str]
    bases: Numbers
    streets: GeoDataFrame
    within_m: float

    @classmethod
    def of(
        cls,
        households: GeoDataFrame,
        places: DataFrame,
        bases: GeoSeries,
        streets: GeoDataFrame,
        *,
        within_m: float | None,
    ) -> "Ward":
        """Measure a ward; without `within_m`, neighbours are those within the usual distance."""
        homes = households[households["concerned"]].sort_values("household_id", ignore_index=True)
        there = located(homes.geometry)
        crs = metric_crs(homes[there]) if there.any() else homes.crs
        metric = homes.geometry.to_crs(crs)
        spots = shapely.get_coordinates(metric[there].to_numpy())
        known = bases[located(bases)].to_crs(crs)
        return cls(
            homes=homes,
            left=homes["status"] != Status.REACHED,
            located=there,
            metric=metric,
            spots=spots,
            crs=crs,
            names=dict(zip(places["neighbourhood_id"], places["name"], strict=True)),
            bases=shapely.get_coordinates(known.to_numpy()),
            streets=streets.to_crs(crs),
            within_m=within_m or usual_distance_m(spots),
        )


def gap_row(
    ward: Ward, kind: GapKind, key: str, inside: Series, *, expected: float | None
) -> dict[str, Any]:
    """Return what every kind tells of the households `inside`; `expected`: the share reached elsewhere."""
    homes, left = ward.homes[inside], ward.homes[inside & ward.left]
    of_place = left["neighbourhood_id"].value_counts()
    ordered = sorted(of_place.index, key=lambda place: (-of_place[place], place))
    area = str(ordered[0]) if ordered else None
    share = 1 - len(left) / len(homes)
    charge = left["member_id"].value_counts()
    return {
        **dict.fromkeys(COLUMNS),
        "gap_id": f"{kind}-{key}",
        "kind": str(kind),
        "area": area,
        "name": ward.names.get(str(area)),
        "areas": [str(place) for place in ordered],
        "households": len(homes),
        "unreached": len(left),
        "share_reached": round(share, SHARE_DECIMALS),
        "share_expected": None if expected is None else round(expected, SHARE_DECIMALS),
        "excess": 0.0
        if expected is None
        else round((expected - share) * len(homes), EXCESS_DECIMALS),
        "within_m": ward.within_m,
        "household_ids": [str(one) for one in left["household_id"]],
        "members": [
            {"member_id": str(member), "households": int(charge[member])}
            for member in sorted(charge.index, key=lambda one: (-charge[one], one))
        ],
        "unassigned": int(left["member_id"].isna().sum()),
        "geometry": None,
    }


def drawn(ward: Ward, homes: GeoDataFrame) -> dict[str, Any]:
    """Return where some households are: in words, as a point in degrees, and what to draw around them."""
    shape = around(ward, homes)
    spot = shapely.MultiPoint(list(ward.metric[homes.index])).centroid
    point = GeoSeries([spot], crs=ward.crs).to_crs(STORED_CRS).iloc[0]
    told = whereabouts(homes)
    if told["street"] is None and told["alley"] is None:
        told = nowhere(nearest_street(spot, ward.streets))
    return {**told, "lat": round(point.y, 6), "lon": round(point.x, 6), "geometry": shape}


def around(ward: Ward, homes: GeoDataFrame) -> Any:
    """Return what to draw around some households, on the plane."""
    points = ward.metric[homes.index].to_numpy()
    discs = shapely.buffer(points, DRAWN_AROUND * ward.within_m, quad_segs=CORNER_SEGMENTS)
    return shapely.union_all(discs)
