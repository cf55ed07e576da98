"""Published service areas: `python -m bench.sap FILE… [--time-limit 10] [--adjacency FILE] [--assignments DIR]`.

Each instance gets the CPU time of the limit, bound included; reading is not counted, compiling is timed apart.
`--programs` ends the search after counted programs, hence with the same plan everywhere. What is
printed is what the checker works out from the assignment.
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

import numpy as np

from bench.area_files import Instance, read_instance
from bench.checking_areas import verdict
from bench.timing import reference_s
from planning.area_program import ServiceAreas
from planning.service_areas import AreaPlan, plan_areas

# What of the time limit may pass before the search is asked to end, and programs that no limit leaves time for.
LAST, MOST_PROGRAMS = 0.97, 10**9


def main() -> None:
    """Measure and print."""
    said = _said()
    compile_s = _timed_compiling()
    rows = []
    for path in said.files:
        instance = read_instance(path, adjacency=said.adjacency)
        row, assignment = measured(
            instance, limit_s=said.time_limit, seed=said.seed, programs=said.programs
        )
        rows.append(row)
        if said.assignments:
            write_assignment(said.assignments / f"{instance.name}.csv", assignment)
        if not said.json:
            sys.stdout.write((_heading() if len(rows) == 1 else "") + _line(row))
            sys.stdout.flush()
    document = {
        "rows": rows,
        "total": _total(rows),
        "compile_s": compile_s,
        "reference_loop_s": reference_s(),
    }
    sys.stdout.write(json.dumps(document) + "\n" if said.json else _closing(document))


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--programs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--adjacency", type=Path)
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
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
) -> tuple[dict[str, Any], dict[int, int]]:
    """Return the row of an instance, and the facility of each unit, by their ids."""
    begun = process_time()
    plan, assignment = solved(instance, begun, limit_s=limit_s, seed=seed, programs=programs)
    cpu_s = process_time() - begun
    judged = verdict(instance, assignment)
    best = instance.best_known
    row = {
        "instance": instance.name,
        "units": len(instance.demand),
        "facilities": len(instance.capacity),
        "objective": judged.objective,
        "bound": plan.bound if np.isfinite(plan.bound) else None,
        "best_known": best,
        "gap": judged.objective / best - 1 if best else None,
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


def write_assignment(path: Path, facility_of: dict[int, int]) -> None:
    """Write `unit,facility`, by their ids."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "facility"])
        writer.writerows(sorted(facility_of.items()))


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    gaps = [row["gap"] for row in rows if row["gap"] is not None]
    proven = [row["bound_gap"] for row in rows if row["bound_gap"] is not None]
    return {
        "instances": len(rows),
        "feasible": all(row["feasible"] for row in rows),
        "contiguous": all(row["contiguous"] for row in rows),
        "gap_mean": mean(gaps) if gaps else None,
        "gap_worst": max(gaps, default=None),
        "bound_gap_mean": mean(proven) if proven else None,
        "cpu_s_most": max(row["cpu_s"] for row in rows),
    }


def _heading() -> str:
    return (
        f"{'instance':<14}{'objective':>12}{'bound':>12}{'best_known':>12}{'gap %':>8}{'bound %':>9}"
        f"{'feasible':>10}{'contiguous':>12}{'cpu_s':>8}\n"
    )


def _line(row: dict[str, Any]) -> str:
    best = "–" if row["best_known"] is None else f"{row['best_known']:.3f}"
    gap = "–" if row["gap"] is None else f"{100 * row['gap']:.3f}"
    bound = "–" if row["bound"] is None else f"{row['bound']:.3f}"
    below = "–" if row["bound"] is None else f"{100 * row['bound_gap']:.2f}"
    faults = "".join(f"\n  {fault}" for fault in row["faults"][:3])
    return (
        f"{row['instance']:<14}{row['objective']:>12.3f}{bound:>12}{best:>12}{gap:>8}"
        f"{below:>9}{'yes' if row['feasible'] else 'NO':>10}"
        f"{'yes' if row['contiguous'] else 'NO':>12}{row['cpu_s']:>8.2f}{faults}\n"
    )


def _closing(document: dict[str, Any]) -> str:
    total = document["total"]
    lines = [f"{total['instances']} instances"]
    if total["gap_mean"] is not None:
        lines.append(
            f"gap to best known: mean {100 * total['gap_mean']:.3f} %, worst {100 * total['gap_worst']:.3f} %"
        )
    if total["bound_gap_mean"] is not None:
        lines.append(f"bound on average {100 * total['bound_gap_mean']:.2f} % below the plan")
    lines.append(
        f"compiling {document['compile_s']:.1f} s, reference loop {document['reference_loop_s']:.2f} s"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
