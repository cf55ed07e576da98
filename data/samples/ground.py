"""The ground of the made-up ward: its outline, water, main roads, and how densely people live.

Everything is in metres from the middle of the ward, east and north. Shapes are drawn in units of
half the ward's width (u east, v north), so that a smaller ward is the same picture drawn smaller,
its houses as wide apart as ever.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon

from data.samples.cutting import lengthened

Points = NDArray[np.float64]
Course = list[tuple[float, float]]


class Zone(StrEnum):
    """How people live: close together, at the edge of the town, or in a garden village."""

    TOWN = "town"
    EDGE = "edge"
    VILLAGE = "village"


# Homes a hectare: where people live closest and widest apart, and where one zone ends.
CROWDED_PER_HA, SPARSE_PER_HA = 38.0, 3.6
TOWN_PER_HA, VILLAGE_PER_HA = 20.0, 9.0
# Of the homes that the density promises, so many find a place on a hill.
SHARE_ON_HILLS = 0.25

RIVER: Course = [(-1.6, -0.26), (-1.0, -0.2), (-0.58, 0.14), (-0.12, 0.06), (0.28, -0.2)]
RIVER += [(0.72, -0.1), (1.1, 0.14), (1.7, 0.1)]
CANAL: Course = [(0.52, 1.6), (0.46, 0.75), (0.33, 0.35), (0.34, -0.3), (0.5, -0.7), (0.46, -1.6)]
HIGHWAY: Course = [(-0.34, 1.6), (-0.27, 0.8), (-0.2, 0.3), (-0.24, -0.3), (-0.42, -0.8)]
HIGHWAY += [(-0.5, -1.6)]
MAIN_ROADS: dict[str, Course] = {
    "Quốc lộ 99": HIGHWAY,
    "Bạch Đằng": [(-1.6, 0.38), (-0.8, 0.5), (-0.1, 0.46), (0.6, 0.5), (1.6, 0.42)],
    "Hùng Vương": [(0.82, 1.6), (0.72, 0.6), (0.68, -0.2), (0.76, -0.8), (0.7, -1.6)],
    "Tỉnh lộ 99B": [(-1.6, -0.62), (-0.8, -0.5), (-0.2, -0.52), (0.4, -0.46), (1.6, -0.56)],
}
HILLS = [((-0.78, -0.72), 0.2), ((-0.3, -0.82), 0.13), ((-0.62, -0.28), 0.09)]
# Where a small bridge joins the roads on both banks: which water, and how far along it.
SMALL_BRIDGES = [("river", 0.53), ("canal", 0.24)]
# Few towns lie square to the north.
TURN = np.radians(-14)
# From the middle of the water to the roads on its banks, by the ward's size: share, least, most.
RIVER_BANK, CANAL_BANK = (0.03, 11.0, 42.0), (0.012, 7.0, 15.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The outline and what crosses it, cut to the outline; `banks` is the water with its banks."""

    half_m: float
    outline: Polygon
    river: LineString
    canal: LineString
    banks: Polygon
    roads: dict[str, LineString]
    hills: Polygon

    def lines(self) -> list[LineString]:
        """Return the water and the main roads."""
        return [self.river, self.canal, *self.roads.values()]


def draw_ground(households: int, rng: np.random.Generator, *, room: float = 1.0) -> Ground:
    """Return ground on which `households` find a place; `room` stretches its area."""
    shape = _outline(rng)
    half_m = float(1_000 * np.sqrt(room * households / _homes_on(shape)))
    outline = shapely.transform(shape, lambda uv: uv * half_m)
    river = _across(RIVER, outline, half_m, rng)
    canal = _across(CANAL, outline, half_m, rng)
    hills = [Point(_turned(np.array(at)) * half_m).buffer(reach * half_m) for at, reach in HILLS]
    return Ground(
        half_m=half_m,
        outline=outline,
        river=river,
        canal=canal,
        banks=shapely.union(_banks(river, half_m, *RIVER_BANK), _banks(canal, half_m, *CANAL_BANK)),
        roads={name: _across(course, outline, half_m, rng) for name, course in MAIN_ROADS.items()},
        hills=shapely.union_all(hills),
    )


def homes_per_ha(ground: Ground, at: Points) -> Points:
    """Return the homes on a hectare at each point: many in the north, few in the south-west."""
    share = np.where(shapely.contains_xy(ground.hills, at), SHARE_ON_HILLS, 1.0)
    return share * _density(at / ground.half_m)


def zone_of(per_ha: float) -> Zone:
    """Return the zone of a place with so many homes a hectare."""
    if per_ha >= TOWN_PER_HA:
        return Zone.TOWN
    return Zone.EDGE if per_ha >= VILLAGE_PER_HA else Zone.VILLAGE


def _density(uv: Points) -> Points:
    north_east = 0.4 * uv[:, 0] + 0.92 * uv[:, 1]
    crowd = 1 / (1 + np.exp(-(north_east - 0.1) / 0.15))
    return np.asarray(SPARSE_PER_HA + (CROWDED_PER_HA - SPARSE_PER_HA) * crowd)


def _homes_on(shape: Polygon) -> float:
    """Return how many homes the outline holds where one unit is a kilometre."""
    axis = np.linspace(-1.4, 1.4, 141)
    uv = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    cell_ha = 100 * (axis[1] - axis[0]) ** 2
    return float(_density(uv[shapely.contains_xy(shape, uv)]).sum() * cell_ha)


def _outline(rng: np.random.Generator, *, corners: int = 40) -> Polygon:
    """Return an uneven outline about 2 units across, made of straight stretches."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(-0.05, 0.05, corners)
    reach = 1 + rng.normal(0, 0.02, corners)
    for waves in range(2, 6):
        reach += rng.normal(0, 0.06) * np.cos(waves * angle + rng.uniform(0, 2 * np.pi))
    return Polygon(np.stack([1.02 * reach * np.cos(angle), 0.98 * reach * np.sin(angle)], axis=1))


def _banks(
    water: LineString, half_m: float, share: float, least_m: float, most_m: float
) -> Polygon:
    bank_m = float(np.clip(share * half_m, least_m, most_m))
    return lengthened(water, by_m=3 * bank_m).buffer(bank_m)


def _across(
    course: Course, outline: Polygon, half_m: float, rng: np.random.Generator
) -> LineString:
    """Return the course as a smooth line through the outline, its bends moved a little."""
    bends = (_turned(np.array(course)) + rng.normal(0, 0.03, (len(course), 2))) * half_m
    inside = shapely.intersection(LineString(_rounded(bends)), outline)
    return max(shapely.get_parts(inside), key=shapely.length)


def _turned(uv: Points) -> Points:
    cos, sin = np.cos(TURN), np.sin(TURN)
    return np.asarray(uv @ np.array([[cos, sin], [-sin, cos]]))


def _rounded(bends: Points, *, times: int = 3) -> Points:
    """Return the bends with their corners cut (Chaikin 1974)."""
    for _ in range(times):
        before, after = bends[:-1], bends[1:]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
        bends = np.concatenate([bends[:1], cut.reshape(-1, 2), bends[-1:]])
    return bends
