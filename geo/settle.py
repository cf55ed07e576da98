"""What follows from all that is stored, worked out anew after each import, so that their order is of no matter.

A file says `…_given`; where a row belongs (its ward, neighbourhood, team, household, goal) follows from
the given words, the places and the other tables. The same rows give the same answer, whichever came first.
"""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.aliases import resolved
from geo.among import among
from geo.locating import Ground, locate
from geo.placing import Where, located, match_reference, neighbourhood_of, ward_of
from geo.succession import drawn_ground, in_force_now, named_place
from geo.terms import STORED_CRS, Kind
from geo.units import named_wards

Tables = dict[str, Any]

# Which neighbourhood followed which: no file's table, but looked at like one.
SUCCESSIONS = "successions"

# Which tables are worked out anew when one of these has changed; in the order in which they build on each other.
FOLLOWS: dict[str, tuple[str, ...]] = {
    Kind.WARDS: tuple(kind for kind in Kind if kind not in (Kind.GOALS, Kind.ASSIGNMENTS)),
    Kind.NEIGHBOURHOODS: (
        Kind.WARDS,
        Kind.NEIGHBOURHOODS,
        Kind.HOUSEHOLDS,
        Kind.TEAMS,
        Kind.MEMBERS,
        Kind.VISITS,
        Kind.FIGURES,
    ),
    Kind.STREETS: (Kind.STREETS, Kind.HOUSEHOLDS, Kind.VISITS),
    Kind.BARRIERS: (Kind.BARRIERS,),
    Kind.ADDRESSES: (Kind.ADDRESSES, Kind.HOUSEHOLDS, Kind.VISITS),
    Kind.HOUSEHOLDS: (Kind.HOUSEHOLDS, Kind.VISITS),
    Kind.TEAMS: (Kind.TEAMS, Kind.MEMBERS),
    Kind.MEMBERS: (Kind.MEMBERS, Kind.VISITS),
    Kind.GOALS: (Kind.VISITS,),
    Kind.VISITS: (Kind.VISITS,),
    Kind.FIGURES: (Kind.FIGURES,),
    Kind.ASSIGNMENTS: (),
}


def followers(kinds: Iterable[str]) -> list[str]:
    """Return the tables to settle when those of `kinds` have changed, in the order to do it."""
    wanted = {table for kind in kinds for table in FOLLOWS[kind]}
    return [kind for kind in Kind if kind in wanted]


def settle(tables: Tables, *, only: Iterable[str]) -> Tables:
    """Return `tables` with the derived columns of those named in `only` worked out anew.

    Parameters
    ----------
    tables
        All tables by name, as `geo.tables` promises them.
    only
        The tables to work out, in the order of `followers`.
    """
    settled = dict(tables)
    for name in only:
        if len(settled[name]):
            settled[name] = _SETTLE[Kind(name)](settled)
        if name == Kind.NEIGHBOURHOODS and SUCCESSIONS in settled:
            settled[SUCCESSIONS] = _successions(settled)
    return settled


def settled_ward(frame: gpd.GeoDataFrame, tables: Tables) -> pd.Series:
    """Return the ward of each row that has `ward_given`, as settling would; null where it waits."""
    return _ward(frame.geometry, frame["ward_given"], tables)


def _in_force(tables: Tables) -> gpd.GeoDataFrame:
    areas: gpd.GeoDataFrame = tables[Kind.NEIGHBOURHOODS]
    return areas[in_force_now(areas)]


def _named(given: pd.Series, tables: Tables, ward: pd.Series | None) -> pd.Series:
    """The neighbourhood in force that each cell means; old names lead to the one that followed."""
    return named_place(given, tables[Kind.NEIGHBOURHOODS], tables.get(SUCCESSIONS), ward=ward)


def _successions(tables: Tables) -> pd.DataFrame:
    table: pd.DataFrame = tables[SUCCESSIONS]
    areas = tables[Kind.NEIGHBOURHOODS]
    return table.assign(
        ward_code=_looked_up(table["old_id"], areas, "neighbourhood_id", "ward_code")
    )


def _wards(tables: Tables) -> gpd.GeoDataFrame:
    """A ward that was made has the union of its neighbourhoods, as they were drawn, as its boundary."""
    wards = tables[Kind.WARDS].copy()
    areas = _in_force(tables)
    drawn = drawn_ground(areas[areas["drawn"].notna()]).geometry.make_valid()
    codes = named_wards(areas["ward_given"], wards)
    for code in wards.loc[wards["made"], "ward_code"]:
        own = pd.concat([areas.geometry, drawn])
        own = own[own.index.map(codes == code)].dropna()
        boundary = own.union_all() if len(own) else None
        wards.loc[wards["ward_code"] == code, "geometry"] = gpd.GeoSeries(
            [boundary], index=wards.index[wards["ward_code"] == code], crs=STORED_CRS
        )
    return wards


def _in_ward(name: str) -> Any:
    def settled(tables: Tables) -> gpd.GeoDataFrame:
        frame = tables[name]
        return frame.assign(ward_code=_ward(frame["geometry"], frame["ward_given"], tables))

    return settled


def _neighbourhoods(tables: Tables) -> gpd.GeoDataFrame:
    """A neighbourhood lies where it was drawn, whatever mending left of it."""
    areas = tables[Kind.NEIGHBOURHOODS]
    settled: gpd.GeoDataFrame = areas.assign(ward_code=settled_ward(drawn_ground(areas), tables))
    return settled


