"""Walking on real streets: `python -m bench.walking [--streets FILE --houses FILE | --made-up N] [--json]`.

For each seed the houses nearest by street to a random house are shared among members who live in random houses of
them. Beside the plan stands what a planner without streets would do: least walking in straight lines (exact
min-cost flow within the same windows, whole houses), its walking measured on the streets too; `at_most` is how much
shorter than that any plan can be, by the bound. Without files, those
of `DIABAN_REAL_DATA` are taken, or else `../shared/data`.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from bench.timing import reference_s, timed
from geo.crs import metric_crs, to_stored
from geo.joining import NOWHERE, distances_m, join, set_in
from geo.network import WalkingNetwork, build_network
from planning.connected import disconnected_zones
from planning.flow import flow, largest_share
from planning.load import load_min
from planning.rules import PlanRules
from planning.share import share
from planning.walking import walk_m
from planning.windows import windows

STREETS = "walking/saigon_peninsula/RoadNetwork_WGS84.shp"
HOUSES = "households/saigon_peninsula/Building_full.shp"
DAY = date(2026, 11, 21)
SAME_MIN = 1e-6
# Numbers from here on are printed whole.
WHOLE = 10
COLUMNS = (
    "seed",
    "walk_m",
    "straight_m",
    "shorter",
    "at_most",
    "bound_m",
    "gap",
    "disconnected",
    "outside",
    "split",
    "straight_split",
    "streets",
    "cpu_s",
)


def main() -> None:
    """Measure and print."""
    said = _said()
    streets, houses = _ground(said)
    network = build_network(streets, crs=metric_crs(streets))
    rules = PlanRules(balance=said.balance, reach_m=np.inf)
    cases = [
        Case.drawn(houses, network, seed=seed, size=said.size, members=said.members)
        for seed in range(said.first_seed, said.first_seed + said.seeds)
    ]
    _, compile_s = timed(lambda: share(cases[0].houses, cases[0].people, network, rules))
    rows = [row(case, network, rules, folder=said.assignments) for case in cases]
    document = {"rows": rows, "total": _total(rows), "first_call_s": compile_s}
    document["reference_loop_s"] = reference_s()
    sys.stdout.write(json.dumps(document) + "\n" if said.json else _table(document))


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streets", type=Path)
    parser.add_argument("--houses", type=Path)
    parser.add_argument("--made-up", type=int, metavar="HOUSEHOLDS")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--size", type=int, default=330)
    parser.add_argument("--members", type=int, default=8)
    parser.add_argument("--balance", type=float, default=0.10)
    parser.add_argument("--assignments", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _ground(said: argparse.Namespace) -> tuple[GeoDataFrame, GeoDataFrame]:
    """Return streets, and houses as points."""
    if said.made_up:
        from data.samples.ward import make_ward  # noqa: PLC0415 - only this choice needs it

        ward = make_ward(households=said.made_up, until=DAY)
        return ward.streets, ward.households[ward.households.geometry.notna()]
    real = Path(os.environ.get("DIABAN_REAL_DATA", "../shared/data"))
    streets = gpd.read_file(said.streets or real / STREETS)
    houses = gpd.read_file(said.houses or real / HOUSES)
    metric = houses.to_crs(metric_crs(houses))
    return streets, to_stored(metric.set_geometry(metric.geometry.centroid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One neighbourhood: `houses` and `people` as the planner takes them."""

    seed: int
    houses: GeoDataFrame
    people: GeoDataFrame

    @classmethod
    def drawn(
        cls, houses: GeoDataFrame, network: WalkingNetwork, *, seed: int, size: int, members: int
    ) -> "Case":
        """Return the `size` houses nearest by street to a random one, and `members` homes among them."""
        random = np.random.default_rng(seed)
        joins = join(houses.geometry.reset_index(drop=True), network)
        graph = set_in(joins, network)
        nodes = graph.node.to_numpy()
        begin = int(random.choice(np.flatnonzero(nodes != NOWHERE)))
        ways = distances_m(graph, nodes[[begin]])[0, nodes] + joins["off_street_m"].to_numpy()
        near = np.sort(np.argsort(ways, kind="stable")[:size])
        home = np.sort(random.choice(near, members, replace=False))
        point = houses.geometry.to_numpy()
        return cls(
            seed=seed,
            houses=GeoDataFrame(
                {"household_id": [f"h{i:05}" for i in near], "residents": np.nan, "traits": None},
                geometry=point[near],
                crs=houses.crs,
            ),
            people=GeoDataFrame(
                {
                    "member_id": [f"m{i}" for i in range(members)],
                    "minutes_per_week": 120.0,
                    "max_load_min": np.nan,
                    "walks_at_most_m": np.nan,
                },
                geometry=point[home],
                crs=houses.crs,
            ),
        )


