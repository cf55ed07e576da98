"""What there is to tell of a file of neighbourhoods: findings and figures from what `geo` decided."""

import hashlib
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from data.findings import BETWEEN_IDS
from data.schema import KEYS
from data.zones import Drawing
from geo.counts import Indicator, filled_in, place_key
from geo.crs import to_metric
from geo.labels import Doubt, Named
from geo.mending import Mended
from geo.merging import MOST
from geo.succession import Succession
from geo.terms import Kind

ID_BYTES = 6
# What mending lists beside its decisions; the words of each are `boundary_…` in `words.py`.
GAP_WIDE = "gap_wide"
OUTSIDE_WARD = "outside_ward"
NAME_REUSED = "name_reused"
COUNTS_OFFERED = "counts_offered"
COUNTS_NOT_FILLED = "counts_not_filled"
# What follows an old neighbourhood nowhere.
NOT_CARRIED = {
    Kind.TEAMS: "teams_not_carried",
    Kind.MEMBERS: "members_not_carried",
    Kind.HOUSEHOLDS: "households_not_carried",
}


def lines(drawing: Drawing) -> list[DataFrame]:
    """Return what became of each line."""
    drawn = drawing.lines
    return [drawn.assign(width_m=drawn["open_m"])] if len(drawn) else []


def names(named: Named, zones: GeoDataFrame, labels: GeoDataFrame) -> list[DataFrame]:
    """Return what each label was used for, and what a person should look at."""
    ids = zones["neighbourhood_id"].to_dict()
    used = DataFrame(
        {
            "what": named.labels["use"],
            "neighbourhoods": named.labels["zone"].map(ids, na_action="ignore"),
            "value": named.labels["text"],
            "before": labels.geometry,
        }
    )
    doubts = named.doubts[~named.doubts["what"].isin([Doubt.LABEL_UNUSED])]
    of_zone = doubts["zone"].map(zones.geometry.to_dict(), na_action="ignore")
    doubtful = DataFrame(
        {
            "what": doubts["what"],
            "neighbourhoods": doubts["zone"].map(ids, na_action="ignore"),
            "value": doubts["text"],
            "before": of_zone,
        }
    )
    return [used, doubtful]


def counts(named: Named, zones: GeoDataFrame) -> list[DataFrame]:
    """Return the counts that were not taken: told in prose, or not filled in."""
    offered = named.counts[~named.counts["taken"]].drop_duplicates(["zone", "text"])
    ids = zones["neighbourhood_id"].to_dict()
    empty = [name for name in Indicator if (zones[name] == 0).any()]
    return [
        DataFrame(
            {
                "what": COUNTS_OFFERED,
                "neighbourhoods": offered["zone"].map(ids, na_action="ignore"),
                "value": offered["text"],
            }
        ),
        DataFrame(
            {
                "what": COUNTS_NOT_FILLED,
                "neighbourhoods": [
                    BETWEEN_IDS.join(zones.loc[zones[name] == 0, "neighbourhood_id"])
                    for name in empty
                ],
                "value": [str(name) for name in empty],
            }
        ),
    ]


def figures(named: Named, zones: GeoDataFrame, *, source: str) -> DataFrame:
    """Return the counts that a file states, as rows of `geo.tables.Figures`; several of one place side by side."""
    ids = zones["neighbourhood_id"]
    taken = named.counts[named.counts["taken"]]
    stated = DataFrame(
        {
            "area_given": taken["zone"].map(ids, na_action="ignore").fillna(taken["of"]),
            "ward_given": taken["zone"].map(zones["ward_given"], na_action="ignore"),
            "indicator": taken["indicator"].astype("str"),
            "value": taken["value"].astype(float),
        }
    )
    columns = [
        DataFrame(
            {
                "area_given": ids,
                "ward_given": zones["ward_given"],
                "indicator": str(name),
                "value": filled_in(zones[name]),
            }
        )
        for name in Indicator
    ]
    rows = pd.concat([stated, *columns]).dropna(subset=["value", "area_given"])
    rows = rows.assign(source=source).sort_values(["area_given", "indicator", "value"])
    rows = rows.drop_duplicates(ignore_index=True)
    key = rows["area_given"].astype("str") + "\x1f" + rows["indicator"] + "\x1f" + source
    nth = rows.groupby(key).cumcount()
    made = "F-" + key.map(_digest).astype("str")
    made = made + ("-" + (nth + 1).astype("str")).where(nth > 0, "")
    return rows.assign(figure_id=made)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=ID_BYTES).hexdigest()


