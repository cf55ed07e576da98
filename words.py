"""Every text that people read, Vietnamese first, English second.

`say(code, lang, **facts)` is the only door: `code` names the text, `facts` fill its `{gaps}`. Numbers are handed in
as numbers and written the way the language writes them: `1.234` and `99,25 %` in Vietnamese. Imports nothing of ours.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Lang(StrEnum):
    """The two languages."""

    VI = "vi"
    EN = "en"


# Written in numbers where a figure is unknown: unknown is said, never shown as 0.
NO_FIGURE = "–"

TEXTS: dict[str, tuple[str, str]] = {
    # --- general ---
    "app_name": ("Địa bàn", "Địa bàn"),
    "made_up_data": ("DỮ LIỆU MẪU", "MADE-UP DATA"),
    "no_denominator": ("chưa có mẫu số", "no denominator yet"),
    # --- command line and errors ---
    "demo_written": (
        "Đã ghi {files} tệp của phường mẫu vào {folder}. Nhập bằng: diaban import {folder}",
        "Wrote {files} files of the made-up ward to {folder}. Import them: diaban import {folder}",
    ),
    "import_done": (
        "{file} ({kind}): đọc {read}, thêm {added}, sửa {changed}, giữ nguyên {unchanged}, để riêng {set_aside}, chờ biết phường {waiting}. Mã lượt nhập: {import_id}",
        "{file} ({kind}): read {read}, added {added}, changed {changed}, unchanged {unchanged}, set aside {set_aside}, waiting for a ward {waiting}. Import id: {import_id}",
    ),
    "import_rehearsed": (
        "{file} ({kind}), chỉ xem trước: đọc {read}, sẽ thêm {added}, sửa {changed}, giữ nguyên {unchanged}, để riêng {set_aside}. Chưa ghi gì.",
        "{file} ({kind}), a rehearsal: read {read}, would add {added}, change {changed}, leave {unchanged}, set aside {set_aside}. Nothing was stored.",
    ),
    "rejects_saved": (
        "Các dòng để riêng đã lưu tại {file}: sửa trong tệp đó rồi nhập lại.",
        "The rows set aside are saved in {file}: mend them there and import it again.",
    ),
    "rejects_title": ("Các dòng để riêng của {file}", "Rows set aside from {file}"),
    "import_undone": ("Đã hoàn tác lượt nhập {import_id}.", "Import {import_id} is taken back."),
    "file_written": ("Đã ghi {file}", "Wrote {file}"),
    "plan_kept": (
        "Đã lưu phương án nháp {plan}: {name}",
        "Kept the draft plan {plan}: {name}",
    ),
    "plan_approved": ("Đã duyệt phương án {plan}.", "Plan {plan} is in force."),
    "plan_retired": ("Đã ngừng dùng phương án {plan}.", "Plan {plan} is retired."),
    "plan_default_name": ("Phương án {on}", "Plan of {on}"),
    "unreached_title": ("Hộ chưa tiếp cận, tính đến {on}", "Unreached households as of {on}"),
    "coverage_title": ("Độ phủ, tính đến {on}", "Coverage as of {on}"),
    "store_unusable": (
        "Không mở được cơ sở dữ liệu ({fault}). Kiểm tra đường dẫn và quyền ghi, hoặc chọn nơi khác bằng --database.",
        "The database cannot be opened ({fault}). Check the path and that it can be written, or name another by --database.",
    ),
    "store_newer": (
        "Cơ sở dữ liệu do bản Địa bàn mới hơn ghi (phiên bản {revision}). Hãy cập nhật Địa bàn.",
        "A newer Địa bàn wrote this database (version {revision}). Update Địa bàn.",
    ),
    "port_taken": (
        "Cổng {port} đang bận. Chọn cổng khác: diaban app --port …",
        "Port {port} is taken. Choose another: diaban app --port …",
    ),
    "crs_unknown": (
        "Tệp không ghi hệ tọa độ. Thêm tệp .prj, hoặc nói rõ bằng --crs EPSG:4326.",
        "The file states no coordinate system. Add its .prj, or name it by --crs EPSG:4326.",
    ),
    "crs_unusable": (
        "Không hiểu hệ tọa độ “{crs}”. Viết như EPSG:4326 hoặc EPSG:9214.",
        "The coordinate system “{crs}” is not known. Write it as EPSG:4326 or EPSG:9214.",
    ),
    "file_missing": (
        "Không thấy tệp {file}. Kiểm tra đường dẫn.",
        "There is no file {file}. Check the path.",
    ),
    "file_kind_unknown": (
        "Chưa đọc được loại tệp của {file}. Dùng một trong: {accepted}.",
        "Files like {file} are not read. Use one of: {accepted}.",
    ),
    "file_too_large": (
        "{file} lớn hơn {most_mb} MB. Hãy chia nhỏ tệp.",
        "{file} is larger than {most_mb} MB. Split it.",
    ),
    "file_too_slow": (
        "Đọc {file} quá {seconds} giây nên đã dừng. Hãy lưu lại tệp ở dạng đơn giản hơn, như CSV hoặc GeoPackage.",
        "Reading {file} took more than {seconds} seconds and was stopped. Save it in a simpler form, such as CSV or GeoPackage.",
    ),
    "file_unreadable": (
        "Không đọc được {file}: tệp hỏng hoặc quá lớn so với bộ nhớ. Hãy mở và lưu lại bằng chương trình đã tạo ra nó.",
        "{file} cannot be read: damaged, or too large for the memory allowed. Open and save it again in the program that made it.",
    ),
    "file_damaged": (
        "{file} bị hỏng hoặc thiếu một phần. Hãy xin lại hoặc lưu lại tệp.",
        "{file} is damaged or incomplete. Ask for it again, or save it again.",
    ),
    "file_empty": ("{file} không có nội dung.", "{file} is empty."),
    "file_no_features": (
        "{file} không có đối tượng nào trên bản đồ.",
        "{file} holds no map features.",
    ),
    "file_not_its_kind": (
        "Nội dung của {file} không phải là tệp {suffix}. Kiểm tra lại tên tệp hoặc xuất lại.",
        "What {file} holds is not a {suffix} file. Check its name, or export it again.",
    ),
    "file_locked": (
        "{file} có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.",
        "{file} is locked by a password. Remove it and import again.",
    ),
    "csv_not_utf8": (
        "{file} không ở bảng mã UTF-8. Hãy lưu lại dạng “CSV UTF-8”.",
        "{file} is not in UTF-8. Save it as “CSV UTF-8”.",
    ),
    "layer_unknown": (
        "{file} không có lớp (trang) đó. Các lớp có: {layers}.",
        "{file} has no such layer or sheet. It has: {layers}.",
    ),
    "layer_needed": (
        "{file} có nhiều lớp: {layers}. Chọn một lớp bằng --layer.",
        "{file} has several layers: {layers}. Name one by --layer.",
    ),
    "layers_disagree": (
        "Các lớp của {file} dùng hệ tọa độ khác nhau. Chọn một lớp bằng --layer.",
        "The layers of {file} use different coordinate systems. Name one by --layer.",
    ),
    "shapefile_parts_missing": (
        "{file} thiếu tệp đi kèm {parts}. Để chúng cạnh nhau, hoặc gửi cả bộ trong một tệp .zip.",
        "{file} lacks its parts {parts}. Put them beside it, or hand over all of them in one .zip.",
    ),
    "zip_one_shapefile": (
        "{file} phải chứa đúng một shapefile, nhưng có {found}.",
        "{file} must hold exactly one shapefile; it holds {found}.",
    ),
    "zip_too_large": (
        "{file} khi giải nén vượt quá {most_mb} MB nên không được mở.",
        "{file} would unpack to more than {most_mb} MB and is not opened.",
    ),
    "gpkg_views": (
        "{file} chứa khung nhìn (view) nên không được mở. Hãy xuất lại thành bảng thường.",
        "{file} holds database views and is not opened. Export it again as plain tables.",
    ),
    "kml_doctype": (
        "{file} có khai báo DOCTYPE nên không được mở. Hãy xuất lại từ phần mềm bản đồ.",
        "{file} has a DOCTYPE and is not opened. Export it again from the map program.",
    ),
    "reader_unguarded": (
        "Bộ đọc tệp chưa được bảo vệ đúng nên đã từ chối {file}. Hãy báo cho người cài đặt.",
        "The reader is not properly guarded, so {file} was refused. Tell whoever installed it.",
    ),
    "too_many_columns": (
        "{file} có {columns} cột, nhiều hơn {most}. Xóa các cột thừa rồi nhập lại.",
        "{file} has {columns} columns, more than {most}. Remove those not needed and import again.",
    ),
    "too_many_rows": (
        "{file} có {rows} dòng, nhiều hơn {most}. Hãy chia nhỏ tệp.",
        "{file} has {rows} rows, more than {most}. Split it.",
    ),
    "kind_unknown": (
        "Không biết {file} chứa gì. Nói rõ bằng --as, một trong: {kinds}.",
        "It is not clear what {file} holds. Say so by --as, one of: {kinds}.",
    ),
    "folder_without_files": (
        "Thư mục không có tệp nào mang tên loại dữ liệu. Đặt tên tệp theo: {kinds}.",
        "No file of the folder is named after a kind. Name files after: {kinds}.",
    ),
    "field_unknown": (
        "Không có trường “{field}”. Các trường: {fields}.",
        "There is no field “{field}”. The fields are: {fields}.",
    ),
    "heading_unknown": (
        "Tệp không có cột “{heading}”. Các cột: {headings}.",
        "The file has no column “{heading}”. Its columns are: {headings}.",
    ),
    "columns_missing": (
        "Tệp {kind} thiếu cột cho: {missing}. Các cột có: {headings}. Chỉ rõ bằng --column {missing}=….",
        "A file of {kind} needs columns for: {missing}. It has: {headings}. Name them by --column {missing}=….",
    ),
    "geometry_missing": (
        "Tệp {kind} phải có hình trên bản đồ (GeoJSON, GeoPackage, Shapefile, KML).",
        "A file of {kind} must have map geometry (GeoJSON, GeoPackage, Shapefile, KML).",
    ),
    "id_of_other_ward": (
        "{ids} mã trong tệp đã thuộc phường khác ({wards}). Kiểm tra --ward, hoặc đổi cột mã.",
        "{ids} ids of the file belong to another ward already ({wards}). Check --ward, or use another id column.",
    ),
    "real_into_made_up": (
        "Cơ sở dữ liệu đang chứa DỮ LIỆU MẪU. Nhập dữ liệu thật vào cơ sở khác (--database), hoặc thêm --mix-made-up nếu cố ý.",
        "This database holds MADE-UP DATA. Import real data into another (--database), or add --mix-made-up if you mean it.",
    ),
    "made_up_into_real": (
        "Cơ sở dữ liệu đang chứa dữ liệu thật. Mở phường mẫu trong cơ sở khác (--database), hoặc thêm --mix-made-up nếu cố ý.",
        "This database holds real data. Open the made-up ward in another (--database), or add --mix-made-up if you mean it.",
    ),
    "import_unknown": (
        "Không có lượt nhập {import_id}, hoặc đã hoàn tác. Xem danh sách: diaban imports",
        "There is no import {import_id} in force. List them: diaban imports",
    ),
    "import_built_on": (
        "Chưa hoàn tác {import_id} được vì {builders} dựa vào nó. Hoàn tác các lượt đó trước (phương án: diaban retire …).",
        "{import_id} cannot be taken back while {builders} build on it. Take those back first (plans: diaban retire …).",
    ),
    "plan_unknown": (
        "Không có phương án “{plan}”. Xem danh sách: diaban plans",
        "There is no plan “{plan}”. List them: diaban plans",
    ),
    "plan_name_taken": (
        "Đã có phương án tên “{name}”. Chọn tên khác.",
        "A plan is called “{name}” already. Choose another name.",
    ),
    "area_unknown": (
        "Không có địa bàn mã “{area}”. Xem mã: diaban coverage --json",
        "There is no area with the code “{area}”. See the codes: diaban coverage --json",
    ),
    "no_neighbourhoods": (
        "Chưa có tổ dân phố nào. Nhập ranh giới trước: diaban import … --as neighbourhoods",
        "There are no neighbourhoods yet. Import their boundaries first: diaban import … --as neighbourhoods",
    ),
    "goal_unknown": (
        "Không có chỉ tiêu “{goal}”. Các chỉ tiêu: {known}.",
        "There is no goal “{goal}”. The goals are: {known}.",
    ),
    "export_format_unknown": (
        "Không ghi được {file}. Đuôi tệp phải là một trong: {known}.",
        "{file} cannot be written. Its ending must be one of: {known}.",
    ),
    "problem_missing": ("thiếu {what}", "{what} is missing"),
    "problem_unreadable": ("không hiểu giá trị ở cột {what}", "the {what} cannot be read"),
    "problem_national_id_dropped": (
        "cột số định danh/CCCD không được đọc và không được lưu",
        "the column of national ids was neither read nor stored",
    ),
    "problem_row_says_nothing": ("dòng không có thông tin", "the row says nothing"),
    "problem_geometry_missing": ("không có hình trên bản đồ", "there is no geometry"),
    "problem_geometry_type": (
        "hình không đúng loại (cần vùng cho ranh giới, đường cho đường đi)",
        "the geometry is of the wrong type (areas for boundaries, lines for streets)",
    ),
    "problem_geometry_invalid": (
        "ranh giới tự cắt, đã được sửa",
        "the boundary crosses itself; it was mended",
    ),
    "problem_geometry_unplaced": (
        "không đổi được tọa độ sang WGS 84; kiểm tra hệ tọa độ",
        "the coordinates cannot be turned into WGS 84; check the coordinate system",
    ),
    "problem_outside_vietnam": (
        "tọa độ nằm ngoài Việt Nam nên không dùng; hộ được giữ, chưa có vị trí",
        "the coordinates lie outside Vietnam and are not used; the household is kept, not located",
    ),
    "problem_coordinates_half": (
        "chỉ có một trong hai tọa độ",
        "only one of the two coordinates is there",
    ),
    "problem_id_repeats": (
        "cột mã bị lặp nên không dùng làm mã",
        "the column of ids repeats and is not used as ids",
    ),
    "problem_outside_neighbourhoods": (
        "nằm ngoài mọi tổ dân phố",
        "lies outside every neighbourhood",
    ),
    "problem_on_border": (
        "nằm trên ranh giới hoặc trong phần chồng lấn giữa hai tổ dân phố",
        "lies on a border, or where two neighbourhoods overlap",
    ),
    # --- coverage ---
    # --- plan ---
    # --- pages ---
    # --- map and exports ---
    "cause_due_again": ("cần thăm lại", "due again"),
    "cause_no_location": ("chưa có vị trí", "no location"),
    "cause_no_team": ("chưa có tổ công nghệ số", "no team"),
    "cause_unassigned": ("chưa phân công", "unassigned"),
    "cause_refused": ("lần trước từ chối", "refused last time"),
    "cause_not_found": ("lần trước không tìm thấy", "not found last time"),
    "cause_absent": ("lần trước vắng nhà", "absent last time"),
    "cause_never_visited": ("chưa thăm lần nào", "never visited"),
    "reason_no_location": ("chưa có vị trí", "no location"),
    "reason_no_street": ("không có đường ở gần", "no street nearby"),
    "reason_no_members": ("chưa có tổ viên", "no members"),
    "reason_no_capacity": (
        "vượt khối lượng tối đa của tổ viên",
        "beyond what the members can take on",
    ),
    "reason_unreachable": ("không đi bộ tới được", "cannot be reached on foot"),
    "map_neighbourhoods": ("Tổ dân phố, thôn", "Neighbourhoods"),
    "map_streets": ("Đường, ngõ", "Streets and lanes"),
    "map_reached": ("Đã tiếp cận", "Reached"),
    "map_due_again": ("Cần thăm lại", "Due again"),
    "map_unreached": ("Chưa tiếp cận", "Unreached"),
    "map_unlocated": ("Chưa có vị trí, không vẽ được", "Without a location, not drawn"),
    "map_share": (
        "Đã tiếp cận {reached}/{households} hộ ({share})",
        "Reached {reached}/{households} households ({share})",
    ),
    "map_zones": ("Địa bàn phụ trách", "Zones"),
    "map_zone": (
        "{households} hộ · {load} phút · đi bộ {walk} m",
        "{households} households · {load} min · {walk} m on foot",
    ),
    "map_zone_public": ("{households} hộ", "{households} households"),
    "map_zone_small": ("dưới {households} hộ", "fewer than {households} households"),
    "map_assigned": ("Hộ đã phân công", "Households assigned"),
    "map_unassigned": ("Hộ chưa có người phụ trách", "Households nobody is in charge of"),
    "map_homes": ("Nhà của tổ viên", "Members' homes"),
    "map_in_charge": ("Phụ trách: {member}", "In charge: {member}"),
    "map_home": ("Nhà của tổ viên", "Member's home"),
    "map_zoom_in": ("Phóng to", "Zoom in"),
    "map_zoom_out": ("Thu nhỏ", "Zoom out"),
    "map_whole": ("Xem toàn bộ", "Show everything"),
    "map_failed": (
        "Không vẽ được bản đồ. Hãy tải lại trang.",
        "The map could not be drawn. Reload the page.",
    ),
    "map_nothing": ("Chưa có gì để vẽ.", "Nothing to draw yet."),
    "handout_source": (
        "Nguồn: số liệu của phường trong Địa bàn, ngày {on}",
        "Source: the ward's own data in Địa bàn, {on}",
    ),
    "handout_list": (
        "Danh sách {count} khu vực trên bản đồ",
        "List of the {count} areas on the map",
    ),
}


def say(code: str, lang: str = Lang.VI, **facts: Any) -> str:
    """Return the text `code` in `lang`, its gaps filled with `facts`; raise `KeyError` for an unknown code."""
    vietnamese, english = TEXTS[code]
    template = english if lang == Lang.EN else vietnamese
    return template.format(**{name: written(value, lang) for name, value in facts.items()})


def sentence(code: str, lang: str = Lang.VI, **facts: Any) -> str:
    """Return what an error says to a person; a code without a text of its own is named."""
    gaps = dict.fromkeys(("file", "area", "plan", "goal"))
    return (
        say(code, lang, **{**gaps, **facts}) if code in TEXTS else f"{code} {facts or ''}".strip()
    )


def problem(check: str, lang: str = Lang.VI) -> str:
    """Return what was wrong with a row: `residents_unreadable` and the like name their column."""
    if f"problem_{check}" in TEXTS:
        return say(f"problem_{check}", lang)
    what, _, fault = check.rpartition("_")
    return say(f"problem_{fault}", lang, what=column(what, lang))


def column(name: str, lang: str = Lang.VI) -> str:
    """Return the heading of a column; one without a text keeps its own name."""
    return say(f"column_{name}", lang) if f"column_{name}" in TEXTS else name


def written(value: Any, lang: str = Lang.VI) -> str:
    """Return a value as people of that language write it; unknown (None, NaN) as a dash."""
    if _is_unknown(value):
        return NO_FIGURE
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return number(value, lang, decimals=0 if value == int(value) else 2)
    if isinstance(value, list | tuple):
        return ", ".join(written(item, lang) for item in value)
    return str(value)


def number(value: float | None, lang: str = Lang.VI, *, decimals: int = 0) -> str:
    """Return a number with the thousands and decimal marks of the language; unknown as a dash."""
    if _is_unknown(value):
        return NO_FIGURE
    text = f"{value:,.{decimals}f}"
    return text if lang == Lang.EN else text.translate(str.maketrans(",.", ".,"))


def percent(share: float | None, lang: str = Lang.VI, *, decimals: int = 1) -> str:
    """Return a share between 0 and 1 as percent (`99,25 %`); without a denominator, say so."""
    if _is_unknown(share):
        return say("no_denominator", lang)
    space = "" if lang == Lang.EN else "\u00a0"
    return f"{number(share * 100, lang, decimals=decimals)}{space}%"


def _is_unknown(value: Any) -> bool:
    return value is None or bool(value != value)  # noqa: PLR0124  NaN is not itself
