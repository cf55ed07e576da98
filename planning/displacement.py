"""How far volunteers would go to serve another neighbourhood: from their home to its nearest household."""

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame
from scipy.spatial import cKDTree

from geo.crs import UTM_48N, metric_crs
from geo.placing import located
from planning.zones import Bools, Floats, Ints

DECIMALS = 1


def displacement(
    people: GeoDataFrame,
    places: GeoDataFrame,
    households: GeoDataFrame,
    *,
    to: Bools,
    at_most_m: float | None = None,
    across_wards: bool = False,
) -> DataFrame:
    """Return how far each person is from each neighbourhood: `who, place, distance_m, estimated`, sorted.

    `who` is the row of `people`, `place` the row of `places`. Straight metres from the home to the nearest household
    there, to the area's outline where no household is located. Where the home is unknown, from the middle of the
    households of the own neighbourhood, and `estimated` says so. Pairs farther than `at_most_m` are left out, and so
    are unknown distances where there is such a limit; without one they are NaN.

    Parameters
    ----------
    people
        `neighbourhood_id`, `ward_code` and geometry, the home.
    places
        `neighbourhood_id`, `ward_code` and geometry, the outline; either may be missing.
    to
        Which of `places` to measure to; of them those of the person's own ward, unless `across_wards`.
    """
    crs = _metric(places.geometry, households.geometry)
    homes = _coordinates(people.geometry, crs)
    houses = _houses(places, households, crs)
    outlines = places.geometry.to_crs(crs).to_numpy()
    own = pd.Index(places["neighbourhood_id"]).get_indexer(pd.Index(people["neighbourhood_id"]))
    estimated = np.isnan(homes[:, 0])
    for place in np.unique(own[estimated & (own >= 0)]):
        homes[estimated & (own == place)] = _middle(houses[place], outlines[place])
    around = None if across_wards else people["ward_code"].to_numpy(dtype=object)
    ward = places["ward_code"].to_numpy(dtype=object)
    who, distance = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for place in np.flatnonzero(to):
        near = np.arange(len(homes)) if around is None else np.flatnonzero(around == ward[place])
        found = _ways(homes, near, houses[place], outlines[place], limit_m=at_most_m)
        who.append(found[0])
        distance.append(found[1])
    lengths = [len(one) for one in who[1:]]
    told = DataFrame(
        {
            "who": np.concatenate(who),
            "place": np.repeat(np.flatnonzero(to), lengths),
            "distance_m": np.concatenate(distance),
        }
    )
    told = told.sort_values(["who", "place"], ignore_index=True)
    return told.assign(estimated=estimated[told["who"].to_numpy()])


def _metric(*parts: GeoSeries) -> str:
    ground = GeoSeries(pd.concat(parts), crs=parts[0].crs)
    known = ground[located(ground)]
    return UTM_48N if known.empty else metric_crs(known)


def _ways(
    homes: Floats, near: Ints, houses: Floats, outline: object, *, limit_m: float | None
) -> tuple[Ints, Floats]:
    """Return who of `near` may go to one neighbourhood, and how far that is."""
    if limit_m is not None:
        near = near[~np.isnan(homes[near, 0])]
        if len(houses):
            box = (houses.min(axis=0) - limit_m, houses.max(axis=0) + limit_m)
            near = near[((homes[near] >= box[0]) & (homes[near] <= box[1])).all(axis=1)]
    away = np.full(len(near), np.nan)
    known = ~np.isnan(homes[near, 0])
    if known.any() and len(houses):
        away[known] = cKDTree(houses).query(homes[near[known]])[0]
    elif known.any():
        away[known] = shapely.distance(shapely.points(homes[near[known]]), outline)
    away = np.round(away, DECIMALS)
    kept = np.ones(len(near), dtype=bool) if limit_m is None else away <= limit_m
    return near[kept], away[kept]


def _houses(places: GeoDataFrame, households: GeoDataFrame, crs: str) -> list[Floats]:
    """Return the points of each neighbourhood's located households."""
    known = households[located(households.geometry)]
    rows = pd.Index(places["neighbourhood_id"]).get_indexer(pd.Index(known["neighbourhood_id"]))
    at = _coordinates(known.geometry, crs)
    order = np.argsort(rows, kind="stable")
    cuts = np.searchsorted(rows[order], np.arange(len(places) + 1))
    return [at[order[a:b]] for a, b in pairwise(cuts)]


def _middle(at: Floats, outline: object) -> Floats:
    if len(at):
        middle: Floats = np.median(at, axis=0)
        return middle
    if outline is None or shapely.is_empty(outline):
        return np.array([np.nan, np.nan])
    return np.asarray(shapely.get_coordinates(shapely.centroid(outline))[0])


def _coordinates(points: GeoSeries, crs: str) -> Floats:
    """Return x and y in metres, NaN where there is no point."""
    there = located(points).to_numpy()
    at = np.full((len(points), 2), np.nan)
    at[there] = shapely.get_coordinates(points[there].to_crs(crs).to_numpy())
    return at
