"""From opening the page to the first map, on the made-up ward: `python -m bench.first_map [--json] [--runs 5]`.

A new browser each time, every other host refused; the server has answered once before, as it has after `make run`.
"""

import argparse
import json
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import workflow
from tests.chromium import opened
from tests.serving import served

DAY = date(2026, 11, 21)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    said = parser.parse_args()
    seconds = measured(said.runs)
    median = statistics.median(seconds[1:])
    if said.json:
        rows = [{"step": "first map", "first_s": seconds[0], "median_s": median, "runs": said.runs}]
        sys.stdout.write(json.dumps({"rows": rows}) + "\n")
        return
    sys.stdout.write(f"{'first map, server just started':<34}{seconds[0]:>9.2f} s\n")
    sys.stdout.write(f"{'first map of a session':<34}{median:>9.2f} s   ({said.runs} runs)\n")


def measured(runs: int) -> list[float]:
    """Return the seconds of the first session after the start, then of `runs` more."""
    seconds = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "demo.sqlite"
        store = workflow.open_store(str(database))
        workflow.load_made_up_ward(store, until=DAY)
        store.close()
        with served(database, folder) as (address, _):
            for _ in range(runs + 1):
                with opened() as watched:
                    begun = perf_counter()
                    watched.page.goto(address)
                    watched.drawn()
                    seconds.append(perf_counter() - begun)
    return seconds


if __name__ == "__main__":
    main()
