"""The streets of the made-up ward: main and bank roads, bridges, streets around blocks, alleys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import geopandas as gpd
import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import LineString, Point, Polygon

from data.samples.cutting import Weights, cut, spread
from data.samples.ground import SMALL_BRIDGES, VILLAGE_PER_HA, Ground, Zone, homes_per_ha
from data.samples.lanes import MANNERS, lay_lanes
from data.samples.quarters import GRID_M, M2_PER_HA, Quarters, faces_between


class StreetKind(StrEnum):
    """What a street is; an alley (kiệt) runs into a town's block, a lane into a village's."""

    MAIN = "main"
    STREET = "street"
    ALLEY = "alley"
    LANE = "lane"
    BRIDGE = "bridge"


# What a road leaves between itself and the edge of a neighbourhood that runs along it.
SLIVER_M2 = 200.0
# Blocks are cut until they are smaller, in hectares.
BLOCK_HA = {Zone.TOWN: (4.0, 8.5), Zone.EDGE: (5.0, 10.0), Zone.VILLAGE: (16.0, 30.0)}
BLOCK_BEND = {Zone.TOWN: 0.015, Zone.EDGE: 0.015, Zone.VILLAGE: 0.05}
# Metres of street for one house, and the share of a block's edge that houses can stand along.
FRONT_M = {Zone.TOWN: 9.0, Zone.EDGE: 12.5, Zone.VILLAGE: 22.5}
USED_EDGE = {Zone.TOWN: 0.8, Zone.EDGE: 0.8, Zone.VILLAGE: 0.24}
# There is room for so many times the houses that will stand there.
SPARE = 1.35
BANK_STEP_M, BRIDGE_REACH_M = 60.0, 120.0
# What is shorter, and met by nothing else, is no street.
SCRAP_M = 80.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line with what it is, before streets meet at common vertices; main roads have names."""

    kind: StreetKind
    line: LineString
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """One neighbourhood while it is being built up: its blocks and the streets between them."""

    zone: Zone
    households: int
    blocks: list[Polygon] = field(default_factory=list)
    streets: list[LineString] = field(default_factory=list)


