"""One neighbourhood of a plan, and what a plan looks like."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.store import Store
from geo.network import WalkingNetwork
from geo.terms import Kind, Reason
from planning.adjusting import worked_out
from planning.figures import figures
from planning.joined import Joined, joined
from planning.outline import outline
from planning.rules import PlanRules
from planning.share import share
from planning.wishes import Wishes
from steps.gathering import areas, load_table
from steps.reasons import conflict_document
from steps.walking_networks import walking_network

# Reasons that a rule of the planner's is behind.
BARRED = (
    Reason.NO_CAPACITY,
    Reason.FORBIDDEN,
    Reason.NO_SKILL,
    Reason.OUTSIDE_HOME_AREA,
    Reason.TOO_FAR,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFrames:
    """What a plan looks like: zones and households with their figures, members' homes, and the ground below."""

    zones: gpd.GeoDataFrame
    households: gpd.GeoDataFrame
    members: gpd.GeoDataFrame
    neighbourhoods: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame

    def within(self, places: Collection[str]) -> "PlanFrames":
        """Return some neighbourhoods of the plan, with the streets of the whole ward."""
        homes = self.households[self.households["neighbourhood_id"].isin(places)]
        return replace(
            self,
            zones=self.zones[self.zones["neighbourhood_id"].isin(places)],
            households=homes,
            members=self.members[self.members["member_id"].isin(homes["member_id"])],
            neighbourhoods=self.neighbourhoods[
                self.neighbourhoods["neighbourhood_id"].isin(places)
            ],
        )


def plan_area(
    place: dict[str, Any],
    ground: gpd.GeoSeries,
    homes: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    network: WalkingNetwork,
    *,
    rules: PlanRules,
    current: pd.DataFrame,
    wishes: Wishes,
    keep_going: Callable[[], bool],
) -> kept.PlannedArea:
    """Share one neighbourhood, outline its zones, and work out the figures."""
    code = str(place["neighbourhood_id"])
    own = homes[homes["neighbourhood_id"] == code]
    people = members[members["neighbourhood_id"] == code]
    begun = perf_counter()
    on_streets = joined(own, people, network)
    sharing = share(
        own,
        people,
        network,
        rules,
        wishes=wishes,
        current=current,
        ground=on_streets,
        keep_going=keep_going,
    )
    seconds = perf_counter() - begun
    made = described(
        place,
        ground,
        own,
        people,
        network,
        sharing.assignment,
        rules=rules,
        lower_bound=sharing.lower_bound,
        current=current,
        seconds=seconds,
        on_streets=on_streets,
        wishes=wishes,
    )
    return replace(made, figures=made.figures | {"stopped": sharing.stopped})


def described(  # noqa: PLR0917 - the six things a plan is made of, in the pipeline's order
    place: dict[str, Any],
    ground: gpd.GeoSeries,
    homes: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    network: WalkingNetwork,
    assignment: pd.DataFrame,
    *,
    rules: PlanRules,
    lower_bound: float | None,
    current: pd.DataFrame,
    wishes: Wishes,
    on_streets: Joined,
    seconds: float | None = None,
) -> kept.PlannedArea:
    """Return one neighbourhood of a plan with its zones and figures, whoever made the assignment."""
    code = str(place["neighbourhood_id"])
    counted = figures(
        code,
        homes,
        members,
        network,
        assignment,
        rules,
        lower_bound=lower_bound,
        current=current,
        seconds=seconds,
        ground=on_streets,
    )
    return kept.PlannedArea(
        neighbourhood_id=code,
        ward_code=str(place["ward_code"]),
        assignment=assignment,
        zones=outline(homes, assignment, ground),
        figures=counted
        | {
            "name": place["name"],
            "proven": proof(lower_bound, assignment) or None,
            "stopped": False,
            "conflict": _conflict(
                homes,
                members,
                assignment,
                counted=counted,
                rules=rules,
                wishes=wishes,
                ground=on_streets,
            ),
        },
    )


def proof(lower_bound: float | None, assignment: pd.DataFrame) -> dict[str, Any]:
    """Return what a bound was proven for: how many households have a member, and which are locked."""
    if lower_bound is None:
        return {}
    return {
        "bound_m": lower_bound,
        "assigned": int(assignment["member_id"].notna().sum()),
        "locked": sorted(assignment.loc[assignment["locked"].astype(bool), "household_id"]),
    }


