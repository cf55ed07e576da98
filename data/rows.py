"""From a file as it stands to the rows of a table: parsed, located, with ids, and a list of what was wrong."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely import to_wkb

from data import cells
from data.columns import Columns
from data.reading import RawTable
from geo.crs import to_stored
from geo.errors import InputError, UnknownCrsError
from geo.terms import STORED_CRS, Kind, LocationSource, Trait

KEY = {
    Kind.WARDS: "ward_code",
    Kind.NEIGHBOURHOODS: "neighbourhood_id",
    Kind.STREETS: "street_id",
    Kind.BARRIERS: "barrier_id",
    Kind.HOUSEHOLDS: "household_id",
    Kind.TEAMS: "team_id",
    Kind.MEMBERS: "member_id",
    Kind.GOALS: "goal_id",
    Kind.VISITS: "visit_id",
}
PARSERS: dict[str, cells.Parser] = {
    "ward_code": cells.ward_code,
    "ward_given": cells.ward_code,
    "residents": cells.number,
    "minutes_per_week": cells.number,
    "max_load_min": cells.number,
    "walks_at_most_m": cells.number,
    "valid_days": cells.number,
    "founded_on": cells.day,
    "trained_on": cells.day,
    "valid_from": cells.day,
    "valid_to": cells.day,
    "active_from": cells.day,
    "active_to": cells.day,
    "visited_at": cells.time,
    "outcome": cells.one_of(cells.OUTCOMES),
    "role": cells.one_of(cells.ROLES),
    "traits": cells.traits,
    "concerns": cells.traits,
    "phone": cells.phone,
    "lat": cells.number,
    "lon": cells.number,
    "location_source": cells.one_of({source: source for source in LocationSource}),
}
LOCATED = (
    Kind.WARDS,
    Kind.NEIGHBOURHOODS,
    Kind.STREETS,
    Kind.BARRIERS,
    Kind.HOUSEHOLDS,
    Kind.MEMBERS,
)
# The fields a row cannot do without; for households and members one of several is enough.
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("ward_code",),
    Kind.NEIGHBOURHOODS: ("name",),
    Kind.GOALS: ("name",),
    Kind.VISITS: ("household_given", "visited_at", "outcome"),
    Kind.ASSIGNMENTS: ("household_id", "member_id"),
}
SHAPES: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("Polygon", "MultiPolygon"),
    Kind.NEIGHBOURHOODS: ("Polygon", "MultiPolygon"),
    Kind.STREETS: ("LineString", "MultiLineString"),
    Kind.BARRIERS: ("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
}
NEVER_NEGATIVE = ("residents", "minutes_per_week", "max_load_min", "walks_at_most_m")
# Mainland and islands, Hoàng Sa and Trường Sa included.
VIETNAM_WEST, VIETNAM_SOUTH, VIETNAM_EAST, VIETNAM_NORTH = 102.0, 6.5, 117.5, 23.5
ID_BYTES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a file gives: the rows to store, every problem, and the rows set aside as they stood.

    `problems` has row, column, check, value; a row is set aside for those in `aside` only.
    """

    frame: pd.DataFrame
    problems: pd.DataFrame
    aside: pd.DataFrame
    read: int


class _Problems:
    """Collects what was wrong, whole columns at a time."""

    def __init__(self, raw: RawTable) -> None:
        self._raw = raw
        self._found: list[pd.DataFrame] = []
        self.fatal = pd.Series(False, index=raw.cells.index)

    def add(
        self, where: pd.Series, check: str, column: int | None = None, *, fatal: bool = False
    ) -> None:
        """List the rows at `where`; `column` is the position of the cell to blame."""
        rows = self._raw.rows[where]
        found = pd.DataFrame({"row": rows, "column": None, "check": check, "value": None})
        if column is not None:
            found["column"] = self._raw.headings[column]
            found["value"] = self._raw.cells.loc[where, column]
        self._found.append(found)
        if fatal:
            self.fatal |= where

    def note(
        self, check: str, column: str | None, value: str | None, *, row: int | None = None
    ) -> None:
        """List something about the file as a whole, or about a row that is none of the table."""
        one = {"row": [row], "column": [column], "check": [check], "value": [value]}
        self._found.append(pd.DataFrame(one, dtype=object))

    def table(self) -> pd.DataFrame:
        """Return all, in the order of the file's rows, notes on the whole file first."""
        found = [table.astype(object) for table in self._found if len(table)]
        if not found:
            return pd.DataFrame(columns=["row", "column", "check", "value"], dtype=object)
        whole = pd.concat(found, ignore_index=True)
        whole = whole.astype(object).where(whole.notna(), None)
        order = whole["row"].fillna(0).astype(int).argsort(kind="stable")
        return whole.iloc[order].reset_index(drop=True)


