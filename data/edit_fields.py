"""What a person types into a form, read as the cells of a file are: by the same parsers, with the same complaints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point
from shapely.geometry.base import BaseGeometry

from data.columns import Columns
from data.problems import Problems
from data.reading import RawTable
from data.rows import parsed
from data.shapes import known_area
from geo.addresses.address import AddressContext
from geo.addresses.reading import read_addresses
from geo.errors import InputError
from geo.locating import EXACT_M, looked_up
from geo.placing import GPS_DEGREES
from geo.terms import STORED_CRS, Kind, LocationSource

# The one field that is no column: coordinates or a digital address, typed or clicked on the map.
PLACE = "place"
# What a person may change by hand, in the order in which it is asked for.
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.MEMBERS: (
        *("name", "phone", "role", "team_given", "neighbourhood_given", "minutes_per_week"),
        *("max_load_min", "walks_at_most_m", "skills", "active_from", "active_to", PLACE),
    ),
    Kind.TEAMS: (
        *("name", "neighbourhood_given", "founded_on", "decision", "trained_on", "active_to"),
    ),
    Kind.GOALS: ("name", "concerns", "valid_days", "active_to"),
    Kind.HOUSEHOLDS: (
        *("head", "phone", "house_number", "alley", "street", "address_raw", "residents"),
        *("traits", "neighbourhood_given", PLACE),
    ),
    Kind.VISITS: (
        *("household_given", "member_given", "goal_given", "visited_at", "outcome", "note"),
    ),
}
# What a row cannot do without; of households and members one of several.
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.MEMBERS: ("name",),
    Kind.TEAMS: ("name",),
    Kind.GOALS: ("name",),
    Kind.VISITS: ("household_given", "visited_at", "outcome"),
}
# Days, the earlier of which must not come after the later.
IN_ORDER: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.MEMBERS: (("active_from", "active_to"),),
    Kind.TEAMS: (("founded_on", "active_to"),),
}
MUST_BE_POSITIVE = ("valid_days",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What reading a typed place needs: the outline of the ward, and its own table of digital addresses."""

    area: BaseGeometry | None
    addresses: gpd.GeoDataFrame | None
    ward: str | None


def surroundings(wards: Any, addresses: Any, ward: str | None) -> Surroundings:
    """Return what is around a row of a ward."""
    return Surroundings(area=known_area(wards, ward), addresses=addresses, ward=ward)


def faulty(faults: Mapping[str, str]) -> InputError:
    """Return the error that says what is wrong with each field: codes of `words.problem`, under the field's name."""
    return InputError("edit_faults", faults=dict(faults), count=len(faults))


def read_fields(kind: Kind, typed: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """Return the columns that typed fields fill; None where a field was emptied.

    Raises
    ------
    InputError
        `edit_faults`, where a field cannot be read; `field_unknown`, where a KIND has no such field.
    """
    unknown = set(typed) - set(FIELDS[kind])
    if unknown:
        raise InputError("field_unknown", field=sorted(unknown)[0], fields=list(FIELDS[kind]))
    texts = {name: _text(value) for name, value in typed.items() if name != PLACE}
    values, faults = _parsed(texts)
    if PLACE in typed:
        point, fault = read_place(_text(typed[PLACE]), around)
        values |= _placed(kind, point)
        faults |= {PLACE: fault} if fault else {}
    if faults:
        raise faulty(faults)
    return values


def faults_of(kind: Kind, row: Mapping[str, Any], on: str) -> dict[str, str]:
    """Return what is wrong with a row as a whole: what is missing, days that contradict each other or lie ahead."""
    found = {name: f"{name}_missing" for name in NEEDED.get(kind, ()) if pd.isna(row[name])}
    for earlier, later in IN_ORDER.get(kind, ()):
        if not (pd.isna(row[earlier]) or pd.isna(row[later])) and row[later] < row[earlier]:
            found[later] = "edit_days_turned"
    if kind == Kind.HOUSEHOLDS and pd.isna(row["head"]) and pd.isna(row["house_number"]):
        found["head"] = "edit_head_or_house"
    if kind == Kind.VISITS and not pd.isna(row["visited_at"]) and _day(row["visited_at"]) > on:
        found["visited_at"] = "edit_day_ahead"
    return found


def _text(value: Any) -> str | None:
    told = None if value is None else str(value).strip()
    return told or None


def _parsed(texts: Mapping[str, str | None]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of fields, and what is wrong with some, as with the cells of a file of one row."""
    if not texts:
        return {}, {}
    cells = pd.DataFrame({at: [text] for at, text in enumerate(texts.values())}, dtype="str")
    raw = RawTable(
        headings=tuple(texts),
        cells=cells,
        rows=pd.Series([1], index=cells.index),
        geometry=gpd.GeoSeries([None], index=cells.index),
        crs=None,
        located=False,
    )
    places = {name: at for at, name in enumerate(texts)}
    problems = Problems(raw)
    row = parsed(raw, Columns(places, (), ()), problems).iloc[0]
    values: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in texts}
    told = problems.table()
    faults = dict(zip(told["column"], told["check"], strict=True))
    for name in MUST_BE_POSITIVE:
        if values.get(name) is not None and values[name] <= 0:
            faults[name] = f"{name}_unreadable"
    if "address_raw" in values:
        scheme = read_addresses(pd.Series([values["address_raw"]], dtype="str"))["scheme"].iloc[0]
        values["address_scheme"] = None if pd.isna(scheme) else scheme
    return values, faults


# --- places ---


def read_place(text: str | None, around: Surroundings) -> tuple[Point | None, str | None]:
    """Return the point that a text means, or what is wrong with it; neither for no text."""
    if text is None:
        return None, None
    codes = {} if around.addresses is None else looked_up(around.addresses, around.ward or "")
    context = AddressContext(area=around.area, lookup=codes)
    read = read_addresses(pd.Series([text], dtype="str"), context=context).iloc[0]
    if pd.isna(read["lat"]):
        return None, f"address_{read['why']}"
    if read["precision_m"] > EXACT_M:
        return None, "edit_place_coarse"
    point = Point(read["lon"], read["lat"])
    if around.area is not None and around.area.distance(point) > GPS_DEGREES:
        return None, "edit_place_outside"
    return point, None


def _placed(kind: Kind, point: Point | None) -> dict[str, Any]:
    """A place that a person pointed at counts as measured; without one, what else is told decides again."""
    if kind != Kind.HOUSEHOLDS:
        return {"geometry": point}
    source = None if point is None else LocationSource.MEASURED.value
    return {"geometry": point, "location_source": source, "coordinates_given": None}


def _day(moment: Any) -> str:
    return str(pd.Timestamp(moment).tz_convert("Asia/Ho_Chi_Minh").date())


def as_geometry(value: Any) -> gpd.GeoSeries:
    """Return one shape, or none, as a column."""
    return gpd.GeoSeries([value], crs=STORED_CRS)
