"""Minutes: the layout of offices, the decision and its reason, the figures, and blanks to write in."""

import pytest
from docx import Document

import workflow
from tests.report_ward import DAY, HOSTILE, PEOPLE, WARD, a_ward, place_name
from tests.test_exports_slides import people, xml
from words import number, percent

pytestmark = pytest.mark.slow
WHY = "Tổ 2 thiếu người & <b>"


@pytest.fixture(scope="module")
def minutes(tmp_path_factory):
    """The ward's store, its plan in force, and minutes of it, full and public."""
    folder = tmp_path_factory.mktemp("minutes")
    store, _, plan = a_ward(folder)
    workflow.approve_plan(store, plan, why=WHY)
    workflow.export_plan(store, plan, folder / "full.docx", on=DAY)
    workflow.export_plan(store, plan, folder / "public.docx", public=True, on=DAY)
    yield store, plan, folder
    store.close()


def texts(path):
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def tables(path):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(path)).tables
    ]


def test_minutes_begin_as_official_letters_do(minutes):
    _, _, folder = minutes

    head = tables(folder / "full.docx")[0]

    assert head[0][0].startswith("ỦY BAN NHÂN DÂN\n")
    assert head[0][1].startswith(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    )
    assert head[0][1].endswith("ngày ..... tháng ..... năm ........")
    assert texts(folder / "full.docx")[1] == "BIÊN BẢN"


def test_there_is_room_for_place_people_and_what_was_said(minutes):
    _, _, folder = minutes

    told = texts(folder / "full.docx")

    for begins in ("Địa điểm: ...", "Chủ trì: ...", "Thư ký: ...", "Thời gian bắt đầu: ..."):
        assert [one for one in told if one.startswith(begins)]
    assert {"I. THÀNH PHẦN THAM DỰ", "III. Ý KIẾN THẢO LUẬN", "IV. QUYẾT ĐỊNH VÀ LÝ DO"} <= set(
        told
    )
    assert tables(folder / "full.docx")[-1][0][1].startswith("CHỦ TRÌ")


def test_the_decision_stands_there_with_its_reason(minutes):
    _, _, folder = minutes

    [decided] = [one for one in texts(folder / "full.docx") if "đưa phương án" in one]

    assert "“Phương án mới”" in decided
    assert f"Lý do: {WHY}" in decided


def test_the_figures_are_those_of_the_pages(minutes):
    store, plan, folder = minutes

    total = workflow.coverage(store, area=WARD, on=DAY).total
    shared = workflow.plan_document(store, plan)["total"]
    figures = dict(map(tuple, tables(folder / "full.docx")[1][1:]))

    assert figures == {
        "Số hộ": number(total["households"]),
        "Hộ đã tiếp cận": number(total["reached"]),
        "Hộ chưa tiếp cận": number(total["unreached"]),
        "Độ phủ": percent(total["share_reached"]),
        "Hộ đã phân công": number(shared["assigned"]),
        "Số tổ viên": number(shared["members"]),
        "Khối lượng trung bình (phút)": number(shared["load_min"]["mean"]),
        "Đi bộ trung bình mỗi hộ (m)": number(shared["walk_m"]["mean"]),
    }


def test_full_minutes_say_who_has_what(minutes):
    _, _, folder = minutes

    rows = [row for table in tables(folder / "full.docx") for row in table]

    assert [row for row in rows if row[:3] == [PEOPLE["m0"], HOSTILE, "6"]]


def test_public_minutes_name_nobody_and_tell_nothing_of_a_few(minutes):
    store, _, folder = minutes

    held, rows = xml(folder / "public.docx"), tables(folder / "public.docx")

    assert not [one for one in people(store) if one in held]
    assert WHY not in held
    assert [place_name(1), "–", "–", "–", "–"] in [row for table in rows for row in table]


def test_headings_of_tables_are_repeated_and_rows_stay_whole(minutes):
    _, _, folder = minutes

    table = Document(str(folder / "full.docx")).tables[2]

    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)


def test_the_file_says_what_it_is_and_that_it_is_internal(minutes):
    _, _, folder = minutes

    document = Document(str(folder / "full.docx"))
    foot = document.sections[0].footer.paragraphs[0].text

    assert document.core_properties.title == "Phương án mới"
    assert document.core_properties.author == "Địa bàn"
    assert foot.startswith("Ngày 21/11/2026 · Địa bàn, từ số liệu của phường · bản nội bộ")