def rows_of(
    raw: RawTable, columns: Columns, kind: Kind, *, ward: str | None = None, crs: str | None = None
) -> Rows:
    """Turn a file into rows of `kind`.

    `ward` names the ward of rows that name none; `crs` the system of a file that states none.

    Raises
    ------
    InputError
        Where a field that every row of the KIND needs has no column, or geometry is missing altogether.
    UnknownCrsError
        Where there is geometry without a system.
    """
    problems = _Problems(raw)
    for heading in columns.national_ids:
        problems.note("national_id_dropped", heading, None)
    for sheet, why in raw.left_out:
        problems.note(why, None, sheet)
    for sheet, row, why in raw.skipped:
        problems.note(f"skip_{why}", None, sheet, row=row)
    _needs_columns(raw, columns, kind)
    frame = _parsed(raw, columns, problems)
    for field in NEEDED.get(kind, ()):
        _needed(frame, field, columns, problems)
    frame["geometry"] = _geometry(raw, frame, columns, kind, crs=crs, problems=problems)
    _needs_content(frame, kind, problems)
    if kind in KEY:
        frame[KEY[kind]] = _ids(raw, frame, columns, kind, problems)
    frame = _finished(frame, kind, ward)
    if kind not in LOCATED:
        frame = frame.drop(columns="geometry")
    return Rows(
        frame=frame[~problems.fatal].reset_index(drop=True),
        problems=problems.table(),
        aside=_aside(raw, columns, problems),
        read=len(raw.cells),
    )


def _needs_columns(raw: RawTable, columns: Columns, kind: Kind) -> None:
    missing = [name for name in NEEDED.get(kind, ()) if name not in columns.positions]
    if missing:
        raise InputError(
            "columns_missing", kind=str(kind), missing=missing, headings=list(raw.headings)
        )
    if kind in SHAPES and not raw.located:
        raise InputError("geometry_missing", kind=str(kind))


def _parsed(raw: RawTable, columns: Columns, problems: _Problems) -> pd.DataFrame:
    """Every field parsed; a cell that cannot be read is missing and listed."""
    frame = pd.DataFrame(index=raw.cells.index)
    for field, position in columns.positions.items():
        typed = raw.cells[position]
        parsed = PARSERS.get(field, cells.text)(typed)
        unread = typed.notna() & parsed.isna() & cells.text(typed).notna()
        if field in ("traits", "concerns"):
            unread &= ~cells.is_plain(typed)
        if field in NEVER_NEGATIVE:
            unread |= parsed < 0
            parsed = parsed.where(~(parsed < 0))
        problems.add(unread, f"{field}_unreadable", position)
        frame[field] = parsed
    return frame


def _needed(frame: pd.DataFrame, field: str, columns: Columns, problems: _Problems) -> None:
    where = frame[field].isna()
    problems.add(where, f"{field}_missing", columns.positions[field], fatal=True)


def _needs_content(frame: pd.DataFrame, kind: Kind, problems: _Problems) -> None:
    """A household or member that says nothing about itself is no household."""
    if kind not in (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.TEAMS):
        return
    telling = frame.drop(columns=["ward_given"], errors="ignore")
    problems.add(telling.isna().all(axis=1), "row_says_nothing", fatal=True)


# --- place ---


