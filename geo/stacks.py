"""Points where so many households lie that it is nobody's home: a ward's office, the middle of a street."""

from geopandas import GeoSeries
from pandas import Series

# From this many on one point on.
STACK = 5


def on_point(points: GeoSeries) -> Series:
    """Return how many of `points` lie on each one's spot, on their index; missing where there is no point."""
    has = points[~(points.isna() | points.is_empty)]
    sizes: Series = has.groupby([has.x, has.y]).transform("size")
    return sizes.reindex(points.index)


def stacked(points: GeoSeries) -> Series:
    """Return which of `points` are nobody's home."""
    return on_point(points) >= STACK
