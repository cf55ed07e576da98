"""Where some households are, as people say it: the street or alley most of them share, and its house numbers."""

import re
from typing import Any

import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

NUMBER = re.compile(r"\d+")
# So many streets are named beside the first.
OTHERS = 2


def whereabouts(homes: DataFrame) -> dict[str, Any]:
    """Return `street`, `alley`, `number_from`, `number_to`, `on_street` and `others` of some households.

    The street and alley that most of them have; how many these are (`on_street`); the least and greatest house number
    of these, missing where fewer than two differ; up to two more streets, as `street` and `alley`. All missing where
    nobody has a street.
    """
    named = homes[homes["street"].notna() | homes["alley"].notna()]
    keys = [named["street"].fillna(""), named["alley"].fillna("")]
    if named.empty:
        return nowhere()
    counted = Series(1, named.index).groupby(keys).sum().rename("households").reset_index()
    counted.columns = ["street", "alley", "households"]
    order = counted.sort_values(["households", "street", "alley"], ascending=[False, True, True])
    (street, alley, most), *others = order.itertuples(index=False, name=None)
    there = named[(keys[0] == street) & (keys[1] == alley)]
    first, last = _ends(there["house_number"])
    return {
        "street": street or None,
        "alley": alley or None,
        "number_from": first,
        "number_to": last,
        "on_street": int(most),
        "others": [{"street": s or None, "alley": a or None} for s, a, _ in others[:OTHERS]],
    }


def nowhere(street: str | None = None) -> dict[str, Any]:
    """Return the whereabouts of households that tell no street; `street`: the nearest one that has a name."""
    unknown = dict.fromkeys(("alley", "number_from", "number_to", "on_street"))
    return {"street": street, **unknown, "others": []}


def nearest_street(spot: Any, streets: GeoDataFrame) -> str | None:
    """Return the name of the street nearest to a point of the same plane, if any has a name."""
    named = streets[streets["name"].notna() & ~streets.geometry.is_empty]
    if named.empty:
        return None
    ways = shapely.distance(named.geometry.to_numpy(), spot)
    order = DataFrame({"way": ways, "name": named["name"].astype(str).to_numpy()})
    return str(order.sort_values(["way", "name"])["name"].iloc[0])


def _ends(numbers: Series) -> tuple[str | None, str | None]:
    """Return the least and the greatest house number, by their first digits."""
    said = sorted({str(one).strip() for one in numbers.dropna()} - {""}, key=_natural)
    told = [one for one in said if NUMBER.search(one)]
    return (told[0], told[-1]) if len(told) > 1 else (None, None)


def _natural(number: str) -> tuple[float, str]:
    found = NUMBER.search(number)
    return (float(found[0]) if found else float("inf"), number)
