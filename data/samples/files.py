"""Write a made-up ward as the files a ward has: GeoPackages, workbooks, CSV lists.

The same ward gives the same bytes: no file holds the time at which it was written.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyogrio
from geopandas import GeoDataFrame

from data.records import MADE_UP_MARKER
from data.samples.defects import TypedWard, typed_list
from data.samples.reports import make_addresses, make_figures
from data.samples.ward import MadeUpWard
from geo.terms import Kind, Outcome, Role, Trait, WardKind

MARKER_TEXT = """DỮ LIỆU MẪU

Mọi thứ trong thư mục này đều do máy bịa ra: phường, đường, nhà, người, số điện thoại, lượt thăm.
Phường nằm ngoài khơi, không có hộ nào ở đó; mã phường 99999 không phải của phường nào.

MADE-UP DATA

Everything in this folder was made up by a program: streets, houses, people, phones, visits.
The ward lies on the open sea, no household is there; no ward has the ward code 99999.
"""

MAPS: dict[Kind, tuple[str, ...]] = {
    Kind.WARDS: ("ward_code", "name", "kind", "province_code"),
    Kind.NEIGHBOURHOODS: ("neighbourhood_id", "name", "ward_code"),
    Kind.STREETS: ("street_id", "name", "kind", "ward_code"),
    Kind.BARRIERS: ("barrier_id", "name", "kind", "ward_code"),
}
HEADINGS: dict[Kind, dict[str, str]] = {
    Kind.ADDRESSES: {
        "code": "Mã địa chỉ số",
        "lat": "Vĩ độ",
        "lon": "Kinh độ",
        "precision_m": "Sai số (m)",
        "ward_code": "Mã phường",
    },
    Kind.FIGURES: {
        "area_given": "Địa bàn",
        "indicator": "Chỉ tiêu",
        "value": "Số liệu",
        "of": "Trên tổng số",
        "as_of": "Tính đến ngày",
        "source": "Nguồn",
        "ward_code": "Mã phường",
    },
    Kind.HOUSEHOLDS: {
        "household_id": "Mã hộ",
        "head": "Họ và tên chủ hộ",
        "house_number": "Số nhà",
        "street": "Đường",
        "alley": "Kiệt/Hẻm",
        "neighbourhood_given": "Tổ dân phố",
        "residents": "Số nhân khẩu",
        "phone": "Điện thoại",
        "traits": "Loại hộ",
        "lat": "Vĩ độ",
        "lon": "Kinh độ",
        "x_m": "X (m)",
        "y_m": "Y (m)",
        "address_raw": "Mã địa chỉ số",
        "ward_code": "Mã phường",
    },
    Kind.TEAMS: {
        "team_id": "Mã tổ",
        "name": "Tên tổ",
        "neighbourhood_given": "Tổ dân phố",
        "founded_on": "Ngày thành lập",
        "decision": "Quyết định",
        "trained_on": "Ngày tập huấn",
        "ward_code": "Mã phường",
    },
    Kind.MEMBERS: {
        "member_id": "Mã tổ viên",
        "team_given": "Mã tổ",
        "name": "Họ và tên",
        "phone": "Điện thoại",
        "role": "Vai trò",
        "minutes_per_week": "Phút mỗi tuần",
        "max_load_min": "Tải tối đa (phút)",
        "skills": "Kỹ năng",
        "walks_at_most_m": "Đi bộ tối đa (m)",
        "active_from": "Ngày bắt đầu",
        "active_to": "Ngày kết thúc",
        "lat": "Vĩ độ",
        "lon": "Kinh độ",
        "ward_code": "Mã phường",
    },
    Kind.GOALS: {
        "goal_id": "Mã chỉ tiêu",
        "name": "Tên chỉ tiêu",
        "concerns": "Đối tượng",
        "valid_days": "Hiệu lực (ngày)",
    },
    Kind.VISITS: {
        "visit_id": "Mã lượt thăm",
        "household_given": "Mã hộ",
        "member_given": "Mã tổ viên",
        "goal_given": "Mã chỉ tiêu",
        "visited_at": "Ngày thăm",
        "outcome": "Kết quả",
        "note": "Ghi chú",
        "ward_code": "Mã phường",
    },
}
TRAIT_WORDS = {
    Trait.POOR: "Hộ nghèo",
    Trait.NEAR_POOR: "Hộ cận nghèo",
    Trait.ELDERLY: "Người cao tuổi",
    Trait.DISABLED: "Người khuyết tật",
    Trait.BUSINESS: "Hộ kinh doanh",
}
OUTCOME_WORDS = {
    Outcome.MET: "gặp",
    Outcome.ABSENT: "vắng",
    Outcome.REFUSED: "từ chối",
    Outcome.NOT_FOUND: "không tìm thấy",
}
ROLE_WORDS = {Role.LEADER: "Tổ trưởng", Role.DEPUTY: "Tổ phó", Role.MEMBER: "Tổ viên"}
WARD_WORDS = {WardKind.WARD: "phường", WardKind.COMMUNE: "xã", WardKind.SPECIAL_ZONE: "đặc khu"}
VIETNAM = "Asia/Ho_Chi_Minh"
DEGREE_DIGITS = 7
# The time that files say they were written: the first that a ZIP archive can hold.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
GPKG_TIME = "1980-01-01T00:00:00.000Z"
XLSX_TIME = "1980-01-01T00:00:00Z"


def write_ward(ward: MadeUpWard | TypedWard, folder: Path) -> list[Path]:
    """Write one file a KIND into `folder`, made where it is missing, and a text saying what it is.

    Of a `TypedWard` the household list is the typed one, defects and all. Returns the files in the
    order of `Kind`, the text last; files of these names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truth = ward.ward if isinstance(ward, TypedWard) else ward
    listed = ward.typed if isinstance(ward, TypedWard) else typed_list(ward)
    frames = {kind: getattr(truth, kind) for kind in Kind if hasattr(truth, kind)} | {
        Kind.ADDRESSES: make_addresses(truth),
        Kind.HOUSEHOLDS: listed,
        Kind.MEMBERS: _with_degrees(truth.members),
        Kind.FIGURES: make_figures(truth),
    }
    files = [_write(kind, frames[kind], folder) for kind in Kind]
    marker = folder / MADE_UP_MARKER
    marker.write_text(MARKER_TEXT, encoding="utf-8", newline="\n")
    return [*files, marker]


