"""Tiles in one PMTiles file, version 3: a header, directories of where tiles lie, tiles.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md. The place of a tile is its number along Hilbert curves,
one zoom after the other; a directory maps runs of numbers to bytes, or to further directories.
"""

import gzip
import json
import struct
import zlib
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from geo.errors import InputError

HEADER = struct.Struct("<7sB11Q6B4iB2i")
MAGIC, VERSION = b"PMTiles", 3
GZIP, PLAIN = 2, 1
FORMATS = {1: "mvt", 2: "png", 3: "jpg", 4: "webp", 5: "avif"}
# Far below what a directory of a file for a whole country takes.
MOST_BYTES = 16 * 2**20
MOST_DEPTH = 4


class Entry(NamedTuple):
    """A run of tiles at one place, or, where `run` is 0, a directory."""

    number: int
    run: int
    length: int
    offset: int


class PmTiles:
    """Tiles of one file, read piece by piece."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._read_header()
        except (struct.error, OSError, EOFError, ValueError, zlib.error) as fault:
            raise InputError("basemap_unreadable", file=path.name) from fault

    def _read_header(self) -> None:
        found = HEADER.unpack(self._bytes(0, HEADER.size))
        if found[:2] != (MAGIC, VERSION):
            raise ValueError("no PMTiles file of version 3")
        self._root, self._about, self._leaves, self._data = (
            found[2:4],
            found[4:6],
            found[6],
            found[8],
        )
        self._squeezed, self._tiles_squeezed, self._type = found[14:17]
        self._zooms = found[17:19]
        if self._squeezed not in (PLAIN, GZIP) or self._tiles_squeezed not in (0, PLAIN):
            raise ValueError("another compression")

    def told(self) -> dict[str, str]:
        """Return what the file says of itself."""
        about = json.loads(self._unpacked(self._bytes(*self._about)) or b"{}")
        return {
            "attribution": str(about.get("attribution", "")),
            "format": FORMATS.get(self._type, ""),
            "minzoom": str(self._zooms[0]),
            "maxzoom": str(self._zooms[1]),
        }

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile, None where the file has none."""
        number = tile_number(zoom, column, row)
        place = self._root
        for _ in range(MOST_DEPTH):
            entry = _held(self._directory(*place), number)
            if entry is None:
                return None
            if entry.run:
                return self._bytes(self._data + entry.offset, entry.length)
            place = (self._leaves + entry.offset, entry.length)
        return None

    @lru_cache(maxsize=64)  # noqa: B019  one file is open as long as the server runs
    def _directory(self, offset: int, length: int) -> list[Entry]:
        return entries(self._unpacked(self._bytes(offset, length)))

    def _bytes(self, offset: int, length: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(min(length, MOST_BYTES))

    def _unpacked(self, content: bytes) -> bytes:
        return gzip.decompress(content) if self._squeezed == GZIP and content else content


def tile_number(zoom: int, column: int, row: int) -> int:
    """Return the number of a tile: all tiles of farther zooms, then its place along the Hilbert curve."""
    x, y, along = column, row, 0
    side = 2**zoom // 2
    while side:
        right, low = int(x & side > 0), int(y & side > 0)
        along += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
        side //= 2
    return int((4**zoom - 1) // 3) + along


def entries(content: bytes) -> list[Entry]:
    """Return the entries of a directory: columns of numbers, each told by how far it is from the one before."""
    numbers = _varints(content)
    count = numbers[0]
    steps, runs, lengths, places = (
        numbers[1 + part * count : 1 + (part + 1) * count] for part in range(4)
    )
    found: list[Entry] = []
    for number, run, length, place in zip(accumulate(steps), runs, lengths, places, strict=True):
        after = found[-1].offset + found[-1].length if found else 0
        found.append(Entry(number, run, length, place - 1 if place else after))
    return found


def _held(directory: list[Entry], number: int) -> Entry | None:
    """Return the run that holds a tile, or the directory that may."""
    place = bisect_right(directory, number, key=lambda entry: entry.number) - 1
    if place < 0:
        return None
    entry = directory[place]
    return entry if entry.run == 0 or number < entry.number + entry.run else None


def _varints(content: bytes) -> list[int]:
    """Return numbers told seven bits a byte, the low ones first."""
    found, number, shift = [], 0, 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004
            found.append(number)
            number, shift = 0, 0
    return found
