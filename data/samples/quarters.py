"""Share the ground among neighbourhoods: bounded by water, main roads and streets, none of them too big."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from data.samples.cutting import cut, lengthened, spread
from data.samples.ground import Ground, homes_per_ha

Counts = NDArray[np.int64]

# Lines nearer than this are one line: all crossings become common vertices on this grid.
GRID_M = 0.01
HOUSEHOLDS_EACH = 333
SMALLEST, LARGEST = 120 / HOUSEHOLDS_EACH, 650 / HOUSEHOLDS_EACH
# The spread of ln(households): median 310 and mean 333.
SPREAD = 0.38
# A part of the town with room for less than this share of a neighbourhood joins the one beside it.
LEAST_SHARE = 0.7
# People rather share a neighbourhood across a road than across water.
WATER_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarters:
    """Neighbourhoods that tile the ground, with the households each shall have, and the streets cut between them."""

    shapes: list[Polygon]
    households: Counts
    borders: list[LineString]


def share_ground(ground: Ground, households: int, rng: np.random.Generator) -> Quarters:
    """Return the neighbourhoods of the ward: one for every 333 households, two at least."""
    count = max(2, round(households / HOUSEHOLDS_EACH))
    parts = _joined(_between_roads(ground), ground, count)
    room = np.array([_room(part, ground) for part in parts])
    counts = _parts_of(count, room, least=1)
    totals = _parts_of(households, room, least=1)
    shapes: list[Polygon] = []
    sizes: list[int] = []
    borders: list[LineString] = []
    for part, many, total in zip(parts, counts, totals, strict=True):
        wanted = _sizes(int(total), int(many), households / count, rng)
        for shape, size in _cut_up(part, wanted, ground, borders, rng):
            shapes.append(shape)
            sizes.append(size)
    return Quarters(shapes=shapes, households=np.array(sizes), borders=borders)


def _between_roads(ground: Ground) -> list[Polygon]:
    """Return the parts of the ground between water and main roads."""
    faces = faces_between([ground.outline.exterior], ground.lines())
    return [face for face in faces if ground.outline.contains(face.representative_point())]


def _room(part: Polygon, ground: Ground) -> float:
    """Return about how many households the part has room for."""
    return float(homes_per_ha(ground, spread(part)).mean() * part.area / 10_000)


def _joined(parts: list[Polygon], ground: Ground, count: int) -> list[Polygon]:
    """Join the smallest part to the neighbour it shares most border with, until each can be a neighbourhood."""
    water = shapely.union(ground.river, ground.canal).buffer(1)
    parts = list(parts)
    rooms = [_room(part, ground) for part in parts]
    least = LEAST_SHARE * sum(rooms) / count
    while len(parts) > 1 and (len(parts) > count or min(rooms) < least):
        small = int(np.argmin(rooms))
        part, room = parts.pop(small), rooms.pop(small)
        shared = shapely.intersection(part.exterior, np.array(parts))
        wet = shapely.length(shapely.intersection(shared, water))
        border = shapely.length(shared) - (1 - WATER_SHARE) * wet
        at = int(np.argmax(border))
        parts[at] = shapely.union(parts[at], part)
        rooms[at] += room
    return parts


def _parts_of(total: int, weights: NDArray[np.float64], *, least: int) -> Counts:
    """Return whole numbers in proportion to the weights that add up to the total."""
    exact = (total - least * len(weights)) * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    left = total - least * len(weights) - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return whole + least


def _sizes(total: int, count: int, usual: float, rng: np.random.Generator) -> Counts:
    """Return `count` lognormal sizes adding up to `total`, none far from what is usual."""
    sizes = rng.lognormal(0, SPREAD, count)
    for _ in range(20):
        sizes = np.clip(sizes * total / sizes.sum(), SMALLEST * usual, LARGEST * usual)
    return _parts_of(total, sizes, least=1)


def _cut_up(
    part: Polygon,
    sizes: Counts,
    ground: Ground,
    borders: list[LineString],
    rng: np.random.Generator,
) -> list[tuple[Polygon, int]]:
    """Cut a part into one neighbourhood a size, adding the streets between them to `borders`."""
    if len(sizes) == 1:
        return [(part, int(sizes[0]))]
    at = spread(part)
    weights = homes_per_ha(ground, at)
    half = len(sizes) // 2
    share = sizes[:half].sum() / sizes.sum()
    crowded = weights.mean() > 11
    parted = cut(part, share, rng, at=at, weights=weights, bend=0.012 if crowded else 0.05)
    if parted is None:
        raise RuntimeError("the ground could not be cut")
    borders.append(parted.line)
    return [
        *_cut_up(parted.first, sizes[:half], ground, borders, rng),
        *_cut_up(parted.second, sizes[half:], ground, borders, rng),
    ]


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


def faces_between(fixed: Sequence[shapely.Geometry], crossing: Sequence[LineString]) -> list[Polygon]:
    """Return the faces that lines enclose; those `crossing` may end just on others."""
    lines = [*fixed, *(lengthened(line) for line in crossing)]
    return list(shapely.get_parts(shapely.polygonize([shapely.unary_union(lines)])))
