"""Where coverage has gaps: households left that lie together, neighbourhoods behind, households far from everybody.

Three kinds, all judged on one ward. *behind*: a neighbourhood of which less is reached than of as many households drawn
from the ward at random (hypergeometric, with Wilson's interval of its share; Wilson 1927). *cluster*: unreached
households that stand together more than chance would put them (local join counts, `planning.local_clusters`); chance
deals them out over the whole ward but for the neighbourhoods behind, each of which is judged by itself, so that what
one gap explains is not told again as another. *far*: the unreached households farthest from every place where the teams
have been or live; one outside every neighbourhood is rather a point to be mended (`geo.checks`). Both tests are
corrected for how many are made (Benjamini & Hochberg 1995).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series
from scipy.spatial import cKDTree
from scipy.stats import hypergeom, norm

from geo.errors import InputError
from geo.terms import STORED_CRS
from planning.gap_ground import COLUMNS, GapKind, Ward, around, drawn, gap_row
from planning.gap_places import nowhere
from planning.local_clusters import NONE, adjusted, clusters, join_counts
from planning.staffing import plain_records


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRules:
    """What counts as a gap.

    Households within `within_m` of each other are neighbours (`usual_distance_m` where None); `level`: the share of
    false ones among the clusters, and among the neighbourhoods behind, that is put up with; so many `farthest`.
    """

    within_m: float | None = None
    level: float = 0.05
    farthest: int = 10

    def __post_init__(self) -> None:
        """Raise `InputError` for rules by which nothing can be judged."""
        if (
            not 0 < self.level < 1
            or self.farthest < 0
            or (self.within_m is not None and self.within_m <= 0)
        ):
            raise InputError("gap_rules_wrong")


@dataclass(frozen=True, slots=True)
class Gaps:
    """One row per gap, gravest first (`rows`, with what to draw as geometry), and what was looked at (`total`)."""

    rows: GeoDataFrame
    total: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Return the document of `gaps --json`: plain values, `None` for what does not apply."""
        return {"rows": plain_records(DataFrame(self.rows)[[*COLUMNS]]), "total": dict(self.total)}

    def of(self, area: str) -> "Gaps":
        """Return the gaps that touch one neighbourhood; ranks and households stay the ward's."""
        touched = [area in areas for areas in self.rows["areas"]]
        rows = self.rows[np.array(touched, dtype=bool)]
        return Gaps(rows, self.total | _counted(rows))


def gaps(
    households: GeoDataFrame,
    places: DataFrame,
    bases: GeoSeries,
    streets: GeoDataFrame,
    *,
    rules: GapRules,
) -> Gaps:
    """Return the gaps of one ward, gravest first.

    Parameters
    ----------
    households
        As `planning.coverage.explained` gives them, with `house_number`, `street` and `alley`; in any order.
    places
        The neighbourhoods: `neighbourhood_id`, `name`.
    bases
        Homes of the members in force; empty ones are left out.
    streets
        Named lines, for households that tell no street.

    Returns
    -------
    gaps
        `rows` as `docs/figures.md` tells: *behind* and *cluster* by how many households more are left than elsewhere
        (`excess`), then *far* by distance. The geometry, in the coordinate system of `households`, is drawn around
        the households; none for *behind*, which is a place that has its own.
    """
    ward = Ward.of(households, places, bases, streets, within_m=rules.within_m)
    behind = _behind(ward, rules)
    together = _clusters(ward, {row["area"] for row in behind}, rules)
    rows = [*behind, *together, *_far(ward, rules)]
    rows.sort(key=_gravity)
    ranked = [{**row, "rank": place} for place, row in enumerate(rows, start=1)]
    frame = DataFrame(ranked, columns=[*COLUMNS, "geometry"])
    shapes = GeoSeries(list(frame["geometry"]), crs=ward.crs).to_crs(households.crs)
    return Gaps(GeoDataFrame(frame, geometry=shapes), _total(ward, frame, rules))


def together(found: dict[str, Gaps], rules: GapRules) -> Gaps:
    """Return the gaps of several wards (by their code) as one list, ranked anew.

    `within_m` of the total is missing where the wards' distances differ; each row has its own.
    """
    if len(found) == 1:
        return next(iter(found.values()))
    nothing = GeoDataFrame(DataFrame(columns=[*COLUMNS]), geometry=[], crs=STORED_CRS)
    listed = [one.rows.to_crs(STORED_CRS) for one in found.values() if len(one.rows)] or [nothing]
    rows = GeoDataFrame(pd.concat(listed, ignore_index=True), crs=STORED_CRS)
    order = sorted(rows.index, key=lambda at: _gravity(rows.loc[at]))
    rows = rows.loc[order].reset_index(drop=True)
    rows["rank"] = range(1, len(rows) + 1)
    sums = ("households", "unreached", "unreached_unlocated")
    distances = {one.total["within_m"] for one in found.values()}
    return Gaps(
        rows,
        _counted(rows)
        | {name: sum(one.total[name] for one in found.values()) for name in sums}
        | {"within_m": distances.pop() if len(distances) == 1 else None, "level": rules.level},
    )


def _gravity(row: Any) -> tuple[float, float, str]:
    far = row["distance_m"]
    return -row["excess"], 0.0 if pd.isna(far) else -far, str(row["gap_id"])


