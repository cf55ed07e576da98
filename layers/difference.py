"""Two plans on one map: which households change hands, between whom."""

import pandas as pd
from geopandas import GeoDataFrame

from layers.boundary import boundary_layers
from layers.labels import lines_of_text
from layers.layer import HOUSEHOLDS, Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import BLUE, GREY, PURPLE, VERMILION
from words import Lang, say

# How each fate is drawn, what stays as it is first: it lies below.
LOOKS = {
    "kept": (GREY, Shape.CIRCLE),
    "newly_assigned": (BLUE, Shape.CIRCLE),
    "no_longer_assigned": (PURPLE, Shape.RING),
    "changed": (VERMILION, Shape.SQUARE),
}


def difference_layers(
    households: GeoDataFrame,
    *,
    neighbourhoods: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return the ground and the households of two plans, lowest first.

    Parameters
    ----------
    households
        household_id, fate (`planning.comparing.FATES`), name_first and name_second (members, missing for nobody), and
        the point.
    """
    there = drawable(households, LayerKind.POINTS)
    there = there[there["fate"].isin(list(LOOKS))]
    order = there["fate"].map({fate: at for at, fate in enumerate(LOOKS)})
    drawn = there.loc[order.sort_values(kind="stable").index]
    styled = GeoDataFrame(
        {
            "key": drawn["household_id"],
            "color": drawn["fate"].map({fate: color for fate, (color, _) in LOOKS.items()}),
            "shape": drawn["fate"].map({fate: str(shape) for fate, (_, shape) in LOOKS.items()}),
            "status": drawn["fate"],
            "label": _labels(drawn, lang),
        },
        geometry=drawn.geometry,
    )
    counts = drawn["fate"].value_counts()
    legend = tuple(
        LegendEntry(color, shape, f"fate_{fate}", int(counts[fate]))
        for fate, (color, shape) in LOOKS.items()
        if fate in counts.index
    )
    ground = boundary_layers(neighbourhoods=neighbourhoods, streets=streets)
    return [*ground, Layer(HOUSEHOLDS, LayerKind.POINTS, styled, legend)]


def _labels(drawn: GeoDataFrame, lang: str) -> pd.Series:
    """Say who has the household in the one plan and in the other."""
    nobody = say("nobody", lang)
    sides = [
        say(f"fate_{side}", lang) + ": " + drawn[f"name_{side}"].fillna(nobody)
        for side in ("first", "second")
    ]
    return lines_of_text(*sides)
