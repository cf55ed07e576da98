"""Names of neighbourhoods and streets, numbers of houses: 12 kiệt 45/3 Lê Lợi, or a mere hamlet."""

from collections.abc import Iterator
from itertools import chain

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from data.samples.ground import Ground, Zone
from data.samples.names import BRIDGES, STREETS, VILLAGES
from data.samples.streets import StreetKind

Words = NDArray[np.object_]

PLACE, ALLEY = "Tổ dân phố ", "Kiệt "
# A house number for every so many metres of street.
LOT_M = 6.0
TOUCHING_M = 0.03
# Alleys leave alleys that leave alleys, so many times at most.
MOST_TURNS = 8
ENDLESS = 100_000


def name_neighbourhoods(zones: list[Zone], rng: np.random.Generator) -> list[str]:
    """Return `Tổ dân phố 1` and so on in order; garden villages keep the village's name."""
    villages = iter(rng.permutation(VILLAGES).tolist())
    names = []
    number = 0
    for zone in zones:
        village = next(villages, None) if zone == Zone.VILLAGE else None
        number += village is None
        names.append(f"{PLACE}{village or number}")
    return names


def name_streets(
    streets: gpd.GeoDataFrame,
    ground: Ground,
    neighbourhoods: gpd.GeoDataFrame,
    rng: np.random.Generator,
) -> gpd.GeoDataFrame:
    """Return the streets with `name`, `street` (of which an alley is part), `alley` and `from_m`.

    Main roads now run as `ground` draws them, `from_m` being where on the whole road a stretch
    begins; alleys run from the street they leave. `neighbourhoods` has `name`, `zone` and polygons.
    """
    turned = _turned(streets, ground)
    kind = turned["kind"].to_numpy(dtype=str)
    place, rural = _places(turned, neighbourhoods)
    street = turned["name"].to_numpy(dtype=object).copy()
    length_m = turned.geometry.length.to_numpy()

    def give(where: NDArray[np.bool_], names: Iterator[str]) -> None:
        at = np.flatnonzero(where & (street == ""))
        longest_first = at[np.argsort(-length_m[at], kind="stable")]
        street[longest_first] = [next(names) for _ in longest_first]

    give(kind == StreetKind.BRIDGE, chain(BRIDGES, _numbered("Cầu số")))
    give((kind == StreetKind.STREET) & ~rural, _town_names(rng))
    give((kind == StreetKind.STREET) & rural, _numbered("Liên thôn"))
    for village in dict.fromkeys(place[kind == StreetKind.LANE].tolist()):
        hamlets = (f"{name} {village}" for name in _numbered("Xóm"))
        give((kind == StreetKind.LANE) & (place == village), hamlets)
    named = _with_alleys(turned.assign(street=street, alley="", from_m=_begins(turned, ground)))
    return named.assign(name=_shown(named, turned["name"]))


