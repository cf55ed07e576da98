"""Which heading of a file fills which field, for every KIND.

Headings are compared folded: without case, diacritics and punctuation, so `Họ và tên chủ hộ` and `ho_ten_chu_ho` are
read alike. Of headings in several rows (`Tọa độ / Vĩ độ`) the whole is tried first, then child and parent turned round,
then the child, then what is left without brackets. The synonyms are those that wards use; an override names the heading
outright.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.errors import InputError
from geo.folding import fold
from geo.terms import Kind

# Columns that hold a national id are never read, whatever the KIND.
NATIONAL_ID = frozenset(
    fold(name)
    for name in (
        *("CCCD", "Số CCCD", "CMND", "Số CMND", "CCCD/CMND", "CMND/CCCD", "Số ĐDCN"),
        *("Số định danh cá nhân", "Số định danh", "Căn cước", "Số căn cước", "national id"),
    )
)

# A shapefile cuts the names of its columns after so many bytes.
SHAPEFILE_BYTES = 10
NONE = "\0"
# The column of a field that no column is to fill.
NOWHERE = -1

WARD = (
    *("ward_given", "ward_code", "Mã phường", "Mã xã", "Mã phường xã", "Mã ĐVHC", "Mã phường/xã"),
    *("Phường/Xã", "Xã/Phường", "Phường", "Xã", "Tên phường", "Tên xã", "Đơn vị hành chính"),
)
NAME_OF_PERSON = ("name", "Họ và tên", "Họ tên", "Tên", "Tổ viên", "Thành viên", "full name")
PLACE = (
    *("neighbourhood_given", "neighbourhood", "neighbourhood_id", "neighborhood", "Tổ dân phố"),
    *("TDP", "Thôn", "Xóm", "Ấp", "Khu phố", "KP", "Bản", "Buôn", "Mã TDP", "Mã tổ dân phố"),
    *("TDP/Thôn", "Thôn/TDP", "Tổ dân phố/Thôn", "Thôn/Tổ dân phố", "Thôn (TDP)", "Tên TDP"),
)
PHONE = ("phone", "SĐT", "ĐT", "Điện thoại", "Số điện thoại", "SĐT/Zalo", "Di động")
LAT = ("lat", "latitude", "Vĩ độ", "vi do")
LON = ("lon", "lng", "long", "longitude", "Kinh độ", "kinh do")
# Surveyors write X for the northing; what the numbers are, they say themselves.
METRES = (
    ("x_m", "X", "X (m)", "X(m)", "Tọa độ X", "Tọa độ X (m)", "X VN2000", "Northing"),
    ("y_m", "Y", "Y (m)", "Y(m)", "Tọa độ Y", "Tọa độ Y (m)", "Y VN2000", "Easting"),
)
COORDINATES = (
    *("coordinates", "Tọa độ", "Tọa độ GPS", "Tọa độ nhà", "Tọa độ (vĩ độ, kinh độ)", "GPS"),
    *("Tọa độ (lat, long)", "Lat, Long", "Tọa độ vị trí", "Tọa độ (WGS84)"),
)
PLACED = (LAT, LON, *METRES, COORDINATES)
GENERIC_ID = ("id", "objectid", "fid", "gid")
KIND_OF = ("kind", "type", "Loại", "highway", "waterway")

# The first name of each tuple is the field; the rest, with the field itself, are headings that fill it.
HEADINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    Kind.WARDS: (
        ("ward_code", "code", "Mã", "Mã phường", "Mã xã", "Mã ĐVHC", "ma_xa", "ma_phuong"),
        ("name", "fullName", "Tên", "Tên phường", "Tên xã", "ten_xa", "Tên ĐVHC"),
        ("kind", "Loại", "Cấp"),
        ("province_code", "Mã tỉnh", "ma_tinh"),
    ),
    Kind.NEIGHBOURHOODS: (
        ("neighbourhood_id", "Mã TDP", "Mã tổ dân phố", "Mã thôn", "Mã", "code", *GENERIC_ID),
        WARD,
        (
            *("name", "Tên", "Tên tổ", "Tên TDP", "Tổ dân phố", "Tên tổ dân phố", "Tên thôn"),
            *("Thôn", "Khu phố", "Commune_Na", "ten_to"),
        ),
        ("valid_from", "Từ ngày", "Hiệu lực từ"),
        ("valid_to", "Đến ngày", "Hiệu lực đến"),
        ("description", "Mô tả"),
        ("households", "Số hộ"),
        ("residents", "population", "Số nhân khẩu", "Dân số"),
    ),
    Kind.STREETS: (
        ("street_id", "Mã đường", *GENERIC_ID),
        WARD,
        ("name", "Tên", "Tên đường", "Đường"),
        KIND_OF,
    ),
    Kind.BARRIERS: (
        ("barrier_id", "Mã", *GENERIC_ID),
        WARD,
        ("name", "Tên", "Tên sông"),
        KIND_OF,
    ),
    Kind.ADDRESSES: (
        ("address_id", "Mã dòng", *GENERIC_ID),
        WARD,
        ("code", "Mã địa chỉ số", "Địa chỉ số", "MĐC", "Mã", "address"),
        ("precision_m", "Sai số (m)", "Sai số"),
        *PLACED,
    ),
    Kind.HOUSEHOLDS: (
        ("household_id", "Mã hộ", "Mã HGĐ", "Mã hộ dân", "Mã hộ gia đình", *GENERIC_ID),
        WARD,
        (*PLACE, "Tổ", "Mã địa bàn"),
        (
            "head",
            "Họ và tên chủ hộ",
            "Tên chủ hộ",
            "Chủ hộ",
            "Họ tên",
            "Họ và tên",
            "Họ tên chủ hộ",
        ),
        PHONE,
        ("house_number", "Số nhà", "SN", "addr:housenumber"),
        ("street", "Đường", "Phố", "Tên đường", "addr:street"),
        ("alley", "Kiệt", "Hẻm", "Ngõ", "Ngách", "Kiệt/Hẻm", "Kiệt hẻm", "Ngõ/Hẻm"),
        ("address_raw", "address", "Mã địa chỉ số", "Địa chỉ số", "MĐC", "Vpostcode", "Plus code"),
        ("residents", "Số nhân khẩu", "Nhân khẩu", "Số khẩu", "NK"),
        ("traits", "Loại hộ", "Diện hộ", "Đặc điểm"),
        ("poor", "Hộ nghèo", "HN"),
        ("near_poor", "Hộ cận nghèo", "HCN"),
        *PLACED,
        ("location_source", "Nguồn vị trí"),
        (
            *("in_charge_given", "in_charge", "Người phụ trách", "Cán bộ phụ trách"),
            *("Thành viên phụ trách", "Tổ viên phụ trách", "Họ tên người phụ trách"),
            *("Họ và tên người phụ trách", "Tên người phụ trách", "Mã tổ viên phụ trách"),
        ),
        ("precision_m", "Sai số (m)", "Sai số vị trí (m)", "Ước lượng ± m"),
        (
            "address_given",
            "Địa chỉ",
            "Địa chỉ nhà",
            "Địa chỉ hộ",
            "Nơi ở",
            "Nơi ở hiện nay",
            "Chỗ ở",
        ),
    ),
    Kind.TEAMS: (
        ("team_id", "Mã tổ", "Mã tổ CNSCĐ", *GENERIC_ID),
        WARD,
        PLACE,
        ("name", "Tên tổ", "Tên tổ CNSCĐ", "Tên"),
        ("founded_on", "Ngày thành lập", "Thành lập"),
        ("decision", "Quyết định", "Số quyết định"),
        ("trained_on", "Ngày tập huấn", "Tập huấn"),
    ),
    Kind.MEMBERS: (
        ("member_id", "Mã tổ viên", "Mã thành viên", *GENERIC_ID),
        WARD,
        ("team_given", "team_id", "team", "Mã tổ", "Tổ CNSCĐ", "Tên tổ"),
        PLACE,
        NAME_OF_PERSON,
        PHONE,
        ("role", "Vai trò", "Chức vụ", "Nhiệm vụ"),
        ("minutes_per_week", "Phút mỗi tuần", "Phút/tuần"),
        ("max_load_min", "Tải tối đa (phút)", "Tải tối đa"),
        ("skills", "Kỹ năng"),
        ("walks_at_most_m", "Đi bộ tối đa (m)", "Đi bộ tối đa"),
        ("active_from", "Ngày bắt đầu", "Từ ngày"),
        ("active_to", "Ngày kết thúc", "Đến ngày"),
        *PLACED,
    ),
    Kind.GOALS: (
        ("goal_id", "Mã chỉ tiêu", "Mã", *GENERIC_ID),
        ("name", "Tên chỉ tiêu", "Chỉ tiêu", "Tên", "Dịch vụ"),
        ("concerns", "Đối tượng", "Áp dụng cho"),
        ("valid_days", "Hiệu lực (ngày)", "Hiệu lực", "Số ngày hiệu lực"),
    ),
    Kind.VISITS: (
        ("visit_id", "Mã lượt thăm", "Mã lượt", *GENERIC_ID),
        WARD,
        ("household_given", "household_id", "household", "Mã hộ", "Hộ"),
        ("member_given", "member_id", "member", "Mã tổ viên", "Tổ viên", "Người thăm"),
        ("goal_given", "goal_id", "goal", "Mã chỉ tiêu", "Chỉ tiêu"),
        ("visited_at", "Ngày thăm", "Thời gian", "Ngày", "date"),
        ("outcome", "Kết quả", "Tình trạng"),
        ("note", "Ghi chú"),
        ("corrects",),
        ("damaged",),
    ),
    Kind.FIGURES: (
        ("figure_id", "Mã số liệu", *GENERIC_ID),
        WARD,
        ("area_given", "area", "Địa bàn", "Đơn vị", "Khu vực", "Nơi", *PLACE[1:]),
        ("indicator", "Chỉ tiêu", "Chỉ số", "Nội dung"),
        ("value", "Giá trị", "Số liệu", "Kết quả", "Thực hiện"),
        ("of", "Trên tổng số", "Tổng số", "Mẫu số", "Trên"),
        ("as_of", "date", "Ngày", "Ngày số liệu", "Tính đến", "Tính đến ngày", "Thời điểm"),
        ("source", "Nguồn"),
    ),
    Kind.ASSIGNMENTS: (
        ("household_id", "Mã hộ"),
        (
            *("member_id", "Mã tổ viên", "Người phụ trách", "Cán bộ phụ trách"),
            *("Thành viên phụ trách", "Tổ viên phụ trách", "Tổ viên"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file fills which field, and which headings were left alone and why."""

    positions: dict[str, int]
    unused: tuple[str, ...]
    national_ids: tuple[str, ...]


