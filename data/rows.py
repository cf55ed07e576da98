"""From a file as it stands to the rows of a table: parsed, located, with ids, and a list of what was wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from data import cells
from data.columns import Columns
from data.ids import row_ids
from data.osm import held, of_osm
from data.points import TYPED, typed_points
from data.problems import Problems, sheets_of
from data.reading import RawTable
from data.schema import KEYS, LOCATED
from data.shapes import SHAPES, banks, drawn
from data.statuses import note_statuses
from data.untouched import without_untouched
from data.visit_rows import note_spoilt, spoilt, told_once, visit_ids
from data.zones import Drawing, drawn_zones
from geo.addresses.reading import read_addresses
from geo.errors import InputError
from geo.locating import place_given
from geo.spoken import told_apart
from geo.terms import STORED_CRS, Kind, LocationSource, Trait

PARSERS: dict[str, cells.Parser] = {
    "ward_code": cells.ward_code,
    "ward_given": cells.ward_named,
    "residents": cells.number,
    "households": cells.number,
    "minutes_per_week": cells.number,
    "max_load_min": cells.number,
    "walks_at_most_m": cells.number,
    "valid_days": cells.number,
    "value": cells.count,
    "of": cells.count,
    "precision_m": cells.number,
    "as_of": cells.day,
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
    "location_source": cells.one_of(cells.SOURCES),
}
# What is held beside what is stored once more: a row may then be set aside as it stood.
STOOD = (Kind.HOUSEHOLDS, Kind.VISITS)
# The fields a row cannot do without; for households and members one of several is enough.
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("ward_code",),
    Kind.NEIGHBOURHOODS: ("name",),
    Kind.ADDRESSES: ("code",),
    Kind.GOALS: ("name",),
    Kind.FIGURES: ("indicator", "value"),
    Kind.VISITS: ("household_given", "visited_at", "outcome"),
    Kind.ASSIGNMENTS: ("household_id", "member_id"),
}
NEVER_NEGATIVE = (
    "residents",
    "households",
    "minutes_per_week",
    "max_load_min",
    "walks_at_most_m",
    "precision_m",
    "of",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a file gives: the rows to store, every problem, and the rows set aside as they stood.

    `problems` has row, column, check, value, sheet; a row is set aside for those in `aside` only. The first two
    columns of `aside` are `row` and `sheet`, the others the file's, by its headings, which may repeat. `origin` has row
    and sheet of each row of `frame`, on its index; `made_ids` says whether its id was made of its content, and `stood`
    holds households and visits as `aside` does, as they stood. `drawing` is what a file of neighbourhoods draws beside
    them.
    """

    frame: pd.DataFrame
    problems: pd.DataFrame
    aside: pd.DataFrame
    read: int
    origin: pd.DataFrame = field(default_factory=pd.DataFrame)
    made_ids: pd.Series = field(default_factory=lambda: pd.Series(dtype=bool))
    stood: pd.DataFrame = field(default_factory=pd.DataFrame)
    drawing: Drawing | None = None


