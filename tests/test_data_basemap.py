"""The ward's own basemap: pictures out of one file, and nothing else out of it."""

import gzip
import json
import sqlite3
from itertools import chain

import pytest

from data.basemap import open_basemap
from data.pmtiles import HEADER, entries, tile_number
from geo.errors import InputError

PNG = b"\x89PNG rest"
JPEG = b"\xff\xd8\xff rest"


def mbtiles(path, tiles, **metadata):
    """A file with tiles by (zoom, column, row from the south)."""
    file = sqlite3.connect(path)
    file.execute("create table metadata (name text, value text)")
    file.execute(
        "create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)"
    )
    file.executemany("insert into metadata values (?, ?)", metadata.items())
    file.executemany(
        "insert into tiles values (?, ?, ?, ?)", [(*at, one) for at, one in tiles.items()]
    )
    file.commit()
    file.close()
    return path


def varint(number):
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def directory(rows):
    """Rows of number, run, length, offset."""
    steps = [
        row[0] - before for before, row in zip([0, *(row[0] for row in rows)], rows, strict=False)
    ]
    columns = [steps, *([row[n] + (n == 3) for row in rows] for n in (1, 2, 3))]
    return gzip.compress(b"".join(map(varint, [len(rows), *chain(*columns)])))


def pmtiles(path, tiles, *, kind=2, leaf=False):
    """A file with tiles by (zoom, column, row); with `leaf` behind a directory of its own."""
    numbered = sorted((tile_number(*at), one) for at, one in tiles.items())
    data, rows = b"", []
    for number, one in numbered:
        rows.append((number, 1, len(one), len(data)))
        data += one
    leaves = directory(rows) if leaf else b""
    root = directory([(rows[0][0], 0, len(leaves), 0)]) if leaf else directory(rows)
    about = gzip.compress(json.dumps({"attribution": '<a href="x">Sở</a>'}).encode())
    places, at = [], HEADER.size
    for part in (root, about, leaves, data):
        places += [at, len(part)]
        at += len(part)
    head = HEADER.pack(b"PMTiles", 3, *places, 0, 0, 0, 1, 2, 1, kind, 0, 3, 0, 0, 0, 0, 0, 0, 0)
    path.write_bytes(head + root + about + leaves + data)
    return path


def test_tiles_of_mbtiles_are_counted_from_the_north(tmp_path):
    file = mbtiles(tmp_path / "a.mbtiles", {(1, 0, 1): PNG, (1, 1, 0): JPEG}, format="png")

    found = open_basemap(file)

    assert found.tile(1, 0, 0) == (PNG, "image/png")
    assert found.tile(1, 1, 1) == (JPEG, "image/jpeg")
    assert found.tile(1, 1, 0) is None


@pytest.mark.parametrize("leaf", [False, True])
def test_tiles_of_pmtiles_are_found_through_their_directories(tmp_path, leaf):
    wanted = {(0, 0, 0): PNG, (1, 1, 0): JPEG, (3, 5, 2): PNG + b"3"}

    found = open_basemap(pmtiles(tmp_path / "a.pmtiles", wanted, leaf=leaf))

    for at, content in wanted.items():
        assert found.tile(*at)[0] == content
    assert found.tile(3, 5, 3) is None
    assert (found.least_zoom, found.most_zoom, found.credit) == (0, 3, "Sở")


def test_numbers_of_tiles_are_those_of_the_specification():
    few = {(0, 0, 0): 0, (1, 0, 0): 1, (1, 0, 1): 2, (1, 1, 1): 3, (1, 1, 0): 4, (2, 0, 0): 5}

    assert {at: tile_number(*at) for at in few} == few
    assert tile_number(12, 3423, 1763) == 19_078_479
    assert len({tile_number(5, x, y) for x in range(32) for y in range(32)}) == 32 * 32


def test_a_run_of_equal_tiles_is_one_entry():
    (entry,) = entries(b"\x01\x05\x03\x0a\x01")

    assert (entry.number, entry.run, entry.length, entry.offset) == (5, 3, 10, 0)


@pytest.mark.parametrize("at", [(-1, 0, 0), (0, 1, 0), (1, 0, -1), (23, 0, 0), (2, 0, 4)])
def test_a_place_outside_the_world_has_no_tile(tmp_path, at):
    file = mbtiles(tmp_path / "a.mbtiles", {(0, 0, 0): PNG}, maxzoom="1")

    assert open_basemap(file).tile(*at) is None


def test_what_is_no_picture_is_not_handed_out(tmp_path):
    file = mbtiles(tmp_path / "a.mbtiles", {(0, 0, 0): b"<script>alert(1)</script>"})

    assert open_basemap(file).tile(0, 0, 0) is None


def test_a_file_that_cannot_be_drawn_says_why(tmp_path):
    (tmp_path / "b.mbtiles").write_bytes(b"no database at all, but long enough to be looked at" * 9)
    (tmp_path / "c.pmtiles").write_bytes(b"PMTiles\x02")
    vector = mbtiles(tmp_path / "d.mbtiles", {}, format="pbf")
    tiles = pmtiles(tmp_path / "e.pmtiles", {(0, 0, 0): PNG}, kind=1)

    reasons = {"a.mbtiles": "missing", "b.mbtiles": "unreadable", "c.pmtiles": "unreadable"}
    for name, reason in {**reasons, vector.name: "vector", tiles.name: "vector"}.items():
        with pytest.raises(InputError) as fault:
            open_basemap(tmp_path / name)
        assert (fault.value.code, fault.value.facts) == (f"basemap_{reason}", {"file": name})
