"""Lists to fill in: a sheet for each member, grouped by team, whose rows come back as visits.

The headings are those that `import --as visits` knows. A row that nobody fills in stays what it is: no visit.
"""

from collections.abc import Iterator

import pandas as pd
from openpyxl.worksheet.datavalidation import DataValidation
from pandas import DataFrame, Series

from exports.content import Listing, PlanExport
from exports.text import clean
from exports.workbook import VIETNAM_AHEAD, Book, Fill, sheet_name
from geo.terms import Outcome
from words import Lang, column, say, written

# Visits of households that are met twice go below the list.
ROWS_TO_SPARE = 200
# The first day that may be typed, 1 January 2020 as spreadsheets count days; today is the last.
FIRST_DAY, LAST_DAY = "43831", "TODAY()"
DAY_FORMAT = "dd/mm/yyyy"
FILLED_IN = {"goal_given": 24, "visited_at": 13, "outcome": 17, "note": 40}
DIGITS = 6


def add_lists(book: Book, content: PlanExport, listing: Listing, *, lang: str = Lang.VI) -> None:
    """Add what teams and members have, a sheet for each member, the words to choose from and how to fill it in."""
    members = _members(content, listing)
    if listing.only is None:
        book.add(_teams(members), title=say("export_sheet_teams", lang))
        book.add(
            members.drop(columns="team_id"), title=say("export_sheet_lists", lang), links="sheet"
        )
    homes = _homes(content, listing, lang)
    of_member = dict(list(homes.groupby("member_id", sort=False)))
    fills = _fills(listing, lang)
    for member in members.to_dict("records"):
        rows = of_member.get(member["member_id"], homes.iloc[:0])
        about = " · ".join(
            str(one)
            for one in (member[name] for name in ("member_name", "team_name", "neighbourhood"))
            if pd.notna(one)
        )
        book.add(rows, title=str(member["sheet"]), fills=fills, about=about)
    book.add(_choices(listing, lang), title=say("export_sheet_choices", lang))
    book.add(_how(lang), title=say("export_sheet_how", lang))


def _members(content: PlanExport, listing: Listing) -> DataFrame:
    """One row a member with households, by team: team_id, team_name, neighbourhood, member_id … and the sheet."""
    places = content.neighbourhoods.set_index("neighbourhood_id")["name"]
    zones = content.zones.drop_duplicates("member_id").set_index("member_id")
    people = content.members[content.members["member_id"].isin(zones.index)]
    team = people.get("team_id", Series(None, index=people.index, dtype="str"))
    rows = DataFrame(
        {
            "team_id": team,
            "team_name": team.map(listing.teams),
            "neighbourhood": people["member_id"].map(zones["neighbourhood_id"]).map(places),
            "member_id": people["member_id"],
            "member_name": people["name"],
            **{
                name: people["member_id"].map(zones[name])
                for name in ("households", "load_min", "walk_m")
            },
        }
    )
    order = ["neighbourhood", "team_name", "member_name", "member_id"]
    rows = rows.sort_values(order, key=_natural, ignore_index=True)
    wide = len(str(len(rows)))
    rows["sheet"] = [
        sheet_name(f"{number:0{wide}} {name if pd.notna(name) else code}")
        for number, name, code in zip(
            range(1, len(rows) + 1), rows["member_name"], rows["member_id"], strict=True
        )
    ]
    rows["households"] = rows["households"].astype("Int64")
    # Numbered before they are chosen: a member's sheet has one name in every workbook of a plan.
    chosen = rows if listing.only is None else rows[rows["member_id"].isin(listing.only)]
    return chosen.reset_index(drop=True)


def _teams(members: DataFrame) -> DataFrame:
    """One row a team."""
    by_team = members.groupby(["team_id", "team_name", "neighbourhood"], dropna=False, sort=False)
    counted = by_team.agg(
        members=("member_id", "size"),
        households=("households", "sum"),
        load_min=("load_min", "sum"),
    )
    return counted.reset_index()


