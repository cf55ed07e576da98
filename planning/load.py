"""How much work a household is, in minutes."""

from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame, Series

from geo.terms import Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTable:
    """Minutes of help a household needs in one round of visits, travel apart.

    A starting point for planners, not a measurement: half an hour for an ordinary household, more where people need
    patience (elderly, disabled), paperwork (poor, near poor) or a shop's services set up.
    """

    base: float = 15.0
    per_resident: float = 4.0
    poor: float = 10.0
    near_poor: float = 5.0
    elderly: float = 15.0
    disabled: float = 15.0
    business: float = 10.0
    # The mean household of Hue, for those whose residents nobody has counted.
    residents_unknown: float = 3.4


ORDINARY = LoadTable()


def load_min(households: DataFrame, *, table: LoadTable = ORDINARY) -> Series:
    """Return the minutes each household needs, on the index of `households`.

    Reads `residents` and `traits` of `geo.tables.Households`. Unknown residents count as `table.residents_unknown`
    (unknown is not none), unknown traits as no trait; missing columns are unknown throughout.
    """
    residents = _column(households, "residents").astype(float).fillna(table.residents_unknown)
    traits = "," + _column(households, "traits").fillna("").astype(str) + ","
    minutes = table.base + table.per_resident * residents
    for trait in Trait:
        minutes = minutes + getattr(table, trait) * traits.str.contains(f",{trait},", regex=False)
    return minutes.rename("load_min")


def _column(households: DataFrame, name: str) -> Series:
    if name in households.columns:
        return households[name]
    return Series(pd.NA, index=households.index, dtype="object")
