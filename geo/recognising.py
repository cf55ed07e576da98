"""Recognise the households of a list among the stored ones, so that nobody is doubled and nobody merged by chance.

Three signs are tried, the surest first: the id, the digital address where it is the only one of its kind on both sides,
and the name with the place. Whoever has two candidates, or bears the name of somebody who has vanished from the list,
is in doubt: such a row is a question for a person, never an answer of ours. Pure: frames in, frames out.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from geo.among import among
from geo.crs import to_metric
from geo.recognising_keys import MARK, OPAQUE, address_keys, house_keys, place_keys
from geo.terms import LocationSource

# Two measurements of one house by telephone lie so near to each other.
NEAR_M = 30.0
# Without a name, only the same point is the same place.
SAME_POINT_M = 1.0
# A list that knows at least this share of a neighbourhood's households is a list of all of it.
FULL_SHARE = 0.5
# So many pairs of one name are looked at one by one; of more (a placeholder), only those of one house.
MOST_PAIRS_A_NAME = 40_000

Numbers = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]


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


class Strength:
    """How much speaks for a pair of one name: the larger, the surer."""

    NEIGHBOURHOOD = 2
    HOUSE = 3
    NEAR = 4
    HOUSE_AND_NEIGHBOURHOOD = 5


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
    stored: GeoDataFrame, listed: GeoDataFrame, *, made_ids: Series, trust_ids: bool = False
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
    trust_ids
        Take an id for what it says even where name and place both contradict it.
    """
    if stored.empty or listed.empty:
        return Recognition(rows=_unknown(listed), vanished=stored["household_id"].iloc[:0])
    work = _Work(stored.reset_index(drop=True), listed.reset_index(drop=True), made_ids.to_numpy())
    work.by_id(trust_ids=trust_ids)
    if work.open_rows.any() and work.open_stored.any():
        work.by_address()
        work.by_name_and_place()
    vanished = work.vanished()
    return Recognition(
        rows=work.answer().set_axis(listed.index), vanished=stored["household_id"][vanished]
    )


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


ALIAS_MARK = "|"


def _also_known(homes: DataFrame) -> Series:
    """Stored ids by the other ids that lists gave the same households."""
    if "known_as" not in homes or homes["known_as"].isna().all():
        return Series(dtype="str")
    said = homes.loc[homes["known_as"].notna(), ["household_id", "known_as"]]
    each = said.assign(known_as=said["known_as"].str.split(ALIAS_MARK)).explode("known_as")
    alone = each.drop_duplicates("known_as", keep=False)
    return alone.set_index("known_as")["household_id"]


def _unknown(listed: DataFrame) -> DataFrame:
    columns = ["known", "how", "doubt", "candidates"]
    return DataFrame(None, index=listed.index, columns=columns, dtype="str")


