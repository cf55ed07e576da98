"""Published instances, one after the other: what their benches have in common."""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from bench.timing import reference_s

Row = dict[str, Any]
Figures = dict[str, Any]
MOST_FAULTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How a table of instances looks, and how its assignments are headed.

    `heading` and `line` of a row end with a line break; `total` of all rows goes into the document, `closing` makes
    lines of it.
    """

    ids: tuple[str, str]
    heading: str
    line: Callable[[Row], str]
    total: Callable[[list[Row]], Figures]
    closing: Callable[[Figures], list[str]]


def options(description: str | None) -> argparse.ArgumentParser:
    """Return the options that every bench of published instances takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser


def print_table(
    said: argparse.Namespace,
    table: Table,
    measured: Callable[[Path], tuple[Row, dict[int, int]]],
    *,
    compile_s: float,
) -> None:
    """Measure every file (its row, and the assignment by ids), print it, and write the assignment where asked."""
    rows = []
    for path in said.files:
        row, assignment = measured(path)
        rows.append(row)
        if said.assignments:
            write_assignment(said.assignments / f"{row['instance']}.csv", table.ids, assignment)
        if not said.json:
            sys.stdout.write((table.heading if len(rows) == 1 else "") + table.line(row))
            sys.stdout.flush()
    loop_s, total = reference_s(), table.total(rows)
    document = {"rows": rows, "total": total, "compile_s": compile_s, "reference_loop_s": loop_s}
    timed = f"compiling {compile_s:.1f} s, reference loop {loop_s:.2f} s"
    closing = "\n".join([*table.closing(total), timed])
    sys.stdout.write((json.dumps(document) if said.json else closing) + "\n")


def write_assignment(path: Path, ids: tuple[str, str], assignment: dict[int, int]) -> None:
    """Write pairs of ids under the headings `ids`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ids)
        writer.writerows(sorted(assignment.items()))


def gap(objective: float, best: float | None) -> float | None:
    """Return the share by which a plan is above the best known; None where none is known."""
    return objective / best - 1 if best else None


def totals(rows: list[Row]) -> Figures:
    """Return how many instances there are, whether all are feasible, and their gaps; None where nothing is known."""
    gaps, proven = known(rows, "gap"), known(rows, "bound_gap")
    return {
        "instances": len(rows),
        "feasible": all(row["feasible"] for row in rows),
        "gap_mean": mean(gaps) if gaps else None,
        "gap_worst": max(gaps, default=None),
        "bound_gap_mean": mean(proven) if proven else None,
        "cpu_s_most": max(known(rows, "cpu_s"), default=None),
    }


def known(rows: Iterable[Row], name: str) -> list[float]:
    """Return the figures of a column that are known."""
    return [row[name] for row in rows if row[name] is not None]


def told(value: float | None, decimals: int, *, times: float = 1.0) -> str:
    """Return a figure with so many decimals, a dash where it is not known."""
    return "–" if value is None else f"{times * value:.{decimals}f}"


def faults(row: Row) -> str:
    """Return the first faults the checker found, each on a line of its own below the row's."""
    return "".join(f"\n  {fault}" for fault in row["faults"][:MOST_FAULTS])
