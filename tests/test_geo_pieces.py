"""Which houses nobody can walk to, and in which piece of the network they lie."""

import geopandas as gpd
from shapely import LineString, Point

from geo.network import build_network
from geo.pieces import street_pieces, unreachable

CRS = "EPSG:32648"
EAST, NORTH = 690_000.0, 1_187_000.0


def drawn(*lines):
    shapes = [LineString([(EAST + x, NORTH + y) for x, y in line]) for line in lines]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def houses(**spots):
    points = [None if s is None else Point(EAST + s[0], NORTH + s[1]) for s in spots.values()]
    return gpd.GeoSeries(points, index=list(spots), crs=CRS)


MAIN = [(0, 0), (300, 0)]
ISLAND = [(0, 400), (50, 400)]
RIVER = [(-100, 200), (400, 200)]
SPOTS = houses(a=(10, 5), b=(90, -5), c=(20, 405), far=(200, 150), beyond=(250, 210), lost=None)


def network():
    return build_network(drawn(ISLAND, MAIN), crs=CRS, barriers=drawn(RIVER))


def test_pieces_are_told_with_their_houses_the_largest_first():
    pieces = street_pieces(SPOTS, network(), reach_m=100)

    assert pieces["houses"].tolist() == [2, 1]
    assert pieces["length_m"].round().tolist() == [300, 50]
    assert pieces.geometry.iloc[0].length == 300


def test_houses_nobody_can_walk_to_are_told_with_the_cause():
    found = unreachable(SPOTS, network(), reach_m=100)

    assert found["why"].to_dict() == {"c": "cut_off", "far": "no_street", "beyond": "no_street"}
    assert found["piece"].to_dict() == {"c": 1, "far": 0, "beyond": 1}


def test_a_house_whose_only_street_lies_across_a_barrier_is_told():
    one_bank = build_network(drawn(MAIN), crs=CRS, barriers=drawn([(-100, 20), (400, 20)]))

    found = unreachable(houses(a=(10, 5), over=(50, 30)), one_bank, reach_m=100)

    assert found["why"].to_dict() == {"over": "across_barrier"}


def test_without_streets_every_located_house_is_unreachable():
    nothing = build_network(drawn(), crs=CRS)

    assert set(unreachable(SPOTS, nothing, reach_m=100)["why"]) == {"no_street"}
    assert street_pieces(SPOTS, nothing, reach_m=100).empty
