"""Service areas as an integer program over some units and zones, connected by rows added where they are violated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

import numpy as np

from planning.separators import Net, net, separators
from planning.zones import NOBODY, Bools, Floats, Ints, summed

Row = tuple[int, int, Ints]

# Rounds of violated rows added to a relaxation, and to an integer program.
RELAXED_ROUNDS, WHOLE_ROUNDS = 60, 8
SMALL = 1e-6
ZERO = 1e-9
# Plain branch and bound: sub-searches and restarts cost more here than they find.
PLAIN = {
    "output_flag": False,
    "threads": 1,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_allow_restart": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAreas:
    """The problem: n units among k zones, each zone connected with its seat and within its capacity.

    `cost` (n, k), `load` (n), `capacity` (k), `seat` (k: the unit each zone must hold), `links` (for each unit, in both
    ways, the units next to it).
    """

    cost: Floats
    load: Floats
    capacity: Floats
    seat: Ints
    links: list[list[int]]

    def total(self, owner: Ints) -> float:
        """Return what an assignment costs."""
        return float(self.cost[np.arange(len(owner)), owner].sum())

    def loads(self, owner: Ints) -> Floats:
        """Return the load of each zone."""
        return summed(self.load, owner, len(self.seat))


@dataclass(frozen=True, slots=True)
class Known:
    """What every program of one problem uses: its net, pairs not ruled out, separating rows met so far."""

    areas: ServiceAreas
    around: Net
    allowed: Bools
    rows: dict[tuple[int, int], list[Ints]] = field(default_factory=dict)

    def violated(self, share: Floats) -> list[Row]:
        """Return rows that `share` (n, k) violates, and remember them."""
        found = separators(share, self.areas.seat, self.around)
        for unit, zone, cut in found:
            self.rows.setdefault((unit, zone), []).append(cut)
        return found


def known(areas: ServiceAreas) -> Known:
    """Return what is known of `areas` at first: pairs whose lightest way to the seat fits the capacity."""
    allowed = np.zeros(areas.cost.shape, dtype=bool)
    for zone in range(len(areas.seat)):
        allowed[:, zone] = _lightest(areas, zone) <= areas.capacity[zone] + SMALL
    return Known(areas, net(areas.links), allowed & np.isfinite(areas.cost))


def _lightest(areas: ServiceAreas, zone: int) -> Floats:
    """Return the least load of a way from the zone's seat to each unit, both ends and no other seat on it."""
    lightest = np.full(len(areas.load), np.inf)
    seat = int(areas.seat[zone])
    lightest[seat] = areas.load[seat]
    barred = set(areas.seat.tolist())
    ahead = [(float(lightest[seat]), seat)]
    while ahead:
        load, unit = heappop(ahead)
        if load > lightest[unit]:
            continue
        for to in areas.links[unit]:
            further = load + float(areas.load[to])
            if to not in barred and further < lightest[to]:
                lightest[to] = further
                heappush(ahead, (further, to))
    return lightest


