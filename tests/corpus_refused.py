"""Files that are hopeless or mean harm, each with the code it is refused with.

Nobody in them is real. `docs/intake.md` holds the same table for people.
"""

from tests.corpus_case import BOOK, Case
from tests.corpus_files import (
    ENTITIES,
    HEAD,
    ONE,
    Rows,
    archive,
    compound,
    cut,
    endless_geopackage,
    entity_workbook,
    far_cell,
    geopackage_listing_itself,
    html,
    long_cell,
    lying_header,
    ml_row,
    ods,
    ods_row,
    ods_table,
    raw,
    shapefile_of_billions,
    spreadsheetml,
    text,
    xls,
    xlsx,
)

LOGIN = (
    "<!DOCTYPE html><html><head><title>Đăng nhập</title></head><body><form></form></body></html>"
)


def _wide(count: int) -> Rows:
    return [["Mã hộ", *(f"Cột {i}" for i in range(1, count))], ["H1", *range(1, count)]]


REFUSED = [
    Case(says="nothing at all", file="a.xlsx", make=raw(b""), code="file_empty"),
    Case(says="an empty sheet", file="a.xlsx", make=xlsx([]), code="file_empty"),
    Case(says="blank lines", file="a.csv", make=raw(b"\n\n,,\n"), code="file_empty"),
    Case(
        says="every sheet with data hidden",
        file="a.xlsx",
        make=xlsx([HEAD, ONE], [], names=["Cũ", "Trống"], hidden="Cũ"),
        code="sheets_all_hidden",
    ),
    Case(
        says="a login page called .xls",
        file="a.xls",
        make=raw(LOGIN.encode()),
        code="file_web_page",
    ),
    Case(
        says="a login page called .geojson",
        file="a.geojson",
        make=raw(LOGIN.encode()),
        code="file_web_page",
    ),
    Case(
        says="an empty collection",
        file="a.geojson",
        make=raw(b'{"type": "FeatureCollection", "features": []}'),
        code="file_no_features",
    ),
    Case(says="a PDF called .xlsx", file="a.xlsx", make=raw(b"%PDF-1.7"), code="file_wrong_ending"),
    Case(
        says="a Word document called .xlsx",
        file="a.xlsx",
        make=archive(("word/document.xml", b"<x/>")),
        code="file_wrong_ending",
    ),
    Case(says="a workbook called .gpkg", file="a.gpkg", make=BOOK, code="file_wrong_ending"),
    Case(
        says="a database called .csv",
        file="a.csv",
        make=endless_geopackage,
        code="file_wrong_ending",
    ),
    Case(says="a truncated XLSX", file="a.xlsx", make=cut(BOOK, 0.6), code="file_damaged"),
    Case(
        says="a truncated XLS", file="a.xls", make=cut(xls([HEAD, ONE]), 0.4), code="file_damaged"
    ),
    Case(
        says="truncated SpreadsheetML",
        file="a.xls",
        make=cut(spreadsheetml(ml_row(*HEAD)), 0.8),
        code="file_damaged",
    ),
    Case(
        says="an XLSX with a password",
        file="a.xlsx",
        make=raw(compound("EncryptedPackage", b"x" * 5000)),
        code="file_locked",
    ),
    Case(
        says="an XLS with a password",
        file="a.xls",
        make=xls([HEAD], locked=True),
        code="file_locked",
    ),
    Case(
        says="a value at XFD1048576",
        file="a.xlsx",
        make=far_cell("XFD1048576", filled=True),
        code="too_many_columns",
    ),
    Case(
        says="a value at BZ1048576",
        file="a.xlsx",
        make=far_cell("BZ1048576", filled=True),
        code="too_many_rows",
    ),
    Case(says="501 columns", file="a.xlsx", make=xlsx(_wide(501)), code="too_many_columns"),
    Case(says="a cell of 50 MB", file="a.xlsx", make=long_cell(50 << 20), code="cell_too_long"),
    Case(
        says="a cell of 500 MB (zip bomb)",
        file="a.xlsx",
        make=long_cell(500 << 20),
        code="zip_too_large",
    ),
    Case(says="a zip header that lies", file="a.xlsx", make=lying_header, code="zip_too_large"),
    Case(says="entities in an XLSX", file="a.xlsx", make=entity_workbook(), code="xml_doctype"),
    Case(
        says="entities in an ODS",
        file="a.ods",
        make=ods(ods_table(ods_row("&b;")), before=ENTITIES),
        code="xml_doctype",
    ),
    Case(
        says="entities in SpreadsheetML",
        file="a.xls",
        make=spreadsheetml(ml_row("&b;"), before=ENTITIES),
        code="xml_doctype",
    ),
    Case(
        says="entities in KML",
        file="a.kml",
        make=raw(f"{ENTITIES}<kml>&b;</kml>".encode()),
        code="kml_doctype",
    ),
    Case(
        says="KML that reads another file",
        file="a.kml",
        make=raw(b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>'),
        code="kml_doctype",
    ),
    Case(
        says="KML in UTF-16, its DOCTYPE out of sight",
        file="a.kml",
        make=raw(f"{ENTITIES}<kml>&b;</kml>".encode("utf-16")),
        code="file_not_its_kind",
    ),
    Case(says="NUL bytes", file="a.csv", make=raw(b"a,b\n1,\0\0\n"), code="file_nul_bytes"),
    Case(
        says="an ODS row repeated a million times",
        file="a.ods",
        make=ods(ods_table(ods_row(*["x"] * 100, times=1_000_000))),
        code="too_many_rows",
    ),
    Case(
        says="an ODS cell repeated 16,384 times",
        file="a.ods",
        make=ods(
            ods_table(
                ods_row(
                    '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
                )
            )
        ),
        code="too_many_columns",
    ),
    Case(
        says="an empty merged ODS cell repeated a billion times",
        file="a.ods",
        make=ods(
            ods_table(
                ods_row(
                    '<table:table-cell table:number-columns-spanned="2" '
                    'table:number-columns-repeated="1000000000"/>'
                )
            )
        ),
        code="file_empty",
    ),
    Case(
        says="an HTML row of two million cells",
        file="a.xls",
        make=html("<tr>" + "<td>x" * 2_000_000),
        code="too_many_columns",
    ),
    Case(
        says="a path out of the archive",
        file="a.zip",
        make=archive(("../../x.shp", b"x"), ("a.shp", b"y")),
        code="zip_unsafe",
    ),
    Case(
        says="a link in the archive",
        file="a.zip",
        make=archive(("a.shp", b"/etc/passwd"), link="a.shp"),
        code="zip_unsafe",
    ),
    Case(
        says="a zip bomb",
        file="a.zip",
        make=archive(*((f"{i}.shp", bytes(50 << 20)) for i in range(9))),
        code="zip_too_large",
    ),
    Case(
        says="no shapefile in the archive",
        file="a.zip",
        make=archive(("a.txt", b"x")),
        code="zip_one_shapefile",
    ),
    Case(
        says="a pipeline in the archive",
        file="a.zip",
        make=archive(("a.shp", b"<OGRVRTDataSource/>")),
        code="file_not_its_kind",
    ),
    Case(
        says="a GeoPackage that never ends",
        file="a.gpkg",
        make=endless_geopackage,
        code="gpkg_views",
    ),
    Case(
        says="a GeoPackage listing what is no table",
        file="a.gpkg",
        make=geopackage_listing_itself,
        code="gpkg_views",
    ),
    Case(
        says="a shapefile that claims two billion points",
        file="a.shp",
        make=shapefile_of_billions,
        code="file_damaged",
    ),
    Case(
        says="GeoJSON nested 100,000 deep",
        file="a.geojson",
        make=raw(b'{"type":"Feature","geometry":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001),
        code="file_damaged",
    ),
    Case(
        says="an encoding that does not exist",
        file="a.csv",
        make=text([HEAD]),
        asked={"encoding": "klingon"},
        code="encoding_unknown",
    ),
    Case(
        says="a sheet that does not exist",
        file="a.xlsx",
        make=BOOK,
        asked={"layer": "Hộ 2027"},
        code="layer_unknown",
    ),
]
