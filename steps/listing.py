"""What lists to be filled in say of each household beyond the plan: where it is, what is due, what was last heard."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from data.store import Store
from exports.content import Listing
from geo.errors import NotFoundError
from geo.terms import Kind
from planning.coverage import Status
from steps.covering import address_line, by_goal, goal_names
from steps.gathering import goals
from steps.leading import named

LAST = {"visited_at": "at", "outcome": "outcome", "note": "note"}


def listing_of(
    store: Store,
    households: pd.DataFrame,
    *,
    only: Collection[str] | None = None,
    on: date,
) -> Listing:
    """Return what lists of a plan's households say; `only`: lists of these members alone.

    Raises
    ------
    NotFoundError
        Where `only` names somebody who has no household in the plan.
    """
    unknown = set(only or ()) - set(households["member_id"].dropna())
    if unknown:
        raise NotFoundError("member_without_list", members=sorted(unknown))
    homes = households.drop_duplicates("household_id").set_index("household_id", drop=False)
    told = pd.DataFrame({"address": address_line(homes), "goal": _next_goals(store, homes, on)})
    return Listing(
        goals=tuple(str(name) for name in goals(store, on=on)["name"]),
        teams=named(store, Kind.TEAMS, "team_id"),
        homes=told.join(_last_visits(store)),
        only=None if only is None else frozenset(only),
    )


def members_asked(
    members: pd.DataFrame, member: str | None, team: str | None
) -> frozenset[str] | None:
    """Return the members of a plan that are asked for by id, or by their team's; None where nobody is named.

    Raises
    ------
    NotFoundError
        Where a team has nobody in the plan.
    """
    if member is not None:
        return frozenset([member])
    if team is None:
        return None
    found = members.loc[members["team_id"] == team, "member_id"]
    if found.empty:
        raise NotFoundError("team_without_list", team=team)
    return frozenset(found)


def _next_goals(store: Store, homes: pd.DataFrame, on: date) -> pd.Series:
    """Return the first goal for which a household is not reached, by household; else the first that concerns it.

    A visit without a goal would count for none.
    """
    stored = store.load(Kind.HOUSEHOLDS)
    stored = stored[stored["household_id"].isin(homes.index)]
    standing = by_goal(store, stored, on).set_axis(stored["household_id"], axis=0)
    names = goal_names(store)
    concerned = standing.notna()
    first = pd.Series(None, index=standing.index, dtype=object)
    for there in (concerned & (standing != Status.REACHED), concerned):
        for goal in standing.columns:
            first = first.mask(first.isna() & there[goal], names[goal])
    return first.reindex(homes.index)


def _last_visits(store: Store) -> pd.DataFrame:
    """Return `at`, `outcome` and `note` of each household's last visit, by household."""
    visits = store.load(Kind.VISITS)
    visits = visits[visits["household_id"].notna()]
    last = visits.sort_values(["visited_at", "visit_id"]).drop_duplicates(
        "household_id", keep="last"
    )
    return pd.DataFrame(last.set_index("household_id")[list(LAST)].rename(columns=LAST))
