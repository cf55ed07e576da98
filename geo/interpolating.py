"""Where a house without coordinates probably stands: between its located neighbours, always with a radius.

House numbers run along a street, odd ones on one side, even ones on the other. So a number that lies between two
located ones of its side stands between them along the street's line; where that cannot be had, beside the located house
whose number is nearest, else amid the located homes of its alley, street or neighbourhood. What such guesses are
worth, the located houses themselves tell: each is guessed without itself, and nine in ten of them lie within the
radius that is given. All coordinates are metres.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pandas import DataFrame, Series

from geo.folding import fold

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

# Nine in ten of the located houses, guessed without themselves, lie within the radius.
SURE = 0.9
# Without so many of them to judge by, a guess is taken to be so much worse than its scale.
ENOUGH, UNJUDGED = 20, 2.0
JUDGED_BY = 4_000
# No guess is better than this: the width of a house and of the street before it.
LEAST_M = 10.0
WIDTH_M, LOT_M = 5.0, 3.0
# Two located numbers farther apart than this are not neighbours, whatever lies between them.
FAR_M, FAR_NUMBERS = 400.0, 30.0
# A street's line counts where both houses stand beside it, and it leads from one to the other without a great detour.
BESIDE_M, DETOUR = 60.0, 2.0
# So many homes say where their alley is; a neighbourhood needs more, its homes lie farther apart.
FEW, WIDER = 3, 1.5
# A guess that says no more than this says nothing.
COARSEST_M = 500.0
SUFFIX = 0.04

ALLEY_WORDS = r"(?:kiet|hem|ngo|ngach|k|h)"
STREET_WORDS = r"^(?:duong|pho|d) (?=.)"
NUMBER = r"^(?:so |sn |nha )*((?:\d+[a-z]{0,2} )*)(\d+)(?: ?([a-z]))?(?: .*)?$"


class How(StrEnum):
    """By what a place was estimated, the best first."""

    BETWEEN = "between"
    BETWEEN_SIDES = "between_sides"
    BESIDE = "beside"
    AMID_ALLEY = "amid_alley"
    AMID_STREET = "amid_street"
    AMID_AREA = "amid_area"


def read_doors(house_number: Series, alley: Series, street: Series, area: Series) -> DataFrame:
    """Return `path`, `street`, `number` and `area` of addresses; the first three are empty where nothing is said.

    `45/3` is number 3 of alley 45, as `3` with `Kiệt 45` is. An alley whose street is not said is one alley in each
    `area`, the neighbourhood by whatever name.
    """
    roads = _each(street, _road)["road"]
    lanes = _each(alley, _lane)["lane"]
    numbers = _each(house_number, _numbers)
    before = numbers["before"]
    inner = (lanes + "/" + before).str.strip("/").where(lanes != before, lanes)
    place = area.astype("str").fillna("")
    road = roads.where(roads != "", ("@" + place).where(inner != "", ""))
    return DataFrame(
        {
            "street": road,
            "path": (road + "|" + inner).where(road != "", ""),
            "number": numbers["number"],
            "area": place,
        }
    )


def _each(column: Series, read: Callable[[Series], DataFrame]) -> DataFrame:
    """Read each different text of a column once, folded; empty cells as empty texts."""
    at, texts = pd.factorize(column.astype("str").fillna(""))
    folded = Series([fold(text) for text in texts.tolist()], dtype="str")
    return read(folded).iloc[at].set_axis(column.index)


def _road(folded: Series) -> DataFrame:
    return DataFrame({"road": folded.str.replace(STREET_WORDS, "", regex=True)})


def _lane(folded: Series) -> DataFrame:
    """`kiet 45 3` is `45/3`; an alley that has a name keeps it."""
    bare = folded.str.replace(rf"^{ALLEY_WORDS} ?(?=\d)", "", regex=True)
    numbered = bare.str.fullmatch(r"\d+[a-z]?(?: \d+[a-z]?)*").eq(True)
    return DataFrame({"lane": bare.where(~numbered, bare.str.replace(" ", "/"))})


def _numbers(folded: Series) -> DataFrame:
    """The number, its letter as a small part of one, and `before` it the alleys that lead to it."""
    parts = folded.str.replace(rf"^{ALLEY_WORDS} ?(?=\d)", "", regex=True)
    found = parts.str.extract(NUMBER)
    letter = found[2].map(lambda sign: ord(sign) - ord("a") + 1, na_action="ignore").astype(float)
    number = pd.to_numeric(found[1], errors="coerce").astype(float)
    return DataFrame(
        {
            "before": found[0].fillna("").str.strip().str.replace(" ", "/"),
            "number": number + SUFFIX * letter.fillna(0.0),
        }
    )


def street_lines(names: Series, lines: Shapes) -> dict[str, shapely.LineString]:
    """Return the line of each path (`read_doors`) whose stretches make one; `Kiệt 45 Lê Lợi` is an alley's name."""
    folded = _each(names, lambda texts: texts.to_frame("name"))["name"]
    alley = folded.str.extract(rf"^{ALLEY_WORDS} ((?:\d+[a-z]? )+)(.+)$")
    inner = alley[0].fillna("").str.strip().str.replace(" ", "/")
    road = alley[1].fillna(folded).str.replace(STREET_WORDS, "", regex=True)
    paths = (road + "|" + inner).where(road != "")
    whole = {
        str(path): shapely.line_merge(shapely.union_all(lines[where]))
        for path, where in paths.reset_index(drop=True).groupby(paths.to_numpy()).indices.items()
    }
    return {path: line for path, line in whole.items() if line.geom_type == "LineString"}


