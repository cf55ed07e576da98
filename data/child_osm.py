"""What an OpenStreetMap extract holds for us: streets people walk on, barriers, and houses with a number.

Part of the child process (`data.child`): of ours it needs nothing. Tags mean what the OpenStreetMap wiki says.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETTINGS = Path(__file__).with_name("child_osm.ini")
HEADINGS = ["id", "holds", "name", "kind", "addr:housenumber", "addr:street"]
STREETS, BARRIERS, HOUSEHOLDS = "streets", "barriers", "households"

Tags = dict[str, Any]
Row = list[str | None]

WALKED = frozenset(
    (
        *("primary", "secondary", "tertiary", "primary_link", "secondary_link", "tertiary_link"),
        *("unclassified", "residential", "living_street", "service", "pedestrian", "road"),
        *("footway", "path", "steps", "track", "cycleway", "bridleway"),
    )
)
MAIN_ROADS = frozenset(("motorway", "trunk", "motorway_link", "trunk_link"))
RAILS = frozenset(("rail", "light_rail", "narrow_gauge"))
WATERS = frozenset(("river", "canal"))
NO = frozenset(("no", "private"))
ON_FOOT = frozenset(("yes", "designated", "permissive"))
PAVED = frozenset(("both", "left", "right", "yes"))
# Only what may be of use is read from each layer.
WANTED = {
    "points": '"addr:housenumber" IS NOT NULL',
    "lines": "highway IS NOT NULL OR waterway IS NOT NULL OR railway IS NOT NULL",
    "multipolygons": '"addr:housenumber" IS NOT NULL OR "natural" = \'water\' '
    "OR waterway = 'riverbank'",
}


def osm_layer(pyogrio: Any, source: Path) -> tuple[list[str], list[Row], list[Any], str | None]:
    """Return headings, columns, shapes (WKB) and system of what an extract holds.

    `holds` says of each feature which of streets, barriers and households it is, separated by commas.
    """
    # the reader keeps nodes in a file of its own once they are many
    os.environ["CPL_TMPDIR"] = str(source.parent)
    rows: list[Row] = []
    shapes: list[Any] = []
    for layer, where in WANTED.items():
        meta, table = pyogrio.read_arrow(
            source, layer=layer, where=where, CONFIG_FILE=str(SETTINGS)
        )
        shape = meta["geometry_name"] or "wkb_geometry"
        drawn = table[shape].to_pylist()
        tags = table.drop_columns([shape]).to_pylist()
        for row, one in zip(map(_row, tags), drawn, strict=True):
            if row is not None:
                rows.append(row)
                shapes.append(one)
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in HEADINGS]
    return HEADINGS, columns, shapes, "EPSG:4326"


def _row(tags: Tags) -> Row | None:
    holds = ",".join(what_it_is(tags))
    if not holds:
        return None
    kinds = (tags.get(key) for key in ("highway", "waterway", "railway", "natural", "building"))
    kind = next((kind for kind in kinds if kind), None)
    address = (tags.get(key) for key in HEADINGS[4:])
    return [_id(tags), holds, tags.get("name"), kind, *address]


def _id(tags: Tags) -> str:
    """An area is a relation, or a way that is closed; a line is a way, a point a node."""
    if tags.get("osm_way_id"):
        return f"w{tags['osm_way_id']}"
    letter = "w" if "highway" in tags else "r" if "natural" in tags else "n"
    return f"{letter}{tags['osm_id']}"


def what_it_is(tags: Tags) -> Iterator[str]:
    """Yield what a feature is, of streets, barriers and households, by its tags."""
    if walkable(tags):
        yield STREETS
    if barred(tags):
        yield BARRIERS
    if tags.get("addr:housenumber"):
        yield HOUSEHOLDS


def walkable(tags: Tags) -> bool:
    """Whether people walk along a way; along a main road where it has a pavement, or is open to them by a sign."""
    road, foot = tags.get("highway"), tags.get("foot")
    if foot in NO or (tags.get("access") in NO and foot not in ON_FOOT):
        return False
    if road in MAIN_ROADS:
        return tags.get("sidewalk") in PAVED or foot in ON_FOOT
    return road in WALKED


def barred(tags: Tags) -> bool:
    """Whether people cannot pass: main roads, rails and rivers on the ground, and the rims of waters."""
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
        return True
    if any(tags.get(key) not in (None, "no") for key in ("tunnel", "bridge")):
        return False
    return (
        tags.get("highway") in MAIN_ROADS
        or tags.get("railway") in RAILS
        or tags.get("waterway") in WATERS
    )
