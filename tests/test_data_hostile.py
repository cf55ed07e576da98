"""Faults 1-29 and 33-36 of what people hand over, each tried through a whole import, beside a secret and a canary.

Whatever happens: the secret is told nowhere, nobody calls the canary, no process and no scratch file is left, and what
is refused leaves the store as it was. The numbers are those of the list of faults in `docs/intake.md`.
"""

import json
import shutil
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
from pyproj import Transformer
from shapely.geometry import Point, Polygon

import words
import workflow
from data.store import open_store
from exports.sheets import table_xlsx
from geo.errors import InputError
from geo.plain_text import guarded
from geo.terms import Kind
from tests.corpus_refused import REFUSED
from tests.intake import dump
from tests.test_data_reading import PLACES, TRAPS
from views.intake_state import own_name

SECRET = "TOP SECRET 7f3a"
SOON_S = 20.0
AT_ONCE_S = 5.0
WANTED = {*range(1, 30), *range(33, 37)}
TRIED: dict[int, list[str]] = {}


def fault(*numbers):
    """Mark a test as the one of these faults."""

    def marked(test):
        for number in numbers:
            TRIED.setdefault(number, []).append(test.__name__)
        return test

    return marked


class Watch:
    """A store, a secret beside the files, a server that counts who calls, and a look at what an import says."""

    def __init__(self, folder: Path, port: int, scratch: Path) -> None:
        self.folder, self.port, self.scratch = folder, port, scratch
        self.secret = folder / "secret.csv"
        self.secret.write_text(f"name,lat,lon\n{SECRET},16.4,107.5\n", encoding="utf-8")
        self.store = open_store(str(folder.parent / "store.sqlite"))
        self.said: list[str] = []

    @property
    def bait(self) -> dict[str, str]:
        return {
            "secret": str(self.secret),
            "url": f"http://127.0.0.1:{self.port}",
            "spaces": " " * 70_000,
        }

    def take(self, path: Path, kind: str = "households") -> workflow.ImportReport:
        """Import a file; remember all that is said of it."""
        report = workflow.import_file(self.store, path, kind=Kind(kind))
        self.said.append(f"{report} {report.problems.to_string()} {report.aside.to_string()}")
        self.said.append(str(dump(self.store)))
        return report

    def refused(self, path: Path, kind: str = "households") -> str:
        """Import a file that must be refused, soon, in two languages, the store as it was; return the code."""
        before, began = dump(self.store), time.monotonic()
        with pytest.raises(InputError) as caught:
            self.take(path, kind)
        assert time.monotonic() - began < SOON_S
        error = caught.value
        assert error.code in words.TEXTS
        self.said += [words.sentence(error.code, lang, **error.facts) for lang in ("vi", "en")]
        self.said.append(str(error))
        assert dump(self.store) == before
        assert workflow.imports(self.store).empty
        return error.code


@pytest.fixture
def watch(folder, canary, monkeypatch) -> Iterator[Watch]:
    """The watch, and after the test: nothing told, nobody called, nothing left."""
    port, calls = canary
    scratch = folder.parent / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = children()
    watched = Watch(folder, port, scratch)
    yield watched
    watched.store.close()
    assert calls == []
    assert SECRET in watched.secret.read_text(encoding="utf-8")
    assert not any(SECRET in said or "root:x:" in said for said in watched.said)
    assert list(scratch.iterdir()) == []
    assert children() <= before


def children() -> set[str]:
    """The processes that this one has started and that still run, where the system tells."""
    tasks = Path("/proc/self/task")
    return {child for task in tasks.glob("*/children") for child in task.read_text().split()}


@fault(1, 3, 4, 5, 6)
@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml"])
def test_a_file_that_names_other_files_or_hosts_is_refused(watch, trap, suffix):
    path = watch.folder / f"innocent{suffix}"
    path.write_text(TRAPS[trap].format(**watch.bait), encoding="utf-8")

    watch.refused(path)


@fault(2)
@pytest.mark.parametrize("inside", ["a.shp", "a.vrt", "a.geojson"])
def test_the_same_in_an_archive_is_refused(watch, inside):
    with zipfile.ZipFile(watch.folder / "a.zip", "w") as archive:
        archive.writestr(inside, TRAPS["VRT"].format(**watch.bait))

    watch.refused(watch.folder / "a.zip")


