"""Which coordinate system a file without one is in: every candidate tried, judged by the area it should lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry.base import BaseGeometry

from geo.terms import STORED_CRS
from geo.vn2000 import METRIC_SYSTEMS, VN2000_48N, VN2000_49N, ZONES, Floats, to_degrees

CANDIDATES = (STORED_CRS, *METRIC_SYSTEMS)
# Systems on one central meridian lie 0.2 to 0.8 km apart: most of a ward fits both.
TWINS = (
    frozenset((ZONES[105.0], VN2000_48N, "EPSG:32648")),
    frozenset((VN2000_49N, "EPSG:32649")),
)
# A system is a rival of the best with so much of its share; a share of so few points says little about twins.
RIVAL, FEW = 0.2, 20
# Less than this share inside, and the file is not of this area.
CREDIBLE = 0.5
SAMPLE = 2_000


class Order(StrEnum):
    """Which of two numbers comes first."""

    EAST_FIRST = "east_first"
    NORTH_FIRST = "north_first"


class Verdict(StrEnum):
    """One system fits; several fit and a person must say; none fits."""

    CHOSEN = "chosen"
    ASK = "ask"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrsCandidate:
    """A system and an order, the share of the points it puts inside the area, and by how much it leads.

    `margin` is the share less the greatest share of any other system: negative for all but the best.
    """

    crs: str
    order: Order
    share_inside: float
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrsDecision:
    """What to do about a missing system; `candidates` are those to choose among, the best first.

    `crs` and `order` are set where the verdict is `chosen`; of verdict `none` there may be no candidate at all.
    """

    verdict: Verdict
    crs: str | None = None
    order: Order | None = None
    candidates: tuple[CrsCandidate, ...] = ()


def rank_crs(
    x: ArrayLike,
    y: ArrayLike,
    *,
    area: BaseGeometry,
    candidates: Sequence[str] = CANDIDATES,
) -> list[CrsCandidate]:
    """Return the systems that put any point inside `area`, the best first, equals in the order of `candidates`.

    Parameters
    ----------
    x, y
        The two numbers of each point, as the file has them; pairs that are not finite are left out. Of more than
        2,000 points, 2,000 evenly spaced ones are judged.
    area
        Where the points should lie, in EPSG:4326: the known ward, or all known wards.
    """
    pairs = _sample(x, y)
    if not len(pairs):
        return []
    shapely.prepare(area)
    shares = {
        (crs, order): _share_inside(pairs, crs, order, area)
        for crs in candidates
        for order in Order
    }
    ranked = sorted((way for way in shares if shares[way] > 0), key=lambda way: -shares[way])
    return [
        CrsCandidate(
            crs=crs, order=order, share_inside=share, margin=share - _best_other(shares, crs)
        )
        for crs, order in ranked
        for share in (shares[crs, order],)
    ]


def decide_crs(x: ArrayLike, y: ArrayLike, *, area: BaseGeometry) -> CrsDecision:
    """Choose the system of points, or say among which a person has to; arguments as `rank_crs` has them.

    Asked about are 5897, 3405 and 32648 around 105°, and 3405 with 32648 (3406 with 32649) elsewhere.
    """
    return decide(rank_crs(x, y, area=area), points=len(_sample(x, y)))


def decide(ranked: Sequence[CrsCandidate], *, points: int) -> CrsDecision:
    """Choose among ranked systems: the best, unless too little of the file fits or a rival fits nearly as well."""
    if not ranked or ranked[0].share_inside < CREDIBLE:
        return CrsDecision(verdict=Verdict.NONE, candidates=tuple(ranked))
    best = ranked[0]
    rivals = tuple(way for way in ranked if way is best or _rivals(way, best, points))
    if len(rivals) > 1:
        return CrsDecision(verdict=Verdict.ASK, candidates=rivals)
    return CrsDecision(verdict=Verdict.CHOSEN, crs=best.crs, order=best.order, candidates=rivals)


def _rivals(way: CrsCandidate, best: CrsCandidate, points: int) -> bool:
    if way.crs == best.crs:
        return False
    twins = any({way.crs, best.crs} <= pair for pair in TWINS)
    return way.share_inside >= RIVAL * best.share_inside or (twins and points < FEW)


def _sample(x: ArrayLike, y: ArrayLike) -> Floats:
    """Return up to `SAMPLE` of the finite pairs, evenly spaced, one a row."""
    pairs = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
    finite = pairs[np.isfinite(pairs).all(axis=1)]
    if len(finite) <= SAMPLE:
        return finite
    return np.asarray(finite[np.linspace(0, len(finite) - 1, SAMPLE).astype(int)])


def _share_inside(pairs: Floats, crs: str, order: Order, area: BaseGeometry) -> float:
    east, north = pairs.T if order == Order.EAST_FIRST else pairs.T[::-1]
    lat, lon = (north, east) if crs == STORED_CRS else to_degrees(north, east, crs=crs)
    west, south, most_east, most_north = area.bounds
    near = (lon >= west) & (lon <= most_east) & (lat >= south) & (lat <= most_north)
    inside = shapely.contains_xy(area, lon[near], lat[near])
    return float(inside.sum() / len(pairs))


def _best_other(shares: dict[tuple[str, Order], float], crs: str) -> float:
    return max((share for (other, _), share in shares.items() if other != crs), default=0.0)
