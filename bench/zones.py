"""Zones on the plane beside k-means-constrained and other peers: `python -m bench.zones [--sizes …] [--seeds 10]`.

Every method shares the same made-up towns; windows are the mean number of households ± 5 %, the same for all. What
a method returns is judged by `bench.checking_zones` on the neighbour graph of `planning.triangulated`. CPU seconds
are of the process, compiling apart; a peer runs in a process of its own and only its fit counts. METIS and scikit-
learn have no windows: they keep their defaults. `weights 1-5, locks` has no peer: loads of 1 to 5 minutes, and a
tenth of the households locked to the members they have in a plan of another seed, so that the locks can be kept.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np

from bench.checking_zones import Verdict, judged
from bench.made_up_towns import SHAPES, Floats, Ints, town, weights, windows
from bench.peers import METHODS, asked
from bench.timing import reference_s, timed
from planning.cells import share_on_plane
from planning.triangulated import Links, neighbour_graph

BALANCE = 0.05
SIZES = "300/8,1000/20,10000/100"
# The first peer takes minutes beyond so many households.
PATIENT = 20_000
LOCKED = 0.1
OTHER_SEED = 1_000
QUICK_STEPS = 300_000
OURS, LOCKS, REFERENCE = "diaban", "diaban, weights 1-5, locks", "k-means-constrained"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="households/members, with commas between")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--towns", default="even,hamlets", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--peers", default=",".join(METHODS), help="may be empty")
    parser.add_argument("--assignments", type=Path, help="folder for the points and who has them")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    peers = [name for name in said.peers.split(",") if name]
    rows = []
    for size in said.sizes.split(","):
        count, members = (int(number) for number in size.split("/"))
        for shape in said.towns.split(","):
            found = compared(
                shape, count, members, seeds=said.seeds, peers=peers, folder=said.assignments
            )
            rows += found
            if not said.json:
                sys.stdout.write(_table(found))
    document = {"rows": rows, "reference_loop_s": reference_s()}
    if said.json:
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write(f"reference loop {document['reference_loop_s']:.2f} s\n")


def compared(
    shape: str,
    count: int,
    members: int,
    *,
    seeds: int,
    peers: list[str],
    folder: Path | None = None,
) -> list[dict[str, Any]]:
    """Return one row a method: means over the seeds, each of which is a town of its own."""
    _warm_up()
    verdicts: dict[str, list[tuple[Verdict, float]]] = defaultdict(list)
    for seed in range(seeds):
        xy = town(shape, count, seed=seed)
        links = neighbour_graph(xy)
        for method, load, locked, owner, cpu_s in _answers(xy, members, seed, peers, links):
            low, high = windows(load, members, BALANCE)
            verdict = judged(xy, load, owner, low=low, high=high, links=links, locked=locked)
            verdicts[method].append((verdict, cpu_s))
            if folder is not None:
                name = f"{shape}-{count}-{members}-{seed}-{method.replace(' ', '-')}.csv"
                _write(folder / name, xy, load, owner)
    base = verdicts.get(REFERENCE, [])
    town_said = {"town": shape, "size": f"{count}/{members}", "seeds": seeds}
    return [{**town_said, **_row(method, found, base)} for method, found in verdicts.items()]


def _answers(
    xy: Floats, members: int, seed: int, peers: list[str], links: Links
) -> list[tuple[str, Floats, Ints | None, Ints, float]]:
    """Return of each method: name, loads, locks, owners, CPU seconds; the triangles are in ours."""
    ones = np.ones(len(xy))
    low, high = windows(ones, members, BALANCE)
    (owner, _), cpu_s = timed(lambda: share_on_plane(xy, ones, low, high, seed=seed))
    found: list[tuple[str, Floats, Ints | None, Ints, float]] = [(OURS, ones, None, owner, cpu_s)]
    least, most = math.ceil(low[0]), math.floor(high[0])
    for peer in peers:
        if peer == REFERENCE and len(xy) > PATIENT:
            continue
        graph = (links.starts, links.to)
        given, cpu_s = asked(peer, xy, members, least=least, most=most, seed=seed, links=graph)
        found.append((peer, ones, None, given, cpu_s))
    load = weights(len(xy), seed=seed)
    locked = locks(xy, load, members, seed=seed)
    low, high = windows(load, members, BALANCE)
    (owner, _), cpu_s = timed(lambda: share_on_plane(xy, load, low, high, seed=seed, locked=locked))
    return [*found, (LOCKS, load, locked, owner, cpu_s)]


def locks(xy: Floats, load: Floats, members: int, *, seed: int) -> Ints:
    """Return a tenth of the households with the member they have in a quick plan of another seed, others -1."""
    low, high = windows(load, members, BALANCE)
    other = share_on_plane(xy, load, low, high, seed=seed + OTHER_SEED, steps=QUICK_STEPS)[0]
    tenth = np.random.default_rng([seed, 10]).random(len(xy)) < LOCKED
    return np.where(tenth, other, -1)


def _row(
    method: str, found: list[tuple[Verdict, float]], base: list[tuple[Verdict, float]]
) -> dict[str, Any]:
    """Return the figures of one method; ratios are to the first peer, town by town, then the mean."""
    verdicts, seconds = [v for v, _ in found], [s for _, s in found]
    ratios = [
        mine.sum_of_squares_m2 / its.sum_of_squares_m2
        for (mine, _), (its, _) in zip(found, base, strict=False)
    ]
    return {
        "method": method,
        "cpu_s": median(seconds),
        "times_faster": median(s for _, s in base) / median(seconds) if base else None,
        "sum_of_squares_m2": mean(v.sum_of_squares_m2 for v in verdicts),
        "ratio": mean(ratios) if ratios and method != LOCKS else None,
        "mean_m": mean(v.mean_m for v in verdicts),
        "max_over_mean": max(v.most_over_mean for v in verdicts),
        "outside": sum(v.outside for v in verdicts),
        "disconnected": sum(v.disconnected for v in verdicts),
        "locks_broken": sum(v.unlocked for v in verdicts),
        "unshared": sum(v.unshared for v in verdicts),
    }


def _warm_up() -> None:
    """Have everything compiled before the clock runs."""
    xy = town("even", 60, seed=0)
    low, high = windows(np.ones(60), 3, BALANCE)
    for locked in (None, np.where(np.arange(60) == 0, 0, -1)):
        share_on_plane(xy, np.ones(60), low * 0.9, high, steps=10_000, locked=locked)


def _write(path: Path, xy: Floats, load: Floats, owner: Ints) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = np.column_stack([xy, load, owner])
    head = "x_m,y_m,load,member"
    np.savetxt(
        path, rows, delimiter=",", header=head, comments="", fmt=("%.4f", "%.4f", "%g", "%d")
    )


def _table(rows: list[dict[str, Any]]) -> str:
    """Return rows as text."""
    head = f"{rows[0]['size']} {rows[0]['town']}, {rows[0]['seeds']} seeds"
    lines = [
        f"{head:<30}{'CPU s':>9}{'faster':>8}{'sum of sq.':>14}{'ratio':>8}{'mean m':>8}{'max/mean':>9}"
        f"{'outside':>9}{'discon.':>8}{'locks':>6}"
    ]
    for row in rows:
        faster = f"{row['times_faster']:.1f}" if row["times_faster"] else "-"
        ratio = f"{row['ratio']:.4f}" if row["ratio"] else "-"
        lines.append(
            f"{row['method']:<30}{row['cpu_s']:>9.3f}{faster:>8}{row['sum_of_squares_m2']:>14.0f}{ratio:>8}"
            f"{row['mean_m']:>8.1f}{row['max_over_mean']:>9.3f}{row['outside']:>9}"
            f"{row['disconnected']:>8}{row['locks_broken']:>6}"
        )
    return "\n".join(lines) + "\n\n"


if __name__ == "__main__":
    main()