def match_columns(headings: tuple[str, ...], kind: Kind, chosen: Mapping[str, str]) -> Columns:
    """Match headings to the fields of `kind`; `chosen` (field → heading) goes before the synonyms.

    A field chosen with an empty heading is filled by no column. Raises `InputError` for a chosen field or heading that
    does not exist, and for one that holds national ids.
    """
    named = {field_named(field, kind): heading for field, heading in chosen.items()}
    return matched(headings, HEADINGS[kind], named)


def matched(
    headings: tuple[str, ...], known: Sequence[tuple[str, ...]], chosen: Mapping[str, str]
) -> Columns:
    """Match headings as `match_columns` does to fields `known` by synonyms, each field's own name first."""
    known_by = [forms(heading) for heading in headings]
    folded = [whole for whole, *_ in known_by]
    private = {i for i, names in enumerate(known_by) if not NATIONAL_ID.isdisjoint(names)}
    positions = {
        field: _position(heading, folded, headings) if heading else NOWHERE
        for field, heading in chosen.items()
    }
    if not private.isdisjoint(positions.values()):
        raise InputError("heading_private", headings=[headings[i] for i in sorted(private)])
    for names in zip(*known_by, strict=True):
        _fill(positions, names, known, private, written=fold)
    cut = [heading if len(heading.encode()) == SHAPEFILE_BYTES else "" for heading in headings]
    _fill(positions, [heading.casefold() for heading in cut], known, private, written=_cut_short)
    positions = {field: place for field, place in positions.items() if place != NOWHERE}
    taken = private | set(positions.values())
    return Columns(
        positions=positions,
        unused=tuple(name for i, name in enumerate(headings) if i not in taken and name),
        national_ids=tuple(headings[i] for i in sorted(private)),
    )


