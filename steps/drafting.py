"""What the planner asks of plans and changes in drafts."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pandas as pd

from data import plans as kept
from data.plan_edits import list_edits, list_history, note_decision
from data.plan_edits import ways as ways_of_edits
from data.settings import LOAD, keep_setting
from data.store import Store
from geo.errors import InputError
from geo.folding import fold
from geo.terms import Kind
from planning.adjusting import EditKind, handed_over, held_fast
from planning.load import LoadTable
from planning.rules import PlanRules
from steps.adjusting import Trial, changed, copied, drafted, served_by, touched, tried, turned
from steps.gathering import areas, load_table, members_in_force, planned_places
from steps.progress import Progress, told
from steps.reasons import (
    explained,
    neighbourhood,
    options_document,
    place_of_household,
    rules_of,
    wishes_of,
)
from steps.trying import TeamTrial, team_tried
from steps.wishing import until
from words import say


def plan_options(
    store: Store,
    area: str,
    *,
    rules: PlanRules | None = None,
    prove: bool = False,
    time_limit_s: float | None = None,
    on: date,
) -> dict[str, Any]:
    """Return plans of one neighbourhood from fewest moves to least walking, beside who has which household now.

    Rows, fewest moves first: `keep` (minutes), `moved`, `outside_min`, `walk_m`, `zones_disconnected`, `why` (moves by
    reason) and `moves`. With `prove` also `fewest`: how many households move in the plan with the fewest moves found,
    at least in any plan, and whether that is the same; None where no plan keeps to the windows. `time_limit_s` are the
    seconds to prove it in. Nothing is kept. Raises `InputError` where `area` is a whole ward.
    """
    place = one_place(store, area, on)
    told = replace(rules or PlanRules(), load=load_table(store))
    here, current = neighbourhood(store, place, on), kept.current_assignment(store)
    return options_document(here, told, current, prove=prove, keep_going=until(time_limit_s))


def try_team(
    store: Store,
    area: str,
    *,
    away: Collection[str] = (),
    more: int = 0,
    most_min: float | None = None,
    rules: PlanRules | None = None,
    on: date,
) -> TeamTrial:
    """Return what one neighbourhood comes to with members `away`, some `more`, and hard limits; nothing is kept.

    Changes are counted from the plan in force. Raises `InputError` where `area` is a whole ward.
    """
    place = one_place(store, area, on)
    told = replace(rules or PlanRules(), load=load_table(store))
    here, current = neighbourhood(store, place, on), kept.current_assignment(store)
    return team_tried(here, told, current, away=away, more=more, most_min=most_min)


def members_of(store: Store, area: str, *, on: date) -> pd.DataFrame:
    """Return member_id and name of those who serve a neighbourhood on a day, by name."""
    people = pd.DataFrame(members_in_force(store, on, [area])[["member_id", "name"]])
    return people.sort_values("name", key=lambda names: names.map(fold), ignore_index=True)


def one_place(store: Store, area: str, on: date) -> dict[str, Any]:
    """Return the row of one neighbourhood; raise `InputError` where `area` is a whole ward."""
    places = planned_places(store, area, on)
    if len(places) > 1:
        raise InputError("one_neighbourhood", area=area)
    return {str(name): cell for name, cell in places.iloc[0].items()}


def why_member(store: Store, plan: str, household: str, *, on: date) -> pd.DataFrame:
    """Return, for each member of the neighbourhood, what it would mean to give them a household of a plan."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    place = place_of_household(areas(store), store.load(Kind.HOUSEHOLDS), household)
    rows = kept.plan_part(store, "assignments", plan_id)
    here = neighbourhood(store, place, on)
    wishes = wishes_of(store, plan_id, here.members)
    return explained(here, rows, household, rules_of(store, plan_id), wishes)


def load_rows(store: Store) -> pd.DataFrame:
    """Return the minutes a household takes: `item`, `minutes` as the planner has set them, `usual` as they come."""
    own, usual = asdict(load_table(store)), asdict(LoadTable())
    return pd.DataFrame({"item": [*own], "minutes": [*own.values()], "usual": [*usual.values()]})


def set_load(store: Store, minutes: Mapping[str, float], *, anew: bool = False) -> None:
    """Change some of the minutes a household takes, from what they are or `anew` from the usual ones.

    Plans that are made from then on go by them; those that are kept stay as they are.
    """
    begun = LoadTable() if anew else load_table(store)
    keep_setting(store, LOAD, asdict(begun.changed(minutes)) if minutes or not anew else {})


