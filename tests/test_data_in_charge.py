"""What a list of households says beside households: who is in charge, who was helped, and what nobody asked for."""

import pytest

import words
import workflow
from data.columns import match_columns
from geo.folding import fold
from geo.terms import Kind

# The headings of wards' lists, field by field; a member in charge and statuses below.
LISTS = {
    "household_id": ("Mã hộ", "Mã HGĐ", "Mã hộ dân"),
    "head": ("Họ và tên chủ hộ", "Tên chủ hộ", "Chủ hộ", "Họ tên"),
    "house_number": ("Số nhà", "SN"),
    "street": ("Đường", "Phố"),
    "alley": ("Kiệt", "Hẻm", "Ngõ", "Ngách"),
    "neighbourhood_given": (
        *("TDP", "Tổ dân phố", "Tổ", "Thôn", "Xóm", "Ấp", "Khu phố", "KP", "Bản", "Buôn"),
    ),
    "residents": ("Số nhân khẩu", "Nhân khẩu", "Số khẩu", "NK"),
    "phone": ("SĐT", "ĐT", "Điện thoại", "SĐT/Zalo"),
    "traits": ("Loại hộ", "Diện hộ"),
    "poor": ("Hộ nghèo", "HN"),
    "near_poor": ("Hộ cận nghèo", "HCN"),
    "lon": ("Kinh độ", "Long", "Lng", "Lon"),
    "lat": ("Vĩ độ", "Lat"),
    "address_raw": ("Mã địa chỉ số", "Địa chỉ số", "MĐC", "Vpostcode", "Plus code"),
    "in_charge_given": ("Người phụ trách", "Cán bộ phụ trách", "Thành viên phụ trách"),
}
DROPPED = ("CCCD", "Số ĐDCN", "CMND")
UNUSED = ("Dân tộc", "Ngày sinh", "Hộ chính sách", "Đã hướng dẫn", "Tình trạng")


@pytest.fixture
def store(tmp_path):
    """A store in a file, as rows set aside are saved beside it."""
    opened = workflow.open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("field", "heading"), [(field, name) for field, names in LISTS.items() for name in names]
)
@pytest.mark.parametrize("written", [str, str.upper, fold])
def test_every_heading_of_wards_lists_fills_its_field(field, heading, written):
    columns = match_columns((written(heading),), Kind.HOUSEHOLDS, {})

    assert columns.positions == {field: 0}


@pytest.mark.parametrize("heading", DROPPED)
def test_national_ids_are_dropped(heading):
    assert match_columns((heading,), Kind.HOUSEHOLDS, {}).national_ids == (heading,)


@pytest.mark.parametrize("heading", UNUSED)
def test_what_nobody_asked_for_is_left_alone_and_said(heading):
    assert match_columns((heading, "Mã hộ"), Kind.HOUSEHOLDS, {}).unused == (heading,)


def households(folder, *rows, name="Danh sách.csv", head="Mã hộ,Người phụ trách"):
    (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder / name


def members(ward, *names):
    return ward.table("members.csv", member_id=[f"m{i}" for i in range(len(names))], name=names)


def take(store, path, kind=Kind.HOUSEHOLDS):
    return workflow.import_file(
        store, path, kind=kind, options=workflow.ImportOptions(ward="00004")
    )


def in_charge(store):
    rows = store.load("assignments")
    return rows.set_index("household_id")["member_id"].fillna("").to_dict()


def test_who_is_in_charge_becomes_a_draft_plan_named_after_the_list(store, ward):
    take(store, members(ward, "Lê Văn An", "Trần Thị Bé"), Kind.MEMBERS)

    report = take(store, households(ward.folder, "h1,LE VAN AN", "h2,m1", "h3,", "h4,Võ Ai Đó"))

    (plan,) = workflow.plans(store).to_dict("records")
    assert (plan["name"], plan["status"]) == ("Danh sách", "draft")
    assert in_charge(store) == {"h1": "m0", "h2": "m1", "h4": ""}
    told = report.problems[report.problems["check"] == "in_charge_kept"]
    assert told["value"].tolist() == ["Danh sách"]


def test_members_may_come_later_and_leave_again(store, ward):
    take(store, households(ward.folder, "h1,Lê Văn An"))
    assert in_charge(store) == {"h1": ""}

    came = take(store, members(ward, "Lê Văn An"), Kind.MEMBERS)
    assert in_charge(store) == {"h1": "m0"}

    workflow.undo(store, came.import_id)
    assert in_charge(store) == {"h1": ""}


def test_a_name_that_two_members_bear_names_nobody(store, ward):
    take(store, members(ward, "Lê Văn An", "Lê Văn An"), Kind.MEMBERS)

    take(store, households(ward.folder, "h1,Lê Văn An"))

    assert in_charge(store) == {"h1": ""}


def test_list_and_plan_are_taken_back_together(store, ward):
    report = take(store, households(ward.folder, "h1,Lê Văn An"))

    workflow.undo(store, report.import_id)

    assert workflow.plans(store).empty
    assert store.load("assignments").empty
    assert store.load("households").empty


def test_the_same_people_in_an_updated_list_make_no_other_plan(store, ward):
    take(store, households(ward.folder, "h1,Lê Văn An,", head="Mã hộ,Người phụ trách,Chủ hộ"))

    again = take(
        store,
        households(ward.folder, "h1,Lê Văn An,Đỗ Thị Em", head="Mã hộ,Người phụ trách,Chủ hộ"),
    )

    assert again.changed == 1
    assert len(workflow.plans(store)) == 1
    assert "in_charge_known" in set(again.problems["check"])


def test_a_tick_without_a_day_makes_no_visit_and_is_said(store, folder):
    report = take(store, households(folder, "h1,x", "h2,", "h3,x", head="Mã hộ,Đã hướng dẫn"))

    (told,) = report.problems[report.problems["check"] == "status_not_taken"].to_dict("records")
    assert (told["column"], told["value"]) == ("Đã hướng dẫn", "2")
    assert store.load("visits").empty
    assert report.unused == ("Đã hướng dẫn",)


@pytest.mark.parametrize("check", ["in_charge_kept", "in_charge_known", "status_not_taken"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_has_a_sentence(check, lang):
    assert len(words.problem(check, lang)) > 20
