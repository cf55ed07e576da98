"""The page Sửa on a small ward in a real store: forms with the present values, faults beside fields, and undo."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import workflow
from geo.terms import Kind
from tests.by_hand import STORE, a_store

ROOT = Path(__file__).parent.parent
WHY = "Chị Hoa báo"
HOSTILE = ["<img src=x onerror=alert(1)>", '=HYPERLINK("http://127.0.0.1","x")']


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The store that the page changes."""
    monkeypatch.setenv("DIABAN_DATABASE", str(tmp_path / STORE))
    st.cache_data.clear()
    st.cache_resource.clear()
    opened = a_store(tmp_path)
    yield opened
    opened.close()
    st.cache_resource.clear()


def page(subject="members", doing=None):
    """The page, with one thing to change and what to do with it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app._page_hash = calc_hash("sua")
    app.session_state["editing_subject_vi"] = subject
    if doing is not None:
        app.session_state[f"editing_doing_{subject}_vi"] = doing
    app.run()
    assert not app.exception, app.exception
    return app


def labelled(widgets, label):
    return next(one for one in widgets if one.label == label)


def chosen(app, label):
    """The page with the row chosen whose label begins so."""
    select = labelled(app.selectbox, "Chọn")
    select.select(next(one for one in select.options if one.startswith(label)))
    return app.run()


def saved(app, label="Lưu", why=WHY):
    if why is not None:
        labelled(app.text_input, "Lý do").set_value(why)
    labelled(app.button, label).click()
    app.run()
    assert not app.exception, app.exception
    return app


def texts(app):
    kinds = (app.success, app.error, app.warning, app.info, app.text, app.caption)
    return "\n".join(one.value for kind in kinds for one in kind).replace("\\", "")


def test_a_member_is_found_without_diacritics_corrected_and_put_back(store):
    app = page()
    labelled(app.text_input, "Tìm (gõ tên, địa chỉ hoặc mã; không cần dấu)").set_value("le van")
    app.run()
    assert labelled(app.text_input, "Tên").value == "Lê Văn An"

    labelled(app.text_input, "Điện thoại").set_value("0905 000 001")
    app = saved(app)
    after = store.load(Kind.MEMBERS)["phone"].tolist()
    labelled(app.button, "Hoàn tác").click()
    app.run()

    assert after[0] == "0905 000 001"
    assert store.load(Kind.MEMBERS)["phone"].isna().all()
    assert "Đã hoàn tác" in texts(app)


def test_what_is_wrong_stands_below_its_field_and_what_was_typed_stays(store):
    app = page("goals", "add")
    labelled(app.number_input, "Hiệu lực (ngày)").set_value(30)

    app = saved(app)

    assert "thiếu Tên" in texts(app)
    assert "Còn 1 ô cần xem lại" in texts(app)
    assert labelled(app.number_input, "Hiệu lực (ngày)").value == 30
    assert len(store.load(Kind.GOALS)) == 1


def test_without_a_reason_nothing_is_saved(store):
    app = page("goals", "add")
    labelled(app.text_input, "Tên").set_value("DVC trực tuyến")

    app = saved(app, why=None)

    assert "Ghi lý do trước khi lưu." in texts(app)
    assert len(store.load(Kind.GOALS)) == 1


def test_a_member_ends_and_comes_back(store):
    app = chosen(page("members", "end"), "Phan Bình")
    app = saved(app, "Cho kết thúc")
    ended = store.load(Kind.MEMBERS).set_index("member_id")["active_to"]
    app = saved(app, "Cho hoạt động lại")

    assert ended.notna().tolist() == [False, True]
    assert store.load(Kind.MEMBERS)["active_to"].isna().all()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_and_shown_as_text(store, text):
    app = page("teams", "add")
    labelled(app.text_input, "Tên").set_value(text)
    app = saved(app)
    again = page("teams", "correct")
    history = page("history")

    assert text in store.load(Kind.TEAMS)["name"].tolist()
    assert any(text in one for one in labelled(again.selectbox, "Chọn").options)
    assert text in str(history.dataframe[0].value.to_dict())
    assert not [one for one in history.markdown if one.allow_html and "<img" in one.value]


def test_a_visit_is_recorded_for_a_household(store):
    app = chosen(page("visits"), "Võ Chi")
    labelled(app.text_input, "Ghi chú").set_value("Hẹn chủ nhật")

    app = saved(app, "Ghi lượt thăm", why=None)

    new = store.load(Kind.VISITS).set_index("household_id").loc["h2"]
    assert (new["outcome"], new["goal_id"], new["note"]) == ("met", "g", "Hẹn chủ nhật")


def test_a_household_is_moved_by_typed_coordinates(store):
    app = chosen(page("households", "move"), "Lê Thị Ổn")
    labelled(app.text_input, "Tọa độ hoặc địa chỉ số").set_value("16.40500, 107.51500")

    app = saved(app, "Lưu vị trí mới")

    moved = store.load(Kind.HOUSEHOLDS).set_index("household_id").loc["h1"]
    assert (moved["location_source"], moved["neighbourhood_id"]) == ("measured", "B")


def test_a_household_that_a_list_lacks_is_decided_about(store):
    app = page("households", "vanished")
    assert "1 hộ có trong kho" in texts(app)

    app = saved(app, "Hộ không còn ở đây")

    assert store.load(Kind.HOUSEHOLDS).set_index("household_id")["gone_on"].notna()["h4"]
    assert "Không có hộ nào chờ quyết định" in texts(app)


def test_a_neighbourhood_is_looked_at_split_and_put_back(store):
    app = page("neighbourhoods")
    labelled(app.selectbox, "Tổ dân phố, thôn").select("Tổ 1")
    app.run()
    labelled(app.text_area, "Các điểm, mỗi dòng một điểm").set_value(
        "16.40400, 107.50500\n16.40600, 107.50500"
    )
    app.run()
    labelled(app.button, "Xem trước").click()
    app.run()
    parts = app.dataframe[0].value
    app = saved(app)

    assert parts["Tên"].tolist() == ["Tổ 1 A", "Tổ 1 B"]
    assert sorted(store.load(Kind.NEIGHBOURHOODS)["valid_to"].notna()) == [False] * 3 + [True]
    labelled(app.button, "Hoàn tác").click()
    app.run()
    assert sorted(store.load(Kind.NEIGHBOURHOODS)["neighbourhood_id"]) == ["A", "B"]


def test_neighbourhoods_are_merged(store):
    app = page("neighbourhoods")
    labelled(app.segmented_control, "Việc cần làm").set_value("merge").run()
    app.multiselect[0].set_value(["A", "B"]).run()
    labelled(app.text_input, "Tên mới").set_value("Tổ chung")

    app = saved(app)

    zones = store.load(Kind.NEIGHBOURHOODS)
    assert zones.loc[zones["valid_to"].isna(), "name"].tolist() == ["Tổ chung"]


def test_the_history_tells_who_and_why_and_takes_back(store):
    app = page("goals", "add")
    labelled(app.text_input, "Tên").set_value("DVC")
    saved(app)
    app = page("history")
    told = app.dataframe[0].value.iloc[0]
    labelled(app.button, "Hoàn tác").click()
    app.run()
    next(one for one in app.button if one.key == "editing_undo_sure").click()
    app.run()

    assert (told["Việc"], told["Dòng"], told["Lý do"]) == ("thêm", "DVC", WHY)
    assert store.load(Kind.GOALS)["name"].tolist() == ["VNeID"]


def test_support_money_is_kept(store):
    app = page("teams", "support")
    labelled(app.number_input, "Đồng mỗi tổ mỗi tháng").set_value(500_000)

    app = saved(app, why=None)

    assert labelled(app.number_input, "Đồng mỗi tổ mỗi tháng").value == 500_000
    assert workflow.support(store) == 500_000
