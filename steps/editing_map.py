"""The map beside a form: the household that moves among its neighbours, or the neighbourhoods that are cut anew."""

from collections.abc import Sequence

import geopandas as gpd
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from data.store import Store
from geo.succession import in_force_now
from geo.terms import Kind
from layers.boundary import boundary_layers
from layers.editing import editing_layers
from layers.layer import Layer
from steps.editing import labels_of
from steps.gathering import areas, of_wards

Places = Sequence[tuple[float, float]]
LEAST_CORNERS = 2


def ground_layers(store: Store, ward: str, *, lang: str = "vi") -> list[Layer]:
    """Draw the neighbourhoods in force, streets and outline of a ward."""
    places = areas(store, ward, lang=lang)
    return boundary_layers(
        neighbourhoods=places[in_force_now(places)],
        streets=of_wards(store, Kind.STREETS, {ward}),
        wards=of_wards(store, Kind.WARDS, {ward}),
    )


def place_layers(
    store: Store,
    ward: str,
    household: str | None = None,
    pointed: Places = (),
    *,
    lang: str = "vi",
) -> list[Layer]:
    """Draw a household among those of its neighbourhood, and where a person has pointed."""
    ground = ground_layers(store, ward, lang=lang)
    homes = store.load(Kind.HOUSEHOLDS)
    own = homes[homes["household_id"] == household]
    beside = homes[homes["neighbourhood_id"].isin(own["neighbourhood_id"].dropna())]
    return editing_layers(
        ground,
        beside=_labelled(store, beside[beside["household_id"] != household]),
        now=_labelled(store, own),
        pointed=pointed,
        lang=lang,
    )


def cutting_layers(
    store: Store,
    ward: str,
    pointed: Places = (),
    shape: BaseGeometry | None = None,
    *,
    lang: str = "vi",
) -> list[Layer]:
    """Draw the neighbourhoods, the corners that a person has pointed at, and what they make."""
    drawn = [] if shape is None else [shape]
    if shape is None and len(set(pointed)) >= LEAST_CORNERS:
        drawn = [LineString([(lon, lat) for lat, lon in pointed])]
    ground = ground_layers(store, ward, lang=lang)
    return editing_layers(ground, pointed=pointed, drawn=drawn, lang=lang)


def _labelled(store: Store, homes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return homes.assign(label=labels_of(store, Kind.HOUSEHOLDS, homes))
