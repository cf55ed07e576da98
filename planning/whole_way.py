"""In which order one member would walk to all households that are theirs."""

from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.network import WalkingNetwork
from planning.doors import walks_between
from planning.routes import RouteRules, visit_order

STOPS = ["household_id", "stop", "walk_m"]
# Nobody walks a whole zone in one go, so one short search does, of so many iterations for each stop and in all. On
# made-up blocks its way is as long as that of the usual search up to 30 households, 0.4 % longer at 60, 2 % at 120 and
# 8 % at 500, for a sixth (60) to a twentieth (500) of the time.
STEPS_A_STOP, LEAST_STEPS = 2, 600


def way_rules(stops: int) -> RouteRules:
    """Return how long to search for the way through a zone of so many households."""
    steps = max(STEPS_A_STOP, -(-LEAST_STEPS // max(1, stops)))
    return RouteRules(returns=False, steps_a_stop=steps, beginnings=1)


def whole_way(
    households: GeoDataFrame,
    home: GeoDataFrame,
    network: WalkingNetwork,
    *,
    rules: RouteRules | None = None,
) -> DataFrame:
    """Return the households of one member in walking order, from home (where it is known) to the last.

    Parameters
    ----------
    households
        `household_id` and geometry; those without a place are left to the end.
    home
        The member's row, its geometry missing where the home is unknown.

    Returns
    -------
    stops
        `household_id`, `stop` from 1 without gaps, `walk_m` from the stop before. Whom no way leads to, or whose place
        is unknown, comes last, by id, `walk_m` missing.
    """
    ids = households["household_id"].sort_values()
    points = households.set_index("household_id").geometry
    known = points[~(points.isna() | points.is_empty)]
    found = DataFrame({"household_id": Series(dtype=object), "walk_m": Series(dtype=float)})
    if len(known):
        doors = walks_between(known, home.geometry.iloc[:1], network)
        stops = DataFrame({"household_id": known.index, "load_min": 0.0})
        order = visit_order(stops[doors.reached], doors.walk_mm, rules or way_rules(len(known)))
        found = order.stops[["household_id", "walk_m"]]
    rest = ids[~ids.isin(found["household_id"])]
    whole = found.set_index("household_id").reindex([*found["household_id"], *rest])
    whole = whole.rename_axis("household_id").reset_index()
    return whole.assign(stop=range(1, len(whole) + 1))[STOPS]
