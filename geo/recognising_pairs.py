"""Pairs of a listed and a stored household, and what speaks for or against the two being one."""

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.crs import to_metric
from geo.recognising_keys import MARK, house_keys
from geo.terms import WARD_CODE, LocationSource

# Two measurements of one house by telephone lie so near to each other.
NEAR_M = 30.0
# Without a name, only the same point is the same place.
SAME_POINT_M = 1.0
# So many pairs of one name are looked at one by one; of more (a placeholder), only those of one house.
MOST_PAIRS_A_NAME = 40_000

Numbers = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]


class Strength(IntEnum):
    """How much speaks for a pair of one name: the larger, the surer."""

    NEIGHBOURHOOD = 2
    HOUSE = 3
    NEAR = 4
    HOUSE_AND_NEIGHBOURHOOD = 5


def numbered_keys(homes: GeoDataFrame) -> DataFrame:
    """Return what households are compared by, numbered from 0."""
    return house_keys(homes).reset_index(drop=True)


def of_one_name(mine: DataFrame, theirs: DataFrame) -> DataFrame:
    """Pairs of one name (its middle may be shortened); of a name that too many bear, only those of one house."""
    crowded = _crowded(mine["short"], theirs["short"])
    mine, theirs = (_bucketed(keys, crowded) for keys in (mine, theirs))
    crowded = _crowded(mine["bucket"], theirs["bucket"])
    mine, theirs = (keys[~keys["bucket"].isin(crowded)] for keys in (mine, theirs))
    return mine.merge(theirs, on="bucket", suffixes=("", "_home"))


def _crowded(mine: Series, theirs: Series) -> pd.Index:
    counts = mine.value_counts() * theirs.value_counts()
    return counts.index[counts > MOST_PAIRS_A_NAME]


def _bucketed(keys: DataFrame, crowded: pd.Index) -> DataFrame:
    """Who is compared with whom; nobody of whom neither name, nor house, nor spot is known."""
    house = keys["number"] + MARK + keys["street"] + MARK + keys["alley"] + MARK + keys["place"]
    where = house.where(keys["number"] != "", keys["spot"])
    named = (keys["short"] != "") & ~keys["short"].isin(crowded)
    bucket = keys["short"].where(named, keys["short"] + MARK + where)
    return keys.assign(bucket=bucket)[named | (where != "")]


def strength_of(pairs: DataFrame, metres: npt.NDArray[np.float64]) -> Numbers:
    """How much speaks for each pair; 0 where too little does."""
    named = pairs["head"].to_numpy() != ""
    same_head = (pairs["head"] == pairs["head_home"]).to_numpy()
    other = clash(pairs, "number") | clash(pairs, "street") | clash(pairs, "alley")
    house = agree(pairs, "number") & (agree(pairs, "street") | agree(pairs, "alley")) & ~other
    neighbourhood = agree(pairs, "place") | _same(pairs["place"], pairs["area_home"])
    bare_house = agree(pairs, "number") & neighbourhood & ~other
    close = np.where(named, metres <= NEAR_M, metres <= SAME_POINT_M) | agree(pairs, "spot")
    near = close & same_head & ~other
    apart = metres > NEAR_M
    loose = named & same_head & neighbourhood & ~other & ~apart & ~clash(pairs, "address")
    return np.asarray(
        np.select(
            [house & neighbourhood | bare_house, near, house, loose],
            [
                Strength.HOUSE_AND_NEIGHBOURHOOD,
                Strength.NEAR,
                Strength.HOUSE,
                Strength.NEIGHBOURHOOD,
            ],
            0,
        )
    )


def agree(pairs: DataFrame, name: str) -> Flags:
    """Return which pairs say the same under `name`."""
    return _same(pairs[name], pairs[f"{name}_home"])


def _same(one: Series, other: Series) -> Flags:
    return np.asarray((one == other).to_numpy() & (one != "").to_numpy())


def clash(pairs: DataFrame, name: str) -> Flags:
    """Return which pairs both say something under `name`, and not the same."""
    one, other = pairs[name], pairs[f"{name}_home"]
    return np.asarray(((one != other) & (one != "") & (other != "")).to_numpy())


def _differ(
    listed: DataFrame, stored: DataFrame, rows: Numbers, homes: Numbers, name: str
) -> Flags:
    """Where both say something under `name`, and not the same."""
    if name not in listed or name not in stored:
        return np.zeros(len(rows), dtype=bool)
    one = listed[name].to_numpy(object)[rows]
    other = stored[name].to_numpy(object)[homes]
    return np.asarray((one != other) & ~pd.isna(one) & ~pd.isna(other))


def other_ward(listed: DataFrame, stored: DataFrame, rows: Numbers, homes: Numbers) -> Flags:
    """Where the list names another ward by its code than the household is in."""
    if "ward_given" not in listed:
        return np.zeros(len(rows), dtype=bool)
    named = listed["ward_given"].where(listed["ward_given"].str.fullmatch(WARD_CODE).eq(True))
    own = stored["ward_code"].fillna(stored["ward_given"])
    own = own.where(own.str.fullmatch(WARD_CODE).eq(True))
    return _differ(named.to_frame("ward"), own.to_frame("ward"), rows, homes, "ward")


def contradicts(listed: Any, stored: Any, rows: Numbers, homes: Numbers) -> Flags:
    """Whether name and place both say that the household of an id is another, and nothing that it is the same."""
    asked = _differ(listed, stored, rows, homes, "head")
    other = np.zeros(len(rows), dtype=bool)
    if not asked.any():
        return other
    row, home = rows[asked], homes[asked]
    keys = numbered_keys(listed.iloc[row]).join(
        numbered_keys(stored.iloc[home]).add_suffix("_home")
    )
    metres = metres_apart(listed, stored, row, home)
    same = agree(keys, "short") | agree(keys, "phone") | agree(keys, "address")
    same |= (metres <= NEAR_M) | agree(keys, "spot")
    same |= agree(keys, "number") & (agree(keys, "street") | agree(keys, "alley"))
    fields = ("place", "number", "street", "alley", "address")
    elsewhere = np.logical_or.reduce([clash(keys, name) for name in fields]) | (metres > NEAR_M)
    other[asked] = elsewhere & ~same
    return other


def metres_apart(
    listed: Any, stored: Any, rows: Numbers, homes: Numbers
) -> npt.NDArray[np.float64]:
    """How far the measured points of each pair lie apart; NaN where one has none."""
    apart = np.full(len(rows), np.nan)
    if "geometry" not in listed or not len(rows):
        return apart
    one, other = _measured(listed).iloc[rows], _measured(stored).iloc[homes]
    both = (one.notna().to_numpy()) & (other.notna().to_numpy())
    if both.any():
        points = GeoSeries([*one[both], *other[both]], crs=stored.crs)
        metric = to_metric(points.to_frame("geometry")).geometry.to_numpy()
        half = int(both.sum())
        apart[both] = shapely.distance(metric[:half], metric[half:])
    return apart


def _measured(homes: Any) -> GeoSeries:
    """The points that somebody measured; those worked out from addresses or neighbours tell nothing here."""
    if "location_source" not in homes:
        return GeoSeries(homes["geometry"])
    worked_out = homes["location_source"].isin((LocationSource.ADDRESS, LocationSource.ESTIMATED))
    return GeoSeries(homes["geometry"]).mask(worked_out.to_numpy())
