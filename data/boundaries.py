"""Neighbourhoods on their way into the store: named, dated, mended, counted; every decision told.

What each step does to shapes is in `geo` (`docs/boundaries.md`); here the steps meet what is stored.
"""

from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from data import told
from data.findings import findings_of
from data.records import ImportOptions
from data.rows import Rows
from data.schema import KEYS, PROMISES
from data.store import now
from data.zones import Drawing
from geo.counts import clean
from geo.errors import InputError
from geo.labels import Named, name_zones
from geo.mending import TOLERANCE_M, mend
from geo.merging import MOST
from geo.placing import located
from geo.settle import SUCCESSIONS, settled_ward
from geo.succession import Succession, drawn_ground, in_force_now, succeed
from geo.tables import checked
from geo.terms import STORED_CRS, BoundarySource, Kind

VIETNAM = timezone(timedelta(hours=7))
SPAN = ("valid_from", "valid_to")
COUNTED = ("households", "residents")

Tables = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a file of neighbourhoods brings.

    `zones` are the rows to store, `ended` (id → day) those that others follow, `successions` and `figures` rows of
    these tables, `findings` what was decided (`data.findings.COLUMNS`).
    """

    zones: GeoDataFrame
    ended: Series
    successions: DataFrame
    figures: DataFrame
    findings: DataFrame


def prepare(rows: Rows, stored: Tables, options: ImportOptions, *, source: str) -> Prepared:
    """Return what the rows of a file become, given the wards and neighbourhoods that are stored.

    `source` is what figures name as theirs: the name of the file.

    Raises
    ------
    InputError
        Where neighbourhoods would begin, and others end, after the day of the import; where the tolerance is no width.
    """
    wards, there = stored[Kind.WARDS], stored[Kind.NEIGHBOURHOODS]
    drawing = rows.drawing or Drawing()
    columns = ["neighbourhood_id", "ward_given", "name", *SPAN, "source"]
    zones = _frame(rows.frame.reindex(columns=[*columns, *COUNTED, "geometry"]))
    if options.valid_from is not None:
        zones["valid_from"] = zones["valid_from"].fillna(options.valid_from.isoformat())
    zones = zones.assign(
        ward_code=settled_ward(zones, stored).fillna(zones["ward_given"]),
        source=zones["source"].fillna(BoundarySource.DRAWN.value),
    )
    place = _places(zones)
    named = name_zones(zones, drawing.labels, within=place)
    zones["name"] = _stored_names(named, place)
    rivals = _rivals(there, zones, stored)
    followed = _followed(rivals, zones, there["neighbourhood_id"], options)
    begins = zones["neighbourhood_id"].map(followed.valid_from).astype("str")
    zones["valid_from"] = zones["valid_from"].fillna(begins)
    rest = rivals[~rivals["neighbourhood_id"].isin(followed.valid_to.index)]
    ground = _ground(there, rest, wards)
    mended, decided = _mended(zones, _sides(zones), ground, options)
    findings = [*decided, *told.merge(followed, pd.concat([rivals, zones]))]
    if decided or not are_stored(zones, ground.stored).all():
        findings = [*told.lines(drawing), *told.names(named, zones, drawing.labels), *findings]
        findings += [*told.counts(named, zones), drawing.told]
    every = pd.concat([rivals, zones]).set_index("neighbourhood_id")["ward_code"]
    return Prepared(
        zones=mended,
        ended=followed.valid_to,
        successions=_successions(followed, every),
        figures=told.figures(named, zones, source=source),
        findings=findings_of(findings),
    )


def with_boundaries(tables: dict[str, Any], prepared: Prepared) -> dict[str, Any]:
    """Return the tables, the zones already merged in, with what else a file of neighbourhoods brings."""
    areas = tables[Kind.NEIGHBOURHOODS].set_index("neighbourhood_id", drop=False)
    zones = prepared.zones.set_index("neighbourhood_id")
    # what is mended away is gone, though an empty cell erases nothing elsewhere
    areas.loc[zones.index, "drawn"] = zones["drawn"]
    shapes = areas.geometry.copy()
    shapes[zones.index] = zones.geometry
    areas = areas.set_geometry(shapes)
    areas.loc[prepared.ended.index, "valid_to"] = prepared.ended
    return tables | {
        Kind.NEIGHBOURHOODS: areas.reset_index(drop=True),
        Kind.FIGURES: _put(tables[Kind.FIGURES], prepared.figures, Kind.FIGURES),
        SUCCESSIONS: _put(tables[SUCCESSIONS], prepared.successions, SUCCESSIONS),
    }


def _put(table: DataFrame, rows: DataFrame, name: str) -> Any:
    """Return a table with rows put in, whole rows over those of the same key."""
    if rows.empty:
        return table
    key = KEYS[name]
    fresh = checked(rows, PROMISES[name])
    kept = table[~table[key].isin(fresh[key])]
    return fresh if kept.empty else pd.concat([kept, fresh], ignore_index=True)


def _frame(rows: DataFrame) -> GeoDataFrame:
    texts = rows.columns.difference(["geometry", *COUNTED])
    typed = rows.astype({**dict.fromkeys(texts, "str"), **dict.fromkeys(COUNTED, float)})
    return gpd.GeoDataFrame(typed, geometry=GeoSeries(rows["geometry"], crs=STORED_CRS))


def _places(zones: DataFrame) -> Series:
    """Where a name is one zone's: a ward, at one time."""
    return _keys(zones, "ward_code", *SPAN)


