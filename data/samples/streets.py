"""The streets of the made-up ward: main roads, bank roads and bridges, streets around blocks, alleys into them."""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
import shapely.ops
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import LineString, Point, Polygon

from data.samples.cutting import cut, spread
from data.samples.ground import SMALL_BRIDGES, Ground, homes_per_ha
from data.samples.lanes import TOWN, VILLAGE, lay_lanes
from data.samples.quarters import GRID_M, Quarters, faces_between

# Homes a hectare from which a place is town, and below which it is a garden village.
TOWN_PER_HA, VILLAGE_PER_HA = 20.0, 9.0
# What a road leaves between itself and the edge of a neighbourhood that runs along it.
SLIVER_M2 = 200.0
# Blocks are cut until they are smaller, in hectares: town, its edge, village.
BLOCK_HA = {"town": (3.6, 7.5), "edge": (5.0, 10.0), "village": (16.0, 30.0)}
# Metres of street for one house, on one side.
FRONT_M = {"town": 9.0, "edge": 12.5, "village": 22.5}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line with what it is, before streets meet at common vertices."""

    kind: str
    line: LineString
    name: str = ""


@dataclass(slots=True)
class Quarter:
    """One neighbourhood while it is being built up: its blocks and the streets between them."""

    zone: str
    households: int
    blocks: list[Polygon] = field(default_factory=list)
    streets: list[LineString] = field(default_factory=list)


def draw_streets(ground: Ground, quarters: Quarters, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return one row per street, in metres from the middle: kind, name (main roads), LineString.

    Streets that meet share a vertex, and every one can be reached from every other.
    """
    built = [
        _blocks(shape, int(households), ground, rng)
        for shape, households in zip(quarters.shapes, quarters.households, strict=True)
    ]
    lines = [*_main_roads(ground), *_bank_roads(ground), *_small_bridges(ground)]
    lines += [Drawn("street", line) for line in _dry(quarters.borders, ground)]
    lines += [Drawn("street", line) for quarter in built for line in _dry(quarter.streets, ground)]
    lines = _reachable(lines)
    lines += [Drawn(*lane) for quarter in built for lane in _lanes(quarter, lines, ground, rng)]
    return _met(lines)


def zone_of(per_ha: float) -> str:
    """Return whether so many homes a hectare are town, edge or village."""
    if per_ha >= TOWN_PER_HA:
        return "town"
    return "edge" if per_ha >= VILLAGE_PER_HA else "village"


def _main_roads(ground: Ground) -> list[Drawn]:
    """Return the main roads, their stretches over water apart as bridges."""
    roads = []
    for name, line in ground.roads.items():
        roads += [Drawn("main", part, name) for part in _dry([line], ground)]
        over = shapely.get_parts(shapely.intersection(line, ground.banks))
        roads += [Drawn("bridge", part, name) for part in over if part.length]
    return roads


def _bank_roads(ground: Ground) -> list[Drawn]:
    """Return the roads along the water where people live close together."""
    inside = shapely.intersection(ground.banks.boundary, ground.outline)
    parts = shapely.get_parts(shapely.line_merge(shapely.node(inside)))
    lines = [shapely.segmentize(part, 60) for part in parts]
    return [Drawn("street", part) for line in lines for part in _crowded(line, ground)]


def _crowded(line: LineString, ground: Ground) -> list[LineString]:
    """Return the stretches of the line through places that are no garden village."""
    at = np.array(line.coords)
    keep = homes_per_ha(ground, (at[:-1] + at[1:]) / 2) >= VILLAGE_PER_HA
    return [LineString(at[i : j + 1]) for i, j in _runs(keep) if j - i > 1]