# --- the estimate ---


def estimate(
    doors: DataFrame,
    known: DataFrame,
    *,
    lines: dict[str, shapely.LineString],
    allowed: Callable[[Series, Floats, Floats], NDArray[np.bool_]],
) -> DataFrame:
    """Return where houses probably stand, by the best way that leads into the ground they may stand on.

    Parameters
    ----------
    doors
        The houses, as `read_doors` returns them, in an order that does not depend on chance.
    known
        Located houses in the same columns, and `x`, `y` in metres.
    lines
        The streets' lines by path.
    allowed
        Whether places `(index of doors, x, y)` are possible: in the ward, and in the neighbourhood that was given.

    Returns
    -------
    places
        On the index of `doors`: `x`, `y`, `radius_m`, `how`; missing where nothing tells.
    """
    places = DataFrame(
        {
            "x": np.nan,
            "y": np.nan,
            "radius_m": np.nan,
            "how": Series(None, doors.index, dtype="str"),
        }
    )
    if known.empty:
        return places
    for how, way in _ways(known, lines):
        open_doors = doors[places["x"].isna()]
        if open_doors.empty:
            break
        found = way(open_doors).dropna(subset="x")
        found = found[found["radius_m"] <= COARSEST_M]
        at = allowed(found.index.to_series(), found["x"].to_numpy(), found["y"].to_numpy())
        found = found[at]
        places.loc[found.index, ["x", "y", "radius_m"]] = found[["x", "y", "radius_m"]]
        places.loc[found.index, "how"] = str(how)
    return places


Way = Callable[[DataFrame], DataFrame]


def _ways(known: DataFrame, lines: dict[str, shapely.LineString]) -> list[tuple[How, Way]]:
    numbered = known[known["number"].notna() & (known["path"] != "")]
    return [
        (How.BETWEEN, _between(numbered, lines, by=["path", "side"])),
        (How.BETWEEN_SIDES, _between(numbered, lines, by=["path"])),
        (How.BESIDE, _beside(numbered)),
        (How.AMID_ALLEY, _amid(known, by=["path", "area"])),
        (How.AMID_ALLEY, _amid(known, by=["path"])),
        (How.AMID_STREET, _amid(known, by=["street", "area"])),
        (How.AMID_STREET, _amid(known, by=["street"])),
        (How.AMID_AREA, _amid(known, by=["area"])),
    ]