def try_move(
    store: Store, plan: str, households: Collection[str], member: str, *, on: date
) -> Trial:
    """Return what it would mean for loads and zones to give households of a plan to a member; nothing is kept."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    return tried(served_by(store, plan_id, member, on=on), pd.Series([*households]), member)


def member_choices(
    store: Store, plan: str, households: Collection[str], *, on: date
) -> pd.DataFrame:
    """Return who serves the neighbourhoods of some households of a plan: member_id, name, households, load_min."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    parts = touched(store, plan_id, pd.Series([*households]), on=on)
    loads = pd.concat([one.loads(one.rows) for one in parts], ignore_index=True)
    return loads[["member_id", "name", "households", "load_min"]]


def move_households(
    store: Store,
    plan: str,
    households: Collection[str],
    member: str,
    *,
    why: str | None = None,
    on: date,
) -> int:
    """Give households of a draft to a member, and return how many moved; locked ones stay."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    one = served_by(store, plan_id, member, on=on)
    after = handed_over(one.rows, pd.Series([*households]), member)
    return changed(store, plan_id, [(one, one.become(after))], what=EditKind.MOVE, why=why)


def lock_households(
    store: Store,
    plan: str,
    households: Collection[str],
    *,
    locked: bool = True,
    why: str | None = None,
    on: date,
) -> int:
    """Lock households of a draft to their members, or unlock them, and return how many changed."""
    plan_id, chosen = str(kept.find_plan(store, plan).plan_id), pd.Series([*households])
    parts = [
        (one, one.become(held_fast(one.rows, chosen, locked=locked)))
        for one in touched(store, plan_id, chosen, on=on)
    ]
    what = EditKind.LOCK if locked else EditKind.UNLOCK
    return changed(store, plan_id, parts, what=what, why=why)


def suggest_again(
    store: Store,
    plan: str,
    *,
    area: str | None = None,
    why: str | None = None,
    on: date,
    progress: Progress | None = None,
) -> int:
    """Share one neighbourhood of a draft, or all, anew around its locks; return how many households changed."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    codes = (
        [area] if area else sorted(kept.plan_part(store, "plan_areas", plan_id)["neighbourhood_id"])
    )
    parts = []
    for code in told(codes, progress, lambda _: ""):
        one = drafted(store, plan_id, code, on=on)
        parts.append((one, one.suggested()))
    return changed(store, plan_id, parts, what=EditKind.SUGGEST, why=why)


def undo_edit(store: Store, plan: str, *, on: date) -> None:
    """Take the last change by hand of a draft back."""
    turned(store, str(kept.find_plan(store, plan).plan_id), redo=False, on=on)


def redo_edit(store: Store, plan: str, *, on: date) -> None:
    """Do the last change of a draft that was taken back again."""
    turned(store, str(kept.find_plan(store, plan).plan_id), redo=True, on=on)


def plan_edits(store: Store, plan: str) -> pd.DataFrame:
    """Return what was changed by hand in a plan, newest first: at, who, what, why, households, undone."""
    return list_edits(store, str(kept.find_plan(store, plan).plan_id))


def edit_ways(store: Store, plan: str) -> tuple[bool, bool]:
    """Return whether there is a change by hand to undo, and one to redo."""
    return ways_of_edits(store, str(kept.find_plan(store, plan).plan_id))


def copy_plan(
    store: Store,
    plan: str,
    *,
    name: str | None = None,
    on: date,
    lang: str = "vi",
    progress: Progress | None = None,
) -> str:
    """Keep a draft that begins as another plan is, and return its id: plans in force are never rewritten."""
    row = kept.find_plan(store, plan)
    wanted = name or kept.free_plan_name(store, say("plan_copy_name", lang, name=row.name))
    return copied(store, str(row.plan_id), name=wanted, on=on, progress=progress)


def plan_history(store: Store) -> pd.DataFrame:
    """Return who approved or retired which plan when and why, newest first."""
    return list_history(store)


def member_loads(store: Store, plan: str, area: str, *, on: date) -> pd.DataFrame:
    """Return what each member of a neighbourhood carries in a plan; see `planning.adjusting.member_loads`."""
    one = drafted(store, str(kept.find_plan(store, plan).plan_id), area, on=on)
    return one.loads(one.rows)


def record_decision(store: Store, text: str, *, plan: str | None = None) -> None:
    """Keep what a meeting decided in the history, about a plan or on its own."""
    subject = None if plan is None else str(kept.find_plan(store, plan).plan_id)
    note_decision(store, text, subject)
