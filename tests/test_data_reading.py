"""Reading what people hand over: the right cells, or a clear refusal, and nothing beyond the file itself."""

import csv
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
from shapely.geometry import Point

from data.columns import match_columns
from data.reading import read
from geo.errors import InputError
from geo.terms import Kind

PLACES = gpd.GeoDataFrame(
    {"name": ["Tổ 1", "Tổ 2"], "count": [3, None]},
    geometry=[Point(107.5, 16.4), Point(107.6, 16.5)],
    crs="EPSG:4326",
)


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "driver"),
    [("a.geojson", "GeoJSON"), ("a.gpkg", "GPKG"), ("a.shp", "ESRI Shapefile")],
)
def test_a_map_file_gives_its_cells_as_text_and_its_points(folder, name, driver):
    PLACES.to_file(folder / name, driver=driver, encoding="UTF-8")

    raw = read(folder / name)

    assert raw.headings == ("name", "count")
    assert raw.cells[0].tolist() == ["Tổ 1", "Tổ 2"]
    assert raw.cells[1].fillna("").tolist() == ["3", ""]
    assert raw.geometry.tolist() == PLACES.geometry.tolist()
    assert raw.crs == "EPSG:4326"
    assert raw.rows.tolist() == [1, 2]


def test_a_zipped_shapefile_in_a_folder_is_read(folder):
    PLACES.to_file(folder / "tổ.shp", driver="ESRI Shapefile", encoding="UTF-8")
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        for part in folder.glob("tổ.*"):
            archive.write(part, f"ranh giới/{part.name}")

    assert read(folder / "x.zip").cells[0].tolist() == ["Tổ 1", "Tổ 2"]


def test_kml_placemarks_of_every_folder_are_read(folder):
    (folder / "a.kml").write_text(
        """<?xml version="1.0" encoding="UTF-8"?>
        <kml xmlns="http://www.opengis.net/kml/2.2"><Document>
        <Folder><name>x</name><Placemark><name>Tổ 1</name>
        <Point><coordinates>107.5,16.4</coordinates></Point></Placemark></Folder>
        <Folder><name>y</name><Placemark><name>Tổ 2</name>
        <Point><coordinates>107.6,16.5,7</coordinates></Point></Placemark></Folder>
        </Document></kml>""",
        encoding="utf-8",
    )

    raw = read(folder / "a.kml")

    assert raw.cells[raw.headings.index("Name")].tolist() == ["Tổ 1", "Tổ 2"]
    assert raw.geometry.tolist() == PLACES.geometry.tolist()