# --- between two numbers, beside one ---


def _between(numbered: DataFrame, lines: dict[str, shapely.LineString], *, by: list[str]) -> Way:
    houses = _with_side(numbered).sort_values("number", kind="stable")
    grouped = houses.groupby(by, sort=False)[["number", "x", "y"]]
    before, after = grouped.shift(1).add_suffix("_a"), grouped.shift(-1).add_suffix("_b")
    themselves = _thinned(pd.concat([houses, before, after], axis=1).dropna(subset=["x_a", "x_b"]))
    ratio = _ratio(themselves, _placed_between(themselves, lines))

    def way(doors: DataFrame) -> DataFrame:
        asked = _with_side(_numbered(doors)).sort_values("number", kind="stable")
        found = asked.assign(
            **_neighbour(asked, houses, by, "backward").add_suffix("_a"),
            **_neighbour(asked, houses, by, "forward").add_suffix("_b"),
        ).dropna(subset=["x_a", "x_b"])
        return _with_radius(_placed_between(found, lines), ratio)

    return way


def _beside(numbered: DataFrame) -> Way:
    houses = numbered.sort_values("number", kind="stable")
    grouped = houses.groupby("path", sort=False)[["number", "x", "y"]]
    themselves = _thinned(houses.join(grouped.shift(1).add_suffix("_a")).dropna(subset="x_a"))
    ratio = _ratio(themselves, _placed_beside(themselves))

    def way(doors: DataFrame) -> DataFrame:
        asked = _numbered(doors).sort_values("number", kind="stable")
        near = _neighbour(asked, houses, ["path"], "nearest").add_suffix("_a")
        return _with_radius(_placed_beside(asked.assign(**near).dropna(subset="x_a")), ratio)

    return way


def _numbered(doors: DataFrame) -> DataFrame:
    return doors[doors["number"].notna() & (doors["path"] != "")]


