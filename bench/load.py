"""Ten people at once: `python -m bench.load [--sessions 10] [--actions 12] [--households 11000] [--json]`.

A server on the made-up ward, and so many sessions that speak its protocol as a browser does: each goes from page to
page and chooses what people choose, with a second's thought between. Told are the seconds from an action until the
page is whole, and the memory of the server with all that it started.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import workflow
from bench.browsing import Browser
from bench.planner import processes
from bench.timing import reference_s
from tests.serving import served

DAY = date(2026, 11, 21)
PAGES = ("", "do-phu", "phuong-an", "sua", "xuat", "trinh-chieu")
THINK_S = 1.0
SAMPLE_S = 0.5
KIB = 1024
GIB = 2**30


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--actions", type=int, default=12)
    parser.add_argument("--households", type=int, default=11_000)
    said = parser.parse_args()
    found = measured(said.sessions, said.actions, said.households)
    found["reference_loop_s"] = reference_s()
    if said.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, value in found.items():
        sys.stdout.write(f"{name:<24}{value:>10.2f}\n")


def measured(sessions: int, actions: int, households: int) -> dict[str, Any]:
    """Return the figures of one server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "demo.sqlite"
        store = workflow.open_store(str(database))
        workflow.load_made_up_ward(store, until=DAY, households=households)
        areas = list(workflow.areas(store)["neighbourhood_id"])
        store.close()
        with served(database, folder) as (address, _), watching(folder) as memory:
            alone = Session(address, areas, seed=0).visit(PAGES)
            with ThreadPoolExecutor(sessions) as people:
                each = people.map(
                    lambda seed: Session(address, areas, seed=seed).work(actions), range(sessions)
                )
                times = [one for list_of_one in each for one in list_of_one]
            peak = max(memory)
    return {
        "sessions": sessions,
        "actions": len(times),
        "first_visit_median_s": statistics.median(alone),
        "median_s": statistics.median(times),
        "p90_s": statistics.quantiles(times, n=10)[-1],
        "peak_gib": peak / GIB,
    }


class Session(Browser):
    """One person: a browser that goes where people go."""

    def __init__(self, address: str, areas: list[str], *, seed: int) -> None:
        super().__init__(address, f"on={DAY.isoformat()}")
        self.areas, self.random = areas, random.Random(seed)

    def visit(self, pages: tuple[str, ...]) -> list[float]:
        """Go through pages one by one, and return the seconds of each."""
        return [self.go(page) for page in pages]

    def work(self, actions: int) -> list[float]:
        """Do what people do, and return the seconds of each action."""
        seconds = [self.go("")]
        for _ in range(actions - 1):
            sleep(self.random.uniform(0.5, 1.5) * THINK_S)
            if self.random.random() < 0.5:  # noqa: PLR2004  half of them
                seconds.append(self.go(self.random.choice(PAGES)))
            else:
                area = self.random.choice(self.areas)
                seconds.append(self.go(self.page, f"on={DAY.isoformat()}&area={area}"))
        self.close()
        return seconds


class watching:  # noqa: N801 - read as a word
    """Sample the memory of the server that was started last, and of all that it started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stop, self.samples = folder, Event(), [0]

    def __enter__(self) -> list[int]:
        """Begin."""
        self.thread = Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self.samples

    def __exit__(self, *_: object) -> None:
        """End."""
        self.stop.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.stop.wait(SAMPLE_S):
            self.samples.append(sum(_resident(one) for one in processes(self.folder)))


def _resident(process: Path) -> int:
    """Return the bytes a process holds of its own: what it shares with others is counted once each."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * KIB for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
