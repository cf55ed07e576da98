"""Who is reached and who is left, and what reports say beside it."""

from datetime import date

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.checks import check as check_tables
from geo.terms import Kind
from planning import coverage as cover
from planning.coverage import Coverage
from planning.official import LEAST_MEMBERS, official, teams_of
from planning.official import counts as counts_of_lists
from planning.official import totals as reported_totals
from steps.covering import OfficialFigures, address_line, found_households, grouping
from steps.gathering import (
    areas,
    goals,
    households,
    of_area,
    people_in_charge,
    teams,
    walking_checks,
    wards,
)


def check(store: Store, *, on: date) -> pd.DataFrame:
    """Return what the ward should mend: check, table, id, other, value."""
    tables = {str(kind): store.load(kind) for kind in Kind if kind != Kind.ASSIGNMENTS}
    tables[Kind.NEIGHBOURHOODS] = areas(store, on=on)
    tables |= {Kind.HOUSEHOLDS: households(store, on=on), Kind.TEAMS: teams(store, on=on)}
    return pd.concat([check_tables(tables), walking_checks(store)], ignore_index=True)


def coverage(
    store: Store,
    *,
    by: str = "neighbourhood",
    goal: str | None = None,
    area: str | None = None,
    on: date,
    lang: str | None = None,
) -> Coverage:
    """Count reached and unreached households by ward, neighbourhood, team or member.

    Where a language is named, the names of neighbourhoods say which boundaries are estimated.
    """
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    belongs = homes
    if by in ("team", "member"):
        belongs = cover.explained(
            homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal
        )

    table, area_of = grouping(store, by, belongs, area=area, on=on, lang=lang)
    return cover.coverage(homes, visits, aims, areas=table, area_of=area_of, on=on, goal=goal)


def unreached(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> gpd.GeoDataFrame:
    """Return every unreached household once, with the first cause that applies."""
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    left = cover.unreached(homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal)
    return left.join(homes[_SURENESS])


def household_status(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> gpd.GeoDataFrame:
    """Return every household: where it stands, who is in charge, why it is unreached, head and address."""
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    standing = cover.explained(
        homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal
    )
    words = homes.loc[standing.index, ["head", "house_number", "street", "alley", "address_raw"]]
    told = standing.assign(head=words["head"], address=address_line(words))
    return told.join(homes[["traits", *_SURENESS]])


def find_households(
    store: Store, text: str, *, area: str | None = None, most: int = 20
) -> pd.DataFrame:
    """Return household_id, head and address of those that a name, address or digital address means, likeliest first."""
    homes = of_area(store, store.load(Kind.HOUSEHOLDS), area)
    return found_households(homes, text, most=most)


def official_figures(
    store: Store, *, area: str | None = None, on: date, least_members: int = LEAST_MEMBERS
) -> OfficialFigures:
    """Return the figures that reports give, beside what the lists count on a day; never mixed with it.

    `area` keeps those of a ward, with its neighbourhoods, or of one neighbourhood.
    """
    reported = store.load(Kind.FIGURES)
    if area is not None:
        of_area(store, store.load(Kind.HOUSEHOLDS), area)
        of_ward = reported["ward_code"] == area
        reported = reported[of_ward | (reported["neighbourhood_id"] == area)]
    listed = counts_of_lists(
        households(store, on=on),
        teams(store, on=on),
        store.load(Kind.MEMBERS),
        on=on.isoformat(),
    )
    rows = official(reported, listed, wards(store))
    return OfficialFigures(
        rows=rows, teams=teams_of(rows, least=least_members), total=reported_totals(rows)
    )


# How sure the place of a household is: said wherever the place is shown.
_SURENESS = ["location_source", "precision_m"]
