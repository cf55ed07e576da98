import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry import Polygon, box

from geo.errors import InputError, UnknownCrsError
from geo.faces import narrow_gaps
from geo.findings import Decision
from geo.mending import mend
from tests.boundaries import (
    UTM,
    adjacent_pairs,
    cells,
    frame,
    largest_overlap_m2,
    metric,
    place,
    square,
    zones,
)


def areas(mended):
    return dict(
        zip(mended.zones["neighbourhood_id"], mended.zones.geometry.area.round(2), strict=True)
    )


def told(mended):
    return list(mended.decisions["what"])


def test_a_narrow_gap_is_divided_along_its_middle():
    mended = mend(zones(a=square(0, 0), b=square(104, 0)))

    (gap,) = mended.decisions.itertuples()
    assert (gap.what, gap.neighbourhoods) == (Decision.GAP_MENDED, ("a", "b"))
    assert gap.width_m == pytest.approx(4, abs=0.05)
    assert gap.moved_m == pytest.approx(2, abs=0.2)
    # each gains two metres by a hundred, but for the rounded ends of the gap
    assert areas(mended)["a"] == pytest.approx(10_200, abs=5)
    assert areas(mended)["b"] == pytest.approx(10_200, abs=5)
    assert adjacent_pairs(metric(mended.zones)) == 1


def test_a_narrow_overlap_is_divided_along_its_middle():
    mended = mend(zones(a=square(0, 0), b=square(96, 0)))

    assert told(mended) == [Decision.OVERLAP_MENDED]
    assert areas(mended) == {"a": pytest.approx(9_800, abs=1), "b": pytest.approx(9_800, abs=1)}
    assert shapely.coverage_is_valid(metric(mended.zones))
    assert mended.overlapping.empty


def test_a_gap_wider_than_the_tolerance_is_left_as_it_is():
    drawn = zones(a=square(0, 0), b=square(106, 0))

    mended = mend(drawn)

    assert mended.decisions.empty
    assert mended.zones.geometry.geom_equals_exact(drawn.geometry, 0).all()
    assert len(mend(drawn, tolerance_m=7).decisions) == 1


def test_a_wide_overlap_is_asked_about_and_left_out_of_both():
    mended = mend(zones(a=square(0, 0), b=square(90, 0)))

    (pair,) = mended.overlapping.itertuples()
    assert (pair.neighbourhood_id, pair.other_id) == ("a", "b")
    assert (pair.area_m2, pair.share) == (pytest.approx(1_000), pytest.approx(0.1))
    assert pair.width_m == pytest.approx(10, abs=0.05)
    assert told(mended) == [Decision.OVERLAP_ASKED]
    assert areas(mended) == {"a": pytest.approx(9_000), "b": pytest.approx(9_000)}
    assert list(mended.borders["moved_m"]) == [0, 0]


def test_a_wide_overlap_is_cut_along_its_middle_when_told_so():
    mended = mend(zones(a=square(0, 0), b=square(90, 0)), cut_wide=True)

    assert told(mended) == [Decision.OVERLAP_CUT]
    assert mended.overlapping.empty
    assert areas(mended) == {"a": pytest.approx(9_500, abs=60), "b": pytest.approx(9_500, abs=60)}
    assert adjacent_pairs(metric(mended.zones)) == 1
    assert mended.borders["moved_m"].max() == pytest.approx(5, abs=0.2)


def test_a_zone_inside_another_keeps_its_ground_when_told_so():
    drawn = zones(inner=square(20, 20, 40), outer=square(0, 0))

    asked, cut = mend(drawn), mend(drawn, cut_wide=True)

    assert told(asked) == [Decision.OVERLAP_ASKED, Decision.NOTHING_LEFT]
    assert asked.zones.geometry.is_empty.tolist() == [True, False]
    assert told(cut) == [Decision.OVERLAP_TO_INNER]
    assert areas(cut) == {"inner": 1_600, "outer": 8_400}


def test_two_drawings_of_the_same_zone_are_never_cut():
    drawn = zones(a=square(0, 0), again=square(3, 3))

    mended = mend(drawn, cut_wide=True)

    assert told(mended) == [Decision.OVERLAP_ASKED]
    assert mended.overlapping["area_m2"].tolist() == [pytest.approx(97 * 97)]


