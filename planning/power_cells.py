"""Zones as a power diagram whose prices keep loads in their windows, centres moved to the middle by turns.

Each household goes to the zone with the least squared distance minus price; prices rise where load is missing and fall
where there is too much (Aurenhammer, Hoffmann & Aronov 1998), the centres move as in Lloyd 1982.
"""

import numpy as np
from scipy.spatial import cKDTree

from planning.cell_state import Floats, Ints, Town, Zones, begin
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
    price = np.zeros(len(town.low))
    best, least = zones.owner.copy(), np.inf
    missed = 0
    for _ in range(rounds):
        cx, cy = centres(town, zones)
        near = nearest_zones(cx, cy)
        moved = 0
        for _ in range(PRICINGS):
            _reprice(town, zones, price)
            moved = _share(town, zones, cx, cy, price, near)
        now = burden(town, zones)
        missed = 0 if now < least else missed + 1
        if now < least:
            best, least = zones.owner.copy(), now
        if moved <= SETTLED * len(owner) or missed > PATIENCE:
            break
    return begin(town, best)


def burden(town: Town, zones: Zones) -> float:
    """Return the cost, and for load outside windows what as many households as far again would cost."""
    over = np.maximum(np.maximum(town.low - zones.load, zones.load - town.high), 0).sum()
    some = np.maximum(zones.size, 1)
    own = zones.owner
    away = (town.x - (zones.sum_x / some)[own]) ** 2 + (town.y - (zones.sum_y / some)[own]) ** 2
    return float(away.sum() * (1 + OUTSIDE * over / zones.load.sum()))


def centres(town: Town, zones: Zones) -> tuple[Floats, Floats]:
    """Return the centre of each zone: the home where known, else the mean point."""
    some = np.maximum(zones.size, 1)
    cx = np.where(np.isnan(town.home_x), zones.sum_x / some, town.home_x)
    cy = np.where(np.isnan(town.home_y), zones.sum_y / some, town.home_y)
    return cx, cy


def nearest_zones(cx: Floats, cy: Floats) -> Ints:
    """Return the nearest zones of each zone, itself first, (k, few)."""
    few = min(CANDIDATES, len(cx))
    if few == len(cx):
        return np.tile(np.arange(few), (few, 1))
    near = cKDTree(np.stack([cx, cy], axis=1)).query(np.stack([cx, cy], axis=1), k=few)[1]
    return np.asarray(near, dtype=np.int64)


@compiled
def _reprice(town: Town, zones: Zones, price: Floats) -> None:
    """Raise the price of zones with too little load, lower it where there is too much; towards 0 within windows."""
    spread = np.zeros(len(price))
    for i in range(len(zones.owner)):
        z = zones.owner[i]
        if z < 0:
            continue
        n = max(zones.size[z], 1.0)
        dx, dy = town.x[i] - zones.sum_x[z] / n, town.y[i] - zones.sum_y[z] / n
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
    moved = 0
    for i in range(len(zones.owner)):
        own = zones.owner[i]
        if town.fixed[i]:
            continue
        best, least = own, np.inf
        for z in near[own]:
            dx, dy = town.x[i] - cx[z], town.y[i] - cy[z]
            away = dx * dx + dy * dy - price[z]
            if town.current[i] >= 0 and town.current[i] != z:
                away += town.keep
            if away < least:
                best, least = z, away
        if best != own:
            zones.owner[i] = best
            moved += 1
    for z in range(len(price)):
        zones.size[z] = zones.sum_x[z] = zones.sum_y[z] = zones.load[z] = 0.0
    for i in range(len(zones.owner)):
        z = zones.owner[i]
        zones.size[z] += 1
        zones.sum_x[z] += town.x[i]
        zones.sum_y[z] += town.y[i]
        zones.load[z] += town.load[i]
    return moved