class Program:
    """The program of sharing `units` among `zones`, all else being settled.

    `held` (n, or NOBODY) fixes units of `units` that must stay with a zone. Solve with `relax`, then `branch`.
    """

    def __init__(
        self,
        known: Known,
        units: Ints,
        zones: Ints,
        *,
        held: Ints | None = None,
        keep_going: Callable[[], bool],
    ) -> None:
        import highspy  # noqa: PLC0415  (slow to load, and not always needed)

        self.known, self.areas = known, known.areas
        allowed = np.zeros_like(known.allowed)
        allowed[np.ix_(units, zones)] = known.allowed[np.ix_(units, zones)]
        if held is not None:
            kept = units[held[units] != NOBODY]
            allowed[kept] = False
            allowed[kept, held[kept]] = True
        self.unit, self.zone = np.nonzero(allowed)
        self.column = np.full(allowed.shape, NOBODY)
        self.column[allowed] = np.arange(len(self.unit))
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in PLAIN.items():
            self.highs.setOptionValue(name, value)
        self.highs.cbMipInterrupt.subscribe(
            lambda event: None if keep_going() else event.interrupt()
        )
        self.highs.passModel(self._model(highspy, units, zones))
        self._add(
            [
                row
                for unit in units.tolist()
                for zone in zones.tolist()
                for row in self._first_rows(unit, zone)
            ]
        )
        self.value = np.inf
        self.bound = -np.inf
        self.solved = self.impossible = False
        self.reduced = np.zeros(len(self.unit))
        self.zones, self.units = zones, units

    def _model(self, highspy: Any, units: Ints, zones: Ints) -> Any:
        """Return the program without rows for connectedness: everyone once, capacities."""
        areas, columns = self.areas, len(self.unit)
        row_of_unit, row_of_zone = np.zeros(len(areas.load), int), np.zeros(len(areas.seat), int)
        row_of_unit[units], row_of_zone[zones] = (
            np.arange(len(units)),
            len(units) + np.arange(len(zones)),
        )
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, len(units) + len(zones)
        model.col_cost_ = areas.cost[self.unit, self.zone]
        model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
        model.row_lower_ = np.concatenate([np.ones(len(units)), np.full(len(zones), -np.inf)])
        model.row_upper_ = np.concatenate([np.ones(len(units)), areas.capacity[zones]])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.arange(0, 2 * columns + 1, 2)
        model.a_matrix_.index_ = np.stack(
            [row_of_unit[self.unit], row_of_zone[self.zone]], axis=1
        ).ravel()
        model.a_matrix_.value_ = np.stack([np.ones(columns), areas.load[self.unit]], axis=1).ravel()
        return model

    def _first_rows(self, unit: int, zone: int) -> list[Row]:
        if self.column[unit, zone] == NOBODY:
            return []
        rows = [(unit, zone, cut) for cut in self.known.rows.get((unit, zone), [])]
        seat = int(self.areas.seat[zone])
        if unit == seat or seat in self.areas.links[unit]:
            return rows
        return [*rows, (unit, zone, np.array(self.areas.links[unit]))]

    def _add(self, rows: list[Row]) -> None:
        """Add rows: a unit's share in a zone is at most that of the units that separate it from the seat."""
        if not rows:
            return
        listed = []
        for unit, zone, cut in rows:
            columns = self.column[cut, zone]
            listed.append(np.concatenate([[self.column[unit, zone]], columns[columns != NOBODY]]))
        sizes = np.array([len(one) for one in listed])
        start = np.concatenate([[0], sizes.cumsum()])
        value = np.full(int(start[-1]), -1.0)
        value[start[:-1]] = 1.0
        self.highs.addRows(
            len(rows),
            np.full(len(rows), -np.inf),
            np.zeros(len(rows)),
            len(value),
            start[:-1].astype(np.int32),
            np.concatenate(listed).astype(np.int32),
            value,
        )

    def share(self) -> Floats:
        """Return the last solution as shares (n, k)."""
        share = np.zeros(self.column.shape)
        share[self.unit, self.zone] = self.highs.getSolution().col_value
        return share

    def relax(self, *, rounds: int = RELAXED_ROUNDS) -> bool:
        """Solve with divisible units, adding violated rows; return whether it can be solved. `value` is its bound."""
        import highspy  # noqa: PLC0415

        for _ in range(rounds):
            self.highs.run()
            status = self.highs.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                self.impossible = status == highspy.HighsModelStatus.kInfeasible
                return False
            self.value = self.highs.getInfo().objective_function_value
            self.reduced = np.array(self.highs.getSolution().col_dual)
            rows = self.known.violated(self.share())
            if not rows:
                break
            self._add(rows)
        return True

    def drop_dearer(self, cutoff: float) -> None:
        """Rule out pairs that no solution cheaper than `cutoff` can use, by their reduced costs; after `relax`."""
        unused = np.array(self.highs.getSolution().col_value) < ZERO
        dear = np.flatnonzero(unused & (self.reduced > cutoff - self.value + SMALL)).astype(
            np.int32
        )
        self.highs.changeColsBounds(len(dear), dear, np.zeros(len(dear)), np.zeros(len(dear)))

    def capacity_price(self) -> Floats:
        """Return what one more of capacity saves in each zone (k); after `relax`."""
        price = np.zeros(len(self.areas.seat))
        dual = np.array(self.highs.getSolution().row_dual)
        price[self.zones] = -dual[len(self.units) : len(self.units) + len(self.zones)]
        return price.clip(min=0)

    def branch(
        self, whole: Ints, *, nodes: int, gap: float, cutoff: float | None = None
    ) -> Ints | None:
        """Return the best connected solution with the units `whole` undivided: the zone with most of each unit (n).

        At most `nodes` nodes a round of violated rows. None where none cheaper than `cutoff` was found. Units outside
        the program have NOBODY. `bound` then is below every connected solution (cheaper than `cutoff`), and `solved`
        tells whether `share` is a solution, connected or not.
        """
        columns = np.flatnonzero(np.isin(self.unit, whole)).astype(np.int32)
        kind = np.ones(len(columns), dtype=np.uint8)
        self.highs.changeColsIntegrality(len(columns), columns, kind)
        self.highs.setOptionValue("mip_max_nodes", nodes)
        self.highs.setOptionValue("mip_rel_gap", gap)
        limit = np.inf if cutoff is None else cutoff
        self.highs.setOptionValue("objective_bound", limit)
        for _ in range(WHOLE_ROUNDS):
            self.highs.run()
            info = self.highs.getInfo()
            self.bound = max(self.bound, info.mip_dual_bound)
            self.solved = (
                self.highs.getSolution().value_valid and info.objective_function_value <= limit
            )
            if not self.solved:
                return None
            share = self.share()
            rows = self.known.violated(share)
            if not rows:
                return np.where(share.any(axis=1), share.argmax(axis=1), NOBODY)
            self._add(rows)
        return None
