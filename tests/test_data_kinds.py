"""What a file holds, guessed from its name, its shapes and its headings."""

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box

import workflow

AREA = box(107.50, 16.40, 107.51, 16.41)
LINE = LineString([(107.50, 16.40), (107.51, 16.41)])
SPOT = Point(107.50, 16.40)


def guessed(folder, shape, **columns):
    path = folder / "bản vẽ.geojson"
    gpd.GeoDataFrame(columns, geometry=[shape], crs=4326).to_file(path, driver="GeoJSON")
    return workflow.look(path).kind


@pytest.mark.parametrize(
    ("shape", "columns", "kind"),
    [
        (AREA, {"name": ["Tổ 1"]}, "neighbourhoods"),
        (AREA, {"ma_xa": ["19969"], "ten_xa": ["Phường Thanh Thủy"]}, "wards"),
        (AREA, {"ma_xa": ["19969"], "Thôn": ["Lang Xá Cồn"]}, "neighbourhoods"),
        (LINE, {"name": ["Lê Lai"]}, "streets"),
        (SPOT, {"Chủ hộ": ["Lê Văn An"]}, "households"),
        (SPOT, {"Tổ viên": ["Lê Văn An"], "Vai trò": ["Tổ phó"]}, "members"),
    ],
)
def test_shapes_say_what_a_drawing_may_be_and_headings_decide(folder, shape, columns, kind):
    assert guessed(folder, shape, **columns) == kind


def test_the_name_of_a_file_goes_first(ward):
    assert workflow.look(ward.ward()).kind == "wards"


def test_nothing_is_guessed_where_nothing_tells(ward):
    assert workflow.look(ward.table("gì đó.csv", cột=["lạ"])).kind is None


def test_a_look_never_holds_national_ids_in_its_first_rows(ward):
    seen = workflow.look(ward.table("hộ.csv", **{"Mã hộ": ["h1"], "CCCD": ["046099000001"]}))

    assert seen.first.to_dict("records") == [{"Mã hộ": "h1"}]
    assert seen.national_ids == ("CCCD",)
