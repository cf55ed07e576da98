"""Houses along the streets: how far apart, how far back, on which side."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely import Polygon

from data.samples.ground import Ground, Zone
from data.samples.quarters import Counts
from data.samples.streets import StreetKind

Points = NDArray[np.float64]

# Metres of front of one house, and metres from the middle of the street to the house.
FRONT_M = {Zone.TOWN: (6.8, 10.5), Zone.EDGE: (9.5, 15.0), Zone.VILLAGE: (16.0, 27.0)}
SETBACK_M: dict[str, tuple[float, float]] = {
    StreetKind.MAIN: (10.0, 15.0),
    StreetKind.STREET: (7.0, 13.0),
    StreetKind.ALLEY: (3.5, 7.0),
    StreetKind.LANE: (5.0, 14.0),
}
# A stretch of street this long is lined with houses of one front.
STRETCH_M, ASIDE_M = 55.0, 15.0
BORDER_M, BETWEEN_M, NEAR_M = 3.2, 5.2, 90.0
# Another street is at least so much farther away than the own one.
CLEARLY_M = 0.1
# How much houses crowd together where there is more room than houses.
CROWDING = {Zone.TOWN: 0.3, Zone.EDGE: 0.6, Zone.VILLAGE: 1.2}


class NoRoomError(Exception):
    """The streets of a ward or neighbourhood have too few places for its houses."""


def possible_houses(
    streets: gpd.GeoDataFrame,
    tiles: list[Polygon],
    zones: list[Zone],
    ground: Ground,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return every place for a house, in metres: street_row, position_m, left, quarter, Point.

    Each is nearer to its own street than to any other, clear of borders, water, hills and the
    other houses.
    """
    lots = _lots(streets, tiles, zones, rng)
    at = shapely.points(_beside(streets, lots))
    lots["quarter"] = _holder(at, tiles)
    dry = ~(shapely.dwithin(at, ground.banks, BORDER_M) | shapely.within(at, ground.hills))
    good = dry & _at_own_street(at, lots["street_row"], streets) & (lots["quarter"] >= 0)
    houses = gpd.GeoDataFrame(lots[good], geometry=at[good])
    edges = np.array([tile.boundary for tile in tiles])[houses["quarter"]]
    houses = houses[shapely.distance(houses.geometry.to_numpy(), edges) >= BORDER_M]
    return houses[_not_crowded(houses)].reset_index(drop=True)


