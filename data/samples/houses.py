"""Houses along the streets of the made-up ward: how far apart, how far back, on which side, with which number."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely import Polygon

from data.samples.ground import Ground
from data.samples.streets import zone_of

Points = NDArray[np.float64]

# Metres of front of one house, and metres from the middle of the street to the house.
FRONT_M = {"town": (6.8, 10.5), "edge": (9.5, 15.0), "village": (16.0, 27.0)}
SETBACK_M = {"main": (10.0, 15.0), "street": (7.0, 13.0), "alley": (3.5, 7.0), "lane": (5.0, 14.0)}
# A stretch of street this long is lined with houses of one front.
STRETCH_M = 55.0
BORDER_M, BETWEEN_M, NEAR_M = 3.2, 5.2, 90.0
# How much houses crowd together where there is more room than houses.
CROWDING = {"town": 0.3, "edge": 0.6, "village": 1.2}


def possible_houses(
    streets: gpd.GeoDataFrame, tiles: list[Polygon], zones: list[str], ground: Ground, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return every place for a house, in metres: street (row of `streets`), position_m, left, quarter, Point.

    Each is nearer to its own street than to any other, clear of borders, water, hills and other houses.
    """
    lots = _lots(streets, tiles, zones, rng)
    at = shapely.points(_beside(streets, lots))
    lots["quarter"] = _holder(at, tiles)
    nearest = shapely.STRtree(streets.geometry.to_numpy()).nearest(at)
    dry = ~(shapely.dwithin(at, ground.banks, BORDER_M) | shapely.within(at, ground.hills))
    good = dry & (nearest == lots["street"]) & (lots["quarter"] >= 0)
    houses = gpd.GeoDataFrame(lots[good], geometry=at[good])
    edges = np.array([tile.boundary for tile in tiles])[houses["quarter"]]
    houses = houses[shapely.distance(houses.geometry.to_numpy(), edges) >= BORDER_M]
    return houses[_not_crowded(houses, rng)].reset_index(drop=True)


def choose_houses(
    places: gpd.GeoDataFrame, wanted: NDArray[np.int64], zones: list[str], rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return as many places as households are `wanted` in each quarter, those among many others first.

    A quarter without enough room is filled, and the others take the rest in proportion.
    """
    room = np.bincount(places["quarter"], minlength=len(wanted))
    counts = _fitted(wanted, room)
    at = shapely.get_coordinates(places.geometry)
    tree = cKDTree(at)
    company = tree.query_ball_point(at, NEAR_M, return_length=True)
    crowding = np.array([CROWDING[zone] for zone in zones])[places["quarter"]]
    most = pd.Series(company).groupby(places["quarter"].to_numpy()).transform("max").to_numpy()
    liking = crowding * company / most + rng.uniform(0, 1, len(places))
    rank = pd.Series(-liking).groupby(places["quarter"].to_numpy()).rank(method="first")
    chosen = rank.to_numpy() <= counts[places["quarter"]]
    return places[chosen].reset_index(drop=True)


def _lots(
    streets: gpd.GeoDataFrame, tiles: list[Polygon], zones: list[str], rng: np.random.Generator
) -> pd.DataFrame:
    """Return lots along both sides of every street: street, position_m, left, setback_m."""
    lined = np.flatnonzero(streets["kind"] != "bridge")
    length_m = streets.geometry.length.to_numpy()[lined]
    parts = np.ceil(length_m / STRETCH_M).astype(int)
    stretches = pd.DataFrame({"street": np.repeat(lined, parts), "length_m": np.repeat(length_m / parts, parts)})
    stretches["from_m"] = stretches.groupby("street")["length_m"].cumsum() - stretches["length_m"]
    sides = stretches.loc[stretches.index.repeat(2)].reset_index(drop=True)
    sides["left"] = np.arange(len(sides)) % 2 == 0
    sides["position_m"] = sides["from_m"] + sides["length_m"] / 2
    sides["setback_m"] = 15.0
    quarter = _holder(shapely.points(_beside(streets, sides)), tiles)
    low, high = np.array([FRONT_M[zone] for zone in zones])[quarter].T
    many = np.floor(sides["length_m"] / rng.uniform(low, high) + rng.uniform(0, 1, len(sides))).astype(int)
    lots = sides.loc[sides.index.repeat(many)]
    order = lots.groupby(level=0).cumcount().to_numpy()
    share = (order + 0.5 + rng.uniform(-0.2, 0.2, len(lots))) / many.loc[lots.index].to_numpy()
    position_m = lots["from_m"] + share * lots["length_m"]
    low, high = np.array([SETBACK_M[kind] for kind in streets["kind"].to_numpy()[lots["street"]]]).T
    setback_m = rng.uniform(low, high)
    return lots[["street", "left"]].assign(position_m=position_m, setback_m=setback_m).reset_index(drop=True)


def _beside(streets: gpd.GeoDataFrame, lots: pd.DataFrame) -> Points:
    """Return the points `setback_m` beside the streets at `position_m`."""
    lines = streets.geometry.to_numpy()[lots["street"]]
    position_m = lots["position_m"].to_numpy()
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines, position_m))
    back, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, np.maximum(position_m + by, 0)))
        for by in (-1.0, 1.0)
    )
    along = (ahead - back) / np.hypot(*(ahead - back).T)[:, None]
    left = np.stack([-along[:, 1], along[:, 0]], axis=1)
    aside_m = np.where(lots["left"], 1, -1) * lots["setback_m"].to_numpy()
    return here + left * aside_m[:, None]


def _holder(at: NDArray[np.object_], tiles: list[Polygon]) -> NDArray[np.int64]:
    """Return which tile holds each point, -1 for none."""
    holder = np.full(len(at), -1)
    point, tile = shapely.STRtree(tiles).query(at, predicate="intersects")
    holder[point] = tile
    return holder


def _not_crowded(houses: gpd.GeoDataFrame, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return which houses to keep so that none stands on another."""
    pairs = cKDTree(shapely.get_coordinates(houses.geometry)).query_pairs(BETWEEN_M, output_type="ndarray")
    pairs = np.sort(pairs, axis=1)
    keep = np.ones(len(houses), dtype=bool)
    for first, second in pairs[np.lexsort(pairs.T[::-1])]:
        keep[second] &= not keep[first]
    return keep


def _fitted(wanted: NDArray[np.int64], room: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the wanted counts, what does not fit moved where there is room."""
    counts = np.minimum(wanted, room)
    while (left := int(wanted.sum() - counts.sum())) > 0:
        spare = room - counts
        if not spare.sum():
            raise ValueError("there are more households than places for a house")
        more = np.minimum(spare, np.ceil(left * spare / spare.sum()).astype(np.int64))
        last = np.searchsorted(np.cumsum(more), left)
        more[last + 1 :] = 0
        more[last] -= more.sum() - left
        counts = counts + more
    return counts
