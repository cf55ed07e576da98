"""A plan on the map: who is in charge of which zone, whose home is where, and what nobody has."""

import pandas as pd
from geopandas import GeoDataFrame

from layers.belonging import belongings
from layers.boundary import boundary_layers
from layers.labels import guessed, lines_of_text, named, told
from layers.layer import HOUSEHOLDS, Layer, LayerKind, LegendEntry, Shape, drawable
from layers.palette import GREY, VERMILION, colors_of_neighbours
from words import Lang, say

ZONE_FILL = 0.30
# Up to here the legend names the members one by one; beyond it colours repeat.
MEMBERS_NAMED = 9


def plan_layers(
    zones: GeoDataFrame,
    *,
    households: GeoDataFrame | None = None,
    members: GeoDataFrame | None = None,
    neighbourhoods: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    public: bool = False,
    lang: str = Lang.VI,
) -> list[Layer]:
    """Return ground, zones, households and members' homes of a plan, lowest first.

    Parameters
    ----------
    zones
        One row per member with households: member_id, member_name, neighbourhood_id, households,
        load_min, walk_m.
    households
        household_id, member_id (empty with a `reason` where nobody has it); without a point it is
        counted, not drawn.
    members
        member_id, name, and the point of the home, may be empty.
    neighbourhoods, streets
        The ground, drawn below where given.
    public
        Only zones, their place and the counts of `households_shown`, a text that hides small ones
        (see `exports.public`): no name, no household, no home, no member.
    lang
        The language of the popups.
    """
    shapes = drawable(zones, LayerKind.POLYGONS)
    colors = colors_of_neighbours(shapes)
    made = [
        *boundary_layers(neighbourhoods=neighbourhoods, streets=streets),
        _zones(shapes, colors, _places(shapes, neighbourhoods), public=public, lang=lang),
    ]
    if public:
        return made
    by_member = dict(zip(shapes["member_id"], colors, strict=True))
    if households is not None:
        made.append(_households(households, by_member, neighbourhoods, lang))
    if members is not None:
        made.append(_homes(members, by_member, lang))
    return made


def _places(shapes: GeoDataFrame, neighbourhoods: GeoDataFrame | None) -> pd.Series:
    """Return the name of the neighbourhood of each zone, empty where unknown."""
    if neighbourhoods is None or "neighbourhood_id" not in shapes.columns:
        return pd.Series("", index=shapes.index)
    names = neighbourhoods.set_index("neighbourhood_id")["name"]
    places: pd.Series = shapes["neighbourhood_id"].map(names).fillna("")
    return places


def _zones(
    shapes: GeoDataFrame, colors: pd.Series, places: pd.Series, *, public: bool, lang: str
) -> Layer:
    figures = _public_counts(shapes, lang) if public else _loads(shapes, lang)
    names = pd.Series("", index=shapes.index) if public else shapes["member_name"].fillna("")
    styled = GeoDataFrame(
        {
            "key": shapes["member_id"] if not public else pd.RangeIndex(len(shapes)).astype(str),
            "color": colors,
            "label": lines_of_text(
                names, places, pd.Series(figures, index=shapes.index, dtype=str)
            ),
            "title": names,
            "fill_opacity": ZONE_FILL,
            "weight": 2.0,
        },
        geometry=shapes.geometry,
    )
    return Layer("zones", LayerKind.POLYGONS, styled, _zone_legend(shapes, colors, public=public))


def _loads(shapes: GeoDataFrame, lang: str) -> list[str]:
    return [
        say("map_zone", lang, households=int(households), load=round(load), walk=round(walk))
        for households, load, walk in zip(
            shapes["households"].fillna(0),
            shapes["load_min"].fillna(0),
            shapes["walk_m"].fillna(0),
            strict=True,
        )
    ]


def _public_counts(shapes: GeoDataFrame, lang: str) -> list[str]:
    """Say the counts that may be told; nothing where nobody decided which."""
    if "households_shown" not in shapes.columns:
        return [""] * len(shapes)
    return [say("map_zone_public", lang, households=shown) for shown in shapes["households_shown"]]


