"""The ground the made-up ward stands on: its outline, its water, its main roads, how densely people live.

Everything is in metres from the middle of the ward, east and north. Shapes are drawn in units of half the ward's
width (u east, v north), so that a smaller ward is the same picture drawn smaller, its houses as wide apart as ever.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon

Points = NDArray[np.float64]

CROWDED_PER_HA = 38.0
VILLAGE_PER_HA = 3.6
# Fewer homes a hectare than this is a garden village, not a town.
TOWN_PER_HA = 11.0

RIVER = [
    (-1.6, -0.22),
    (-0.95, -0.12),
    (-0.5, 0.1),
    (-0.1, 0.02),
    (0.3, -0.16),
    (0.8, -0.02),
    (1.6, 0.12),
]
CANAL = [(0.52, 1.6), (0.46, 0.75), (0.33, 0.35), (0.34, -0.3), (0.5, -0.7), (0.46, -1.6)]
MAIN_ROADS = {
    "Quốc lộ 99": [
        (-0.34, 1.6),
        (-0.27, 0.8),
        (-0.2, 0.3),
        (-0.24, -0.3),
        (-0.42, -0.8),
        (-0.5, -1.6),
    ],
    "Bạch Đằng": [(-1.6, 0.38), (-0.8, 0.5), (-0.1, 0.46), (0.6, 0.5), (1.6, 0.42)],
    "Hùng Vương": [(0.82, 1.6), (0.72, 0.6), (0.68, -0.2), (0.76, -0.8), (0.7, -1.6)],
    "Tỉnh lộ 99B": [(-1.6, -0.62), (-0.8, -0.5), (-0.2, -0.52), (0.4, -0.46), (1.6, -0.56)],
}
HILLS = [((-0.78, -0.72), 0.2), ((-0.3, -0.82), 0.13), ((-0.62, -0.28), 0.09)]
TURN = np.radians(-14)
# Where a small bridge joins the roads on both banks: water, and how far along it.
SMALL_BRIDGES = [("river", 0.53), ("canal", 0.24)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The outline with what crosses it, all cut to the outline; `banks` is the water and its two banks."""

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
    half_m = 1_000.0 * np.sqrt(room * households / _homes_on(shape))
    outline = shapely.transform(shape, lambda uv: uv * half_m)
    river = _across(RIVER, outline, half_m, rng)
    canal = _across(CANAL, outline, half_m, rng)
    river_bank_m = float(np.clip(0.03 * half_m, 11, 42))
    canal_bank_m = float(np.clip(0.012 * half_m, 7, 15))
    hills = shapely.union_all([Point(_turned(np.array(at)) * half_m).buffer(r * half_m) for at, r in HILLS])
    return Ground(
        half_m=half_m,
        outline=outline,
        river=river,
        canal=canal,
        banks=shapely.union(
            river.buffer(river_bank_m, cap_style="flat"), canal.buffer(canal_bank_m)
        ),
        roads={name: _across(at, outline, half_m, rng) for name, at in MAIN_ROADS.items()},
        hills=hills,
    )


def homes_per_ha(ground: Ground, at: Points) -> Points:
    """Return how many homes a hectare holds at each point: crowded in the north, gardens in the south-west."""
    density = _density(at / ground.half_m)
    return np.where(shapely.contains_xy(ground.hills, at), density / 4, density)


def _density(uv: Points) -> Points:
    northness = 0.4 * uv[:, 0] + 0.92 * uv[:, 1]
    crowd = 1 / (1 + np.exp(-(northness - 0.1) / 0.15))
    return VILLAGE_PER_HA + (CROWDED_PER_HA - VILLAGE_PER_HA) * crowd


def _homes_on(shape: Polygon) -> float:
    """Return how many homes the outline holds where one unit is a kilometre."""
    axis = np.linspace(-1.3, 1.3, 131)
    uv = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    cell_ha = 100 * (axis[1] - axis[0]) ** 2
    return float(_density(uv[shapely.contains_xy(shape, uv)]).sum() * cell_ha)


def _outline(rng: np.random.Generator, *, corners: int = 40) -> Polygon:
    """Return an uneven outline about 2 units across, with straight stretches and corners as real ones have."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(-0.05, 0.05, corners)
    reach = 1 + rng.normal(0, 0.02, corners)
    for waves in range(2, 6):
        reach += rng.normal(0, 0.06) * np.cos(waves * angle + rng.uniform(0, 2 * np.pi))
    return Polygon(np.stack([1.02 * reach * np.cos(angle), 0.98 * reach * np.sin(angle)], axis=1))


def _across(
    course: list[tuple[float, float]], outline: Polygon, half_m: float, rng: np.random.Generator
) -> LineString:
    """Return the course as a smooth line through the outline, its bends moved a little."""
    bends = (_turned(np.array(course)) + rng.normal(0, 0.03, (len(course), 2))) * half_m
    inside = shapely.intersection(LineString(_rounded(bends)), outline)
    return max(shapely.get_parts(inside), key=shapely.length)


def _turned(uv: Points) -> Points:
    """Return the points turned a little, since few towns lie square to the north."""
    cos, sin = np.cos(TURN), np.sin(TURN)
    return uv @ np.array([[cos, sin], [-sin, cos]])


def _rounded(bends: Points, *, times: int = 3) -> Points:
    """Return the bends with their corners cut (Chaikin 1974)."""
    for _ in range(times):
        before, after = bends[:-1], bends[1:]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
        bends = np.concatenate([bends[:1], cut.reshape(-1, 2), bends[-1:]])
    return bends
