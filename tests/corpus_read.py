"""Files as wards have them, each with what its fields hold once it is read.

Nobody in them is real. `docs/intake.md` holds the same table for people.
"""

import datetime
import unicodedata

from tests.corpus_case import BOOK, FINE, MOTTO, PEOPLE, Case
from tests.corpus_files import (
    HEAD,
    ONE,
    TWO,
    Rows,
    far_cell,
    html,
    ml_row,
    ods,
    ods_row,
    ods_table,
    raw,
    spreadsheetml,
    text,
    tr,
    xls,
    xlsx,
)

OVER = ["UBND PHƯỜNG THỬ", None, None, MOTTO, None]
TITLE = ["DANH SÁCH HỘ DÂN NĂM 2026"]
SIGNED: Rows = [
    [None, None, None, "Huế, ngày 5 tháng 8 năm 2026"],
    [None, "Người lập biểu", None, "TM. UBND PHƯỜNG"],
    [None, "(Ký, ghi rõ họ tên)", None, "CHỦ TỊCH"],
    [None, "Lê Văn Thử", None, "Trần Thị Mẫu"],
]
TWO_ROWS: Rows = [
    ["STT", "Mã hộ", "Chủ hộ", "Tọa độ", None, "Ghi chú"],
    [None, None, None, "Vĩ độ", "Kinh độ", None],
    [1, "H1", "Lê Thị Ổn", 16.46, 107.59, None],
    [2, "H2", "Trần Văn Đức", 16.47, 107.58, "xa"],
]
PLACED = PEOPLE | {"lat": ["16.46", "16.47"], "lon": ["107.59", "107.58"]}
THREE_ROWS: Rows = [
    ["STT", "Mã hộ", "Thông tin chủ hộ", None, None, None],
    [None, None, "Họ và tên", "Giấy tờ, liên hệ", None, "Tổ dân phố"],
    [None, None, None, "Số CCCD", "SĐT", None],
    [1, "H1", "Lê Thị Ổn", "046000000001", "0905123456", "Tổ 1"],
    [2, "H2", "Trần Văn Đức", "046000000002", "0912345678", "Tổ 2"],
]
MERGED_PLACE: Rows = [HEAD, ONE, [2, "H2", "Trần Văn Đức", None, "0912345678"]]
SAME_PLACE = PEOPLE | {"neighbourhood_given": ["Tổ 1", "Tổ 1"]}
PLACES = PEOPLE | {"neighbourhood_given": ["Tổ 1", "Tổ 2"]}
HELP: Rows = [["Nội dung", "Hướng dẫn"], ["Mã hộ", "Bắt buộc"]]
NO_PLACE = ["STT", "Mã hộ", "Họ và tên chủ hộ", "SĐT", "Số nhân khẩu"]
TCVN3_ROWS: Rows = [["M· hé", "Hä vµ tªn chñ hé"], ["H1", "TrÇn V¨n ®øc"]]
VNI_ROWS: Rows = [["Maõ hoä", "Hoï vaø teân chuû hoä"], ["H1", "Traàn Vaên Ñöùc"]]
ASKED_FOR = {"household_id": ["H1"], "head": ["Trần Văn Đức"]}


def _wide(count: int) -> Rows:
    return [["Mã hộ", *(f"Cột {i}" for i in range(1, count))], ["H1", *range(1, count)]]


def _decomposed(rows: Rows) -> Rows:
    return [[unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in r] for r in rows]


