"""How few households must change members in one neighbourhood, proven, and the plan that does so kept as a draft."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from time import monotonic

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.store import Store
from planning.adjusting import worked_out
from planning.changes import KEEPS, fewest_moves, options
from planning.joined import joined
from planning.rules import PlanRules
from planning.wishes import Wishes
from steps.drafting import one_place
from steps.gathering import load_table
from steps.planning_areas import described
from steps.progress import Progress
from steps.reasons import Neighbourhood, neighbourhood
from words import say

PROVING_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestPlan:
    """A plan in which few households change hands: `moved`, `at_least` so many do in every plan.

    `assignment` is the plan as of `planning.share.Sharing`, `rules` what it was made by.
    """

    moved: int
    at_least: int
    assignment: pd.DataFrame
    rules: PlanRules

    @property
    def proven(self) -> bool:
        """Whether no plan moves fewer."""
        return self.moved == self.at_least


def fewest_plan(
    store: Store,
    area: str,
    *,
    rules: PlanRules | None = None,
    time_limit_s: float = PROVING_S,
    on: date,
    progress: Progress | None = None,
) -> FewestPlan | None:
    """Return a plan of one neighbourhood with the fewest moves that are found in time, and how few there must be.

    None where no plan keeps to the windows with connected zones. Nothing is kept. Raises `InputError` where `area` is
    a whole ward.
    """
    place = one_place(store, area, on)
    going = _going(time_limit_s, str(place["name"]), progress)
    told = replace(rules or PlanRules(), load=load_table(store), keep=KEEPS[-1])
    here = neighbourhood(store, place, on)
    current = kept.current_assignment(store, [str(place["neighbourhood_id"])])
    plans = options(here.homes, here.members, here.network, told, current, keeps=KEEPS[-1:])
    plan = plans[0].sharing.assignment
    if plans[0].outside_min or plans[0].disconnected:
        return None
    fewest, named = fewest_moves(
        here.homes, here.members, here.network, told, current, plan, keep_going=going
    )
    return FewestPlan(
        moved=fewest.changed,
        at_least=fewest.at_least,
        assignment=_with(plan, named, here, told),
        rules=told,
    )


def _with(
    plan: pd.DataFrame, named: pd.DataFrame, here: Neighbourhood, rules: PlanRules
) -> pd.DataFrame:
    """Return a plan with the members that its households have now, ways and loads worked out anew."""
    member = plan["household_id"].map(named.set_index("household_id")["member_id"])
    rows = plan.assign(member_id=member.astype("str"))
    homes = here.homes.sort_values("household_id", ignore_index=True)
    people = here.members.sort_values("member_id", ignore_index=True)
    return worked_out(rows, homes, joined(homes, people, here.network), rules)


def _going(seconds: float, what: str, progress: Progress | None) -> Callable[[], bool]:
    """Return whether to go on: for so many seconds, telling on the way how many of them are gone."""
    begun = monotonic()

    def going() -> bool:
        gone = (monotonic() - begun) / seconds
        if progress is not None:
            progress(what, min(gone, 1.0))
        return gone < 1

    return going


def keep_fewest(
    store: Store,
    area: str,
    plan: FewestPlan,
    *,
    name: str | None = None,
    on: date,
    lang: str = "vi",
) -> str:
    """Keep a plan with few moves as a draft and return its id."""
    place = one_place(store, area, on)
    here = neighbourhood(store, place, on)
    code = str(place["neighbourhood_id"])
    made = described(
        place,
        gpd.GeoSeries([place["geometry"]], crs=here.homes.crs),
        here.homes,
        here.members,
        here.network,
        plan.assignment,
        rules=plan.rules,
        lower_bound=None,
        current=kept.current_assignment(store, [code]),
        wishes=Wishes(),
        on_streets=joined(here.homes, here.members, here.network),
    )
    wanted = name or kept.free_plan_name(store, say("plan_fewest_name", lang, name=place["name"]))
    used = asdict(plan.rules) | {"wishes": []}
    return kept.keep_plan(store, [made], name=wanted, rules=used, seed=plan.rules.seed)
