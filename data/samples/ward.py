"""A made-up ward, whole and true: every table as the store would hold it."""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame

from data.samples.addresses import name_neighbourhoods, name_streets, number_houses
from data.samples.ground import Ground, draw_ground
from data.samples.houses import NoRoomError, choose_houses, possible_houses
from data.samples.people import settle_people
from data.samples.quarters import share_ground, tiles
from data.samples.streets import draw_streets
from data.samples.teams import MANY, make_goals, make_members, make_teams, share_households
from data.samples.visits import make_visits
from geo import tables
from geo.crs import UTM_48N
from geo.terms import MADE_UP_WARD, STORED_CRS, Kind, WardKind

NAME, HUE = "Phường Mẫu An", "46"
# The middle of the ward: open sea, 30 km from the coast of Huế, all of it west of 108 degrees.
MIDDLE = (107.935, 16.65)
# Eight digits of a degree are a millimetre.
DIGITS = 8
FEWEST, MOST = 50, 200_000
# The ground is stretched by so much, so many times, where the houses do not fit.
ROOMIER, TRIES = 1.15, 8
STAGES = 4
BUILDING, PEOPLE, TEAMS, VISITS = range(STAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpWard:
    """The tables of `geo.tables`, in EPSG:4326: the truth, before anybody typed it."""

    wards: GeoDataFrame
    neighbourhoods: GeoDataFrame
    streets: GeoDataFrame
    barriers: GeoDataFrame
    households: GeoDataFrame
    teams: DataFrame
    members: GeoDataFrame
    goals: DataFrame
    visits: DataFrame
    assignments: DataFrame


def make_ward(*, households: int = 11_000, seed: int = 1, until: date) -> MadeUpWard:
    """Return the made-up ward of `seed` with so many households, its visits ending on `until`.

    Same arguments, same ward, to the last digit. Raises `ValueError` where `households` is not
    between 50 and 200,000.
    """
    if not FEWEST <= households <= MOST:
        raise ValueError(f"households must be {FEWEST} to {MOST}, got {households}")
    ground, places, streets, houses = _built(households, seed)
    kinds = streets["kind"].to_numpy()[houses["street_row"]]
    homes = settle_people(houses, kinds, _numbers(households, seed, PEOPLE))
    rng = _numbers(households, seed, TEAMS)
    teams = make_teams(places, until, rng)
    members = make_members(teams, homes, until, rng)
    behind = str(rng.choice(teams["neighbourhood_id"])) if len(places) >= MANY else None
    charge = share_households(homes, members, behind=behind, rng=rng)
    rng = _numbers(households, seed, VISITS)
    visits = make_visits(homes, members, charge, behind=behind, until=until, rng=rng)
    return MadeUpWard(
        wards=_ward(places),
        neighbourhoods=_shapes(places, tables.Neighbourhoods),
        streets=_shapes(streets, tables.Streets),
        barriers=_shapes(_barriers(ground), tables.Barriers),
        households=_shapes(homes, tables.Households),
        teams=_rows(teams, tables.Teams),
        members=_shapes(members, tables.Members),
        goals=DataFrame(tables.checked(make_goals(), tables.Goals)),
        visits=_rows(visits, tables.Visits),
        assignments=_rows(_assignments(homes, charge), tables.Assignments),
    )


def _numbers(households: int, seed: int, stage: int) -> np.random.Generator:
    """Return random numbers of their own for each stage, so that none disturbs the next."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, households, stage])))


def _built(households: int, seed: int) -> tuple[Ground, GeoDataFrame, GeoDataFrame, GeoDataFrame]:
    """Return ground, neighbourhoods, streets and houses, on as much ground as the houses need."""
    for again in range(TRIES):
        try:
            rng = _numbers(households, seed, BUILDING + STAGES * again)
            return _build(households, rng, room=ROOMIER**again)
        except NoRoomError:
            continue
    raise NoRoomError


def _build(
    households: int, rng: np.random.Generator, *, room: float
) -> tuple[Ground, GeoDataFrame, GeoDataFrame, GeoDataFrame]:
    ground = draw_ground(households, rng, room=room)
    quarters = share_ground(ground, households, rng)
    shapes, zones = tiles(ground, quarters), quarters.zones
    places = GeoDataFrame(
        {
            "neighbourhood_id": [f"{MADE_UP_WARD}-{n:02d}" for n in range(1, len(shapes) + 1)],
            "name": name_neighbourhoods(zones, rng),
            "zone": zones,
        },
        geometry=shapes,
    )
    drawn = draw_streets(ground, quarters, rng)
    streets = name_streets(drawn, ground, places, rng)
    streets["street_id"] = [f"DG-{n:04d}" for n in range(1, len(streets) + 1)]
    possible = possible_houses(streets, shapes, zones, ground, rng)
    chosen = choose_houses(possible, quarters.households, zones, rng)
    return ground, places, streets, _listed(number_houses(chosen, streets), places)


def _listed(houses: GeoDataFrame, places: GeoDataFrame) -> GeoDataFrame:
    """Return the houses in the order of a ward's list, with ids and neighbourhoods."""
    order = ["quarter", "street", "alley", "position_m", "left"]
    listed = houses.sort_values(order, ignore_index=True)
    own = places.iloc[listed["quarter"]]
    return listed.assign(
        household_id=[f"HG-{n:05d}" for n in range(1, len(listed) + 1)],
        neighbourhood_id=own["neighbourhood_id"].to_numpy(),
        neighbourhood_given=own["name"].to_numpy(),
    )


def _barriers(ground: Ground) -> GeoDataFrame:
    rows = {
        "barrier_id": ["VC-1", "VC-2"],
        "name": ["Sông Mẫu", "Kênh Đào"],
        "kind": ["river", "canal"],
    }
    return GeoDataFrame(rows, geometry=[ground.river, ground.canal])


def _assignments(homes: GeoDataFrame, charge: pd.Series) -> DataFrame:
    shared = charge.notna()
    return DataFrame(
        {
            "plan_id": Kind.ASSIGNMENTS.value,
            "household_id": homes.loc[shared, "household_id"],
            "member_id": charge[shared],
            "neighbourhood_id": homes.loc[shared, "neighbourhood_id"],
        }
    )


def _ward(places: GeoDataFrame) -> GeoDataFrame:
    """Return the ward: exactly the union of its neighbourhoods."""
    whole = shapely.coverage_union_all(_on_earth(places.geometry).to_numpy())
    row = {
        "ward_code": [MADE_UP_WARD],
        "name": [NAME],
        "kind": [WardKind.WARD.value],
        "province_code": [HUE],
    }
    ward = GeoDataFrame(row, geometry=_many([whole]), crs=STORED_CRS)
    return GeoDataFrame(tables.checked(ward, tables.Wards))


def _shapes(frame: GeoDataFrame, table: type[tables.Table]) -> GeoDataFrame:
    """Return the frame as its table promises, brought from the plane to the earth."""
    on_earth = _on_earth(frame.geometry)
    if table is tables.Neighbourhoods:
        on_earth = GeoSeries(_many(on_earth.tolist()), crs=STORED_CRS)
    return GeoDataFrame(_rows(frame.set_geometry(on_earth), table))


def _rows(frame: DataFrame, table: type[tables.Table]) -> DataFrame:
    """Return the frame as its table promises, in the made-up ward."""
    full = frame.assign(ward_code=MADE_UP_WARD, ward_given=MADE_UP_WARD).reset_index(drop=True)
    rows: DataFrame = tables.checked(full, table)
    return rows


def _many(shapes: list[shapely.Geometry]) -> list[shapely.MultiPolygon]:
    return [shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes]


def _on_earth(plane: GeoSeries) -> GeoSeries:
    """Return shapes in metres from the middle of the ward as degrees, to a millimetre."""
    middle = gpd.points_from_xy([MIDDLE[0]], [MIDDLE[1]], crs=STORED_CRS).to_crs(UTM_48N)
    moved = GeoSeries(plane.to_numpy()).translate(middle.x[0], middle.y[0]).set_crs(UTM_48N)
    degrees = shapely.transform(moved.to_crs(STORED_CRS).to_numpy(), _rounded)
    return GeoSeries(degrees, crs=STORED_CRS)


def _rounded(at: np.ndarray) -> np.ndarray:
    return np.round(at, DIGITS)
