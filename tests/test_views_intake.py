"""The four steps of the intake, on a store of its own: what they show, ask and store, and how they fail."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import streamlit as st
from shapely.geometry import box
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import workflow

ROOT = Path(__file__).parent.parent
HOSTILE = "![b](http://127.0.0.1/x.png) <img src=x> :red[x]"
LIST = """Mã hộ,Họ và tên chủ hộ,CCCD,Vĩ độ,Kinh độ,Số nhân khẩu
h1,Lê Văn An,046099000001,16.405,107.505,4
h2,Trần Thị Bé,046099000002,16.405,107.515,bốn
h3,Phạm Có,046099000003,16.405,107.600,2
"""


@pytest.fixture
def app(monkeypatch, tmp_path):
    """The intake page on an empty store."""
    monkeypatch.setenv("DIABAN_DATABASE", str(tmp_path / "cơ sở.sqlite"))
    monkeypatch.delenv("DIABAN_LANG", raising=False)
    st.cache_data.clear()
    st.cache_resource.clear()
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    opened._page_hash = calc_hash("nhap")
    opened.run()
    yield opened
    st.cache_resource.clear()


@pytest.fixture
def store(app, tmp_path):
    """The store behind the page."""
    opened = workflow.open_store(str(tmp_path / "cơ sở.sqlite"))
    yield opened
    opened.close()


def hand_over(app, *files):
    """Drop files, given as paths or as (name, text)."""
    named = [
        (file.name, file.read_bytes(), "") if isinstance(file, Path) else (*file, "")
        for file in files
    ]
    content = [
        (name, text if isinstance(text, bytes) else text.encode(), kind)
        for name, text, kind in named
    ]
    app.file_uploader[0].set_value(content).run()
    assert not app.exception


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


def onward(app, steps=1):
    for _ in range(steps):
        next(one for one in app.button if one.key == "intake_next").click().run()
        assert not app.exception


def store_it(app):
    next(one for one in app.button if one.key == "intake_go").click().run()
    assert not app.exception


def told(app):
    """All that the page says outside its widgets."""
    kinds = (app.subheader, app.text, app.caption, app.info, app.error, app.success, app.markdown)
    texts = [element.value for kind in kinds for element in kind]
    said = "\n".join([*texts, *(f"{one.label} = {one.value}" for one in app.metric)])
    return said.replace("\\", "")


def choice(app, label):
    return next(one for one in app.selectbox if one.label == label)


def households(store):
    return store.load("households").set_index("household_id")


def test_nothing_is_stored_before_the_last_button(app, store):
    hand_over(app, ("hộ.csv", LIST))
    before = workflow.store_version(store)

    onward(app, 3)
    assert (workflow.store_version(store), len(store.load("households"))) == (before, 0)
    store_it(app)

    assert list(households(store).index) == ["h1", "h2", "h3"]
    assert "Đã nhập 1 tệp. Mã lượt nhập: I00001." in told(app)


def test_what_a_file_holds_is_guessed_and_said(app):
    hand_over(app, ("danh sách.csv", LIST))

    assert choice(app, "Tệp chứa gì").value == "households"
    assert "Đoán theo tiêu đề cột" in told(app)


def test_a_drawing_of_areas_is_taken_for_neighbourhoods_and_can_be_said_to_be_wards(
    app, ward, tmp_path
):
    areas = gpd.read_file(ward.neighbourhoods())[["geometry"]]
    file = tmp_path / "vẽ.geojson"
    areas.to_file(file, driver="GeoJSON")
    hand_over(app, file)
    assert choice(app, "Tệp chứa gì").value == "neighbourhoods"

    choice(app, "Tệp chứa gì").select("wards").run()
    onward(app)

    assert "Chưa biết cột nào chứa: ward_code" in told(app)


def test_columns_of_national_ids_are_never_shown(app):
    hand_over(app, ("hộ.csv", LIST))
    first_step = [frame.value for frame in app.dataframe]
    onward(app)

    shown = "".join(frame.to_csv() for frame in [*first_step, *(d.value for d in app.dataframe)])
    assert "046099" not in shown
    assert "định danh cá nhân đã bỏ, không lưu: CCCD" in told(app)


def test_what_is_wrong_is_told_with_row_column_and_value(app):
    hand_over(app, ("hộ.csv", LIST))

    onward(app, 2)

    text = told(app)
    assert "Đọc được = 3" in text
    assert "Thêm mới = 3" in text
    tables = [frame.value for frame in app.dataframe]
    one_by_one = next(table for table in tables if "Giá trị" in table.columns)
    assert ["3", "Số nhân khẩu", "bốn"] in one_by_one[
        ["Dòng", "Cột", "Giá trị"]
    ].to_numpy().tolist()


def test_a_column_can_be_chosen_anew(app, store):
    hand_over(app, ("hộ.csv", LIST.replace("Họ và tên chủ hộ", "Cột lạ")))
    onward(app)
    assert "Cột không dùng: Cột lạ" in told(app)

    choice(app, "Chủ hộ").select("Cột lạ").run()
    onward(app, 2)
    store_it(app)

    assert households(store).loc["h1", "head"] == "Lê Văn An"


def test_a_column_can_be_left_out(app, store):
    hand_over(app, ("hộ.csv", LIST))
    onward(app)

    choice(app, "Số nhân khẩu").select("").run()
    onward(app, 2)
    store_it(app)

    assert households(store)["residents"].isna().all()


def test_files_handed_over_together_see_each_other_in_the_rehearsal(app, store, ward):
    hand_over(app, ("hộ.csv", LIST), ward.neighbourhoods(), ward.ward())

    onward(app, 2)

    problems = next(d.value for d in app.dataframe if "Nên làm gì" in d.value.columns)
    assert "nằm ngoài mọi tổ dân phố" in list(problems["Điều cần xem lại"])
    onward(app)
    store_it(app)
    assert households(store)["neighbourhood_id"].fillna("").to_list() == ["A", "B", ""]


def test_a_second_click_finds_the_import_done(app, store):
    hand_over(app, ("hộ.csv", LIST))
    onward(app, 3)
    store_it(app)

    app.session_state["intake"].wanted = True
    app.run()

    assert list(workflow.imports(store)["import_id"]) == ["I00001"]


def test_an_import_that_was_interrupted_takes_up_where_it_stopped(app, store, ward, monkeypatch):
    whole, times = workflow.import_file, []

    def interrupted(*args, **options):
        times.append(args)
        if len(times) == 2:
            raise KeyboardInterrupt
        return whole(*args, **options)

    hand_over(app, ("hộ.csv", LIST), ward.neighbourhoods())
    onward(app, 3)
    intake = app.session_state["intake"]
    intake.wanted = True
    with monkeypatch.context() as patched:
        patched.setattr(workflow, "import_file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            from views import intake_done, session

            patched.setattr(session, "store", lambda: store)
            intake_done._store(intake, "vi")
    app.run()

    assert sorted(workflow.imports(store)["kind"]) == ["households", "neighbourhoods"]


def test_going_back_keeps_what_was_said(app):
    hand_over(app, ("hộ.csv", LIST))
    choice(app, "Tệp chứa gì").select("members").run()
    onward(app)

    press(app, "Quay lại")

    assert choice(app, "Tệp chứa gì").value == "members"


@pytest.mark.parametrize("typed", ["123", "1234x", "Không Đâu"])
def test_an_odd_ward_is_pointed_out_before_anything_is_tried(app, typed):
    app.session_state["intake"].ward = typed

    hand_over(app, ("hộ.csv", LIST))

    assert "đúng 5 chữ số" in told(app)
    assert next(one for one in app.button if one.key == "intake_next").disabled


def test_an_old_name_of_a_ward_is_understood(app):
    app.session_state["intake"].ward = "xã Thủy Thanh"

    hand_over(app, ("hộ.csv", LIST))

    assert "Hiểu là Phường Thanh Thủy (mã 19969)." in told(app)


def test_a_file_that_cannot_be_read_says_so_and_can_be_left_out(app):
    hand_over(app, ("hộ.csv", LIST), ("hỏng.xlsx", "PK\x03\x04 nothing"))
    assert "hỏng.xlsx" in told(app)
    assert next(one for one in app.button if one.key == "intake_next").disabled

    [one for one in app.button if one.label == "Bỏ tệp này"][1].click().run()

    assert not next(one for one in app.button if one.key == "intake_next").disabled


def test_letters_of_old_fonts_are_converted_before_the_eyes(app):
    text = "Mã hộ,Họ và tên chủ hộ\nh1,NguyÔn V¨n T©m\n"
    hand_over(app, ("hộ.csv", text))
    assert app.dataframe[0].value.iloc[0, 1] == "NguyÔn V¨n T©m"

    app.radio[0].set_value("tcvn3").run()

    assert not app.exception
    assert app.dataframe[0].value.iloc[0, 1] == "Nguyễn Văn Tâm"


def test_the_parts_of_a_shapefile_go_together(app, store, ward, tmp_path):
    folder = tmp_path / "shp"
    folder.mkdir()
    areas = gpd.read_file(ward.neighbourhoods())[["name", "geometry"]]
    areas.to_file(folder / "TDP.shp", encoding="utf-8")

    hand_over(app, *sorted(folder.iterdir()))
    onward(app, 3)
    store_it(app)

    assert len(workflow.areas(store)) == 2


def test_a_drawing_without_a_system_is_asked_about(app, store, ward, tmp_path):
    folder = tmp_path / "shp"
    folder.mkdir()
    areas = gpd.read_file(ward.neighbourhoods())[["name", "geometry"]]
    areas.to_file(folder / "TDP.shp", encoding="utf-8")
    hand_over(app, *(part for part in sorted(folder.iterdir()) if part.suffix != ".prj"))
    onward(app)
    assert "không ghi hệ tọa độ: hãy chọn" in told(app)

    asked = next(one for one in app.selectbox if one.label.startswith("Tệp dùng hệ tọa độ nào"))
    asked.select("EPSG:4326").run()
    onward(app, 2)
    store_it(app)

    assert len(workflow.areas(store)) == 2


def test_a_wide_overlap_is_cut_on_the_persons_word_only(app, store, tmp_path):
    areas = gpd.GeoDataFrame(
        {"name": ["Tổ 1", "Tổ 2"]},
        geometry=[box(107.50, 16.40, 107.511, 16.41), box(107.51, 16.40, 107.52, 16.41)],
        crs=4326,
    )
    areas.to_file(tmp_path / "tổ.geojson", driver="GeoJSON")
    app.session_state["intake"].ward = "19969"
    hand_over(app, tmp_path / "tổ.geojson")
    onward(app)
    assert "đang chồng lấn" in "\n".join(one.value for one in app.warning)

    next(one for one in app.checkbox if one.label.startswith("Tôi quyết định")).check().run()
    onward(app, 2)
    store_it(app)

    first, second = workflow.areas(store).geometry
    assert first.intersection(second).area == pytest.approx(0, abs=1e-12)
    assert first.union(second).area == pytest.approx(areas.union_all().area, rel=1e-6)


def test_an_import_is_taken_back_from_its_own_page(app, store):
    hand_over(app, ("hộ.csv", LIST))
    onward(app, 3)
    store_it(app)

    next(one for one in app.button if one.key == "ask_undo_I00001").click().run()
    assert len(store.load("households")) == 3
    next(one for one in app.button if one.key == "undo_sure").click().run()

    assert not app.exception
    assert len(store.load("households")) == 0
    assert "Đã hoàn tác lượt nhập I00001" in told(app)
    assert app.file_uploader


def test_rows_set_aside_come_back_mended(app, store):
    visits = "Mã hộ,Ngày thăm,Kết quả\nh1,2026-11-01,gặp\nh1,không rõ,gặp\n"
    hand_over(app, ("thăm.csv", visits))
    choice(app, "Tệp chứa gì").select("visits").run()
    onward(app, 2)

    assert "Để riêng = 1" in told(app)
    assert [one.label for one in app.download_button] == ["Tải các dòng để riêng (XLSX)"]


def test_names_from_files_are_never_read_as_markdown(app):
    hand_over(app, (f"{HOSTILE[:20]}.csv", LIST.replace("Cột", HOSTILE).replace("CCCD", "![b](x)")))

    onward(app)

    assert not any("![b]" in one.value for one in (*app.markdown, *app.caption))


def test_the_steps_speak_english_too(app):
    app.session_state["lang"] = "en"
    hand_over(app, ("hộ.csv", LIST))

    onward(app, 3)
    store_it(app)

    assert "1 files are imported" in told(app)


def test_rows_as_stored_stand_under_the_headings_people_know():
    from views.intake_parts import as_stored

    rows = gpd.GeoDataFrame(
        {"household_id": ["h1"], "location_source": ["estimated"], "phone": [None], "row": [2]},
        geometry=gpd.points_from_xy([107.5], [16.4]),
        crs=4326,
    )

    shown = as_stored(rows, "vi")

    assert shown.to_dict("records") == [
        {"Dòng": "2", "Mã hộ": "h1", "Nguồn vị trí": "ước lượng", "Vĩ độ": 16.4, "Kinh độ": 107.5}
    ]


def test_the_usual_frame_may_lack_geometry():
    from views.intake_parts import as_stored

    goals = pd.DataFrame({"goal_id": ["g1"], "name": ["Định danh"]})

    assert as_stored(goals, "vi").shape == (1, 2)
