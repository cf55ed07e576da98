"""Share the ground among neighbourhoods bounded by water, main roads and streets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from data.samples.cutting import Weights, cut, lengthened, spread
from data.samples.ground import VILLAGE_PER_HA, Ground, Zone, homes_per_ha, zone_of

Counts = NDArray[np.int64]

# Lines nearer than this are one line: all crossings become common vertices on this grid.
GRID_M = 0.01
M2_PER_HA = 10_000
HOUSEHOLDS_EACH = 333
FEWEST_NEIGHBOURHOODS = 2
SMALLEST, LARGEST = 120 / HOUSEHOLDS_EACH, 650 / HOUSEHOLDS_EACH
# The spread of ln(households): median 310 and mean 333.
SPREAD = 0.38
# A part with room for less than this share of a neighbourhood joins the one beside it.
LEAST_SHARE = 0.7
# A metre of border along water joins neighbours less than a metre along a road.
WATER_JOINS = 0.02
TOWN_BEND, VILLAGE_BEND = 0.012, 0.05
ROWS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarters:
    """Neighbourhoods that tile the ground, row by row from the north, and the streets between them.

    `households` is how many each shall have, and `zones` how people live there.
    """

    shapes: list[Polygon]
    households: Counts
    zones: list[Zone]
    borders: list[LineString]


def share_ground(ground: Ground, households: int, rng: np.random.Generator) -> Quarters:
    """Return the neighbourhoods of the ward: one for every 333 households, two at least."""
    count = max(FEWEST_NEIGHBOURHOODS, round(households / HOUSEHOLDS_EACH))
    parts = _joined(_between_roads(ground), ground, count)
    room = np.array([_room(part, ground) for part in parts])
    sharing = zip(parts, _parts_of(count, room), _parts_of(households, room), strict=True)
    shapes: list[Polygon] = []
    sizes: list[int] = []
    borders: list[LineString] = []
    for part, many, total in sharing:
        wanted = _sizes(int(total), int(many), households / count, rng)
        sizes += wanted.tolist()
        shapes += _cut_up(part, wanted, ground, borders, rng)
    order = _reading_order(shapes)
    shapes, sizes = [shapes[at] for at in order], [sizes[at] for at in order]
    return Quarters(
        shapes=shapes,
        households=np.array(sizes),
        zones=[_zone(*each, ground) for each in zip(shapes, sizes, strict=True)],
        borders=borders,
    )


def tiles(ground: Ground, quarters: Quarters) -> list[Polygon]:
    """Return the neighbourhoods with the same vertices on both sides of every shared edge."""
    through = [lengthened(line) for line in ground.lines()]
    lines = [ground.outline.exterior, *through, *quarters.borders]
    noded = shapely.union_all(np.array(lines), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = shapely.point_on_surface(faces)
    face, owner = shapely.STRtree(quarters.shapes).query(inside, predicate="intersects")
    return [
        shapely.coverage_union_all(faces[face[owner == at]]) for at in range(len(quarters.shapes))
    ]


def faces_between(
    fixed: Sequence[shapely.Geometry], crossing: Sequence[LineString]
) -> list[Polygon]:
    """Return the faces that lines enclose; those `crossing` may end just on others."""
    lines = [*fixed, *(lengthened(line) for line in crossing)]
    return list(shapely.get_parts(shapely.polygonize([shapely.unary_union(lines)])))


def _between_roads(ground: Ground) -> list[Polygon]:
    """Return the parts of the ground between water and main roads."""
    faces = faces_between([ground.outline.exterior], ground.lines())
    return [face for face in faces if ground.outline.contains(face.representative_point())]


def _room(part: Polygon, ground: Ground) -> float:
    """Return about how many households the part has room for."""
    return float(homes_per_ha(ground, spread(part)).mean() * part.area / M2_PER_HA)


def _joined(parts: list[Polygon], ground: Ground, count: int) -> list[Polygon]:
    """Join small parts to the neighbour they share most border with until each is big enough."""
    water = shapely.union(ground.river, ground.canal).buffer(1)
    parts = list(parts)
    rooms = [_room(part, ground) for part in parts]
    least = LEAST_SHARE * sum(rooms) / count
    while len(parts) > 1 and (len(parts) > count or min(rooms) < least):
        small = int(np.argmin(rooms))
        part, room = parts.pop(small), rooms.pop(small)
        shared = shapely.intersection(part.exterior, np.array(parts))
        wet_m = shapely.length(shapely.intersection(shared, water))
        at = int(np.argmax(shapely.length(shared) - (1 - WATER_JOINS) * wet_m))
        parts[at] = shapely.union(parts[at], part)
        rooms[at] += room
    return parts


def _parts_of(total: int, weights: NDArray[np.float64]) -> Counts:
    """Return whole numbers of 1 or more, in proportion to the weights, that add up to the total."""
    exact = (total - len(weights)) * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    left = total - len(weights) - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return np.asarray(whole + 1)


def _sizes(total: int, count: int, usual: float, rng: np.random.Generator) -> Counts:
    """Return `count` lognormal sizes adding up to `total`, none far from what is usual."""
    sizes = rng.lognormal(0, SPREAD, count)
    for _ in range(20):
        sizes = np.clip(sizes * total / sizes.sum(), SMALLEST * usual, LARGEST * usual)
    return _parts_of(total, sizes)


def _cut_up(
    part: Polygon,
    sizes: Counts,
    ground: Ground,
    borders: list[LineString],
    rng: np.random.Generator,
) -> Iterator[Polygon]:
    """Yield one neighbourhood a size, cut from the part; the cuts are added to `borders`."""
    if len(sizes) == 1:
        yield part
        return
    at = spread(part)
    weights = Weights(at, homes_per_ha(ground, at))
    half = len(sizes) // 2
    share = float(sizes[:half].sum() / sizes.sum())
    bend = TOWN_BEND if weights.each.mean() > VILLAGE_PER_HA else VILLAGE_BEND
    parted = cut(part, weights, rng, share=share, bend=bend)
    if parted is None:
        raise ArithmeticError("no line parts the ground")
    borders.append(parted.line)
    yield from _cut_up(parted.first, sizes[:half], ground, borders, rng)
    yield from _cut_up(parted.second, sizes[half:], ground, borders, rng)


def _reading_order(shapes: list[Polygon]) -> list[int]:
    """Return the shapes' positions row by row from the north, each row from west to east."""
    middles = np.array([shape.centroid.coords[0] for shape in shapes])
    edges = np.linspace(middles[:, 1].min(), middles[:, 1].max(), ROWS)
    rows = np.digitize(middles[:, 1], edges)
    return [int(at) for at in np.lexsort([middles[:, 0], -rows])]


def _zone(shape: Polygon, households: int, ground: Ground) -> Zone:
    land_ha = shapely.difference(shape, ground.banks).area / M2_PER_HA
    return zone_of(households / land_ha)
