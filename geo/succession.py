"""Neighbourhoods have dates: which are in force, which followed which, and where an old name leads now."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.merging import MOST, match_merge
from geo.placing import match_reference

# What is told of an old neighbourhood that others followed, or should have.
CARRIED = ["old_id", "what", "new_id", "share", "others", "day"]
# A ward that is not known.
UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What new neighbourhoods mean for those that were there.

    valid_from
        Of the new ones, by id: the day they begin; null where nothing was there before.
    valid_to
        By id, of those that end: the day from which others are in force on their ground.
    carried
        `old_id`, `what` (a `geo.merging.Carry`), `new_id` (null where nobody is the heir), `share`,
        `others`, `day` (null where the old one stays in force, since nobody took most of its ground).
    """

    valid_from: Series
    valid_to: Series
    carried: DataFrame


def succeed(stored: GeoDataFrame, fresh: GeoDataFrame, *, day: str) -> Succession:
    """Return which neighbourhoods end because others begin; no row order matters.

    An old one ends on the day on which others begin on most of its ground. New ones that state no
    day begin on `day` if that ends any; a stored one that begins later ends a new one likewise.

    Parameters
    ----------
    stored, fresh
        `neighbourhood_id`, `ward_code`, `valid_from`, `valid_to` (ISO days, null: open), areas; no
        id is in both.
    """
    dated = fresh.assign(valid_from=_beginnings(stored, fresh, day))
    every = pd.concat([stored.assign(is_fresh=False), dated.assign(is_fresh=True)])
    every = every.set_index("neighbourhood_id", drop=False)
    told = [DataFrame(columns=CARRIED, dtype=object)]
    for start in sorted(every["valid_from"].dropna().unique()) if len(fresh) else []:
        for newer, older in _meetings(every, start):
            carried = _carried(older, newer)
            ended = carried.assign(day=Series(start, carried.index).where(carried["ends"]))
            told.append(ended[CARRIED].astype(object))
            every.loc[carried.loc[carried["ends"], "old_id"], "valid_to"] = start
    before = pd.concat([stored, fresh]).set_index("neighbourhood_id")["valid_to"]
    after = every["valid_to"]
    return Succession(
        valid_from=dated.set_index("neighbourhood_id")["valid_from"].astype("str"),
        valid_to=after[after.notna() & (after != before.reindex(after.index))].astype("str"),
        carried=pd.concat(told, ignore_index=True),
    )


def _beginnings(stored: GeoDataFrame, fresh: GeoDataFrame, day: str) -> Series:
    """The day on which each new one begins: its own, else `day` where it follows another."""
    stated: Series = fresh["valid_from"].astype("str")
    undated = fresh[stated.isna()]
    there = stored[_begins_before(stored, day) & _lasts(stored, day)]
    if undated.empty or there.empty or not _carried(there, undated)["ends"].any():
        return stated
    dated: Series = stated.fillna(day)
    return dated


def _begins_before(zones: DataFrame, day: str) -> Series:
    start: Series = zones["valid_from"].astype("str")
    return start.isna() | (start <= day)


def _lasts(zones: DataFrame, day: str) -> Series:
    end: Series = zones["valid_to"].astype("str")
    return end.isna() | (end > day)


def _meetings(every: GeoDataFrame, start: str) -> list[tuple[GeoDataFrame, GeoDataFrame]]:
    """Return who begins on a day and who was there, as far as a new one is among them."""
    begins, fresh, lasts = every["valid_from"] == start, every["is_fresh"], _lasts(every, start)
    before = _begins_before(every, start) & ~begins & lasts
    pairs = (
        # of two that begin on one day the one that is told last goes before the other
        (begins & fresh, before | (begins & ~fresh & lasts)),
        (begins & ~fresh, before & fresh),
    )
    return [(every[newer], every[older]) for newer, older in pairs if newer.any() and older.any()]


def _carried(older: GeoDataFrame, newer: GeoDataFrame) -> DataFrame:
    """Return where the ground of the old ones went; `ends` where most of it went somewhere."""
    columns = ["neighbourhood_id", "geometry"]
    merge = match_merge(
        GeoDataFrame(older[columns].reset_index(drop=True)),
        GeoDataFrame(newer[columns].reset_index(drop=True)),
    )
    taken = merge.shares.groupby("old_id")["share_of_old"].sum()
    ends = merge.carried["old_id"].map(taken).fillna(0.0) >= MOST
    carried = merge.carried.assign(ends=ends)
    # where a few are replaced, those far away are not worth a word; where most are, who is left is
    ward = carried["old_id"].map(older.set_index("neighbourhood_id")["ward_code"]).fillna(UNKNOWN)
    most = ends.groupby(ward).transform("mean") >= MOST
    return carried[(carried["share"] > 0) | most]


def in_force_now(areas: DataFrame) -> Series:
    """Return which neighbourhoods are in force as far as is told, on their index.

    One has ended where its `valid_to` has come by the day on which the latest of all began; no clock
    is asked, so that the same rows give the same answer on every day.
    """
    latest = areas["valid_from"].max()
    ended: Series = (
        (areas["valid_to"] <= latest) & areas["valid_to"].notna() & (not pd.isna(latest))
    )
    return ~ended.astype(bool)


def named_place(
    given: Series, areas: DataFrame, successions: DataFrame | None, *, ward: Series | None
) -> Series:
    """Return the neighbourhood in force that each cell means; null where none or several.

    An id goes first, then the name of one in force, then the name of one that ended; those lead to
    the one that followed (but stay where `successions` is null). So it does not matter whether a list
    came before or after a merge.
    """
    said = given.astype("str")
    by_id = said.where(said.isin(areas["neighbourhood_id"]))
    now = in_force_now(areas)
    found = by_id.fillna(_named(said, areas[now], ward))
    if not now.all():
        found = found.fillna(_named(said.where(found.isna()), areas, ward))
    if successions is None:
        return found
    return carried_over(found, areas.loc[now, "neighbourhood_id"], successions)


def _named(given: Series, areas: DataFrame, ward: Series | None) -> Series:
    return match_reference(
        given, areas, id_column="neighbourhood_id", name_column="name", ward=ward
    )


def carried_over(ids: Series, in_force: Series, successions: DataFrame) -> Series:
    """Return the ids, those of neighbourhoods that ended as the one that followed; null where none did."""
    heirs: dict[Any, Any] = dict(zip(successions["old_id"], successions["new_id"], strict=True))
    there = {*in_force}
    led = {one: _last(one, heirs, there) for one in ids.dropna().unique()}
    return ids.map(led).astype("str")


def _last(one: Any, heirs: dict[Any, Any], there: set[Any]) -> Any:
    met = set()
    while one not in there and one in heirs and one not in met:
        met.add(one)
        one = heirs[one]
    return one if one in there else None


def drawn_ground(zones: GeoDataFrame) -> GeoDataFrame:
    """Return the zones with the ground that was drawn for them, before anything was mended or left out."""
    drawn = gpd.GeoSeries.from_wkb(zones["drawn"].dropna(), crs=zones.crs)
    shapes = zones.geometry.copy()
    shapes[drawn.index] = drawn
    return zones.set_geometry(shapes)