def _zone_legend(
    shapes: GeoDataFrame, colors: pd.Series, *, public: bool
) -> tuple[LegendEntry, ...]:
    if public or len(shapes) > MEMBERS_NAMED or colors.duplicated().any():
        return (LegendEntry("", Shape.AREA, "map_zones", len(shapes)),)
    return tuple(
        LegendEntry(color, Shape.AREA, "map_zones", int(households), text=name)
        for color, households, name in zip(
            colors, shapes["households"].fillna(0), shapes["member_name"].fillna(""), strict=True
        )
    )


def _households(
    households: GeoDataFrame,
    by_member: dict[str, str],
    neighbourhoods: GeoDataFrame | None,
    lang: str,
) -> Layer:
    """Draw each household in its member's colour, those of nobody as rings on top."""
    there = drawable(households, LayerKind.POINTS)
    free = there["member_id"].isna()
    drawn = there.loc[free.sort_values(kind="stable").index]
    free, locked = drawn["member_id"].isna(), _locked(drawn)
    shape = pd.Series(str(Shape.CIRCLE), index=drawn.index).mask(locked, str(Shape.SQUARE))
    styled = GeoDataFrame(
        {
            "key": drawn["household_id"],
            "color": drawn["member_id"].map(by_member).fillna(GREY).where(~free, VERMILION),
            "shape": shape.mask(free, str(Shape.RING)),
            "status": pd.Series("assigned", index=drawn.index).where(~free, "unassigned"),
            "urgent": free,
            "label": _household_labels(drawn, free, lang),
        },
        geometry=drawn.geometry,
    )
    legend = [LegendEntry("", Shape.CIRCLE, "map_assigned", int((~free & ~locked).sum()))]
    if locked.any():
        legend.append(LegendEntry("", Shape.SQUARE, "map_locked", int(locked.sum())))
    if free.any():
        legend.append(LegendEntry(VERMILION, Shape.RING, "map_unassigned", int(free.sum())))
    if missing := len(households) - len(drawn):
        legend.append(LegendEntry("", Shape.NONE, "map_unlocated", missing))
    places = {} if neighbourhoods is None else _names(neighbourhoods)
    facets = tuple(facet for facet in belongings(drawn, places, lang) if facet is not None)
    return Layer(
        HOUSEHOLDS, LayerKind.POINTS, styled, tuple(legend), facets, "map_share_unassigned"
    )


def _names(neighbourhoods: GeoDataFrame) -> dict[str, str]:
    return dict(zip(neighbourhoods["neighbourhood_id"], neighbourhoods["name"], strict=True))


def _locked(drawn: GeoDataFrame) -> pd.Series:
    """Return which households are locked to their members."""
    if "locked" not in drawn.columns:
        return pd.Series(False, index=drawn.index)
    locked: pd.Series = drawn["locked"].fillna(False).astype(bool) & drawn["member_id"].notna()
    return locked


def _household_labels(drawn: GeoDataFrame, free: pd.Series, lang: str) -> pd.Series:
    """Say who lives there as far as known, who is in charge, and why nobody is."""
    known = [drawn[name] for name in ("head", "address") if name in drawn.columns]
    known.append(guessed(drawn, lang))
    why = say("map_unassigned", lang) + ": " + named(drawn["reason"], "reason", lang)
    if "member_name" not in drawn.columns:
        return lines_of_text(*known, why.where(free, ""))
    charge = told(drawn["member_name"], "map_in_charge", lang, gap="member")
    return lines_of_text(*known, why.where(free, charge))


def _homes(members: GeoDataFrame, by_member: dict[str, str], lang: str) -> Layer:
    there = drawable(members, LayerKind.POINTS)
    styled = GeoDataFrame(
        {
            "key": there["member_id"],
            "color": there["member_id"].map(by_member).fillna(GREY),
            "shape": str(Shape.HOME),
            "label": lines_of_text(
                there["name"], pd.Series(say("map_home", lang), index=there.index)
            ),
        },
        geometry=there.geometry,
    )
    return Layer(
        "homes",
        LayerKind.POINTS,
        styled,
        (LegendEntry("", Shape.HOME, "map_homes", len(styled)),),
    )
