"""What a meeting is shown: coverage, gaps and plans without anybody's name, house or traits."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from exports.public_coverage import public_coverage, total_may_be_told
from planning.coverage import Coverage
from planning.gap_ground import GapKind
from planning.gaps import Gaps

# Neighbourhoods named as furthest and least far along.
ENDS = 3
# Households that lie together are told of from here on, in tens.
LEAST_TOGETHER, STEP = 10, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCoverage:
    """Coverage as everybody may see it.

    `rows`, by share, the highest first: neighbourhood_id, name, households, reached, unreached, share_reached, the
    last three missing where they may not be told; `total` the ward's own figures, None where these may not be;
    `best` and `worst` the ends of the rows that have a share.
    """

    rows: pd.DataFrame
    total: dict[str, Any] | None

    @property
    def told(self) -> pd.DataFrame:
        """The rows that have a share."""
        return self.rows[self.rows["share_reached"].notna()]

    @property
    def best(self) -> pd.DataFrame:
        """The neighbourhoods that have come furthest; of few, at most half."""
        return self.told.head(min(ENDS, (len(self.told) + 1) // 2))

    @property
    def worst(self) -> pd.DataFrame:
        """The neighbourhoods that are least far along, the last one first; none that is among the best."""
        return self.told.iloc[len(self.best) :].tail(ENDS).iloc[::-1]


def shown_of(counted: Coverage, goal: str | None) -> PublicCoverage:
    """Return the coverage of neighbourhoods that may be shown."""
    rows = counted.rows
    asked = rows[
        (rows["goal"].isna() if goal is None else rows["goal"] == goal) & rows["area"].notna()
    ]
    plain = asked.rename(columns={"area": "neighbourhood_id"})
    columns = ["neighbourhood_id", "name", "households", "reached", "unreached"]
    by_id = plain[columns].sort_values("neighbourhood_id", ignore_index=True)
    told = public_coverage(by_id).sort_values(
        ["share_reached", "neighbourhood_id"], ascending=[False, True], na_position="last"
    )
    known = ("households", "reached", "unreached")
    total = {name: int(by_id[name].sum()) for name in known}
    share = total["reached"] / total["households"] if total["households"] else None
    allowed = total_may_be_told(by_id)
    return PublicCoverage(
        rows=told.reset_index(drop=True),
        total=total | {"share_reached": share} if allowed else None,
    )


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
