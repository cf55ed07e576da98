"""Where households without coordinates are: by digital address, by their neighbours, in old and new units."""

import itertools

import geopandas as gpd
import pytest
from shapely.geometry import box

import workflow
from data.intake import undo
from exports.content import HOUSEHOLD_COLUMNS
from geo.terms import Kind
from tests.intake import dump, put
from tests.located import DAY, LAT, LON, at, checks, homes, in_metres

# --- digital addresses ---


def test_a_digital_address_places_a_household_that_has_no_point(store, ward):
    put(store, ward.ward(), "wards")
    # 7P8CCG43+2XC is an 11-digit code near the middle of the test ward's first neighbourhood
    table = {"Mã hộ": ["h1", "h2"], "Mã địa chỉ số": ["7P8CCG43+2XC", "HUE-000001"]}

    put(store, ward.table("ho.csv", **table), "households")

    found = homes(store)
    assert list(found["address_scheme"]) == ["plus_code", "opaque"]
    assert list(found["location_source"].fillna("")) == ["address", ""]
    assert found.loc["h1", "precision_m"] == pytest.approx(2.2, abs=0.1)


@pytest.mark.parametrize("order", list(itertools.permutations(("addresses", "households"))))
def test_a_table_of_codes_places_opaque_codes_whichever_came_first(store, ward, order):
    put(store, ward.ward(), "wards")
    codes = {"Mã": ["hue-000 001", "HUE-9"], "Vĩ độ": [LAT, LAT], "Kinh độ": [LON, LON]}
    files = {
        "addresses": ward.table("ma.csv", **codes),
        "households": ward.table("ho.csv", **{"Mã hộ": ["h1"], "Địa chỉ số": ["HUE-000001"]}),
    }
    for kind in order[:1]:
        put(store, files[kind], kind)
    before = dump(store)

    last = put(store, files[order[1]], order[1])
    placed = homes(store).loc["h1"]
    undo(store, last.import_id)

    assert (at(placed), placed["location_source"]) == ((LAT, LON), "address")
    assert dump(store) == before


def test_a_number_of_five_digits_is_never_a_household(store, ward):
    put(store, ward.ward(), "wards")
    table = {"Mã hộ": ["h1"], "Mã địa chỉ số": ["19969"]}

    put(store, ward.table("ho.csv", **table), "households")

    home = homes(store).loc["h1"]
    assert home.geometry is None
    assert home["address_scheme"] == "area_code"


# --- addresses without coordinates ---


def street_list(ward, *, unlocated=("9",)):
    """Numbers 1, 3, … 19 of one street, 20 m apart eastwards; some of them without a place."""
    numbers = [str(n) for n in range(1, 20, 2)]
    known = [n not in unlocated for n in numbers]
    lon = [f"{107.5015 + 0.0002 * i:.6f}" for i in range(len(numbers))]
    return ward.table(
        "ho.csv",
        **{
            "Mã hộ": [f"n{n}" for n in numbers],
            "Số nhà": numbers,
            "Đường": ["Lê Lợi"] * len(numbers),
            "Tổ dân phố": ["Tổ 1"] * len(numbers),
            "Vĩ độ": [LAT if one else None for one in known],
            "Kinh độ": [place if one else None for place, one in zip(lon, known, strict=True)],
        },
    )


@pytest.mark.parametrize(
    "order", list(itertools.permutations(("wards", "neighbourhoods", "households")))
)
def test_a_house_between_two_numbers_is_estimated_between_them(store, ward, order):
    files = {
        "wards": ward.ward(),
        "neighbourhoods": ward.neighbourhoods(),
        "households": street_list(ward),
    }

    for kind in order:
        put(store, files[kind], kind)

    home = homes(store).loc["n9"]
    assert (round(home.geometry.x, 4), home["location_source"]) == (107.5023, "estimated")
    assert home["precision_m"] >= 10
    assert homes(store).drop("n9")["precision_m"].isna().all()


