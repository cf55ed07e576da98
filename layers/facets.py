"""What rows of a layer can be filtered by in the browser: one of some names, any of them, where each goal stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.folding import fold_place
from words import say

# The code of a goal that does not concern a household.
NOT_CONCERNED = 0


class FacetKind(StrEnum):
    """How rows have the options of a facet."""

    ONE = "one"
    ANY = "any"
    STANDING = "standing"


class Look(NamedTuple):
    """How a mark looks, and whether it asks for somebody's work."""

    color: str
    shape: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Options by which the rows of a layer can be filtered.

    `name` is headed `map_facet_<name>` in `words`, `options` are plain text. `codes` has, row by row: for `one` the
    place of its option; for `any` a flag for each option; for `standing` a number for each option, 0 where the option
    does not concern the row, else 1 more than the place in `looks` of how it looks there.
    """

    name: str
    kind: FacetKind
    options: tuple[str, ...]
    codes: NDArray[Any]
    looks: tuple[Look, ...] = ()


def one_of(name: str, ids: pd.Series, names: Mapping[str, str], *, lang: str) -> Facet | None:
    """Return a facet of rows that have one id or none, options in the order of their names; None where all have none.

    Only ids that occur are options; "none" is the last one where a row has none.
    """
    places, found = pd.factorize(ids)
    if len(found) == 0:
        return None
    texts = [str(names.get(one, one)) for one in found]
    order = sorted(range(len(texts)), key=lambda place: in_order(texts[place]))
    rank = np.empty(len(order) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = len(order)
    options = [texts[place] for place in order]
    if (places < 0).any():
        options.append(say(f"map_facet_{name}_none", lang))
    return Facet(name, FacetKind.ONE, tuple(options), rank[places])


def any_of(name: str, listed: pd.Series, options: Mapping[str, str]) -> Facet | None:
    """Return a facet of rows that list codes, comma-separated; None where no row lists one of `options`."""
    kinds, kind_of = np.unique(listed.fillna("").astype(str), return_inverse=True)
    words = [{word.strip() for word in kind.split(",")} for kind in kinds]
    flags = np.array([[code in told for code in options] for told in words], dtype=bool)
    codes = flags.reshape(len(kinds), len(options))[kind_of]
    if not codes.any():
        return None
    return Facet(name, FacetKind.ANY, tuple(options.values()), codes)


def standing_of(
    name: str, standing: pd.DataFrame, names: Mapping[str, str], looks: Mapping[str, Look]
) -> Facet | None:
    """Return a facet of rows that stand somehow, or not at all (null), for each column of `standing`."""
    if standing.empty or len(standing.columns) == 0:
        return None
    place = {status: number for number, status in enumerate(looks, start=1)}
    codes = [standing[column].map(place).fillna(NOT_CONCERNED) for column in standing.columns]
    options = tuple(str(names.get(column, column)) for column in standing.columns)
    matrix = np.column_stack([column.to_numpy(dtype=np.uint8) for column in codes])
    return Facet(name, FacetKind.STANDING, options, matrix, tuple(looks.values()))


def in_order(text: str) -> list[tuple[int, int, str]]:
    """Return by what to sort names of places and people: without diacritics, numbers by their size."""
    words = fold_place(text)[0].split()
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words]