class _Work:
    """The two lists by position, what is decided so far, and what is still open."""

    def __init__(self, stored: GeoDataFrame, listed: GeoDataFrame, made: Flags) -> None:
        self.stored, self.listed, self.made = stored, listed, made
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
            other = _contradicts(self.listed, self.stored, rows, homes_found)
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
        same_ward = ~_other_ward(self.listed, self.stored, rows, homes)
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
        """Whether a list gave both an id of their own; ids made of content begin with their KIND."""
        made = self.stored["household_id"].iloc[homes].str.fullmatch(MADE_ID).to_numpy(bool)
        return np.asarray(~self.made[rows] & ~made)

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
        mine = _keys(self.listed.iloc[rows]).assign(row=rows)
        theirs = _keys(self.stored.iloc[homes]).assign(home=homes)
        pairs = _of_one_name(mine, theirs)
        row, home = pairs["row"].to_numpy(), pairs["home"].to_numpy()
        same_ward = ~_other_ward(self.listed, self.stored, row, home)
        metres = _metres_apart(self.listed, self.stored, row, home)
        both_ids = self._both_have_ids(row, home)
        strength = _strength(pairs, metres)
        # Where lists gave both an id, a name in a neighbourhood is not enough to say that the ids mean one.
        strength[both_ids & (strength <= Strength.NEIGHBOURHOOD)] = 0
        strength[~same_ward] = 0
        same_phone = _agree(pairs, "phone")
        named = pairs["head"].to_numpy() != ""
        return DataFrame(
            {
                "row": row,
                "home": home,
                "strength": strength,
                "same_phone": same_phone,
                "near": (metres <= NEAR_M) | _agree(pairs, "spot"),
                "may_have_moved": named
                & (pairs["head"] == pairs["head_home"]).to_numpy()
                & same_ward
                & ~both_ids
                & ~_clash(pairs, "phone"),
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
    return homes["address_scheme"].isna() | homes["address_scheme"].eq(OPAQUE)


# Ids that `data.ids` makes of a row's content.
MADE_ID = r"H-[0-9a-f]{12}(?:-\d+)?"


def _keys(homes: GeoDataFrame) -> DataFrame:
    return house_keys(homes).reset_index(drop=True)


def _of_one_name(mine: DataFrame, theirs: DataFrame) -> DataFrame:
    """Pairs of one name (its middle may be shortened); of a name that too many bear, only those of one house."""
    crowded = _crowded(mine["short"], theirs["short"])
    mine, theirs = (_bucketed(keys, crowded) for keys in (mine, theirs))
    crowded = _crowded(mine["bucket"], theirs["bucket"])
    mine, theirs = (keys[~keys["bucket"].isin(crowded)] for keys in (mine, theirs))
    return mine.merge(theirs, on="bucket", suffixes=("", "_home"))


def _crowded(mine: Series, theirs: Series) -> pd.Index:
    counts = mine.value_counts() * theirs.value_counts()
    return counts.index[counts > MOST_PAIRS_A_NAME]


def _bucketed(keys: DataFrame, crowded: pd.Index) -> DataFrame:
    """Who is compared with whom; nobody of whom neither name, nor house, nor spot is known."""
    house = keys["number"] + MARK + keys["street"] + MARK + keys["alley"] + MARK + keys["place"]
    where = house.where(keys["number"] != "", keys["spot"])
    named = (keys["short"] != "") & ~keys["short"].isin(crowded)
    bucket = keys["short"].where(named, keys["short"] + MARK + where)
    return keys.assign(bucket=bucket)[named | (where != "")]


def _strength(pairs: DataFrame, metres: npt.NDArray[np.float64]) -> Numbers:
    """How much speaks for each pair; 0 where too little does."""
    named = pairs["head"].to_numpy() != ""
    same_head = (pairs["head"] == pairs["head_home"]).to_numpy()
    clash = _clash(pairs, "number") | _clash(pairs, "street") | _clash(pairs, "alley")
    house = _agree(pairs, "number") & (_agree(pairs, "street") | _agree(pairs, "alley")) & ~clash
    neighbourhood = _agree(pairs, "place") | _same(pairs["place"], pairs["area_home"])
    bare_house = _agree(pairs, "number") & neighbourhood & ~clash
    close = np.where(named, metres <= NEAR_M, metres <= SAME_POINT_M) | _agree(pairs, "spot")
    near = close & same_head & ~clash
    apart = metres > NEAR_M
    loose = named & same_head & neighbourhood & ~clash & ~apart & ~_clash(pairs, "address")
    return np.asarray(
        np.select(
            [house & neighbourhood | bare_house, near, house, loose],
            [
                Strength.HOUSE_AND_NEIGHBOURHOOD,
                Strength.NEAR,
                Strength.HOUSE,
                Strength.NEIGHBOURHOOD,
            ],
            0,
        )
    )


def _agree(pairs: DataFrame, name: str) -> Flags:
    return _same(pairs[name], pairs[f"{name}_home"])


def _same(one: Series, other: Series) -> Flags:
    return np.asarray((one == other).to_numpy() & (one != "").to_numpy())


def _clash(pairs: DataFrame, name: str) -> Flags:
    one, other = pairs[name], pairs[f"{name}_home"]
    return np.asarray(((one != other) & (one != "") & (other != "")).to_numpy())


def _differ(
    listed: DataFrame, stored: DataFrame, rows: Numbers, homes: Numbers, name: str
) -> Flags:
    """Where both say something under `name`, and not the same."""
    if name not in listed or name not in stored:
        return np.zeros(len(rows), dtype=bool)
    one = listed[name].to_numpy(object)[rows]
    other = stored[name].to_numpy(object)[homes]
    return np.asarray((one != other) & ~pd.isna(one) & ~pd.isna(other))


def _other_ward(listed: DataFrame, stored: DataFrame, rows: Numbers, homes: Numbers) -> Flags:
    """Where the list names another ward by its code than the household is in."""
    if "ward_given" not in listed:
        return np.zeros(len(rows), dtype=bool)
    named = listed["ward_given"].where(listed["ward_given"].str.fullmatch(WARD_CODE).eq(True))
    own = stored["ward_code"].fillna(stored["ward_given"])
    own = own.where(own.str.fullmatch(WARD_CODE).eq(True))
    return _differ(named.to_frame("ward"), own.to_frame("ward"), rows, homes, "ward")


WARD_CODE = r"\d{5}"


def _contradicts(listed: Any, stored: Any, rows: Numbers, homes: Numbers) -> Flags:
    """Whether name and place both say that the household of an id is another, and nothing that it is the same."""
    asked = _differ(listed, stored, rows, homes, "head")
    other = np.zeros(len(rows), dtype=bool)
    if not asked.any():
        return other
    row, home = rows[asked], homes[asked]
    keys = _keys(listed.iloc[row]).join(_keys(stored.iloc[home]).add_suffix("_home"))
    metres = _metres_apart(listed, stored, row, home)
    same = _agree(keys, "short") | _agree(keys, "phone") | _agree(keys, "address")
    same |= (metres <= NEAR_M) | _agree(keys, "spot")
    same |= _agree(keys, "number") & (_agree(keys, "street") | _agree(keys, "alley"))
    fields = ("place", "number", "street", "alley", "address")
    elsewhere = np.logical_or.reduce([_clash(keys, name) for name in fields]) | (metres > NEAR_M)
    other[asked] = elsewhere & ~same
    return other


def _metres_apart(
    listed: Any, stored: Any, rows: Numbers, homes: Numbers
) -> npt.NDArray[np.float64]:
    """How far the measured points of each pair lie apart; NaN where one has none."""
    apart = np.full(len(rows), np.nan)
    if "geometry" not in listed or not len(rows):
        return apart
    one, other = _measured(listed).iloc[rows], _measured(stored).iloc[homes]
    both = (one.notna().to_numpy()) & (other.notna().to_numpy())
    if both.any():
        points = GeoSeries([*one[both], *other[both]], crs=stored.crs)
        metric = to_metric(points.to_frame("geometry")).geometry.to_numpy()
        half = int(both.sum())
        apart[both] = shapely.distance(metric[:half], metric[half:])
    return apart


def _measured(homes: Any) -> GeoSeries:
    """The points that somebody measured; those worked out from addresses or neighbours tell nothing here."""
    if "location_source" not in homes:
        return GeoSeries(homes["geometry"])
    worked_out = homes["location_source"].isin((LocationSource.ADDRESS, LocationSource.ESTIMATED))
    return GeoSeries(homes["geometry"]).mask(worked_out.to_numpy())
