"""Where no boundary exists: neighbourhoods estimated from the names in the list of households.

The ground nearest to a household counts for its neighbourhood (Voronoi cells, joined by name). An
estimate says so (`estimated`); it is no boundary that anybody decided.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series
from scipy.spatial import KDTree

from geo.assembling import HAIR_M, clean_coverage
from geo.counts import clean, place_key
from geo.placing import located
from geo.plane import Plane

# Without a ward, no ground farther from every household is estimated.
REACH_M = 200.0
# A household none of whose so many nearest has its name was probably written down wrong.
NEAREST = 4


class Stray(StrEnum):
    """Why a household does not speak for the ground around it."""

    OUTVOTED = "household_outvoted"  # its nearest all name other neighbourhoods
    ON_ONE_POINT = "households_on_one_point"  # of which more name another neighbourhood
    OUTSIDE = "household_outside_ward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Estimated neighbourhoods.

    zones
        `name` (as most households write it), `households` (that speak for it), `estimated` (true),
        geometry in the coordinate system of the households; they meet exactly and share no ground.
    strays
        `household_id`, `what` (a `Stray`), `name`.
    """

    zones: GeoDataFrame
    strays: DataFrame


def estimate_areas(
    households: GeoDataFrame, *, ward: Any = None, reach_m: float = REACH_M
) -> Estimated:
    """Return the neighbourhoods that the households with a point and a name make likely.

    Parameters
    ----------
    households
        `household_id`, `neighbourhood_given`, points.
    ward
        The area to fill, in the coordinate system of the households; null: the ground within
        `reach_m` of a household.
    """
    speaking = households[located(households.geometry) & households["neighbourhood_given"].notna()]
    speaking = speaking.sort_values("household_id")
    plane = Plane(speaking.geometry)
    names = speaking["neighbourhood_given"].map(clean)
    voices = DataFrame(
        {"key": names.map(place_key), "name": names, "id": speaking["household_id"]}
    ).assign(point=plane.metric.to_numpy())
    ground = _ground(voices["point"], None if ward is None else plane.there(ward), reach_m)
    what = _strays(voices, ground)
    heard = voices[what.isna()]
    keys, shapes = _areas(heard, ground)
    written = heard.groupby("key")["name"].agg(lambda said: said.value_counts().index[0])
    zones = GeoDataFrame(
        {
            "name": [written[key] for key in keys],
            "households": heard["key"].value_counts().reindex(keys).to_numpy(),
            "estimated": True,
        },
        geometry=plane.back(shapes),
    )
    strays = voices.loc[what.notna(), ["id", "name"]].rename(columns={"id": "household_id"})
    return Estimated(zones=zones, strays=strays.assign(what=what).reset_index(drop=True))


def _ground(points: Series, ward: Any, reach_m: float) -> Any:
    if ward is not None:
        return ward
    return shapely.union_all(shapely.buffer(points.to_numpy(), reach_m))


def _strays(voices: DataFrame, ground: Any) -> Series:
    """Return why a household is not heard, null for the others."""
    outside = ~shapely.intersects(ground, voices["point"].to_numpy())
    on_point = voices.groupby(shapely.to_wkb(voices["point"].to_numpy()))["key"]
    loudest = on_point.transform(lambda keys: keys.value_counts().sort_index().idxmax())
    drowned = voices["key"] != loudest
    alone = _alone(voices.assign(heard=~outside & ~drowned))
    what = np.select(
        [outside, drowned, alone], [Stray.OUTSIDE, Stray.ON_ONE_POINT, Stray.OUTVOTED], ""
    )
    return Series(what, voices.index, dtype="str").replace("", None)


def _alone(voices: DataFrame) -> Any:
    """Return which households are not of the neighbourhood of any of their nearest.

    A neighbourhood of so few households that nobody can be near is heard all the same.
    """
    heard = voices[voices["heard"]].drop_duplicates(["point"])
    places = shapely.get_coordinates(heard["point"].to_numpy())
    nearest = (
        KDTree(places).query(places, k=min(NEAREST + 1, len(places)))[1].reshape(len(places), -1)
    )
    keys = heard["key"].to_numpy(object)
    alone = ~(keys[nearest[:, 1:]] == keys[:, None]).any(axis=1)
    common = heard["key"].map(heard["key"].value_counts()) > 1
    lone = heard.loc[alone & common.to_numpy(), "point"]
    return voices["point"].isin(lone) & voices["heard"]


def _areas(heard: DataFrame, ground: Any) -> tuple[list[str], list[Any]]:
    """Return the neighbourhoods and their areas, meeting exactly."""
    points = heard.drop_duplicates("point")
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            shapely.multipoints(points["point"].to_numpy()), extend_to=ground, ordered=True
        )
    )
    of_key = points["key"].to_numpy(object)
    keys = sorted({*of_key})
    joined = [shapely.union_all(cells[of_key == key]) for key in keys]
    clipped = shapely.intersection(joined, ground)
    whole = clean_coverage(clipped, HAIR_M)
    return keys, [*whole]