def row(
    case: Case, network: WalkingNetwork, rules: PlanRules, *, folder: Path | None
) -> dict[str, Any]:
    """Return the figures of one case, all but the bound worked out from the assignments alone."""
    sharing, cpu_s = timed(lambda: share(case.houses, case.people, network, rules))
    plan = sharing.assignment.set_index("household_id")["member_id"]
    straight = straight_plan(case, rules)
    walk, other = _walk(case, plan, network), _walk(case, straight, network)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, owner in (("plan", plan), ("straight", straight)):
            owner.rename("member_id").to_csv(folder / f"seed{case.seed}_{name}.csv")
    bound = sharing.lower_bound
    return {
        "seed": case.seed,
        "walk_m": walk,
        "straight_m": other,
        "shorter": 1 - walk / other,
        "at_most": None if bound is None else 1 - bound / other,
        "bound_m": bound,
        "gap": None if bound is None else 1 - bound / walk,
        "disconnected": _disconnected(case, plan, network),
        "straight_disconnected": _disconnected(case, straight, network),
        "outside": _outside(case, plan, rules),
        "split": _split(case, plan, network),
        "straight_split": _split(case, straight, network),
        "streets": int(join(case.houses.geometry, network)["stretch"].nunique()),
        "cpu_s": cpu_s,
    }


def straight_plan(case: Case, rules: PlanRules) -> pd.Series:
    """Return the sharing with least walking in straight lines within the windows, divided households rounded."""
    crs = metric_crs(case.houses)
    houses, homes = (_xy(frame, crs) for frame in (case.houses, case.people))
    ways = np.hypot(*(houses[:, None] - homes[None]).transpose(2, 0, 1))
    minutes = load_min(case.houses).to_numpy()
    wanted = windows(case.people, float(minutes.sum()), balance=rules.balance)
    low, high = wanted.low_min, wanted.high_min
    if np.ptp(minutes) < SAME_MIN:
        # of households all alike, windows hold whole numbers: the flow is whole then, and exact
        low = np.ceil(low / minutes[0] - SAME_MIN) * minutes[0]
        high = np.floor(high / minutes[0] + SAME_MIN) * minutes[0]
    number = largest_share(flow(ways, minutes, low, high).share)
    ids = case.people["member_id"].to_numpy()
    return pd.Series(ids[number], index=case.houses["household_id"])


def _xy(frame: GeoDataFrame, crs: str) -> NDArray[np.float64]:
    metric = frame.geometry.to_crs(crs)
    xy: NDArray[np.float64] = np.c_[metric.x, metric.y]
    return xy


def _walk(case: Case, owner: pd.Series, network: WalkingNetwork) -> float:
    return float(walk_m(case.houses, case.people, owner, network).sum())


def _disconnected(case: Case, owner: pd.Series, network: WalkingNetwork) -> int:
    pairs = owner.rename("member_id").reset_index()
    return len(disconnected_zones(case.houses, pairs, network))


def _outside(case: Case, owner: pd.Series, rules: PlanRules) -> int:
    """Return how many members' loads miss their windows."""
    minutes = load_min(case.houses).set_axis(case.houses["household_id"])
    load = minutes.groupby(owner).sum().reindex(case.people["member_id"], fill_value=0.0)
    wanted = windows(case.people, float(minutes.sum()), balance=rules.balance)
    return int((wanted.outside_min(load.to_numpy()) > SAME_MIN).sum())


def _split(case: Case, owner: pd.Series, network: WalkingNetwork) -> int:
    """Return how many alleys (stretches between junctions or to a dead end) have houses of several members."""
    stretch = join(case.houses.geometry, network)["stretch"].to_numpy()
    members = owner.reindex(case.houses["household_id"]).groupby(stretch).nunique()
    return int((members > 1).sum())


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return means over the seeds, and sums of what should be none."""
    known = [row["gap"] for row in rows if row["gap"] is not None]
    return {
        "shorter": mean(row["shorter"] for row in rows),
        "at_most": mean(row["at_most"] for row in rows) if known else None,
        "gap": mean(known) if known else None,
        "worst_gap": max(known, default=None),
        "disconnected": sum(row["disconnected"] for row in rows),
        "outside": sum(row["outside"] for row in rows),
        "split": sum(row["split"] for row in rows),
        "straight_split": sum(row["straight_split"] for row in rows),
        "cpu_s": mean(row["cpu_s"] for row in rows),
    }


def _table(document: dict[str, Any]) -> str:
    lines = [" ".join(f"{name:>{_width(name)}}" for name in COLUMNS)]
    lines += [
        " ".join(f"{_told(row[name]):>{_width(name)}}" for name in COLUMNS)
        for row in document["rows"]
    ]
    lines += ["", *(f"{name:>18}  {_told(value)}" for name, value in document["total"].items())]
    lines += [
        f"{name:>18}  {_told(document[name])}" for name in ("first_call_s", "reference_loop_s")
    ]
    return "\n".join(lines) + "\n"


def _width(name: str) -> int:
    return max(len(name), 8)


def _told(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) and value < WHOLE else f"{value:.0f}"


if __name__ == "__main__":
    main()