@fault(7)
def test_a_name_that_is_a_path_reaches_no_reader(watch):
    for name in ("/vsicurl/http://127.0.0.1/x.geojson", "../../x.geojson", "..\\..\\x.geojson"):
        assert own_name(name) == "x.geojson"
    assert watch.refused(Path("/vsicurl/") / watch.bait["url"] / "x.geojson") == "file_missing"
    odd = watch.folder / "CSV:secret.csv"
    odd.write_text("Mã hộ\nh1\n", encoding="utf-8")

    assert watch.take(odd).added == 1


CASES = {case.says: case for case in REFUSED}


@fault(8, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23)
@pytest.mark.parametrize(
    "says",
    [
        "a GeoPackage that never ends",
        "KML that reads another file",
        "entities in KML",
        "a zip bomb",
        "a zip header that lies",
        "a path out of the archive",
        "a link in the archive",
        "a shapefile that claims two billion points",
        "a value at XFD1048576",
        "a cell of 500 MB (zip bomb)",
        "entities in an XLSX",
    ],
)
def test_what_would_never_end_or_break_out_is_refused_at_once(watch, says):
    case = CASES[says]
    case.make(watch.folder / case.file)
    there = {path.name for path in watch.folder.iterdir()}
    began = time.monotonic()

    assert watch.refused(watch.folder / case.file) == case.code
    assert time.monotonic() - began < AT_ONCE_S
    assert {path.name for path in watch.folder.iterdir()} == there


def geopackage(folder: Path, *statements: str) -> Path:
    import sqlite3

    path = folder / "a.gpkg"
    PLACES.to_file(path, driver="GPKG")
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@fault(9)
def test_a_view_that_loads_code_is_refused(watch):
    path = geopackage(
        watch.folder,
        "create view v as select load_extension('/tmp/x.so')",
        "update gpkg_contents set table_name = 'v'",
    )

    assert watch.refused(path) == "gpkg_views"


@fault(10)
def test_a_layer_may_be_called_anything(watch):
    PLACES.to_file(watch.folder / "a.gpkg", driver="GPKG", layer='x"; DROP TABLE gpkg_contents; --')

    assert watch.take(watch.folder / "a.gpkg").read == 2


@fault(11)
def test_a_geopackage_cut_short_is_refused(watch):
    path = geopackage(watch.folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])

    assert watch.refused(path) == "file_damaged"


@fault(12)
@pytest.mark.parametrize("side", ["-wal", "-journal"])
def test_a_geopackage_left_half_written_is_explained(watch, side):
    path = geopackage(watch.folder)
    path.with_name(path.name + side).write_bytes(b"x")

    assert watch.refused(path) == "gpkg_unfinished"


@fault(19)
@pytest.mark.parametrize(
    ("part", "code"), [(".shx", "shapefile_parts_missing"), (".dbf", "shapefile_parts_missing")]
)
def test_a_shapefile_without_its_parts_is_refused(watch, part, code):
    PLACES.to_file(watch.folder / "a.shp", driver="ESRI Shapefile", encoding="UTF-8")
    (watch.folder / f"a{part}").unlink()

    assert watch.refused(watch.folder / "a.shp") == code


@fault(19)
def test_a_shapefile_without_its_system_is_asked_about_or_told(watch):
    """Degrees in Vietnam are taken for degrees only where that is said."""
    PLACES.to_file(watch.folder / "a.shp", driver="ESRI Shapefile", encoding="UTF-8")
    (watch.folder / "a.prj").unlink()

    try:
        report = watch.take(watch.folder / "a.shp")
    except InputError as asked:
        assert asked.code.startswith("crs_")
    else:
        assert any(str(check).startswith("crs_") for check in report.problems["check"])


@fault(24)
def test_nothing_a_login_page_and_an_empty_collection_are_told_apart(watch):
    contents = [b"", b"<html>login</html>", b'{"type": "FeatureCollection", "features": []}']
    codes = []
    for content in contents:
        (watch.folder / "a.geojson").write_bytes(content)
        codes.append(watch.refused(watch.folder / "a.geojson"))

    assert codes == ["file_empty", "file_web_page", "file_no_features"]
    assert len({words.say(code, file="x") for code in codes}) == 3


# --- places that are not where they seem ---


