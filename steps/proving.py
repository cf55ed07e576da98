"""How few households must change members in one neighbourhood, proven, and the plan that does so kept as a draft."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from time import monotonic
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.store import Store
from planning.adjusting import worked_out
from planning.changes import KEEPS, fewest_moves, options
from planning.joined import joined
from planning.rules import PlanRules
from planning.wishes import Bar, Wishes, barred, mates
from steps.drafting import one_place
from steps.gathering import load_table
from steps.planning_areas import described
from steps.progress import Progress
from steps.reasons import Neighbourhood, neighbourhood
from steps.wishing import wishes_from
from words import say

PROVING_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestPlan:
    """A plan in which few households change hands: `moved`, `at_least` so many do in every plan.

    `assignment` is the plan as of `planning.share.Sharing`, `rules` what it was made by, `wishes` those of the plan in
    force as they are stored.
    """

    moved: int
    at_least: int
    assignment: pd.DataFrame
    rules: PlanRules
    wishes: list[dict[str, Any]]

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

    The wishes of the plan in force are obeyed: where the plan with the fewest moves breaks one, `at_least` still holds,
    and the plan is the one that was begun with. None where no plan keeps to the windows with connected zones. Nothing
    is kept. Raises `InputError` where `area` is a whole ward.
    """
    place = one_place(store, area, on)
    going = _going(time_limit_s, str(place["name"]), progress)
    told = replace(rules or PlanRules(), load=load_table(store), keep=KEEPS[-1])
    here = neighbourhood(store, place, on)
    code = str(place["neighbourhood_id"])
    current, records = kept.current_assignment(store, [code]), _wishes_in_force(store, code)
    wishes = wishes_from(records, here.members)
    plan = _begun(here, told, current, wishes)
    if plan is None:
        return None
    fewest, named = fewest_moves(
        here.homes, here.members, here.network, told, current, plan, keep_going=going
    )
    found = _with(plan, named, here, told)
    best = found if _obeys(found, here, wishes) else plan
    return FewestPlan(
        moved=_moved(best, here, current),
        at_least=fewest.at_least,
        assignment=best,
        rules=told,
        wishes=records,
    )


def _begun(
    here: Neighbourhood, rules: PlanRules, current: pd.DataFrame, wishes: Wishes
) -> pd.DataFrame | None:
    """Return the plan that keeps most as it is of those within the windows, None where there is none."""
    for keep in sorted(KEEPS, reverse=True):
        (one,) = options(
            here.homes, here.members, here.network, rules, current, wishes=wishes, keeps=(keep,)
        )
        if not (one.outside_min or one.disconnected):
            return one.sharing.assignment
    return None


def _wishes_in_force(store: Store, code: str) -> list[dict[str, Any]]:
    """Return the wishes, as stored, of the plan in force in a neighbourhood; none where there is none."""
    areas = store.load("plan_areas")
    own = areas[(areas["neighbourhood_id"] == code) & areas["in_force"].astype(bool)]
    if own.empty:
        return []
    rules = kept.find_plan(store, str(own["plan_id"].iloc[0])).rules or {}
    return list(rules.get("wishes", []))


def _obeys(plan: pd.DataFrame, here: Neighbourhood, wishes: Wishes) -> bool:
    """Return whether a plan obeys the wishes, and takes nobody farther than they walk."""
    own = here.homes.set_index("household_id").reindex(plan["household_id"]).reset_index()
    homes = gpd.GeoDataFrame(own, geometry="geometry", crs=here.homes.crs)
    group = mates(homes, wishes.together)
    at = pd.Index(here.members["member_id"]).get_indexer(pd.Index(plan["member_id"]))
    given = at >= 0
    bars = barred(homes, here.members, wishes)[given, at[given]]
    most = here.members["walks_at_most_m"].astype(float).to_numpy()[at[given]]
    apart = pd.Series(at[given]).groupby(group[given]).nunique().gt(1).any()
    far = plan["walk_m"].to_numpy()[given] > most
    return not ((bars != Bar.NONE).any() or apart or far.any())


def _moved(plan: pd.DataFrame, here: Neighbourhood, current: pd.DataFrame) -> int:
    """Return how many households that are with a member who is still there are with another in a plan."""
    had = current.drop_duplicates("household_id").set_index("household_id")["member_id"]
    had = plan["household_id"].map(had)
    stays = had.isin(here.members["member_id"]) & plan["member_id"].notna()
    return int((stays & (had != plan["member_id"])).sum())


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
        wishes=wishes_from(plan.wishes, here.members),
        on_streets=joined(here.homes, here.members, here.network),
    )
    wanted = name or kept.free_plan_name(store, say("plan_fewest_name", lang, name=place["name"]))
    used = asdict(plan.rules) | {"wishes": plan.wishes}
    return kept.keep_plan(store, [made], name=wanted, rules=used, seed=plan.rules.seed)
