"""A made-up ward in a store of one's own, its present sharing in force; made once a run."""

from datetime import date
from functools import partial
from pathlib import Path

import workflow
from data.store import Store
from tests.made_once import fill

DAY = date(2026, 11, 21)


def a_made_up_ward(folder: Path, *, households: int = 300) -> tuple[Store, Path]:
    """Fill a store in `folder` with a ward as on `DAY`; return it, and its file."""
    fill(folder, f"ward-{households}", partial(_make, households=households))
    file = folder / "ward.sqlite"
    return workflow.open_store(str(file)), file


def _make(folder: Path, *, households: int) -> None:
    store = workflow.open_store(str(folder / "ward.sqlite"))
    workflow.load_made_up_ward(store, until=DAY, households=households)
    store.close()
