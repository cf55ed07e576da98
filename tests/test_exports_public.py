"""Public tables: no small count, and none that can be worked out."""

import itertools

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.public import SMALL, hide_small, public_plan
from tests.made_up_plan import a_plan


def decided(*places):
    """Return what is shown of zones by place, `((12, 3), (9, 30))`: zones, places, total."""
    parts = {f"{p}{z}": n for p, zones in enumerate(places) for z, n in enumerate(zones)}
    sums = {f"{p}": sum(zones) for p, zones in enumerate(places)}
    counts = pd.Series({**parts, **sums, "all": sum(sums.values())}, dtype="int64")
    part_of = {**{cell: cell[0] for cell in parts}, **dict.fromkeys(sums, "all"), "all": None}
    return counts, hide_small(counts, pd.Series(part_of, dtype=object)[counts.index])


def shown(*places):
    return decided(*places)[1]["shown"].tolist()


def test_large_counts_and_zeros_are_shown():
    assert shown((12, 8), (0, 30)) == ["12", "8", "0", "30", "20", "30", "50"]


def test_a_small_count_is_hidden_with_one_beside_it():
    assert shown((3, 8, 20)) == ["<5", "≥5", "20", "31", "31"]


def test_one_more_is_hidden_where_the_sum_of_two_would_still_tell():
    # 3 + 5 = 8: whoever knows that the second is at least 5 knows that the first is at most 3.
    assert shown((3, 5, 20)) == ["<5", "≥5", "≥5", "28", "28"]


def test_small_counts_protect_each_other_where_their_sum_allows_all():
    assert shown((2, 3, 20)) == ["<5", "<5", "20", "25", "25"]


def test_two_small_counts_whose_sum_tells_are_joined_by_a_third():
    assert shown((1, 1, 20)) == ["<5", "<5", "≥5", "22", "22"]


def test_where_nothing_is_beside_it_the_total_goes_and_one_beside_the_total():
    assert shown((3,), (9, 9), (8, 8)) == ["<5", "≥5", "9", "8", "8", "<5", "≥5", "16", "37"]


def test_which_one_is_hidden_does_not_depend_on_sizes():
    assert shown((3, 50, 8)) == ["<5", "≥5", "8", "61", "61"]


def test_a_table_of_small_counts_alone_ends():
    assert shown((1,)) == ["<5", "<5", "<5"]
    assert shown((2, 1), (1,)) == ["<5", "<5", "<5", "<5", "<5", "<5"]


def test_no_zones_are_answered_too():
    assert shown(()) == ["0", "0"]


def worlds(counts, table, places, most):
    """Yield every table of zones that fits what is shown, by trying all."""
    ranges = []
    for cell in [c for c in counts.index if len(c) == 2]:
        text = table.loc[cell, "shown"]
        known = range(int(text), int(text) + 1) if text.isdigit() else None
        ranges.append(known or (range(1, 5) if text == "<5" else range(5, most + 1)))
    zones = [c for c in counts.index if len(c) == 2]
    for values in itertools.product(*ranges):
        world = dict(zip(zones, values, strict=True))
        sums = {p: sum(n for c, n in world.items() if c[0] == p) for p in places}
        sums["all"] = sum(sums.values())
        if all(fits(sums[cell], table.loc[cell, "shown"]) for cell in sums):
            yield world


def fits(count, text):
    if text == "<5":
        return 1 <= count < 5
    return count >= 5 if text == "≥5" else count == int(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=2), min_size=2, max_size=2))
def test_a_reader_who_tries_every_table_learns_nothing_of_a_small_count(zones):
    counts, table = decided(*zones)
    places = [str(p) for p in range(len(zones))]
    possible = list(worlds(counts, table, places, most=counts.max() + SMALL))

    free = counts["all"] >= 20  # in a table of next to nothing the totals themselves are small
    for cell in [c for c in counts.index if len(c) == 2 and 1 <= counts[c] < 5]:
        seen = {world[cell] for world in possible}
        assert counts[cell] in seen
        if free:
            assert seen == {1, 2, 3, 4}
    assert not any(1 <= int(text) < 5 for text in table["shown"] if text.isdigit())


def test_a_public_plan_names_nobody():
    content = a_plan(counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30})

    public = public_plan(content.zones, content.neighbourhoods)

    assert list(public.zones.columns) == [
        "zone",
        "neighbourhood_id",
        "neighbourhood",
        "households",
        "households_shown",
        "geometry",
    ]
    assert public.zones["households_shown"].tolist() == ["<5", "≥5", "9", "30"]
    assert public.zones["households"].isna().tolist() == [True, True, False, False]
    assert public.neighbourhoods["households_shown"].tolist() == ["15", "39"]
    assert public.figures["households_shown"].tolist() == ["15", "39", "54"]


def test_the_corners_of_public_outlines_are_no_homes():
    content = a_plan()
    corners = content.zones.to_crs("EPSG:32648").geometry.get_coordinates()

    public = public_plan(content.zones, content.neighbourhoods).zones
    moved = public.to_crs("EPSG:32648").geometry.get_coordinates()

    assert moved.to_numpy() == pytest.approx((moved / 10).round().to_numpy() * 10, abs=1e-3)
    assert not set(map(tuple, corners.round(3).to_numpy())) & set(
        map(tuple, moved.round(3).to_numpy())
    )


def test_a_plan_without_zones_has_a_public_face_too():
    content = a_plan()

    public = public_plan(content.zones.iloc[:0], content.neighbourhoods)

    assert public.zones.empty
    assert isinstance(public.zones, gpd.GeoDataFrame)
    assert public.neighbourhoods["households_shown"].tolist() == ["0", "0"]


def test_a_piece_of_a_zone_apart_from_the_rest_is_not_shown():
    """It may lie around a single house."""
    plan = a_plan()
    apart = plan.zones.geometry.translate(0.2).scale(0.01, 0.01)
    zones = plan.zones.assign(geometry=plan.zones.geometry.union(apart))

    shown = public_plan(zones, plan.neighbourhoods).zones

    assert (shown.geometry.count_geometries() == 1).all()
    assert not shown.geometry.intersects(apart.union_all()).any()
