"""The made-up ward: as big, as crowded and as busy as a real one, and the same every time."""

import zipfile
from dataclasses import fields
from datetime import date, timedelta
from functools import cache

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.records import MADE_UP_MARKER
from data.samples.defects import SHARES, VN2000_CRS, Defect, with_defects
from data.samples.files import write_ward
from data.samples.ward import make_ward
from geo.crs import UTM_48N
from geo.terms import MADE_UP_WARD, Kind
from planning.coverage import coverage

UNTIL = date(2026, 11, 21)


@pytest.fixture(scope="module")
def ward():
    """The ward of `diaban demo`: 11,000 households, seed 1."""
    return make_ward(households=11_000, seed=1, until=UNTIL)


@cache
def a_ward(households=300, seed=1):
    return make_ward(households=households, seed=seed, until=UNTIL)


@cache
def a_typed_ward():
    return with_defects(a_ward(2_000), seed=3)


def in_metres(frame):
    return frame.geometry.to_crs(UTM_48N).to_numpy()


# --- the ground ---


def test_a_ward_has_as_many_households_neighbourhoods_and_residents_as_a_real_one(ward):
    sizes = ward.households.groupby("neighbourhood_id").size()

    assert len(ward.households) == 11_000
    assert len(ward.neighbourhoods) == len(sizes) == 33
    assert 36_500 < ward.households["residents"].sum() < 38_500
    assert 290 <= sizes.median() <= 330
    assert 120 <= sizes.min() < 180 and 500 < sizes.max() <= 650


def test_the_ward_lies_on_the_open_sea_within_one_utm_zone(ward):
    west, south, east, north = ward.wards.total_bounds

    assert west > 107.9 and east < 108.0
    assert south > 16.62 and north < 16.68
    assert (ward.wards["ward_code"] == MADE_UP_WARD).all()


def test_the_largest_ward_is_still_west_of_108_degrees(ward):
    growth = np.sqrt(200_000 / 11_000)
    east, middle = ward.wards.total_bounds[2], 107.935

    assert middle + 1.02 * growth * (east - middle) < 108.0


@pytest.mark.parametrize("households", [50, 300, 1_500])
def test_neighbourhoods_tile_the_ward_without_gap_or_overlap(households):
    ward = a_ward(households)
    tiles = ward.neighbourhoods.geometry.to_numpy()

    assert shapely.coverage_is_valid(tiles)
    assert shapely.coverage_union_all(tiles).equals(ward.wards.geometry.iloc[0])
    metres = shapely.area(in_metres(ward.neighbourhoods)).sum()
    assert metres == pytest.approx(shapely.area(in_metres(ward.wards)).sum())


def test_the_north_is_crowded_and_the_south_west_is_not(ward):
    at = shapely.get_coordinates(in_metres(ward.households))
    area_ha = shapely.area(in_metres(ward.neighbourhoods)) / 10_000
    homes = ward.households.groupby("neighbourhood_id").size()
    per_ha = homes.to_numpy() / area_ha
    middles = shapely.get_coordinates(shapely.centroid(in_metres(ward.neighbourhoods)))
    middle = at.mean(axis=0)
    north = middles[:, 1] > middle[1] + 300
    south_west = (middles < middle - 300).all(axis=1)

    assert per_ha[north].min() > 20
    assert per_ha[south_west].max() < 12


# --- streets ---


def vertices_joined_by_streets(streets):
    """Return how many connected parts the streets have where only a common vertex joins them."""
    at, street = shapely.get_coordinates(streets.geometry.to_numpy(), return_index=True)
    places, node = np.unique(at, axis=0, return_inverse=True)
    same = street[1:] == street[:-1]
    pairs = (node[:-1][same], node[1:][same])
    graph = coo_array((np.ones(same.sum()), pairs), shape=(len(places), len(places)))
    return graph, places


@pytest.mark.parametrize("households", [50, 300, 1_500, 11_000])
def test_every_street_can_be_reached_from_every_other(households):
    graph, _ = vertices_joined_by_streets(a_ward(households).streets)

    assert connected_components(graph, directed=False)[0] == 1


