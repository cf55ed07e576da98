"""How long the pipeline takes on the made-up ward: `python -m bench.ward [--json] [--runs 5]`.

Each step is run several times and the median told, of wall clock and of the process's CPU seconds, beside the CPU
seconds of a reference loop that does nothing of ours, so that two machines, or two moments of a noisy one, can be
compared. One neighbourhood is planned from a store opened anew with no walking network kept (kernels are compiled
before), then again beside the plan in force; and in the app, from the press of the button (`bench.planner`).
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

import workflow
from bench.planner import waited_rows
from bench.timing import reference_s, timed
from steps.walking_networks import network_of_shapes

DAY = date(2026, 11, 21)
# The neighbourhood planned by itself is the one nearest to this.
HOUSEHOLDS, MEMBERS = 300, 8
# What it is worth that a household keeps its member where a neighbourhood is planned again.
KEEP_MIN = 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--households", type=int, default=11_000)
    said = parser.parse_args()
    rows = measured(runs=said.runs, households=said.households)
    if said.json:
        sys.stdout.write(json.dumps({"rows": rows}) + "\n")
        return
    for row in rows:
        sys.stdout.write(
            f"{row['step']:<54}{row['median_s']:>9.3f} s  CPU {row['cpu_s']:>9.3f} s"
            f"  loop {row['reference_s']:.2f} s  ({row['runs']} runs)\n"
        )


def measured(*, runs: int, households: int) -> list[dict[str, object]]:
    """Return one row a step: its name, the median of its seconds, and how often it ran."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = folder / "files"
        steps: dict[str, Callable[[int], object]] = {
            "reference loop (20 million)": lambda _: reference_s(),
            "demo": lambda _: workflow.write_made_up_ward(files, households=households, until=DAY),
            "import of everything": lambda i: _imported(files, folder / f"{i}.sqlite"),
        }
        rows = [_row(step, act, runs) for step, act in steps.items()]
        store = workflow.open_store(str(folder / "0.sqlite"))
        later: dict[str, Callable[[int], object]] = {
            "coverage by neighbourhood": lambda _: workflow.coverage(store, on=DAY),
            "unreached, with causes": lambda _: workflow.unreached(store, on=DAY),
            "plan --all": lambda i: workflow.suggest_plan(store, name=f"bench {i}", on=DAY),
            "layers of the coverage map": lambda _: workflow.coverage_layers(
                store, ward_code=None, goal=None, on=DAY
            ),
        }
        rows += [_row(step, act, runs) for step, act in later.items()]
        rows += _one_neighbourhood(store, folder / "0.sqlite", runs=runs)
        area, _ = _usual_neighbourhood(store)
        store.close()
        rows += waited_rows(folder / "0.sqlite", folder, area, on=DAY, runs=runs)
    return rows


def _one_neighbourhood(
    store: workflow.Store, database: Path, *, runs: int
) -> list[dict[str, object]]:
    area, what = _usual_neighbourhood(store)
    workflow.suggest_plan(store, area=area, name="bench now", on=DAY)
    first = _row(f"plan of {what}, first", lambda _: _planned_anew(database, area), runs)
    workflow.approve_plan(store, "bench now")
    rules = workflow.PlanRules(keep=KEEP_MIN)
    again = _row(
        f"plan of {what}, again",
        lambda _: workflow.suggest_plan(store, area=area, rules=rules, on=DAY),
        runs,
    )
    return [first, again]


def _usual_neighbourhood(store: workflow.Store) -> tuple[str, str]:
    """Return the neighbourhood nearest to the usual size, and its size in words."""
    homes, members = (
        store.load(kind).groupby("neighbourhood_id").size()
        for kind in (workflow.Kind.HOUSEHOLDS, workflow.Kind.MEMBERS)
    )
    off = (members - MEMBERS).abs() / MEMBERS + (homes - HOUSEHOLDS).abs() / HOUSEHOLDS
    area = str(off.idxmin())
    return area, f"a neighbourhood of {homes[area]} households, {members[area]} members"


def _planned_anew(database: Path, area: str) -> None:
    network_of_shapes.cache_clear()
    store = workflow.open_store(str(database))
    workflow.suggest_plan(store, area=area, on=DAY)
    store.close()


def _imported(files: Path, database: Path) -> None:
    store = workflow.open_store(str(database))
    workflow.import_folder(store, files)
    store.close()


def _row(step: str, act: Callable[[int], object], runs: int) -> dict[str, object]:
    seconds, cpu = [], []
    for i in range(runs):
        begun = perf_counter()
        cpu.append(timed(partial(act, i))[1])
        seconds.append(perf_counter() - begun)
    return {
        "step": step,
        "median_s": statistics.median(seconds),
        "cpu_s": statistics.median(cpu),
        "reference_s": reference_s(),
        "runs": runs,
    }


if __name__ == "__main__":
    main()