def _homes(content: PlanExport, listing: Listing, lang: str) -> DataFrame:
    """The rows of all lists, in the order of the street."""
    homes = DataFrame(content.households[content.households["member_id"].notna()])
    known = listing.homes.reindex(homes["household_id"])
    words = DataFrame(
        {name: homes.get(name) for name in ("street", "alley", "house_number")}, index=homes.index
    )
    rows = DataFrame(
        {
            "household_id": homes["household_id"],
            "head": homes.get("head"),
            "address": known["address"].to_numpy(),
            "phone": homes.get("phone"),
            "last_visit": _last_visits(known, lang),
            "member_id": homes["member_id"],
            "goal_given": known["goal"].to_numpy(),
            "visited_at": None,
            "outcome": None,
            "note": None,
        },
        index=homes.index,
    )
    order = words.assign(household_id=homes["household_id"])
    order = order.sort_values(list(order.columns), key=_natural, na_position="last")
    return rows.loc[order.index]


def _last_visits(known: DataFrame, lang: str) -> list[str | None]:
    """Say when a household was last visited, how that ended and what was noted."""
    told: list[str | None] = []
    for at, outcome, note in zip(known["at"], known["outcome"], known["note"], strict=True):
        if pd.isna(at):
            told.append(None)
            continue
        day = written((at + VIETNAM_AHEAD).date(), lang)
        parts = [day, say(f"outcome_{outcome}", lang), note if pd.notna(note) else None]
        told.append(" · ".join(part for part in parts if part))
    return told


def _natural(cells: Series) -> Series:
    """What sorts `Tổ 10` after `Tổ 2`."""
    texts = cells.astype("str").fillna("").str.casefold()
    return texts.str.replace(r"\d+", lambda digits: digits[0].zfill(DIGITS), regex=True)


# --- what may be chosen ---


def _fills(listing: Listing, lang: str) -> list[Fill]:
    """What may be typed in the columns that are filled in."""
    choices = sheet_name(say("export_sheet_choices", lang))
    outcomes = _one_of(choices, "A", len(Outcome), say("list_choose_outcome", lang))
    rules: dict[str, DataValidation] = {"outcome": outcomes, "visited_at": _day(lang)}
    if listing.goals:
        rules["goal_given"] = _one_of(
            choices, "B", len(listing.goals), say("list_choose_goal", lang)
        )
    return [
        Fill(
            column=name,
            width=width,
            rule=rules.get(name),
            number_format=DAY_FORMAT if name == "visited_at" else None,
            rows_to_spare=ROWS_TO_SPARE,
        )
        for name, width in FILLED_IN.items()
    ]


def _one_of(sheet: str, letter: str, count: int, why: str) -> DataValidation:
    place = "'" + sheet.replace("'", "''") + f"'!${letter}$2:${letter}${count + 1}"
    return DataValidation(
        "list", formula1=place, allow_blank=True, showErrorMessage=True, error=why
    )


def _day(lang: str) -> DataValidation:
    return DataValidation(
        "date",
        operator="between",
        formula1=FIRST_DAY,
        formula2=LAST_DAY,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        error=say("list_choose_day", lang),
    )


def _choices(listing: Listing, lang: str) -> DataFrame:
    outcomes = Series([say(f"outcome_{one}", lang) for one in Outcome], dtype=object)
    goals = Series([clean(one) for one in listing.goals], dtype=object)
    return DataFrame({"outcome": outcomes, "goal_given": goals})


def _how(lang: str) -> DataFrame:
    return DataFrame({"how": list(_steps(lang))})


def _steps(lang: str) -> Iterator[str]:
    for code in ("list_how_fill", "list_how_twice", "list_how_leave", "list_how_back"):
        yield say(
            code,
            lang,
            outcome=column("outcome", lang),
            day=column("visited_at", lang),
            goal=column("goal_given", lang),
        )
