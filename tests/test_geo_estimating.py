import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo.estimating import Stray, estimate_areas
from tests.boundaries import UTM, place


def households(*rows, crs=UTM):
    """Households as (name of the neighbourhood, x, y) in metres."""
    return gpd.GeoDataFrame(
        {
            "household_id": [f"h{i:03}" for i in range(len(rows))],
            "neighbourhood_given": [name for name, *_ in rows],
        },
        geometry=[place(Point(x, y)) for _, x, y in rows],
        crs=UTM,
    ).to_crs(crs)


def rows_of(name, x):
    return [(name, x, y) for y in range(10, 100, 20)]


WARD = place(box(0, 0, 200, 100))


def test_the_ground_nearest_to_its_households_is_a_neighbourhood():
    homes = households(*rows_of("Tổ 1", 50), *rows_of("TDP 01", 20), *rows_of("Tổ 2", 150))

    zones = estimate_areas(homes, ward=WARD).zones

    assert zones["name"].tolist() == ["Tổ 1", "Tổ 2"]
    assert zones["households"].tolist() == [10, 5]
    assert zones["estimated"].all()
    assert zones.area.tolist() == [pytest.approx(10_000), pytest.approx(10_000)]


def test_without_a_ward_no_ground_far_from_households_is_estimated():
    homes = households(*rows_of("Tổ 1", 0), *rows_of("Tổ 2", 5_000))

    zones = estimate_areas(homes, reach_m=50).zones

    assert zones.distance(zones.geometry.iloc[0]).max() > 4_800
    assert zones.area.max() < 100 * 200


def test_a_household_written_down_wrong_gets_no_island():
    homes = households(*rows_of("Tổ 1", 50), ("Tổ 2", 60, 50), *rows_of("Tổ 2", 150))

    estimated = estimate_areas(homes, ward=WARD)

    assert estimated.strays[["household_id", "what"]].values.tolist() == [["h005", Stray.OUTVOTED]]
    assert (estimated.zones.geometry.count_geometries() == 1).all()


def test_households_outside_the_ward_and_outvoted_on_one_point_are_listed():
    homes = households(
        ("Tổ 2", 900, 900), ("Tổ 1", 50, 50), ("Tổ 1", 50, 50), ("Tổ 2", 50, 50), ("Tổ 2", 150, 50)
    )

    strays = estimate_areas(homes, ward=WARD).strays

    assert strays[["household_id", "what"]].values.tolist() == [
        ["h000", Stray.OUTSIDE],
        ["h003", Stray.ON_ONE_POINT],
    ]


def test_households_without_a_point_or_a_name_say_nothing():
    homes = households(*rows_of("Tổ 1", 50), (None, 150, 50), ("Tổ 3", 150, 60))
    homes.loc[6, "geometry"] = None

    assert estimate_areas(homes, ward=WARD).zones["name"].tolist() == ["Tổ 1"]


spots = st.lists(
    st.tuples(st.sampled_from(["Tổ 1", "Tổ 2", "Tổ 3"]), st.integers(1, 199), st.integers(1, 99)),
    min_size=3,
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(spots)
def test_estimated_neighbourhoods_cover_the_ward_and_share_no_ground(rows):
    zones = estimate_areas(households(*rows, crs="EPSG:4326"), ward=_stored(WARD)).zones

    shapes = np.array(zones.to_crs(UTM).geometry)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(20_000, rel=1e-4)


def _stored(shape):
    return gpd.GeoSeries([shape], crs=UTM).to_crs("EPSG:4326").iloc[0]