def _sides(zones: DataFrame) -> Series:
    """Which zones lie side by side: at one time, in the ward they say; those that say none lie together."""
    return _keys(zones, "ward_given", *SPAN)


def _keys(zones: DataFrame, *columns: str) -> Series:
    parts = [zones[column].fillna("") for column in columns]
    return Series(["|".join(part) for part in zip(*parts, strict=True)], zones.index, dtype="str")


def _stored_names(named: Named, place: Series) -> Series:
    """Return names for the store: of a zone without one what the file calls it, else its id."""
    zones = named.zones
    said = zones["name_given"].map(clean, na_action="ignore").fillna(zones["neighbourhood_id"])
    nth = (said.groupby([place, said]).cumcount() + 1).astype("str")
    names: Series = zones["name"].fillna(said.where(nth == "1", said + " (" + nth + ")"))
    return names


def _rivals(there: GeoDataFrame, zones: GeoDataFrame, stored: Tables) -> GeoDataFrame:
    """Return the stored neighbourhoods that the file does not hold, on the ground drawn for them."""
    others = drawn_ground(there[~there["neighbourhood_id"].isin(zones["neighbourhood_id"])])
    return others.assign(ward_code=settled_ward(others, stored).fillna(others["ward_given"]))


def _followed(
    rivals: GeoDataFrame, zones: GeoDataFrame, known: Series, options: ImportOptions
) -> Succession:
    """Return which of the others end, and when the new ones of the file begin."""
    today = (options.on or now().astimezone(VIETNAM).date()).isoformat()
    fresh = zones[~zones["neighbourhood_id"].isin(known)]
    followed = succeed(rivals, fresh, day=today)
    late = followed.valid_to[followed.valid_to > today]
    if len(late):
        raise InputError("valid_from_future", day=late.max(), today=today)
    return followed


def _successions(followed: Succession, ward_of_id: Series) -> DataFrame:
    ended = followed.carried[followed.carried["day"].notna()]
    return DataFrame(
        {
            "succession_id": ended["old_id"],
            "ward_code": ended["old_id"].map(ward_of_id),
            "old_id": ended["old_id"],
            "new_id": ended["new_id"],
            "carry": ended["what"].astype("str"),
            "share": ended["share"].astype(float).clip(upper=1.0),
        }
    )


# --- mending ---


class _Ground(NamedTuple):
    """What is stored beside the zones to mend: themselves as they are, the others there, the wards."""

    stored: GeoDataFrame
    others: GeoDataFrame
    outlines: GeoSeries


