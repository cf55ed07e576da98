"""Published capacitated p-median instances: `python -m bench.cpmp FILE… [--time-limit 10] [--assignments DIR]`.

Each instance gets the CPU time of the limit, bound included; reading is not counted, compiling is timed apart. With
`--steps` the search ends after counted steps, hence with the same plan everywhere. What is printed is what the checker
works out from the assignment.
"""

import argparse
from pathlib import Path
from time import process_time

import numpy as np

from bench import published
from bench.checking_medians import verdict
from bench.median_files import Instance, read_instance
from bench.published import Figures, Row, told
from planning.medians import Medians, find_medians

# What of the time limit may pass before the search is asked to end, and steps that no limit leaves time for.
LAST, MOST_STEPS = 0.93, 10**12
FEW_POINTS = 10


def main() -> None:
    """Measure and print."""
    said = _said()

    def solve(path: Path) -> tuple[Row, dict[int, int]]:
        instance = read_instance(path, floor_all=said.floor)
        return measured(instance, limit_s=said.time_limit, seed=said.seed, steps=said.steps)

    published.print_table(said, TABLE, solve, compile_s=_timed_compiling())


def _said() -> argparse.Namespace:
    parser = published.options(__doc__)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--floor", action="store_true")
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
) -> tuple[Row, dict[int, int]]:
    """Return the row of an instance, and the median of each point, both counted from 1."""
    begun = process_time()
    found = _found(instance, begun, limit_s=limit_s, seed=seed, steps=steps)
    cpu_s = process_time() - begun
    medians = found.median[found.owner]
    assignment = {point + 1: int(median) + 1 for point, median in enumerate(medians)}
    judged = verdict(instance, assignment)
    row = {
        "instance": instance.name,
        "n": instance.points,
        "p": instance.medians,
        "objective": judged.objective,
        "bound": found.bound,
        "best_known": instance.best_known,
        "gap": published.gap(judged.objective, instance.best_known),
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


def _total(rows: list[Row]) -> Figures:
    """Return the figures of the instances with many points a median, and of those with few, where gaps are larger."""
    few, many = (
        [row for row in rows if (row["n"] < FEW_POINTS * row["p"]) == is_few]
        for is_few in (True, False)
    )
    return {"n/p >= 10": published.totals(many), "n/p < 10": published.totals(few)}


def _line(row: Row) -> str:
    best, gap = told(row["best_known"], 2), told(row["gap"], 3, times=100)
    return (
        f"{row['instance']:<14}{row['n']:>6}{row['p']:>6}{row['objective']:>16.2f}{row['bound']:>16.2f}"
        f"{best:>16}{gap:>9}{'yes' if row['feasible'] else 'NO':>10}{row['cpu_s']:>8.2f}"
        f"{published.faults(row)}\n"
    )


def _closing(total: Figures) -> list[str]:
    return [
        f"{name:<9} {figures['instances']} instances, gap mean {100 * figures['gap_mean']:.3f} %, "
        f"worst {100 * figures['gap_worst']:.3f} %, bound on average {100 * figures['bound_gap_mean']:.2f} % "
        f"below the plan"
        for name, figures in total.items()
        if figures["gap_mean"] is not None
    ]


TABLE = published.Table(
    ids=("point", "median"),
    heading=f"{'instance':<14}{'n':>6}{'p':>6}{'objective':>16}{'bound':>16}{'best_known':>16}"
    f"{'gap %':>9}{'feasible':>10}{'cpu_s':>8}\n",
    line=_line,
    total=_total,
    closing=_closing,
)


if __name__ == "__main__":
    main()
