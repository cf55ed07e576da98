"""One neighbourhood of a draft, changed by hand: what it was, what it becomes, and what that means."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.plan_edits import changes_of, copy_plan, keep_edit, last_edit, turn_edit
from data.store import Store
from geo.errors import InputError, NotFoundError
from geo.terms import Kind
from planning.adjusting import (
    EditKind,
    applied,
    differences,
    handed_over,
    member_loads,
    side_by_side,
    worked_out,
)
from planning.joined import Joined, joined
from planning.rules import PlanRules
from planning.share import share
from planning.wishes import Wishes
from steps.gathering import areas, load_table
from steps.planning_areas import described
from steps.progress import Progress, told
from steps.reasons import Neighbourhood, neighbourhood, rules_of, wishes_of


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """One neighbourhood of a plan: its place, people and streets, and the rows of its assignment."""

    place: dict[str, Any]
    boundary: gpd.GeoSeries
    here: Neighbourhood
    rules: PlanRules
    rows: pd.DataFrame
    figures: dict[str, Any]
    current: pd.DataFrame
    asked: Wishes

    @cached_property
    def ground(self) -> Joined:
        """Where its households and members join the streets."""
        return joined(self.here.homes, self.here.members, self.here.network)

    @property
    def names(self) -> pd.Series:
        """The members' names by id; who has none goes by the id."""
        names: pd.Series = self.here.members.set_index("member_id")["name"]
        return names.fillna(names.index.to_series())

    def worked_out(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of an assignment with walking and minutes."""
        return worked_out(rows, self.here.homes, self.ground, self.rules)

    def loads(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what each member carries, with the member's name."""
        now = self.worked_out(rows)
        loads = member_loads(now, self.here.homes, self.here.members, self.ground, self.rules)
        return loads.assign(name=loads["member_id"].map(self.names))

    def become(self, rows: pd.DataFrame) -> kept.PlannedArea:
        """Return the neighbourhood as it is with these rows; the bound where it still holds."""
        new = self.worked_out(rows)
        made = self._described(new, self._bound(new))
        told = made.figures
        if told["members_outside_window"]:
            told = told | {"lower_bound": None, "gap": None}
        # What was proven stays proven, also for when the change is taken back.
        return replace(made, figures=told | {"proven": self.figures.get("proven")})

    def suggested(self) -> kept.PlannedArea:
        """Return the neighbourhood shared anew around what is locked."""
        now = self.rows.loc[self.rows["member_id"].notna(), ["household_id", "member_id"]]
        here = self.here
        found = share(
            here.homes,
            here.members,
            here.network,
            self.rules,
            wishes=self._wishes(self.rows),
            current=now,
            ground=self.ground,
        )
        return self._described(found.assignment, found.lower_bound)

    def _wishes(self, rows: pd.DataFrame) -> Wishes:
        """Return what was wished of the plan, with what is locked now in the place of what was."""
        held = rows[rows["locked"].astype(bool)]
        pairs = held[["household_id", "member_id"]].itertuples(index=False, name=None)
        return replace(self.asked, locks=tuple(pairs))

    def _described(self, rows: pd.DataFrame, bound: float | None) -> kept.PlannedArea:
        return described(
            self.place,
            self.boundary,
            self.here.homes,
            self.here.members,
            self.here.network,
            rows,
            rules=self.rules,
            lower_bound=bound,
            current=self.current,
            wishes=self._wishes(rows),
            on_streets=self.ground,
        )

    def _bound(self, rows: pd.DataFrame) -> float | None:
        """Return what was proven, where it is about the same households and nothing was unlocked since."""
        proven = self.figures.get("proven") or {}
        locked = set(rows.loc[rows["locked"].astype(bool), "household_id"])
        same = proven.get("assigned") == int(rows["member_id"].notna().sum())
        return proven["bound_m"] if same and set(proven["locked"]) <= locked else None


def drafted(store: Store, plan_id: str, code: str, *, on: date) -> Drafted:
    """Return one neighbourhood of a plan, by its id."""
    places = areas(store)
    found = places[places["neighbourhood_id"] == code]
    if found.empty:
        raise NotFoundError("area_unknown", area=code)
    place = found.iloc[0].to_dict()
    rows = kept.plan_part(store, "assignments", plan_id)
    planned = kept.plan_part(store, "plan_areas", plan_id)
    own = planned[planned["neighbourhood_id"] == code]["figures"]
    here = neighbourhood(store, place, on)
    return Drafted(
        place=place,
        boundary=gpd.GeoSeries([place["geometry"]], crs=places.crs),
        here=here,
        asked=wishes_of(store, plan_id, here.members),
        rules=rules_of(store, plan_id),
        rows=rows[rows["neighbourhood_id"] == code].reset_index(drop=True),
        figures=dict(own.iloc[0] or {}) if len(own) else {},
        current=kept.current_assignment(store, [code]),
    )


def served_by(store: Store, plan_id: str, member: str, *, on: date) -> Drafted:
    """Return the neighbourhood of a plan in which a member serves."""
    members = store.load(Kind.MEMBERS)
    codes = members.loc[members["member_id"] == member, "neighbourhood_id"].dropna()
    if codes.empty:
        raise NotFoundError("member_unknown", member=member)
    return drafted(store, plan_id, str(codes.iloc[0]), on=on)


def touched(store: Store, plan_id: str, households: pd.Series, *, on: date) -> list[Drafted]:
    """Return the neighbourhoods of a plan in which some households lie."""
    rows = kept.plan_part(store, "assignments", plan_id)
    codes = rows.loc[rows["household_id"].isin(households), "neighbourhood_id"].dropna()
    if codes.empty:
        raise InputError("no_households_chosen")
    return [drafted(store, plan_id, code, on=on) for code in sorted(codes.unique())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What it would mean to give households to a member; nothing is changed by it.

    `loads` has the members it touches (`planning.adjusting.side_by_side`, and their `name`); `moved`, `locked` and
    `elsewhere` count the chosen households that would move, that are locked, and that lie in another neighbourhood.
    """

    loads: pd.DataFrame
    moved: int
    locked: int
    elsewhere: int


def tried(one: Drafted, households: pd.Series, member: str) -> Trial:
    """Return what it would mean to give some households to a member of the neighbourhood."""
    after = handed_over(one.rows, households, member)
    own = one.rows[one.rows["household_id"].isin(households)]
    loads = side_by_side(one.loads(one.rows), one.loads(after))
    return Trial(
        loads=loads.assign(name=loads["member_id"].map(one.names)),
        moved=len(differences(one.rows, after)),
        locked=int((own["locked"].astype(bool) & (own["member_id"] != member)).sum()),
        elsewhere=len(set(households)) - len(own),
    )


def changed(
    store: Store,
    plan_id: str,
    parts: Iterable[tuple[Drafted, kept.PlannedArea]],
    *,
    what: EditKind,
    why: str | None,
) -> int:
    """Keep neighbourhoods of a draft as they have become; return how many households are touched."""
    pairs = list(parts)
    differ = [differences(one.rows, area.assignment) for one, area in pairs]
    changes = pd.concat(differ, ignore_index=True)
    if len(changes):
        keep_edit(
            store, plan_id, [area for _, area in pairs], what=str(what), changes=changes, why=why
        )
    return len(changes)


def turned(store: Store, plan_id: str, *, redo: bool, on: date) -> None:
    """Take the last change by hand back, or do the last one that was taken back again."""
    edit = last_edit(store, plan_id, undone=redo)
    changes = changes_of(edit)
    parts = touched(store, plan_id, changes["household_id"], on=on)
    become = [one.become(applied(one.rows, changes, back=not redo)) for one in parts]
    turn_edit(store, plan_id, become, edit=edit)


def copied(store: Store, plan_id: str, *, name: str, on: date, progress: Progress | None) -> str:
    """Keep a draft that begins as a plan is, whoever made that, and return its id."""
    rows = kept.plan_part(store, "assignments", plan_id)
    codes = sorted(rows["neighbourhood_id"].dropna().unique())
    parts = [
        one.become(one.rows)
        for one in (
            drafted(store, plan_id, code, on=on) for code in told(codes, progress, lambda _: "")
        )
    ]
    rules = kept.find_plan(store, plan_id).rules or asdict(PlanRules(load=load_table(store)))
    return copy_plan(store, plan_id, name, dict(rules), parts)
