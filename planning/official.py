"""Figures from reports, shown beside what is counted from lists and never mixed with it.

A report counts where no list exists. Its figures keep their words, date and source; the common ones are recognised, so
that they can stand beside the count of the same thing. A share is told only where the report gives the whole, and
sources that disagree stand side by side.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.folding import fold
from geo.placing import match_reference
from geo.terms import Trait

# What a team has at least, where a city says so (Đà Nẵng: 7).
LEAST_MEMBERS = 7


class Indicator(StrEnum):
    """What reports commonly count."""

    HOUSEHOLDS = "households"
    RESIDENTS = "residents"
    TEAMS = "teams"
    MEMBERS = "members"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    ADDRESSES = "digital_addresses"


WORDS: Mapping[Indicator, tuple[str, ...]] = {
    Indicator.HOUSEHOLDS: ("hộ", "số hộ", "tổng số hộ", "hộ dân", "số hộ dân", "hộ gia đình"),
    Indicator.RESIDENTS: (
        *("khẩu", "số khẩu", "nhân khẩu", "số nhân khẩu", "tổng số nhân khẩu"),
        *("dân số", "số dân", "người dân"),
    ),
    Indicator.TEAMS: (
        *("số tổ", "tổ cnscđ", "số tổ cnscđ", "tổ công nghệ số", "số tổ công nghệ số"),
        *("tổ công nghệ số cộng đồng", "số tổ công nghệ số cộng đồng"),
    ),
    Indicator.MEMBERS: (
        *("thành viên", "số thành viên", "tổ viên", "số tổ viên"),
        *("thành viên tổ cnscđ", "thành viên tổ công nghệ số cộng đồng"),
    ),
    Indicator.POOR: ("hộ nghèo", "số hộ nghèo"),
    Indicator.NEAR_POOR: ("hộ cận nghèo", "số hộ cận nghèo"),
    Indicator.ADDRESSES: (
        *("địa chỉ số", "số địa chỉ số", "mã địa chỉ số", "hộ có địa chỉ số"),
        *("hộ có mã địa chỉ số", "số hộ có mã địa chỉ số"),
    ),
}
KNOWN = {fold(word): known.value for known, words in WORDS.items() for word in (known, *words)}
COLUMNS = (
    *("area", "ward_code", "neighbourhood_id", "name", "indicator", "known", "value", "of"),
    *("share", "left", "counted", "as_of", "source", "contradicted"),
)


def recognised(indicators: Series) -> Series:
    """Return which of `Indicator` each cell names, whatever its spelling; missing where none."""
    return indicators.map(lambda words: KNOWN.get(fold(words)), na_action="ignore").astype("str")


def official(figures: DataFrame, counted: DataFrame, wards: DataFrame) -> DataFrame:
    """Return the figures of reports, each with what can honestly be said of it.

    Parameters
    ----------
    figures
        See `geo.tables.Figures`.
    counted
        `area`, `known`, `count` from the ward's own lists, as `counts` gives.
    wards
        `ward_code`, `name`: a figure is the ward's own only where it names the ward, or no place at all.

    Returns
    -------
    official
        `area` (the neighbourhood's or ward's code, missing where the store knows neither), `ward_code`,
        `neighbourhood_id`, `name` (as the report has it), `indicator` (likewise), `known` (an `Indicator` or missing),
        `value`, `of`, `share` and `left` (`of` - `value`; both missing where there is no whole, where it is 0, which
        says that nobody filled it in, and where the part is larger), `counted` (the same thing in the lists, missing
        where it cannot be counted), `as_of`, `source`, `contradicted` (another figure for the same place, thing and
        day differs). Sorted by place, thing and day, so that contradicting ones stand side by side.
    """
    area = figures["neighbourhood_id"].fillna(_of_whole_ward(figures, wards))
    known = recognised(figures["indicator"])
    whole = figures["of"].where((figures["of"] > 0) & (figures["value"] <= figures["of"]))
    whole = whole.where(figures["value"] >= 0)
    told = figures.assign(
        area=area,
        name=figures["area_given"],
        known=known,
        share=figures["value"] / whole,
        left=whole - figures["value"],
    )
    thing = known.fillna(figures["indicator"].map(fold))
    place = area.fillna("?" + figures["area_given"].fillna("").map(fold))
    told["contradicted"] = _contradicted(told, place, thing)
    keys = ["area", "known"]
    told["counted"] = told[keys].merge(counted, how="left", on=keys)["count"].to_numpy()
    order = DataFrame({"place": place, "thing": thing, "as_of": told["as_of"].fillna("")})
    order["source"] = told["source"].fillna("")
    ranked = order.sort_values(["place", "thing", "as_of", "source"], kind="stable")
    return told.loc[ranked.index, list(COLUMNS)].reset_index(drop=True)


def _of_whole_ward(figures: DataFrame, wards: DataFrame) -> Series:
    given = figures["area_given"]
    named = match_reference(given, wards, id_column="ward_code", name_column="name", ward=None)
    return figures["ward_code"].where(given.isna() | (named == figures["ward_code"]))


def _contradicted(told: DataFrame, place: Series, thing: Series) -> Series:
    keys = [place, thing, told["as_of"].fillna("")]
    several: Series = told["value"].groupby(keys).transform("nunique") > 1
    return several | (told["of"].where(told["of"] > 0).groupby(keys).transform("nunique") > 1)


def counts(households: GeoDataFrame, teams: DataFrame, members: DataFrame, *, on: str) -> DataFrame:
    """Return what the lists say of each ward and neighbourhood: `area`, `known`, `count`.

    Members not active on the day `on` (ISO) are not counted. Residents are counted only where
    every household of the place says how many it has.
    """
    active = members[~(members["active_from"] > on) & ~(members["active_to"] <= on)]
    traits = households["traits"].fillna("").str.split(",")
    rows = {
        Indicator.HOUSEHOLDS: households,
        Indicator.POOR: households[traits.map(lambda has: Trait.POOR in has).astype(bool)],
        Indicator.NEAR_POOR: households[
            traits.map(lambda has: Trait.NEAR_POOR in has).astype(bool)
        ],
        Indicator.ADDRESSES: households[households["address_raw"].notna()],
        Indicator.TEAMS: teams,
        Indicator.MEMBERS: active,
    }
    parts = [
        _sizes(frame, key).assign(known=known.value)
        for known, frame in rows.items()
        for key in ("ward_code", "neighbourhood_id")
        if len(frame)
    ]
    parts += [_residents(households, key) for key in ("ward_code", "neighbourhood_id")]
    return pd.concat(parts, ignore_index=True).astype(
        {"area": "str", "known": "str", "count": "float64"}
    )


def _sizes(frame: DataFrame, key: str) -> DataFrame:
    sizes = DataFrame(frame)[key].value_counts()
    return DataFrame({"area": sizes.index.astype("str"), "count": sizes.to_numpy(dtype=float)})


def _residents(homes: GeoDataFrame, key: str) -> DataFrame:
    said = DataFrame(homes).groupby(key)["residents"].agg(["sum", "count", "size"])
    whole = said.loc[said["count"] == said["size"], "sum"]
    return DataFrame(
        {
            "area": whole.index.astype("str"),
            "count": whole.to_numpy(dtype=float),
            "known": Indicator.RESIDENTS.value,
        }
    )


def teams_of(figures: DataFrame, *, least: int = LEAST_MEMBERS) -> DataFrame:
    """Return, for each place, day and source that count both teams and members, how many are short.

    `figures` as `official` gives. Columns: `area`, `name`, `as_of`, `source`, `teams`, `members`, `members_a_team`,
    `short` (members missing if every team is to have `least`: the fewest, as if they were shared out evenly).
    """
    keys = ["area", "name", "as_of", "source"]
    sides = [
        figures.loc[figures["known"] == known, [*keys, "value"]].rename(columns={"value": known})
        for known in (Indicator.TEAMS.value, Indicator.MEMBERS.value)
    ]
    both = sides[0][sides[0]["teams"] > 0].merge(sides[1], on=keys)
    return both.assign(
        members_a_team=both["members"] / both["teams"],
        short=(both["teams"] * least - both["members"]).clip(lower=0),
    )


def totals(figures: DataFrame) -> dict[str, Any]:
    """Return how many figures there are, and of how many what cannot be said."""
    return {
        "figures": len(figures),
        "without_share": int(figures["share"].isna().sum()),
        "contradicted": int(figures["contradicted"].sum()),
        "unplaced": int(figures["area"].isna().sum()),
    }
