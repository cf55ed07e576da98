"""Codes that say nothing by themselves, and the table in which a ward keeps where they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from geo.addresses.address import Place, plain
from geo.vietnam import METRES_A_DEGREE, in_vietnam

# Two rows of the table that place one code farther apart than this contradict each other.
SAME_PLACE_M = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Where the ward's codes are. `contradicted` and `unplaced` are codes of the table that are left out.

    A contradicted code stands in rows that are two places; an unplaced one has no point in Vietnam.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    contradicted: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def code_key(code: str) -> str:
    """Return a code as it is looked up: `hue-001 234` is `HUE-001234`."""
    return plain(code).upper().replace(" ", "")


def make_lookup(table: DataFrame) -> Lookup:
    """Return the lookup of a table with `code`, `lat`, `lon` (EPSG:4326) and, if it has it, `precision_m`."""
    rows = table[table["code"].notna()]
    keys = rows["code"].astype(str).map(code_key)
    rows = rows.assign(code=keys)[keys != ""]
    placed = in_vietnam(rows["lat"].to_numpy(dtype=float), rows["lon"].to_numpy(dtype=float))
    known = rows[placed]
    codes = known["code"]
    places = known.groupby("code")[["lat", "lon"]]
    spread = (places.max() - places.min()).max(axis=1) * METRES_A_DEGREE
    torn = spread.index[spread > SAME_PLACE_M]
    first = known[~codes.isin(torn)].drop_duplicates("code")
    precision = first.get("precision_m", Series(np.nan, index=first.index)).astype(float)
    return Lookup(
        places={
            code: Place(lat, lon, None if pd.isna(off) else off)
            for code, lat, lon, off in zip(
                first["code"],
                first["lat"].astype(float),
                first["lon"].astype(float),
                precision,
                strict=True,
            )
        },
        contradicted=tuple(torn),
        unplaced=tuple(sorted(set(rows["code"]) - set(codes))),
    )