def _write(kind: Kind, frame: pd.DataFrame, folder: Path) -> Path:
    if kind in MAPS:
        return _write_map(kind, frame, folder / f"{kind}.gpkg")
    if kind == Kind.ASSIGNMENTS:
        return _write_csv(frame[["household_id", "member_id"]], folder / f"{kind}.csv")
    table = _as_typed(frame, HEADINGS[kind])
    if kind in (Kind.VISITS, Kind.ADDRESSES):
        return _write_csv(table, folder / f"{kind}.csv")
    return _write_workbook(table, folder / f"{kind}.xlsx")


def _with_degrees(members: GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(members.drop(columns="geometry")).assign(
        lat=members.geometry.y, lon=members.geometry.x
    )


def _as_typed(frame: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Return the columns under their headings, each cell as a person would have typed it."""
    return pd.DataFrame(
        {
            heading: TYPED.get(name, _as_it_is)(frame[name])
            for name, heading in headings.items()
            if not _unused(frame, name)
        }
    )


def _unused(frame: pd.DataFrame, name: str) -> bool:
    """Return whether nobody had VN-2000 metres to type: then the list has no columns for them."""
    return name in ("x_m", "y_m") and bool(frame[name].isna().all())


def _as_it_is(column: pd.Series) -> pd.Series:
    return column


def _day(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column).dt.strftime("%d/%m/%Y")


def _moment(column: pd.Series) -> pd.Series:
    local = column.dt.tz_convert(VIETNAM)
    return pd.Series([at.isoformat(timespec="minutes") for at in local], column.index)


def _degrees(column: pd.Series) -> pd.Series:
    return column.round(DEGREE_DIGITS)


def _traits(column: pd.Series) -> pd.Series:
    def in_words(traits: str) -> str:
        return ", ".join(TRAIT_WORDS[Trait(trait)] for trait in traits.split(","))

    return column.map(in_words, na_action="ignore")


def _word(words: Mapping[Any, str]) -> Callable[[pd.Series], pd.Series]:
    plain = {str(name): word for name, word in words.items()}
    return lambda column: column.map(plain)


TYPED: dict[str, Callable[[pd.Series], pd.Series]] = {
    **dict.fromkeys(("founded_on", "trained_on", "active_from", "active_to", "as_of"), _day),
    **dict.fromkeys(("lat", "lon"), _degrees),
    **dict.fromkeys(("traits", "concerns"), _traits),
    "visited_at": _moment,
    "outcome": _word(OUTCOME_WORDS),
    "role": _word(ROLE_WORDS),
}


def _write_map(kind: Kind, frame: GeoDataFrame, path: Path) -> Path:
    """Write a GeoPackage of one layer, without the time of writing."""
    shapes = frame[[*MAPS[kind], "geometry"]]
    if kind == Kind.WARDS:
        shapes = shapes.assign(kind=_word(WARD_WORDS)(shapes["kind"]))
    path.unlink(missing_ok=True)
    with _gdal_time(GPKG_TIME):
        pyogrio.write_dataframe(shapes, path, layer=kind.value, driver="GPKG")
    return path


@contextmanager
def _gdal_time(moment: str) -> Iterator[None]:
    """Let GDAL take `moment` for now."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _write_csv(table: pd.DataFrame, path: Path) -> Path:
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    return path


def _write_workbook(table: pd.DataFrame, path: Path) -> Path:
    """Write one sheet: headings in the first row, whole numbers as such, missing cells empty."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.freeze_panes = "A2"
    sheet.append(list(table.columns))
    for row in zip(*(_cells(table[name]) for name in table.columns), strict=True):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(_timeless(written.getvalue()))
    return path


def _cells(column: pd.Series) -> list[Any]:
    cells = column.astype(object).where(column.notna(), None).tolist()
    return [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]


def _timeless(book: bytes) -> bytes:
    """Return the workbook without the time at which it was written."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            new.writestr(part, _undated(content) if name == "docProps/core.xml" else content)
    return kept.getvalue()


def _undated(properties: bytes) -> bytes:
    """Return the document's properties with a fixed time in place of both dates."""
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", XLSX_TIME.encode(), properties)