def rows_of(
    raw: RawTable,
    columns: Columns,
    kind: Kind,
    *,
    ward: str | None = None,
    crs: str | None = None,
    area: BaseGeometry | None = None,
) -> Rows:
    """Turn a file into rows of `kind`.

    `ward` names the ward of rows that name none; `crs` the system of a file that states none, for which else `area`
    decides: where the file should lie, in EPSG:4326.

    Raises
    ------
    InputError
        Where a field that every row of the KIND needs has no column, or geometry is missing altogether; where an
        OpenStreetMap extract holds none of the KIND.
    UnknownCrsError
        Where there is geometry without a system.
    """
    raw, untouched = without_untouched(held(raw, kind), columns, kind)
    problems = Problems(raw)
    if untouched:
        problems.note("visits_untouched", None, str(untouched))
    for heading in columns.national_ids:
        problems.note("national_id_dropped", heading, None)
    for sheet, why in raw.left_out:
        problems.note(why, None, sheet, sheet=sheet)
    for sheet, row, why in raw.skipped:
        problems.note(f"skip_{why}", None, None, row=row, sheet=sheet)
    if of_osm(raw):
        problems.note("osm_credit", None, None)
    note_statuses(raw, columns, kind, problems)
    _needs_columns(raw, columns, kind)
    frame = parsed(raw, columns, problems)
    note_spoilt(frame, columns, problems)
    # a neighbourhood without a name may get one from a label
    for name in NEEDED.get(kind, ()) if kind != Kind.NEIGHBOURHOODS else ():
        _needed(frame, name, columns, problems)
    frame = frame.assign(
        **_places(raw, frame, columns, kind, crs=crs, area=area, problems=problems)
    )
    if kind == Kind.HOUSEHOLDS:
        frame = told_apart(frame)
    _needs_content(frame, kind, problems)
    made = pd.Series(True, index=frame.index)
    if kind in KEYS:
        given = frame.get(KEYS[kind], pd.Series(None, index=frame.index, dtype="str"))
        ids = visit_ids if kind == Kind.VISITS else partial(row_ids, kind=kind)
        frame[KEYS[kind]] = ids(raw, frame, columns, problems=problems)
        made = ~frame[KEYS[kind]].eq(given)
    drawing = None
    if kind == Kind.NEIGHBOURHOODS:
        frame, drawing = drawn_zones(frame, problems)
    if kind == Kind.WARDS and ward is not None:
        frame = _asked(frame, ward, problems)
    if kind == Kind.VISITS:
        frame = told_once(frame, problems.fatal)
    frame = _finished(frame, kind, ward)
    if kind not in LOCATED:
        frame = frame.drop(columns="geometry")
    taken = ~frame.index.isin(problems.fatal.index[problems.fatal])
    return Rows(
        frame=frame[taken].reset_index(drop=True),
        problems=problems.table(),
        aside=_stood(raw, columns, problems.fatal),
        read=len(raw.cells),
        origin=_origins(raw, ~problems.fatal).reindex(frame.index[taken]).reset_index(drop=True),
        made_ids=made[~problems.fatal].reset_index(drop=True),
        stood=_stood(raw, columns, _among(raw, frame.index[taken]) & (kind in STOOD)),
        drawing=drawing,
    )


def _among(raw: RawTable, rows: pd.Index) -> pd.Series:
    return pd.Series(raw.cells.index.isin(rows), index=raw.cells.index)


def _needs_columns(raw: RawTable, columns: Columns, kind: Kind) -> None:
    missing = [name for name in NEEDED.get(kind, ()) if name not in columns.positions]
    if missing:
        raise InputError(
            "columns_missing", kind=str(kind), missing=missing, headings=list(raw.headings)
        )
    if kind in SHAPES and not raw.located:
        raise InputError("geometry_missing", kind=str(kind))


def parsed(raw: RawTable, columns: Columns, problems: Problems) -> pd.DataFrame:
    """Return every field parsed; a cell that cannot be read is missing and listed."""
    frame = pd.DataFrame(index=raw.cells.index)
    for name, position in columns.positions.items():
        typed = raw.cells[position]
        parsed = PARSERS.get(name, cells.text)(typed)
        unread = typed.notna() & parsed.isna()
        unread[unread] = cells.text(typed[unread]).notna()
        if name in ("traits", "concerns"):
            unread &= ~cells.is_plain(typed)
        if name in NEVER_NEGATIVE:
            unread |= parsed < 0
            parsed = parsed.where(~(parsed < 0))
        problems.add(unread, f"{name}_unreadable", position)
        frame[name] = parsed
    return frame


def _needed(frame: pd.DataFrame, field: str, columns: Columns, problems: Problems) -> None:
    where = frame[field].isna() & ~spoilt(frame)
    problems.add(where, f"{field}_missing", columns.positions[field], fatal=True)


def _needs_content(frame: pd.DataFrame, kind: Kind, problems: Problems) -> None:
    """A household or member that says nothing about itself is no household."""
    if kind not in (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.TEAMS):
        return
    telling = frame.drop(columns=["ward_given"], errors="ignore")
    problems.add(telling.isna().all(axis=1), "row_says_nothing", fatal=True)


