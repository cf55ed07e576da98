"""Coverage as a range, where it is not agreed how many households there are.

The list that is loaded, reports, and the digital addresses may each count another number. What was reached is then a
share of each of them, and the honest answer lies between the least and the greatest. A count below the households
already reached cannot be the whole: it is named and left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
from pandas import DataFrame

from planning.official import Indicator


class Counted(StrEnum):
    """What counts households."""

    LOADED = "loaded"  # the ward's list
    ADDRESSES = "addresses"  # the list, households with one digital address as one
    REPORTED = "reported"  # a report's number of households
    REPORTED_ADDRESSES = "reported_addresses"  # a report's number of digital addresses


REPORTS = {
    Indicator.HOUSEHOLDS.value: Counted.REPORTED,
    Indicator.ADDRESSES.value: Counted.REPORTED_ADDRESSES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRange:
    """`reached` of somewhere between the `counts`; the shares are missing where no count can be the whole.

    `counts`: `counted` (a `Counted`), `households`, `as_of`, `source`, `used` (not below `reached`); smallest first.
    """

    reached: int
    counts: DataFrame
    share_least: float | None
    share_most: float | None

    @property
    def differs(self) -> bool:
        """Whether the counts leave a range."""
        return self.share_least != self.share_most


def coverage_range(reached: int, counts: DataFrame) -> CoverageRange:
    """Return between which shares `reached` lies; `counts` as `counts_of` gives them."""
    usable = (counts["households"] >= reached) & (counts["households"] > 0)
    told = counts.assign(used=usable).sort_values(
        ["households", "counted"], kind="stable", ignore_index=True
    )
    whole = told.loc[told["used"], "households"]
    if whole.empty:
        return CoverageRange(reached=reached, counts=told, share_least=None, share_most=None)
    least, most = reached / int(whole.iloc[-1]), reached / int(whole.iloc[0])
    return CoverageRange(reached=reached, counts=told, share_least=least, share_most=most)


def counts_of(households: DataFrame, reported: DataFrame, areas: Sequence[str]) -> DataFrame:
    """Return what counts the households of a place: `counted`, `households`, `as_of`, `source`.

    Parameters
    ----------
    households
        Those of the place; a household without a digital address counts as one by itself.
    reported
        As `planning.official.official` gives; of each source the latest figure for one of `areas`, which all mean the
        whole place. Not every household has a digital address, so a number of them counts only where it is greater than
        the list, and shows that some are missing from it; one among so many (`of`) is a share.
    """
    known = households["address_raw"].dropna().str.strip().str.casefold()
    alone = len(households) - len(known)
    rows: list[dict[str, Any]] = [
        {"counted": Counted.LOADED, "households": len(households)},
        {"counted": Counted.ADDRESSES, "households": int(known.nunique()) + alone},
    ]
    here = reported[reported["area"].isin(list(areas)) & reported["known"].isin(list(REPORTS))]
    more = here["of"].isna() & (here["value"] > len(households))
    here = here[(here["known"] == Indicator.HOUSEHOLDS.value) | more]
    latest = here.assign(said=here["source"].fillna("")).sort_values("as_of", na_position="first")
    latest = latest.drop_duplicates(["known", "said"], keep="last")
    rows += [
        {
            "counted": REPORTS[str(row["known"])],
            "households": round(row["value"]),
            "as_of": None if pd.isna(row["as_of"]) else row["as_of"],
            "source": None if pd.isna(row["source"]) else row["source"],
        }
        for row in latest.to_dict("records")
    ]
    return DataFrame(rows, columns=["counted", "households", "as_of", "source"])
