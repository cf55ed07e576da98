"""Recognise the households of a list among the stored ones, so that nobody is doubled and nobody merged by chance.

Three signs are tried, the surest first: the id, the digital address where it is the only one of its kind on both sides,
and the name with the place. Whoever has two candidates, or bears the name of somebody who has vanished from the list,
is in doubt: such a row is a question for a person, never an answer of ours. Pure: frames in, frames out.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from geo.addresses.address import Scheme
from geo.aliases import resolved
from geo.recognising_keys import address_keys, house_keys, place_keys
from geo.recognising_pairs import (
    NEAR_M,
    Flags,
    Numbers,
    Strength,
    agree,
    clash,
    contradicts,
    metres_apart,
    numbered_keys,
    of_one_name,
    other_ward,
    strength_of,
)

# A list that knows at least this share of a neighbourhood's households is a list of all of it.
FULL_SHARE = 0.5


class How(StrEnum):
    """By what a household was recognised."""

    ID = "id"
    ADDRESS = "address"
    PLACE = "place"


class Doubt(StrEnum):
    """Why nobody but a person can say which household a row is."""

    OTHER_UNDER_ID = "household_other_under_id"
    OTHER_AT_ADDRESS = "household_other_at_address"
    SEVERAL = "household_several_candidates"
    MOVED = "household_moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Who is who, on the index of the list.

    `rows` has `known` (the id of the stored household, missing for a new or doubtful one), `how` (a `How`), `doubt` (a
    `Doubt`) and `candidates` (stored ids, comma-separated). `vanished` holds the ids of stored households that a full
    list of their neighbourhood no longer has.
    """

    rows: DataFrame
    vanished: Series


def recognise(
    stored: GeoDataFrame,
    listed: GeoDataFrame,
    *,
    made_ids: Series,
    stored_made_ids: Series,
    trust_ids: bool = False,
) -> Recognition:
    """Return which stored household each row of a list is.

    Parameters
    ----------
    stored
        The households of the store, `geo.tables.Households`; a column `neighbourhood_name`, where there is one, names
        their neighbourhoods.
    listed
        The rows of the list: `household_id`, unique, and whatever it says; its index is kept.
    made_ids
        Which ids of `listed` are made of the row's content and say nothing; on the index of `listed`.
    stored_made_ids
        The same of `stored`, on its index.
    trust_ids
        Take an id for what it says even where name and place both contradict it.
    """
    if stored.empty or listed.empty:
        return Recognition(rows=_unknown(listed), vanished=stored["household_id"].iloc[:0])
    work = _Work(
        stored.reset_index(drop=True),
        listed.reset_index(drop=True),
        made=made_ids.to_numpy(),
        stored_made=stored_made_ids.to_numpy(),
    )
    work.by_id(trust_ids=trust_ids)
    if work.open_rows.any() and work.open_stored.any():
        work.by_address()
        work.by_name_and_place()
    vanished = work.vanished()
    return Recognition(
        rows=work.answer().set_axis(listed.index), vanished=stored["household_id"][vanished]
    )


def _unknown(listed: DataFrame) -> DataFrame:
    columns = ["known", "how", "doubt", "candidates"]
    return DataFrame(None, index=listed.index, columns=columns, dtype="str")


