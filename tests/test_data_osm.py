"""OpenStreetMap extracts: streets that people walk on, what bars their way, and houses with a number."""

import struct
from itertools import pairwise

import pytest

import workflow
from data.child_osm import barred, walkable, what_it_is
from data.osm import of_osm
from data.reading import read
from geo.errors import InputError
from geo.terms import Kind

HUE = (16.46, 107.59)


def extract(*ways, nodes=(), head=""):
    """An extract of ways (tags, corners) and of nodes (tags, place), in steps of about a hundred metres."""
    spots, drawn = [], []
    for number, (tags, corners) in enumerate(ways, start=1):
        refs = []
        for corner in corners:
            if corner not in [spot for spot, _ in spots]:
                spots.append((corner, {}))
            refs.append([spot for spot, _ in spots].index(corner) + 1)
        drawn.append((number, tags, refs))
    spots += [(place, tags) for tags, place in nodes]
    lines = [
        f'<node id="{i}" {degrees(*spot)}>{told(tags)}</node>'
        for i, (spot, tags) in enumerate(spots, 1)
    ]
    lines += [
        f'<way id="{i}">' + "".join(f'<nd ref="{ref}"/>' for ref in refs) + told(tags) + "</way>"
        for i, tags, refs in drawn
    ]
    return f'<?xml version="1.0"?>{head}<osm version="0.6">' + "".join(lines) + "</osm>"


def degrees(x, y):
    return f'lat="{HUE[0] + y / 1000:.6f}" lon="{HUE[1] + x / 1000:.6f}"'


def told(tags):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


SQUARE = [(0, 5), (1, 5), (1, 6), (0, 5)]
TOWN = extract(
    ({"highway": "residential", "name": "Lê Lợi"}, [(0, 0), (1, 0)]),
    ({"highway": "footway"}, [(1, 0), (1, 1)]),
    ({"highway": "trunk", "name": "Quốc lộ 1"}, [(0, 2), (1, 2)]),
    ({"waterway": "river", "name": "Sông Hương"}, [(0, 3), (1, 3)]),
    ({"railway": "rail"}, [(0, 4), (1, 4)]),
    ({"building": "yes", "addr:housenumber": "12", "addr:street": "Lê Lợi"}, SQUARE),
    ({"building": "yes"}, [(3, 5), (4, 5), (4, 6), (3, 5)]),
    nodes=[
        ({"addr:housenumber": "56-58", "name": "Quán Cơm"}, (0, 1)),
        ({"amenity": "bench"}, (2, 2)),
    ],
)


@pytest.fixture
def town(folder):
    (folder / "town.osm").write_text(TOWN, encoding="utf-8")
    return folder / "town.osm"


@pytest.fixture
def ward(store, folder):
    """A store with a ward around the town."""
    corners = [[HUE[1] - 0.1, HUE[0] - 0.1], [HUE[1] + 0.1, HUE[0] - 0.1], [HUE[1], HUE[0] + 0.1]]
    (folder / "wards.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ward_code":"19969",'
        f'"name":"P"}},"geometry":{{"type":"Polygon","coordinates":[{[*corners, corners[0]]}]}}}}]}}'
    )
    workflow.import_file(store, folder / "wards.geojson", kind=Kind.WARDS)
    return store


def test_streets_are_what_people_walk_on_with_ids_and_names(ward, town):
    report = workflow.import_file(ward, town, kind=Kind.STREETS)

    streets = ward.load(Kind.STREETS).set_index("street_id")
    assert streets["kind"].to_dict() == {"w1": "residential", "w2": "footway"}
    assert streets.loc["w1", "name"] == "Lê Lợi"
    assert "osm_credit" in set(report.problems["check"])


def test_barriers_are_rivers_rails_and_main_roads(ward, town):
    workflow.import_file(ward, town, kind=Kind.BARRIERS)

    assert sorted(ward.load(Kind.BARRIERS)["kind"]) == ["rail", "river", "trunk"]


def test_households_are_numbered_houses_and_no_names_of_shops(ward, town):
    workflow.import_file(ward, town, kind=Kind.HOUSEHOLDS)

    homes = ward.load(Kind.HOUSEHOLDS).set_index("household_id")
    assert sorted(homes["house_number"]) == ["12", "56-58"]
    assert sorted(name[0] for name in homes.index) == ["n", "w"]
    assert homes["head"].isna().all()
    assert homes.geometry.notna().all()


def test_importing_again_changes_nothing(ward, town):
    workflow.import_file(ward, town, kind=Kind.STREETS)

    again = workflow.import_file(ward, town, kind=Kind.STREETS)

    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_an_extract_is_taken_for_streets_where_nobody_says(town):
    assert workflow.look(town).kind == Kind.STREETS


