"""From a file as it stands to the rows of a table: parsed, located, with ids, and a list of what was wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data import cells
from data.columns import Columns
from data.ids import row_ids
from data.points import typed_points
from data.problems import Problems
from data.reading import RawTable
from data.schema import KEYS
from data.shapes import SHAPES, banks, drawn
from geo.errors import InputError
from geo.terms import STORED_CRS, Kind, LocationSource, Trait

PARSERS: dict[str, cells.Parser] = {
    "ward_code": cells.ward_code,
    "ward_given": cells.ward_code,
    "residents": cells.number,
    "minutes_per_week": cells.number,
    "max_load_min": cells.number,
    "walks_at_most_m": cells.number,
    "valid_days": cells.number,
    "value": cells.number,
    "of": cells.number,
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
    "lat": cells.number,
    "lon": cells.number,
    "location_source": cells.one_of({source: source for source in LocationSource}),
}
LOCATED = (
    Kind.WARDS,
    Kind.NEIGHBOURHOODS,
    Kind.STREETS,
    Kind.BARRIERS,
    Kind.ADDRESSES,
    Kind.HOUSEHOLDS,
    Kind.MEMBERS,
)
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
NEVER_NEGATIVE = ("residents", "minutes_per_week", "max_load_min", "walks_at_most_m", "precision_m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a file gives: the rows to store, every problem, and the rows set aside as they stood.

    `problems` has row, column, check, value; a row is set aside for those in `aside` only.
    """

    frame: pd.DataFrame
    problems: pd.DataFrame
    aside: pd.DataFrame
    read: int


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
    problems = Problems(raw)
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
    if kind in KEYS:
        frame[KEYS[kind]] = row_ids(raw, frame, columns, kind, problems)
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


def _parsed(raw: RawTable, columns: Columns, problems: Problems) -> pd.DataFrame:
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


def _needed(frame: pd.DataFrame, field: str, columns: Columns, problems: Problems) -> None:
    where = frame[field].isna()
    problems.add(where, f"{field}_missing", columns.positions[field], fatal=True)


def _needs_content(frame: pd.DataFrame, kind: Kind, problems: Problems) -> None:
    """A household or member that says nothing about itself is no household."""
    if kind not in (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.TEAMS):
        return
    telling = frame.drop(columns=["ward_given"], errors="ignore")
    problems.add(telling.isna().all(axis=1), "row_says_nothing", fatal=True)


def _geometry(
    raw: RawTable,
    frame: pd.DataFrame,
    columns: Columns,
    kind: Kind,
    *,
    crs: str | None,
    problems: Problems,
) -> gpd.GeoSeries:
    if raw.located:
        return drawn(raw, kind, crs, problems)
    if "lat" in frame and "lon" in frame:
        return typed_points(frame, columns, problems)
    return gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)


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


def _aside(raw: RawTable, columns: Columns, problems: Problems) -> pd.DataFrame:
    """The rows set aside as they stood, without national ids."""
    shown = [i for i, name in enumerate(raw.headings) if name not in columns.national_ids]
    aside = raw.cells.loc[problems.fatal, shown]
    aside.columns = [raw.headings[i] for i in shown]
    aside.insert(0, "row", raw.rows[problems.fatal])
    return aside.reset_index(drop=True)


def stem_kind(path: Path) -> Kind | None:
    """Return the KIND a file is named after, if it is."""
    return next((kind for kind in Kind if path.stem.lower() == kind), None)