def test_streets_cross_only_where_both_have_a_vertex(ward):
    lines = ward.streets.geometry.to_numpy()
    _, places = vertices_joined_by_streets(ward.streets)
    first, second = shapely.STRtree(lines).query(lines, predicate="crosses")
    crossings = shapely.get_coordinates(shapely.intersection(lines[first], lines[second]))

    assert len(crossings) >= 4
    assert set(map(tuple, crossings)) <= set(map(tuple, places))


def test_many_alleys_are_dead_ends_and_some_streets_make_blocks(ward):
    graph, _ = vertices_joined_by_streets(ward.streets)
    ways = (graph + graph.T).astype(bool).sum(axis=0)
    blocks = shapely.get_parts(shapely.polygonize([ward.streets.geometry.union_all()]))

    assert (ways == 1).sum() > 300
    assert len(blocks) > 60
    assert set(ward.streets["kind"]) == {"main", "street", "alley", "lane", "bridge"}


@pytest.mark.parametrize("households", [50, 300, 11_000])
def test_streets_cross_river_and_canal_only_at_a_few_bridges(households):
    ward = a_ward(households)
    water = ward.barriers.geometry.union_all()
    wet = ward.streets.geometry.intersects(water)

    assert set(ward.barriers["kind"]) == {"river", "canal"}
    assert set(ward.streets.loc[wet, "kind"]) == {"bridge"}
    assert 4 <= wet.sum() <= 9


# --- houses ---


def nearest_street(ward):
    streets = in_metres(ward.streets)
    (_, row), away_m = shapely.STRtree(streets).query_nearest(
        in_metres(ward.households), return_distance=True, all_matches=False
    )
    return row, away_m


def test_every_house_stands_at_its_own_street(ward):
    row, away_m = nearest_street(ward)
    alley = ward.households["alley"].fillna("")
    address = (alley + " " + ward.households["street"]).str.strip()

    assert away_m.min() >= 3 and away_m.max() < 16
    assert (address.to_numpy() == ward.streets["name"].to_numpy()[row]).all()


def test_nobody_crosses_water_to_get_home(ward):
    row, _ = nearest_street(ward)
    streets = in_metres(ward.streets)[row]
    water = shapely.union_all(in_metres(ward.barriers))

    assert not shapely.intersects(
        shapely.shortest_line(in_metres(ward.households), streets), water
    ).any()


def test_every_house_is_in_its_neighbourhood_and_clear_of_the_border(ward):
    tiles = ward.neighbourhoods.set_index("neighbourhood_id")
    own = in_metres(tiles.loc[ward.households["neighbourhood_id"]])
    houses = in_metres(ward.households)

    assert shapely.contains(own, houses).all()
    assert shapely.distance(shapely.boundary(own), houses).min() > 3


def test_alleys_are_narrow_and_gardens_are_wide(ward):
    houses = ward.households.assign(metres=in_metres(ward.households))
    alley = houses["alley"].notna()
    village = houses["house_number"].isna()

    assert 5 < gap_to_next_m(houses[alley]).median() < 12
    assert 12 < gap_to_next_m(houses[village]).median() < 30


def gap_to_next_m(houses):
    at = gpd.GeoSeries(houses["metres"].to_numpy())
    street = (houses["alley"].fillna("") + houses["street"]).to_numpy()
    gaps = [group.distance(group.iloc[0]).iloc[1:].min() for _, group in at.groupby(street)]
    return pd.Series(gaps).dropna()


def test_addresses_are_not_given_twice(ward):
    numbered = ward.households.dropna(subset="house_number")

    assert len(numbered) > 9_500
    assert not numbered.duplicated(["street", "alley", "house_number"]).any()


# --- people ---


def test_traits_have_the_shares_of_a_real_ward(ward):
    shares = ward.households["traits"].str.get_dummies(",").sum() / 11_000

    assert shares["poor"] == pytest.approx(0.028, abs=1e-4)
    assert shares["near_poor"] == pytest.approx(0.035, abs=1e-4)
    assert 0.15 < shares["elderly"] < 0.3
    assert 0.05 < shares["business"] < 0.2
    assert not ward.households["traits"].str.contains("poor,near_poor").any()


