"""What households are compared by: names, houses, neighbourhoods and addresses brought to one form."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pandas import DataFrame, Series

from geo.addresses.address import Scheme
from geo.folding import fold, fold_place
from geo.terms import WARD_CODE

STREET_WORD = re.compile(r"^(?:duong|pho|d) (?=.)")
ALLEY_WORD = re.compile(r"^(?:kiet|hem|ngo|ngach|k|h) ?(?=\d)|^(?:kiet|hem|ngo|ngach) (?=.)")
NUMBER_WORD = re.compile(r"^(?:so nha|so|sn|nha) ?(?=\d)")
FULL_NAME_WORDS = 3


# A column of households, and how its cells are brought to one form.
HOUSE_FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "number": ("house_number", lambda cell: _without(NUMBER_WORD, cell)),
    "street": ("street", lambda cell: _without(STREET_WORD, cell)),
    "alley": ("alley", lambda cell: _without(ALLEY_WORD, cell)),
    "place": ("neighbourhood_given", lambda cell: fold_place(cell)[1]),
}


def house_keys(homes: DataFrame) -> DataFrame:
    """Return, on the index of `homes`, what households are compared by; empty text where nothing is said.

    `head` and `short` (family name, first letters, given name), `number`, `street`, `alley`, `place` (the
    neighbourhood that was given), `area` (the one it is in), `phone`, `address`, `spot` (the coordinates as typed, else
    the metre they lie on).
    """
    head = _mapped(homes, "head", fold)
    return DataFrame(
        {
            "head": head,
            "short": _each(head, _shortened),
            **{name: _mapped(homes, *form) for name, form in HOUSE_FORMS.items()},
            "area": _mapped(homes, "neighbourhood_name", lambda cell: fold_place(cell)[1]),
            "phone": _mapped(homes, "phone", lambda cell: re.sub(r"\D", "", cell)),
            "address": address_keys(homes).fillna(""),
            "spot": _spots(homes),
        }
    )


def address_keys(homes: DataFrame) -> Series:
    """Return the digital addresses without case and blanks; missing where none is given, or that of an area."""
    if "address_raw" not in homes:
        return Series(None, index=homes.index, dtype="str")
    given = pa.array(homes["address_raw"], pa.large_string(), from_pandas=True)
    bare = pc.utf8_upper(pc.replace_substring_regex(given, r"\s+", ""))
    keys = Series(bare.to_pandas(), dtype="str").set_axis(homes.index)
    # a postal code or a ward's: many households share it
    area = pc.match_substring_regex(bare, f"^{WARD_CODE}$").to_pandas().eq(True).to_numpy()
    return keys.where((keys != "") & ~area)


def place_keys(homes: DataFrame) -> Series:
    """Return the neighbourhood each stored household belongs to: the one it is in, else the one given; by ward."""
    given = _mapped(homes, "neighbourhood_given", lambda cell: fold_place(cell)[0])
    own = homes["neighbourhood_id"].astype("str").fillna("~" + given)
    ward = homes["ward_code"].astype("str").fillna(homes["ward_given"].astype("str")).fillna("")
    return ward + " " + own


def _spots(homes: DataFrame) -> Series:
    """Where a household is said to be, as text: what was typed, else the point to a metre."""
    typed = _mapped(homes, "coordinates_given", lambda cell: cell)
    if "geometry" not in homes:
        return typed
    at = shapely.get_coordinates(shapely.centroid(homes["geometry"].to_numpy()))
    has = ~(shapely.is_missing(homes["geometry"]) | shapely.is_empty(homes["geometry"]))
    spots = np.full(len(homes), "", dtype=object)
    spots[has] = [f"{lat:.5f} {lon:.5f}" for lon, lat in at.tolist()]
    return typed.where(typed != "", Series(spots, index=homes.index, dtype="str"))


def _mapped(homes: DataFrame, name: str, form: Callable[[str], str]) -> Series:
    if name not in homes:
        return Series("", index=homes.index, dtype="str")
    return _each(homes[name], form)


def _each(column: Series, form: Callable[[str], str]) -> Series:
    """Bring the different cells of a column to their form once each."""
    forms = {cell: form(cell) for cell in column.dropna().unique()}
    return column.map(forms).astype("str").fillna("")


def _without(word: re.Pattern[str], cell: str) -> str:
    return word.sub("", fold(cell))


def _shortened(head: str) -> str:
    """Return `nguyen v an` for `nguyen van an`: so people shorten names."""
    words = head.split()
    if len(words) < FULL_NAME_WORDS:
        return head
    middle = [word[0] for word in words[1:-1]]
    return " ".join([words[0], *middle, words[-1]])


def repeats(homes: DataFrame) -> DataFrame:
    """Return the households that seem to stand twice, on their index: `kind`, `first` of their group, `size` of it.

    The kind is `household`, the same head in the same house, else `address`, the same digital address where it is none
    that several houses may share (what `geo.addresses` calls opaque names one). Each stands in one group only.
    """
    unique = homes["address_scheme"].isna() | homes["address_scheme"].eq(Scheme.OPAQUE)
    keys = {
        "household": same_house(homes),
        "address": address_keys(homes).where(unique.to_numpy()),
    }
    found = []
    for kind, key in keys.items():
        twice = key[key.notna() & key.duplicated(keep=False)]
        firsts = Series(twice.index, index=twice.index).groupby(twice).transform("first")
        sizes = twice.groupby(twice).transform("size")
        found.append(DataFrame({"kind": kind, "first": firsts, "size": sizes}))
    both: DataFrame = pd.concat(found)
    return both.loc[~both.index.duplicated()].sort_index()


def same_house(homes: DataFrame) -> Series:
    """Return one key for each house with the name of who lives there; missing where either is not said in full."""
    number, street, alley, place = (
        _mapped(homes, column, form) for column, form in HOUSE_FORMS.values()
    )
    full = (number != "") & ((street != "") | (alley != "")) & homes["head"].notna()
    house = number + MARK + street + MARK + alley + MARK + place
    # Names are looked at only where several live in one house: few do.
    shared = full & house.duplicated(keep=False)
    head = _each(_mapped(homes[shared], "head", fold), _shortened)
    key = (head + MARK + house[shared]).where(head != "").reindex(homes.index)
    return key.where(shared | ~full, house).astype("str")


MARK = "\x1f"
