"""The made-up ward as typed and as files: what is wrong in it on purpose, and how it looks."""

import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from data.records import MADE_UP_MARKER
from data.samples.defects import SHARES, VN2000_CRS, Defect
from data.samples.files import write_ward
from geo.crs import UTM_48N
from geo.terms import MADE_UP_WARD, Kind
from tests.sample_wards import a_typed_ward, a_ward

# --- the list as typed ---


def test_defects_have_their_shares_and_no_row_has_two():
    defects = a_typed_ward().defects
    counts = defects["defect"].value_counts()

    assert defects["household_id"].is_unique
    assert counts.to_dict() == {defect: round(2_000 * SHARES[defect]) for defect in Defect}


def test_the_truth_is_kept_beside_the_list():
    typed = a_typed_ward()

    assert typed.ward is a_ward(2_000)
    assert len(typed.typed) == 2_000 + round(2_000 * SHARES[Defect.DUPLICATE])
    assert list(typed.typed["household_id"][:2_000]) == list(typed.ward.households["household_id"])
    assert typed.ward.households.geometry.notna().all()


def rows_with(defect):
    typed = a_typed_ward()
    ids = typed.defects.loc[typed.defects["defect"] == defect, "household_id"]
    rows = typed.typed[typed.typed["household_id"].isin(ids)]
    truth = typed.ward.households.set_index("household_id").to_crs(UTM_48N)
    return rows.set_index("household_id"), truth.geometry


def metres_off(lon, lat, truth, crs="EPSG:4326"):
    points = gpd.GeoSeries.from_xy(lon, lat, crs=crs).to_crs(UTM_48N)
    return shapely.distance(points.to_numpy(), truth.to_numpy())


def test_rows_without_a_defect_are_five_to_ten_metres_off():
    typed = a_typed_ward()
    clean = typed.typed[~typed.typed["household_id"].isin(typed.defects["household_id"])]
    truth = typed.ward.households.set_index("household_id").to_crs(UTM_48N).geometry

    off = metres_off(clean["lon"], clean["lat"], truth[clean["household_id"]])

    assert len(clean) == 2_000 - round(2_000 * (0.155 - 0.02))
    assert off.min() > 4.9 and off.max() < 10.1


def test_swapped_rows_have_latitude_and_longitude_the_wrong_way_round():
    rows, truth = rows_with(Defect.SWAPPED)

    assert metres_off(rows["lat"], rows["lon"], truth[rows.index]).max() < 10.1


def test_rows_without_coordinates_have_none_at_all():
    rows, _ = rows_with(Defect.NO_COORDINATES)

    assert rows[["lat", "lon", "x_m", "y_m"]].isna().all(axis=None)


def test_vn2000_rows_hold_northing_and_easting_in_either_pair_of_columns():
    rows, truth = rows_with(Defect.VN2000)
    apart = rows["x_m"].notna()
    north = rows["x_m"].fillna(rows["lat"])
    east = rows["y_m"].fillna(rows["lon"])

    assert 0 < apart.sum() < len(rows)
    assert rows.loc[apart, ["lat", "lon"]].isna().all(axis=None)
    assert (north > 1_800_000).all() and east.between(590_000, 610_000).all()
    assert metres_off(east, north, truth[rows.index], crs=VN2000_CRS).max() < 10.2


def test_rows_outside_lie_outside_the_ward_but_in_vietnam():
    rows, _ = rows_with(Defect.OUTSIDE)
    ward = a_ward(2_000).wards.geometry.iloc[0]

    assert not shapely.contains_xy(ward, rows["lon"], rows["lat"]).any()
    assert rows["lon"].between(107.8, 108.1).all() and rows["lat"].between(16.5, 16.8).all()


def test_stacked_rows_share_one_point_in_their_neighbourhood():
    rows, _ = rows_with(Defect.STACKED)
    tiles = a_ward(2_000).neighbourhoods.set_index("neighbourhood_id").geometry
    stacks = rows.groupby("neighbourhood_id")[["lat", "lon"]].nunique()

    assert (stacks == 1).all(axis=None)
    assert rows.groupby("neighbourhood_id").size().max() > 5
    own = tiles[rows["neighbourhood_id"]].to_numpy()
    assert shapely.contains_xy(own, rows["lon"], rows["lat"]).all()


def test_repeated_households_stand_again_under_another_id():
    typed = a_typed_ward()
    rows, truth = rows_with(Defect.DUPLICATE)
    same_as = typed.defects.set_index("household_id")["same_as"][rows.index]
    first = typed.typed.set_index("household_id").loc[same_as]

    assert not set(same_as) & set(typed.defects["household_id"])
    assert (rows["street"].to_numpy() == first["street"].to_numpy()).all()
    assert 0.1 < (rows["head"].to_numpy() == first["head"].to_numpy()).mean() < 0.9
    assert metres_off(rows["lon"], rows["lat"], truth[same_as]).max() < 10.1


# --- files ---


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("Dữ liệu mẫu")
    return {path.name: path for path in write_ward(a_ward(), folder)}


def cells(path):
    sheet = openpyxl.load_workbook(path).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_one_file_a_kind_named_after_it_and_a_text(files):
    stems = {name.rsplit(".", 1)[0] for name in files}

    assert stems == {*Kind, MADE_UP_MARKER.removesuffix(".txt")}
    text = files[MADE_UP_MARKER].read_text(encoding="utf-8")
    assert "DỮ LIỆU MẪU" in text and "MADE-UP DATA" in text