def _places(
    raw: RawTable,
    frame: pd.DataFrame,
    columns: Columns,
    kind: Kind,
    *,
    crs: str | None,
    area: BaseGeometry | None,
    problems: Problems,
) -> dict[str, pd.Series]:
    """The column `geometry`, and of households in an open system `coordinates_given`."""
    if raw.located:
        return {"geometry": drawn(raw, kind, crs, problems, area=area)}
    if not set(TYPED) & set(frame.columns):
        return {"geometry": gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)}
    homes = kind == Kind.HOUSEHOLDS
    typed = typed_points(frame, columns, problems, crs=crs, area=None if homes else area)
    if homes:
        return {"geometry": typed.geometry, "coordinates_given": typed.coordinates_given}
    problems.add(typed.coordinates_given.notna(), "metres_open", columns.positions.get("x_m"))
    return {"geometry": typed.geometry}


# --- the last touches ---


def _finished(frame: pd.DataFrame, kind: Kind, ward: str | None) -> pd.DataFrame:
    finish: dict[Kind, Callable[[pd.DataFrame], pd.DataFrame]] = {
        Kind.WARDS: _wards,
        Kind.HOUSEHOLDS: _households,
        Kind.BARRIERS: banks,
    }
    done = finish[kind](frame) if kind in finish else frame
    if kind not in (Kind.WARDS, Kind.GOALS, Kind.ASSIGNMENTS):
        given = done["ward_given"] if "ward_given" in done else pd.Series(None, index=done.index)
        done["ward_given"] = given.astype("str").fillna(ward) if ward else given.astype("str")
    return done


def _asked(frame: pd.DataFrame, ward: str, problems: Problems) -> pd.DataFrame:
    """The one ward that was asked for, out of a file of many."""
    asked = frame["ward_code"] == ward
    if not asked.any():
        raise InputError("ward_not_in_file", ward=ward, wards=len(frame))
    if not asked.all():
        problems.note("wards_not_asked", None, str(int((~asked).sum())))
    return frame[asked]


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
    if "address_raw" in frame:
        frame["address_scheme"] = read_addresses(frame["address_raw"])["scheme"]
    return _as_located(frame)


def _as_located(frame: pd.DataFrame) -> pd.DataFrame:
    """A located household was measured, unless its file says that its place is a guess or an address's."""
    located = frame["geometry"].notna()
    nothing = pd.Series(None, index=frame.index, dtype="str")
    source = frame.get("location_source", nothing)
    said = located & source.isin((LocationSource.ADDRESS, LocationSource.ESTIMATED))
    points = gpd.GeoSeries(frame["geometry"], crs=STORED_CRS)
    off_m = frame.get("precision_m", pd.Series(np.nan, index=frame.index))
    given = frame.get("coordinates_given", nothing)
    return frame.drop(columns="precision_m", errors="ignore").assign(
        location_source=nothing.where(~located | said, LocationSource.MEASURED.value),
        coordinates_given=given.where(~said, place_given(source, points, off_m)),
        geometry=points.mask(said),
    )


def _stood(raw: RawTable, columns: Columns, where: pd.Series) -> pd.DataFrame:
    """Rows as they stood, without national ids."""
    shown = [i for i, name in enumerate(raw.headings) if name not in columns.national_ids]
    stood = pd.concat([_origins(raw, where), raw.cells.loc[where, shown]], axis=1)
    stood.columns = ["row", "sheet", *(raw.headings[i] for i in shown)]
    return stood.reset_index(drop=True)


def _origins(raw: RawTable, where: pd.Series) -> pd.DataFrame:
    """Row and sheet as a person counts them."""
    return pd.DataFrame({"row": raw.rows[where], "sheet": sheets_of(raw)[where]})


def stem_kind(path: Path) -> Kind | None:
    """Return the KIND a file is named after, if it is."""
    return next((kind for kind in Kind if path.stem.lower() == kind), None)
