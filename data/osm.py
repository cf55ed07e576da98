"""What an OpenStreetMap extract holds of one KIND; other files are passed on as they are."""

from dataclasses import replace

from data.child_osm import BARRIERS, HEADINGS, HOUSEHOLDS, STREETS
from data.reading import RawTable
from geo.errors import InputError
from geo.terms import Kind

KINDS = {Kind.STREETS: STREETS, Kind.BARRIERS: BARRIERS, Kind.HOUSEHOLDS: HOUSEHOLDS}
HOLDS = HEADINGS.index("holds")


def of_osm(raw: RawTable) -> bool:
    """Return whether a file is an OpenStreetMap extract."""
    return raw.located and list(raw.headings) == HEADINGS


def held(raw: RawTable, kind: Kind) -> RawTable:
    """Return the features of an extract that are of a KIND.

    Raises `InputError` where an extract is asked for what it cannot hold, or holds none.
    """
    if not of_osm(raw):
        return raw
    if kind not in KINDS:
        raise InputError("osm_kind", kind=str(kind), kinds=[str(one) for one in KINDS])
    own = raw.cells[HOLDS].str.split(",").map(lambda told: KINDS[kind] in told)
    if not own.any():
        raise InputError("osm_holds_none", kind=str(kind))
    return replace(
        raw,
        cells=raw.cells[own].reset_index(drop=True),
        rows=raw.rows[own].reset_index(drop=True),
        geometry=raw.geometry[own].reset_index(drop=True),
    )
