"""Small zones in metres for the tests of boundaries: squares of UTM 49N near Đà Nẵng."""

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import box

UTM = "EPSG:32649"
EAST, NORTH = 190_000.0, 1_780_000.0


def place(shape):
    """A shape given in metres from the corner of the test ground."""
    return shapely.transform(shape, lambda xy: np.add(xy, (EAST, NORTH)))


def zones(**shapes):
    """Zones by id, in metres from the corner of the test ground."""
    return gpd.GeoDataFrame(
        {"neighbourhood_id": list(shapes), "name": [f"Tổ {name}" for name in shapes]},
        geometry=[place(shape) for shape in shapes.values()],
        crs=UTM,
    )


def square(west, south, side=100.0):
    return box(west, south, west + side, south + side)


def cells(seeds, side=1_000.0):
    """A clean coverage of a square: the ground nearest to each seed."""
    square_ground = box(0, 0, side, side)
    whole = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=square_ground)
    clipped = shapely.intersection(shapely.get_parts(whole), square_ground)
    return shapely.coverage_clean(clipped, snapping_distance=1e-4)


def frame(shapes, crs=UTM):
    """Shapes around the origin as zones Z00, Z01 …"""
    ids = [f"Z{i:02}" for i in range(len(shapes))]
    placed = [place(shape) for shape in shapes]
    return gpd.GeoDataFrame({"neighbourhood_id": ids}, geometry=placed, crs=UTM).to_crs(crs)


def adjacent_pairs(shapes, *, within_m=0.01, along_m=1.0):
    """How many pairs have borders within a centimetre of each other for at least a metre."""
    borders = shapely.boundary(shapes)
    first, second = shapely.STRtree(shapes).query(shapes, "dwithin", within_m)
    first, second = first[first < second], second[first < second]
    near = shapely.intersection(borders[first], shapely.buffer(borders[second], within_m))
    return int((shapely.length(near) >= along_m).sum())


def largest_overlap_m2(shapes):
    first, second = shapely.STRtree(shapes).query(shapes, "intersects")
    first, second = first[first < second], second[first < second]
    return float(max(shapely.area(shapely.intersection(shapes[first], shapes[second])), default=0))


def metric(frame):
    return np.array(frame.to_crs(UTM).geometry)
