"""Where the households of a list are, whatever its coordinates are and whichever file came first."""

import itertools

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.errors import UnknownCrsError
from tests.intake import put
from tests.located import HUE, LAT, LON, at, checks, homes, in_metres

# --- degrees in any dress ---


@pytest.mark.parametrize(
    "typed",
    [
        "16.405, 107.505",
        "16,405; 107,505",
        "107.505, 16.405",
        "16°24′18″B 107°30′18″Đ",
        "https://www.google.com/maps?q=16.405000,107.505000",
        "geo:16.405,107.505",
    ],
)
def test_both_numbers_in_one_cell_are_a_place(store, ward, typed):
    put(store, ward.table("ho.csv", **{"Mã hộ": ["h1"], "Tọa độ": [typed]}), "households")

    assert at(homes(store).loc["h1"]) == (LAT, LON)


def test_numbers_typed_in_two_columns_are_read_in_any_dress(store, ward):
    table = {
        "Mã hộ": ["comma", "signs", "letters"],
        "Vĩ độ": ["16,405", "16°24′18″", "16.405 B"],
        "Kinh độ": ["107,505", "107°30′18″", "107.505 Đ"],
    }

    report = put(store, ward.table("ho.csv", **table), "households")

    assert {at(home) for _, home in homes(store).iterrows()} == {(LAT, LON)}
    assert report.problems.empty


def test_swapped_degrees_are_put_right_and_listed(store, ward):
    table = {"Mã hộ": ["h1"], "Vĩ độ": ["107.505"], "Kinh độ": ["16.405"]}

    report = put(store, ward.table("ho.csv", **table), "households")

    assert at(homes(store).loc["h1"]) == (LAT, LON)
    assert list(report.problems[["row", "check"]].itertuples(index=False, name=None)) == [
        (2, "coordinates_swapped")
    ]


def test_a_cell_that_is_no_place_is_listed_and_the_household_kept(store, ward):
    table = {"Mã hộ": ["h1"], "Tọa độ": ["nhà cạnh chợ"]}

    report = put(store, ward.table("ho.csv", **table), "households")

    assert homes(store).loc["h1"].geometry is None
    assert checks(report) == {"coordinates_unreadable": "nhà cạnh chợ"}


# --- metres whose system the ward decides ---


@pytest.mark.parametrize("order", list(itertools.permutations(("wards", "households"))))
def test_metres_are_placed_by_the_ward_whichever_came_first(store, ward, order):
    north, east = in_metres(0, 1, 2)
    table = {
        "Mã hộ": ["a", "b", "c"],
        "Mã phường": [ward.code] * 3,
        "X (m)": north,
        "Y (m)": east,
    }
    files = {"wards": ward.ward(), "households": ward.table("ho.csv", **table)}

    for kind in order:
        put(store, files[kind], kind)

    found = homes(store)
    assert at(found.loc["c"]) == (16.407, 107.507)
    assert set(found["location_source"]) == {"measured"}


def test_metres_typed_under_latitude_and_longitude_are_read_as_such_and_listed(store, ward):
    put(store, ward.ward(), "wards")
    north, east = in_metres(0)
    table = {"Mã hộ": ["h1"], "Vĩ độ": north, "Kinh độ": east}

    report = put(store, ward.table("ho.csv", **table), "households")

    assert at(homes(store).loc["h1"]) == (LAT, LON)
    assert list(checks(report)) == ["coordinates_in_metres"]


@pytest.mark.parametrize("cell", ["{north} {east}", "X={north}; Y={east}", "{east}, {north}"])
def test_metres_in_one_cell_are_placed_by_the_ward(store, ward, cell):
    put(store, ward.ward(), "wards")
    (north,), (east,) = in_metres(0)
    table = {"Mã hộ": ["h1"], "Tọa độ": [cell.format(north=north, east=east)]}

    put(store, ward.table("ho.csv", **table), "households")

    assert at(homes(store).loc["h1"]) == (LAT, LON)


def test_metres_without_a_ward_are_kept_listed_and_counted(store, ward):
    north, east = in_metres(0)
    table = {"Mã hộ": ["h1"], "X": north, "Y": east}

    report = put(store, ward.table("ho.csv", **table), "households")

    kept = homes(store).loc["h1"]
    assert kept.geometry is None
    assert kept["coordinates_given"] == f"metres {north[0]}0 {east[0]}0"
    assert list(report.problems[["row", "check"]].itertuples(index=False, name=None)) == [
        (2, "metres_unknown")
    ]


def test_metres_that_fit_two_systems_are_asked_about_naming_both(store, ward):
    put(store, ward.ward(), "wards")
    north, east = in_metres(0, 1, 2, crs="EPSG:5897")
    table = {"Mã hộ": ["a", "b", "c"], "X": north, "Y": east}

    report = put(store, ward.table("ho.csv", **table), "households")

    assert homes(store).geometry.isna().all()
    assert list(report.problems["check"]) == ["metres_ask"] * 3
    asked = set(report.problems["value"].iloc[0].split(", "))
    assert {"EPSG:5897", "EPSG:3405"} <= asked


