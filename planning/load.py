"""How much work a household is, in minutes; the table is the planner's to edit."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from pandas import DataFrame, Series

from geo.errors import InputError
from geo.terms import Trait

DAY_MIN = 24 * 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTable:
    """Minutes that one visit to a household takes.

    `first_visit`, or `revisit` where the household was met before and is due again; `walking` to it from the one
    before; `per_resident`, and `residents_unknown` residents where nobody counted; and what a `geo.terms.Trait` adds.
    A starting point for planners, not a measurement: half an hour for an ordinary household, more where people need
    patience (elderly, disabled), paperwork (poor, near poor) or a shop's services set up.
    """

    first_visit: float = 15.0
    revisit: float = 10.0
    walking: float = 2.0
    per_resident: float = 4.0
    # the mean household of Hue
    residents_unknown: float = 3.4
    poor: float = 10.0
    near_poor: float = 5.0
    elderly: float = 15.0
    disabled: float = 15.0
    business: float = 10.0

    def __post_init__(self) -> None:
        """Raise `InputError` for minutes nobody can spend, or a visit that takes none."""
        for name, minutes in asdict(self).items():
            if not (math.isfinite(minutes) and 0 <= minutes <= DAY_MIN):
                raise InputError("load_out_of_range", field=name, value=minutes)
        if not min(self.first_visit, self.revisit) + self.walking > 0:
            raise InputError("load_of_nothing")

    def changed(self, minutes: Mapping[str, float]) -> "LoadTable":
        """Return the table with some of its minutes changed; raise `InputError` for a field it does not have."""
        known = load_fields()
        for name in minutes:
            if name not in known:
                raise InputError("load_field_unknown", field=name, fields=list(known))
        return replace(self, **{name: float(value) for name, value in minutes.items()})


ORDINARY = LoadTable()


def load_fields() -> tuple[str, ...]:
    """Return what the table holds, in order."""
    return tuple(one.name for one in fields(LoadTable))


def load_min(households: DataFrame, *, table: LoadTable = ORDINARY) -> Series:
    """Return the minutes each household needs, on the index of `households`.

    Reads `residents` and `traits` of `geo.tables.Households`, and where there is such a column, whether it is
    `due_again`. Unknown residents count as `table.residents_unknown` (unknown is not none), unknown traits as no trait;
    missing columns are unknown throughout.
    """
    residents = _column(households, "residents").astype(float).fillna(table.residents_unknown)
    traits = "," + _column(households, "traits").fillna("").astype(str) + ","
    again = _column(households, "due_again").astype("boolean").fillna(False).astype(bool)
    minutes = table.walking + table.per_resident * residents
    minutes = minutes + table.first_visit * ~again + table.revisit * again
    for trait in Trait:
        minutes = minutes + getattr(table, trait) * traits.str.contains(f",{trait},", regex=False)
    return minutes.rename("load_min")


def _column(households: DataFrame, name: str) -> Series:
    if name in households.columns:
        return households[name]
    return Series(None, index=households.index, dtype="object")