def test_workbooks_have_vietnamese_headings_in_their_first_row(files):
    headings = {name: cells(path)[0] for name, path in files.items() if name.endswith(".xlsx")}

    assert headings["households.xlsx"] == [
        *("Mã hộ", "Họ và tên chủ hộ", "Số nhà", "Đường", "Kiệt/Hẻm", "Tổ dân phố"),
        *("Số nhân khẩu", "Điện thoại", "Loại hộ", "Vĩ độ", "Kinh độ", "Mã địa chỉ số"),
        "Mã phường",
    ]
    assert headings["teams.xlsx"] == [
        *("Mã tổ", "Tên tổ", "Tổ dân phố", "Ngày thành lập", "Quyết định", "Ngày tập huấn"),
        "Mã phường",
    ]
    assert headings["members.xlsx"] == [
        *("Mã tổ viên", "Mã tổ", "Họ và tên", "Điện thoại", "Vai trò", "Phút mỗi tuần"),
        *("Tải tối đa (phút)", "Kỹ năng", "Đi bộ tối đa (m)", "Ngày bắt đầu", "Ngày kết thúc"),
        *("Vĩ độ", "Kinh độ", "Mã phường"),
    ]
    assert headings["figures.xlsx"] == [
        *("Địa bàn", "Chỉ tiêu", "Số liệu", "Trên tổng số", "Tính đến ngày", "Nguồn"),
        "Mã phường",
    ]
    assert headings["goals.xlsx"] == [
        *("Mã chỉ tiêu", "Tên chỉ tiêu", "Đối tượng", "Hiệu lực (ngày)"),
    ]


def test_lists_begin_with_a_byte_order_mark_and_their_headings(files):
    visits = files["visits.csv"].read_bytes()
    assignments = files["assignments.csv"].read_bytes()

    assert visits.startswith(b"\xef\xbb\xbf") and assignments.startswith(b"\xef\xbb\xbf")
    assert visits.decode("utf-8-sig").splitlines()[0] == (
        "Mã lượt thăm,Mã hộ,Mã tổ viên,Mã chỉ tiêu,Ngày thăm,Kết quả,Ghi chú,Mã phường"
    )
    assert assignments.decode("utf-8-sig").splitlines()[0] == "household_id,member_id"


def test_the_table_of_codes_says_where_their_households_are(files):
    table = pd.read_csv(files["addresses.csv"])
    homes = a_ward().households.set_index("address_raw").loc[table["Mã địa chỉ số"]]

    assert len(table) == 20
    truth = homes.geometry.to_crs(UTM_48N)
    assert metres_off(table["Kinh độ"], table["Vĩ độ"], truth).max() < 0.1


def test_reported_figures_agree_with_the_lists_but_for_one_source(files):
    heading, *rows = cells(files["figures.xlsx"])
    reported = pd.DataFrame(rows, columns=heading)
    homes = a_ward().households

    told = reported[reported["Chỉ tiêu"] == "Số hộ"].set_index(["Địa bàn", "Nguồn"])["Số liệu"]
    assert told["Phường Mẫu An"].tolist() == [len(homes)]
    assert sorted(told.groupby("Địa bàn").agg(lambda said: said.max() - said.min()))[-2:] == [0, 3]
    share = reported.dropna(subset="Trên tổng số").iloc[0]
    poor = homes["traits"].fillna("").str.split(",").map(lambda has: "poor" in has).sum()
    assert 0 < share["Số liệu"] <= share["Trên tổng số"] == poor


def test_every_file_of_the_ward_says_so(files):
    for kind in (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.STREETS, Kind.BARRIERS):
        shapes = gpd.read_file(files[f"{kind}.gpkg"])
        assert set(shapes["ward_code"]) == {MADE_UP_WARD} and shapes.crs == "EPSG:4326"
    for kind in (Kind.HOUSEHOLDS, Kind.TEAMS, Kind.MEMBERS):
        assert {row[-1] for row in cells(files[f"{kind}.xlsx"])[1:]} == {MADE_UP_WARD}
    visits = pd.read_csv(files["visits.csv"], dtype=str)
    assert set(visits["Mã phường"]) == {MADE_UP_WARD}


def test_cells_are_as_people_type_them(files):
    heading, *rows = cells(files["households.xlsx"])
    households = pd.DataFrame(rows, columns=heading)
    visits = pd.read_csv(files["visits.csv"], dtype=str)

    assert households["Điện thoại"].dropna().str.fullmatch(r"0\d{9}").all()
    assert households["Số nhân khẩu"].map(type).eq(int).all()
    assert households["Vĩ độ"].between(16.6, 16.7).all()
    words = households["Loại hộ"].dropna().str.split(", ").explode()
    assert {"Hộ nghèo", "Hộ cận nghèo", "Người cao tuổi", "Hộ kinh doanh"} <= set(words)
    assert set(visits["Kết quả"]) == {"gặp", "vắng", "từ chối", "không tìm thấy"}
    assert visits["Ngày thăm"].str.endswith("+07:00").all()


def test_columns_for_vn2000_appear_only_where_somebody_typed_metres(tmp_path):
    write_ward(a_typed_ward(), tmp_path)
    heading, *rows = cells(tmp_path / "households.xlsx")

    assert heading[9:13] == ["Vĩ độ", "Kinh độ", "X (m)", "Y (m)"]
    assert len(rows) == len(a_typed_ward().typed)


def test_no_file_says_when_it_was_written(files):
    with zipfile.ZipFile(files["households.xlsx"]) as book:
        times = {part.date_time for part in book.infolist()}
        properties = book.read("docProps/core.xml").decode()

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert properties.count("1980-01-01T00:00:00Z") == 2
    assert b"1980-01-01T00:00:00.000Z" in files["streets.gpkg"].read_bytes()


def test_writing_leaves_the_settings_of_gdal_alone(tmp_path):
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

    write_ward(a_ward(50), tmp_path)

    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None
