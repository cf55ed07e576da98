"""Coverage of neighbourhoods as a map for a meeting: a shade and a figure each, nobody's house."""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries

from layers.layer import Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import DARK_GREY, GREY, VERMILION
from words import Lang, percent, say

# From little to much, one hue: ColorBrewer's "Blues" (Brewer 2003), pale enough for black figures on them.
SHADES = ("#EFF3FF", "#C6DBEF", "#9ECAE1", "#6BAED6")
BOUNDS = (0.25, 0.50, 0.75)
FILL = 0.9


def share_layers(
    neighbourhoods: GeoDataFrame,
    *,
    streets: GeoDataFrame | None = None,
    marked: frozenset[str] = frozenset(),
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return streets and neighbourhoods, lowest first.

    Parameters
    ----------
    neighbourhoods
        neighbourhood_id, name, share_reached (missing where it may not be told).
    marked
        Neighbourhoods drawn with a heavy rim.
    """
    shapes = drawable(neighbourhoods, LayerKind.POLYGONS)
    shade = _shades(shapes["share_reached"])
    shares = [
        say("share_untold", lang) if pd.isna(share) else percent(float(share), lang, decimals=0)
        for share in shapes["share_reached"]
    ]
    styled = GeoDataFrame(
        {
            "key": shapes["neighbourhood_id"],
            "color": shade,
            "label": shapes["name"] + ": " + pd.Series(shares, index=shapes.index, dtype=str),
            "title": shapes["name"] + "\n" + pd.Series(shares, index=shapes.index, dtype=str),
            "fill_opacity": FILL,
            "weight": 0.0,
        },
        geometry=shapes.geometry,
    )
    drawn = [Layer("shares", LayerKind.POLYGONS, styled, _legend(shade, lang))]
    if streets is not None and not streets.empty:
        lines = drawable(streets, LayerKind.LINES)
        drawn.append(_lines("streets", lines["street_id"], lines.geometry, GREY, weight=0.6))
    rims = shapes.geometry.boundary
    drawn.append(_lines("rims", shapes["neighbourhood_id"], rims, DARK_GREY, weight=1.5))
    heavy = shapes["neighbourhood_id"].isin(marked)
    if heavy.any():
        ids, marks = shapes.loc[heavy, "neighbourhood_id"], rims[heavy]
        drawn.append(_lines("marked", ids, marks, VERMILION, weight=5.0))
    return drawn


def _lines(name: str, keys: pd.Series, lines: GeoSeries, color: str, *, weight: float) -> Layer:
    frame = GeoDataFrame({"key": keys, "color": color, "weight": weight}, geometry=lines)
    return Layer(name, LayerKind.LINES, frame)


def _shades(shares: pd.Series) -> pd.Series:
    known = shares.astype(float)
    number = np.searchsorted(BOUNDS, known.to_numpy(), side="right").clip(max=len(BOUNDS))
    shade = pd.Series([SHADES[one] for one in number], index=shares.index, dtype=str)
    return shade.mask(known.isna(), GREY)


def _legend(shade: pd.Series, lang: str) -> tuple[LegendEntry, ...]:
    ends = (0.0, *BOUNDS, 1.0)
    entries = [
        LegendEntry(
            color,
            Shape.AREA,
            "map_share_class",
            int((shade == color).sum()),
            text=say(
                "map_share_between",
                lang,
                least=percent(least, lang, decimals=0),
                most=percent(most, lang, decimals=0),
            ),
        )
        for color, least, most in zip(SHADES, ends[:-1], ends[1:], strict=True)
        if (shade == color).any()
    ]
    if hidden := int((shade == GREY).sum()):
        entries.append(LegendEntry(GREY, Shape.AREA, "map_share_untold", hidden))
    return tuple(entries)