@fault(25)
def test_swapped_latitude_and_longitude_are_put_right_and_said(watch, ward):
    watch.take(ward.neighbourhoods(), "neighbourhoods")
    file = ward.table(
        "households.csv",
        **{"Mã hộ": ["h1", "h2"], "Vĩ độ": [16.405, 107.506], "Kinh độ": [107.505, 16.405]},
    )

    report = watch.take(file)

    homes = watch.store.load("households").set_index("household_id").geometry
    assert (round(homes["h2"].x, 6), round(homes["h2"].y, 6)) == (107.506, 16.405)
    swapped = report.problems[report.problems["check"] == "coordinates_swapped"]
    assert swapped["row"].tolist() == [3]


def in_metres(watch, ward):
    """A household in the middle of neighbourhood A, in VN-2000 metres that the file calls degrees."""
    place = ward.point(0.5, 0.5)
    east, north = Transformer.from_crs(4326, 9214, always_xy=True).transform(place.x, place.y)
    frame = gpd.GeoDataFrame({"Mã hộ": ["h1"]}, geometry=[Point(east, north)], crs=4326)
    frame.to_file(watch.folder / "households.geojson", driver="GeoJSON")
    return watch.folder / "households.geojson", place


@fault(26)
def test_metres_labelled_degrees_are_put_right_where_the_ward_is_known_and_said(watch, ward):
    watch.take(ward.ward(), "wards")
    path, place = in_metres(watch, ward)

    report = watch.take(path)

    (home,) = watch.store.load("households").geometry
    assert home.distance(place) < 1e-6
    assert len(report.problems) > 0


@fault(26)
def test_metres_labelled_degrees_are_asked_about_where_no_ward_is_known(watch, ward):
    path, _ = in_metres(watch, ward)

    assert watch.refused(path).startswith("crs_")


@fault(27)
def test_a_bow_tie_is_reported(watch):
    bow_tie = Polygon([(107.5, 16.4), (107.51, 16.41), (107.51, 16.4), (107.5, 16.41)])
    frame = gpd.GeoDataFrame({"name": ["Tổ 1"], "ward_code": "00004"}, geometry=[bow_tie], crs=4326)
    frame.to_file(watch.folder / "a.geojson", driver="GeoJSON")

    report = watch.take(watch.folder / "a.geojson", "neighbourhoods")

    invalid = report.problems[report.problems["check"] == "geometry_invalid"]
    assert invalid["row"].tolist() == [1]
    (stored,) = watch.store.load("neighbourhoods").geometry
    assert stored.is_valid


