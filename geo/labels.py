"""Names and counts for zones from the labels that lie in them.

People draw zones on a map and write their names beside them as points; nothing joins the two but
the place. Every step that is not certain is listed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.counts import clean, counts_in, name_of, place_key, tells_counts
from geo.crs import to_metric
from geo.folding import fold
from geo.placing import located

# The first words of labels that name other things than neighbourhoods; `quận` is not `Quan Nam`.
OTHER_THINGS = (
    *("phường", "xã", "thị trấn", "quận", "huyện", "ubnd", "uỷ ban", "ủy ban", "chợ", "trường"),
    *("chùa", "đình", "nhà thờ", "nhà văn hóa", "nhà văn hoá", "bệnh viện", "trạm y tế"),
    *("công viên", "nghĩa trang", "ga", "bến xe", "cảng", "khu công nghiệp", "kcn", "sông", "hồ"),
    *("núi", "đường", "cầu"),
)


class Use(StrEnum):
    """What became of a label."""

    NAMES = "label_names"  # a zone that had no name
    CONFIRMS = "label_confirms"  # the name that a zone around it has
    SPARE = "label_spare"  # all zones around it have other names
    OUTSIDE = "label_outside"  # in no zone
    NO_NAME = "label_no_name"  # a count, another thing, or what a drawing program writes


class Doubt(StrEnum):
    """What a person should look at."""

    ZONE_UNNAMED = "zone_unnamed"
    NAME_REPEATED = "name_repeated"  # told apart by a number, the largest keeps the bare name
    NAME_FROM_STORY = "name_from_story"  # the label says more than a name
    LABEL_IN_SEVERAL = "label_in_several"  # it named the smallest that had no name
    LABEL_UNUSED = "label_unused"
    COUNTS_CONTRADICT = "counts_contradict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What came of naming.

    zones
        The zones handed in, index and order kept, with `name` (null: unnamed), `name_given` (as the
        file said it), `name_from` (label index; null where it is the zone's own or unnamed).
    labels
        A row per label: `use` (a `Use`), `name`, `zone` (index of the zone it names or confirms),
        `zones_around`, `text`; index kept.
    counts
        `zone`, `of` (whose, as told), `indicator`, `value`, `source` (`description`, `label`,
        `zone`), `text`, `taken` (stated as a figure: official), `part` (of that place only),
        `contradicts` (another count of the same place says otherwise; all are kept).
    doubts
        `what` (a `Doubt`), `zone`, `label` (indices, null where none), `text`.
    """

    zones: GeoDataFrame
    labels: DataFrame
    counts: DataFrame
    doubts: DataFrame


def name_zones(zones: GeoDataFrame, labels: GeoDataFrame, *, within: Series | None = None) -> Named:
    """Return the zones with the names that labels give them, and the counts that both tell.

    A zone keeps a name of its own. A label whose name a zone around it has confirms that; another
    names the smallest zone around it that has no name. Of two labels for one zone the one that is
    nothing but a name goes first, then the one nearer to the middle.

    Parameters
    ----------
    zones
        `name` (as the file has it, may be null), areas.
    labels
        `name`, `description` (may be null or missing), points in the same coordinate system.
    within
        What each zone belongs to (its ward); names may repeat elsewhere. One place where null.
    """
    metric = to_metric(zones)
    points = labels.to_crs(metric.crs)
    around = _around(points, metric)
    own = _own_names(zones["name"])
    used = _used(points, around, own)
    from_label = used[used["use"] == Use.NAMES].reset_index(names="label").set_index("zone")
    named = zones.assign(
        name_given=zones["name"].astype("str"),
        name=own.fillna(from_label["name"].reindex(zones.index)),
        name_from=from_label["label"].reindex(zones.index),
    )
    apart = _told_apart(named["name"], metric.area, within)
    counts = _counted(zones, labels, used)
    doubts = _doubts(named, apart, used, counts)
    return Named(zones=named.assign(name=apart), labels=used, counts=counts, doubts=doubts)


def _names(texts: Series) -> Series:
    return texts.astype("str").map(name_of, na_action="ignore").astype("str")


def _own_names(texts: Series) -> Series:
    """Return zones' own names: whole, unless they tell counts, which are no part of a name."""
    whole = texts.astype("str").map(clean, na_action="ignore")
    names = _names(texts)
    return whole.where(names.notna() & ~whole.map(tells_counts, na_action="ignore").eq(True), names)


def _around(points: GeoDataFrame, zones: GeoDataFrame) -> DataFrame:
    """Return the pairs of label and zone around it: index of both, and the zone's measures."""
    sound = located(zones.geometry)
    shapes = shapely.make_valid(zones.geometry[sound].to_numpy(), method="structure")
    label, zone = shapely.STRtree(shapes).query(points.geometry.to_numpy(), predicate="intersects")
    middles = shapely.point_on_surface(shapes)
    return DataFrame(
        {
            "label": points.index[label],
            "zone": zones.index[sound][zone],
            "area_m2": shapely.area(shapes)[zone],
            "away_m": shapely.distance(points.geometry.to_numpy()[label], middles[zone]),
        }
    )