def test_names_are_as_common_as_they_are_and_of_both_genders(ward):
    family = ward.households["head"].str.split().str[0].value_counts(normalize=True)

    assert 0.33 < family["Nguyễn"] < 0.42 and 0.09 < family["Trần"] < 0.14
    assert 0.2 < ward.households["head"].str.contains(" Thị ").mean() < 0.5
    words = ward.households["head"].str.split()
    assert (words.str[-1] != words.str[-2]).all()


def test_phones_reach_nobody_and_digital_addresses_tell_nothing(ward):
    phones = pd.concat([ward.households["phone"], ward.members["phone"]]).dropna()
    codes = ward.households["address_raw"].dropna()

    assert phones.str.fullmatch(r"050\d{7}").all()
    assert codes.str.fullmatch(r"MAU-\w{4}-\w{4}").all() and codes.is_unique
    assert 0.8 < len(codes) / 11_000 < 0.95
    assert (ward.households["address_scheme"].dropna() == "opaque").all()


# --- teams ---


def test_teams_have_six_to_nine_members_and_one_neighbourhood_has_none(ward):
    sizes = ward.members.groupby("team_id").size()

    assert len(ward.teams) == 32
    assert (sizes == 4).sum() == 2 and sizes[sizes != 4].between(6, 9).all()
    assert sizes.mean() == pytest.approx(7.1, abs=0.15)
    assert (ward.members["role"] == "leader").sum() == 32


def test_members_live_in_their_neighbourhood_at_a_house(ward):
    known = ward.members[ward.members.geometry.notna()]
    homes = set(shapely.to_wkb(ward.households.geometry))
    tiles = ward.neighbourhoods.set_index("neighbourhood_id")
    own = tiles.loc[known["neighbourhood_id"]].geometry.to_numpy()

    assert 0.9 < len(known) / len(ward.members) < 1
    assert set(shapely.to_wkb(known.geometry)) <= homes
    assert shapely.contains(own, known.geometry.to_numpy()).all()


def test_members_differ_in_time_strength_and_stay(ward):
    members = ward.members

    assert members["minutes_per_week"].between(60, 240).all()
    assert 2 <= members["walks_at_most_m"].notna().sum() <= 25
    assert members["walks_at_most_m"].max() <= 600
    assert members["max_load_min"].isna().mean() > 0.9
    assert 1 <= members["active_to"].notna().sum() <= 2
    assert (members["active_to"].dropna() < UNTIL.isoformat()).all()


def test_most_households_of_a_team_are_in_somebodys_charge_unevenly(ward):
    loads = ward.assignments.groupby("member_id").size()
    home = ward.members.set_index("member_id")["neighbourhood_id"]
    gone = ward.members.dropna(subset="active_to")["member_id"]

    assert 0.85 < len(ward.assignments) / 11_000 < 0.97
    assert ward.assignments["household_id"].is_unique
    own = ward.assignments["member_id"].map(home)
    assert (own == ward.assignments["neighbourhood_id"]).all()
    assert not ward.assignments["member_id"].isin(gone).any()
    assert 40 < loads.mean() < 50 and loads.max() > 1.4 * loads.mean()


# --- visits ---


def reached(ward, on=UNTIL):
    places = ward.neighbourhoods.rename(columns={"neighbourhood_id": "area"})[["area", "name"]]
    area_of = ward.households.set_index("household_id")["neighbourhood_id"]
    figures = coverage(
        ward.households, ward.visits, ward.goals, areas=places, area_of=area_of, on=on
    )
    return figures.rows


def test_neighbourhoods_are_reached_by_60_to_95_percent_but_two(ward):
    rows = reached(ward)
    share = rows[rows["goal"].isna()].set_index("area")["share_reached"]
    without_team = set(share.index) - set(ward.teams["neighbourhood_id"])

    assert (share < 0.4).sum() == 2
    assert share[share >= 0.4].between(0.6, 0.95).all()
    assert share[list(without_team)].max() < 0.1


def test_some_of_what_was_done_has_expired(ward):
    rows = reached(ward)
    again = rows.groupby("goal")["due_again"].sum()

    assert again["SSK"] > 20 and again["TTKTM"] > 5
    assert again["VNEID2"] == 0
    assert again["SSK"] < 0.1 * rows.groupby("goal")["households"].sum()["SSK"]


