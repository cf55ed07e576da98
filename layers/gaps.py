"""Where gaps are: a line around the households that were left together, below the households themselves."""

from geopandas import GeoDataFrame
from pandas import Series

from geo.terms import STORED_CRS
from layers.layer import Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import VERMILION

BEHIND = "behind"
FAINT = 0.12
OUTLINE = 2.5


def gap_layer(gaps: GeoDataFrame, said: Series) -> Layer | None:
    """Return the outlines of gaps, None where none has one.

    Parameters
    ----------
    gaps
        `gap_id`, `kind` and geometry; those without a shape are left out. A neighbourhood behind is not filled.
    said
        What the popup of each says, on the same index.
    """
    shaped = gaps[gaps.geometry.notna()].to_crs(STORED_CRS)
    shapes = drawable(shaped, LayerKind.POLYGONS)
    if shapes.empty:
        return None
    own = shapes["kind"] != BEHIND
    styled = GeoDataFrame(
        {
            "key": shapes["gap_id"],
            "color": VERMILION,
            "label": said[shapes.index],
            "fill_opacity": own.map({True: FAINT, False: 0.0}),
            "weight": OUTLINE,
        },
        geometry=shapes.geometry,
    )
    legend = (LegendEntry(VERMILION, Shape.AREA, "map_gaps", len(styled)),)
    return Layer("gaps", LayerKind.POLYGONS, styled, legend)