READ = [
    Case(says="a plain XLSX", file="a.xlsx", make=BOOK, gives=PLACES),
    Case(
        says="motto and title rows above the headings",
        file="a.xlsx",
        make=xlsx([OVER, [None] * 3 + ["Độc lập - Tự do - Hạnh phúc"], TITLE, HEAD, ONE, TWO]),
        gives=PLACES,
        skipped={"above_headings": 3},
    ),
    Case(
        says="the authority left and the motto right, in merged cells right above the headings",
        file="a.xlsx",
        make=xlsx([OVER, HEAD, ONE, TWO], merged="A1:C1 D1:E1"),
        gives=PLACES,
        skipped={"above_headings": 1},
    ),
    Case(
        says="headings in two rows, merged",
        file="a.xlsx",
        make=xlsx(TWO_ROWS, merged="A1:A2 B1:B2 C1:C2 D1:E1 F1:F2"),
        gives=PLACED,
    ),
    Case(says="headings in two rows of a CSV", file="a.csv", make=text(TWO_ROWS), gives=PLACED),
    Case(
        says="headings in three rows, a national id among them",
        file="a.xlsx",
        make=xlsx(THREE_ROWS, merged="A1:A3 B1:B3 C1:F1 C2:C3 D2:E2 F2:F3"),
        gives=PLACES | {"phone": ["0905123456", "0912345678"], "national_ids": ["Số CCCD"]},
    ),
    Case(
        says="a row (1) (2) (3) that numbers the columns",
        file="a.xlsx",
        make=xlsx([HEAD, [f"({i})" for i in range(1, 6)], ONE, TWO]),
        gives=PLACES,
        skipped={"numbering": 1},
    ),
    Case(
        says="a row A B 1 2 3 that numbers the columns",
        file="a.xlsx",
        make=xlsx([HEAD, ["A", "B", 1, 2, 3], ONE, TWO]),
        gives=PLACES,
        skipped={"numbering": 1},
    ),
    Case(
        says="a TDP cell merged over its households",
        file="a.xlsx",
        make=xlsx(MERGED_PLACE, merged="D2:D3"),
        gives=SAME_PLACE,
    ),
    Case(
        says="sums below each TDP and at the end; a household of the Tống family stays",
        file="a.xlsx",
        make=xlsx(
            [
                [*HEAD, "Đường"],
                [*ONE, "Cộng Hòa"],
                ["Cộng tổ 1", None, None, None, 1],
                [2, "H2", "Tống Văn Cống", "Tổ 2", None, "Tổng Cốc"],
                [None, "TỔNG CỘNG:", None, None, 2],
            ]
        ),
        gives={"head": ["Lê Thị Ổn", "Tống Văn Cống"]},
        skipped={"total": 2},
    ),
    Case(
        says="date, titles and names of those who sign below",
        file="a.xlsx",
        make=xlsx([HEAD, ONE, TWO, *SIGNED]),
        gives=PLACES,
        skipped={"signature": 4},
    ),
    Case(
        says="a note below the table",
        file="a.xlsx",
        make=xlsx([HEAD, ONE, TWO, ["Ghi chú: số liệu đến 30/6"]]),
        gives=PLACES,
        skipped={"note": 1},
    ),
    Case(
        says="headings repeated on each printed page",
        file="a.xlsx",
        make=xlsx([HEAD, ONE, HEAD, TWO]),
        gives=PLACES,
        skipped={"repeated_heading": 1},
    ),
    Case(
        says="lines that name the TDP of the rows below them",
        file="a.xlsx",
        make=xlsx(
            [NO_PLACE, ["I. Tổ 1"], [1, "H1", "Lê Thị Ổn"], ["II. Tổ 2"], [2, "H2", "Trần Văn Đức"]]
        ),
        gives=PLACES,
        skipped={"section": 2},
    ),
    Case(
        says="one sheet for each TDP, called so",
        file="a.xlsx",
        make=xlsx(
            [NO_PLACE, [1, "H1", "Lê Thị Ổn"]],
            [NO_PLACE, [1, "H2", "Trần Văn Đức"]],
            names=["Tổ 1", "Tổ 2"],
        ),
        gives=PLACES,
    ),
    Case(
        says="two sheets of one kind, their columns in another order",
        file="a.xlsx",
        make=xlsx([HEAD, ONE], [HEAD[::-1], TWO[::-1]]),
        gives=PLACES,
    ),
    Case(
        says="help and value sheets beside the list",
        file="a.xlsx",
        make=xlsx(HELP, [HEAD, ONE, TWO], HELP, names=["HuongDan", "Hộ", "Danh mục"]),
        gives=PLACES,
        left_out={"HuongDan": "sheet_help", "Danh mục": "sheet_help"},
    ),
    Case(
        says="a hidden sheet",
        file="a.xlsx",
        make=xlsx([HEAD, ONE, TWO], [HEAD, TWO], names=["Hộ", "Cũ"], hidden="Cũ"),
        gives=PLACES,
        left_out={"Cũ": "sheet_hidden"},
    ),
    Case(
        says="a hidden sheet that the person names",
        file="a.xlsx",
        make=xlsx([HEAD, ONE], [HEAD, ONE, TWO], names=["Mới", "Cũ"], hidden="Cũ"),
        gives=PLACES,
        left_out={"Mới": "sheet_other"},
        asked={"layer": "Cũ"},
    ),
    Case(
        says="a sheet of other data, and an empty one",
        file="a.xlsx",
        make=xlsx(
            [HEAD, ONE, TWO], [["Tháng", "Thu"], ["1", "2"]], [], names=["Hộ", "Thu chi", "Trống"]
        ),
        gives=PLACES,
        left_out={"Thu chi": "sheet_other", "Trống": "sheet_empty"},
    ),
    Case(says="an XLS of Excel 97", file="a.xls", make=xls([HEAD, ONE, TWO]), gives=PLACES),
    Case(
        says="an XLS with merged cells",
        file="a.xls",
        make=xls([TITLE, *MERGED_PLACE], merged=[(2, 3, 3, 3)]),
        gives=SAME_PLACE,
        skipped={"above_headings": 1},
    ),
    Case(
        says="an ODS with merged cells, a hidden sheet, and a million empty rows",
        file="a.ods",
        make=ods(
            ods_table(
                ods_row(*HEAD),
                ods_row(
                    '<table:table-cell office:value-type="float" office:value="1"/>',
                    "H1",
                    "Lê Thị Ổn",
                    '<table:table-cell table:number-rows-spanned="2"><text:p>Tổ 1</text:p></table:table-cell>',
                    '<table:table-cell office:value-type="float" office:value="905123456"/>',
                ),
                ods_row("2", "H2", "Trần Văn Đức", "<table:covered-table-cell/>"),
                ods_row(
                    '<table:table-cell table:number-columns-repeated="16384"/>', times=1_048_000
                ),
            )
            + ods_table(ods_row(*HEAD), ods_row(*map(str, TWO)), name="Cũ", style="ta2")
        ),
        gives=SAME_PLACE | {"phone": ["905123456", None]},
        left_out={"Cũ": "sheet_hidden"},
    ),
    Case(says="an .xls that is HTML", file="a.xls", make=FINE, gives=PLACES),
    Case(
        says="an .xls that is HTML with spans",
        file="a.xls",
        make=html(
            tr("<th rowspan=2>Mã hộ</th>", "<th rowspan=2>Chủ hộ</th>", "<th colspan=2>Tọa độ</th>")
            + tr("<th>Vĩ độ</th>", "<th>Kinh độ</th>")
            + tr("H1", "Lê Thị&nbsp;Ổn", "16.46", "107.59")
            + tr("H2", "Trần Văn<br>Đức", "16.47", "107.58")
        ),
        gives=PLACED,
    ),
    Case(
        says="an .xls that is SpreadsheetML, with gaps and merged cells",
        file="a.xls",
        make=spreadsheetml(
            ml_row("DANH SÁCH HỘ")
            + ml_row(*HEAD, at=' ss:Index="3"')
            + ml_row(
                '<Cell ss:Index="2"><Data ss:Type="String">H1</Data></Cell>',
                "Lê Thị Ổn",
                '<Cell ss:MergeDown="1"><Data ss:Type="String">Tổ 1</Data></Cell>',
                '<Cell><Data ss:Type="Number">905123456</Data></Cell>',
            )
            + ml_row('<Cell ss:Index="2"><Data ss:Type="String">H2</Data></Cell>', "Trần Văn Đức")
        ),
        gives=SAME_PLACE | {"phone": ["905123456", None]},
        skipped={"above_headings": 1},
    ),
    Case(
        says="CSV with semicolons and a byte order mark",
        file="a.csv",
        make=text([HEAD, ONE, TWO], delimiter=";", encoding="utf-8-sig"),
        gives=PLACES | {"phone": ["0905123456", "0912345678"]},
    ),
    Case(
        says="“Unicode text” of Excel: tabs in UTF-16",
        file="a.txt",
        make=text([HEAD, ONE, TWO], delimiter="\t", encoding="utf-16"),
        gives=PLACES,
    ),
    Case(
        says="UTF-16 without its mark",
        file="a.csv",
        make=text([["household_id", "head"], ["H1", "An"]], encoding="utf-16-be"),
        gives={"household_id": ["H1"], "head": ["An"]},
    ),
    Case(
        says="CSV with bars", file="a.csv", make=text([HEAD, ONE, TWO], delimiter="|"), gives=PLACES
    ),
    Case(
        says="TSV by its own ending",
        file="a.tsv",
        make=text([HEAD, ONE], delimiter="\t"),
        gives={"head": ["Lê Thị Ổn"]},
    ),
    Case(
        says="Windows-1258 text",
        file="a.csv",
        make=raw(
            "Ma hô\u0323,Ho\u0323 va\u0300 tên chu\u0309 hô\u0323\nH1,Lê Thi\u0323 Ô\u0309n".encode(
                "windows-1258"
            )
        ),
        gives={"head": ["Lê Thị Ổn"]},
    ),
    Case(
        says="Windows-1252 text",
        file="a.csv",
        make=text([["household_id", "head"], ["H1", "René Ñuñez"]], encoding="windows-1252"),
        gives={"head": ["René Ñuñez"]},
    ),
    Case(
        says="TCVN3 text, on the person's word",
        file="a.csv",
        make=text(TCVN3_ROWS, encoding="latin-1"),
        gives={"household_id": ["H1"], "head": ["Trần Văn đức"]},
        asked={"encoding": "tcvn3"},
    ),
    Case(
        says="VNI text in a workbook, on the person's word",
        file="a.xlsx",
        make=xlsx(VNI_ROWS),
        gives=ASKED_FOR,
        asked={"encoding": "vni"},
    ),
    Case(
        says="titles above the headings of a CSV",
        file="a.csv",
        make=text([[MOTTO], ["Danh sách hộ, thôn, tổ"], HEAD, ONE, TWO], delimiter=";"),
        gives=PLACES,
        skipped={"above_headings": 2},
    ),
    Case(
        says="a quoted cell with delimiter and line break",
        file="a.csv",
        make=raw('Mã hộ,Chủ hộ\nH1,"Ổn, Lê\nThị"\nH2,Đức'.encode()),
        gives={"head": ["Ổn, Lê Thị", "Đức"]},
    ),
    Case(
        says="a line sep=; before the table",
        file="a.csv",
        make=text([HEAD, ONE, TWO], delimiter=";", before="sep=;\r\n"),
        gives=PLACES,
    ),
    Case(
        says="decimal commas between semicolons",
        file="a.csv",
        make=text([["Mã hộ", "Vĩ độ", "Kinh độ"], ["H1", "16,46", "107,59"]], delimiter=";"),
        gives={"lat": ["16,46"], "lon": ["107,59"]},
    ),
    Case(
        says="numbers as a spreadsheet keeps them: phone, date, residents",
        file="a.xlsx",
        make=xlsx(
            [
                ["Mã hộ", "SĐT", "Số nhân khẩu", "Nguồn vị trí"],
                ["007", 905123456.0, 4.0, datetime.date(2026, 11, 21)],
            ]
        ),
        gives={
            "household_id": ["007"],
            "phone": ["905123456"],
            "residents": ["4"],
            "location_source": ["2026-11-21"],
        },
    ),
    Case(
        says="formula cells without a value, and an error",
        file="a.xlsx",
        make=xlsx([HEAD, ["=ROW()", "H1", "#N/A", "Tổ 1", None], TWO]),
        gives={"household_id": ["H1", "H2"], "head": [None, "Trần Văn Đức"]},
    ),
    Case(
        says="letters taken apart (NFD) in headings and cells",
        file="a.xlsx",
        make=xlsx(_decomposed([HEAD, ONE, TWO])),
        gives=PLACES,
    ),
    Case(
        says="Ð for Đ, and no-break spaces in headings",
        file="a.csv",
        make=text([["Mã\u00a0hộ", "Ðiện thoại"], ["H1", "0905123456"]]),
        gives={"household_id": ["H1"], "phone": ["0905123456"]},
    ),
    Case(says="300 columns", file="a.xlsx", make=xlsx(_wide(300)), gives={"household_id": ["H1"]}),
    Case(says="an XLSX called .xls", file="a.xls", make=BOOK, gives=PLACES),
    Case(says="an XLS called .xlsx", file="a.xlsx", make=xls([HEAD, ONE, TWO]), gives=PLACES),
    Case(
        says="a CSV called .xls",
        file="a.xls",
        make=text([HEAD, ONE, TWO], delimiter="\t"),
        gives=PLACES,
    ),
    Case(says="HTML called .csv", file="a.csv", make=FINE, gives=PLACES),
    Case(
        says="a format, but no value, at XFD1048576",
        file="a.xlsx",
        make=far_cell("XFD1048576", filled=False),
        gives=PLACES,
    ),
    Case(
        says="a value in row 1,048,576",
        file="a.xlsx",
        make=far_cell("B1048576", filled=True),
        gives={"household_id": ["H1", "H2", "1"]},
    ),
    Case(
        says="control characters in a name",
        file="a.csv",
        make=raw("Mã hộ,Chủ hộ\nH1,Lê\x07 Thị\x1b Ổn".encode()),
        gives={"head": ["Lê Thị Ổn"]},
    ),
    Case(
        says="formula signs, guarded as our own export guards them",
        file="a.csv",
        make=raw("Mã hộ,Chủ hộ\nH1,'=1+1\nH2,'@An\nH3,'Ấp".encode()),
        gives={"head": ["=1+1", "@An", "'Ấp"]},
    ),
    Case(
        says="a table that begins at C5",
        file="a.xlsx",
        make=xlsx(
            [
                [None],
                [None],
                [None],
                [None],
                [None, None, *HEAD],
                [None, None, *ONE],
                [None, None, *TWO],
            ]
        ),
        gives=PLACES,
    ),
    Case(
        says="headings and no row",
        file="a.xlsx",
        make=xlsx([HEAD]),
        gives={"household_id": [], "head": []},
    ),
    Case(
        says="an HTML cell that claims to span a billion columns",
        file="a.xls",
        make=html(
            tr("Mã hộ", "Chủ hộ")
            + tr("H1", "An", "<td colspan=1000000000 rowspan=1000000000></td>")
        ),
        gives={"household_id": ["H1"]},
    ),
]