def test_an_estimate_lies_in_the_neighbourhood_that_was_given(store, ward):
    put(store, ward.ward(), "wards")
    put(store, ward.neighbourhoods(), "neighbourhoods")
    put(store, street_list(ward), "households")
    elsewhere = {"Mã hộ": ["x"], "Số nhà": ["10"], "Đường": ["Lê Lợi"], "Tổ dân phố": ["Tổ 2"]}

    put(store, ward.table("them.csv", **elsewhere), "households")

    home = homes(store).loc["x"]
    assert home.geometry is None
    assert home["neighbourhood_id"] == "B"


def test_a_measurement_takes_the_place_of_an_estimate(store, ward):
    put(store, ward.ward(), "wards")
    put(store, street_list(ward), "households")
    measured = {"Mã hộ": ["n9"], "Vĩ độ": [16.4052], "Kinh độ": [107.5024]}

    put(store, ward.table("do.csv", **measured), "households")

    home = homes(store).loc["n9"]
    assert (at(home), home["location_source"]) == ((16.4052, 107.5024), "measured")
    assert home[["precision_m", "confidence"]].isna().all()


def test_importing_a_list_with_estimates_again_changes_nothing(store, ward):
    put(store, ward.ward(), "wards")
    put(store, street_list(ward, unlocated=("5", "9", "11")), "households")
    before = dump(store)

    again = put(store, street_list(ward, unlocated=("5", "9", "11")), "households")

    assert (again.changed, again.placed_again) == (0, 0)
    assert dump(store) == before


def test_a_place_that_its_own_file_calls_an_estimate_stays_one(store, ward):
    put(store, ward.ward(), "wards")
    table = {
        "Mã hộ": ["h1"],
        "Vĩ độ": [LAT],
        "Kinh độ": [LON],
        "Nguồn vị trí": ["ước lượng"],
        "Sai số (m)": ["25"],
    }

    put(store, ward.table("ho.csv", **table), "households")

    home = homes(store).loc["h1"]
    assert at(home) == (LAT, LON)
    assert (home["location_source"], home["precision_m"]) == ("estimated", 25.0)


def test_an_address_in_one_cell_is_taken_apart_and_kept(store, ward):
    text = "Số 12 kiệt 45/3 đường Lê Lợi, TDP 5, phường Thủy Xuân, TP Huế"

    put(store, ward.table("ho.csv", **{"Mã hộ": ["h1"], "Địa chỉ": [text]}), "households")

    home = homes(store).loc["h1"]
    parts = ["house_number", "alley", "street", "neighbourhood_given", "address_given"]
    assert list(home[parts]) == ["12", "Kiệt 45/3", "Lê Lợi", "TDP 5", text]


@pytest.mark.parametrize("metres", [False, True], ids=["degrees", "metres"])
def test_an_old_guess_takes_the_place_of_no_measurement(store, ward, metres):
    put(store, ward.ward(), "wards")
    north, east = in_metres(0)
    place = {"X": north, "Y": east} if metres else {"Vĩ độ": [LAT], "Kinh độ": [LON]}
    put(store, ward.table("do.csv", **{"Mã hộ": ["h1"], **place}), "households")
    before = dump(store)

    guess = {"Vĩ độ": [16.409], "Kinh độ": [107.509], "Nguồn vị trí": ["ước lượng"]}
    put(store, ward.table("cu.csv", **{"Mã hộ": ["h1"], **guess}), "households")

    assert dump(store) == before