# --- neighbourhoods behind ---


def wilson(part: int, whole: int, *, level: float = 0.05) -> tuple[float, float]:
    """Return the interval of a share that misses it with the chance `level` (Wilson 1927, no correction)."""
    z = float(norm.ppf(1 - level / 2))
    middle = (part + z * z / 2) / (whole + z * z)
    half = z * np.sqrt(part * (whole - part) / whole + z * z / 4) / (whole + z * z)
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def _behind(ward: Ward, rules: GapRules) -> list[dict[str, Any]]:
    by_place = ward.left.groupby(ward.homes["neighbourhood_id"])
    told = by_place.agg(["size", "sum"])
    told = told[told.index.isin(list(ward.names))]
    whole, left = len(ward.homes), int(ward.left.sum())
    chance = hypergeom.sf(told["sum"].to_numpy() - 1, whole, left, told["size"].to_numpy())
    p = adjusted(np.asarray(chance, dtype=float))
    return [
        _behind_row(ward, str(place), p[at], 1 - left / whole, rules)
        for at, place in enumerate(told.index)
        if p[at] <= rules.level
    ]


def _behind_row(
    ward: Ward, place: str, p: float, share_of_ward: float, rules: GapRules
) -> dict[str, Any]:
    inside = ward.homes["neighbourhood_id"] == place
    whole, left = int(inside.sum()), int((inside & ward.left).sum())
    low, high = wilson(whole - left, whole, level=rules.level)
    row = gap_row(ward, GapKind.BEHIND, place, inside, expected=share_of_ward)
    return row | {"p": float(p), "low": round(low, 6), "high": round(high, 6), **nowhere()}


# --- households that lie together ---


def _clusters(ward: Ward, behind: set[str], rules: GapRules) -> list[dict[str, Any]]:
    there = ward.located.to_numpy()
    place = ward.homes["neighbourhood_id"]
    group = pd.factorize(place.where(place.isin(behind), ""), sort=True)[0]
    left = ward.left.to_numpy()[there]
    counts = join_counts(ward.spots, left, group[there], within_m=ward.within_m)
    tested = left & (counts.neighbours > 0)
    p = np.ones(len(left))
    p[tested] = adjusted(counts.p[tested])
    core = tested & (p <= rules.level)
    found, least = Series(NONE, ward.homes.index), Series(1.0, ward.homes.index)
    found[there] = clusters(ward.spots, core, within_m=ward.within_m)
    least[there] = np.where(core, p, 1.0)
    reached = (~ward.left).where(ward.located)
    usual = reached.astype(float).groupby(group).transform("mean")
    return [
        _cluster_row(ward, found == label, usual, float(least[found == label].min()))
        for label in sorted(set(found[found != NONE]))
    ]


def _cluster_row(ward: Ward, inside: Series, usual: Series, p: float) -> dict[str, Any]:
    left = ward.homes[inside & ward.left]
    first = str(left["household_id"].iloc[0])
    row = gap_row(ward, GapKind.CLUSTER, first, inside, expected=float(usual[inside].mean()))
    return row | {"p": p} | drawn(ward, left)


# --- households far from everybody ---


def _far(ward: Ward, rules: GapRules) -> list[dict[str, Any]]:
    been = np.vstack([ward.bases, ward.spots[~ward.left.to_numpy()[ward.located.to_numpy()]]])
    left = ward.left & ward.located & (ward.homes["neighbourhood_id"].notna() | (not ward.names))
    if not len(been) or not left.any():
        return []
    spots = shapely.get_coordinates(ward.metric[left].to_numpy())
    way = Series(cKDTree(been).query(spots)[0], ward.homes.index[left])
    way = way[way > ward.within_m].sort_values(ascending=False, kind="stable")
    farthest = way.head(rules.farthest)
    of_place = ward.homes["neighbourhood_id"].fillna("")[farthest.index]
    return [_far_row(ward, of_place == place, farthest) for place in sorted(set(of_place))]


def _far_row(ward: Ward, here: Series, farthest: Series) -> dict[str, Any]:
    ways = farthest[here.to_numpy()]
    inside = Series(ward.homes.index.isin(ways.index), ward.homes.index)
    homes = ward.homes.loc[ways.index]
    row = gap_row(ward, GapKind.FAR, str(homes["household_id"].iloc[0]), inside, expected=None)
    ids = [str(one) for one in homes["household_id"]]
    told = {"distance_m": round(float(ways.iloc[0]), 1), "household_ids": ids}
    return row | drawn(ward, homes.iloc[:1]) | told | {"geometry": around(ward, homes)}


def _total(ward: Ward, rows: DataFrame, rules: GapRules) -> dict[str, Any]:
    return _counted(rows) | {
        "households": len(ward.homes),
        "unreached": int(ward.left.sum()),
        "unreached_unlocated": int((ward.left & ~ward.located).sum()),
        "within_m": ward.within_m,
        "level": rules.level,
    }


def _counted(rows: DataFrame) -> dict[str, int]:
    kinds = rows["kind"].value_counts()
    in_clusters = rows.loc[rows["kind"] == GapKind.CLUSTER, "household_ids"].map(len).sum()
    counts = {str(kind): int(kinds.get(kind, 0)) for kind in GapKind}
    return {"gaps": len(rows), **counts, "unreached_in_clusters": int(in_clusters)}
