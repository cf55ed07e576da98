"""Sharing again after the team and the households changed: `python -m bench.replan [--sizes …] [--seeds 10]`.

A made-up town is shared within ± 10 %; then 4 % of the members leave (at least one), 1 % of the households vanish
and as many appear. *Staying households* are those still there that were with a member who stays; one of them
*changes hands* where it is with another member afterwards. Compared are: sharing again (`planning.replanning`),
sharing from scratch with zones given to the members who had most of them, and k-means-constrained begun at the
middles of the zones as they were. A single neighbourhood also gets the fewest changes there can be
(`planning.fewest_changes`), or a bound.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.checking_zones import judged
from bench.made_up_towns import SHAPES, Floats, Ints, town, windows
from bench.peers import asked
from bench.timing import reference_s, timed
from planning.cells import share_on_plane, town_of
from planning.fewest_changes import fewest_changes
from planning.replanning import changed_hands, share_again
from planning.triangulated import neighbour_graph

BALANCE = 0.10
LEAVING, CHANGING = 0.04, 0.02
SIZES = "300/8,1000/20,10000/100"
NEIGHBOURHOOD = 400
PATIENT = 2_000
AGAIN, SCRATCH = "share again", "from scratch"
PEER, FEWEST = "k-means-constrained, warm", "fewest changes"


class Before(NamedTuple):
    """Households as they are now, and who of the members who stay had them (-1: none)."""

    xy: Floats
    current: Ints
    members: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--towns", default="even,hamlets", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for size in said.sizes.split(","):
        count, members = (int(number) for number in size.split("/"))
        for shape in said.towns.split(","):
            found = compared(
                shape,
                count,
                members,
                seeds=said.seeds,
                peer=not said.no_peer,
                folder=said.assignments,
            )
            rows += found
            if not said.json:
                sys.stdout.write(_table(found))
                sys.stdout.flush()
    document = {"rows": rows, "reference_loop_s": reference_s()}
    if said.json:
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        sys.stdout.write(f"reference loop {document['reference_loop_s']:.2f} s\n")


def changed_town(shape: str, count: int, members: int, *, seed: int) -> Before:
    """Return a shared town some of whose members left, and some of whose households vanished or appeared."""
    rng = np.random.default_rng([seed, count, 9])
    some = max(1, round(count * CHANGING / 2))
    xy = town(shape, count + some, seed=seed)
    old = np.sort(rng.permutation(count + some)[:count])
    low, high = windows(np.ones(count), members, BALANCE)
    owner = share_on_plane(xy[old], np.ones(count), low, high, seed=seed)[0]
    leaving = rng.choice(members, max(1, round(LEAVING * members)), replace=False)
    number = np.cumsum(~np.isin(np.arange(members), leaving)) - 1
    number[leaving] = -1
    current = np.full(count + some, -1)
    current[old] = number[owner]
    here = np.ones(count + some, dtype=bool)
    here[rng.choice(old, some, replace=False)] = False
    return Before(xy[here], current[here], members - len(leaving))


def compared(
    shape: str,
    count: int,
    members: int,
    *,
    seeds: int,
    peer: bool = True,
    folder: Path | None = None,
) -> list[dict[str, Any]]:
    """Return one row a method, over the seeds, each of which is a town of its own."""
    changed_again(changed_town("even", 80, 4, seed=0), 0, peer=False)
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for seed in range(seeds):
        before = changed_town(shape, count, members, seed=seed)
        for method, (owner, figures) in changed_again(before, seed, peer=peer).items():
            found[method].append(figures)
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                name = f"{shape}-{count}-{members}-{seed}-{method.replace(' ', '-')}.csv"
                rows = np.c_[before.xy, before.current, owner]
                head = "x_m,y_m,member_before,member"
                np.savetxt(
                    folder / name, rows, delimiter=",", header=head, comments="", fmt="%.10g"
                )
    said = {"town": shape, "size": f"{count}/{members}", "seeds": seeds}
    return [{**said, **_row(method, runs)} for method, runs in found.items()]


def changed_again(
    before: Before, seed: int, *, peer: bool
) -> dict[str, tuple[Ints, dict[str, float]]]:
    """Return of each method who has what now, and its figures."""
    xy, current, members = before
    ones, links = np.ones(len(xy)), neighbour_graph(xy)
    low, high = windows(ones, members, BALANCE)

    def said(owner: Ints, cpu_s: float, **more: float) -> tuple[Ints, dict[str, float]]:
        verdict = judged(xy, ones, owner, low=low, high=high, links=links)
        changed, stay = changed_hands(current, owner)
        return owner, {
            "cpu_s": cpu_s,
            "changed": changed,
            "share_changed": changed / stay,
            "outside": verdict.outside,
            "disconnected": verdict.disconnected,
            "mean_m": verdict.mean_m,
            **more,
        }

    (again, _), cpu_s = timed(lambda: share_again(xy, ones, low, high, current=current, seed=seed))
    answers = {AGAIN: said(again, cpu_s)}
    (scratch, _), cpu_s = timed(lambda: share_on_plane(xy, ones, low, high, seed=seed))
    answers[SCRATCH] = said(given_back(scratch, current, members), cpu_s)
    if peer and len(xy) <= PATIENT:
        owner, cpu_s = _peer(before, seed)
        answers[PEER] = said(given_back(owner, current, members), cpu_s)
    if len(xy) <= NEIGHBOURHOOD:
        here = town_of(xy, ones, low, high, links=links, current=current)
        fewest, cpu_s = timed(lambda: fewest_changes(here, again))
        proven = {"at_least": fewest.at_least, "proven": float(fewest.proven)}
        answers[FEWEST] = said(fewest.owner, cpu_s, **proven)
    return answers


def given_back(owner: Ints, current: Ints, members: int) -> Ints:
    """Return the zones, given to the members so that as many staying households as can be stay."""
    had = current >= 0
    common = np.zeros((members, members))
    np.add.at(common, (owner[had], current[had]), 1)
    zones, given = linear_sum_assignment(-common)
    member = np.empty(members, dtype=np.int64)
    member[zones] = given
    return member[owner]


def _peer(before: Before, seed: int) -> tuple[Ints, float]:
    xy, current, members = before
    low, high = windows(np.ones(len(xy)), members, BALANCE)
    start = np.stack([xy[current == one].mean(axis=0) for one in range(members)])
    least, most = math.ceil(low[0]), math.floor(high[0])
    method = "k-means-constrained"
    return asked(method, xy, members, least=least, most=most, seed=seed, start=start)


def _row(method: str, runs: list[dict[str, float]]) -> dict[str, Any]:
    row: dict[str, Any] = {"method": method, "cpu_s": median(run["cpu_s"] for run in runs)}
    for name in ("changed", "share_changed", "mean_m"):
        row[name] = mean(run[name] for run in runs)
    row["most_cpu_s"] = max(run["cpu_s"] for run in runs)
    row["most_share_changed"] = max(run["share_changed"] for run in runs)
    for name in ("outside", "disconnected"):
        row[name] = sum(run[name] for run in runs)
    if "proven" in runs[0]:
        row["at_least"] = mean(run["at_least"] for run in runs)
        row["proven"] = sum(run["proven"] for run in runs)
    return row


def _table(rows: list[dict[str, Any]]) -> str:
    """Return rows as text."""
    head = f"{rows[0]['size']} {rows[0]['town']}, {rows[0]['seeds']} seeds"
    lines = [
        f"{head:<30}{'CPU s':>9}{'most':>9}{'changed':>9}{'share %':>9}{'most %':>8}{'outside':>9}{'discon.':>9}"
        f"{'mean m':>8}{'at least':>10}{'proven':>8}"
    ]
    for row in rows:
        proof = f"{row['at_least']:>10.1f}{row['proven']:>8.0f}" if "proven" in row else ""
        lines.append(
            f"{row['method']:<30}{row['cpu_s']:>9.3f}{row['most_cpu_s']:>9.3f}{row['changed']:>9.1f}"
            f"{100 * row['share_changed']:>9.2f}"
            f"{100 * row['most_share_changed']:>8.2f}{row['outside']:>9.0f}{row['disconnected']:>9.0f}"
            f"{row['mean_m']:>8.1f}{proof}"
        )
    return "\n".join(lines) + "\n\n"


if __name__ == "__main__":
    main()