def _geometry(
    raw: RawTable,
    frame: pd.DataFrame,
    columns: Columns,
    kind: Kind,
    *,
    crs: str | None,
    problems: _Problems,
) -> gpd.GeoSeries:
    if raw.located:
        return _drawn(raw, kind, crs, problems)
    if "lat" in frame and "lon" in frame:
        return _typed_points(frame, columns, problems)
    return gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)


def _drawn(raw: RawTable, kind: Kind, crs: str | None, problems: _Problems) -> gpd.GeoSeries:
    """The file's own shapes, in EPSG:4326, of the type that the KIND wants."""
    system = _system(crs or raw.crs)
    empty = raw.geometry.isna() | raw.geometry.is_empty
    shapes = to_stored(raw.geometry.mask(empty).set_crs(system))
    bounds = shapes.bounds
    lost = ~empty & ~np.isfinite(bounds).all(axis=1)
    problems.add(lost, "geometry_unplaced", fatal=kind in SHAPES)
    shapes = shapes.mask(lost)
    if kind in SHAPES:
        problems.add(empty, "geometry_missing", fatal=True)
        wrong = ~empty & ~shapes.geom_type.isin(SHAPES[kind])
        problems.add(wrong, "geometry_type", fatal=True)
    abroad = _abroad(bounds["minx"], bounds["miny"]) & ~empty & ~lost
    problems.add(abroad, "outside_vietnam", fatal=kind in SHAPES)
    shapes = shapes.mask(abroad)
    return _repaired(shapes, problems) if kind in SHAPES else shapes.representative_point()


def _system(named: str | None) -> CRS:
    if named is None:
        raise UnknownCrsError("crs_unknown")
    try:
        return CRS.from_user_input(named)
    except CRSError as error:
        raise UnknownCrsError("crs_unusable", crs=named) from error


def _repaired(shapes: gpd.GeoSeries, problems: _Problems) -> gpd.GeoSeries:
    """Rings that cross themselves are mended and listed."""
    invalid = ~shapes.is_valid & shapes.notna() & ~shapes.is_empty
    problems.add(invalid, "geometry_invalid")
    mended = shapes[invalid].make_valid(method="structure")
    return shapes.where(~invalid, mended.reindex(shapes.index))


def _typed_points(frame: pd.DataFrame, columns: Columns, problems: _Problems) -> gpd.GeoSeries:
    half = frame["lat"].isna() != frame["lon"].isna()
    problems.add(half, "coordinates_half", columns.positions["lat"])
    abroad = _abroad(frame["lon"], frame["lat"])
    problems.add(abroad, "outside_vietnam", columns.positions["lat"])
    known = frame[["lat", "lon"]].notna().all(axis=1) & ~abroad
    points = gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)
    points[known] = gpd.points_from_xy(frame.loc[known, "lon"], frame.loc[known, "lat"])
    return points


def _abroad(lon: pd.Series, lat: pd.Series) -> pd.Series:
    known = lon.notna() & lat.notna()
    inside = lon.between(VIETNAM_WEST, VIETNAM_EAST) & lat.between(VIETNAM_SOUTH, VIETNAM_NORTH)
    return known & ~inside


# --- ids ---


def _ids(
    raw: RawTable, frame: pd.DataFrame, columns: Columns, kind: Kind, problems: _Problems
) -> pd.Series:
    """The file's own ids where they are usable, else ids made of kind, place and row content."""
    field = KEY[kind]
    made = _content_ids(raw, frame, kind, columns)
    if field not in columns.positions:
        return made
    given = frame[field].mask(problems.fatal)
    repeated = given.notna() & given.duplicated()
    if not repeated.any():
        return frame[field].where(frame[field].notna(), made)
    heading = raw.headings[columns.positions[field]]
    if kind == Kind.WARDS:
        problems.add(repeated, "id_repeats", columns.positions[field], fatal=True)
        return frame[field]
    problems.note("id_repeats", heading, str(int(repeated.sum())))
    return made