def choose_houses(
    places: gpd.GeoDataFrame, wanted: Counts, zones: list[Zone], rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return as many places as are `wanted` in each quarter, those among many others first.

    A quarter without enough room is filled, and others take the rest in proportion to their room.
    Raises `NoRoomError` where a quarter has not half the places it needs, or all have too few.
    """
    quarter = places["quarter"].to_numpy()
    counts = _fitted(wanted, np.bincount(quarter, minlength=len(wanted)))
    at = shapely.get_coordinates(places.geometry)
    company = pd.Series(cKDTree(at).query_ball_point(at, NEAR_M, return_length=True))
    crowding = np.array([CROWDING[zone] for zone in zones])[quarter]
    liking = crowding * company / company.groupby(quarter).transform("max")
    liking += rng.uniform(0, 1, len(places))
    rank = liking.groupby(quarter).rank(method="first", ascending=False)
    return places[(rank <= counts[quarter]).to_numpy()].reset_index(drop=True)


def _lots(
    streets: gpd.GeoDataFrame,
    tiles: list[Polygon],
    zones: list[Zone],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return lots along both sides of every street: street_row, left, position_m, setback_m."""
    sides = _stretches(streets)
    middles = sides.assign(position_m=sides["from_m"] + sides["length_m"] / 2, setback_m=ASIDE_M)
    quarter = _holder(shapely.points(_beside(streets, middles)), tiles)
    low, high = np.array([FRONT_M[zone] for zone in zones])[quarter].T
    fronts_m = rng.uniform(low, high)
    many = np.floor(sides["length_m"] / fronts_m + rng.uniform(0, 1, len(sides))).astype(int)
    lots = sides.loc[sides.index.repeat(many)]
    nth = lots.groupby(level=0).cumcount().to_numpy()
    share = (nth + 0.5 + rng.uniform(-0.2, 0.2, len(lots))) / many.loc[lots.index].to_numpy()
    kinds = streets["kind"].to_numpy()[lots["street_row"]]
    low, high = np.array([SETBACK_M[kind] for kind in kinds]).T
    return pd.DataFrame(
        {
            "street_row": lots["street_row"].to_numpy(),
            "left": lots["left"].to_numpy(),
            "position_m": (lots["from_m"] + share * lots["length_m"]).to_numpy(),
            "setback_m": rng.uniform(low, high),
        }
    )


def _stretches(streets: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return both sides of short stretches of all streets but bridges."""
    lined = np.flatnonzero(streets["kind"] != StreetKind.BRIDGE)
    length_m = streets.geometry.length.to_numpy()[lined]
    parts = np.ceil(length_m / STRETCH_M).astype(int)
    stretches = pd.DataFrame(
        {"street_row": np.repeat(lined, parts), "length_m": np.repeat(length_m / parts, parts)}
    )
    done_m = stretches.groupby("street_row")["length_m"].cumsum()
    stretches["from_m"] = done_m - stretches["length_m"]
    sides = stretches.loc[stretches.index.repeat(2)].reset_index(drop=True)
    return sides.assign(left=np.arange(len(sides)) % 2 == 0)


def _beside(streets: gpd.GeoDataFrame, lots: pd.DataFrame) -> Points:
    """Return the points `setback_m` beside the streets at `position_m`."""
    lines = streets.geometry.to_numpy()[lots["street_row"]]
    position_m = lots["position_m"].to_numpy()
    here, back, ahead = (
        shapely.get_coordinates(
            shapely.line_interpolate_point(lines, np.maximum(position_m + by, 0))
        )
        for by in (0.0, -1.0, 1.0)
    )
    along = (ahead - back) / np.hypot(*(ahead - back).T)[:, None]
    left = np.stack([-along[:, 1], along[:, 0]], axis=1)
    aside_m = np.where(lots["left"], 1, -1) * lots["setback_m"].to_numpy()
    return np.asarray(here + left * aside_m[:, None])


def _holder(at: NDArray[np.object_], tiles: list[Polygon]) -> NDArray[np.int64]:
    """Return which tile holds each point, -1 for none."""
    holder = np.full(len(at), -1)
    point, tile = shapely.STRtree(tiles).query(at, predicate="intersects")
    holder[point] = tile
    return holder


def _at_own_street(
    at: NDArray[np.object_], own: pd.Series, streets: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Return which points are clearly nearer to their own street than to any other."""
    lines = streets.geometry.to_numpy()
    reach_m = shapely.distance(at, lines[own]) + CLEARLY_M
    point, _ = shapely.STRtree(lines).query(at, predicate="dwithin", distance=reach_m)
    return np.asarray(np.bincount(point, minlength=len(at)) == 1)


def _not_crowded(houses: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which houses to keep so that none stands on another."""
    tree = cKDTree(shapely.get_coordinates(houses.geometry))
    pairs = np.sort(tree.query_pairs(BETWEEN_M, output_type="ndarray"), axis=1)
    keep = np.ones(len(houses), dtype=bool)
    for first, second in pairs[np.lexsort(pairs.T[::-1])]:
        keep[second] &= not keep[first]
    return keep


def _fitted(wanted: Counts, room: Counts) -> Counts:
    """Return the wanted counts, what does not fit moved to where there is room."""
    if wanted.sum() > room.sum() or (2 * room < wanted).any():
        raise NoRoomError
    counts = np.minimum(wanted, room)
    while (left := int(wanted.sum() - counts.sum())) > 0:
        spare = room - counts
        more = np.minimum(spare, np.ceil(left * spare / spare.sum()).astype(np.int64))
        over = np.maximum(np.cumsum(more) - left, 0)
        counts = counts + np.maximum(more - over, 0)
    return counts
