"""Neighbourhoods that no file draws: estimated from the list of households, or mended anew as a person says."""

import hashlib

import geopandas as gpd
import pandas as pd
from geopandas import GeoDataFrame

from data.problems import COLUMNS
from data.rows import Rows
from data.zones import Drawing
from geo.counts import place_key
from geo.errors import ConflictError, InputError, NotFoundError
from geo.estimating import Estimated, estimate_areas
from geo.placing import located
from geo.succession import drawn_ground, in_force_now
from geo.terms import STORED_CRS, BoundarySource

ID_BYTES = 6


def estimated_rows(
    households: GeoDataFrame, neighbourhoods: GeoDataFrame, wards: GeoDataFrame, ward: str
) -> Rows:
    """Return rows of neighbourhoods for a ward that has none, estimated from its households.

    Raises
    ------
    NotFoundError
        Where the ward is not stored.
    ConflictError
        Where somebody drew neighbourhoods for it.
    InputError
        Where no household has both a point and the name of its neighbourhood.
    """
    if ward not in set(wards["ward_code"]):
        raise NotFoundError("area_unknown", area=ward)
    there = neighbourhoods[in_force_now(neighbourhoods) & (neighbourhoods["ward_code"] == ward)]
    if (there["source"] != BoundarySource.ESTIMATED).any():
        raise ConflictError("boundaries_drawn", ward=ward, neighbourhoods=len(there))
    homes = households[(households["ward_code"] == ward) & households["vanished_at"].isna()]
    telling = homes[located(homes.geometry) & homes["neighbourhood_given"].notna()]
    if telling.empty:
        raise InputError("nothing_to_estimate_from", ward=ward, households=len(homes))
    outline = wards[(wards["ward_code"] == ward) & ~wards["made"] & located(wards.geometry)]
    ground = outline.geometry.iloc[0] if len(outline) else None
    estimated = estimate_areas(telling, ward=ground)
    frame = estimated.zones[["name", "geometry"]].assign(
        neighbourhood_id=[_id(ward, name) for name in estimated.zones["name"]],
        ward_given=ward,
        source=BoundarySource.ESTIMATED.value,
    )
    return _rows(frame, told=_told(estimated, frame, ward))


def _id(ward: str, name: str) -> str:
    """One id a ward and name, so that estimating again moves the same neighbourhood."""
    text = f"{ward}\x1f{place_key(name)}".encode()
    return "E-" + hashlib.blake2b(text, digest_size=ID_BYTES).hexdigest()


def _told(estimated: Estimated, frame: GeoDataFrame, ward: str) -> pd.DataFrame:
    zones = pd.DataFrame(
        {
            "what": "estimated",
            "neighbourhoods": frame["neighbourhood_id"],
            "value": estimated.zones["households"].astype("str"),
            "after": frame.geometry,
        }
    )
    strays = pd.DataFrame(
        {"what": estimated.strays["what"], "value": estimated.strays["household_id"]}
    )
    return pd.concat([zones, strays], ignore_index=True).assign(ward_code=ward)


def drawn_rows(neighbourhoods: GeoDataFrame, ward: str) -> Rows:
    """Return the neighbourhoods in force in a ward as they were drawn, to be mended anew.

    Raises `NotFoundError` where there are none.
    """
    there = neighbourhoods[in_force_now(neighbourhoods) & (neighbourhoods["ward_code"] == ward)]
    if there.empty:
        raise NotFoundError("area_unknown", area=ward)
    columns = ["neighbourhood_id", "ward_given", "name", "valid_from", "valid_to", "source"]
    return _rows(drawn_ground(there)[[*columns, "geometry"]].reset_index(drop=True))


def _rows(frame: GeoDataFrame, *, told: pd.DataFrame | None = None) -> Rows:
    whole = gpd.GeoDataFrame(frame, crs=STORED_CRS)
    return Rows(
        frame=whole,
        problems=pd.DataFrame(columns=[*COLUMNS], dtype=object),
        aside=pd.DataFrame(columns=["row", "sheet"], dtype=object),
        read=len(whole),
        origin=pd.DataFrame({"row": None, "sheet": None}, index=whole.index, dtype=object),
        drawing=Drawing() if told is None else Drawing(told=told),
    )
