"""A basemap that the ward brings: pictures of the ground in one file, MBTiles 1.3 or PMTiles 3.

Only pictures (PNG, JPEG, WebP) are drawn; a file of vector tiles is refused. Tiles are counted from the north-west.
"""

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from data.pmtiles import PmTiles
from geo.errors import InputError
from geo.plain_text import clean

# By the first bytes of a picture.
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
FARTHEST_ZOOM, NEAREST_ZOOM = 0, 22
LONGEST_CREDIT = 200
TAG = re.compile("<[^>]*>")


class Tiles(Protocol):
    """A file of tiles."""

    def told(self) -> dict[str, str]:
        """Return what the file says of itself: minzoom, maxzoom, bounds, attribution, as far as known."""

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile, None where the file has none."""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A basemap: from which zoom to which it has tiles, whom to credit, in plain text."""

    tiles: Tiles
    least_zoom: int
    most_zoom: int
    credit: str

    def tile(self, zoom: int, column: int, row: int) -> tuple[bytes, str] | None:
        """Return a picture and what kind it is, None where there is none."""
        if not self.least_zoom <= zoom <= self.most_zoom:
            return None
        if not (0 <= column < 2**zoom and 0 <= row < 2**zoom):
            return None
        content = self.tiles.tile(zoom, column, row)
        kind = None if content is None else _kind(content)
        return None if content is None or kind is None else (content, kind)


def open_basemap(path: Path) -> Basemap:
    """Open a basemap.

    Raises
    ------
    InputError
        `basemap_missing`, `basemap_unreadable` or `basemap_vector`.
    """
    if not path.is_file():
        raise InputError("basemap_missing", file=path.name)
    tiles: Tiles = PmTiles(path) if path.suffix.lower() == ".pmtiles" else MbTiles(path)
    told = tiles.told()
    if told.get("format") in ("pbf", "mvt"):
        raise InputError("basemap_vector", file=path.name)
    return Basemap(
        tiles,
        least_zoom=_zoom(told.get("minzoom"), FARTHEST_ZOOM),
        most_zoom=_zoom(told.get("maxzoom"), NEAREST_ZOOM),
        credit=clean(TAG.sub("", told.get("attribution", "")))[:LONGEST_CREDIT],
    )


class MbTiles:
    """Tiles in a SQLite file, its rows counted from the south."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self.told()
        except sqlite3.DatabaseError as fault:
            raise InputError("basemap_unreadable", file=path.name) from fault

    def told(self) -> dict[str, str]:
        """Return the file's table of metadata."""
        with self._opened() as file:
            rows = file.execute("select name, value from metadata").fetchall()
        return {str(name): str(value) for name, value in rows}

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile, None where the file has none."""
        question = (
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?"
        )
        with self._opened() as file:
            found = file.execute(question, (zoom, column, 2**zoom - 1 - row)).fetchone()
        return None if found is None else bytes(found[0])

    def _opened(self) -> "_Closing":
        # A connection a question: several threads ask.
        return _Closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True))


class _Closing:
    """A connection that is closed when it has answered; sqlite3's own `with` only ends a transaction."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def __enter__(self) -> sqlite3.Connection:
        return self._file

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _kind(content: bytes) -> str | None:
    return next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)


def _zoom(told: str | None, usual: int) -> int:
    try:
        return min(max(int(float(told or "")), FARTHEST_ZOOM), NEAREST_ZOOM)
    except ValueError:
        return usual
