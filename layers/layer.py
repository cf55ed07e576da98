"""A map layer: a frame whose rows already know how they look, and the legend that explains them.

Whoever draws it (the live map, the handout) needs nothing else. Texts in a layer are plain text:
the one who draws escapes them.
"""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
from geopandas import GeoDataFrame

from geo.terms import STORED_CRS
from layers.facets import Facet


class LayerKind(StrEnum):
    """What the geometry of a layer is."""

    POINTS = "points"
    POLYGONS = "polygons"
    LINES = "lines"


class Shape(StrEnum):
    """How a mark looks, so that nobody depends on its colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    RING = "ring"
    HOME = "home"
    AREA = "area"
    LINE = "line"
    NONE = "none"


GEOMETRIES = {
    LayerKind.POINTS: {"Point"},
    LayerKind.POLYGONS: {"Polygon", "MultiPolygon"},
    LayerKind.LINES: {"LineString", "MultiLineString"},
}

# The layer whose rows are households has this name: it can be chosen from.
HOUSEHOLDS = "households"

# What a frame may leave out, and what is drawn then.
DEFAULTS: dict[str, object] = {
    "shape": "",
    "label": "",
    "title": "",
    "fill_opacity": 0.0,
    "weight": 1.0,
    "urgent": False,
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend.

    `color` empty stands for every colour of the layer, `count` None for "not counted". `text` is
    shown as it is where the line has a name of its own (a member); otherwise `text_code` names it
    in `words`.
    """

    color: str
    shape: str
    text_code: str
    count: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A styled frame.

    `frame` is in EPSG:4326 with the columns `key` (id) and `color` (hex), and as far as they matter
    `shape` (points), `label` (what the popup says, lines parted by line feeds), `title` (a name
    written on the map), `fill_opacity` (0-1), `weight` (pixels) and `urgent` (asks for somebody's
    work). Rows are drawn in their order, so the last one lies on top.

    Points may have `facets`, by which they are filtered, with the rows of `frame`; where too many
    lie close, they are counted square by square, with the share of urgent ones, which `share_code`
    names in `words`; empty: never.
    """

    name: str
    kind: LayerKind
    frame: GeoDataFrame
    legend: tuple[LegendEntry, ...] = ()
    facets: tuple[Facet, ...] = ()
    share_code: str = ""

    def __post_init__(self) -> None:
        """Refuse a frame that cannot be drawn: a fault of ours, never of the data."""
        missing = {"key", "color"} - set(self.frame.columns)
        if missing:
            raise ValueError(f"layer {self.name} lacks the columns {sorted(missing)}")
        if self.frame.crs != STORED_CRS:
            raise ValueError(f"layer {self.name} is in {self.frame.crs}, not in {STORED_CRS}")
        if strangers := set(self.frame.geom_type) - GEOMETRIES[self.kind]:
            raise ValueError(f"layer {self.name} holds {sorted(map(str, strangers))}")
        if any(len(facet.codes) != len(self.frame) for facet in self.facets):
            raise ValueError(f"a facet of layer {self.name} has other rows than its frame")

    def column(self, name: str) -> pd.Series:
        """Return a column, or its default for every row where the frame leaves it out."""
        default = DEFAULTS.get(name, "")
        if name not in self.frame.columns:
            return pd.Series(default, index=self.frame.index)
        column: pd.Series = self.frame[name].fillna(default)
        return column


def drawable(frame: GeoDataFrame, kind: LayerKind) -> GeoDataFrame:
    """Return the rows of `frame` that have a geometry of that kind, index and order kept."""
    return frame[~frame.geometry.is_empty & frame.geom_type.isin(GEOMETRIES[kind])]
