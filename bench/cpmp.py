"""Published capacitated p-median instances: `python -m bench.cpmp FILE… [--time-limit 10] [--assignments DIR]`.

Each instance gets the CPU time of the limit, bound included; reading is not counted, compiling is timed apart. With
`--steps` the search ends after counted steps, hence with the same plan everywhere. What is printed is what the checker
works out from the assignment.
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

from bench.checking_medians import verdict
from bench.median_files import Instance, read_instance
from bench.timing import reference_s
from planning.medians import Medians, find_medians

# What of the time limit may pass before the search is asked to end, and steps that no limit leaves time for.
LAST, MOST_STEPS = 0.93, 10**12
FEW_POINTS = 10
COLUMNS = ("instance", "n", "p", "objective", "bound", "best_known", "gap", "feasible", "cpu_s")


def main() -> None:
    """Measure and print."""
    said = _said()
    compile_s = _timed_compiling()
    rows = []
    for path in said.files:
        instance = read_instance(path, floor_all=said.floor)
        row, assignment = measured(
            instance, limit_s=said.time_limit, seed=said.seed, steps=said.steps
        )
        rows.append(row)
        if said.assignments:
            write_assignment(said.assignments / f"{instance.name}.csv", assignment)
        if not said.json:
            sys.stdout.write((_heading() if len(rows) == 1 else "") + _line(row))
            sys.stdout.flush()
    document = {
        "rows": rows,
        "total": {"n/p >= 10": _classed(rows, few=False), "n/p < 10": _classed(rows, few=True)},
        "compile_s": compile_s,
        "reference_loop_s": reference_s(),
    }
    sys.stdout.write(json.dumps(document) + "\n" if said.json else _closing(document))


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--floor", action="store_true")
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _timed_compiling() -> float:
    """Call every kernel once; return the CPU seconds."""
    begun = process_time()
    place = np.random.default_rng(0).uniform(size=(30, 2))
    ways = np.hypot(*(place[:, None] - place).T)
    find_medians(ways, np.ones(len(place)), 12.0, 3, steps=len(place))
    return process_time() - begun


def measured(
    instance: Instance, *, limit_s: float, seed: int, steps: int | None
) -> tuple[dict[str, Any], dict[int, int]]:
    """Return the row of an instance, and the median of each point, both counted from 1."""
    begun = process_time()
    found = _found(instance, begun, limit_s=limit_s, seed=seed, steps=steps)
    cpu_s = process_time() - begun
    medians = found.median[found.owner]
    assignment = {point + 1: int(median) + 1 for point, median in enumerate(medians)}
    judged = verdict(instance, assignment)
    best = instance.best_known
    row = {
        "instance": instance.name,
        "n": instance.points,
        "p": instance.medians,
        "objective": judged.objective,
        "bound": found.bound,
        "best_known": best,
        "gap": judged.objective / best - 1 if best else None,
        "bound_gap": 1 - found.bound / judged.objective if judged.objective else 0.0,
        "feasible": judged.feasible,
        "faults": judged.faults,
        "cpu_s": cpu_s,
    }
    return row, assignment


def _found(
    instance: Instance, begun: float, *, limit_s: float, seed: int, steps: int | None
) -> Medians:
    ways = instance.distances()
    return find_medians(
        ways,
        instance.demand,
        instance.capacity,
        instance.medians,
        seed=seed,
        steps=MOST_STEPS if steps is None else steps,
        keep_going=lambda: process_time() - begun < LAST * limit_s,
    )


def write_assignment(path: Path, median_of: dict[int, int]) -> None:
    """Write `point,median`, counted from 1."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["point", "median"])
        writer.writerows(sorted(median_of.items()))


def _classed(rows: list[dict[str, Any]], *, few: bool) -> dict[str, Any]:
    """Return the figures of the instances with few points a median, or of the others."""
    class_ = [row for row in rows if (row["n"] < FEW_POINTS * row["p"]) == few]
    gaps = [row["gap"] for row in class_ if row["gap"] is not None]
    return {
        "instances": len(class_),
        "feasible": all(row["feasible"] for row in class_),
        "gap_mean": mean(gaps) if gaps else None,
        "gap_worst": max(gaps, default=None),
        "bound_gap_mean": mean(row["bound_gap"] for row in class_) if class_ else None,
        "cpu_s_most": max((row["cpu_s"] for row in class_), default=None),
    }


def _heading() -> str:
    return (
        f"{'instance':<14}{'n':>6}{'p':>6}{'objective':>16}{'bound':>16}{'best_known':>16}"
        f"{'gap %':>9}{'feasible':>10}{'cpu_s':>8}\n"
    )


def _line(row: dict[str, Any]) -> str:
    best = "–" if row["best_known"] is None else f"{row['best_known']:.2f}"
    gap = "–" if row["gap"] is None else f"{100 * row['gap']:.3f}"
    faults = "".join(f"\n  {fault}" for fault in row["faults"][:3])
    return (
        f"{row['instance']:<14}{row['n']:>6}{row['p']:>6}{row['objective']:>16.2f}{row['bound']:>16.2f}"
        f"{best:>16}{gap:>9}{'yes' if row['feasible'] else 'NO':>10}{row['cpu_s']:>8.2f}{faults}\n"
    )


def _closing(document: dict[str, Any]) -> str:
    lines = []
    for name, figures in document["total"].items():
        if figures["gap_mean"] is not None:
            lines.append(
                f"{name:<9} {figures['instances']} instances, gap mean {100 * figures['gap_mean']:.3f} %, "
                f"worst {100 * figures['gap_worst']:.3f} %, bound on average {100 * figures['bound_gap_mean']:.2f} % "
                f"below the plan"
            )
    lines.append(
        f"compiling {document['compile_s']:.1f} s, reference loop {document['reference_loop_s']:.2f} s"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
