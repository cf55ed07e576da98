"""Ids by which households are also known: those that other lists gave them."""

import pandas as pd
from pandas import DataFrame, Series

from geo.among import among

ALIAS_MARK = "|"


def resolved(given: Series, homes: DataFrame) -> Series:
    """Return the stored id that each given one means: itself, or the one of who is also known by it; else missing."""
    itself = given.where(among(given, homes["household_id"]))
    also = _also_known(homes)
    return itself.fillna(given.map(also).astype("str")) if len(also) else itself


def with_alias(known_as: Series, alias: Series) -> Series:
    """Return `known_as` with one more id each, where there is one and it is not listed yet."""
    old, more = known_as.astype("str"), alias.astype("str")
    listed = pd.Series(
        [
            new in str(before).split(ALIAS_MARK)
            for before, new in zip(old.fillna(""), more.fillna(""), strict=True)
        ],
        index=known_as.index,
        dtype=bool,
    )
    joined = old.str.cat(more, sep=ALIAS_MARK).fillna(more).astype("str")
    return old.where(listed | more.isna(), joined)


def _also_known(homes: DataFrame) -> Series:
    """Stored ids by the other ids that lists gave the same households."""
    if "known_as" not in homes or homes["known_as"].isna().all():
        return Series(dtype="str")
    said = homes.loc[homes["known_as"].notna(), ["household_id", "known_as"]]
    each = said.assign(known_as=said["known_as"].str.split(ALIAS_MARK)).explode("known_as")
    alone = each.drop_duplicates("known_as", keep=False)
    return alone.set_index("known_as")["household_id"]
