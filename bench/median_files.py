"""Instances of the capacitated p-median problem: `n p`, then a line `x y capacity demand` for each point."""

import csv
from dataclasses import dataclass
from math import dist, floor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BEST_KNOWN = "best_known.csv"
FLOORED_PREFIX, FLOORED = "cpmp", "floor"
HEAD, FIELDS = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Points in the order of the file, `medians` of which shall serve all; `floored` distances are whole."""

    name: str
    points: int
    medians: int
    place: Floats
    capacity: Floats
    demand: Floats
    floored: bool
    best_known: float | None

    def distance(self, one: int, two: int) -> float:
        """Return the distance between two points, counted from 0."""
        way = dist(self.place[one], self.place[two])
        return floor(way) if self.floored else way

    def distances(self) -> Floats:
        """Return the distances between all points, (n, n)."""
        x, y = self.place.T
        ways: Floats = np.hypot(x[:, None] - x, y[:, None] - y)
        return np.floor(ways) if self.floored else ways


def read_instance(path: Path, *, floor_all: bool = False) -> Instance:
    """Read an instance and what `best_known.csv` beside it says of it.

    Raises
    ------
    ValueError
        When the file does not have four numbers for each of its points.
    """
    numbers = np.array(path.read_text(encoding="utf-8").split(), dtype=np.float64)
    points = int(numbers[0]) if len(numbers) >= HEAD else 0
    if points < 1 or len(numbers) < HEAD + FIELDS * points:
        raise ValueError(f"{path.name}: expected `n p`, then n lines `x y capacity demand`")
    table = numbers[HEAD : HEAD + FIELDS * points].reshape(points, FIELDS)
    told = _told(path)
    floored = floor_all or path.stem.startswith(FLOORED_PREFIX) or told.get("distance") == FLOORED
    best = told.get("best_known", "")
    return Instance(
        name=path.stem,
        points=points,
        medians=int(numbers[1]),
        place=table[:, :2].copy(),
        capacity=table[:, 2].copy(),
        demand=table[:, 3].copy(),
        floored=floored,
        best_known=float(best) if best else None,
    )


def _told(path: Path) -> dict[str, str]:
    """Return the row of the best known values whose first column is the instance's name."""
    beside = path.with_name(BEST_KNOWN)
    if not beside.exists():
        return {}
    with beside.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return next(
        (row for row in rows if path.stem in (next(iter(row.values())), row.get("inst"))), {}
    )
