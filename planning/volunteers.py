"""Which volunteers may serve another team, and which of them do."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.errors import InputError
from geo.folding import fold
from geo.terms import Role
from planning.displacement import displacement
from planning.moving import Moving, best_moves
from planning.staffing import StaffingRules, skills_of
from planning.zones import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallocationRules:
    """How volunteers may be moved.

    A team gives only what it has above its need (`staffing`). Nobody is sent farther than `at_most_m` metres (None: no
    limit) nor than the person can walk; leaders and deputies stay; nobody leaves the ward unless `across_wards`.
    `move_m` is what the trouble of one move weighs, in metres. With `passing_on`, a team may also give somebody whom
    another team replaces. Households are counted within `horizon_weeks`.
    """

    staffing: StaffingRules = field(default_factory=StaffingRules)
    at_most_m: float | None = 3_000.0
    across_wards: bool = False
    passing_on: bool = False
    move_m: float = 500.0
    horizon_weeks: float = 4.0

    def __post_init__(self) -> None:
        """Raise `InputError` for a rule no reallocation can have."""
        if self.at_most_m is not None and not self.at_most_m >= 0:
            raise InputError("reallocation_distance_negative", given=self.at_most_m)
        if not self.move_m >= 0 or not self.horizon_weeks > 0:
            raise InputError("reallocation_weights_wrong")


def ways_to_teams(
    crew: GeoDataFrame,
    rows: DataFrame,
    places: GeoDataFrame,
    households: GeoDataFrame,
    rules: ReallocationRules,
) -> DataFrame:
    """Return who may go to which seat: `who` (a row of `crew`), `to`, `distance_m`, `estimated`."""
    giving = (rows["spare"] > 0) | rules.passing_on
    leading = crew["role"].isin([Role.LEADER, Role.DEPUTY])
    free = crew[giving.reindex(crew["seat"]).to_numpy() & ~leading.to_numpy()]
    serving = free.assign(
        neighbourhood_id=rows["neighbourhood_id"].reindex(free["seat"]).to_numpy(),
        ward_code=rows["ward_code"].reindex(free["seat"]).to_numpy(),
    )
    asked = rows.loc[_wanting(rows, rules), ["neighbourhood_id"]].rename_axis("to").reset_index()
    found = displacement(
        serving,
        places,
        households,
        to=places["neighbourhood_id"].isin(asked["neighbourhood_id"]).to_numpy(),
        at_most_m=rules.at_most_m,
        across_wards=rules.across_wards,
    )
    found["neighbourhood_id"] = places["neighbourhood_id"].to_numpy()[found["place"]]
    found["who"] = free.index.to_numpy()[found["who"]]
    ways = found.merge(asked.dropna(), on="neighbourhood_id")
    seat = crew["seat"].to_numpy()[ways["who"]]
    most = crew["walks_at_most_m"].to_numpy(dtype=float)[ways["who"]]
    near = np.isnan(most) | (ways["distance_m"].to_numpy() <= most)
    kept = DataFrame(ways[(ways["to"].to_numpy() != seat) & near])
    return kept.sort_values(["who", "to"], ignore_index=True)


def _wanting(rows: DataFrame, rules: ReallocationRules) -> Series:
    """Return which seats somebody may go to: those short of people or of a skill, all when passing on."""
    lacks = (rows["skills_missing"].map(len) > 0) | (rows["skills_unknown"].map(len) > 0)
    return (rows["short"] > 0) | lacks | rules.passing_on


def chosen_ways(
    crew: DataFrame, rows: DataFrame, ways: DataFrame, rules: ReallocationRules
) -> DataFrame:
    """Return the ways that are taken."""
    asked = [fold(skill) for skill in rules.staffing.skills]
    has = np.array([[skill in own for skill in asked] for own in skills_of(crew)], dtype=bool)
    has = has.reshape(len(crew), len(asked))
    held = np.zeros((len(rows), len(asked)), dtype=np.int64)
    np.add.at(held, crew["seat"].to_numpy(), has)
    group, first = _alike(crew, has, ways)
    one_each = ways[ways["who"].isin(first)]
    far = one_each["distance_m"].fillna(one_each["distance_m"].max()).fillna(0.0)
    moving = Moving(
        seat=crew["seat"].to_numpy()[first],
        count=np.bincount(group[group >= 0], minlength=len(first)),
        skill=has[first],
        short=rows["short"].to_numpy(),
        spare=rows["spare"].to_numpy(),
        held=held,
        who=group[one_each["who"].to_numpy()],
        to=one_each["to"].to_numpy(),
        cost=far.to_numpy(dtype=float) + rules.move_m,
    )
    return _people(best_moves(moving), moving, group, one_each, has, held)


def _alike(crew: DataFrame, has: Any, ways: DataFrame) -> tuple[Ints, Ints]:
    """Return the group of each person (-1: cannot go) and the first of each group: alike in seat, skills and ways."""
    listed: dict[Any, int] = {}
    group = np.full(len(crew), -1)
    first: list[int] = []
    seat, who = crew["seat"].to_numpy(), ways["who"].to_numpy(dtype=np.int64)
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    far = ways[["to", "distance_m"]].fillna(-1.0).to_numpy(dtype=float)
    for begin, end in pairwise([*begins.tolist(), len(who)]):
        person, own = int(who[begin]), far[begin:end]
        key = (seat[person], has[person].tobytes(), own.tobytes())
        if key not in listed:
            listed[key] = len(first)
            first.append(person)
        group[person] = listed[key]
    return group, np.array(first, dtype=np.int64)


def _people(  # noqa: PLR0917 - what was asked of the solver
    taken: Ints, moving: Moving, group: Ints, ways: DataFrame, has: Any, held: Ints
) -> DataFrame:
    """Return one row per person who goes: those of a group in the order of their ids."""
    queue = {one: iter(np.flatnonzero(group == one)) for one in np.unique(moving.who)}
    estimated, distance = ways["estimated"].to_numpy(), ways["distance_m"].to_numpy(dtype=float)
    told = [
        (
            int(next(queue[moving.who[way]])),
            int(moving.to[way]),
            distance[way],
            bool(estimated[way]),
        )
        for way in np.flatnonzero(taken)
        for _ in range(int(taken[way]))
    ]
    rows = DataFrame(told, columns=["who", "to", "distance_m", "distance_estimated"])
    brought = [np.flatnonzero(has[who] & (held[to] == 0)).tolist() for who, to, *_ in told]
    return rows.assign(brought=Series(brought, rows.index, dtype="object"))