def _content_ids(raw: RawTable, frame: pd.DataFrame, kind: Kind, columns: Columns) -> pd.Series:
    private = {raw.headings.index(heading) for heading in columns.national_ids}
    shown = [raw.cells[i].fillna("") for i in raw.cells if i not in private]
    places = to_wkb(shapely.set_precision(frame["geometry"].to_numpy(), 1e-7))
    content = ["\x1f".join(row).encode("utf-8", "replace") for row in zip(*shown, strict=True)] or [
        b""
    ] * len(frame)
    digests = [
        hashlib.blake2b(
            bytes(kind, "ascii") + (place or b"") + row, digest_size=ID_BYTES
        ).hexdigest()
        for place, row in zip(places, content, strict=True)
    ]
    ids = pd.Series(digests, index=frame.index)
    again = ids.groupby(ids).cumcount()
    return kind[0].upper() + "-" + ids + ("-" + (again + 1).astype(str)).where(again > 0, "")


# --- the last touches ---


def _finished(frame: pd.DataFrame, kind: Kind, ward: str | None) -> pd.DataFrame:
    finish: dict[Kind, Callable[[pd.DataFrame], pd.DataFrame]] = {
        Kind.WARDS: _wards,
        Kind.HOUSEHOLDS: _households,
        Kind.BARRIERS: _barriers,
    }
    done = finish[kind](frame) if kind in finish else frame
    if kind not in (Kind.WARDS, Kind.GOALS, Kind.ASSIGNMENTS):
        given = done["ward_given"] if "ward_given" in done else pd.Series(None, index=done.index)
        done["ward_given"] = given.astype("str").fillna(ward) if ward else given.astype("str")
    return done


def _wards(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame["name"] if "name" in frame else frame["ward_code"]
    kinds = cells.one_of(cells.WARD_KINDS)
    known = kinds(named.str.extract(r"^(Phường|Xã|Đặc khu)\b", expand=False))
    kind = frame["kind"].pipe(kinds).fillna(known) if "kind" in frame else known
    return frame.assign(name=named.fillna(frame["ward_code"]), kind=kind, made=False)


def _households(frame: pd.DataFrame) -> pd.DataFrame:
    """Ticked poverty columns become traits; a located household says that it was measured."""
    ticked = [
        (trait, cells.yes(frame[column]))
        for trait, column in ((Trait.POOR, "poor"), (Trait.NEAR_POOR, "near_poor"))
        if column in frame
    ]
    if ticked:
        said = frame["traits"] if "traits" in frame else pd.Series(None, index=frame.index)
        both = said.astype("str").fillna("")
        for trait, where in ticked:
            both = both.where(~where, both + "," + trait)
        frame["traits"] = cells.traits(both.where(both != ""))
    located = frame["geometry"].notna()
    source = frame.get("location_source")
    measured = pd.Series(LocationSource.MEASURED.value, index=frame.index).where(located)
    frame["location_source"] = measured if source is None else source.fillna(measured)
    if "address_raw" in frame:
        opaque = pd.Series("opaque", index=frame.index)
        frame["address_scheme"] = opaque.where(frame["address_raw"].notna())
    return frame


def _barriers(frame: pd.DataFrame) -> pd.DataFrame:
    """A river drawn as an area is kept as its banks."""
    shapes = gpd.GeoSeries(frame["geometry"], crs=STORED_CRS)
    areas = shapes.geom_type.isin(("Polygon", "MultiPolygon"))
    return frame.assign(geometry=shapes.where(~areas, shapes.boundary))


def _aside(raw: RawTable, columns: Columns, problems: _Problems) -> pd.DataFrame:
    """The rows set aside as they stood, without national ids."""
    shown = [i for i, name in enumerate(raw.headings) if name not in columns.national_ids]
    aside = raw.cells.loc[problems.fatal, shown]
    aside.columns = [raw.headings[i] for i in shown]
    aside.insert(0, "row", raw.rows[problems.fatal])
    return aside.reset_index(drop=True)


def stem_kind(path: Path) -> Kind | None:
    """Return the KIND a file is named after, if it is."""
    return next((kind for kind in Kind if path.stem.lower() == kind), None)
