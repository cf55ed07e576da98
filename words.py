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
    # --- above the neighbourhood ---
    "column_week": ("Tuần", "Week"),
    "column_begins": ("Từ ngày", "From"),
    "column_first_visits": ("Gặp lần đầu", "First visits"),
    "column_revisits": ("Gặp lại", "Revisits"),
    "column_minutes_free": ("Còn trống (phút)", "Free (minutes)"),
    "column_stop": ("Thứ tự", "Stop"),
    "column_item": ("Mục", "Item"),
    "column_minutes": ("Phút", "Minutes"),
    "column_usual": ("Thường lệ", "Usual"),
    "column_team_name": ("Tổ công nghệ số", "Team"),
    "column_households_per_member": ("Hộ mỗi tổ viên", "Households a member"),
    "column_needed": ("Cần", "Needed"),
    "column_short": ("Thiếu", "Short"),
    "column_spare": ("Dư", "Spare"),
    "column_issues": ("Cần xem", "To see to"),
    "column_from_team": ("Từ tổ", "From team"),
    "column_to_team": ("Sang tổ", "To team"),
    "column_distance_m": ("Cách nhà (m)", "From home (m)"),
    "column_people": ("Số người", "People"),
    "column_households_gained": ("Thêm hộ được đến", "More households reached"),
    "column_weeks_before": ("Số tuần, trước", "Weeks before"),
    "column_weeks_after": ("Số tuần, sau", "Weeks after"),
    "column_weeks": ("Số tuần", "Weeks"),
    "column_balance": ("Lệch tải", "Balance"),
    "column_walk_mean_m": ("Đi bộ trung bình (m)", "Mean walking (m)"),
    "column_members_now": ("Đang có", "Members now"),
    "column_members_needed": ("Cần có", "Members needed"),
    "column_members_more": ("Cần thêm", "More members"),
    "column_basis": ("Cơ sở", "Basis"),
    "column_received": ("Nhận thêm", "Received"),
    "column_given_up": ("Giao lại", "Given up"),
    "column_changed_hands": ("Đổi người", "Changed hands"),
    "column_households_first": ("Số hộ, A", "Households, A"),
    "column_households_second": ("Số hộ, B", "Households, B"),
    "column_load_min_first": ("Khối lượng (phút), A", "Load (min), A"),
    "column_load_min_second": ("Khối lượng (phút), B", "Load (min), B"),
    "column_walk_mean_m_first": ("Đi bộ TB (m), A", "Mean walking (m), A"),
    "column_walk_mean_m_second": ("Đi bộ TB (m), B", "Mean walking (m), B"),
    "column_zones_disconnected_first": ("Vùng bị rời, A", "Disconnected, A"),
    "column_zones_disconnected_second": ("Vùng bị rời, B", "Disconnected, B"),
    "compare_member": ("tổ viên", "member"),
    "compare_neighbourhood": ("tổ dân phố", "neighbourhood"),
    "staffing_issue_no_team": ("chưa có tổ", "no team"),
    "staffing_issue_no_neighbourhood": ("tổ chưa gắn địa bàn", "team without a neighbourhood"),
    "staffing_issue_several_teams": ("nhiều tổ một địa bàn", "several teams here"),
    "staffing_issue_no_members": ("không có tổ viên", "no members"),
    "staffing_issue_below_least": ("dưới số tối thiểu", "below the least size"),
    "staffing_issue_too_many_households": ("quá nhiều hộ mỗi người", "too many households each"),
    "staffing_issue_no_leader": ("thiếu tổ trưởng", "no leader"),
    "staffing_issue_no_deputy": ("thiếu tổ phó", "no deputy"),
    "staffing_issue_no_member": ("thiếu tổ viên", "no ordinary member"),
    "staffing_issue_role_unknown": ("có người chưa ghi vai trò", "a role not on record"),
    "staffing_issue_skill_missing": ("thiếu kỹ năng", "a skill missing"),
    "staffing_issue_skill_unknown": ("có người chưa ghi kỹ năng", "skills not on record"),
    "staffing_issue_not_trained": ("chưa tập huấn", "not trained yet"),
    "staffing_issue_training_unknown": ("chưa ghi ngày tập huấn", "training not on record"),
    "staffing_told": (
        "{teams} tổ, {members} tổ viên, {households} hộ. Thiếu {short} người (riêng các tổ đã có: {short_in_teams}); dư {spare}. Dù chuyển người thế nào vẫn thiếu ít nhất {short_at_least}.",
        "{teams} teams, {members} members, {households} households. Short of {short} people ({short_in_teams} in the teams there are); {spare} to spare. However people move, at least {short_at_least} are missing.",
    ),
    "staffing_unplaced": (
        "{members} tổ viên và {households} hộ chưa thuộc tổ dân phố nào.",
        "{members} members and {households} households belong to no neighbourhood.",
    ),
    "reallocation_told": (
        "Chuyển {moves} người: thiếu {short_before} người còn {short_after} (không cách chuyển nào dưới {short_at_least}); tuyển thêm {recruits}.",
        "{moves} people move: {short_before} missing become {short_after} (no moving gets below {short_at_least}); recruit {recruits}.",
    ),
    "reallocation_gain": (
        "Trong {horizon_weeks} tuần, chuyển người giúp đến thêm khoảng {households_gained} hộ.",
        "Within {horizon_weeks} weeks, moving reaches about {households_gained} more households.",
    ),
    "reallocation_weeks": (
        "Nơi chậm nhất cần {weeks_before} tuần nếu không chuyển, {weeks_after} tuần nếu chuyển.",
        "The slowest place takes {weeks_before} weeks without moving, {weeks_after} with it.",
    ),
    "reallocation_moves": ("Chuyển giữa các tổ:", "Moves between teams:"),
    "reallocation_recruits": ("Cần tuyển:", "To recruit:"),
    "what_if_range": ("{expected} ({least}–{most})", "{expected} ({least}–{most})"),
    "what_if_estimated": ("ước lượng", "estimated"),
    "what_if_planned": ("đã lập thử", "planned"),
    "what_if_slowest": (
        "Đến hết mọi hộ sau {weeks} tuần; chậm nhất là {slowest}.",
        "Everyone is reached after {weeks} weeks; {slowest} is the slowest.",
    ),
    "what_if_unknown": (
        "{count} tổ viên chưa ghi số phút mỗi tuần nên kết quả là khoảng (ít nhất–nhiều nhất).",
        "The weekly minutes of {count} members are not on record, hence the ranges (least–most).",
    ),
    "what_if_nobody": (
        "{count} tổ dân phố còn hộ chưa đến mà không có ai đến.",
        "{count} neighbourhoods have households left and nobody to reach them.",
    ),
    "what_if_by_day": (
        "Để đến hết mọi hộ trước {until} cần thêm {more} tổ viên.",
        "To reach everyone by {until}, {more} more members are needed.",
    ),
    "compare_told": (
        "{changed} hộ đổi người phụ trách, {kept} hộ giữ nguyên; {newly_assigned} hộ mới có người, {no_longer_assigned} hộ không còn ai; {only_first} hộ chỉ có ở A, {only_second} chỉ ở B.",
        "{changed} households change hands, {kept} stay; {newly_assigned} newly have somebody, {no_longer_assigned} no longer do; {only_first} are in A only, {only_second} in B only.",
    ),
    "usage_what_if": (
        "Chọn nhiều nhất một trong hai: --members N hoặc --by NGÀY; --exact không đi với --by.",
        "Name at most one of --members N and --by DATE; --exact does not go with --by.",
    ),
    "staffing_least_too_small": (
        "Số tổ viên tối thiểu {least} không dùng được: hãy cho ít nhất 1.",
        "A least team size of {least} cannot be used: give 1 or more.",
    ),
    "staffing_households_not_positive": (
        "Số hộ mỗi tổ viên {given} không dùng được: hãy cho số lớn hơn 0, ví dụ 50.",
        "{given} households a member cannot be used: give a number above 0, such as 50.",
    ),
    "reallocation_distance_negative": (
        "Khoảng cách {given} m không dùng được: hãy cho số từ 0 trở lên.",
        "A distance of {given} m cannot be used: give 0 or more.",
    ),
    "reallocation_weights_wrong": (
        "Số tuần phải lớn hơn 0 và mỗi lượt chuyển phải nặng từ 0 m trở lên: hãy sửa lại.",
        "The weeks must be above 0 and a move must weigh 0 m or more: mend them.",
    ),
    "what_if_members_negative": (
        "Số tổ viên {given} không dùng được: hãy cho số từ 0 trở lên.",
        "{given} members cannot be used: give 0 or more.",
    ),
    "what_if_day_past": (
        "Ngày {until} không sau ngày {on}: hãy chọn một ngày muộn hơn.",
        "{until} is not after {on}: choose a later day.",
    ),
    # --- command line and errors ---
    "column_import_id": ("Mã lượt nhập", "Import"),
    "column_file_name": ("Tệp", "File"),
    "column_imported_at": ("Nhập lúc", "Imported at"),
    "column_added": ("Thêm", "Added"),
    "column_changed": ("Sửa", "Changed"),
    "column_set_aside": ("Để riêng", "Set aside"),
    "column_undone_at": ("Hoàn tác lúc", "Taken back at"),
    "column_created_at": ("Lập lúc", "Made at"),
    "column_approved_at": ("Duyệt lúc", "In force since"),
    "column_areas": ("Số tổ dân phố", "Neighbourhoods"),
    "column_because": ("Vì sao để riêng", "Why set aside"),
    "column_row": ("Dòng", "Row"),
    "column_sheet": ("Trang tính", "Sheet"),
    "column_aside_row": ("Dòng trong tệp gốc", "Row of the original file"),
    "column_aside_sheet": ("Trang trong tệp gốc", "Sheet of the original file"),
    "html_subtitle": ("Ngày {on}", "{on}"),
    "html_public": (
        "Bản công khai: không tên, không vị trí hộ; số nhỏ hơn 5 được che.",
        "Public: no names, no places of households; counts under 5 are hidden.",
    ),
    "html_full": (
        "BẢN ĐẦY ĐỦ, có dữ liệu cá nhân: không chia sẻ ra ngoài.",
        "FULL, with personal data: do not pass on.",
    ),
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
    "total": ("Cộng", "Total"),
    "usage_day": (
        "{typed} không phải là ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-21.",
        "{typed} is not a day as YYYY-MM-DD, 2026-11-21 for example.",
    ),
    "usage_ward": (
        "--ward nhận mã phường/xã 5 chữ số, kể cả số 0 ở đầu.",
        "--ward takes a ward's 5-digit code, leading zeros included.",
    ),
    "usage_column": ("--column viết là trường=tiêu đề cột.", "--column takes field=heading."),
    "usage_area_or_all": (
        "Chọn một trong hai: --area MÃ hoặc --all.",
        "Name one of --area CODE and --all.",
    ),
    "usage_by": ("--by là một trong: {known}.", "--by is one of {known}."),
    "usage_as_folder": (
        "--as đi với một tệp, không đi với thư mục.",
        "--as goes with a file, not with a folder.",
    ),
    "usage_public_or_full": (
        "Chỉ chọn một: --public (không có dữ liệu cá nhân) hoặc --full (đầy đủ).",
        "Name only one of --public (without people's data) and --full.",
    ),
    "usage_xlsx": (
        "{file}: danh sách được ghi thành .xlsx; hãy đặt tên tệp có đuôi .xlsx.",
        "{file}: the list is written as .xlsx; give it that ending.",
    ),
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
        "{file} không đọc được bằng bảng mã nào đã biết. Hãy lưu lại dạng “CSV UTF-8”.",
        "{file} is in no encoding known here. Save it as “CSV UTF-8”.",
    ),
    "file_web_page": (
        "{file} là một trang web, không phải tệp dữ liệu (có thể là trang đăng nhập). Hãy đăng nhập, tải lại rồi nhập.",
        "{file} is a web page without a table, perhaps a login page. Log in, download the file again, and import it.",
    ),
    "file_wrong_ending": (
        "{file} mang đuôi {suffix} nhưng bên trong là tệp {found}. Hãy xuất lại, hoặc sửa đuôi tệp cho đúng.",
        "{file} is called {suffix} but is a {found} file inside. Export it again, or mend its ending.",
    ),
    "file_nul_bytes": (
        "{file} chứa byte rỗng (NUL) nên không phải văn bản. Hãy lưu lại dạng “CSV UTF-8” hoặc XLSX.",
        "{file} holds NUL bytes and is no text. Save it as “CSV UTF-8” or XLSX.",
    ),
    "xml_doctype": (
        "{file} có khai báo DOCTYPE hoặc ENTITY nên không được mở. Hãy mở bằng Excel rồi lưu lại dạng XLSX.",
        "{file} declares a DOCTYPE or entities and is not opened. Open it in a spreadsheet program and save it as XLSX.",
    ),
    "zip_unsafe": (
        "{file} có tệp bên trong trỏ ra ngoài thư mục nén nên không được mở. Hãy nén lại.",
        "{file} holds entries that lead outside the archive and is not opened. Pack it again.",
    ),
    "cell_too_long": (
        "{file}, dòng {row}: một ô dài hơn {most} ký tự. Hãy rút ngắn ô đó.",
        "{file}, row {row}: a cell is longer than {most} characters. Shorten it.",
    ),
    "sheets_all_hidden": (
        "Mọi trang có dữ liệu của {file} đều bị ẩn. Hãy bỏ ẩn, hoặc chọn trang bằng --layer.",
        "Every sheet of {file} that holds data is hidden. Unhide one, or name it by --layer.",
    ),
    "encoding_unknown": (
        "Không có bảng mã “{encoding}”. Chọn một trong: {known}.",
        "There is no encoding “{encoding}”. Choose one of: {known}.",
    ),
    "skip_above_headings": ("phía trên dòng tiêu đề cột", "above the headings"),
    "skip_numbering": ("dòng đánh số cột", "numbers the columns"),
    "skip_total": ("dòng cộng/tổng", "a row of sums"),
    "skip_signature": ("phần ký tên", "part of the signatures"),
    "skip_note": ("ghi chú dưới bảng", "a note below the table"),
    "skip_repeated_heading": ("tiêu đề cột lặp lại", "repeats the headings"),
    "skip_section": ("dòng tên tổ dân phố, thôn", "names the neighbourhood of the rows below"),
    "sheet_hidden": ("trang ẩn", "hidden sheet"),
    "sheet_help": ("trang hướng dẫn, danh mục", "help or list of values"),
    "sheet_empty": ("trang trống", "empty sheet"),
    "sheet_other": ("trang khác loại dữ liệu", "a sheet of other data"),
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
    "gpkg_unfinished": (
        "{file} đang được mở ở chương trình khác hoặc ghi dở. Hãy mở bằng QGIS, đóng lại, rồi nhập.",
        "{file} is open in another program, or was left half-written. Open and close it in QGIS, then import it.",
    ),
    "kml_doctype": (
        "{file} có khai báo DOCTYPE nên không được mở. Hãy xuất lại từ phần mềm bản đồ.",
        "{file} has a DOCTYPE and is not opened. Export it again from the map program.",
    ),
    "osm_kind": (
        "Bản trích OpenStreetMap không cho biết {kind}. Có thể lấy từ tệp này: {kinds}.",
        "An OpenStreetMap extract does not tell of {kind}. What can be taken from it: {kinds}.",
    ),
    "osm_holds_none": (
        "Bản trích OpenStreetMap này không có {kind}. Hãy chọn vùng khác hoặc loại khác.",
        "This OpenStreetMap extract holds no {kind}. Choose another area, or another kind.",
    ),
    "reader_unguarded": (
        "Bộ đọc tệp chưa được bảo vệ đúng nên đã từ chối {file}. Hãy báo cho người cài đặt.",
        "The reader is not properly guarded, so {file} was refused. Tell whoever installed it.",
    ),
    "too_many_corners": (
        "{file}, đối tượng {row}: hình có {corners} đỉnh, nhiều hơn {most}. Hãy đơn giản hóa hình (Simplify) rồi nhập lại.",
        "{file}, feature {row}: its shape has {corners} corners, more than {most}. Simplify it and import again.",
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
    "preview_encoding": ("Bảng mã: {encoding}", "Encoding: {encoding}"),
    "encoding_own": ("của chính tệp", "the file's own"),
    "heading_private": (
        "Cột số định danh/CCCD ({headings}) không bao giờ được đọc. Hãy chọn cột khác.",
        "Columns of national ids ({headings}) are never read. Choose another column.",
    ),
    "columns_remembered": (
        "Dùng cách ghép cột đã nhớ từ tệp cùng dạng: {pairs} (đổi bằng --column trường=tiêu đề, bỏ bằng --column trường=)",
        "Columns matched as for an earlier file of this shape: {pairs} (change by --column field=heading, drop by --column field=)",
    ),
    "column_used_at": ("Dùng lần cuối", "Last used"),
    "column_columns": ("Cách ghép cột", "Columns"),
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
    "plan_not_editable": (
        "Phương án “{name}” không phải bản nháp nên không sửa trực tiếp được. Tạo bản sao để sửa.",
        "Plan “{name}” is not a draft, so it cannot be changed itself. Make a copy to change.",
    ),
    "plan_changed_meanwhile": (
        "Có người vừa sửa chính các hộ này. Hãy xem lại phương án rồi làm lại.",
        "Somebody has just changed these very households. Look at the plan again and repeat your change.",
    ),
    "nothing_to_undo": ("Không còn gì để hoàn tác.", "There is nothing left to undo."),
    "nothing_to_redo": ("Không còn gì để làm lại.", "There is nothing left to redo."),
    "no_households_chosen": (
        "Chưa chọn hộ nào của phương án này. Khoanh vùng hoặc bấm vào các hộ trên bản đồ.",
        "No household of this plan is chosen. Draw around households on the map, or click them.",
    ),
    "member_unknown": (
        "Không có tổ viên mã “{member}” đang phụ trách một khu.",
        "There is no member with the code “{member}” who serves a neighbourhood.",
    ),
    "plan_copy_name": ("{name} (bản sửa)", "{name} (copy)"),
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
    "problem_in_charge_kept": (
        "cột người phụ trách được giữ thành phương án nháp cùng tên với tệp",
        "who is in charge is kept as a draft plan named after the file",
    ),
    "problem_in_charge_known": (
        "người phụ trách giống hệt một phương án đã nhập, không lập phương án mới",
        "who is in charge is what a plan from an earlier file says already; no other was made",
    ),
    "problem_status_not_taken": (
        "cột tình trạng không ghi ngày nên không thành lượt thăm: nhập tệp lượt thăm (visits) có ngày",
        "a status without a date makes no visit: import a list of visits with their days",
    ),
    "column_in_charge_given": ("Người phụ trách", "Person in charge"),
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
    "problem_household_other_under_id": (
        "mã này là của hộ khác, ở nơi khác (xem mã): sửa mã; nếu đúng là một hộ, nhập lại với --trust-ids",
        "this id belongs to another household elsewhere (see the id): mend it; where they are one, import with --trust-ids",
    ),
    "problem_household_other_at_address": (
        "mã địa chỉ số này là của hộ khác (xem mã hộ): ghi mã của hộ ấy nếu là một, sửa địa chỉ số nếu không phải",
        "this digital address belongs to another household (see the id): write its id where they are one, else mend the address",
    ),
    "problem_household_several_candidates": (
        "có thể là một trong nhiều hộ đã lưu (xem mã): ghi mã của hộ đúng vào cột Mã hộ, hoặc một mã mới nếu là hộ mới",
        "may be one of several stored households (see the ids): write the right one's id as household id, or a new id for a new one",
    ),
    "problem_household_moved": (
        "trùng tên một hộ không còn trong danh sách (xem mã), nhưng ở nơi khác: ghi mã ấy nếu hộ đã chuyển đến, hoặc một mã mới nếu là hộ khác",
        "bears the name of a household that has vanished (see the id), elsewhere: write that id where it has moved, a new one where it is another",
    ),
    "problem_row_repeats_household": (
        "cùng chủ hộ, cùng số nhà với một dòng ở trên (xem số dòng): vẫn được giữ, xem có phải ghi hai lần không",
        "the same head in the same house as a row above (see its number): kept; see whether it stands twice",
    ),
    "problem_row_repeats_address": (
        "cùng mã địa chỉ số với một dòng ở trên (xem số dòng): vẫn được giữ, xem mã nào ghi nhầm",
        "the same digital address as a row above (see its number): kept; see which one is mistaken",
    ),
    "problem_row_stacked": (
        "từ 5 hộ trở lên chung một điểm: có thể là tọa độ nhà sinh hoạt",
        "five or more households on one point: perhaps the meeting house's",
    ),
    "import_repeated": (
        "Tệp này đã được nhập rồi ({repeats}) và không có gì mới: không nhập lần nữa.",
        "This very file was imported before ({repeats}) and brings nothing new: it is not imported again.",
    ),
    "import_vanished": (
        "{count} hộ đã lưu không còn trong danh sách này: vẫn giữ, đánh dấu từ {on}. Xem bằng: diaban check",
        "{count} stored households are not in this list any more: kept, and marked since {on}. See: diaban check",
    ),
    "import_returned": (
        "{count} hộ từng vắng khỏi danh sách nay có lại: đã bỏ đánh dấu.",
        "{count} households that had vanished are listed again: no longer marked.",
    ),
    "import_doubtful": (
        "{count} dòng chưa biết chắc là hộ nào: để riêng, chờ người xem.",
        "{count} rows may or may not be stored households: set aside until somebody looks.",
    ),
    "import_change": (
        "  dòng {row}: {what}: {before} → {after} ({household})",
        "  row {row}: {what}: {before} → {after} ({household})",
    ),
    "import_changes_more": (
        "  … và {count} thay đổi khác (--json cho xem hết)",
        "  … and {count} more changes (--json shows all)",
    ),
    "problem_outside_neighbourhoods": (
        "nằm ngoài mọi tổ dân phố",
        "lies outside every neighbourhood",
    ),
    "problem_on_border": (
        "nằm trên ranh giới hoặc trong phần chồng lấn giữa hai tổ dân phố",
        "lies on a border, or where two neighbourhoods overlap",
    ),
    # --- figures of reports ---
    "column_figure_id": ("Mã số liệu", "Figure id"),
    "column_area_given": ("Địa bàn", "Area"),
    "column_indicator": ("Nội dung", "What is counted"),
    "column_of": ("Trên tổng số", "Of"),
    "column_share": ("Tỷ lệ", "Share"),
    "column_counted": ("Đếm từ danh sách", "Counted in the lists"),
    "column_as_of": ("Tính đến ngày", "As of"),
    "column_code": ("Mã địa chỉ", "Address code"),
    "column_precision_m": ("Sai số (m)", "Precision (m)"),
    "figures_reported": ("Số liệu báo cáo", "Reported figures"),
    "figures_note": (
        "Số liệu do các báo cáo công bố, không cộng vào số đếm từ danh sách.",
        "Figures that reports give; never added to what is counted from the lists.",
    ),
    "figures_short": (
        "{name}, {as_of} ({source}): {teams} tổ, {members} thành viên; thiếu {short} người để mỗi tổ có ít nhất {least}.",
        "{name}, {as_of} ({source}): {teams} teams, {members} members; {short} short of {least} a team.",
    ),
    "figures_contradicted": (
        "{count} số liệu mâu thuẫn với nguồn khác cùng ngày: giữ cả hai, xem cột nguồn.",
        "{count} figures differ from another source of the same day: all are kept, see the sources.",
    ),
    "table_value": ("Số liệu", "Figure"),
    "table_of": ("Trên tổng số", "Of"),
    "table_counted": ("Đếm từ danh sách", "Counted"),
    "table_indicator": ("Nội dung", "What is counted"),
    "table_as_of": ("Tính đến ngày", "As of"),
    "table_source": ("Nguồn", "Source"),
    # --- coverage ---
    "check_household_without_ward": (
        "Hộ chưa rõ thuộc phường nào: nhập ranh giới phường, hoặc nhập lại với --ward.",
        "Households whose ward is not known: import the ward's boundary, or import them again with --ward.",
    ),
    "check_household_unlocated": (
        "Hộ chưa có vị trí: bổ sung tọa độ hoặc mã địa chỉ số.",
        "Households without a location: add coordinates or a digital address.",
    ),
    "check_household_estimated": (
        "Hộ chưa có tọa độ, vị trí được ước lượng từ địa chỉ và các nhà lân cận (m: sai số): đo khi đến nhà.",
        "Households without coordinates, their place estimated from the address and its neighbours (m: how far off it may be): measure it on the next visit.",
    ),
    "check_household_outside_ward": (
        "Hộ có tọa độ nằm ngoài ranh giới phường của mình: kiểm tra lại tọa độ.",
        "Households whose point lies outside their ward: check the coordinates.",
    ),
    "check_household_outside_neighbourhoods": (
        "Hộ nằm ngoài mọi tổ dân phố, thôn: kiểm tra tọa độ của hộ hoặc ranh giới.",
        "Households outside every neighbourhood: check their points, or the boundaries.",
    ),
    "check_household_no_street": (
        "Hộ không có đường nào trong tầm 100 m",
        "Households without a street within 100 m",
    ),
    "check_household_across_barrier": (
        "Hộ chỉ có đường ở bên kia sông, đường sắt hoặc đường lớn",
        "Households whose only street lies across a river, railway or main road",
    ),
    "check_household_cut_off": (
        "Hộ ở đoạn đường không nối với mạng đường chung",
        "Households on streets that do not meet the others",
    ),
    "check_household_on_border": (
        "Hộ nằm trên ranh giới hoặc trong phần chồng lấn của hai tổ dân phố: xem hộ thuộc tổ nào.",
        "Households on a border, or where two neighbourhoods overlap: see which one they belong to.",
    ),
    "check_household_stacked": (
        "Nhiều hộ chung một điểm (từ 5 hộ): có thể là tọa độ nhà sinh hoạt, không phải của từng nhà.",
        "Five or more households on one point: perhaps the meeting house's coordinates, not those of each home.",
    ),
    "check_household_repeated": (
        "Hộ có vẻ được ghi hai lần: cùng chủ hộ, cùng số nhà (xếp theo nhóm): xem có phải một hộ không.",
        "Households that seem to stand twice: one head, one house (in groups): see whether they are one.",
    ),
    "check_household_address_repeated": (
        "Nhiều hộ chung một mã địa chỉ số (xếp theo nhóm): xem mã nào ghi nhầm.",
        "Several households with one digital address (in groups): see which one is mistaken.",
    ),
    "check_household_vanished": (
        "Hộ không còn trong danh sách mới của tổ: vẫn được giữ; hỏi tổ trưởng hộ đã chuyển đi hay danh sách bỏ sót.",
        "Households that the neighbourhood's newest list lacks: kept; ask whether they have moved away or were left out.",
    ),
    "check_visit_of_unknown_household": (
        "Lượt thăm ghi mã hộ chưa có trong danh sách hộ.",
        "Visits to a household that is not in the list of households.",
    ),
    "check_visit_by_unknown_member": (
        "Lượt thăm ghi tổ viên chưa có trong danh sách, hoặc tên trùng nhau nên không rõ là ai.",
        "Visits by a member who is not in the list, or whose name more than one bears.",
    ),
    "check_visit_for_unknown_goal": (
        "Lượt thăm ghi chỉ tiêu chưa có trong danh sách chỉ tiêu nên không được tính.",
        "Visits for a goal that is not in the list of goals, so they count for none.",
    ),
    "check_team_of_unknown_neighbourhood": (
        "Tổ công nghệ số ghi tổ dân phố, thôn chưa có ranh giới hoặc không rõ là nơi nào.",
        "Teams of a neighbourhood that is not known, or that more than one could be.",
    ),
    "check_member_of_unknown_team": (
        "Tổ viên ghi tổ công nghệ số chưa có trong danh sách.",
        "Members of a team that is not in the list of teams.",
    ),
    "check_member_of_unknown_neighbourhood": (
        "Tổ viên ghi tổ dân phố, thôn chưa có ranh giới hoặc không rõ là nơi nào.",
        "Members of a neighbourhood that is not known, or that more than one could be.",
    ),
    "check_member_without_home": (
        "Tổ viên chưa có vị trí nhà: phương án sẽ tính từ giữa địa bàn phụ trách.",
        "Members without a home location: plans count from the middle of the zone.",
    ),
    "check_member_phone_repeated": (
        "Nhiều tổ viên dùng chung một số điện thoại: có thể một người được ghi hai lần.",
        "Members who share a phone number: perhaps one person is listed twice.",
    ),
    "check_neighbourhood_overlaps": (
        "Hai tổ dân phố chồng lấn nhau (m²): sửa lại ranh giới.",
        "Two neighbourhoods overlap (m²): mend their boundaries.",
    ),
    "check_neighbourhood_invalid": (
        "Ranh giới tổ dân phố tự cắt hoặc để trống: vẽ lại.",
        "The neighbourhood's boundary crosses itself or is empty: draw it again.",
    ),
    "check_neighbourhood_leaves_ward": (
        "Tổ dân phố vượt ra ngoài ranh giới phường (m²).",
        "The neighbourhood reaches beyond its ward (m²).",
    ),
    "check_neighbourhood_name_repeated": (
        "Nhiều tổ dân phố trong phường trùng tên, nên không ghép được theo tên.",
        "Neighbourhoods of one ward share a name, so nothing can be matched by it.",
    ),
    "check_neighbourhood_without_team": (
        "Tổ dân phố, thôn chưa có tổ công nghệ số và chưa có tổ viên.",
        "Neighbourhoods without a team and without members.",
    ),
    "column_household_id": ("Mã hộ", "Household id"),
    "column_member_id": ("Mã tổ viên", "Member id"),
    "column_member_name": ("Người phụ trách", "Member in charge"),
    "column_team_id": ("Mã tổ", "Team id"),
    "column_neighbourhood_id": ("Mã tổ dân phố", "Neighbourhood id"),
    "column_neighbourhood": ("Tổ dân phố", "Neighbourhood"),
    "column_neighbourhood_given": ("Tổ dân phố", "Neighbourhood"),
    "column_ward_code": ("Mã phường", "Ward code"),
    "column_ward_given": ("Mã phường", "Ward code"),
    "column_team_given": ("Tổ công nghệ số", "Team"),
    "column_household_given": ("Mã hộ", "Household"),
    "column_member_given": ("Tổ viên", "Member"),
    "column_goal_given": ("Chỉ tiêu", "Goal"),
    "column_goal_id": ("Mã chỉ tiêu", "Goal id"),
    "column_visit_id": ("Mã lượt thăm", "Visit id"),
    "column_street_id": ("Mã đường", "Street id"),
    "column_barrier_id": ("Mã vật cản", "Barrier id"),
    "column_plan_id": ("Mã phương án", "Plan id"),
    "column_head": ("Chủ hộ", "Head of household"),
    "column_name": ("Tên", "Name"),
    "column_phone": ("Điện thoại", "Phone"),
    "column_house_number": ("Số nhà", "House number"),
    "column_street": ("Đường", "Street"),
    "column_alley": ("Kiệt, hẻm, ngõ", "Alley"),
    "column_address": ("Địa chỉ", "Address"),
    "column_address_given": ("Địa chỉ", "Address"),
    "column_address_raw": ("Địa chỉ số", "Digital address"),
    "column_residents": ("Số nhân khẩu", "Residents"),
    "column_traits": ("Loại hộ", "Kind of household"),
    "column_poor": ("Hộ nghèo", "Poor"),
    "column_near_poor": ("Hộ cận nghèo", "Near poor"),
    "location_source_measured": ("đo được", "measured"),
    "location_source_address": ("địa chỉ số", "digital address"),
    "location_source_estimated": ("ước lượng", "estimated"),
    "map_estimated": ("vị trí ước lượng ± {metres} m", "estimated place ± {metres} m"),
    "map_estimated_unknown": (
        "vị trí ước lượng, chưa rõ sai số",
        "estimated place, how far off is not known",
    ),
    "column_lat": ("Vĩ độ", "Latitude"),
    "column_lon": ("Kinh độ", "Longitude"),
    "column_location_source": ("Nguồn vị trí", "Source of location"),
    "column_geometry": ("Hình trên bản đồ", "Geometry"),
    "column_role": ("Vai trò", "Role"),
    "column_minutes_per_week": ("Phút mỗi tuần", "Minutes per week"),
    "column_max_load_min": ("Tải tối đa (phút)", "Greatest load (min)"),
    "column_skills": ("Kỹ năng", "Skills"),
    "column_walks_at_most_m": ("Đi bộ tối đa (m)", "Walks at most (m)"),
    "column_active_from": ("Từ ngày", "Active from"),
    "column_active_to": ("Đến ngày", "Active to"),
    "column_founded_on": ("Ngày thành lập", "Founded on"),
    "column_decision": ("Quyết định", "Decision"),
    "column_trained_on": ("Ngày tập huấn", "Trained on"),
    "column_what": ("Nội dung", "What"),
    "column_neighbourhoods": ("Tổ dân phố", "Neighbourhoods"),
    "column_area_m2": ("Diện tích (m²)", "Area (m²)"),
    "column_width_m": ("Rộng (m)", "Width (m)"),
    "column_moved_m": ("Ranh dời (m)", "Border moved (m)"),
    "column_valid_from": ("Hiệu lực từ", "Valid from"),
    "column_valid_to": ("Hiệu lực đến", "Valid to"),
    "column_concerns": ("Đối tượng", "Concerns"),
    "column_valid_days": ("Hiệu lực (ngày)", "Valid (days)"),
    "column_visited_at": ("Ngày thăm", "Visited at"),
    "column_outcome": ("Kết quả", "Outcome"),
    "column_note": ("Ghi chú", "Note"),
    "column_kind": ("Loại", "Kind"),
    "column_province_code": ("Mã tỉnh", "Province code"),
    "column_area": ("Mã khu vực", "Area"),
    "column_goal": ("Chỉ tiêu", "Goal"),
    "column_households": ("Số hộ", "Households"),
    "column_households_shown": ("Số hộ", "Households"),
    "column_reached": ("Đã tiếp cận", "Reached"),
    "column_unreached": ("Chưa tiếp cận", "Unreached"),
    "column_due_again": ("Trong đó cần thăm lại", "Of these due again"),
    "column_ever_reached": ("Từng tiếp cận", "Ever reached"),
    "column_share_reached": ("Độ phủ", "Share reached"),
    "column_status": ("Tình trạng", "Status"),
    "column_cause": ("Vì sao chưa tiếp cận", "Why unreached"),
    "column_reason": ("Vì sao chưa phân công", "Why unassigned"),
    "column_members": ("Số tổ viên", "Members"),
    "column_assigned": ("Số hộ đã phân công", "Assigned"),
    "column_unassigned": ("Số hộ chưa phân công", "Unassigned"),
    "column_load_min": ("Khối lượng (phút)", "Load (min)"),
    "column_load_min_min": ("Khối lượng thấp nhất (phút)", "Least load (min)"),
    "column_load_min_mean": ("Khối lượng trung bình (phút)", "Mean load (min)"),
    "column_load_min_max": ("Khối lượng cao nhất (phút)", "Greatest load (min)"),
    "column_walk_m": ("Đi bộ (m)", "Walking (m)"),
    "column_walk_m_total": ("Tổng quãng đi bộ (m)", "Total walking (m)"),
    "column_walk_m_mean": ("Đi bộ trung bình mỗi hộ (m)", "Mean walking per household (m)"),
    "column_zones_disconnected": ("Địa bàn bị đứt quãng", "Zones not connected"),
    "column_lower_bound": ("Cận dưới của tổng quãng đi bộ (m)", "Lower bound of total walking (m)"),
    "column_gap": ("Khoảng cách tới cận dưới", "Gap to the bound"),
    "column_changed_households": ("Số hộ đổi người phụ trách", "Households that change hands"),
    "column_seed": ("Số khởi tạo", "Seed"),
    "column_locked": ("Khóa", "Locked"),
    "column_zone": ("Khu", "Zone"),
    "column_check": ("Cần sửa", "To mend"),
    "column_table": ("Bảng", "Table"),
    "column_id": ("Mã", "Id"),
    "column_other": ("Mã kia", "Other id"),
    "column_value": ("Giá trị", "Value"),
    "column_count": ("Số lượng", "Count"),
    "column_plan": ("Phương án", "Plan"),
    "column_title": ("Nội dung", "Title"),
    "column_date": ("Ngày", "Date"),
    "column_source": ("Nguồn", "Source"),
    "column_notice": ("Lưu ý", "Notice"),
    "column_audience": ("Phạm vi", "Audience"),
    "status_reached": ("đã tiếp cận", "reached"),
    "status_unreached": ("chưa tiếp cận", "unreached"),
    "status_due_again": ("cần thăm lại", "due again"),
    "role_leader": ("Tổ trưởng", "Leader"),
    "role_deputy": ("Tổ phó", "Deputy"),
    "role_member": ("Tổ viên", "Member"),
    "outcome_met": ("gặp", "met"),
    "outcome_absent": ("vắng", "absent"),
    "outcome_refused": ("từ chối", "refused"),
    "outcome_not_found": ("không tìm thấy", "not found"),
    "trait_poor": ("hộ nghèo", "poor"),
    "trait_near_poor": ("hộ cận nghèo", "near poor"),
    "trait_elderly": ("người cao tuổi", "elderly"),
    "trait_disabled": ("người khuyết tật", "disabled"),
    "trait_business": ("kinh doanh", "business"),
    "export_source": ("Địa bàn, từ số liệu của phường", "Địa bàn, from the ward's own data"),
    "export_for_public": (
        "bản công khai: số hộ dưới 5 và số làm lộ chúng được giấu",
        "public: counts of households under 5, and those that give them away, are hidden",
    ),
    "export_for_staff": (
        "bản nội bộ: có dữ liệu cá nhân, không gửi ra ngoài",
        "internal: holds personal data, not to be passed on",
    ),
    "export_all_goals": ("mọi chỉ tiêu", "all goals"),
    "export_outside": ("ngoài mọi khu vực", "outside every area"),
    "export_total": ("toàn phương án", "the whole plan"),
    "export_sheet_households": ("Phân công hộ", "Households"),
    "export_sheet_zones": ("Địa bàn phụ trách", "Zones"),
    "export_sheet_members": ("Tổ viên", "Members"),
    "export_sheet_neighbourhoods": ("Tổ dân phố", "Neighbourhoods"),
    "export_sheet_figures": ("Số liệu", "Figures"),
    "export_sheet_about": ("Về tệp này", "About this file"),
    "export_folder_missing": (
        "Không có thư mục {folder}. Tạo thư mục đó, hoặc chọn nơi khác để ghi {file}.",
        "There is no folder {folder}. Make it, or choose another place for {file}.",
    ),
    "export_unwritable": (
        "Không ghi được {file}. Kiểm tra quyền ghi và chỗ trống trên ổ đĩa, và đóng tệp nếu đang mở trong chương trình khác.",
        "{file} cannot be written. Check that the folder can be written to and the disk has room, and close the file if another program has it open.",
    ),
    # --- plan ---
    "plan_balance_out_of_range": (
        "Độ lệch khối lượng {balance} không dùng được: hãy nhập số từ 0 đến dưới 1, ví dụ 0.10 là 10 %.",
        "A balance of {balance} cannot be used: give a number from 0 to below 1, for example 0.10 for 10%.",
    ),
    "plan_keep_negative": (
        "Giá giữ nguyên {keep} phút không dùng được: hãy nhập số phút không âm, ví dụ 10.",
        "A keep of {keep} minutes cannot be used: give minutes, 0 or more, for example 10.",
    ),
    "ways_incomplete": (
        "Bảng khoảng cách thiếu {missing} ô: cần số mét từ mỗi tổ viên tới mỗi hộ.",
        "The table of distances lacks {missing} cells: it needs the metres from every member to every household.",
    ),
    "locks_unknown": (
        "Tệp {file}: {count} dòng ở cột {column} không khớp với dữ liệu đã nhập; hãy sửa mã, hoặc nhập danh sách trước.",
        "File {file}: {count} rows in the column {column} match nothing that is stored; mend the ids, or import the list first.",
    ),
    "wishes_no_column": (
        'Tệp {file} không có cột nói mong muốn gì. Các cột có: {headings}. Hãy đặt tên một cột là "Mong muốn", mỗi dòng ghi: khóa, tránh, cùng người, cần kỹ năng hoặc khu riêng.',
        'File {file} has no column that says what is wished. It has: {headings}. Head one column "Mong muốn" (or wish), and write in each row: lock, forbid, together, skill or home_area.',
    ),
    "wishes_sheets": (
        "Tệp {file} có trang không đọc được như danh sách mong muốn: {sheets}. Hãy để mọi mong muốn trong một trang, hoặc bỏ trang thừa.",
        "File {file} has sheets that are no list of wishes: {sheets}. Put all wishes on one sheet, or take the others out.",
    ),
    "wishes_cell_missing": (
        "Tệp {file}, dòng {row}: cột {column} còn trống mà mong muốn này cần đến (có {count} dòng như vậy). Hãy điền ô đó, hoặc xóa dòng.",
        "File {file}, row {row}: this wish needs the column {column}, which is empty ({count} such rows). Fill it in, or delete the row.",
    ),
    "wishes_cell_unused": (
        'Tệp {file}, dòng {row}: mong muốn "{wish}" không dùng đến cột {column} (có {count} dòng như vậy). Hãy xóa ô đó, hoặc sửa loại mong muốn.',
        'File {file}, row {row}: the wish "{wish}" does not use the column {column} ({count} such rows). Empty that cell, or mend the kind of wish.',
    ),
    "wishes_wish_unreadable": (
        "Tệp {file}, dòng {row}, cột {column}: không rõ mong muốn gì (có {count} dòng như vậy). Hãy ghi một trong: khóa, tránh, cùng người, cần kỹ năng, khu riêng.",
        "File {file}, row {row}, column {column}: it is not clear what is wished ({count} such rows). Write one of: lock, forbid, together, skill, home_area.",
    ),
    "wishes_trait_unreadable": (
        "Tệp {file}, dòng {row}, cột {column}: không rõ đặc điểm nào (có {count} dòng như vậy). Hãy ghi: nghèo, cận nghèo, người cao tuổi, khuyết tật hoặc kinh doanh.",
        "File {file}, row {row}, column {column}: it is not clear which trait ({count} such rows). Write poor, near_poor, elderly, disabled or business.",
    ),
    "wishes_within_m_unreadable": (
        "Tệp {file}, dòng {row}, cột {column}: cần số mét lớn hơn 0, ví dụ 300 (có {count} dòng như vậy).",
        "File {file}, row {row}, column {column}: it needs metres above 0, for example 300 ({count} such rows).",
    ),
    "wishes_household_unknown": (
        "Tệp {file}, dòng {row}, cột {column}: không có hộ nào mang mã này (có {count} dòng như vậy). Hãy sửa mã, hoặc nhập danh sách hộ trước.",
        "File {file}, row {row}, column {column}: no household has this id ({count} such rows). Mend the id, or import the list of households first.",
    ),
    "wishes_member_unknown": (
        "Tệp {file}, dòng {row}, cột {column}: không tổ viên đang hoạt động nào mang mã hoặc tên này, hoặc có nhiều người trùng tên (có {count} dòng như vậy). Hãy ghi mã tổ viên, hoặc nhập danh sách tổ viên trước.",
        "File {file}, row {row}, column {column}: no active member has this id or name, or several have the name ({count} such rows). Write the member's id, or import the list of members first.",
    ),
    "wishes_apart": (
        "Tệp {file}, dòng {row}, cột {column}: hai bên không cùng một tổ dân phố, mà mỗi tổ dân phố được chia riêng (có {count} dòng như vậy). Hãy chọn người hoặc hộ cùng tổ dân phố.",
        "File {file}, row {row}, column {column}: the two are not in the same neighbourhood, and each neighbourhood is shared by itself ({count} such rows). Name somebody of the same neighbourhood.",
    ),
    "wishes_home_unknown": (
        "Tệp {file}, dòng {row}, cột {column}: chưa biết nhà của tổ viên này, nên không có khu quanh nhà (có {count} dòng như vậy). Hãy bổ sung vị trí nhà trong danh sách tổ viên.",
        "File {file}, row {row}, column {column}: this member's home is not known, so there is no area around it ({count} such rows). Add where the home is to the list of members.",
    ),
    "wishes_home_area_twice": (
        "Tệp {file}, dòng {row}, cột {column}: tổ viên này đã có một khu riêng ở dòng trên (có {count} dòng như vậy). Hãy giữ một dòng.",
        "File {file}, row {row}, column {column}: this member has a home area in a row above already ({count} such rows). Keep one row.",
    ),
    "wishes_skill_unknown": (
        "Tệp {file}, dòng {row}, cột {column}: không tổ viên nào ghi kỹ năng này (có {count} dòng như vậy). Hãy ghi đúng như cột Kỹ năng của danh sách tổ viên.",
        "File {file}, row {row}, column {column}: no member lists this skill ({count} such rows). Write it as the column of skills in the list of members has it.",
    ),
    "plan_time_not_positive": (
        "Thời hạn {seconds} giây không dùng được: hãy nhập số giây lớn hơn 0.",
        "A time limit of {seconds} seconds cannot be used: give seconds above 0.",
    ),
    "plan_bound": (
        "Không phương án nào rút ngắn quãng đường quá {gap}.",
        "No plan can shorten the walking by more than {gap}.",
    ),
    "conflict_of": (
        "{area}: không thể cùng giữ các quy tắc sau: {rules}.",
        "{area}: these rules cannot all be kept: {rules}.",
    ),
    "conflict_short": (
        "Thiếu {short_min} phút; thêm {members_more} tổ viên, hoặc nới lệch tải lên {balance}.",
        "{short_min} minutes short; add {members_more} members, or widen the balance to {balance}.",
    ),
    "conflict_short_members": (
        "Thiếu {short_min} phút; thêm {members_more} tổ viên: nới lệch tải không đủ.",
        "{short_min} minutes short; add {members_more} members: widening the balance is not enough.",
    ),
    "conflict_short_balance": (
        "Thiếu {short_min} phút; nới lệch tải lên {balance}: thêm tổ viên không đủ.",
        "{short_min} minutes short; widen the balance to {balance}: more members are not enough.",
    ),
    "rule_low": ("khối lượng tối thiểu", "the least load"),
    "rule_high": ("khối lượng tối đa theo lệch tải", "the greatest load by the balance"),
    "rule_cap": ("giới hạn cứng của tổ viên", "the member's hard limit"),
    "rule_locked": ("hộ đã khóa", "locked households"),
    "rule_forbidden": ("cặp bị cấm", "pairs kept apart"),
    "rule_no_skill": ("kỹ năng cần thiết", "skills needed"),
    "rule_outside_home_area": ("địa bàn riêng", "home areas"),
    "rule_together": ("hộ phải cùng một tổ viên", "households that go together"),
    "rule_too_far": ("quãng đường đi bộ tối đa", "the greatest walking distance"),
    "move_new": ("hộ chưa có tổ viên", "had no member"),
    "move_member_left": ("tổ viên cũ đã nghỉ", "the member left"),
    "move_evens_load": ("cân bằng khối lượng của {about}", "evens out the load of {about}"),
    "move_keeps_alley": ("giữ ngõ cho một tổ viên", "keeps the alley together"),
    "move_shorter_walk": ("đi bộ ngắn hơn", "shorter walking"),
    "wishes_locked_twice": (
        "Hộ {household} được khóa cho hai tổ viên khác nhau (có {count} hộ như vậy): hãy giữ một dòng cho mỗi hộ.",
        "Household {household} is locked to two different members ({count} such households): keep one row for each.",
    ),
    "wishes_lock_forbidden": (
        "Hộ {household} vừa được khóa cho vừa bị cấm với cùng một tổ viên (có {count} hộ như vậy): hãy bỏ một trong hai.",
        "Household {household} is both locked to and kept from the same member ({count} such households): drop one of the two.",
    ),
    "wishes_together_apart": (
        "Hộ {household} phải đi cùng một hộ đã khóa cho tổ viên khác (có {count} hộ như vậy): hãy bỏ khóa hoặc bỏ yêu cầu đi cùng.",
        "Household {household} must go with one that is locked to another member ({count} such households): drop the lock or the pair.",
    ),
    "plan_reach_negative": (
        "Khoảng cách tới đường {reach_m} m không dùng được: hãy nhập số mét không âm, ví dụ 100.",
        "A reach of {reach_m} m cannot be used: give a number of metres, 0 or more, for example 100.",
    ),
    "plan_seed_negative": (
        "Số khởi đầu ngẫu nhiên {seed} không dùng được: hãy nhập số nguyên không âm, ví dụ 0.",
        "A seed of {seed} cannot be used: give a whole number, 0 or more, for example 0.",
    ),
    "load_first_visit": ("lượt thăm đầu", "a first visit"),
    "load_revisit": ("lượt thăm lại khi đến hạn", "a visit that is due again"),
    "load_walking": ("đi bộ từ hộ trước", "walking from the household before"),
    "load_per_resident": ("thêm mỗi nhân khẩu", "more for each resident"),
    "load_residents_unknown": (
        "số nhân khẩu (không phải phút) khi chưa biết",
        "residents (no minutes) where nobody counted",
    ),
    "load_poor": ("thêm cho hộ nghèo", "more for a poor household"),
    "load_near_poor": ("thêm cho hộ cận nghèo", "more for a near-poor household"),
    "load_elderly": ("thêm cho hộ có người cao tuổi", "more where elderly people live"),
    "load_disabled": ("thêm cho hộ có người khuyết tật", "more where disabled people live"),
    "load_business": ("thêm cho hộ kinh doanh", "more for a household with a business"),
    "usage_minutes": (
        "Hãy viết MỤC=PHÚT, ví dụ elderly=20.",
        "Write ITEM=MINUTES, for example elderly=20.",
    ),
    "nobody_assigned": (
        "Chưa có hộ nào được giao: hãy lập và duyệt phương án (diaban plan, diaban approve), hoặc nêu tên phương án.",
        "Nobody has a household yet: make and approve a plan (diaban plan, diaban approve), or name one.",
    ),
    "column_keep": ("Giữ (phút)", "Keep (min)"),
    "column_moved": ("Số hộ đổi người", "Households moved"),
    "column_outside_min": ("Phút lệch khung", "Minutes outside"),
    "column_why": ("Vì sao", "Why"),
    "column_chosen": ("Đang giữ", "Has it"),
    "column_load_before_min": ("Khối lượng hiện nay (phút)", "Load now (min)"),
    "column_load_after_min": ("Nếu nhận hộ này (phút)", "With the household (min)"),
    "column_low_min": ("Tối thiểu (phút)", "At least (min)"),
    "column_high_min": ("Tối đa (phút)", "At most (min)"),
    "column_allowed": ("Được phép", "Allowed"),
    "column_barred_by": ("Vướng quy tắc", "Barred by"),
    "column_zone_connected": ("Địa bàn vẫn liền", "Zones hold together"),
    "column_cost_m": ("Đi thêm (m)", "More to walk (m)"),
    "one_neighbourhood": (
        "“{area}” là cả phường, xã: hãy nêu mã một tổ dân phố, thôn.",
        "“{area}” is a whole ward: name one neighbourhood by its code.",
    ),
    "options_now": (
        "Hiện {assigned_now} hộ có tổ viên của tổ dân phố phụ trách. Giữ càng nhiều phút, càng ít hộ đổi người: diaban plan --area … --keep PHÚT.",
        "{assigned_now} households have a member of the neighbourhood now. The more minutes keeping is worth, the fewer move: diaban plan --area … --keep MINUTES.",
    ),
    "fewest_proven": (
        "Phải đổi người phụ trách ít nhất {moved} hộ, chưa kể hộ chưa có ai hoặc có tổ viên đã nghỉ; đã chứng minh là không thể ít hơn.",
        "At least {moved} households must change members, besides those without one or whose member has left; fewer is proven impossible.",
    ),
    "fewest_between": (
        "Số hộ phải đổi người phụ trách ít nhất là từ {at_least} đến {moved}: chưa chứng minh được con số chính xác. Muốn biết rõ hơn, hãy tăng --time-limit.",
        "The fewest households that must change members are between {at_least} and {moved}: which is not proven yet. Give it longer with --time-limit.",
    ),
    "fewest_unknown": (
        "Chưa tìm được phương án nào liền địa bàn và trong mức lệch tải, nên chưa biết phải đổi ít nhất bao nhiêu hộ. Hãy nới --balance.",
        "No plan found has connected zones within the balance, so the fewest changes are unknown. Widen --balance.",
    ),
    "household_unknown": (
        "Không có hộ “{household}” trong tổ dân phố nào. Kiểm tra lại mã hộ.",
        "There is no household “{household}” in any neighbourhood. Check its id.",
    ),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
    "calendar_all": (
        "Mọi hộ được gặp lần đầu trong tuần {week}.",
        "Everyone is met for the first time by week {week}.",
    ),
    "calendar_not_all": (
        "Sau {weeks} tuần còn {left} hộ chưa được gặp.",
        "After {weeks} weeks {left} households are still to be met.",
    ),
    "routes_told": (
        "Tuần {week}, từ ngày {begins}: đi bộ {walk_m} m. Không xếp được {left} hộ.",
        "Week {week}, from {begins}: {walk_m} m on foot. {left} households could not be placed.",
    ),
    "load_out_of_range": (
        "{value} phút cho {field} không dùng được: hãy nhập số phút từ 0 đến 1440.",
        "{value} minutes for {field} cannot be used: give minutes from 0 to 1440.",
    ),
    "load_of_nothing": (
        "Một lượt thăm phải mất ít nhất vài phút: hãy nhập first_visit và revisit lớn hơn 0.",
        "A visit takes some minutes: give more than 0 for first_visit and revisit.",
    ),
    "load_field_unknown": (
        "Bảng khối lượng không có mục {field}. Các mục: {fields}.",
        "The load table has no {field}. It has: {fields}.",
    ),
    "route_pace_not_positive": (
        "Không ai đi bộ {pace} m mỗi phút: hãy nhập số dương, ví dụ 70.",
        "Nobody walks {pace} m a minute: give a number above 0, for example 70.",
    ),
    "route_steps_not_positive": (
        "Không thể tìm đường đi với {steps} bước: hãy nhập số nguyên dương, ví dụ 40.",
        "A route cannot be searched in {steps} steps: give a whole number above 0, for example 40.",
    ),
    "route_ways_wrong": (
        "Bảng khoảng cách giữa {stops} điểm không dùng được: cần số milimét nguyên, không âm, có cả điểm xuất phát.",
        "The ways between {stops} stops cannot be used: give whole millimetres, none negative, with the starting point.",
    ),
    "weeks_not_positive": (
        "Không thể lập lịch cho {weeks} tuần: hãy nhập số tuần từ 1 trở lên, ví dụ 52.",
        "A calendar of {weeks} weeks cannot be made: give 1 week or more, for example 52.",
    ),
    "members_without_minutes": (
        "Không thấy số phút mỗi tuần của {members}: hãy thêm các tổ viên này vào danh sách.",
        "There are no weekly minutes for {members}: add these members to the list.",
    ),
    "plan_steps_negative": (
        "Số bước tìm kiếm {steps} không dùng được: hãy nhập số nguyên không âm, ví dụ 60.",
        "A budget of {steps} steps cannot be used: give a whole number, 0 or more, for example 60.",
    ),
    # --- pages ---
    "page_overview": ("Tổng quan", "Overview"),
    "page_coverage": ("Độ phủ", "Coverage"),
    "page_plan": ("Phương án", "Plans"),
    "page_intake": ("Nhập dữ liệu", "Import"),
    "page_takeaway": ("Xuất", "Export"),
    "choose_language": ("Ngôn ngữ", "Language"),
    "lang_vi": ("Tiếng Việt", "Tiếng Việt"),
    "lang_en": ("English", "English"),
    "choose_ward": ("Phường, xã", "Ward"),
    "choose_day": ("Tính đến ngày", "As of"),
    "choose_goal": ("Chỉ tiêu", "Goal"),
    "choose_by": ("Đếm theo", "Count by"),
    "choose_area": ("Tổ dân phố, thôn", "Neighbourhood"),
    "choose_plan": ("Phương án", "Plan"),
    "every_goal": ("Mọi chỉ tiêu", "Every goal"),
    "every_area": ("Cả phường", "The whole ward"),
    "by_ward": ("Phường", "Ward"),
    "by_neighbourhood": ("Tổ dân phố", "Neighbourhood"),
    "by_team": ("Tổ công nghệ số", "Team"),
    "by_member": ("Tổ viên", "Member"),
    "by_goal": ("Theo chỉ tiêu", "By goal"),
    "as_of": ("Tính đến ngày {on}", "As of {on}"),
    "made_up_note": (
        "{made_up}: người và địa điểm đều không có thật.",
        "{made_up}: none of its people and places are real.",
    ),
    "figure_reached": ("Đã tiếp cận: {share}", "Reached: {share}"),
    "figure_unreached": ("Chưa tiếp cận", "Unreached"),
    "figure_due_again": ("trong đó cần thăm lại", "of these, due again"),
    "figure_ever": ("Từng được gặp", "Met at any time"),
    "figure_of": ("{part}/{whole} hộ", "{part}/{whole} households"),
    "table_name": ("Tên", "Name"),
    "table_goal": ("Chỉ tiêu", "Goal"),
    "table_households": ("Số hộ", "Households"),
    "table_reached": ("Đã tiếp cận", "Reached"),
    "table_unreached": ("Chưa", "Unreached"),
    "table_due_again": ("Thăm lại", "Due again"),
    "table_share": ("Tỷ lệ", "Share"),
    "table_cause": ("Vì sao chưa tiếp cận", "Why unreached"),
    "table_member": ("Tổ viên", "Member"),
    "table_area": ("Tổ dân phố", "Neighbourhood"),
    "table_load": ("Khối lượng (phút)", "Load (min)"),
    "table_walk": ("Đi bộ (m)", "Walking (m)"),
    "table_reason": ("Vì sao chưa phân công", "Why unassigned"),
    "table_field": ("Trường", "Field"),
    "table_heading": ("Cột trong tệp", "Column of the file"),
    "table_problem": ("Điều cần xem lại", "What to look at"),
    "table_column": ("Cột", "Column"),
    "table_rows": ("Số dòng", "Rows"),
    "table_import": ("Lượt nhập", "Import"),
    "table_file": ("Tệp", "File"),
    "table_kind": ("Loại", "Kind"),
    "table_when": ("Lúc", "When"),
    "table_added": ("Thêm", "Added"),
    "table_changed": ("Sửa", "Changed"),
    "table_set_aside": ("Để riêng", "Set aside"),
    "outside_areas": ("Ngoài mọi địa bàn", "Outside every area"),
    "nothing_here": ("Chưa có dòng nào.", "Nothing here yet."),
    "nobody_unreached": ("Không còn hộ nào chưa tiếp cận.", "No household is left unreached."),
    "get_table": ("Tải bảng này (XLSX)", "Download this table (XLSX)"),
    "get_unreached": (
        "Tải danh sách hộ chưa tiếp cận (XLSX)",
        "Download the unreached households (XLSX)",
    ),
    "only_this_area": ("Chỉ xem {name}", "Show {name} only"),
    "empty_title": ("Chưa có dữ liệu", "There are no data yet"),
    "empty_text": (
        "Mở phường mẫu để xem thử mọi trang, hoặc nhập dữ liệu của phường: bắt đầu từ ranh giới tổ dân phố và danh sách hộ.",
        "Open the made-up ward to try every page, or import the ward's own data: begin with neighbourhood boundaries and the list of households.",
    ),
    "open_made_up": ("Mở phường mẫu", "Open the made-up ward"),
    "opening_made_up": ("Đang dựng phường mẫu…", "Making the ward…"),
    "importing_kind": ("Đang nhập: {kind}", "Importing: {kind}"),
    "first_import": ("Nhập dữ liệu", "Import data"),
    "no_wards_yet": (
        "Chưa có phường nào: nhập ranh giới phường hoặc tổ dân phố.",
        "There is no ward yet: import the boundary of a ward or of its neighbourhoods.",
    ),
    "no_plans_yet": (
        "Chưa có phương án nào. Hãy bấm “Gợi ý phương án mới”.",
        "There are no plans yet. Suggest one.",
    ),
    "plan_status_draft": ("nháp", "draft"),
    "plan_status_approved": ("đang áp dụng", "in force"),
    "plan_status_retired": ("đã ngừng", "retired"),
    "plan_line": ("{name} · {status} · {on}", "{name} · {status} · {on}"),
    "suggest": ("Gợi ý phương án mới", "Suggest a new plan"),
    "suggest_for": ("Cho tổ dân phố", "For"),
    "suggest_name": ("Tên phương án (có thể bỏ trống)", "Name of the plan (may stay empty)"),
    "suggest_balance": ("Chênh lệch khối lượng cho phép (%)", "Allowed difference in load (%)"),
    "suggest_reach": ("Hộ cách đường nhiều nhất (m)", "Farthest from a street (m)"),
    "suggest_go": ("Gợi ý", "Suggest"),
    "suggesting": ("Đang chia hộ: {what}", "Sharing: {what}"),
    "plan_made": ("Đã lưu phương án nháp “{name}”.", "Kept the draft “{name}”."),
    "approve": ("Duyệt", "Approve"),
    "approve_title": ("Duyệt phương án", "Approve the plan"),
    "approve_sure": (
        "Phương án “{name}” sẽ thay phân công hiện nay ở {areas} tổ dân phố. Phương án cũ vẫn được giữ lại.",
        "The plan “{name}” will replace the present sharing in {areas} neighbourhoods. The old plan is kept.",
    ),
    "approve_go": ("Duyệt và áp dụng", "Approve and put in force"),
    "cancel": ("Thôi", "Cancel"),
    "approved_now": ("Đã duyệt “{name}”.", "“{name}” is in force."),
    "page_meeting": ("Trình chiếu", "Meeting"),
    "meeting_title": ("Trình chiếu cho cuộc họp", "Slides for a meeting"),
    "meeting_help": (
        "Chiếu toàn màn hình bằng phím mũi tên; Esc để thoát, F để phóng toàn màn hình. Không có tên, nhà hay hoàn cảnh của ai.",
        "Shown by the arrow keys; Esc ends, F fills the screen. Nobody's name, house or circumstances are on it.",
    ),
    "meeting_plan": ("Phương án đề xuất", "Proposed plan"),
    "meeting_slides": ("Các trang chiếu, theo thứ tự", "Slides, in order"),
    "meeting_begin": ("Bắt đầu chiếu", "Begin"),
    "meeting_end": ("Thoát", "End"),
    "slide_ward": ("Toàn phường", "The ward"),
    "slide_ends": ("Các tổ dân phố đi đầu và đi sau", "Furthest and least far along"),
    "slide_best": ("Đi đầu", "Furthest along"),
    "slide_worst": ("Cần dồn sức", "Least far along"),
    "slide_share": ("{name}: {share}", "{name}: {share}"),
    "slide_gaps": (
        "Nơi còn nhiều hộ chưa tiếp cận nằm gần nhau",
        "Where unreached households lie together",
    ),
    "slide_together": (
        "{name}: một cụm khoảng {about} hộ",
        "{name}: about {about} households together",
    ),
    "slide_no_gaps": (
        "Không có cụm lớn nào nổi hẳn lên so với chung cả phường.",
        "No larger group stands out from the ward as a whole.",
    ),
    "slide_plan": ("Phân công hiện nay và đề xuất", "The sharing now, and as proposed"),
    "slide_before": ("Hiện nay", "Now"),
    "slide_after": ("Đề xuất", "Proposed"),
    "slide_no_plan": ("Chưa có phương án.", "There is no plan."),
    "slide_plan_line": (
        "Mỗi tổ viên {least}–{most} phút, đi bộ {walk} m mỗi hộ",
        "{least}–{most} minutes a member, {walk} m of walking to a household",
    ),
    "slide_weeks": ("Bao giờ xong?", "When will it be done?"),
    "slide_members": ("Số tổ viên mỗi tổ dân phố", "Members in each neighbourhood"),
    "slide_of": ("{at}/{count}", "{at}/{count}"),
    "slide_back": ("Trang trước (←)", "Back (←)"),
    "slide_next": ("Trang sau (→)", "Next (→)"),
    "decide": ("Chốt", "Decide"),
    "decide_title": ("Chốt kết luận của cuộc họp", "Keep what the meeting decides"),
    "decide_text": ("Kết luận", "Decision"),
    "decide_approve": ("Áp dụng phương án đề xuất", "Put the proposed plan in force"),
    "decide_empty": ("Hãy ghi kết luận trước.", "Write the decision first."),
    "decide_go": ("Ghi lại", "Keep"),
    "decided": ("Đã ghi vào lịch sử.", "Kept in the history."),
    "history_decide": ("Kết luận cuộc họp", "Meeting's decision"),
    "share_untold": ("ít hộ, không nêu", "few households, not told"),
    "map_share_class": ("Tỷ lệ đã tiếp cận", "Share reached"),
    "map_share_between": ("{least} đến {most}", "{least} to {most}"),
    "map_share_untold": ("Ít hộ, không nêu", "Few households, not told"),
    "plan_parts": ("Phần", "Part"),
    "part_board": ("Bản đồ và phân công", "Map and sharing"),
    "part_trial": ("Nếu như…", "What if…"),
    "part_compare": ("So sánh", "Compare"),
    "part_weeks": ("Lịch tuần", "Weeks"),
    "part_history": ("Lịch sử", "History"),
    "approve_why": ("Lý do (ghi vào lịch sử)", "Reason (kept in the history)"),
    "stop": ("Dừng", "Stop"),
    "working_out": ("Đang tính…", "Working it out…"),
    "copying": ("Đang tạo bản sao {what}", "Copying {what}"),
    "copy_to_change": ("Tạo bản sao để sửa", "Copy to change"),
    "copy_to_change_help": (
        "Phương án đang áp dụng không bị sửa. Bản sao là bản nháp, duyệt xong mới áp dụng.",
        "A plan in force is never changed. The copy is a draft until it is approved.",
    ),
    "edit_undo": ("Hoàn tác", "Undo"),
    "edit_redo": ("Làm lại", "Redo"),
    "suggest_again": ("Gợi ý lại", "Suggest again"),
    "suggest_again_help": (
        "Chia lại các hộ chưa khóa của khu đang xem. Hộ đã khóa giữ nguyên tổ viên. Hoàn tác được.",
        "Share the households that are not locked anew. Locked ones keep their member. It can be undone.",
    ),
    "suggested_again": (
        "Đã chia lại: {households} hộ thay đổi.",
        "Shared anew: {households} households changed.",
    ),
    "choose_on_map": (
        "Khoanh các hộ trên bản đồ để chuyển cho tổ viên khác hoặc khóa lại.",
        "Draw around households on the map to hand them over or lock them.",
    ),
    "households_chosen": ("{households} hộ đang chọn", "{households} households chosen"),
    "hand_over_to": ("Chuyển cho", "Hand over to"),
    "hand_over": ("Chuyển", "Hand over"),
    "choose_member": ("Chọn tổ viên", "Choose a member"),
    "why_optional": ("Lý do (không bắt buộc)", "Reason (optional)"),
    "lock": ("Khóa", "Lock"),
    "unlock": ("Mở khóa", "Unlock"),
    "stay_locked": (
        "{households} hộ đã khóa sẽ không chuyển.",
        "{households} locked households will not move.",
    ),
    "stay_elsewhere": (
        "{households} hộ ở khu khác sẽ không chuyển.",
        "{households} households of other neighbourhoods will not move.",
    ),
    "why_this_member": ("Vì sao là tổ viên này?", "Why this member?"),
    "in_charge_now": ("đang phụ trách", "in charge"),
    "barred_none": ("được phép", "possible"),
    "barred_locked": ("hộ đã khóa", "household locked"),
    "barred_forbidden": ("cặp bị cấm", "kept apart"),
    "barred_no_skill": ("thiếu kỹ năng", "lacks a skill"),
    "barred_outside_home_area": ("ngoài địa bàn riêng", "outside the home area"),
    "barred_too_far": ("quá xa", "too far"),
    "before_after": ("{before} → {after}", "{before} → {after}"),
    "load_inside": ("trong khoảng", "in the window"),
    "load_outside": ("ngoài khoảng", "outside the window"),
    "zone_apart": ("địa bàn bị tách rời", "zone in pieces"),
    "member_joining": ("(tổ viên mới)", "(new member)"),
    "nobody": ("chưa ai", "nobody"),
    "map_locked": ("Đã khóa", "Locked"),
    "table_window": ("Khoảng cho phép", "Window"),
    "table_locked": ("Đã khóa", "Locked"),
    "table_state": ("Tình trạng", "State"),
    "table_at": ("Lúc", "When"),
    "table_what": ("Việc", "What"),
    "table_who": ("Người làm", "Who"),
    "table_why": ("Lý do", "Why"),
    "table_plan": ("Phương án", "Plan"),
    "table_walk_so_far": ("Đã đi (m)", "Walked so far (m)"),
    "table_households_before": ("Số hộ, trước", "Households before"),
    "table_households_after": ("Số hộ, sau", "Households after"),
    "table_received": ("Nhận thêm", "Received"),
    "table_given_up": ("Giao lại", "Given up"),
    "edit_move": ("Chuyển hộ", "Handed over"),
    "edit_lock": ("Khóa", "Locked"),
    "edit_unlock": ("Mở khóa", "Unlocked"),
    "edit_suggest": ("Gợi ý lại", "Suggested again"),
    "edit_undone": ("đã hoàn tác", "undone"),
    "history_edits": ("Thay đổi bằng tay của phương án này", "Changes by hand in this plan"),
    "history_approvals": ("Các lần áp dụng", "Plans put in force"),
    "history_return": (
        "Muốn quay lại phương án cũ: chọn phương án đó ở trên rồi bấm Duyệt.",
        "To return to an earlier plan, choose it above and approve it again.",
    ),
    "history_approve": ("Duyệt", "Approved"),
    "history_retire": ("Ngừng áp dụng", "Retired"),
    "members_away": ("Tổ viên vắng", "Members away"),
    "nobody_away": ("Không ai vắng", "Nobody away"),
    "members_joining": ("Thêm tổ viên", "Members joining"),
    "most_minutes": (
        "Tối đa phút mỗi tổ viên (0: không đặt)",
        "At most minutes a member (0: no limit)",
    ),
    "keep_as_is": ("Giữ nguyên phân công", "Keep the sharing"),
    "keep_most": ("nhiều nhất có thể", "as far as possible"),
    "keep_some": ("vừa phải", "somewhat"),
    "keep_none": ("không cần, miễn đi gần", "not needed, walk least"),
    "keep_as_draft": ("Giữ thành bản nháp", "Keep as a draft"),
    "keep_needs_people": (
        "Muốn giữ thành bản nháp: thêm tổ viên, hoặc giới hạn của tổ viên, ở trang Sửa trước.",
        "To keep this as a draft, add the members or their limits on the page Change first.",
    ),
    "figure_outside": ("Tổ viên ngoài khoảng", "Members outside the window"),
    "no_areas_yet": ("Chưa có tổ dân phố nào.", "There are no neighbourhoods yet."),
    "curve_title": ("Đổi ít hộ hay đi bộ ít?", "Few moves or little walking?"),
    "curve_help": (
        "Mỗi điểm là một phương án đã tính: càng ít hộ đổi người thì đi bộ càng nhiều.",
        "Each point is a plan that was worked out: the fewer households move, the longer the walking.",
    ),
    "curve_go": ("Tính các phương án", "Work the plans out"),
    "curve_moved": ("Số hộ đổi người", "Households that change hands"),
    "curve_walk_m": ("Tổng đường đi (m)", "Walking in all (m)"),
    "curve_outside_min": ("Phút ngoài khoảng", "Minutes outside the windows"),
    "curve_choose": ("Chọn một phương án", "Choose one"),
    "curve_line": (
        "{moved} hộ đổi người, đi bộ {walk} m, {outside} phút ngoài khoảng",
        "{moved} households change hands, {walk} m of walking, {outside} minutes outside the windows",
    ),
    "how_many_title": ("Bao nhiêu tổ viên, bao lâu thì xong?", "How many members, and how long?"),
    "so_many_members": ("Với số tổ viên", "With so many members"),
    "done_until": ("Xong trước ngày", "Done by"),
    "weeks_told": (
        "Gặp hết trong khoảng {expected} tuần (từ {least} đến {most}).",
        "Everybody reached in about {expected} weeks ({least} to {most}).",
    ),
    "balance_told": ("Lệch tải khoảng {share}.", "Loads differ by about {share}."),
    "members_needed_told": (
        "Cần khoảng {expected} tổ viên (từ {least} đến {most}).",
        "About {expected} members are needed ({least} to {most}).",
    ),
    "compare_needs_two": ("Cần ít nhất hai phương án để so sánh.", "Comparing needs two plans."),
    "compare_with": ("So với (nhiều nhất hai)", "Compare with (two at most)"),
    "compare_map_with": ("Bản đồ thay đổi so với", "Map of changes against"),
    "compare_figure": ("Chỉ số", "Figure"),
    "compare_assigned": ("Hộ đã phân công", "Households assigned"),
    "compare_load_least": ("Tổ viên ít việc nhất (phút)", "Least load (min)"),
    "compare_load_most": ("Tổ viên nhiều việc nhất (phút)", "Greatest load (min)"),
    "compare_walk_mean": ("Đi bộ mỗi hộ (m)", "Mean walk to a household (m)"),
    "compare_gap": ("Còn có thể rút ngắn nhiều nhất", "Could be shorter by at most"),
    "compare_members_outside_window": ("Tổ viên ngoài khoảng", "Members outside the window"),
    "compare_zones_disconnected": ("Địa bàn bị tách rời", "Zones in pieces"),
    "compare_changed_households": (
        "Hộ đổi người so với hiện nay",
        "Households that change hands now",
    ),
    "fate_kept": ("Giữ nguyên", "Kept"),
    "fate_changed": ("Đổi tổ viên", "Change hands"),
    "fate_newly_assigned": ("Mới được phân công", "Newly assigned"),
    "fate_no_longer_assigned": ("Không còn ai phụ trách", "No longer assigned"),
    "fate_first": ("Phương án này", "This plan"),
    "fate_second": ("Phương án kia", "The other plan"),
    "table_head": ("Chủ hộ", "Head"),
    "table_address": ("Địa chỉ", "Address"),
    "choose_week": ("Thứ tự đi trong tuần", "Order of visits in week"),
    "figure_assigned": ("Hộ đã phân công", "Households assigned"),
    "figure_load": ("Phút mỗi tổ viên", "Load of a member (min)"),
    "figure_walk": ("Đi bộ mỗi hộ", "Mean walk to a household"),
    "figure_gap": ("Cách mức tốt nhất", "Off the best possible"),
    "figure_changed_households": ("Hộ đổi người", "Households changing hands"),
    "figure_zones_disconnected": ("Địa bàn đứt quãng", "Zones that are not connected"),
    "at_most": ("không quá {share}", "at most {share}"),
    "from_to": ("{least}–{most}", "{least}–{most}"),
    "metres": ("{length} m", "{length} m"),
    "no_zones_here": ("Phương án chưa có địa bàn nào ở đây.", "The plan has no zones here."),
    "upload": (
        "Tệp của phường: bảng tính (XLSX, XLS, ODS, CSV) hoặc bản đồ (GeoPackage, Shapefile, KML, GeoJSON)",
        "Files of the ward: tables (XLSX, XLS, ODS, CSV) or maps (GeoPackage, Shapefile, KML, GeoJSON)",
    ),
    "choose_file": ("Chọn tệp", "Choose files"),
    "drop_file": (
        "hoặc kéo thả vào đây; nhiều tệp cùng lúc cũng được",
        "or drop them here, several at once if you like",
    ),
    "choose_kind": ("Tệp chứa gì", "What the file holds"),
    "kind_automatic": ("Tự nhận biết", "Find out"),
    "kind_wards": ("Ranh giới phường", "Wards"),
    "kind_neighbourhoods": ("Ranh giới tổ dân phố, thôn", "Neighbourhoods"),
    "kind_streets": ("Đường, ngõ", "Streets"),
    "kind_barriers": ("Sông, kênh, đường sắt", "Barriers"),
    "kind_households": ("Hộ", "Households"),
    "kind_teams": ("Tổ công nghệ số", "Teams"),
    "kind_members": ("Tổ viên", "Members"),
    "kind_visits": ("Lượt thăm", "Visits"),
    "kind_goals": ("Chỉ tiêu", "Goals"),
    "kind_addresses": ("Bảng tra mã địa chỉ số", "Table of digital addresses"),
    "kind_figures": ("Số liệu báo cáo", "Official figures"),
    "kind_assignments": ("Phân công", "Assignments"),
    "import_ward": (
        "Mã phường (5 chữ số, nếu tệp không ghi)",
        "Ward code (5 digits, where the file states none)",
    ),
    "import_ward_odd": (
        "Mã phường gồm đúng 5 chữ số, kể cả số 0 ở đầu.",
        "A ward code has exactly 5 digits, leading zeros included.",
    ),
    "import_more": ("Chỉ rõ cột, lớp, hệ tọa độ", "Name columns, layer, coordinate system"),
    "import_columns": (
        "Mỗi dòng một cột: trường = tiêu đề trong tệp",
        "One column a line: field = heading in the file",
    ),
    "import_columns_odd": (
        "Viết mỗi dòng dạng: trường = tiêu đề. Dòng chưa đúng: {line}",
        "Write each line as: field = heading. Not so here: {line}",
    ),
    "import_layer": ("Lớp hoặc trang tính", "Layer or sheet"),
    "import_crs": ("Hệ tọa độ, ví dụ EPSG:9214", "Coordinate system, such as EPSG:9214"),
    "import_mix": (
        "Cho phép trộn dữ liệu thật với dữ liệu mẫu",
        "Let real and made-up data share the store",
    ),
    "rehearse": ("Xem trước", "Preview"),
    "import_go": ("Nhập", "Import"),
    "reading_file": ("Đang đọc tệp…", "Reading the file…"),
    "rehearsed": (
        "Chỉ xem trước, chưa lưu gì. {kind}: đọc {read} dòng; sẽ thêm {added}, sửa {changed}, giữ nguyên {unchanged}, để riêng {set_aside}.",
        "A preview, nothing is stored. {kind}: {read} rows read; {added} would be added, {changed} changed, {unchanged} unchanged, {set_aside} set aside.",
    ),
    "imported": (
        "Đã nhập. {kind}: đọc {read} dòng; thêm {added}, sửa {changed}, giữ nguyên {unchanged}, để riêng {set_aside}.",
        "Imported. {kind}: {read} rows read; {added} added, {changed} changed, {unchanged} unchanged, {set_aside} set aside.",
    ),
    "columns_understood": ("Các cột đã hiểu", "Columns understood"),
    "columns_unused": ("Cột không dùng: {headings}", "Columns not used: {headings}"),
    "problems_found": ("Điều cần xem lại: {count}", "To look at: {count}"),
    "get_rejects": ("Tải các dòng để riêng (XLSX)", "Download the rows set aside (XLSX)"),
    "imports_so_far": ("Các lượt đã nhập", "Imports so far"),
    "no_imports_yet": ("Chưa nhập tệp nào.", "Nothing has been imported yet."),
    "undo": ("Hoàn tác", "Undo"),
    "choose_import": ("Lượt nhập", "Import"),
    "undo_sure": (
        "Mọi dòng do lượt nhập {file} thêm hoặc sửa sẽ trở về như trước.",
        "Every row that the import of {file} added or changed will be as before.",
    ),
    "undone": ("Đã hoàn tác", "taken back"),
    "in_force": ("Đang dùng", "in force"),
    "export_format": ("Dạng tệp", "Format"),
    "format_html": (
        "Bản đồ HTML, mở được khi không có mạng",
        "HTML map that opens without a network",
    ),
    "format_xlsx": ("Bảng tính Excel", "Excel workbook"),
    "format_csv": ("CSV", "CSV"),
    "format_gpkg": ("GeoPackage cho phần mềm bản đồ", "GeoPackage for map programs"),
    "format_geojson": ("GeoJSON", "GeoJSON"),
    "export_who": ("Ai sẽ xem", "Who will see it"),
    "export_public": ("Công khai: chỉ địa bàn và số hộ", "The public: zones and counts only"),
    "export_full": (
        "Nội bộ: có tên, địa chỉ, vị trí từng hộ",
        "Inside: names, addresses, every household's place",
    ),
    "export_full_note": (
        "Tệp có dữ liệu cá nhân: chỉ đưa cho người có trách nhiệm.",
        "The file holds personal data: hand it only to those responsible.",
    ),
    "export_lang": ("Ngôn ngữ của tệp", "Language of the file"),
    "export_go": ("Chuẩn bị tệp", "Prepare the file"),
    "preparing": ("Đang chuẩn bị…", "Preparing…"),
    "export_get": ("Tải {file} ({size} kB)", "Download {file} ({size} kB)"),
    # --- the four steps of the intake ---
    "intake_step_file": ("Chọn tệp", "File"),
    "intake_step_understood": ("Đã hiểu gì", "What we understood"),
    "intake_step_wrong": ("Có gì sai", "What is wrong"),
    "intake_step_done": ("Nhập", "Done"),
    "intake_to_understood": ("Tiếp: xem đã hiểu gì", "Next: what we understood"),
    "intake_to_wrong": ("Tiếp: xem có gì sai", "Next: what is wrong"),
    "intake_to_done": ("Tiếp: nhập", "Next: import"),
    "intake_back": ("Quay lại", "Back"),
    "intake_drop": ("Bỏ tệp này", "Leave out"),
    "intake_files_first": (
        "Hãy trả lời các câu hỏi còn trống, hoặc bỏ tệp chưa đọc được.",
        "Answer what is still open, or leave out the file that cannot be read.",
    ),
    "intake_fault_first": (
        "Còn tệp chưa nhập được: xem thông báo màu đỏ.",
        "A file cannot be imported yet: see the message in red.",
    ),
    "intake_sides_alone": (
        "Các tệp {files} là phần đi kèm của shapefile: hãy thả thêm tệp .shp cùng tên.",
        "{files} are parts of a shapefile: add the .shp of the same name.",
    ),
    "intake_ward": ("Dữ liệu của phường, xã nào?", "Which ward is it of?"),
    "intake_ward_of_file": ("Theo tệp hoặc theo bản đồ", "As the file or the map says"),
    "intake_ward_help": (
        "Chọn trong danh sách, hoặc gõ mã 5 chữ số hay tên phường, xã (tên cũ trước 1/7/2025 cũng được). Để nguyên nếu tệp đã ghi mã.",
        "Choose from the list, or type the 5-digit code or the name of a ward (names before 1 July 2025 too). Leave as it is where the file states the code.",
    ),
    "intake_ward_found": ("Hiểu là {name} (mã {ward}).", "Understood as {name} (code {ward})."),
    "intake_ward_several": (
        "Có nhiều nơi mang tên này. Hãy gõ mã: {wards}",
        "Several places have this name. Type the code: {wards}",
    ),
    "intake_kind_ask": ("— hãy chọn —", "— choose —"),
    "intake_kind_unsure": (
        "Chưa đoán được tệp chứa gì: hãy chọn.",
        "It is not clear what the file holds: choose.",
    ),
    "intake_guessed_by_headings": (
        "Đoán theo tiêu đề cột. Đổi lại nếu chưa đúng.",
        "Guessed from the headings. Change it where it is wrong.",
    ),
    "intake_guessed_by_shape": (
        "Đoán theo hình vẽ và tên cột. Đổi lại nếu chưa đúng.",
        "Guessed from shapes and headings. Change it where it is wrong.",
    ),
    "intake_guessed_by_name": (
        "Đoán theo tên tệp. Đổi lại nếu chưa đúng.",
        "Guessed from the file's name. Change it where it is wrong.",
    ),
    "intake_letters": (
        "Chữ trong bảng dưới đây có đọc được không?",
        "Can the letters in the table below be read?",
    ),
    "intake_letters_None": ("Đọc được (Unicode)", "Yes (Unicode)"),
    "intake_letters_tcvn3": ("Phông .VnTime (TCVN3)", ".VnTime fonts (TCVN3)"),
    "intake_letters_vni": ("Phông VNI-Times", "VNI-Times fonts"),
    "intake_rows_of_table": (
        "{rows} dòng dữ liệu; trên đây là {first} dòng đầu.",
        "{rows} rows of data; the first {first} are shown.",
    ),
    "intake_rows_of_map": ("{rows} đối tượng bản đồ: {types}.", "{rows} map features: {types}."),
    "shape_Point": ("điểm", "points"),
    "shape_MultiPoint": ("nhóm điểm", "groups of points"),
    "shape_LineString": ("đường", "lines"),
    "shape_MultiLineString": ("nhóm đường", "groups of lines"),
    "shape_LinearRing": ("đường khép kín", "rings"),
    "shape_Polygon": ("vùng", "areas"),
    "shape_MultiPolygon": ("nhóm vùng", "groups of areas"),
    "shape_GeometryCollection": ("hình hỗn hợp", "mixed shapes"),
    "intake_ids_dropped": (
        "Cột số định danh cá nhân đã bỏ, không lưu: {headings}.",
        "Columns of national ids are dropped and not stored: {headings}.",
    ),
    "intake_which_file": ("Xem tệp", "Look at"),
    "intake_size": (
        "{kind}: {rows} dòng, dữ liệu bắt đầu từ dòng {row}.",
        "{kind}: {rows} rows; the data begin in row {row}.",
    ),
    "intake_size_map": ("{kind}: {rows} đối tượng.", "{kind}: {rows} features."),
    "intake_sheets_taken": ("Trang tính đã lấy: {sheets}.", "Sheets taken: {sheets}."),
    "intake_sheet_left": ("Không lấy trang {sheet}: {why}.", "Sheet {sheet} left out: {why}."),
    "intake_rows_skipped": ("Dòng đã bỏ qua: {rows}.", "Rows passed over: {rows}."),
    "intake_encoding": ("Bảng mã chữ: {encoding}.", "Letters read as {encoding}."),
    "intake_sheet": ("Lấy trang tính", "Take the sheet"),
    "intake_sheet_found": ("Như đã nêu trên", "As told above"),
    "intake_crs": ("Hệ tọa độ", "Coordinate system"),
    "intake_crs_ask": (
        "Tệp dùng hệ tọa độ nào? (hỏi người đo vẽ nếu chưa rõ)",
        "Which coordinate system is the file in? (ask whoever surveyed it)",
    ),
    "intake_crs_none": ("Tự nhận biết", "Find out"),
    "intake_crs_stated": ("Như tệp đã ghi", "As the file states"),
    "intake_crs_zone": (
        "VN-2000, kinh tuyến trục {meridian} ({system})",
        "VN-2000, central meridian {meridian} ({system})",
    ),
    "crs_epsg_4326": ("WGS 84, vĩ độ và kinh độ (EPSG:4326)", "WGS 84 degrees (EPSG:4326)"),
    "intake_no_places": (
        "Tệp này không đưa điểm hay vùng nào lên bản đồ.",
        "This file puts nothing on the map.",
    ),
    "intake_more_fields": (
        "Các mục chưa có cột nào",
        "Fields that no column fills",
    ),
    "intake_no_column": ("— không có cột —", "— no column —"),
    "intake_first_rows": ("Các dòng đầu, như sẽ lưu", "The first rows, as they would be stored"),
    "rehearsing": ("Đang xem thử: {file}", "Trying: {file}"),
    "intake_count_read": ("Đọc được", "Read"),
    "intake_count_added": ("Thêm mới", "Added"),
    "intake_count_changed": ("Sửa", "Changed"),
    "intake_count_unchanged": ("Giữ nguyên", "Unchanged"),
    "intake_count_set_aside": ("Để riêng", "Set aside"),
    "intake_count_vanished": ("Không còn trong tệp", "Vanished"),
    "intake_count_doubtful": ("Chưa chắc", "Doubtful"),
    "intake_count_waiting": ("Chờ biết phường", "Waiting for a ward"),
    "intake_count_placed_again": ("Xếp lại vị trí", "Placed again"),
    "intake_about_vanished": (
        "Có trong dữ liệu đã lưu nhưng không còn trong tệp này: vẫn giữ và đánh dấu, cho tới khi có người quyết định.",
        "Stored, but no longer in this file: kept and marked until somebody decides.",
    ),
    "intake_about_doubtful": (
        "Có thể là hộ đã lưu nhưng chưa chắc: hãy xem lại.",
        "Perhaps a household that is stored already: look at it.",
    ),
    "intake_rehearsal": (
        "Đây là xem thử: chưa lưu gì cho tới khi bấm “Nhập” ở bước 4.",
        "A rehearsal: nothing is stored until you press “Import” in step 4.",
    ),
    "intake_problems": (
        "Cần xem lại: {open}. Đã tự sửa hoặc chỉ để biết: {rest}.",
        "To look at: {open}. Repaired or for your information: {rest}.",
    ),
    "intake_nothing_wrong": ("Không có gì cần xem lại.", "There is nothing to look at."),
    "column_x_m": ("X (m)", "X (m)"),
    "column_y_m": ("Y (m)", "Y (m)"),
    "column_address_scheme": ("Loại mã", "Kind of code"),
    "column_address_id": ("Mã dòng", "Row id"),
    "column_coordinates": ("Tọa độ (cả hai)", "Coordinates (both)"),
    "column_description": ("Mô tả", "Description"),
    "column_vanished_at": ("Vắng khỏi danh sách từ", "Vanished since"),
    "located_measured": ("đo tại chỗ", "measured"),
    "located_address": ("theo địa chỉ số", "by its digital address"),
    "located_estimated": ("ước lượng", "estimated"),
    "table_decided": ("Đã quyết định", "Decided"),
    "table_area_m2": ("m²", "m²"),
    "table_width_m": ("Rộng nhất (m)", "Widest (m)"),
    "table_moved_m": ("Ranh giới dời (m)", "Border moved (m)"),
    "intake_decided": ("Đã quyết định về ranh giới: {count}", "Decided about boundaries: {count}"),
    "intake_nothing_decided": (
        "Ranh giới dùng được như đã vẽ.",
        "The boundaries can be used as drawn.",
    ),
    "intake_cut_wide": (
        "Tôi quyết định: chia theo đường giữa",
        "My decision: divide them along the middle",
    ),
    "intake_valid_from": ("Có hiệu lực từ ngày", "In force from"),
    "intake_valid_from_help": (
        "Ngày sáp nhập hoặc chia tách tổ. Bỏ trống nếu tệp đã ghi hoặc tính từ hôm nay.",
        "The day of the merger. Leave empty where the file says it, or for today.",
    ),
    "intake_map_shows": ("Bản đồ", "Map"),
    "intake_map_after": ("Như sẽ lưu", "As stored"),
    "intake_map_before": ("Như trong tệp", "As drawn"),
    "map_place_mended": ("Chỗ đã sửa", "Mended"),
    "map_place_doubtful": ("Chỗ cần xem", "To look at"),
    "map_place_asked": ("Đang chồng lấn, chờ quyết định", "Overlapping, waiting for a decision"),
    "intake_count_returned": ("Có lại", "Returned"),
    "intake_about_returned": (
        "Từng không còn trong danh sách, nay có lại.",
        "Had vanished, and are listed again.",
    ),
    "intake_repeats": (
        "Chính tệp này đã được nhập ở lượt {import_id} và không có gì mới: không lưu thêm gì.",
        "This very file came in as {import_id}, and nothing of it is new: nothing more is stored.",
    ),
    "column_candidates": ("Có thể là hộ", "Perhaps the household"),
    "column_field": ("Mục", "Field"),
    "column_before": ("Trước", "Before"),
    "column_after": ("Sau", "After"),
    "intake_waiting": (
        "{rows} dòng chưa biết thuộc phường, xã nào nên chưa dùng được: quay lại bước 1 chọn phường.",
        "The ward of {rows} rows is not known, so they cannot be used yet: go back to step 1 and choose it.",
    ),
    "intake_remembered": ("Cột ghép như lần trước: {fields}.", "Columns as last time: {fields}."),
    "intake_trust_ids": (
        "Mã hộ trong tệp là đúng, dù tên hay vị trí khác với hộ đã lưu",
        "The ids are right, even where name or place differ from what is stored",
    ),
    "boundary_source_drawn": ("đã vẽ", "drawn"),
    "boundary_source_estimated": ("ước lượng", "estimated"),
    "page_problem_household_other_under_id": (
        "mã này là của hộ khác, ở nơi khác (xem mã): sửa mã; nếu đúng là một hộ, đánh dấu “Mã hộ trong tệp là đúng”",
        "this id is another household's, elsewhere (see the id): mend it, or tick “The ids are right”",
    ),
    "page_problem_metres_ask": (
        "X/Y hợp với nhiều hệ tọa độ gần nhau, hộ chưa có vị trí: hãy chọn hệ tọa độ ở bước 2",
        "the X/Y fit several systems close to each other, and the household has no place: choose the system in step 2",
    ),
    "page_problem_metres_unknown": (
        "chưa biết hệ tọa độ của X/Y, hộ chưa có vị trí: nhập ranh giới phường trước, hoặc chọn hệ tọa độ ở bước 2",
        "the system of the X/Y is not known, and the household has no place: import the boundary first, or choose the system in step 2",
    ),
    "page_problem_metres_open": (
        "X/Y tính bằng mét chưa rõ hệ tọa độ nên chưa dùng: nhập ranh giới phường trước, hoặc chọn hệ tọa độ ở bước 2",
        "X/Y in metres of an unknown system are not used: import the boundary first, or choose the system in step 2",
    ),
    "page_problem_ward_unknown": (
        "không có phường, xã nào mang tên hoặc mã này: kiểm tra lại, hoặc chọn phường ở bước 1",
        "no ward has this name or code: check it, or choose the ward in step 1",
    ),
    "page_problem_crs_judged": (
        "tệp không ghi hệ tọa độ: đã nhận ra nhờ ranh giới phường; nếu sai, chọn lại ở bước 2",
        "the file states no system: it was recognised by the ward's boundary; if wrong, choose it in step 2",
    ),
    "page_problem_crs_belied_judged": (
        "tệp ghi là kinh độ, vĩ độ nhưng chứa mét: đã nhận ra hệ tọa độ nhờ ranh giới phường; nếu sai, chọn lại ở bước 2",
        "the file says degrees but holds metres: its system was recognised by the ward's boundary; if wrong, choose it in step 2",
    ),
    "page_crs_belied": (
        "Tệp ghi hệ tọa độ {crs} (độ) nhưng chứa mét. Hãy chọn hệ tọa độ bên dưới, hoặc nhập ranh giới phường trước.",
        "The file says it is in {crs} (degrees) but holds metres. Choose the system below, or import the ward's boundary first.",
    ),
    "page_crs_ask": (
        "Tọa độ của tệp hợp với nhiều hệ: {candidates}. Hãy chọn bên dưới; các hệ này ở đầu danh sách.",
        "The coordinates fit several systems: {candidates}. Choose below; these come first in the list.",
    ),
    "page_crs_nowhere": (
        "Không có hệ tọa độ nào đưa tệp vào địa bàn đã biết. Kiểm tra tệp có đúng phường không, hoặc chọn hệ tọa độ bên dưới.",
        "No system brings the file to the known ward. Check whether it is of this ward, or choose the system below.",
    ),
    "page_crs_unusable": (
        "Không hiểu hệ tọa độ “{crs}”: hãy chọn trong danh sách bên dưới.",
        "The coordinate system “{crs}” is not known: choose from the list below.",
    ),
    "page_ward_not_in_file": (
        "Tệp không có phường {ward} (có {wards} phường, xã khác). Kiểm tra phường đã chọn ở bước 1.",
        "The file lacks the ward {ward} (it has {wards} others). Check the ward chosen in step 1.",
    ),
    "page_valid_from_future": (
        "Ranh giới mới có hiệu lực từ {day}, sau hôm nay ({today}), và thay cho tổ đang có. Hãy nhập lại vào ngày đó, hoặc ghi “Có hiệu lực từ ngày” không sau hôm nay.",
        "The new boundaries are in force from {day}, after today ({today}), in place of others. Import them on that day, or choose “In force from” not after today.",
    ),
    "intake_left_out": ("không lấy: {what}", "left out: {what}"),
    "table_sheet": ("Trang", "Sheet"),
    "table_weight": ("Mức", "Weight"),
    "table_todo": ("Nên làm gì", "What to do"),
    "weight_aside": ("Chưa nhập", "Not imported"),
    "weight_look": ("Nhập, cần xem", "Imported, look at it"),
    "weight_repaired": ("Đã tự sửa", "Repaired"),
    "weight_told": ("Để biết", "For your information"),
    "todo_aside": (
        "Sửa trong tệp các dòng để riêng rồi nhập lại tệp đó.",
        "Mend it in the file of rows set aside, and import that file.",
    ),
    "todo_look": (
        "Xem lại ô này trong tệp; nếu sai, sửa rồi nhập lại cả tệp.",
        "Check the cell; where it is wrong, mend it and import the file again.",
    ),
    "todo_repaired": (
        "Không phải làm gì; xem trên bản đồ nếu muốn.",
        "Nothing; look at the map if you like.",
    ),
    "todo_told": ("Không phải làm gì.", "Nothing."),
    "todo_outside_vietnam": (
        "Kiểm tra tọa độ, hoặc chọn lại hệ tọa độ ở bước 2.",
        "Check the coordinates, or choose the coordinate system in step 2.",
    ),
    "todo_outside_neighbourhoods": (
        "Kiểm tra tọa độ của hộ, hoặc ranh giới tổ dân phố.",
        "Check the household's coordinates, or the boundaries.",
    ),
    "todo_on_border": (
        "Xem hộ thuộc tổ nào; ghi tên tổ vào tệp nếu cần.",
        "See which neighbourhood it belongs to.",
    ),
    "todo_coordinates_half": (
        "Ghi đủ cả vĩ độ và kinh độ.",
        "Fill in both latitude and longitude.",
    ),
    "todo_id_repeats": (
        "Cho mỗi dòng một mã riêng rồi nhập lại, để lần sau nhận ra đúng hộ.",
        "Give each row an id of its own, so that it is recognised next time.",
    ),
    "todo_sheet_hidden": (
        "Nếu cần trang này, chọn nó ở bước 2.",
        "Where it is needed, choose it in step 2.",
    ),
    "todo_sheet_other": (
        "Nếu cần trang này, chọn nó ở bước 2.",
        "Where it is needed, choose it in step 2.",
    ),
    "intake_rejects_help": (
        "Sửa các dòng trong tệp này rồi thả chính nó vào bước 1: dòng đã nhập không bị lặp lại.",
        "Mend the rows in this file and drop it in step 1: what is stored already is not doubled.",
    ),
    "intake_each_problem": ("Xem từng dòng", "Row by row"),
    "intake_only_kind": ("Chỉ xem", "Show only"),
    "intake_all_kinds": ("Tất cả", "All"),
    "intake_list_cut": (
        "Chỉ hiện {shown} trong {rows} dòng.",
        "Only {shown} of {rows} rows are shown.",
    ),
    "intake_changes": ("Sẽ thay đổi những gì", "What would change"),
    "intake_about_to": (
        "Bấm “Nhập” để lưu. Có thể hoàn tác ngay sau đó.",
        "Press “Import” to store this. It can be taken back right afterwards.",
    ),
    "intake_storing": ("Đang nhập: {file}", "Importing: {file}"),
    "intake_stored": (
        "Đã nhập {count} tệp. Mã lượt nhập: {codes}.",
        "{count} files are imported. Import ids: {codes}.",
    ),
    "intake_aside_waits": (
        "Các dòng để riêng vẫn chờ: tải ở danh sách bên dưới, sửa rồi nhập lại.",
        "Rows set aside are waiting: download them from the list below, mend them and import them.",
    ),
    "intake_more_files": ("Nhập tệp khác", "Import more"),
    "intake_undo_one": ("Hoàn tác {file}", "Undo {file}"),
    "intake_to_map": ("Xem bản đồ", "See the map"),
    "map_state_fine": ("Tốt", "Fine"),
    "map_state_repaired": ("Đã tự sửa", "Repaired"),
    "map_state_border": ("Trên ranh giới", "On a border"),
    "map_state_estimated": ("Vị trí ước lượng", "Estimated place"),
    "map_state_doubtful": ("Chưa chắc", "Doubtful"),
    "map_state_outside": ("Nằm ngoài", "Outside"),
    "map_row": ("Dòng {row} trong tệp", "Row {row} of the file"),
    "page_crs_unknown": (
        "Tệp không ghi hệ tọa độ: hãy chọn ở ô bên dưới, hoặc thả thêm tệp .prj.",
        "The file states no coordinate system: choose one below, or add its .prj.",
    ),
    "page_layer_needed": (
        "{file} có nhiều lớp: {layers}. Hãy chọn một lớp ở trên.",
        "{file} has several layers: {layers}. Choose one above.",
    ),
    "page_layer_unknown": (
        "{file} không có lớp (trang) đó. Hãy chọn một trong: {layers}.",
        "{file} has no such layer or sheet. Choose one of: {layers}.",
    ),
    "page_layers_disagree": (
        "Các lớp của {file} dùng hệ tọa độ khác nhau: hãy chọn một lớp.",
        "The layers of {file} use different coordinate systems: choose one.",
    ),
    "page_sheets_all_hidden": (
        "Mọi trang có dữ liệu của {file} đều bị ẩn. Hãy bỏ ẩn trong Excel, lưu lại rồi thả vào đây.",
        "Every sheet of {file} that holds data is hidden. Unhide one, save, and drop the file again.",
    ),
    "page_kind_unknown": (
        "Chưa rõ {file} chứa gì: hãy chọn ở bước 1.",
        "It is not clear what {file} holds: choose in step 1.",
    ),
    "page_columns_missing": (
        "Chưa biết cột nào chứa: {missing}. Hãy chọn cột ở phần “Các cột đã hiểu”. Tệp có các cột: {headings}.",
        "It is not known which columns hold: {missing}. Choose them under “Columns understood”. The file has: {headings}.",
    ),
    "page_id_of_other_ward": (
        "{ids} mã trong tệp đã thuộc phường khác ({wards}). Kiểm tra phường đã chọn ở bước 1, hoặc đổi cột mã.",
        "{ids} ids of the file belong to another ward already ({wards}). Check the ward in step 1, or use another id column.",
    ),
    "page_real_into_made_up": (
        "Đang mở DỮ LIỆU MẪU nên không nhập dữ liệu thật vào đây. Hãy mở cơ sở dữ liệu khác, hoặc đánh dấu “trộn” ở bước 1 nếu cố ý.",
        "This database holds MADE-UP DATA, so real data are not imported into it. Open another, or tick “mix” in step 1 if you mean it.",
    ),
    "page_made_up_into_real": (
        "Đang mở dữ liệu thật nên không nhập phường mẫu vào đây. Hãy mở cơ sở dữ liệu khác.",
        "This database holds real data, so the made-up ward is not imported into it. Open another.",
    ),
    "page_import_unknown": (
        "Lượt nhập {import_id} đã được hoàn tác rồi.",
        "Import {import_id} has been taken back already.",
    ),
    "page_import_built_on": (
        "Chưa hoàn tác {import_id} được vì {builders} dựa vào nó. Hãy hoàn tác các lượt đó trước; phương án thì ngừng dùng trước.",
        "{import_id} cannot be taken back while {builders} build on it. Take those back first; retire plans first.",
    ),
    # --- for the ward's leader ---
    "gap_rules_wrong": (
        "Không tìm khoảng trống theo các số này được: mức sai phải từ 0 đến dưới 1, khoảng cách lớn hơn 0 m.",
        "Gaps cannot be looked for by these numbers: the level must lie between 0 and 1, the distance above 0 m.",
    ),
    "told_behind": (
        "{area} đi sau cả phường: đã tiếp cận {share_reached} so với {share_expected}, còn {unreached}/{households} hộ.",
        "{area} is behind the ward: {share_reached} reached against {share_expected}, {unreached} of {households} households left.",
    ),
    "told_behind_unassigned": (
        "{area} đi sau cả phường: đã tiếp cận {share_reached} so với {share_expected}, còn {unreached}/{households} hộ, trong đó {unassigned} hộ chưa phân công.",
        "{area} is behind the ward: {share_reached} reached against {share_expected}, {unreached} of {households} households left, {unassigned} of them with nobody in charge.",
    ),
    "told_cluster": (
        "{unreached} hộ chưa tiếp cận nằm sát nhau ở {where}, {area}. {charge}",
        "{unreached} unreached households lie together at {where}, {area}. {charge}",
    ),
    "told_far": (
        "Ở xa nhất: {unreached} hộ chưa tiếp cận tại {area} ({where}), cách nơi tổ đã đến tới {distance_m} m. {charge}",
        "Farthest away: {unreached} unreached households in {area} ({where}), up to {distance_m} m from where the teams have been. {charge}",
    ),
    "told_where_numbers": (
        "{street}, số {number_from}–{number_to}",
        "{street}, nos. {number_from}–{number_to}",
    ),
    "told_where_unknown": ("nơi chưa ghi tên đường", "a place without a street name on record"),
    "told_charge": ("Tổ viên phụ trách: {members}.", "In charge: {members}."),
    "told_nobody": ("Chưa phân công: {count} hộ.", "Nobody in charge: {count} households."),
    "told_more_people": ("{shown} và {more} người khác", "{shown} and {more} more"),
    "told_more_places": ("{shown} và {more} nơi khác", "{shown} and {more} more"),
    "told_outside": ("ngoài mọi tổ dân phố", "outside every neighbourhood"),
    "told_no_gaps": (
        "Các hộ chưa tiếp cận nằm rải rác: không nơi nào dồn lại hay đi sau quá mức ngẫu nhiên.",
        "The unreached households are scattered: nowhere do more lie together, or is more left, than chance would have it.",
    ),
    "told_all_reached": ("Mọi hộ đã được tiếp cận.", "Every household is reached."),
    "told_due_again": (
        "{due_again} hộ từng được gặp nay hết hiệu lực, cần thăm lại: từng tiếp cận {share_ever_reached}, còn hiệu lực {share_reached}.",
        "{due_again} households were met once and are due again: {share_ever_reached} ever reached, {share_reached} still valid.",
    ),
    "told_finish_done": (
        "Mọi hộ đều đã được gặp lần đầu.",
        "Every household has been met for the first time.",
    ),
    "told_finish_too_little": (
        "Chưa đủ dữ liệu để ước ngày gặp hết {left} hộ còn lại: cần ít nhất 4 tuần trọn có lượt gặp.",
        "Not enough data to tell when the {left} households left will have been met: at least 4 whole weeks of meetings are needed.",
    ),
    "told_finish_standstill": (
        "{weeks} tuần qua không gặp thêm hộ mới nào: với nhịp này {left} hộ còn lại sẽ không bao giờ được gặp.",
        "Nobody new was met in the last {weeks} weeks: at this pace the {left} households left will never be.",
    ),
    "told_finish_steady": (
        "Giữ nhịp {weeks} tuần qua (mỗi tuần {a_week} hộ mới), {left} hộ còn lại được gặp hết vào khoảng {expected} (từ {earliest} đến {latest}).",
        "At the pace of the last {weeks} weeks ({a_week} new households a week), the {left} left will have been met about {expected} ({earliest} to {latest}).",
    ),
    "told_finish_steady_never": (
        "Giữ nhịp {weeks} tuần qua (mỗi tuần {a_week} hộ mới), {left} hộ còn lại được gặp hết vào khoảng {expected}, cũng có thể hơn 10 năm.",
        "At the pace of the last {weeks} weeks ({a_week} new households a week), the {left} left will have been met about {expected}, or not within 10 years.",
    ),
    "told_finish_beyond": (
        "Giữ nhịp {weeks} tuần qua (mỗi tuần {a_week} hộ mới), hơn 10 năm nữa mới gặp hết {left} hộ còn lại.",
        "At the pace of the last {weeks} weeks ({a_week} new households a week), the {left} left take more than 10 years.",
    ),
    "told_finish_slowing": (
        "Nhịp đang chậm dần (mỗi tuần {a_week} hộ mới, 4 tuần cuối {a_week_last}): gặp hết {left} hộ còn lại vào khoảng {expected} nếu giữ nhịp 4 tuần cuối, sớm nhất {earliest}, muộn nhất {latest} nếu cứ chậm dần.",
        "The pace is slowing ({a_week} new households a week, {a_week_last} in the last four): the {left} left will have been met about {expected} at the last four weeks' pace, {earliest} at the earliest, {latest} if it goes on slowing.",
    ),
    "told_finish_slowing_never": (
        "Nhịp đang chậm dần (mỗi tuần {a_week} hộ mới, 4 tuần cuối {a_week_last}). Giữ nhịp 4 tuần cuối thì gặp hết {left} hộ còn lại vào khoảng {expected}; cứ chậm dần như vậy thì chỉ gặp thêm khoảng {more} hộ, không gặp hết được.",
        "The pace is slowing ({a_week} new households a week, {a_week_last} in the last four). At the last four weeks' pace the {left} left will have been met about {expected}; if it goes on slowing, only about {more} more will be met, and never all.",
    ),
    "told_range": (
        "Số hộ chưa thống nhất nên độ phủ là một khoảng: {share_least} đến {share_most} ({reached} hộ trên {most} đến {least}). Các số đang có: {counts}.",
        "It is not agreed how many households there are, so coverage is a range: {share_least} to {share_most} ({reached} households of {most} to {least}). The counts: {counts}.",
    ),
    "told_count_too_small": (
        "Không dùng làm mẫu số: {count_said}, vì ít hơn {reached} hộ đã tiếp cận.",
        "Not taken as a denominator: {count_said}, fewer than the {reached} households reached.",
    ),
    "counted_loaded": (
        "danh sách đã nhập {households} hộ",
        "the loaded list, {households} households",
    ),
    "counted_addresses": (
        "danh sách tính mỗi địa chỉ số một lần {households} hộ",
        "the list with each digital address once, {households}",
    ),
    "counted_reported": ("báo cáo {households} hộ", "a report, {households} households"),
    "counted_reported_addresses": (
        "báo cáo {households} địa chỉ số",
        "a report, {households} digital addresses",
    ),
    "told_staffing_no_team": (
        "{count} tổ dân phố chưa có tổ công nghệ số: {areas}.",
        "{count} neighbourhoods have no team: {areas}.",
    ),
    "told_staffing_no_members": (
        "{count} nơi không có tổ viên: {areas}.",
        "{count} places have no members: {areas}.",
    ),
    "told_staffing_below_least": (
        "{count} nơi dưới {least} tổ viên, thiếu {short} người: {areas}.",
        "{count} places have fewer than {least} members, {short} short: {areas}.",
    ),
    "told_staffing_no_leader": (
        "{count} tổ thiếu tổ trưởng: {areas}.",
        "{count} teams have no leader: {areas}.",
    ),
    "told_staffing_no_deputy": (
        "{count} tổ thiếu tổ phó: {areas}.",
        "{count} teams have no deputy: {areas}.",
    ),
    "told_staffing_not_trained": (
        "{count} tổ chưa tập huấn: {areas}.",
        "{count} teams are not trained yet: {areas}.",
    ),
    "told_staffing_several_teams": (
        "{count} tổ chung tổ dân phố với tổ khác: {areas}.",
        "{count} teams share their neighbourhood with another: {areas}.",
    ),
    "told_staffing_training_unknown": (
        "{count} tổ chưa ghi ngày tập huấn: {areas}.",
        "{count} teams have no training on record: {areas}.",
    ),
    "told_staffing_role_unknown": (
        "{count} tổ có người chưa ghi vai trò: {areas}.",
        "{count} teams have somebody without a role on record: {areas}.",
    ),
    "told_staffing_per_100": (
        "{members} tổ viên trên {residents} nhân khẩu: {per_100} người trên 100, đạt mức {least}.",
        "{members} members of {residents} residents: {per_100} in 100, at least the {least} aimed at.",
    ),
    "told_staffing_per_100_under": (
        "{members} tổ viên trên {residents} nhân khẩu: {per_100} người trên 100, dưới mức {least}. Người rành công nghệ ngoài tổ chưa có trong danh sách.",
        "{members} members of {residents} residents: {per_100} in 100, under the {least} aimed at. People outside the teams who know technology are not on the list.",
    ),
    "staffing_only": ("Chỉ xem các tổ", "Show only teams with"),
    "list_of_cause": ("Xem danh sách hộ", "See the households"),
    "staffing_fine": ("Các tổ đủ người, đủ vai trò.", "The teams have their people and roles."),
    "map_gaps": (
        "Nơi hộ chưa tiếp cận nằm sát nhau hoặc ở xa",
        "Where unreached households lie together or far away",
    ),
    "gap_kind_behind": ("đi sau cả phường", "behind the ward"),
    "gap_kind_cluster": ("nằm sát nhau", "together"),
    "gap_kind_far": ("ở xa", "far away"),
    "gap_list": ("Xem {count} hộ", "See {count} households"),
    "gap_list_help": (
        "Mở danh sách hộ và chỗ đó trên bản đồ",
        "Open the list of households and the place on the map",
    ),
    "gap_open": ("Xem danh sách của điểm này", "See the households of this gap"),
    "gap_back": ("Bỏ chọn, xem tất cả", "Show everything"),
    "gaps_title": ("Cần chú ý", "To see to"),
    "gaps_more": ("Còn {count} điểm khác", "{count} more"),
    "gaps_how": ("Tìm các điểm này thế nào?", "How are these found?"),
    "gaps_method": (
        "Nằm sát nhau: đếm hộ chưa tiếp cận trong vòng {within_m} m quanh từng hộ chưa tiếp cận, và so với số có được nếu các hộ ấy rải ngẫu nhiên (số cặp kề cục bộ, Anselin và Li 2019; sai nhầm không quá {level}). Đi sau: tỷ lệ thấp hơn mức một nhóm hộ bất kỳ cùng cỡ trong phường có thể có. Ở xa: cách mọi hộ đã tiếp cận và nhà tổ viên.",
        "Together: unreached households within {within_m} m of each unreached one are counted and compared with what scattering them at random would give (local join counts, Anselin and Li 2019; at most {level} in error). Behind: a share lower than any group of households of that size in the ward would have. Far: from every household reached and every member's home.",
    ),
    "trend_new": ("Số hộ gặp lần đầu mỗi tuần", "Households met first in each week"),
    "outlook_title": ("Bao giờ xong?", "When will it be done?"),
    "trend_table": ("Từng tuần, và cách tính", "Each week, and how it is worked out"),
    "trend_ever_share": ("Tỷ lệ từng tiếp cận", "Share ever reached"),
    "trend_valid_share": ("Tỷ lệ còn hiệu lực", "Share still valid"),
    "table_needed": ("Cần", "Needed"),
    "trend_title": ("Tiến độ theo tuần", "Week by week"),
    "trend_week": ("Tuần đến ngày", "Week until"),
    "trend_share": ("Tỷ lệ hộ", "Share of households"),
    "trend_ever": ("Từng tiếp cận", "Ever reached"),
    "trend_valid": ("Còn hiệu lực", "Still valid"),
    "trend_kind": ("Đường", "Line"),
    "trend_first": ("Gặp lần đầu", "Met first"),
    "trend_expired": ("Hết hiệu lực", "Expired"),
    "trend_renewed": ("Gặp lại kịp", "Renewed"),
    "trend_none": ("Chưa có lượt gặp nào để vẽ tiến độ.", "There are no meetings yet to draw."),
    "trend_note": (
        "Từng tiếp cận: đã gặp ít nhất một lần. Còn hiệu lực: lần gặp vẫn tính đến ngày đó; có chỉ tiêu phải làm lại sau một thời gian. Tính trên {households} hộ của danh sách hiện nay. Cột nhạt là tuần chưa trọn.",
        "Ever reached: met at least once. Still valid: the meeting still counts on the day; some goals have to be renewed. Of the {households} households on the list of now. A pale bar is a week not over yet.",
    ),
    "trend_method": (
        "Ngày dự kiến lấy từ nhịp các tuần gần nhất: 1.000 diễn biến rút ngẫu nhiên từ các tuần đó, khoảng đưa ra chứa 8 trong 10 diễn biến (bootstrap). Nếu số hộ mới giảm đều (kiểm định Mann–Kendall) thì nói rõ nhịp đang chậm.",
        "The expected day comes from the pace of the last weeks: 1,000 courses are drawn from those weeks, and the range holds 8 of 10 (bootstrap). Where fewer are met week after week (Mann-Kendall test), it is said that the pace slows.",
    ),
    "figure_ever_reached": ("Từng tiếp cận", "Ever reached"),
    "figure_share_range": ("Độ phủ theo các số hộ khác nhau", "Coverage by the differing counts"),
    "from_share_to": ("{least} – {most}", "{least} – {most}"),
    "tab_staffing": ("Nhân lực", "Staffing"),
    "tab_reports": ("Số liệu báo cáo", "Reported figures"),
    "tab_causes": ("Vì sao", "Why"),
    "tab_list": ("Danh sách hộ", "Households"),
    "list_of": ("{count} hộ chưa tiếp cận", "{count} unreached households"),
    "show_phones": ("Hiện số điện thoại", "Show phone numbers"),
    "get_list": ("Tải danh sách (Excel)", "Download the list (Excel)"),
    "get_staffing": ("Tải bảng nhân lực (Excel)", "Download the staffing table (Excel)"),
    "get_trend": ("Tải bảng theo tuần (Excel)", "Download the weeks (Excel)"),
    "list_title": (
        "Hộ chưa tiếp cận theo điểm cần chú ý, tính đến {on}",
        "Unreached households of a gap as of {on}",
    ),
    "staffing_title": ("Nhân lực các tổ, tính đến {on}", "Staffing of the teams as of {on}"),
    "trend_table_title": ("Tiến độ theo tuần, tính đến {on}", "Week by week as of {on}"),
    "gap_gone": (
        "Điểm này không còn trong kết quả hiện nay: dữ liệu, chỉ tiêu hoặc ngày đã đổi.",
        "This is no longer among the results: the data, the goal or the day has changed.",
    ),
    "table_phone": ("Điện thoại", "Phone"),
    "table_team": ("Tổ công nghệ số", "Team"),
    "table_members": ("Tổ viên", "Members"),
    "table_short": ("Thiếu", "Short"),
    "table_issues": ("Cần xem", "To see to"),
    "table_per_member": ("Hộ mỗi tổ viên", "Households a member"),
    "table_per_100": ("Tổ viên trên 100 hộ", "Members in 100 households"),
    "table_ever_reached": ("Từng tiếp cận", "Ever reached"),
    "column_members_per_100_households": ("Tổ viên trên 100 hộ", "Members in 100 households"),
    "column_week_begins": ("Tuần từ ngày", "Week from"),
    "column_until": ("Đến ngày", "Until"),
    "column_first_reached": ("Gặp lần đầu", "Met first"),
    "column_expired": ("Hết hiệu lực", "Expired"),
    "column_renewed": ("Gặp lại kịp", "Renewed"),
    "column_share_ever_reached": ("Tỷ lệ từng tiếp cận", "Share ever reached"),
    "column_excess": ("Nhiều hơn ngẫu nhiên (hộ)", "More than by chance"),
    "column_share_expected": ("Mức so sánh", "Compared with"),
    "column_p": ("p", "p"),
    "column_where": ("Ở đâu", "Where"),
    "column_rank": ("Thứ tự", "Rank"),
    "column_gap_kind": ("Loại", "Kind"),
    "gaps_told": (
        "{gaps} điểm cần chú ý; {unreached} hộ chưa tiếp cận trên {households} hộ.",
        "{gaps} gaps; {unreached} of {households} households unreached.",
    ),
    # --- map and exports ---
    "cause_due_again": ("cần thăm lại", "due again"),
    "cause_no_location": ("chưa có vị trí", "no location"),
    "cause_no_team": ("chưa có tổ công nghệ số", "no team"),
    "cause_unassigned": ("chưa phân công", "unassigned"),
    "cause_refused": ("lần trước từ chối", "refused last time"),
    "cause_not_found": ("lần trước không tìm thấy", "not found last time"),
    "cause_absent": ("lần trước vắng nhà", "absent last time"),
    "cause_never_visited": ("chưa thăm cho việc còn thiếu", "not visited yet for what is missing"),
    "reason_no_location": ("chưa có vị trí", "no location"),
    "reason_no_street": ("không có đường ở gần", "no street nearby"),
    "reason_no_members": ("chưa có tổ viên", "no members"),
    "reason_no_capacity": (
        "vượt khối lượng tối đa của tổ viên",
        "beyond what the members can take on",
    ),
    "reason_unreachable": ("không đi bộ tới được", "cannot be reached on foot"),
    "reason_forbidden": ("không được giao cho tổ viên nào", "kept from every member"),
    "reason_no_skill": ("không tổ viên nào có kỹ năng cần thiết", "nobody has the skill needed"),
    "reason_outside_home_area": (
        "ngoài địa bàn riêng của mọi tổ viên",
        "outside the home area of every member",
    ),
    "reason_too_far": ("xa hơn mức mọi tổ viên đi bộ được", "farther than any member can walk"),
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
    "map_assigned": ("Hộ đã phân công", "Households assigned"),
    "map_unassigned": ("Hộ chưa có người phụ trách", "Households nobody is in charge of"),
    "map_homes": ("Nhà của tổ viên", "Members' homes"),
    "map_in_charge": ("Phụ trách: {member}", "In charge: {member}"),
    "map_home": ("Nhà của tổ viên", "Member's home"),
    "map_zoom_in": ("Phóng to", "Zoom in"),
    "map_zoom_out": ("Thu nhỏ", "Zoom out"),
    "map_lasso": ("Khoanh vùng để chọn hộ", "Draw around households to choose them"),
    "map_rectangle": ("Kéo khung để chọn hộ", "Drag a frame to choose households"),
    "map_chosen": ("{households} hộ", "{households} households"),
    "map_clear": ("Bỏ chọn (Esc)", "Clear (Esc)"),
    "map_keys": (
        "Bản đồ. Phím mũi tên: di chuyển; + và −: phóng to, thu nhỏ; Enter: xem chỗ ở giữa; Esc: đóng.",
        "Map. Arrow keys move, + and − zoom, Enter reads what is in the middle, Esc closes.",
    ),
    "map_close": ("Đóng (Esc)", "Close (Esc)"),
    "map_waiting": ("Đang xem…", "Looking…"),
    "map_north": ("B", "N"),
    "map_north_up": ("Hướng bắc ở phía trên", "North is up"),
    "map_shown": ("{shown} / {total} hộ", "{shown} / {total} households"),
    "basemap_missing": (
        "Không có tệp bản đồ nền “{file}”. Xem lại DIABAN_BASEMAP.",
        "There is no basemap file “{file}”. Check DIABAN_BASEMAP.",
    ),
    "basemap_unreadable": (
        "Không đọc được tệp bản đồ nền “{file}”. Cần tệp .mbtiles hoặc .pmtiles (phiên bản 3).",
        "The basemap file “{file}” cannot be read. Bring an .mbtiles file, or .pmtiles of version 3.",
    ),
    "basemap_vector": (
        "Tệp bản đồ nền “{file}” chứa dữ liệu vectơ. Cần tệp ảnh (PNG, JPEG hoặc WebP).",
        "The basemap file “{file}” holds vector tiles. Bring one of pictures (PNG, JPEG or WebP).",
    ),
    "map_search": ("Tìm hộ", "Find a household"),
    "map_search_hint": ("Tên, địa chỉ, mã địa chỉ số", "Name, address, digital address"),
    "map_search_none": ("Không tìm thấy hộ nào.", "No household found."),
    "map_search_unplaced": ("chưa có trên bản đồ", "not on the map"),
    "map_filter": ("Lọc", "Filter"),
    "map_filter_all": ("Tất cả", "All"),
    "map_filter_clear": ("Bỏ lọc", "Clear filters"),
    "map_facet_goal": ("Chỉ tiêu", "Goal"),
    "map_facet_member": ("Tổ viên phụ trách", "Member in charge"),
    "map_facet_member_none": ("Chưa có người phụ trách", "Nobody in charge"),
    "map_facet_neighbourhood": ("Tổ dân phố, thôn", "Neighbourhood"),
    "map_facet_neighbourhood_none": ("Ngoài mọi tổ dân phố, thôn", "Outside every neighbourhood"),
    "map_facet_trait": ("Loại hộ", "Kind of household"),
    "map_share_unreached": (
        "Mỗi ô: số hộ và phần chưa tiếp cận (0 → 100 %). Phóng to để thấy từng hộ.",
        "Each square: households and the share unreached (0 → 100%). Zoom in to see each household.",
    ),
    "map_share_unassigned": (
        "Mỗi ô: số hộ và phần chưa có người phụ trách (0 → 100 %). Phóng to để thấy từng hộ.",
        "Each square: households and the share nobody is in charge of (0 → 100%). Zoom in to see each household.",
    ),
    "map_whole": ("Xem toàn bộ", "Show everything"),
    "map_failed": (
        "Không vẽ được bản đồ. Hãy tải lại trang.",
        "The map could not be drawn. Reload the page.",
    ),
    "handout_list": (
        "Danh sách {count} khu vực trên bản đồ",
        "List of the {count} areas on the map",
    ),
    # --- addresses ---
    "scheme_plus_code": ("Plus Code", "Plus Code"),
    "scheme_short_plus_code": ("Plus Code rút gọn", "short Plus Code"),
    "scheme_vpostcode": ("Vpostcode", "Vpostcode"),
    "scheme_geohash": ("geohash", "geohash"),
    "scheme_h3": ("ô H3", "H3 cell"),
    "scheme_mgrs": ("MGRS", "MGRS"),
    "scheme_utm": ("UTM", "UTM"),
    "scheme_degrees": ("vĩ độ, kinh độ", "latitude and longitude"),
    "scheme_geo_uri": ("liên kết geo:", "geo: URI"),
    "scheme_link": ("liên kết bản đồ", "map link"),
    "scheme_vn2000": ("X/Y VN-2000", "VN-2000 X/Y"),
    "scheme_area_code": ("mã bưu chính hoặc mã phường", "postal or ward code"),
    "scheme_opaque": ("mã riêng", "code of its own"),
    "address_plus_code": ("đọc từ Plus Code đầy đủ", "read from a whole Plus Code"),
    "address_short_plus_code": (
        "đọc từ Plus Code rút gọn, theo tâm phường",
        "read from a short Plus Code, by the middle of the ward",
    ),
    "address_short_plus_code_without_ward": (
        "Plus Code rút gọn chỉ đọc được khi biết phường: hãy nhập ranh giới phường trước",
        "a short Plus Code can be read only where the ward is known: import the ward's boundary first",
    ),
    "address_short_plus_code_too_short": (
        "Plus Code rút quá ngắn: trong phường có nhiều nơi cùng mã; hãy ghi ít nhất bốn ký tự trước dấu +",
        "the Plus Code is too short: several places in the ward share it; write at least four digits before the +",
    ),
    "address_short_plus_code_far": (
        "Plus Code rút gọn dẫn tới nơi quá xa tâm phường để tin được; hãy ghi mã đầy đủ",
        "the short Plus Code leads too far from the middle of the ward to be trusted; write the whole code",
    ),
    "address_short_plus_code_outside_ward": (
        "Plus Code rút gọn, đọc theo tâm phường, nhưng điểm nằm ngoài phường: cần xem lại",
        "a short Plus Code, read from the middle of the ward, but the point lies outside it: look at it again",
    ),
    "address_vpostcode": (
        "Vpostcode: suy luận rằng 7 ký tự cuối là phần cuối của Plus Code; điểm nằm trong phường nên được nhận",
        "a Vpostcode: its last 7 digits are inferred to be the end of a Plus Code; taken because the point lies in the ward",
    ),
    "address_vpostcode_without_ward": (
        "Vpostcode chỉ suy ra được vị trí khi có ranh giới phường: hãy nhập ranh giới trước",
        "the place of a Vpostcode can be inferred only with the ward's boundary: import it first",
    ),
    "address_vpostcode_outside_ward": (
        "Vpostcode: vị trí suy ra nằm ngoài phường nên không nhận",
        "a Vpostcode: the place inferred lies outside the ward and is not taken",
    ),
    "address_geohash": ("đọc từ geohash", "read from a geohash"),
    "address_geohash_outside_ward": (
        "trông như geohash nhưng điểm nằm ngoài phường, nên giữ như mã riêng",
        "looks like a geohash, but its point lies outside the ward: kept as a code of its own",
    ),
    "address_h3": ("đọc từ ô H3", "read from an H3 cell"),
    "address_mgrs": ("đọc từ tọa độ lưới MGRS", "read from an MGRS reference"),
    "address_utm": ("đổi từ tọa độ UTM", "changed from UTM"),
    "address_vn2000": (
        "đổi từ X/Y VN-2000 theo kinh tuyến trục đã cho",
        "changed from VN-2000 X/Y on the meridian given",
    ),
    "address_vn2000_judged": (
        "đổi từ X/Y VN-2000; kinh tuyến trục không ghi, chọn theo ranh giới phường",
        "changed from VN-2000 X/Y; the meridian is not stated and was chosen by the ward's boundary",
    ),
    "address_vn2000_without_zone": (
        "X/Y VN-2000 không ghi kinh tuyến trục: hãy chọn kinh tuyến trục hoặc nhập ranh giới phường",
        "VN-2000 X/Y without a meridian: choose the meridian, or import the ward's boundary",
    ),
    "address_vn2000_ask": (
        "X/Y hợp với nhiều hệ tọa độ gần nhau: hãy chọn hệ tọa độ",
        "the X/Y fit several systems close to each other: choose the system",
    ),
    "address_vn2000_unknown": (
        "không có hệ tọa độ nào đưa X/Y vào phường: hãy kiểm tra số liệu hoặc chọn hệ tọa độ",
        "no system brings the X/Y into the ward: check the numbers, or choose the system",
    ),
    "address_degrees": ("đọc từ vĩ độ, kinh độ", "read from latitude and longitude"),
    "address_degrees_north": (
        "chữ N không rõ là North (Bắc) hay Nam: hiểu là Bắc vì chỉ như vậy mới ở Việt Nam",
        "the letter N may be North or Nam (south): taken as north, since only so the place is in Vietnam",
    ),
    "address_degrees_swapped": (
        "vĩ độ và kinh độ bị đảo chỗ: đã đổi lại",
        "latitude and longitude were swapped: put right",
    ),
    "address_geo_uri": ("đọc từ liên kết geo:", "read from a geo: URI"),
    "address_geo_uri_crs": (
        "liên kết geo: dùng hệ tọa độ khác WGS 84 nên không đọc",
        "the geo: URI is in a system other than WGS 84 and is not read",
    ),
    "address_link_pin": (
        "đọc từ điểm ghim trong liên kết bản đồ",
        "read from the pin of a map link",
    ),
    "address_link_query": (
        "đọc từ vị trí được tìm trong liên kết bản đồ",
        "read from the place that a map link asks for",
    ),
    "address_link_view": (
        "liên kết chỉ cho biết tâm khung nhìn bản đồ, không phải điểm ghim: vị trí gần đúng",
        "the link tells only the middle of the map's view, not a pin: a rough place",
    ),
    "address_link_short": (
        "liên kết rút gọn không tra được khi ngoại tuyến: hãy mở liên kết rồi chép tọa độ hoặc liên kết đầy đủ",
        "a short link cannot be resolved offline: open it, and copy the coordinates or the whole link",
    ),
    "address_link_unknown": (
        "liên kết không phải Google Maps hay OpenStreetMap nên không đọc; không truy cập liên kết",
        "the link is neither Google Maps nor OpenStreetMap and is not read; it was not opened",
    ),
    "address_link_many_places": (
        "liên kết chứa nhiều địa điểm nên không rõ địa điểm nào là nhà",
        "the link holds several places, and does not tell which is the home",
    ),
    "address_link_without_place": (
        "liên kết bản đồ không chứa tọa độ",
        "the map link holds no coordinates",
    ),
    "address_outside_vietnam": (
        "vị trí đọc được nằm ngoài Việt Nam nên không dùng",
        "the place read lies outside Vietnam and is not used",
    ),
    "address_too_coarse": (
        "mã chỉ tới một vùng rộng, không tới một hộ; cần mã chi tiết hơn",
        "the code names a wide area, not a household; a finer one is needed",
    ),
    "address_five_digits": (
        "năm chữ số là mã bưu chính hoặc mã phường, không phải mã của một hộ",
        "five digits are a postal code or the code of a ward, never of a household",
    ),
    "address_opaque": (
        "mã riêng, chưa biết vị trí: nạp bảng tra mã → tọa độ để định vị",
        "a code of its own, not located: load a table of codes and coordinates to locate it",
    ),
    "address_opaque_looked_up": (
        "vị trí lấy từ bảng tra mã của phường",
        "located by the ward's table of codes",
    ),
    "address_opaque_unexpected": (
        "mã không theo mẫu mã của phường, cũng không theo cách ghi nào đã biết: cần xem lại",
        "the code follows neither the ward's own pattern nor any known scheme: look at it again",
    ),
    "address_opaque_too_long": ("ô quá dài nên không đọc", "the cell is too long and was not read"),
    "address_empty": ("ô trống", "the cell is empty"),
    "problem_address_repeats": (
        "mã địa chỉ trùng với hộ khác trong phường",
        "another household of the ward has the same address code",
    ),
    "problem_coordinates_unreadable": (
        "không đọc được tọa độ; hộ được giữ, chưa có vị trí",
        "the coordinates cannot be read; the household is kept, not located",
    ),
    "problem_coordinates_swapped": (
        "vĩ độ và kinh độ bị đảo chỗ: đã đổi lại",
        "latitude and longitude were swapped: put right",
    ),
    "problem_coordinates_in_metres": (
        "cột vĩ độ, kinh độ chứa X/Y tính bằng mét: đã đọc như X/Y",
        "the columns of latitude and longitude held X/Y in metres: read as X/Y",
    ),
    "problem_coordinates_two_places": (
        "vĩ độ, kinh độ và X/Y của cùng một dòng chỉ hai nơi khác nhau: đã dùng vĩ độ, kinh độ",
        "the degrees and the X/Y of one row are two different places: the degrees were used",
    ),
    "problem_metres_ask": (
        "X/Y hợp với nhiều hệ tọa độ gần nhau, hộ chưa có vị trí: X/Y của tệp theo hệ nào trong các hệ ghi bên cạnh? Nhập lại với --crs EPSG:… của hệ đó",
        "the X/Y fit several systems close to each other and the household is not located: which of the systems named beside is the file's? Import it again with --crs EPSG:… of that system",
    ),
    "problem_metres_unknown": (
        "chưa biết hệ tọa độ của X/Y, hộ chưa có vị trí: nhập ranh giới phường, kiểm tra số liệu, hoặc nhập lại với --crs EPSG:…",
        "the system of the X/Y is not known and the household not located: import the ward's boundary, check the numbers, or import again with --crs EPSG:…",
    ),
    "problem_metres_open": (
        "X/Y tính bằng mét chưa rõ hệ tọa độ nên chưa dùng: nhập ranh giới phường trước, hoặc nhập lại với --crs EPSG:…",
        "the X/Y in metres are in no known system and were not used: import the ward's boundary first, or import again with --crs EPSG:…",
    ),
    "problem_code_without_place": (
        "mã này không kèm vị trí nên chưa dùng để định vị hộ nào",
        "this code comes without a place and locates no household yet",
    ),
    "problem_code_two_places": (
        "mã này có hai vị trí khác nhau (từ 10 m trở lên) nên không dùng: hãy bỏ dòng sai",
        "this code has two places 10 m apart or more and is not used: remove the wrong row",
    ),
    "problem_ward_ambiguous": (
        "tên phường, xã này hợp với nhiều đơn vị hiện nay (mã ghi bên cạnh): ghi rõ mã, hoặc thêm huyện, tỉnh",
        "this name fits several present wards (codes beside it): give the code, or add the district or province",
    ),
    "problem_ward_unknown": (
        "không có phường, xã nào mang tên hoặc mã này: kiểm tra lại, hoặc nhập với --ward",
        "no ward has this name or code: check it, or import with --ward",
    ),
    "problem_crs_judged": (
        "tệp không ghi hệ tọa độ: đã nhận ra nhờ ranh giới phường; nếu sai, nhập lại với --crs EPSG:…",
        "the file states no system: it was recognised by the ward's boundary; if that is wrong, import again with --crs EPSG:…",
    ),
    "problem_crs_belied_judged": (
        "tệp ghi là kinh độ, vĩ độ nhưng chứa mét: đã nhận ra hệ tọa độ nhờ ranh giới phường; nếu sai, nhập lại với --crs EPSG:…",
        "the file says degrees but holds metres: its system was recognised by the ward's boundary; if that is wrong, import again with --crs EPSG:…",
    ),
    "crs_belied": (
        "Tệp ghi hệ tọa độ {crs} (độ) nhưng chứa mét. Nhập ranh giới phường trước để nhận ra hệ tọa độ, hoặc nói rõ bằng --crs EPSG:9214.",
        "The file says it is in {crs} (degrees) but holds metres. Import the ward's boundary first, by which the system is recognised, or name it by --crs EPSG:9214.",
    ),
    "crs_ask": (
        "Tọa độ của tệp hợp với nhiều hệ: {candidates}. Tệp theo hệ nào? Nhập lại với --crs và mã của hệ đó; nếu đã lưu nhiều phường, nói tệp của phường nào bằng --ward.",
        "The file's coordinates fit several systems: {candidates}. Which is it? Import again with --crs and its code; where several wards are stored, name the file's by --ward.",
    ),
    "crs_nowhere": (
        "Không có hệ tọa độ nào đưa tệp vào địa bàn đã biết. Kiểm tra tệp có đúng phường không, hoặc nói rõ bằng --crs EPSG:9214.",
        "No coordinate system brings the file into the known ward. Check that it is of this ward, or name its system by --crs EPSG:9214.",
    ),
    "problem_metres_outside_area": (
        "X/Y đã đổi sang độ nhưng điểm nằm ngoài phường: cần xem lại",
        "the X/Y were changed to degrees, but the point lies outside the ward: look at it again",
    ),
    "crs_ballpark": (
        "Không có phép chuyển chính xác từ hệ tọa độ “{crs}” sang WGS 84 (sai hơn 200 m). Chọn hệ VN-2000 theo mã EPSG, ví dụ EPSG:9214.",
        "No exact change leads from the system “{crs}” to WGS 84 (it would be more than 200 m off). Name the VN-2000 system by its EPSG code, such as EPSG:9214.",
    ),
    "plus_code_invalid": (
        "Đây không phải Plus Code hợp lệ. Plus Code trông như 7P89CGVV+9J.",
        "This is no valid Plus Code. A Plus Code looks like 7P89CGVV+9J.",
    ),
    "address_pattern_unusable": (
        "Mẫu mã địa chỉ “{pattern}” không phải biểu thức chính quy hợp lệ. Ví dụ: HUE-[0-9]{{8}}",
        "The pattern of address codes “{pattern}” is no valid regular expression. An example: HUE-[0-9]{{8}}",
    ),
    "unit_found": ("tìm thấy một phường, xã hiện nay", "one current ward found"),
    "unit_ambiguous": (
        "tên hoặc mã này hợp với nhiều phường, xã hiện nay: hãy chọn",
        "this name or code fits several current wards: choose one",
    ),
    "unit_unknown": (
        "không có phường, xã nào mang tên hoặc mã này; thử ghi thêm huyện, tỉnh",
        "no ward has this name or code; try adding the district or province",
    ),
    "era_before_2025_07": ("trước 1/7/2025", "before 1 July 2025"),
    "era_since_2025_07": ("từ 1/7/2025", "since 1 July 2025"),
    # --- boundaries ---
    "tolerance_unusable": (
        "Dung sai {tolerance} m không dùng được. Chọn một số mét lớn hơn 0, ví dụ 5.",
        "A tolerance of {tolerance} m cannot be used. Choose a number of metres above 0, such as 5.",
    ),
    "boundary_ring_repaired": (
        "Đường bao tự cắt hoặc lồng nhau, đã sửa",
        "The outline crossed or repeated itself and was repaired",
    ),
    "boundary_ring_lost": (
        "Đường bao hỏng, sửa xong không còn diện tích",
        "The outline was broken; repaired, it holds no ground",
    ),
    "boundary_line_closed": (
        "Vẽ bằng đường, hai đầu gặp nhau: đã khép thành vùng",
        "Drawn as a line whose ends meet: closed into an area",
    ),
    "boundary_line_closed_far": (
        "Vẽ bằng đường, hai đầu còn hở: đã khép thành vùng, hãy kiểm tra",
        "Drawn as a line with open ends: closed into an area, please check",
    ),
    "boundary_line_encloses": (
        "Cùng các đường khác khép thành một vùng",
        "Encloses an area together with other lines",
    ),
    "boundary_line_open": (
        "Đường không khép kín, không thành vùng",
        "An open line that encloses no area",
    ),
    "boundary_gap_mended": (
        "Khe hở hẹp, đã chia theo đường giữa",
        "A narrow gap, divided along its middle",
    ),
    "boundary_overlap_mended": (
        "Chồng lấn hẹp, đã chia theo đường giữa",
        "A narrow overlap, divided along its middle",
    ),
    "boundary_hairs_mended": (
        "Các khe và chồng lấn hẹp hơn 1 cm, đã nối liền",
        "Gaps and overlaps narrower than 1 cm, joined",
    ),
    "boundary_overlap_asked": (
        "Đang chồng lấn: để ngoài cả hai bên, chờ quyết định",
        "Overlapping: left out of both, waiting for a decision",
    ),
    "boundary_overlap_question": (
        "{name} và {other} đang chồng lấn {area_m2} m², chỗ rộng nhất {width_m} m. Phần này chưa thuộc bên nào. Chia theo đường giữa?",
        "{name} and {other} overlap by {area_m2} m², up to {width_m} m wide. This ground belongs to neither yet. Divide it along its middle?",
    ),
    "boundary_overlap_cut": (
        "Chồng lấn rộng, đã chia theo đường giữa theo quyết định của người nhập",
        "A wide overlap, divided along its middle as the person decided",
    ),
    "boundary_overlap_to_inner": (
        "Vùng nằm trong vùng khác, giữ nguyên vùng bên trong theo quyết định của người nhập",
        "An area lies in another and keeps its ground, as the person decided",
    ),
    "boundary_sliver": (
        "Vùng quá hẹp, có thể do vẽ nhầm",
        "A sliver, perhaps drawn by mistake",
    ),
    "boundary_nothing_left": (
        "Không còn phần đất riêng: nằm trọn trong vùng khác",
        "No ground of its own is left: it lies in other areas",
    ),
    "boundary_zone_unnamed": ("Vùng chưa có tên", "An area without a name"),
    "boundary_name_repeated": (
        "Tên trùng, đã thêm số để phân biệt",
        "A repeated name, told apart by a number",
    ),
    "boundary_name_from_story": (
        "Tên lấy từ đầu một đoạn ghi chú, hãy kiểm tra",
        "The name is the beginning of a longer note, please check",
    ),
    "boundary_label_in_several": (
        "Nhãn nằm trong nhiều vùng, đã đặt tên cho vùng nhỏ nhất chưa có tên",
        "The label lies in several areas; it named the smallest without a name",
    ),
    "boundary_label_unused": ("Nhãn không dùng để đặt tên", "A label that named nothing"),
    "boundary_label_names": ("Nhãn đặt tên cho vùng", "The label names an area"),
    "boundary_label_confirms": (
        "Nhãn trùng với tên của vùng",
        "The label confirms the name of its area",
    ),
    "boundary_label_spare": (
        "Các vùng quanh nhãn đều đã có tên khác",
        "All areas around the label have other names",
    ),
    "boundary_label_outside": ("Nhãn không nằm trong vùng nào", "The label lies in no area"),
    "boundary_label_no_name": (
        "Nhãn không phải tên tổ dân phố",
        "The label is no name of a neighbourhood",
    ),
    "boundary_counts_contradict": (
        "Các nguồn ghi số khác nhau, giữ cả hai",
        "Sources give different counts; all are kept",
    ),
    "boundary_counts_offered": (
        "Số trong lời ghi chú: chỉ gợi ý, chưa dùng",
        "A count told in a note: offered, not taken",
    ),
    "boundary_carried": ("Chuyển sang tổ mới", "Carried over to the new one"),
    "boundary_carried_doubtful": (
        "Phần lớn thuộc tổ mới này, hãy kiểm tra",
        "Most of it lies in this new one, please check",
    ),
    "boundary_carried_split": (
        "Bị chia cho nhiều tổ mới, không chuyển được",
        "Split among several new ones, not carried over",
    ),
    "boundary_carried_nowhere": (
        "Không nằm trong tổ mới nào, không chuyển được",
        "Lies in no new one, not carried over",
    ),
    "boundary_household_outvoted": (
        "Ghi tên tổ khác với mọi hộ gần nhất",
        "Names another neighbourhood than all its nearest households",
    ),
    "boundary_households_on_one_point": (
        "Trùng vị trí với các hộ ghi tổ khác",
        "On one point with households of another neighbourhood",
    ),
    "boundary_household_outside_ward": ("Nằm ngoài phường", "Lies outside the ward"),
    "boundary_gap_wide": (
        "Chỗ trống rộng hơn dung sai giữa các tổ hoặc trong phường, giữ nguyên",
        "Uncovered ground wider than the tolerance, between neighbourhoods or in the ward, left as it is",
    ),
    "boundary_outside_ward": (
        "Phần nằm ngoài ranh giới phường, không cắt",
        "A part outside the ward, not cut",
    ),
    "boundary_name_reused": (
        "Tên của tổ cũ nay là tên của một tổ mới ở nơi khác: danh sách còn ghi tên cũ sẽ theo tổ mới, hãy kiểm tra",
        "The name of an old neighbourhood is now that of a new one elsewhere: lists with that name go to the new one, please check",
    ),
    "boundary_teams_not_carried": (
        "Tổ công nghệ số chưa có tổ dân phố mới để chuyển sang",
        "Teams without a new neighbourhood to go to",
    ),
    "boundary_members_not_carried": (
        "Thành viên chưa có tổ dân phố mới để chuyển sang",
        "Members without a new neighbourhood to go to",
    ),
    "boundary_households_not_carried": (
        "Hộ chưa có tổ dân phố mới để chuyển sang",
        "Households without a new neighbourhood to go to",
    ),
    "boundary_counts_not_filled": (
        "Cột số liệu ghi 0: xem là chưa điền, không dùng",
        "Counts of 0: taken as not filled in, not used",
    ),
    "boundaries_drawn": (
        "Phường {ward} đã có {neighbourhoods} tổ dân phố có ranh giới; chỉ ước lượng khi chưa có. Hoàn tác lần nhập đó trước nếu muốn ước lượng.",
        "Ward {ward} has {neighbourhoods} neighbourhoods with boundaries already; they are estimated only where there are none. Undo that import first to estimate.",
    ),
    "nothing_to_estimate_from": (
        "Chưa ước lượng được ranh giới của phường {ward}: không hộ nào (trong {households} hộ) vừa có vị trí vừa ghi tổ dân phố. Hãy nhập danh sách hộ có tọa độ và cột Tổ dân phố.",
        "The neighbourhoods of ward {ward} cannot be estimated: none of its {households} households has both a location and a neighbourhood. Import a list of households with coordinates and a column of neighbourhoods.",
    ),
    "boundaries_estimated_file": ("ước lượng ranh giới {ward}", "estimated boundaries {ward}"),
    "boundaries_cut_file": ("chia chồng lấn {ward}", "cut overlaps {ward}"),
    "name_estimated": ("{name} (ước lượng)", "{name} (estimated)"),
    "valid_from_future": (
        "Ranh giới mới có hiệu lực từ {day}, sau hôm nay ({today}), và thay cho tổ đang có. Hãy nhập lại vào ngày đó, hoặc ghi --valid-from một ngày không sau hôm nay.",
        "The new neighbourhoods begin on {day}, after today ({today}), and replace present ones. Import them on that day, or give --valid-from a day that is not after today.",
    ),
    "ward_not_in_file": (
        "Tệp không có phường {ward} (có {wards} phường, xã khác). Kiểm tra mã 5 chữ số sau --ward.",
        "The file does not hold ward {ward} (it has {wards} others). Check the 5-digit code after --ward.",
    ),
    "problem_osm_credit": (
        "dữ liệu © những người đóng góp OpenStreetMap (ODbL): hãy ghi tên họ nơi công bố",
        "data © OpenStreetMap contributors (ODbL): name them where you publish",
    ),
    "problem_wards_not_asked": (
        "các phường, xã khác trong tệp không được yêu cầu nên không nhập",
        "other wards of the file were not asked for and not imported",
    ),
    "boundary_estimated": (
        "Ranh giới ước lượng từ danh sách hộ",
        "Boundary estimated from the list of households",
    ),
    # --- changing things by hand ---
    "page_editing": ("Sửa", "Change"),
    "editing_subjects": ("Sửa gì", "What to change"),
    "editing_members": ("Tổ viên", "Members"),
    "editing_teams": ("Tổ", "Teams"),
    "editing_goals": ("Chỉ tiêu", "Goals"),
    "editing_households": ("Hộ", "Households"),
    "editing_visits": ("Lượt thăm", "Visits"),
    "editing_neighbourhoods": ("Khu", "Neighbourhoods"),
    "editing_history": ("Đã sửa", "Changes made"),
    "editing_do": ("Việc cần làm", "What to do"),
    "editing_correct": ("Sửa", "Correct"),
    "editing_add": ("Thêm mới", "Add"),
    "editing_move": ("Dời vị trí", "Move"),
    "editing_end": ("Cho kết thúc", "End"),
    "editing_vanished": ("Vắng khỏi danh sách", "Missing from the list"),
    "editing_support": ("Mức hỗ trợ", "Support"),
    "editing_split": ("Tách", "Split"),
    "editing_merge": ("Gộp", "Merge"),
    "editing_redraw": ("Vẽ lại", "Draw anew"),
    "editing_find": (
        "Tìm (gõ tên, địa chỉ hoặc mã; không cần dấu)",
        "Find (name, address or code; no diacritics needed)",
    ),
    "editing_choose": ("Chọn", "Choose"),
    "editing_choose_none": ("Chọn trong danh sách…", "Choose from the list…"),
    "editing_found_most": (
        "Hiện {shown} dòng đầu. Gõ thêm chữ để tìm hẹp hơn.",
        "The first {shown} are shown. Type more to narrow them down.",
    ),
    "editing_found_none": (
        "Không thấy ai khớp. Thử gõ ít chữ hơn.",
        "Nothing matches. Try fewer words.",
    ),
    "editing_ended": ("đã kết thúc {day}", "ended {day}"),
    "editing_why": ("Lý do", "Reason"),
    "editing_why_help": (
        "Ghi ngắn gọn, ví dụ: chị Hoa báo qua điện thoại.",
        "In a few words, such as: Hoa said so by phone.",
    ),
    "editing_save": ("Lưu", "Save"),
    "editing_save_move": ("Lưu vị trí mới", "Save the new place"),
    "editing_save_visit": ("Ghi lượt thăm", "Record the visit"),
    "editing_preview": ("Xem trước", "Preview"),
    "editing_end_day": ("Từ ngày", "From the day"),
    "editing_end_about_members": (
        "Từ ngày này tổ viên không được giao hộ nữa; các lượt đã thăm vẫn giữ.",
        "From this day on the member is given no households; the visits made are kept.",
    ),
    "editing_end_about_teams": (
        "Từ ngày này tổ không còn được tính. Hãy chuyển tổ viên sang tổ khác nếu còn làm.",
        "From this day on the team no longer counts. Move its members to another team if they go on.",
    ),
    "editing_end_about_goals": (
        "Từ ngày này chỉ tiêu không tính vào độ phủ; các lượt đã thăm vẫn giữ.",
        "From this day on the goal does not count in coverage; the visits made are kept.",
    ),
    "editing_end_about_households": (
        "Từ ngày này hộ không tính vào độ phủ và phân công; không xóa gì.",
        "From this day on the household counts neither in coverage nor in plans; nothing is deleted.",
    ),
    "editing_resume": ("Cho hoạt động lại", "Bring back"),
    "editing_has_ended": ("Đã kết thúc từ {day}.", "Ended on {day}."),
    "editing_place": ("Tọa độ hoặc địa chỉ số", "Coordinates or digital address"),
    "editing_place_help": (
        "Bấm lên bản đồ, hoặc gõ: 16.46712, 107.59034 · mã Plus Code · mã địa chỉ số của phường.",
        "Click the map, or type: 16.46712, 107.59034 · a Plus Code · a code of the ward's own.",
    ),
    "editing_place_told": (
        "Bấm lên bản đồ để chỉ vị trí mới.",
        "Click the map to point at the new place.",
    ),
    "editing_sure": ("Đây là hộ khác, vẫn thêm", "This is another household; add it"),
    "editing_blank": ("(để trống)", "(blank)"),
    "editing_visit_why": ("Ghi lượt thăm", "Recording a visit"),
    "editing_visit_goals": ("Chỉ tiêu đã hướng dẫn", "Goals gone through"),
    "editing_visit_day": ("Ngày thăm", "Day of the visit"),
    "editing_visit_time": ("Giờ", "Time"),
    "editing_vanished_none": (
        "Không có hộ nào chờ quyết định. Hộ có trong kho mà danh sách mới không có sẽ hiện ở đây.",
        "No household waits for a decision. Those that a newer list lacks appear here.",
    ),
    "editing_vanished_told": (
        "{households} hộ có trong kho nhưng danh sách mới không có. Hộ vẫn được tính cho đến khi có quyết định.",
        "{households} households are stored, but a newer list lacks them. They count until somebody decides.",
    ),
    "editing_vanished_since": (
        "Vắng khỏi danh sách từ {day}.",
        "Missing from the list since {day}.",
    ),
    "editing_gone": ("Hộ không còn ở đây", "The household is no more"),
    "editing_stays": ("Hộ vẫn còn", "The household is still there"),
    "editing_support_told": (
        "Tiền hỗ trợ mỗi tổ mỗi tháng; hiện trong phần nhân sự và các phép thử. Để trống nếu không có.",
        "Support for each team and month; shown with staffing and what-ifs. Blank: there is none.",
    ),
    "editing_support_dong": ("Đồng mỗi tổ mỗi tháng", "Đồng a team and month"),
    "editing_support_kept": ("Đã lưu mức hỗ trợ.", "The support is kept."),
    "editing_which_place": ("Tổ dân phố, thôn", "Neighbourhood"),
    "editing_which_places": (
        "Các tổ dân phố, thôn gộp lại (từ hai, nằm cạnh nhau)",
        "Neighbourhoods to merge (two or more, side by side)",
    ),
    "editing_shape_by": ("Vẽ bằng cách", "Draw by"),
    "editing_by_points": ("Chỉ điểm trên bản đồ", "Points on the map"),
    "editing_by_file": ("Tải tệp lên", "A file"),
    "editing_by_text": ("Dán GeoJSON", "GeoJSON text"),
    "editing_corners": ("Các điểm, mỗi dòng một điểm", "Points, one a line"),
    "editing_corners_line": (
        "Bấm hai điểm trở lên dọc đường chia; đường được kéo dài qua hết tổ dân phố.",
        "Click two or more points along the line; it is drawn on across the neighbourhood.",
    ),
    "editing_corners_area": (
        "Bấm lần lượt các góc của ranh giới mới, từ ba góc trở lên.",
        "Click the corners of the new boundary one after the other, three or more.",
    ),
    "editing_corner_back": ("Bỏ điểm cuối", "Take the last point back"),
    "editing_corners_clear": ("Bỏ hết điểm", "Take all points back"),
    "editing_shape_file": ("Tệp ranh giới", "File with the boundary"),
    "editing_shape_text": ("Nội dung GeoJSON", "GeoJSON"),
    "editing_name_west": (
        "Tên phần phía tây (hoặc phía bắc)",
        "Name of the western (or northern) part",
    ),
    "editing_name_east": (
        "Tên phần phía đông (hoặc phía nam)",
        "Name of the eastern (or southern) part",
    ),
    "editing_name_within": ("Tên phần trong ranh giới vẽ", "Name of the part within the boundary"),
    "editing_name_without": ("Tên phần còn lại", "Name of the rest"),
    "editing_name_new": ("Tên mới", "New name"),
    "editing_rest_to": ("Phần đất bỏ ra giao cho", "Ground given up goes to"),
    "editing_rest_nobody": ("Chưa giao cho khu nào", "No neighbourhood yet"),
    "editing_valid_from": ("Có hiệu lực từ ngày", "In force from"),
    "editing_parts": ("Sau khi lưu sẽ có:", "Once saved there will be:"),
    "editing_left": (
        "{area} m² không còn thuộc khu nào. Chọn khu nhận phần này nếu cần.",
        "{area} m² belong to no neighbourhood any more. Choose one to take them if need be.",
    ),
    "editing_not_carried": (
        "Chưa tự chuyển được sang khu mới: {what}. Sửa tay sau khi lưu.",
        "Not carried over to the new neighbourhoods: {what}. Correct these by hand once saved.",
    ),
    "editing_lost_teams": ("{count} tổ", "{count} teams"),
    "editing_lost_members": ("{count} tổ viên", "{count} members"),
    "editing_lost_households": ("{count} hộ", "{count} households"),
    "editing_choose_places_first": (
        "Chọn tổ dân phố, thôn trước.",
        "Choose a neighbourhood first.",
    ),
    "editing_draw_first": ("Chỉ các điểm trên bản đồ trước.", "Point on the map first."),
    "editing_none_yet": ("Chưa sửa gì bằng tay.", "Nothing has been changed by hand yet."),
    "editing_history_told": (
        "Mọi lần sửa tay, mới nhất ở trên. Hoàn tác đưa các dòng về như trước.",
        "Everything changed by hand, newest first. Undo puts the rows back as they were.",
    ),
    "editing_which_edit": ("Lần sửa", "Change"),
    "editing_done": ("Đã lưu: {kind}, {what} ({edit_id}).", "Saved: {kind}, {what} ({edit_id})."),
    "editing_done_more": (
        "Đã lưu: {kind}, {what} ({edit_id}). {rows} dòng khác được xếp lại theo.",
        "Saved: {kind}, {what} ({edit_id}). {rows} other rows were worked out anew.",
    ),
    "editing_undo_sure": (
        "Mọi dòng của lần sửa {name} sẽ trở về như trước.",
        "All rows of the change {name} go back to what they were.",
    ),
    "editing_undone": ("Đã hoàn tác {edit_id}.", "{edit_id} is taken back."),
    "editing_nobody_here": ("Chưa có gì để chọn.", "There is nothing to choose from yet."),
    "column_who": ("Ai", "Who"),
    "column_act": ("Việc", "What"),
    "column_rows": ("Dòng", "Rows"),
    "column_gone_on": ("Không còn từ ngày", "Gone since"),
    "column_support_dong_month": ("Hỗ trợ mỗi tháng (đồng)", "Support a month (đồng)"),
    "column_support_dong": ("Hỗ trợ đến khi xong (đồng)", "Support until done (đồng)"),
    "map_edit_beside": ("Hộ cùng khu", "Households of the neighbourhood"),
    "map_edit_now": ("Vị trí hiện tại", "Present place"),
    "map_edit_pointed": ("Điểm đã chỉ", "Points"),
    "map_edit_drawn": ("Nét vẽ", "Drawing"),
    "map_edit_place": ("Điểm {number}", "Point {number}"),
    "usage_end": (
        "Chỉ members, teams, goals hoặc households mới kết thúc được.",
        "Only members, teams, goals or households can end.",
    ),
    "support_kept": (
        "Hỗ trợ {dong} đồng mỗi tổ mỗi tháng.",
        "Support of {dong} đồng a team and month.",
    ),
    "support_none": ("Chưa đặt mức hỗ trợ.", "No support is set."),
    "support_staffing": (
        "Tiền hỗ trợ các tổ: {dong} đồng mỗi tháng.",
        "Support for the teams: {dong} đồng a month.",
    ),
    "support_what_if": (
        "Tiền hỗ trợ đến khi xong: {dong} đồng.",
        "Support until everything is done: {dong} đồng.",
    ),
    "column_edit_id": ("Mã lần sửa", "Change"),
    "column_at": ("Lúc", "When"),
    "edit_by_hand": ("Sửa tay: {act}", "By hand: {act}"),
    "edit_added": ("thêm", "added"),
    "edit_corrected": ("sửa", "corrected"),
    "edit_retired": ("kết thúc", "ended"),
    "edit_resumed": ("hoạt động lại", "brought back"),
    "edit_moved": ("dời vị trí", "moved"),
    "edit_split": ("tách", "split"),
    "edit_merged": ("gộp", "merged"),
    "edit_redrawn": ("vẽ lại", "drawn anew"),
    "problem_unknown": ("không tìm thấy {what} này", "this {what} is not known"),
    "edit_days_turned": ("ngày này đứng trước ngày bắt đầu", "this day comes before the beginning"),
    "edit_day_ahead": ("ngày này chưa tới", "this day lies ahead"),
    "edit_day_before_beginning": (
        "ngày này đứng trước ngày khu đang có bắt đầu hiệu lực",
        "this day comes before the present neighbourhood began",
    ),
    "edit_head_or_house": (
        "ghi chủ hộ hoặc số nhà",
        "give the head of household or the house number",
    ),
    "edit_place_coarse": (
        "vị trí quá thô; cần tọa độ từ 5 số lẻ hoặc mã chính xác hơn",
        "the place is too coarse; give coordinates with five decimals, or a finer code",
    ),
    "edit_place_outside": ("vị trí nằm ngoài phường", "the place lies outside the ward"),
    "edit_name_taken": ("tên này đã có; chọn tên khác", "the name is taken; choose another"),
    "edit_faults": (
        "Còn {count} ô cần xem lại; lời nhắc ở ngay dưới ô.",
        "{count} fields need another look; what is wrong stands below each.",
    ),
    "edit_without_reason": ("Ghi lý do trước khi lưu.", "Give a reason before saving."),
    "edit_changes_nothing": (
        "Chưa có gì thay đổi để lưu.",
        "Nothing has changed that could be saved.",
    ),
    "edit_row_unknown": (
        "Không còn dòng {key}. Có thể đã bị hoàn tác; hãy chọn lại.",
        "There is no row {key} any more. It may have been taken back; choose again.",
    ),
    "edit_there_already": (
        "Dòng y hệt đã có rồi ({key}), không thêm lần nữa.",
        "The very same row is there already ({key}); it is not added again.",
    ),
    "edit_household_there": (
        "Hộ này có vẻ đã có: {households}. Nếu đúng là hộ khác, đánh dấu ô bên dưới rồi lưu lại.",
        "This household seems to be there: {households}. If it is another, tick the box below and save again.",
    ),
    "place_not_in_force": (
        "Khu này không còn hiệu lực hoặc không có ranh giới. Chọn khu khác.",
        "This neighbourhood is not in force, or has no boundary. Choose another.",
    ),
    "split_beside": (
        "Đường vẽ không chia được khu làm hai phần. Vẽ đường cắt ngang khu.",
        "The drawing does not part the neighbourhood in two. Draw a line across it.",
    ),
    "split_line_crosses": (
        "Đường vẽ tự cắt nhau hoặc rời thành nhiều đoạn. Vẽ một đường đơn giản hơn.",
        "The line crosses itself or falls apart. Draw a simpler one.",
    ),
    "merge_apart": (
        "Các khu này không nằm cạnh nhau. Chỉ gộp các khu giáp nhau.",
        "These neighbourhoods do not lie side by side. Merge only neighbours.",
    ),
    "merge_too_few": (
        "Chọn từ hai khu trở lên để gộp.",
        "Choose two or more neighbourhoods to merge.",
    ),
    "redraw_nothing": (
        "Chưa có ranh giới mới. Chỉ từ ba điểm, hoặc đưa một hình vùng.",
        "There is no new boundary. Point at three places or more, or give an area.",
    ),
    "redraw_swallows": (
        "Ranh giới mới nuốt hết khu khác: {neighbourhoods}. Vẽ nhỏ lại, hoặc gộp các khu.",
        "The new boundary leaves nothing of others: {neighbourhoods}. Draw it smaller, or merge them.",
    ),
    "corners_too_few": (
        "Cần ít nhất ba điểm để thành một vùng.",
        "An area takes three points or more.",
    ),
    "line_too_short": (
        "Cần ít nhất hai điểm khác nhau để thành một đường.",
        "A line takes two different points or more.",
    ),
    "corner_unreadable": ("Dòng {line} không phải là một vị trí.", "Line {line} is no place."),
    "support_negative": ("Tiền hỗ trợ không thể âm.", "Support cannot be negative."),
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


def conflict_lines(area: str, conflict: dict[str, Any], lang: str = Lang.VI) -> list[str]:
    """Say which rules of an area cannot be met together, and what would resolve it."""
    rules = "; ".join(
        say(f"rule_{one['rule']}", lang) + (f" ({one['about']})" if one.get("about") else "")
        for one in conflict["rules"]
    )
    told = [say("conflict_of", lang, area=area, rules=rules)]
    more, balance = conflict["members_more"], conflict["balance"]
    ending = {(True, False): "_members", (False, True): "_balance"}.get(
        (more > 0, balance is not None), ""
    )
    if more > 0 or balance is not None:
        told.append(
            say(
                f"conflict_short{ending}",
                lang,
                short_min=conflict["short_min"],
                members_more=more,
                balance=None if balance is None else percent(balance, lang),
            )
        )
    return told


def problem(check: str, lang: str = Lang.VI) -> str:
    """Return what was wrong with a row: `residents_unreadable` and the like name their column."""
    for code in (f"problem_{check}", check):
        if code in TEXTS:
            return say(code, lang)
    what, _, fault = check.rpartition("_")
    return say(f"problem_{fault}", lang, what=column(what, lang))


def column(name: str, lang: str = Lang.VI) -> str:
    """Return the heading of a column; one without a text keeps its own name."""
    return say(f"column_{name}", lang) if f"column_{name}" in TEXTS else name


def written(value: Any, lang: str = Lang.VI) -> str:
    """Return a value as people of that language write it; unknown (None, NaN) as a dash."""
    if _is_unknown(value):
        return NO_FIGURE
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, str):
        return value
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
    if share is None or _is_unknown(share):
        return say("no_denominator", lang)
    space = "" if lang == Lang.EN else "\u00a0"
    return f"{number(share * 100, lang, decimals=decimals)}{space}%"