def mending(mended: Mended, ward: Any, others: GeoDataFrame) -> list[DataFrame]:
    """Return what was decided about the zones of a ward, and what is left to somebody.

    Ground that `others`, in force beside the zones, cover is no gap.
    """
    gaps = mended.gaps
    if len(others) and len(gaps):
        left = gaps.geometry.difference(others.geometry.make_valid().union_all())
        gaps = gaps[to_metric(gaps.set_geometry(left)).area > (1 - MOST) * gaps["area_m2"]]
    decided = mended.decisions
    return [
        frame.assign(ward_code=None if pd.isna(ward) else ward)
        for frame in (
            decided.assign(neighbourhoods=_joined(decided["neighbourhoods"])),
            DataFrame(gaps.drop(columns="geometry")).assign(
                what=GAP_WIDE,
                neighbourhoods=_joined(gaps["neighbourhoods"]),
                before=gaps.geometry,
            ),
            DataFrame(mended.outside.drop(columns="geometry")).assign(
                what=OUTSIDE_WARD,
                neighbourhoods=mended.outside["neighbourhood_id"],
                before=mended.outside.geometry,
            ),
        )
        if len(frame)
    ]


def _joined(ids: Series) -> Series:
    return Series([BETWEEN_IDS.join(who) for who in ids], ids.index, dtype="str")


def merge(followed: Succession, zones: GeoDataFrame) -> list[DataFrame]:
    """Return where each old neighbourhood went, and whose name now means other ground; `zones` are all."""
    carried = followed.carried
    if carried.empty:
        return []
    known = zones.set_index("neighbourhood_id")
    heirs = [
        tuple(one for one in (old, new, *others) if not pd.isna(one))
        for old, new, others in carried[["old_id", "new_id", "others"]].itertuples(index=False)
    ]
    old = known.loc[carried["old_id"]]
    went = DataFrame(
        {
            "ward_code": old["ward_code"].to_numpy(),
            "what": carried["what"],
            "neighbourhoods": [BETWEEN_IDS.join(who) for who in heirs],
            "value": [f"{share:.3f}" for share in carried["share"]],
            "area_m2": to_metric(old).area.to_numpy(),
            "before": old.geometry.to_numpy(),
            "after": known.geometry.reindex(carried["new_id"]).to_numpy(),
        }
    )
    return [went, _reused(carried[carried["day"].notna()], known)]


def _reused(ended: DataFrame, zones: GeoDataFrame) -> DataFrame:
    """Names of old neighbourhoods that are those of new ones elsewhere."""
    names = zones["name"]
    pairs = DataFrame({"old_id": ended["old_id"], "heir": ended["new_id"]})
    pairs = pairs.assign(name=pairs["old_id"].map(names))
    after = names.drop(ended["old_id"])
    pairs = pairs.assign(key=pairs["name"].map(place_key)).merge(
        DataFrame({"key": after.map(place_key), "new_id": after.index}), on="key"
    )
    pairs = pairs[pairs["new_id"] != pairs["heir"]]
    return DataFrame(
        {
            "what": NAME_REUSED,
            "neighbourhoods": pairs["old_id"] + BETWEEN_IDS + pairs["new_id"],
            "value": pairs["name"],
        }
    )


def not_carried(before: Any, after: Any, ended: Series) -> list[DataFrame]:
    """Return what belonged to neighbourhoods that ended and belongs to none now, by table and neighbourhood.

    `value`: how many rows.
    """
    found = []
    for table, what in NOT_CARRIED.items():
        was, now = (
            tables[table].set_index(KEYS[table])["neighbourhood_id"] for tables in (before, after)
        )
        now = now.reindex(was.index)
        lost = was[was.isin(ended.index) & now.isna()].value_counts().sort_index()
        found.append(
            DataFrame({"what": what, "neighbourhoods": lost.index, "value": lost.astype("str")})
        )
    return found
