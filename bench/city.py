"""A whole city shared in one call, without streets: `python -m bench.city [--households 800000] [--members 24000]`.

Process CPU seconds include the triangulation; compiling is apart. Memory is the greatest the process ever held.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.checking_zones import judged
from bench.made_up_towns import SHAPES, town, weights, windows
from bench.timing import reference_s, timed
from planning.cells import share_on_plane
from planning.triangulated import neighbour_graph

BALANCE = 0.10
GIB = 2**20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=800_000)
    parser.add_argument("--members", type=int, default=24_000)
    parser.add_argument("--town", default="hamlets", choices=list(SHAPES))
    parser.add_argument("--weights", action="store_true", help="loads of 1 to 5 instead of 1")
    parser.add_argument("--balance", type=float, default=BALANCE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    row = {**measured(said), "reference_loop_s": reference_s()}
    if said.json:
        sys.stdout.write(json.dumps(row) + "\n")
        return
    for name, value in row.items():
        sys.stdout.write(f"{name:<20}{value:>16.6g}\n")


def measured(said: argparse.Namespace) -> dict[str, Any]:
    """Return what one call took and how good its zones are."""
    _warm_up()
    xy = town(said.town, said.households, seed=said.seed)
    ones = np.ones(said.households)
    load = weights(said.households, seed=said.seed) if said.weights else ones
    low, high = windows(load, said.members, said.balance)
    (owner, _), cpu_s = timed(lambda: share_on_plane(xy, load, low, high, seed=said.seed))
    held = _most_gib()
    verdict = judged(xy, load, owner, low=low, high=high, links=neighbour_graph(xy))
    if said.assignments is not None:
        said.assignments.mkdir(parents=True, exist_ok=True)
        np.savetxt(
            said.assignments / "city.csv", np.c_[xy, load, owner], delimiter=",", fmt="%.10g"
        )
    return {
        "households": said.households,
        "members": said.members,
        "cpu_s": cpu_s,
        "most_gib": held,
        "outside": verdict.outside,
        "disconnected": verdict.disconnected,
        "unshared": verdict.unshared,
        "mean_m": verdict.mean_m,
        "max_over_mean": verdict.most_over_mean,
    }


def _warm_up() -> None:
    xy = town("even", 60, seed=0)
    low, high = windows(np.ones(60), 3, BALANCE)
    share_on_plane(xy, np.ones(60), low, high, steps=10_000)


def _most_gib() -> float:
    import resource  # noqa: PLC0415 not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB


if __name__ == "__main__":
    main()
