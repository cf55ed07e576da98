"""The system of a map file: stated, said, recognised, or asked about."""

import geopandas as gpd
import pytest
from shapely.geometry import Point, box

from geo.errors import UnknownCrsError
from geo.file_crs import FileCrs, file_crs, in_degrees
from geo.vn2000 import to_metres

# About 4 km by 5 km, near Huế.
WARD = box(107.60, 16.40, 107.64, 16.445)
HOMES = gpd.GeoSeries([WARD], crs=4326).sample_points(60, rng=1).explode(ignore_index=True)


def shown(crs, *, north_first=False):
    """The homes in `crs` without its name."""
    moved = HOMES.to_crs(crs)
    x, y = (moved.y, moved.x) if north_first else (moved.x, moved.y)
    return gpd.GeoSeries.from_xy(x, y)


def test_what_a_person_says_goes_before_what_the_file_states():
    found = file_crs(shown("EPSG:9214"), "EPSG:32648", said="EPSG:9214", area=WARD)

    assert found == FileCrs(crs="EPSG:9214")


def test_what_a_file_states_is_taken_where_its_numbers_do_not_belie_it():
    assert file_crs(shown("EPSG:9214"), "EPSG:9214", said=None, area=None).crs == "EPSG:9214"


@pytest.mark.parametrize("north_first", [False, True])
@pytest.mark.parametrize(
    ("stated", "note"), [(None, "crs_judged"), ("EPSG:4326", "crs_belied_judged")]
)
def test_metres_without_a_system_are_recognised_by_the_ward(stated, note, north_first):
    shapes = shown("EPSG:9214", north_first=north_first)

    found = file_crs(shapes, stated, said=None, area=WARD)
    places, swapped = in_degrees(shapes, found.crs)

    assert found == FileCrs(crs="EPSG:9214", note=note)
    assert swapped.all() == north_first
    assert max((places.x - HOMES.x).abs().max(), (places.y - HOMES.y).abs().max()) < 1e-7


@pytest.mark.parametrize(
    ("crs", "stated", "area", "code"),
    [
        ("EPSG:9214", None, None, "crs_unknown"),
        ("EPSG:9214", "EPSG:4326", None, "crs_belied"),
        ("EPSG:5897", None, WARD, "crs_ask"),
        ("EPSG:9214", None, box(106, 20, 106.01, 20.01), "crs_nowhere"),
    ],
)
def test_a_system_that_nothing_decides_is_asked_for(crs, stated, area, code):
    with pytest.raises(UnknownCrsError) as refused:
        file_crs(shown(crs), stated, said=None, area=area)

    assert refused.value.code == code


def test_areas_with_swapped_axes_are_put_right():
    turned = gpd.GeoSeries([box(16.40, 107.60, 16.445, 107.64), WARD])

    places, swapped = in_degrees(turned, "EPSG:4326")

    assert list(swapped) == [True, False]
    assert places.iloc[0].equals(WARD)


def test_metres_of_a_stated_system_written_north_first_are_put_right():
    north, east = to_metres(16.42, 107.62, crs="EPSG:9214")

    places, swapped = in_degrees(gpd.GeoSeries([Point(north, east)]), "EPSG:9214")

    assert swapped.all()
    assert (round(places.y[0], 6), round(places.x[0], 6)) == (16.42, 107.62)


def test_a_datum_that_no_operation_leads_from_is_refused():
    with pytest.raises(UnknownCrsError) as refused:
        in_degrees(HOMES, "+proj=tmerc +lon_0=107 +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m")

    assert refused.value.code == "crs_ballpark"