class _Work:
    """The two lists by position, what is decided so far, and what is still open."""

    def __init__(
        self, stored: GeoDataFrame, listed: GeoDataFrame, *, made: Flags, stored_made: Flags
    ) -> None:
        self.stored, self.listed, self.made, self.stored_made = stored, listed, made, stored_made
        self.known = np.full(len(listed), -1)  # position in `stored`
        self.how = np.full(len(listed), None, dtype=object)
        self.doubt = np.full(len(listed), None, dtype=object)
        self.candidates: DataFrame = DataFrame({"row": [], "home": []}, dtype=np.int64)
        self.open_rows = np.ones(len(listed), dtype=bool)
        self.open_stored = np.ones(len(stored), dtype=bool)

    def settle(self, rows: Numbers, homes: Numbers, how: How) -> None:
        self.known[rows], self.how[rows] = homes, str(how)
        self.open_rows[rows], self.open_stored[homes] = False, False

    def question(self, rows: Numbers, homes: Numbers, doubt: Doubt) -> None:
        self.doubt[rows] = str(doubt)
        self.open_rows[rows], self.open_stored[homes] = False, False
        pairs = DataFrame({"row": rows, "home": homes})
        self.candidates = pd.concat([self.candidates, pairs], ignore_index=True)

    # --- the id ---

    def by_id(self, *, trust_ids: bool) -> None:
        at = Series(np.arange(len(self.stored)), index=self.stored["household_id"])
        meant = resolved(self.listed["household_id"], self.stored)
        homes = meant.map(at)
        # An id itself goes before one that somebody is also known by.
        order = (meant != self.listed["household_id"]).to_numpy()
        found = homes.dropna().iloc[np.argsort(order[homes.notna()], kind="stable")]
        found = found[~found.duplicated()].astype(int)
        rows, homes_found = found.index.to_numpy(), found.to_numpy()
        other = np.zeros(len(rows), dtype=bool)
        if not trust_ids:
            other = contradicts(self.listed, self.stored, rows, homes_found)
        self.settle(rows[~other], homes_found[~other], How.ID)
        self.question(rows[other], homes_found[other], Doubt.OTHER_UNDER_ID)

    # --- the digital address ---

    def by_address(self) -> None:
        mine = address_keys(self.listed)
        theirs = address_keys(self.stored)
        mine = mine[mine.notna() & ~mine.duplicated(keep=False) & self.open_rows]
        theirs = theirs[theirs.notna() & ~theirs.duplicated(keep=False) & self.open_stored]
        at = Series(theirs.index, index=theirs)
        found = mine.map(at).dropna().astype(int)
        rows, homes = found.index.to_numpy(), found.to_numpy()
        same_ward = ~other_ward(self.listed, self.stored, rows, homes)
        rows, homes = rows[same_ward], homes[same_ward]
        heads = house_keys(self.listed.iloc[rows])["head"].to_numpy()
        others = house_keys(self.stored.iloc[homes])["head"].to_numpy()
        stranger = (heads != others) & (heads != "") & (others != "")
        # A cell of a grid may hold several houses; only a code of its own makes a stranger the same household.
        own = _names_one(self.listed).iloc[rows].to_numpy()
        rows, homes, stranger = (part[own | ~stranger] for part in (rows, homes, stranger))
        asked = stranger & self._both_have_ids(rows, homes)
        self.settle(rows[~asked], homes[~asked], How.ADDRESS)
        self.question(rows[asked], homes[asked], Doubt.OTHER_AT_ADDRESS)

    def _both_have_ids(self, rows: Numbers, homes: Numbers) -> Flags:
        """Whether a list gave both an id of their own."""
        return np.asarray(~self.made[rows] & ~self.stored_made[homes])

    # --- name and place ---

    def by_name_and_place(self) -> None:
        pairs = self._pairs()
        sure = pairs[pairs["strength"] > 0]
        for level in sorted(sure["strength"].unique(), reverse=True):
            while self._take(sure[sure["strength"] >= level]):
                pass
        left = self._still_open(sure)
        if len(left):
            self.question(left["row"].to_numpy(), left["home"].to_numpy(), Doubt.SEVERAL)
        moved = self._still_open(pairs[pairs["may_have_moved"]])
        moved = moved[self._missing()[moved["home"]]]
        if len(moved):
            self.question(moved["row"].to_numpy(), moved["home"].to_numpy(), Doubt.MOVED)

    def _still_open(self, pairs: DataFrame) -> DataFrame:
        return pairs[self.open_rows[pairs["row"]] & self.open_stored[pairs["home"]]]

    def _take(self, pairs: DataFrame) -> bool:
        """Settle pairs that are alone on both sides, else the only ones with one telephone, or near each other."""
        pairs = self._still_open(pairs)
        for narrowed in (pairs, pairs[pairs["same_phone"]], pairs[pairs["near"]]):
            alone = narrowed[
                ~narrowed["row"].duplicated(keep=False) & ~narrowed["home"].duplicated(keep=False)
            ]
            if len(alone):
                self.settle(alone["row"].to_numpy(), alone["home"].to_numpy(), How.PLACE)
                return True
        return False

    def _pairs(self) -> DataFrame:
        """Every open row with every open household of its name, and what speaks for the two being one."""
        rows, homes = np.flatnonzero(self.open_rows), np.flatnonzero(self.open_stored)
        mine = numbered_keys(self.listed.iloc[rows]).assign(row=rows)
        theirs = numbered_keys(self.stored.iloc[homes]).assign(home=homes)
        pairs = of_one_name(mine, theirs)
        row, home = pairs["row"].to_numpy(), pairs["home"].to_numpy()
        same_ward = ~other_ward(self.listed, self.stored, row, home)
        metres = metres_apart(self.listed, self.stored, row, home)
        both_ids = self._both_have_ids(row, home)
        strength = strength_of(pairs, metres)
        # Where lists gave both an id, a name in a neighbourhood is not enough to say that the ids mean one.
        strength[both_ids & (strength <= Strength.NEIGHBOURHOOD)] = 0
        strength[~same_ward] = 0
        same_phone = agree(pairs, "phone")
        named = pairs["head"].to_numpy() != ""
        return DataFrame(
            {
                "row": row,
                "home": home,
                "strength": strength,
                "same_phone": same_phone,
                "near": (metres <= NEAR_M) | agree(pairs, "spot"),
                "may_have_moved": named
                & (pairs["head"] == pairs["head_home"]).to_numpy()
                & same_ward
                & ~both_ids
                & ~clash(pairs, "phone"),
            }
        )

    # --- who is gone ---

    def _missing(self) -> Flags:
        """Stored households that nobody of the list is, where it is a list of all of their neighbourhood."""
        area = place_keys(self.stored)
        seen = ~self.open_stored
        existing = self.stored["vanished_at"].isna().to_numpy()
        recognised = np.zeros(len(self.stored), dtype=bool)
        recognised[self.known[self.known >= 0]] = True
        counted = DataFrame({"area": area, "seen": recognised & existing, "of": existing})
        sums = counted.groupby("area")[["seen", "of"]].transform("sum")
        full = (sums["seen"] > 0) & (sums["seen"] >= FULL_SHARE * sums["of"])
        return np.asarray(full.to_numpy() & ~seen)

    def vanished(self) -> Flags:
        """Who has just gone: those marked before stay as they are."""
        return np.asarray(self._missing() & self.stored["vanished_at"].isna().to_numpy())

    def answer(self) -> DataFrame:
        ids = self.stored["household_id"].to_numpy(object)
        known = np.array([*ids, None], dtype=object)[self.known]
        named = self.candidates.assign(id=ids[self.candidates["home"].to_numpy(int)])
        listed = named.groupby("row")["id"].agg(lambda own: ", ".join(sorted(set(own))))
        candidates = listed.reindex(range(len(self.listed)))
        return DataFrame(
            {
                "known": known,
                "how": self.how,
                "doubt": self.doubt,
                "candidates": candidates.to_numpy(object),
            }
        ).astype("str")


def _names_one(homes: DataFrame) -> Series:
    """Whether a digital address is a code of its own, not the cell of a grid."""
    if "address_scheme" not in homes:
        return Series(True, index=homes.index)
    return homes["address_scheme"].isna() | homes["address_scheme"].eq(Scheme.OPAQUE)
