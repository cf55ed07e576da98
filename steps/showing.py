"""What a meeting is shown: coverage, gaps and plans without anybody's name, house or traits."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from exports.public_coverage import public_coverage, total_may_be_told
from planning.coverage import Coverage
from planning.gap_ground import GapKind
from planning.gaps import Gaps
from words import say

# Neighbourhoods named as furthest and least far along.
ENDS = 3
# Households that lie together are told of from here on, in tens.
LEAST_TOGETHER, STEP = 10, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCoverage:
    """Coverage as everybody may see it.

    `rows`, by share, the highest first: neighbourhood_id (missing where households lie in none), name, households,
    reached, unreached, share_reached, the last three missing where they may not be told; `total` the ward's own
    figures, None where these may not be; `best` and `worst` the ends of the neighbourhoods that have a share.
    """

    rows: pd.DataFrame
    total: dict[str, Any] | None

    @property
    def told(self) -> pd.DataFrame:
        """The neighbourhoods that have a share."""
        return self.rows[self.rows["share_reached"].notna() & self.rows["neighbourhood_id"].notna()]

    @property
    def best(self) -> pd.DataFrame:
        """The neighbourhoods that have come furthest; of few, at most half."""
        return self.told.head(min(ENDS, (len(self.told) + 1) // 2))

    @property
    def worst(self) -> pd.DataFrame:
        """The neighbourhoods that are least far along, the last one first; none that is among the best."""
        return self.told.iloc[len(self.best) :].tail(ENDS).iloc[::-1]


def shown_of(counted: Coverage, goal: str | None, *, lang: str) -> PublicCoverage:
    """Return the coverage of neighbourhoods, and of what lies in none, that may be shown."""
    by_id = _named(counted, goal, lang)[
        ["neighbourhood_id", "name", "households", "reached", "unreached"]
    ].sort_values("neighbourhood_id", ignore_index=True)
    known = ("households", "reached", "unreached")
    total = {name: int(by_id[name].sum()) for name in known}
    share = total["reached"] / total["households"] if total["households"] else None
    allowed = total_may_be_told(by_id)
    return PublicCoverage(
        rows=_by_share(public_coverage(by_id)),
        total=total | {"share_reached": share} if allowed else None,
    )


def whole_of(counted: Coverage, *, lang: str) -> PublicCoverage:
    """Return coverage over all goals in the same form with nothing hidden."""
    return PublicCoverage(rows=_by_share(_named(counted, None, lang)), total=dict(counted.total))


def _named(counted: Coverage, goal: str | None, lang: str) -> pd.DataFrame:
    """Return the rows of one goal, or of all together, each with a name."""
    every = counted.rows
    asked = every["goal"].isna() if goal is None else every["goal"] == goal
    rows = every[asked].rename(columns={"area": "neighbourhood_id"})
    nowhere = rows["neighbourhood_id"].isna()
    outside = say("export_outside", lang)
    return rows.assign(name=rows["name"].fillna(rows["neighbourhood_id"]).mask(nowhere, outside))


def _by_share(rows: pd.DataFrame) -> pd.DataFrame:
    order = ["share_reached", "neighbourhood_id"]
    return rows.sort_values(order, ascending=[False, True], na_position="last", ignore_index=True)


def together_in_public(found: Gaps, shown: PublicCoverage) -> pd.DataFrame:
    """Return where unreached households lie together: neighbourhood_id, name, about how many (whole tens).

    Only in neighbourhoods whose own figures are shown, and only larger groups; never where exactly.
    """
    clusters = found.rows[found.rows["kind"] == GapKind.CLUSTER]
    many = clusters[clusters["unreached"] >= LEAST_TOGETHER]
    names = shown.told.set_index("neighbourhood_id")["name"]
    inside = many[many["area"].isin(names.index)]
    rows = pd.DataFrame(
        {
            "neighbourhood_id": inside["area"],
            "name": inside["area"].map(names),
            "about": inside["unreached"] // STEP * STEP,
        }
    )
    return rows.sort_values("about", ascending=False, kind="stable", ignore_index=True)


def with_shares(places: gpd.GeoDataFrame, shown: PublicCoverage) -> gpd.GeoDataFrame:
    """Return neighbourhoods with the share that may be shown."""
    share = shown.rows.set_index("neighbourhood_id")["share_reached"]
    return places.assign(share_reached=places["neighbourhood_id"].map(share).astype("Float64"))
