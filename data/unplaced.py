"""What cannot be said of a row until it is settled: that its ward, its system of metres or its place stays open."""

from typing import Any

import pandas as pd

from data.problems import COLUMNS
from data.schema import KEYS
from geo.addresses.lookup import code_key, make_lookup
from geo.among import among
from geo.locating import metres_open
from geo.placing import neighbourhood_of
from geo.succession import in_force_now
from geo.terms import WARD_CODE, Kind
from geo.units import current_wards

AMONG = {"outside": "outside_neighbourhoods", "border": "on_border"}


def open_places(
    tables: dict[str, Any], kind: Kind, keys: pd.Series, origin: pd.DataFrame
) -> pd.DataFrame:
    """Return the problems of settled rows, as `data.problems` lists them.

    `tables` are those an import looked at; `keys` the ids of the rows that it brought, `origin` on the same index the
    row and sheet of each.
    """
    table = tables[kind][among(tables[kind][KEYS[kind]], keys)]
    found = [_unclear_wards(table, KEYS[kind])]
    if kind == Kind.HOUSEHOLDS:
        found += [
            metres_open(table, tables[Kind.WARDS]).rename(columns={"household_id": "key"}),
            _among_neighbourhoods(table, tables[Kind.NEIGHBOURHOODS]),
        ]
    if kind == Kind.ADDRESSES:
        found.append(_idle_codes(tables[kind], table))
    listed = pd.concat(found, ignore_index=True)
    where = origin.reindex(columns=["row", "sheet"]).set_axis(keys, axis=0)
    where = where[~where.index.duplicated()].reindex(listed["key"]).reset_index(drop=True)
    listed = listed.assign(row=where["row"], sheet=where["sheet"], column=None).astype(object)
    return listed.where(listed.notna(), None)[list(COLUMNS)]


def _unclear_wards(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Names of wards that fit several present ones, or none: listed with the candidates, never guessed."""
    if "ward_given" not in table:
        return pd.DataFrame(columns=["key", "check", "value"], dtype="str")
    named = ~table["ward_given"].str.fullmatch(WARD_CODE).eq(True) & table["ward_given"].notna()
    rows = table[named & table["ward_code"].isna()]
    meant = current_wards(rows["ward_given"])
    # a name of one ward that is not stored waits for it, as a code does
    open_rows = meant["match"] != "found"
    meant, rows = meant[open_rows], rows[open_rows]
    several = meant["candidates"].notna()
    named_so = rows["ward_given"] + ": " + meant["candidates"].str.replace(",", ", ")
    return pd.DataFrame(
        {
            "key": rows[key],
            "check": several.map({True: "ward_ambiguous", False: "ward_unknown"}),
            "value": named_so.where(several, rows["ward_given"]),
        }
    ).astype("str")


def _idle_codes(every: Any, rows: Any) -> pd.DataFrame:
    """Codes of a ward's table that place nobody: without a point, or with two."""
    points = every.geometry
    places = pd.DataFrame(every[["code", "precision_m"]]).assign(
        lat=points.y.to_numpy(), lon=points.x.to_numpy()
    )
    keys = rows["code"].map(code_key)
    nowhere = rows.geometry.isna() | rows.geometry.is_empty
    torn = keys.isin(make_lookup(places).contradicted)
    check = nowhere.map({True: "code_without_place", False: "code_two_places"})
    found = pd.DataFrame({"key": rows["address_id"], "check": check, "value": rows["code"]})
    idle: pd.DataFrame = found[nowhere | torn].astype("str")
    return idle


def _among_neighbourhoods(homes: Any, areas: Any) -> pd.DataFrame:
    """Households that lie in no neighbourhood or on a border, where there are neighbourhoods."""
    if areas.empty:
        return pd.DataFrame(columns=["key", "check", "value"], dtype="str")
    placed = neighbourhood_of(homes, areas[in_force_now(areas)])
    placed = placed[placed["where"].isin(AMONG)]
    ids = placed["household_id"]
    return pd.DataFrame({"key": ids, "check": placed["where"].map(AMONG), "value": ids})
