"""A piece of ground in a box of a page: where each corner comes to lie, whoever draws it.

Page units are whatever the drawer counts in: points of a PDF, pixels of a picture. Lengths come from the local UTM
zone (`geo.crs.metric_crs`), so a scale bar is true to 0.04 %.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import Transformer

from geo.crs import metric_crs
from geo.terms import STORED_CRS

Array = NDArray[np.float64]

# Of the box, left free on each side.
MARGIN = 0.04
# A single house is shown with this much ground around it.
LEAST_GROUND_M = 60.0
# Round figures that people know from maps: 1 : 1.500, 1 : 2.000 …
ROUND_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0)
ROUND_LENGTHS = (1.0, 2.0, 5.0)
MM_PER_M = 1000.0
# As GEOS counts kinds of geometry; all from the first on are made of parts.
LINE, POLYGON, MADE_OF_PARTS = 1, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBox:
    """A rectangle of a page, from its least x and least y on, in page units."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        """Refuse a box without room: a fault of ours."""
        if not (self.width > 0 and self.height > 0):
            raise ValueError(f"a box of {self.width} by {self.height} has no room")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One thing to draw: the place of its row, and arrays of shape (n, 2) in page units.

    Of a polygon `parts` are its rings, the outer one first; of a line there is one part.
    """

    row: int
    parts: tuple[Array, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBar:
    """A round length on the ground, and how long it is on the page."""

    metres: int
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """How ground lies in a box: `middle` (metres in `crs`) in its middle, `metres_a_unit` of ground to a page unit.

    `downward`: y grows down the page, as in pictures; otherwise up, as in PDF.
    """

    crs: str
    middle: tuple[float, float]
    metres_a_unit: float
    box: PageBox
    downward: bool = False

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the ground that the box shows, metres in `crs`."""
        half = np.array([self.box.width, self.box.height]) * self.metres_a_unit / 2
        west, south = self.middle - half
        east, north = self.middle + half
        return float(west), float(south), float(east), float(north)

    def on_page(self, metric: Array) -> Array:
        """Return where places, shape (n, 2) in metres of `crs`, come to lie on the page."""
        box = self.box
        offset = (np.asarray(metric, dtype=float) - self.middle) / self.metres_a_unit
        if self.downward:
            offset = offset * (1.0, -1.0)
        return np.asarray(np.add(offset, (box.x + box.width / 2, box.y + box.height / 2)))

    def denominator(self, unit_mm: float) -> float:
        """Return the n of the scale 1 : n, for a page unit of so many millimetres."""
        return self.metres_a_unit * MM_PER_M / unit_mm

    def scale_bar(self, longest: float) -> ScaleBar:
        """Return the longest bar of a round length (1, 2, 5, 10 … m) that is no longer than `longest` page units."""
        metres = max(1.0, longest * self.metres_a_unit)
        power = 10.0 ** math.floor(math.log10(metres))
        whole = power * max(length for length in ROUND_LENGTHS if length * power <= metres)
        return ScaleBar(metres=round(whole), length=whole / self.metres_a_unit)

    def north_degrees(self) -> float:
        """Return how far true north lies to the right of straight up, in degrees (left: negative)."""
        there = Transformer.from_crs(self.crs, STORED_CRS, always_xy=True)
        lon, lat = there.transform(*self.middle)
        x, y = there.transform(lon, lat + 0.01, direction="INVERSE")
        return math.degrees(math.atan2(x - self.middle[0], y - self.middle[1]))


def fitted(
    ground: GeoSeries,
    box: PageBox,
    *,
    margin: float = MARGIN,
    unit_mm: float | None = None,
    downward: bool = False,
) -> MapFrame:
    """Return the frame that shows all of `ground` as large as it goes, in the middle of `box`.

    Parameters
    ----------
    ground
        What must be seen, in any coordinate system; empty places are passed over. Metric ones are kept as they are.
    margin
        The share of the box left free on each side.
    unit_mm
        Millimetres of paper in a page unit: the scale is then rounded to 1 : 1.500, 1 : 2.000 and the like. None where
        the page has no size of its own, as on a screen.

    Raises
    ------
    ValueError
        Where there is nothing to show.
    """
    metric = in_metres(ground)
    bounds = metric.total_bounds
    if not np.isfinite(bounds).all():
        raise ValueError("no ground to fit into the box")
    free = 1 - 2 * margin
    span = np.maximum(bounds[2:] - bounds[:2], LEAST_GROUND_M)
    metres_a_unit = float((span / (np.array([box.width, box.height]) * free)).max())
    if unit_mm is not None:
        metres_a_unit = _round_up(metres_a_unit * MM_PER_M / unit_mm) * unit_mm / MM_PER_M
    middle = (bounds[:2] + bounds[2:]) / 2
    return MapFrame(
        crs=str(metric.crs),
        middle=(float(middle[0]), float(middle[1])),
        metres_a_unit=metres_a_unit,
        box=box,
        downward=downward,
    )


def _round_up(scale: float) -> float:
    power = 10.0 ** math.floor(math.log10(scale))
    return power * min(one for one in ROUND_SCALES if one * power >= scale * (1 - 1e-9))


def in_metres(ground: GeoSeries) -> GeoSeries:
    """Return `ground` in metres, as it is where it already is; a ward is projected once for all its pages."""
    if ground.crs is not None and ground.crs.is_projected:
        return ground
    return ground.to_crs(metric_crs(ground))


def polygons(frame: MapFrame, shapes: GeoSeries) -> list[Drawn]:
    """Return what of polygons lies in the box, row by row; a polygon cut into pieces gives several."""
    rows, pieces = _cut(frame, shapes, POLYGON)
    return [
        Drawn(row=int(row), parts=tuple(_corners(frame, ring) for ring in _rings(piece)))
        for row, piece in zip(rows, pieces, strict=True)
    ]


def _rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    return [polygon.exterior, *polygon.interiors]


def lines(frame: MapFrame, shapes: GeoSeries) -> list[Drawn]:
    """Return what of lines lies in the box, row by row; a line that leaves it and comes back gives several."""
    rows, pieces = _cut(frame, shapes, LINE)
    return [
        Drawn(row=int(row), parts=(_corners(frame, piece),))
        for row, piece in zip(rows, pieces, strict=True)
    ]


def points(frame: MapFrame, shapes: GeoSeries) -> tuple[NDArray[np.int64], Array]:
    """Return the rows of the points in the box, and where on the page they lie, shape (n, 2)."""
    metric = shapes.to_crs(frame.crs)
    there = (metric.geom_type == "Point").to_numpy() & ~metric.is_empty.to_numpy()
    rows = np.flatnonzero(there)
    places = shapely.get_coordinates(metric.to_numpy()[rows])
    west, south, east, north = frame.ground
    inside = ((places >= (west, south)) & (places <= (east, north))).all(axis=1)
    return rows[inside], frame.on_page(places[inside])


def name_places(
    frame: MapFrame, shapes: GeoSeries, *, every: bool = False
) -> tuple[NDArray[np.int64], Array]:
    """Return for each polygon seen in the box its row and a place well inside of what is seen of it, for its name.

    Of a polygon seen in pieces that is the largest one; with `every`, all pieces are told, the largest ones first.
    """
    rows, pieces = _cut(frame, shapes, POLYGON)
    order = np.argsort(-shapely.area(pieces), kind="stable")
    if not every:
        order = np.sort(order[np.unique(rows[order], return_index=True)[1]])
    middles = [_middle(piece) for piece in pieces[order]]
    return rows[order], frame.on_page(np.array(middles, dtype=float).reshape(-1, 2))


def _middle(polygon: shapely.Polygon) -> tuple[float, float]:
    """Return the centre of gravity where it lies inside, else some place that does."""
    centre = polygon.centroid
    place = centre if polygon.intersects(centre) else polygon.representative_point()
    return float(place.x), float(place.y)


def _cut(
    frame: MapFrame, shapes: GeoSeries, kind: int
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Return rows and simple pieces of one kind in the box, by row."""
    metric = shapes.to_crs(frame.crs).to_numpy()
    west, south, east, north = frame.ground
    bounds = shapely.bounds(metric)
    near = (bounds[:, :2] <= (east, north)).all(axis=1) & (bounds[:, 2:] >= (west, south)).all(
        axis=1
    )
    rows = np.flatnonzero(near)
    # Made for this: fast, and it takes outlines that cross themselves, which intersections refuse.
    cut = shapely.clip_by_rect(metric[rows], west, south, east, north)
    return _simple(rows, cut, kind)


def _simple(
    rows: NDArray[np.int64], shapes: NDArray[np.object_], kind: int
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Take apart what has parts, and keep what is of a kind and not empty."""
    while (shapely.get_type_id(shapes) >= MADE_OF_PARTS).any():
        shapes, of = shapely.get_parts(shapes, return_index=True)
        rows = rows[of]
    kept = (shapely.get_type_id(shapes) == kind) & ~shapely.is_empty(shapes)
    return rows[kept], shapes[kept]


def _corners(frame: MapFrame, line: shapely.Geometry) -> Array:
    return frame.on_page(shapely.get_coordinates(line))
