"""Zones as a power diagram whose prices keep loads in their windows, centres moved to the middle by turns.

Each household goes to the zone with the least squared distance minus price; prices rise where load is missing and fall
where there is too much (Aurenhammer, Hoffmann & Aronov 1998), the centres move as in Lloyd 1982.
"""

import numpy as np
from scipy.spatial import cKDTree

from planning.cell_state import Floats, Ints, Town, Zones, begin, outside
from planning.compiled import compiled

ROUNDS = 30
PRICINGS = 3
# So many nearest zones may take over a zone's household.
CANDIDATES = 14
# The mean square distance of a round zone, times this over its load, is about the price of one unit of load.
PRICE_STEP = 1.0
SETTLED = 1e-4
# No more than this share of the middle of a window is corrected at once, or small zones die out.
MOST_AT_ONCE = 0.25
# Load outside windows, in the burden of zones, and how many rounds may pass without a lesser burden.
OUTSIDE = 4.0
PATIENCE = 8
# A zone of fewer households says nothing about how wide zones are.
FEWEST = 3


def power_cells(town: Town, owner: Ints, *, rounds: int = ROUNDS) -> Zones:
    """Return zones that are compact and nearly within their windows, begun at an assignment of everybody."""
    zones = begin(town, owner)
    price, cx, cy = np.zeros((3, len(town.low)))
    best, least, missed = zones.owner.copy(), np.inf, 0
    _centre(town, zones, cx, cy)
    near = nearest_zones(cx, cy)
    for _ in range(rounds):
        moved = _round(town, zones, cx, cy, price, near)
        now = burden(town, zones)
        missed = 0 if now < least else missed + 1
        if now < least:
            best, least = zones.owner.copy(), now
        if moved <= SETTLED * len(owner) or missed > PATIENCE:
            break
        near = nearest_zones(cx, cy) if len(cx) > CANDIDATES else near
    return begin(town, best)


@compiled
def burden(town: Town, zones: Zones) -> float:
    """Return the cost, and for load outside windows what as many households as far again would cost."""
    x, y, owner, size, sum_x, sum_y = (
        town.x,
        town.y,
        zones.owner,
        zones.size,
        zones.sum_x,
        zones.sum_y,
    )
    away, over = 0.0, 0.0
    for i in range(len(owner)):
        z = owner[i]
        dx, dy = x[i] - sum_x[z] / size[z], y[i] - sum_y[z] / size[z]
        away += dx * dx + dy * dy
    for z in range(len(size)):
        over += outside(zones.load[z], town.low[z], town.high[z])
    return float(away * (1 + OUTSIDE * over / zones.load.sum()))


def nearest_zones(cx: Floats, cy: Floats) -> Ints:
    """Return the nearest zones of each zone, itself first, (k, few)."""
    few = min(CANDIDATES, len(cx))
    if few == len(cx):
        return np.tile(np.arange(few), (few, 1))
    near = cKDTree(np.stack([cx, cy], axis=1)).query(np.stack([cx, cy], axis=1), k=few)[1]
    return np.asarray(near, dtype=np.int64)


@compiled
def _round(  # noqa: PLR0917 compiled functions take no keywords
    town: Town, zones: Zones, cx: Floats, cy: Floats, price: Floats, near: Ints
) -> int:
    """Correct prices and share by them a few times, then move the centres; return how many households moved last."""
    moved = 0
    for _ in range(PRICINGS):
        _reprice(town, zones, price)
        moved = _share(town, zones, cx, cy, price, near)
    _centre(town, zones, cx, cy)
    return moved


@compiled
def _centre(town: Town, zones: Zones, cx: Floats, cy: Floats) -> None:
    """Put each centre at the home where known, else at the mean point."""
    for z in range(len(cx)):
        many = max(zones.size[z], 1.0)
        known = not np.isnan(town.home_x[z])
        cx[z] = town.home_x[z] if known else zones.sum_x[z] / many
        cy[z] = town.home_y[z] if known else zones.sum_y[z] / many


@compiled
def _reprice(town: Town, zones: Zones, price: Floats) -> None:
    """Raise the price of zones with too little load, lower it where there is too much; towards 0 within windows."""
    x, y, owner, size, sum_x, sum_y = (
        town.x,
        town.y,
        zones.owner,
        zones.size,
        zones.sum_x,
        zones.sum_y,
    )
    spread = np.zeros(len(price))
    for i in range(len(owner)):
        z = owner[i]
        if z < 0:
            continue
        n = max(size[z], 1.0)
        dx, dy = x[i] - sum_x[z] / n, y[i] - sum_y[z] / n
        spread[z] += dx * dx + dy * dy
    everywhere = spread.sum() / max(zones.size.sum(), 1.0)
    for z in range(len(price)):
        n = max(zones.size[z], 1.0)
        msd = spread[z] / n if n >= FEWEST else everywhere
        middle = (town.low[z] + town.high[z]) / 2
        most, step = MOST_AT_ONCE * middle, PRICE_STEP * msd / max(middle, 1e-9)
        missing = max(min(town.low[z] - zones.load[z], most), -most)
        surplus = max(min(zones.load[z] - town.high[z], most), -most)
        up = max(price[z], 0.0) + step * missing
        down = max(-price[z], 0.0) + step * surplus
        price[z] = max(up, 0.0) - max(down, 0.0)


@compiled
def _share(  # noqa: PLR0917 compiled functions take no keywords
    town: Town, zones: Zones, cx: Floats, cy: Floats, price: Floats, near: Ints
) -> int:
    """Give each household that is not fixed to the best of the zones near its own; return how many moved."""
    x, y, current, fixed, keep = town.x, town.y, town.current, town.fixed, town.keep
    owner, moved = zones.owner, 0
    for i in range(len(owner)):
        if fixed[i]:
            continue
        best, least = owner[i], np.inf
        for z in near[owner[i]]:
            dx, dy = x[i] - cx[z], y[i] - cy[z]
            away = dx * dx + dy * dy - price[z]
            if current[i] >= 0 and current[i] != z:
                away += keep
            if away < least:
                best, least = z, away
        if best != owner[i]:
            owner[i] = best
            moved += 1
    _add_up(town, zones)
    return moved


@compiled
def _add_up(town: Town, zones: Zones) -> None:
    """Count anew what each zone has."""
    x, y, load = town.x, town.y, town.load
    owner, size, sum_x, sum_y, has = zones.owner, zones.size, zones.sum_x, zones.sum_y, zones.load
    for z in range(len(size)):
        size[z] = sum_x[z] = sum_y[z] = has[z] = 0.0
    for i in range(len(owner)):
        z = owner[i]
        size[z] += 1
        sum_x[z] += x[i]
        sum_y[z] += y[i]
        has[z] += load[i]