def _runs(keep: np.ndarray) -> list[tuple[int, int]]:
    """Return where runs of True begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], keep.astype(int), [0]])))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _small_bridges(ground: Ground) -> list[Drawn]:
    """Return short bridges between the roads on both banks."""
    bridges = []
    for water, share in SMALL_BRIDGES:
        line: LineString = getattr(ground, water)
        middle, ahead = (
            np.array(line.interpolate(share * line.length + by).coords[0]) for by in (0, 1)
        )
        across = np.array([-(ahead - middle)[1], (ahead - middle)[0]])
        ray = LineString([middle - 120 * across, middle + 120 * across])
        over = shapely.get_parts(shapely.intersection(ray, ground.banks))
        bridges.append(Drawn("bridge", min(over, key=lambda part: part.distance(Point(middle)))))
    return bridges


def _dry(lines: list[LineString], ground: Ground) -> list[LineString]:
    """Return the parts of the lines that are not on the water or its banks."""
    parts = shapely.get_parts(shapely.difference(np.array(lines), ground.banks))
    return [part for part in parts if part.length > 1]


def _blocks(
    shape: Polygon, households: int, ground: Ground, rng: np.random.Generator
) -> Quarter:
    """Cut a neighbourhood along main roads and water, then by streets into blocks."""
    land = shapely.difference(shape, ground.banks)
    quarter = Quarter(zone_of(1e4 * households / land.area), households)
    for piece in faces_between([land.boundary], list(ground.roads.values())):
        if piece.area > SLIVER_M2 and land.contains(piece.representative_point()):
            _cut_block(piece, quarter, rng)
    return quarter


def _cut_block(block: Polygon, quarter: Quarter, rng: np.random.Generator) -> None:
    """Cut a block in two by a street until it is small enough, and keep it."""
    largest = 1e4 * rng.uniform(*BLOCK_HA[quarter.zone])
    at = spread(block, count=150)
    bend = 0.05 if quarter.zone == "village" else 0.015
    share = rng.uniform(0.38, 0.62)
    parted = None
    if block.area > largest:
        parted = cut(block, share, rng, at=at, weights=np.ones(len(at)), bend=bend)
    if parted is None:
        quarter.blocks.append(block)
        return
    quarter.streets.append(parted.line)
    _cut_block(parted.first, quarter, rng)
    _cut_block(parted.second, quarter, rng)


def _lanes(
    quarter: Quarter, lines: list[Drawn], ground: Ground, rng: np.random.Generator
) -> list[tuple[str, LineString]]:
    """Return the alleys of a neighbourhood: enough, with its streets, for all its households."""
    blocks = quarter.blocks
    bounds = shapely.union_all(np.array(blocks))
    near = [street.line for street in lines if street.line.intersects(bounds)]
    walkable = shapely.union_all(np.array([line for line in near if line.length]))
    shapely.prepare(walkable)
    village = quarter.zone == "village"
    centre = _village_centre(bounds, walkable, rng) if village else None
    need_m = 1.35 * quarter.households * FRONT_M[quarter.zone]
    front_m = 0.8 * sum(block.length for block in blocks)
    if centre is not None:
        front_m = 0.3 * front_m
    lanes = lay_lanes(
        blocks,
        walkable,
        VILLAGE if village else TOWN,
        rng,
        wanted_m=(need_m - front_m) / 2,
        centre=centre,
        empty=ground.hills,
    )
    return [("lane" if village else "alley", lane) for lane in lanes]


def _village_centre(
    bounds: Polygon, walkable: shapely.Geometry, rng: np.random.Generator
) -> Point:
    """Return a place on a street near the middle of the neighbourhood."""
    west, south, east, north = bounds.bounds
    aside = rng.normal(0, 0.1, 2) * [east - west, north - south]
    middle = np.array(bounds.centroid.coords[0]) + aside
    return shapely.ops.nearest_points(walkable, Point(middle))[0]


def _reachable(lines: list[Drawn]) -> list[Drawn]:
    """Return the lines of the largest connected part."""
    edges, owner = _noded(lines)
    ends = np.stack([shapely.get_coordinates(shapely.get_point(edges, at)) for at in (0, -1)])
    _, nodes = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    first, second = nodes.reshape(2, -1)
    size = nodes.max() + 1
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    largest = np.bincount(part[first]).argmax()
    keep = set(owner[part[first] == largest].tolist())
    return [line for at, line in enumerate(lines) if at in keep]


def _noded(lines: list[Drawn]) -> tuple[np.ndarray, np.ndarray]:
    """Return the lines parted where they meet, on a common grid, and of which line each part is."""
    drawn = np.array([line.line for line in lines])
    edges = shapely.get_parts(shapely.union_all(drawn, grid_size=GRID_M))
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    return edges, shapely.STRtree(drawn).nearest(middles)


def _met(lines: list[Drawn]) -> gpd.GeoDataFrame:
    """Return the streets with a vertex wherever they meet."""
    edges, owner = _noded(lines)
    order = np.argsort(owner, kind="stable")
    edges, owner = edges[order], owner[order]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    groups = np.split(edges, starts[1:])
    rows = [
        (lines[at].kind, lines[at].name, part)
        for at, group in zip(owner[starts], groups, strict=True)
        for part in shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(group))))
    ]
    return gpd.GeoDataFrame(rows, columns=["kind", "name", "geometry"], geometry="geometry")
