"""The household list as people type it: places missing, swapped, elsewhere, in metres; repeats."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.samples.ward import MadeUpWard
from geo.crs import UTM_48N
from geo.terms import STORED_CRS

Rows = NDArray[np.int64]
Metres = NDArray[np.float64]

# VN-2000 on Huế's meridian, 107°.
VN2000_CRS = "EPSG:9214"
GPS_NOISE_M = (5.0, 10.0)
# Degrees to a decimetre, metres to a centimetre, as devices write them.
DEGREE_DIGITS, METRE_DIGITS = 6, 2
# Wrong places lie so many times farther from the middle than the farthest corner of the ward.
BEYOND = (1.2, 1.6)
# The stacked points are those of the typists of one neighbourhood in five.
LAZY = 5
SHARE_SHORT_ALLEY, SHARE_NO_PHONE = 0.5, 0.3
D_STROKES = str.maketrans("đĐ", "dD")


class Defect(StrEnum):
    """What is wrong with a row of the list; no row has two."""

    NO_COORDINATES = "no_coordinates"
    SWAPPED = "swapped"
    OUTSIDE = "outside"
    DUPLICATE = "duplicate"
    STACKED = "stacked"
    VN2000 = "vn2000"


class Spelling(StrEnum):
    """How a name is written the second time: in capitals, bare of signs, cut short, or the same."""

    CAPITALS = "capitals"
    BARE = "bare"
    SHORT = "short"
    SAME = "same"


SPELLINGS = {Spelling.CAPITALS: 0.2, Spelling.BARE: 0.2, Spelling.SHORT: 0.2, Spelling.SAME: 0.4}
SHARES = {
    Defect.NO_COORDINATES: 0.06,
    Defect.SWAPPED: 0.02,
    Defect.OUTSIDE: 0.015,
    Defect.DUPLICATE: 0.02,
    Defect.STACKED: 0.01,
    Defect.VN2000: 0.03,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWard:
    """A ward and its household list as typed; `ward` keeps the truth untouched.

    `typed` has the columns of `typed_list`. `defects` has one row per faulty row of the list:
    `household_id`, `defect`, and for a duplicate `same_as`, the household it repeats.
    """

    ward: MadeUpWard
    typed: pd.DataFrame
    defects: pd.DataFrame


def typed_list(ward: MadeUpWard) -> pd.DataFrame:
    """Return the list without a fault: the table with `lat`, `lon`, and empty `x_m`, `y_m`."""
    households = pd.DataFrame(ward.households.drop(columns="geometry"))
    at = shapely.get_coordinates(ward.households.geometry)
    return households.assign(lat=at[:, 1], lon=at[:, 0], x_m=np.nan, y_m=np.nan)


def with_defects(ward: MadeUpWard, *, seed: int = 1) -> TypedWard:
    """Return the ward with its household list as typed; same ward and seed, same list.

    Every point is 5 to 10 m off. Households entered twice stand again at the end of the list, under
    new ids. Points in VN-2000 stand half in `x_m`, `y_m`, half in `lat`, `lon`.
    """
    rng = _numbers(seed, len(ward.households))
    chosen = _chosen(ward, rng)
    twice = chosen[Defect.DUPLICATE]
    rows = np.concatenate([np.arange(len(ward.households)), twice])
    copies = np.arange(len(ward.households), len(rows))
    typed = _retyped(typed_list(ward).iloc[rows].reset_index(drop=True), copies, rng)

    points = _measured(ward, rows, rng)
    outside, stacked = chosen[Defect.OUTSIDE], chosen[Defect.STACKED]
    points[outside] = _beyond(ward, points[outside], rng)
    points[stacked] = _meeting_houses(ward)[stacked]
    located = typed.assign(**_places(points, chosen))

    faulty = chosen | {Defect.DUPLICATE: copies}
    return TypedWard(ward=ward, typed=located, defects=_record(located, faulty, twice))


def _numbers(seed: int, households: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, households])))


def _chosen(ward: MadeUpWard, rng: np.random.Generator) -> dict[Defect, Rows]:
    """Return the rows for each defect, no row for two; the stacked in a few neighbourhoods."""
    count = len(ward.households)
    places = ward.households["neighbourhood_id"].to_numpy(dtype=str)
    known = np.unique(places)
    lazy = rng.permutation(known)[: max(1, len(known) // LAZY)]
    left = rng.permutation(count)
    left = left[np.argsort(~np.isin(places[left], lazy), kind="stable")]
    stacked, left = np.split(left, [round(SHARES[Defect.STACKED] * count)])
    others = [defect for defect in Defect if defect != Defect.STACKED]
    ends = np.cumsum([round(SHARES[defect] * count) for defect in others])
    parts = np.split(rng.permutation(left), ends)[:-1]
    return {Defect.STACKED: stacked, **dict(zip(others, parts, strict=True))}


def _retyped(typed: pd.DataFrame, copies: Rows, rng: np.random.Generator) -> pd.DataFrame:
    """Return the list with new ids for the copies, some of them spelled another way."""
    count = len(copies)
    way = rng.choice(list(SPELLINGS), count, p=list(SPELLINGS.values()))
    repeats = typed.loc[copies]
    alley = repeats["alley"].str.replace("Kiệt ", "K")
    typed.loc[copies, "head"] = [
        _respelled(name, spelling) for name, spelling in zip(repeats["head"], way, strict=True)
    ]
    typed.loc[copies, "alley"] = repeats["alley"].mask(rng.random(count) < SHARE_SHORT_ALLEY, alley)
    typed.loc[copies, "phone"] = repeats["phone"].mask(rng.random(count) < SHARE_NO_PHONE)
    typed.loc[copies, "household_id"] = [f"HG-{row + 1:05d}" for row in copies]
    return typed


def _respelled(name: str, way: str) -> str:
    """Return the name in capitals, without diacritics, with its middle cut short, or as it is."""
    if way == Spelling.CAPITALS:
        return name.upper()
    if way == Spelling.BARE:
        signs = unicodedata.normalize("NFD", name.translate(D_STROKES))
        return "".join(sign for sign in signs if not unicodedata.combining(sign))
    if way == Spelling.SHORT:
        family, *middle, given = name.split()
        return " ".join([family, *(word[0] + "." for word in middle), given])
    return name


def _measured(ward: MadeUpWard, rows: Rows, rng: np.random.Generator) -> Metres:
    """Return where a telephone says the houses are: some metres off."""
    turn = rng.uniform(0, 2 * np.pi, len(rows))
    off_m = rng.uniform(*GPS_NOISE_M, len(rows))
    noise = np.stack([np.cos(turn), np.sin(turn)], axis=1) * off_m[:, None]
    return np.asarray(_metres(ward.households)[rows] + noise)


def _metres(frame: gpd.GeoDataFrame) -> Metres:
    return np.asarray(shapely.get_coordinates(frame.geometry.to_crs(UTM_48N)))


def _beyond(ward: MadeUpWard, points: Metres, rng: np.random.Generator) -> Metres:
    """Return the points moved outwards, out of the ward."""
    outline = _metres(ward.wards)
    middle = outline.mean(axis=0)
    farthest_m = np.hypot(*(outline - middle).T).max()
    outwards = points - middle
    outwards /= np.hypot(*outwards.T)[:, None]
    away_m = rng.uniform(*BEYOND, len(points)) * farthest_m
    return np.asarray(middle + outwards * away_m[:, None])


def _meeting_houses(ward: MadeUpWard) -> Metres:
    """Return each household's meeting house: beside the most central home of its neighbourhood."""
    at = pd.DataFrame(_metres(ward.households), columns=["x", "y"])
    place = ward.households["neighbourhood_id"].to_numpy()
    away_m = np.hypot(*(at - at.groupby(place).transform("mean")).to_numpy().T)
    central = pd.Series(away_m).groupby(place).transform("idxmin")
    return np.asarray(at.to_numpy()[central.to_numpy()])


