"""Where households are: measured, in metres whose system the ward decides, by a digital address, or estimated.

What a file says of a place and cannot be settled by the row alone stands in `coordinates_given`, one of

    metres 1818728.75 557901.69               northing and easting of VN-2000 or UTM, the system still open
    estimated 16.4411 107.5443 25             a place that the file itself calls no measurement (and its radius)

A measured point without `coordinates_given` is never touched. All others are worked out anew from what is stored,
so that it does not matter which file came first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pandas import DataFrame, Series
from shapely.geometry.base import BaseGeometry

from geo.addresses.address import AddressContext, Place
from geo.addresses.lookup import make_lookup
from geo.addresses.reading import read_addresses
from geo.crs import metric_crs
from geo.folding import fold_place
from geo.guess_crs import CrsDecision, Verdict, decide_crs
from geo.interpolating import estimate, read_doors, street_lines
from geo.placing import located, match_reference
from geo.stacks import stacked
from geo.terms import STORED_CRS, LocationSource
from geo.vietnam import in_vietnam
from geo.vn2000 import to_degrees

METRES = "metres"
GIVEN = r"^(?P<source>\w+) (?P<first>\S+) (?P<second>\S+)(?: (?P<off_m>\S+))?$"
# Degrees to a centimetre, so that the same rows in another order give the same text.
DECIMALS, RADIUS_DECIMALS = 7, 1
# An address coarser than this says too little of its neighbours.
EXACT_M = 20.0
DERIVED = (LocationSource.ADDRESS, LocationSource.ESTIMATED)

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known around the households: `addresses` the looked-up codes, all in EPSG:4326."""

    wards: gpd.GeoDataFrame
    neighbourhoods: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame


def metres_given(north: Series, east: Series) -> Series:
    """Return the text of `coordinates_given` for metres in an open system, missing where there are none."""
    written = f"{METRES} " + north.map("{:.3f}".format) + " " + east.map("{:.3f}".format)
    given: Series = written.astype("str").where(north.notna())
    return given


def place_given(source: Series, points: gpd.GeoSeries, off_m: Series) -> Series:
    """Return the text of `coordinates_given` for points that the file itself calls no measurement."""
    lat, lon = (part.map(f"{{:.{DECIMALS}f}}".format) for part in (points.y, points.x))
    off = " " + off_m.round(RADIUS_DECIMALS).astype("str")
    given: Series = (source + " " + lat + " " + lon + off.fillna("")).astype("str")
    return given


