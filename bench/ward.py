"""How long the pipeline takes on the made-up ward: `python -m bench.ward [--json] [--runs 5]`.

Each step is run several times and the median told, beside the time of a reference loop that does nothing
of ours, so that two machines, or two moments of a noisy one, can be compared.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import workflow

DAY = date(2026, 11, 21)
REFERENCE_LOOPS = 20_000_000


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
        sys.stdout.write(f"{row['step']:<34}{row['median_s']:>9.2f} s   ({row['runs']} runs)\n")


def measured(*, runs: int, households: int) -> list[dict[str, object]]:
    """Return one row a step: its name, the median of its seconds, and how often it ran."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = folder / "files"
        steps: dict[str, Callable[[int], object]] = {
            "reference loop (20 million)": lambda _: sum(range(REFERENCE_LOOPS)),
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
        store.close()
    return rows


def _imported(files: Path, database: Path) -> None:
    store = workflow.open_store(str(database))
    workflow.import_folder(store, files)
    store.close()


def _row(step: str, act: Callable[[int], object], runs: int) -> dict[str, object]:
    seconds = []
    for i in range(runs):
        begun = perf_counter()
        act(i)
        seconds.append(perf_counter() - begun)
    return {"step": step, "median_s": statistics.median(seconds), "runs": runs}


if __name__ == "__main__":
    main()
