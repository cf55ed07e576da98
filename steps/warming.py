"""Make the first plan of a server as quick as the next: compile and load beforehand what planning needs.

`python -m steps.warming` compiles in a process of its own, of low priority, what is not compiled yet.
"""

import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point, box

from geo.crs import UTM_48N
from geo.network import build_network
from planning.figures import figures
from planning.outline import outline
from planning.rules import PlanRules
from planning.share import share

ROOT = Path(__file__).resolve().parent.parent
# How far a machine's other work goes before ours, where it tells.
YIELDING = 10
# A crossing in the middle of nowhere, with a few made-up houses along its streets.
EAST, NORTH, REACH_M, GAP_M = 700_000.0, 1_820_000.0, 100, 20


def warm_planning() -> None:
    """Compile in a process of its own, wait for it, and load here what was compiled, unless that process failed."""
    command = [sys.executable, "-m", "steps.warming"]
    # The child is ours alone: same program, our own module.
    done = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode == 0:
        plan_nothing()


def plan_nothing() -> None:
    """Plan a few made-up houses, once with the members' homes known and once without, and forget it."""
    lines = [((-REACH_M, 0), (REACH_M, 0)), ((0, -REACH_M), (0, REACH_M))]
    streets = gpd.GeoDataFrame(
        geometry=[LineString([_at(*begin), _at(*end)]) for begin, end in lines], crs=UTM_48N
    )
    network = build_network(streets, crs=UTM_48N)
    along = range(GAP_M // 2, REACH_M, GAP_M)
    spots = [_at(x, 4) for x in along] + [_at(4, -y) for y in along] + [_at(-x, 4) for x in along]
    homes = gpd.GeoDataFrame(
        {"household_id": [str(i) for i in range(len(spots))], "residents": 4.0, "traits": None},
        geometry=spots,
        crs=UTM_48N,
    ).to_crs("EPSG:4326")
    ground = gpd.GeoSeries([box(EAST - 200, NORTH - 200, EAST + 200, NORTH + 200)], crs=UTM_48N)
    rules = PlanRules(steps=1)
    for doors in ([spots[0], spots[-1]], [None, None]):
        people = _members(doors)
        made = share(homes, people, network, rules).assignment
        figures("", homes, people, network, made, rules)
        outline(homes, made, ground)


def _at(x: float, y: float) -> Point:
    return Point(EAST + x, NORTH + y)


def _members(doors: list[Point | None]) -> gpd.GeoDataFrame:
    told = pd.DataFrame({"member_id": [str(i) for i in range(len(doors))]})
    told = told.assign(minutes_per_week=120.0, max_load_min=np.nan, walks_at_most_m=np.nan)
    return gpd.GeoDataFrame(told, geometry=doors, crs=UTM_48N).to_crs("EPSG:4326")


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(YIELDING)
    plan_nothing()