def said_last(
    homes: gpd.GeoDataFrame, incoming: DataFrame, before: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return `homes`, in which `incoming` was merged into `before`, with one word of each home's place: the last.

    Metres that came now take the place of a point that came before, and a point that of metres; what the file itself
    calls a guess takes the place of no measurement.
    """
    if "geometry" not in incoming or "coordinates_given" not in incoming:
        return homes
    ids, given = incoming["household_id"], incoming["coordinates_given"]
    guessed = given.notna() & ~given.str.startswith(METRES).eq(True)
    measured = before["household_id"][before["location_source"].eq(LocationSource.MEASURED)]
    idle = ids[guessed & ids.isin(measured)]
    pointed = homes["household_id"].isin(ids[incoming["geometry"].notna()])
    told = homes["household_id"].isin(ids[given.notna()])
    said = homes.assign(
        coordinates_given=homes["coordinates_given"].mask(pointed),
        location_source=homes["location_source"].mask(told),
        geometry=homes.geometry.mask(told),
    )
    back = said["household_id"].isin(idle)
    old = before.set_index("household_id").reindex(said.loc[back, "household_id"])
    for name in ("coordinates_given", "location_source", "geometry"):
        said.loc[back, name] = old[name].to_numpy()
    return said


def locate(
    homes: gpd.GeoDataFrame, ground: Ground, *, ward_of: Callable[[gpd.GeoDataFrame], Series]
) -> gpd.GeoDataFrame:
    """Return households with their place and their ward worked out anew.

    Filled are `geometry`, `location_source`, `precision_m`, `confidence`, `address_scheme` and `ward_code`; `ward_of`
    tells the ward of rows by their words and their place, missing where neither does.
    """
    settled = _forgotten(homes)
    settled = settled.assign(ward_code=ward_of(settled))
    nowhere = settled.index[~located(settled.geometry)]
    if not len(nowhere):
        return settled
    rows = settled.loc[nowhere].sort_values("household_id")
    found = _from_given(rows, ground)
    settled = _put(settled, found.fillna(_from_addresses(rows, ground)), ward_of)
    left = settled.loc[rows.index]
    return _put(settled, _estimated(settled, left[~located(left.geometry)], ground), ward_of)


def _forgotten(homes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Households as their files left them: what was worked out before is gone."""
    derived = homes["coordinates_given"].notna() | homes["location_source"].isin(DERIVED)
    return homes.assign(
        geometry=homes.geometry.mask(derived),
        location_source=homes["location_source"].mask(derived),
        precision_m=np.nan,
        confidence=np.nan,
    )


_FOUND = ("lat", "lon", "precision_m", "confidence", "location_source", "address_scheme")


def _nothing(index: pd.Index) -> DataFrame:
    numbers = {name: Series(np.nan, index=index, dtype=float) for name in _FOUND[:4]}
    texts = {name: Series(None, index=index, dtype="str") for name in _FOUND[4:]}
    return DataFrame({**numbers, **texts})


def _put(
    homes: gpd.GeoDataFrame, found: DataFrame, ward_of: Callable[[gpd.GeoDataFrame], Series]
) -> gpd.GeoDataFrame:
    settled = homes.copy()
    there = found[found["lat"].notna()].round({"lat": DECIMALS, "lon": DECIMALS})
    points = gpd.GeoSeries.from_xy(there["lon"], there["lat"], index=there.index, crs=STORED_CRS)
    settled.loc[there.index, "geometry"] = points
    for name in ("precision_m", "confidence", "location_source"):
        settled.loc[there.index, name] = there[name]
    known = found["address_scheme"].dropna()
    settled.loc[known.index, "address_scheme"] = known
    settled.loc[there.index, "ward_code"] = ward_of(settled.loc[there.index])
    return settled


# --- what the file gave ---


def _given(rows: DataFrame) -> DataFrame:
    parts = rows["coordinates_given"].dropna().str.extract(GIVEN)
    numbers = parts[["first", "second", "off_m"]].astype(float)
    return numbers.assign(source=parts["source"])


def _from_given(rows: DataFrame, ground: Ground) -> DataFrame:
    found = _nothing(rows.index)
    given = _given(rows)
    said = given[given["source"] != METRES]
    columns = ["lat", "lon", "precision_m", "location_source"]
    found.loc[said.index, columns] = said[["first", "second", "off_m", "source"]].to_numpy()
    for own, decision in _decisions(
        given[given["source"] == METRES], rows["ward_code"], ground.wards
    ):
        if decision.crs is None:
            continue
        lat, lon = to_degrees(own["first"], own["second"], crs=decision.crs)
        inside = in_vietnam(lat, lon)
        found.loc[own.index, "lat"] = np.where(inside, lat, np.nan)
        found.loc[own.index, "lon"] = np.where(inside, lon, np.nan)
        found.loc[own.index, "location_source"] = LocationSource.MEASURED.value
    return found.astype({"lat": float, "lon": float, "precision_m": float})


def _decisions(
    metres: DataFrame, ward: Series, wards: gpd.GeoDataFrame
) -> Iterator[tuple[DataFrame, CrsDecision]]:
    """The rows of each ward, and what all of them together say of their system."""
    for code, own in metres.groupby(ward.reindex(metres.index).fillna("")):
        area = _area(wards, str(code))
        if area is None:
            yield own, CrsDecision(verdict=Verdict.NONE)
        else:
            yield own, decide_crs(own["second"], own["first"], area=area)


def _area(wards: gpd.GeoDataFrame, code: str) -> BaseGeometry | None:
    """The outline of a ward; of all wards where the ward is not known."""
    shapes = wards.geometry[located(wards.geometry)]
    own = shapes if code == "" else shapes[wards["ward_code"] == code]
    return own.union_all() if len(own) else None


def metres_open(homes: gpd.GeoDataFrame, wards: gpd.GeoDataFrame) -> DataFrame:
    """Return which settled households have metres that led to no place: `household_id`, `check`, `value`.

    `check` is `metres_ask`, with the systems to choose from as `value`, or `metres_unknown`.
    """
    given = _given(homes.sort_values("household_id"))
    metres = given[given["source"] == METRES]
    parts = [DataFrame(columns=["household_id", "check", "value"], dtype="str")]
    for own, decision in _decisions(metres, homes["ward_code"], wards):
        if decision.crs is None:
            asked = decision.verdict == Verdict.ASK
            names = ", ".join(dict.fromkeys(way.crs for way in decision.candidates))
            parts.append(
                DataFrame(
                    {
                        "household_id": homes.loc[own.index, "household_id"],
                        "check": "metres_ask" if asked else "metres_unknown",
                        "value": names if asked else None,
                    }
                )
            )
    return pd.concat(parts)


# --- digital addresses ---


def _from_addresses(rows: DataFrame, ground: Ground) -> DataFrame:
    found = _nothing(rows.index)
    addressed = rows[rows["address_raw"].notna()]
    for code, own in addressed.groupby(addressed["ward_code"].fillna("")):
        context = AddressContext(
            area=_area(ground.wards, str(code)), lookup=looked_up(ground.addresses, str(code))
        )
        read = read_addresses(own["address_raw"], context=context)
        there = read["lat"].notna()
        for name in ("lat", "lon", "precision_m", "confidence"):
            found.loc[own.index, name] = read[name].where(there)
        found.loc[own.index, "address_scheme"] = read["scheme"]
        found.loc[own.index[there], "location_source"] = LocationSource.ADDRESS.value
    return found


def looked_up(addresses: gpd.GeoDataFrame, code: str) -> dict[str, Place]:
    """Return where the codes of a ward are; of all wards where the ward is not known."""
    mine = addresses["ward_code"].isna() | (addresses["ward_code"] == code) | (code == "")
    table = addresses[mine & located(addresses.geometry)]
    places = DataFrame(table[["code", "precision_m"]]).assign(
        lat=table.geometry.y, lon=table.geometry.x
    )
    return dict(make_lookup(places).places)


# --- estimates ---


def _estimated(homes: gpd.GeoDataFrame, rows: gpd.GeoDataFrame, ground: Ground) -> DataFrame:
    """Estimate, ward by ward, the rows that say a street, an alley or a neighbourhood."""
    found = _nothing(rows.index)
    saying = rows[rows[["street", "alley", "neighbourhood_given"]].notna().any(axis=1)]
    of_known = homes["ward_code"].where(located(homes.geometry))
    for code, own in saying.groupby("ward_code"):
        known = homes[of_known.eq(code)].sort_values("household_id")
        area = _area(ground.wards, str(code))
        if area is None or known.empty:
            continue
        places = _estimated_in(own, known, area, str(code), ground)
        there = places.index[places["x"].notna()]
        found.loc[there, ["lon", "lat"]] = places.loc[there, ["x", "y"]].to_numpy()
        found.loc[there, "precision_m"] = places.loc[there, "radius_m"].round(RADIUS_DECIMALS)
        found.loc[there, "location_source"] = LocationSource.ESTIMATED.value
    return found


def _estimated_in(
    rows: gpd.GeoDataFrame,
    known: gpd.GeoDataFrame,
    ward: BaseGeometry,
    code: str,
    ground: Ground,
) -> DataFrame:
    """The places in degrees and their radius in metres, of the rows of one ward."""
    outline = gpd.GeoSeries([ward], crs=STORED_CRS)
    system = metric_crs(outline)
    outline = outline.to_crs(system)
    areas = ground.neighbourhoods[located(ground.neighbourhoods.geometry)]
    areas = areas[areas["ward_code"].isna() | (areas["ward_code"] == code)].to_crs(system)
    streets = ground.streets[located(ground.streets.geometry)]
    streets = streets[streets["ward_code"] == code].dropna(subset="name").to_crs(system)

    shapes = areas.set_index("neighbourhood_id").geometry
    asked, told = _areas_said(rows, areas), _areas_said(known, areas)
    points = known.geometry.to_crs(system)
    telling = known.index[_trusted(known, points, _ground_of(told, shapes), outline.iloc[0])]
    places = estimate(
        _doors(rows, asked),
        _doors(known, told).assign(x=points.x, y=points.y).loc[telling],
        lines=street_lines(streets["name"], streets.geometry.to_numpy()),
        allowed=_within(_ground_of(asked, shapes), outline.iloc[0]),
    )
    degrees = gpd.GeoSeries.from_xy(places["x"], places["y"], crs=system).to_crs(STORED_CRS)
    there = places["x"].notna()
    return places.assign(x=degrees.x.where(there), y=degrees.y.where(there))


def _ground_of(area: Series, shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """The ground of the neighbourhood of each row, None where it has none."""
    return gpd.GeoSeries(shapes.reindex(area).to_numpy(), index=area.index, crs=shapes.crs)


def _doors(rows: DataFrame, area: Series) -> DataFrame:
    return read_doors(rows["house_number"], rows["alley"], rows["street"], area)


def _within(own: gpd.GeoSeries, ward: BaseGeometry) -> Callable[[Series, Floats, Floats], Flags]:
    """Whether places of rows lie in the ward, and in the row's `own` ground where it has one."""

    def allowed(index: Series, x: Floats, y: Floats) -> Flags:
        at = shapely.points(x, y)
        ground = own.reindex(index.to_numpy()).to_numpy()
        in_own = shapely.is_missing(ground) | shapely.intersects(ground, at)
        return np.asarray(in_own & shapely.intersects(ward, at))

    return allowed


def _areas_said(rows: DataFrame, areas: DataFrame) -> Series:
    """The neighbourhood that each row names: its id where it is known, else the name itself, folded."""
    known = match_reference(
        rows["neighbourhood_given"],
        areas,
        id_column="neighbourhood_id",
        name_column="name",
        ward=rows["ward_code"],
    )
    folded = rows["neighbourhood_given"].map(lambda name: fold_place(name)[0], na_action="ignore")
    return known.fillna(folded.astype("str"))


def _trusted(
    known: gpd.GeoDataFrame, points: gpd.GeoSeries, ground: gpd.GeoSeries, ward: BaseGeometry
) -> Flags:
    """Which located homes may tell where others are: exact, in the ward and in their own neighbourhood, not stacked."""
    at = points.to_numpy()
    exact = ~(known["precision_m"] > EXACT_M).to_numpy()
    own = ground.to_numpy()
    shapely.prepare(ward)
    in_own = shapely.is_missing(own) | shapely.intersects(own, at)
    alone = ~stacked(points).to_numpy()
    return np.asarray(exact & in_own & shapely.intersects(ward, at) & alone)
