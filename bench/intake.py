"""How long a long list takes, beside reading its sheet alone: `python -m bench.intake [--json] [--households 100000]`.

A made-up ward's list with its usual faults, 15 columns under Vietnamese headings and title rows, is read by
`pandas.read_excel` with openpyxl, then imported into a store that holds the ward's boundaries and streets (read,
located, checked, stored), then imported again. Each step runs in a process of its own; its start is not timed. Memory
is the peak of the process and of its largest child together.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import pandas as pd

DAY = date(2026, 11, 21)
HOUSEHOLDS = 100_000
SHEET, DATABASE = "households.xlsx", "ward.sqlite"
MAPS = {
    "wards": ["ward_code", "name"],
    "neighbourhoods": ["neighbourhood_id", "name", "ward_code"],
    "streets": ["street_id", "name", "kind", "ward_code"],
}
TITLES = (
    ("ỦY BAN NHÂN DÂN PHƯỜNG MẪU AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (None, "Độc lập - Tự do - Hạnh phúc"),
    ("DANH SÁCH HỘ DÂN NĂM 2026",),
)
MOTTO_COLUMN = 8
KIB_A_MB = 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.step:
        sys.stdout.write(json.dumps(_timed(STEPS[said.step], said.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder), households=said.households)
    if said.json:
        sys.stdout.write(json.dumps({"households": said.households, "rows": rows}) + "\n")
        return
    for row in rows:
        sys.stdout.write(
            f"{row['step']:<34}{row['seconds']:>9.2f} s{row['ratio']:>7.2f} ×{row['peak_mb']:>8.0f} MB"
            f"   {row['told']}\n"
        )


def measured(folder: Path, *, households: int) -> list[dict[str, Any]]:
    """Return one row a step: seconds, ratio to reading alone, peak memory in MB, and what it told."""
    make_files(folder, households=households)
    told = {step: _in_a_process(step, folder) for step in STEPS}
    alone = told["read_excel"]["seconds"]
    return [{"step": step, **row, "ratio": row["seconds"] / alone} for step, row in told.items()]


def make_files(folder: Path, *, households: int) -> None:
    """Write the maps and the list of a made-up ward; same count, same cells."""
    from data.samples.defects import with_defects  # noqa: PLC0415
    from data.samples.files import HEADINGS, TYPED  # noqa: PLC0415
    from data.samples.ward import make_ward  # noqa: PLC0415
    from geo.terms import Kind  # noqa: PLC0415

    ward = make_ward(households=households, until=DAY)
    for name, columns in MAPS.items():
        getattr(ward, name)[[*columns, "geometry"]].to_file(folder / f"{name}.gpkg")
    typed = with_defects(ward).typed
    cells = {
        heading: TYPED[name](typed[name]) if name in TYPED else typed[name]
        for name, heading in HEADINGS[Kind.HOUSEHOLDS].items()
    }
    _write_sheet(pd.DataFrame(cells), folder / SHEET)


def _write_sheet(table: pd.DataFrame, path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách hộ")
    for left, *right in TITLES:
        sheet.append([left, *[None] * MOTTO_COLUMN, *right])
    sheet.append([])
    sheet.append(list(table.columns))
    objects = table.astype(object).where(table.notna(), None)
    for row in zip(*(objects[name] for name in objects), strict=True):
        sheet.append(row)
    book.save(path)


def _in_a_process(step: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.intake", "--step", step, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _timed(step: Callable[[Path], Callable[[], str]], folder: Path) -> dict[str, Any]:
    act = step(folder)
    begun = perf_counter()
    told = act()
    seconds = perf_counter() - begun
    return {"seconds": seconds, "peak_mb": _peak_mb(), "told": told}


def _peak_mb() -> float:
    """The most memory this process held, and its largest child; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return 0.0
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in both) / KIB_A_MB


# --- the steps: each prepares, and returns what is timed ---


def _read_excel(folder: Path) -> Callable[[], str]:
    def read() -> str:
        read = pd.read_excel(folder / SHEET, engine="openpyxl")
        return f"{len(read)} rows"

    return read


def _first_import(folder: Path) -> Callable[[], str]:
    import workflow  # noqa: PLC0415

    store = workflow.open_store(str(folder / DATABASE))
    for name in MAPS:
        workflow.import_file(store, folder / f"{name}.gpkg", kind=workflow.Kind(name))
    return _imported(store, folder)


def _import_again(folder: Path) -> Callable[[], str]:
    import workflow  # noqa: PLC0415

    return _imported(workflow.open_store(str(folder / DATABASE)), folder)


def _imported(store: Any, folder: Path) -> Callable[[], str]:
    import workflow  # noqa: PLC0415

    def act() -> str:
        report = workflow.import_file(store, folder / SHEET, kind=workflow.Kind.HOUSEHOLDS)
        homes = store.load("households")
        placed = int(homes["neighbourhood_id"].notna().sum())
        counts = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged"
        return f"{counts}, {placed} placed, {len(report.problems)} problems"

    return act


STEPS = {
    "read_excel": _read_excel,
    "import": _first_import,
    "again": _import_again,
}


if __name__ == "__main__":
    main()
