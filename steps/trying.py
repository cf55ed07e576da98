"""A neighbourhood with other members than it has, tried out: nothing of it is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import NotFoundError
from planning.adjusting import member_loads
from planning.changes import moves
from planning.figures import figures
from planning.joined import joined
from planning.rules import PlanRules
from planning.share import share
from planning.weeks import usual_minutes
from planning.what_if import so_many
from planning.wishes import Wishes
from steps.reasons import Neighbourhood, conflict_document


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTrial:
    """What a neighbourhood comes to with another team.

    `figures` as in a plan; `loads` one row a member (`planning.adjusting.member_loads`, and `name`, missing for who
    would join); `moves` who changes hands and why (`planning.changes.moves`); `conflict` what cannot be met.
    """

    figures: dict[str, Any]
    loads: pd.DataFrame
    moves: pd.DataFrame
    conflict: dict[str, Any] | None


def team_tried(
    here: Neighbourhood,
    rules: PlanRules,
    current: pd.DataFrame,
    *,
    away: Collection[str] = (),
    more: int = 0,
    most_min: float | None = None,
) -> TeamTrial:
    """Return what it comes to without the members `away`, with so many `more`, none above `most_min` minutes.

    Who joins has no known home, and the usual minutes of the others.
    """
    people = _team(here.members, away, more, most_min)
    homes, network = here.homes, here.network
    own = current[current["household_id"].isin(homes["household_id"])]
    ground = joined(homes, people, network)
    found = share(homes, people, network, rules, current=own, ground=ground)
    plan = found.assignment
    told = figures(
        "",
        homes,
        people,
        network,
        plan,
        rules,
        lower_bound=found.lower_bound,
        current=own,
        ground=ground,
    )
    loads = member_loads(plan, homes, people, ground, rules)
    return TeamTrial(
        figures=told,
        loads=loads.assign(name=loads["member_id"].map(people.set_index("member_id")["name"])),
        moves=moves(plan, people, own, balance=rules.balance),
        conflict=conflict_document(homes, people, rules, Wishes(), ground=ground)
        if told["members_outside_window"] or told["shortfall_min"]
        else None,
    )


def _team(
    members: gpd.GeoDataFrame, away: Collection[str], more: int, most_min: float | None
) -> gpd.GeoDataFrame:
    """Return the members without those away, with so many new ones, and nobody above so many minutes."""
    unknown = set(away) - set(members["member_id"])
    if unknown:
        raise NotFoundError("member_unknown", member=min(unknown))
    staying = members[~members["member_id"].isin(list(away))]
    people = so_many(staying, len(staying) + more, usual_min=usual_minutes(members).expected)
    if most_min is None:
        return people
    own = people["max_load_min"].astype(float)
    return people.assign(max_load_min=np.fmin(own, most_min))
