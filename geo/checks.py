"""What a ward should mend in its own data: found, counted and measured, never changed.

`check` looks at the stored tables after placing (`geo.placing`). A row of its answer tells where to
look and how much; it never holds a name, a phone number or an address.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.crs import to_metric
from geo.placing import Where, located, neighbourhood_of
from geo.recognising_keys import repeats
from geo.stacks import STACK, on_point
from geo.terms import Kind, LocationSource

Tables = Mapping[str, Any]

# What rounding and drawing by hand leave between shared borders.
SLIVER_M2 = 1.0


class Check(StrEnum):
    """What can be wrong, with the meaning of `value` where it has one."""

    HOUSEHOLD_WITHOUT_WARD = "household_without_ward"
    HOUSEHOLD_UNLOCATED = "household_unlocated"
    HOUSEHOLD_ESTIMATED = "household_estimated"  # metres, the radius of the estimate
    HOUSEHOLD_OUTSIDE_WARD = "household_outside_ward"
    HOUSEHOLD_OUTSIDE_NEIGHBOURHOODS = "household_outside_neighbourhoods"
    HOUSEHOLD_ON_BORDER = "household_on_border"
    HOUSEHOLD_STACKED = "household_stacked"  # households on that point
    HOUSEHOLD_REPEATED = "household_repeated"  # households of that name in that house
    HOUSEHOLD_ADDRESS_REPEATED = "household_address_repeated"  # households with that address
    HOUSEHOLD_VANISHED = "household_vanished"
    VISIT_OF_UNKNOWN_HOUSEHOLD = "visit_of_unknown_household"
    VISIT_BY_UNKNOWN_MEMBER = "visit_by_unknown_member"
    VISIT_FOR_UNKNOWN_GOAL = "visit_for_unknown_goal"
    TEAM_OF_UNKNOWN_NEIGHBOURHOOD = "team_of_unknown_neighbourhood"
    MEMBER_OF_UNKNOWN_TEAM = "member_of_unknown_team"
    MEMBER_OF_UNKNOWN_NEIGHBOURHOOD = "member_of_unknown_neighbourhood"
    MEMBER_WITHOUT_HOME = "member_without_home"
    MEMBER_PHONE_REPEATED = "member_phone_repeated"  # members with that number
    NEIGHBOURHOOD_OVERLAPS = "neighbourhood_overlaps"  # square metres
    NEIGHBOURHOOD_INVALID = "neighbourhood_invalid"
    NEIGHBOURHOOD_LEAVES_WARD = "neighbourhood_leaves_ward"  # square metres
    NEIGHBOURHOOD_NAME_REPEATED = "neighbourhood_name_repeated"  # neighbourhoods with that name
    NEIGHBOURHOOD_WITHOUT_TEAM = "neighbourhood_without_team"


COLUMNS = ["check", "table", "id", "other", "value"]


def check(tables: Tables) -> DataFrame:
    """Return what a ward should mend, in the order of `Check` and then of the ids.

    Parameters
    ----------
    tables
        Stored tables by `Kind`, neighbourhoods those in force; a missing table is not looked at.

    Returns
    -------
    found
        `check` (a `Check`), `table` and `id` of the row; `other`, the id of the second row where
        two are in conflict, else null; `value`, a count or square metres, null where there is none.
    """
    known: dict[str, Any] = {Kind(name): table for name, table in tables.items() if len(table)}
    parts = [look(known) for needs, look in _LOOKS if all(kind in known for kind in needs)]
    found: DataFrame = pd.concat([_found(None, None, Series(dtype="str")), *parts])
    order = found["check"].map({name: at for at, name in enumerate(Check)})
    found = found.assign(order=order).sort_values(["order", "id", "other"], ignore_index=True)
    return found.drop(columns="order")


def _found(
    check: Check | None,
    table: Kind | None,
    ids: Series,
    *,
    value: Any = np.nan,
    other: Any = None,
) -> DataFrame:
    rows = DataFrame({"id": ids.to_numpy()}).astype("str")
    rows = rows.assign(check=check, table=table, other=other, value=value)
    return rows.astype({"check": "str", "table": "str", "other": "str", "value": float})[COLUMNS]


# --- households ---------------------------------------------------------------------------------


def _existing(tables: Tables) -> GeoDataFrame:
    homes = tables[Kind.HOUSEHOLDS]
    return homes[homes["vanished_at"].isna()]


def _located(homes: GeoDataFrame) -> GeoDataFrame:
    return homes[located(homes.geometry)]


def _unplaced_households(tables: Tables) -> DataFrame:
    homes = _existing(tables)
    waiting = homes.loc[homes["ward_code"].isna(), "household_id"]
    estimated = homes["location_source"] == LocationSource.ESTIMATED
    unlocated = homes.loc[~homes.index.isin(_located(homes).index), "household_id"]
    return pd.concat(
        [
            _found(Check.HOUSEHOLD_WITHOUT_WARD, Kind.HOUSEHOLDS, waiting),
            _found(Check.HOUSEHOLD_UNLOCATED, Kind.HOUSEHOLDS, unlocated),
            _found(
                Check.HOUSEHOLD_ESTIMATED,
                Kind.HOUSEHOLDS,
                homes.loc[estimated, "household_id"],
                value=homes.loc[estimated, "precision_m"].to_numpy(),
            ),
        ]
    )


def _stacked_households(tables: Tables) -> DataFrame:
    homes = _located(_existing(tables))
    size = on_point(homes.geometry)
    first = homes.groupby([homes.geometry.x, homes.geometry.y])["household_id"].transform("min")
    stacked = size >= STACK
    return _found(
        Check.HOUSEHOLD_STACKED,
        Kind.HOUSEHOLDS,
        homes.loc[stacked, "household_id"],
        other=first[stacked].to_numpy(),
        value=size[stacked].to_numpy(),
    )


def _repeated_households(tables: Tables) -> DataFrame:
    """Households that seem to stand twice; `other` is the first of each group."""
    homes = _existing(tables).sort_values("household_id").set_index("household_id", drop=False)
    found = repeats(homes)
    checks = {
        "household": Check.HOUSEHOLD_REPEATED,
        "address": Check.HOUSEHOLD_ADDRESS_REPEATED,
    }
    groups = {check: found[found["kind"] == kind] for kind, check in checks.items()}
    return pd.concat(
        [
            _found(
                check,
                Kind.HOUSEHOLDS,
                Series(rows.index, dtype="str"),
                other=rows["first"].to_numpy(),
                value=rows["size"].to_numpy(),
            )
            for check, rows in groups.items()
        ]
    )


def _vanished_households(tables: Tables) -> DataFrame:
    homes = tables[Kind.HOUSEHOLDS]
    gone = homes.loc[homes["vanished_at"].notna(), "household_id"]
    return _found(Check.HOUSEHOLD_VANISHED, Kind.HOUSEHOLDS, gone)


def _households_outside_ward(tables: Tables) -> DataFrame:
    homes = _located(_existing(tables))
    wards = tables[Kind.WARDS]
    wards = wards[located(wards.geometry)]
    homes = homes[homes["ward_code"].isin(wards["ward_code"])]
    placed = neighbourhood_of(homes, wards.assign(neighbourhood_id=wards["ward_code"]))
    outside = placed.loc[placed["where"] == Where.OUTSIDE, "household_id"]
    return _found(Check.HOUSEHOLD_OUTSIDE_WARD, Kind.HOUSEHOLDS, outside)


def _households_among_neighbourhoods(tables: Tables) -> DataFrame:
    """Only where the ward of the household has neighbourhoods: else all would be outside."""
    areas = tables[Kind.NEIGHBOURHOODS]
    homes = _located(_existing(tables))
    homes = homes[homes["ward_code"].isna() | homes["ward_code"].isin(areas["ward_code"])]
    placed = neighbourhood_of(homes, areas)
    parts = {
        Check.HOUSEHOLD_OUTSIDE_NEIGHBOURHOODS: Where.OUTSIDE,
        Check.HOUSEHOLD_ON_BORDER: Where.BORDER,
    }
    return pd.concat(
        [
            _found(check, Kind.HOUSEHOLDS, placed.loc[placed["where"] == where, "household_id"])
            for check, where in parts.items()
        ]
    )


# --- rows that name others ----------------------------------------------------------------------


def _unknown_references(kind: Kind, id_column: str, checks: dict[str, Check]) -> Any:
    """Return a look at the columns of `checks` that were given but found nobody."""

    def look(tables: Tables) -> DataFrame:
        table = tables[kind]
        lost = {
            check: table.loc[table[f"{column}_given"].notna() & table[f"{column}_id"].isna()]
            for column, check in checks.items()
        }
        return pd.concat([_found(check, kind, rows[id_column]) for check, rows in lost.items()])

    return look


def _members_in_themselves(tables: Tables) -> DataFrame:
    members = tables[Kind.MEMBERS]
    homeless = ~located(members.geometry)
    with_phone = members[members["phone"].notna()]
    sharing = with_phone.groupby("phone")["member_id"].transform("size")
    repeated = with_phone.loc[sharing > 1, "member_id"]
    return pd.concat(
        [
            _found(Check.MEMBER_WITHOUT_HOME, Kind.MEMBERS, members.loc[homeless, "member_id"]),
            _found(
                Check.MEMBER_PHONE_REPEATED,
                Kind.MEMBERS,
                repeated,
                value=sharing[sharing > 1].to_numpy(),
            ),
        ]
    )


# --- neighbourhoods -----------------------------------------------------------------------------


def _mended(areas: GeoDataFrame) -> GeoDataFrame:
    """Return areas in metres that can be measured; those without a shape are left out."""
    metric = to_metric(areas[located(areas.geometry)])
    return metric.set_geometry(metric.geometry.make_valid())


def _neighbourhoods_in_themselves(tables: Tables) -> DataFrame:
    areas = tables[Kind.NEIGHBOURHOODS]
    invalid = areas.loc[~located(areas.geometry) | ~areas.geometry.is_valid, "neighbourhood_id"]
    named = areas.groupby(["ward_code", "name"], dropna=False)["neighbourhood_id"].transform("size")
    return pd.concat(
        [
            _found(Check.NEIGHBOURHOOD_INVALID, Kind.NEIGHBOURHOODS, invalid),
            _found(
                Check.NEIGHBOURHOOD_NAME_REPEATED,
                Kind.NEIGHBOURHOODS,
                areas.loc[named > 1, "neighbourhood_id"],
                value=named[named > 1].to_numpy(),
            ),
        ]
    )


def _overlaps(tables: Tables) -> DataFrame:
    metric = _mended(tables[Kind.NEIGHBOURHOODS]).sort_values("neighbourhood_id")
    shapes, ids = metric.geometry.to_numpy(), metric["neighbourhood_id"]
    first, second = metric.sindex.query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    shared_m2 = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    over = shared_m2 > SLIVER_M2
    return _found(
        Check.NEIGHBOURHOOD_OVERLAPS,
        Kind.NEIGHBOURHOODS,
        ids.iloc[first[over]],
        other=ids.iloc[second[over]].to_numpy(),
        value=shared_m2[over].round(),
    )


def _leaving_ward(tables: Tables) -> DataFrame:
    metric = _mended(tables[Kind.NEIGHBOURHOODS])
    wards = _mended(tables[Kind.WARDS]).to_crs(metric.crs).set_index("ward_code").geometry
    metric = metric[metric["ward_code"].isin(wards.index)]
    ward = wards.loc[metric["ward_code"]].to_numpy()
    outside_m2 = shapely.area(shapely.difference(metric.geometry.to_numpy(), ward))
    leaving = outside_m2 > SLIVER_M2
    return _found(
        Check.NEIGHBOURHOOD_LEAVES_WARD,
        Kind.NEIGHBOURHOODS,
        metric.loc[leaving, "neighbourhood_id"],
        value=outside_m2[leaving].round(),
    )


def _neighbourhoods_without_team(tables: Tables) -> DataFrame:
    areas = tables[Kind.NEIGHBOURHOODS]
    people = [tables[kind] for kind in (Kind.TEAMS, Kind.MEMBERS) if kind in tables]
    served = {place for table in people for place in table["neighbourhood_id"].dropna()}
    alone = areas.loc[~areas["neighbourhood_id"].isin(served), "neighbourhood_id"]
    return _found(Check.NEIGHBOURHOOD_WITHOUT_TEAM, Kind.NEIGHBOURHOODS, alone)


# Each look, with the tables it cannot do without.
_LOOKS = (
    ((Kind.HOUSEHOLDS,), _unplaced_households),
    ((Kind.HOUSEHOLDS,), _stacked_households),
    ((Kind.HOUSEHOLDS,), _repeated_households),
    ((Kind.HOUSEHOLDS,), _vanished_households),
    ((Kind.HOUSEHOLDS, Kind.WARDS), _households_outside_ward),
    ((Kind.HOUSEHOLDS, Kind.NEIGHBOURHOODS), _households_among_neighbourhoods),
    (
        (Kind.VISITS,),
        _unknown_references(
            Kind.VISITS,
            "visit_id",
            {
                "household": Check.VISIT_OF_UNKNOWN_HOUSEHOLD,
                "member": Check.VISIT_BY_UNKNOWN_MEMBER,
                "goal": Check.VISIT_FOR_UNKNOWN_GOAL,
            },
        ),
    ),
    (
        (Kind.TEAMS,),
        _unknown_references(
            Kind.TEAMS, "team_id", {"neighbourhood": Check.TEAM_OF_UNKNOWN_NEIGHBOURHOOD}
        ),
    ),
    (
        (Kind.MEMBERS,),
        _unknown_references(
            Kind.MEMBERS,
            "member_id",
            {
                "team": Check.MEMBER_OF_UNKNOWN_TEAM,
                "neighbourhood": Check.MEMBER_OF_UNKNOWN_NEIGHBOURHOOD,
            },
        ),
    ),
    ((Kind.MEMBERS,), _members_in_themselves),
    ((Kind.NEIGHBOURHOODS,), _neighbourhoods_in_themselves),
    ((Kind.NEIGHBOURHOODS,), _overlaps),
    ((Kind.NEIGHBOURHOODS, Kind.WARDS), _leaving_ward),
    ((Kind.NEIGHBOURHOODS,), _neighbourhoods_without_team),
)
