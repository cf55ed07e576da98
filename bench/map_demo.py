"""How long a change of page takes in the app on the made-up ward, after each page was seen once."""

import re
import statistics
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import workflow
from tests.chromium import Watched, opened
from tests.serving import served
from views.frame import PAGES

DAY = date(2026, 11, 21)
ROUNDS = 3
QUIET_MS = 400
# The first plan page waits for planning to be compiled.
LONGEST_MS = 120_000


def page_changes() -> list[dict[str, Any]]:
    """Return the median seconds from the click on a page's name until all of it is there, page by page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        store = workflow.open_store(str(folder / "demo.sqlite"))
        workflow.load_made_up_ward(store, until=DAY)
        store.close()
        with served(folder / "demo.sqlite", folder) as (address, _), opened() as watched:
            watched.page.set_default_timeout(LONGEST_MS)
            watched.page.goto(f"{address}?on={DAY.isoformat()}")
            watched.drawn()
            taken: dict[str, list[float]] = {path: [] for path in PAGES}
            for _ in range(ROUNDS + 1):
                for path in [*list(PAGES)[1:], next(iter(PAGES))]:
                    taken[path].append(_changed(watched, path, first=path == next(iter(PAGES))))
    return [
        {"what": f"to the page {path}", "value": statistics.median(seconds[1:]), "unit": "s"}
        for path, seconds in taken.items()
    ]


def _changed(watched: Watched, path: str, *, first: bool) -> float:
    page = watched.page
    link = page.locator("[data-testid=stSidebarNavLink]")
    ending = r"/(\?.*)?$" if first else rf"/{path}(\?.*)?$"
    wanted = link.all()[
        [bool(re.search(ending, one.get_attribute("href"))) for one in link.all()].index(True)
    ]
    begun = perf_counter()
    wanted.click()
    page.wait_for_url(re.compile(ending))
    watched.settled(quiet_ms=QUIET_MS)
    if page.locator("[data-testid=diaban-map]").count():
        page.locator('[data-testid=diaban-map][data-ready="1"]').first.wait_for()
    return perf_counter() - begun - QUIET_MS / 1_000