@pytest.mark.parametrize(
    ("kind", "code"), [(Kind.MEMBERS, "osm_kind"), (Kind.BARRIERS, "osm_holds_none")]
)
def test_what_an_extract_does_not_hold_is_said(store, folder, kind, code):
    path = folder / "small.osm"
    path.write_text(extract(({"highway": "path"}, [(0, 0), (1, 0)])), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        workflow.import_file(store, path, kind=kind)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.osm", extract(head='<!DOCTYPE osm [<!ENTITY a "b">]>').encode(), "kml_doctype"),
        ("a.osm", b"<html></html>", "file_web_page"),
        ("a.osm", extract().encode(), "file_no_features"),
        ("a.osm", extract(({"highway": "path"}, [(0, 0), (1, 0)])).encode()[:150], "file_damaged"),
        ("a.pbf", b"no extract", "file_not_its_kind"),
        ("a.pbf", b"\0\0\0\x0d\n\tOSMHeader\x18\x7f", "file_damaged"),
        ("a.pbf", b"\0\0\0\x0b\n\tOSMHeader", "file_damaged"),
    ],
)
def test_what_is_no_extract_is_refused(folder, name, content, code):
    (folder / name).write_bytes(content)

    with pytest.raises(InputError) as refused:
        read(folder / name)

    assert refused.value.code == code


@pytest.mark.parametrize("cut", [1, 40, 100])
def test_a_compressed_extract_that_was_cut_short_is_refused(folder, cut):
    path = folder / "ward.osm.pbf"
    path.write_bytes(a_pbf({"highway": "residential"}, [(0, 0), (1, 0)])[:-cut])

    with pytest.raises(InputError) as refused:
        read(path)

    assert refused.value.code == "file_damaged"


def test_a_compressed_extract_holds_the_same(folder):
    path = folder / "ward.osm.pbf"
    path.write_bytes(a_pbf({"highway": "residential", "name": "Lê Lợi"}, [(0, 0), (1, 0)]))

    raw = read(path)

    assert of_osm(raw)
    assert raw.cells.iloc[0].tolist()[:4] == ["w1", "streets", "Lê Lợi", "residential"]
    assert raw.geometry.iloc[0].length == pytest.approx(0.001)


@pytest.mark.parametrize(
    ("tags", "is_what"),
    [
        ({"highway": "residential"}, ["streets"]),
        ({"highway": "residential", "access": "private"}, []),
        ({"highway": "service", "access": "private", "foot": "yes"}, ["streets"]),
        ({"highway": "primary", "foot": "no"}, []),
        ({"highway": "motorway"}, ["barriers"]),
        ({"highway": "trunk", "sidewalk": "both"}, ["streets", "barriers"]),
        ({"highway": "trunk", "sidewalk": "none"}, ["barriers"]),
        ({"highway": "trunk", "bridge": "yes"}, []),
        ({"highway": "construction"}, []),
        ({"railway": "rail", "tunnel": "yes"}, []),
        ({"railway": "tram"}, []),
        ({"waterway": "canal"}, ["barriers"]),
        ({"waterway": "canal", "tunnel": "culvert"}, []),
        ({"waterway": "drain"}, []),
        ({"natural": "water"}, ["barriers"]),
        ({"natural": "tree"}, []),
        ({"building": "house", "addr:housenumber": "3"}, ["households"]),
    ],
)
def test_tags_mean_what_people_on_foot_find(tags, is_what):
    assert list(what_it_is(tags)) == is_what
    assert walkable(tags) == ("streets" in is_what)
    assert barred(tags) == ("barriers" in is_what)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "streets", "houses"),
    [("hanoi_quoctugiam_map", 400, 253), ("hcmc_multi-tl-map", 300, 218)],
)
def test_real_extracts_give_streets_and_numbered_houses(real_data, name, streets, houses):
    raw = read(real_data / "walking" / f"{name}.osm")

    holds = raw.cells[1].str.split(",").explode().value_counts()
    assert holds["streets"] >= streets
    assert holds["households"] == houses


# --- a compressed extract, written by hand: https://wiki.openstreetmap.org/wiki/PBF_Format ---


def varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def zigzag(values):
    return b"".join(varint((value << 1) ^ (value >> 63)) for value in values)


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, content):
    return varint(field << 3 | 2) + varint(len(content)) + content


def block(kind, content):
    blob = text(1, content) + number(2, len(content))
    head = text(1, kind) + number(3, len(blob))
    return struct.pack(">I", len(head)) + head + blob


def steps(values):
    return [values[0], *(later - first for first, later in pairwise(values))]


def a_pbf(tags, corners):
    words = [b"", *(part.encode() for pair in tags.items() for part in pair)]
    table = text(1, b"".join(text(1, word) for word in words))
    ids = list(range(1, len(corners) + 1))
    lat = [round((HUE[0] + y / 1000) * 1e7) for _, y in corners]
    lon = [round((HUE[1] + x / 1000) * 1e7) for x, _ in corners]
    dense = b"".join(
        text(field, zigzag(steps(own))) for field, own in ((1, ids), (8, lat), (9, lon))
    )
    keys = b"".join(varint(1 + 2 * i) for i in range(len(tags)))
    values = b"".join(varint(2 + 2 * i) for i in range(len(tags)))
    way = number(1, 1) + text(2, keys) + text(3, values) + text(8, zigzag(steps(ids)))
    body = table + text(2, text(2, dense)) + text(2, text(3, way))
    head = text(4, b"OsmSchema-V0.6") + text(4, b"DenseNodes")
    return block(b"OSMHeader", head) + block(b"OSMData", body)