def test_visits_fill_eight_months_of_evenings_and_weekends(ward):
    local = ward.visits["visited_at"].dt.tz_convert("Asia/Ho_Chi_Minh")
    weekday, hour = local.dt.day_of_week, local.dt.hour

    assert local.dt.date.max() == UNTIL
    assert UNTIL - timedelta(days=245) < local.dt.date.min() < UNTIL - timedelta(days=225)
    assert hour[weekday < 5].between(18, 22).all() and hour.between(8, 22).all()
    assert ward.visits["visited_at"].is_monotonic_increasing


def test_neighbourhoods_are_visited_one_after_another(ward):
    area_of = ward.households.set_index("household_id")["neighbourhood_id"]
    day = ward.visits["visited_at"].groupby(ward.visits["household_id"].map(area_of))
    middle = day.median().sort_values()

    assert middle.iloc[-1] - middle.iloc[0] > pd.Timedelta(days=90)
    assert (day.quantile(0.9) - day.quantile(0.1)).median() < pd.Timedelta(days=130)


def test_old_people_refuse_more_and_far_ones_are_met_less(ward):
    visits = ward.visits.drop_duplicates(["household_id", "visited_at"])
    old = ward.households.loc[
        ward.households["traits"].fillna("").str.contains("elderly"), "household_id"
    ]
    refused = (visits["outcome"] == "refused").groupby(visits["household_id"].isin(old)).mean()
    home = ward.members.set_index("member_id").geometry.to_crs(UTM_48N)
    mine = ward.assignments.merge(ward.households[["household_id", "geometry"]])
    bases = home.loc[mine["member_id"]].to_numpy()
    away_m = shapely.distance(bases, in_metres(gpd.GeoDataFrame(mine, crs="EPSG:4326")))
    met = mine["household_id"].isin(visits.loc[visits["outcome"] == "met", "household_id"])

    assert refused[True] > 2 * refused[False]
    assert np.nanmean(away_m[~met]) > np.nanmean(away_m[met])


def test_closed_doors_are_tried_again(ward):
    visits = ward.visits.drop_duplicates(["household_id", "visited_at"])
    outcomes = visits.groupby("household_id")["outcome"].agg(list)

    assert (outcomes.str.len() > 1).mean() > 0.2
    assert outcomes.map(lambda each: each[0] == "absent" and each[-1] == "met").sum() > 1_000
    assert 0 < ward.visits["goal_id"].isna().mean() < 0.05


# --- any size, any seed, always the same ---


def test_same_seed_and_day_write_the_same_bytes(tmp_path):
    first = write_ward(make_ward(households=300, seed=4, until=UNTIL), tmp_path / "một")
    second = write_ward(make_ward(households=300, seed=4, until=UNTIL), tmp_path / "hai")

    assert len(first) == 13
    for one, other in zip(first, second, strict=True):
        assert one.name == other.name and one.read_bytes() == other.read_bytes()


def test_same_seed_types_the_same_mistakes(tmp_path):
    for name in ("một", "hai"):
        write_ward(with_defects(a_ward(), seed=2), tmp_path / name)

    name = "households.xlsx"
    assert (tmp_path / "một" / name).read_bytes() == (tmp_path / "hai" / name).read_bytes()


def test_another_seed_is_another_ward_and_another_day_the_same_streets():
    other_seed = a_ward(seed=2)
    other_day = make_ward(households=300, seed=1, until=date(2026, 3, 1))

    assert not a_ward().households["head"].equals(other_seed.households["head"])
    assert a_ward().streets.equals(other_day.streets)
    assert a_ward().households.equals(other_day.households)
    assert not a_ward().visits["visited_at"].equals(other_day.visits["visited_at"])


@pytest.mark.parametrize("households", [50, 51, 300, 1_000])
def test_small_wards_have_what_large_ones_have(households):
    ward = a_ward(households)

    assert len(ward.households) == households
    assert len(ward.neighbourhoods) >= 2
    assert len(ward.goals) == 5
    assert set(ward.visits["household_id"]) <= set(ward.households["household_id"])
    assert all(len(getattr(ward, table.name)) for table in fields(ward))


@pytest.mark.parametrize("households", [0, 49, 200_001])
def test_a_ward_of_no_size_is_refused(households):
    with pytest.raises(ValueError, match="50 to 200000"):
        make_ward(households=households, until=UNTIL)


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