def _conflict(
    homes: gpd.GeoDataFrame,
    members: gpd.GeoDataFrame,
    assignment: pd.DataFrame,
    *,
    counted: dict[str, Any],
    rules: PlanRules,
    wishes: Wishes,
    ground: Joined,
) -> dict[str, Any] | None:
    """Return which rules cannot be met together, asked only where the plan misses some, or obeys locks before them."""
    barred = assignment["reason"].isin(BARRED)
    missed = counted["members_outside_window"] or counted["shortfall_min"] or barred.any()
    if not (missed or assignment["locked"].any()):
        return None
    wanted = assignment.loc[assignment["member_id"].notna() | barred, "household_id"]
    asked = homes[homes["household_id"].isin(wanted)]
    return conflict_document(asked, members, rules, wishes, ground=ground)


def figures_of_imported(store: Store, plan_id: str) -> list[dict[str, Any]]:
    """The figures of a plan that came from a file, worked out from what is stored now."""
    rows = kept.plan_part(store, "assignments", plan_id)
    homes, members = store.load(Kind.HOUSEHOLDS), store.load(Kind.MEMBERS)
    current, rules = kept.current_assignment(store), PlanRules(load=load_table(store))
    places = areas(store)
    found = []
    for place in places[places["neighbourhood_id"].isin(rows["neighbourhood_id"])].to_dict(
        "records"
    ):
        code = place["neighbourhood_id"]
        own = homes[homes["neighbourhood_id"] == code]
        people = members[members["neighbourhood_id"] == code]
        network = walking_network(store, place["ward_code"])
        shared = rows[rows["household_id"].isin(own["household_id"])]
        counted = figures(code, own, people, network, shared, rules, current=current)
        found.append(counted | {"name": place["name"]})
    return found


def rows_of_plan(store: Store, plan_id: str) -> pd.DataFrame:
    """Return the rows of a plan; of one that came from a file, with walking and minutes as they are now."""
    rows: pd.DataFrame = kept.plan_part(store, "assignments", plan_id)
    if kept.find_plan(store, plan_id).import_id is None:
        return rows
    homes, members = store.load(Kind.HOUSEHOLDS), store.load(Kind.MEMBERS)
    rules, parts = PlanRules(load=load_table(store)), []
    for (ward, code), shared in rows.groupby(["ward_code", "neighbourhood_id"]):
        own = homes[homes["neighbourhood_id"] == code]
        people = members[members["neighbourhood_id"] == code]
        ground = joined(own, people, walking_network(store, str(ward)))
        parts.append(worked_out(shared, own, ground, rules))
    known = pd.concat(parts, ignore_index=True) if parts else rows.iloc[:0]
    rest = rows[~rows["household_id"].isin(known["household_id"])]
    return pd.concat([known, rest], ignore_index=True) if len(rest) else known


def zones_of(
    store: Store, plan_id: str, households: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the zones of a plan: as they were kept, or for one that came from a file, as its households lie now."""
    found: gpd.GeoDataFrame = kept.plan_part(store, "zones", plan_id)
    if len(found) or kept.find_plan(store, plan_id).import_id is None:
        return found
    drawn = []
    for place in places.itertuples(index=False):
        own = households[households["neighbourhood_id"] == place.neighbourhood_id]
        ground = gpd.GeoSeries([place.geometry], crs=places.crs)
        zones = outline(own[["household_id", "geometry"]], own, ground)
        drawn.append(zones.assign(neighbourhood_id=place.neighbourhood_id, plan_id=plan_id))
    filled = [zones for zones in drawn if len(zones)]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True)) if filled else found


def places_of(store: Store, plan_id: str, rows: pd.DataFrame) -> set[str]:
    """Return the neighbourhoods that a plan is about."""
    planned = kept.plan_part(store, "plan_areas", plan_id)["neighbourhood_id"]
    return set(planned) | set(rows["neighbourhood_id"].dropna())


def loads_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Households, minutes and metres of each member."""
    return rows.groupby("member_id", as_index=False).agg(
        households=("household_id", "size"),
        load_min=("load_min", "sum"),
        walk_m=("walk_m", "sum"),
    )
