"""Points of a real ward without a system: recognised in both orders, or asked about."""

import geopandas as gpd
import pytest

import workflow
from geo.errors import UnknownCrsError
from geo.vn2000 import to_degrees

pytestmark = pytest.mark.real

WARD = "19969"


@pytest.fixture
def hue(real_data, tmp_path):
    """A store with the 40 wards of Huế."""
    store = workflow.open_store(str(tmp_path / "huế.sqlite"))
    path = real_data / "boundaries/hue_wards.geojson"
    workflow.import_file(store, path, kind=workflow.Kind.WARDS)
    yield store
    store.close()


def spots(store, count=300):
    wards = workflow.wards(store).set_index("ward_code")
    return gpd.GeoSeries([wards.geometry[WARD]], crs=4326).sample_points(count, rng=1).explode()


def written(points, path, *, north_first):
    """A file of points in metres; GeoJSON says of itself that it is in degrees."""
    x, y = (points.y, points.x) if north_first else (points.x, points.y)
    shown = gpd.GeoSeries.from_xy(x, y, crs=4326 if path.suffix == ".geojson" else None)
    ids = [f"h{i:03}" for i in range(len(points))]
    gpd.GeoDataFrame({"ma_ho": ids}, geometry=shown.to_numpy(), crs=shown.crs).to_file(path)
    return path


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("north_first", [False, True], ids=["east first", "north first"])
@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp"])
def test_points_in_9214_without_a_system_are_recognised_for_thanh_thuy(
    hue, tmp_path, ending, north_first
):
    true = spots(hue)
    path = written(true.to_crs("EPSG:9214"), tmp_path / f"hộ.{ending}", north_first=north_first)

    options = workflow.ImportOptions(ward=WARD)
    report = workflow.import_file(hue, path, kind=workflow.Kind.HOUSEHOLDS, options=options)

    homes = hue.load("households").sort_values("household_id").geometry.reset_index(drop=True)
    off_m = homes.to_crs(32648).distance(true.reset_index(drop=True).to_crs(32648))
    assert off_m.max() < 0.05
    assert report.problems["value"].iloc[0] == "EPSG:9214"
    assert set(hue.load("households")["ward_code"]) == {WARD}


def test_points_that_may_be_of_several_known_wards_are_asked_about(hue, tmp_path):
    path = written(spots(hue).to_crs("EPSG:9214"), tmp_path / "hộ.geojson", north_first=False)

    with pytest.raises(UnknownCrsError) as refused:
        workflow.import_file(hue, path, kind=workflow.Kind.HOUSEHOLDS)

    assert "EPSG:9214" in refused.value.facts["candidates"]


@pytest.mark.parametrize("crs", ["EPSG:5897", "EPSG:3405", "EPSG:32648"])
def test_points_on_105_degrees_are_asked_about(hue, tmp_path, crs):
    path = written(spots(hue).to_crs(crs), tmp_path / "hộ.geojson", north_first=False)

    with pytest.raises(UnknownCrsError) as refused:
        workflow.import_file(
            hue,
            path,
            kind=workflow.Kind.HOUSEHOLDS,
            options=workflow.ImportOptions(ward=WARD),
        )

    assert refused.value.code == "crs_ask"
    assert set(refused.value.facts["candidates"]) == {"EPSG:5897", "EPSG:3405", "EPSG:32648"}


def test_the_known_pair_is_met_within_5_cm_through_an_import(tmp_path):
    store = workflow.open_store(str(tmp_path / "một.sqlite"))
    path = tmp_path / "ho.csv"
    path.write_text("Mã hộ,X (m),Y (m)\nh1,1255172.510,568262.924\n", encoding="utf-8")

    workflow.import_file(
        store,
        path,
        kind=workflow.Kind.HOUSEHOLDS,
        options=workflow.ImportOptions(crs="EPSG:9217"),
    )

    home = store.load("households").geometry.iloc[0]
    lat, lon = to_degrees(1255172.510, 568262.924, crs="EPSG:9217")
    known = gpd.GeoSeries.from_xy([108.877201], [11.349358], crs=4326).to_crs(32649)
    found = gpd.GeoSeries([home], crs=4326).to_crs(32649)
    assert (home.y, home.x) == (float(lat), float(lon))
    # the pair's degrees are given to a millionth: 0.08 m
    assert known.distance(found).iloc[0] < 0.05
    store.close()


def test_old_names_of_thanh_thuy_lead_to_it(hue, tmp_path):
    path = tmp_path / "ho.csv"
    path.write_text(
        "Mã hộ,Phường/Xã\nh1,xã Thủy Thanh\nh2,Thủy Dương\nh3,19966\nh4,Phường Thanh Thủy\n",
        encoding="utf-8",
    )

    report = workflow.import_file(hue, path, kind=workflow.Kind.HOUSEHOLDS)

    assert set(hue.load("households")["ward_code"]) == {WARD}
    assert report.problems.empty