def _fill(
    positions: dict[str, int],
    names: Sequence[str],
    known: Sequence[tuple[str, ...]],
    private: set[int],
    *,
    written: Callable[[str], str],
) -> None:
    """Fill the fields that are still empty from headings known as `names`; `written` forms a synonym likewise."""
    for field, *synonyms in known:
        for synonym in (field, *synonyms):
            place = _first(written(synonym), names, private | set(positions.values()))
            if field not in positions and place is not None:
                positions[field] = place


def _cut_short(synonym: str) -> str:
    """A longer name as a shapefile keeps it; no heading where it fits whole."""
    whole = synonym.casefold().encode()
    return whole[:SHAPEFILE_BYTES].decode(errors="ignore") if len(whole) > SHAPEFILE_BYTES else NONE


def fields(kind: Kind) -> list[str]:
    """Return the fields a file of `kind` may fill."""
    return [names[0] for names in HEADINGS[kind]]


def likeliest_kind(headings: tuple[str, ...]) -> Kind | None:
    """Return the KIND most of whose fields the headings name, if one leads and its own id is among them."""
    scores = {
        kind: len(match_columns(headings, kind, {}).positions) for kind in map(Kind, HEADINGS)
    }
    best = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    clear = scores[best[0]] > scores[best[1]] and scores[best[0]] > 1
    return best[0] if clear else None


def forms(heading: str) -> tuple[str, str, str, str]:
    """Return what a heading may be known by, folded, the surest first."""
    parent, _, child = heading.rpartition(" / ")
    bare = re.sub(r"\(.*?\)", "", child)
    return fold(heading), fold(f"{child} {parent}"), fold(child), fold(bare)


def _first(wanted: str, folded: Sequence[str], taken: set[int]) -> int | None:
    return next((i for i, name in enumerate(folded) if name == wanted and i not in taken), None)


def field_named(name: str, kind: Kind) -> str:
    """Return the field a person means: its own name, or the same without `_given`.

    Raises `InputError` where there is none.
    """
    known = fields(kind)
    for field in (name, f"{name}_given", f"{name.removesuffix('_id')}_given"):
        if field in known:
            return field
    raise InputError("field_unknown", field=name, fields=known)


def _position(heading: str, folded: list[str], headings: tuple[str, ...]) -> int:
    if fold(heading) not in folded:
        raise InputError("heading_unknown", heading=heading, headings=list(headings))
    return folded.index(fold(heading))
