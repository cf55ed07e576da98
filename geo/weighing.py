"""How much a problem of an import weighs, and what it says of a place on the preview map.

Problems come from many readers, each with codes of its own; what they mean for the person who imports is told
by the code's own words (`…_swapped`, `…_outside_ward`), so that a new reader needs no entry here.
"""

from enum import StrEnum

import pandas as pd
from pandas import DataFrame, Series


class Weight(StrEnum):
    """What a problem asks of a person, the heaviest first."""

    ASIDE = "aside"  # the row is not imported until it is mended
    LOOK = "look"  # imported, but somebody should look
    REPAIRED = "repaired"  # put right, and said so
    TOLD = "told"  # nothing to do


class State(StrEnum):
    """How a place of the preview map stands, in the order of drawing: the last lies on top."""

    FINE = "fine"
    REPAIRED = "repaired"
    BORDER = "border"
    ESTIMATED = "estimated"
    DOUBTFUL = "doubtful"
    OUTSIDE = "outside"


TOLD = (
    *("skip_", "sheet_", "national_id_", "in_charge_", "status_not_taken", "wards_not_asked"),
    "osm_credit",
)
TOLD_ENDINGS = ("_label_names", "_label_confirms", "boundary_carried", "_counts_not_filled")
REPAIRED = (
    *("_swapped", "_in_metres", "geometry_invalid", "_repaired", "_mended", "_line_closed"),
    *("_line_encloses", "_cut", "_to_inner", "_name_repeated", "_judged", "visit_corrected"),
)
OUTSIDE = ("outside_neighbourhoods", "outside_area", "outside_ward")
BORDER = ("on_border",)
# What a problem's code begins with where it is about a place.
PLACES = ("coordinates_", "metres_", "geometry_", "address_", "row_stacked")


def weighed(problems: DataFrame, aside: DataFrame) -> DataFrame:
    """Return `problems` with the column `weight` (a `Weight`).

    Both name rows of the file by `row` and, where it has several, `sheet`; `aside` holds those set aside.
    """
    weight = problems["check"].map(_weight_of).astype(object)
    fatal = problems["row"].notna() & _at(problems).isin(_at(aside)) & (weight != Weight.TOLD)
    return problems.assign(weight=weight.mask(fatal, str(Weight.ASIDE)))


def heaviest_first(findings: DataFrame) -> DataFrame:
    """Return what was decided about boundaries (`what`), what a person should look at first, else in its order."""
    order = {weight: place for place, weight in enumerate(Weight)}
    asked = findings["what"].eq("overlap_asked")
    place = findings["what"].map(lambda what: order[_weight_of(f"boundary_{what}")])
    return findings.loc[place.mask(asked, -1).sort_values(kind="stable").index]


def counted(problems: DataFrame) -> DataFrame:
    """Return weight, check and rows: how often each check was met, the heaviest and most frequent first."""
    order = {weight: place for place, weight in enumerate(Weight)}
    counts = problems.groupby(["weight", "check"], sort=False).size().rename("rows").reset_index()
    ranked = counts.assign(place=counts["weight"].map(order)).sort_values(
        ["place", "rows"], ascending=[True, False], kind="stable", ignore_index=True
    )
    return ranked.drop(columns="place")


def states(placed: DataFrame, problems: DataFrame, *, key: str, estimated: Series) -> Series:
    """Return the `State` of each place, on the index of `placed`.

    Parameters
    ----------
    placed
        The id of each place in the column `key`, and `row` and `sheet` of the file it came from.
    problems
        row, sheet, check, value; a problem without a row names the place in `value`.
    estimated
        Whether the place was told from its neighbours or its street, not measured.
    """
    standing = pd.Series(State.FINE, index=placed.index, dtype=object)
    standing = standing.mask(estimated, State.ESTIMATED)
    meant = problems["check"].map(_state_of).astype(object)
    for state in State:
        said = problems[meant == state]
        by_key = said.loc[said["row"].isna(), "value"]
        hit = _at(placed).isin(_at(said).dropna()) | placed[key].isin(by_key.dropna())
        standing = standing.mask(hit, state)
    return standing


def _at(frame: DataFrame) -> Series:
    """Sheet and row as one text, missing where there is no row."""
    rows = frame["row"].astype("Float64").astype("Int64").astype("str")
    sheets = frame["sheet"].astype("str").fillna("") if "sheet" in frame else ""
    return (rows + "\x1f" + sheets).where(frame["row"].notna())


def _weight_of(check: str) -> Weight:
    if check.startswith(TOLD) or check.endswith(TOLD_ENDINGS):
        return Weight.TOLD
    return Weight.REPAIRED if check.endswith(REPAIRED) else Weight.LOOK


def _state_of(check: str) -> State:
    if check.endswith(BORDER):
        return State.BORDER
    if check.endswith(OUTSIDE):
        return State.OUTSIDE
    if check.endswith(REPAIRED):
        return State.REPAIRED
    return State.DOUBTFUL if check.startswith(PLACES) else State.FINE