def _places(points: Metres, chosen: dict[Defect, Rows]) -> dict[str, NDArray[np.float64]]:
    """Return the columns `lat`, `lon`, `x_m` and `y_m` as people fill them."""
    metric = gpd.GeoSeries.from_xy(*points.T, crs=UTM_48N)
    degrees = metric.to_crs(STORED_CRS)
    lat, lon = (np.round(part.to_numpy(), DEGREE_DIGITS) for part in (degrees.y, degrees.x))
    x_m, y_m = np.full((2, len(points)), np.nan)
    swapped, nowhere = chosen[Defect.SWAPPED], chosen[Defect.NO_COORDINATES]
    lat[swapped], lon[swapped] = lon[swapped], lat[swapped]
    lat[nowhere] = lon[nowhere] = np.nan

    in_metres = chosen[Defect.VN2000]
    grid = metric.iloc[in_metres].to_crs(VN2000_CRS)
    # On Vietnamese maps X is the northing and Y the easting.
    north, east = (np.round(part.to_numpy(), METRE_DIGITS) for part in (grid.y, grid.x))
    half = len(in_metres) // 2
    mixed, apart = in_metres[:half], in_metres[half:]
    lat[mixed], lon[mixed] = north[:half], east[:half]
    lat[apart] = lon[apart] = np.nan
    x_m[apart], y_m[apart] = north[half:], east[half:]
    return {"lat": lat, "lon": lon, "x_m": x_m, "y_m": y_m}


def _record(typed: pd.DataFrame, faulty: dict[Defect, Rows], twice: Rows) -> pd.DataFrame:
    """Return which row of the list has which defect."""
    rows = np.concatenate([faulty[defect] for defect in Defect])
    names = np.repeat([str(defect) for defect in Defect], [len(faulty[each]) for each in Defect])
    ids = typed["household_id"]
    defects = pd.DataFrame({"household_id": ids.to_numpy()[rows], "defect": names})
    repeated = pd.Series(ids.to_numpy()[twice], index=ids.to_numpy()[faulty[Defect.DUPLICATE]])
    return defects.assign(same_as=defects["household_id"].map(repeated))