def _used(points: GeoDataFrame, around: DataFrame, own: Series) -> DataFrame:
    """Return what each label is used for."""
    text = points["name"].astype("str")
    labels = DataFrame({"text": text, "name": _names(text)})
    other = labels["name"].map(_is_other_thing, na_action="ignore").fillna(False).astype(bool)
    labels["zones_around"] = around["label"].value_counts().reindex(labels.index, fill_value=0)
    pairs = around[around["label"].isin(labels.index[labels["name"].notna() & ~other])]
    pairs = pairs.assign(
        key=_keys(labels["name"].reindex(pairs["label"])).to_numpy(),
        own_key=_keys(own.reindex(pairs["zone"])).to_numpy(),
    )
    same = pairs[pairs["key"] == pairs["own_key"]].sort_values("area_m2", kind="stable")
    confirms = same.drop_duplicates("label").set_index("label")["zone"]
    names = _naming(pairs[pairs["own_key"].isna() & ~pairs["label"].isin(confirms.index)], labels)
    labels["zone"] = pd.concat([confirms.astype(object), names]).reindex(labels.index)
    labels["use"] = np.select(
        [
            labels["name"].isna() | other,
            labels["zones_around"] == 0,
            labels.index.isin(confirms.index),
            labels.index.isin(names.index),
        ],
        [Use.NO_NAME, Use.OUTSIDE, Use.CONFIRMS, Use.NAMES],
        Use.SPARE,
    )
    return labels


def _keys(names: Series) -> Series:
    return names.astype("str").map(place_key, na_action="ignore")


def _is_other_thing(name: str) -> bool:
    return name.casefold().startswith(tuple(f"{word} " for word in OTHER_THINGS))


def _naming(pairs: DataFrame, labels: DataFrame) -> Series:
    """Return the zone that each label names: the smallest first, each once."""
    story = [_is_story(text) for text in labels["text"].reindex(pairs["label"])]
    order = ["area_m2", "story", "away_m", "key"]
    left = pairs.assign(story=story).sort_values(order, kind="stable")
    named: dict[Any, Any] = {}
    taken: set[Any] = set()
    for label, zone in zip(left["label"], left["zone"], strict=True):
        if label not in named and zone not in taken:
            named[label] = zone
            taken.add(zone)
    return Series(named, dtype=object)


def _is_story(text: str) -> bool:
    return name_of(text) != clean(text)


def _told_apart(names: Series, areas_m2: Series, within: Series | None) -> Series:
    """Return names of which none repeats: the largest zone keeps it, the next are `(2)`, `(3)`."""
    ranked = names[areas_m2.sort_values(ascending=False, kind="stable").index].dropna()
    place = Series("", names.index) if within is None else within.fillna("")
    keys = [place.reindex(ranked.index), ranked.map(fold)]
    nth = (ranked.groupby(keys).cumcount() + 1).astype("str")
    told = ranked.where(nth == "1", ranked + " (" + nth + ")")
    return told.reindex(names.index)


def _counted(zones: GeoDataFrame, labels: GeoDataFrame, used: DataFrame) -> DataFrame:
    """Return the counts that labels and zones tell, contradicting ones side by side."""
    described = labels.get("description", Series(index=labels.index, dtype="str"))
    told = [
        DataFrame({"zone": used["zone"], "by": used["name"], "text": text, "source": source})
        for text, source in ((described, "description"), (labels["name"], "label"))
    ]
    own = _names(zones["name"])
    told.append(
        DataFrame({"zone": zones.index, "by": own, "text": zones["name"], "source": "zone"})
    )
    texts = pd.concat(told, ignore_index=True).dropna(subset="text")
    rows = [
        {
            "zone": zone,
            "of": count.of or by,
            "indicator": count.indicator,
            "value": count.value,
            "source": source,
            "text": clean(text),
            "taken": count.stated and source == "description",
            "part": count.part,
        }
        for zone, by, text, source in texts.itertuples(index=False)
        for count in counts_in(text)
    ]
    columns = ["zone", "of", "indicator", "value", "source", "text", "taken", "part"]
    counts = DataFrame(rows, columns=columns, dtype=object)
    counts = counts.astype({"value": int, "taken": bool, "part": bool})
    whole = counts[~counts["part"] & counts["of"].notna()]
    said = whole.groupby([_keys(whole["of"]), whole["indicator"]])["value"].transform("nunique")
    return counts.assign(contradicts=(said > 1).reindex(counts.index, fill_value=False))


def _doubts(named: GeoDataFrame, apart: Series, used: DataFrame, counts: DataFrame) -> DataFrame:
    unnamed = named[named["name"].isna()]
    repeated = named[named["name"].notna() & (named["name"] != apart)]
    naming = used[used["use"] == Use.NAMES]
    story = naming[naming["text"].map(_is_story).astype(bool)]
    several = naming[naming["zones_around"] > 1]
    unused = used[used["use"].isin([Use.SPARE, Use.OUTSIDE, Use.NO_NAME])]
    contradicting = counts[counts["contradicts"]]
    parts = [
        _doubt(Doubt.ZONE_UNNAMED, zone=unnamed.index, text=unnamed["name_given"]),
        _doubt(Doubt.NAME_REPEATED, zone=repeated.index, text=apart[repeated.index]),
        _doubt(Doubt.NAME_FROM_STORY, zone=story["zone"], label=story.index, text=story["text"]),
        _doubt(
            Doubt.LABEL_IN_SEVERAL, zone=several["zone"], label=several.index, text=several["name"]
        ),
        _doubt(Doubt.LABEL_UNUSED, label=unused.index, text=unused["text"]),
        _doubt(
            Doubt.COUNTS_CONTRADICT, zone=contradicting["zone"], text=contradicting["text"]
        ).drop_duplicates(),
    ]
    return pd.concat(parts, ignore_index=True)


def _doubt(what: Doubt, *, text: Series, zone: Any = None, label: Any = None) -> DataFrame:
    nobody = [None] * len(text)
    return DataFrame(
        {
            "what": [what] * len(text),
            "zone": nobody if zone is None else [*zone],
            "label": nobody if label is None else [*label],
            "text": text.to_numpy(),
        },
        dtype=object,
    )
