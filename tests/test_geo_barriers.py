"""People on foot: no way over water, rails or a main road but where a street leads across."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, box

from geo.barriers import NO_BARRIERS, build_barriers
from geo.errors import UnknownCrsError
from geo.joining import NOWHERE, distances_m, join, set_in
from geo.network import build_network

CRS = "EPSG:32648"
EAST, NORTH = 690_000.0, 1_187_000.0


def drawn(*lines):
    shapes = [LineString([(EAST + x, NORTH + y) for x, y in line]) for line in lines]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def spots(*points):
    return gpd.GeoSeries([Point(EAST + x, NORTH + y) for x, y in points], crs=CRS)


# A river runs north at x = 0; streets run north at x = -60 and x = 10.
RIVER = [(0, -500), (0, 500)]
WEST, EAST_BANK = [(-60, -200), (-60, 200)], [(10, -200), (10, 200)]
BRIDGE = [(-60, 0), (10, 0)]


def network(*lines, barriers=(RIVER,), **options):
    return build_network(drawn(*lines), crs=CRS, barriers=drawn(*barriers), **options)


def test_a_house_on_the_west_bank_does_not_join_the_nearer_street_on_the_east_bank():
    joins = join(spots((-5, 50)), network(WEST, EAST_BANK))

    assert joins["off_street_m"].tolist() == pytest.approx([55])
    assert not joins["across"].any()


def test_without_the_river_it_joins_the_nearer_one():
    joins = join(spots((-5, 50)), network(WEST, EAST_BANK, barriers=()))

    assert joins["off_street_m"].tolist() == pytest.approx([15])


def test_two_banks_without_a_bridge_are_two_pieces_and_a_bridge_makes_them_one():
    assert network(WEST, EAST_BANK).components == 2
    assert network(WEST, EAST_BANK, BRIDGE).components == 1


def test_the_way_to_the_other_bank_leads_over_the_bridge():
    ways = network(WEST, EAST_BANK, BRIDGE)
    graph = set_in(join(spots((-5, 100), (9, 100)), ways), ways)

    one, other = graph.node.to_numpy()

    assert distances_m(graph, np.array([one]))[0, other] == pytest.approx(100 + 70 + 100, abs=0.05)


def test_a_house_by_the_bridge_joins_the_half_on_its_own_side():
    joins = join(spots((-8, 3), (8, 3)), network(WEST, EAST_BANK, BRIDGE))

    assert joins["off_street_m"].tolist() == pytest.approx([3, 2])


def test_a_lane_that_ends_at_the_water_serves_its_own_side_only():
    quay = [(10, 20), (0, 20)]

    joins = join(spots((-4, 20), (4, 22)), network(WEST, EAST_BANK, quay))

    assert joins["off_street_m"].tolist() == pytest.approx([56, 2], abs=0.1)


def test_a_house_with_streets_on_the_other_bank_only_is_told_apart():
    joins = join(spots((-5, 50), (20, 50)), network(EAST_BANK))

    assert joins["across"].tolist() == [True, False]
    assert joins["off_street_m"].tolist() == pytest.approx([15, 10])


def test_a_street_that_runs_along_a_main_road_serves_both_its_sides():
    road = [(0, -200), (0, 200)]

    joins = join(spots((-5, 50), (5, 50)), network(road, barriers=(road,)))

    assert not joins["across"].any()
    assert joins["off_street_m"].tolist() == pytest.approx([5, 5])


def test_a_house_drawn_on_the_rim_of_a_barrier_is_not_cut_off():
    joins = join(spots((0, 50)), network(EAST_BANK))

    assert not joins["across"].any()


def test_a_gap_in_the_drawing_is_closed_but_not_over_water():
    west, east = [(-60, 0), (-0.2, 0)], [(0.2, 0), (60, 0)]

    assert network(west, east, barriers=()).components == 1
    assert network(west, east).components == 2


def test_how_near_lines_must_come_to_meet_is_for_the_caller_to_say():
    one, other = [(0, 0), (50, 0)], [(52, -50), (52, 50)]

    assert network(one, other, barriers=()).components == 2
    assert network(one, other, barriers=(), snap_m=3.0).components == 1


def test_a_lake_stops_people_at_its_rim():
    lake = gpd.GeoDataFrame(geometry=[box(EAST, NORTH, EAST + 8, NORTH + 8)], crs=CRS)
    ways = build_network(drawn(EAST_BANK, WEST), crs=CRS, barriers=lake)

    joins = join(spots((-2, 4), (-2, 40)), ways)

    assert joins["off_street_m"].tolist() == pytest.approx([58, 12])


def test_the_order_in_which_barriers_are_drawn_does_not_matter():
    canal = [(-30, 300), (200, 300)]
    one = build_barriers(drawn(RIVER, canal), crs=CRS)
    other = build_barriers(drawn(canal, RIVER), crs=CRS)

    assert [str(line) for line in one.pieces] == [str(line) for line in other.pieces]


def test_barriers_without_a_system_are_refused_and_none_are_none():
    with pytest.raises(UnknownCrsError):
        build_barriers(drawn(RIVER).set_crs(None, allow_override=True), crs=CRS)
    assert build_barriers(drawn(), crs=CRS) is NO_BARRIERS


def test_points_are_not_joined_where_there_are_no_streets():
    joins = join(spots((0, 0)), network())

    assert joins["stretch"].tolist() == [NOWHERE]
    assert joins["across"].tolist() == [False]


def test_several_processes_find_the_same_ways_as_one():
    ways = network([(0, 0), (100, 0)], [(50, -50), (50, 50)], barriers=())
    graph = set_in(join(spots((10, 0), (50, 30), (90, 0)), ways), ways)
    nodes = graph.node.to_numpy()

    one, two = (distances_m(graph, nodes, targets=nodes, workers=n) for n in (1, 2))

    assert one.tolist() == two.tolist()
    assert distances_m(graph, nodes[:0]).shape == (0, graph.lengths_mm.shape[0])


def test_ways_beyond_the_limit_are_not_looked_for_and_targets_come_in_their_order():
    ways = network([(0, 0), (100, 0)], barriers=())
    graph = set_in(join(spots((0, 0), (30, 0), (90, 0)), ways), ways)
    first, second, third = graph.node.to_numpy()

    found = distances_m(
        graph, np.array([first, third]), targets=np.array([third, second]), limit_m=70.0
    )

    assert found.tolist() == [[np.inf, 30.0], [0.0, 60.0]]
