"""Instances of the service area problem: a table of units and facilities, and a table of which units touch.

Units: `OID pop PointX PointY fcadidature fcost fcapacity` (tabs, commas or blanks between), a facility where
`fcadidature` is not 0. Neighbours: `*_connectivity.txt` beside it, with columns `ID1` and `ID2`. A unit far away
costs its population times the straight way to the facility in km.
"""

import csv
import re
from dataclasses import dataclass
from math import dist
from pathlib import Path

BEST_KNOWN = "best_known.csv"
ADJACENCY = "_connectivity.txt"
GAPS = re.compile(r"[\t,; ]+")
FIELDS = ("oid", "pop", "pointx", "pointy", "fcadidature", "fcost", "fcapacity")
METRES = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Everything by the ids of the file: `demand` and `place` (m) of each unit, `capacity` of each facility."""

    name: str
    demand: dict[int, float]
    place: dict[int, tuple[float, float]]
    capacity: dict[int, float]
    touching: dict[int, set[int]]
    best_known: float | None

    def cost(self, unit: int, facility: int) -> float:
        """Return what it costs that a facility serves a unit."""
        return self.demand[unit] * dist(self.place[unit], self.place[facility]) / METRES


def read_instance(path: Path, *, adjacency: Path | None = None) -> Instance:
    """Read an instance, who touches whom, and what `best_known.csv` beside it says of it.

    Raises
    ------
    ValueError
        When a row lacks a field, no facility or no fitting adjacency is there, or it names units that are not.
    """
    rows = [
        _row(line, path)
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
        if line.strip()
    ]
    demand = {int(row[0]): row[1] for row in rows}
    capacity = {int(row[0]): row[6] for row in rows if row[4] > 0}
    if not capacity:
        raise ValueError(f"{path.name}: no unit is a facility (`fcadidature` is 0 everywhere)")
    return Instance(
        name=path.stem,
        demand=demand,
        place={int(row[0]): (row[2], row[3]) for row in rows},
        capacity=capacity,
        touching=_touching(adjacency or _beside(path), demand),
        best_known=_best_known(path),
    )


def _row(line: str, path: Path) -> list[float]:
    fields = GAPS.split(line.strip())
    if len(fields) < len(FIELDS):
        raise ValueError(f"{path.name}: expected {' '.join(FIELDS)}, found {line!r}")
    return [float(field) for field in fields[: len(FIELDS)]]


def _beside(path: Path) -> Path:
    """Return the adjacency beside `path` whose prefix fits its name, the longest prefix first."""
    found = sorted(path.parent.glob(f"*{ADJACENCY}"), key=lambda one: -len(one.name))
    for one in found:
        if path.stem.startswith(one.name.removesuffix(ADJACENCY)):
            return one
    raise ValueError(f"{path.name}: no *{ADJACENCY} beside it fits; give --adjacency FILE")


def _touching(path: Path, demand: dict[int, float]) -> dict[int, set[int]]:
    touching: dict[int, set[int]] = {unit: set() for unit in demand}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one, two = int(row["ID1"]), int(row["ID2"])
            if one not in touching or two not in touching:
                raise ValueError(f"{path.name}: {one} or {two} is not a unit")
            if one != two:
                touching[one].add(two)
                touching[two].add(one)
    return touching


def _best_known(path: Path) -> float | None:
    beside = path.with_name(BEST_KNOWN)
    if not beside.exists():
        return None
    with beside.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if next(iter(row.values())) == path.stem and row.get("best_known"):
                return float(row["best_known"])
    return None