def _ground(there: GeoDataFrame, others: GeoDataFrame, wards: GeoDataFrame) -> _Ground:
    drawn = wards[~wards["made"] & located(wards.geometry)]
    in_force = there[in_force_now(there)]
    return _Ground(
        stored=there.set_index("neighbourhood_id"),
        others=others[others["neighbourhood_id"].isin(in_force["neighbourhood_id"])],
        outlines=drawn.set_index("ward_code").geometry,
    )


def _mended(
    zones: GeoDataFrame, place: Series, ground: _Ground, options: ImportOptions
) -> tuple[GeoDataFrame, list[DataFrame]]:
    """Return the zones as clean coverages, one a ward and time, and what was decided."""
    done, decided = [], []
    for _, own in zones.groupby(place, sort=True):
        mended, findings = _mended_place(own, ground, options)
        done.append(mended)
        decided += findings
    whole = pd.concat(done).sort_index() if done else zones.assign(drawn=None)
    return gpd.GeoDataFrame(whole.astype({"drawn": "str"}), crs=STORED_CRS), decided


def _mended_place(
    own: GeoDataFrame, ground: _Ground, options: ImportOptions
) -> tuple[GeoDataFrame, list[DataFrame]]:
    """Mend what lies side by side; what is stored as it is drawn here was mended before."""
    before = ground.stored.reindex(own["neighbourhood_id"])
    settled = bool(are_stored(own, ground.stored).all())
    if settled and not options.cut_wide and options.tolerance_m is None:
        stored = own.set_geometry(_on(before.geometry, own))
        return stored.assign(drawn=before["drawn"].to_numpy()), []
    code = _ward_of_most(own)
    mended = mend(
        own[["neighbourhood_id", "geometry"]],
        ward=None if code is None else ground.outlines.get(code),
        tolerance_m=TOLERANCE_M if options.tolerance_m is None else options.tolerance_m,
        cut_wide=options.cut_wide,
    )
    shapes = _kept_where_same(own.geometry, mended.zones.geometry)
    shapes = _kept_where_same(_on(before.geometry, own), shapes)
    drawn = _hex(own.geometry).where(_hex(shapes) != _hex(own.geometry))
    whole = own.set_geometry(shapes.where(located(shapes))).assign(drawn=drawn)
    if settled and (_hex(shapes) == _hex(_on(before.geometry, own))).all():
        return whole, []
    return whole, told.mending(mended, code, ground.others)


def _ward_of_most(own: GeoDataFrame) -> str | None:
    """The ward that most of the zones lie in, whose outline they should fill; some may reach beyond."""
    counts = own["ward_code"].value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] >= MOST * len(own) else None


def are_stored(zones: GeoDataFrame, stored: GeoDataFrame) -> Series:
    """Return which zones are stored already, drawn as they are drawn here; `stored` by id."""
    before = stored.reindex(zones["neighbourhood_id"])
    drawn = before["drawn"].fillna(_hex(before.geometry))
    return Series(drawn.to_numpy() == _hex(zones.geometry).to_numpy(), zones.index)


def _on(shapes: GeoSeries, own: GeoDataFrame) -> GeoSeries:
    return GeoSeries(shapes.to_numpy(), index=own.index, crs=STORED_CRS)


def _kept_where_same(shapes: GeoSeries, others: GeoSeries) -> GeoSeries:
    """Return `others`, but the shapes themselves, corner by corner, where they are the same."""
    same = shapely.equals_exact(
        shapely.normalize(shapes.to_numpy()), shapely.normalize(others.to_numpy()), 0.0
    )
    return others.where(~same, shapes)


def _hex(shapes: GeoSeries) -> Series:
    """Return shapes as text; nothing for no shape and for an empty one."""
    written = shapely.to_wkb(shapes.to_numpy(), hex=True, output_dimension=2, include_srid=False)
    texts = Series(written, shapes.index, dtype=object)
    return texts.where(located(shapes), "").fillna("").astype("str")
