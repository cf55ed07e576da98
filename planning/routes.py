"""In which order to visit households, on foot, from home and back or not, when people are in.

A tour is found by PyVRP (Wouda, Lan & Kool 2024; iterated local search), in counted iterations, so that the same stops
give the same order. Distances are whole millimetres and times whole seconds.
"""

from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from geo.errors import InputError
from planning.rules import METRES_PER_MINUTE

MM_PER_M = 1000.0
SECONDS_A_MINUTE = 60
# So few stops are tried in every order.
EVERY_ORDER = 5
# A search begins so many times, and goes on from the best for so many times as long as each took.
BEGINNINGS = 5
GOING_ON = 2
HOME = 0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRules:
    """How a member goes about it.

    `returns`: whether the way back home counts; `pace_m_per_min`: metres walked in a minute; `seed` and `steps_a_stop`
    are where the search starts its choices and how many iterations it may take for each stop; `beginnings` is how many
    times it begins anew, from the best of which it goes on where there are several.
    """

    returns: bool = True
    pace_m_per_min: float = METRES_PER_MINUTE
    seed: int = 0
    steps_a_stop: int = 70
    beginnings: int = BEGINNINGS

    def __post_init__(self) -> None:
        """Raise `InputError` for what nobody can do."""
        if not self.pace_m_per_min > 0:
            raise InputError("route_pace_not_positive", pace=self.pace_m_per_min)
        if self.seed < 0:
            raise InputError("plan_seed_negative", seed=self.seed)
        if self.steps_a_stop < 1 or self.beginnings < 1:
            raise InputError("route_steps_not_positive", steps=self.steps_a_stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The order of visits.

    `stops` has one row per household in the order of visits: `household_id`, `outing` (its number, from 0), `stop`
    (from 1 in each outing), `walk_m` from the stop before or from home, `begins_min` and `leaves_min` (as the outings
    count). `left` names those that fit no outing, by id; `walk_m` is the whole way, with the way home where it counts.
    """

    stops: DataFrame
    left: tuple[str, ...]
    walk_m: float


def visit_order(
    stops: DataFrame, walk_mm: Ints, rules: RouteRules, *, outings: DataFrame | None = None
) -> Route:
    """Return the order in which to visit `stops` so that the whole way is short.

    Parameters
    ----------
    stops
        `household_id`, `load_min` (the minutes there), and where people are in at certain hours only, `open_min` and
        `close_min`: when a visit may begin, in minutes of any day (missing for any time).
    walk_mm
        (n + 1, n + 1) whole millimetres between home (0) and the stops in their order. Where the home is unknown, a row
        and a column of zeros: the way begins and ends wherever is best.
    outings
        When the member is free, one row each: `begins_min` and `ends_min` in minutes of its day, in any order of days.
        Without, there is one outing, and minutes count from leaving home.

    Raises
    ------
    InputError
        Where a way is missing, negative, no whole number, or from a stop to itself and yet some length.
    """
    order = np.argsort(stops["household_id"].to_numpy(), kind="stable")
    own = stops.iloc[order].reset_index(drop=True)
    seat = np.r_[HOME, order + 1]
    task = _Task(own, _checked(walk_mm, len(own))[np.ix_(seat, seat)], rules, outings)
    return task.route(task.tours())


def _checked(walk_mm: Ints, stops: int) -> Ints:
    ways = np.asarray(walk_mm)
    whole = np.issubdtype(ways.dtype, np.integer)
    square = ways.shape == (stops + 1, stops + 1)
    if not square or not whole or (ways < 0).any() or ways.diagonal().any():
        raise InputError("route_ways_wrong", stops=stops)
    return ways.astype(np.int64)


class _Task:
    """Stops by id, the ways between them, and the outings."""

    def __init__(
        self, stops: DataFrame, walk_mm: Ints, rules: RouteRules, outings: DataFrame | None
    ) -> None:
        self.stops, self.rules = stops, rules
        self.walk_mm = walk_mm.copy()
        if not rules.returns:
            self.walk_mm[:, HOME] = 0
        hours = (_given(stops, "open_min"), _given(stops, "close_min"))
        self.timed = outings is not None or any(known.size for known in hours)
        self.outings = (
            DataFrame({"begins_min": [0.0], "ends_min": [np.inf]}) if outings is None else outings
        )
        self.stay_min = stops["load_min"].to_numpy(dtype=float)
        self.open_min = _filled(stops, "open_min", 0.0)
        self.close_min = _filled(stops, "close_min", np.inf)

    def tours(self) -> list[list[int]]:
        """Return for each outing the stops (from 1) in their order."""
        count = len(self.stops)
        if not count or self.outings.empty:
            return [[] for _ in range(len(self.outings))]
        if count <= EVERY_ORDER and not self.timed:
            return [min(map(list, permutations(range(1, count + 1))), key=self._length)]
        return self._searched()

    def _length(self, tour: list[int]) -> int:
        return int(sum(self.walk_mm[one, to] for one, to in pairwise((HOME, *tour, HOME))))

    def _searched(self) -> list[list[int]]:
        """Search from several beginnings, then on from the best: one alone may be caught in a poor tour for good."""
        # a quarter of a second that only those pay who ask for routes
        import pyvrp  # noqa: PLC0415
        from pyvrp.stop import MaxIterations  # noqa: PLC0415

        problem, count = self._problem(pyvrp), len(self.stops)
        beginnings = self.rules.beginnings
        going_on = GOING_ON if beginnings > 1 else 0
        steps = max(1, self.rules.steps_a_stop * count // (beginnings + going_on))

        def search(turn: int, shares: int, begin: Any = None) -> Any:
            seed, stop = self.rules.seed + turn, MaxIterations(shares * steps)
            return pyvrp.solve(problem, stop, seed, False, initial_solution=begin)

        begun = [search(turn, 1) for turn in range(beginnings)]
        best = min(begun, key=lambda one: (not one.is_feasible(), one.cost())).best
        if going_on:
            best = search(beginnings, going_on, best).best
        tours: list[list[int]] = [[] for _ in range(len(self.outings))]
        for route in best.routes():
            visits = [one.idx + 1 for one in route.schedule() if one.is_client()]
            tours[route.vehicle_type()] = visits
        return tours

    def _problem(self, pyvrp: Any) -> Any:
        seconds = np.ceil(
            self.walk_mm / MM_PER_M / self.rules.pace_m_per_min * SECONDS_A_MINUTE
        ).astype(np.int64)
        prize = int(2 * self.walk_mm.max(axis=1).sum()) + 1
        clients = [
            pyvrp.Client(
                location=stop + 1,
                service_duration=_seconds(self.stay_min[stop]),
                tw_early=_seconds(self.open_min[stop]),
                tw_late=_seconds(self.close_min[stop]),
                required=not self.timed,
                prize=prize if self.timed else 0,
            )
            for stop in range(len(self.stops))
        ]
        vehicles = [
            pyvrp.VehicleType(1, tw_early=_seconds(begins), tw_late=_seconds(ends))
            for begins, ends in self.outings[["begins_min", "ends_min"]].to_numpy(dtype=float)
        ]
        return pyvrp.ProblemData(
            [pyvrp.Location(0, 0)] * (len(self.stops) + 1),
            clients,
            [pyvrp.Depot(HOME)],
            vehicles,
            [self.walk_mm],
            [seconds],
        )

    def route(self, tours: list[list[int]]) -> Route:
        """Return the tours as a clock of our own has them; who cannot be met in time is left."""
        rows, walked_mm = [], 0
        for number, tour in enumerate(tours):
            kept = self._kept_in_time(number, tour)
            rows += self._rows(number, kept)
            walked_mm += self._length(kept) if kept else 0
        found = DataFrame(
            rows,
            columns=["household_id", "outing", "stop", "walk_m", "begins_min", "leaves_min"],
        )
        left = set(self.stops["household_id"]) - set(found["household_id"])
        return Route(stops=found, left=tuple(sorted(left)), walk_m=walked_mm / MM_PER_M)

    def _kept_in_time(self, outing: int, tour: list[int]) -> list[int]:
        """Return the stops of a tour without those that are too late, or after which home is."""
        kept: list[int] = []
        for stop in tour:
            begins, leaves = self._clock(outing, [*kept, stop])
            home = leaves[-1] + self._minutes(stop, HOME)
            if begins[-1] <= self.close_min[stop - 1] and home <= self._ends(outing):
                kept.append(stop)
        return kept

    def _rows(self, outing: int, tour: list[int]) -> list[tuple[Any, ...]]:
        begins, leaves = self._clock(outing, tour)
        names = self.stops["household_id"]
        ways = pairwise((HOME, *tour))
        return [
            (names[to - 1], outing, i + 1, self.walk_mm[one, to] / MM_PER_M, begins[i], leaves[i])
            for i, (one, to) in enumerate(ways)
        ]

    def _clock(self, outing: int, tour: list[int]) -> tuple[list[float], list[float]]:
        """Return when each visit begins and ends."""
        now = float(self.outings["begins_min"].iloc[outing])
        begins, leaves = [], []
        for one, to in pairwise((HOME, *tour)):
            now = max(now + self._minutes(one, to), self.open_min[to - 1])
            begins.append(now)
            now += self.stay_min[to - 1]
            leaves.append(now)
        return begins, leaves

    def _minutes(self, one: int, to: int) -> float:
        return float(self.walk_mm[one, to]) / MM_PER_M / self.rules.pace_m_per_min

    def _ends(self, outing: int) -> float:
        return float(self.outings["ends_min"].iloc[outing])


def _given(stops: DataFrame, name: str) -> Floats:
    """Return the values of a column that are known; none where there is no such column."""
    values = stops[name].to_numpy(dtype=float) if name in stops else np.empty(0)
    known: Floats = values[np.isfinite(values)]
    return known


def _filled(stops: DataFrame, name: str, otherwise: float) -> Floats:
    if name not in stops:
        return np.full(len(stops), otherwise)
    return np.asarray(stops[name].astype(float).fillna(otherwise), dtype=np.float64)


def _seconds(minutes: float) -> int:
    if np.isinf(minutes):
        return int(np.iinfo(np.int64).max)
    return int(np.ceil(minutes * SECONDS_A_MINUTE))
