"""Folders that take long to make: made once a run, by whichever worker needs one first, then copied."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

# Where this run keeps what was made; `conftest` says it.
KEPT: list[Path] = []


def kept_below(base: Path) -> Path:
    """Return where a worker with the temporary folder `base` shares what it makes: above it, if there are others."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def fill(folder: Path, name: str, make: Callable[[Path], None]) -> None:
    """Copy into `folder` what `make`, known by `name`, makes in an empty folder."""
    kept = KEPT[-1] / f"made-{name}"
    if not kept.exists():
        _make(kept, make)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def _make(kept: Path, make: Callable[[Path], None]) -> None:
    """Make it where nobody else looks until it is whole; of two made at once, one is kept."""
    making = Path(tempfile.mkdtemp(dir=kept.parent)) / kept.name
    making.mkdir()
    make(making)
    try:
        making.rename(kept)
    except OSError:
        if not kept.exists():
            raise