def number_houses(houses: gpd.GeoDataFrame, streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the houses with `street`, `alley` and `house_number`; hamlets have no numbers."""
    own = streets.iloc[houses["street_row"]].reset_index(drop=True)
    number = _lot(own["from_m"] + houses["position_m"].to_numpy(), houses["left"].to_numpy())
    address = own["street"] + "/" + own["alley"] + "/" + number.astype(str)
    again = address.groupby(address).cumcount()
    letter = again.map(lambda nth: "" if nth == 0 else chr(ord("A") + (nth - 1) % 26))
    numbered = (number.astype(str) + letter).where(own["kind"] != StreetKind.LANE)
    return houses.assign(
        street=own["street"].to_numpy(),
        alley=own["alley"].where(own["alley"] != "").to_numpy(),
        house_number=numbered.to_numpy(),
    )


def _turned(streets: gpd.GeoDataFrame, ground: Ground) -> gpd.GeoDataFrame:
    """Return the streets with each main road running one way all along."""
    lines = streets.geometry.to_numpy().copy()
    for at, name in enumerate(streets["name"]):
        if name:
            first, last = (
                ground.roads[name].project(shapely.get_point(lines[at], end)) for end in (0, -1)
            )
            lines[at] = lines[at] if first <= last else shapely.reverse(lines[at])
    return streets.set_geometry(gpd.GeoSeries(lines, index=streets.index))


def _places(
    streets: gpd.GeoDataFrame, neighbourhoods: gpd.GeoDataFrame
) -> tuple[Words, NDArray[np.bool_]]:
    """Return for each street the name of the place it lies in, and whether that is a village."""
    middles = streets.geometry.interpolate(0.5, normalized=True).to_numpy()
    tiles: list[Polygon] = neighbourhoods.geometry.tolist()
    _, tile = shapely.STRtree(tiles).query_nearest(middles, all_matches=False)
    names = neighbourhoods["name"].str.removeprefix(PLACE).to_numpy(dtype=object)
    return names[tile], (neighbourhoods["zone"] == Zone.VILLAGE).to_numpy()[tile]


def _begins(streets: gpd.GeoDataFrame, ground: Ground) -> list[float]:
    """Return how far along its main road each stretch begins, 0 for other streets."""
    return [
        ground.roads[name].project(shapely.get_point(line, 0)) if name else 0.0
        for name, line in zip(streets["name"], streets.geometry, strict=True)
    ]


def _town_names(rng: np.random.Generator) -> Iterator[str]:
    """Yield names of streets; numbered ones when the known ones are used up."""
    yield from rng.permutation(STREETS).tolist()
    yield from _numbered("Mẫu An")


def _numbered(word: str) -> Iterator[str]:
    return (f"{word} {number}" for number in range(1, ENDLESS))


def _with_alleys(named: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the streets with each alley named after the number where it leaves its street."""
    lines = named.geometry.to_numpy().copy()
    street = named["street"].to_numpy(dtype=object).copy()
    alley = named["alley"].to_numpy(dtype=object).copy()
    from_m = named["from_m"].to_numpy()
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    end, touched = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=TOUCHING_M)
    row, last = end % len(lines), end >= len(lines)
    taken: set[str] = set()
    for _ in range(MOST_TURNS):
        known = street != ""
        for at in np.flatnonzero(~known).tolist():
            leaves = np.flatnonzero((row == at) & known[touched])
            if not len(leaves):
                continue
            parent = touched[leaves[0]]
            if last[leaves[0]]:
                lines[at] = shapely.reverse(lines[at])
            street[at] = street[parent]
            number = _number_at(lines[parent], lines[at], from_m[parent])
            while (name := _alley(alley[parent], number)) + street[at] in taken:
                number += 2
            alley[at] = name
            taken.add(name + street[at])
    return named.assign(street=street, alley=alley).set_geometry(gpd.GeoSeries(lines, named.index))


def _alley(parent: str, number: int) -> str:
    """Return `Kiệt 45` off a street, `Kiệt 45/3` off that alley."""
    return f"{parent}/{number}" if parent else f"{ALLEY}{number}"


def _number_at(parent: LineString, line: LineString, from_m: float) -> int:
    """Return the house number at which a line leaves its parent."""
    place_m = parent.project(shapely.get_point(line, 0))
    behind, ahead = (parent.interpolate(max(place_m + by, 0)) for by in (-1, 1))
    along = np.array([ahead.x - behind.x, ahead.y - behind.y])
    aside = np.array(line.coords[1]) - np.array(line.coords[0])
    left = np.array([along[0] * aside[1] - along[1] * aside[0] > 0])
    return int(_lot(pd.Series([from_m + place_m]), left).iloc[0])


def _lot(place_m: pd.Series, left: NDArray[np.bool_]) -> pd.Series:
    """Return house numbers: odd on the left, even on the right."""
    return pd.Series(2 * (place_m // LOT_M).astype(int).to_numpy() + np.where(left, 1, 2))


def _shown(named: gpd.GeoDataFrame, main_road: pd.Series) -> pd.Series:
    """Return the name on the sign: the street's, the alley's, the bridge's."""
    shown = (named["alley"] + " " + named["street"]).str.strip()
    bridge = (named["kind"] == StreetKind.BRIDGE) & (main_road != "")
    return pd.Series(shown.where(~bridge, "Cầu " + shown))