def test_a_thin_end_along_a_border_is_kept_whole():
    tail = Polygon([(-60, 0), (100, 0), (100, 100), (0, 100), (0, 4)])

    mended = mend(zones(a=tail, b=box(-100, 0, 0, 100)))

    assert areas(mended) == {"a": pytest.approx(10_120), "b": pytest.approx(9_880)}
    assert mended.borders["moved_m"].max() <= 4


def test_a_thin_end_that_neither_zone_can_keep_is_asked_about():
    spike = Polygon([(0, 0), (100, 0), (100, 100), (0, 100), (0, 52), (-60, 50), (0, 48)])

    mended = mend(zones(a=spike, b=box(-100, 0, 0, 100)))

    assert told(mended) == [Decision.OVERLAP_ASKED]
    assert areas(mended) == {"a": pytest.approx(10_000), "b": pytest.approx(9_880)}


def test_three_zones_meet_in_one_point_after_mending():
    drawn = zones(a=box(0, 0, 97, 200), b=box(100, 0, 200, 97), c=box(100, 100, 200, 200))

    mended = mend(drawn)

    assert told(mended) == [Decision.GAP_MENDED]
    assert mended.decisions["neighbourhoods"].iloc[0] == ("a", "b", "c")
    assert adjacent_pairs(metric(mended.zones)) == 3
    assert mended.gaps.empty


def test_a_sliver_inside_another_zone_is_absorbed_and_listed():
    mended = mend(zones(a=square(0, 0), sliver=box(20, 20, 60, 22)))

    assert told(mended) == [Decision.OVERLAP_MENDED, Decision.SLIVER, Decision.NOTHING_LEFT]
    assert mended.zones.geometry.is_empty.tolist() == [False, True]
    assert areas(mended)["a"] == 10_000


def test_a_narrow_hole_is_filled_and_a_narrow_inlet_is_left():
    holed = square(0, 0) - box(40, 40, 60, 43)
    indented = square(200, 0) - box(220, 60, 223, 100)

    mended = mend(zones(holed=holed, indented=indented))

    assert areas(mended) == {"holed": 10_000, "indented": 10_000 - 120}
    assert told(mended) == [Decision.GAP_MENDED]


def test_zones_that_only_touch_share_their_corners_afterwards():
    drawn = zones(a=square(0, 0), b=square(30.3, 100))

    mended = mend(drawn)

    assert mended.decisions.empty
    assert areas(mended) == {"a": 10_000, "b": 10_000}
    assert shapely.coverage_is_valid(metric(mended.zones))


def test_a_step_of_a_centimetre_that_mending_leaves_in_the_outer_border_is_no_gap():
    west, south = -0.3125, -0.78125
    a = [
        (west, south),
        (west, 999.84375),
        (12.8125, 999.84375),
        (12.8125, 11.91044),
        (1.2746, south),
    ]
    b = [(1000.75, -0.765625), (-0.55905, -0.765625), (11.95705, 13.00209), (49.49904, 50.54408)]
    c = [(50, 1000), (50, 50), (12.5, 12.5), (12.5, 1000)]
    d = [(1000, 1000), (1000, 810), (50, 50), (50, 1000)]
    drawn = zones(a=Polygon(a), b=Polygon([*b, (1000.75, 811.54484)]), c=Polygon(c), d=Polygon(d))

    mended = mend(drawn, cut_wide=True)

    assert narrow_gaps(metric(mended.zones), TOLERANCE_M).empty


def test_an_invalid_ring_is_repaired_and_listed():
    bow_tie = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])

    mended = mend(zones(a=bow_tie))

    assert told(mended) == [Decision.RING_REPAIRED]
    assert areas(mended) == {"a": 5_000}
    assert mended.decisions["before"].iloc[0].equals_exact(place(bow_tie), 0)


def test_what_lies_outside_the_ward_is_listed_and_not_cut():
    drawn = zones(a=square(0, 0), b=square(100, 0))

    mended = mend(drawn, ward=place(box(0, 0, 150, 120)))

    assert mended.outside["neighbourhood_id"].tolist() == ["b"]
    assert mended.outside["area_m2"].tolist() == [pytest.approx(5_000)]
    assert areas(mended) == {"a": 10_000, "b": 10_000}
    assert mended.gaps["area_m2"].tolist() == [pytest.approx(150 * 20)]
    assert mended.gaps["neighbourhoods"].tolist() == [("a", "b")]


def test_rows_without_a_shape_and_other_columns_stay():
    drawn = zones(b=square(0, 0), a=square(104, 0), c=square(300, 0))
    drawn.loc[2, "geometry"] = None

    mended = mend(drawn.set_index(drawn.index + 7))

    assert mended.zones.index.tolist() == [7, 8, 9]
    assert mended.zones["name"].tolist() == ["Tổ b", "Tổ a", "Tổ c"]
    assert mended.zones.geometry.isna().tolist() == [False, False, True]