def test_an_estimate_is_called_so_on_the_map_in_exports_and_in_checks(store, ward, folder):
    put(store, ward.ward(), "wards")
    put(store, ward.neighbourhoods(), "neighbourhoods")
    put(store, street_list(ward), "households")
    radius = homes(store).loc["n9", "precision_m"]

    found = workflow.check(store, on=DAY)
    layers = workflow.coverage_layers(store, ward_code=ward.code, goal=None, on=DAY)
    left = workflow.unreached(store, on=DAY).set_index("household_id")

    estimated = found[found["check"] == "household_estimated"]
    assert list(estimated[["id", "value"]].itertuples(index=False, name=None)) == [("n9", radius)]
    drawn = next(layer.frame for layer in layers if layer.name == "households")
    labels = drawn.set_index("key")["label"]
    assert f"vị trí ước lượng ± {round(radius)} m" in labels["n9"]
    assert not labels.drop("n9").str.contains("ước lượng").any()
    assert list(left.loc["n9", ["location_source", "precision_m"]]) == ["estimated", radius]
    assert {"location_source", "precision_m"} <= set(HOUSEHOLD_COLUMNS)


def test_codes_that_place_nobody_are_listed(store, ward):
    table = {
        "Mã": ["A-1", "B-2", "b2", "B-2"],
        "Vĩ độ": [None, LAT, LAT, LAT + 0.001],
        "Kinh độ": [None, LON, LON, LON],
    }

    report = put(store, ward.table("ma.csv", **table), "addresses")

    assert sorted(report.problems["check"]) == [
        "code_two_places",
        "code_two_places",
        "code_without_place",
    ]


# --- old and new units ---


def real_ward(folder):
    """A square that bears the code and name of a real ward, Thanh Thủy of Huế."""
    frame = gpd.GeoDataFrame(
        {"code": ["19969"], "name": ["Phường Thanh Thuỷ"]},
        geometry=[box(107.5, 16.4, 107.52, 16.41)],
        crs="EPSG:4326",
    )
    frame.to_file(folder / "wards.geojson")
    return folder / "wards.geojson"


@pytest.mark.parametrize("named", ["xã Thủy Thanh", "19966", "Phường Thuỷ Dương", "19969"])
def test_names_and_codes_of_before_the_merger_lead_to_the_present_ward(store, ward, folder, named):
    put(store, real_ward(folder), "wards")

    table = {"Mã hộ": ["h1"], "Phường/Xã": [named]}
    report = put(store, ward.table("ho.csv", **table), "households")

    assert homes(store).loc["h1", "ward_code"] == "19969"
    assert report.problems.empty


def test_a_name_that_fits_several_wards_is_listed_with_them_and_not_guessed(store, ward):
    table = {"Mã hộ": ["h1", "h2"], "Phường/Xã": ["Tân Thành", "Phường Không Có"]}

    report = put(store, ward.table("ho.csv", **table), "households")

    said = checks(report)
    assert homes(store)["ward_code"].isna().all()
    assert said["ward_ambiguous"].startswith("Tân Thành: 01171, 02374")
    assert said["ward_unknown"] == "Phường Không Có"


def test_every_problem_has_a_sentence_in_both_languages():
    from words import problem

    listed = (
        "coordinates_swapped coordinates_in_metres coordinates_unreadable coordinates_half "
        "coordinates_two_places metres_ask metres_unknown metres_open ward_ambiguous ward_unknown "
        "crs_judged crs_belied_judged check_household_estimated"
    )
    for check in listed.split():
        assert problem(check, "vi") != problem(check, "en")


def test_every_kind_that_has_points_knows_their_headings():
    from data.columns import match_columns

    for kind in (Kind.HOUSEHOLDS, Kind.MEMBERS, Kind.ADDRESSES):
        found = match_columns(("X (m)", "Y(m)", "Tọa độ", "Vĩ độ", "Kinh độ"), kind, {})
        assert {"x_m", "y_m", "coordinates", "lat", "lon"} <= set(found.positions)


def test_a_list_may_call_its_ward_by_its_old_name_the_second_time(store, ward, folder):
    put(store, real_ward(folder), "wards")
    for named in ("19969", "xã Thủy Thanh"):
        table = {"Mã hộ": ["h1"], "Chủ hộ": ["Lê An"], "Phường/Xã": [named]}
        put(store, ward.table("ho.csv", **table), "households")

    assert list(homes(store)["ward_code"]) == ["19969"]