def _is_unknown(value: Any) -> bool:
    return value is None or bool(value != value)  # noqa: PLR0124  NaN is not itself


# What the command line says of its commands and options, by the English that stands beside them in the code.
HELP: dict[str, str] = {
    "Địa bàn: where teams have reached, who is left, and who takes which households.": "Địa bàn: tổ đã đến đâu, còn ai, và ai phụ trách hộ nào.",
    "Open the app.": "Mở ứng dụng.",
    "A file path or a database URL.": "Đường dẫn tệp hoặc URL của cơ sở dữ liệu.",
    "The port to listen on.": "Cổng mà ứng dụng trả lời.",
    "Open no browser.": "Không mở trình duyệt.",
    "Fill an empty store with the made-up ward first.": "Kho trống thì nạp phường mẫu trước.",
    "Write a made-up ward as the files that people would have.": "Ghi một phường mẫu thành các tệp như phường thật vẫn có.",
    "Where to write the files.": "Thư mục để ghi các tệp.",
    "The day the visits end.": "Ngày cuối cùng có lượt thăm.",
    "Import a file, or a folder of files named after their kinds.": "Nhập một tệp, hoặc cả thư mục gồm các tệp đặt tên theo loại.",
    "What the file holds.": "Tệp chứa loại dữ liệu nào.",
    "The layer or sheet.": "Lớp bản đồ hoặc trang tính.",
    "As EPSG:N.": "Hệ tọa độ, viết EPSG:N.",
    "Repeatable.": "Có thể lặp lại.",
    "The ward's 5-digit code.": "Mã phường/xã 5 chữ số.",
    "tcvn3, vni, windows-1258 or windows-1252, where known.": "tcvn3, vni, windows-1258 hoặc windows-1252, nếu biết.",
    "Store nothing.": "Chỉ xem trước, không ghi gì.",
    "Save the rows set aside here (.xlsx).": "Lưu các dòng để riêng vào tệp này (.xlsx).",
    "Let made-up and real rows share a store.": "Cho phép dữ liệu mẫu và dữ liệu thật chung một kho.",
    "Metres: narrower gaps and overlaps are mended; 5.": "Số mét: khe hở và chồng lấn hẹp hơn được sửa; mặc định 5.",
    "Cut wider overlaps along their middle.": "Chia phần chồng lấn rộng hơn theo đường giữa.",
    "The day neighbourhoods begin; today.": "Ngày các tổ dân phố bắt đầu có hiệu lực; mặc định hôm nay.",
    "Estimate the neighbourhoods of a ward that has none from its list of households.": "Ước lượng ranh giới tổ dân phố từ danh sách hộ cho phường chưa có ranh giới.",
    "Cut the overlaps that an import asked about along their middle.": "Chia theo đường giữa các phần chồng lấn đang chờ quyết định.",
    "List what imports decided about boundaries, or ask.": "Liệt kê những gì các lượt nhập đã quyết định về ranh giới, hoặc đang hỏi.",
    "Take ids for what they say, whatever else.": "Tin mã hộ trong tệp, dù tên và vị trí khác.",
    "Print one JSON document.": "In ra một văn bản JSON.",
    "Show the first rows of a file in each encoding it may be in, to choose one by eye.": "Hiện các dòng đầu của tệp theo từng bảng mã có thể, để chọn bằng mắt.",
    "List what was imported.": "Liệt kê các lượt nhập.",
    "Show the minutes that a household takes, or change them for the plans to come.": "Xem số phút cho mỗi hộ, hoặc đổi cho các phương án sau này.",
    "An id or name; what is in force without it.": "Mã hoặc tên; không nêu thì theo phương án đang áp dụng.",
    "Of one member, by id.": "Chỉ của một tổ viên, theo mã.",
    "So many weeks.": "Bấy nhiêu tuần.",
    "Of this week.": "Của tuần này.",
    "The way home does not count.": "Không tính quãng đường về nhà.",
    "Show plans of a neighbourhood from fewest moves to least walking, to choose from.": "Xem các phương án của một tổ dân phố, từ ít hộ đổi người nhất đến đi bộ ngắn nhất, để chọn.",
    "A neighbourhood's code.": "Mã tổ dân phố, thôn.",
    "Another number, another search.": "Số khác thì tìm khác đi.",
    "Also prove how few households must change members.": "Chứng minh cả số hộ ít nhất phải đổi người phụ trách.",
    "Seconds for the options and the proof.": "Số giây dành cho việc tìm và chứng minh.",
    "Say why a household has its member: what it would mean to give it to each of the others.": "Cho biết vì sao hộ thuộc tổ viên này: giao cho từng người khác thì sao.",
    "Show who visits how many households in which week: first visits, and those that fall due again.": "Xem ai gặp bao nhiêu hộ trong tuần nào: gặp lần đầu và gặp lại khi đến hạn.",
    "Show in which order to visit the households of a week.": "Xem thứ tự đến các hộ trong một tuần.",
    "Begin with the usual minutes.": "Bắt đầu lại từ số phút thường lệ.",
    "List the headings remembered for files of the same shape.": "Liệt kê tiêu đề cột đã nhớ cho các tệp cùng mẫu.",
    "Take an import back.": "Hoàn tác một lượt nhập.",
    "List what should be mended in the ward's data.": "Liệt kê những gì cần sửa trong dữ liệu của phường.",
    "Count reached and unreached households.": "Đếm hộ đã đến và hộ chưa đến.",
    "A goal's id; all goals without it.": "Mã chỉ tiêu; bỏ trống là mọi chỉ tiêu.",
    "ward, neighbourhood, team, member": "ward (phường), neighbourhood (tổ dân phố), team (tổ), member (tổ viên)",
    "A ward's or neighbourhood's code.": "Mã phường/xã hoặc mã tổ dân phố, thôn.",
    "The day (YYYY-MM-DD) to judge on; today without it.": "Ngày để xét (NĂM-THÁNG-NGÀY); bỏ trống là hôm nay.",
    "List every unreached household with the first cause that applies.": "Liệt kê từng hộ chưa đến với nguyên nhân đầu tiên đúng với hộ đó.",
    "Write the list as .xlsx.": "Ghi danh sách thành tệp .xlsx.",
    "Show the figures of reports beside what the lists count; neither is mixed into the other.": "Hiện số liệu báo cáo bên cạnh số đếm từ danh sách; không trộn lẫn.",
    "What a team has at least.": "Số tổ viên tối thiểu của một tổ.",
    "Suggest which member takes which households.": "Gợi ý tổ viên nào phụ trách hộ nào.",
    "Every neighbourhood.": "Mọi tổ dân phố, thôn.",
    "0.10 = ten percent.": "0.10 nghĩa là mười phần trăm.",
    "Metres to the nearest street.": "Số mét đến đường gần nhất.",
    "Minutes of walking a household's member is worth.": "Giữ tổ viên đang phụ trách một hộ đáng giá bao nhiêu phút đi bộ.",
    "File of household_id, member_id to keep so.": "Tệp gồm household_id, member_id phải giữ nguyên.",
    "File of wishes: locks, pairs, skills, home areas.": "Tệp mong muốn: khóa, tránh, cùng người, kỹ năng, khu riêng.",
    "Seconds to search in all.": "Tổng số giây được tìm.",
    "List the plans.": "Liệt kê các phương án.",
    "Show what each team has and lacks: members, roles, skills, training.": "Xem mỗi tổ có gì và thiếu gì: tổ viên, vai trò, kỹ năng, tập huấn.",
    "At most so many households a member; no such rule without it.": "Mỗi tổ viên nhiều nhất chừng này hộ; bỏ trống là không đặt mức.",
    "A skill that every team needs; repeatable.": "Kỹ năng mà tổ nào cũng cần; có thể lặp lại.",
    "Suggest which volunteers to move between teams, and where to recruit.": "Gợi ý chuyển tổ viên nào giữa các tổ, và tuyển thêm ở đâu.",
    "Metres from home within which people may serve.": "Tổ viên chỉ được giao nơi cách nhà không quá số mét này.",
    "Let people serve another ward.": "Cho phép chuyển sang phường/xã khác.",
    "Let a team give somebody whom another team replaces.": "Cho phép chuyển nối tiếp: tổ này cho người, tổ khác bù lại.",
    "Weeks within which households reached are counted.": "Đếm số hộ đến được trong chừng này tuần.",
    "Ask what so many members, or a day to be done by, would come to.": "Thử xem: có chừng này tổ viên, hoặc phải xong trước một ngày, thì sao.",
    "Members in each neighbourhood; those there are without it.": "Số tổ viên ở mỗi tổ dân phố; bỏ trống là số đang có.",
    "The day (YYYY-MM-DD) by which everyone is to be reached.": "Ngày (NĂM-THÁNG-NGÀY) phải đến hết mọi hộ.",
    "Make the plans instead of estimating; slower, nothing is kept.": "Lập thử phương án thay vì ước lượng; chậm hơn, không lưu gì.",
    "Compare two plans: loads, walking, households that change hands.": "So sánh hai phương án: khối lượng, đi bộ, các hộ đổi người phụ trách.",
    "Tell in JSON which households change.": "Ghi trong JSON những hộ nào đổi người.",
    "Tell where coverage has gaps: households left together or far away, neighbourhoods behind.": "Cho biết độ phủ còn trống ở đâu: hộ chưa tiếp cận nằm sát nhau hoặc ở xa, tổ dân phố đi sau.",
    "Record a visit to a household; goals gone through with --goal.": "Ghi một lượt thăm hộ; chỉ tiêu đã hướng dẫn ghi bằng --goal.",
    "How it ended.": "Kết quả.",
    "When; today at noon without it.": "Lúc nào; bỏ trống là trưa hôm nay.",
    "What else there is to say.": "Ghi chú thêm.",
    "Let a member, team, goal or household end on a day; nothing is deleted.": "Cho tổ viên, tổ, chỉ tiêu hoặc hộ kết thúc từ một ngày; không xóa gì.",
    "members, teams, goals or households.": "members, teams, goals hoặc households.",
    "The day it ends; today.": "Ngày kết thúc; mặc định hôm nay.",
    "Bring it back instead.": "Cho hoạt động lại.",
    "List what was changed by hand, with the reasons; `undo` takes one back.": "Liệt kê những gì đã sửa tay, kèm lý do; `undo` để hoàn tác.",
    "Show or set the support money of a team and month, which staffing and what-if tell.": "Xem hoặc đặt tiền hỗ trợ mỗi tổ mỗi tháng, hiện trong staffing và what-if.",
    "Đồng for each team and month; shown without it.": "Số đồng mỗi tổ mỗi tháng; bỏ trống là xem.",
    "There is no support.": "Không có hỗ trợ.",
    "Put a plan in force.": "Đưa một phương án vào áp dụng.",
    "The reason, kept.": "Lý do, được lưu lại.",
    "Take a plan out of use; nothing of it is deleted.": "Thôi dùng một phương án; không xóa gì.",
    "Write a plan as gpkg, geojson, xlsx, csv or html.": "Ghi phương án thành gpkg, geojson, xlsx, csv hoặc html.",
    "The ending says the format.": "Đuôi tệp cho biết định dạng.",
    "Without people's data.": "Không có dữ liệu cá nhân.",
    "With people's data.": "Có đầy đủ dữ liệu cá nhân.",
}


def help_text(english: str, lang: str = Lang.VI) -> str:
    """Return what the command line says of a command or option, in `lang`."""
    return english if lang == Lang.EN else HELP.get(english, english)
