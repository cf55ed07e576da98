"""Routes on streets: `python -m bench.routes [--sizes 30 100] [--seeds 5] [--streets FILE --houses FILE] [--json]`.

For each size and seed, so many houses near each other are visited from a random one of them and back. Beside our route
stands PyVRP's on the same distances, with its own defaults, given ten times the CPU time that ours took. Without files
the ground is a made-up ward. The ways are added up here, apart from the planner.
"""

import argparse
import json
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

import geopandas as gpd
import numpy as np
from geopandas import GeoSeries
from numpy.typing import NDArray
from pandas import DataFrame

from bench.timing import reference_s, timed
from geo.crs import metric_crs
from geo.network import WalkingNetwork, build_network
from planning.doors import walks_between
from planning.routes import RouteRules, visit_order

HOUSEHOLDS = 2_000
TIMES_LONGER = 10
# In less, the peer has not begun.
LEAST_S = 0.1
MINUTES_THERE = 30.0
DAY = date(2026, 11, 21)
COLUMNS = ["stops", "seed", "walk_m", "peer_m", "over", "cpu_s", "peer_cpu_s", "once"]

Ints = NDArray[np.int64]


def main() -> None:
    """Measure and print."""
    said = _said()
    houses, network = _ground(said)
    _row(*_case(houses, network, 10, 0), seed=0)  # what the first call costs once
    rows = [
        _row(*_case(houses, network, size, seed), seed=seed)
        for size in said.sizes
        for seed in range(said.seeds)
    ]
    document: dict[str, Any] = {
        "rows": rows,
        "total": {
            "over_mean": mean(row["over"] for row in rows),
            "over_most": max(row["over"] for row in rows),
            "once": all(row["once"] for row in rows),
            "cpu_s": sum(row["cpu_s"] for row in rows),
        },
        "reference_loop_s": reference_s(),
    }
    sys.stdout.write(json.dumps(document) + "\n" if said.json else _table(document))


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[30, 100])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--streets", type=Path)
    parser.add_argument("--houses", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _ground(said: argparse.Namespace) -> tuple[GeoSeries, WalkingNetwork]:
    """Return houses as points, in metres, and the streets."""
    if said.streets and said.houses:
        streets, houses = gpd.read_file(said.streets), gpd.read_file(said.houses)
    else:
        from data.samples.ward import make_ward  # noqa: PLC0415 - only this choice needs it

        ward = make_ward(households=HOUSEHOLDS, seed=1, until=DAY)
        streets, houses = ward.streets, ward.households
    crs = metric_crs(streets)
    points = houses.geometry[houses.geometry.notna()].to_crs(crs).centroid
    return points.reset_index(drop=True), build_network(streets, crs=crs)


def _case(
    houses: GeoSeries, network: WalkingNetwork, size: int, seed: int
) -> tuple[DataFrame, Ints]:
    """Return the `size` houses nearest to a random one, and the ways between them and that one."""
    home = houses.iloc[[np.random.default_rng(seed).integers(len(houses))]]
    near = houses.drop(home.index).distance(home.iloc[0]).sort_values(kind="stable").index
    doors = walks_between(houses[near[: 2 * size]], home, network)
    names = near[: 2 * size][doors.reached][:size]
    stops = DataFrame({"household_id": [f"h{name:06}" for name in names]})
    return stops.assign(load_min=MINUTES_THERE), doors.walk_mm[: size + 1, : size + 1]


def _row(stops: DataFrame, walk_mm: Ints, *, seed: int) -> dict[str, Any]:
    route, cpu_s = timed(lambda: visit_order(stops, walk_mm, RouteRules()))
    peer, peer_s = timed(lambda: _peer(walk_mm, TIMES_LONGER * cpu_s))
    number = {name: i + 1 for i, name in enumerate(stops["household_id"])}
    ours = [number[name] for name in route.stops["household_id"]]
    walk_m, peer_m = (_walked_mm(tour, walk_mm) / 1000 for tour in (ours, peer))
    every = list(range(1, len(stops) + 1))
    return {
        "stops": len(stops),
        "seed": seed,
        "walk_m": walk_m,
        "peer_m": peer_m,
        "over": walk_m / peer_m - 1,
        "cpu_s": cpu_s,
        "peer_cpu_s": peer_s,
        "once": sorted(ours) == every and sorted(peer) == every,
    }


def _peer(walk_mm: Ints, cpu_s: float) -> list[int]:
    """Return PyVRP's tour, as its documentation sets up a travelling salesman."""
    import pyvrp  # noqa: PLC0415

    matrix: Any = walk_mm
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0)] * len(walk_mm),
        [pyvrp.Client(location=stop) for stop in range(1, len(walk_mm))],
        [pyvrp.Depot(0)],
        [pyvrp.VehicleType()],
        [matrix],
        [matrix * 0],
    )
    until = process_time() + max(cpu_s, LEAST_S)
    found = pyvrp.solve(data, lambda _cost: process_time() > until, seed=0, display=False)
    (route,) = found.best.routes()
    return [one.idx + 1 for one in route.schedule() if one.is_client()]


def _walked_mm(tour: list[int], walk_mm: Ints) -> int:
    return int(sum(walk_mm[one, to] for one, to in pairwise([0, *tour, 0])))


def _table(document: dict[str, Any]) -> str:
    rows = DataFrame(document["rows"])[COLUMNS].to_string(index=False, float_format="%.4f")
    total = document["total"]
    return (
        f"{rows}\n\nover PyVRP given ten times the time: mean {total['over_mean']:.2%}, most "
        f"{total['over_most']:.2%}; every stop once: {total['once']}; CPU {total['cpu_s']:.2f} s; "
        f"20 million additions in {document['reference_loop_s']:.2f} s\n"
    )


if __name__ == "__main__":
    main()
