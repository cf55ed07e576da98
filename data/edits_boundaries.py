"""Neighbourhoods split, merged or drawn anew by hand, from a day on: the old ones end, the new ones begin.

Households go where their points lie; what names an old neighbourhood (teams, lists) is led to the one that followed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series
from shapely.geometry.base import BaseGeometry

from data.edit_fields import faulty
from data.edits import Act, Decided, Edited, Tables, write_edit
from data.records import ByHand
from data.schema import PROMISES
from data.store import Store
from data.told import not_carried
from geo.counts import place_key
from geo.crs import to_metric
from geo.errors import InputError, NotFoundError
from geo.merging import match_merge
from geo.redividing import joined, redrawn, split_by_area, split_by_line
from geo.settle import SUCCESSIONS
from geo.succession import in_force_now
from geo.tables import checked
from geo.terms import STORED_CRS, BoundarySource, Kind

ID_BYTES = 6
LINES = ("LineString", "MultiLineString")


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """New ground for old: the ids that end, and the new neighbourhoods in order with their names.

    `heirs` says which new one (by its place in the order) follows which old one, where that is no question of ground.
    """

    ended: tuple[str, ...]
    names: tuple[str, ...]
    grounds: tuple[BaseGeometry, ...]
    heirs: Mapping[str, int]
    left_m2: float = 0.0


def split_place(
    store: Store,
    place: str,
    by: BaseGeometry,
    names: Sequence[str],
    *,
    day: date,
    said: ByHand,
    keep: bool = True,
) -> Edited:
    """Split a neighbourhood by a line (west and east of it, or north and south) or an area (within and without)."""

    def divided(zones: GeoDataFrame) -> Division:
        ground = _ground(zones, place)
        parts = (split_by_line if by.geom_type in LINES else split_by_area)(ground, by)
        return Division(ended=(place,), names=tuple(names), grounds=tuple(parts), heirs={})

    return _divide(store, Act.SPLIT, divided, day=day, said=said, keep=keep)


def merge_places(
    store: Store,
    places: Sequence[str],
    name: str,
    *,
    day: date,
    said: ByHand,
    keep: bool = True,
) -> Edited:
    """Make one neighbourhood of two or more that lie beside each other."""

    def divided(zones: GeoDataFrame) -> Division:
        if len(set(places)) < 2:  # noqa: PLR2004  two or more
            raise InputError("merge_too_few")
        grounds = GeoSeries([_ground(zones, one) for one in places], crs=STORED_CRS)
        return Division(
            ended=tuple(places),
            names=(name,),
            grounds=(joined(grounds),),
            heirs=dict.fromkeys(places, 0),
        )

    return _divide(store, Act.MERGED, divided, day=day, said=said, keep=keep)


def redraw_place(
    store: Store,
    place: str,
    ground: BaseGeometry,
    *,
    name: str | None = None,
    rest_to: str | None = None,
    day: date,
    said: ByHand,
    keep: bool = True,
) -> Edited:
    """Give a neighbourhood other ground; those whose ground it takes give it up, and are followed by what is left.

    What it gives up goes to `rest_to`, else to no neighbourhood (`left_m2` of the figures).
    """

    def divided(zones: GeoDataFrame) -> Division:
        _ground(zones, place)
        ward = zones.set_index("neighbourhood_id")["ward_code"]
        beside = zones[zones["ward_code"].eq(ward[place]) | zones["neighbourhood_id"].eq(place)]
        drawn = redrawn(beside, place, ground, rest_to=rest_to)
        stored = zones.set_index("neighbourhood_id")["name"]
        old = tuple(str(one) for one in drawn.shapes.index)
        return Division(
            ended=old,
            names=tuple(name if one == place and name else str(stored[one]) for one in old),
            grounds=tuple(drawn.shapes),
            heirs={one: at for at, one in enumerate(old)},
            left_m2=drawn.left_m2,
        )

    return _divide(store, Act.REDRAWN, divided, day=day, said=said, keep=keep)


def _divide(store: Store, act: Act, divided: Any, *, day: date, said: ByHand, keep: bool) -> Edited:
    found: list[tuple[Division, GeoDataFrame]] = []

    def decide(tables: Tables) -> Decided:
        stored = tables[Kind.NEIGHBOURHOODS]
        zones = stored[in_force_now(stored)]
        division = divided(zones)
        own = zones.set_index("neighbourhood_id", drop=False).loc[list(division.ended)]
        _refuse_days(own, day, said)
        _refuse_names(zones, own, division)
        fresh = _fresh(own, division, day)
        found.append((division, fresh))
        begun = day.isoformat()
        ended = stored.assign(
            valid_to=stored["valid_to"].mask(stored["neighbourhood_id"].isin(own.index), begun)
        )
        after = pd.concat([ended, fresh], ignore_index=True)
        led = _successions(own, fresh, division)
        kept = tables[SUCCESSIONS]
        kept = kept[~kept["succession_id"].isin(led["succession_id"])]
        both = led if kept.empty else pd.concat([kept, led], ignore_index=True)
        known = {str(Kind.NEIGHBOURHOODS): after, SUCCESSIONS: both}
        return Decided(after=tables | known, keys=tuple(fresh["neighbourhood_id"]))

    def tell(before: Tables, after: Tables) -> dict[str, Any]:
        return _told(before, after, *found[-1])

    return write_edit(store, Kind.NEIGHBOURHOODS, act, decide, said=said, tell=tell, keep=keep)


def _ground(zones: GeoDataFrame, place: str) -> BaseGeometry:
    own = zones[zones["neighbourhood_id"] == place]
    if own.empty or own.geometry.iloc[0] is None or own.geometry.iloc[0].is_empty:
        raise NotFoundError("place_not_in_force", place=place)
    return own.geometry.iloc[0]


def _refuse_days(own: GeoDataFrame, day: date, said: ByHand) -> None:
    if day > said.on:
        raise InputError("valid_from_future", day=day.isoformat(), today=said.on.isoformat())
    begins = own["valid_from"].dropna()
    if len(begins) and begins.max() > day.isoformat():
        raise faulty({"valid_from": "edit_day_before_beginning"})


def _refuse_names(zones: GeoDataFrame, own: GeoDataFrame, division: Division) -> None:
    """Every new one has a name of its own in the ward."""
    wards = set(own["ward_code"].dropna())
    others = zones[~zones.index.isin(own.index) & ~zones["neighbourhood_id"].isin(own.index)]
    others = others[others["ward_code"].isin(wards) | (not wards)]
    taken = set(others["name"].map(place_key))
    faults: dict[str, str] = {}
    for at, name in enumerate(division.names, start=1):
        key = place_key(name)
        if not name.strip():
            faults[f"name_{at}"] = "name_missing"
        elif key in taken:
            faults[f"name_{at}"] = "edit_name_taken"
        taken.add(key)
    if faults:
        raise faulty(faults)


def _fresh(own: GeoDataFrame, division: Division, day: date) -> GeoDataFrame:
    ward = own["ward_given"].fillna(own["ward_code"])
    old = {at: one for one, at in reversed([*division.heirs.items()])}
    rows = {
        "neighbourhood_id": [_id(day, *new) for new in zip(*_content(division), strict=True)],
        "ward_given": [ward[old.get(at, own.index[0])] for at in range(len(division.names))],
        "name": [name.strip() for name in division.names],
        "valid_from": day.isoformat(),
        "source": BoundarySource.DRAWN.value,
    }
    frame = GeoDataFrame(rows, geometry=list(division.grounds), crs=STORED_CRS)
    fresh: GeoDataFrame = checked(frame, PROMISES[Kind.NEIGHBOURHOODS])
    return fresh


def _content(division: Division) -> tuple[Sequence[str], Sequence[BaseGeometry]]:
    return division.names, division.grounds


def _id(day: date, name: str, ground: BaseGeometry) -> str:
    told = f"{day}\x1f{name}\x1f".encode() + shapely.to_wkb(shapely.normalize(ground))
    return "N-" + hashlib.blake2b(told, digest_size=ID_BYTES).hexdigest()


def _successions(own: GeoDataFrame, fresh: GeoDataFrame, division: Division) -> DataFrame:
    """Who follows each one that ends: the one it became, else the one with most of its ground."""
    merge = match_merge(
        GeoDataFrame(own[["neighbourhood_id", "geometry"]].reset_index(drop=True)),
        GeoDataFrame(fresh[["neighbourhood_id", "geometry"]]),
    ).carried.set_index("old_id")
    ids = fresh["neighbourhood_id"].tolist()
    said = Series({one: ids[at] for one, at in division.heirs.items()}, dtype="str")
    rows = DataFrame(
        {
            "succession_id": own["neighbourhood_id"],
            "ward_code": own["ward_code"],
            "old_id": own["neighbourhood_id"],
            "new_id": said.reindex(own.index).fillna(merge["new_id"].reindex(own.index)),
            "carry": merge["what"].reindex(own.index).astype("str"),
            "share": merge["share"].reindex(own.index).clip(upper=1.0),
        }
    ).reset_index(drop=True)
    checked_rows: DataFrame = checked(rows, PROMISES[SUCCESSIONS])
    return checked_rows


def _told(before: Tables, after: Tables, division: Division, fresh: GeoDataFrame) -> dict[str, Any]:
    """The new neighbourhoods with their households, and what belongs to none any more."""
    homes = after[Kind.HOUSEHOLDS]["neighbourhood_id"].value_counts()
    ended = Series(True, index=pd.Index(division.ended))
    lost = [row for told in not_carried(before, after, ended) for row in told.to_dict("records")]
    areas = to_metric(fresh).area.round()
    return {
        "parts": [
            {"id": one, "name": name, "households": int(homes.get(one, 0)), "area_m2": float(size)}
            for one, name, size in zip(fresh["neighbourhood_id"], fresh["name"], areas, strict=True)
        ],
        "left_m2": division.left_m2,
        "not_carried": {str(row["what"]): int(row["value"]) for row in lost},
    }
