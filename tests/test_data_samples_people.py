"""The people of the made-up ward: as many and as busy as in a real one, and the same every time."""

from dataclasses import fields
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.samples.defects import with_defects
from data.samples.files import write_ward
from data.samples.ward import make_ward
from geo.crs import UTM_48N
from planning.coverage import coverage
from tests.sample_wards import UNTIL, a_ward, in_metres


@pytest.fixture(scope="module")
def ward():
    """The ward of `diaban demo`: 11,000 households, seed 1."""
    return a_ward(11_000)


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
