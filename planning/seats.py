"""Which team each member counts for, on a day: one seat for every team and every neighbourhood without one."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from pandas import DataFrame, Series

COLUMNS = (
    *("ward_code", "neighbourhood_id", "name", "team_id", "team_name", "trained_on"),
    "teams_here",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Where members sit.

    `rows` has one row per team and per neighbourhood without a team, by neighbourhood and team: `ward_code,
    neighbourhood_id, name, team_id, team_name, trained_on, teams_here` (teams of the neighbourhood). `members` are
    those in force on the day, by id, with `seat`, the row they count for, missing where none does.
    """

    rows: DataFrame
    members: DataFrame


def seats(places: DataFrame, teams: DataFrame, members: DataFrame, *, on: date) -> Seats:
    """Return the seats of `places`, and who sits where on the day `on`.

    A member counts for the team that is named; one who names none, for the only team of the neighbourhood, or for the
    neighbourhood while it has none. Teams founded later, and members not in force, are left out.

    Parameters
    ----------
    places
        The neighbourhoods in force: `neighbourhood_id`, `ward_code`, `name`.
    teams, members
        See `geo.tables`; in any order.
    """
    day = on.isoformat()
    founded = teams[~(teams["founded_on"] > day)]
    active = members[~(members["active_from"] > day) & ~(members["active_to"] <= day)]
    rows = _rows(places, founded)
    sitting = DataFrame(active).sort_values("member_id", ignore_index=True)
    return Seats(rows=rows, members=sitting.assign(seat=_seat(sitting, rows)))


def _rows(places: DataFrame, teams: DataFrame) -> DataFrame:
    columns = ["neighbourhood_id", "ward_code", "name"]
    around = DataFrame(places)[columns].set_index("neighbourhood_id")
    own = DataFrame(teams)[["team_id", "neighbourhood_id", "ward_code", "name", "trained_on"]]
    own = own.rename(columns={"name": "team_name", "ward_code": "team_ward"})
    own = own.assign(
        neighbourhood_id=own["neighbourhood_id"].where(own["neighbourhood_id"].isin(around.index))
    )
    without = DataFrame(places).loc[
        ~places["neighbourhood_id"].isin(own["neighbourhood_id"]), ["neighbourhood_id"]
    ]
    rows = pd.concat([own, without], ignore_index=True)
    rows["ward_code"] = rows["neighbourhood_id"].map(around["ward_code"]).fillna(rows["team_ward"])
    rows["name"] = rows["neighbourhood_id"].map(around["name"])
    rows["teams_here"] = rows.groupby("neighbourhood_id")["team_id"].transform("count")
    rows["teams_here"] = rows["teams_here"].fillna(1).astype("int64")
    rows = rows.sort_values(["ward_code", "neighbourhood_id", "team_id"], ignore_index=True)
    return rows[list(COLUMNS)]


def _seat(members: DataFrame, rows: DataFrame) -> Series:
    """Return the row each member counts for: of the team, else the only one of the neighbourhood."""
    of_team = _numbers(rows[rows["team_id"].notna()], "team_id")
    alone = rows[rows["neighbourhood_id"].notna() & (rows["teams_here"] <= 1)]
    seat = members["team_id"].map(of_team)
    teamless = ~members["team_id"].isin(of_team.index)
    return seat.where(
        ~teamless, members["neighbourhood_id"].map(_numbers(alone, "neighbourhood_id"))
    )


def _numbers(rows: DataFrame, key: str) -> Series:
    return Series(rows.index.astype("float64"), index=rows[key].to_numpy(), dtype="float64")