def _households(tables: Tables) -> gpd.GeoDataFrame:
    ground = Ground(
        wards=tables[Kind.WARDS],
        neighbourhoods=_in_force(tables),
        streets=tables[Kind.STREETS],
        addresses=tables[Kind.ADDRESSES],
    )
    homes = locate(
        tables[Kind.HOUSEHOLDS],
        ground,
        ward_of=lambda rows: _ward(rows.geometry, rows["ward_given"], tables),
    )
    placed = neighbourhood_of(homes, _in_force(tables))
    place = placed["neighbourhood_id"]
    unlocated = homes["neighbourhood_given"].where(placed["where"] == Where.UNLOCATED).dropna()
    if len(unlocated):
        named = _named(unlocated, tables, homes.loc[unlocated.index, "ward_code"])
        place = named.reindex(place.index).where(place.index.isin(unlocated.index), place)
    settled: gpd.GeoDataFrame = homes.assign(neighbourhood_id=place.to_numpy())
    return settled


def _teams(tables: Tables) -> pd.DataFrame:
    teams: pd.DataFrame = tables[Kind.TEAMS]
    areas = tables[Kind.NEIGHBOURHOODS]
    said = _known_ward(teams, tables)
    place = _named(teams["neighbourhood_given"], tables, said)
    ward = _looked_up(place, areas, "neighbourhood_id", "ward_code").fillna(said)
    return teams.assign(neighbourhood_id=place, ward_code=ward)


def _members(tables: Tables) -> gpd.GeoDataFrame:
    """A member serves where the team does, else the named neighbourhood, else the one around the home."""
    members = tables[Kind.MEMBERS]
    teams, areas = tables[Kind.TEAMS], tables[Kind.NEIGHBOURHOODS]
    said = _known_ward(members, tables)
    team = match_reference(
        members["team_given"], teams, id_column="team_id", name_column="name", ward=said
    )
    named = _named(members["neighbourhood_given"], tables, said)
    place = _looked_up(team, teams, "team_id", "neighbourhood_id").fillna(named)
    teamless = place.isna() & members["team_given"].isna() & members["neighbourhood_given"].isna()
    homes = members.loc[teamless, ["member_id", "ward_code", "geometry"]].rename(
        columns={"member_id": "household_id"}
    )
    around = neighbourhood_of(homes.assign(neighbourhood_given=None), _in_force(tables))
    place = place.fillna(pd.Series(around["neighbourhood_id"].to_numpy(), index=homes.index))
    ward = _looked_up(place, areas, "neighbourhood_id", "ward_code").fillna(said)
    return members.assign(team_id=team, neighbourhood_id=place, ward_code=ward)


def _visits(tables: Tables) -> pd.DataFrame:
    visits: pd.DataFrame = tables[Kind.VISITS]
    homes = tables[Kind.HOUSEHOLDS]
    given = visits["household_given"]
    home = resolved(given, homes)
    ward = _looked_up(home, homes, "household_id", "ward_code")
    return visits.assign(
        household_id=home,
        ward_code=ward,
        member_id=match_reference(
            visits["member_given"],
            tables[Kind.MEMBERS],
            id_column="member_id",
            name_column="name",
            ward=ward,
        ),
        goal_id=match_reference(
            visits["goal_given"],
            tables[Kind.GOALS],
            id_column="goal_id",
            name_column="name",
            ward=None,
        ),
    )


def _figures(tables: Tables) -> pd.DataFrame:
    """A figure belongs to the neighbourhood or ward that its area names; one that names none, to the ward."""
    figures: pd.DataFrame = tables[Kind.FIGURES]
    areas, wards = tables[Kind.NEIGHBOURHOODS], tables[Kind.WARDS]
    given = figures["area_given"]
    said = named_wards(figures["ward_given"], wards)
    said = said.where(said.isin(wards["ward_code"]))
    of_ward = match_reference(given, wards, id_column="ward_code", name_column="name", ward=None)
    # the figure of a neighbourhood that ended stays its own
    place = named_place(given, areas, None, ward=said).mask(of_ward.notna())
    around = _looked_up(place, areas, "neighbourhood_id", "ward_code")
    ward = said.fillna(of_ward).fillna(around)
    without = _known_ward(figures, tables).where(given.isna())
    return figures.assign(neighbourhood_id=place, ward_code=ward.fillna(without))


def _known_ward(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """The ward a row without a place names, else the only one there is."""
    nowhere = gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)
    return _ward(nowhere, frame["ward_given"], tables)


def _ward(places: gpd.GeoSeries, given: pd.Series, tables: Tables) -> pd.Series:
    """The ward of each row; a row that names a ward which is not stored waits for it."""
    wards = tables[Kind.WARDS]
    said = named_wards(given, wards)
    found = ward_of(places, said, wards)
    unclear = given.notna() & said.isna() & ~located(places)
    return found.where(among(found, wards["ward_code"]) & ~unclear)


def _looked_up(ids: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    return ids.map(table.set_index(key)[column]).astype("str")


_SETTLE = {
    Kind.WARDS: _wards,
    Kind.NEIGHBOURHOODS: _neighbourhoods,
    Kind.STREETS: _in_ward(Kind.STREETS),
    Kind.BARRIERS: _in_ward(Kind.BARRIERS),
    Kind.ADDRESSES: _in_ward(Kind.ADDRESSES),
    Kind.HOUSEHOLDS: _households,
    Kind.TEAMS: _teams,
    Kind.MEMBERS: _members,
    Kind.VISITS: _visits,
    Kind.FIGURES: _figures,
}
