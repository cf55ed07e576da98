"""Placing: wards and neighbourhoods of rows, and rows that others name."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from geo.placing import match_reference, neighbourhood_of, ward_of

CRS = "EPSG:4326"


def wards(**areas):
    """Return wards `w00001=area` as code and polygon."""
    codes = [code.removeprefix("w") for code in areas]
    return gpd.GeoDataFrame({"ward_code": codes}, geometry=list(areas.values()), crs=CRS)


def places(*geometries):
    return gpd.GeoSeries(list(geometries), crs=CRS)


def codes(*given):
    return pd.Series(list(given), dtype="str")


def answers(series):
    return [None if pd.isna(value) else value for value in series]


TWO_WARDS = wards(w00001=box(0, 0, 1, 1), w00002=box(1, 0, 2, 1))


# --- wards --------------------------------------------------------------------------------------


def test_a_given_code_stands_even_where_the_point_lies_elsewhere():
    found = ward_of(places(Point(1.5, 0.5)), codes("00001"), TWO_WARDS)

    assert answers(found) == ["00001"]


def test_a_point_belongs_to_the_ward_that_holds_it():
    points = places(Point(0.5, 0.5), Point(1.5, 0.5), Point(9, 9), None, Point())

    found = ward_of(points, codes(*[None] * 5), TWO_WARDS)

    assert answers(found) == ["00001", "00002", None, None, None]


def test_on_the_border_of_two_wards_the_smaller_code_has_it_whatever_the_order():
    on_border = places(Point(1, 0.5))

    for order in (TWO_WARDS, TWO_WARDS.iloc[::-1]):
        assert answers(ward_of(on_border, codes(None), order)) == ["00001"]


def test_a_street_and_an_area_go_by_a_point_on_them():
    street = LineString([(0.1, 0.5), (0.2, 0.5), (0.3, 0.5)])
    horseshoe = box(1.1, 0.1, 1.9, 0.9).difference(box(1.3, 0, 1.7, 0.8))
    bow_tie = Polygon([(1.1, 0.1), (1.9, 0.9), (1.9, 0.1), (1.1, 0.9)])

    found = ward_of(places(street, horseshoe, bow_tie), codes(None, None, None), TWO_WARDS)

    assert answers(found) == ["00001", "00002", "00002"]


def test_where_nothing_else_tells_the_only_ward_is_taken():
    only = wards(w00001=box(0, 0, 1, 1))
    without_boundary = wards(w00001=None)

    assert answers(ward_of(places(None, Point(5, 5)), codes(None, None), only)) == ["00001"] * 2
    assert answers(ward_of(places(None), codes(None), without_boundary)) == ["00001"]


def test_without_wards_nothing_is_known_but_what_was_given():
    found = ward_of(places(Point(0, 0), Point(0, 0)), codes(None, "19969"), wards())

    assert answers(found) == [None, "19969"]


def test_the_answer_keeps_the_index_and_nothing_gives_nothing():
    shifted = gpd.GeoSeries([Point(0.5, 0.5)], index=[7], crs=CRS)

    found = ward_of(shifted, pd.Series([None], index=[7], dtype="str"), TWO_WARDS)

    assert list(found.index) == [7]
    assert ward_of(places(), codes(), TWO_WARDS).empty


# --- neighbourhoods -----------------------------------------------------------------------------


def neighbourhoods(*rows):
    """Return neighbourhoods (id, ward, name, area)."""
    frame = pd.DataFrame(rows, columns=["neighbourhood_id", "ward_code", "name", "geometry"])
    texts = frame[["neighbourhood_id", "ward_code", "name"]].astype("str")
    return gpd.GeoDataFrame(texts, geometry=list(frame["geometry"]), crs=CRS)


def homes(*rows):
    """Return households (point, ward, given neighbourhood)."""
    frame = pd.DataFrame(rows, columns=["geometry", "ward_code", "neighbourhood_given"])
    texts = frame[["ward_code", "neighbourhood_given"]].astype("str")
    texts["household_id"] = [f"h{i}" for i in range(len(frame))]
    return gpd.GeoDataFrame(texts, geometry=list(frame["geometry"]), crs=CRS)


TWO_PLACES = neighbourhoods(
    ("n1", "00001", "Tổ dân phố 1", box(0, 0, 1, 1)),
    ("n2", "00001", "Tổ dân phố 2", box(1, 0, 2, 1)),
)


def placed(households, areas=TWO_PLACES):
    found = neighbourhood_of(households, areas)
    return list(zip(answers(found["neighbourhood_id"]), found["where"], strict=True))


def test_the_point_decides_not_the_given_name():
    assert placed(homes((Point(0.5, 0.5), "00001", "Tổ dân phố 2"))) == [("n1", "inside")]


def test_a_point_outside_all_is_in_none_whatever_was_given():
    assert placed(homes((Point(5, 5), "00001", "Tổ dân phố 2"))) == [(None, "outside")]


@pytest.mark.parametrize("areas", [TWO_PLACES, TWO_PLACES.iloc[::-1]])
def test_on_a_border_the_smallest_id_has_it_and_it_is_said(areas):
    households = homes((Point(1, 0.5), "00001", None), (Point(0, 0.5), "00001", None))

    assert placed(households, areas) == [("n1", "border"), ("n1", "border")]


def test_in_an_overlap_the_smallest_id_has_it_and_it_is_said():
    overlapping = neighbourhoods(
        ("n2", "00001", "A", box(0, 0, 1, 1)), ("n1", "00001", "B", box(0.5, 0, 2, 1))
    )

    assert placed(homes((Point(0.7, 0.5), "00001", None)), overlapping) == [("n1", "border")]


def test_a_household_without_a_point_belongs_where_its_name_or_id_says():
    households = homes(
        (None, "00001", "TDP 2"), (Point(), "00001", "n1"), (None, "00001", "Tổ 9"), (None,) * 3
    )

    assert placed(households) == [
        ("n2", "unlocated"),
        ("n1", "unlocated"),
        (None, "unlocated"),
        (None, "unlocated"),
    ]


def test_only_neighbourhoods_of_the_same_ward_count_where_both_wards_are_known():
    areas = neighbourhoods(
        ("n1", "00001", "A", box(0, 0, 1, 1)),
        ("n2", "00002", "B", box(0, 0, 1, 1)),
        ("n3", None, "C", box(2, 0, 3, 1)),
    )
    households = homes(
        (Point(0.5, 0.5), "00002", None),
        (Point(0.5, 0.5), None, None),
        (Point(0.5, 0.5), "00003", None),
        (Point(2.5, 0.5), "00002", None),
    )

    assert placed(households, areas) == [
        ("n2", "inside"),
        ("n1", "border"),
        (None, "outside"),
        ("n3", "inside"),
    ]


def test_a_neighbourhood_that_crosses_itself_still_holds_points():
    bow_tie = neighbourhoods(("n1", "00001", "A", Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])))

    assert placed(homes((Point(0.9, 0.5), "00001", None)), bow_tie) == [("n1", "inside")]


def test_no_households_or_no_neighbourhoods_are_answered_too():
    assert placed(homes()) == []
    assert placed(homes((Point(0, 0), None, None)), neighbourhoods()) == [(None, "outside")]


def test_a_hundred_thousand_points_are_placed_among_rough_borders():
    centres = np.arange(33)
    rough_circles = [Point(c, 0).buffer(0.5, quad_segs=2_750) for c in centres]  # 11,000 vertices
    areas = neighbourhoods(*((f"n{c:02}", None, f"Tổ {c}", rough_circles[c]) for c in centres))
    chance = np.random.default_rng(1)
    points = shapely.points(chance.uniform(-0.5, 32.5, 100_000), chance.uniform(-0.5, 0.5, 100_000))
    many = gpd.GeoDataFrame({"household_id": np.arange(100_000)}, geometry=points, crs=CRS)
    many = many.assign(household_id=many["household_id"].astype("str"), ward_code=codes(None)[0])
    many["neighbourhood_given"] = None

    found = neighbourhood_of(many, areas)

    assert found["where"].eq("inside").mean() == pytest.approx(np.pi / 4, abs=0.01)


# --- names --------------------------------------------------------------------------------------


def teams(*rows):
    """Return a table (id, name, ward)."""
    return pd.DataFrame(rows, columns=["id", "name", "ward_code"]).astype("str")


def matched(given, table, ward=None):
    wards_of_rows = None if ward is None else codes(*ward)
    found = match_reference(
        codes(*given), table, id_column="id", name_column="name", ward=wards_of_rows
    )
    return answers(found)


def test_an_exact_id_comes_before_any_name():
    table = teams(("5", "Tổ 9", "00001"), ("a", "5", "00001"))

    assert matched(["5"], table) == ["5"]


@pytest.mark.parametrize("given", ["TDP 5", "tổ 5", "Tổ dân phố số 05", "TO DAN PHO 5", "5", "05"])
def test_a_number_is_found_however_it_is_written(given):
    table = teams(("a", "Tổ dân phố 5", None), ("b", "Tổ dân phố 15", None))

    assert matched([given], table) == ["a"]


def test_a_name_without_its_kind_is_found_on_either_side():
    table = teams(("a", "Thôn Lang Xá Cồn", None), ("b", "Bàn Thạch", None))

    assert matched(["Lang Xá Cồn", "thôn bàn thạch"], table) == ["a", "b"]


def test_another_kind_of_place_is_not_a_match():
    assert matched(["Thôn 5"], teams(("a", "Tổ dân phố 5", None))) == [None]


def test_diacritics_tell_two_names_apart_where_they_are_written():
    table = teams(("a", "Xóm Cầu", None), ("b", "Xóm Cau", None))

    assert matched(["Xóm Cầu", "Xóm Cau", "XÓM CẦU"], table) == ["a", "b", None]


def test_a_name_that_stands_for_two_rows_stands_for_none():
    table = teams(("a", "Tổ 5", "00001"), ("b", "TDP 5", "00001"))

    assert matched(["Tổ dân phố 5", "5"], table) == [None, None]


def test_the_ward_settles_which_of_two_is_meant():
    table = teams(("a", "Tổ 5", "00001"), ("b", "Tổ 5", "00002"))

    found = matched(["Tổ 5"] * 4, table, ward=["00001", "00002", None, "00003"])

    assert found == ["a", "b", None, None]


def test_nothing_given_or_nothing_known_gives_nothing():
    assert matched([None, "", "-"], teams(("a", "?", None))) == [None, None, None]
    assert matched(["Tổ 5"], teams()) == [None]
    assert matched([], teams(("a", "Tổ 5", None))) == []


def test_the_index_of_the_given_names_is_kept():
    given = pd.Series(["Tổ 5"], index=[9], dtype="str")

    found = match_reference(
        given, teams(("a", "Tổ 5", None)), id_column="id", name_column="name", ward=None
    )

    assert found.to_dict() == {9: "a"}
