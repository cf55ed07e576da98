"""Neighbourhoods split, merged or drawn anew: what a person drew, clicked, typed or handed over as a file."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from data.edits import Edited
from data.edits_boundaries import merge_places, redraw_place, split_place
from data.problems import Problems
from data.reading import read
from data.records import ByHand
from data.shapes import drawn, known_area
from data.store import Store
from geo.addresses.address import AddressContext
from geo.addresses.reading import read_address
from geo.errors import InputError
from geo.redividing import drawn_lines_and_areas, line_of, ring_of
from geo.terms import Kind

Place = tuple[float, float]
LEAST_OF_LINE, LEAST_OF_AREA = 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Redividing:
    """A change of neighbourhoods: `merge` (ids), or one `place` cut or drawn anew along `shape`.

    `names` are those of the new ones in order: west and east of a line (north and south), within and without an area.
    `rest_to` gets what a neighbourhood drawn anew gives up.
    """

    names: tuple[str, ...]
    place: str | None = None
    merge: tuple[str, ...] = ()
    split: bool = False
    shape: BaseGeometry | None = None
    rest_to: str | None = None


def redivide(
    store: Store,
    wanted: Redividing,
    *,
    day: date,
    why: str,
    who: str | None = None,
    on: date,
    keep: bool = True,
) -> Edited:
    """Split, merge or redraw neighbourhoods from a day on; with `keep=False` tell what it would come to.

    `figures` of the answer: `parts` (id, name, households, area_m2), `left_m2`, `not_carried`.
    """
    said = ByHand(why=why, who=who, on=on)
    if wanted.merge:
        return merge_places(store, wanted.merge, wanted.names[0], day=day, said=said, keep=keep)
    if wanted.place is None or wanted.shape is None:
        raise InputError("redraw_nothing")
    place, shape = wanted.place, wanted.shape
    if wanted.split:
        return split_place(store, place, shape, wanted.names, day=day, said=said, keep=keep)
    return redraw_place(
        store,
        place,
        shape,
        name=wanted.names[0] if wanted.names else None,
        rest_to=wanted.rest_to,
        day=day,
        said=said,
        keep=keep,
    )


def shape_of_corners(places: Sequence[Place], *, closed: bool) -> BaseGeometry | None:
    """Return the line, or the area where `closed`, through corners; None while there are too few of them."""
    if len(set(places)) < (LEAST_OF_AREA if closed else LEAST_OF_LINE):
        return None
    return ring_of(places) if closed else line_of(places)


def places_in(text: str) -> tuple[Place, ...]:
    """Return latitude and longitude of the places in a text, one a line, in any form that can be read.

    Raises `InputError` naming the line that is no place.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [read_address(line, context=AddressContext()) for line in lines]
    lost = [at for at, one in enumerate(found, start=1) if one.lat is None]
    if lost:
        raise InputError("corner_unreadable", line=lost[0])
    return tuple((float(one.lat or 0), float(one.lon or 0)) for one in found)


def shape_of_file(store: Store, path: Path, ward: str | None = None) -> BaseGeometry:
    """Return the area that a file draws, else its line; raise `InputError` where it draws neither."""
    raw = read(path)
    if not raw.located:
        raise InputError("geometry_missing", kind=str(Kind.NEIGHBOURHOODS))
    area = known_area(store.load(Kind.WARDS), ward)
    shapes = drawn(raw, Kind.NEIGHBOURHOODS, None, Problems(raw), area=area)
    line, ground = drawn_lines_and_areas(shapes.dropna())
    shape = line if ground is None else ground
    if shape is None:
        raise InputError("redraw_nothing")
    return shape


def shape_of_text(store: Store, text: str, ward: str | None = None) -> BaseGeometry:
    """Return the area or line that a GeoJSON text draws, read as a file is."""
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        path = Path(folder) / "drawn.geojson"
        path.write_text(text, encoding="utf-8")
        return shape_of_file(store, path, ward)


def corners_text(places: Sequence[Place]) -> str:
    """Return places (latitude, longitude) as the text of corners, one a line."""
    return "\n".join(f"{lat:.7f}, {lon:.7f}" for lat, lon in places)