def draw_streets(ground: Ground, quarters: Quarters, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return one row per street, in metres from the middle: kind, name (main roads), LineString.

    Streets that meet share a vertex, and every one can be reached from every other.
    """
    each = zip(quarters.shapes, quarters.zones, quarters.households.tolist(), strict=True)
    built = [_built_up(shape, Quarter(zone, count), ground, rng) for shape, zone, count in each]
    inner = [line for quarter in built for line in quarter.streets]
    lines = [*_main_roads(ground), *_bank_roads(ground), *_small_bridges(ground)]
    lines += [Drawn(StreetKind.STREET, line) for line in _dry([*quarters.borders, *inner], ground)]
    streets = _connected(lines, ground)
    lanes = [lane for quarter in built for lane in _lanes(quarter, streets, ground, rng)]
    return _met([*streets, *lanes])


def _main_roads(ground: Ground) -> list[Drawn]:
    """Return the main roads, their stretches over water apart as bridges."""
    roads = []
    for name, line in ground.roads.items():
        roads += [Drawn(StreetKind.MAIN, part, name) for part in _dry([line], ground)]
        roads += [Drawn(StreetKind.BRIDGE, part, name) for part in _over_water([line], ground)]
    return roads


def _bank_roads(ground: Ground) -> list[Drawn]:
    """Return the roads along the water where people live close together."""
    inside = shapely.intersection(ground.banks.boundary, ground.outline)
    parts = shapely.get_parts(shapely.line_merge(shapely.node(inside)))
    lines = [shapely.segmentize(part, BANK_STEP_M) for part in parts]
    return [Drawn(StreetKind.STREET, part) for line in lines for part in _crowded(line, ground)]


def _crowded(line: LineString, ground: Ground) -> list[LineString]:
    """Return the stretches of the line through places that are no garden village."""
    at = np.array(line.coords)
    keep = homes_per_ha(ground, (at[:-1] + at[1:]) / 2) >= VILLAGE_PER_HA
    edges = np.flatnonzero(np.diff(keep.astype(int), prepend=0, append=0))
    runs = zip(edges[::2], edges[1::2], strict=True)
    return [LineString(at[begin : end + 1]) for begin, end in runs if end - begin > 1]


def _small_bridges(ground: Ground) -> list[Drawn]:
    """Return short bridges between the roads on both banks."""
    bridges = []
    for water, share in SMALL_BRIDGES:
        line: LineString = getattr(ground, water)
        middle, ahead = (
            np.array(line.interpolate(share * line.length + by).coords[0]) for by in (0, 1)
        )
        across = np.array([-(ahead - middle)[1], (ahead - middle)[0]]) * BRIDGE_REACH_M
        ray = LineString([middle - across, middle + across])
        over = shapely.get_parts(shapely.intersection(ray, ground.banks))
        nearest = over[np.argmin(shapely.distance(over, Point(middle)))]
        bridges.append(Drawn(StreetKind.BRIDGE, nearest))
    return bridges


def _dry(lines: Sequence[LineString], ground: Ground) -> list[LineString]:
    """Return the parts of the lines that are not on the water or its banks."""
    parts = shapely.get_parts(shapely.difference(np.array(lines, dtype=object), ground.banks))
    return [part for part in parts if part.length > 1]


def _over_water(lines: Sequence[LineString], ground: Ground) -> list[LineString]:
    """Return the parts of the lines that are on the water or its banks."""
    parts = shapely.get_parts(shapely.intersection(np.array(lines, dtype=object), ground.banks))
    return [part for part in parts if part.length]


def _built_up(
    shape: Polygon, quarter: Quarter, ground: Ground, rng: np.random.Generator
) -> Quarter:
    """Cut a neighbourhood along main roads and water, then by streets, into its blocks."""
    land = shapely.difference(shape, ground.banks)
    for piece in faces_between([land.boundary], list(ground.roads.values())):
        if piece.area > SLIVER_M2 and land.contains(piece.representative_point()):
            _cut_block(piece, quarter, rng)
    return quarter


def _cut_block(block: Polygon, quarter: Quarter, rng: np.random.Generator) -> None:
    """Cut a block in two by a street until it is small enough, and keep it."""
    largest_m2 = M2_PER_HA * rng.uniform(*BLOCK_HA[quarter.zone])
    share = rng.uniform(0.38, 0.62)
    parted = None
    if block.area > largest_m2:
        at = spread(block, count=150)
        weights = Weights(at, np.ones(len(at)))
        parted = cut(block, weights, rng, share=share, bend=BLOCK_BEND[quarter.zone])
    if parted is None:
        quarter.blocks.append(block)
        return
    quarter.streets.append(parted.line)
    _cut_block(parted.first, quarter, rng)
    _cut_block(parted.second, quarter, rng)


def _lanes(
    quarter: Quarter, streets: list[Drawn], ground: Ground, rng: np.random.Generator
) -> list[Drawn]:
    """Return the alleys of a neighbourhood: with its streets, room enough for its households."""
    bounds = shapely.union_all(np.array(quarter.blocks))
    walkable = shapely.union_all(
        np.array([street.line for street in streets if street.line.intersects(bounds)])
    )
    shapely.prepare(walkable)
    zone = quarter.zone
    village = zone == Zone.VILLAGE
    need_m = SPARE * quarter.households * FRONT_M[zone]
    edge_m = USED_EDGE[zone] * sum(block.length for block in quarter.blocks)
    lanes = lay_lanes(
        quarter.blocks,
        walkable,
        MANNERS[zone],
        rng,
        wanted_m=(need_m - edge_m) / 2,
        centre=_village_centre(bounds, walkable, rng) if village else None,
        empty=ground.hills,
    )
    return [Drawn(StreetKind.LANE if village else StreetKind.ALLEY, lane) for lane in lanes]


def _village_centre(bounds: Polygon, walkable: shapely.Geometry, rng: np.random.Generator) -> Point:
    """Return a place on a street near the middle of the neighbourhood."""
    west, south, east, north = bounds.bounds
    aside = rng.normal(0, 0.1, 2) * [east - west, north - south]
    middle = np.array(bounds.centroid.coords[0]) + aside
    return shapely.ops.nearest_points(walkable, Point(middle))[0]


def _connected(lines: list[Drawn], ground: Ground) -> list[Drawn]:
    """Return the lines with a way, or a bridge, from each part to the largest; scraps dropped."""
    parts = _parts(lines)
    whole = shapely.union_all(parts[0])
    ways = [
        shapely.shortest_line(shapely.union_all(part), whole)
        for part in parts[1:]
        if shapely.length(part).sum() > SCRAP_M
    ]
    more = [Drawn(StreetKind.STREET, part) for part in _dry(ways, ground)]
    more += [Drawn(StreetKind.BRIDGE, part) for part in _over_water(ways, ground)]
    joined = [*lines, *more]
    kept = shapely.union_all(_parts(joined)[0])
    middles = [line.line.interpolate(0.5, normalized=True) for line in joined]
    reached = shapely.dwithin(np.array(middles), kept, GRID_M)
    return [line for line, here in zip(joined, reached, strict=True) if here]


def _parts(lines: list[Drawn]) -> list[NDArray[np.object_]]:
    """Return the connected parts of the lines, the longest first, each parted where lines meet."""
    edges, _ = _noded(lines)
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(edges, at)) for at in (0, -1)])
    _, nodes = np.unique(ends, axis=0, return_inverse=True)
    first, second = nodes.reshape(2, -1)
    size = nodes.max() + 1
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    count, part = connected_components(graph, directed=False)
    parts = [edges[part[first] == at] for at in range(count)]
    return sorted(parts, key=lambda edges: -shapely.length(edges).sum())


def _met(lines: list[Drawn]) -> gpd.GeoDataFrame:
    """Return the streets with a vertex wherever they meet."""
    edges, owner = _noded(lines)
    order = np.argsort(owner, kind="stable")
    edges, owner = edges[order], owner[order]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    rows = [
        (lines[at].kind.value, lines[at].name, part)
        for at, parts in zip(owner[starts], np.split(edges, starts[1:]), strict=True)
        for part in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    ]
    return gpd.GeoDataFrame(rows, columns=["kind", "name", "geometry"], geometry="geometry")


def _noded(lines: list[Drawn]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return the lines parted where they meet, on a common grid, and of which line each part is."""
    drawn = np.array([line.line for line in lines])
    edges = shapely.get_parts(shapely.union_all(drawn, grid_size=GRID_M))
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    return edges, shapely.STRtree(drawn).nearest(middles)