@fault(28)
def test_rows_without_a_place_are_listed_and_the_rest_goes_on(watch):
    square = [[[107.5, 16.4], [107.51, 16.4], [107.51, 16.41], [107.5, 16.4]]]
    shapes = [
        {"type": "Polygon", "coordinates": square},
        None,
        {"type": "Polygon", "coordinates": []},
    ]
    features = [
        {"type": "Feature", "properties": {"name": f"Tổ {i}"}, "geometry": shape}
        for i, shape in enumerate(shapes, start=1)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (watch.folder / "a.geojson").write_text(json.dumps(collection), encoding="utf-8")

    report = watch.take(watch.folder / "a.geojson", "neighbourhoods")

    assert watch.store.load("neighbourhoods")["name"].tolist() == ["Tổ 1"]
    listed = report.problems.dropna(subset="row")
    assert {2, 3} <= set(listed["row"])
    assert report.set_aside == 2


@fault(28)
def test_coordinates_that_are_no_numbers_are_listed_and_the_rest_goes_on(watch):
    nowhere, here = Point(float("nan"), float("nan")), Point(107.5, 16.4)
    frame = gpd.GeoDataFrame(
        {"Mã hộ": ["h1", "h2", "h3"]}, geometry=[here, nowhere, None], crs=4326
    )
    frame.to_file(watch.folder / "a.gpkg", driver="GPKG")

    report = watch.take(watch.folder / "a.gpkg")

    homes = watch.store.load("households").set_index("household_id").geometry
    assert homes.notna().to_dict() == {"h1": True, "h2": False, "h3": False}
    assert report.added == 3


@fault(29)
def test_a_shape_of_a_million_corners_is_refused(watch):
    corners = ",".join(f"[{107 + i * 1e-7:.7f},16.4]" for i in range(1_000_000))
    shape = f'{{"type":"LineString","coordinates":[{corners}]}}'
    (watch.folder / "a.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{shape}}}]}}'
    )

    assert watch.refused(watch.folder / "a.geojson", "streets") == "too_many_corners"


DEEP = 100_000
NESTED = {
    "folders.kml": (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        + "<Folder>" * DEEP
        + "<Placemark/>"
        + "</Folder>" * DEEP
        + "</Document></kml>"
    ),
    "rings.geojson": '{"type":"Polygon","coordinates":' + "[" * DEEP + "]" * DEEP + "}",
    "collections.geojson": ('{"type":"GeometryCollection","geometries":[' * DEEP + "]}" * DEEP),
    "sheet.xls": (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        + "<a>" * DEEP
        + "</a>" * DEEP
        + "</Workbook>"
    ),
}


@fault(29)
@pytest.mark.parametrize("name", NESTED)
def test_a_hundred_thousand_levels_are_refused(watch, name):
    (watch.folder / name).write_text(NESTED[name])

    assert watch.refused(watch.folder / name) in ("file_damaged", "file_empty")


# --- names ---

SIGNS = ["=1+1", "+84905", "-2", "@SUM(A1)", "＝1", "=cmd|' /C calc'!A0"]


@fault(33)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_names_that_look_like_formulas_go_out_and_come_back_as_they_are(watch, suffix):
    import pandas as pd

    table = pd.DataFrame(
        {"household_id": [f"h{i}" for i in range(len(SIGNS))], "head": SIGNS}, dtype=object
    )
    path = watch.folder / f"households{suffix}"
    if suffix == ".xlsx":
        table_xlsx(table, path, title="Hộ", made_up=False)
        with zipfile.ZipFile(path) as book:
            assert not any(b"<f>" in book.read(name) for name in book.namelist())
    else:
        cells = table.assign(head=table["head"].map(guarded))
        assert cells["head"].str.startswith("'").all()
        cells.to_csv(path, index=False, encoding="utf-8-sig")

    watch.take(path)

    assert watch.store.load("households")["head"].tolist() == SIGNS


@fault(34)
def test_control_signs_half_letters_and_letters_taken_apart_are_cleaned(watch):
    apart = unicodedata.normalize("NFD", "Nguyễn")
    rows = [f"h1,{apart}\x07 Thị\x1b\u202e Ổn", "h2,Trần\ud83d"]
    content = "\n".join(["Mã hộ,Chủ hộ", *rows])
    (watch.folder / "a.csv").write_bytes(content.encode("utf-8", "surrogatepass"))

    watch.take(watch.folder / "a.csv")

    heads = watch.store.load("households")["head"].tolist()
    assert heads == ["Nguyễn Thị Ổn", "Trần\ufffd"]


@fault(34)
def test_the_same_in_a_map(watch):
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":'
        '{"type":"Point","coordinates":[107.5,16.4]},"properties":'
        '{"Mã hộ":"h1","Chủ hộ":"Trần\\ud83d Văn\\u0007 Ba\\u202e"}}]}'
    )
    (watch.folder / "a.geojson").write_text(text, encoding="utf-8")

    watch.take(watch.folder / "a.geojson")

    (head,) = watch.store.load("households")["head"]
    assert "Văn Ba" in head
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in head)


@fault(35)
def test_leading_zeros_are_kept(watch):
    book = openpyxl.Workbook()
    book.active.append(["Mã hộ", "SĐT", "Số nhà", "Mã phường"])
    book.active.append(["0007", "0905000001", "08", "00004"])
    book.active.append(["0008", 905000002, "008", 4])
    book.save(watch.folder / "households.xlsx")

    watch.take(watch.folder / "households.xlsx")

    homes = watch.store.load("households")
    assert homes["household_id"].tolist() == ["0007", "0008"]
    assert homes["phone"].tolist() == ["0905000001", "0905000002"]
    assert homes["house_number"].tolist() == ["08", "008"]
    assert homes["ward_given"].tolist() == ["00004", "00004"]


@fault(36)
def test_the_same_file_twice_is_one_import(watch):
    path = watch.folder / "households.csv"
    path.write_text("Mã hộ,Chủ hộ\nh1,Lê Thị Ổn\n", encoding="utf-8")
    watch.take(path)
    before = dump(watch.store)
    shutil.copy(path, watch.folder / "again.csv")

    watch.take(path)
    watch.take(watch.folder / "again.csv")

    assert len(workflow.imports(watch.store)) == 1
    assert dump(watch.store) == before


def test_every_fault_is_tried():
    assert set(TRIED) == WANTED