def _with_side(doors: DataFrame) -> DataFrame:
    return doors.assign(side=(doors["number"] // 1 % 2).astype("str"))


Direction = Literal["backward", "forward", "nearest"]


def _neighbour(
    doors: DataFrame, houses: DataFrame, by: list[str], direction: Direction
) -> DataFrame:
    """The house of the nearest number in one direction, on the index of `doors`; both are sorted by number."""
    right = houses[[*by, "number", "x", "y"]].assign(other=houses["number"])
    near: DataFrame = pd.merge_asof(
        doors[[*by, "number"]], right, on="number", by=by, direction=direction
    )
    found: DataFrame = near[["other", "x", "y"]].rename(columns={"other": "number"})
    return found.set_axis(doors.index)


def _placed_between(found: DataFrame, lines: dict[str, shapely.LineString]) -> DataFrame:
    """Between two numbers, by the line of the street where it has one."""
    first, last = (found[[f"x_{end}", f"y_{end}"]].to_numpy(dtype=float) for end in "ab")
    span = (found["number_b"] - found["number_a"]).to_numpy()
    share = np.where(
        span > 0, (found["number"] - found["number_a"]) / np.where(span > 0, span, 1), 0
    )
    apart = np.hypot(*(last - first).T)
    at = first + share[:, None] * (last - first)
    at = _along_lines(at, first, last, share, found["path"].map(lines).to_numpy(dtype=object))
    scale = WIDTH_M + apart / 2
    near = (apart <= FAR_M) & (span <= FAR_NUMBERS * 2)
    placed = DataFrame({"x": at[:, 0], "y": at[:, 1], "scale": scale}, index=found.index)
    return placed[Series(near, index=placed.index)]


def _along_lines(
    straight: Floats, first: Floats, last: Floats, share: Floats, lines: Shapes
) -> Floats:
    """The places moved onto the bends of the street, as far aside of it as the two houses are."""
    has_line = np.array([isinstance(line, shapely.LineString) for line in lines], dtype=bool)
    if not has_line.any():
        return straight
    road = lines[has_line]
    ends = [shapely.points(end[has_line]) for end in (first, last)]
    along = [shapely.line_locate_point(road, end) for end in ends]
    feet = [shapely.get_coordinates(shapely.line_interpolate_point(road, at)) for at in along]
    part = share[has_line]
    middle = shapely.line_interpolate_point(road, along[0] + part * (along[1] - along[0]))
    aside = [end[has_line] - foot for end, foot in zip((first, last), feet, strict=True)]
    offset = aside[0] + part[:, None] * (aside[1] - aside[0])
    apart = np.hypot(*(last - first)[has_line].T)
    usable = (np.abs(along[1] - along[0]) <= DETOUR * apart + WIDTH_M) & np.all(
        [np.hypot(*one.T) <= BESIDE_M for one in aside], axis=0
    )
    bent = shapely.get_coordinates(middle) + offset
    moved = straight.copy()
    moved[has_line] = np.where(usable[:, None], bent, straight[has_line])
    return moved


def _placed_beside(found: DataFrame) -> DataFrame:
    """At the house of the nearest number; the farther the number, the wider."""
    numbers = (found["number"] - found["number_a"]).abs()
    placed = DataFrame(
        {"x": found["x_a"], "y": found["y_a"], "scale": WIDTH_M + LOT_M * numbers},
        index=found.index,
    )
    return placed[numbers <= FAR_NUMBERS]


def _thinned(houses: DataFrame) -> DataFrame:
    """At most so many houses, evenly spaced: enough to judge by."""
    at = np.linspace(0, len(houses) - 1, min(len(houses), JUDGED_BY)).astype(int)
    return houses.iloc[at]


def _ratio(houses: DataFrame, guessed: DataFrame) -> float:
    """How many times its scale nine in ten guesses are wrong at most, told by houses guessed without themselves."""
    if len(guessed) < ENOUGH:
        return UNJUDGED
    true = houses.loc[guessed.index, ["x", "y"]].to_numpy(dtype=float)
    wrong_m = np.hypot(*(guessed[["x", "y"]].to_numpy() - true).T)
    return float(np.quantile(wrong_m / guessed["scale"].to_numpy(), SURE))


def _with_radius(placed: DataFrame, ratio: float) -> DataFrame:
    return placed.assign(radius_m=np.maximum(LEAST_M, ratio * placed["scale"]))


# --- amid others ---


def _amid(known: DataFrame, *, by: list[str]) -> Way:
    """At the home nearest to the middle of the alley, street or neighbourhood; nine in ten of its homes are as near."""
    named = known[np.all([known[name] != "" for name in by], axis=0)]
    grouped = named.groupby(by)
    off = named[["x", "y"]] - grouped[["x", "y"]].transform("median")
    away = (off**2).sum(axis=1)
    middles = named.loc[away.groupby([named[name] for name in by]).idxmin(), [*by, "x", "y"]]
    middles = middles.merge(_spread(named, middles, by), on=by)

    def way(doors: DataFrame) -> DataFrame:
        asked = doors[np.all([doors[name] != "" for name in by], axis=0)]
        return asked[by].merge(middles, on=by, how="left").set_axis(asked.index)

    return way


def _spread(named: DataFrame, middles: DataFrame, by: list[str]) -> DataFrame:
    """How far homes are from the middle of their group, as `radius_m`; groups of too few homes are left out."""
    homes = named.merge(middles, on=by, suffixes=("", "_c"))
    homes = homes.assign(away=np.hypot(homes["x"] - homes["x_c"], homes["y"] - homes["y_c"]))
    away = homes.groupby(by)["away"]
    wide = away.quantile(SURE).where(away.size() >= ENOUGH, WIDER * away.max())
    radius = wide[away.size() >= FEW].clip(lower=LEAST_M).rename("radius_m")
    return radius.reset_index()