def test_the_word_of_a_person_decides_about_metres_at_once_and_doubles_nobody(store, ward):
    put(store, ward.ward(), "wards")
    north, east = in_metres(0, 1, crs="EPSG:5897")
    path = ward.table("ho.csv", **{"Chủ hộ": ["Lê An", "Trần Bình"], "X": north, "Y": east})
    put(store, path, "households")

    put(store, path, "households", crs="EPSG:5897")

    assert [at(home) for _, home in homes(store).sort_values("head").iterrows()] == [
        (LAT, LON),
        (16.406, 107.506),
    ]


def test_a_measured_point_comes_after_metres_and_metres_after_a_point(store, ward):
    put(store, ward.ward(), "wards")
    north, east = in_metres(2)
    metres = ward.table("met.csv", **{"Mã hộ": ["h1"], "X": north, "Y": east})
    degrees = ward.table("do.csv", **{"Mã hộ": ["h1"], "Vĩ độ": [LAT], "Kinh độ": [LON]})

    places = []
    for path in (degrees, metres, degrees):
        put(store, path, "households")
        places.append(at(homes(store).loc["h1"]))

    assert places == [(LAT, LON), (16.407, 107.507), (LAT, LON)]


def test_metres_of_members_are_placed_by_the_known_ward_else_listed(store, ward):
    north, east = in_metres(0)
    path = ward.table("tv.csv", **{"Mã tổ viên": ["m1"], "X": north, "Y": east})

    before = put(store, path, "members")
    put(store, ward.ward(), "wards")
    after = put(store, path, "members")

    assert (list(before.problems["check"]), list(after.problems["check"])) == (["metres_open"], [])
    assert at(store.load("members").iloc[0]) == (LAT, LON)


# --- map files ---


def points(folder, crs, *, label=None, swapped=False, count=40):
    """Homes in the first neighbourhood as a file in `crs`, labelled `label` (GeoJSON says 4326 of itself)."""
    spots = gpd.GeoSeries([box(107.501, 16.401, 107.509, 16.409)]).sample_points(count, rng=1)
    frame = gpd.GeoDataFrame(
        {"household_id": [f"h{i:02}" for i in range(count)]},
        geometry=spots.explode(ignore_index=True),
        crs="EPSG:4326",
    )
    true = frame.geometry
    shown = frame.to_crs(crs)
    if swapped:
        shown.geometry = gpd.GeoSeries.from_xy(shown.geometry.y, shown.geometry.x)
    path = folder / ("ho.geojson" if label else "ho.gpkg")
    shown.set_crs(label, allow_override=True).to_file(path) if label else shown.set_crs(
        None, allow_override=True
    ).to_file(path)
    return path, true


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("swapped", [False, True], ids=["east first", "north first"])
@pytest.mark.parametrize("label", [None, "EPSG:4326"], ids=["no system", "metres labelled degrees"])
def test_a_map_file_of_metres_without_a_system_is_recognised_by_the_ward(
    store, ward, folder, label, swapped
):
    put(store, ward.ward(), "wards")
    path, true = points(folder, HUE, label=label, swapped=swapped)

    report = put(store, path, "households")

    found = homes(store).sort_index().geometry.to_crs(32648)
    assert (found.reset_index(drop=True).distance(true.to_crs(32648)) < 0.05).all()
    assert checks(report)["crs_belied_judged" if label else "crs_judged"] == HUE


def test_a_map_file_that_fits_two_systems_is_asked_about_and_nothing_stored(store, ward, folder):
    put(store, ward.ward(), "wards")
    path, _ = points(folder, "EPSG:5897", label="EPSG:4326")

    with pytest.raises(UnknownCrsError) as refused:
        put(store, path, "households")

    assert refused.value.code == "crs_ask"
    assert {"EPSG:5897", "EPSG:3405"} <= set(refused.value.facts["candidates"])
    assert homes(store).empty


def test_metres_labelled_degrees_are_not_taken_for_a_place_without_a_ward(store, folder):
    path, _ = points(folder, HUE, label="EPSG:4326")

    with pytest.raises(UnknownCrsError) as refused:
        put(store, path, "households")

    assert refused.value.code == "crs_belied"


def test_a_map_file_with_swapped_axes_is_put_right_and_listed(store, folder):
    path, true = points(folder, "EPSG:4326", label="EPSG:4326", swapped=True)

    report = put(store, path, "households")

    assert set(report.problems["check"]) == {"coordinates_swapped"}
    assert homes(store).sort_index().geometry.iloc[0].distance(true.iloc[0]) < 1e-9


def test_a_system_without_an_exact_way_to_degrees_is_refused(store, folder):
    path, _ = points(folder, "EPSG:4326", label="EPSG:4326")

    with pytest.raises(UnknownCrsError) as refused:
        put(store, path, "households", crs="+proj=tmerc +lon_0=107 +ellps=WGS84 +datum=none")

    assert refused.value.code in ("crs_ballpark", "crs_unusable")
