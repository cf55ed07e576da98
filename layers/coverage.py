"""Where the teams have reached: every household by its status, over pale neighbourhoods."""

from collections.abc import Mapping

import pandas as pd
from geopandas import GeoDataFrame

from layers.belonging import belongings
from layers.boundary import boundary_layers
from layers.facets import Facet, Look, standing_of
from layers.labels import guessed, lines_of_text, named, told
from layers.layer import HOUSEHOLDS, Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import BLUE, PURPLE, VERMILION
from words import Lang, percent, say

REACHED = "reached"
DUE_AGAIN = "due_again"
UNREACHED = "unreached"

# In the order of drawing, so that nothing hides an unreached household.
LOOKS = {
    REACHED: (BLUE, Shape.CIRCLE),
    DUE_AGAIN: (PURPLE, Shape.RING),
    UNREACHED: (VERMILION, Shape.SQUARE),
}


def coverage_layers(
    status: GeoDataFrame,
    neighbourhoods: GeoDataFrame,
    *,
    streets: GeoDataFrame | None = None,
    wards: GeoDataFrame | None = None,
    by_goal: pd.DataFrame | None = None,
    goal_names: Mapping[str, str] | None = None,
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return the ground and the households, unreached ones on top.

    Parameters
    ----------
    status
        One row per household: household_id, status (reached, due_again, unreached), cause (see
        `geo.terms.Cause`), and as far as the popup may say them head, address, member_name,
        location_source and precision_m (an estimated place is called so); filtered by member_id,
        neighbourhood_id and traits where present. Rows without a point are counted in the legend,
        rows without a status (nobody to reach) left out.
    neighbourhoods
        neighbourhood_id, name; households, reached and share_reached are told in the popup
        where present.
    streets, wards
        Drawn below where given.
    by_goal, goal_names
        The status of each household for each goal, on the index of `status`, and what goals are
        called: what the map can show goal by goal.
    lang
        The language of the popups.
    """
    ground = boundary_layers(
        neighbourhoods=neighbourhoods,
        streets=streets,
        wards=wards,
        labels=_neighbourhood_labels(neighbourhoods, lang),
    )
    concerned = status[status["status"].notna()]
    there = drawable(concerned, LayerKind.POINTS)
    order = there["status"].map({name: place for place, name in enumerate(LOOKS)})
    drawn = there.loc[order.sort_values(kind="stable").index]
    places = neighbourhoods.set_index("neighbourhood_id")["name"]
    facets = [
        None if by_goal is None else _goals(by_goal.loc[drawn.index], goal_names or {}),
        *belongings(drawn, dict(places), lang),
    ]
    homes = Layer(
        HOUSEHOLDS,
        LayerKind.POINTS,
        _styled(drawn, lang),
        _legend(concerned, drawn),
        tuple(facet for facet in facets if facet is not None),
        "map_share_unreached",
    )
    return [*ground, homes]


def _styled(drawn: GeoDataFrame, lang: str) -> GeoDataFrame:
    return GeoDataFrame(
        {
            "key": drawn["household_id"],
            "color": drawn["status"].map({name: look[0] for name, look in LOOKS.items()}),
            "shape": drawn["status"].map({name: str(look[1]) for name, look in LOOKS.items()}),
            "status": drawn["status"],
            "urgent": drawn["status"] != REACHED,
            "label": _household_labels(drawn, lang),
        },
        geometry=drawn.geometry,
    )


def _goals(by_goal: pd.DataFrame, names: Mapping[str, str]) -> Facet | None:
    looks = {
        status: Look(color, str(shape), status != REACHED)
        for status, (color, shape) in LOOKS.items()
    }
    return standing_of("goal", by_goal, names, looks)


def _legend(status: GeoDataFrame, drawn: GeoDataFrame) -> tuple[LegendEntry, ...]:
    """Count what is drawn, most urgent first, and how many households are nowhere on the map."""
    counts = drawn["status"].value_counts()
    entries = [
        LegendEntry(color, shape, f"map_{name}", int(counts.get(name, 0)))
        for name, (color, shape) in reversed(LOOKS.items())
    ]
    missing = len(status) - len(drawn)
    if missing:
        entries.append(LegendEntry("", Shape.NONE, "map_unlocated", missing))
    return tuple(entries)


def _household_labels(drawn: GeoDataFrame, lang: str) -> pd.Series:
    """Say who lives there as far as known, the status and why, and who is in charge."""
    known = [drawn[name] for name in ("head", "address") if name in drawn.columns]
    known.append(guessed(drawn, lang))
    status, why = named(drawn["status"], "map", lang), named(drawn["cause"], "cause", lang)
    explained = status.where((why == "") | (drawn["status"] != UNREACHED), status + ": " + why)
    if "member_name" not in drawn.columns:
        return lines_of_text(*known, explained)
    charge = told(drawn["member_name"], "map_in_charge", lang, gap="member")
    return lines_of_text(*known, explained, charge)


def _neighbourhood_labels(frame: GeoDataFrame, lang: str) -> pd.Series | None:
    """Say how many households of each neighbourhood are reached, of how many."""
    if "households" not in frame.columns:
        return None
    shares = [
        say("map_share", lang, reached=reached, households=households, share=percent(share, lang))
        for reached, households, share in zip(
            frame["reached"], frame["households"], frame["share_reached"], strict=True
        )
    ]
    return lines_of_text(frame["name"], pd.Series(shares, index=frame.index, dtype=str))