def test_a_spreadsheet_gives_numbers_as_typed_and_dates_as_days(folder):
    book = openpyxl.Workbook()
    book.active.append(["Mã hộ", "Nhân khẩu", "Ngày", "Vĩ độ"])
    book.active.append(["007", 4, __import__("datetime").date(2026, 11, 21), 16.4437])
    book.active.append([None, None, None, None])
    book.active.append(["008", None, None, None])
    book.save(folder / "a.xlsx")

    raw = read(folder / "a.xlsx")

    assert [raw.cells[i].iloc[0] for i in range(4)] == ["007", "4", "2026-11-21", "16.4437"]
    assert raw.rows.tolist() == [2, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_any_usual_delimiter_is_read_with_its_leading_zeros(folder, delimiter):
    lines = [["Mã hộ", "SĐT"], ["h1", "0905123456"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    (folder / "a.csv").write_text(text, encoding="utf-8-sig")

    raw = read(folder / "a.csv")

    assert raw.headings == ("Mã hộ", "SĐT")
    assert raw.cells[1].tolist() == ["0905123456"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"\xff\xfe\x00", "csv_not_utf8"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "file_no_features"),
        ("a.geojson", b"<html>login</html>", "file_web_page"),
        ("a.geojson", b'{"type": "Feature', "file_damaged"),
        ("a.gpkg", b"not a database", "file_not_its_kind"),
        ("a.gpkg", b"SQLite format 3\0" + b"x" * 4096, "file_damaged"),
        ("a.xlsx", b"PK\x03\x04 cut short", "file_damaged"),
        ("a.shp", b"\x00\x00\x27\x0a" + b"\0" * 96, "shapefile_parts_missing"),
        ("a.kml", b'<!DOCTYPE x [<!ENTITY a "b">]><kml/>', "kml_doctype"),
        ("a.pdf", b"%PDF", "file_kind_unknown"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_own_code(folder, name, content, code):
    (folder / name).write_bytes(content)

    assert refused(folder / name) == code


def test_a_file_that_is_not_there_is_said_to_be_missing(folder):
    assert refused(folder / "a.csv") == "file_missing"


TRAPS = {
    "VRT": """<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>
        </OGRVRTLayer><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{url}/x.geojson</SrcDataSource>
        </OGRVRTLayer></OGRVRTDataSource>""",
    "VRT on passwd": """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>CSV:/etc/passwd
        </SrcDataSource></OGRVRTLayer></OGRVRTDataSource>""",
    "pipeline": """{{"type": "gdal_streamed_alg", "command_line":
        "gdal vector pipeline ! read {secret} ! read /vsicurl/{url}"}}""",
    "late pipeline": """{{"x": "{spaces}", "type": "gdal_streamed_alg", "command_line":
        "gdal vector pipeline ! read {secret} ! read /vsicurl/{url}"}}""",
    "WFS": """<OGRWFSDataSource><URL>{url}/wfs?SERVICE=WFS</URL></OGRWFSDataSource>""",
    "linked workbook": """<html><body><table><tr><td>Mã hộ</td><td>Chủ hộ</td></tr><tr><td>
        <img src="{url}/x.png">h1</td><td><iframe src="file://{secret}"></iframe></td></tr></table>
        <script src="{url}/x.js"></script></body></html>""",
}


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".csv", ".zip", ".xls", ".ods"])
@pytest.mark.parametrize("trap", TRAPS)
def test_a_virtual_format_in_disguise_reads_no_secret_and_calls_nobody(
    folder, canary, suffix, trap
):
    """Faults 1-6: GDAL tells formats by content, so a file may name other files and hosts."""
    port, calls = canary
    secret = folder / "secret.csv"
    secret.write_text("name,lat,lon\nTOP SECRET,16.4,107.5\n")
    bait = {"secret": secret, "url": f"http://127.0.0.1:{port}", "spaces": " " * 70_000}
    (folder / f"innocent{suffix}").write_text(TRAPS[trap].format(**bait))

    told = whatever_is_told(folder / f"innocent{suffix}")

    assert "TOP SECRET" not in told
    assert "root:" not in told
    assert calls == []


@pytest.mark.parametrize("inside", ["a.shp", "a.vrt", "a.geojson"])
def test_a_virtual_format_in_an_archive_reads_no_secret_and_calls_nobody(folder, canary, inside):
    """Fault 2."""
    port, calls = canary
    secret = folder / "secret.csv"
    secret.write_text("name,lat,lon\nTOP SECRET,16.4,107.5\n")
    trap = TRAPS["VRT"].format(secret=secret, url=f"http://127.0.0.1:{port}")
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr(inside, trap)

    assert "TOP SECRET" not in whatever_is_told(folder / "x.zip")
    assert calls == []


def whatever_is_told(path):
    try:
        raw = read(path)
    except InputError as error:
        return str(error)
    return f"{raw.headings} {raw.cells.to_string()}"


@pytest.mark.parametrize("name", ["vsicurl", "CSV:passwd.csv", "a;rm -rf x.csv", "-x.csv"])
def test_an_odd_name_is_only_a_name(folder, name):
    """Fault 7: the reader never sees the name a person gave."""
    path = folder / f"{name}.csv"
    path.write_text("name,lat\nTổ 1,16.4\n", encoding="utf-8")

    assert read(path).cells[0].tolist() == ["Tổ 1"]


def test_a_path_of_gdal_is_a_file_that_is_missing():
    assert refused(Path("/vsicurl/http://127.0.0.1:9/x.geojson")) == "file_missing"


def test_a_geopackage_layer_may_be_called_anything(folder):
    """Fault 10: a name is text."""
    PLACES.to_file(folder / "a.gpkg", driver="GPKG", layer='x"; DROP TABLE gpkg_contents; --')

    assert read(folder / "a.gpkg").cells[0].tolist() == ["Tổ 1", "Tổ 2"]


def test_a_geopackage_cut_short_is_refused(folder):
    """Fault 11."""
    PLACES.to_file(folder / "a.gpkg", driver="GPKG")
    content = (folder / "a.gpkg").read_bytes()
    (folder / "a.gpkg").write_bytes(content[: len(content) // 3])

    assert refused(folder / "a.gpkg") == "file_damaged"


@pytest.mark.parametrize("side", ["-wal", "-journal"])
def test_a_geopackage_left_half_written_is_explained(folder, side):
    """Fault 12."""
    PLACES.to_file(folder / "a.gpkg", driver="GPKG")
    (folder / f"a.gpkg{side}").write_bytes(b"x")

    assert refused(folder / "a.gpkg") == "gpkg_unfinished"


def test_a_geopackage_whose_view_loads_code_is_refused(folder):
    """Fault 9."""
    PLACES.to_file(folder / "a.gpkg", driver="GPKG")
    with closing(sqlite3.connect(folder / "a.gpkg")) as connection:
        connection.execute("create view v as select load_extension('/tmp/x.so')")
        connection.execute("update gpkg_contents set table_name = 'v'")
        connection.commit()

    assert refused(folder / "a.gpkg") == "gpkg_views"


@pytest.mark.real
def test_the_legacy_pairs_of_public_files_are_converted(real_data, folder):
    """Two rows are ambiguous on their own; the others are exact."""
    with (real_data / "addresses/vni_tcvn3_pairs.tsv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    for encoding in ("VNI", "TCVN3"):
        own = [pair for pair in pairs if pair["encoding"] == encoding]
        lines = "\n".join(f'"{pair["legacy"]}"' for pair in own)
        (folder / "a.csv").write_text(f"name\n{lines}\n", encoding="utf-8")

        read_as = read(folder / "a.csv", encoding=encoding.lower()).cells[0].tolist()

        assert read_as == [pair["unicode"] for pair in own]


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("Mau_Import_HoDan.xlsx", ("HuongDan", "DanhMuc")),
        ("Mau_Import_HoDan_ChinhQuyenSo.xls", ()),
        ("import_household_template.csv", ()),
    ],
)
def test_the_templates_that_are_passed_around_are_read(real_data, name, left_out):
    raw = read(real_data / "households/templates" / name)

    columns = match_columns(raw.headings, Kind.HOUSEHOLDS, {})
    assert raw.cells[columns.positions["household_id"]].tolist() == ["HD001", "HD002", "HD003"]
    assert raw.cells[columns.positions["phone"]].tolist()[0] == "0912345678"
    assert raw.cells[columns.positions["near_poor"]].tolist() == ["Khong", "Co", "Khong"]
    assert tuple(sheet for sheet, _ in raw.left_out) == left_out


def test_a_geojson_that_names_a_gdal_pipeline_is_refused(folder):
    (folder / "a.geojson").write_text(
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}'
    )

    assert refused(folder / "a.geojson") == "file_not_its_kind"


def test_a_geopackage_with_a_view_is_refused(folder):
    PLACES.to_file(folder / "a.gpkg", driver="GPKG")
    connection = sqlite3.connect(folder / "a.gpkg")
    connection.execute("create view v as select * from a")
    connection.commit()
    connection.close()

    assert refused(folder / "a.gpkg") == "gpkg_views"
