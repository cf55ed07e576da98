"""What a file holds, guessed from its name, its shapes and its headings; a person can always say otherwise."""

from pathlib import Path

from data.columns import likeliest_kind, match_columns
from data.osm import of_osm
from data.reading import RawTable
from data.rows import stem_kind
from geo.folding import fold
from geo.terms import Kind

AREAS = {"Polygon", "MultiPolygon"}
LINES = {"LineString", "MultiLineString"}
# What a drawing may be; the first is the usual one, where the headings decide nothing.
OF_AREAS = (Kind.NEIGHBOURHOODS, Kind.WARDS)
OF_LINES = (Kind.STREETS, Kind.BARRIERS)
OF_POINTS = (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.ADDRESSES)
# A column called so holds the codes of wards, in a file that names no smaller places.
WARD_CODES = frozenset(
    map(fold, ("ward_code", "Mã phường", "Mã xã", "Mã ĐVHC", "ma_xa", "ma_phuong"))
)
SMALLER = frozenset(map(fold, ("neighbourhood_id", "Mã TDP", "Tổ dân phố", "TDP", "Thôn", "Tổ")))


def guessed_kind(path: Path, raw: RawTable) -> Kind | None:
    """Return what a file holds: as it is named, else by its shapes and headings; None where neither tells."""
    named = stem_kind(path)
    if named is not None:
        return named
    if of_osm(raw):
        return Kind.STREETS
    return _kind_of_shapes(raw) if raw.located else likeliest_kind(raw.headings)


def _kind_of_shapes(raw: RawTable) -> Kind | None:
    types = set(raw.geometry.dropna().geom_type)
    if types & AREAS:
        headings = {fold(heading) for heading in raw.headings}
        wards = not headings.isdisjoint(WARD_CODES) and headings.isdisjoint(SMALLER)
        return Kind.WARDS if wards else Kind.NEIGHBOURHOODS
    return _best(raw.headings, OF_LINES if types & LINES else OF_POINTS)


def _best(headings: tuple[str, ...], kinds: tuple[Kind, ...]) -> Kind:
    """The kind most of whose fields the headings name; the first of equals."""
    return max(kinds, key=lambda kind: len(match_columns(headings, kind, {}).positions))
