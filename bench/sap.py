"""Published service areas: `python -m bench.sap FILE… [--time-limit 10] [--adjacency FILE] [--assignments DIR]`.

Each instance gets the CPU time of the limit, bound included; reading is not counted, compiling is timed apart.
`--programs` ends the search after counted programs, hence with the same plan everywhere. What is
printed is what the checker works out from the assignment.
"""

import argparse
from pathlib import Path
from time import process_time

import numpy as np

from bench import published
from bench.area_files import Instance, read_instance
from bench.checking_areas import verdict
from bench.published import Figures, Row, told
from planning.area_program import ServiceAreas
from planning.service_areas import AreaPlan, plan_areas

# What of the time limit may pass before the search is asked to end, and programs that no limit leaves time for.
LAST, MOST_PROGRAMS = 0.97, 10**9


def main() -> None:
    """Measure and print."""
    said = _said()

    def solve(path: Path) -> tuple[Row, dict[int, int]]:
        instance = read_instance(path, adjacency=said.adjacency)
        return measured(instance, limit_s=said.time_limit, seed=said.seed, programs=said.programs)

    published.print_table(said, TABLE, solve, compile_s=_timed_compiling())


def _said() -> argparse.Namespace:
    parser = published.options(__doc__)
    parser.add_argument("--programs", type=int)
    parser.add_argument("--adjacency", type=Path)
    return parser.parse_args()


def _timed_compiling() -> float:
    """Call every kernel once; return the CPU seconds."""
    begun = process_time()
    way = np.arange(9.0)
    areas = ServiceAreas(
        cost=np.abs(way[:, None] - np.array([0.0, 8.0])),
        load=np.array([1.0, 2, 3, 1, 2, 3, 1, 2, 3]),
        capacity=np.full(2, 10.0),
        seat=np.array([0, 8]),
        links=[[to for to in (unit - 1, unit + 1) if to in range(9)] for unit in range(9)],
    )
    plan_areas(areas, steps=1, programs=1)
    return process_time() - begun


def measured(
    instance: Instance, *, limit_s: float, seed: int, programs: int | None
) -> tuple[Row, dict[int, int]]:
    """Return the row of an instance, and the facility of each unit, by their ids."""
    begun = process_time()
    plan, assignment = solved(instance, begun, limit_s=limit_s, seed=seed, programs=programs)
    cpu_s = process_time() - begun
    judged = verdict(instance, assignment)
    row = {
        "instance": instance.name,
        "units": len(instance.demand),
        "facilities": len(instance.capacity),
        "objective": judged.objective,
        "bound": plan.bound if np.isfinite(plan.bound) else None,
        "best_known": instance.best_known,
        "gap": published.gap(judged.objective, instance.best_known),
        "bound_gap": _bound_gap(plan.bound, judged.objective),
        "feasible": judged.feasible,
        "contiguous": judged.contiguous,
        "faults": judged.faults,
        "cpu_s": cpu_s,
    }
    return row, assignment


def _bound_gap(bound: float, objective: float) -> float | None:
    """Return the share by which the bound is below the plan; None where no plan can exist."""
    if not np.isfinite(bound):
        return None
    return 1 - bound / objective if objective else 0.0


def solved(
    instance: Instance, begun: float, *, limit_s: float, seed: int, programs: int | None
) -> tuple[AreaPlan, dict[int, int]]:
    """Return the plan of an instance, and the facility of each unit, by their ids."""
    units, facilities = sorted(instance.demand), sorted(instance.capacity)
    at = {unit: number for number, unit in enumerate(units)}
    plan = plan_areas(
        ServiceAreas(
            cost=np.array([[instance.cost(unit, to) for to in facilities] for unit in units]),
            load=np.array([instance.demand[unit] for unit in units]),
            capacity=np.array([instance.capacity[facility] for facility in facilities]),
            seat=np.array([at[facility] for facility in facilities]),
            links=[sorted(at[to] for to in instance.touching[unit]) for unit in units],
        ),
        seed=seed,
        programs=MOST_PROGRAMS if programs is None else programs,
        keep_going=lambda: process_time() - begun < LAST * limit_s,
    )
    return plan, {unit: facilities[plan.owner[at[unit]]] for unit in units}


def _total(rows: list[Row]) -> Figures:
    return published.totals(rows) | {"contiguous": all(row["contiguous"] for row in rows)}


def _line(row: Row) -> str:
    best, bound = told(row["best_known"], 3), told(row["bound"], 3)
    gap, below = told(row["gap"], 3, times=100), told(row["bound_gap"], 2, times=100)
    return (
        f"{row['instance']:<14}{row['objective']:>12.3f}{bound:>12}{best:>12}{gap:>8}"
        f"{below:>9}{'yes' if row['feasible'] else 'NO':>10}"
        f"{'yes' if row['contiguous'] else 'NO':>12}{row['cpu_s']:>8.2f}{published.faults(row)}\n"
    )


def _closing(total: Figures) -> list[str]:
    lines = [f"{total['instances']} instances"]
    if total["gap_mean"] is not None:
        lines.append(
            f"gap to best known: mean {100 * total['gap_mean']:.3f} %, worst {100 * total['gap_worst']:.3f} %"
        )
    if total["bound_gap_mean"] is not None:
        lines.append(f"bound on average {100 * total['bound_gap_mean']:.2f} % below the plan")
    return lines


TABLE = published.Table(
    ids=("unit", "facility"),
    heading=f"{'instance':<14}{'objective':>12}{'bound':>12}{'best_known':>12}{'gap %':>8}{'bound %':>9}"
    f"{'feasible':>10}{'contiguous':>12}{'cpu_s':>8}\n",
    line=_line,
    total=_total,
    closing=_closing,
)


if __name__ == "__main__":
    main()