@pytest.mark.parametrize("shape", [None, Polygon(), Polygon([(0, 0), (9, 0), (5, 0)])])
def test_zones_without_ground_are_no_trouble(shape):
    drawn = gpd.GeoDataFrame({"neighbourhood_id": ["a"]}, geometry=[shape], crs=UTM)

    alone, among = mend(drawn), mend(pd.concat([drawn, zones(b=square(0, 0))], ignore_index=True))

    assert len(alone.zones) == 1
    assert alone.overlapping.empty
    assert areas(among)["b"] == 10_000


def test_corners_nobody_touched_come_back_bit_for_bit():
    drawn = zones(a=square(0, 0), b=square(104, 0)).to_crs("EPSG:4326")

    mended = mend(drawn)

    kept = {tuple(xy) for xy in shapely.get_coordinates(mended.zones.geometry)}
    (west, south), (_, north) = drawn.geometry.iloc[0].exterior.coords[2], (0, 0)
    assert (west, south) in kept
    assert north == 0


def test_nonsense_is_refused():
    drawn = zones(a=square(0, 0))

    with pytest.raises(InputError, match="tolerance_unusable"):
        mend(drawn, tolerance_m=0)
    with pytest.raises(UnknownCrsError):
        mend(gpd.GeoDataFrame(drawn).set_crs(None, allow_override=True))


# --- laws ---------------------------------------------------------------------------------------

TOLERANCE_M = 5.0
seeds = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=7, unique=True
).map(lambda places: np.array(places, dtype=float) * 25)
lawful = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def drawn_badly(draw):
    """A clean coverage whose zones were each drawn a little too small, too large, or beside it."""
    shapes = cells(draw(seeds))
    near = st.floats(-1.6, 1.6)
    badly = [
        translate(shape.buffer(draw(st.floats(-1, 1)), join_style="mitre"), draw(near), draw(near))
        for shape in shapes
    ]
    return frame(badly, crs=draw(st.sampled_from([UTM, "EPSG:4326"])))


@lawful
@given(drawn_badly())
def test_no_two_mended_zones_share_ground_and_no_narrow_gap_is_left(drawn):
    mended = mend(drawn, cut_wide=True)

    shapes = metric(mended.zones)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert largest_overlap_m2(shapes) < 1e-6
    assert narrow_gaps(shapes, TOLERANCE_M).empty


@lawful
@given(drawn_badly())
def test_no_border_moves_farther_than_the_tolerance(drawn):
    mended = mend(drawn)

    assert (mended.borders["moved_m"].dropna() <= TOLERANCE_M).all()
    assert (mended.decisions["moved_m"].dropna() <= TOLERANCE_M).all()


@lawful
@given(drawn_badly())
def test_ground_is_neither_lost_nor_won_but_for_what_is_listed(drawn):
    mended = mend(drawn)

    before = shapely.union_all(metric(drawn)).area
    won = mended.decisions.loc[mended.decisions["what"] == Decision.GAP_MENDED, "area_m2"].sum()
    asked = shapely.union_all(metric(mended.overlapping)).area if len(mended.overlapping) else 0
    assert shapely.area(metric(mended.zones)).sum() == pytest.approx(before + won - asked, abs=1.0)


@lawful
@given(drawn_badly())
def test_mending_twice_is_mending_once(drawn):
    once = mend(drawn, cut_wide=True)

    twice = mend(once.zones, cut_wide=True)

    assert twice.decisions.empty
    assert twice.zones.geometry.geom_equals_exact(once.zones.geometry, 0).all()


@lawful
@given(drawn_badly(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn, random):
    order = list(drawn.index)
    random.shuffle(order)

    mended, shuffled = mend(drawn).zones, mend(drawn.loc[order]).zones

    assert shuffled.index.tolist() == order
    assert shuffled.geometry.sort_index().geom_equals_exact(mended.geometry, 0).all()


@lawful
@given(seeds, st.sampled_from([UTM, "EPSG:4326"]))
def test_a_clean_coverage_stays_as_it_is(places, crs):
    drawn = frame(cells(places), crs=crs)

    mended = mend(drawn)

    assert mended.decisions.empty
    assert mended.zones.geometry.geom_equals_exact(drawn.geometry, 0).all()
