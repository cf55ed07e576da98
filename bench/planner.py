"""How long a planner waits in the app for a plan, and for one suggested again: rows of `python -m bench.ward`.

A server on a made-up ward, warmed by one plan, and a browser that presses the buttons. Told are the seconds from the
press until the draft is stored and until the page shows it, and the CPU seconds of the server by then.
"""

import os
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from typing import NamedTuple

import workflow
from bench.browsing import Browser
from bench.timing import reference_s
from data.plans import plan_part
from tests.serving import served
from words import say

PAGE, LANG = "phuong-an", "vi"
# So many households are handed to another member before a plan is suggested again.
HANDED = 5
LOOK_S, LONGEST_S = 0.003, 120.0


class Waited(NamedTuple):
    """Seconds, and CPU seconds of the server, until something was stored and until the page was whole."""

    stored_s: float
    stored_cpu_s: float
    whole_s: float
    whole_cpu_s: float


def waited_rows(
    database: Path, folder: Path, area: str, *, on: date, runs: int
) -> list[dict[str, object]]:
    """Return rows as `bench.ward` prints them, of a plan suggested and suggested again in the app."""
    with served(database, folder) as (address, _):
        planner = Planner(address, database, folder, area, on=on)
        planner.suggest()
        planner.again()
        parts = {"suggested": planner.suggest, "suggested again": planner.again}
        rows = [row for what, act in parts.items() for row in _rows(what, act, runs)]
        planner.browser.close()
    return rows


class Planner:
    """One planner at the page of plans."""

    def __init__(self, address: str, database: Path, home: Path, area: str, *, on: date) -> None:
        self.database, self.home, self.area, self.on = database, home, area, on
        self.store = workflow.open_store(str(database))
        places = workflow.areas(self.store).set_index("neighbourhood_id")
        self.name = str(places.loc[area, "name"])
        self.browser = Browser(address, f"on={on.isoformat()}")
        self.browser.go(PAGE)

    def suggest(self) -> Waited:
        """Suggest a new plan of the neighbourhood."""
        self.browser.press(say("suggest", LANG))
        chosen = {say("suggest_for", LANG): self.name}
        return self._waited(lambda: self.browser.press(say("suggest_go", LANG), chosen))

    def again(self) -> Waited:
        """Hand a few households of the newest draft over, and suggest it again."""
        plan = workflow.plans(self.store).iloc[0]
        rows = plan_part(self.store, "assignments", plan["plan_id"]).sort_values("household_id")
        first, last = rows["member_id"].dropna().iloc[[0, -1]]
        other = last if last != first else rows.loc[rows["member_id"] != first, "member_id"].iloc[0]
        own = rows.loc[rows["member_id"] == first, "household_id"].head(HANDED)
        workflow.move_households(self.store, plan["plan_id"], list(own), other, on=self.on)
        self.browser.go(PAGE)
        return self._waited(lambda: self.browser.press(say("suggest_again", LANG)))

    def _waited(self, press: Callable[[], float]) -> Waited:
        """Press a button, and watch meanwhile for the server to write into the store."""
        look = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, check_same_thread=False)
        before, begun = cpu_s(self.home), perf_counter()
        stored: list[tuple[float, float]] = []
        watch = Thread(target=self._watch, args=(look, stored), daemon=True)
        watch.start()
        press()
        whole_s, whole_cpu_s = perf_counter() - begun, cpu_s(self.home)
        watch.join()
        look.close()
        stored_s, stored_cpu_s = stored[0]
        return Waited(stored_s - begun, stored_cpu_s - before, whole_s, whole_cpu_s - before)

    def _watch(self, look: sqlite3.Connection, stored: list[tuple[float, float]]) -> None:
        version, until = _version(look), perf_counter() + LONGEST_S
        while _version(look) == version and perf_counter() < until:
            sleep(LOOK_S)
        stored.append((perf_counter(), cpu_s(self.home)))


def _version(look: sqlite3.Connection) -> int:
    """Return a number that changes when somebody else writes into the store."""
    return int(look.execute("PRAGMA data_version").fetchone()[0])


def cpu_s(home: Path) -> float:
    """Return the CPU seconds so far of the server whose home is a folder, and of what it started."""
    ticks = sum(_ticks(one) for one in processes(home))
    return ticks / os.sysconf("SC_CLK_TCK")


def processes(home: Path) -> Iterator[Path]:
    """Go through the processes whose home is a folder: a server and its children."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={home}".encode() in (process / "environ").read_bytes().split(b"\0"):
                yield process
        except OSError:
            continue


def _ticks(process: Path) -> int:
    """Return the clock ticks a process has used, and the children it has waited for."""
    try:
        said = (process / "stat").read_text()
    except OSError:
        return 0
    return sum(int(ticks) for ticks in said.rpartition(")")[2].split()[11:15])


def _rows(what: str, act: Callable[[], Waited], runs: int) -> list[dict[str, object]]:
    """Return a row until the draft is stored, and one until the page shows it."""
    found = [act() for _ in range(runs)]
    seconds = [statistics.median(column) for column in zip(*found, strict=True)]
    parts = {"stored": seconds[:2], "drawn": seconds[2:]}
    loop_s = reference_s()
    return [
        {
            "step": f"in the app: {what}, until {end}",
            "median_s": taken,
            "cpu_s": cpu,
            "reference_s": loop_s,
            "runs": runs,
        }
        for end, (taken, cpu) in parts.items()
    ]
